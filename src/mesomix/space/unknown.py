"""Which unknown fact each question of the rules comes from.

| a rule answers | and speaks of | the unknown |
|---|---|---|
| `label-not-reviewed` | a product | the labels of its substances that nobody has read |
| `not-in-formulary` | a product | that product |
| it cannot tell | a product, alone, mixed, or with a condition | what the product holds |
| `composition-unknown`, or it cannot tell | a product and an allergy | what the product holds |
| it cannot tell | a product and an allergy that is doubtful, or of unknown culprit | the allergy |
| it cannot tell | two products | that pair |
| it could not run, or cannot tell | a condition, alone or with a product | the condition |
| anything | allergies that were not asked about | the allergies |
| anything | an allergy that was not recognised | that allergy |
| anything else | whatever it is, also a whole mixture | none: no fact is missing |

Where none is missing, somebody has to decide. A sure refusal never comes from an unknown. What a
product holds is its specialty and all of its excipients: who writes a substance and not its
specialty leaves both open.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from mesomix.evidence import Text
from mesomix.model import Allergy, Product, Substance
from mesomix.planes import OPEN, UNSURE, WIDTH
from mesomix.request import Patient
from mesomix.space.counting import members
from mesomix.space.space import Space


class Kind(StrEnum):
    """What kind of fact is not known."""

    CONTENTS = "contents"
    """What a product holds: which specialty it is, and all of its excipients."""
    LABEL = "label"
    """The contraindications of substances, which nobody has looked up."""
    PRODUCT = "product"
    """A product that the formulary does not have."""
    PAIR = "pair"
    """Whether two products go together."""
    CONDITION = "condition"
    """A condition of the patient."""
    ALLERGIES = "allergies"
    """The allergies of the patient, about which nobody asked."""
    ALLERGY = "allergy"
    """What one allergy means, or whether it is one."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A fact that is not known."""

    kind: Kind
    ids: tuple[str, ...]
    """Of the product, the substances, the two products, the condition, or the allergy."""
    names: tuple[Text, ...] = field(repr=False)
    """The same in words; of an allergy that was not recognised, what was written."""


@dataclass(slots=True)
class Standing:
    """Of which mixtures a question comes from one unknown fact, or from none."""

    always: bool = False
    """Of each."""
    alone: int = 0
    """Of those with one of these products."""
    mixed: int = 0
    """Of those with one of these products and another one; `alone` is among it."""
    pairs: list[tuple[int, int]] = field(default_factory=list)
    """Of those with two such products."""


Standings = dict[Unknown | None, Standing]
"""By the unknown fact; of None, what does not come from any."""

_ABOUT_THE_UNKNOWN: Final = {
    "composition-unknown": Kind.CONTENTS,
    "label-not-reviewed": Kind.LABEL,
    "not-in-formulary": Kind.PRODUCT,
}
"""The rules that are sure that something is not known, and speak of products."""
_EVERY_BIT: Final = (1 << WIDTH) - 1
_ALLERGIES: Final = Unknown(Kind.ALLERGIES, (), (Text("allergies", "allergies"),))


def standings(space: Space, patient: Patient | None) -> Standings:
    """Where each question of the rules comes from; without a patient, those about products only."""
    reading = _Reading(space)
    reading.products()
    reading.pairs()
    if patient is not None:
        reading.conditions(patient)
        reading.allergies(patient)
    return dict(reading.found)


class _Reading:
    """Puts what is said of a space down to what is not known."""

    def __init__(self, space: Space) -> None:
        self.found: Final[defaultdict[Unknown | None, Standing]] = defaultdict(Standing)
        self._space = space
        shifts = {rule.id: n * WIDTH for n, rule in enumerate(space.planes.rulebook)}
        self._unsure = sum((0b011 << UNSURE | 1 << OPEN) << shift for shift in shifts.values())
        self._of_rule = {
            _EVERY_BIT << shifts[rule]: kind
            for rule, kind in _ABOUT_THE_UNKNOWN.items()
            if rule in shifts
        }

    def products(self) -> None:
        for said, mixed in ((self._space.alone, False), (self._space.mixed, True)):
            for bit, products in said.products.items():
                self._products(bit, products, mixed=mixed)

    def pairs(self) -> None:
        for pair, word in self._space.pairs.items():
            asked = word & self._space.planes.reviewing
            if asked & ~self._unsure:
                self.found[None].pairs.append(pair)
            if asked & self._unsure:
                products = [self._space.products[number] for number in pair]
                self.found[_unknown(Kind.PAIR, products)].pairs.append(pair)

    def conditions(self, patient: Patient) -> None:
        for key, condition in self._space.edition.conditions.items():
            unknown = Unknown(Kind.CONDITION, (key,), (condition.name,))
            answer = patient.answers.get(key)
            said = self._space.fact(key, answer)
            self._always(said.always, unknown)
            for bit, products in said.products.items():
                self._products(bit, products, of_patient=None if answer else unknown)

    def allergies(self, patient: Patient) -> None:
        if patient.allergies is None:
            self._always(self._space.planes.allergies_not_asked, _ALLERGIES, wholly=True)
        for allergy in patient.unrecognised:
            word = self._space.planes.unknown_allergy(allergy)
            self._always(word, _allergy(allergy), wholly=True)
        for allergy in patient.recognised:
            said = self._space.allergy(allergy)
            self._always(said.always, _allergy(allergy))
            open_allergy = allergy.doubtful or allergy.culprit_unknown
            for bit, products in said.products.items():
                of_patient = _allergy(allergy) if open_allergy else None
                self._products(bit, products, of_patient=of_patient)

    def _always(self, word: int, unknown: Unknown, *, wholly: bool = False) -> None:
        """What is said of the patient, whatever is mixed; `wholly` for want of what is unknown."""
        asked = word & self._space.planes.reviewing
        open_ones = asked & ~self._space.planes.refusing if wholly else asked & self._unsure
        if asked & ~open_ones:
            self.found[None].always = True
        if open_ones:
            self.found[unknown].always = True

    def _products(
        self, bit: int, products: int, *, mixed: bool = False, of_patient: Unknown | None = None
    ) -> None:
        """What is said of products. Where it cannot tell, that is for `of_patient`, if given."""
        planes = self._space.planes
        if not bit & planes.reviewing:
            return
        kind = next((kind for bits, kind in self._of_rule.items() if bit & bits), None)
        if bit & planes.refusing or not (kind or bit & self._unsure):
            self._add(None, products, mixed=mixed)
        elif kind is None and of_patient is not None:
            self._add(of_patient, products, mixed=mixed)
        else:
            for number in members(products):
                product = self._space.products[number]
                self._add(_of_product(kind or Kind.CONTENTS, product), 1 << number, mixed=mixed)

    def _add(self, unknown: Unknown | None, products: int, *, mixed: bool) -> None:
        standing = self.found[unknown]
        standing.mixed |= products
        if not mixed:
            standing.alone |= products


def _of_product(kind: Kind, product: Product) -> Unknown:
    if kind is not Kind.LABEL:
        return _unknown(kind, [product])
    return _unknown(kind, [one for one in product.substances if one.contraindications is None])


def _unknown(kind: Kind, things: Sequence[Product | Substance]) -> Unknown:
    return Unknown(kind, tuple(one.id for one in things), tuple(one.name for one in things))


def _allergy(allergy: Allergy) -> Unknown:
    return Unknown(Kind.ALLERGY, (allergy.id,) if allergy.id else (), (allergy.name,))
