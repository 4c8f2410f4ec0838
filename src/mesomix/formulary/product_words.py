"""The words beside a product's name that mesomix understands, and that change nothing."""

import re
from collections.abc import Collection, Container, Sequence
from itertools import pairwise
from typing import Final
from unicodedata import category

from mesomix.names import names_within, words

_UNITS: Final = frozenset(
    [
        *("g", "mg", "µg", "μg", "mcg", "ug", "microgramme", "microgrammes", "ml", "cl", "cc"),
        *("l", "ui", "iu", "u", "i", "m", "mmol", "meq", "unite", "unites", "unit", "units", "%"),
    ]
)
"""Understood behind a number, or behind another of them: "Mg" alone is magnesium."""
_FORMS: Final = (
    *("ampoule", "ampoules", "amp", "ampule", "ampules", "flacon", "flacons", "vial", "vials"),
    *("seringue", "seringues", "syringe", "preremplie", "pre", "remplie", "dose", "doses"),
    *("solution", "suspension", "injectable", "injectables", "injection", "inj", "solute"),
    *("unidose", "boite", "pour", "cent"),
)
"""Forms that are injected. The others are not understood: "gel" may be another medicine."""
_ROUTES: Final = (
    *("voie", "sous", "cutanee", "im", "sc", "id", "intramusculaire", "intradermique"),
    *("subcutaneous", "intramuscular", "intradermal", "infiltration"),
)
_SALTS: Final = ("chlorhydrate", "hydrochloride", "base", "anhydre", "anhydrous")
"""Of these bases nothing else is injected. Other salts are other medicines: magnesium sulfate."""
_LINKS: Final = (
    *("a", "au", "avec", "d", "dans", "de", "des", "du", "en", "et", "la", "le", "les", "l", "par"),
    *("un", "une", "and", "for", "in", "of", "the", "with"),
)

UNDERSTOOD: Final = _UNITS.union(_FORMS, _ROUTES, _SALTS, _LINKS)


_ALWAYS: Final = frozenset(
    word for word in UNDERSTOOD - _UNITS if len(word) > 1 and word != "suspension"
)

LONGEST_NUMBER: Final = 6
"""Digits. What has more is a code, and no strength or volume."""

_LINKS_OF_ONE_LETTER: Final = frozenset("adl")
_MILLIGRAMS: Final = {
    **dict.fromkeys(["mg"], 1.0),
    **dict.fromkeys(["g"], 1000.0),
    **dict.fromkeys(["µg", "μg", "mcg", "ug", "microgramme", "microgrammes"], 0.001),
}
_INTERNATIONAL_UNITS: Final = frozenset(["ui", "iu", "u", "unite", "unites", "unit", "units"])
_RATIO: Final = re.compile(r"1 [0-9]{2,3} ?000")
_SIGN: Final = re.compile(r"\?|[^\w\s\x00-\x7f]")
_PLUS: Final = re.compile(r"[+&]")
_JOINING: Final = frozenset(["et", "avec", "and", "with"])
_HARMLESS_SIGNS: Final = frozenset("®©™℠°")
_VOLUMES: Final = frozenset(
    ["ml", "cl", "cc", "l", "ampoule", "ampoules", "amp", "ampule", "ampules", "flacon", "flacons"]
)
"""What a number counts that is no strength."""


def apart(parts: list[str]) -> list[str]:
    """Numbers that follow each other, as words of their own: "Mag 2, 5 ml".

    The second keeps its gap before it, so that joined they are what they were: "1/2" is not "12".
    """
    if not any(" " in part for part in parts):
        return parts
    return [piece for part in parts for piece in re.split("(?= )", part)]


