"""A formulary: products by name and by effect, mixtures as they are written, and patients."""

import copy
import pickle
import re
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mesomix
from mesomix import Answer, Effect, Formulary, Report, UnknownNameError
from mesomix.names import fold
from mesomix.vocabulary import MatchedBy

Clinic = Callable[..., Formulary]

FORMULARY: Final = mesomix.load()
MOST_SUGGESTIONS: Final = 10


# --- find and for_effect --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("piroxicm", r"'piroxicm' means .*; did you mean 'piroxicam'\?$"),
        ("Xylocaïne visqueuse", r".* means no product of this formulary; it holds 'lidocaine'$"),
        ("procaïne + Miorel", r".* of this formulary; it holds 'procaine \+ MIOREL 4 mg/2 ml'$"),
        ("Kenacor", r"'Kenacor' means .*; did you mean 'Kenacort'\?$"),
        ("thiocolchicosid", r"'thiocolchicosid' means .*; did you mean 'thiocolchicoside'\?$"),
        ("xyz", r"'xyz' means no product of this formulary$"),
        ("", r"'' means no product of this formulary$"),
        ("\x1b[31m\n", r"'\\x1b\[31m\\n' means no product of this formulary$"),
        ("x" * 500, f"'{'x' * 80}' means no product of this formulary$"),
    ],
)
def test_an_unknown_name_is_an_error_that_offers_the_nearest_one(
    name: str, message: str, formulary: Formulary
) -> None:
    with pytest.raises(UnknownNameError, match=f"^{message}") as caught:
        formulary.find(name)
    assert isinstance(caught.value, LookupError)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("name", [None, 1, b"Miorel", ["Miorel"], ("Miorel",), Effect.SCAR])
def test_a_name_is_a_text(name: Any, formulary: Formulary) -> None:
    message = r"^a name must be a text \(str\)$"
    pair = r"^a component must be a text, or a name with its amount: a text or a Quantity$"
    with pytest.raises(TypeError, match=message):
        formulary.find(name)
    with pytest.raises(TypeError, match=pair if isinstance(name, tuple) else message):
        formulary.mixture("Miorel", name)
    with pytest.raises(TypeError, match=message):
        formulary.patient(allergies=["AINS", name])
    with pytest.raises(TypeError, match=message if name != ["Miorel"] else "unhashable"):
        formulary.patient(facts={name: True})


def test_products_are_listed_by_effect_in_the_order_of_the_data(clinic: Clinic) -> None:
    own = clinic(
        products={
            "zeta": {"effects": ["scar"], "specialties": {"z": {}}},
            "beta": {"substances": ["procaine"], "effects": ["draining"]},
            "alpha": {"substances": ["piroxicam"], "effects": ["analgesic", "scar"]},
        }
    )
    listed = {effect: [p.id for p in own.for_effect(effect)] for effect in Effect}
    assert {effect: products for effect, products in listed.items() if products} == {
        Effect.SCAR: ["zeta", "alpha"],
        Effect.ANALGESIC: ["alpha"],
        Effect.DRAINING: ["beta"],
    }


@pytest.mark.parametrize("name", ["products", "specialties", "conditions", "references"])
def test_what_a_formulary_shows_cannot_be_changed(name: str, formulary: Formulary) -> None:
    shown = getattr(formulary, name)
    before = dict(shown)
    with pytest.raises(TypeError):
        shown["x"] = next(iter(shown.values()))
    with pytest.raises(TypeError):
        del shown[next(iter(shown))]
    with pytest.raises(AttributeError):
        setattr(formulary, name, {})
    assert dict(getattr(formulary, name)) == before


# --- mixture --------------------------------------------------------------------------------


@given(st.lists(st.text(max_size=40), max_size=5))
def test_a_mixture_keeps_every_name_in_its_order_and_never_raises(names: list[str]) -> None:
    mixture = FORMULARY.mixture(*names)
    assert [read.written for read in mixture.reads] == names
    assert mixture.assessed + sum(
        not c.products or bool(c.read.unread) for c in mixture.components
    ) == len(names)


@pytest.mark.parametrize("name", ["\ud800", "a\x00b", "\U0010ffff", "x" * 100_000, "é" * 3000])
def test_a_name_may_be_anything_that_a_text_can_be(name: str, formulary: Formulary) -> None:
    [read] = formulary.mixture(name).reads
    assert (read.id, read.matched_by) == (None, None)
    assert read.written == name.encode("utf-8", "backslashreplace").decode()
    assert mesomix.check(formulary.mixture(name)).model_dump_json()


