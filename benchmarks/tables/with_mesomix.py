"""mesomix, as the peer of its peers: what it reads is texts, in whatever form they are kept."""

from collections.abc import Callable
from typing import Final

import numpy as np
import pyarrow as pa
import synthetic

import mesomix
from mesomix.batch import Columns, check_batches
from tables.lookups import Lookups
from tables.rows import Form, Rows
from tables.rows import table as table_of

PRODUCTS: Final = ("product1", "product2", "product3")
BY_TEXT: Final = Columns(
    products=PRODUCTS,
    allergies="allergy",
    facts={condition: condition for condition in synthetic.FACTS},
    nothing_else=True,
)
BY_LISTS: Final = Columns(
    products=PRODUCTS, allergies="allergies", affirmed="affirmed", nothing_else=True
)
BATCH: Final = 1 << 17
"""Rows."""
_TEXTS: Final = pa.list_(pa.string())
LEVELS: Final = {"no-objection": 0, "review": 1, "refuse": 2}


class WithMesomix:
    """`mesomix.batch.check_batches` over the batches of a table in memory."""

    name = "**mesomix**"
    version = f"mesomix {mesomix.__version__}"

    def ready(self, rows: Rows, form: Form, prepared: Lookups) -> Callable[[], pa.Table]:
        """The check of the rows in that form; it prepares by itself what it needs."""
        del prepared
        return check_of(rows, form)


def check_of(rows: Rows, form: Form) -> Callable[[], pa.Table]:
    """The check of the rows, which are in memory in that form."""
    table = table_of(rows, form)
    read = reader(rows, form)

    def job() -> pa.Table:
        batches = map(read, table.to_batches(BATCH))
        return pa.Table.from_batches(check_batches(batches, rows.formulary, columns_of(form)))

    return job


def columns_of(form: Form) -> Columns:
    """Which columns say what."""
    return BY_LISTS if form in (Form.CODES, Form.LISTS) else BY_TEXT


def reader(rows: Rows, form: Form) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    """What makes of a batch in that form one that mesomix takes: codes need their meanings."""
    if form is not Form.CODES:
        return lambda batch: batch
    products = pa.array(["", *[product.name.en for product in rows.formulary.products.values()]])
    texts = ["", *rows.allergens]
    pairs = [[one, other] for one in texts for other in texts]
    allergies = pa.array([[text for text in pair if text] for pair in pairs], _TEXTS)
    affirmed = pa.array(
        [
            [fact for n, fact in enumerate(synthetic.FACTS) if one >> n & 1]
            for one in range(1 << len(synthetic.FACTS))
        ],
        _TEXTS,
    )

    def coded(batch: pa.RecordBatch) -> pa.RecordBatch:
        first, second = (batch[name].to_numpy().astype(np.int16) for name in ("a1", "a2"))
        both = first * np.int16(len(texts)) + second
        columns = [(batch[f"p{place}"], products) for place in (1, 2, 3)]
        columns += [(pa.array(both), allergies), (batch["yes"], affirmed)]
        arrays = [pa.DictionaryArray.from_arrays(c, meant, safe=False) for c, meant in columns]
        return pa.RecordBatch.from_arrays(arrays, [*PRODUCTS, "allergies", "affirmed"])

    return coded


def said(checked: pa.Table) -> pa.Table:
    """The columns that a check adds, as those of the other peers are."""
    verdicts = checked["mesomix_verdict"].combine_chunks().cast(pa.string())
    levels = pa.array([LEVELS[verdict] for verdict in verdicts.to_pylist()], pa.int8())
    columns = {"sure": checked["mesomix_sure"], "unsure": checked["mesomix_unsure"]}
    return pa.table({"verdict": levels, **columns})
