"""What is said where products meet what is known of a patient, as tables."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import prod
from typing import Final, NamedTuple

import numpy as np

from mesomix.batch.kernel.codes import Ids, Layer, Table, in_layers, unite, with_room
from mesomix.batch.kernel.sources import Sources

NO_PRODUCT: Final = 0
NOT_PLAIN: Final = 1
FIRST_PRODUCT: Final = 2
"""The columns of tables: no product, what has to be looked at closer, and the products."""

MOST_KEPT: Final = 1 << 26
"""So many answers of sets beside products, 256 MB, are never kept: fewer rows are learned from."""
ROOM: Final = 8
"""Tables of atoms and of products grow by an eighth, so that few of them are copied often."""


class _Tables(NamedTuple):
    """What is looked up, with room for more; larger ones take their place."""

    always: Table
    """By set, what is said whatever is mixed."""
    sets: Table
    """By set and column, what is said of that product beside."""


class Meetings:
    """Of sets of atoms, such as all answers about one patient, what is said of each product.

    An atom is what a rule looks at beside a product: an allergy, an answer. They are numbered; a
    set of them is an int that has their bits, and says what its atoms say. `alone` has the word
    of an atom whatever is mixed; `beside` those of some atoms beside the products from some
    position on, by atom and position, as far as anything is said.
    """

    def __init__(
        self,
        sources: Sources,
        alone: Callable[[int], int],
        beside: Callable[[Sequence[int], int], Mapping[int, Mapping[int, int]]],
    ) -> None:
        self._sources = sources
        self._alone = alone
        self._beside = beside
        self._products = 0
        self._atoms = 0
        self._always: list[int] = []
        """Of each atom, the code of what is said whatever is mixed."""
        self._says_always = 0
        self._says = 0
        """The atoms of which something is said whatever is mixed, and those beside a product."""
        self._of_atoms = np.zeros((1, 1, FIRST_PRODUCT), np.uint32)
        """By atom and column."""
        self._sets: list[int] = []
        nothing = np.zeros((1, 1, FIRST_PRODUCT), np.uint32)
        self._tables = _Tables(nothing[:, :, 0], nothing)

    @property
    def size(self) -> int:
        """How many answers are kept."""
        return self._tables.sets.size

    def unite(self, codes: list[Layer], sets: Ids | None, positions: Sequence[Ids]) -> None:
        """Add to `codes` what is said of the columns in `positions` for each of `sets`.

        Without `sets` each is the first of all.
        """
        always, of_sets = self._tables
        if sets is None:
            sets = np.zeros(len(codes[0]), np.int32)
        unite(codes, always, [sets])
        starts = sets * np.int32(of_sets.shape[2])
        unite(codes, of_sets, [starts + columns for columns in positions])

    def add_atoms(self, count: int) -> None:
        """Let there be so many atoms more."""
        with self._sources.lock:
            new = range(self._atoms, self._atoms + count)
            self._atoms += count
            for atom in new:
                self._always.append(self._sources.codes.of_word(self._alone(atom)))
                self._says_always |= bool(self._always[atom]) << atom
            self._ask(new, 0)

    def add_products(self, count: int) -> None:
        """Let there be so many products more."""
        with self._sources.lock:
            first = self._products
            self._products += count
            says = self._ask(range(self._atoms), first)
            tables = self._with_room(len(self._sets))
            for number, atoms in enumerate(self._sets):
                if atoms & says:
                    said = self._said(atoms & says)[:, FIRST_PRODUCT + first :]
                    tables.sets[: len(said), number, FIRST_PRODUCT + first :] |= said
            self._tables = tables

    def add_sets(self, sets: Sequence[int]) -> None:
        """Let the next numbers mean these sets of atoms."""
        with self._sources.lock:
            first = len(self._sets)
            self._sets += sets
            always = in_layers([self._said_always(atoms) for atoms in sets])
            tables = self._with_room(len(self._sets), len(always))
            tables.always[: len(always), first : len(self._sets)] = always
            for number, atoms in enumerate(sets, first):
                if atoms & self._says:
                    said = self._said(atoms & self._says)
                    tables.sets[: len(said), number] = said
            self._tables = tables

    def _said_always(self, atoms: int) -> int:
        """What a set of atoms says whatever is mixed, as a code."""
        code = 0
        for atom in members(atoms & self._says_always):
            code |= self._always[atom]
        return code

    def _ask(self, atoms: range, first: int) -> int:
        """Fill the table of atoms for the products from `first` on; those that say anything."""
        found = self._beside(atoms, first)
        codes = self._sources.codes.of([word for one in found.values() for word in one.values()])
        columns = _room(FIRST_PRODUCT + self._products, self._of_atoms.shape[2])
        rows = _room(self._atoms, self._of_atoms.shape[1])
        self._of_atoms = with_room(self._of_atoms, (len(codes), rows, columns))
        if found:
            positions = [position for one in found.values() for position in one]
            at = np.repeat([*found], [*map(len, found.values())])
            self._of_atoms[: len(codes), at, FIRST_PRODUCT + np.array(positions, int)] = codes
        says = 0
        for atom in found:
            says |= 1 << atom
        self._says |= says
        return says

    def _said(self, atoms: int) -> Table:
        """What a set of atoms says, by column: (layers, columns)."""
        found = self._of_atoms.take([*members(atoms)], axis=1)
        return np.bitwise_or.reduce(found, axis=1)

    def _with_room(self, sets: int, layers: int = 1) -> _Tables:
        """The tables, with room for so many sets, for all columns, and for layers."""
        always, of_sets = self._tables
        rows = _room(sets, of_sets.shape[1], 1)
        shape = (len(self._of_atoms), rows, self._of_atoms.shape[2])
        if prod(shape) > MOST_KEPT:
            self._sources.give_up()
        return _Tables(with_room(always, (layers, rows)), with_room(of_sets, shape))


def members(atoms: int) -> Iterator[int]:
    """The numbers of the bits that are set."""
    while atoms:
        lowest = atoms & -atoms
        yield lowest.bit_length() - 1
        atoms ^= lowest


def _room(wanted: int, has: int, part: int = ROOM) -> int:
    """For how much there is to be room: where it is too little, for a part of it more."""
    return has if wanted <= has else max(wanted, has + has // part)
