"""Mixtures that are not plain, or of which a rule wants to see more: each is asked about once."""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mesomix.batch.kernel.codes import Ids, Places, with_room
from mesomix.batch.kernel.components import Components
from mesomix.batch.kernel.meetings import NO_PRODUCT
from mesomix.batch.kernel.sources import Sources
from mesomix.request import Mixture

_MOST_KEYS: Final = 1 << 62


class Mixtures:
    """The different mixtures that were looked at closer, and what is said of them."""

    def __init__(self, sources: Sources, components: Components) -> None:
        self._sources = sources
        self._components = components
        self._numbers: dict[tuple[int, ...], int] = {}
        self.codes = np.zeros((1, 0), np.uint32)
        """Of each, what is said of it; and the columns of its products."""
        self.columns = np.zeros((0, 1), np.int32)
        self.unread: Final[list[tuple[str | None, ...]]] = []
        """Of each, the names that were not recognised to their last word; None for a null."""

    def mixture(self, components: tuple[int, ...]) -> Mixture:
        """The mixture of the components of those numbers."""
        known = self._components.components
        found = [component for number in components if (component := known[number])]
        return Mixture(tuple(found), self._sources.formulary.edition)

    def numbers(self, components: Ids) -> Ids:
        """The mixture of each row of the numbers of components."""
        firsts, places = distinct(components.T)
        keys = [tuple(filter(None, row)) for row in components[firsts].tolist()]
        with self._sources.lock:
            new = [key for key in dict.fromkeys(keys) if key not in self._numbers]
            if new:
                self._learn(new)
            found = np.array([self._numbers[key] for key in keys], np.int32)
        return found.take(places)

    def _learn(self, new: list[tuple[int, ...]]) -> None:
        self._sources.meet(len(new))
        mixtures = [self.mixture(key) for key in new]
        words = [self._sources.planes.mixture(mixture) for mixture in mixtures]
        said, before = self._sources.codes.of(words), self.codes.shape[1]
        self.codes = with_room(self.codes, (len(said), before + len(new)))
        self.codes[: len(said), before:] = said
        known = self.columns
        most = max(known.shape[1], *(len(mixture.products) for mixture in mixtures))
        columns = np.full((len(known) + len(new), most), NO_PRODUCT, np.int32)
        columns[: len(known), : known.shape[1]] = known
        for row, mixture in zip(columns[len(known) :], mixtures, strict=True):
            row[: len(mixture.products)] = [self._components.column(p) for p in mixture.products]
        self.columns = columns
        self.unread.extend(self._unread(key) for key in new)
        self._numbers.update(zip(new, range(len(known), len(columns)), strict=True))

    def _unread(self, key: tuple[int, ...]) -> tuple[str | None, ...]:
        reads = self.mixture(key).components
        return tuple(c.read.written or None for c in reads if c.read.unread or not c.products)


def distinct(columns: Iterable[NDArray[np.integer]]) -> tuple[Places, Places]:
    """Where each different row of `columns` stands first, and which of these each row is."""
    keys: NDArray[np.signedinteger] = np.zeros(1, np.int64)
    many = 1
    for column in columns:
        below = int(column.max(initial=0)) + 1
        if many * below > _MOST_KEYS:
            keys = np.unique(keys, return_inverse=True)[1]
            many = int(keys.max(initial=0)) + 1
        keys = keys * below + column
        many *= below
    _, firsts, places = np.unique(keys, return_index=True, return_inverse=True)
    return firsts, places
