"""What is said of products, alone and two by two, as a table."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from mesomix.batch.kernel.meetings import FIRST_PRODUCT, NO_PRODUCT
from mesomix.batch.kernel.sources import Sources
from mesomix.batch.kernel.words import HOLE, Ids, Words
from mesomix.model import Product

MOST_PAIRED: Final = 2_048
"""So many products have a place in the table: 64 MB. A mixture with others is looked at closer."""

MOST_WHOLE: Final = 1 << 15
"""So many mixtures have a place in a table of whole ones: half a MB, which the caches hold."""


def is_paired(column: int) -> bool:
    """Whether the product of `column` has a place in the table."""
    return column < FIRST_PRODUCT + MOST_PAIRED


class Pairs:
    """The words of plain mixtures (`Mixture.plain`): of pairs of columns, and of their number.

    A hole is what has to be looked at closer: something that is not plain, or a product twice.
    """

    def __init__(self, sources: Sources) -> None:
        self._planes = sources.planes
        self._layout = sources.layout
        self._lock = sources.lock
        self._products: list[Product] = []
        self._table = self._empty(8)
        self._ready = 0
        self._whole: dict[int, tuple[int, Words]] = {}
        self._listed = sources.layout.nothing(0)

    def _empty(self, room: int) -> Words:
        """A table for so many columns, of which none is known."""
        table = self._layout.holes(room * room).reshape(room, room, self._layout.width)
        table[NO_PRODUCT, NO_PRODUCT] = 0
        return table

    def add(self, products: list[Product]) -> None:
        """Let the next columns be of `products`, as far as there is room."""
        with self._lock:
            first = len(self._products)
            self._products += products[: MOST_PAIRED - first]
            many = len(self._products)
            if FIRST_PRODUCT + many > len(self._table):
                table = self._empty(FIRST_PRODUCT + min(many + many // 8, MOST_PAIRED))
                table[: len(self._table), : len(self._table)] = self._table
            else:  # nobody looks at the new columns yet
                table = self._table
            self._say(table, first)
            self._table = table
            self._ready = len(self._products)

    def _say(self, table: Words, first: int) -> None:
        products = self._products
        planes, row = self._planes, self._layout.rows
        alone = row([planes.product(product) for product in products])
        mixed = row([planes.product(product) | planes.mixed(product) for product in products])
        new, known = (
            slice(n, FIRST_PRODUCT + len(products)) for n in (FIRST_PRODUCT + first, FIRST_PRODUCT)
        )
        np.bitwise_or(mixed[first:, None], mixed, out=table[new, known])
        np.bitwise_or(mixed[:, None], mixed[first:], out=table[known, new])
        numbers = np.arange(FIRST_PRODUCT, FIRST_PRODUCT + len(products))
        table[numbers, numbers] = HOLE
        table[numbers, NO_PRODUCT] = table[NO_PRODUCT, numbers] = alone
        pairs = planes.pairs(products) if first < len(products) else {}
        said = {pair: word for pair, word in pairs.items() if max(pair) >= first}
        if said:
            one, other = np.array([*said]).T + FIRST_PRODUCT
            words = row([*said.values()])
            table[one, other] |= words
            table[other, one] |= words

    def words(self, columns: Sequence[Ids]) -> Words:
        """What is said of rows with those columns, each in a place of its own."""
        ready = self._ready
        stride = FIRST_PRODUCT + ready
        if stride ** len(columns) > MOST_WHOLE:
            return self._united(columns)
        whole = self._whole.get(len(columns))
        if whole is None or whole[0] != ready:
            every = [*np.indices([stride] * len(columns)).reshape(len(columns), -1)]
            whole = self._whole[len(columns)] = ready, self._united(every)
        places = columns[0]
        for column in columns[1:]:
            places = places * stride
            places += column
        return whole[1].take(places, axis=0)

    def _united(self, columns: Sequence[Ids]) -> Words:
        table = self._table
        stride = len(table)
        flat = table.reshape(-1, self._layout.width)
        number = np.zeros(len(columns[0]), np.uint8)
        for column in columns:
            number += (column != NO_PRODUCT).view(np.uint8)
        words = self._of_number(len(columns)).take(number, axis=0)
        if len(columns) == 1:
            words |= flat.take(columns[0] * stride, axis=0)
        for place, column in enumerate(columns[:-1]):
            first = column * stride
            for other in columns[place + 1 :]:
                words |= flat.take(first + other, axis=0)
        return words

    def _of_number(self, most: int) -> Words:
        """What is said of any plain mixture, by how many products it has."""
        if len(self._listed) <= most:
            found = [self._planes.listed(number) for number in range(most + 1)]
            listed = self._layout.rows([word or 0 for word in found])
            listed[[word is None for word in found]] = HOLE
            self._listed = listed
        return self._listed
