"""The words beside the name of a product: which are understood, and what is left of a text."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomix import Formulary
from mesomix.formulary.product_words import (
    LONGEST_NUMBER,
    UNDERSTOOD,
    apart,
    is_one_of,
    not_understood,
    strengths,
)
from mesomix.names import names_within, words

UNITS: Final = frozenset(["mg", "%"])
"""Of those drawn below: understood behind a number."""


def test_what_is_understood_is_written_as_words_are_folded() -> None:
    micro = "\u00b5g"  # as keyboards write it; folding makes the Greek letter of it
    assert [word for word in UNDERSTOOD - {micro} if words(word) != [word]] == []
    assert set(words(micro)) <= UNDERSTOOD


def test_what_is_understood_names_no_product(formulary: Formulary) -> None:
    named = [word for word in sorted(UNDERSTOOD) if formulary.mixture(word).products]
    assert named == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("lidocaïne", []),
        ("lidocaïne 20 mg/ml", []),
        ("lidocaïne 0,8 % (1 ampoule de 5 ml)", []),
        ("chlorhydrate de lidocaïne anhydre, solution injectable IM", []),
        ("10 \u00b5g de lidocaïne, 10 \u03bcg", []),  # the sign and the Greek letter
        ("lidocaïne visqueuse", ["visqueuse"]),
        ("gel de lidocaïne", ["gel"]),
        ("lidocaïne buvable 5 ml", ["buvable"]),
        ("lidocaïne sans conservateur", ["sans", "conservateur"]),
        ("pas de lidocaïne", ["pas"]),
        ("zorg lidocaïne zorg", ["zorg", "zorg"]),
        ("lidocaïne iv", ["iv"]),
        ("lidocaïne\x00", ["\x00"]),
        ("\u0440rocaine lidocaïne", ["\u0440rocaine"]),
        ("lidocaïnes", ["lidocaines"]),
        ("", []),
    ],
)
def test_what_is_neither_a_name_nor_a_number_nor_understood_is_left(
    text: str, left: list[str]
) -> None:
    parts = words(text)
    assert not_understood(parts, names_within(parts, {"lidocaine"})) == left


@pytest.mark.parametrize("word", ["gel", "creme", "comprime", "sulfate", "acetate", "adrenaline"])
def test_what_makes_another_medicine_of_it_is_not_understood(word: str) -> None:
    assert word not in UNDERSTOOD


@pytest.mark.parametrize("text", ["Vit C, D", "Vitamine C et A", "Vit C + D"])
def test_the_letter_of_a_second_vitamin_is_left(text: str, formulary: Formulary) -> None:
    """There are two vitamins in "Vit C + D", and mesomix knows one of them."""
    assert formulary.mixture(text).read_in_part != ()


@pytest.mark.parametrize("code", ["3400930000000", "60000001"])
def test_a_code_that_nobody_knows_is_left(code: str, formulary: Formulary) -> None:
    """A CIP13 or a CIS beside a name is a second medicine, and not a dose."""
    assert formulary.mixture(f"Miorel {code}").read_in_part != ()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("lidocaïne 2 g", []),
        ("lidocaïne 5 u i", []),
        ("lidocaïne 5 U.I./1 ml", []),
        ("lidocaïne d'eau", []),
        ("lidocaïne g", ["g"]),
        ("lidocaïne I", ["i"]),
        ("lidocaïne a", ["a"]),
        ("lidocaïne d 2", ["d"]),
        ("lidocaïne l e", ["l", "e"]),
        ("l'ampoule de lidocaïne", []),
        (f"lidocaïne {'1' * LONGEST_NUMBER}", []),
        (f"lidocaïne {'1' * (LONGEST_NUMBER + 1)}", ["1" * (LONGEST_NUMBER + 1)]),
        ("lidocaïne 20 + 63409284", ["63409284"]),
    ],
)
def test_a_letter_is_a_unit_behind_a_number_and_a_word_before_another(
    text: str, left: list[str]
) -> None:
    parts = apart(words(text))
    found = not_understood(parts, names_within(parts, {"lidocaine"}))
    assert [part for part in found if part != "eau"] == left


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Mag 2, 5 ml", ["mag", "2", " 5", "ml"]),
        ("1/2", ["1", " 2"]),
        ("0,8 %", ["0.8", "%"]),
        ("2 + 63409284 / 3", ["2", " 63409284", " 3"]),
        ("", []),
    ],
)
def test_numbers_that_follow_each_other_are_words_of_their_own(text: str, parts: list[str]) -> None:
    assert apart(words(text)) == parts
    assert "".join(apart(words(text))) == "".join(words(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {}),
        ("20 mg/ml", {"20 mg": "20 mg"}),
        ("4 mg/2 ml", {"4 mg": "4 mg", "2 mg": "4 mg"}),
        ("50 mg/5 ml", {"50 mg": "50 mg", "10 mg": "50 mg"}),
        ("1 mg/0 ml", {"1 mg": "1 mg"}),
        ("0,025 g", {"25 mg": "0.025 g"}),
        ("50 \u00b5g", {"0.05 mg": "50 \u03bcg"}),
        ("0,8 %", {"8 mg": "0.8 %"}),
        ("2 %", {"20 mg": "2 %"}),
        ("2 pour cent", {"20 mg": "2 pour"}),
        ("50 unités", {"50 ui": "50 unites"}),
        ("100 UI/2 ml", {"100 ui": "100 ui", "50 ui": "100 ui"}),
        ("5 ml", {}),
        ("2 ampoules", {}),
        ("mg 2", {"2": "2"}),
        ("25", {"25": "25"}),
        ("zorg ml", {}),
        ("20 mg zorg ml", {"20 mg": "20 mg"}),
    ],
)
def test_a_strength_is_a_number_that_counts_no_volume(text: str, found: dict[str, str]) -> None:
    """In 1 ml, too, where a volume is told; per cent are milligrams in 1 ml."""
    parts = apart(words(text))
    assert strengths(parts) == found
    with_a_unit = {strength: told for strength, told in found.items() if strength[-1].isalpha()}
    assert strengths(parts, bare=False) == with_a_unit


@pytest.mark.parametrize(
    ("strength", "known", "expected"),
    [
        ("20 mg", {"20 mg"}, True),
        ("20 mg", {"20 ui", "20"}, False),
        ("20", {"20 ui"}, True),
        ("20", {"20 mg", "4 mg"}, True),
        ("2", {"20 mg", "2.5 mg"}, False),
        ("20", set[str](), False),
    ],
)
def test_a_number_without_a_unit_may_have_any(
    strength: str, known: set[str], expected: bool
) -> None:
    assert is_one_of(strength, known) is expected


@given(st.lists(st.sampled_from(["lidocaine", "zorg", "mg", "250", "%", "gel"])), st.data())
def test_every_word_is_named_understood_or_left(parts: list[str], data: st.DataObject) -> None:
    known = data.draw(st.sampled_from([{"lidocaine"}, set[str](), {"zorggel"}]))
    spans = names_within(parts, known)
    left = not_understood(parts, spans)
    named = {position for first, last in spans for position in range(first, last)}
    beside = [part for position, part in enumerate(parts) if position not in named]
    unknown = {"lidocaine", "zorg", "gel"}
    assert [part for part in left if part not in UNITS] == [p for p in beside if p in unknown]
