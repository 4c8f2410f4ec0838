"""The laws of a check, whatever is mixed and whoever it is for."""

from dataclasses import replace
from itertools import combinations
from random import Random
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import sessions

import mesomix
from mesomix.rules import RULES

FORMULARY: Final = mesomix.load()
MISSING: Final = {"empty-mixture", "effect-not-covered"}
"""The rules that say that something is missing: more of it may answer them."""
SEVERITY_OF_VERDICT: Final = {"no-objection": 0, "review": 1, "refuse": 2}

NAMES: Final = [
    *[name for product in FORMULARY.products.values() for name in (product.id, product.name.fr)],
    *[specialty.name.fr for specialty in FORMULARY.specialties.values()],
    *("Procaïne Lavoisier", "Mag 2", "Laroscorbine", "Vit E Nepalm®", "kétoprofène", "Kenacort"),
    *("xyz", "sérum physiologique", "lidocain", "", "\u0440rocaine"),
    *("Miorel 3 ml", "Mésocaïne 15 ml", "Lidocaïne 2 % 5 ml", "lidocaïne 25 ml", "Dicynone 2 ml"),
    *("1/2 ampoule de Piroxicam Teva", "Procaïne environ 2 ml", "xyz 2 ml", "Miorel + 2 ml"),
]
ALLERGIES: Final = [
    *("AINS", "aspirine", "sulfites", "sulfamides", "parabènes", "lidocaïne", "procaïne"),
    *("alcool benzylique", "Cremophor", "Taxol", "colchicine", "glutamates", "saumon"),
    *("Dicynone", "Maginjectable", "Miorel", "Célestamine", "TRUE TEST", "pollen", "zorglub", ""),
]

names = st.lists(st.sampled_from(NAMES), max_size=5)
allergies = st.none() | st.lists(st.sampled_from(ALLERGIES), max_size=3)
effects = st.lists(st.sampled_from(mesomix.Effect), max_size=2)


@st.composite
def facts(draw: st.DrawFn) -> dict[str, bool]:
    """Answers that do not contradict each other: a yes brings what it implies."""
    conditions = FORMULARY.conditions
    given_answers = draw(st.dictionaries(st.sampled_from(sorted(conditions)), st.booleans()))
    yes = {key for key, answer in given_answers.items() if answer}
    yes.update(*(conditions[key].implied for key in yes))
    return {**given_answers, **dict.fromkeys(yes, True)}


def check(
    written: list[str],
    declared: list[str] | None,
    answers: dict[str, bool],
    *,
    sought: list[mesomix.Effect] | None = None,
    nothing_else: bool = False,
) -> mesomix.Report:
    mixture = FORMULARY.mixture(*written, effects=sought or ())
    patient = FORMULARY.patient(allergies=declared, facts=answers, nothing_else=nothing_else)
    return mesomix.check(mixture, patient)


def gravity(report: mesomix.Report) -> int:
    return SEVERITY_OF_VERDICT[report.verdict.value]


def said(report: mesomix.Report) -> set[tuple[str, str, bool, tuple[str, ...]]]:
    """What a report objects to, in a form in which reports can be compared."""
    return {
        (f.rule, f.severity.value, f.certain, tuple(a.id or a.name.fr for a in f.about))
        for f in report.findings
    }


@given(names, st.sampled_from(NAMES), allergies, facts(), effects, st.booleans())
def test_one_more_product_never_makes_a_verdict_milder(
    written: list[str],
    more: str,
    declared: list[str] | None,
    answers: dict[str, bool],
    sought: list[mesomix.Effect],
    nothing_else: bool,
) -> None:
    without = mesomix.Rulebook(rule for rule in RULES if rule.id not in MISSING)
    patient = FORMULARY.patient(allergies=declared, facts=answers, nothing_else=nothing_else)
    before = without.check(FORMULARY.mixture(*written, effects=sought), patient)
    after = without.check(FORMULARY.mixture(*written, more, effects=sought), patient)
    assert gravity(after) >= gravity(before)


@given(names, st.lists(st.sampled_from(ALLERGIES), max_size=3), st.sampled_from(ALLERGIES), facts())
def test_one_more_allergy_never_makes_a_verdict_milder(
    written: list[str], declared: list[str], more: str, answers: dict[str, bool]
) -> None:
    for nothing_else in (False, True):
        before = check(written, declared, answers, nothing_else=nothing_else)
        after = check(written, [*declared, more], answers, nothing_else=nothing_else)
        assert gravity(after) >= gravity(before)
        assert said(after) >= said(before)


