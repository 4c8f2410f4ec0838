"""Amounts and strengths within a text: which are read, and which numbers are left alone."""

from fractions import Fraction
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomix.formulary.amount_items import Item, Kind, items_of
from mesomix.names import tokens
from mesomix.portion import Measure
from mesomix.quantity import Quantity

PIECES: Final = [
    *("2", "1/2", "½", "0,5", ",5", "-2", "1.000", "10²", "٢", "0", "12345678", "1 1/2", "II"),
    *("ml", "mg", "%", "UI", "ampoule", "ampoules", "d'", "de", "x", "×", "*", "/", "(", ")", ":"),
    *("un", "deux", "demi", "half", "and a half", "et demie", "pour cent", "par", "seringue"),
    *("dans", "+", "Miorel", "cm3", "u.i.", "l", "\n", "<", "?", "zorg"),
]


def shown(item: Item) -> str:
    """An item in a few words: its kind, its number with its unit, and the size."""
    size = "" if item.size is None else f" in {item.size}"
    return f"{item.kind.value} {item.number}{' ' if item.unit else ''}{item.unit}{size}"


def read(text: str) -> str:
    """The items of a text, of which no word is a name."""
    return ", ".join(map(shown, items_of(tokens(text), ())))


# --- Numbers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "value"),
    [
        *(("2", "2"), ("2,5", "5/2"), ("2.5", "5/2"), ("0,05", "1/20"), ("2,50", "5/2")),
        *(("1/2", "1/2"), ("1/4", "1/4"), ("3/4", "3/4"), ("1\u20442", "1/2"), ("½", "1/2")),
        *(("¼", "1/4"), ("¾", "3/4"), ("1½", "3/2"), ("1 ½", "3/2"), ("2 1/4", "9/4")),
        *(("123456", "123456"), ("0,1234", "617/5000"), ("0,500", "1/2"), ("0.125", "1/8")),
        *(("12345,5", "24691/2"), ("\uff12", "2"), ("2\u00a0", "2"), ("un", "1"), ("one", "1")),
        *(("deux", "2"), ("trois", "3"), ("quatre", "4"), ("two", "2"), ("four", "4")),
        *(("demi", "1/2"), ("un demi", "1/2"), ("half", "1/2"), ("half a", "1/2")),
        ("un quart de", "1/4"),
    ],
)
def test_a_number_with_its_unit_is_read(number: str, value: str) -> None:
    assert read(f"{number} ml") == f"volume {value}"


@pytest.mark.parametrize(
    "text",
    [
        # A range, or two numbers.
        *(
            "2-3 ml",
            "2 - 3 ml",
            "2–3 ml",
            "2 3 ml",
            "2 2,5 ml",
            "2, 5 ml",
            "2 ,5 ml",
            "2'5 ml",
            "2·5 ml",
        ),
        *("2/3 ml", "2/3 ampoule", "1/5 ml", "5/10 ml", "1/2/3 ml", "0/2 ml", "1/0 ml", "½½ ml"),
        # A thousand in one language is one in the other; a space may be one or the other.
        *("1,000 mg", "1.000 ml", "12.000 mg", "123,456 ml", "2 500 mg", "1\u202f000 mg"),
        "1'000 mg",
        # What stands before it changes it, or may.
        *("<2 ml", ">2 ml", "≤ 2 ml", "-2 ml", "\u22122 ml", "\u20112 ml", "~2 ml", "± 2 ml"),
        *("#2 ml", "@2 ml", ".5 ml", ",5 ml", ". 5 ml", "..5 ml", "... 5 ml", "zorg.5 ml"),
        *("zorg,5 ml", "√4 ml", "B12 ml", "05 ml", "00,5 ml", "O,5 ml", "o5 ml", "J1 ml", "l2 ml"),
        *("é2 ml", "1e3 ml", "2^3 ml"),
        # No number of ours, too long, too precise, or nothing.
        *("٢ ml", "۲ ml", "1234567 ml", "1,12345 ml", "0.5.5 ml", "0 ml", "0,0 ml", "II ml", "ml"),
        *("demi zorg", "quarts ml", "cinq ml", "une boîte de 5", "boîte de 5"),
        # No unit, or none that follows it.
        *("2", "2 zorg", "2 (ml)", "2/ml", "2, ml", "2-ml", "ml 2", "2 l", "2 kg", "2 meq"),
        *("2 MBq", "2 m l", "2 mi", "2 gouttes", "2 doses", "2 seringues", "20°", "n° 2"),
    ],
)
def test_no_number_is_guessed(text: str) -> None:
    assert read(text) == ""


