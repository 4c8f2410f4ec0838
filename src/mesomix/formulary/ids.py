"""The data files as one, in which every id that one table names is the key of another."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mesomix.formulary.files import DataError, Fault
from mesomix.formulary.paths import Path, key_of

if TYPE_CHECKING:
    from mesomix.formulary.schema import DataFile, ProductTable, Sourced, SubstanceTable

SECTIONS = ("references", "conditions", "groups", "substances", "products")

Origin = dict[Path, str]
"""The name of the file of each table, by the two steps to it: `("products", "miorel")`."""


@dataclass(frozen=True, slots=True)
class TakenId:
    """A table whose id another one has already."""

    path: Path
    file: str
    other: Path
    other_file: str


@dataclass(frozen=True, slots=True)
class NamedId:
    """An id, where it is named, and what it must be the id of."""

    path: Path
    kind: str
    """reference, condition, group, substance, or "group or substance"."""
    id: str


def merge(files: Iterable[tuple[str, "DataFile"]]) -> "tuple[DataFile, Origin]":
    """All `files`, which come with their names, as one; and the name of the file of each table.

    Raises DataError with every fault: an id that two tables have, or that none has; no product.
    """
    files = tuple(files)
    whole, origin, taken = joined(files)
    faults = [
        Fault(found.file, key_of(found.path), f"{_holder(found)} has this id already")
        for found in (*taken, *taken_ids(whole, origin))
    ]
    faults += [
        Fault(origin[named.path[:2]], key_of(named.path), f"there is no {named.kind} {named.id!r}")
        for named in unknown_ids(whole)
    ]
    if not faults and not whole.products:
        faults.append(Fault(files[-1][0], "products", "there is none"))
    if faults:
        raise DataError(faults)
    return whole, origin


def joined(
    files: Iterable[tuple[str, "DataFile"]],
) -> "tuple[DataFile, Origin, list[TakenId]]":
    """All `files` as one, the file of each table, and the tables whose id an earlier file has.

    Of two tables with one id, the one of the earlier file is kept.
    """
    from mesomix.formulary.schema import DataFile  # noqa: PLC0415 (pydantic: see files.py)

    taken: list[TakenId] = []
    origin: Origin = {}
    parts: dict[str, dict[str, object]] = {section: {} for section in SECTIONS}
    version = ""
    for file, tables in files:
        version = version or tables.version
        for section, merged in parts.items():
            for key, value in getattr(tables, section).items():
                path = (section, key)
                if path in origin:
                    taken.append(TakenId(path, file, path, origin[path]))
                else:
                    origin[path] = file
                    merged[key] = value
    return DataFile.model_construct(None, version=version, **parts), origin, taken


def _holder(taken: TakenId) -> str:
    return taken.other_file if taken.path == taken.other else key_of(taken.other)


def taken_ids(tables: "DataFile", origin: Origin) -> Iterator[TakenId]:
    """The ids that tables of two kinds have: groups and substances, products and specialties."""
    for key in tables.groups.keys() & tables.substances.keys():
        order = list(origin)  # of the files, and in them
        first, second = sorted([("groups", key), ("substances", key)], key=order.index)
        yield _taken(second, first, origin)
    known: dict[str, Path] = {key: ("products", key) for key in tables.products}
    for key, product in tables.products.items():
        for specialty in product.specialties:
            path = ("products", key, "specialties", specialty)
            if specialty in known:
                yield _taken(path, known[specialty], origin)
            else:
                known[specialty] = path


def _taken(path: Path, other: Path, origin: Origin) -> TakenId:
    return TakenId(path, origin[path[:2]], other, origin[other[:2]])


def unknown_ids(tables: "DataFile") -> Iterator[NamedId]:
    """The ids that a table names, and that no table of the right kind has."""
    known: dict[str, Collection[str]] = {
        "reference": tables.references.keys(),
        "condition": tables.conditions.keys(),
        "group": tables.groups.keys(),
        "substance": tables.substances.keys(),
        "group or substance": tables.groups.keys() | tables.substances.keys(),
    }
    for path, key, kind, ids in _named_ids(tables):
        if isinstance(ids, str):
            if ids not in known[kind]:
                yield NamedId((*path, key), kind, ids)
            continue
        for number, identifier in enumerate(ids):
            if identifier not in known[kind]:
                yield NamedId((*path, key, number), kind, identifier)


_Naming = tuple[Path, str, str, str | tuple[str, ...]]
"""A table and its key that names an id, or a list of ids; what they must be the ids of; the ids."""


def _named_ids(tables: "DataFile") -> Iterator[_Naming]:
    for key, condition in tables.conditions.items():
        path: Path = ("conditions", key)
        yield from _sources(path, condition)
        yield path, "implies", "condition", condition.implies
    for key, group in tables.groups.items():
        path = ("groups", key)
        yield from _sources(path, group)
        for number, reached in enumerate(group.reached_from):
            step = (*path, "reached_from", number)
            yield from _sources(step, reached)
            yield step, "allergen", "group or substance", reached.allergen
    for key, substance in tables.substances.items():
        yield from _substance(("substances", key), substance)
    for key, product in tables.products.items():
        yield from _product(("products", key), product)


def _sources(path: Path, fact: "Sourced") -> tuple[_Naming, ...]:
    named = (path, "source", "reference", fact.source)
    return (named, (path, "also", "reference", fact.also)) if fact.also else (named,)


def _substance(path: Path, substance: "SubstanceTable") -> Iterator[_Naming]:
    yield from _sources(path, substance)
    yield path, "groups", "group", substance.groups
    if substance.mixing_forbidden is not None:
        yield from _sources((*path, "mixing_forbidden"), substance.mixing_forbidden)
    for number, contraindication in enumerate(substance.contraindications or ()):
        step = (*path, "contraindications", number)
        yield from _sources(step, contraindication)
        yield step, "condition", "condition", contraindication.condition
    for number, harm in enumerate(substance.reported_harms):
        step = (*path, "reported_harms", number)
        yield from _sources(step, harm)
        yield step, "other", "group or substance", harm.other
    for number, maximum in enumerate(substance.maximum_doses or ()):
        yield from _sources((*path, "maximum_doses", number), maximum)


def _product(path: Path, product: "ProductTable") -> Iterator[_Naming]:
    yield from _sources(path, product)
    yield path, "substances", "substance", product.substances
    for key, specialty in product.specialties.items():
        step = (*path, "specialties", key)
        yield from _sources(step, specialty)
        yield from _sources((*step, "marketing"), specialty.marketing)
        if specialty.excipients is not None:
            listed = (*step, "excipients")
            yield from _sources(listed, specialty.excipients)
            yield listed, "present", "substance", specialty.excipients.present
            yield listed, "possible", "substance", specialty.excipients.possible
        for number, forbidden in enumerate(specialty.forbidden_routes):
            yield from _sources((*step, "forbidden_routes", number), forbidden)
        for number, amount in enumerate(specialty.amounts):
            held = (*step, "amounts", number)
            yield from _sources(held, amount)
            yield held, "substance", "substance", amount.substance
