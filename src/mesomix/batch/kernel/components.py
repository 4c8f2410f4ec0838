"""What is written in the place of products, as columns of tables and as components of mixtures."""

from collections.abc import Callable, Collection, Sequence
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from mesomix.batch.columns import NullProducts
from mesomix.batch.kernel.codes import Ids, Places
from mesomix.batch.kernel.meetings import FIRST_PRODUCT, NO_PRODUCT, NOT_PLAIN
from mesomix.batch.kernel.pairs import MOST_PAIRED, is_paired
from mesomix.batch.kernel.sources import Sources
from mesomix.batch.kernel.texts import Numbers, Texts
from mesomix.model import Product
from mesomix.request import Component, Mixture

NO_COMPONENT: Final = 0
_MANY: Final = 1 / 8


class Written(NamedTuple):
    """Names as they were written: the column of each, and the component that it is."""

    columns: Ids
    places: NDArray[np.integer]
    components: Ids
    """Of each place; of a name, that of its place."""

    def components_at(self, rows: Places) -> Ids:
        """The components of those names."""
        return self.components.take(self.places.take(rows))


class Null(NamedTuple):
    """What a null is in the place of a name."""

    column: int
    component: int


class Components:
    """The different components that were met, with their amounts, and the products in them.

    `learn` is told of new products before anybody has their columns.
    """

    def __init__(
        self,
        sources: Sources,
        null_products: NullProducts,
        learn: Callable[[list[Product]], None],
    ) -> None:
        self._formulary = sources.formulary
        self._sources = sources
        self._null_is_unknown = null_products == "unknown"
        self._learn = learn
        self._columns: dict[Product, int] = {}
        self.components: Final[list[Component | None]] = [None]
        """By their numbers; None for no component."""
        self._names: list[str | None] = []
        self._component_of = Numbers()
        self._column_of = Numbers()
        self._amounts: list[str] = []
        self._is_amount = Numbers()
        self._with_amount: dict[tuple[int, int], int] = {}
        self._name_texts = Texts(self._meet_names, sources)
        self._amount_texts = Texts(self._meet_amounts, sources)

    @property
    def null(self) -> Null:
        """What a null is: the first of all names that are met."""
        return Null(int(self._column_of.array[0]), int(self._component_of.array[0]))

    def column(self, product: Product) -> int:
        """The column of a product of some component."""
        return self._columns[product]

    def written(
        self, names: Sequence[pa.Array], amounts: Sequence[pa.Array | None]
    ) -> list[Written]:
        """What is written in columns of names, with as many of amounts."""
        # All names are learned before anything is looked up.
        found = [*zip(names, amounts, self._name_texts.of_each(names), strict=True)]
        columns, components = self._column_of.array, self._component_of.array
        several: list[Written] = []
        for array, beside, (places, numbers) in found:
            of_places = (columns, components)
            if numbers is not None:
                of_places = (columns.take(numbers), components.take(numbers))
            written = Written(of_places[0].take(places), places, of_places[1])
            several.append(written if beside is None else self._measured(written, array, beside))
        return several

    def _measured(self, written: Written, names: pa.Array, amounts: pa.Array) -> Written:
        """The same with amounts: what has one is a component of its own, and none is plain."""
        amount_labels = self._amount_texts.labels(amounts)
        rows = np.flatnonzero(self._is_amount.array.take(amount_labels))
        if not len(rows):
            return written
        components = written.components.take(written.places)
        labels = self._name_texts.labels(names)
        components[rows] = self._with_amounts(labels[rows], amount_labels[rows])
        written.columns[rows] = NOT_PLAIN
        return Written(written.columns, np.arange(len(names)), components)

    def _with_amounts(self, names: Ids, amounts: Ids) -> Ids:
        width = len(self._amount_texts)
        keys, places = np.unique(names.astype(np.int64) * width + amounts, return_inverse=True)
        pairs = [divmod(key, width) for key in keys.tolist()]
        with self._sources.lock:
            new = [pair for pair in pairs if pair not in self._with_amount]
            numbers = self._add([(self._names[n] or "", self._amounts[a]) for n, a in new])
            self._with_amount.update(zip(new, numbers, strict=True))
            found = np.array([self._with_amount[pair] for pair in pairs], np.int32)
        return found.take(places)

    def _meet_amounts(self, texts: list[str | None]) -> None:
        self._amounts += [text or "" for text in texts]
        for text in texts:
            self._is_amount.append(int(bool(text and text.strip())))

    def _meet_names(self, texts: list[str | None]) -> None:
        self._names += texts
        named = [
            text for text in texts if (self._null_is_unknown if text is None else text.strip())
        ]
        numbers = iter(self._add([text or "" for text in named]))
        written = set(named)
        for text in texts:
            number = next(numbers) if text in written else NO_COMPONENT
            self._component_of.append(number)
            self._column_of.append(self._column(self.components[number]))

    def _add(self, written: list[str | tuple[str, str]]) -> range:
        """The numbers of new components, which are written so."""
        self._sources.meet(len(written))
        read = [self._formulary.mixture(one).components[0] for one in written]
        products = dict.fromkeys(product for component in read for product in component.products)
        new = self._not_known(products)
        self._learn(new)
        first = FIRST_PRODUCT + len(self._columns)
        self._columns.update(zip(new, range(first, first + len(new)), strict=True))
        self.components.extend(read)
        return range(len(self.components) - len(read), len(self.components))

    def _not_known(self, products: Collection[Product]) -> list[Product]:
        """Those of `products` that have no column yet.

        Where many of the formulary's are met, so will be the others: to learn each with the few
        that come with it would take longer than to learn all of them at once.
        """
        all_of_them = self._formulary.products.values()
        met = len(self._columns) + len(products)
        if len(all_of_them) <= MOST_PAIRED and met > len(all_of_them) * _MANY:
            products = dict.fromkeys([*products, *all_of_them])
        return [product for product in products if product not in self._columns]

    def _column(self, component: Component | None) -> int:
        if component is None:
            return NO_PRODUCT
        if not Mixture((component,), self._formulary.edition).plain:
            return NOT_PLAIN
        column = self._columns[component.products[0]]
        return column if is_paired(column) else NOT_PLAIN
