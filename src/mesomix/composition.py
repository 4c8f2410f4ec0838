"""What is in the syringe: how much of each substance, how concentrated, and what is not known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from mesomix.dose import Dose
from mesomix.evidence import Text
from mesomix.portion import Held, Portion, Range, sum_of
from mesomix.quantity import VOLUME, Quantity
from mesomix.vocabulary import Unknown

SMALLEST_SHARE: Final = Decimal("1e-40")


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One product in the syringe. What is not known of it is None."""

    product: str | None
    """Its id; None where the name was not recognised."""
    name: Text
    amount: str
    """As it was written; empty where none was."""
    volume: Quantity | None
    share: Decimal | None
    """Of the volume of the mixture, from 0 to 1."""
    other_excipients: bool
    """Whether it holds, or may hold, excipients that `Composition.contents` does not have."""

    def __post_init__(self) -> None:
        _check_share(self.share)


@dataclass(frozen=True, slots=True)
class Content:
    """One substance in the syringe. What is not known of it is None."""

    substance: str
    """Its id."""
    name: Text
    """What is counted: a salt where the label counts the salt."""
    active: bool
    """Whether it is an active substance, and no excipient."""
    quantity: Quantity | None
    concentration: Quantity | None
    """After mixing."""
    share: Decimal | None
    """The part of the volume, from 0 to 1, that the products which hold it make up."""
    at_least: Quantity | None
    """What is certain of an amount that is not known exactly."""
    possible: Quantity | None
    """So much there may be, by the specialties whose strength is known; others may hold more."""
    unknown: tuple[Unknown, ...]
    """Why the quantity is not known; empty where it is."""

    def __post_init__(self) -> None:
        _check_share(self.share)


@dataclass(frozen=True, slots=True)
class Composition:
    """What a mixture holds: `Mixture.composition()`."""

    volume: Quantity | None
    """None where that of a component is not known."""
    ingredients: tuple[Ingredient, ...]
    """In the order in which they were written."""
    contents: tuple[Content, ...]
    """The active substances first; those of which nothing is known are there as well."""
    per_day: tuple[Content, ...] | None
    """What the patient has in the day, where the caller said it; without concentrations."""


def _check_share(share: Decimal | None) -> None:
    """A report that was read back may have any number there, and its text has to be made."""
    if share is not None and not (share == 0 or SMALLEST_SHARE <= share <= 1):
        message = "a share must be from 0 to 1"
        raise ValueError(message)


def composition_of(
    portions: Sequence[Portion], per_day: Sequence[Portion] | None = None
) -> tuple[Composition, tuple[Dose, ...]]:
    """What `portions` hold together, and the doses of which rules judge.

    `per_day` is what the patient has in the day. The order of the doses does not depend on that
    of the portions; of the excipients they have those with an amount.
    """
    volumes = [portion.volume for portion in portions]
    known = [volume for volume in volumes if volume is not None]
    volume = sum(known, Fraction(0)) if len(known) == len(volumes) else None
    totals = _totals(portions)
    of_day = _totals(per_day or ())
    composition = Composition(
        volume=None if volume is None else Quantity.of(volume, VOLUME),
        ingredients=tuple(_ingredient(portion, volume) for portion in portions),
        contents=tuple(_content(total, volume) for total in totals),
        per_day=None if per_day is None else tuple(_content(total, None) for total in of_day),
    )
    judged = [t for t in totals if t.key[1] is None and (t.active or t.range is not None)]
    judged.sort(key=lambda total: (not total.active, total.key[0].id, total.kind or ""))
    doses = [_dose(total, _same(total, of_day)) for total in judged]
    known = {total.key for total in totals}
    doses += [_of_day_only(one) for one in of_day if one.active and one.key not in known]
    return composition, tuple(doses)


def _of_day_only(day: "_Total") -> Dose:
    """The dose of a substance that the day has, and the mixture has not."""
    unknown = _dose(day, day)
    return replace(unknown, least=None, possible=None, unknown=())


def _same(total: "_Total", of_day: Sequence["_Total"]) -> "_Total | None":
    """The same substance in the day, rather in the same kind of unit; None where it is not said."""
    said = [one for one in of_day if one.key == total.key]
    return next((one for one in said if one.kind == total.kind), said[0] if said else None)


@dataclass(frozen=True, slots=True)
class _Total:
    """A substance, or a part of one, in several portions."""

    key: Held
    name: Text
    active: bool
    range: Range | None
    """None where nothing is known."""
    holders: tuple[Portion, ...]
    unknown: tuple[Unknown, ...]

    @property
    def kind(self) -> str | None:
        """The kind of unit in which it is counted; None where nothing is known."""
        return None if self.range is None else self.range.kind


