"""Suggestions: what may have been meant, and which corticosteroid it looks like."""

import time
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mesomix
from mesomix import Formulary, Text, Verdict
from mesomix.formulary.suggesting import MOST_SUGGESTIONS, MOST_SUSPICIONS
from mesomix.request import ReadName

CYRILLIC: Final = str.maketrans("aeopcyxKTM", "аеорсухКТМ")  # noqa: RUF001


def read(formulary: Formulary, written: str) -> ReadName:
    """How one text was read."""
    (found,) = formulary.mixture(written).reads
    return found


# --- Corticosteroids ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "looks_like"),
    [
        ("betamethazone", Text("bétaméthasone", "betamethasone")),
        ("BETHAMETHASONE", Text("bétaméthasone", "betamethasone")),
        ("triamcinolon", Text("triamcinolone", "triamcinolone")),
        ("dexametasone", Text("dexaméthasone", "dexamethasone")),
        ("Kenacor", Text.same("Kenacort")),
        ("c0rtisone", Text.same("cortisone")),
        ("bétaméthasonne 4 mg/1 ml, suspension injectable", Text("bétaméthasone", "betamethasone")),
        ("ampoule de triamcinolon 40 mg", Text("triamcinolone", "triamcinolone")),
    ],
)
def test_a_misspelt_corticosteroid_is_suspected_and_never_cleared(
    written: str, looks_like: Text, formulary: Formulary
) -> None:
    patient = formulary.patient(allergies=[], nothing_else=True)
    report = mesomix.check(formulary.mixture(written), patient)
    assert report.verdict is Verdict.REVIEW
    assert report.products[0].id is None
    assert report.products[0].suspicion == looks_like
    [said] = [f.message for f in report.findings if f.rule == "unrecognised-product"]
    assert looks_like.fr in said.fr
    assert "jamais en mésothérapie" in said.fr
    assert looks_like.en in said.en
    assert "never in mesotherapy" in said.en


@pytest.mark.parametrize(
    "written",
    [
        *("betametazon", "dexametazon", "prednizolon", "cortizon", "altym", "kenakort"),
        pytest.param("flucan", marks=pytest.mark.xfail(strict=True, reason="no like sound")),
    ],
)
def test_a_corticosteroid_that_is_suggested_is_suspected_too(
    written: str, formulary: Formulary
) -> None:
    found = read(formulary, written)
    assert found.suggestion is not None
    [meant] = formulary.mixture(found.suggestion.fr).products
    assert "corticosteroid" in meant.substances[0].groups
    assert found.suspicion is not None


@pytest.mark.parametrize("name", ["bétaméthasone", "Kenacort", "cortisone", "Diprostène", "Altim"])
def test_a_corticosteroid_in_confusable_letters_is_suspected(
    name: str, formulary: Formulary
) -> None:
    for letter in set(name):
        written = name.replace(letter, letter.translate(CYRILLIC))
        if written != name:
            found = read(formulary, written)
            assert (found.id, found.suspicion is not None) == (None, True)
            beside = read(formulary, f"lidocaïne, {written} 40 mg")
            assert beside.id == "lidocaine"
            assert beside.suspicion == found.suspicion
            assert beside.unread


@pytest.mark.parametrize(
    ("written", "suspected"),
    [
        ("triamcino", Text("triamcinolone", "triamcinolone")),  # it broke off
        ("zorg triamcino", Text("triamcinolone", "triamcinolone")),
        ("triamc", None),
        ("caproate", None),
        ("betametazon", Text("bétaméthasone", "betamethasone")),  # by its sound
        ("corticothérapie", Text.same("corticothérapie")),  # a word of the class
        ("traitement cortisonique", Text.same("cortisonique")),
        ("dapsonne", None),
    ],
)
def test_a_corticosteroid_is_suspected_by_its_beginning_its_sound_or_its_class(
    written: str, suspected: Text | None, formulary: Formulary
) -> None:
    found = read(formulary, written)
    assert (found.id, found.suspicion) == (None, suspected)
    if suspected is not None:
        assert found.suggestion == suspected
        patient = formulary.patient(allergies=[], nothing_else=True)
        report = mesomix.check(formulary.mixture("Maginjectable", written), patient)
        assert report.verdict is Verdict.REVIEW


def test_a_corticosteroid_is_never_a_plain_suggestion(formulary: Formulary) -> None:
    names = ["flucan", "dexamethason", "prednisolne", "Kenakor", "hydrocortizon", "lidocain"]
    for written in names:
        found = read(formulary, written)
        if found.suggestion is not None and found.suspicion is None:
            [meant] = formulary.mixture(found.suggestion.fr).products
            assert {s for s in meant.substances if s.is_or_belongs_to("corticosteroid")} == set()


def test_what_is_not_understood_beside_a_name_is_suspected_too(formulary: Formulary) -> None:
    found = read(formulary, "Miorel + betamethazone")
    assert (found.id, found.unread) == ("miorel-4-mg-2-ml", "betamethazone")
    assert found.suspicion == Text("bétaméthasone", "betamethasone")
    report = mesomix.check(formulary.mixture("Miorel + betamethazone"))
    [said] = [f.message for f in report.findings if f.rule == "name-read-in-part"]
    assert said.en.endswith("It suggests a corticosteroid (betamethasone): never in mesotherapy.")


