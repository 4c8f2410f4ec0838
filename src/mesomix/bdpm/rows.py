"""From the text of a file to its rows, and to those that are no row of it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Final

from mesomix.bdpm.files import DOWNLOAD, KINDS, BdpmError, FileKind
from mesomix.evidence import Text

DAMAGED: Final = "\ufffd"

_A_CIS: Final = re.compile("(?<![0-9])[0-9]{8}(?![0-9])")
_LOOKED_AT: Final = 100
"""How many rows are enough to say of which kind a file is."""
_DAMAGED: Final = Text(
    "un octet n’y est d’aucun encodage : le texte est abîmé",
    "a byte in it is of no encoding: its text is damaged",
)
_cis: Final = itemgetter(slice(8))
"""The CIS of a row."""


@dataclass(frozen=True, slots=True)
class MalformedRow:
    """A row that was not understood, that is damaged, or that belongs to no specialty."""

    file: str
    line: int
    """From 1."""
    problem: Text
    cis: str | None = None
    """The specialty of which it speaks; None where that cannot be made out."""
    read: bool = False
    """Whether it was read all the same: a damaged letter is no reason to know less."""

    def __str__(self) -> str:
        """The row and its problem, in English."""
        return f"{self.file}:{self.line}: {self.problem.en}"


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one file.

    They are texts in one list, and not lists in a dictionary: what Python's collector of garbage
    has to look through takes half as long again to read.
    """

    rows: list[str]
    """In the order of their CIS; those of one CIS in the order of the file."""
    malformed: list[MalformedRow]
    """In the order of the file."""

    def of(self, cis: str) -> list[str]:
        """The rows of one specialty."""
        start = bisect_left(self.rows, cis, key=_cis)
        return self.rows[start : bisect_right(self.rows, cis, start, key=_cis)]


def read_rows(kind: FileKind, text: str) -> Rows:
    """The rows of a file of that kind; BdpmError when half of its rows or more are not of it."""
    lines = text.split("\n")
    is_row = kind.row().fullmatch
    rows = [line for line in lines if is_row(line)]
    malformed: list[MalformedRow] = []
    if len(rows) < len(lines) - lines.count("") or DAMAGED in text:
        malformed = list(_malformed_rows(kind, lines))
        if len(rows) <= sum(not row.read for row in malformed):
            message = f"{kind.name}: it is no {kind.name}{_looks_like(kind, lines)}: {DOWNLOAD}"
            raise BdpmError(message)
    rows.sort(key=_cis)
    return Rows(rows, malformed)


def _malformed_rows(kind: FileKind, lines: list[str]) -> Iterator[MalformedRow]:
    is_row = kind.row().fullmatch
    for number, line in enumerate(lines, 1):
        if is_row(line):
            if DAMAGED in line:
                yield MalformedRow(kind.name, number, _DAMAGED, _cis(line), read=True)
        elif line.strip():
            cells = line.split("\t")
            found = _A_CIS.search(cells[0])
            problem = _problem(kind, cells)
            yield MalformedRow(kind.name, number, problem, found[0] if found else None)


def _problem(kind: FileKind, cells: list[str]) -> Text:
    """What is wrong with a row; the columns are judged in their order."""
    filled = max((n for n, cell in enumerate(cells, 1) if cell.strip()), default=0)
    cells = cells[: max(filled, len(kind.columns))]  # empty columns at the end are no fault
    if not kind.fewest <= len(cells) <= len(kind.columns):
        wanted = len(kind.columns)
        return Text(
            f"{len(cells)} colonnes au lieu de {wanted}",
            f"{len(cells)} columns in place of {wanted}",
        )
    columns = enumerate(zip(kind.columns, cells, strict=False), 1)
    wrong = ((number, name) for number, ((name, p), cell) in columns if not re.fullmatch(p, cell))
    number, name = next(wrong, (len(cells), kind.columns[-1][0]))
    return Text(
        f"la colonne {number} ({name}) n’a pas la forme attendue",
        f"column {number} ({name}) is not written as it should be",
    )


def _looks_like(kind: FileKind, lines: list[str]) -> str:
    """Which other file of BDPM this is, if it is one."""
    first = list(islice((line for line in lines if line.strip()), _LOOKED_AT))
    for other in KINDS:
        is_row = other.row().fullmatch
        if other is not kind and sum(1 for line in first if is_row(line)) > len(first) / 2:
            return f", but a {other.name}"
    return ""
