"""The words beside a product's name that mesomix understands, and that change nothing."""

import re
from collections.abc import Sequence
from itertools import pairwise
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
_STRENGTH_UNITS: Final = frozenset(
    ["g", "mg", "µg", "μg", "mcg", "ug", "microgramme", "microgrammes", "ui", "iu", "u", "%"]
)


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
    # "D'eau", and not "vitamine C et D 2 ml".
    return part in _LINKS_OF_ONE_LETTER and len(after) > 1 and after.isalpha()


def strengths(parts: Sequence[str]) -> list[str]:
    """The numbers of `parts` before a unit of strength; per cent as mg in 1 ml."""
    found: list[str] = []
    for number, unit in pairwise(parts):
        if number.strip()[0].isdigit() and unit in _STRENGTH_UNITS:
            found.append(_as_milligrams(number.strip()) if unit == "%" else number.strip())
    return found


def _as_milligrams(percentage: str) -> str:
    """The milligrams in 1 ml of what has so many g in 100 ml; as it is where it is no number."""
    try:
        return f"{float(percentage) * 10:g}"
    except ValueError:
        return percentage
