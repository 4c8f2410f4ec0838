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
    LONGEST_NAME_IN_WORDS,
    LONGEST_SHOWN,
    LONGEST_SUGGESTED_FOR,
    SUGGESTION_CUTOFF,
    NameKey,
    as_text,
    fold,
    fold_all,
    in_latin_letters,
    key_of_words,
    names_within,
    nearest,
    printable,
    shortened,
    tokens,
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
    """Within a word it makes two of it; beside one it is a word that nobody understands."""
    assert fold(f"lido{control}caine") != fold("lidocaine")
    assert formulary.mixture(f"lido{control}caine").products == ()
    patient = formulary.patient(allergies=[], nothing_else=True)
    for written in (f"{control}Maginjectable", f"Maginjectable{control}"):
        assert fold(written) != fold("Maginjectable")
        mixture = formulary.mixture(written)
        assert product_ids(formulary, written) == ["maginjectable-0-8"]
        assert mixture.reads[0].unread == control
        assert not mixture.products[0].specified
        assert mesomix.check(mixture, patient).verdict is mesomix.Verdict.REVIEW


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


# --- Words with what stands between them ----------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("- ®", []),
        ("2 % 2 ml", ["2", " %", " 2", " ml"]),
        ("2,5 ml", ["2,5", " ml"]),
        ("Mag 2, 5 ml", ["mag", " 2", ", 5", " ml"]),
        ("1/2 ampoule", ["1", "/2", " ampoule"]),
        ("1½ Ampoule", ["1", " 1", "\u20442", " ampoule"]),
        ("½", ["1", "\u20442"]),
        ("20 63409284", ["20", " 63409284"]),
        ("2-3 ml", ["2", "-3", " ml"]),
        ("0.5.5", ["0.5.5"]),
        ("2..5", ["2", "..5"]),
        ("Miorel2ml", ["miorel", "2", "ml"]),
        ("(Œdème) : 2", ["(oedeme", ") : 2"]),
        ("a\x00b", ["a", "\x00", "b"]),
        ("\u0662 2", ["\u0662 2"]),  # another script's digit is no part of a number
        ("a " * (LONGEST_NAME // 2), ["a", *[" a"] * (LONGEST_NAME // 2 - 1)]),
        ("a " * LONGEST_NAME, []),
    ],
)
def test_the_words_of_a_text_with_what_stands_before_them(text: str, found: list[str]) -> None:
    assert [token.gap + token.raw for token in tokens(text)] == found


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Mag 2, 5 ml", ["mag", "2", " 5", "ml"]),
        ("1/2", ["1", " 2"]),
        ("1½", ["1", " 1", " 2"]),
        ("0,8 %", ["0.8", "%"]),
        ("1 000,5", ["1", " 000.5"]),
        ("2 + 63409284 / 3", ["2", " 63409284", " 3"]),
        ("2 ml 3", ["2", "ml", "3"]),
        ("", []),
    ],
)
def test_numbers_that_follow_each_other_are_words_of_their_own(text: str, parts: list[str]) -> None:
    """The second keeps a space before it, so that joined they are what they were."""
    assert [token.word for token in tokens(text)] == parts
    assert fold("".join(parts)) == fold(text) or "½" in text


@given(st.text())
@example("1½")
@example("Mag 2, 5 ml")
@example("\u0662 2 \u06f3")
def test_the_words_of_both_kinds_make_one_key(text: str) -> None:
    parts = [token.word for token in tokens(text)]
    assert key_of_words(parts) == key_of_words(words(text)) or not text.isascii()
    assert key_of_words(words(text)) == fold(text)
    assert not any(token.gap.isalnum() or token.raw != token.raw.strip() for token in tokens(text))


# --- Names within a longer text -------------------------------------------------------------

PIECES: Final = ["a", "b", "1", "ab", "abab"]
some_words = st.lists(st.sampled_from(PIECES), max_size=2 * LONGEST_NAME_IN_WORDS)
some_names = st.sets(st.text("ab1", min_size=1, max_size=6), max_size=12)


