"""From what was answered about a patient to yes or no by condition."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Final

from mesomix.formulary.index import Names
from mesomix.measures import MONTHS_IN_A_YEAR
from mesomix.model import Condition
from mesomix.names import as_text, fold
from mesomix.vocabulary import Answer

Given = Iterable[tuple[str, bool | None]]
"""Names of conditions, with True, False or None: not asked."""

Age = int | float | Decimal
"""In years."""

OLDEST: Final = 130
"""In years. What is more was meant in months, or is a year of birth."""


def read_answers(
    conditions: Mapping[str, Condition],
    names: Names,
    given: Given,
    *,
    nothing_else: bool,
    age: Age | None = None,
) -> dict[str, Answer]:
    """Yes or no by the ids of `conditions`, with what follows from each answer.

    With `nothing_else`, everything is denied that is neither answered nor said not to have been
    asked. With an `age`, every condition of being younger than something is answered. Raises
    TypeError when a value is of another type, and ValueError when a name means no condition, the
    age is none, or two answers contradict each other; no message repeats what was given.
    """
    if not isinstance(nothing_else, bool):
        message = "nothing_else must be True or False"
        raise TypeError(message)
    yes: set[str] = set()
    no: set[str] = set()
    not_asked: set[str] = set()
    for number, (name, answer) in enumerate(given, 1):
        found = names.get(fold(as_text(name)))
        if found is None:
            message = f"answer {number} names no condition; known: {', '.join(conditions)}"
            raise ValueError(message)
        if answer is not None and not isinstance(answer, bool):
            message = f"answer {number} must be True, False or None"
            raise TypeError(message)
        (not_asked if answer is None else yes if answer else no).add(found[1])
    for key, younger in _answered_by_age(conditions, age):
        (yes if younger else no).add(key)
    yes.update(*[conditions[key].implied for key in yes])
    if yes & no:
        message = "two answers contradict each other: a condition is denied that another implies"
        message += "" if age is None else ", or the age answers one otherwise"
        raise ValueError(message)
    denied = {key for key, c in conditions.items() if key in no or c.implied & no}
    if nothing_else:
        left = not_asked - yes - denied
        # What implies an open question, or follows from it, is as open.
        left |= {key for key, c in conditions.items() if c.implied & left}
        left.update(*[conditions[key].implied for key in left])
        denied |= conditions.keys() - yes - left
    return {**dict.fromkeys(denied, Answer.NO), **dict.fromkeys(yes, Answer.YES)}


def _answered_by_age(
    conditions: Mapping[str, Condition], age: Age | None
) -> list[tuple[str, bool]]:
    """The conditions of being younger than something, and whether somebody of that age is."""
    if age is None:
        return []
    months = _months(age)
    return [
        (key, months < c.younger_than_months)
        for key, c in conditions.items()
        if c.younger_than_months is not None
    ]


def _months(age: Age) -> float:
    if isinstance(age, bool) or not isinstance(age, int | float | Decimal):
        message = "age must be a number of years (int, float or Decimal)"
        raise TypeError(message)
    years = None
    with suppress(OverflowError, ValueError):  # a number too large, and a signalling NaN
        years = float(age)
    if years is None or not 0 <= years <= OLDEST:  # which a NaN is not either
        message = f"age must be from 0 to {OLDEST} years"
        raise ValueError(message)
    return years * MONTHS_IN_A_YEAR  # for every whole month, n / 12 * 12 is n
