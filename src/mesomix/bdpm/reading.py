"""`bdpm.read`: from a folder to what the files in it say."""

from collections import Counter
from collections.abc import Iterator
from os import PathLike
from typing import Final

from mesomix.bdpm.database import Bdpm
from mesomix.bdpm.files import (
    CLASSES,
    COMPOSITION,
    KINDS,
    PRESENTATIONS,
    SPECIALTIES,
    BdpmError,
    FileKind,
    decode,
    read_folder,
)
from mesomix.bdpm.rows import MalformedRow, Rows, read_rows
from mesomix.bdpm.specialties import SpecialtyRows
from mesomix.evidence import Text

_UNKNOWN: Final = Text(
    f"aucune ligne lisible de {SPECIALTIES.name} n’a ce code CIS",
    f"no readable row of {SPECIALTIES.name} has this CIS",
)
_REPEATED: Final = Text(
    "ce code CIS a déjà une autre ligne, qui est celle qui compte",
    "this CIS has another row already, which is the one that counts",
)


def read(folder: str | PathLike[str]) -> Bdpm:
    """What the files of BDPM in `folder` say.

    They are CIS_bdpm.txt, CIS_COMPO_bdpm.txt, and, where they are there, CIS_CIP_bdpm.txt and
    CIS_MITM.txt. Rows that are not understood are in `Bdpm.malformed`. Raises BdpmError, with a
    line for each file that is absent, cannot be read, or is another file; TypeError when `folder`
    is no path.
    """
    if not isinstance(folder, str) and not hasattr(folder, "__fspath__"):
        message = "the folder of BDPM must be a path"
        raise TypeError(message)
    import hashlib  # noqa: PLC0415 (with OpenSSL: only who reads pays)

    contents = read_folder(folder)
    digest = hashlib.sha256()
    texts: dict[FileKind, str] = {}
    for kind, content in contents.items():
        digest.update(content)
        texts[kind] = decode(content)
    found = _all_rows(folder, texts)
    specialties: dict[str, str] = {}
    for row in found[SPECIALTIES].rows:
        specialties.setdefault(row[:8], row)
    rows = SpecialtyRows(
        specialties,
        found[COMPOSITION],
        found[PRESENTATIONS],
        found[CLASSES],
        _incomplete(found[COMPOSITION], texts[COMPOSITION]),
        _incomplete(found[PRESENTATIONS], texts.get(PRESENTATIONS, "")),
    )
    return Bdpm(
        rows,
        sha256=digest.hexdigest(),
        malformed=_all_malformed(found, texts, specialties),
        absent=tuple(kind.name for kind in KINDS if kind not in contents),
    )


def _all_rows(folder: str | PathLike[str], texts: dict[FileKind, str]) -> dict[FileKind, Rows]:
    """The rows of each file; BdpmError with all files that are of another kind."""
    from pathlib import Path  # noqa: PLC0415 (see read_folder)

    found: dict[FileKind, Rows] = {}
    problems: list[str] = []
    for kind in KINDS:
        try:
            found[kind] = read_rows(kind, texts[kind]) if kind in texts else Rows([], [])
        except BdpmError as error:
            problems += (str(Path(folder) / problem) for problem in error.problems)
    if problems:
        raise BdpmError(*problems)
    return found


def _all_malformed(
    found: dict[FileKind, Rows], texts: dict[FileKind, str], specialties: dict[str, str]
) -> tuple[MalformedRow, ...]:
    """The rows of all files that were not understood, and those that belong to no specialty."""
    malformed: list[MalformedRow] = []
    for kind in KINDS:
        of_file = found[kind].malformed.copy()
        every = [row[:8] for row in found[kind].rows]
        unknown = set(every) - specialties.keys()
        repeated: set[str] = set()
        if kind in {SPECIALTIES, CLASSES} and len(set(every)) < len(every):
            repeated = {cis for cis, count in Counter(every).items() if count > 1}
        if unknown or repeated:
            of_file += _told(kind, texts[kind].split("\n"), unknown, repeated)
        malformed += sorted(of_file, key=lambda row: row.line)
    return tuple(malformed)


def _told(
    kind: FileKind, lines: list[str], unknown: set[str], repeated: set[str]
) -> Iterator[MalformedRow]:
    """The lines of specialties that there are not, and the later ones of those told twice."""
    is_row = kind.row().fullmatch
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        cis = line[:8]
        if not (cis in unknown or cis in repeated) or not is_row(line):
            continue
        if cis in unknown:
            yield MalformedRow(kind.name, number, _UNKNOWN, cis)
        elif cis in seen:
            yield MalformedRow(kind.name, number, _REPEATED, cis)
        seen.add(cis)


def _incomplete(rows: Rows, text: str) -> frozenset[str]:
    """The specialties of which a row was not understood, or may be one that was not."""
    incomplete = {row.cis for row in rows.malformed if row.cis}
    nameless = {row.line for row in rows.malformed if not row.cis}
    before, after_nameless = "", False
    for number, line in enumerate(text.split("\n") if nameless else (), 1):
        if number in nameless:  # the rest of the row before it, or a row of the one after it
            incomplete.add(before)
            after_nameless = True
        elif line[:8].isdecimal():
            before = line[:8]
            if after_nameless:
                incomplete.add(before)
            after_nameless = False
    return frozenset(incomplete)
