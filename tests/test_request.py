"""Mixtures count what was written, in whatever order; patients tell nothing by their repr."""

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import Question, any_names, data, known_names, questions, spellings

import mesomix
from mesomix import Answer, Effect, Formulary
from mesomix.names import fold
from mesomix.vocabulary import MatchedBy


@pytest.mark.parametrize(
    ("names", "count"),
    [
        ([], 0),
        (["Miorel"], 1),
        (["Miorel", "MIOREL®", "miorel 4 mg/2 ml"], 1),
        (["Miorel", "thiocolchicoside"], 2),
        (["Procaïne Lavoisier 10 mg/ml", "Procaïne Lavoisier 20 mg/ml"], 2),
        (["lidocaïne", "procaïne", "lidocaine"], 2),
        (["xyz", "X-Y Z", "xyz®"], 1),
        (["xyz", "zyx"], 2),
        (["xyz", "eau", "Miorel", "Miorel"], 3),
        (["", "…", ""], 2),
        (["1/2", "12"], 2),
        (["Miorel", "ampoule de Miorel"], 1),
        (["Xylocaïne (lidocaïne)"], 1),
    ],
)
def test_a_product_counts_once_however_it_is_spelt(
    formulary: Formulary, names: list[str], count: int
) -> None:
    mixture = formulary.mixture(*names)
    assert mixture.count == mixture.count_at_most == count
    assert len(mixture.products) + len(mixture.unrecognised) == count
    assert [read.written for read in mixture.reads] == names


@given(known_names().flatmap(lambda name: st.tuples(st.just(name), spellings(name))))
def test_two_spellings_of_a_known_name_are_one_product(
    formulary: Formulary, names: tuple[str, str]
) -> None:
    mixture = formulary.mixture(*names)
    assert mixture.count == 1
    assert mixture.repeated == mixture.products
    assert mixture.unrecognised == ()
    assert mixture.assessed == 2


@given(st.text("abcdéïœ", min_size=3).map("zzq".__add__), st.data())
def test_two_spellings_of_an_unknown_name_are_one_name(
    formulary: Formulary, name: str, drawing: st.DataObject
) -> None:
    mixture = formulary.mixture(name, drawing.draw(spellings(name)), drawing.draw(spellings(name)))
    assert mixture.count == len(mixture.unrecognised) == 1
    assert mixture.products == mixture.repeated == ()
    assert mixture.assessed == 0


@given(st.lists(any_names(), max_size=8))
def test_everything_that_is_listed_is_read_and_counted(
    formulary: Formulary, names: list[str]
) -> None:
    mixture = formulary.mixture(*names)
    assert [read.written for read in mixture.reads] == names
    known = {product for component in mixture.components for product in component.products}
    unknown = {fold(read.written) or read.written for read in mixture.reads if read.id is None}
    assert {*mixture.products} == known
    assert len(mixture.unrecognised) == len(unknown)
    assert mixture.count_at_most == len(known) + len(unknown) >= mixture.count
    if all(len(component.products) < 2 for component in mixture.components):
        assert mixture.count == mixture.count_at_most
    assert {*mixture.read_in_part} <= {*mixture.reads}
    for component in mixture.components:
        read = component.read
        assert (read.id is None) == (read.name is None) == (read.matched_by is None)
        assert (read.id is None) == (component.products == ())
        assert not read.unread or read.matched_by is MatchedBy.INSIDE
        assert (read in mixture.unrecognised) <= (not component.products)
    to_the_last_word = [read for read in mixture.reads if read.id is not None and not read.unread]
    assert mixture.assessed == len(to_the_last_word)


@pytest.mark.parametrize(
    ("names", "at_least", "at_most"),
    [
        (["procaïne + Miorel"], 1, 2),
        (["procaïne + Miorel", "procaïne"], 2, 2),
        (["procaïne + Miorel", "Dicynone"], 2, 3),
        (["procaïne + Miorel", "procaïne + Miorel"], 1, 2),
        (["procaïne + Miorel", "procaïne", "Miorel", "xyz"], 3, 3),
        (["procaïne + Miorel + zorg"], 1, 2),
        (["Dicynone, Laroscorbine, Maginjectable, Miorel"], 1, 4),
    ],
)
def test_a_text_with_several_names_is_one_product_at_least_and_so_many_at_most(
    formulary: Formulary, names: list[str], at_least: int, at_most: int
) -> None:
    mixture = formulary.mixture(*names)
    assert (mixture.count, mixture.count_at_most) == (at_least, at_most)


def test_a_text_that_is_read_in_part_is_listed_once_however_it_is_spelt(
    formulary: Formulary,
) -> None:
    mixture = formulary.mixture("Miorel zorg", "MIOREL® ZORG", "Miorel zorg", "Miorel")
    assert [read.written for read in mixture.read_in_part] == ["MIOREL® ZORG"]
    assert mixture.unrecognised == ()
    assert mixture.assessed == 1
    assert {read.id for read in mixture.reads} == {"miorel-4-mg-2-ml"}


