"""What must never happen to an allergy that someone wrote: tests/allergy_texts has the texts."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

import pytest
from allergy_texts.scoring import (
    ANY,
    FOLDER,
    LabelledText,
    Reading,
    Slip,
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
from mesomix.vocabulary import AllergyState

Readings: TypeAlias = dict[str, Reading]
Law: TypeAlias = Callable[[LabelledText, Reading, mesomix.Formulary], Iterator[Slip]]

FILES: Final = sorted(FOLDER.glob("*.toml"))
TUNED: Final = load_texts(FOLDER / "tuned.toml")
MISSPELT: Final = [text for text in TUNED if text.misspelt]
UNREAD: Final = [text for text in TUNED if text.unread]
WHOLE: Final = [text for text in TUNED if not text.unread]


@cache
def known_ids() -> frozenset[str]:
    tables, _ = merge(read_files(None)[0])
    return frozenset([*tables.groups, *tables.substances])


@pytest.fixture(scope="module")
def readings(formulary: mesomix.Formulary) -> Readings:
    """How each of the texts is read."""
    return {text.written: formulary.read_allergies(text.written) for text in TUNED}


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


def test_no_text_is_lost(readings: Readings) -> None:
    assert len(readings) == len(TUNED) > 500
    assert [written for written, reading in readings.items() if not reading] == []


def test_nothing_vanishes(readings: Readings, formulary: mesomix.Formulary) -> None:
    assert found_by(vanished, readings, formulary) == []


def test_nothing_certain_becomes_a_doubt(readings: Readings, formulary: mesomix.Formulary) -> None:
    assert found_by(weakened, readings, formulary) == []


def test_nothing_is_denied_that_was_not(readings: Readings, formulary: mesomix.Formulary) -> None:
    wrong = found_by(wrongly_read, readings, formulary)
    assert [slip for slip in wrong if slip.state is AllergyState.NEGATED] == []


def test_what_a_physician_must_read_is_asked(readings: Readings) -> None:
    silent = [text.written for text in UNREAD if not is_asked(readings[text.written])]
    assert silent == []


def test_no_misspelt_name_is_accepted(readings: Readings, formulary: mesomix.Formulary) -> None:
    assert len(MISSPELT) > 10
    accepted = [
        (text.written, label)
        for text in MISSPELT
        for declared in readings[text.written]
        for label in text.misspelt
        if declared.allergy.id is not None and matches(declared, label, formulary)
    ]
    assert accepted == []


def found_by(law: Law, readings: Readings, formulary: mesomix.Formulary) -> list[Slip]:
    """What a law of the score finds in any text; each slip has its text."""
    return [slip for text in TUNED for slip in law(text, readings[text.written], formulary)]


@pytest.mark.usefixtures("_nothing_is_suggested")
def test_the_lists_of_the_score_are_what_the_tests_look_at(formulary: mesomix.Formulary) -> None:
    tuned = score(TUNED, formulary)
    assert (tuned.texts, tuned.unread, tuned.clear) == (len(TUNED), len(UNREAD), len(WHOLE))
    assert (tuned.vanished, tuned.denied, tuned.accepted) == ((), (), ())
    assert (tuned.empty, tuned.silent, tuned.weakened) == ((), (), ())
    assert tuned.asked == tuned.unread


@pytest.mark.usefixtures("_nothing_is_suggested")
def test_a_word_that_nobody_knows_is_reported_wherever_it_stands(
    formulary: mesomix.Formulary,
) -> None:
    written = [
        f"{text.written[: gap.start()]} zzyzx {text.written[gap.end() :]}"
        for text in TUNED
        for gap in re.finditer(r"^|\s+|$", text.written)
    ]
    assert [one for one in written if not reports(formulary.read_allergies(one), "zzyzx")] == []


def reports(reading: Reading, word: str) -> bool:
    """Whether it is in a part that was not recognised."""
    parts = [d.read for d in reading if d.allergy.state is AllergyState.NOT_RECOGNISED]
    return any(word in part.written for part in parts)


ALONE: Final = [text for text in TUNED if not {*words(text.written)} & allergy_words.OTHERS]
"""Texts that do not speak of what stands beside them: "aucune autre allergie" does."""


@pytest.mark.usefixtures("_nothing_is_suggested")
@pytest.mark.parametrize("between", [", ", "; ", "\n"], ids=["comma", "semicolon", "line"])
def test_what_stands_beside_a_text_is_read_as_if_it_stood_alone(
    between: str, readings: Readings, formulary: mesomix.Formulary
) -> None:
    assert len(ALONE) > 500
    changed: list[str] = []
    for text in ALONE:
        together = states(readings[text.written]) | {("procaine", AllergyState.RECOGNISED)}
        changed += [
            written
            for written in (f"{text.written}{between}procaïne", f"procaïne{between}{text.written}")
            if states(formulary.read_allergies(written)) != together
        ]
    assert changed == []


def states(reading: Reading) -> set[tuple[str | None, AllergyState]]:
    """What was read, but for the parts that were not recognised."""
    return {(d.allergy.id, d.allergy.state) for d in reading if d.allergy.id is not None}


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
