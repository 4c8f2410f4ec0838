"""What is said of each row of a batch, and what was met on the way."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from mesomix.batch.columns import Columns, is_list
from mesomix.batch.kernel.allergies import Allergies
from mesomix.batch.kernel.codes import HOLE, Codes, Ids, Layer, Places, holes
from mesomix.batch.kernel.components import Components
from mesomix.batch.kernel.facts import Facts
from mesomix.batch.kernel.mixtures import Mixtures
from mesomix.batch.kernel.pairs import Pairs
from mesomix.batch.kernel.positions import Positions, positions
from mesomix.batch.kernel.sources import Sources
from mesomix.formulary import Formulary
from mesomix.model import Product
from mesomix.planes import Planes

MOST_LEARNED: Final = 1 << 16
"""So many different texts, mixtures and sets are remembered, and those of one batch more."""
MOST_KEPT: Final = 1 << 24
"""So many answers of sets beside products as well, 64 MB."""


class Rows(NamedTuple):
    """What is said of each row of a batch."""

    codes: list[Layer]
    """Layer by layer."""
    mixed: Positions
    allergies: Ids | None
    facts: Ids | None
    """The sets of each row; None where it is the first of all rows."""
    closer: Places
    mixtures: Ids
    """The rows that were looked at closer, and the mixture of each."""

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.codes[0])


class Checker:
    """Checks batches of one schema, and remembers what it met in them. Threads may share it."""

    def __init__(
        self,
        formulary: Formulary,
        planes: Planes,
        columns: Columns,
        schema: pa.Schema,
        most_new: int | None = None,
    ) -> None:
        self._columns = columns
        self.rules: Final = planes.rulebook
        self.edition: Final = formulary.edition
        self.codes: Final = Codes(planes)
        self._sources = sources = Sources(formulary, planes, self.codes, most_new)
        free = columns.allergies and not is_list(schema.field(columns.allergies).type)
        self.allergies: Final = Allergies(sources, free=bool(free))
        self.facts: Final = Facts(sources, columns)
        self._pairs = Pairs(sources)
        self._nulls: dict[pa.DataType, pa.Array] = {}
        self.components: Final = Components(sources, columns.null_products, self._learn)
        self.mixtures: Final = Mixtures(sources, self.components)

    def _learn(self, products: list[Product]) -> None:
        if products:
            self._pairs.add(products)
            self.allergies.add_products(products)
            self.facts.add_products(products)

    @property
    def is_full(self) -> bool:
        """Whether it has met so much that another has to take its place."""
        kept = self.allergies.meetings.size + self.facts.meetings.size
        gave_up = self._sources.lock.is_given_up
        return gave_up or self._sources.learned > MOST_LEARNED or kept > MOST_KEPT

    @property
    def learned(self) -> int:
        """How many texts, mixtures and sets it has met."""
        return self._sources.learned

    def nulls(self, count: int, kind: pa.DataType) -> pa.Array:
        """So many nulls: most batches share the same."""
        known = self._nulls.get(kind)
        if known is None or len(known) < count:
            known = self._nulls[kind] = pa.nulls(count, kind)
        return known.slice(0, count)

    def rows(self, batch: pa.RecordBatch) -> Rows:
        """What is said of each row of `batch`, which has at least one. Raises TooMuchIsNew."""
        columns = self._columns
        mixed = positions(batch, columns, self.components)
        asked = None if columns.allergies is None else batch.column(columns.allergies)
        allergies, facts = self.allergies.numbers(asked), self.facts.numbers(batch)
        codes = self._pairs.codes(mixed.columns)
        if mixed.longer is not None:
            codes[0][mixed.longer] |= HOLE
        closer, mixtures = holes(codes), np.zeros(0, np.int32)
        if len(closer):
            mixtures = self.mixtures.numbers(mixed.components(closer))
        self._meet(codes, mixed.columns, allergies, facts)
        if len(closer):
            self._look_closer(codes, closer, mixtures, allergies, facts)
        return Rows(codes, mixed, allergies, facts, closer, mixtures)

    def _meet(
        self, codes: list[Layer], columns: Sequence[Ids], allergies: Ids | None, facts: Ids | None
    ) -> None:
        """Add to `codes` what is said where the products in `columns` meet the patient."""
        self.allergies.meetings.unite(codes, allergies, columns)
        self.facts.meetings.unite(codes, facts, columns)

    def _look_closer(
        self,
        codes: list[Layer],
        rows: Places,
        mixtures: Ids,
        allergies: Ids | None,
        facts: Ids | None,
    ) -> None:
        """Put in the place of those `rows` what is said of their mixtures, and of the patient."""
        said = [layer.take(mixtures) for layer in self.mixtures.codes]
        sets = [None if one is None else one.take(rows) for one in (allergies, facts)]
        self._meet(said, [*self.mixtures.columns.take(mixtures, axis=0).T], *sets)
        codes += [np.zeros_like(codes[0]) for _ in said[len(codes) :]]
        for number, layer in enumerate(codes):
            layer[rows] = said[number] if number < len(said) else 0