CLEAN: Final = [
    ("Procaïne Lavoisier 20 mg/ml", "Maginjectable"),
    ("Mésocaïne", "Dicynone", "Laroscorbine"),
    ("Calcitonine Pharmy II", "Piroxicam Teva"),
    ("Miorel",),
]


@pytest.mark.parametrize("written", CLEAN, ids="+".join)
def test_a_forgotten_no_never_makes_a_verdict_milder(written: tuple[str, ...]) -> None:
    complete = dict.fromkeys(FORMULARY.conditions, False)
    assert check([*written], [], complete).verdict is mesomix.Verdict.NO_OBJECTION
    for forgotten in FORMULARY.conditions:
        conditions = FORMULARY.conditions
        # A no to what it implies would still answer it.
        kin = {key for key, c in conditions.items() if forgotten in c.implied}
        kin |= conditions[forgotten].implied | {forgotten}
        fewer = {key: answer for key, answer in complete.items() if key not in kin}
        asked = check([*written], [], {**fewer, forgotten: True})
        after = check([*written], [], fewer)
        if asked.verdict is not mesomix.Verdict.NO_OBJECTION:
            assert after.verdict is mesomix.Verdict.REVIEW
            said_open = {a.id for one in after.not_checked for a in one.about}
            assert said_open & kin


@pytest.mark.parametrize("written", CLEAN, ids="+".join)
def test_a_forgotten_patient_is_never_cleared(written: tuple[str, ...]) -> None:
    mixture = FORMULARY.mixture(*written)
    known = FORMULARY.patient(allergies=[], nothing_else=True)
    assert mesomix.check(mixture, known).verdict is mesomix.Verdict.NO_OBJECTION
    for patient in (
        None,
        FORMULARY.patient(),
        FORMULARY.patient(allergies=[]),
        FORMULARY.patient(nothing_else=True),
    ):
        assert mesomix.check(mixture, patient).verdict is mesomix.Verdict.REVIEW


@given(names, allergies, facts(), effects, st.randoms(use_true_random=False))
def test_order_never_matters(
    written: list[str],
    declared: list[str] | None,
    answers: dict[str, bool],
    sought: list[mesomix.Effect],
    random: Random,
) -> None:
    turned, other = list(written), None if declared is None else list(declared)
    random.shuffle(turned)
    if other is not None:
        random.shuffle(other)
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    one = check(written, declared, answers, sought=sought)
    two = check(turned, other, dict(shuffled), sought=sought)
    assert one.findings == two.findings
    assert one.not_checked == two.not_checked
    assert one.verdict is two.verdict
    assert one.checked == two.checked


@given(names, allergies, facts())
def test_a_name_that_is_not_recognised_is_never_cleared(
    written: list[str], declared: list[str] | None, answers: dict[str, bool]
) -> None:
    report = check([*written, "xyz"], declared, answers, nothing_else=True)
    assert report.verdict is not mesomix.Verdict.NO_OBJECTION
    assert any(f.rule == "unrecognised-product" for f in report.findings)


@given(names, st.lists(st.sampled_from(ALLERGIES), max_size=2), facts())
def test_an_allergy_that_is_not_recognised_is_never_cleared(
    written: list[str], declared: list[str], answers: dict[str, bool]
) -> None:
    report = check(written, [*declared, "zorglub"], answers, nothing_else=True)
    assert report.verdict is not mesomix.Verdict.NO_OBJECTION


@given(names, allergies, facts(), effects)
def test_every_report_round_trips_through_json(
    written: list[str],
    declared: list[str] | None,
    answers: dict[str, bool],
    sought: list[mesomix.Effect],
) -> None:
    report = check(written, declared, answers, sought=sought)
    again = mesomix.Report.model_validate_json(report.model_dump_json())
    assert again == report
    assert again.text("en") == report.text("en")


@given(names, allergies, facts())
def test_what_is_remembered_is_what_the_rules_say(
    written: list[str], declared: list[str] | None, answers: dict[str, bool]
) -> None:
    mixture = FORMULARY.mixture(*written)
    patient = FORMULARY.patient(allergies=declared, facts=answers)
    assert mesomix.check(mixture, patient) == mesomix.Rulebook(RULES).check(mixture, patient)


