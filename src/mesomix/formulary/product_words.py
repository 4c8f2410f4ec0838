"""The words beside a product's name that mesomix understands, and that change nothing."""

import re
from collections.abc import Sequence
from typing import Final

_UNITS: Final = (
    *("g", "mg", "µg", "μg", "mcg", "ug", "microgramme", "microgrammes", "ml", "cl", "cc", "l"),
    *("ui", "iu", "u", "i", "m", "mmol", "meq", "unite", "unites", "unit", "units", "pour", "cent"),
)
_FORMS: Final = (
    *("ampoule", "ampoules", "amp", "ampule", "ampules", "flacon", "flacons", "vial", "vials"),
    *("seringue", "seringues", "syringe", "preremplie", "pre", "remplie", "dose", "doses"),
    *("solution", "suspension", "injectable", "injectables", "injection", "inj", "solute"),
    *("poudre", "lyophilisat", "powder", "unidose", "boite"),
)
"""Forms that are injected. The others are not understood: "gel" may be another medicine."""
_ROUTES: Final = (
    *("voie", "sous", "cutanee", "im", "sc", "id", "intramusculaire", "intradermique"),
    *("subcutaneous", "intramuscular", "intradermal", "infiltration"),
)
_SALTS: Final = ("chlorhydrate", "hydrochloride", "hcl", "base", "anhydre", "anhydrous")
"""Of these bases nothing else is injected. Other salts are other medicines: magnesium sulfate."""
_LINKS: Final = (
    *("a", "au", "avec", "d", "dans", "de", "des", "du", "en", "et", "la", "le", "les", "l", "par"),
    *("un", "une", "and", "for", "in", "of", "the", "with"),
)

UNDERSTOOD: Final = frozenset((*_UNITS, *_FORMS, *_ROUTES, *_SALTS, *_LINKS, "%"))


LONGEST_NUMBER: Final = 6
"""Digits. What has more is a code, and no strength or volume."""

_UNITS_OF_ONE_LETTER: Final = frozenset("glium")
_LINKS_OF_ONE_LETTER: Final = frozenset("adl")
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
        if position not in named and not _is_understood(parts, position)
    ]


def _is_understood(parts: Sequence[str], position: int) -> bool:
    part = parts[position].strip()
    if part[0].isdigit():
        return sum(map(str.isdigit, part)) <= LONGEST_NUMBER
    if len(part) > 1 or part == "%":
        return part in UNDERSTOOD
    before, after = (
        parts[place].strip() if 0 <= place < len(parts) else ""
        for place in (position - 1, position + 1)
    )
    if part in _UNITS_OF_ONE_LETTER and (before[:1].isdigit() or before in {"u", "i"}):
        return True
    if part == "a" and after[:1].isdigit():  # "à 2 %", and not "vitamines C et A 2 ml"
        return before not in {"", "et", "and", "c", "e"}
    # "D'eau", and not "vitamine C et D 2 ml".
    return part in _LINKS_OF_ONE_LETTER and len(after) > 1 and after.isalpha()


def strengths(parts: Sequence[str]) -> dict[str, str]:
    """The strengths that `parts` tell: as they are written, by their numbers.

    Of "50 mg/5 ml" there are two, 50 and 10 (in 1 ml), and per cent are milligrams in 1 ml. A
    number without a unit may be one: "Mésocaïne 25".
    """
    found: dict[str, str] = {}
    for position, part in enumerate(parts):
        unit, volume, last = (*parts[position + 1 : position + 4], "", "", "")[:3]
        number = _number(part)
        if number is None or unit in _VOLUMES:
            continue
        written = f"{part.strip()} {unit}".strip()
        if unit == "%" or (unit, volume) == ("pour", "cent"):
            number *= 10
        elif last in _VOLUMES and (amount := _number(volume)):
            found[f"{number / amount:g}"] = written
        found[f"{number:g}"] = written
    return found


def _number(part: str) -> float | None:
    try:
        return float(part)
    except ValueError:
        return None
