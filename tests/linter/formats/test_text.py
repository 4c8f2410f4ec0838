from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from linter.formats.lint_reports import (
    BAD_GROUP,
    EVERYTHING,
    NO_EXCIPIENTS,
    NOT_TOML,
    RULES,
    TWO_CODES,
    UNKNOWN_GROUP,
    hostile_reports,
    report_of,
)

from mesomix.evidence import Language
from mesomix.linter.formats.text import concise, full, statistics
from mesomix.linter.formats.wording import summary
from mesomix.linter.lint_report import LintReport
from mesomix.names import printable

EN, FR = Language.EN, Language.FR

FULL_ENGLISH = """\
error[unknown-group]: no group is named exemplin
  --> data/products.toml:12:11
   |
12 | groups = ["exemplin"]
   |           ^^^^^^^^^^
help: Write exemplins.

warning[repeated-code]: two specialties have 99999999
   --> data/products.toml:7:7
    |
  7 | cis = "99999999"
    |       ^^^^^^^^^^
also here:
   --> data/more.toml:104:7
    |
104 | cis = "99999999"
    |       ^^^^^^^^^^
help: Correct one of the two codes

gap[excipients-not-reviewed]: nobody has read the excipients
 --> data/more.toml:3:1
  |
3 | [b]
  | ^^^
help: Read section 6.1 of the label.

error[invalid-toml]: it is not TOML
 --> bad.toml
help: Correct the syntax.

2 errors, 1 warning, 1 gap in 3 files
not checked: bad.toml (invalid-toml)
not checked: stale-fact, future-date (no --as-of date)
2 findings silenced by [[suppressions]]"""

FULL_FRENCH = """\
avertissement[repeated-code] : deux spécialités ont le code 99999999
   --> data/products.toml:7:7
    |
  7 | cis = "99999999"
    |       ^^^^^^^^^^
et ici :
   --> data/more.toml:104:7
    |
104 | cis = "99999999"
    |       ^^^^^^^^^^
aide : Corriger l'un des deux codes

lacune[excipients-not-reviewed] : excipients non lus
 --> data/more.toml:3:1
  |
3 | [b]
  | ^^^
aide : Lire la rubrique 6.1 du RCP.

1 avertissement, 1 lacune dans 2 fichiers"""


def test_full_in_english() -> None:
    assert full(EVERYTHING, RULES, EN) == FULL_ENGLISH


def test_full_in_french() -> None:
    assert full(report_of(TWO_CODES, NO_EXCIPIENTS), RULES, FR) == FULL_FRENCH


def test_full_in_colour() -> None:
    assert full(report_of(TWO_CODES), RULES, EN, colour=True).split("\n") == [
        "\x1b[33mwarning[repeated-code]\x1b[0m: \x1b[1mtwo specialties have 99999999\x1b[0m",
        "\x1b[34m   -->\x1b[0m data/products.toml:7:7",
        "\x1b[34m    |\x1b[0m",
        '\x1b[34m  7 |\x1b[0m cis = "99999999"',
        "\x1b[34m    |\x1b[0m       \x1b[33m^^^^^^^^^^\x1b[0m",
        "also here:",
        "\x1b[34m   -->\x1b[0m data/more.toml:104:7",
        "\x1b[34m    |\x1b[0m",
        '\x1b[34m104 |\x1b[0m cis = "99999999"',
        "\x1b[34m    |\x1b[0m       \x1b[34m^^^^^^^^^^\x1b[0m",
        "\x1b[1mhelp\x1b[0m: Correct one of the two codes",
        "",
        "1 warning in 1 file",
    ]


def test_a_report_without_problems_is_its_summary() -> None:
    assert full(report_of(), RULES, EN) == "no problem found in 3 files"
    assert concise(report_of(), RULES, EN) == "no problem found in 3 files"
    assert statistics(report_of(), RULES, EN) == "no problem found in 3 files"


def test_concise() -> None:
    assert concise(report_of(BAD_GROUP, NOT_TOML), RULES, EN).split("\n") == [
        "data/products.toml:12:11: unknown-group [error] no group is named exemplin",
        "bad.toml: invalid-toml [error] it is not TOML",
        "2 errors in 2 files",
        "not checked: bad.toml (invalid-toml)",
    ]


def test_concise_in_french_and_colour() -> None:
    assert concise(report_of(NO_EXCIPIENTS), RULES, FR, colour=True).split("\n") == [
        "\x1b[1mdata/more.toml:3:1\x1b[0m: excipients-not-reviewed"
        " \x1b[36m[lacune]\x1b[0m excipients non lus",
        "1 lacune dans 1 fichier",
    ]


def test_statistics_begin_with_the_most_frequent() -> None:
    report = report_of(*[NO_EXCIPIENTS] * 12, BAD_GROUP, TWO_CODES, NOT_TOML)
    assert statistics(report, (*RULES[:3], UNKNOWN_GROUP), EN).split("\n") == [
        "   12  excipients-not-reviewed [gap]  nobody has read the excipients",
        "    1  invalid-toml [error]",
        "    1  repeated-code [warning]        two specialties have the code …",
        "    1  unknown-group [error]          no group is named …",
        "2 errors, 1 warning, 12 gaps in 3 files",
        "not checked: bad.toml (invalid-toml)",
    ]


def test_statistics_are_in_the_language_that_is_asked_for() -> None:
    report = report_of(BAD_GROUP, NO_EXCIPIENTS)
    assert statistics(report, RULES, FR).split("\n")[:2] == [
        "    1  excipients-not-reviewed [lacune]  excipients non lus",
        "    1  unknown-group [erreur]            le groupe … n'est défini nulle part",
    ]


@given(hostile_reports, st.sampled_from(Language))
def test_concise_has_one_line_for_each_problem(report: LintReport, language: Language) -> None:
    lines = concise(report, RULES, language).splitlines()
    after = summary(report, language)
    assert lines[len(report.diagnostics) :] == after
    for found, line in zip(report.diagnostics, lines, strict=False):
        assert line.startswith(printable(found.place.file))
        assert line.endswith(f" {printable(found.message[language])}")


@given(hostile_reports, st.sampled_from(Language))
def test_full_says_what_and_what_to_do(report: LintReport, language: Language) -> None:
    lines = full(report, RULES, language).splitlines()
    for found in report.diagnostics:
        severity = found.severity.text[language]
        heads = [line for line in lines if line.startswith(f"{severity}[{printable(found.rule)}]")]
        assert any(line.endswith(printable(found.message[language])) for line in heads)
        assert any(line.endswith(printable(found.help[language])) for line in lines)


def test_all_bars_of_a_problem_stand_in_one_column() -> None:
    place = replace(BAD_GROUP.place, span=None)
    lines = full(report_of(replace(TWO_CODES, place=place)), RULES, EN).split("\n")
    assert {line.index("|") for line in lines if "|" in line} == {4}
