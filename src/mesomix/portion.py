"""How much of each substance one component of a mixture holds, from the amount that was written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final
from weakref import WeakKeyDictionary

from mesomix.evidence import Text
from mesomix.model import Product, Specialty, Substance
from mesomix.quantity import Quantity
from mesomix.vocabulary import Unknown


@dataclass(frozen=True, slots=True)
class Measure:
    """An exact number of a kind of unit: an amount, or a strength, which is one in 1 mL."""

    amount: Fraction
    kind: str
    """The unit of the amount: mg, [iU] or mmol."""


@dataclass(frozen=True, slots=True)
class WrittenAmount:
    """How much of a product somebody wrote. Volumes are in mL; what was not written is None."""

    written: str
    volume: Fraction | None = None
    measured: Quantity | None = None
    """So much of the active substance: a mass, or units."""
    containers: Fraction | None = None
    """A number of ampoules or vials."""
    container: Fraction | None = None
    """The volume of one of them."""
    strength: Measure | None = None
    """In 1 mL, as written: it says which specialty, or which solution, is meant."""
    possible: Measure | None = None
    """So much of the active substance the words may mean, where it is not sure what they do."""
    unread: bool = False
    """Whether it could not be read: then nothing else is told."""


NOTHING_WRITTEN: Final = WrittenAmount("")


@dataclass(frozen=True, slots=True)
class Range:
    """What is known of an amount."""

    least: Fraction
    """So much there is for certain."""
    possible: Fraction
    """So much there may be, by the specialties whose strength is known: others may hold more."""
    kind: str
    exact: bool
    """Whether it is `least`, and nothing else."""


def sum_of(ranges: Sequence[Range]) -> Range:
    """At least one range, or several of the same kind of unit, together."""
    return Range(
        sum((one.least for one in ranges), Fraction(0)),
        sum((one.possible for one in ranges), Fraction(0)),
        ranges[0].kind,
        all(one.exact for one in ranges),
    )


Held = tuple[Substance, Text | None]
"""A substance; with a text, a part of it that is counted beside it, such as an element."""


@dataclass(frozen=True, slots=True, eq=False)
class Portion:
    """One component: its volume, and the range of what it holds of each substance.

    Two are never equal: of a component that is written twice there is twice as much.
    """

    name: Text
    product: Product | None
    """None where the name was not recognised."""
    written: WrittenAmount
    volume: Fraction | None
    ranges: Mapping[Held, Range]
    """Of what is not among them nothing is known."""
    counted: Mapping[Held, Text]
    """What the sources count, where it is not the substance by its own name."""

    def why_unknown(self, substance: Substance) -> Unknown:
        """Why the amount of `substance` is not known."""
        if self.written.unread:
            return Unknown.NOT_READ
        if self.written is NOTHING_WRITTEN:
            return Unknown.NOT_WRITTEN
        of_active = self.product is not None and substance in self.product.substances
        if of_active and self.written.possible is not None and self.volume is None:
            return Unknown.NOT_SURE
        if self.product is not None and not of_active:
            return Unknown.NOT_TOLD if self.product.specified else Unknown.STRENGTH
        counted = self.written.containers is not None and self.volume is None
        return Unknown.CONTAINER if counted else Unknown.STRENGTH


@dataclass(frozen=True, slots=True)
class Formula:
    """What one specialty holds in 1 mL, and in one container where no volume is told."""

    in_1_ml: dict[Held, Measure] = field(default_factory=dict)
    in_container: dict[Held, Measure] = field(default_factory=dict)
    containers: tuple[Fraction, ...] = ()
    counted: dict[Held, Text | None] = field(default_factory=dict)
    """What the sources count; None for the substance by its own name."""

    def volume(self, written: WrittenAmount, active: Substance | None) -> Fraction | None:
        """The volume of what was written, in mL; None where it is not known."""
        if written.volume is not None:
            return written.volume
        if written.containers is not None:
            one = written.container or self.container
            return None if one is None else written.containers * one
        if written.measured is not None and active is not None:
            strength = written.strength or self.in_1_ml.get((active, None))
            if strength is not None and strength.kind == written.measured.kind:
                return written.measured.amount / strength.amount
        return None

    @property
    def container(self) -> Fraction | None:
        """The volume of its container; None where it is not known, or there are several."""
        return self.containers[0] if len(self.containers) == 1 else None

    def by_container(self, written: WrittenAmount) -> Sequence["Formula"]:
        """Itself; once for each size of its container, where the amount is a number of them."""
        if written.containers is None or written.container is not None or len(self.containers) < 2:  # noqa: PLR2004
            return (self,)
        return [replace(self, containers=(one,)) for one in self.containers]

    def held(self, written: WrittenAmount, active: Substance | None) -> dict[Held, Measure]:
        """How much of each substance, of those whose amount is known."""
        volume = self.volume(written, active)
        found: dict[Held, Measure] = {}
        if volume is not None:
            for key, one in self.in_1_ml.items():
                found[key] = Measure(one.amount * volume, one.kind)
        count = written.containers
        if count is None and volume is not None and self.container:
            count = volume / self.container
        if count is not None:
            for key, one in self.in_container.items():
                found[key] = Measure(one.amount * count, one.kind)
        if written.measured is not None and active is not None:
            found[active, None] = Measure(written.measured.amount, written.measured.kind)
        return found


def formula_of(specialty: Specialty) -> Formula:
    """What the data says of the composition of `specialty`, in numbers."""
    in_1_ml: dict[Held, Measure] = {}
    in_container: dict[Held, Measure] = {}
    counted: dict[Held, Text | None] = {}
    twice: set[Held] = set()
    for amount in specialty.amounts:
        key = (amount.substance, (amount.counted or amount.substance.name) if amount.part else None)
        if key in counted:
            twice.add(key)  # of two amounts nobody knows which one is right
        counted[key] = amount.counted
        number, kind = amount.amount.amount, amount.amount.kind
        if amount.volume is None:
            in_container[key] = Measure(number, kind)
        else:
            in_1_ml[key] = Measure(number / amount.volume.amount, kind)
    for key in twice:
        in_1_ml.pop(key, None)
        in_container.pop(key, None)
    return Formula(in_1_ml, in_container, tuple(c.amount for c in specialty.containers), counted)


_FORMULAS: Final[WeakKeyDictionary[Product, tuple[Formula, ...]]] = WeakKeyDictionary()
"""Fractions are slow to make, and a product keeps its specialties."""


def formulas_of(product: Product) -> tuple[Formula, ...]:
    """The formulas of the specialties that a product can be; a substance is an injectable one."""
    found = _FORMULAS.get(product)
    if found is None:
        meant = [s for s in product.specialties if product.specified or s.injectable]
        found = _FORMULAS[product] = tuple(formula_of(specialty) for specialty in meant)
    return found


def portion(product: Product, written: WrittenAmount) -> Portion:
    """How much of what is in `product` was written.

    What is certain is what holds for each specialty that the name surely means, or follows from
    what was written alone. The specialties that it can mean bound the rest from above.
    """
    if written is NOTHING_WRITTEN or written.unread:
        return Portion(product.name, product, written, None, {}, {})
    active = product.substances[0] if len(product.substances) == 1 else None
    known = [variant for one in formulas_of(product) for variant in one.by_container(written)]
    certain = _certain(product, known, written, active)
    volumes = {formula.volume(written, active) for formula in certain}
    held = [formula.held(written, active) for formula in certain]
    possible = [*held, *(formula.held(written, active) for formula in known)]
    if written.strength is not None and active is not None:
        in_1_ml: dict[Held, Measure] = {(active, None): written.strength}
        sizes = [one.containers for one in known] or [()]
        possible += [Formula(in_1_ml, {}, size).held(written, active) for size in sizes]
    if written.possible is not None and active is not None:
        possible.append({(active, None): written.possible})
    ranges = {
        key: _range(key, held, possible) for key in {k: None for one in possible for k in one}
    }
    return Portion(
        name=product.name,
        product=product,
        written=written,
        volume=volumes.pop() if len(volumes) == 1 else None,
        ranges={key: found for key, found in ranges.items() if found is not None},
        counted=_counted(known, written),
    )


def _certain(
    product: Product, known: Sequence[Formula], written: WrittenAmount, active: Substance | None
) -> Sequence[Formula]:
    """The formulas of which one is surely meant."""
    if written.strength is None or active is None:
        return known if product.specified and known else [Formula()]
    if product.specified:
        meant = [one for one in known if one.in_1_ml.get((active, None)) == written.strength]
        return meant or [Formula()]
    # "Magnésium 0,8 %" may be of the element: then it has to be a strength that somebody knows.
    of_part = any(key == active and part for one in known for key, part in one.in_1_ml)
    if of_part and all(one.in_1_ml.get((active, None)) != written.strength for one in known):
        return [Formula()]
    return [Formula({(active, None): written.strength})]


def _range(
    key: Held, held: list[dict[Held, Measure]], possible: list[dict[Held, Measure]]
) -> Range | None:
    """What is known of the amount of `key`; None where its units are of several kinds."""
    found = [one[key] for one in possible if key in one]
    kind = found[0].kind
    if any(one.kind != kind for one in found):
        return None
    sure = [one[key].amount for one in held if key in one]
    least = min(sure) if len(sure) == len(held) else Fraction(0)
    exact = len(sure) == len(held) and least == max(sure)
    return Range(least, least if exact else max(one.amount for one in found), kind, exact)


def _counted(known: Sequence[Formula], written: WrittenAmount) -> dict[Held, Text]:
    """What the sources count of each substance, where all formulas that are meant agree."""
    found: dict[Held, set[Text | None]] = {}
    for formula in known:
        if written.strength is None or written.strength in formula.in_1_ml.values():
            for key, counted in formula.counted.items():
                found.setdefault(key, set()).add(counted)
    return {
        key: text
        for key, texts in found.items()
        if len(texts) == 1 and (text := next(iter(texts))) is not None
    }
