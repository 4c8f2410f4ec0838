import json
from dataclasses import replace
from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linter.formats.lint_reports import BAD_GROUP, EVERYTHING, RULES, hostile_reports, report_of

from mesomix.evidence import Language
from mesomix.linter.diagnostic import Place
from mesomix.linter.formats import paths
from mesomix.linter.formats.gitlab import gitlab_report
from mesomix.linter.lint_report import LintReport
from mesomix.names import printable

EN = Language.EN


def test_a_problem_has_the_fields_that_gitlab_reads() -> None:
    assert json.loads(gitlab_report(report_of(BAD_GROUP), RULES, EN)) == [
        {
            "description": "no group is named exemplin",
            "check_name": "unknown-group",
            "fingerprint": "0a1b:1",
            "severity": "critical",
            "location": {"path": "data/products.toml", "lines": {"begin": 12}},
        }
    ]


def test_each_severity_has_its_own() -> None:
    read = json.loads(gitlab_report(EVERYTHING, RULES, EN))
    assert [found["severity"] for found in read] == ["critical", "minor", "info", "critical"]


def test_a_whole_file_stands_on_the_first_line() -> None:
    assert json.loads(gitlab_report(EVERYTHING, RULES, EN))[-1]["location"]["lines"]["begin"] == 1


def test_a_report_without_problems_is_an_empty_list() -> None:
    assert gitlab_report(report_of(), RULES, EN) == "[]"


def _path(file: str) -> str:
    found = replace(BAD_GROUP, place=Place(file))
    (written,) = json.loads(gitlab_report(report_of(found), RULES, EN))
    path = written["location"]["path"]
    assert isinstance(path, str)
    return path


def test_a_path_begins_with_no_dot() -> None:
    assert _path("./data/a.toml") == "data/a.toml"
    assert _path("a\udce9.toml") == "a\\udce9.toml"


def test_a_path_has_forward_slashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_path", PureWindowsPath)
    assert _path(".\\data\\a.toml") == "data/a.toml"


@given(hostile_reports, st.sampled_from(Language))
def test_whatever_the_data_holds_gitlab_can_read_it(report: LintReport, language: Language) -> None:
    read = json.loads(gitlab_report(report, RULES, language).encode())
    assert len({found["fingerprint"] for found in read}) == len(report.diagnostics)
    for found, written in zip(report.diagnostics, read, strict=True):
        assert written["description"] == printable(found.message[language])
        assert written["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert written["location"]["lines"]["begin"] >= 1
        assert not written["location"]["path"].startswith("./")
