from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import JUnitXml, TestCase, TestSuite
from linter.formats.lint_reports import (
    BAD_GROUP,
    EVERYTHING,
    NOT_TOML,
    RULES,
    TWO_CODES,
    hostile_reports,
    report_of,
)

from mesomix.evidence import Language, Text
from mesomix.linter.diagnostic import Diagnostic, LintSeverity
from mesomix.linter.formats.junit import junit_report
from mesomix.linter.lint_report import UNCHECKED, LintReport
from mesomix.names import printable

EN = Language.EN


def _read(report: LintReport, language: Language = EN) -> JUnitXml:
    read = JUnitXml.fromstring(junit_report(report, RULES, language).encode())
    assert isinstance(read, JUnitXml)
    return read


def _cases(report: LintReport, language: Language = EN) -> Iterator[tuple[TestSuite, TestCase]]:
    for suite in _read(report, language):
        for case in suite:
            yield suite, case


def _outcomes(report: LintReport) -> list[tuple[str, str, list[str]]]:
    return [
        (suite.name, case.name, [type(result).__name__ for result in case.result])
        for suite, case in _cases(report)
    ]


def test_each_problem_is_a_case_of_its_file() -> None:
    assert _outcomes(EVERYTHING) == [
        ("data/products.toml", "unknown-group products.exemplin.groups[0]", ["Failure"]),
        ("data/products.toml", "repeated-code a.cis", ["Failure"]),
        ("data/more.toml", "excipients-not-reviewed b", ["Skipped"]),
        ("bad.toml", "invalid-toml", ["Error"]),
        ("mesomix lint", "stale-fact", ["Skipped"]),
        ("mesomix lint", "future-date", ["Skipped"]),
    ]


def test_the_numbers_are_those_of_the_cases() -> None:
    read = _read(EVERYTHING)
    assert (read.tests, read.failures, read.errors, read.skipped) == (6, 2, 1, 3)
    suites = [(s.tests, s.failures, s.errors, s.skipped) for s in read]
    assert suites == [(2, 2, 0, 0), (1, 0, 0, 1), (1, 0, 1, 0), (2, 0, 0, 2)]


def test_a_case_says_what_where_and_what_to_do() -> None:
    written = junit_report(report_of(TWO_CODES, files=()), RULES, EN)
    assert written == (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<testsuites name="mesomix lint" tests="1" failures="1" errors="0" skipped="0">\n'
        '  <testsuite name="data/products.toml" tests="1" failures="1" errors="0" skipped="0">\n'
        '    <testcase name="repeated-code a.cis" classname="data/products.toml"'
        ' file="data/products.toml" line="7">\n'
        '      <failure type="warning" message="two specialties have 99999999">'
        "data/products.toml:7:7\n"
        "also here: data/more.toml:104:7\n"
        "help: Correct one of the two codes</failure>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>"
    )


def test_a_file_without_problems_is_a_case_that_passed() -> None:
    assert _outcomes(report_of(files=("a.toml",))) == [("a.toml", "a.toml", [])]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.EN, "not checked: another file could not be read"),
        (Language.FR, "non vérifié : un autre fichier n'a pu être lu"),
    ],
)
def test_a_file_beside_one_that_could_not_be_read_has_not_passed(
    language: Language, said: str
) -> None:
    report = report_of(NOT_TOML, files=("a.toml", "bad.toml"))
    assert _outcomes(report) == [
        ("a.toml", "a.toml", ["Skipped"]),
        ("bad.toml", "invalid-toml", ["Error"]),
    ]
    (_, case), _ = _cases(report, language)
    assert [result.message for result in case.result] == [said]
    read = _read(report)
    assert (read.tests, read.failures, read.errors, read.skipped) == (2, 0, 1, 1)


def test_a_file_beside_one_with_problems_has_passed() -> None:
    outcomes = _outcomes(report_of(BAD_GROUP, files=("a.toml", "data/products.toml")))
    assert [(name, results) for name, _, results in outcomes] == [
        ("a.toml", []),
        ("data/products.toml", ["Failure"]),
    ]


def test_what_was_not_checked_has_not_passed() -> None:
    skipped = {"stale-fact": Text("sans date", "no date")}
    ((_, _), (_, case)) = _cases(report_of(files=("a.toml",), not_checked=skipped))
    assert [result.message for result in case.result] == ["not checked: no date"]
    assert not case.is_passed


def test_cases_of_one_name_are_numbered() -> None:
    twin = replace(BAD_GROUP, message=Text.same("another"))
    names = [case.name for _, case in _cases(report_of(BAD_GROUP, twin, files=()))]
    name = "unknown-group products.exemplin.groups[0]"
    assert names == [name, f"{name} (2)"]


@given(hostile_reports, st.sampled_from(Language))
def test_whatever_the_data_holds_the_xml_can_be_read(
    report: LintReport, language: Language
) -> None:
    read = _read(report, language)
    results = [result for _, case in _cases(report, language) for result in case.result]
    messages = [printable(found.message[language]) for found in report.diagnostics]
    sound = set(report.files) - {found.place.file for found in report.diagnostics}
    not_judged = len(sound) if report.status == 2 else 0
    assert len(results) == len(report.diagnostics) + len(report.not_checked) + not_judged
    assert sorted(messages) == sorted(result.message for result in results if result.type)
    errors = [found.rule in UNCHECKED for found in _failing(report)]
    assert (read.errors, read.failures) == (errors.count(True), errors.count(False))


def _failing(report: LintReport) -> list[Diagnostic]:
    return [found for found in report.diagnostics if found.severity is not LintSeverity.GAP]
