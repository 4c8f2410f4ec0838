"""What a report answers: its status, and how much it holds."""

from dataclasses import replace
from typing import Final

import pytest

from mesomix.evidence import Text
from mesomix.linter import (
    CLEAN,
    COULD_NOT_CHECK,
    FINDINGS,
    LINT_RULES,
    Diagnostic,
    LintReport,
    LintRule,
    LintSeverity,
    Place,
)
from mesomix.linter.lint_report import UNCHECKED

EMPTY: Final = LintReport(("a.toml",), (), (), {})


def found(rule: LintRule) -> Diagnostic:
    return Diagnostic(rule.id, rule.severity, Text("x", "y"), Text("x", "y"), Place("a.toml"))


def report_of(*severities: LintSeverity) -> LintReport:
    rules = [next(r for r in LINT_RULES[3:] if r.severity is severity) for severity in severities]
    return replace(EMPTY, diagnostics=tuple(map(found, rules)))


def test_a_report_without_findings_is_clean() -> None:
    assert EMPTY.status == CLEAN == 0


def test_gaps_do_not_count() -> None:
    assert report_of(LintSeverity.GAP, LintSeverity.GAP).status == CLEAN


@pytest.mark.parametrize("severity", [LintSeverity.ERROR, LintSeverity.WARNING])
def test_one_error_or_warning_counts(severity: LintSeverity) -> None:
    assert report_of(LintSeverity.GAP, severity).status == FINDINGS == 1


@pytest.mark.parametrize("rule", LINT_RULES, ids=lambda rule: rule.id)
def test_only_a_file_that_could_not_be_read_makes_the_status_2(rule: LintRule) -> None:
    report = replace(EMPTY, diagnostics=(found(rule),))
    assert (report.status == COULD_NOT_CHECK == 2) is (rule.id in UNCHECKED)


def test_unchecked_are_rules() -> None:
    assert {rule.id for rule in LINT_RULES} > UNCHECKED


def test_findings_are_counted_by_severity() -> None:
    report = report_of(LintSeverity.GAP, LintSeverity.ERROR, LintSeverity.GAP)
    assert [report.count(severity) for severity in LintSeverity] == [1, 0, 2]


def test_a_report_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError, match="compare its status"):
        bool(EMPTY)


def test_a_report_is_its_text_in_french() -> None:
    report = report_of(LintSeverity.ERROR)
    assert str(report) == report.text() == report.text("fr")
    assert "a.toml" in str(report)
    assert report.text("en") != report.text("fr")


def test_no_other_language_is_spoken() -> None:
    with pytest.raises(ValueError, match="de"):
        EMPTY.text("de")


def test_a_severity_has_a_name_in_both_languages() -> None:
    assert [s.text.fr for s in LintSeverity] == ["erreur", "avertissement", "lacune"]
    assert [s.text.en for s in LintSeverity] == ["error", "warning", "gap"]
