"""Made-up tables of mixtures and patients, of any length, in the forms in which they are kept."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import synthetic

import mesomix

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_PRODUCTS: Final = 3
ALLERGIES: Final = 20
"""Different ones in a table."""
NONE_KNOWN: Final = "aucune"
"""What is written where there is no allergy; an empty list says the same."""


class Form(Enum):
    """How a table is kept."""

    CODES = "codes"
    ENCODED = "dictionary-encoded names"
    PLAIN = "plain names"
    LISTS = "plain names, lists for the patient"


@dataclass(frozen=True, slots=True)
class Rows:
    """Mixtures and patients, in codes: what each form of a table is made of."""

    formulary: mesomix.Formulary
    products: "tuple[NDArray[np.int16], ...]"
    """Three columns: 0 for none, and from 1 on the products of the formulary."""
    allergies: "tuple[NDArray[np.int8], ...]"
    """Two columns: 0 for none, and from 1 on `allergens`; the second is filled after the first."""
    yes: "NDArray[np.int16]"
    """Bit n for a yes to `synthetic.FACTS[n]`; everything else was asked, and denied."""
    allergens: tuple[str, ...]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.yes)


def made_up(
    formulary: mesomix.Formulary, count: int, seed: int = 0, *, alike: bool = False
) -> Rows:
    """So many rows about `formulary`: a few products are in most mixtures, as everywhere.

    With `alike` each product is met as often, and of many products hardly a mixture twice.
    """
    random = np.random.default_rng(seed)
    n = len(formulary.products)
    popularity = np.arange(1, n + 1) ** (0.0 if alike else -0.8)
    drawn = random.choice(n, size=(MOST_PRODUCTS, count), p=popularity / popularity.sum()) + 1
    listed = random.choice((1, 2, 3), size=count, p=(0.1, 0.3, 0.6))
    products = _distinct(np.where(np.arange(MOST_PRODUCTS)[:, None] < listed, drawn, 0))
    # Two of them are one text somewhere, in which what stands in brackets is read apart.
    known = [name for name in synthetic.allergens(formulary) if "(" not in name]
    allergens = tuple(known[:ALLERGIES])
    first, second = random.integers(1, len(allergens) + 1, size=(2, count), dtype=np.int8)
    first[random.random(count) < 0.7] = 0
    second[(random.random(count) < 0.8) | (first == 0) | (first == second)] = 0
    yes = np.zeros(count, np.int16)
    for number in range(len(synthetic.FACTS)):
        yes |= (random.random(count) < 0.06).astype(np.int16) << number
    return Rows(formulary, products, (first, second), yes, allergens)


def _distinct(drawn: "NDArray[np.integer]") -> "tuple[NDArray[np.int16], ...]":
    """Three columns without a product that stands there twice, and without a gap."""
    first, second, third = drawn.astype(np.int16)
    third[(third == first) | (third == second)] = 0
    second[second == first] = 0
    empty = second == 0
    second[empty], third[empty] = third[empty], 0
    return first, second, third


def codes(rows: Rows) -> pa.Table:
    """Integer columns: for those who have a table of codes, and know what they mean."""
    columns = {f"p{place}": column for place, column in enumerate(rows.products, 1)}
    columns |= {f"a{place}": column for place, column in enumerate(rows.allergies, 1)}
    return pa.table({**columns, "yes": rows.yes, "row": np.arange(len(rows), dtype=np.int32)})


def names(rows: Rows, *, encoded: bool) -> pa.Table:
    """Names of products, plain or dictionary-encoded, one allergy text, and ten boolean columns."""
    written = [product.name.en for product in rows.formulary.products.values()]
    columns = _named(rows, written, encoded=encoded)
    columns["row"] = pa.array(np.arange(len(rows), dtype=np.int32))
    texts = pa.array([NONE_KNOWN, *rows.allergens])
    columns["allergy"] = _of_codes(rows.allergies[0], texts, encoded=encoded)
    for number, condition in enumerate(synthetic.FACTS):
        columns[condition] = pa.array((rows.yes >> number & 1).astype(bool))
    return pa.table(columns)


def lists(rows: Rows) -> pa.Table:
    """Names of products in plain text, and lists of texts for the patient."""
    written = [product.name.en for product in rows.formulary.products.values()]
    columns = {**_named(rows, written, encoded=False), "row": np.arange(len(rows), dtype=np.int32)}
    declared = np.stack(rows.allergies, axis=1)
    columns["allergies"] = _lists(declared > 0, declared - 1, pa.array(rows.allergens))
    numbers = np.arange(len(synthetic.FACTS))
    affirmed = (rows.yes[:, None] >> numbers & 1).astype(bool)
    columns["affirmed"] = _lists(
        affirmed, np.broadcast_to(numbers, affirmed.shape), pa.array(synthetic.FACTS)
    )
    return pa.table(columns)


def _named(rows: Rows, written: list[str], *, encoded: bool) -> "dict[str, pa.Array]":
    texts = pa.array(["", *written])
    return {
        f"product{place}": _of_codes(column, texts, encoded=encoded)
        for place, column in enumerate(rows.products, 1)
    }


def _of_codes(column: "NDArray[np.integer]", texts: pa.Array, *, encoded: bool) -> pa.Array:
    found = pa.DictionaryArray.from_arrays(pa.array(column), texts)
    return found if encoded else found.dictionary_decode()


def _lists(
    held: "NDArray[np.bool_]", codes: "NDArray[np.integer]", texts: pa.Array
) -> pa.ListArray:
    """The texts of `codes` where `held` says so, as a list for each row."""
    offsets = np.zeros(len(held) + 1, np.int32)
    np.cumsum(held.sum(axis=1), out=offsets[1:])
    return pa.ListArray.from_arrays(pa.array(offsets), texts.take(pa.array(codes[held])))


def table(rows: Rows, form: Form) -> pa.Table:
    """The rows in that form."""
    if form is Form.CODES:
        return codes(rows)
    return lists(rows) if form is Form.LISTS else names(rows, encoded=form is Form.ENCODED)


def with_one_allergy(rows: Rows) -> Rows:
    """The same rows as a table with one column of allergies has them."""
    first, second = rows.allergies
    return replace(rows, allergies=(first, np.zeros_like(second)))
