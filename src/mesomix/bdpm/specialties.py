"""What BDPM says of one specialty, made from its rows when somebody asks for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from mesomix.bdpm.rows import Rows


@dataclass(frozen=True, slots=True)
class BdpmSubstance:
    """One row of a composition. What holds it, and thus the strength, is its element's."""

    code: str
    """The code of the substance: five digits, of which the first may be zeros."""
    name: str
    """As this row writes it: one code has several names."""
    strength: str
    reference: str
    """What the strength is of, such as "1 ml de solution"."""
    kind: str
    """SA (the active substance) or FT (the therapeutic fraction of one)."""
    element: str
    """The part of the specialty that holds it, such as "poudre"."""
    link: str
    """What joins an active substance and its therapeutic fraction."""


@dataclass(frozen=True, slots=True)
class BdpmPresentation:
    """A box of a specialty."""

    cip13: str
    cip7: str
    label: str
    state: str
    marketing: str
    date: date | None
    """The day of the declaration that `marketing` states."""


@dataclass(frozen=True, slots=True)
class BdpmSpecialty:
    """A specialty, in the words of BDPM."""

    cis: str
    name: str
    form: str
    routes: tuple[str, ...]
    authorisation: str
    """Such as "Autorisation active"."""
    procedure: str
    """How it was authorised; "Enreg homéo (Proc. Nat.)" is a homeopathic one."""
    marketing: str
    """Such as "Commercialisée"."""
    date: date | None
    """The day of the authorisation."""
    holder: str
    composition: tuple[BdpmSubstance, ...]
    """Its substances; never its excipients, which no file holds."""
    composition_complete: bool
    """False when BDPM has no composition of it, or when a row of it could not be read."""
    presentations: tuple[BdpmPresentation, ...] = ()
    atc: str | None = None
    """Its class; None for half of all specialties, and wherever CIS_MITM.txt is absent."""
    presentations_complete: bool = True
    """False when a row of its boxes could not be read."""

    @property
    def cip13(self) -> tuple[str, ...]:
        """The codes of its boxes."""
        return tuple(presentation.cip13 for presentation in self.presentations)


@dataclass(frozen=True, slots=True)
class SpecialtyRows:
    """The rows of all specialties, as the files have them."""

    specialties: dict[str, str]
    """The row of each CIS."""
    composition: Rows
    presentations: Rows
    classes: Rows
    incomplete: frozenset[str]
    """The CIS of those with a composition row that was not understood."""
    boxes_incomplete: frozenset[str]
    """The CIS of those with a row of their boxes that was not."""

    def specialty(self, cis: str) -> BdpmSpecialty:
        """The specialty of that CIS; KeyError when there is none."""
        cells = _cells(self.specialties[cis])
        composition = tuple(map(_substance, self.composition.of(cis)))
        return BdpmSpecialty(
            cis=cis,
            name=cells[1],
            form=cells[2],
            routes=tuple(route.strip() for route in cells[3].split(";") if route.strip()),
            authorisation=cells[4],
            procedure=cells[5],
            marketing=cells[6],
            date=_day(cells[7]),
            holder=cells[10],
            composition=composition,
            composition_complete=bool(composition) and cis not in self.incomplete,
            presentations=tuple(map(_presentation, self.presentations.of(cis))),
            atc=next((_cells(row)[1] for row in self.classes.of(cis)), "") or None,
            presentations_complete=cis not in self.boxes_incomplete,
        )


class Specialties(Mapping[str, BdpmSpecialty]):
    """All specialties by their CIS; each is made when it is first asked for."""

    def __init__(self, rows: SpecialtyRows) -> None:
        self._rows = rows
        self._made: dict[str, BdpmSpecialty] = {}

    def __getitem__(self, cis: str) -> BdpmSpecialty:
        """The specialty of that CIS; KeyError when BDPM has none."""
        made = self._made.get(cis)
        # Two threads may both make one: they are equal, and the first is kept.
        return made or self._made.setdefault(cis, self._rows.specialty(cis))

    def __contains__(self, cis: object) -> bool:
        """Whether BDPM has a specialty of that CIS."""
        return cis in self._rows.specialties

    def __iter__(self) -> Iterator[str]:
        """The CIS of all specialties, in their order."""
        return iter(self._rows.specialties)

    def __len__(self) -> int:
        """How many specialties there are."""
        return len(self._rows.specialties)


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.split("\t")]


def _substance(row: str) -> BdpmSubstance:
    _, element, code, name, strength, reference, kind, link, *_ = _cells(row)
    return BdpmSubstance(code, name, strength, reference, kind, element, link)


def _presentation(row: str) -> BdpmPresentation:
    _, cip7, label, state, marketing, day, cip13, *_ = _cells(row)
    return BdpmPresentation(cip13, cip7, label, state, marketing, _day(day))


def _day(text: str) -> date | None:
    """The day that is written DD/MM/YYYY; None for anything else, and for a day that never was."""
    try:
        day, month, year = map(int, text.split("/"))
        return date(year, month, day)
    except ValueError:
        return None
