"""The tables of all data files as one, for lint rules to look at, and the ways through them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from mesomix.bdpm import Bdpm
from mesomix.formulary.ids import NamedId, Origin, TakenId
from mesomix.formulary.index import Clash
from mesomix.formulary.paths import Path
from mesomix.formulary.schema import (
    AmountTable,
    DataFile,
    MaximumDoseTable,
    ProductTable,
    ReferenceTable,
    Sourced,
    SpecialtyTable,
    SubstanceTable,
)

CORTICOSTEROID: Final = "corticosteroid"
"""The id of the group of which no member may have an effect in mesotherapy."""

_ATC: Final = re.compile(r"[ABCDGHJLMNPRSV]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?")
ATC_LEVELS: Final = (1, 3, 4, 5, 7)
"""The lengths of the five levels of an ATC class: V, V03, V03A, V03AB, V03AB01."""


def is_atc(code: str) -> bool:
    """Whether `code` is written as an ATC class of one of WHO's five levels is."""
    return _ATC.fullmatch(code) is not None


@dataclass(frozen=True, slots=True)
class Data:
    """What lint rules look at. A value of a wrong shape has a stand-in: nothing is said of it."""

    tables: DataFile
    """All files as one."""
    origin: Origin
    """The file of each table."""
    taken: tuple[TakenId, ...]
    """The ids that two tables have."""
    unknown: tuple[NamedId, ...]
    """The ids that nothing has."""
    clashes: tuple[Clash, ...]
    """The names that two things claim, or that are none."""
    facts: tuple[tuple[Path, Sourced], ...]
    """Every table with a source, with the steps to it; a table before those in it."""
    groups_by_atc: Mapping[str, tuple[str, ...]]
    """The groups that claim an ATC class."""
    as_of: date | None
    """The day to count ages from; None where nobody gave one."""
    max_age: timedelta
    """How old a check, or the newest source of a fact, may be."""
    bdpm: Bdpm | None = None
    """The state of the market to compare with; None where nobody gave one."""

    def day(self) -> date:
        """The day to count ages from, for the rules that run only when there is one."""
        assert self.as_of is not None  # noqa: S101 (such a rule has needs_date)
        return self.as_of

    def market(self) -> Bdpm:
        """The state of the market, for the rules that run only when there is one."""
        assert self.bdpm is not None  # noqa: S101 (such a rule has needs_bdpm)
        return self.bdpm

    def specialties(self) -> Iterator[tuple[Path, SpecialtyTable]]:
        """Every specialty, with the steps to it."""
        for product, table in self.tables.products.items():
            for key, specialty in table.specialties.items():
                yield ("products", product, "specialties", key), specialty

    def amounts(self) -> Iterator[tuple[Path, AmountTable]]:
        """Every amount of a specialty, with the steps to it."""
        for path, specialty in self.specialties():
            for number, amount in enumerate(specialty.amounts):
                yield (*path, "amounts", number), amount

    def maxima(self) -> Iterator[tuple[Path, MaximumDoseTable]]:
        """Every maximum dose of a substance, with the steps to it."""
        for key, substance in self.tables.substances.items():
            for number, maximum in enumerate(substance.maximum_doses or ()):
                yield ("substances", key, "maximum_doses", number), maximum

    def injected(self) -> dict[str, SubstanceTable]:
        """The active substances of the products, by id."""
        named = [s for product in self.tables.products.values() for s in product.substances]
        known = self.tables.substances
        return {key: known[key] for key in dict.fromkeys(named) if key in known}

    def groups_of(self, atc: str) -> list[str]:
        """The ids of the groups to which all substances of the ATC class `atc` belong."""
        if not is_atc(atc):
            return []  # that is said, and it may be any class
        return [group for level in ATC_LEVELS for group in self.groups_by_atc.get(atc[:level], ())]

    def atc_of(self, product: ProductTable) -> Iterator[str]:
        """The ATC classes of the active substances of `product`."""
        for key in product.substances:
            substance = self.tables.substances.get(key)
            yield from filter(is_atc, substance.atc if substance else ())

    def implied(self, condition: str) -> set[str]:
        """`condition`, and those that a yes to it is a yes to as well."""
        found: set[str] = set()
        left = [condition]
        while left:
            step = left.pop()
            if step not in found and step in self.tables.conditions:
                found.add(step)
                left += self.tables.conditions[step].implies
        return found

    def checked(self) -> Iterator[tuple[Path, Sourced | ReferenceTable]]:
        """Every table that says when somebody checked it, with the steps to it."""
        yield from self.facts
        for key, reference in self.tables.references.items():
            yield ("references", key), reference


def facts_of(tables: DataFile) -> Iterator[tuple[Path, Sourced]]:
    """Every table of `tables` with a source, with the steps to it; a table before those in it."""
    for section in ("conditions", "groups", "substances", "products"):
        for key, table in getattr(tables, section).items():
            yield from _sourced((section, key), table)


def _sourced(path: Path, table: Sourced) -> Iterator[tuple[Path, Sourced]]:
    yield path, table
    for key, value in table.__dict__.items():
        if isinstance(value, Sourced):
            yield from _sourced((*path, key), value)
        elif isinstance(value, dict):
            for step, item in value.items():
                yield from _sourced((*path, key, step), item)
        elif isinstance(value, tuple) and value and isinstance(value[0], Sourced):
            for number, item in enumerate(value):
                yield from _sourced((*path, key, number), item)


def groups_by_atc(tables: DataFile) -> dict[str, tuple[str, ...]]:
    """For each ATC class that a group claims, the ids of the groups that do."""
    found: dict[str, tuple[str, ...]] = {}
    for key, group in tables.groups.items():
        for atc in group.atc:
            found[atc] = (*found.get(atc, ()), key)
    return found
