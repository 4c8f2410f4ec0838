"""Amounts beside strengths: what the cases cannot show, for any numbers and several files."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mesomix.bdpm.strengths import strength_of
from mesomix.formulary.schema import AmountTable
from mesomix.linter import lint
from mesomix.linter.lint_rules.amounts import _agree
from mesomix.quantity import Quantity

Write = Callable[..., Path]
AS_OF: Final = date(2026, 11, 21)
SPECIALTY: Final = "products.exemplin.specialties.exemplar-5-mg"

numbers = st.integers(1, 10**6)
times = st.sampled_from(["0.001", "0.5", "1", "2", "25", "1000"])


def amount_of(milligrams: Fraction, unit: str, volume: Fraction | None) -> AmountTable:
    """So many milligrams, written in a unit."""
    written = Quantity.of(milligrams, "mg").to(unit)
    size = None if volume is None else f"{Quantity.of(volume, 'mL').value:f} mL"
    return AmountTable.model_construct(
        amount=f"{written.value:f} {unit}", volume=size, substance="exemplin"
    )


@given(numbers, numbers, times, st.sampled_from(["g", "mg", "ug"]))
def test_a_strength_in_other_words_is_the_same(
    number: int, volume: int, factor: str, unit: str
) -> None:
    times = Fraction(factor)
    ours = amount_of(number * times, unit, volume * times)
    told = strength_of(f"{number} mg/{volume} ml")
    assert told is not None
    assert _agree(ours, told, []) is True


@given(numbers, numbers, times, st.sampled_from(["g", "mg", "ug"]), numbers)
def test_another_strength_is_another_however_near(
    number: int, volume: int, factor: str, unit: str, other: int
) -> None:
    assume(other != number)
    times = Fraction(factor)
    ours = amount_of(number * times, unit, volume * times)
    told = strength_of(f"{other} mg/{volume} ml")
    assert told is not None
    assert _agree(ours, told, [Fraction(volume)]) is False


@given(numbers, st.lists(numbers, max_size=3))
def test_what_is_in_one_container_is_compared_with_each_size_of_it(
    number: int, sizes: list[int]
) -> None:
    told = strength_of(f"{number} mg/ml")
    assert told is not None
    contents = [Fraction(size) for size in sizes]
    for size in contents:
        assert _agree(amount_of(number * size, "mg", None), told, contents) is True
    other = amount_of(number * (max(contents, default=Fraction(1)) + 1), "mg", None)
    assert _agree(other, told, contents) is (False if contents else None)


@pytest.mark.parametrize(
    ("ours", "told"), [("5 [iU]", "5 mg"), ("5 mg", "5 mg/2 g"), ("5 mmol", "0,5 %")]
)
def test_what_is_in_units_of_another_kind_is_not_compared(ours: str, told: str) -> None:
    strength = strength_of(told)
    assert strength is not None
    amount = AmountTable.model_construct(amount=ours, volume="1 mL")
    assert _agree(amount, strength, [Fraction(1)]) is None


def test_a_maximum_that_ships_is_told_beside_the_amount_of_the_clinic(
    sound: str, write: Write
) -> None:
    text = sound.replace('substances = ["exemplin"]', 'substances = ["procaine"]')
    text = text.replace(
        'substance = "exemplin"\namount = "5 mg"', 'substance = "procaine"\namount = "5 [iU]"'
    )
    path = write(text)
    (found,) = [d for d in lint(path).diagnostics if d.rule == "maximum-in-another-unit"]
    assert found.place.file == str(path)
    assert found.place.key == f"{SPECIALTY}.amounts[0].amount"
    assert [other.key for other in found.others] == ["substances.procaine.maximum_doses[0].amount"]
    assert found.message.fr.startswith("procaïne : le maximum, ")
    assert found.message.fr.endswith(" mg, ne se compare pas à 5 [iU]")


def test_a_maximum_whose_label_names_no_route_can_stand(sound: str, write: Write) -> None:
    maximum = (
        'maximum_doses = [{ amount = "5 mg", per = "day", source = "leaflet", '
        "checked = 2026-11-21 }]"
    )
    suppression = (
        '\n[[suppressions]]\nfinding = "maximum-without-route"\n'
        'at = "substances.exemplin.maximum_doses"\nreason = "The label names none."\n'
        'author = "Dr Exemplar"\nexpires = 2027-11-21\n'
    )
    text = sound.replace("maximum_doses = []", maximum)
    (found,) = lint(write(text), as_of=AS_OF).diagnostics
    assert found.rule == "maximum-without-route"
    assert found.message.fr == "exemplin : le maximum, 5 mg, ne dit pas pour quelles voies"
    report = lint(write(text + suppression), as_of=AS_OF)
    assert report.diagnostics == ()
    assert report.suppressed == 1


def test_what_is_missing_is_named_in_both_languages(sound: str, write: Write) -> None:
    text = sound.replace('containers = ["2 mL"]\n', "")
    (found,) = lint(write(text), as_of=AS_OF).diagnostics
    assert found.message.fr.endswith(" : la contenance des ampoules")
    assert found.message.en.endswith(": the volume of a container")


@pytest.mark.parametrize(
    ("written", "english"),
    [
        ("5 mg/ml", 'did you mean amount = "5 mg" and volume = "1 mL"? '),
        ("5 mg/2 ml", 'did you mean amount = "5 mg" and volume = "2 mL"? '),
        ("5 mg/2 l", 'did you mean amount = "5 mg" and volume = "2000 mL"? '),
        ("5 mg/kg", ""),
        ("5 mg/", ""),
        ("5 mg/0.0000000001 ml", ""),
        ("0.0000000000001 mgs", ""),
        ("5 mgs", "did you mean '5 mg'? "),
    ],
)
def test_an_amount_that_is_none_is_helped_with_what_it_can_only_mean(
    written: str, english: str, sound: str, write: Write
) -> None:
    path = write(sound.replace('amount = "5 mg"', f'amount = "{written}"'))
    (found,) = lint(path, as_of=AS_OF).diagnostics
    assert found.help.en == (
        f"{english}a quantity is written like '250 mg'; the units (UCUM codes) are: "
        "g, mg, ug, mmol, [iU]"
    )
    assert found.place.key == f"{SPECIALTY}.amounts[0].amount"
