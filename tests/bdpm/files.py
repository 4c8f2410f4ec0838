"""A small BDPM of its own, in the format of the real one; all that it names is made up."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

CIS: Final = "CIS_bdpm.txt"
COMPO: Final = "CIS_COMPO_bdpm.txt"
CIP: Final = "CIS_CIP_bdpm.txt"
MITM: Final = "CIS_MITM.txt"

INJECTED: Final = "60000001"
RETARD: Final = "60000002"
CREAM: Final = "60000003"
TABLET: Final = "60000004"
WITHOUT_COMPOSITION: Final = "60000005"
CAPSULE: Final = "60000006"

_SPECIALTIES: Final = (
    (INJECTED, "EXEMPLEX 5 mg/ml, solution injectable en ampoule", "solution injectable",
     "intramusculaire;sous-cutanée", "Autorisation active", "Commercialisée", "31/01/1998"),
    (RETARD, "EXEMPLEX RETARD 40 mg/1 ml, suspension injectable", " suspension  injectable",
     "intraarticulaire;intramusculaire", "Autorisation active", "Commercialisée", "01/02/1999"),
    (CREAM, "CRÉMEX 0,1 POUR CENT, crème", "crème",
     "cutanée", "Autorisation abrogée", "Non commercialisée", "03/04/1987"),
    (TABLET, "SOLUTEX 500 mg, comprimé", "comprimé",
     "orale", "Autorisation active", "Non commercialisée", "05/06/2007"),
    (WITHOUT_COMPOSITION, "MYSTEREX, poudre et solvant pour solution injectable",
     "poudre et solvant pour solution injectable", "intraveineuse",
     "Autorisation active", "Commercialisée", "07/08/2009"),
    (CAPSULE, "EXEMPLINE GENERICA ADULTES L.P. 10 mg, gélule", "gélule",
     "orale", "Autorisation active", "Commercialisée", "09/10/2011"),
)  # fmt: skip
_COMPOSITION: Final = (
    (INJECTED, "solution", "90001", "CHLORHYDRATE D'EXEMPLINE", "5 mg", "1 ml", "SA", "1"),
    (INJECTED, "solution", "09002", "EXEMPLINE", "4,4 mg", "1 ml", "FT", "1"),
    (RETARD, "suspension", "90003", "ACÉTONIDE D’EXEMPLONE", "40 mg", "1 ml", "SA", "1"),
    (CREAM, "crème", "90004", "EXEMPLASONE", "0,1 g", "100 g", "SA", "1"),
    (TABLET, "comprimé", "90005", "SOLUTÉINE", "500 mg", "un comprimé", "SA", "1"),
    (CAPSULE, "gélule", "90001", "EXEMPLINE (CHLORHYDRATE D')", "10 mg", "une gélule", "SA", "1"),
)
_PRESENTATIONS: Final = (
    (INJECTED, "3400900000017", "Déclaration de commercialisation", "16/03/2011"),
    (INJECTED, "3400900000024", "Déclaration d'arrêt de commercialisation", "19/09/2012"),
    (CREAM, "3400900000031", "Déclaration d'arrêt de commercialisation", "01/01/2001"),
)
_CLASSES: Final = ((INJECTED, "N01BB99"), (RETARD, "H02AB"), (CAPSULE, "N01BB99"))


def _text(rows: Iterable[Sequence[str]], end: str) -> str:
    return "".join("\t".join(row) + end for row in rows)


def specialty(*cells: str) -> list[str]:
    """A row of CIS_bdpm.txt: CIS, name, form, routes, authorisation, marketing; perhaps the day."""
    cis, name, form, routes, state, sold, *day = cells
    rest = [*day, "01/01/2000"][:1]
    return [
        *(cis, name, form, routes, state, "Procédure nationale", sold, *rest),
        *("", "", " EXEMPLAR", "Non"),
    ]


def component(*cells: str) -> list[str]:
    """A row of CIS_COMPO_bdpm.txt: CIS, code, name, strength, reference, nature, link."""
    cis, *rest = cells
    return [cis, "solution", *rest]


def box(*cells: str) -> list[str]:
    """A row of CIS_CIP_bdpm.txt: CIS, CIP13, marketing, day; perhaps the label."""
    cis, cip13, sold, day, *label = cells
    told = [*label, "10 ampoules en verre de 2 ml"][0]
    return [
        *(cis, "4949729", told, "Présentation active", sold, day, cip13),
        *("oui", "65%", "1,2", "2,2", "1", ""),
    ]


ROWS: Final = {CIS: specialty, COMPO: component, CIP: box}
"""What makes a row of each file of the columns that matter."""


def small() -> dict[str, bytes]:
    """The bytes of the four files, by their names; their encodings and line ends differ."""
    classes = [
        (cis, atc, "EXEMPLEX", f"https://www.example.org/extrait.php?specid={cis}")
        for cis, atc in _CLASSES
    ]
    return {
        CIS: _text((specialty(*cells) for cells in _SPECIALTIES), "\r\n").encode("cp1252"),
        COMPO: _text(_COMPOSITION, "\t\r\n").encode("cp1252"),
        CIP: _text((box(*cells) for cells in _PRESENTATIONS), "\n").encode(),
        MITM: _text(classes, "\r\n").rstrip().encode("cp1252"),
    }


def write(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write the files into the folder, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def row(kind: str, number: int) -> bytes:
    """A row of the small BDPM, without its end; from 0."""
    return small()[kind].splitlines()[number]