@pytest.mark.parametrize(
    "before", ["", " ", "(", "[", ": ", "; ", ", ", "= ", "+ ", "& ", "- ", "– ", "® ", "™ ", "\n"]
)
def test_what_parts_it_from_a_word_leaves_a_number_as_it_is(before: str) -> None:
    assert read(f"zorg {before}2 ml") == "volume 2"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *(("2 : 5 ml", "volume 5"), ("2 (5 ml)", "volume 5"), ("2 ; 5 ml", "volume 5")),
        *(("2 %5 ml", "strength 20 mg, volume 5"), ("2 % 5 ml", "strength 20 mg, volume 5")),
        *(("x2 ml", "volume 2"), ("zorg2 ml", ""), ("1.5 ml", "volume 3/2"), ("1 .5 ml", "")),
    ],
)
def test_numbers_that_are_parted_are_apart(text: str, found: str) -> None:
    assert read(text) == found


# --- Units ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *(("2 ml", "volume 2"), ("2ML", "volume 2"), ("2 cc", "volume 2"), ("2 cl", "volume 20")),
        *(("2 cm3", "volume 2"), ("2 cm 3", ""), ("2000 µl", "volume 2"), ("0,1 dl", "volume 10")),
        *(("4 mg", "measured 4 mg"), ("0,25 g", "measured 250 mg")),
        *(("5 \u00b5g", "measured 1/200 mg"), ("5 \u03bcg", "measured 1/200 mg")),
        *(("10 mcg", "measured 1/100 mg"), ("3 mmol", "measured 3 mmol")),
        *(("50 UI", "measured 50 [iU]"), ("50 U.I.", "measured 50 [iU]")),
        *(("50 u i", "measured 50 [iU]"), ("50 IU", "measured 50 [iU]")),
        *(("50 i.u.", "measured 50 [iU]"), ("50 u", "measured 50 [iU]")),
        *(("50 unités", "measured 50 [iU]"), ("50 units", "measured 50 [iU]")),
        ("50 u, i", "measured 50 [iU]"),
    ],
)
def test_the_units_of_an_amount(text: str, found: str) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *(("2 %", "strength 20 mg"), ("2%", "strength 20 mg"), ("0,5 %", "strength 5 mg")),
        *(("2 pour cent", "strength 20 mg"), ("2 per cent", "strength 20 mg")),
        *(("2 percent", "strength 20 mg"), ("2 p. cent", "strength 20 mg")),
        *(("1/2 %", "strength 5 mg"), ("2 pour", ""), ("10 mg/ml", "strength 10 mg in 1")),
        *(("50 mg/5 ml", "strength 50 mg in 5"), ("50 mg / 5ml", "strength 50 mg in 5")),
        *(("50 mg pour 5 ml", "strength 50 mg in 5"), ("10 mg par ml", "strength 10 mg in 1")),
        *(("10 mg dans 1 ml", "measured 10 mg"), ("10 mg per ml", "strength 10 mg in 1")),
        *(("10 mg in 2 ml", "measured 10 mg"), ("1 g/100 ml", "strength 1000 mg in 100")),
        *(("10 g/dl", "strength 10000 mg in 100"), ("100 UI/ml", "strength 100 [iU] in 1")),
        *(("4 mg/2 cc", "strength 4 mg in 2"), ("4 mg/ampoule", "content 4 mg")),
        ("4 mg par ampoule", "content 4 mg"),
        # What is in none of these is no mass either.
        *(("2 mg/kg", ""), ("2 mg/j", ""), ("2 mg/2 mg", ""), ("2 mg/2", "")),
        *(("2 mg/2-3 ml", "measured 2 mg"), ("2 mg pour 5", "")),
        *(("2 mg pour 5 mg", "measured 5 mg"), ("2 mg dans zorg", "measured 2 mg")),
        *(("2 mg pour ml", "strength 2 mg in 1"), ("2 mg pour mg", "")),
    ],
)
def test_strengths(text: str, found: str) -> None:
    assert read(text) == found


