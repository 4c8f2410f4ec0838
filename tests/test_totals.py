"""What a substance comes to in a mixture and in a day, whichever products it is from."""

from pathlib import Path
from typing import Final

import pytest

import mesomix
from mesomix import Formulary, Reason, Verdict

SOURCED: Final = 'source = "leaflet", checked = 2026-11-22'
HEAD: Final = f"""version = "trial"
references.leaflet = {{ title = "Leaflet", date = "2026-11", checked = 2026-11-22 }}
[substances.potine]
en = "potine"
contraindications = []
source = "leaflet"
checked = 2026-11-22
maximum_doses = [
    {{ amount = "40 mg", per = "dose", routes = ["intradermal"], {SOURCED} }},
    MORE
]
[substances.solvane]
en = "solvane"
contraindications = []
source = "leaflet"
checked = 2026-11-22
"""


def product(key: str, active: str, amounts: dict[str, str], excipients: str = "") -> str:
    """A product of one specialty of the same name, with what is in 1 ml of it."""
    held = ", ".join(
        f'{{ substance = "{substance}", amount = "{amount}", volume = "1 mL", {SOURCED} }}'
        for substance, amount in amounts.items()
    )
    return f"""
[products.{key}]
fr = "{key}"
en = "{key}"
substances = ["{active}"]
effects = []
source = "leaflet"
checked = 2026-11-22
[products.{key}.specialties.{key}-1]
name = "{key.upper()}AL, solution injectable"
brand = "{key}al"
strength = "20 mg/ml"
form = "solution injectable"
routes = ["intradermal"]
marketing = {{ state = "marketed", {SOURCED} }}
excipients = {{ present = [{excipients}], complete = true, {SOURCED} }}
containers = ["1 mL"]
amounts = [{held}]
source = "leaflet"
checked = 2026-11-22
"""


@pytest.fixture
def trial(tmp_path: Path) -> Formulary:
    """Potine is active in one product and an excipient of the other; 40 mg are its maximum."""
    path = tmp_path / "trial.toml"
    potin = product("potin", "potine", {"potine": "20 mg"})
    solvan = product("solvan", "solvane", {"solvane": "1 mg", "potine": "30 mg"}, '"potine"')
    path.write_text(HEAD.replace("    MORE\n", "") + potin + solvan, encoding="utf-8")
    return mesomix.load(path)


def objections(report: mesomix.Report) -> list[str]:
    return [f.message.en for f in report.findings if f.rule == "above-label-dose" and f.certain]


def test_what_is_active_here_and_an_excipient_there_is_added_up(trial: Formulary) -> None:
    [said] = objections(mesomix.check(trial.mixture("Potinal 1 ml", "Solvanal 1 ml")))
    assert said.startswith("potine: 50 mg, more than the label gives: at most 40 mg at once")
    assert objections(mesomix.check(trial.mixture("Potinal 1 ml", "solvane"))) == []


def test_an_excipient_meets_its_maximum_as_well(trial: Formulary) -> None:
    assert len(objections(mesomix.check(trial.mixture("Solvanal 2 ml")))) == 1
    assert objections(mesomix.check(trial.mixture("Solvanal 1 ml"))) == []


def test_a_maximum_in_units_of_another_kind_is_listed_beside_one_that_speaks(
    tmp_path: Path,
) -> None:
    path = tmp_path / "units.toml"
    other = f'{{ amount = "10 [iU]", per = "day", routes = ["intradermal"], {SOURCED} }},'
    head = HEAD.replace("MORE", other)
    path.write_text(head + product("potin", "potine", {"potine": "20 mg"}), encoding="utf-8")
    report = mesomix.check(mesomix.load(path).mixture("Potinal 3 ml"))
    assert len(objections(report)) == 1
    about = [one for one in report.not_checked if one.reason is Reason.MAXIMUM_NOT_KNOWN]
    assert {one.rule for one in about} == {"above-label-dose", "label-dose-share"}
    assert "above-label-dose" not in report.checked


@pytest.mark.parametrize(
    ("per_day", "only"),
    [
        (["Maginjectable 2 ml", "Kenacort 1 ml"], ["Kenacort 1 ml"]),
        (["Maginjectable 2 ml", "Dicynone 1 ampoule"], ["Dicynone 1 ampoule"]),
        (["Maginjectable 4 ml"], []),
        (["pidolate de magnésium 10 % 4 ml"], []),
        ({"Maginjectable": "4 ml"}, []),
    ],
)
def test_a_product_of_the_day_alone_is_not_judged_and_that_is_a_review(
    formulary: Formulary, per_day: list[str] | dict[str, str], only: list[str]
) -> None:
    adult = formulary.patient(allergies=[], nothing_else=True)
    report = mesomix.check(formulary.mixture("Maginjectable 2 ml", per_day=per_day), adult)
    listed = [one for one in report.not_checked if one.reason is Reason.PRODUCT_OF_DAY_ONLY]
    assert {about.name.fr for one in listed for about in one.about} == set(only)
    assert ("corticosteroid" in report.checked) == (not only)
    assert report.verdict is (Verdict.REVIEW if only else Verdict.NO_OBJECTION)


def test_a_mixture_without_amounts_keeps_what_was_said_of_the_day(formulary: Formulary) -> None:
    composition = formulary.mixture("Miorel", per_day=["Miorel"]).composition()
    assert composition.per_day is not None
    assert [content.substance for content in composition.per_day] == ["thiocolchicoside"]
