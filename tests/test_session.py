"""What is described of a session: numbers within bounds, and nothing of them in an error."""

import math
from dataclasses import FrozenInstanceError
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mesomix
from mesomix import Session
from mesomix.session import number_text

FIELDS: Final = ("depth_mm", "days_since_last", "number")
MESSAGES: Final = {
    "depth_mm": "depth_mm must be more than 0 and at most 100 millimetres",
    "days_since_last": "days_since_last must be from 0 to 36525",
    "number": "number must be from 1 to 10000",
}


def test_a_session_may_describe_nothing() -> None:
    session = Session()
    assert (session.depth_mm, session.days_since_last, session.number) == (None, None, None)
    assert session == Session(depth_mm=None, days_since_last=None, number=None)


@pytest.mark.parametrize(
    "given_values",
    [
        {"depth_mm": 4},
        {"depth_mm": 0.1},
        {"depth_mm": 100},
        {"days_since_last": 0},
        {"days_since_last": 36_525},
        {"number": 1},
        {"number": 10_000},
        {"depth_mm": 4.5, "days_since_last": 7, "number": 2},
    ],
)
def test_what_is_within_bounds_is_kept(given_values: dict[str, Any]) -> None:
    session = Session(**given_values)
    for name in FIELDS:
        assert getattr(session, name) == given_values.get(name)


def test_a_depth_is_a_float_however_it_was_given() -> None:
    assert type(Session(depth_mm=4).depth_mm) is float
    assert Session(depth_mm=4) == Session(depth_mm=4.0)
    assert hash(Session(depth_mm=4)) == hash(Session(depth_mm=4.0))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("depth_mm", value) for value in (0, -0.0, -1, 100.1, 10**400, -(10**400))),
        *(("depth_mm", value) for value in (math.nan, math.inf, -math.inf)),
        *(("days_since_last", value) for value in (-1, 36_526, 10**400)),
        *(("number", value) for value in (0, -1, 10_001, 10**400)),
    ],
)
def test_what_is_out_of_bounds_is_refused_and_not_repeated(name: str, value: Any) -> None:
    with pytest.raises(ValueError, match=f"^{MESSAGES[name]}$"):
        Session(**{name: value})


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("value", [True, False, "4", b"4", [4], {}, 4j, Decimal(4), object()])
def test_what_is_no_number_is_refused(name: str, value: Any) -> None:
    with pytest.raises(TypeError, match=f"^{name} must be a "):
        Session(**{name: value})


@pytest.mark.parametrize("name", ["days_since_last", "number"])
@pytest.mark.parametrize("value", [1.0, 1.5, math.nan, math.inf])
def test_a_count_is_whole(name: str, value: Any) -> None:
    with pytest.raises(TypeError, match=rf"^{name} must be a whole number \(int\)$"):
        Session(**{name: value})


def test_its_parts_are_named_when_they_are_given() -> None:
    with pytest.raises(TypeError):
        Session(4)  # pyrefly: ignore[bad-argument-count]


def test_it_cannot_be_changed_and_its_repr_tells_nothing() -> None:
    session = Session(depth_mm=4, days_since_last=3, number=2)
    with pytest.raises(FrozenInstanceError):
        session.depth_mm = 1  # pyrefly: ignore[read-only]
    assert not hasattr(session, "__dict__")
    assert repr(session) == "Session()"


@pytest.mark.parametrize(
    ("number", "fr", "en"),
    [(4.0, "4", "4"), (4.5, "4,5", "4.5"), (0.25, "0,25", "0.25"), (10, "10", "10")],
)
def test_a_number_is_written_as_people_write_it(number: float, fr: str, en: str) -> None:
    assert number_text(number) == mesomix.Text(fr, en)


@given(st.floats(min_value=0, max_value=100, exclude_min=True, allow_subnormal=True))
def test_whatever_is_between_the_bounds_is_kept(depth: float) -> None:
    assert Session(depth_mm=depth).depth_mm == depth
