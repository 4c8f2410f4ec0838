"""mesomix, as the peer of its peers: what it reads is texts, in whatever form they are kept."""

from collections.abc import Callable
from typing import Final

import numpy as np
import pyarrow as pa
import synthetic

import mesomix
from mesomix.batch import Columns, check_batches
from tables.lookups import Lookups
from tables.rows import NONE_KNOWN, Form, Rows
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
LEVELS: Final = {"no-objection": 0, "review": 1, "refuse": 2}


class WithMesomix:
    """`mesomix.batch.check_batches` over the batches of a table in memory."""

    name = "**mesomix**"
    version = f"mesomix {mesomix.__version__}"

    def ready(self, rows: Rows, form: Form, prepared: Lookups) -> Callable[[], pa.Table]:
        """The check of the rows in that form; it prepares by itself what it needs."""
        batches = written(rows, form).to_batches(BATCH)
        columns = columns_of(form)
        del prepared
        return lambda: pa.Table.from_batches(check_batches(batches, rows.formulary, columns))


def columns_of(form: Form) -> Columns:
    """Which columns say what."""
    return BY_LISTS if form is Form.LISTS else BY_TEXT


def written(rows: Rows, form: Form) -> pa.Table:
    """The rows as mesomix takes them: codes come with their dictionaries."""
    return _coded(rows) if form is Form.CODES else table_of(rows, form)


def said(checked: pa.Table) -> pa.Table:
    """The columns that a check adds, as those of the other peers are."""
    verdicts = checked["mesomix_verdict"].combine_chunks().cast(pa.string())
    levels = pa.array([LEVELS[verdict] for verdict in verdicts.to_pylist()], pa.int8())
    columns = {"sure": checked["mesomix_sure"], "unsure": checked["mesomix_unsure"]}
    return pa.table({"verdict": levels, **columns})


def _coded(rows: Rows) -> pa.Table:
    """Dictionary-encoded texts, which are codes with what they mean; both allergies in one."""
    named = table_of(rows, Form.ENCODED)
    texts = [NONE_KNOWN, *rows.allergens]
    first, second = (column.astype("int32") for column in rows.allergies)
    codes, numbers = np.unique(first * len(texts) + second, return_inverse=True)
    pairs = [divmod(int(code), len(texts)) for code in codes]
    both = pa.array([f"{texts[a]}, {texts[b]}" if b else texts[a] for a, b in pairs])
    place = named.schema.get_field_index("allergy")
    encoded = pa.DictionaryArray.from_arrays(pa.array(numbers.astype("int16")), both)
    return named.set_column(place, "allergy", encoded)
