"""What is said of products, alone and two by two, as tables."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mesomix.batch.kernel.codes import HOLE, Ids, Layer, Table, unite
from mesomix.batch.kernel.meetings import FIRST_PRODUCT, NO_PRODUCT, NOT_PLAIN
from mesomix.batch.kernel.sources import Sources
from mesomix.model import Product

MOST_PAIRED: Final = 2_048
"""So many products have a place in the table of pairs: 4 MB. A mixture with others is looked at
closer."""

_NOTHING: Final = 0
_HOLE: Final = 1
"""The numbers of pairs of which nothing is said, and of what is no pair."""
_MOST_IN_BYTE: Final = 256
_MOST_COUNTED_IN_BYTE: Final = 255

MOST_SPELT_OUT: Final = 1 << 18
"""So many pairs have their codes themselves in a table: one MB."""

MOST_WHOLE: Final = 1 << 15
"""So many mixtures have a place in a table of whole ones, which the caches hold."""


def is_paired(column: int) -> bool:
    """Whether the product of `column` has a place in the table."""
    return column < FIRST_PRODUCT + MOST_PAIRED


class _Tables(NamedTuple):
    """What is looked up, with room for more; larger ones take their place."""

    ready: int
    """So many columns may be looked up."""
    products: Table
    """By how many are mixed and by column: what is said of so many, and of that product then."""
    pairs: NDArray[np.unsignedinteger]
    """By column and column, a number: few different things are said of pairs."""
    pair_codes: Table
    """By that number."""
    paired: Table | None
    """By column and column, where so large a table fits into the caches."""


class Pairs:
    """The codes of plain mixtures (`Mixture.plain`): of products, of pairs, and of their number.

    A hole is what has to be looked at closer: something that is not plain, or a product twice.
    """

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._products: list[Product] = []
        self._numbers: dict[int, int] = {0: _NOTHING}
        """By word, from 2 on."""
        self._alone: list[int] = []
        self._mixed: list[int] = []
        """What is said of the products where nothing is mixed with them, and where anything is."""
        pairs = np.zeros((FIRST_PRODUCT, FIRST_PRODUCT), np.uint8)
        products, codes = self._of_products(1), np.array([[0, HOLE]], np.uint32)
        self._tables = _Tables(FIRST_PRODUCT, products, pairs, codes, None)
        self._whole: dict[int, tuple[int, Table]] = {}

    def add(self, products: Sequence[Product]) -> None:
        """Let the next columns be of `products`, as far as there is room."""
        with self._sources.lock:
            first = len(self._products)
            new = products[: MOST_PAIRED - first]
            self._products += new
            many = FIRST_PRODUCT + len(self._products)
            planes = self._sources.planes
            self._alone += [planes.product(product) for product in new]
            self._mixed += [planes.product(product) | planes.mixed(product) for product in new]
            numbers = self._tables.products.shape[1]
            pairs, codes = self._with_pairs(first, many)
            paired = codes.take(pairs, axis=1) if pairs.size <= MOST_SPELT_OUT else None
            self._tables = _Tables(many, self._of_products(numbers), pairs, codes, paired)

    def _of_products(self, numbers: int) -> Table:
        """What is said of so many products, less one, and of each where so many are mixed."""
        planes, codes = self._sources.planes, self._sources.codes
        found = [planes.listed(number) for number in range(numbers)]
        listed = codes.of([word or 0 for word in found])
        listed[0, [word is None for word in found]] = HOLE
        alone, mixed = codes.of(self._alone), codes.of(self._mixed)
        layers = max(map(len, (listed, alone, mixed)))
        table = np.zeros((layers, numbers, FIRST_PRODUCT + len(self._alone)), np.uint32)
        table[: len(alone), :2, FIRST_PRODUCT:] = alone[:, None]
        table[: len(mixed), 2:, FIRST_PRODUCT:] = mixed[:, None]
        table[: len(listed)] |= listed[:, :, None]
        table[0, :, NOT_PLAIN] |= HOLE
        return table

    def _with_pairs(self, first: int, many: int) -> tuple[NDArray[np.unsignedinteger], Table]:
        """The table of pairs, with those of the products from `first` on, and what it means."""
        said = self._sources.planes.pairs(self._products, first)
        for word in said.values():
            self._numbers.setdefault(word, len(self._numbers) + 1)
        codes = self._sources.codes.of([0, *self._numbers])
        codes[0, _HOLE] = HOLE
        known = self._tables.pairs
        room = len(known)
        if many > room:
            room = min(many + many // 8, FIRST_PRODUCT + MOST_PAIRED)
        kind = np.uint8 if codes.shape[1] <= _MOST_IN_BYTE else np.uint16
        if room == len(known) and kind == known.dtype:
            table = known
        else:
            table = np.zeros((room, room), kind)
            table[: len(known), : len(known)] = known
        if said:
            one, other = np.array([*said]).T + FIRST_PRODUCT
            numbers = [self._numbers[word] for word in said.values()]
            table[one, other] = table[other, one] = numbers
        new = np.arange(FIRST_PRODUCT + first, many)
        table[new, new] = _HOLE
        return table, codes

    def codes(self, columns: Sequence[Ids]) -> list[Layer]:
        """What is said of rows with those columns, each in a place of its own."""
        ready = self._tables.ready
        if ready ** len(columns) > MOST_WHOLE:
            return self._united(columns)
        whole = self._whole.get(len(columns))
        if whole is None or whole[0] != ready:
            every = np.indices([ready] * len(columns), np.int32).reshape(len(columns), -1)
            whole = self._whole[len(columns)] = ready, np.stack(self._united([*every]))
        places = columns[0]
        for column in columns[1:]:
            places = places * np.int32(ready)
            places += column
        return [layer.take(places) for layer in whole[1]]

    def _united(self, columns: Sequence[Ids]) -> list[Layer]:
        _, products, pairs, pair_codes, paired = self._with_numbers(len(columns))
        kind = np.uint8 if len(columns) <= _MOST_COUNTED_IN_BYTE else np.int32
        number = np.zeros(len(columns[0]), kind)
        for column in columns:
            number += (column != NO_PRODUCT).view(np.uint8)
        start = number * np.int32(products.shape[2])
        codes = [layer.ravel().take(start + columns[0]) for layer in products]
        unite(codes, products, [start + column for column in columns[1:]])
        stride = np.int32(len(pairs))
        for place, column in enumerate(columns[:-1]):
            first = column * stride
            places = [first + other for other in columns[place + 1 :]]
            if paired is not None:
                unite(codes, paired, places)
            else:
                unite(codes, pair_codes, [pairs.ravel().take(place) for place in places])
        return codes

    def _with_numbers(self, most: int) -> _Tables:
        """The tables, which know what is said of so many products."""
        if self._tables.products.shape[1] <= most:
            with self._sources.lock:
                self._tables = self._tables._replace(products=self._of_products(most + 1))
        return self._tables