def test_effects_are_kept_once_in_their_order(formulary: Formulary) -> None:
    def effects() -> Iterator[Effect]:
        yield from (Effect.SCAR, Effect.ANALGESIC, Effect.SCAR)

    assert formulary.mixture(effects=effects()).effects == (Effect.SCAR, Effect.ANALGESIC)
    assert formulary.mixture("Miorel").effects == ()


@pytest.mark.parametrize("effects", [["scar"], "scar", [None], [Effect.SCAR, 1], [Effect]])
def test_an_effect_is_an_effect(effects: Any, formulary: Formulary) -> None:
    with pytest.raises(TypeError, match=r"^effects must be members of mesomix\.Effect$"):
        formulary.mixture("Miorel", effects=effects)


def test_a_near_miss_is_never_accepted(formulary: Formulary) -> None:
    names = [*formulary.products, *(product.name.fr for product in formulary.specialties.values())]
    known = {fold(name) for name in (*names, "Thiocochicoside")}  # as the table spells it
    typos = {
        typo
        for name in names
        for i in range(len(name))
        for typo in (name[:i] + name[i + 1 :], name[:i] + "x" + name[i:])
        if fold(typo) not in known and name[i].isalpha()
    }
    mixture = formulary.mixture(*sorted(typos))
    assert len(typos) > 400
    found = [read for read in mixture.reads if read.id is not None]
    assert {read.matched_by for read in found} == {MatchedBy.INSIDE}
    # What is not asked about is a slip in a unit, or in a word beside the name.
    silent = [read.written for read in found if not read.unread]
    assert [name for name in silent if not SLIP_BESIDE_A_NAME.search(name)] == []


SLIP_BESIDE_A_NAME: Final = re.compile(
    r" \d+ (g|m|mg|)/\d (ml|l|m)$|[ /](10|20) (g|m|mg)/(ml|l|m)$|\d (\.I\.|U\.\.|I|U|UI|U\.I\.)/1"
    r"|CHLORHYDRATE D "
)


def test_near_names_are_looked_for_when_few_names_need_one(formulary: Formulary) -> None:
    some = ["piroxicm", *[f"piroxicm{number * 'x'}" for number in range(1, MOST_SUGGESTIONS)]]
    reads = formulary.mixture("Miorel", *some, "PIROXICM").reads
    assert reads[1].suggestion == reads[-1].suggestion == mesomix.Text.same("piroxicam")
    assert {read.suggestion for read in formulary.mixture(*some, "xyz").reads} == {None}
    reads = formulary.patient(allergies=["aspirin", *["sulfitess"] * 15]).reads or ()
    assert [read.suggestion for read in reads[1:]] == [mesomix.Text.same("sulfites")] * 15


def test_a_suggestion_is_the_name_in_both_languages_or_the_brand(formulary: Formulary) -> None:
    reads = formulary.mixture("ketoprofn", "Kenacor", "procane lavoisie").reads
    assert [read.suggestion for read in reads] == [
        mesomix.Text("kétoprofène", "ketoprofen"),
        mesomix.Text.same("Kenacort"),
        mesomix.Text.same("Procaïne Lavoisier"),
    ]
    patient = formulary.patient(allergies=["anesthesiques locaus"])
    offered = [
        patient.unrecognised[0].suggestion,
        *(read.suggestion for read in patient.reads or ()),
    ]
    assert offered == [mesomix.Text("anesthésiques locaux", "local anaesthetics")] * 2


# --- patient --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        {"skin_infection": True},
        {"facts": {"skin-infection": True}},
        {"facts": {"skin_infection": True}},
        {"facts": {"Infection cutanée locale": True}},
        {"facts": {"LOCAL SKIN INFECTION": True}},
        {"facts": {"infection cutanée": True}},
        {"facts": {"skin-infection": True, "infection cutanée": True}, "skin_infection": True},
    ],
)
def test_a_fact_goes_by_the_id_or_a_name_of_its_condition(
    asked: dict[str, Any], formulary: Formulary
) -> None:
    assert formulary.patient(**asked).answers == {"skin-infection": Answer.YES}


def test_a_fact_is_answered_with_yes_with_no_or_not_at_all(formulary: Formulary) -> None:
    patient = formulary.patient(pregnancy=None, asthma=True, facts={"atopy": None, "cancer": False})
    assert set(patient.affirmed) == {"asthma", "atopy"}
    assert set(patient.denied) == {"cancer", "cancer-treatment"}
    answered = [key for key in formulary.conditions if key in patient.answers]
    assert [fact.id for fact in patient.facts] == answered
    assert formulary.patient().answers == {}