def test_a_strength_is_in_1_ml_and_exact() -> None:
    [strength] = items_of(tokens("10 mg/3 ml"), ())
    assert strength.strength == Measure(Fraction(10, 3), "mg")
    [percent] = items_of(tokens("2 %"), ())
    assert percent.strength == Measure(Fraction(20), "mg")
    [mass] = items_of(tokens("0,25 g"), ())
    assert mass.measured == Quantity.read("250 mg")


# --- Ampoules, their sizes and syringes -----------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *(("2 ampoules", "containers 2"), ("1 amp", "containers 1"), ("1 flacon", "containers 1")),
        *(("une ampoule", "containers 1"), ("an ampoule", "containers 1")),
        *(("a vial", "containers 1"), ("a vial of 2 ml", "containers 1 in 2"), ("a syringe", "")),
        *(("a 2 ml vial", "size 2"), ("a ml", "")),
        *(("two vials", "containers 2"), ("1/2 ampoule", "containers 1/2")),
        *(("½ amp", "containers 1/2"), ("0,5 amp", "containers 1/2")),
        *(("1/4 d'ampoule", "containers 1/4"), ("1/2 de flacon", "containers 1/2")),
        *(("2 d'ampoule", ""), ("1 1/2 ampoule", "containers 3/2")),
        *(("2,5 ampoules", "containers 5/2"), ("demi ampoule", "containers 1/2")),
        *(("demi-ampoule", "containers 1/2"), ("une demi-ampoule", "containers 1/2")),
        *(("un demi flacon", "containers 1/2"), ("half an ampoule", "containers 1/2")),
        *(("half a vial", "containers 1/2"), ("half ampoule", "containers 1/2")),
        *(("half of zorg", ""), ("1 ampoule et demie", "containers 3/2")),
        *(("2 ampoules and a half", "containers 5/2"), ("une ampoule et demie", "containers 3/2")),
        ("1 ampoule et 2 ml", "containers 1, volume 2"),
        *(("1 ampoule and a zorg", "containers 1"), ("deux demi-ampoules", "")),
        *(("1 ampoule de 2 ml", "containers 1 in 2"), ("2 amp of 2 ml", "containers 2 in 2")),
        ("1 ampoule de 4 mg", "containers 1, measured 4 mg"),
        *(("1 ampoule de zorg", "containers 1"), ("1 ampoule (2 ml)", "containers 1, volume 2")),
        *(("1 ampoule 2 ml", "containers 1, volume 2"), ("ampoule de 2 ml", "size 2")),
        *(("ampoule 2 ml", "size 2"), ("ampoules", ""), ("un quart d'ampoule", "containers 1/4")),
        *(("quart de flacon", "containers 1/4"), ("a quarter of an ampoule", "containers 1/4")),
        *(("un quart zorg", ""), ("2 ml et demi", "volume 5/2")),
        *(("2 ml and a half", "volume 5/2"), ("2 mg et demi", ""), ("2 ml par", "")),
        *(("2 ml par séance", "volume 2"), ("2 ampoules/session", "containers 2")),
        *(("2 ampoules par point", ""), ("2 mg par séance", "measured 2 mg")),
        *(("2 mg par jour", ""), ("ampoule de 4 mg", "measured 4 mg"), ("2 ml ampoule", "size 2")),
        *(("2 ml/ampoule", "size 2"), ("2 ml par ampoule", "size 2")),
        *(("2 ml (ampoule)", "volume 2"), ("seringue de 5 ml", "syringe 5")),
        *(("5 ml syringe", "syringe 5"), ("seringue", ""), ("2 ml seringue", "syringe 2")),
        *(("seringue de 4 mg", "measured 4 mg"), ("2 ml / 5 ml", "volume 2")),
        *(("2 ml par point", ""), ("2 ml/j", ""), ("2 ml par voie IM", "volume 2")),
        *(("2 ml/séance", "volume 2"), ("2 ml/kg", ""), ("2 ml/ 5", "volume 2")),
        ("2 ml per route", "volume 2"),
    ],
)
def test_ampoules_and_syringes(text: str, found: str) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *(("2 x 5 ml", "volume 10"), ("2x5ml", "volume 10"), ("2 × 5 ml", "volume 10")),
        *(("2*5 ml", "volume 10"), ("3 X 1/2 ml", "volume 3/2"), ("1/2 x 2 ml", "volume 1")),
        *(("2 x 5 ml ampoules", "containers 2 in 5"), ("2 x 5 ml seringues", "syringe 5")),
        *(("2 x 250 mg", "measured 500 mg"), ("2 x 1 ampoule", "containers 2")),
        *(("2 x 1 ampoule de 2 ml", "containers 2 in 2"), ("2 x ½ ampoule", "containers 1")),
        *(("2 x 2 %", "strength 20 mg"), ("2 x 4 mg/2 ml", "strength 4 mg in 2")),
        *(("2 x 4 mg/ampoule", "content 4 mg"), ("2 x", ""), ("x 2", ""), ("2 x 3", "")),
        *(("2 x 3 x 1 ml", "volume 3"), ("2-3 x 1 ml", "volume 1"), ("2 x zorg", "")),
    ],
)
def test_several_of_something(text: str, found: str) -> None:
    assert read(text) == found


