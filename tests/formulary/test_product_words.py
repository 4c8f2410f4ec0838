"""The words beside the name of a product: which are understood, and what is left of a text."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomix import Formulary
from mesomix.formulary.amount_items import items_of
from mesomix.formulary.product_words import (
    UNDERSTOOD,
    doubtful_signs,
    names_apart,
    not_understood,
    positions,
    unnamed_things,
)
from mesomix.names import names_within, tokens, words

KNOWN: Final = frozenset({"lidocaine", "mag2"})


def beside(text: str) -> tuple[list[str], list[tuple[int, int]], list[tuple[int, int]]]:
    """The words of a text, with the places of its names and of its amounts."""
    found = tokens(text)
    parts = [token.word for token in found]
    spans = names_within(parts, KNOWN)
    return parts, spans, [(i.first, i.last) for i in items_of(found, positions(spans))]


def left(text: str) -> list[str]:
    """The words of a text that mean nothing to mesomix."""
    parts, spans, amounts = beside(text)
    return [parts[at].strip() for at in not_understood(parts, [*spans, *amounts])]


def test_what_is_understood_is_written_as_words_are_folded() -> None:
    micro = "\u00b5g"  # as keyboards write it; folding makes the Greek letter of it
    assert [word for word in UNDERSTOOD - {micro} if words(word) != [word]] == []
    assert set(words(micro)) <= UNDERSTOOD


def test_what_is_understood_names_no_product(formulary: Formulary) -> None:
    named = [word for word in sorted(UNDERSTOOD) if formulary.mixture(word).products]
    assert named == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lidocaïne", []),
        ("lidocaïne 20 mg/ml", []),
        ("lidocaïne 0,8 % (1 ampoule de 5 ml)", []),
        ("chlorhydrate de lidocaïne anhydre, solution injectable IM", []),
        ("lidocaïne HCl", []),
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
        ("boîte de lidocaïne", ["boite"]),
        ("lidocaïne suspension", ["suspension"]),
        ("lidocaïne suspension injectable", []),
        ("", []),
        # A number without a unit, and a unit without a number.
        *(("lidocaïne 20", []), ("lidocaïne, 20", ["20"]), ("20 lidocaïne", ["20"])),
        *(("lidocaïne mg", ["mg"]), ("lidocaïne %", ["%"]), ("lidocaïne 2-3 ml", ["2", "3", "ml"])),
        *(("lidocaïne 1/200 000", ["1", "200", "000"]), ("lidocaïne 2/3 amp", ["2", "3"])),
        *(("lidocaïne 1000000 ml", ["1000000", "ml"]), ("lidocaïne environ 2 ml", ["environ"])),
    ],
)
def test_what_is_neither_a_name_nor_an_amount_nor_understood_is_left(
    text: str, expected: list[str]
) -> None:
    assert left(text) == expected


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
    ("text", "expected"),
    [
        *(("lidocaïne 2 g", []), ("lidocaïne 5 u i", []), ("lidocaïne 5 U.I.", [])),
        *(("lidocaïne d'eau", ["eau"]), ("l'ampoule de lidocaïne", [])),
        *(("lidocaïne g", ["g"]), ("lidocaïne I", ["i"]), ("lidocaïne a", ["a"])),
        *(("lidocaïne d 2", ["d", "2"]), ("lidocaïne l e", ["l", "e"])),
        *(
            ("lidocaïne à 2 %", []),
            ("lidocaïne et a 2 %", ["a"]),
            ("lidocaïne c a 2 ml", ["c", "a"]),
        ),
        *(("a 2 ml lidocaïne", ["a"]), ("lidocaïne a b", ["a", "b"])),
        ("lidocaïne 20 + 63409284", ["20", "63409284"]),
    ],
)
def test_a_letter_is_a_unit_behind_a_number_and_a_word_before_another(
    text: str, expected: list[str]
) -> None:
    assert left(text) == expected


# --- Signs ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        *(("lidocaïne ?", ["?"]), ("5 ‰", ["‰"]), ("☠ lidocaïne ☠", ["☠", "☠"]), ("", [])),
        *(("10²", ["²"]), ("① ½", ["①"]), ("m³ ?", ["?", "³"]), ("2 ㎖", [])),
        # A digit that is struck out, or behind which something is hidden.
        *(("1\u0336 ml", ["1\u0336"]), ("2\u03265 ml", ["2\u03265"]), ("2\u200b5", ["2\u200b5"])),
        *(
            ("2\u20e3", ["2\u20e3"]),
            ("5\u200b ml", []),
            ("cm\u00b3 2", []),
            ("mm\u00b3", ["\u00b3"]),
        ),
        # What is no doubt: marks, degrees, fractions, brackets, dashes, other letters.
        *(
            ("Miorel®™ ©℠ 20°", []),
            ("½ ¼ ¾ ⅓ ⅔ ⅛", []),
            ("(a) [b] – … « »", []),
            ("\u0440 é ٢", []),
        ),
    ],
)
def test_the_signs_that_may_mean_anything(text: str, signs: list[str]) -> None:
    assert doubtful_signs(text) == signs


# --- Things without a name ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "things"),
    [
        *(
            ("lidocaïne + 2 ml", ["2 ml"]),
            ("lidocaïne & zorg", ["zorg"]),
            ("2 ml + lidocaïne", ["2 ml"]),
        ),
        *(("lidocaïne + lidocaïne", []), ("lidocaïne 2 ml", []), ("lidocaïne +", []), ("zorg", [])),
        *(("lidocaïne et zorg", ["zorg"]), ("zorg avec lidocaïne", ["zorg"])),
        *(
            ("lidocaïne and 2 ml", ["2 ml"]),
            ("lidocaïne with zorg", ["zorg"]),
            ("lidocaïne et", []),
        ),
        *(("lidocaïne et 2 ml et Mag 2", ["2 ml"]), ("lidocaïne + Mag 2", [])),
        # Within an amount "et" joins nothing.
        *(("lidocaïne 1 ampoule et demie", []), ("2 ampoules and a half de lidocaïne", [])),
    ],
)
def test_a_second_thing_without_a_name_is_left(text: str, things: list[str]) -> None:
    parts, spans, amounts = beside(text)
    assert unnamed_things(text, parts, spans, amounts, KNOWN) == things


def test_the_places_of_words() -> None:
    assert positions([(0, 2), (3, 4), (5, 5)]) == {0, 1, 3}


# --- Names that end in a strength -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Miorel 4 mg/2 ml", ["miorel4mg2ml"]),
        ("Miorel 4 mg 2 ml", ["miorel4mg"]),
        ("Miorel 4 mg, 2 ml", ["miorel4mg"]),
        ("miorel-4-mg-2-ml", ["miorel4mg2ml"]),
        ("Miorel 4 mg / 2 ml 2 ml", ["miorel4mg2ml"]),
        ("Mag 2 5 ml", ["mag2"]),
        ("2 ml", []),
    ],
)
def test_a_name_goes_on_behind_a_unit_with_a_slash_or_a_dash_only(
    text: str, names: list[str]
) -> None:
    known = {"miorel4mg2ml", "miorel4mg", "mag2"}
    parts = names_apart(tokens(text))
    spans = names_within(parts, known)
    assert ["".join(parts[first:last]) for first, last in spans] == names
    assert [part.lstrip("\0") for part in parts] == [token.word for token in tokens(text)]


@given(
    st.lists(st.sampled_from(["lidocaine", "zorg", "mg", "250", "%", "gel", "de", "2 ml"])),
    st.integers(0, 9),
)
def test_every_word_is_named_measured_understood_or_left(pieces: list[str], at: int) -> None:
    parts, spans, amounts = beside(" ".join(pieces))
    found = left(" ".join(pieces))
    elsewhere = positions([*spans, *amounts])
    alone = [part.strip() for n, part in enumerate(parts) if n not in elsewhere]
    assert found == [part for part in alone if part != "de"]
    assert not_understood(parts, [(at, len(parts))]) == not_understood(parts[:at], [])
