"""Lint rules of quantities: their numbers, and their units by the codes of UCUM."""

import re
from typing import Final

from mesomix.evidence import Text
from mesomix.formulary.paths import Path
from mesomix.linter.diagnostic import LintSeverity
from mesomix.linter.expectations import example_of, fits, units_at
from mesomix.linter.lint_rule import LintRule, Problem
from mesomix.linter.suggestion import did_you_mean_one, nearest_quantity

UNKNOWN_UNIT: Final = LintRule(
    id="unknown-unit",
    severity=LintSeverity.ERROR,
    situation="A quantity is in none of the units, codes of UCUM, that its key allows.",
    message=Text("« {unit} » n'est pas une unité de {key}", "{unit!r} is no unit of {key}"),
    help=Text(
        "{near}une quantité s'écrit comme « {example} » ; les unités (codes UCUM) : {known}",
        "{near}a quantity is written like {example!r}; the units (UCUM codes) are: {known}",
    ),
)
MALFORMED_QUANTITY: Final = LintRule(
    id="malformed-quantity",
    severity=LintSeverity.ERROR,
    situation="A quantity is not a number above 0, a space and a unit.",
    message=Text("« {written} » n'est pas une quantité", "{written!r} is no quantity"),
    help=Text(
        "{near}une quantité est un nombre au-dessus de 0, avec un point et non une virgule, une "
        "espace et une unité, comme « {example} » ; les unités (codes UCUM) : {known}",
        "{near}a quantity is a number above 0, with a point and no comma, a space and a unit, like "
        "{example!r}; the units (UCUM codes) are: {known}",
    ),
)

_UNIT: Final = re.compile(r"[\d\s.,]*\d[\s.,]*(?P<unit>[^\d\s.,].*)", re.DOTALL)
"""A number, however it is written, and what is behind it. A sign before it makes it none."""


def no_quantity(path: Path, written: str) -> Problem:
    """What is wrong with a text at `path` that is no quantity of the units allowed there."""
    units = units_at(path)
    words = {
        "near": _meant(path, written, units),
        "example": example_of(units),
        "known": ", ".join(units),
    }
    found = _UNIT.fullmatch(written.strip())
    if found is None or found["unit"] in units:
        return MALFORMED_QUANTITY.problem(*path, written=written, **words)
    key = next(step for step in reversed(path) if isinstance(step, str))
    return UNKNOWN_UNIT.problem(*path, unit=found["unit"], key=key, **words)


def _meant(path: Path, written: str, units: list[str]) -> Text:
    """What somebody meant who wrote that, as far as it can be only one thing; as a question."""
    amount, slash, size = written.partition("/")
    found = nearest_quantity(amount, units)
    if found is None or not fits(path, found):
        return Text("", "")
    if not slash:
        return did_you_mean_one(found)
    other: Path = (*path[:-1], "volume")
    whole = size.strip() if size.strip()[:1].isdecimal() else f"1 {size}"
    volume = nearest_quantity(whole, units_at(other))
    if volume is None or not fits(other, volume):
        return Text("", "")
    return Text(
        f'vouliez-vous amount = "{found}" et volume = "{volume}" ? ',
        f'did you mean amount = "{found}" and volume = "{volume}"? ',
    )