@pytest.mark.parametrize(
    "written",
    ["xyz", "lidocain", "", "sérum physiologique", "fluconazole", "Synacthène", "spironolactone"],
)
def test_what_looks_like_no_corticosteroid_is_not_suspected(
    written: str, formulary: Formulary
) -> None:
    assert read(formulary, written).suspicion is None


def test_a_misspelt_corticosteroid_is_suspected_behind_many_words(formulary: Formulary) -> None:
    written = "suspension injectable pour infiltration, seringue préremplie unidose betamethazone"
    assert read(formulary, written).suspicion is not None


def test_a_recognised_name_is_neither_suggested_nor_suspected(formulary: Formulary) -> None:
    for written in ("Kenacort", "ampoule de Kenacort", "Miorel", "Miorel zorg"):
        assert (read(formulary, written).suggestion, read(formulary, written).suspicion) == (
            None,
            None,
        )


# --- Suggestions ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "suggested"),
    [
        ("lidocain", Text("lidocaïne", "lidocaine")),
        ("lidocain 20 mg", Text("lidocaïne", "lidocaine")),
        ("ampoule de miorrel", Text.same("Miorel")),
        ("\u0440rocaine", Text("procaïne", "procaine")),
        ("procane lavoisier", Text.same("Procaïne Lavoisier")),
        ("zorg", None),
        ("x" * 61, None),
    ],
)
def test_the_nearest_name_to_a_text_or_to_a_word_of_it_is_suggested(
    written: str, suggested: Text | None, formulary: Formulary
) -> None:
    found = read(formulary, written)
    assert (found.id, found.suggestion) == (None, suggested)


@pytest.mark.parametrize(
    ("written", "suggested"),
    [
        ("sulfits", "sulfites"),
        ("allergie aux sulfits", "sulfites"),
        ("aspirinne (choc)", "aspirine"),
        ("l\u0430tex", "latex"),
        ("pour", None),
    ],
)
def test_what_a_text_about_allergies_may_mean_is_suggested(
    written: str, suggested: str | None, formulary: Formulary
) -> None:
    patient = formulary.patient(allergies=[written])
    assert patient.recognised == ()
    offered = [read.suggestion.en for read in patient.reads or () if read.suggestion]
    assert [name.casefold() for name in offered] == ([suggested.casefold()] if suggested else [])


def test_a_suggestion_of_a_class_is_its_name_in_both_languages(formulary: Formulary) -> None:
    [allergy] = formulary.patient(allergies=["cortikoides"]).unrecognised
    assert allergy.suggestion is not None
    [meant] = formulary.patient(allergies=[allergy.suggestion.fr]).recognised
    assert meant.id == "corticosteroid"


@pytest.mark.parametrize("number", [1, MOST_SUGGESTIONS, MOST_SUGGESTIONS + 1])
def test_suggestions_are_made_for_ten_texts_and_no_more(number: int, formulary: Formulary) -> None:
    reads = formulary.mixture(*[f"lidocain {'z' * n}" for n in range(1, number + 1)]).reads
    suggested = Text("lidocaïne", "lidocaine") if number <= MOST_SUGGESTIONS else None
    assert {read.suggestion for read in reads} == {suggested}
    assert {read.suspicion for read in reads} == {None}


@pytest.mark.parametrize("number", [1, MOST_SUSPICIONS, MOST_SUSPICIONS + 1])
def test_suspicions_are_looked_for_in_a_hundred_texts(number: int, formulary: Formulary) -> None:
    reads = formulary.mixture(*[f"betamothasone {'z' * n}" for n in range(1, number + 1)]).reads
    betamethasone = Text("bétaméthasone", "betamethasone")
    suspected = betamethasone if number <= MOST_SUSPICIONS else None
    assert {read.suspicion for read in reads} == {suspected}
    assert {read.suggestion for read in reads} == {suspected}


def test_what_sounds_like_a_corticosteroid_is_suspected_in_any_number_of_texts(
    formulary: Formulary,
) -> None:
    names = [f"betametazon {'z' * n}" for n in range(1, 2 * MOST_SUSPICIONS)]
    suspected = {read.suspicion for read in formulary.mixture(*names).reads}
    assert len(suspected) == 1
    assert None not in suspected


def test_a_text_that_is_declared_often_is_one_text(formulary: Formulary) -> None:
    reads = formulary.patient(allergies=["sulfits"] * (MOST_SUGGESTIONS + 1)).reads or ()
    assert {read.suggestion for read in reads} == {Text.same("sulfites")}


@given(st.text(max_size=80))
def test_a_suggestion_means_something_and_is_not_what_was_written(
    formulary: Formulary, written: str
) -> None:
    found = read(formulary, written)
    for said in (found.suggestion, found.suspicion):
        if said is not None:
            assert formulary.mixture(said.fr).products != ()
            assert found.id is None or found.unread
            assert said.fr != written


@pytest.mark.parametrize("piece", ["betamethazone ", "x", "zz ", "\u0430", "\u0431"])
def test_a_suggestion_for_a_long_text_is_made_in_bounded_time(
    piece: str, formulary: Formulary
) -> None:
    started = time.monotonic()
    read(formulary, (piece * 500)[:500])
    assert time.monotonic() - started < 5
