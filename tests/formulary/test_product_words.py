"""The words beside the name of a product: which are understood, and what is left of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomix import Formulary
from mesomix.formulary.product_words import UNDERSTOOD, not_understood
from mesomix.names import names_within, words


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


@pytest.mark.xfail(strict=True, reason="a letter of a vitamin passes for a word or a unit")
@pytest.mark.parametrize("text", ["Vit C, D", "Vitamine C et A", "Vit C + D"])
def test_the_letter_of_a_second_vitamin_is_left(text: str, formulary: Formulary) -> None:
    """There are two vitamins in "Vit C + D", and mesomix knows one of them."""
    assert formulary.mixture(text).read_in_part != ()


@pytest.mark.xfail(strict=True, reason="whatever begins with a digit passes for a number")
@pytest.mark.parametrize("code", ["3400930000000", "60000001"])
def test_a_code_that_nobody_knows_is_left(code: str, formulary: Formulary) -> None:
    """A CIP13 or a CIS beside a name is a second medicine, and not a dose."""
    assert formulary.mixture(f"Miorel {code}").read_in_part != ()


@given(st.lists(st.sampled_from(["lidocaine", "zorg", "mg", "250", "%", "gel"])), st.data())
def test_every_word_is_named_understood_or_left(parts: list[str], data: st.DataObject) -> None:
    known = data.draw(st.sampled_from([{"lidocaine"}, set[str](), {"zorggel"}]))
    spans = names_within(parts, known)
    left = not_understood(parts, spans)
    named = {position for first, last in spans for position in range(first, last)}
    beside = [part for position, part in enumerate(parts) if position not in named]
    assert left == [part for part in beside if part in {"lidocaine", "zorg", "gel"}]