def not_understood(parts: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[str]:
    """The words `parts` outside of the names at `spans` that are neither numbers nor known."""
    named = {position for first, last in spans for position in range(first, last)}
    return [
        parts[position].strip()
        for position in range(len(parts))
        if position not in named
        and parts[position] not in _ALWAYS
        and not _is_understood(parts, position)
    ]


def doubtful_signs(written: str) -> list[str]:
    """The signs of a text that make a question of it, or may mean anything: "lidocaïne ?", "☠"."""
    found = _SIGN.findall(written)
    return [s for s in found if s in "?‰" or (category(s) == "So" and s not in _HARMLESS_SIGNS)]


def unnamed_things(
    written: str, parts: Sequence[str], spans: Sequence[tuple[int, int]], known: Container[str]
) -> list[str]:
    """What stands beside products without a name of its own: "procaïne + 1 ampoule", "et 2 ml"."""
    several = _PLUS.split(written) if _PLUS.search(written) else []
    if not several and _JOINING.isdisjoint(parts):
        return []
    pieces = [apart(words(piece)) for piece in several]
    found = [" ".join(piece) for piece in pieces if piece and not names_within(piece, known)]
    named = {position for first, last in spans for position in range(first, last)}
    joins = [n for n, part in enumerate(parts) if part in _JOINING and n not in named]
    for first, last in pairwise([-1, *joins, len(parts)]):
        piece = range(first + 1, last)
        if joins and piece and named.isdisjoint(piece):
            found.append(" ".join(parts[position].strip() for position in piece))
    return found


def adrenaline_ratios(merged: Sequence[str]) -> list[str]:
    """The ratios of a text: the 1:200 000 of an adrenaline that nobody wrote."""
    return [part for part in merged if " " in part and _RATIO.fullmatch(part)]


def _is_understood(parts: Sequence[str], position: int) -> bool:
    part = parts[position].strip()
    if part[0].isdigit():
        return sum(map(str.isdigit, part)) <= LONGEST_NUMBER
    before, after = (
        parts[place].strip() if 0 <= place < len(parts) else ""
        for place in (position - 1, position + 1)
    )
    if part == "suspension":  # another form of what is injected as a solution
        return after.startswith("injectable")
    if part in _UNITS and (before[:1].isdigit() or before in _UNITS):
        return True
    if len(part) > 1:
        return part in UNDERSTOOD and part not in _UNITS
    if part == "a" and after[:1].isdigit():  # "à 2 %", and not "vitamines C et A 2 ml"
        return before not in {"", "et", "and", "c", "e"}
    # "D'eau", and not "vitamine C et D 2 ml".
    return part in _LINKS_OF_ONE_LETTER and len(after) > 1 and after.isalpha()


def strengths(parts: Sequence[str], *, bare: bool = True) -> dict[str, str]:
    """The strengths that `parts` tell: as they are written, by their amount and unit.

    Of "50 mg/5 ml" there are two, 50 mg and 10 mg (in 1 ml), and per cent are milligrams in 1 ml. A
    number without a unit may be one ("Mésocaïne 25"), where `bare`.
    """
    found: dict[str, str] = {}
    for position, part in enumerate(parts):
        number = _number(part) if part.lstrip()[0].isdigit() else None
        unit, volume, last = (*parts[position + 1 : position + 4], "", "", "")[:3]
        if number is None or unit in _VOLUMES:
            continue
        if unit == "%" or (unit, volume) == ("pour", "cent"):
            number, unit = number * 10, "mg"
        kind = _kind(unit)
        if not kind and not bare:
            continue
        number *= _MILLIGRAMS.get(unit, 1.0)
        written = f"{part.strip()} {parts[position + 1] if kind else ''}".strip()
        if last in _VOLUMES and (amount := _number(volume)):
            found[f"{number / amount:g}{kind}"] = written
        found[f"{number:g}{kind}"] = written
    return found


def is_one_of(strength: str, known: Collection[str]) -> bool:
    """Whether a key of `strengths` is among others; one without a unit may have any."""
    return strength in known or any(
        strength == other.rstrip("mgui ") for other in known if strength[-1].isdigit()
    )


def _kind(unit: str) -> str:
    if unit in _MILLIGRAMS:
        return " mg"
    return " ui" if unit in _INTERNATIONAL_UNITS else ""


def _number(part: str) -> float | None:
    try:
        return float(part)
    except ValueError:
        return None
