"""What is said of each row of a batch, and what was met on the way."""

from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from mesomix.batch.columns import Columns, is_list
from mesomix.batch.kernel.allergies import Allergies
from mesomix.batch.kernel.components import Components
from mesomix.batch.kernel.facts import Facts
from mesomix.batch.kernel.mixtures import Mixtures
from mesomix.batch.kernel.pairs import Pairs
from mesomix.batch.kernel.positions import Positions, positions
from mesomix.batch.kernel.sources import Sources
from mesomix.batch.kernel.words import HOLE, Ids, Layout, Words, has_holes
from mesomix.formulary import Formulary
from mesomix.model import Product
from mesomix.planes import Planes

MOST_LEARNED: Final = 1 << 16
"""So many different texts, mixtures and sets are remembered, and those of one batch more."""


class Rows(NamedTuple):
    """What is said of each row of a batch."""

    words: Words
    mixed: Positions
    allergies: Ids | None
    facts: Ids | None
    """The sets of each row; None where it is the first of all rows."""
    closer: Ids
    mixtures: Ids
    """The rows that were looked at closer, and the mixture of each."""


class Checker:
    """Checks batches of one schema, and remembers what it met in them. Threads may share it."""

    def __init__(
        self, formulary: Formulary, planes: Planes, columns: Columns, schema: pa.Schema
    ) -> None:
        self._columns = columns
        self.rules: Final = planes.rulebook
        self.edition: Final = formulary.edition
        self._sources = sources = Sources(formulary, planes, Layout(planes))
        free = columns.allergies and not is_list(schema.field(columns.allergies).type)
        self.allergies: Final = Allergies(sources, free=bool(free))
        self.facts: Final = Facts(sources, columns)
        self._pairs = Pairs(sources)
        self.components: Final = Components(sources, columns.null_products, self._learn)
        self.mixtures: Final = Mixtures(sources, self.components)

    def _learn(self, products: list[Product]) -> None:
        self._pairs.add(products)
        self.allergies.meetings.add_products(products)
        self.facts.meetings.add_products(products)

    @property
    def is_full(self) -> bool:
        """Whether it has met so much that another has to take its place."""
        return self._sources.learned > MOST_LEARNED

    def rows(self, batch: pa.RecordBatch) -> Rows:
        """What is said of each row of `batch`, which has at least one."""
        columns = self._columns
        mixed = positions(batch, columns, self.components)
        asked = None if columns.allergies is None else batch.column(columns.allergies)
        allergies, facts = self.allergies.numbers(asked), self.facts.numbers(batch)
        words = self._pairs.words(mixed.columns)
        if mixed.longer is not None:
            words[mixed.longer] |= HOLE
        closer = mixtures = np.zeros(0, np.int64)
        if has_holes(words):
            closer = np.flatnonzero((words[:, 0] & HOLE) != 0)
            mixtures = self.mixtures.numbers(mixed.components(closer))
            words[closer] = self.mixtures.words.take(mixtures, axis=0)
        rows = Rows(words, mixed, allergies, facts, closer, mixtures)
        self._meet(rows)
        return rows

    def _meet(self, rows: Rows) -> None:
        """Add to the words of `rows` what is said where the products meet the patient."""
        words, closer = rows.words, rows.closer
        products = self.mixtures.columns.take(rows.mixtures, axis=0).T if len(closer) else ()
        for meetings, sets in (
            (self.allergies.meetings, rows.allergies),
            (self.facts.meetings, rows.facts),
        ):
            meetings.unite(words, sets, rows.mixed.columns)
            if len(closer):
                some = words.take(closer, axis=0)
                meetings.unite(some, None if sets is None else sets.take(closer), products)
                words[closer] = some
