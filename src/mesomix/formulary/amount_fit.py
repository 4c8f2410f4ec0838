"""What the amounts and strengths beside one product come to: a dose, a name, a contradiction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final

from mesomix.evidence import Text
from mesomix.formulary.amount_items import Item, Kind
from mesomix.formulary.known_strengths import (
    concentrations,
    contents,
    has_strength,
    units_that_fit,
)
from mesomix.model import Product
from mesomix.names import Token
from mesomix.portion import NOTHING_WRITTEN, Formula, Measure, WrittenAmount, formulas_of
from mesomix.quantity import UNITS, Quantity

_SAYS_SO: Final = frozenset(":=(")
"""Before a mass they make an amount of it: "Miorel : 2 mg"."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """What the items beside one product come to."""

    amount: WrittenAmount | None = None
    """None where they tell none, and where they could not be understood."""
    unread: tuple[Item, ...] = ()
    """Those that contradict the others, or what is known of the product. A volume stays a volume
    beside a strength that the product does not have."""
    fitting: Text | None = None
    """What an amount may be in, where a unit does not fit."""


@dataclass(frozen=True, slots=True)
class Said:
    """The items beside one product, each with whether the text makes it an amount for sure."""

    volumes: list[Item] = field(default_factory=list)
    masses: list[Item] = field(default_factory=list)
    containers: list[Item] = field(default_factory=list)
    strengths: list[Item] = field(default_factory=list)
    contents: list[Item] = field(default_factory=list)
    sizes: list[Item] = field(default_factory=list)

    @property
    def contradicts_itself(self) -> bool:
        """Whether two amounts of one kind are there, or two strengths."""
        several = (self.volumes, self.masses, self.containers, self.sizes)
        strengths = {item.strength for item in self.strengths}
        return len(strengths) > 1 or any(len(items) > 1 for items in several)


def fitted(
    product: Product, items: Iterable[Item], tokens: Sequence[Token], name: tuple[int, int]
) -> Fitted:
    """What `items` come to for `product`, the name of which is that span of tokens."""
    items = tuple(items)
    if not items:
        return Fitted()
    formulas = formulas_of(product)
    fitting = units_that_fit(product, items, formulas)
    if fitting is not None:
        return Fitted(None, items, fitting)
    said = _sorted(items)
    wrong = items if said.contradicts_itself else _wrong(product, formulas, said)
    rest = tuple(item for item in items if item not in wrong)
    if wrong and not _is_volume_beside_strengths(wrong, rest):
        return Fitted(None, wrong)
    written = _Fit(product, formulas, _sorted(rest), name, tokens).amount()
    if wrong and written is not None and written.volume is not None:
        most = max(item.strength.amount for item in wrong) * written.volume
        written = replace(written, possible=Measure(most, wrong[0].unit))
    if written is None or written is NOTHING_WRITTEN:
        return Fitted(None, items if written is None else wrong)
    return Fitted(replace(written, written=as_written(tokens, items)), wrong)


def _is_volume_beside_strengths(wrong: Iterable[Item], rest: Sequence[Item]) -> bool:
    """Whether a strength alone is wrong, and a volume is told: that is what it is of anything."""
    only_strengths = all(item.kind is Kind.STRENGTH for item in wrong)
    return only_strengths and [item.kind for item in rest] == [Kind.VOLUME]


def _wrong(product: Product, formulas: Sequence[Formula], said: Said) -> tuple[Item, ...]:
    """The strengths, and contents of an ampoule, that no specialty of the product has."""
    in_one = contents(product, formulas)
    return (
        *[item for item in said.strengths if not has_strength(product, formulas, item)],
        *[item for item in said.contents if item.number not in in_one],
        *[item for item in said.sizes if not _is_size(product, formulas, said, item)],
        # Of two substances nobody can say which one is so many milligrams.
        *(said.masses if len(product.substances) != 1 else ()),
        # "piroxicam 20": milligrams, millilitres?
        *[i for i in said.contents if i.kind is Kind.BARE and not product.specified],
    )


def _is_size(product: Product, formulas: Sequence[Formula], said: Said, item: Item) -> bool:
    """Whether the volume of an ampoule or syringe can be no amount: "Miorel ampoule 2 ml"."""
    sizes = {size for formula in formulas for size in formula.containers}
    if product.specified and item.number in sizes and item.kind is Kind.SIZE:
        return True
    of_syringe = item.kind is Kind.SYRINGE or not (product.specified and sizes)
    return of_syringe and bool(said.volumes or said.containers)


def _sorted(items: Iterable[Item]) -> Said:
    said = Said()
    lists = {
        Kind.VOLUME: said.volumes,
        Kind.MEASURED: said.masses,
        Kind.CONTAINERS: said.containers,
        Kind.STRENGTH: said.strengths,
        Kind.CONTENT: said.contents,
        Kind.BARE: said.contents,
        Kind.SIZE: said.sizes,
        Kind.SYRINGE: said.sizes,
    }
    for item in items:
        lists[item.kind].append(item)
    return said


def _is_amount(mass: Item, tokens: Sequence[Token], name: tuple[int, int]) -> bool:
    """Whether a mass cannot be a part of the name: "2 mg de Miorel", "Miorel : 2 mg".

    Nor can it where the name has a strength already: "Miorel 4 mg/2 ml 4 mg".
    """
    first, last = name
    has_strength = any(UNITS.get(token.word) for token in tokens[first:last])
    return mass.first < first or has_strength or not _SAYS_SO.isdisjoint(tokens[mass.first].gap)


class _Fit:
    """One volume, mass, number of containers and strength at most, beside one product.

    Each method returns what they come to: NOTHING_WRITTEN where they only name the specialty, and
    None where they contradict each other or what is known of it.
    """

    def __init__(
        self,
        product: Product,
        formulas: Sequence[Formula],
        said: Said,
        name: tuple[int, int],
        tokens: Sequence[Token],
    ) -> None:
        self._specified = product.specified
        self._volume = said.volumes[0].number if said.volumes else None
        self._mass = said.masses[0] if said.masses else None
        self._explicit = self._mass is not None and _is_amount(self._mass, tokens, name)
        self._containers = said.containers[0] if said.containers else None
        self._in = max(said.strengths, key=lambda item: item.size or 0, default=None)
        self._strength = self._in.strength if self._in is not None else None
        self._sizes = {size for formula in formulas for size in formula.containers}
        # As labels write a strength: in one of them, in 1 ml, in 100 ml.
        self._sizes_of_names = {None, Fraction(1), Fraction(100)}
        self._sizes_of_names |= self._sizes if product.specified else set()
        self._contents = contents(product, formulas)
        self._known_concentrations = concentrations(product, formulas)
        self._concentrations = self._known_concentrations if product.specified else set()
        if self._strength is not None:
            self._concentrations = {self._strength.amount}

    def amount(self) -> WrittenAmount | None:
        if self._containers is not None:
            return self._of_containers(self._containers)
        if self._mass is not None:
            return self._of_mass(self._mass)
        if self._volume is not None:
            return self._written(volume=self._volume)
        # "lidocaïne 250 mg/25 ml" is a strength, and may be all that there is in the syringe.
        names = self._in is None or self._in.size in self._sizes_of_names
        return NOTHING_WRITTEN if names else self._written(possible=self._in)

    def _written(
        self,
        *,
        volume: Fraction | None = None,
        measured: Quantity | None = None,
        possible: Item | None = None,
        containers: Item | None = None,
    ) -> WrittenAmount:
        return WrittenAmount(
            written="",
            volume=volume,
            measured=measured,
            possible=None if possible is None else Measure(possible.number, possible.unit),
            containers=None if containers is None else containers.number,
            container=None if containers is None else containers.size,
            strength=self._strength,
        )

    def _of_mass(self, mass: Item) -> WrittenAmount | None:
        """A mass, perhaps with a volume: an amount, or what the name says of the strength."""
        names = mass.number in self._contents and not self._explicit
        if self._volume is not None:
            return self._of_mass_in(self._volume, mass, names=names)
        if self._explicit or self._strength is not None or not self._specified:
            return self._written(measured=mass.measured)
        # "Miorel 4 mg" may be the name of the specialty; "Dicynone 500 mg" is a tablet.
        return self._written(possible=mass) if names else None

    def _of_mass_in(self, volume: Fraction, mass: Item, *, names: bool) -> WrittenAmount | None:
        if any(mass.number == one * volume for one in self._concentrations):
            return self._written(volume=volume)
        if self._concentrations:
            return self._written(volume=volume) if names else None
        known = self._known_concentrations
        # "procaïne 20 mg 2 ml" may be 20 mg in each ml as well.
        sure = mass.number / volume in known and (volume == 1 or mass.number not in known)
        if self._explicit or sure:
            return self._written(volume=volume, measured=mass.measured)
        # "Calcitonine 100 UI 0,5 ml": half an ampoule of 100 UI, 100 UI in it, or 100 in each ml?
        most = replace(mass, number=mass.number * max(volume, Fraction(1)))
        return self._written(volume=volume, possible=most)

    def _of_containers(self, item: Item) -> WrittenAmount | None:
        """A number of containers, perhaps with a volume or a mass."""
        number, size = item.number, item.size
        if size is not None and self._specified and self._sizes and size not in self._sizes:
            return None
        if self._mass is not None:
            if self._mass.number not in self._contents or self._volume is not None:
                return None
            if self._explicit and number != 1:
                return None  # "Dicynone : 250 mg, 1/2 ampoule"
            if not self._specified:
                mass = self._mass
                return self._written(measured=Quantity.of(number * mass.number, mass.unit))
        if self._volume is None:
            # "1 flacon de lidocaïne 400 mg/20 ml" is 400 mg, if the flacon is one of 20 ml.
            content = self._in if self._in is not None and (self._in.size or 1) != 1 else None
            most = None if content is None else replace(content, number=content.number * number)
            return self._written(containers=item, possible=most)
        return self._of_both(number, size, self._volume)

    def _of_both(
        self, number: Fraction, size: Fraction | None, volume: Fraction
    ) -> WrittenAmount | None:
        """Of "1 ampoule 2 ml": the volume is that of one, of all of them, or contradicts both."""
        sizes = {size} if size is not None else self._sizes if self._specified else set()
        of_all = any(number * one == volume for one in sizes)
        of_one = volume in sizes and size is None
        if of_all and of_one and number != 1:
            return None
        if of_all:
            return self._written(volume=volume)
        if of_one:
            return self._written(volume=number * volume)
        return self._written(volume=volume) if number == 1 and not sizes else None


def as_written(tokens: Sequence[Token], items: Iterable[Item]) -> str:
    """The words of `items`, as they stand."""
    return ", ".join(
        "".join(
            (token.gap if number else "") + token.raw
            for number, token in enumerate(tokens[item.first : item.last])
        )
        for item in items
    )
