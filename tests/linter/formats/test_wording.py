import pytest
from linter.formats.lint_reports import (
    BAD_GROUP,
    EVERYTHING,
    NO_DATE,
    NO_EXCIPIENTS,
    NOT_TOML,
    TWO_CODES,
    report_of,
)

from mesomix.evidence import Language, Text
from mesomix.linter.diagnostic import Place, Span
from mesomix.linter.formats.wording import not_checked, not_run, position, summary
from mesomix.linter.lint_report import LintReport

EN, FR = Language.EN, Language.FR


@pytest.mark.parametrize(
    ("report", "english", "french"),
    [
        (
            report_of(*[BAD_GROUP] * 2, TWO_CODES, *[NO_EXCIPIENTS] * 4),
            "2 errors, 1 warning, 4 gaps in 2 files",
            "2 erreurs, 1 avertissement, 4 lacunes dans 2 fichiers",
        ),
        (
            report_of(BAD_GROUP, *[TWO_CODES] * 2),
            "1 error, 2 warnings in 1 file",
            "1 erreur, 2 avertissements dans 1 fichier",
        ),
        (report_of(NO_EXCIPIENTS), "1 gap in 1 file", "1 lacune dans 1 fichier"),
        (
            report_of(),
            "no problem found in 3 files",
            "aucun problème trouvé dans 3 fichiers",
        ),
        (
            report_of(files=("a.toml",)),
            "no problem found in 1 file",
            "aucun problème trouvé dans 1 fichier",
        ),
        (
            report_of(files=()),
            "no problem found in 0 files",
            "aucun problème trouvé dans 0 fichier",
        ),
    ],
)
def test_the_summary_counts(report: LintReport, english: str, french: str) -> None:
    assert summary(report, EN) == [english]
    assert summary(report, FR) == [french]


def test_the_summary_says_what_was_not_checked_and_how_much_is_suppressed() -> None:
    assert summary(EVERYTHING, EN) == [
        "2 errors, 1 warning, 1 gap in 3 files",
        "not checked: bad.toml (invalid-toml)",
        "not checked: stale-fact, future-date (no --as-of date)",
        "2 findings silenced by [[suppressions]]",
    ]
    assert summary(EVERYTHING, FR) == [
        "2 erreurs, 1 avertissement, 1 lacune dans 3 fichiers",
        "non vérifié : bad.toml (invalid-toml)",
        "non vérifié : stale-fact, future-date (pas de date --as-of)",
        "2 constats masqués par [[suppressions]]",
    ]


def test_one_suppressed_problem_is_singular() -> None:
    report = report_of(suppressed=1)
    assert summary(report, EN)[-1] == "1 finding silenced by [[suppressions]]"
    assert summary(report, FR)[-1] == "1 constat masqué par [[suppressions]]"


def test_rules_are_grouped_by_their_reason_and_files_are_named_once() -> None:
    skipped = {"a": NO_DATE, "b": Text("coupée", "turned off"), "c": NO_DATE}
    report = report_of(NOT_TOML, NOT_TOML, not_checked=skipped)
    assert not_checked(report, EN) == [
        "not checked: bad.toml (invalid-toml)",
        "not checked: a, c (no --as-of date)",
        "not checked: b (turned off)",
    ]
    assert not_run(NO_DATE, FR) == "non vérifié : pas de date --as-of"


@pytest.mark.parametrize("language", Language)
def test_finding_nothing_promises_nothing(language: Language) -> None:
    (line,) = summary(report_of(), language)
    for word in ("safe", "ok", "pass", "author", "sûr", "sans danger", "autoris", "valid", "clean"):
        assert word not in line.lower()


def test_a_position_is_what_editors_read() -> None:
    assert position(Place("a.toml", span=Span(3, 4, 5, 6))) == "a.toml:3:4"
    assert position(Place("a\n.toml")) == "a\\n.toml"


@pytest.mark.parametrize(
    ("rules", "english", "french"),
    [
        (8, "0, 1, 2, 3, 4, 5, 6, 7 (", "0, 1, 2, 3, 4, 5, 6, 7 ("),
        (9, "0, 1, 2, 3, 4, 5, 6 and 2 more (", "0, 1, 2, 3, 4, 5, 6 et 2 autres ("),
        (60, "0, 1, 2, 3, 4, 5, 6 and 53 more (", "0, 1, 2, 3, 4, 5, 6 et 53 autres ("),
    ],
)
def test_of_many_rules_that_did_not_run_the_first_are_named(
    rules: int, english: str, french: str
) -> None:
    report = report_of(not_checked={str(number): NO_DATE for number in range(rules)})
    assert not_checked(report, EN) == [f"not checked: {english}no --as-of date)"]
    assert not_checked(report, FR) == [f"non vérifié : {french}pas de date --as-of)"]
