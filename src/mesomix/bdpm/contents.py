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
    r"(?!.*\bet\s++(?:solution|suspension|émulsion|dispersion|poudre|solvant|microsphère))"
)
"""A form of one liquid; what has to be mixed first has other volumes in the end."""
_POWDER: Final = re.compile(r"(?:poudre|lyophilisat)\b")

# Short: a page of digits is read once.
_NUMBER: Final = r"[0-9]{1,3}(?:\s[0-9]{3}){1,3}+(?:,[0-9]{1,6}+)?|[0-9]{1,9}+(?:[.,][0-9]{1,6}+)?"
_AMOUNT: Final = re.compile(rf"(?P<number>{_NUMBER})\s*+(?P<unit>(?:millions?\s)?[^\W\d_][\w.]*+)")
_LITRES: Final = r"ml|cl|µl|millilitres?|microlitres?|litres?|l"
_VESSEL: Final = r"(?P<vessel>ampoule|flacon|seringue|cartouche)"
_REFERENCE: Final = re.compile(
    rf"""
    (?:une?\s|1\s(?![0-9]))?
    (?:{_VESSEL}|(?P<other>dose|poche|stylo))?
    (?:\s(?:bouteille|injecteur|unidose|pré-?remplie?))*+
    (?:\s?(?:de\s*)?(?P<number>{_NUMBER})\s?(?P<unit>{_LITRES}))?+
    (?:\s(?:de\s|d')?(?:la\s)?
        (?:solution|suspension|émulsion|dispersion|injectable|à\sdiluer|pour\sperfusion
        |pour\spréparation|en\spoche|poudre|lyophilisat|ou))*+\.?
    """,
    re.VERBOSE,
)
_VOLUME: Final = re.compile(rf"(?<![0-9,.])(?P<number>{_NUMBER})\s*+(?P<unit>{_LITRES})\b")
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
    """Its composition; with None where a row has no strength, or none that is certain."""
    containers: tuple[Quantity, ...] = ()
    """The volumes of its ampoules, vials, syringes and cartridges; empty where one is unknown."""


def contents_of(specialty: BdpmSpecialty) -> Contents:
    """How much of each row of its composition a specialty holds, and in how large containers."""
    rows, form = specialty.composition, specialty.form.lower()
    liquid = _LIQUID.match(form) is not None
    parts = {row.element for row in rows}
    if not specialty.composition_complete or len(parts) > 1 or not (liquid or _POWDER.match(form)):
        return Contents(tuple((row, None) for row in rows))
    named = [*strengths_of_name(specialty.name)]
    sizes = _containers(specialty, named) if liquid else []
    contents = [_Row(row).content(named, sizes, liquid=liquid) for row in rows]
    if len({row.link for row in rows}) == 1 and _denied(contents, named, sizes):
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

    def content(
        self, named: Iterable[Strength], sizes: Sequence[Fraction], *, liquid: bool
    ) -> Content | None:
        """What the row holds in a volume, or in one container; None where it is not certain."""
        amount, volume = self._amount, self._volume if liquid else None
        if amount is None or not amount.value or amount.unit not in _COUNTED or volume == 0:
            return None
        if volume is None:
            told = {_size_told(amount, strength, sizes) for strength in named if liquid} - {None}
            if self._vessel is None or len(told) > 1 or (not told and len(sizes) > 1):
                return None
            volume = told.pop() if told else None
        return Content(
            self._row,
            Quantity.of(amount.value, amount.unit),
            None if volume is None else Quantity.of(volume, VOLUME),
            any(_agrees(amount, volume, strength, sizes) for strength in named),
        )


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
    ours, theirs = amount.value, told.amount.value
    if told.size is None:
        if volume is None:
            return ours == theirs
        if sizes:
            return theirs in {ours * size / volume for size in sizes}
        return True if ours == theirs else None
    if ours == theirs and volume in {None, told.size.value}:
        return True
    if volume is None:
        volume = sizes[0] if sizes else None
    return None if volume is None else theirs * volume == ours * told.size.value


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
    names = {size for strength in named if (size := _container_of_name(strength))}
    if not rows <= sizes or (names and names.isdisjoint(sizes)):
        return []
    return sorted(sizes)


def _container_of_name(strength: Strength) -> Fraction | None:
    """The size of a container that a name tells: "4 mg/2 ml", and not "2 mg/ml" or a per cent."""
    size = strength.size
    told = size is not None and size.unit == VOLUME and size.value not in {1, 100}
    return size.value if size and told else None


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
