"""What must never happen to an amount that someone wrote: tests/amount_texts has the texts."""

from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from amount_texts.scoring import (
    FOLDER,
    LabelledText,
    Outcome,
    Part,
    Reading,
    Score,
    load_texts,
    of_products,
    outcome,
    score,
)
from strategies import without_accents

import mesomix

FORMULARY: Final = mesomix.load()
FILES: Final = sorted(FOLDER.glob("*.toml"))
TUNED: Final = FOLDER / "tuned.toml"
ENOUGH: Final = 0.75
"""Of the certain amounts of products of the formulary, in the texts that were tuned on."""

by_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


@cache
def scored(file: Path) -> Score:
    return score(load_texts(file), FORMULARY)


def shown(file: Path, found: Score, kind: Outcome) -> list[str]:
    """What was read so: of the texts that were kept aside, no word is shown."""
    told = [f"{one.text.text!r}: {one.told}" for one in found.of(kind)]
    return told if file == TUNED else ["a text that was kept aside"] * len(told)


# --- The labels -----------------------------------------------------------------------------


def test_there_are_more_texts_than_were_asked_for() -> None:
    texts = [text for file in FILES for text in load_texts(file)]
    assert [file.name for file in FILES] == ["held_out.toml", "tuned.toml"]
    assert len(texts) == 574
    assert {text.language for text in texts} == {"fr", "en"}


@by_file
def test_no_text_stands_twice_and_each_means_something(file: Path) -> None:
    texts = load_texts(file)
    assert len({text.text for text in texts}) == len(texts)
    assert not any(not text.parts for text in texts)


def test_no_text_that_was_kept_aside_was_tuned_on() -> None:
    kept, tuned = ({text.text for text in load_texts(file)} for file in FILES)
    assert not kept & tuned


@by_file
def test_the_labels_name_what_the_data_has_or_what_is_written(file: Path) -> None:
    for text in load_texts(file):
        for part in text.parts:
            written = without_accents(text.text).lower()
            assert part.product in FORMULARY.products or part.product in written
            for reading in part.readings:
                assert reading.millilitres is None or reading.millilitres > 0
                assert reading.quantity is None or reading.quantity.amount > 0


@by_file
def test_a_dose_that_is_labelled_with_its_volume_is_that_of_a_solution(file: Path) -> None:
    for text in load_texts(file):
        for part in text.parts:
            for reading in part.readings:
                if reading.millilitres is not None and reading.quantity is not None:
                    # Nothing that is injected has more than a gram in 1 ml, or 400 units.
                    assert reading.quantity.amount / reading.millilitres <= 1000


# --- How they are read ----------------------------------------------------------------------


@by_file
def test_no_amount_is_read_wrong(file: Path) -> None:
    assert shown(file, scored(file), Outcome.WRONG) == []


@by_file
def test_no_amount_vanishes(file: Path) -> None:
    assert shown(file, scored(file), Outcome.SILENT) == []


def test_most_certain_amounts_are_read() -> None:
    found = scored(TUNED)
    certain = of_products(found.certain, FORMULARY)
    assert len(certain) > 300
    assert len(of_products(found.read, FORMULARY)) / len(certain) >= ENOUGH


@by_file
def test_every_part_is_judged_once(file: Path) -> None:
    found = scored(file)
    assert found.texts == len(load_texts(file))
    parts = [part for text in load_texts(file) for part in text.parts]
    assert [one.part for one in found.judged if one.part is not None] == parts
    assert sum(len(found.of(kind)) for kind in Outcome) == len(found.judged)


@pytest.mark.parametrize("text", [t for t in load_texts(TUNED) if len(t.parts) == 1][::7])
def test_a_text_that_is_read_right_tells_its_volume_in_the_report(text: LabelledText) -> None:
    [part] = text.parts
    [judged, *_] = score([text], FORMULARY).judged
    report = mesomix.check(FORMULARY.mixture(text.text))
    if judged.outcome is Outcome.RIGHT and part.volume is not None and part.either is None:
        assert report.composition is not None
        told = mesomix.Quantity.of(Fraction(part.volume), "mL")
        assert report.composition.volume == told
        assert told.text.fr in report.text("fr")


