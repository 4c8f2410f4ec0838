"""The columns that a check adds to a batch."""

from typing import Final

import numpy as np
import pyarrow as pa

from mesomix.batch.kernel.checker import Checker, Rows
from mesomix.batch.kernel.codes import OPENS, REVIEWS, opens, verdicts
from mesomix.batch.kernel.facts import PROBLEMS
from mesomix.batch.problems import UNMATCHED
from mesomix.report import Verdict

_VERDICTS: Final = pa.array([verdict.value for verdict in Verdict])
"""In the order of the numbers that `verdicts` gives."""


def added(checker: Checker, rows: Rows, verdict: pa.DataType) -> list[pa.Array]:
    """The columns that tell what is said of `rows`, without the list of findings."""
    problem = _problem(checker, rows)
    numbers = pa.array(verdicts(rows.codes))
    told = pa.DictionaryArray.from_arrays(numbers, _VERDICTS, safe=False)
    arrays = [told if told.type == verdict else told.cast(verdict)]
    arrays += [pa.array(mask) for mask in checker.codes.masks(rows.codes)]
    return [*arrays, pa.array(opens(rows.codes)), _unread(checker, rows), problem]


def _problem(checker: Checker, rows: Rows) -> pa.Array:
    """Why a row could not be read; such a row is reviewed at least."""
    count = rows.size
    number = np.zeros(count, np.int32)
    if rows.facts is not None and checker.facts.problems.array.any():
        number = checker.facts.problems.array.take(rows.facts)
    if rows.mixed.unmatched is not None:
        number = np.where(rows.mixed.unmatched, len(PROBLEMS), number)
    if not number.any():
        return checker.nulls(count, pa.string())
    wrong = np.flatnonzero(number)
    rows.codes[0][wrong] |= REVIEWS | OPENS
    return pa.array([*PROBLEMS, UNMATCHED.en], pa.string()).take(pa.array(number))


def _unread(checker: Checker, rows: Rows) -> pa.Array:
    """The names of each row that were not recognised, or not to their last word."""
    kind = pa.list_(pa.string())
    count = rows.size
    if not len(rows.closer):
        return checker.nulls(count, kind)
    numbers, places = np.unique(rows.mixtures, return_inverse=True)
    names = [checker.mixtures.unread[number] or None for number in numbers.tolist()]
    if not any(names):
        return checker.nulls(count, kind)
    at = np.full(count, len(names), np.int64)
    at[rows.closer] = places
    return pa.array([*names, None], kind).take(pa.array(at))