@pytest.mark.parametrize("answer", ["no", "yes", "", 0, 1, 0.0, [], Answer.YES])
def test_an_answer_is_true_false_or_none(answer: Any, formulary: Formulary) -> None:
    message = r"^answer 1 must be True, False or None$"
    with pytest.raises(TypeError, match=message):
        formulary.patient(facts={"pregnancy": answer})
    with pytest.raises(TypeError, match=message):
        formulary.patient(pregnancy=answer)


@pytest.mark.parametrize("facts", [["pregnancy"], "pregnancy", [], {"pregnancy"}, True])
def test_facts_are_a_mapping(facts: Any, formulary: Formulary) -> None:
    with pytest.raises(TypeError, match=r"^facts must be a mapping of conditions to"):
        formulary.patient(facts=facts)


@pytest.mark.parametrize("given_else", ["no", 1])
def test_whether_there_is_nothing_else_is_true_or_false(
    given_else: Any, formulary: Formulary
) -> None:
    with pytest.raises(TypeError):
        formulary.patient(nothing_else=given_else)


@pytest.mark.parametrize(
    "asked",
    [
        {"facts": {"pregnancy": True, "enceinte": False}},
        {"facts": {"pregnancy": False}, "pregnancy": True},
        {"facts": {"pregnancy": True}, "pregnancy": False},
        {"facts": {"grossesse": True}, "pregnancy": False},
        {"pregnancy": False, "pregnancy_after_24_weeks": True},
        {"under_30_months": True, "under_18_years": False},
    ],
)
def test_answers_that_contradict_each_other_are_an_error(
    asked: dict[str, Any], formulary: Formulary
) -> None:
    with pytest.raises(ValueError, match=r"contradict each other"):
        formulary.patient(**asked)


def test_what_was_not_asked_takes_no_answer_away(formulary: Formulary) -> None:
    patient = formulary.patient(facts={"pregnancy": True}, pregnancy=None)
    assert patient.answers == {"pregnancy": Answer.YES}


def test_a_yes_brings_what_it_implies_and_a_no_what_would_imply_it(formulary: Formulary) -> None:
    patient = formulary.patient(under_15_years=True)
    assert set(patient.affirmed) == {"under-15-years", "under-16-years", "under-18-years"}
    patient = formulary.patient(under_15_years=False)
    assert set(patient.denied) == {"under-15-years", "under-3-years", "under-30-months"}


def test_nothing_else_denies_whatever_was_not_answered(formulary: Formulary) -> None:
    patient = formulary.patient(asthma=True, cancer=False, nothing_else=True)
    assert set(patient.affirmed) == {"asthma", "atopy"}
    assert patient.answers.keys() == formulary.conditions.keys()
    assert patient.allergies is None


def test_nothing_else_does_not_deny_what_was_said_not_to_have_been_asked(
    formulary: Formulary,
) -> None:
    patient = formulary.patient(pregnancy=None, nothing_else=True)
    open_ones = {"pregnancy", "pregnancy-after-24-weeks"}
    assert formulary.conditions.keys() - patient.answers.keys() == open_ones
    assert patient.affirmed == ()


AGES: Final = {f"under-{age}" for age in ("30-months", "3-years", "15-years", "16-years")}


@pytest.mark.parametrize(
    ("facts", "left"),
    [
        ({"asthma": None}, {"asthma", "atopy"}),
        ({"atopy": None}, {"asthma", "atopy"}),
        ({"cancer": None}, {"cancer", "cancer-treatment"}),
        ({"epilepsy": None, "cancer": False}, {"epilepsy", "epilepsy-uncontrolled"}),
        ({"under-15-years": None}, {*AGES, "under-18-years"}),
        ({"under-30-months": None}, {*AGES, "under-18-years"}),
        ({"breastfeeding": None}, {"breastfeeding"}),
        # What was answered is not open.
        ({"asthma": None, "atopy": True}, {"asthma"}),
        ({"asthma": None, "atopy": False}, set()),
        ({"atopy": None, "asthma": False}, {"atopy"}),
        ({"atopy": None, "asthma": True}, set()),
        ({"under-15-years": None, "under-16-years": False}, set()),
        ({"under-15-years": None, "under-18-years": True}, AGES),
        (
            {"under-16-years": None, "under-3-years": False},
            {"under-15-years", "under-16-years", "under-18-years"},
        ),
    ],
)
def test_what_implies_an_open_question_or_follows_from_it_is_open_unless_answered(
    facts: dict[str, bool | None], left: set[str], formulary: Formulary
) -> None:
    patient = formulary.patient(facts=facts, nothing_else=True)
    assert formulary.conditions.keys() - patient.answers.keys() == left
    assert {key for key, answer in facts.items() if answer} <= set(patient.affirmed)
    assert {key for key, answer in facts.items() if answer is False} <= set(patient.denied)


