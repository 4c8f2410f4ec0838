"""What is said where products meet what is known of a patient, as tables."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from mesomix.batch.kernel.sources import Sources
from mesomix.batch.kernel.words import Ids, Words
from mesomix.model import Product

NO_PRODUCT: Final = 0
NOT_PLAIN: Final = 1
FIRST_PRODUCT: Final = 2
"""The columns of tables: no product, what has to be looked at closer, and the products."""

MOST_KEPT: Final = 3 << 20
"""So many answers of sets are kept, 48 MB; those of more are put together each time."""
Atom = TypeVar("Atom", bound=Hashable)
Number = TypeVar("Number", np.uint64, np.int64)


class _Tables(NamedTuple):
    """What is looked up, with room for more; a larger one takes its place."""

    parts: Words
    """By part and column. The first part says nothing."""
    of_sets: Ids
    """By set, its parts."""
    sets: Words | None
    """By set and column; None where that would be too large."""


class Meetings(Generic[Atom]):
    """Of sets of atoms, such as all answers about one patient, what is said of each product.

    An atom is what a rule looks at beside a product: an allergy, an answer. `alone` has its word
    whatever is mixed, `beside` its words with each of some products. A set says what its atoms say.
    So many of these as are `together` are one part, which many sets share.
    """

    def __init__(
        self,
        sources: Sources,
        alone: Callable[[Atom], int],
        beside: Callable[[Atom, Sequence[Product]], list[int]],
        together: int = 1,
    ) -> None:
        self._together = together
        self._layout = layout = sources.layout
        self._lock = sources.lock
        self._alone = alone
        self._beside = beside
        self._products: list[Product] = []
        self._atoms: dict[Atom, Words] = {}
        self._parts: dict[tuple[Atom, ...], int] = {(): 0}
        self._sets = 0
        self._tables = _Tables(
            layout.nothing(FIRST_PRODUCT).reshape(1, FIRST_PRODUCT, layout.width),
            np.zeros((1, 1), np.int64),
            layout.nothing(FIRST_PRODUCT).reshape(1, FIRST_PRODUCT, layout.width),
        )

    def unite(self, words: Words, sets: Ids | None, positions: Iterable[Ids]) -> None:
        """Add to `words` what is said of the columns in `positions` for each of `sets`.

        Without `sets` each is the first of all.
        """
        parts, of_sets, kept = self._tables
        stride, width = parts.shape[1:]
        if kept is not None:
            rows = [(kept, sets)]
        else:
            everybody = np.zeros(len(words), np.int64) if sets is None else sets
            rows = [(parts, numbers.take(everybody)) for numbers in of_sets.T]
        for table, numbers in rows:
            flat = table.reshape(-1, width)
            starts = None if numbers is None else numbers * stride
            for columns in positions:
                words |= flat.take(columns if starts is None else starts + columns, axis=0)

    def add_products(self, products: list[Product]) -> None:
        """Let the next columns be of `products`."""
        with self._lock:
            first = FIRST_PRODUCT + len(self._products)
            self._products += products
            tables = self._with_room(len(self._parts), self._sets, 1)
            for atom, row in self._atoms.items():
                self._atoms[atom] = np.concatenate([row, self._row(atom, products)])
            for part, number in self._parts.items():
                self._unite(tables.parts[number], part, first)
            self._unite_sets(tables, 0, first)
            self._tables = tables

    def add_set(self, atoms: Sequence[Atom]) -> None:
        """Let the next number mean `atoms`."""
        starts = range(0, len(atoms), self._together)
        parts = [tuple(atoms[start : start + self._together]) for start in starts]
        with self._lock:
            new = [part for part in parts if part not in self._parts]
            many = len(self._parts) + len(new)
            tables = self._with_room(many, self._sets + 1, len(parts))
            for part in new:
                self._parts[part] = len(self._parts)
                self._unite(tables.parts[self._parts[part]], part, 0)
            tables.of_sets[self._sets, : len(parts)] = [self._parts[part] for part in parts]
            self._sets += 1
            self._unite_sets(tables, self._sets - 1, 0)
            self._tables = tables

    def _with_room(self, parts: int, sets: int, width: int) -> _Tables:
        """The tables, with room for so many parts, so many sets of so many parts, and columns."""
        columns = FIRST_PRODUCT + len(self._products)
        known = self._tables
        stride = _room(columns, known.parts.shape[1], 8)
        rows = _room(sets, len(known.of_sets))
        kept = None
        if known.sets is not None and sets * stride <= MOST_KEPT:
            rows = min(rows, MOST_KEPT // stride)
            kept = _copied(known.sets, (rows, stride, self._layout.width))
        of_parts = (_room(parts, len(known.parts)), stride, self._layout.width)
        of_sets = (rows, max(width, known.of_sets.shape[1]))
        return _Tables(_copied(known.parts, of_parts), _copied(known.of_sets, of_sets), kept)

    def _row(self, atom: Atom, products: Sequence[Product]) -> Words:
        alone = self._alone(atom)
        return self._layout.rows([alone | word for word in self._beside(atom, products)])

    def _unite(self, row: Words, part: tuple[Atom, ...], first: int) -> None:
        """Put into the row of a part, from column `first` on, what its atoms say."""
        last = FIRST_PRODUCT + len(self._products)
        for atom in part:
            said = self._atoms.get(atom)
            if said is None:
                alone = self._layout.rows([self._alone(atom)] * FIRST_PRODUCT)
                beside = self._row(atom, self._products)
                said = self._atoms[atom] = np.concatenate([alone, beside])
            row[first:last] |= said[first:last]

    def _unite_sets(self, tables: _Tables, first_set: int, first: int) -> None:
        """Put into the rows of sets, from column `first` on, what their parts say."""
        if tables.sets is None:
            return
        here = slice(first, FIRST_PRODUCT + len(self._products))
        for numbers in tables.of_sets[first_set : self._sets].T:
            tables.sets[first_set : self._sets, here] |= tables.parts[numbers, here]


def _room(wanted: int, has: int, part: int = 2) -> int:
    """For how much there is to be room: where it is too little, for a part of it more."""
    return has if wanted <= has else max(wanted, has + has // part)


def _copied(array: NDArray[Number], shape: tuple[int, ...]) -> NDArray[Number]:
    """`array` with zeros behind each of its sides, up to `shape`."""
    if array.shape == shape:
        return array
    larger = np.zeros(shape, array.dtype)
    larger[tuple(map(slice, array.shape))] = array
    return larger
