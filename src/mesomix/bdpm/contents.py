"""How much a specialty holds, of those whose rows, name and boxes say it for certain.

Nothing is guessed: a row that is written in other words than these has no amount.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from mesomix.bdpm.specialties import BdpmSpecialty, BdpmSubstance
from mesomix.bdpm.strengths import Measure, Strength, measured, strengths_of_name
from mesomix.quantity import VOLUME, Quantity

_COUNTED: Final = frozenset({"mg", "[iU]", "mmol"})
"""In what an amount is told; that of something radioactive depends on the hour."""

_LIQUID: Final = re.compile(
    r"(?:solution|suspension|émulsion|dispersion)\b"
    r"(?!.*\bet\s+(?:solution|suspension|émulsion|dispersion|poudre|solvant|microsphère))"
)
"""A form of one liquid; what has to be mixed first has other volumes in the end."""
_POWDER: Final = re.compile(r"(?:poudre|lyophilisat)\b")

_NUMBER: Final = r"[0-9]{1,3}(?:\s[0-9]{3})+(?:,[0-9]++)?|[0-9]++(?:[.,][0-9]++)?"
_AMOUNT: Final = re.compile(rf"(?P<number>{_NUMBER})\s*+(?P<unit>(?:millions?\s)?[^\W\d_][\w.]*+)")
_LITRES: Final = r"ml|cl|l|millilitres?|microlitres?|µl|litres?"
_VESSEL: Final = r"(?P<vessel>ampoule|flacon|seringue|cartouche)"
_REFERENCE: Final = re.compile(
    rf"""
    (?:(?:un|une|1)\s)?
    (?:{_VESSEL}|(?P<other>dose|poche|stylo))?
    (?:\s(?:bouteille|injecteur|unidose|pré-?remplie?))*+
    (?:\s?(?:de\s*)?(?P<number>{_NUMBER})\s?(?P<unit>{_LITRES}))?+
    (?P<rest>(?:\s(?:de\s|d')?(?:la\s)?
        (?:solution|suspension|émulsion|dispersion|injectable|à\sdiluer|pour\sperfusion
        |pour\spréparation|poudre|lyophilisat|ou))*+)
    """,
    re.VERBOSE,
)
_VOLUME: Final = re.compile(rf"(?P<number>{_NUMBER})\s*+(?P<unit>{_LITRES})\b")
_BEFORE_A_VOLUME: Final = re.compile(r"(?:\bde\s+|\()$")
_VESSELS: Final = re.compile(r"ampoule|flacon|seringue|cartouche|bouteille|récipient|stylo")
_OTHER_PARTS: Final = re.compile(r"poudre|solvant|lyophilisat|contenant|vide")


@dataclass(frozen=True, slots=True)
class Content:
    """How much of one row of a composition there is, and in how much of the specialty."""

    row: BdpmSubstance
    amount: Quantity
    volume: Quantity | None
    """None for that of one container, whose volume no row and no name tells."""
    named: bool
    """Whether the name of the specialty tells the same strength."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is known for certain of a specialty."""

    rows: tuple[tuple[BdpmSubstance, Content | None], ...]
    """The rows that have a strength; with None where it is not certain."""
    containers: tuple[Quantity, ...]
    """The volumes of its ampoules, vials, syringes and cartridges; empty where one is unknown."""


def contents_of(specialty: BdpmSpecialty) -> Contents:
    """How much of each row of its composition a specialty holds, and in how large containers."""
    rows = [row for row in specialty.composition if row.strength]
    form = specialty.form.lower()
    if not specialty.composition_complete or len({row.element for row in rows}) > 1:
        return Contents(tuple((row, None) for row in rows), ())
    if _POWDER.match(form):
        found = [_Row(row).in_powder() for row in rows]
        return Contents(tuple(zip(rows, found, strict=True)), ())
    if not _LIQUID.match(form):
        return Contents(tuple((row, None) for row in rows), ())
    named = [*strengths_of_name(specialty.name)]
    sizes = _containers(specialty, named)
    contents = [_Row(row).in_liquid(named, sizes) for row in rows]
    if len({row.link for row in specialty.composition}) == 1 and _denied(contents, named, sizes):
        contents = [None] * len(rows)
    containers = tuple(Quantity.of(size, VOLUME) for size in sizes)
    return Contents(tuple(zip(rows, contents, strict=True)), containers)


class _Row:
    """One row of a composition, read word by word."""

    def __init__(self, row: BdpmSubstance) -> None:
        self._row = row
        amount = _AMOUNT.fullmatch(row.strength)
        self._amount = measured(amount["number"], amount["unit"]) if amount else None
        reference = _REFERENCE.fullmatch(_plain(row.reference)) if row.reference else None
        self._vessel = reference["vessel"] if reference else None
        self._volume = _volume(reference) if reference and reference["number"] else None

    @property
    def of_container(self) -> Fraction | None:
        """The volume of the container that its reference names."""
        return self._volume if self._vessel else None

    def in_powder(self) -> Content | None:
        """What one container of a powder holds; its volume is that of the glass."""
        return self._content(None, named=False) if self._vessel else None

    def in_liquid(self, named: Iterable[Strength], sizes: Sequence[Fraction]) -> Content | None:
        """What the row holds in a volume, or in one container."""
        amount, volume = self._amount, self._volume
        if amount is None or (volume is None and self._vessel is None):
            return None
        if volume is None:
            told = {_size_told(amount, strength, sizes) for strength in named} - {None}
            if len(told) > 1 or (not told and len(sizes) > 1):
                return None
            volume = told.pop() if told else None
        told_by_name = any(_agrees(amount, volume, strength, sizes) for strength in named)
        return self._content(volume, named=told_by_name)

    def _content(self, volume: Fraction | None, *, named: bool) -> Content | None:
        amount = self._amount
        if amount is None or not amount.value or amount.unit not in _COUNTED or volume == 0:
            return None
        size = None if volume is None else Quantity.of(volume, VOLUME)
        return Content(self._row, Quantity.of(amount.value, amount.unit), size, named)


def _size_told(amount: Measure, told: Strength, sizes: Sequence[Fraction]) -> Fraction | None:
    """In how many millilitres the name tells that an amount in one container is."""
    if told.size is None or told.size.unit != VOLUME or told.amount.unit != amount.unit:
        return None
    if told.amount == amount:
        return told.size.value
    if len(sizes) == 1 and told.amount.value * sizes[0] == amount.value * told.size.value:
        return sizes[0]
    return None


def _agrees(
    amount: Measure, volume: Fraction | None, told: Strength, sizes: Sequence[Fraction]
) -> bool | None:
    """Whether the name tells that strength; None where both cannot be compared."""
    if told.amount.unit != amount.unit or (told.size and told.size.unit != VOLUME):
        return None
    theirs = told.amount.value
    if told.size is None:
        in_one = {amount.value * size / (volume or size) for size in sizes}
        return theirs == amount.value or theirs in in_one or (False if sizes else None)
    if volume is None:
        volume = sizes[0] if sizes else None
    return None if volume is None else theirs * volume == amount.value * told.size.value


def _denied(
    contents: Iterable[Content | None], named: Iterable[Strength], sizes: Sequence[Fraction]
) -> bool:
    """Whether the name tells another strength than each of the rows of its only substance."""
    told: set[bool | None] = set()
    for content in filter(None, contents):
        amount = Measure(content.amount.amount, content.amount.kind)
        volume = content.volume.amount if content.volume else None
        told.update(_agrees(amount, volume, strength, sizes) for strength in named)
    return False in told and True not in told


def _containers(specialty: BdpmSpecialty, named: Iterable[Strength]) -> list[Fraction]:
    """The volumes of all of its containers; none where a box, a row or the name has another."""
    if not specialty.presentations_complete:
        return []
    sizes: set[Fraction] = set()
    for presentation in specialty.presentations:
        size = _volume_of_container(_plain(presentation.label))
        if size is None:
            return []
        sizes.update(size)
    rows = {_Row(row).of_container for row in specialty.composition} - {None}
    names = {strength.size.value for strength in named if _is_of_container(strength)}
    if not rows <= sizes or (names and names.isdisjoint(sizes)):
        return []
    return sorted(sizes)


def _is_of_container(strength: Strength) -> bool:
    """Whether a name tells the size of a container: "4 mg/2 ml", and not "2 mg/ml"."""
    size = strength.size
    return size is not None and size.unit == VOLUME and size.value not in {1, 100}


def _volume_of_container(label: str) -> list[Fraction] | None:
    """The volume that a label tells, none of a bag; None where it is not certain."""
    vessels = _VESSELS.findall(label)
    if not vessels and "poche" in label:
        return []  # of which nobody writes a number
    plain = vessels in (["ampoule"], ["ampoule", "bouteille"], ["flacon"], ["seringue"])
    if not (plain or vessels == ["cartouche"]) or _OTHER_PARTS.search(label):
        return None
    found = [*_VOLUME.finditer(label)]
    if len(found) != 1 or not _BEFORE_A_VOLUME.search(label[: found[0].start()]):
        return None
    size = _volume(found[0])
    return [size] if size else None


def _volume(found: re.Match[str]) -> Fraction | None:
    size = measured(found["number"], found["unit"])
    return size.value if size and size.unit == VOLUME else None


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
