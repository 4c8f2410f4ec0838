"""Mixtures count what was written, in whatever order; patients tell nothing by their repr."""

import dataclasses
import re
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
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
    # "Miorel 4 mg 2 ml" is a name and an amount: there the gap says more than orthography.
    assume(not re.search(r"(mg|g|ui|u\W?i)\W*\s\W*\d", names[1], re.IGNORECASE))
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


# --- Amounts --------------------------------------------------------------------------------


def test_a_mixture_without_amounts_has_a_composition_of_which_nothing_is_known(
    formulary: Formulary,
) -> None:
    mixture = formulary.mixture("Miorel", "Dicynone", "zorg")
    assert mixture.doses is None
    assert mixture.day_reads is None
    told = mixture.composition()
    assert (told.volume, told.per_day) == (None, None)
    assert [(one.product, one.amount, one.volume) for one in told.ingredients] == [
        ("miorel-4-mg-2-ml", "", None),
        ("dicynone-250-mg-2-ml", "", None),
        (None, "", None),
    ]
    assert [one.other_excipients for one in told.ingredients] == [False, True, True]
    assert {one.substance for one in told.contents} == {
        "thiocolchicoside",
        "etamsylate",
        "sulfite",
    }
    assert {one.quantity for one in told.contents} == {None}
    assert {one.unknown for one in told.contents} == {(mesomix.Unknown.NOT_WRITTEN,)}
    nothing = formulary.mixture().composition()
    assert (nothing.ingredients, nothing.contents) == ((), ())


def test_a_mixture_with_amounts_has_its_composition(formulary: Formulary) -> None:
    mixture = formulary.mixture("Miorel 1 ampoule", ("Procaïne", "2 %, 1 ml"), "zorg 3 ml")
    told = mixture.composition()
    assert told is mixture.composition()
    assert mixture.doses is not None
    assert [(dose.substance.id, dose.least) for dose in mixture.doses] == [
        ("procaine", mesomix.Quantity.read("20 mg")),
        ("thiocolchicoside", mesomix.Quantity.read("4 mg")),
    ]
    assert [one.amount for one in told.ingredients] == ["1 ampoule", "2 %, 1 ml", ""]
    assert [one.name.fr for one in told.ingredients][-1] == "zorg 3 ml"
    assert mixture.reads[1].written == "Procaïne"


def test_a_part_of_the_amounts_is_enough_for_doses(formulary: Formulary) -> None:
    mixture = formulary.mixture("Miorel", "Procaïne 2 % 2 ml")
    assert mixture.composition().volume is None
    assert {dose.substance.id: dose.exact for dose in mixture.doses or ()} == {
        "procaine": True,
        "thiocolchicoside": False,
    }


@pytest.mark.parametrize("per_day", [[], ["Miorel"], ["Miorel 4 ml", "Dicynone 2 ml", "zorg"]])
def test_the_day_is_counted_apart(formulary: Formulary, per_day: list[str]) -> None:
    alone = formulary.mixture("Miorel 2 ml", "xyz")
    mixture = formulary.mixture("Miorel 2 ml", "xyz", per_day=per_day)
    for name in ("products", "repeated", "count", "count_at_most", "reads", "assessed"):
        assert getattr(mixture, name) == getattr(alone, name)
    assert [read.written for read in mixture.day_reads or ()] == per_day
    assert mixture.day_reads is not None
    assert alone.day_reads is None
    said = mixture.composition()
    assert said.per_day is not None
    assert dataclasses.replace(said, per_day=None) == alone.composition()