def runs(parts: list[str], known: set[str]) -> set[tuple[int, int]]:
    """Every run of whole words that is a name: of several words, it is no three letters."""
    found = {
        (first, last): "".join(parts[first:last])
        for first in range(len(parts))
        for last in range(first + 1, min(first + LONGEST_NAME_IN_WORDS, len(parts)) + 1)
    }
    return {
        (first, last)
        for (first, last), key in found.items()
        if key in known and (last == first + 1 or len(key) > 3 or not key.isalpha())
    }


@given(some_words, some_names)
def test_the_names_within_a_text_are_the_longest_runs_of_whole_words(
    parts: list[str], known: set[str]
) -> None:
    every = runs(parts, known)
    longest = {
        (first, last)
        for first, last in every
        if not any(a <= first and last <= b and (a, b) != (first, last) for a, b in every)
    }
    assert names_within(parts, known) == sorted(longest)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("zorg", []),
        ("procaïne", ["procaine"]),
        ("Procaïne LAVOISIER 20 mg", ["procainelavoisier"]),
        ("chlorhydrate de procaïne, lidocaïne", ["procaine", "lidocaine"]),
        ("pro caïne", ["procaine"]),
        ("procaïnes", []),
        ("xprocaïne", []),
        ("procaïne20mg", ["procaine"]),
        ("lavoisier procaïne", ["procaine"]),
        ("procaïne lavoisier retard", ["procainelavoisier", "lavoisierretard"]),  # they overlap
        ("procaïne procaïne", ["procaine", "procaine"]),
        ("fluconazole", []),
        ("flucon azole", ["flucon"]),
        ("as a child", []),  # ASA
        ("a s a", []),
        ("ASA", ["asa"]),
        ("E 2", ["e2"]),
    ],
)
def test_a_name_is_found_as_whole_words_only(text: str, found: list[str]) -> None:
    known = {fold(name) for name in ("procaïne", "Procaïne Lavoisier", "lidocaïne", "Flucon")}
    known |= {fold("lavoisier retard"), fold("ASA"), fold("E2")}
    parts = words(text)
    spans = names_within(parts, known)
    assert ["".join(parts[first:last]) for first, last in spans] == found


def test_a_name_of_more_words_than_any_is_not_looked_for_within_a_text() -> None:
    longest = ["a"] * LONGEST_NAME_IN_WORDS
    assert names_within([*longest, "b"], {"a" * LONGEST_NAME_IN_WORDS}) == [
        (0, LONGEST_NAME_IN_WORDS)
    ]
    assert names_within([*longest, "a"], {"a" * (LONGEST_NAME_IN_WORDS + 1)}) == []


def test_no_name_of_the_data_is_longer_than_what_is_looked_for_within_a_text() -> None:
    named = names_of("products", "substances", "groups")
    assert [name for name in named if len(words(name)) > LONGEST_NAME_IN_WORDS] == []


# --- Letters of another alphabet ------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("b\u0435tam\u0435thasone", "betamethasone"),
        ("\u041a\u0435n\u0430\u0441\u043ert", "Kenacort"),
        ("\u0440roc\u0430ine", "procaine"),
        ("K\u03b5nacort", "K\u03b5nacort"),
        ("\u039aenac\u03bfrt", "Kenacort"),
        ("Kénacort", "Kénacort"),
        ("Kenacort", "Kenacort"),
    ],
)
def test_letters_that_look_latin_are_read_as_latin(written: str, latin: str) -> None:
    assert in_latin_letters(written) == latin
    assert in_latin_letters(latin) == latin


@given(st.text())
def test_reading_letters_as_latin_changes_no_other_and_no_length(text: str) -> None:
    read = in_latin_letters(text)
    assert len(read) == len(text)
    assert in_latin_letters(read) == read
    for before, after in zip(text, read, strict=True):
        assert before == after or (
            after.isascii() and unicodedata.name(before).startswith(("CYRILLIC", "GREEK"))
        )


# --- What is shown --------------------------------------------------------------------------


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


def test_a_name_is_a_text_that_can_be_written_anywhere() -> None:
    assert as_text("Miorel ½\ud800") == "Miorel ½\\ud800"


@pytest.mark.parametrize("value", [None, b"secret", 2, ["secret"], NameKey])
def test_what_is_no_text_is_refused_without_being_repeated(value: object) -> None:
    with pytest.raises(TypeError, match=r"a name must be a text \(str\)") as caught:
        as_text(value)
    assert "secret" not in str(caught.value)
