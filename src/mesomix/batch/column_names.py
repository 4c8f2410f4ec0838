"""Which column of a table says what, by its name alone: only where one can be meant."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from mesomix.batch.columns import Columns, NullProducts
from mesomix.formulary import Formulary
from mesomix.names import fold

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody said of the columns, as of `Columns`. What is None is to be found."""

    products: str | tuple[str, ...] | None = None
    allergies: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict[str, str])
    affirmed: str | None = None
    denied: str | None = None
    amounts: str | tuple[str, ...] | None = None
    nothing_else: bool = False
    null_products: NullProducts = "unknown"
    age: str | None = None
    set_aside: tuple[str, ...] = ()
    """These are not to be found as anything."""

    def names(self) -> Iterator[str]:
        """The columns that it names."""
        for names in (self.products, self.amounts):
            yield from (names,) if isinstance(names, str) else names or ()
        yield from filter(None, (self.allergies, self.affirmed, self.denied, self.age))
        yield from self.facts.values()


_PRODUCTS: Final = re.compile("(?:products?|produits?)([0-9]*)")
_AMOUNTS: Final = re.compile("(?:amounts?|quantit(?:y|ies|es?)|volumes?|doses?)([0-9]*)")
_ALLERGIES: Final = re.compile("allerg(?:y|ies?)()")
_AFFIRMED: Final = re.compile("(?:affirmed|affirmee?s?)()")
_DENIED: Final = re.compile("(?:denied|niee?s?)()")
_AGE: Final = re.compile(
    "(?:patients?)?ages?(?:(?:du)?patiente?)?(?:(?:en|in)?(?:ans?|annees?|years?))?()"
)
"""In years: in a column of months, 8 would be read as eight years."""


def find_columns(schema: "pa.Schema", formulary: Formulary, asked: Asked) -> Columns:
    """What says what in a table of `schema`: what was `asked`, and the rest by name.

    Products are `products`, or `product_1`, `product_2` and so on; amounts likewise; then there are
    `allergies`, `affirmed` and `denied`, and each condition by its id or any of its names. All of
    it in French or in English, however it is spelt. What is called so and is of a type that cannot
    be read is found as well: `checked_schema` refuses it, since leaving it out would be silent.

    Raises ValueError when no column of products is found, when more than one could be meant of
    anything, and when a condition is unknown: then somebody has to say which.
    """
    taken = {*asked.names(), *asked.set_aside}
    texts = [name for name in schema.names if name not in taken]
    products = asked.products or _several("products", _PRODUCTS, texts)
    if products is None:
        listed = ", ".join(map(repr, schema.names))
        message = f"no column of products was found by its name, of {listed}:"
        message += " say which they are (--products)"
        raise ValueError(message)
    found = replace(
        asked,
        products=products,
        amounts=asked.amounts or _several("amounts", _AMOUNTS, texts),
        allergies=asked.allergies or _one("allergies", _ALLERGIES, texts),
        affirmed=asked.affirmed or _one("affirmed", _AFFIRMED, texts),
        denied=asked.denied or _one("denied", _DENIED, texts),
    )
    taken = {*found.names(), *asked.set_aside}
    answers = [name for name in schema.names if name not in taken]
    return Columns(
        products=products,
        amounts=found.amounts,
        allergies=found.allergies,
        facts=_facts(answers, formulary, asked.facts),
        affirmed=found.affirmed,
        denied=found.denied,
        nothing_else=asked.nothing_else,
        null_products=asked.null_products,
    )


def find_age(schema: "pa.Schema", columns: Columns, asked: Asked) -> str | None:
    """The column of ages that was `asked` for, or one by name that `columns` does not read.

    Raises ValueError when more than one could be meant.
    """
    taken = {*(name for name, _ in columns.wanted), *asked.set_aside}
    return asked.age or _one("age", _AGE, [name for name in schema.names if name not in taken])


def _one(role: str, pattern: re.Pattern[str], names: Iterable[str]) -> str | None:
    """The one of `names` that is called so; None where none is."""
    found = [name for name in names if pattern.fullmatch(fold(name))]
    if len(found) > 1:
        raise _unclear(role, found)
    return found[0] if found else None


def _several(
    role: str, pattern: re.Pattern[str], names: Iterable[str]
) -> str | tuple[str, ...] | None:
    """Those of `names` that are called so: one without a number, or those from 1 on."""
    found = [(match[1], name) for name in names if (match := pattern.fullmatch(fold(name)))]
    if not found:
        return None
    if [number for number, _ in found] == [""]:
        return found[0][1]
    numbered = sorted((int(number or 0), name) for number, name in found)
    if [number for number, _ in numbered] != [*range(1, len(found) + 1)]:
        raise _unclear(role, [name for _, name in found])
    return tuple(name for _, name in numbered)


def _unclear(role: str, names: Iterable[str]) -> ValueError:
    listed = ", ".join(map(repr, names))
    return ValueError(f"{role}: it is not clear which columns are meant of {listed}: say which")


def _facts(names: Iterable[str], formulary: Formulary, asked: Mapping[str, str]) -> dict[str, str]:
    """The columns that answer a condition, by its id; those that were asked for come first."""
    found: dict[str, str] = {}
    for condition, name in asked.items():
        key = _condition(condition, formulary)
        if key is None:
            message = f"{condition!a} names no condition of the formulary"
            raise ValueError(message)
        if key in found:
            raise _unclear(key, [found[key], name])
        found[key] = name
    known = {*found}
    for name in names:
        key = _condition(name, formulary)
        if key in known or key is None:
            continue
        if key in found:
            raise _unclear(key, [found[key], name])
        found[key] = name
    return found


def _condition(name: str, formulary: Formulary) -> str | None:
    """The id of the condition of that name: what both a yes and a no to it answer."""
    try:
        yes, no = (formulary.patient(facts={name: answer}).answers for answer in (True, False))
    except ValueError:
        return None
    (key,) = yes.keys() & no.keys()
    return key
