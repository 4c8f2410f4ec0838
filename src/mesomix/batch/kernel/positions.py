"""What is mixed in each row of a batch, position by position."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from mesomix.batch.columns import Columns, is_list
from mesomix.batch.kernel.arrays import Lists, lists
from mesomix.batch.kernel.codes import Ids, Places
from mesomix.batch.kernel.components import NO_COMPONENT, Components
from mesomix.batch.kernel.meetings import NO_PRODUCT

MOST_POSITIONS: Final = 4
"""Of a list that is longer, the rest is looked at closer."""


class Positions(NamedTuple):
    """What is mixed in each row."""

    columns: Sequence[Ids]
    """By position."""
    longer: NDArray[np.bool_] | None
    """The rows that have more than that; None where none has."""
    components: Callable[[Places], Ids]
    """Of some rows, the numbers of all components."""
    unmatched: NDArray[np.bool_] | None
    """The rows whose amounts are not as many as their products; None where there is none."""


def positions(batch: pa.RecordBatch, columns: Columns, components: Components) -> Positions:
    """What is mixed in each row of `batch`."""
    names, amounts = columns.products, columns.amounts
    if isinstance(names, str) and is_list(batch.column(names).type):
        measured = batch.column(amounts) if isinstance(amounts, str) else None
        return _of_lists(batch.column(names), measured, components)
    several = (names,) if isinstance(names, str) else names
    beside = (amounts,) if isinstance(amounts, str) else amounts or (None,) * len(several)
    written = components.written(
        [batch.column(name) for name in several],
        [None if name is None else batch.column(name) for name in beside],
    )

    def of_rows(rows: Places) -> Ids:
        return np.stack([one.components_at(rows) for one in written], axis=1)

    return Positions([one.columns for one in written], None, of_rows, None)


def _of_lists(array: pa.Array, amounts: pa.Array | None, components: Components) -> Positions:
    found = lists(array)
    unmatched = None
    if amounts is None:
        [written] = components.written([found.values], [None])
    else:
        beside = lists(amounts)
        different = (beside.lengths != found.lengths) & (beside.lengths > 0)
        unmatched = different if different.any() else None
        [written] = components.written([found.values], [_aligned(beside, found)])
    # Behind the elements stand two more: what is in no list, and what is in the place of a null.
    many = len(found.values)
    null = components.null
    columns = _with_two(written.columns, NO_PRODUCT, null.column)

    def places(lengths: Ids, rows: Places | slice, position: int) -> Ids:
        at = found.starts[rows] + position
        at[lengths <= position] = many
        if found.null is not None and position == 0:
            at[found.null[rows]] = many + 1
        return at

    def of_rows(rows: Places) -> Ids:
        lengths = found.lengths.take(rows)
        known = written.components.take(written.places)
        known = _with_two(known, NO_COMPONENT, null.component)
        width = max(1, int(lengths.max(initial=0)))
        at = [places(lengths, rows, position) for position in range(width)]
        return known.take(np.stack(at, axis=1))

    longest = int(found.lengths.max(initial=0))
    shown = [
        columns.take(places(found.lengths, slice(None), position))
        for position in range(min(max(longest, 1), MOST_POSITIONS))
    ]
    longer = found.lengths > MOST_POSITIONS if longest > MOST_POSITIONS else None
    return Positions(shown, longer, of_rows, unmatched)


def _with_two(numbers: Ids, one: int, other: int) -> Ids:
    """`numbers`, and behind them two more."""
    return np.concatenate([numbers, np.array([one, other], numbers.dtype)])


def _aligned(amounts: Lists, names: Lists) -> pa.Array:
    """The amount of each of `names`; null where their lists are not of one length."""
    matched = np.where(names.lengths == amounts.lengths, names.lengths, 0)
    rows = np.repeat(np.arange(len(matched)), matched)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(matched) - matched, matched)
    places = np.zeros(len(names.values), np.int64)
    nothing = np.ones(len(names.values), bool)
    of_names = names.starts[rows] + within
    places[of_names] = amounts.starts[rows] + within
    nothing[of_names] = False
    return amounts.values.take(pa.array(places, mask=nothing))
