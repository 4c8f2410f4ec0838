"""What must never happen to an allergy that someone wrote: tests/allergy_texts has the texts."""

import re
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from allergy_texts.scoring import (
    ANY,
    FOLDER,
    LabelledText,
    Reading,
    Score,
    is_asked,
    load_texts,
    matches,
    score,
    vanished,
    weakened,
    wrongly_read,
)

import mesomix
from mesomix.formulary import allergy_words
from mesomix.formulary.files import read_files
from mesomix.formulary.ids import merge
from mesomix.names import words
from mesomix.request import DeclaredAllergy
from mesomix.vocabulary import AllergyState

FILES: Final = sorted(FOLDER.glob("*.toml"))
TUNED: Final = load_texts(FOLDER / "tuned.toml")
MISSPELT: Final = [text for text in TUNED if text.misspelt]
UNREAD: Final = [text for text in TUNED if text.unread]
WHOLE: Final = [text for text in TUNED if not text.unread]


def name(text: LabelledText) -> str:
    return text.written


@cache
def known_ids() -> frozenset[str]:
    tables, _ = merge(read_files(None)[0])
    return frozenset([*tables.groups, *tables.substances])


@pytest.fixture(scope="module")
def tuned(formulary: mesomix.Formulary) -> Score:
    return score(TUNED, formulary)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_text_stands_twice_and_each_says_something(file: Path) -> None:
    texts = load_texts(file)
    assert len({text.written for text in texts}) == len(texts)
    assert [text for text in texts if not (any(text.by_state.values()) or text.unread)] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_labels_name_what_the_data_has(file: Path) -> None:
    labels = {
        label
        for text in load_texts(file)
        for label in (*text.allergies, *text.doubtful, *text.negated, *text.misspelt)
    }
    substances = {part for label in labels - {ANY} for part in label.split("+")}
    assert substances - known_ids() == set()
    assert {label for label in labels if sorted(label.split("+")) != label.split("+")} == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_is_misspelt_is_to_be_read(file: Path) -> None:
    assert [text for text in load_texts(file) if text.misspelt and not text.unread] == []


@pytest.mark.parametrize("text", TUNED, ids=name)
def test_nothing_vanishes(text: LabelledText, formulary: mesomix.Formulary) -> None:
    reading = formulary.read_allergies(text.written)
    assert reading, "nothing at all came of it"
    assert list(vanished(text, reading, formulary)) == []


@pytest.mark.parametrize("text", TUNED, ids=name)
def test_nothing_certain_becomes_a_doubt(text: LabelledText, formulary: mesomix.Formulary) -> None:
    assert list(weakened(text, formulary.read_allergies(text.written), formulary)) == []


@pytest.mark.parametrize("text", TUNED, ids=name)
def test_nothing_is_denied_that_was_not(text: LabelledText, formulary: mesomix.Formulary) -> None:
    found = wrongly_read(text, formulary.read_allergies(text.written), formulary)
    assert [slip for slip in found if slip.state is AllergyState.NEGATED] == []


@pytest.mark.parametrize("text", UNREAD, ids=name)
def test_what_a_physician_must_read_is_asked(
    text: LabelledText, formulary: mesomix.Formulary
) -> None:
    assert is_asked(formulary.read_allergies(text.written))


@pytest.mark.parametrize("text", MISSPELT, ids=name)
def test_no_misspelt_name_is_accepted(text: LabelledText, formulary: mesomix.Formulary) -> None:
    reading = formulary.read_allergies(text.written)
    known = [declared for declared in reading if declared.allergy.id is not None]
    accepted = [d for d in known for label in text.misspelt if matches(d, label, formulary)]
    assert accepted == []
    assert is_asked(reading)


def test_the_lists_of_the_score_are_what_the_tests_look_at(tuned: Score) -> None:
    assert (tuned.texts, tuned.unread, tuned.clear) == (len(TUNED), len(UNREAD), len(WHOLE))
    assert (tuned.vanished, tuned.denied, tuned.accepted) == ((), (), ())
    assert (tuned.empty, tuned.silent, tuned.weakened) == ((), (), ())
    assert tuned.asked == tuned.unread


@pytest.mark.slow
@pytest.mark.parametrize("text", TUNED, ids=name)
def test_a_word_that_nobody_knows_is_reported_wherever_it_stands(
    text: LabelledText, formulary: mesomix.Formulary
) -> None:
    for gap in re.finditer(r"^|\s+|$", text.written):
        written = f"{text.written[: gap.start()]} zzyzx {text.written[gap.end() :]}"
        parts = [d.read.written for d in unrecognised(formulary.read_allergies(written))]
        assert any("zzyzx" in part for part in parts), written


ALONE: Final = [text for text in TUNED if not {*words(text.written)} & allergy_words.OTHERS]
"""Texts that do not speak of what stands beside them: "aucune autre allergie" does."""


@pytest.mark.parametrize("text", ALONE, ids=name)
@pytest.mark.parametrize("between", [", ", "; ", "\n"], ids=["comma", "semicolon", "line"])
def test_what_stands_beside_a_text_is_read_as_if_it_stood_alone(
    text: LabelledText, between: str, formulary: mesomix.Formulary
) -> None:
    alone = states(formulary.read_allergies(text.written))
    for written in (f"{text.written}{between}procaïne", f"procaïne{between}{text.written}"):
        together = states(formulary.read_allergies(written))
        assert together == alone | {("procaine", AllergyState.RECOGNISED)}


def states(reading: Reading) -> set[tuple[str | None, AllergyState]]:
    """What was read, but for the parts that were not recognised."""
    return {(d.allergy.id, d.allergy.state) for d in reading if d.allergy.id is not None}


def unrecognised(reading: Reading) -> list[DeclaredAllergy]:
    return [d for d in reading if d.allergy.state is AllergyState.NOT_RECOGNISED]


def labelled(written: str, *allergies: str, negated: tuple[str, ...] = ()) -> LabelledText:
    return LabelledText(written=written, language="fr", allergies=allergies, negated=negated)


def test_an_allergy_is_matched_by_the_substances_that_it_names(
    formulary: mesomix.Formulary,
) -> None:
    right = score([labelled("Xylocaïne", "lidocaine"), labelled("AINS", "nsaid")], formulary)
    assert (right.recognised.recall, right.recognised.precision) == (1.0, 1.0)
    assert (right.missed, right.wrong, right.vanished) == ((), (), ())


def test_a_class_is_not_matched_by_its_members_nor_they_by_it(
    formulary: mesomix.Formulary,
) -> None:
    texts = [labelled("AINS", "acetylsalicylic-acid"), labelled("aspirine", "nsaid")]
    found = score(texts, formulary)
    assert (found.recognised.found, found.recognised.right) == (0, 0)
    assert [slip.written for slip in found.vanished] == ["AINS", "aspirine"]
    assert [slip.id for slip in found.wrong] == ["nsaid", "acetylsalicylic-acid"]


def test_what_is_declared_does_not_stand_for_what_is_denied_elsewhere(
    formulary: mesomix.Formulary,
) -> None:
    found = score([labelled("RAS", "lidocaine")], formulary)
    assert [slip.id for slip in found.denied] == [ANY]
    assert [slip.id for slip in found.vanished] == ["lidocaine"]


def test_nothing_to_find_is_no_miss(formulary: mesomix.Formulary) -> None:
    found = score([], formulary)
    assert (found.doubtful.recall, found.doubtful.precision) == (1.0, 1.0)