def test_what_is_not_read_of_the_day_is_asked_about(formulary: Formulary) -> None:
    day = ["zorg 2 ml", "Miorel 2 ml blub", "XYZ", ("Miorel", "2 à 3 ml")]
    mixture = formulary.mixture("Miorel 2 ml", "xyz", per_day=day)
    assert [read.written for read in mixture.unrecognised] == ["XYZ", "zorg 2 ml"]
    assert [(read.written, read.unread) for read in mixture.read_in_part] == [
        ("Miorel", "2 à 3 ml"),
        ("Miorel 2 ml blub", "blub"),
    ]
    report = mesomix.check(mixture, formulary.patient(allergies=[], nothing_else=True))
    assert report.verdict is mesomix.Verdict.REVIEW
    asked = [f.rule for f in report.findings if f.severity is mesomix.Severity.REVIEW]
    assert asked.count("unrecognised-product") == asked.count("name-read-in-part") == 2
    assert report.assessed.products_written == 2
    assert [read.written for read in report.per_day or ()] == [
        *("zorg 2 ml", "Miorel 2 ml blub", "XYZ", "Miorel"),
    ]


def test_a_day_alone_makes_doses_of_the_mixture(formulary: Formulary) -> None:
    mixture = formulary.mixture("Miorel", per_day=["Miorel 2 ml"])
    [dose] = mixture.doses or ()
    assert (dose.least, dose.possible, dose.exact) == (None, None, False)
    assert dose.day_least == mesomix.Quantity.read("4 mg")
    assert formulary.mixture("Miorel", per_day=["Miorel"]).doses is None


@pytest.mark.parametrize(
    ("name", "amount", "message"),
    [
        (
            "Miorel",
            mesomix.Quantity.read("2 [iU]"),
            r"^2 IU does not fit MIOREL .*; give mg, ml or a num",
        ),
        (
            "Calcitonine",
            mesomix.Quantity.read("2 mg"),
            r"^2 mg does not fit .*; give IU, ml or a num",
        ),
        (
            "lidocaïne",
            mesomix.Quantity.read("2 mmol"),
            r"^2 mmol does not fit lidocaine; give mg, ml or a num",
        ),
    ],
)
def test_a_quantity_in_a_unit_that_does_not_fit_is_refused_with_those_that_would(
    formulary: Formulary, name: str, amount: mesomix.Quantity, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        formulary.mixture((name, amount))
    with pytest.raises(ValueError, match=message):
        formulary.mixture("Miorel", per_day=[(name, amount)])
    read = formulary.mixture((name, amount.text.fr)).reads[0]
    assert read.unread == amount.text.fr
    assert read.fitting is not None
    assert re.search(message.partition("give ")[2], read.fitting.en)


@pytest.mark.parametrize(
    "wrong",
    [
        ("Miorel",),
        ("Miorel", 2),
        ("Miorel", None),
        ("Miorel", b"2 ml"),
        ("Miorel", "2 ml", "x"),
        (),
    ],
)
def test_a_component_is_a_text_or_a_name_with_its_amount(formulary: Formulary, wrong: Any) -> None:
    message = r"^a component must be a text, or a name with its amount: a text or a Quantity$"
    with pytest.raises(TypeError, match=message):
        formulary.mixture("Dicynone", wrong)
    with pytest.raises(TypeError, match=message):
        formulary.mixture("Dicynone", per_day=[wrong])
    with pytest.raises(TypeError, match=r"^per_day must be a list of texts, not one text$"):
        formulary.mixture("Dicynone", per_day="Miorel 2 ml")


@pytest.mark.parametrize(
    ("name", "amount"), [("lidocaïne 2 %", "15 ml"), ("lidocaïne 20 mg/ml", "15 ml")]
)
def test_a_strength_in_the_name_is_that_of_the_amount_beside_it(
    formulary: Formulary, name: str, amount: str
) -> None:
    beside, within = formulary.mixture((name, amount)), formulary.mixture(f"{name} {amount}")
    assert [dose.least for dose in within.doses or ()] == [mesomix.Quantity.read("300 mg")]
    assert [dose.least for dose in beside.doses or ()] == [mesomix.Quantity.read("300 mg")]
    assert mesomix.check(beside).verdict is mesomix.check(within).verdict