def test_an_answer_to_no_question_is_an_error_that_tells_nothing_of_the_patient(
    formulary: Formulary,
) -> None:
    with pytest.raises(ValueError, match=r"^answer 2 names no condition; known: pregnancy, ") as e:
        formulary.patient(facts={"asthma": True, "Jeanne Dupont": True})
    with pytest.raises(ValueError, match=r"^answer 1 names no condition; known: ") as f:
        formulary.patient(jeanne_dupont=True)
    assert "eanne" not in str(e.value) + str(f.value)


def test_no_allergy_is_not_an_unasked_one(formulary: Formulary) -> None:
    asked, unasked = formulary.patient(allergies=[]), formulary.patient()
    assert (asked.allergies, asked.reads) == ((), ())
    assert (unasked.allergies, unasked.reads) == (None, None)
    assert len(formulary.patient(allergies=iter(["AINS", "AINS"])).allergies or ()) == 2


@pytest.mark.parametrize("allergies", ["aspirine", "", b"aspirine", True, 1])
def test_allergies_are_a_list_of_texts(allergies: Any, formulary: Formulary) -> None:
    with pytest.raises(TypeError) as caught:
        formulary.patient(allergies=allergies)
    assert "aspirine" not in str(caught.value)


def test_the_repr_of_a_patient_tells_nothing(formulary: Formulary) -> None:
    patient = formulary.patient(allergies=["aspirine"], pregnancy=True)
    assert repr(patient) == "Patient()"
    assert {repr(declared) for declared in patient.allergies or ()} == {"DeclaredAllergy()"}


# --- Many threads, and copies ---------------------------------------------------------------

QUESTIONS: Final = [
    (["Piroxicam", "Procaïne Lavoisier", "Miorel"], ["AINS", "pollen"], {"asthma": True}),
    (["True Test", "Kenacort", "xyz"], ["Dicynone", "True Test", "sulfites"], {"cancer": True}),
    (["kétoprofène", "Mag 2", "Laroscorbine"], ["parabènes", "Taxol"], {"pregnancy": False}),
    (["Vit E Nepalm®", "Vit C"], ["allergie au saumon", "Laroscorbine"], {"anticoagulant": True}),
]


def answered(formulary: Formulary, number: int) -> Report:
    """The report on one of the questions."""
    names, allergies, facts = QUESTIONS[number % len(QUESTIONS)]
    mixture = formulary.mixture(*names, effects=[Effect.SCAR])
    return mesomix.check(mixture, formulary.patient(allergies=allergies, facts=facts))


def test_many_threads_get_equal_reports() -> None:
    expected = [answered(mesomix.load(), number) for number in range(len(QUESTIONS))]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(5):
            fresh = mesomix.load()
            with ThreadPoolExecutor(max_workers=16) as pool:
                reports = list(pool.map(answered, repeat(fresh, 64), range(64)))
            assert [r for n, r in enumerate(reports) if r != expected[n % len(QUESTIONS)]] == []
    finally:
        sys.setswitchinterval(interval)


def pickled(report: Report) -> Report:
    """What a pickle of `report` is read as."""
    read: Report = pickle.loads(pickle.dumps(report))  # noqa: S301 (our own)
    return read


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, pickled])
def test_a_copy_of_a_report_is_equal_to_it(
    copied: Callable[[Report], Report], formulary: Formulary
) -> None:
    report = answered(formulary, 1)
    assert copied(report) == report
    assert copied(report).text() == report.text()
    assert copied(report) != answered(formulary, 0)


def test_an_effect_by_its_name_alone_is_wrong_use(formulary: Formulary) -> None:
    with pytest.raises(TypeError, match=r"^effect must be a member of mesomix.Effect$"):
        formulary.for_effect("scar")  # pyrefly: ignore[bad-argument-type]


def test_an_id_is_never_suggested(formulary: Formulary) -> None:
    (read,) = formulary.mixture("maginjectabl 0 8").reads
    assert read.suggestion == mesomix.Text.same("MAGINJECTABLE 0,8 POUR CENT")
