"""Laws of the folding of names, and what is shown and suggested."""

import time
import unicodedata
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import DASHES, INVISIBLE, SPACES, TRADE_MARKS, known_names, names_of, spellings

import mesomix
from mesomix.names import (
    LONGEST_NAME,
    LONGEST_SHOWN,
    LONGEST_SUGGESTED_FOR,
    SUGGESTION_CUTOFF,
    NameKey,
    fold,
    fold_all,
    nearest,
    printable,
    shortened,
    words,
)

CATEGORIES: Final = {chr(code): unicodedata.category(chr(code)) for code in range(0x110000)}
EVERY_CHARACTER: Final = [c for c, category in CATEGORIES.items() if category not in {"Cn", "Co"}]
"""But for what is assigned to nothing, and to private use."""
CONTROLS: Final = [c for c, category in CATEGORIES.items() if category == "Cc"]
MEGABYTE: Final = 1_000_000
SECONDS: Final = 120
"""Far more than any text of a megabyte takes, and far less than a quadratic loop would."""


def product_ids(formulary: mesomix.Formulary, name: str) -> list[str]:
    return [product.id for product in formulary.mixture(name).products]


@given(st.text())
@example("ǽ")
@example("1\u0301 2")
@example("İß\u0345\u017f")
@example("ß" * LONGEST_NAME)
@example("\ufdfa" * LONGEST_NAME)  # one letter that stands for eighteen
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_every_character_folds_to_a_key_that_stays_as_it_is() -> None:
    keys = fold_all(EVERY_CHARACTER)
    folded = zip(EVERY_CHARACTER, keys, fold_all(keys), strict=True)
    assert [character for character, key, again in folded if key != again] == []


@given(st.lists(st.text()))
@example([])
@example(["", ""])
@example(["a\nb", "\r", "é\u2028"])
def test_folding_all_is_folding_each(texts: list[str]) -> None:
    assert fold_all(texts) == [fold(text) for text in texts]


@given(st.text())
def test_the_words_of_a_text_make_its_key(text: str) -> None:
    assert fold(" ".join(words(text))).replace(" ", "") == fold(text).replace(" ", "")


@given(st.data())
def test_a_name_is_the_same_however_it_is_spelt(
    formulary: mesomix.Formulary, data: st.DataObject
) -> None:
    name = data.draw(known_names())
    spelling = data.draw(spellings(name))
    assert fold(spelling) == fold(name)
    assert product_ids(formulary, spelling) == product_ids(formulary, name) != []


@pytest.mark.parametrize("mark", [*SPACES, *DASHES, *TRADE_MARKS, *INVISIBLE])
def test_a_mark_inside_or_beside_a_real_name_never_matters(mark: str) -> None:
    for name in names_of("products", "substances"):
        if not any(c.isdigit() for c in name):
            assert fold(f"{mark}{name[:3]}{mark}{name[3:]}{mark}") == fold(name)


