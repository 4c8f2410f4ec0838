"""Quantities: exact, in units of UCUM, told in French and in English."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomix.evidence import Text
from mesomix.quantity import UNITS, Quantity, number_text

MASSES: Final = ("kg", "g", "mg", "ug", "ng")
VOLUMES: Final = ("L", "dL", "cL", "mL", "uL")
BIOLOGICAL: Final = ("M[iU]", "k[iU]", "[iU]")
EVERY_UNIT: Final = (*MASSES, *VOLUMES, *BIOLOGICAL, "mmol")
NOT_COUNTED: Final = {"MBq", "meq", "U", "%"}
"""Of the codes of what labels write, those that are no unit of a quantity."""
numbers = st.decimals(min_value=0, max_value=10**6, places=6)


# --- The number -----------------------------------------------------------------------------


@pytest.mark.parametrize("value", [Decimal("2.50"), "2.50", "2.5", " 2.5 ", "25e-1"])
def test_a_number_may_be_given_in_several_ways(value: Any) -> None:
    quantity = Quantity(value, "mL")
    assert quantity == Quantity(Decimal("2.5"), "mL")
    assert isinstance(quantity.value, Decimal)
    assert Quantity(Decimal(3), "mL") == Quantity(3, "mL")  # type: ignore


@pytest.mark.parametrize("value", [0.1, 2.0, True, False, None, Fraction(1, 3), b"2", 2j, ["2"]])
def test_what_is_not_exact_is_refused_without_being_repeated(value: Any) -> None:
    with pytest.raises(TypeError) as caught:
        Quantity(value, "mL")
    assert str(value) not in str(caught.value)
    assert "Decimal, an int or a text" in str(caught.value)


@pytest.mark.parametrize(
    "value",
    [
        *("", "x", "2,5", "2 ml", "1/2", "-1", "-0.001", "NaN", "sNaN", "Infinity", "-Infinity"),
        # Of absurd size, or absurdly long.
        *("1e40", "1e-40", "9" * 41, "1e999999999", "1e-999999999", "1" * 81, "0" * 81),
    ],
)
def test_what_is_no_sensible_number_is_refused_without_being_repeated(value: str) -> None:
    for given_as in (value, _decimal(value)):
        if given_as is not None:
            with pytest.raises(ValueError, match="a number from 0 on, below 1e40") as caught:
                Quantity(given_as, "mL")  # type: ignore
            assert value in {"", "x", "1e40"} or value[:9] not in str(caught.value)


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text in {"-1", "NaN", "sNaN", "Infinity", "1e40", "1e-40"} else None


@pytest.mark.parametrize("value", ["0", "0.0", "1e39", "1e-39", "9" * 28, "0" * 80, 10**27])
def test_the_largest_and_the_smallest_number(value: Any) -> None:
    assert Quantity(value, "mL").amount == Fraction(Decimal(value))


@pytest.mark.parametrize("value", ["9" * 29, "0." + "1" * 29, 10**28 + 1])
def test_a_number_of_more_digits_than_are_kept_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"of at most 28 digits$"):
        Quantity(value, "mL")


@pytest.mark.parametrize("unit", [None, 5, b"mg"])
def test_a_unit_is_a_text(unit: Any) -> None:
    with pytest.raises(TypeError, match=r"^the unit of a quantity must be a text"):
        Quantity("2", unit)


# --- The unit -------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", [*EVERY_UNIT, "mg/mL", "g/mL", "[iU]/mL", "mmol/mL"])
def test_the_units_that_there_are(unit: str) -> None:
    assert Quantity.read(f"2 {unit}").unit == unit


@pytest.mark.parametrize(
    "unit",
    [
        *("", "ml", "MG", "mcg", "µg", "UI", "IU", "iU", "%", "U", "MBq", "meq", "mol"),
        *("mL/mL", "L/mL", "cL/mL", "dL/mL", "uL/mL", "mg/mL/mL", "mg/L", "/mL", " mg", "mg "),
        "\u0440g",
    ],
)
def test_another_unit_is_refused_with_those_that_there_are(unit: str) -> None:
    with pytest.raises(ValueError, match="no unit that mesomix knows") as caught:
        Quantity.read(f"2 {unit}")
    assert str(caught.value).isascii()
    assert str(caught.value).endswith(f"; use {', '.join(EVERY_UNIT)}")


def test_a_page_in_place_of_a_unit_is_not_repeated() -> None:
    with pytest.raises(ValueError, match="no unit") as caught:
        Quantity.read(f"2 {'z' * 1000}")
    assert "z" * 20 in str(caught.value)
    assert "z" * 21 not in str(caught.value)


@pytest.mark.parametrize("text", ["250mg", "250", "mg", "", " 250 mg", "250  mg", "2,5 mg"])
def test_data_files_write_a_number_a_space_and_a_unit(text: str) -> None:
    assert Quantity.read("2.5 mg") == Quantity(Decimal("2.5"), "mg")
    with pytest.raises(ValueError, match=r"of a quantity|no unit"):
        Quantity.read(text)


def test_what_labels_write_has_a_code_of_which_quantities_know_most() -> None:
    assert set(UNITS.values()) - {*EVERY_UNIT} == NOT_COUNTED
    assert [word for word in UNITS if word != word.lower()] == []


@pytest.mark.parametrize(
    ("word", "code"),
    [
        *(("mg", "mg"), ("milligrammes", "mg"), ("g", "g"), ("gramme", "g"), ("gr", "g")),
        *(("µg", "ug"), ("mcg", "ug"), ("gamma", "ug"), ("microgramme", "ug"), ("ng", "ng")),
        *(("ml", "mL"), ("cc", "mL"), ("millilitres", "mL"), ("cl", "cL"), ("µl", "uL")),
        *(("ui", "[iU]"), ("iu", "[iU]"), ("mui", "M[iU]"), ("mmol", "mmol"), ("dl", "dL")),
        *(("l", "L"), ("litres", "L"), ("kg", "kg"), ("%", "%"), ("meq", "meq"), ("mbq", "MBq")),
    ],
)
def test_the_codes_of_what_labels_write(word: str, code: str) -> None:
    assert UNITS[word] == code


# --- One unit in another --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("1 g", "mg", "1000"),
        ("1 kg", "g", "1000"),
        ("250 mg", "g", "0.25"),
        ("1 mg", "ug", "1000"),
        ("1 ug", "ng", "1000"),
        ("0.5 L", "mL", "500"),
        ("1 dL", "mL", "100"),
        ("2 cL", "mL", "20"),
        ("2 mL", "uL", "2000"),
        ("1 M[iU]", "[iU]", "1000000"),
        ("50 [iU]", "k[iU]", "0.05"),
        ("3 mmol", "mmol", "3"),
        ("0.02 g/mL", "mg/mL", "20"),
        ("0 mg", "kg", "0"),
    ],
)
def test_a_quantity_in_another_unit(text: str, unit: str, value: str) -> None:
    quantity = Quantity.read(text)
    assert quantity.to(unit) == Quantity(Decimal(value), unit)
    assert quantity.to(unit).amount == quantity.amount


@pytest.mark.parametrize(
    ("text", "unit", "fitting"),
    [
        ("1 mg", "mL", "kg, g, mg, ug, ng"),
        ("1 mL", "mg", "L, dL, cL, mL, uL"),
        ("1 [iU]", "mg", "M[iU], k[iU], [iU]"),
        ("1 mmol", "mg", "mmol"),
        ("1 mg/mL", "mg", "kg, g, mg, ug, ng"),
        ("1 mg", "mg/mL", "kg, g, mg, ug, ng"),
    ],
)
def test_a_unit_of_another_kind_is_refused_with_those_that_fit(
    text: str, unit: str, fitting: str
) -> None:
    quantity = Quantity.read(text)
    with pytest.raises(ValueError, match="cannot be told in") as caught:
        quantity.to(unit)
    assert str(caught.value) == f"{quantity.unit} cannot be told in {unit}; use {fitting}"
    with pytest.raises(ValueError, match="cannot be told in"):
        Quantity.read(f"2 {unit}").exceeds(quantity)


@pytest.mark.parametrize(
    ("text", "kind", "amount"),
    [
        ("0.25 g", "mg", 250),
        ("2 cL", "mL", 20),
        ("1 k[iU]", "[iU]", 1000),
        ("2 mmol", "mmol", 2),
        ("1 g/mL", "mg/mL", 1000),
    ],
)
def test_what_can_be_compared_has_a_unit_in_common(text: str, kind: str, amount: int) -> None:
    assert (Quantity.read(text).kind, Quantity.read(text).amount) == (kind, amount)


@pytest.mark.parametrize(
    ("text", "other", "more"),
    [
        ("201 mg", "200 mg", True),
        ("200 mg", "200 mg", False),
        ("199 mg", "200 mg", False),
        ("0.2 g", "200 mg", False),
        ("0.2000001 g", "200 mg", True),
        ("200000.1 ug", "200 mg", True),
        ("2 mL", "1 cL", False),
    ],
)
def test_more_than_another_is_more_and_not_as_much(text: str, other: str, more: bool) -> None:
    assert Quantity.read(text).exceeds(Quantity.read(other)) is more


@given(numbers, st.sampled_from([MASSES, VOLUMES, BIOLOGICAL]), st.data())
def test_there_and_back_again_is_the_same(
    number: Decimal, units: tuple[str, ...], data: st.DataObject
) -> None:
    one, other = (data.draw(st.sampled_from(units)) for _ in range(2))
    quantity = Quantity(number, one)
    assert quantity.to(other).to(one) == quantity
    assert quantity.to(other).amount == quantity.amount
    assert Quantity.of(quantity.amount, quantity.kind).amount == quantity.amount


@given(numbers, numbers, st.sampled_from(MASSES), st.sampled_from(MASSES))
def test_no_unit_changes_which_is_more(one: Decimal, other: Decimal, a: str, b: str) -> None:
    left, right = Quantity(one, "mg"), Quantity(other, "mg")
    assert left.to(a).exceeds(right.to(b)) is (one > other)


def test_what_no_decimal_number_is_keeps_28_digits() -> None:
    third = Quantity.of(Fraction(10, 3), "mg/mL")
    assert third.value == Decimal("3.333333333333333333333333333")
    assert Quantity.of(Fraction(1, 8), "mL").value == Decimal("0.125")
    assert Quantity.of(Fraction(12345678), "mL") == Quantity.read("12345678 mL")
    assert Quantity.of(Fraction(0), "mg/mL") == Quantity.read("0 mg/mL")
    assert isinstance(Quantity.of(Fraction(7), "[iU]").value, Decimal)
    assert Fraction(10, 3) * 3 == 10  # what is added up is the fraction, and not this


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [
        (Fraction(-1), "mg", "from 0 on"),
        (Fraction(-1, 3), "mg", "from 0 on"),
        (Fraction(1), "ml", "no unit"),
    ],
)
def test_what_is_computed_is_checked_as_well(number: Fraction, unit: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Quantity.of(number, unit)


# --- In words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fr", "en"),
    [
        ("16.28 mg", "16,28 mg", "16.28 mg"),
        ("2 mL", "2 ml", "2 ml"),
        ("2.50 mL", "2,5 ml", "2.5 ml"),
        ("100 [iU]", "100 UI", "100 IU"),
        ("5 ug", "5 µg", "5 µg"),
        ("1 dL", "1 dl", "1 dl"),
        ("2 L", "2 l", "2 l"),
        ("3 mmol", "3 mmol", "3 mmol"),
        ("50 [iU]/mL", "50 UI/ml", "50 IU/ml"),
        ("5 ug/mL", "5 µg/ml", "5 µg/ml"),
        ("0.5 mg/mL", "0,5 mg/ml", "0.5 mg/ml"),
    ],
)
def test_a_quantity_in_words(text: str, fr: str, en: str) -> None:
    assert Quantity.read(text).text == Text(fr, en)


@pytest.mark.parametrize(
    ("number", "en"),
    [
        (Fraction(0), "0"),
        (Fraction(1234), "1234"),
        (Fraction(9999), "9999"),
        (Fraction(10000), "10000"),
        (Fraction(12346), "≈ 12350"),
        (Fraction(1234567), "≈ 1235000"),
        (Fraction(100000), "100000"),
        (Fraction(10, 3), "≈ 3.333"),
        (Fraction(2, 3), "≈ 0.6667"),
        (Fraction(1, 8), "0.125"),
        (Fraction(1, 16), "0.0625"),
        (Fraction(5, 10000), "0.0005"),
        (Fraction(3, 2), "1.5"),
        (Fraction(99999, 10), "≈ 10000"),
        (Fraction(10**20), "1" + 20 * "0"),
        (Fraction(1, 10**10), "0.0000000001"),
    ],
)
def test_a_number_is_told_to_four_digits_with_a_sign_where_it_is_rounded(
    number: Fraction, en: str
) -> None:
    assert number_text(number) == Text(en.replace(".", ","), en)
