"""The same findings in polars: expressions that gather from columns of words."""

from collections.abc import Callable
from functools import reduce
from importlib.metadata import version
from operator import or_
from typing import Final

import polars as pl
import pyarrow as pa
import synthetic

from tables.lookups import FACT_BITS, FACTS, REPEATED, Lookups, Term
from tables.masks import REFUSED, REVIEWED, RULES
from tables.rows import NONE_KNOWN, Form, Rows
from tables.rows import table as table_of

READ: Final = ("p1", "p2", "p3", "a1", "a2", "yes")


class Polars:
    """One lazy query for all rows, collected with all threads."""

    name = "polars expressions"
    version = f"polars {version('polars')}"

    def ready(self, rows: Rows, form: Form, prepared: Lookups) -> Callable[[], pa.Table]:
        """The query of the rows in that form."""
        frame = pl.from_arrow(table_of(rows, form))
        assert isinstance(frame, pl.DataFrame)
        products = pl.Enum(["", *[p.name.en for p in rows.formulary.products.values()]])
        allergens = pl.Enum([NONE_KNOWN, *rows.allergens])
        if form is Form.ENCODED:  # as somebody keeps it who knows polars
            named = [pl.col(f"product{n}").cast(pl.String).cast(products) for n in (1, 2, 3)]
            frame = frame.with_columns(*named, pl.col("allergy").cast(pl.String).cast(allergens))
        asked = frame.lazy().select(codes(form, products, allergens))
        lazy = asked.select(looked_up(prepared)).select(said(prepared.contraindicated))
        return lambda: lazy.collect().to_arrow()


def codes(form: Form, products: pl.Enum, allergens: pl.Enum) -> list[pl.Expr]:
    """From each form of a table to codes."""
    if form is Form.CODES:
        return [pl.col(column).cast(pl.Int32) for column in READ]
    named = [
        pl.col(f"product{n}").cast(products).to_physical().cast(pl.Int32).alias(f"p{n}")
        for n in (1, 2, 3)
    ]
    if form is Form.LISTS:
        listed = pl.col("allergies").list
        declared = [listed.get(place, null_on_oob=True).fill_null(NONE_KNOWN) for place in range(2)]
        held = [pl.col("affirmed").list.contains(condition) for condition in synthetic.FACTS]
    else:
        declared = [pl.col("allergy"), pl.lit(NONE_KNOWN)]
        held = [pl.col(condition) for condition in synthetic.FACTS]
    allergies = [
        text.cast(allergens).to_physical().cast(pl.Int32).alias(f"a{n}")
        for n, text in enumerate(declared, 1)
    ]
    yes = reduce(or_, [bit.cast(pl.Int32) * (1 << n) for n, bit in enumerate(held)])
    return [*named, *allergies, yes.alias("yes")]


def _key(terms: tuple[Term, ...]) -> pl.Expr:
    made: list[pl.Expr] = []
    for term in terms:
        column = pl.col(term.column)
        if term.of != "value":
            column = (column == 0 if term.of == "none" else column > 0).cast(pl.Int32)
        made.append(column * term.factor)
    return reduce(lambda one, other: one + other, made)


def looked_up(prepared: Lookups) -> list[pl.Expr]:
    """The words that each row looks up, put together."""
    sure: list[pl.Expr] = []
    unsure: list[pl.Expr] = []
    against: list[pl.Expr] = []
    for asked in prepared.asked:
        table = prepared.tables[asked.table]
        key = _key(asked.key)
        words = table.dense
        sure.append(pl.lit(pl.Series(words.sure)).gather(key))
        unsure.append(pl.lit(pl.Series(words.unsure)).gather(key))
        if table.against is not None:
            against.append(pl.lit(pl.Series(table.against)).gather(key))
    columns = {"sure": sure, "unsure": unsure, "against": against}
    united = [reduce(or_, listed).alias(name) for name, listed in columns.items()]
    yes = pl.col("yes").cast(pl.Int64) * REPEATED
    return [*united[:2], (united[2] & yes).alias("against")]


def said(bit: int) -> list[pl.Expr]:
    """The verdict and the findings."""
    sure, unsure, against = pl.col("sure"), pl.col("unsure"), pl.col("against")

    def holds(kind: int) -> pl.Expr:
        return (against & (FACT_BITS << kind * FACTS)) != 0

    verdict = (
        pl.when((sure & REFUSED != 0) | holds(2))
        .then(2)
        .when((sure & REVIEWED != 0) | holds(3))
        .then(1)
        .otherwise(0)
    )
    return [
        verdict.cast(pl.Int8).alias("verdict"),
        ((sure & RULES) | pl.when(holds(0)).then(bit).otherwise(0)).alias("sure"),
        (unsure | pl.when(holds(1)).then(bit).otherwise(0)).alias("unsure"),
    ]
