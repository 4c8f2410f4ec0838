"""Strengths in numbers: that of a data file, "50 mg/5 ml", and those that BDPM gives."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from mesomix.bdpm import BdpmSpecialty
from mesomix.bdpm.names import short_name
from mesomix.linter.lint_rules.codes import CONTAINERS, NUMBER, is_in_millions, ucum_of

_SCALES: Final = {
    "kg": ("g", Fraction(1000)),
    "g": ("g", Fraction(1)),
    "mg": ("g", Fraction(1, 1000)),
    "ug": ("g", Fraction(1, 1000**2)),
    "ng": ("g", Fraction(1, 1000**3)),
    "L": ("L", Fraction(1)),
    "cL": ("L", Fraction(1, 100)),
    "mL": ("L", Fraction(1, 1000)),
    "MBq": ("MBq", Fraction(1)),
    "mmol": ("mmol", Fraction(1)),
    "meq": ("meq", Fraction(1)),
    "[iU]": ("[iU]", Fraction(1)),
    "M[iU]": ("[iU]", Fraction(10**6)),
    "U": ("U", Fraction(1)),
}
"""The UCUM codes of `UNITS`, but for %: what each is so many of."""

_SIZES: Final = frozenset({"g", "L"})
"""What an amount may be in: a volume, or the weight of a powder or a cream."""

_LONGEST_NUMBER: Final = 30
_THOUSANDS: Final = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_WRITTEN: Final = re.compile(rf"(?P<number>{NUMBER})\s*+(?P<unit>[^\d\s/][^\d/]*)")
# Not the 50 of MIX50, nor the end of another number.
_PART: Final = (
    rf"(?<![^\W_])(?P<number>{NUMBER})\s*+(?P<unit>%|pour cent|[^\W\d_][^\W\d]*+(?:\.[^\W\d]++)*+)"
)
_FOUND: Final = re.compile(_PART, re.IGNORECASE)
_FOUND_IN_NAME: Final = re.compile(
    rf"{_PART}(?:\.?\s*+/\s*+(?P<size>{NUMBER})?+\s*+(?P<of>[^\W\d_]++))?+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a unit without prefix."""

    value: Fraction
    unit: str


@dataclass(frozen=True, slots=True)
class Strength:
    """An amount, and in how much of the medicine it is."""

    amount: Quantity
    size: Quantity | None = None
    """None for that of a container whose size is not told."""
    of_container: bool = False
    """Whether `size` is that of one container: the amount in it is `amount`."""


def agree(ours: Strength, theirs: Strength) -> bool | None:
    """Whether both are one strength; None when that cannot be told."""
    if ours.amount.unit != theirs.amount.unit:
        return None
    if ours.size and theirs.size:
        if ours.size.unit != theirs.size.unit:
            return None
        return ours.amount.value * theirs.size.value == theirs.amount.value * ours.size.value
    if ours.size is None and (theirs.size is None or theirs.of_container):
        return ours.amount.value == theirs.amount.value
    return None


def compared(written: str, specialty: BdpmSpecialty) -> bool | None:
    """Whether BDPM gives a specialty the strength that is written; None when that cannot be told.

    Each part of "20 mg + 5 mg" has to be that of a row of the composition, or to be in the name.
    The name judges alone where no row can: BDPM often leaves out of how many millilitres an
    ampoule is.
    """
    parts = [_read(part.strip()) for part in written.split("+")]
    rows = list(_of_rows(specialty))
    named = list(_of_name(specialty.name))
    found = [_part(part, rows, named) if part else None for part in parts]
    if False in found:
        return False
    return None if None in found else True


def _part(ours: Strength, rows: Iterable[Strength], named: Iterable[Strength]) -> bool | None:
    by_rows = {agree(ours, theirs) for theirs in rows}
    by_name = {agree(ours, theirs) for theirs in named}
    if True in by_rows or True in by_name:
        return True
    return False if False in by_rows or False in by_name else None


def _read(text: str) -> Strength | None:
    """A strength as data files write it: "50 mg/5 ml", "2,25 g", "250 mg/flacon", "0,9 %"."""
    amount, slash, size = text.partition("/")
    found = _WRITTEN.fullmatch(amount.strip())
    return _strength(found, size.strip() if slash else None) if found else None


def _strength(found: re.Match[str], size: str | None) -> Strength | None:
    if ucum_of(found["unit"]) == "%":
        percent = _number(found["number"])
        hundred = Quantity(Fraction(1, 10), "L")
        return Strength(Quantity(percent, "g"), hundred) if percent is not None else None
    amount = _quantity(found["number"], found["unit"])
    if amount is None or size is None or size.lower() in CONTAINERS:
        return Strength(amount) if amount else None
    within = _size(size)
    return Strength(amount, within) if within else None


def _size(text: str) -> Quantity | None:
    """A size that is written: "5 ml", or "ml" for one."""
    number = re.match(NUMBER, text)
    unit = text[number.end() :] if number else text
    size = _quantity(number[0] if number else "1", unit)
    return size if size and size.value else None


def _of_rows(specialty: BdpmSpecialty) -> Iterator[Strength]:
    for substance in specialty.composition:
        ours = _read(substance.strength)
        if ours is None:
            continue
        if ours.size is not None:
            yield ours
            continue
        sizes = (
            (found, _quantity(found["number"], found["unit"]))
            for found in _FOUND.finditer(substance.reference)
        )
        sized = next(((f, size) for f, size in sizes if size and size.unit in _SIZES), None)
        if sized is None or not sized[1].value:
            yield ours
        else:
            # "une ampoule de 1 ml" is one container; "1 ml de solution" may be any part of it.
            before = substance.reference[: sized[0].start()].strip().lower()
            yield Strength(ours.amount, sized[1], bool(before) and before != "pour")


def _of_name(name: str) -> Iterator[Strength]:
    for found in _FOUND_IN_NAME.finditer(short_name(name)):
        size = f"{found['size'] or 1} {found['of']}" if found["of"] else None
        strength = _strength(found, size)
        if strength is not None:
            yield strength


def _quantity(number: str, unit: str) -> Quantity | None:
    value, code = _number(number), ucum_of(unit)
    if value is None or code not in _SCALES:
        return None
    base, scale = _SCALES[code]
    return Quantity(value * scale * (10**6 if is_in_millions(unit) else 1), base)


def _number(text: str) -> Fraction | None:
    """The number that French labels write; None for 1.000, which may be one or a thousand."""
    digits = re.sub(r"\s", "", text)
    if _THOUSANDS.fullmatch(digits):
        return None
    try:
        return Fraction(digits.replace(",", ".")) if len(digits) <= _LONGEST_NUMBER else None
    except ValueError:  # it has two points
        return None
