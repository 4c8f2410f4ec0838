"""What the rules say of single things, as integers: what somebody prepares for a query.

One bit stands for each rule: in `sure` where it objects, in `unsure` where it cannot tell. Two more
of `sure` say what follows: a refusal, a review. So whatever a row holds is put together with OR.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import synthetic

import mesomix
from mesomix.model import Allergy, Product
from mesomix.planes import SURE, UNSURE, WIDTH, Planes
from mesomix.vocabulary import Answer
from tables.rows import MOST_PRODUCTS, Rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

REFUSED: Final = 1 << 61
REVIEWED: Final = 1 << 60
RULES: Final = REVIEWED - 1
"""The bits that stand for rules."""
_GRADES: Final = 0b111
"""The bits of one rule that a word sets by how bad it is."""


class Words(NamedTuple):
    """What is said of each thing of a kind, by its number."""

    sure: "NDArray[np.int64]"
    unsure: "NDArray[np.int64]"


def words_of(planes: Planes, words: Iterable[int]) -> Words:
    """The two columns of words of mesomix."""
    rules = range(len(planes.rulebook))
    found = [
        (
            _bits(word, rules, SURE)
            | (REFUSED if word & planes.refusing else 0)
            | (REVIEWED if word & planes.reviewing else 0),
            _bits(word, rules, UNSURE),
        )
        for word in words
    ]
    sure, unsure = np.array(found, np.int64).reshape(-1, 2).T.copy()
    return Words(sure, unsure)


def _bits(word: int, rules: Iterable[int], start: int) -> int:
    if not word:
        return 0
    return sum(bool(word >> (n * WIDTH + start) & _GRADES) << n for n in rules)


@dataclass(frozen=True, slots=True)
class Masks:
    """All that a query looks up."""

    listed: Words
    """By how many products are listed, from 0 on."""
    alone: Words
    """Of each product, from 1 on; 0 is none."""
    mixed: Words
    """The same where another is listed with it."""
    pair_keys: "NDArray[np.int32]"
    """The pairs of which something is said, in both orders: one number times `stride`, and the
    other."""
    pairs: Words
    stride: int
    facts: Words
    """By the bits of what was answered with yes."""
    against: "NDArray[np.int64]"
    """Of each product four times ten such bits: where it is surely contraindicated, where perhaps,
    where surely refused, and where reviewed."""
    contraindicated: int
    """The bit of the rule that says so."""
    allergies: Words
    """Of each allergy, from 1 on; 0 is none."""
    met: Words
    """Of each product and allergy: one number times `allergens`, and the other."""
    allergens: int


def prepared(rows: Rows) -> Masks:
    """What the rules of mesomix say of everything that `rows` can hold."""
    formulary = rows.formulary
    planes = Planes(mesomix.RULES, formulary.edition)
    products = [*formulary.products.values()]
    allergies = [_allergy(formulary, written) for written in rows.allergens]
    said_of_pairs = planes.pairs(products)
    stride = len(products) + 1
    both = {
        (one + 1) * stride + other + 1: word
        for pair, word in said_of_pairs.items()
        for one, other in (pair, pair[::-1])
    }
    keys = sorted(both)
    words = [[planes.product_allergy(product, a) for a in allergies] for product in products]
    listed = [planes.listed(number) for number in range(MOST_PRODUCTS + 1)]
    assert None not in listed
    numbers = {rule.id: number for number, rule in enumerate(mesomix.RULES)}
    return Masks(
        listed=words_of(planes, [word or 0 for word in listed]),
        alone=words_of(planes, [0, *map(planes.product, products)]),
        mixed=words_of(planes, [0, *[planes.product(p) | planes.mixed(p) for p in products]]),
        pair_keys=np.array(keys, np.int32),
        pairs=words_of(planes, [both[key] for key in keys]),
        stride=stride,
        facts=words_of(planes, [_facts(planes, yes) for yes in range(1 << len(synthetic.FACTS))]),
        against=_against(planes, products),
        contraindicated=1 << numbers["product-contraindicated"],
        allergies=words_of(planes, [0, *map(planes.allergy, allergies)]),
        met=words_of(planes, [0] * (len(allergies) + 1) + [w for row in words for w in (0, *row)]),
        allergens=len(allergies) + 1,
    )


def _allergy(formulary: mesomix.Formulary, written: str) -> Allergy:
    (declared,) = formulary.read_allergies(written)
    return declared.allergy


def _answered(planes: Planes, number: int) -> set[str]:
    """The conditions that a yes to a fact is a yes to."""
    condition = planes.edition.conditions[synthetic.FACTS[number]]
    return {condition.id, *condition.implied}


def _facts(planes: Planes, yes: int) -> int:
    """What is said of a patient with these, and with nothing else."""
    affirmed = {
        condition
        for number in range(len(synthetic.FACTS))
        if yes >> number & 1
        for condition in _answered(planes, number)
    }
    word = 0
    for condition in planes.edition.conditions:
        word |= planes.fact(condition, Answer.YES if condition in affirmed else Answer.NO)
    return word


def _against(planes: Planes, products: Iterable[Product]) -> "NDArray[np.int64]":
    """In which of the facts each product is contraindicated, how surely and how badly."""
    facts = len(synthetic.FACTS)
    found = [0]
    for product in products:
        bits = 0
        for number in range(facts):
            word = 0
            for condition in _answered(planes, number):
                word |= planes.product_fact(product, condition, Answer.YES)
            said = words_of(planes, [word])
            sure, unsure = int(said.sure[0]), int(said.unsure[0])
            flags = (sure & RULES, unsure, sure & REFUSED, sure & REVIEWED)
            bits |= sum(bool(flag) << (kind * facts + number) for kind, flag in enumerate(flags))
        found.append(bits)
    return np.array(found, np.int64)
