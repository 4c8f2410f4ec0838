"""Strengths in numbers: those of BDPM's rows and names, and how French labels write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from mesomix.bdpm.names import short_name
from mesomix.bdpm.specialties import BdpmSubstance
from mesomix.quantity import UNITS, VOLUME, Quantity

CONTAINERS: Final = frozenset({"ampoule", "dose", "flacon", "sachet", "seringue"})
"""What a strength may be of, in place of a volume: annotations in UCUM, such as {flacon}."""

TIMES: Final = frozenset({"million", "millions"})
"""What may stand before a unit."""

# Possessive, so that a page of blanks is read once. French numbers have spaces that do not break.
NUMBER: Final = r"[0-9](?:[\s.,]*+[0-9]++)*+"

_MASS: Final = "mg"
_SIZES: Final = frozenset({_MASS, VOLUME})
"""What an amount may be in: a volume, or the weight of a powder or a cream."""

_UNCONVERTED: Final = frozenset({"MBq", "meq", "U"})
"""Units that are compared with themselves only: no `Quantity` has them."""

_LONGEST_NUMBER: Final = 30
_LONGEST_TEXT: Final = 1000
"""Letters of a name or a reference; a longer one is none, and would be searched for minutes."""
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
class Measure:
    """An exact number of a unit, in the one that all of its kind have in common: mg for g."""

    value: Fraction
    unit: str
    """mg, mL, [iU] or mmol; MBq, meq or U, which are no others' multiples here."""


@dataclass(frozen=True, slots=True)
class Strength:
    """An amount, and in how much of the medicine it is."""

    amount: Measure
    size: Measure | None = None
    """None for that of a container whose size is not told."""
    of_container: bool = False
    """Whether `size` is that of one container: the amount in it is `amount`."""


def strength_of(text: str) -> Strength | None:
    """A strength as it is written: "50 mg/5 ml", "2,25 g", "250 mg/flacon", "0,9 %"."""
    amount, slash, size = text.partition("/")
    found = _WRITTEN.fullmatch(amount.strip())
    return _strength(found, size.strip() if slash else None) if found else None


def strength_of_row(row: BdpmSubstance) -> Strength | None:
    """The strength of a row of a composition, with what its reference tells of the size."""
    ours = strength_of(row.strength)
    if ours is None or ours.size is not None:
        return ours
    sizes = (
        (found, measured(found["number"], found["unit"]))
        for found in _FOUND.finditer(_sensible(row.reference))
    )
    sized = next(((f, size) for f, size in sizes if size and size.unit in _SIZES), None)
    if sized is None or not sized[1].value:
        return ours
    # "une ampoule de 1 ml" is one container; "1 ml de solution" may be any part of it.
    before = row.reference[: sized[0].start()].strip().lower()
    return Strength(ours.amount, sized[1], bool(before) and before != "pour")


def strengths_of_name(name: str) -> Iterator[Strength]:
    """The strengths that the name of a specialty tells."""
    for found in _FOUND_IN_NAME.finditer(_sensible(short_name(name))):
        size = f"{found['size'] or 1} {found['of']}" if found["of"] else None
        strength = _strength(found, size)
        if strength is not None:
            yield strength


def _sensible(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else ""


def _strength(found: re.Match[str], size: str | None) -> Strength | None:
    if ucum_of(found["unit"]) == "%":
        grams = number_of(found["number"])
        hundred = Measure(Fraction(100), VOLUME)
        return Strength(Measure(grams * 1000, _MASS), hundred) if grams is not None else None
    amount = measured(found["number"], found["unit"])
    if amount is None or size is None or size.lower() in CONTAINERS:
        return Strength(amount) if amount else None
    within = _size(size)
    return Strength(amount, within) if within else None


def _size(text: str) -> Measure | None:
    """A size that is written: "5 ml", or "ml" for one."""
    number = re.match(NUMBER, text)
    unit = text[number.end() :] if number else text
    size = measured(number[0] if number else "1", unit)
    return size if size and size.value else None


def measured(number: str, unit: str) -> Measure | None:
    """So much of a unit, as labels write both; None when one of them is not understood."""
    value, code = number_of(number), ucum_of(unit)
    if value is None or code is None or code == "%":
        return None
    if is_in_millions(unit):
        value *= 10**6
    if code in _UNCONVERTED:
        return Measure(value, code)
    one = Quantity(Decimal(1), code)
    return Measure(value * one.amount, one.kind)


def number_of(text: str) -> Fraction | None:
    """The number that French labels write; None for 1.000, which may be one or a thousand."""
    digits = re.sub(r"\s", "", text)
    if _THOUSANDS.fullmatch(digits):
        return None
    try:
        return Fraction(digits.replace(",", ".")) if len(digits) <= _LONGEST_NUMBER else None
    except ValueError:  # it has two points
        return None


def ucum_of(text: str) -> str | None:
    """The UCUM code of a unit, which words may follow as annotations: "UI anti-Xa"."""
    return UNITS.get(first_word(text)) or UNITS.get(" ".join(_unit_words(text)))


def is_in_millions(text: str) -> bool:
    """Whether a unit is written as millions of it: "million UI"."""
    return not TIMES.isdisjoint(_unit_words(text))


def first_word(text: str) -> str:
    """The word of a unit, without what it is multiplied by and without a point at its end."""
    first = next((word for word in _unit_words(text) if word not in TIMES), "")
    return first.removesuffix(".")


def _unit_words(text: str) -> list[str]:
    return text.lower().replace("μ", "µ").split()  # the letter, and the sign
