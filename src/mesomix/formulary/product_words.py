"""The words beside a product's name that mesomix understands, and that change nothing."""

import re
from collections.abc import Container, Sequence
from itertools import pairwise
from typing import Final
from unicodedata import category

from mesomix.names import Token, names_within, tokens

_UNITS: Final = frozenset(
    [
        *("g", "mg", "µg", "μg", "mcg", "ug", "microgramme", "microgrammes", "ml", "cl", "cc"),
        *("l", "ui", "iu", "u", "i", "m", "mmol", "meq", "unite", "unites", "unit", "units", "%"),
    ]
)
"""No names by themselves within a text: "Mg" alone is magnesium. Amounts are read apart."""
_FORMS: Final = (
    *("ampoule", "ampoules", "amp", "ampule", "ampules", "flacon", "flacons", "vial", "vials"),
    *("seringue", "seringues", "syringe", "preremplie", "pre", "remplie", "dose", "doses"),
    *("solution", "suspension", "injectable", "injectables", "injection", "inj", "solute"),
    *("unidose", "pour"),
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

UNDERSTOOD: Final = _UNITS.union(_FORMS, _ROUTES, _SALTS, _LINKS)


_ALWAYS: Final = frozenset(
    word for word in UNDERSTOOD - _UNITS if len(word) > 1 and word != "suspension"
)

_LINKS_OF_ONE_LETTER: Final = frozenset("adl")
_SIGN: Final = re.compile(r"\?|[^\w\s\x00-\x7f]")
_PLUS: Final = re.compile(r"[+&]")
_JOINING: Final = frozenset(["et", "avec", "and", "with"])
_DASHES: Final = frozenset({"", "-", *"\u2010\u2011\u2012\u2013\u2014\u2015\u2212"})
"""Between an amount and the volume that it is in, as an id writes it; or nothing at all."""
_MARKED: Final = re.compile(
    "\\d[\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+\\d"
    "|\\d[\u0300-\u036f\u20d0-\u20ff]"
    "|[\u202a-\u202e\u2066-\u2069](?=.*\\d)"
)
"""A digit that is struck out, or behind which the text turns: one sees another number."""
_CUBIC: Final = re.compile("(?<=[cC][mM])³")
_HARMLESS_SIGNS: Final = frozenset("®©™℠°㎖㎎㏄")
_FRACTIONS: Final = frozenset("½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞")
"""Of the signs that stand for numbers, "²" and "①" among them, those that are read."""


def names_apart(text: Sequence[Token]) -> list[str]:
    """The words of `text`, in which no name goes on behind a unit without a slash.

    "Miorel 4 mg 2 ml" holds the name "Miorel 4 mg", and not that of "MIOREL 4 mg/2 ml".
    """
    found: list[str] = []
    for before, token in zip(["", *[token.word for token in text]], text, strict=False):
        number = before in _UNITS and token.word[:1].isdigit()
        joined = token.gap in _DASHES or token.gap.strip(" .") == "/"
        goes_on = number and not joined
        found.append(f"\0{token.word}" if goes_on else token.word)
    return found


def not_understood(parts: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[int]:
    """Where words stand outside of the names and amounts at `spans` that are not known."""
    named = positions(spans)
    return [
        position
        for position in range(len(parts))
        if position not in named
        and parts[position] not in _ALWAYS
        and not _is_understood(parts, position)
    ]


def doubtful_signs(written: str) -> list[str]:
    """The signs of a text that make a question of it, or may mean anything: "lidocaïne ?", "☠"."""
    written = _CUBIC.sub("", written)
    found = _SIGN.findall(written)
    marked = [] if written.isascii() else _MARKED.findall(written)
    return (
        [s for s in found if s in "?‰" or (category(s) == "So" and s not in _HARMLESS_SIGNS)]
        + [s for s in written if not s.isascii() and category(s) == "No" and s not in _FRACTIONS]
        + marked
    )


def unnamed_things(
    written: str,
    parts: Sequence[str],
    spans: Sequence[tuple[int, int]],
    amounts: Sequence[tuple[int, int]],
    known: Container[str],
) -> list[str]:
    """What stands beside products without a name of its own: "procaïne + 1 ampoule", "et 2 ml"."""
    several = _PLUS.split(written) if _PLUS.search(written) else []
    if not several and _JOINING.isdisjoint(parts):
        return []
    pieces = [[token.word for token in tokens(piece)] for piece in several]
    found = [" ".join(piece) for piece in pieces if piece and not names_within(piece, known)]
    named, measured = positions(spans), positions(amounts)
    joins = [n for n, part in enumerate(parts) if part in _JOINING and n not in named | measured]
    for first, last in pairwise([-1, *joins, len(parts)]):
        piece = range(first + 1, last)
        if joins and piece and named.isdisjoint(piece):
            found.append(" ".join(parts[position].strip() for position in piece))
    return found


def positions(spans: Sequence[tuple[int, int]]) -> set[int]:
    """The positions of the words of `spans`."""
    return {position for first, last in spans for position in range(first, last)}


def _is_understood(parts: Sequence[str], position: int) -> bool:
    part = parts[position].strip()
    before, after = (
        parts[place].strip() if 0 <= place < len(parts) else ""
        for place in (position - 1, position + 1)
    )
    if part == "suspension":  # another form of what is injected as a solution
        return after.startswith("injectable")
    if len(part) > 1:
        return part in UNDERSTOOD and part not in _UNITS
    if part == "a" and after[:1].isdigit():  # "à 2 %", and not "vitamines C et A 2 ml"
        return before not in {"", "et", "and", "c", "e"}
    # "D'eau", and not "vitamine C et D 2 ml".
    return part in _LINKS_OF_ONE_LETTER and len(after) > 1 and after.isalpha()
