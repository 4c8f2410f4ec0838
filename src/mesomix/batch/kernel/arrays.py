"""What Arrow arrays hold, as numpy sees it."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

from mesomix.batch.kernel.codes import Ids


class Lists(NamedTuple):
    """A column of lists."""

    values: pa.Array
    """The elements of all lists, one list after the other."""
    starts: Ids
    lengths: Ids
    """Of each list; 0 of a null."""
    null: "NDArray[np.bool_] | None"
    """Which are null; None where none is."""


def lists(array: pa.Array) -> Lists:
    """What is in a column of lists of texts, of whichever kind; of the type null each is null."""
    if pa.types.is_dictionary(array.type):
        return _of_dictionary(array)
    if pa.types.is_null(array.type):
        array = array.cast(pa.list_(pa.string()))
    if pa.types.is_fixed_size_list(array.type):
        array = array.cast(pa.list_(array.type.value_type))
    offsets = array.offsets.to_numpy()
    first, last = int(offsets[0]), int(offsets[-1])
    ends = (offsets - first).astype(np.int32)
    lengths = np.diff(ends)
    null = nulls(array)
    if null is not None:
        lengths[null] = 0  # a null may have elements that nobody is to see
    values = array.values.slice(first, last - first)
    if pa.types.is_string_view(values.type):  # which Arrow does not take from
        values = values.cast(pa.large_string())
    return Lists(values, ends[:-1], lengths, null)


def _of_dictionary(array: pa.DictionaryArray) -> Lists:
    found = lists(array.dictionary)
    # Behind what the dictionary holds stands the null.
    starts, lengths = np.append(found.starts, 0), np.append(found.lengths, 0)
    nowhere = np.zeros(len(starts), bool)
    nowhere[-1] = True
    if found.null is not None:
        nowhere[:-1] = found.null
    indices = array.indices.cast(pa.int64())
    if array.null_count:
        indices = pc.fill_null(indices, len(array.dictionary))
    places = indices.to_numpy()
    null = nowhere.take(places)
    return Lists(
        found.values, starts.take(places), lengths.take(places), null if null.any() else None
    )


def nulls(array: pa.Array) -> "NDArray[np.bool_] | None":
    """Which elements are null; None where none is."""
    return array.is_null().to_numpy(zero_copy_only=False) if array.null_count else None


def answers(array: pa.Array) -> "NDArray[np.uint8]":
    """Of a boolean column: 0 for null, 1 for no, 2 for yes."""
    first, count = array.offset, len(array)
    valid, *values = array.buffers()
    if not values:  # of the type null
        return np.zeros(count, np.uint8)
    yes = _bits(values[0], first, count)
    if valid is None:
        yes += 1
        return yes
    known = _bits(valid, first, count)
    yes &= known
    yes += known
    return yes


def _bits(buffer: pa.Buffer, first: int, count: int) -> "NDArray[np.uint8]":
    """So many bits of a buffer, a byte each."""
    packed = np.frombuffer(buffer, np.uint8)[first >> 3 : (first + count + 7) >> 3]
    return np.unpackbits(packed, count=count + (first & 7), bitorder="little")[first & 7 :]