@given(names, allergies, facts(), st.sampled_from(list(RULES)))
def test_a_rule_that_is_taken_away_never_makes_a_verdict_worse(
    written: list[str],
    declared: list[str] | None,
    answers: dict[str, bool],
    gone: mesomix.Rule,
) -> None:
    mixture = FORMULARY.mixture(*written)
    patient = FORMULARY.patient(allergies=declared, facts=answers)
    fewer = mesomix.Rulebook(rule for rule in RULES if rule is not gone)
    assert gravity(fewer.check(mixture, patient)) <= gravity(mesomix.check(mixture, patient))


@given(names, allergies, facts(), st.sampled_from(list(RULES)))
def test_a_milder_rule_never_makes_a_verdict_worse(
    written: list[str],
    declared: list[str] | None,
    answers: dict[str, bool],
    milder: mesomix.Rule,
) -> None:
    mixture = FORMULARY.mixture(*written)
    patient = FORMULARY.patient(allergies=declared, facts=answers)
    house = mesomix.Rulebook(
        replace(rule, severity=mesomix.Severity.NOTE) if rule is milder else rule for rule in RULES
    )
    assert gravity(house.check(mixture, patient)) <= gravity(mesomix.check(mixture, patient))


@given(names, st.booleans(), sessions())
def test_a_session_never_makes_a_verdict_milder(
    written: list[str], described: bool, session: mesomix.Session | None
) -> None:
    mixture = FORMULARY.mixture(*written)
    patient = FORMULARY.patient(allergies=[], nothing_else=True) if described else None
    before = mesomix.check(mixture, patient)
    after = mesomix.check(mixture, patient, session)
    assert gravity(after) >= gravity(before)
    assert said(after) >= said(before)
    assert len(after.not_checked) <= len(before.not_checked)


@given(*[st.floats(min_value=0, max_value=100, exclude_min=True)] * 2)
def test_a_deeper_session_never_has_a_milder_verdict(one: float, other: float) -> None:
    shallow, deep = sorted((one, other))
    before, after = (of_session(depth_mm=depth) for depth in (shallow, deep))
    assert gravity(after) >= gravity(before)
    if shallow >= 1:  # what is shallower is unusual as well
        assert said(after) >= said(before)


@given(*[st.integers(min_value=0, max_value=60)] * 2)
def test_an_earlier_session_never_has_a_milder_verdict(one: int, other: int) -> None:
    early, late = sorted((one, other))
    before, after = (of_session(days_since_last=days) for days in (late, early))
    assert gravity(after) >= gravity(before)
    assert said(after) >= said(before)


@given(*[st.integers(min_value=1, max_value=60)] * 2)
def test_a_later_session_never_has_a_milder_verdict(one: int, other: int) -> None:
    first, last = sorted((one, other))
    before, after = (of_session(number=number) for number in (first, last))
    assert gravity(after) >= gravity(before)
    assert said(after) >= said(before)


def of_session(**described: Any) -> mesomix.Report:
    """The report on a mixture without objections, injected in that session."""
    patient = FORMULARY.patient(allergies=[], nothing_else=True)
    return mesomix.check(FORMULARY.mixture(*CLEAN[0]), patient, mesomix.Session(**described))


def clean(*names: str) -> bool:
    report = check(list(names), [], {}, nothing_else=True)
    return report.verdict is mesomix.Verdict.NO_OBJECTION


@pytest.mark.parametrize("pair", list(combinations(sorted(FORMULARY.products), 2)), ids="+".join)
def test_pairs_without_an_objection_are_those_that_a_reader_of_the_labels_expects(
    pair: tuple[str, str],
) -> None:
    a, b = pair
    objected = (
        "thiocolchicoside" in pair  # the label forbids mixing
        or "tocopherol" in pair  # the label of a known specialty forbids the subcutaneous route
        or pair in {("lidocaine", "procaine"), ("piroxicam", "procaine")}
    )
    assert clean(a, b) is not objected


def test_some_mixture_has_no_objection() -> None:
    assert clean("Procaïne Lavoisier 20 mg/ml", "Maginjectable")
    assert clean("Procaïne Lavoisier 20 mg/ml", "Maginjectable", "Dicynone")