@given(known_names(), st.sampled_from(INVISIBLE), st.data())
def test_an_invisible_mark_hides_no_name(
    formulary: mesomix.Formulary, name: str, mark: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(name)))
    hidden = name[:place] + mark + name[place:]
    assert product_ids(formulary, hidden) == product_ids(formulary, name) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MÉSOCAÏNE", "mesocaine"),
        ("Me\u0301socai\u0308ne", "mésocaïne"),
        ("anti-œdème", "ANTI OEDEME"),
        ("Læticia", "laeticia"),
        ("Mag 2", "MAG2"),
        ("Mag-2", "mag 2®"),
        ("Vitamine\u00a0C", "vitamine\tc"),
        ("procaïne\u2009lavoisier", "PROCAINE\nLAVOISIER"),
        ("0,8", "0.8"),
        ("Maginjectable 0,8 %", "maginjectable 0.8%"),
        ("½", "1/2"),
        ("\uff2d\uff29\uff2f\uff32\uff25\uff2c", "miorel"),
        ("straße", "STRASSE"),
        ("ǽ", "æ"),
    ],
)
def test_orthography_does_not_matter(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1/2", "12"),
        ("1 2", "12"),
        ("1.2", "12"),
        ("1.2", "1 2"),
        ("1 %", "1"),
        ("10 mg", "1.0 mg"),
        ("FLUCON", "FLUCONAZOLE"),
        ("sulfite", "sulfate"),
        ("p\u0433ocaine", "procaine"),
        ("\u0440rocaine", "procaine"),
        ("l\u03b9docaine", "lidocaine"),
        ("lidocaine", "lid\u043ecaine"),
        ("lido\ufffdcaine", "lidocaine"),
    ],
)
def test_what_is_another_name_stays_another(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("control", [c for c in CONTROLS if not c.isspace()])
def test_a_control_character_makes_another_name(formulary: mesomix.Formulary, control: str) -> None:
    for written in (f"lido{control}caine", f"{control}lidocaine", f"lidocaine{control}"):
        assert fold(written) != fold("lidocaine")
        assert formulary.mixture(written).products == ()


@pytest.mark.parametrize("space", [c for c in CONTROLS if c.isspace()])
def test_a_control_character_that_parts_words_is_a_space(space: str) -> None:
    assert fold(f"procaine{space}lavoisier") == fold("procaine lavoisier")
    assert fold(f"1{space}2") == fold("1 2")


@pytest.mark.parametrize("text", ["", " ", "®", "™ ®", "---", "…", "\u200b", "\u0301", "« »", "_"])
def test_what_holds_no_name_has_an_empty_key(text: str) -> None:
    assert fold(text) == ""


@pytest.mark.parametrize(
    "piece",
    ["a", "é", "1", "1 ", "1/", "(", "\x00", "œ", "\u0301", "ﷺ", "a-", "é_1,"],
)
def test_a_text_of_a_megabyte_is_folded_in_bounded_time(piece: str) -> None:
    text = piece * (MEGABYTE // len(piece))
    started = time.monotonic()
    key = fold(text)
    assert fold(key) == key
    assert time.monotonic() - started < SECONDS


@pytest.mark.parametrize("marks", ["\u0315\u0300", "\u0f71\u0f72"])
def test_marks_in_the_wrong_order_are_folded_in_bounded_time(marks: str) -> None:
    started = time.monotonic()
    assert fold("a" + marks * 100_000) in {"a", ""}
    assert time.monotonic() - started < SECONDS


def test_what_is_longer_than_any_name_holds_none(formulary: mesomix.Formulary) -> None:
    known = names_of("products", "substances", "groups", "conditions")
    assert max(map(len, known)) < LONGEST_NAME
    padding = " " * (LONGEST_NAME - len("lidocaine"))
    assert product_ids(formulary, f"{padding}lidocaine") == ["lidocaine"]
    assert product_ids(formulary, f"{padding} lidocaine") == []
    assert fold("a" * LONGEST_NAME) == "a" * LONGEST_NAME
    assert fold("a" * (LONGEST_NAME + 1)) == ""
    assert words("a " * LONGEST_NAME) == []


@pytest.mark.parametrize(
    ("written", "suggested"),
    [
        ("lidocain", "lidocaine"),
        ("procane", "procaine"),
        ("pirroxicam", "piroxicam"),
        ("xyz", None),
        ("", None),
    ],
)
def test_the_nearest_name_is_suggested(written: str, suggested: str | None) -> None:
    keys = fold_all(["lidocaïne", "procaïne", "piroxicam"])
    assert nearest(fold(written), keys) == suggested


def test_a_name_that_is_less_like_than_the_cutoff_is_not_suggested() -> None:
    assert SUGGESTION_CUTOFF == 0.8
    assert nearest(fold("procaine"), fold_all(["lidocaine"])) is None
    # Of difflib's ratio: 2 * 4 / (5 + 5) is just enough, 2 * 3 / (4 + 4) is not.
    assert nearest(fold("abcdx"), fold_all(["abcde"])) == "abcde"
    assert nearest(fold("abcx"), fold_all(["abcd"])) is None


def test_nothing_is_suggested_for_a_name_that_is_too_long() -> None:
    longest = NameKey("a" * LONGEST_SUGGESTED_FOR)
    longer = NameKey(longest + "a")
    assert nearest(longest, [longest]) == longest
    assert nearest(longer, [longer]) is None


@given(st.text())
@example("\x1b[2J\u202e\ud800\x85\u2028")
def test_what_is_printable_has_nothing_else(text: str) -> None:
    assert printable(text).isprintable()


@given(st.text())
def test_what_prints_is_shown_as_it_is(text: str) -> None:
    prints = "".join(c for c in text if c.isprintable())
    assert printable(prints) == prints


@pytest.mark.parametrize("length", [0, LONGEST_SHOWN, LONGEST_SHOWN + 1, 1_000_000])
def test_what_is_too_long_is_cut_with_an_ellipsis(length: int) -> None:
    text = "a" * length
    cut = text[:LONGEST_SHOWN] + "…"
    assert shortened(text) == (text if length <= LONGEST_SHOWN else cut)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", "\\x1b[31m"),
        ("a\nb", "a\\nb"),
        ("\u202e", "\\u202e"),
        ("\U000e0041", "\\U000e0041"),
        ("\ud800", "\\ud800"),
        ("déjà – vu", "déjà – vu"),
    ],
)
def test_what_does_not_print_is_escaped(text: str, shown: str) -> None:
    assert printable(text) == shown