@given(st.lists(any_names(), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_names_does_not_matter(
    formulary: Formulary, names: list[str], random: Random
) -> None:
    turned = list(names)
    random.shuffle(turned)
    one, other = formulary.mixture(*names), formulary.mixture(*turned)
    assert one.products == other.products
    assert one.repeated == other.repeated
    assert one.unrecognised == other.unrecognised
    assert one.read_in_part == other.read_in_part
    assert (one.count, one.count_at_most) == (other.count, other.count_at_most)


def test_the_order_of_many_misspelt_names_does_not_matter(formulary: Formulary) -> None:
    names = [f"{name}x" for name in formulary.products]
    names += [f"{name}z" for name in formulary.products]
    one = mesomix.check(formulary.mixture(*names))
    other = mesomix.check(formulary.mixture(*reversed(names)))
    assert one.findings == other.findings


def test_an_effect_that_is_asked_for_twice_is_asked_once(formulary: Formulary) -> None:
    asked = [Effect.SCAR, Effect.ANALGESIC, Effect.SCAR]
    assert formulary.mixture(effects=asked).effects == (Effect.SCAR, Effect.ANALGESIC)


@given(questions())
def test_a_repr_tells_nothing_about_the_patient(formulary: Formulary, asked: Question) -> None:
    patient = asked.patient(formulary)
    report = asked.report(formulary)
    assert repr(report) == f"<Report {report.verdict.value}: {len(report.findings)} findings>"
    if patient is not None:
        assert repr(patient) == "Patient()"
        for declared in patient.allergies or ():
            assert repr(declared) == "DeclaredAllergy()"


def test_a_yes_reaches_what_it_implies_and_a_no_what_implies_it(formulary: Formulary) -> None:
    late = formulary.patient(pregnancy_after_24_weeks=True)
    assert late.answers["pregnancy"] is Answer.YES
    assert late.affirmed == ("pregnancy", "pregnancy-after-24-weeks")
    not_at_all = formulary.patient(pregnancy=False)
    assert not_at_all.answers["pregnancy-after-24-weeks"] is Answer.NO
    assert not_at_all.affirmed == ()
    only = formulary.patient(pregnancy=True)
    assert "pregnancy-after-24-weeks" not in only.answers


def test_nothing_else_is_a_no_to_every_other_condition(formulary: Formulary) -> None:
    patient = formulary.patient(pregnancy=True, nothing_else=True)
    assert patient.affirmed == ("pregnancy",)
    assert {*patient.affirmed, *patient.denied} == {*formulary.conditions}
    assert patient.allergies is None


@pytest.mark.parametrize("condition", data()["conditions"])
def test_a_condition_is_asked_by_each_of_its_names(formulary: Formulary, condition: str) -> None:
    table = data()["conditions"][condition]
    for name in (condition, table["fr"], table["en"], *table.get("names", ())):
        patient = formulary.patient(facts={name.upper(): True})
        assert {*patient.affirmed} == {condition, *formulary.conditions[condition].implied}
        assert patient.denied == ()


@pytest.mark.parametrize(
    ("facts", "answers"),
    [
        ({"pregnancy": True, "enceinte": False}, {}),
        ({"pregnancy": False}, {"pregnancy_after_24_weeks": True}),
        ({"pregnancy": True}, {"pregnancy": False}),
        ({"pregnancy": False}, {"pregnancy": True}),
        ({"skin-infection": True}, {"skin_infection": False}),
    ],
)
def test_two_answers_that_contradict_each_other_are_refused(
    formulary: Formulary, facts: dict[str, bool | None], answers: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match=r"contradicts|implies"):
        formulary.patient(facts=facts, **answers)


def test_not_asked_twice_does_not_undo_an_answer(formulary: Formulary) -> None:
    assert formulary.patient(facts={"pregnancy": True}, pregnancy=None).affirmed == ("pregnancy",)
    assert formulary.patient(facts={"enceinte": None}, pregnancy=True).affirmed == ("pregnancy",)


def test_not_asked_is_neither_none_known_nor_recognised(formulary: Formulary) -> None:
    assert formulary.patient().reads is None
    assert formulary.patient(allergies=[]).reads == ()
    patient = formulary.patient(allergies=["sulfites", "SULFITES", "zorgle", "zorgle"])
    assert [allergy.id for allergy in patient.recognised] == ["sulfites"]
    assert [allergy.name.fr for allergy in patient.unrecognised] == ["zorgle", "zorgle"]
    assert patient.assessed == 2


def test_a_denial_is_assessed_and_a_doubt_gives_way_to_a_certainty(formulary: Formulary) -> None:
    patient = formulary.patient(
        allergies=["AINS ?", "sulfites ?", "AINS", "pas d'allergie au latex", "zorgle"]
    )
    assert [(a.id, a.doubtful) for a in patient.recognised] == [
        ("nsaid", False),
        ("sulfites", True),
    ]
    assert [allergy.name.fr for allergy in patient.unrecognised] == ["zorgle"]
    assert patient.assessed == 4
