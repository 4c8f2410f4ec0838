"""Which files are linted together: the formularies of one run, and what lint rules see of each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from os import PathLike
from pathlib import Path as FilePath
from typing import Final

from mesomix.bdpm import Bdpm
from mesomix.formulary.files import SHIPPED, shipped_folder
from mesomix.formulary.ids import NamedId, joined, taken_ids, unknown_ids
from mesomix.formulary.index import Clash, index_names
from mesomix.formulary.linking import link
from mesomix.formulary.schema import ConditionTable, DataFile, SubstanceTable
from mesomix.linter.source import Source, read_source
from mesomix.linter.tables import Data, facts_of, groups_by_atc

_FORMULARY: Final = SHIPPED[-1]
"""The role of the file with the products; a clinic's own may have any name."""

_LINKED: Final = (("substances", "substance"), ("conditions", "condition"))
"""The sections that the objects of a formulary are looked up in, and what an id of each is."""


@dataclass(frozen=True, slots=True)
class Run:
    """The files of one run, and the formularies that they make."""

    sources: tuple[Source, ...]
    """Every file once, the given ones and those that they are read beside."""
    formularies: tuple[tuple[Source, ...], ...]
    """For each formulary its files, in the order of their loading."""


def read_run(files: Sequence[str | PathLike[str]]) -> Run:
    """The formularies that `files` make; without any, the shipped one.

    A file is read as `mesomix.load` reads it: beside the shipped references and substances. One
    that is named like a shipped file of these takes its place. Each other file is a formulary of
    its own.
    """
    folder = shipped_folder()
    shipped = {name: folder / name for name in SHIPPED}
    given: dict[str, list[FilePath]] = {name: [] for name in SHIPPED}
    of_ours = not files
    for path in _distinct(map(FilePath, files)):
        same = next((name for name, own in shipped.items() if _is_same(path, own)), None)
        of_ours = of_ours or same is not None
        role = same or (path.name if path.name in SHIPPED else _FORMULARY)
        given[role].append(path)
    # Whoever changes one shipped file is told what that does to the others.
    asked = of_ours and not [
        path for path in given[_FORMULARY] if not _is_same(path, shipped[_FORMULARY])
    ]
    sources: dict[str, list[Source]] = {}
    for role, paths in given.items():
        chosen = paths or [shipped[role]]
        sources[role] = [
            read_source(
                path,
                name=str(path) if paths else _shown(path),
                given=bool(paths) or asked,
                number=f"{len(sources)}{number}",
            )
            for number, path in enumerate(chosen)
        ]
    beside = [source for role in SHIPPED[:-1] for source in sources[role]]
    return Run(
        (*beside, *sources[_FORMULARY]),
        tuple((*beside, source) for source in sources[_FORMULARY]),
    )


def _distinct(paths: Iterable[FilePath]) -> list[FilePath]:
    """`paths` without those that lead to a file once more."""
    found: list[FilePath] = []
    for path in paths:
        if path not in found and not any(_is_same(path, other) for other in found):
            found.append(path)
    return found


def _is_same(path: FilePath, own: FilePath) -> bool:
    try:
        return path.samefile(own)
    except (OSError, ValueError):  # it is absent, or not a path: its reading will say so
        return False


def _shown(path: FilePath) -> str:
    """The path of a shipped file as one would write it in the working directory."""
    try:
        here = FilePath.cwd()
    except OSError:  # somebody has removed it
        return str(path)
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def data_of(
    files: Sequence[Source], as_of: date | None, max_age: timedelta, bdpm: Bdpm | None = None
) -> Data:
    """What lint rules see of one formulary, all of whose `files` could be read."""
    named = [(file.name, file.shaped.tables) for file in files if file.shaped]
    tables, origin, taken = joined(named)
    unknown = tuple(unknown_ids(tables))
    return Data(
        tables=tables,
        origin=origin,
        taken=(*taken, *taken_ids(tables, origin)),
        unknown=unknown,
        clashes=tuple(_clashes(tables, unknown)),
        facts=tuple(facts_of(tables)),
        groups_by_atc=groups_by_atc(tables),
        as_of=as_of,
        max_age=max_age,
        bdpm=bdpm,
    )


def _clashes(tables: DataFile, unknown: Sequence[NamedId]) -> Iterator[Clash]:
    """The clashes of names; for each id that names nothing, a table of that id stands in."""
    named = {section: [u.id for u in unknown if u.kind == kind] for section, kind in _LINKED}
    doubtful = {
        u.path[:2] for u in unknown if u.path[0] == "products" and u.path[2] == "substances"
    }
    stand_ins = {(section, key) for section, keys in named.items() for key in keys}
    whole = tables.model_copy(
        update={
            section: getattr(tables, section) | {key: _stand_in(section, key) for key in keys}
            for section, keys in named.items()
        }
    )
    for clash in index_names(whole, link(whole, "")).clashes:
        # A product may well have the name of a substance, or a group, that it was to name.
        may_be_meant = (
            clash.path in doubtful and clash.other is not None and clash.other[0] != "products"
        )
        if not may_be_meant and not stand_ins.intersection((clash.path, clash.other)):
            yield clash


def _stand_in(section: str, key: str) -> SubstanceTable | ConditionTable:
    model = SubstanceTable if section == "substances" else ConditionTable
    return model.model_construct(None, en=key, fr=key, source="", checked=date.min)
