"""Sets that are told one element after the other, as numbers: a table of steps between them."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Final, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from mesomix.batch.kernel.arrays import Lists
from mesomix.batch.kernel.codes import Ids
from mesomix.batch.kernel.sources import Sources

MOST_STEPS: Final = 1 << 22
"""So many steps have a place in a table, 16 MB; where there are more, each is looked up."""
_UNKNOWN: Final = -1

Element = TypeVar("Element", bound=Hashable)


class Sets(Generic[Element]):
    """Different sets, numbered in the order in which they were met.

    Those that rows end with are told to `learn`, and have the numbers of what was learned.
    """

    def __init__(
        self, learn: Callable[[Sequence[frozenset[Element]]], None], sources: Sources
    ) -> None:
        self.sources: Final = sources
        self._learn = learn
        self._numbers: dict[frozenset[Element], int] = {}
        self.members: Final[list[frozenset[Element]]] = []
        self._learned = np.full(1, _UNKNOWN, np.int32)
        self._many_learned = 0

    def __len__(self) -> int:
        return len(self.members)

    def numbers(self, sets: Sequence[frozenset[Element]]) -> Ids:
        """The number of each of those sets. Raises TooMuchIsNew."""
        with self.sources.lock:
            new = [one for one in dict.fromkeys(sets) if one not in self._numbers]
            self.sources.meet(len(new))
            first = len(self.members)
            self._numbers.update(zip(new, range(first, first + len(new)), strict=True))
            self.members.extend(new)
            return np.array([self._numbers[one] for one in sets], np.int32)

    def learned(self, sets: Ids) -> Ids:
        """The numbers under which those sets were learned. Raises TooMuchIsNew."""
        if len(self._learned) < len(self.members):
            with self.sources.lock:
                larger = np.full(2 * len(self.members), _UNKNOWN, np.int32)
                larger[: len(self._learned)] = self._learned
                self._learned = larger
        found = self._learned.take(sets)
        if found.min(initial=0) == _UNKNOWN:
            with self.sources.lock:
                new = np.unique(sets[found == _UNKNOWN])
                new = new[self._learned.take(new) == _UNKNOWN]
                self.sources.meet(len(new))
                self._learn([self.members[number] for number in new.tolist()])
                first = self._many_learned
                self._many_learned += len(new)
                self._learned[new] = np.arange(first, self._many_learned)
            found = self._learned.take(sets)
        return found


class Steps(Generic[Element]):
    """From a set and a label to the set with what the label tells as well."""

    def __init__(self, sets: Sets[Element], told: Callable[[int], Iterable[Element]]) -> None:
        self._sets = sets
        self._told = told
        self._table = np.full((1, 1), _UNKNOWN, np.int32)

    def take(self, sets: Ids, labels: NDArray[np.integer], count: int) -> Ids:
        """The sets to which `labels`, which are below `count`, lead from `sets`."""
        table = self._table_for(count)
        if not table.size:
            return self._learned(sets, labels, table)
        places = sets * np.int32(table.shape[1])
        places += labels
        found = table.ravel().take(places)
        if found.min(initial=0) == _UNKNOWN:
            unknown = np.flatnonzero(found == _UNKNOWN)
            found[unknown] = self._learned(sets[unknown], labels[unknown], table)
        return found

    def walk(self, sets: Ids, lists: Lists, labels: Ids, count: int) -> None:
        """Replace each of `sets` by that to which the labels of its list lead."""
        rows = np.flatnonzero(lists.lengths > 0)
        position = 0
        while len(rows):
            places = lists.starts.take(rows)
            places += position
            sets[rows] = self.take(sets.take(rows), labels.take(places), count)
            position += 1
            rows = rows[lists.lengths.take(rows) > position]

    def _table_for(self, count: int) -> Ids:
        """The table; it has no rows where it would be too large."""
        with self._sets.sources.lock:
            known, many = self._table, len(self._sets)
            rows, stride = known.shape
            if many > rows or count > stride:
                rows = 2 * many if many > rows else rows
                stride = 2 * count if count > stride else stride
                fits = rows * stride <= MOST_STEPS
                self._table = np.full((rows if fits else 0, stride), _UNKNOWN, np.int32)
                self._table[: len(known), : known.shape[1]] = known[: len(self._table)]
            return self._table

    def _learned(self, sets: Ids, labels: NDArray[np.integer], table: Ids) -> Ids:
        """Where the steps lead, which join `table`."""
        stride = table.shape[1]
        keys, places = np.unique(sets.astype(np.int64) * stride + labels, return_inverse=True)
        steps = [divmod(key, stride) for key in keys.tolist()]
        with self._sets.sources.lock:
            known = self._sets.members
            told = {label: frozenset(self._told(label)) for label in {label for _, label in steps}}
            numbers = self._sets.numbers([known[one] | told[label] for one, label in steps])
        if table.size:
            table.ravel()[keys] = numbers
        return numbers.take(places)
