"""Dictionary-encoded columns: what is in the dictionary is looked at once."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mesomix.batch.kernel.codes import Ids

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_KNOWN: Final = 8
NULL: Final = 0
"""The number of a null, in whatever is numbered."""


class Dictionaries:
    """The numbers of what the dictionaries hold that were met last."""

    def __init__(self, numbers: Callable[[pa.Array], Ids]) -> None:
        self._numbers = numbers
        self._known: list[tuple[pa.Array, Ids]] = []

    def places(self, array: pa.DictionaryArray) -> tuple["NDArray[np.integer]", Ids]:
        """Of each element its place, and of each place its number."""
        dictionary, indices = array.dictionary, array.indices
        if indices.null_count:  # the last place is that of the null
            indices = pc.fill_null(indices.cast(pa.int64()), len(dictionary))
        places = indices.to_numpy()
        if len(dictionary) > len(array):  # not all of it is used
            used, places = np.unique(places, return_inverse=True)
            dictionary = dictionary.take(pa.array(used[used < len(dictionary)]))
        for known, numbers in self._known:
            if known.equals(dictionary):
                return places, numbers
        known_numbers = self._numbers(dictionary)
        numbers = np.append(known_numbers, np.array([NULL], known_numbers.dtype))
        self._known = [(dictionary, numbers), *self._known[: _MOST_KNOWN - 1]]
        return places, numbers