# --- The judge ------------------------------------------------------------------------------

JUDGED: Final = [
    # What is written, and the label that it is judged by.
    ("Miorel 2 ml", Part(product="thiocolchicoside", volume="2", dose="4 mg"), Outcome.RIGHT),
    ("Miorel 2 ml", Part(product="thiocolchicoside", volume="2", dose="0.004 g"), Outcome.RIGHT),
    ("Miorel 2 ml", Part(product="thiocolchicoside", volume="1", dose="2 mg"), Outcome.WRONG),
    ("Miorel 2 ml", Part(product="thiocolchicoside", volume="2", dose="8 mg"), Outcome.WRONG),
    ("Miorel 2 ml", Part(product="thiocolchicoside", volume="2", dose="4 UI"), Outcome.WRONG),
    ("Miorel 2 ml", Part(product="thiocolchicoside", volume="2"), Outcome.WRONG),
    ("Miorel 2 ml", Part(product="thiocolchicoside"), Outcome.WRONG),
    (
        "Miorel 2 ml",
        Part(product="thiocolchicoside", either=Reading(volume="2", dose="4 mg")),
        Outcome.RIGHT,
    ),
    ("Miorel", Part(product="thiocolchicoside"), Outcome.RIGHT),
    ("Miorel", Part(product="thiocolchicoside", volume="2", dose="4 mg"), Outcome.SILENT),
    ("Miorel zorg", Part(product="thiocolchicoside", volume="2", dose="4 mg"), Outcome.SAID),
    ("Miorel zorg", Part(product="thiocolchicoside"), Outcome.RIGHT),
    ("lidocaïne 2 ml", Part(product="lidocaine", volume="2"), Outcome.RIGHT),
    ("lidocaïne 2 ml", Part(product="lidocaine", volume="2", dose="20 mg"), Outcome.SAID),
    ("40 mg de procaïne", Part(product="procaine", volume="2", dose="40 mg"), Outcome.SAID),
    ("Miorel 2 ml", Part(product="lidocaine", volume="2"), Outcome.SILENT),
    ("xyz 2 ml", Part(product="lidocaine", volume="2"), Outcome.SAID),
    ("xyz 2 ml", Part(product="xyz"), Outcome.RIGHT),
]


@pytest.mark.parametrize(("written", "part", "expected"), JUDGED)
def test_a_part_is_judged_by_what_is_told_of_it(
    written: str, part: Part, expected: Outcome
) -> None:
    text = LabelledText(text=written, language="fr", parts=(part,))
    assert score([text], FORMULARY).judged[0].outcome is expected


def test_what_nobody_meant_is_wrong_where_an_amount_of_it_is_told() -> None:
    part = Part(product="thiocolchicoside", volume="2", dose="4 mg")
    text = LabelledText(text="Miorel 2 ml + Dicynone 2 ml", language="fr", parts=(part,))
    found = score([text], FORMULARY)
    assert [one.outcome for one in found.judged] == [Outcome.RIGHT, Outcome.WRONG]
    assert found.judged[1].part is None
    without = LabelledText(text="Miorel 2 ml + Dicynone", language="fr", parts=(part,))
    assert [one.outcome for one in score([without], FORMULARY).judged] == [Outcome.SAID]


def test_more_than_the_label_that_is_called_certain_is_wrong() -> None:
    mixture = FORMULARY.mixture("Procaïne Lavoisier 2 ml")
    [portion] = mixture.components[0].portions
    for dose, expected in (("20 mg", Outcome.SAID), ("19 mg", Outcome.WRONG)):
        part = Part(product="procaine", volume="2", dose=dose)
        assert outcome(portion, part, mixture) is expected