def _totals(portions: Iterable[Portion]) -> list[_Total]:
    """What all portions hold; the active substances first."""
    active: dict[Held, list[Portion]] = {}
    others: dict[Held, list[Portion]] = {}
    portions = tuple(portions)
    # What is active in one product and an excipient of another is one substance all the same.
    actives = {s for one in portions if one.product is not None for s in one.product.substances}
    for portion in portions:
        if portion.product is None:
            continue
        for substance in portion.product.substances:
            active.setdefault((substance, None), []).append(portion)
        for excipient in portion.product.excipients:
            if not excipient.inert:
                table = active if excipient in actives else others
                table.setdefault((excipient, None), []).append(portion)
        for key in portion.ranges:
            holders = (active if key[0] in actives else others).setdefault(key, [])
            if not (holders and holders[-1] is portion):
                holders.append(portion)
    return [
        _total(key, holders, kind, active=are_active)
        for table, are_active in ((active, True), (others, False))
        for key, holders in table.items()
        for kind in _kinds(key, holders)
    ]


def _kinds(key: Held, holders: Iterable[Portion]) -> list[str | None]:
    """The kinds of units in which a substance is counted: milligrams and units do not add up."""
    found = sorted({portion.ranges[key].kind for portion in holders if key in portion.ranges})
    return [*found] or [None]


def _total(key: Held, holders: list[Portion], kind: str | None, *, active: bool) -> _Total:
    ranges = [portion.ranges.get(key) for portion in holders]
    found = [one if one is not None and one.kind == kind else None for one in ranges]
    known = [one for one in found if one is not None]
    total = sum_of(known) if known else None
    reasons = {
        portion.why_unknown(key[0])
        for portion, one in zip(holders, found, strict=True)
        if one is None or not one.exact
    }
    names = {portion.counted.get(key, key[1] or key[0].name) for portion in holders}
    name = names.pop() if len(names) == 1 else key[1] or key[0].name
    unknown = tuple(reason for reason in Unknown if reason in reasons)
    return _Total(key, name, active, total, tuple(holders), unknown)


def _content(total: _Total, volume: Fraction | None) -> Content:
    found = total.range
    exact = found if found is not None and not total.unknown else None
    volumes = [portion.volume for portion in total.holders]
    held = sum(filter(None, volumes), Fraction(0)) if None not in volumes else None
    return Content(
        substance=total.key[0].id,
        name=total.name,
        active=total.active,
        quantity=Quantity.of(exact.least, exact.kind) if exact else None,
        concentration=Quantity.of(exact.least / volume, f"{exact.kind}/mL")
        if exact and volume
        else None,
        share=_share(held, volume),
        at_least=Quantity.of(found.least, found.kind) if found and not exact else None,
        possible=Quantity.of(found.possible, found.kind) if found and not exact else None,
        unknown=total.unknown,
    )


def _dose(total: _Total, day: _Total | None) -> Dose:
    found = total.range
    today = None if day is None else _of_day(found, day.range)
    day_unknown = day is not None and not (today is not None and today.exact and not day.unknown)
    return Dose(
        substance=total.key[0],
        name=total.name,
        active=total.active,
        least=Quantity.of(found.least, found.kind) if found else None,
        possible=Quantity.of(found.possible, found.kind) if found else None,
        day_least=Quantity.of(today.least, today.kind) if today else None,
        day_possible=Quantity.of(today.possible, today.kind) if today else None,
        unknown=total.unknown,
        day_unknown=(day.unknown or (Unknown.STRENGTH,)) if day and day_unknown else (),
        day_said=_too_little(found, day),
    )


def _too_little(mixture: Range | None, day: _Total | None) -> Quantity | None:
    """What was said of the day, where it is less than the mixture for certain."""
    said = None if day is None or day.unknown else day.range
    if mixture is None or said is None or said.kind != mixture.kind or not said.exact:
        return None
    return Quantity.of(said.least, said.kind) if said.least < mixture.least else None


def _of_day(mixture: Range | None, day: Range | None) -> Range | None:
    """What the patient has in the day: never less than the mixture, which is a part of it."""
    if mixture is None:
        return day
    if day is None or day.kind != mixture.kind:
        return Range(mixture.least, mixture.possible, mixture.kind, exact=False)
    least = max(mixture.least, day.least)
    if not day.exact or day.least < mixture.least:
        return Range(
            least, max(day.possible, mixture.possible), day.kind, mixture.exact and day.exact
        )
    return Range(least, least, day.kind, exact=True)


def _ingredient(portion: Portion, total: Fraction | None) -> Ingredient:
    product = portion.product
    return Ingredient(
        product=None if product is None else product.id,
        name=portion.name,
        amount=portion.written.written,
        volume=None if portion.volume is None else Quantity.of(portion.volume, VOLUME),
        share=_share(portion.volume, total),
        other_excipients=product is None or not product.excipients_complete,
    )


def _share(part: Fraction | None, whole: Fraction | None) -> Decimal | None:
    if part is None or not whole:
        return None
    share = part / whole
    return Quantity.of(share, VOLUME).value if share >= SMALLEST_SHARE else Decimal(0)
