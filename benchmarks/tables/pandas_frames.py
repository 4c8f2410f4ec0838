"""The same findings with pandas: categories for names, and numpy to look words up."""

from collections.abc import Callable
from importlib.metadata import version
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import synthetic

from tables.lookups import FACT_BITS, FACTS, REPEATED, Lookups, Term
from tables.masks import REFUSED, REVIEWED, RULES, Words
from tables.rows import NONE_KNOWN, Form, Rows
from tables.rows import table as table_of

CODES: Final = ("p1", "p2", "p3", "a1", "a2", "yes")
Column = np.ndarray[tuple[int], np.dtype[np.int64]]


class Pandas:
    """One function of a frame, whose columns are of the types that pandas makes of Arrow's."""

    name = "pandas and numpy"
    version = f"pandas {version('pandas')}"

    def ready(self, rows: Rows, form: Form, prepared: Lookups) -> Callable[[], pa.Table]:
        """The work on the rows in that form."""
        frame = table_of(rows, form).to_pandas()
        products = ["", *[p.name.en for p in rows.formulary.products.values()]]
        if form is Form.ENCODED:  # as somebody keeps it who knows pandas
            for column in ("product1", "product2", "product3"):
                frame[column] = frame[column].cat.set_categories(products)
            frame["allergy"] = frame["allergy"].cat.set_categories([NONE_KNOWN, *rows.allergens])
        dense = {name: one.dense for name, one in prepared.tables.items()}
        allergens = [NONE_KNOWN, *rows.allergens]
        return lambda: _said(_codes(frame, form, products, allergens), prepared, dense)


def _categories(texts: "pd.Series[str]", known: list[str]) -> Column:
    """The number of each text in a list."""
    if isinstance(texts.dtype, pd.CategoricalDtype):
        return texts.cat.codes.to_numpy().astype(np.int64)
    numbers = {text: number for number, text in enumerate(known)}
    return texts.map(numbers).to_numpy().astype(np.int64)


def _codes(
    frame: pd.DataFrame, form: Form, products: list[str], allergens: list[str]
) -> dict[str, Column]:
    """From each form of a table to codes."""
    if form is Form.CODES:
        return {name: frame[name].to_numpy(np.int64) for name in CODES}
    found = {f"p{n}": _categories(frame[f"product{n}"], products) for n in (1, 2, 3)}
    if form is Form.LISTS:
        for n in (1, 2):
            text = frame["allergies"].str[n - 1].fillna(NONE_KNOWN)
            found[f"a{n}"] = _categories(text, allergens)
        each = frame["affirmed"].explode().dropna()
        bits = each.map({condition: 1 << n for n, condition in enumerate(synthetic.FACTS)})
        yes = np.zeros(len(frame), np.int64)
        np.bitwise_or.at(yes, bits.index.to_numpy(), bits.to_numpy(np.int64))
        return found | {"yes": yes}
    found["a1"] = _categories(frame["allergy"], allergens)
    found["a2"] = np.zeros(len(frame), np.int64)
    held = (frame[c].to_numpy(np.int64) << n for n, c in enumerate(synthetic.FACTS))
    return found | {"yes": np.bitwise_or.reduce([*held])}


def _key(terms: tuple[Term, ...], found: dict[str, Column]) -> Column:
    parts: list[Column] = []
    for term in terms:
        column = found[term.column]
        if term.of != "value":
            column = (column == 0 if term.of == "none" else column > 0).astype(np.int64)
        parts.append(column * term.factor)
    key: Column = np.add.reduce(parts)
    return key


def _said(found: dict[str, Column], prepared: Lookups, dense: dict[str, Words]) -> pa.Table:
    """The verdict and the findings."""
    sure, unsure, against = np.zeros((3, len(found["yes"])), np.int64)
    for asked in prepared.asked:
        table = prepared.tables[asked.table]
        key = _key(asked.key, found)
        words = dense[asked.table]
        sure |= words.sure[key]
        unsure |= words.unsure[key]
        if table.against is not None:
            against |= table.against[key]
    against &= found["yes"] * REPEATED
    holds = [(against & (FACT_BITS << kind * FACTS)) != 0 for kind in range(4)]
    refused = ((sure & REFUSED) != 0) | holds[2]
    reviewed = ((sure & REVIEWED) != 0) | holds[3]
    bit = prepared.contraindicated
    return pa.table(
        {
            "verdict": np.where(refused, 2, np.where(reviewed, 1, 0)).astype(np.int8),
            "sure": (sure & RULES) | np.where(holds[0], bit, 0),
            "unsure": unsure | np.where(holds[1], bit, 0),
        }
    )
