"""Sets that are told one element after the other, as numbers: a table of steps between them."""

from collections.abc import Callable, Hashable, Iterable
from typing import Final, Generic, TypeVar

import numpy as np

from mesomix.batch.kernel.arrays import Lists
from mesomix.batch.kernel.sources import Sources
from mesomix.batch.kernel.words import Ids

MOST_STEPS: Final = 1 << 21
"""So many steps have a place in a table; where there are more, each is looked up."""
_UNKNOWN: Final = -1

Element = TypeVar("Element", bound=Hashable)


class Sets(Generic[Element]):
    """Different sets, numbered in the order in which they were met.

    Each is told to `learn` before anybody has its number.
    """

    def __init__(self, learn: Callable[[frozenset[Element]], None], sources: Sources) -> None:
        self.sources: Final = sources
        self._learn = learn
        self._numbers: dict[frozenset[Element], int] = {}
        self.members: Final[list[frozenset[Element]]] = []

    def __len__(self) -> int:
        return len(self.members)

    def number(self, members: frozenset[Element]) -> int:
        """The number of that set."""
        with self.sources.lock:
            number = self._numbers.get(members)
            if number is None:
                self._learn(members)
                number = self._numbers[members] = len(self.members)
                self.members.append(members)
                self.sources.learned += 1
            return number


class Steps(Generic[Element]):
    """From a set and a label to the set with what the label tells as well."""

    def __init__(self, sets: Sets[Element], told: Callable[[int], Iterable[Element]]) -> None:
        self._sets = sets
        self._told = told
        self._table = np.full((1, 1), _UNKNOWN, np.int64)

    def take(self, sets: Ids, labels: Ids, count: int) -> Ids:
        """The sets to which `labels`, which are below `count`, lead from `sets`."""
        table = self._table_for(count)
        if not table.size:
            return self._learned(sets, labels, table)
        found = table.ravel().take(sets * table.shape[1] + labels)
        if found.min(initial=0) == _UNKNOWN:
            unknown = np.flatnonzero(found == _UNKNOWN)
            found[unknown] = self._learned(sets[unknown], labels[unknown], table)
        return found

    def walk(self, sets: Ids, lists: Lists, labels: Ids, count: int) -> None:
        """Replace each of `sets` by that to which the labels of its list lead."""
        for position in range(int(lists.lengths.max(initial=0))):
            rows = np.flatnonzero(lists.lengths > position)
            places = lists.starts.take(rows) + position
            sets[rows] = self.take(sets.take(rows), labels.take(places), count)

    def _table_for(self, count: int) -> Ids:
        """The table; it has no rows where it would be too large."""
        with self._sets.sources.lock:
            known, many = self._table, len(self._sets)
            rows, stride = known.shape
            if many > rows or count > stride:
                rows = 2 * many if many > rows else rows
                stride = 2 * count if count > stride else stride
                fits = rows * stride <= MOST_STEPS
                self._table = np.full((rows if fits else 0, stride), _UNKNOWN, np.int64)
                self._table[: len(known), : known.shape[1]] = known[: len(self._table)]
            return self._table

    def _learned(self, sets: Ids, labels: Ids, table: Ids) -> Ids:
        """Where the steps lead, which join `table`."""
        stride = table.shape[1]
        keys, places = np.unique(sets * stride + labels, return_inverse=True)
        found = np.empty_like(keys)
        with self._sets.sources.lock:
            for place, key in enumerate(keys.tolist()):
                one, label = divmod(key, stride)
                found[place] = self._sets.number(self._sets.members[one].union(self._told(label)))
        if table.size:
            table.ravel()[keys] = found
        return found[places]
