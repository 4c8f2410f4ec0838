"""Which tables a query looks up for a row, and by which keys.

For nine products there is a table of all mixtures; for a hundred, of all pairs; for more, of the
products, and of the pairs of which something is said. So each size has its best form.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import numpy as np
import synthetic

from tables.masks import Masks, Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

SMALL: Final = 10
MIDDLE: Final = 101
"""The most numbers of products for which all mixtures, and all pairs, are in a table."""

PRODUCTS: Final = ("p1", "p2", "p3")
ALLERGIES: Final = ("a1", "a2")


class Term(NamedTuple):
    """A part of a key: a column times a factor, or whether it is none, or something."""

    column: str
    factor: int
    of: Literal["value", "none", "some"] = "value"


@dataclass(frozen=True, slots=True)
class Table:
    """What is said by a key."""

    words: Words
    against: "NDArray[np.int64] | None" = None
    """The bits of `Masks.against`, of tables about products."""
    keys: "NDArray[np.int32] | None" = None
    """Where not every key has a row."""
    size: int = 0
    """Then, how many keys there could be."""

    @property
    def dense(self) -> Words:
        """With a row for every key, for who looks up by position."""
        if self.keys is None:
            return self.words
        sure, unsure = np.zeros((2, self.size), np.int64)
        sure[self.keys] = self.words.sure
        unsure[self.keys] = self.words.unsure
        return Words(sure, unsure)


@dataclass(frozen=True, slots=True)
class Lookup:
    table: str
    key: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Lookups:
    tables: dict[str, Table]
    asked: tuple[Lookup, ...]
    contraindicated: int


def lookups(masks: Masks) -> Lookups:
    """The tables and the keys for a formulary of that size."""
    if masks.stride <= SMALL:
        tables, asked = _of_mixtures(masks)
    else:
        tables, asked = _of_products(masks)
    tables["facts"] = Table(masks.facts)
    facts = Lookup("facts", (Term("yes", 1),))
    return Lookups(tables, (*asked, facts), masks.contraindicated)


def _joined(one: Words, other: Words) -> Words:
    return Words(one.sure | other.sure, one.unsure | other.unsure)


def _taken(words: Words, keys: "NDArray[np.integer]") -> Words:
    return Words(words.sure[keys].ravel(), words.unsure[keys].ravel())


def _where(condition: "NDArray[np.bool_]", one: Words, other: Words) -> Words:
    sure = np.where(condition, one.sure, other.sure)
    return Words(sure, np.where(condition, one.unsure, other.unsure))


def _pairs(masks: Masks) -> Table:
    return Table(masks.pairs, keys=masks.pair_keys, size=masks.stride**2)


def _met(masks: Masks) -> Words:
    """Of each product and allergy, with what is said of the allergy alone."""
    numbers = np.arange(len(masks.met.sure)) % masks.allergens
    return _joined(masks.met, _taken(masks.allergies, numbers))


def _of_mixtures(masks: Masks) -> tuple[dict[str, Table], list[Lookup]]:
    stride, allergens = masks.stride, masks.allergens
    p1, p2, p3 = (axis.ravel() for axis in np.indices((stride, stride, stride)))
    pairs = _pairs(masks).dense
    mixed = _taken(masks.mixed, p1)
    for column in (p2, p3):
        mixed = _joined(mixed, _taken(masks.mixed, column))
    for one, other in ((p1, p2), (p1, p3), (p2, p3)):
        mixed = _joined(mixed, _taken(pairs, one * stride + other))
    said = _where(p2 > 0, mixed, _taken(masks.alone, p1))
    count = (p1 > 0).astype(int) + (p2 > 0) + (p3 > 0)
    said = _joined(said, _taken(masks.listed, count))
    met = _met(masks)
    places = np.arange(allergens)
    by_allergy = _taken(met, p1[:, None] * allergens + places)
    for column in (p2, p3):
        by_allergy = _joined(by_allergy, _taken(met, column[:, None] * allergens + places))
    against = masks.against[p1] | masks.against[p2] | masks.against[p3]
    tables = {"mixtures": Table(said, against), "met": Table(by_allergy)}
    key = (Term("p1", stride**2), Term("p2", stride), Term("p3", 1))
    beside = tuple(Term(t.column, t.factor * allergens) for t in key)
    met_by = [Lookup("met", (*beside, Term(a, 1))) for a in ALLERGIES]
    return tables, [Lookup("mixtures", key), *met_by]


def _of_products(masks: Masks) -> tuple[dict[str, Table], list[Lookup]]:
    stride, allergens = masks.stride, masks.allergens
    both = (np.concatenate(columns) for columns in zip(masks.mixed, masks.alone, strict=True))
    tables = {
        "products": Table(Words(*both), np.tile(masks.against, 2)),
        "met": Table(_met(masks)),
        "listed": Table(masks.listed),
        "pairs": _pairs(masks),
    }
    if stride <= MIDDLE:
        tables["pairs"] = Table(_pairs(masks).dense)
    alone = Term("p2", stride, "none")  # then the first is alone: the second half of the table
    asked = [Lookup("products", (Term("p1", 1), alone))]
    asked += [Lookup("products", (Term(p, 1),)) for p in PRODUCTS[1:]]
    asked += [Lookup("met", (Term(p, allergens), Term(a, 1))) for a in ALLERGIES for p in PRODUCTS]
    asked.append(Lookup("listed", tuple(Term(p, 1, "some") for p in PRODUCTS)))
    asked += [
        Lookup("pairs", (Term(one, stride), Term(other, 1)))
        for one, other in (("p1", "p2"), ("p1", "p3"), ("p2", "p3"))
    ]
    return tables, asked


FACTS: Final = len(synthetic.FACTS)
FACT_BITS: Final = (1 << FACTS) - 1
REPEATED: Final = sum(1 << (kind * FACTS) for kind in range(4))
"""Times the bits of the answers: those bits, once for each kind of contraindication."""
