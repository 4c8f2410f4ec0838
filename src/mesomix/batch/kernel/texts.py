"""Written texts as numbers, whatever Arrow holds them in."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

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

    def numbers(self, array: pa.Array) -> "tuple[NDArray[np.integer], Ids | None]":
        """Of each element its place, and of each place the number of its text.

        Without the second the places are the numbers.
        """
        if pa.types.is_null(array.type):
            return np.zeros(len(array), np.int32), None
        if pa.types.is_dictionary(array.type):
            return self._dictionaries.places(array)
        if pa.types.is_string_view(array.type):
            array = array.cast(pa.large_string())
        found = self._looked_up(array)
        if found.null_count:
            met = array.filter(found.is_null()).unique()
            try:
                new = met.to_pylist()
            except UnicodeDecodeError:  # it is a text that nobody recognises, and stops no run
                new = None
            if new is None:
                return self.numbers(_decoded(array))
            self._meet(new)
            found = self._looked_up(array)
        return found.to_numpy(), None

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


def _decoded(array: pa.Array) -> pa.Array:
    """Texts of which some are no UTF-8, with a mark in the place of what is not."""
    told = array.cast(pa.large_binary()).to_pylist()
    texts = [None if text is None else text.decode(errors="replace") for text in told]
    return pa.array(texts, pa.large_string())
