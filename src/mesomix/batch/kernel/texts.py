"""Written texts as numbers, whatever Arrow holds them in."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mesomix.batch.kernel.codes import Ids
from mesomix.batch.kernel.dictionaries import Dictionaries
from mesomix.batch.kernel.sources import Sources

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FEW: Final = 64


class Numbers:
    """Numbers to which more are added; what was read before stays as it was."""

    def __init__(self) -> None:
        self._array = np.zeros(_FEW, np.int32)
        self._count = 0

    def append(self, number: int) -> None:
        """Add one."""
        if self._count == len(self._array):
            self._array = np.concatenate([self._array, np.zeros_like(self._array)])
        self._array[self._count] = number
        self._count += 1

    @property
    def array(self) -> Ids:
        """All of them; behind them stands nothing that is meant."""
        return self._array


class Numbered(NamedTuple):
    """The texts of a column: of each element a place, and of each place the number of its text."""

    places: "NDArray[np.integer]"
    numbers: Ids | None
    """None where the places are the numbers."""


class Texts:
    """The different texts of some columns, in the order in which they were met.

    Number 0 is the null. New texts are told to `learn` before anybody has their numbers. Nothing
    is ever forgotten: who has enough of them starts anew with another.
    """

    def __init__(self, learn: Callable[[list[str | None]], None], sources: Sources) -> None:
        self._learn = learn
        self._sources = sources
        self._numbers: dict[str | None, int] = {}
        self._known: dict[pa.DataType, pa.Array] = {}
        self._dictionaries = Dictionaries(self.labels)
        self._meet([None])

    def __len__(self) -> int:
        return len(self._numbers)

    def numbers(self, array: pa.Array) -> Numbered:
        """The numbers of the texts of one column."""
        return self.of_each([array])[0]

    def of_each(self, arrays: Sequence[pa.Array]) -> list[Numbered]:
        """The same of several columns, of which what is new is learned together."""
        arrays = [
            array.cast(pa.large_string()) if pa.types.is_string_view(array.type) else array
            for array in arrays
        ]
        plain = [n for n, array in enumerate(arrays) if _is_plain(array.type)]
        found = {n: self._looked_up(arrays[n]) for n in plain}
        unknown = [n for n in plain if found[n].null_count]
        new: dict[str | None, None] = {}
        for n in unknown:
            met = arrays[n].filter(found[n].is_null()).unique()
            try:
                new.update(dict.fromkeys(met.to_pylist()))
            except UnicodeDecodeError:  # it is a text that nobody recognises, and stops no run
                return self.of_each([*arrays[:n], _decoded(arrays[n]), *arrays[n + 1 :]])
        if new:
            self._meet([*new])
        found.update({n: self._looked_up(arrays[n]) for n in unknown})
        return [
            Numbered(found[n].to_numpy(), None) if n in found else self._otherwise(array)
            for n, array in enumerate(arrays)
        ]

    def _otherwise(self, array: pa.Array) -> Numbered:
        """The numbers of what is no plain column of texts."""
        if pa.types.is_null(array.type):
            return Numbered(np.zeros(len(array), np.int32), None)
        return Numbered(*self._dictionaries.places(array))

    def _looked_up(self, array: pa.Array) -> pa.Int32Array:
        known = self._known.get(array.type)
        if known is None:
            with self._sources.lock:
                known = self._known[array.type] = pa.array(list(self._numbers), array.type)
        return pc.call_function("index_in", [array], pc.SetLookupOptions(known))

    def labels(self, array: pa.Array) -> Ids:
        """The number of each text."""
        places, numbers = self.numbers(array)
        return places.astype(np.int32) if numbers is None else numbers.take(places)

    def _meet(self, texts: list[str | None]) -> None:
        with self._sources.lock:
            new = [text for text in texts if text not in self._numbers]
            self._sources.meet(len(new))
            self._learn(new)
            for text in new:
                self._numbers[text] = len(self._numbers)
            self._known = {}


def _is_plain(kind: pa.DataType) -> bool:
    """Whether a column of that type has its texts written out."""
    return not (pa.types.is_null(kind) or pa.types.is_dictionary(kind))


def _decoded(array: pa.Array) -> pa.Array:
    """Texts of which some are no UTF-8, with a mark in the place of what is not."""
    told = array.cast(pa.large_binary()).to_pylist()
    texts = [None if text is None else text.decode(errors="replace") for text in told]
    return pa.array(texts, pa.large_string())
