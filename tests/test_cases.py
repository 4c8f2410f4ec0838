"""The examples of `tests/cases/`: each is checked against the rule that its file is named after.

A case says what that one rule does: it `flags`, it `cannot-tell`, it `clears` (it ran and said
nothing), or it was `not-checked`. Where a rule speaks more than once, `fr` and `en` are lists.
`says` tells in English why the case is there, and `dit` in French.
`composition` tells what is in the syringe: its volume, and substances by their English name, as
"40 mg", "40 mg, 20/3 mg/mL" with the concentration, or "unknown".
"""

from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import tomli

import mesomix

CASES: Final = Path(__file__).parent / "cases"
KEYS: Final = {
    *("says", "dit", "mixture", "per_day", "effects", "patient", "session", "formulary"),
    *("expect", "severity", "about", "cites", "fr", "en", "composition"),
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


def component(written: str | list[str]) -> str | tuple[str, str]:
    """A text, or a name and its amount."""
    return written if isinstance(written, str) else (written[0], written[1])


def report_of(case: dict[str, Any]) -> mesomix.Report:
    formulary = loaded(case.get("formulary"))
    effects = [mesomix.Effect(effect) for effect in case.get("effects", ())]
    mixture = formulary.mixture(
        *map(component, case["mixture"]),
        effects=effects,
        per_day=[component(one) for one in case["per_day"]] if "per_day" in case else None,
    )
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
            told = case[language]
            assert messages == ([told] if isinstance(told, str) else told)
    for name, expected in case.get("composition", {}).items():
        assert in_the_syringe(report, name) == [
            None if told == "unknown" else quantity(told) for told in expected.split(", ")
        ], name


def in_the_syringe(report: mesomix.Report, name: str) -> list[mesomix.Quantity | None]:
    """What the composition tells of the volume; or of a substance, with its concentration."""
    composition = report.composition
    assert composition is not None
    if name == "volume":
        return [composition.volume]
    [content] = [content for content in composition.contents if content.name.en == name]
    told = [content.quantity, content.concentration]
    return told if content.concentration else told[:1]


def quantity(told: str) -> mesomix.Quantity:
    """The quantity that a case tells, such as "20/3 mg/mL"."""
    number, unit = told.split()
    return mesomix.Quantity.of(Fraction(number), unit)


@pytest.mark.parametrize(("rule", "case"), ALL)
def test_a_case_says_in_both_languages_why_it_is_there(rule: str, case: dict[str, Any]) -> None:
    english, french = case["says"], case["dit"]
    for sentence in (english, french):
        assert sentence[:-1].strip(), f"{rule}: nothing is said"
        assert sentence.endswith((".", "?")), f"{rule}: {sentence!r} is no whole sentence"
    assert french != english, f"{rule}: {english!r} is in one language"


@pytest.mark.parametrize("rule", list(mesomix.RULES), ids=lambda rule: rule.id)
def test_a_rule_has_cases_that_it_flags_and_clears(rule: mesomix.Rule) -> None:
    cases = read(CASES / f"{rule.id}.toml")
    assert {"flags", "clears"} <= {case["expect"] for case in cases}
    assert any("fr" in case and "en" in case for case in cases)


def test_a_file_of_cases_belongs_to_a_rule() -> None:
    assert {path.stem for path in CASES.glob("*.toml")} == {rule.id for rule in mesomix.RULES}
