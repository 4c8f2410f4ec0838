"""Texts of which an earlier reader told a number that nobody had written, each kept as a case."""

from typing import Any

import pytest

import mesomix
from mesomix import Formulary, Quantity


def asked(formulary: Formulary, written: Any) -> bool:
    mixture = formulary.mixture(written)
    unread = any(p.written.unread for c in mixture.components for p in c.portions)
    return bool(mixture.read_in_part) or unread


@pytest.mark.parametrize(
    "text",
    [
        "Miorel cent deux ml",
        "Procaïne cent une ampoules de 2 ml",
        "Miorel une à deux ampoules",
        "Miorel un à 2 ml",
        "Miorel une/deux ampoules",
        "Miorel une - deux ampoules",
        "Miorel un/deux ml",
        "Procaïne 2 % doses de 1 ml",
        "Procaïne 2 % en injection de 0,1 ml",
        "Miorel dans 10 ml",
        "Miorel pour 10 ml",
        "lidocaïne 1 % dans 10 ml",
        "lidocaïne 1 g pour cent 2 ml",
        "Dicynone 250 x 2 ml",
        "Calcitonine 100 mUI",
        "Mésocaïne 5 ml + lidocaïne 50 mg",
        "Miorel 1 ampoule + thiocolchicoside 4 mg",
        "Miorel 2 ml + thiocolchicoside 1 ampoule",
        "Miorel 2\u03265 ml",
        "Miorel 1\u0336 ml",
        "Miorel /2 ml",
        "Dicynone : 250 mg, 1/2 ampoule",
    ],
)
def test_it_is_asked_about(text: str, formulary: Formulary) -> None:
    assert asked(formulary, text)


@pytest.mark.parametrize(
    "text",
    [
        "Miorel 2 ml, seringue 5 ml",
        "Miorel 2 ml seringue de 5 ml",
        "Miorel 2 ml seringue 5 ml",
        "procaïne 1 ml ampoule de 3 ml",
    ],
)
def test_the_size_of_a_syringe_is_no_amount(text: str, formulary: Formulary) -> None:
    volume = formulary.mixture(text).composition().volume
    assert asked(formulary, text) or volume in {Quantity("2", "mL"), Quantity("1", "mL")}


def test_a_mass_beside_contradicts_the_ampoules_in_the_name(formulary: Formulary) -> None:
    assert asked(formulary, ("Dicynone 1/2 ampoule", "250 mg"))


def test_a_strength_that_the_brand_has_not_leaves_no_dose(formulary: Formulary) -> None:
    assert formulary.mixture(("Miorel", "5 %, 1 ml")).composition().contents[0].quantity is None


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("Procaïne 100 mg 2 ml", "100 mg"),
        ("Calcitonine 100 UI 0,5 ml", "100 [iU]"),
        ("lidocaïne 10 mg 10 ml", "100 mg"),
        ("Xylocaïne 20 mg 10 ml", "100 mg"),
        ("Miorel 5 % 1 ml", "50 mg"),
    ],
)
def test_what_was_written_is_possible(text: str, possible: str, formulary: Formulary) -> None:
    c = formulary.mixture(text).composition().contents[0]
    assert c.quantity is None
    assert c.possible is not None
    assert not Quantity.read(possible).exceeds(c.possible)


def test_a_name_that_stands_three_times_is_counted_three_times(formulary: Formulary) -> None:
    for written in (
        "Mésocaïne 0.25 ml Mésocaïne 0.25 ml Mésocaïne 0.05 ampoule",
        "Mésocaïne 0.25 ml + Mésocaïne 0.25 ml + Mésocaïne 0.05 ampoule",
    ):
        composition = formulary.mixture(written).composition()
        assert composition.volume == Quantity("0.75", "mL")
        assert composition.contents[0].quantity == Quantity("7.5", "mg")
    assert asked(formulary, "Mésocaïne 2 ml (lidocaïne 2 ml)")


def test_three_thirds_are_one(formulary: Formulary) -> None:
    m = formulary.mixture("Miorel 1/3 ml", "Miorel 1/3 ml", "Miorel 1/3 ml").composition()
    assert m.volume == Quantity("1", "mL")
    assert m.contents[0].quantity == Quantity("2", "mg")


@pytest.mark.parametrize(
    "text", ["Miorel 2 ml + Mag 2, 5 ml", "Mag 2 5 ml + Miorel 1 ml", "miorel-4-mg-2-ml 1 ml"]
)
def test_it_is_not_asked_about(text: str, formulary: Formulary) -> None:
    assert formulary.mixture(text).read_in_part == ()


@pytest.mark.parametrize(
    ("texts", "verdict"),
    [
        (["lidocaïne 1 % 25 ml, flacon de 20 ml"], "refuse"),
        (["Mésocaïne 20 ml + lidocaïne 200 mg"], "review"),
        (["Mésocaïne 20 ml", "lidocaïne 200 mg"], "refuse"),
        (["lidocaïne 20 mg 25 ml"], "review"),
        (["lidocaïne base 190 mg"], "review"),
    ],
)
def test_no_objection_is_lost(texts: list[str], verdict: str, formulary: Formulary) -> None:
    adult = formulary.patient(allergies=[], nothing_else=True)
    assert mesomix.check(formulary.mixture(*texts), adult).verdict.value == verdict
