"""What lists of ../shared/facts hold: corticosteroids, those that are missed, and look-alikes."""

import csv
import re
from pathlib import Path
from typing import Final

FACTS: Final = Path(__file__).parents[2] / "shared" / "facts"

_BRACKETS: Final = re.compile(r"\(([^)]*)\)")
_BETWEEN: Final = re.compile(r", | / |…")
_NO_NAME: Final = re.compile(r"^(ATC|patch test|vs brand|Boiron|Weleda|lidocaine|IM$|HRA$|-)| \+ ")
_UNDECIDED: Final = "decide explicitly"


def easily_missed() -> list[str]:
    """Names of corticosteroids, and of what holds one."""
    return [name for row in _rows("easily_missed_corticosteroids.tsv") for name in _names(row)]


def look_alikes() -> list[str]:
    """Names that look like that of a corticosteroid, of what is none and holds none."""
    rows = _rows("look_alikes.tsv")
    return [name for row in rows if row["block?"] != _UNDECIDED for name in _names(row)]


def undecided() -> list[str]:
    """Names of which the list leaves open whether they are to be refused."""
    rows = _rows("look_alikes.tsv")
    return [name for row in rows if row["block?"] == _UNDECIDED for name in _names(row)]


def corticosteroid_names() -> list[str]:
    """The names of the corticosteroid substances, French and INN, in lower case."""
    rows = _rows("corticosteroids.tsv")
    return [*dict.fromkeys(row[key].lower() for row in rows for key in ("dci_fr", "inn_en"))]


def corticosteroid_codes() -> set[str]:
    """The BDPM codes of the corticosteroid substances."""
    rows = _rows("corticosteroids.tsv")
    return {code for row in rows for code in row["bdpm_substance_codes"].split()}


def _rows(file: str) -> list[dict[str, str]]:
    with (FACTS / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _names(row: dict[str, str]) -> list[str]:
    """The names of a row: those of the cell, and the brands in its brackets."""
    cell = row["name"]
    named = [_BRACKETS.sub("", cell), *_BRACKETS.findall(cell)]
    parts = [part.strip() for text in named for part in _split(text)]
    return [part.removesuffix(" inj.") for part in parts if part and not _NO_NAME.search(part)]


def _split(text: str) -> list[str]:
    return [] if _NO_NAME.search(text) else _BETWEEN.split(text)
