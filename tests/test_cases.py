"""The examples of `tests/cases/`: each is checked against the rule that its file is named after.

A case says what that one rule does: it `flags`, it `cannot-tell`, it `clears` (it ran and said
nothing), or it was `not-checked`.
"""

from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import tomli

import mesomix

CASES: Final = Path(__file__).parent / "cases"
KEYS: Final = {
    *("says", "mixture", "effects", "patient", "session", "formulary"),
    *("expect", "severity", "about", "cites", "fr", "en"),
}


@cache
def loaded(name: str | None) -> mesomix.Formulary:
    return mesomix.load(CASES / "formularies" / name if name else None)


def read(path: Path) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = tomli.loads(path.read_text(encoding="utf-8"))["case"]
    return cases


ALL: Final = [
    pytest.param(path.stem, case, id=f"{path.stem}: {case['says']}")
    for path in sorted(CASES.glob("*.toml"))
    for case in read(path)
]


def report_of(case: dict[str, Any]) -> mesomix.Report:
    formulary = loaded(case.get("formulary"))
    effects = [mesomix.Effect(effect) for effect in case.get("effects", ())]
    mixture = formulary.mixture(*case["mixture"], effects=effects)
    session = mesomix.Session(**case["session"]) if "session" in case else None
    if "patient" not in case:
        return mesomix.check(mixture, None, session)
    described = case["patient"]
    has = dict.fromkeys(described.get("has", ()), True)
    without = dict.fromkeys(described.get("without", ()), False)
    patient = formulary.patient(
        allergies=described.get("allergies"),
        facts={**has, **without},
        age=described.get("age"),
        nothing_else=described.get("nothing_else", False),
    )
    return mesomix.check(mixture, patient, session)


@pytest.mark.parametrize(("rule", "case"), ALL)
def test_a_case_holds(rule: str, case: dict[str, Any]) -> None:
    assert case.keys() <= KEYS, f"{rule}: unknown keys"
    report = report_of(case)
    found = [finding for finding in report.findings if finding.rule == rule]
    skipped = rule in {one.rule for one in report.not_checked}
    match case["expect"]:
        case "flags":
            assert found
            assert all(finding.certain for finding in found)
        case "cannot-tell":
            assert found
            assert not any(finding.certain for finding in found)
        case "clears":
            assert not found
            assert not skipped
            assert rule in report.checked
        case "not-checked":
            assert not found
            assert skipped
            assert rule not in report.checked
        case other:
            pytest.fail(f"expect = {other!r}: not a word of the cases")
    if "severity" in case:
        assert {finding.severity.value for finding in found} == {case["severity"]}
    if "about" in case:
        about = [[a.id or a.name.fr for a in finding.about] for finding in found]
        assert about == [case["about"]]
    if "cites" in case:
        assert [c.reference for c in found[0].citations] == case["cites"]
    for language in ("fr", "en"):
        if language in case:
            messages = [finding.message[mesomix.Language(language)] for finding in found]
            assert messages == [case[language]]


@pytest.mark.parametrize("rule", list(mesomix.RULES), ids=lambda rule: rule.id)
def test_a_rule_has_cases_that_it_flags_and_clears(rule: mesomix.Rule) -> None:
    cases = read(CASES / f"{rule.id}.toml")
    assert {"flags", "clears"} <= {case["expect"] for case in cases}
    assert any("fr" in case and "en" in case for case in cases)


def test_a_file_of_cases_belongs_to_a_rule() -> None:
    assert {path.stem for path in CASES.glob("*.toml")} == {rule.id for rule in mesomix.RULES}
