"""Columns of ages: what each says of being younger than something, as `formulary.patient` does."""

import decimal
import math

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mesomix
from mesomix import Answer
from mesomix.batch.ages import AgeColumn, can_be_age

LIMITS = {"under-30-months": 30, "under-3-years": 36, "under-18-years": 216}
AGES = AgeColumn("age", LIMITS)


def answered(column: pa.Array) -> tuple[list[dict[str, bool | None]], list[bool]]:
    """What each row says, by condition, and which rows have no age where one is wanted."""
    made, wrong = AGES.answers(column)
    rows = [dict(zip(LIMITS, row, strict=True)) for row in zip(*made, strict=True)]
    return [{key: one.as_py() for key, one in row.items()} for row in rows], wrong.to_pylist()


@given(st.lists(st.none() | st.floats(-1, 140) | st.integers(0, 1600).map(lambda n: n / 12)))
def test_an_age_answers_as_it_does_of_a_patient(
    formulary: mesomix.Formulary, ages: list[float | None]
) -> None:
    found, wrong = answered(pa.array(ages, pa.float64()))
    for age, said, is_wrong in zip(ages, found, wrong, strict=True):
        if age is None:
            assert (said, is_wrong) == (dict.fromkeys(LIMITS), False)
            continue
        try:
            answers = formulary.patient(age=age).answers
        except ValueError:
            assert (said, is_wrong) == (dict.fromkeys(LIMITS), True)
            continue
        assert (said, is_wrong) == ({key: answers[key] is Answer.YES for key in LIMITS}, False)


@pytest.mark.parametrize(
    ("column", "under_3", "wrong"),
    [
        (["7", "2,5", "30 mois", " 35 months ", "36 mois"], [False, True, True, True, False], []),
        (["", "  ", None], [None] * 3, []),
        (["-1", "nan", "sept", "2 ans 3 mois", "131", "2"], [None] * 5 + [True], [0, 1, 2, 3, 4]),
        ([0, 3, 131, None, 1980], [True, False, None, None, None], [2, 4]),
        ([2.5, math.nan, math.inf, -0.5], [True, None, None, None], [2, 3]),
        ([decimal.Decimal("2.9"), decimal.Decimal("3.0")], [True, False], []),
    ],
)
def test_ages_may_be_written_in_several_ways(
    column: list[object], under_3: list[bool | None], wrong: list[int]
) -> None:
    kinds = [pa.array(column)]
    assert can_be_age(kinds[0].type)
    if isinstance(column[0], str):
        kinds += [kinds[0].cast(pa.large_string()), kinds[0].dictionary_encode()]
    for kind in kinds:
        found, is_wrong = answered(kind)
        assert [row["under-3-years"] for row in found] == under_3
        assert [row for row, one in enumerate(is_wrong) if one] == wrong


@pytest.mark.parametrize("kind", [pa.bool_(), pa.date32(), pa.binary(), pa.list_(pa.int8())])
def test_what_can_be_no_age(kind: pa.DataType) -> None:
    assert not can_be_age(kind)