# --- Beside names ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *(("Dicynone 250", "bare 250"), ("Dicynone 2,5", "bare 5/2"), ("Dicynone250", "")),
        *(("Dicynone, 250", ""), ("Dicynone-250", ""), ("Dicynone 1/2", ""), ("Dicynone 2 3", "")),
        *(("Dicynone 250 mg", "measured 250 mg"), ("Dicynone 2 x 250", "bare 2")),
        ("Dicynone 250 zorg", "bare 250"),
    ],
)
def test_a_number_directly_behind_a_name_may_be_a_part_of_it(text: str, found: str) -> None:
    assert ", ".join(map(shown, items_of(tokens(text), {0}))) == found


def test_no_item_reaches_into_a_name() -> None:
    text = tokens("2 ml 20 mg ampoule")
    assert [shown(item) for item in items_of(text, ())] == ["volume 2", "measured 20 mg"]
    assert items_of(text, {0, 3}) == []
    assert items_of(text, {1, 2}) == []
    ends = ("2 ml par séance zorg", "2 ml/séance zorg", "1 ampoule et demie zorg", "4 mg/2 ml zorg")
    assert [items_of(tokens(text), ())[0].last for text in ends] == [4, 3, 4, 4]
    begins = ("une demi ampoule", "a quarter of a vial", "zorg 2 ml")
    assert [items_of(tokens(text), ())[0].first for text in begins] == [0, 0, 1]
    assert items_of(tokens("2 ampoules de 2 ml"), {3}) == [Item(0, 2, Kind.CONTAINERS, Fraction(2))]


@given(st.lists(st.sampled_from(PIECES), max_size=9), st.sets(st.integers(0, 9)))
def test_items_follow_each_other_and_are_above_nothing(parts: list[str], named: set[int]) -> None:
    text = tokens(" ".join(parts))
    found = items_of(text, named)
    places = [position for item in found for position in range(item.first, item.last)]
    assert places == sorted({*places})
    assert {*places}.isdisjoint(named)
    assert all(0 <= place < len(text) for place in places)
    assert all(item.number > 0 and (item.size is None or item.size > 0) for item in found)
