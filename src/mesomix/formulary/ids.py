"""The data files as one, in which every id that one table names is the key of another."""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from mesomix.formulary.files import DataError, Fault

if TYPE_CHECKING:
    from mesomix.formulary.schema import DataFile, ProductTable, Sourced, SubstanceTable

SECTIONS = ("references", "conditions", "groups", "substances", "products")

Naming = tuple[str, str, Iterable[str]]
"""Where ids are named: the path, what they must be, and the ids."""


def merge(files: Iterable[tuple[str, "DataFile"]]) -> "tuple[DataFile, dict[str, str]]":
    """All `files`, which come with their names, as one; and the name of the file of each path.

    Raises DataError with every fault: an id that two tables have, or that none has; no product.
    """
    from mesomix.formulary.schema import DataFile  # noqa: PLC0415 (pydantic: see files.py)

    faults: list[Fault] = []
    origin: dict[str, str] = {}
    parts: dict[str, dict[str, object]] = {section: {} for section in SECTIONS}
    files = tuple(files)
    for file, tables in files:
        for section, merged in parts.items():
            for key, value in getattr(tables, section).items():
                path = f"{section}.{key}"
                if path in origin:
                    faults.append(Fault(file, path, f"{origin[path]} has this id already"))
                origin[path] = file
                merged[key] = value
    version = next((tables.version for _, tables in files if tables.version), "")
    whole = DataFile.model_construct(None, version=version, **parts)
    for path, problem in (*_taken_ids(whole), *_unknown_ids(whole)):
        faults.append(Fault(origin[table_of(path)], path, problem))
    if not faults and not whole.products:
        faults.append(Fault(files[-1][0], "products", "there is none"))
    if faults:
        raise DataError(faults)
    return whole, origin


def table_of(path: str) -> str:
    """The path of the table that `path` leads into: `products.miorel` of what is in it."""
    return ".".join(path.split(".")[:2])


def _taken_ids(tables: "DataFile") -> Iterator[tuple[str, str]]:
    for key in tables.groups.keys() & tables.substances.keys():
        yield f"groups.{key}", "a substance has this id already"
    taken = {key: f"products.{key}" for key in tables.products}
    for key, product in tables.products.items():
        for specialty in product.specialties:
            path = f"products.{key}.specialties.{specialty}"
            if specialty in taken:
                yield path, f"{taken[specialty]} has this id already"
            taken[specialty] = path


def _unknown_ids(tables: "DataFile") -> Iterator[tuple[str, str]]:
    known: dict[str, Collection[str]] = {
        "reference": tables.references.keys(),
        "condition": tables.conditions.keys(),
        "group": tables.groups.keys(),
        "substance": tables.substances.keys(),
        "group or substance": tables.groups.keys() | tables.substances.keys(),
    }
    for path, kind, names in _named_ids(tables):
        for name in names:
            if name not in known[kind]:
                yield path, f"there is no {kind} {name!r}"


def _named_ids(tables: "DataFile") -> Iterator[Naming]:
    for key, condition in tables.conditions.items():
        yield from _source(f"conditions.{key}", condition)
        yield f"conditions.{key}.implies", "condition", condition.implies
    for key, group in tables.groups.items():
        path = f"groups.{key}"
        yield from _source(path, group)
        for number, reached in enumerate(group.reached_from):
            step = f"{path}.reached_from[{number}]"
            yield from _source(step, reached)
            yield f"{step}.allergen", "group or substance", (reached.allergen,)
    for key, substance in tables.substances.items():
        yield from _substance(f"substances.{key}", substance)
    for key, product in tables.products.items():
        yield from _product(f"products.{key}", product)


def _source(path: str, fact: "Sourced") -> Iterator[Naming]:
    yield f"{path}.source", "reference", (fact.source,)
    if fact.also:
        yield f"{path}.also", "reference", fact.also


def _substance(path: str, substance: "SubstanceTable") -> Iterator[Naming]:
    yield from _source(path, substance)
    yield f"{path}.groups", "group", substance.groups
    if substance.mixing_forbidden is not None:
        yield from _source(f"{path}.mixing_forbidden", substance.mixing_forbidden)
    for number, contraindication in enumerate(substance.contraindications or ()):
        step = f"{path}.contraindications[{number}]"
        yield from _source(step, contraindication)
        yield f"{step}.condition", "condition", (contraindication.condition,)
    for number, harm in enumerate(substance.reported_harms):
        step = f"{path}.reported_harms[{number}]"
        yield from _source(step, harm)
        yield f"{step}.other", "group or substance", (harm.other,)


def _product(path: str, product: "ProductTable") -> Iterator[Naming]:
    yield from _source(path, product)
    yield f"{path}.substances", "substance", product.substances
    for key, specialty in product.specialties.items():
        step = f"{path}.specialties.{key}"
        yield from _source(step, specialty)
        yield from _source(f"{step}.marketing", specialty.marketing)
        if specialty.excipients is not None:
            yield from _source(f"{step}.excipients", specialty.excipients)
            listed = (*specialty.excipients.present, *specialty.excipients.possible)
            yield f"{step}.excipients", "substance", listed
        for number, forbidden in enumerate(specialty.forbidden_routes):
            yield from _source(f"{step}.forbidden_routes[{number}]", forbidden)
