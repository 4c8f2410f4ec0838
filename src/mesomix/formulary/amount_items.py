"""The amounts and strengths within a text: "2 % 2 ml", "1/2 ampoule", "50 mg/5 ml", one by one.

Nothing is guessed: a number that is not read to its unit is told as not read.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from typing import Final

from mesomix.formulary.amount_numbers import (
    NUMBERS_IN_WORDS,
    TIMES,
    Words,
    and_a_half,
    is_number_in_words,
    is_times,
    number_at,
    number_in_words,
)
from mesomix.names import Token
from mesomix.portion import Measure
from mesomix.quantity import UNITS, VOLUME, Quantity, scale_of

CONTAINERS: Final = frozenset(
    [
        *("ampoule", "ampoules", "amp", "amps", "ampule", "ampules"),
        *("flacon", "flacons", "vial", "vials"),
    ]
)
_SYRINGES: Final = frozenset({"seringue", "seringues", "syringe", "syringes"})
_BEGINNINGS: Final = CONTAINERS | _SYRINGES | NUMBERS_IN_WORDS | {"a"}
_MOST_TIMES: Final = 20
"""The 250 of "Dicynone 250 x 2 ml" is a strength."""
_WITHIN: Final = frozenset({"dans", "pour", "in", "for"})
"""Before a volume: it is what something is in, and not an amount of it."""
_SEVERAL: Final = frozenset({"dose", "doses", "injection", "injections", "inj"})
_HARMLESS: Final = frozenset({"voie", "route", "seance", "session"})
"""Behind "par" they leave an amount what it is: a session is one syringe."""
_NOT_READ: Final = frozenset({None, "%", "MBq", "meq", "U", "L", "kg", "M[iU]"})
""""2 l" is rather a slip than two litres, and "100 mUI" are thousandths or millions."""
_OF: Final = frozenset({"de", "of", "a", "d"})
_PER: Final = frozenset({"par", "per", "pour"})


class Kind(Enum):
    """What an item tells."""

    VOLUME = "volume"
    MEASURED = "measured"
    """A mass, or units: of the product, or the name of its strength."""
    CONTAINERS = "containers"
    """A number of ampoules or vials, perhaps with the volume of one."""
    SIZE = "size"
    """The volume of an ampoule of which nobody says how many."""
    SYRINGE = "syringe"
    """The volume of a syringe."""
    STRENGTH = "strength"
    CONTENT = "content"
    """What one ampoule holds: "4 mg/ampoule"."""
    BARE = "bare"
    """A number directly behind a name, without a unit: the 250 of "Dicynone 250"."""


@dataclass(frozen=True, slots=True)
class Item:
    """One amount or strength, from the token `first` to the one before `last`."""

    first: int
    last: int
    kind: Kind
    number: Fraction
    """Of mL, or of containers; of `quantity` where there is one."""
    unit: str = ""
    """The kind of unit of a mass: mg, [iU] or mmol."""
    size: Fraction | None = None
    """Of a container, in mL; of a strength, in how many mL."""

    @property
    def is_amount(self) -> bool:
        """Whether it says how much, and not only of what."""
        return self.kind in {Kind.VOLUME, Kind.MEASURED, Kind.CONTAINERS}

    @property
    def strength(self) -> Measure:
        """In 1 mL."""
        return Measure(self.number / (self.size or 1), self.unit)

    @property
    def measured(self) -> Quantity:
        """The mass, or the units."""
        return Quantity.of(self.number, self.unit)


def items_of(tokens: Sequence[Token], named: Container[int]) -> list[Item]:
    """The items among `tokens`, outside of those that are `named`."""
    found: list[Item] = []
    text = Words(tokens, named)
    position = 0
    while position < len(tokens):
        item = _item(text, position) if text.begins(position, _BEGINNINGS) else None
        if item is None:
            position += 1
        else:
            found.append(item)
            position = item.last
    return found


def _item(text: Words, at: int) -> Item | None:
    """The item that begins with the token there; None when none does, or it is not sure which."""
    if text.word(at) in CONTAINERS | _SYRINGES:
        return _size(text, at)
    if text.word(at) == "a" and text.word(at + 1) in CONTAINERS:
        return _containers(text, at, Fraction(1), at + 1)
    found = number_in_words(text, at)
    if found is not None:
        item = _counted(text, at, *found)
    elif (found := number_at(text, at)) is not None:
        number, behind = found
        item = _multiplied(text, at, number, behind) or _measured(text, at, number, behind)
        bare = at - 1 in text.named and text.gap(at).isspace() and behind == at + 1
        item = item or (Item(at, behind, Kind.BARE, number) if bare else None)
    else:
        return None
    return None if item is None or _is_of_something_else(text, item) else item


def _is_of_something_else(text: Words, item: Item) -> bool:
    """Whether what stands before an item takes it back: "un à", "dans", "doses de"."""
    before, further = text.word(item.first - 1), text.word(item.first - 2)
    if item.kind is Kind.VOLUME and before in _WITHIN:
        return True
    if is_number_in_words(before) or (
        before in {"a", "ou", "or", "to"} and is_number_in_words(further)
    ):
        return True
    return item.is_amount and before in _OF and further in _SEVERAL


def _counted(text: Words, first: int, number: Fraction, at: int) -> Item | None:
    """What a number in words counts: containers or millilitres."""
    if text.word(at) in CONTAINERS:
        return _containers(text, first, number, at)
    return _measured(text, first, number, at) if UNITS.get(text.word(at)) == VOLUME else None


def _multiplied(text: Words, at: int, number: Fraction, behind: int) -> Item | None:
    """Several of something: "2 x 5 ml"."""
    times = is_times(text, behind)
    if number <= _MOST_TIMES and (text.word(behind) in TIMES or times):
        inner = _measure(text, behind if times else behind + 1)
        if inner is not None and inner.kind is Kind.SIZE:  # "2 x 5 ml ampoules"
            return Item(at, inner.last, Kind.CONTAINERS, number, size=inner.number)
        if inner is not None and inner.is_amount:
            return replace(inner, first=at, number=inner.number * number)
    return None


def _measure(text: Words, at: int) -> Item | None:
    found = number_at(text, at, behind_a_sign=True)
    return None if found is None else _measured(text, at, *found)


def _measured(text: Words, first: int, number: Fraction, at: int) -> Item | None:
    """The item of a `number` whose unit begins with the token there."""
    if text.gap(at).strip():
        return None
    linked = number < 1 and text.word(at) in _OF  # "1/4 d'ampoule"
    if text.word(at + linked) in CONTAINERS:
        return _containers(text, first, number, at + linked)
    if percent := _percent(text, at):
        return Item(first, percent, Kind.STRENGTH, number * 10, "mg")
    unit = _unit(text, at)
    return None if unit is None else _of_unit(text, first, number, *unit)


def _of_unit(text: Words, first: int, number: Fraction, code: str, behind: int) -> Item | None:
    half = and_a_half(text, behind)
    number += Fraction(bool(half), 2)
    behind += half
    kind, scale = scale_of(code)
    if kind != VOLUME:
        mass = Item(first, behind, Kind.MEASURED, number * scale, kind)
        return _within(text, mass) if not half else None
    per = text.word(behind) in {"par", "per"}
    size = text.word(behind + per) in CONTAINERS | _SYRINGES
    if size and (text.gap(behind).isspace() or text.gap(behind) == "/"):
        return _as_size(text, first, number * scale, behind + per)
    return _of_one_syringe(text, Item(first, behind, Kind.VOLUME, number * scale))


def _as_size(text: Words, first: int, volume: Fraction, at: int) -> Item | None:
    """A volume before a container: "in a 5 ml syringe"; not "25 ml, flacon de 20 ml"."""
    behind = at + 1
    linked = text.word(behind) in _OF and text.word(behind + 1)[:1].isdigit()
    if linked or text.word(behind)[:1].isdigit():
        return None
    return Item(first, behind, _kind_of_size(text, at), volume)


def _of_one_syringe(text: Words, item: Item) -> Item | None:
    """`item`, unless it is an amount of something smaller: "2 ml par point", "2 ml/j"."""
    at = item.last
    per = text.word(at) in {"par", "per"}
    slash = text.gap(at).strip() == "/" and text.word(at)[:1].isalpha()
    if not (per or slash):
        return item
    if text.word(at + per) not in _HARMLESS:
        return None
    return replace(item, last=at + per + 1)


def _within(text: Words, mass: Item) -> Item | None:
    """`mass`, or the strength that it begins: "10 mg/ml", "50 mg pour 5 ml", "4 mg/ampoule"."""
    at = mass.last
    slash = text.gap(at).strip(" .") == "/"
    if not slash:
        if text.word(at) not in _PER:
            return mass
        at += 1
    if text.word(at) == "cent":
        return None  # "1 g pour cent"
    if text.word(at) in CONTAINERS:
        return replace(mass, last=at + 1, kind=Kind.CONTENT)
    size = number_at(text, at, behind_a_sign=True)
    number, behind = size or (Fraction(1), at)
    unit = _unit(text, behind)
    if unit is None or text.gap(behind).strip(" /" if size is None else " "):
        return None if size is not None else _of_one_syringe(text, mass)
    code, last = unit
    kind, scale = scale_of(code)
    if kind != VOLUME:
        return None
    return replace(mass, last=last, kind=Kind.STRENGTH, size=number * scale)


def _containers(text: Words, first: int, number: Fraction, at: int) -> Item | None:
    """So many of the containers that the token there names, and how large they are."""
    half = and_a_half(text, at + 1)
    number, behind = number + Fraction(bool(half), 2), at + 1 + half
    size = _measure(text, behind + 1) if text.word(behind) in _OF else None
    if size is not None and size.kind is Kind.VOLUME:
        return Item(first, size.last, Kind.CONTAINERS, number, size=size.number)
    return _of_one_syringe(text, Item(first, behind, Kind.CONTAINERS, number))


def _size(text: Words, at: int) -> Item | None:
    """The size of a container that nobody counts: "ampoule de 2 ml"."""
    volume = _measure(text, at + 1 + (text.word(at + 1) in _OF))
    if volume is None or volume.kind is not Kind.VOLUME:
        return None
    return Item(at, volume.last, _kind_of_size(text, at), volume.number)


def _kind_of_size(text: Words, at: int) -> Kind:
    return Kind.SYRINGE if text.word(at) in _SYRINGES else Kind.SIZE


def _percent(text: Words, at: int) -> int:
    """Behind a per cent that begins there; 0 when none does."""
    words = [text.word(at + n) for n in range(2)]
    if words[0] in {"%", "percent"}:
        return at + 1
    return (
        at + 2 if words in (["pour", "cent"], ["per", "cent"], ["p", "100"], ["p", "cent"]) else 0
    )


def _unit(text: Words, at: int) -> tuple[str, int] | None:
    """The UCUM code of the unit that begins there, and the token behind it."""
    word = text.word(at).replace("μ", "µ")
    letters = (word, text.word(at + 1))
    if letters in {("u", "i"), ("i", "u")} and text.gap(at + 1).strip() in {"", "."}:
        return "[iU]", at + 2
    if letters == ("cm", "3") and not text.gap(at + 1):
        return "mL", at + 2
    if word in {"u", "unite", "unites", "unit", "units"}:
        return "[iU]", at + 1
    code = UNITS.get(word)
    return None if code in _NOT_READ else (str(code), at + 1)
