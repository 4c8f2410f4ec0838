from collections.abc import Iterator
from dataclasses import replace
from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linter.formats.lint_reports import (
    BAD_GROUP,
    EVERYTHING,
    NO_EXCIPIENTS,
    RULES,
    TWO_CODES,
    hostile_reports,
    report_of,
)

from mesomix.evidence import Language, Text
from mesomix.linter.diagnostic import Diagnostic, Place, Span
from mesomix.linter.formats import paths
from mesomix.linter.formats.github import github_commands
from mesomix.linter.lint_report import LintReport
from mesomix.names import printable

EN = Language.EN
Command = tuple[str, dict[str, str], str]


def _commands(written: str) -> Iterator[Command]:
    """What GitHub's runner makes of the lines: the commands, with their escapes undone."""
    for line in written.splitlines():
        if not line.lstrip().startswith("::"):
            assert "##[" not in line  # the older command, which may stand anywhere
            continue
        head, _, message = line.lstrip()[2:].partition("::")
        name, _, given_properties = head.partition(" ")
        properties = dict(pair.split("=", 1) for pair in given_properties.split(",") if pair)
        values = {key: _property(value) for key, value in properties.items()}
        yield name, values, _data(message)


def _data(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def _property(text: str) -> str:
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")):
        text = text.replace(escape, character)
    return text.replace("%25", "%")


def _one(found: Diagnostic) -> Command:
    (command,) = _commands(github_commands(report_of(found), RULES, EN))
    return command


def test_a_report_is_commands_and_plain_lines() -> None:
    assert github_commands(EVERYTHING, RULES, EN).split("\n") == [
        "::notice::not checked: bad.toml (invalid-toml)",
        "::notice::not checked: stale-fact, future-date (no --as-of date)",
        "::error file=data/products.toml,line=12,endLine=12,col=11,endColumn=20,"
        "title=mesomix (unknown-group)::no group is named exemplin%0AWrite exemplins.",
        "::warning file=data/products.toml,line=7,endLine=7,col=7,endColumn=16,"
        "title=mesomix (repeated-code)::two specialties have 99999999"
        "%0ACorrect one of the two codes%0Aalso here: data/more.toml:104:7",
        "::notice file=data/more.toml,line=3,endLine=5,title=mesomix (excipients-not-reviewed)"
        "::nobody has read the excipients%0ARead section 6.1 of the label.",
        "::error file=bad.toml,title=mesomix (invalid-toml)::it is not TOML%0ACorrect the syntax.",
        "mesomix lint: 2 errors, 1 warning, 1 gap in 3 files",
        "mesomix lint: not checked: bad.toml (invalid-toml)",
        "mesomix lint: not checked: stale-fact, future-date (no --as-of date)",
        "mesomix lint: 2 findings silenced by [[suppressions]]",
    ]


def test_columns_are_of_one_line_only() -> None:
    _, properties, _ = _one(NO_EXCIPIENTS)
    assert properties.keys() == {"file", "line", "endLine", "title"}


def test_the_end_of_an_empty_span_is_not_before_its_start() -> None:
    place = replace(BAD_GROUP.place, span=Span(2, 5, 2, 5))
    _, properties, _ = _one(replace(BAD_GROUP, place=place))
    assert (properties["col"], properties["endColumn"]) == ("5", "5")


def test_a_whole_file_has_no_line() -> None:
    _, properties, _ = _one(replace(BAD_GROUP, place=Place("a.toml")))
    assert properties == {"file": "a.toml", "title": "mesomix (unknown-group)"}


def test_what_separates_is_escaped() -> None:
    found = replace(
        BAD_GROUP,
        rule="a,b:c%",
        message=Text.same("50 % ::\nx, y\r"),
        help=Text.same("%0A"),
        place=Place("a,b:c%0A.toml"),
    )
    written = github_commands(report_of(found), RULES, EN).split("\n")[0]
    assert written == (
        "::error file=a%2Cb%3Ac%250A.toml,title=mesomix (a%2Cb%3Ac%25)::50 %25 ::\\nx, y\\r%0A%250A"
    )


def test_a_file_has_forward_slashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_path", PureWindowsPath)
    _, properties, _ = _one(replace(BAD_GROUP, place=Place(".\\data\\a.toml")))
    assert properties["file"] == "data/a.toml"


def test_no_plain_line_can_be_a_command() -> None:
    skipped = {"::error::x": Text.same("##[error]y")}
    written = github_commands(report_of(not_checked=skipped), RULES, EN)
    assert list(_commands(written)) == [("notice", {}, "not checked: ::error::x (##[error]y)")]
    last = written.split("\n")[-1]
    assert last == "mesomix lint: not checked: ::error::x (## [error]y)"


@given(hostile_reports, st.sampled_from(Language))
def test_the_runner_reads_what_was_found_and_nothing_else(
    report: LintReport, language: Language
) -> None:
    commands = list(_commands(github_commands(report, RULES, language)))
    problems = [command for command in commands if "title" in command[1]]
    assert all(not properties for _, properties, _ in commands[: -len(problems) or None])
    for found, (name, properties, message) in zip(report.diagnostics, problems, strict=True):
        assert name in {"error", "warning", "notice"}
        assert properties["title"] == f"mesomix ({printable(found.rule)})"
        assert properties.keys() <= {"file", "line", "endLine", "col", "endColumn", "title"}
        said = [printable(found.message[language]), printable(found.help[language])]
        assert message.split("\n")[:2] == said
        assert len(message.split("\n")) == 2 + len(found.others)
        assert ("line" in properties) == (found.place.span is not None)


def test_a_conflict_names_the_other_places() -> None:
    assert _one(TWO_CODES)[2].endswith("\nalso here: data/more.toml:104:7")
