"""In a file of 2,000 products every mistake is found where it is, and nothing else."""

from pathlib import Path
from typing import Final

import pytest
from linter.large_file import AS_OF, Found, as_text, clean_blocks, planted

from mesomix.linter import LINT_RULES, LintReport, LintSeverity, lint

NOT_PLANTED: Final = {
    "unreadable-file": "of a file in which nothing can be checked",
    "not-utf-8": "of a file in which nothing can be checked",
    "invalid-toml": "of a file in which nothing can be checked",
    "no-product": "of a file without products",
    "version-missing": "of a whole file, with no words to mark; a test of its own below",
    "condition-of-a-rule-missing": "of the shipped files",
    "reference-of-a-rule-missing": "of the shipped files",
    "group-of-a-rule-missing": "of the shipped files",
    "more-gaps-than-baseline": "of a baseline",
    "fewer-gaps-than-baseline": "of a baseline",
    **{rule.id: "of BDPM; its case has rows of it" for rule in LINT_RULES if rule.needs_bdpm},
}
"""The lint rules that fit in no large file, each with what its problem is of."""

pytestmark = pytest.mark.slow


def found_in(report: LintReport) -> list[Found]:
    """The errors and warnings of `report`, as the planter writes them."""
    spans = [
        (d.place.span, d.rule) for d in report.diagnostics if d.severity is not LintSeverity.GAP
    ]
    return sorted(
        Found(span.line, span.column, span.end_line, span.end_column, rule)
        for span, rule in spans
        if span is not None
    )


def test_a_sound_file_of_2000_products_has_no_error_and_no_warning(tmp_path: Path) -> None:
    file = tmp_path / "large.toml"
    file.write_text(as_text(clean_blocks()), encoding="utf-8")
    report = lint(file, as_of=AS_OF)
    assert report.status == 0
    assert {diagnostic.rule for diagnostic in report.diagnostics} == {"excipients-incomplete"}


def test_72_mistakes_among_2000_products_are_found_and_nothing_else(tmp_path: Path) -> None:
    text, expected = planted()
    assert len(expected) == 72
    file = tmp_path / "large.toml"
    file.write_text(text, encoding="utf-8")
    report = lint(file, as_of=AS_OF)
    assert found_in(report) == sorted(expected)
    assert {diagnostic.place.file for diagnostic in report.diagnostics} == {str(file)}


def test_a_large_file_without_a_version_has_that_mistake_alone(tmp_path: Path) -> None:
    blocks = clean_blocks()
    del blocks["file"]
    file = tmp_path / "large.toml"
    file.write_text(as_text(blocks), encoding="utf-8")
    report = lint(file, as_of=AS_OF)
    wrong = [d for d in report.diagnostics if d.severity is not LintSeverity.GAP]
    assert [(d.rule, d.place.file, d.place.span) for d in wrong] == [
        ("version-missing", str(file), None)
    ]


def test_the_mistakes_are_of_every_kind_that_fits() -> None:
    kinds = {r.id for r in LINT_RULES if r.severity is not LintSeverity.GAP}
    assert {mistake.rule for mistake in planted()[1]} == kinds - NOT_PLANTED.keys()
