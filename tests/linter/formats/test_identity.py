from dataclasses import replace

from hypothesis import given
from linter.formats.lint_reports import BAD_GROUP, hostile_reports

from mesomix.linter.formats.identity import fingerprints
from mesomix.linter.lint_report import LintReport


def test_equal_fingerprints_are_numbered() -> None:
    other = replace(BAD_GROUP, fingerprint="ff")
    assert fingerprints([BAD_GROUP, other, BAD_GROUP]) == ["0a1b:1", "ff:1", "0a1b:2"]


def test_a_number_makes_no_other_fingerprint() -> None:
    twin = replace(BAD_GROUP, fingerprint="0a1b:1")
    assert fingerprints([BAD_GROUP, BAD_GROUP, twin]) == ["0a1b:1", "0a1b:2", "0a1b:1:1"]


@given(hostile_reports)
def test_fingerprints_are_unique(report: LintReport) -> None:
    names = fingerprints(report.diagnostics)
    assert len(set(names)) == len(report.diagnostics)
