"""Ages: what they answer, and what is no age. Of the other answers, see test_formulary.py."""

import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mesomix
from mesomix import Answer, Formulary
from mesomix.evidence import Text
from mesomix.formulary.answers import read_answers
from mesomix.model import Condition
from mesomix.names import fold

Clinic = Callable[..., Formulary]

THRESHOLDS: Final = {
    "under-30-months": 30,
    "under-3-years": 36,
    "under-15-years": 180,
    "under-16-years": 192,
    "under-18-years": 216,
}
"""The conditions of an age in the shipped data, in months; the narrower one first."""


def conditions(*ages: int) -> dict[str, Condition]:
    """Conditions of these ages in months, each of which implies the next, and another one."""
    ids = [f"under-{age}" for age in ages]
    made = {
        key: Condition(key, Text.same(key), frozenset(ids[number + 1 :]), ages[number])
        for number, key in enumerate(ids)
    }
    return {**made, "asthma": Condition("asthma", Text.same("asthma"))}


def answered(known: Mapping[str, Condition], **asked: Any) -> dict[str, Answer]:
    """What follows from what was asked about these conditions."""
    names = {fold(key): ("condition", key) for key in known}
    given_answers: dict[str, bool | None] = asked.pop("given", {})
    nothing_else: bool = asked.pop("nothing_else", False)
    return read_answers(
        known,
        names,  # pyrefly: ignore[bad-argument-type]
        given_answers.items(),
        nothing_else=nothing_else,
        **asked,
    )


def test_these_are_the_ages_of_the_shipped_data(formulary: Formulary) -> None:
    found = {
        key: condition.younger_than_months
        for key, condition in formulary.conditions.items()
        if condition.younger_than_months is not None
    }
    assert found == THRESHOLDS


@pytest.mark.parametrize(
    ("age", "narrowest"),
    [
        (0, "under-30-months"),
        (2.49, "under-30-months"),
        (2.5, "under-3-years"),
        (Decimal("2.99"), "under-3-years"),
        (3, "under-15-years"),
        (14.99, "under-15-years"),
        (15, "under-16-years"),
        (16, "under-18-years"),
        (17.999, "under-18-years"),
        (18, None),
        (Decimal(18), None),
        (130, None),
    ],
)
def test_an_age_answers_every_condition_of_an_age(
    age: Any, narrowest: str | None, formulary: Formulary
) -> None:
    patient = formulary.patient(age=age)
    ids = [*THRESHOLDS]
    young = ids[ids.index(narrowest) :] if narrowest else []
    assert set(patient.affirmed) == set(young)
    assert set(patient.denied) == set(ids) - set(young)


def test_without_an_age_nothing_is_answered(formulary: Formulary) -> None:
    assert formulary.patient().answers == formulary.patient(age=None).answers == {}
    everything = formulary.patient(nothing_else=True)
    assert formulary.patient(age=None, nothing_else=True).answers == everything.answers


def test_an_age_is_an_answer_beside_the_others(formulary: Formulary) -> None:
    patient = formulary.patient(
        allergies=[], asthma=True, under_18_years=True, facts={"under-3-years": None}, age=10
    )
    assert set(patient.affirmed) >= {"asthma", "under-15-years", "under-18-years"}
    assert patient.answers["under-3-years"] is Answer.NO  # not asked, and answered all the same
    rest = formulary.patient(age=10, nothing_else=True)
    assert rest.answers.keys() == formulary.conditions.keys()
    assert rest.answers["under-15-years"] is Answer.YES


def test_an_age_is_kept_nowhere(formulary: Formulary) -> None:
    young, older = (formulary.patient(allergies=[], age=age) for age in (4, 9.25))
    assert young == older
    report = mesomix.check(formulary.mixture("Miorel"), older)
    assert "9.25" not in report.model_dump_json()


def test_an_age_has_the_objections_of_its_answers(formulary: Formulary) -> None:
    mixture = formulary.mixture("Miorel")
    for age, verdict in ((15.5, "refuse"), (16, "no-objection"), (70, "no-objection")):
        patient = formulary.patient(allergies=[], age=age, nothing_else=True)
        assert mesomix.check(mixture, patient).verdict.value == verdict, age


@pytest.mark.parametrize(
    ("age", "answers"),
    [
        (10, {"under-18-years": False}),
        (10, {"under-3-years": True}),
        (40, {"under-18-years": True}),
        (40, {"under-30-months": True}),
        (2, {"under-3-years": False}),
    ],
)
def test_an_answer_that_contradicts_the_age_is_an_error_that_repeats_neither(
    age: int, answers: dict[str, bool], formulary: Formulary
) -> None:
    with pytest.raises(ValueError, match=r"^two answers contradict each other: .* or the age") as e:
        formulary.patient(facts=answers, age=age)
    assert not any(shown in str(e.value) for shown in (str(age), *answers))


@pytest.mark.parametrize("age", [True, False, "30", b"30", [30], 30j, Fraction(5, 2), object()])
def test_what_is_no_number_is_no_age(age: Any, formulary: Formulary) -> None:
    with pytest.raises(TypeError, match=r"^age must be a number of years \(int, float or Decimal"):
        formulary.patient(age=age)


@pytest.mark.parametrize(
    "age",
    [
        *(-1, -0.01, 130.01, 131, 1980, 10**400, -(10**400)),
        *(math.nan, math.inf, -math.inf),
        *(Decimal(text) for text in ("NaN", "sNaN", "Infinity", "-1", "131", "1e999999999")),
    ],
)
def test_what_nobody_is_as_old_as_is_no_age(age: Any, formulary: Formulary) -> None:
    with pytest.raises(ValueError, match=r"^age must be from 0 to 130 years$"):
        formulary.patient(age=age)


def test_a_clinic_may_ask_for_an_age_of_its_own(clinic: Clinic) -> None:
    formulary = clinic(
        conditions={"under-7-months": {"younger_than_months": 7, "implies": ["under-30-months"]}},
        products={"exemplin": {}},
    )
    for age, answer in ((7 / 12, Answer.NO), (6.99 / 12, Answer.YES)):
        assert formulary.patient(age=age).answers["under-7-months"] is answer


@given(st.integers(min_value=1, max_value=130 * 12))
def test_whoever_is_as_old_as_that_is_not_younger(months: int) -> None:
    known = conditions(months)
    for age in (months / 12, Decimal(months) / 12):
        assert answered(known, age=age)[f"under-{months}"] is Answer.NO
    assert answered(known, age=(months - 0.001) / 12)[f"under-{months}"] is Answer.YES


@given(
    st.floats(min_value=0, max_value=130),
    st.lists(st.integers(min_value=1, max_value=1_600), min_size=1, max_size=5, unique=True),
    st.booleans(),
)
def test_every_condition_of_an_age_is_answered_and_none_of_the_others(
    age: float, ages: list[int], nothing_else: bool
) -> None:
    known = conditions(*sorted(ages))
    found = answered(known, age=age, nothing_else=nothing_else)
    assert found.keys() == (known.keys() if nothing_else else known.keys() - {"asthma"})
    for key, condition in known.items():
        if condition.younger_than_months is not None:
            younger = age * 12 < condition.younger_than_months
            assert found[key] is (Answer.YES if younger else Answer.NO)
