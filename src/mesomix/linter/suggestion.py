"""What somebody may have meant who wrote a word that is not known. It is never accepted."""

import difflib
import heapq
import os
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from mesomix.evidence import Text
from mesomix.names import fold, printable, words
from mesomix.quantity import UNITS, Quantity

_LONGEST: Final = 60
"""Characters. The time of a suggestion grows with the square of the length."""
_CUTOFF: Final = 0.6
"""Of difflib's ratio: of keys and ids, a far guess costs nothing and often helps."""
_LIKELY: Final = 50
"""Words. difflib takes too long for thousands; a slip of the pen leaves a beginning or an end."""

_QUANTITY: Final = re.compile(
    r"(?P<whole>[0-9]{1,3}(?:\s[0-9]{3})+|[0-9]*)(?:[.,](?P<part>[0-9]+))?"
    r"\s*(?P<unit>[^\s\d.,]\D*)"
)
_ROUND: Final = {"ng": "ug", "kg": "g"}
"""Units that may not be allowed, and the nearest one that may be in their place."""


def id_of(name: str) -> str:
    """The id that `name` would be: "0,8 POUR CENT" is 0-8-pour-cent; empty where there is none."""
    return "-".join(re.findall("[a-z0-9]+", " ".join(w for w in words(name) if w.isascii())))


def did_you_mean(
    written: str, known: Iterable[str], named: Mapping[str, str] | None = None
) -> Text:
    """A question that ends with a space, or nothing when no word of `known` is near.

    `named` has the words of `known` by the folded names that a person may have written instead.
    """
    return did_you_mean_one((named or {}).get(fold(written)) or nearest_word(written, known))


def did_you_mean_one(word: str | None) -> Text:
    """A question that ends with a space, or nothing when there is no word to propose."""
    if word is None:
        return Text("", "")
    near = printable(word)
    return Text(f"vouliez-vous « {near} » ? ", f"did you mean {near!r}? ")


def nearest_word(written: str, known: Iterable[str]) -> str | None:
    """The word of `known` that is most like `written`; None when none is near."""
    word = written[:_LONGEST]
    likely = heapq.nlargest(_LIKELY, known, key=lambda other: _ends_shared(word, other))
    found = difflib.get_close_matches(word, likely, n=1, cutoff=_CUTOFF)
    return found[0] if found else None


def _ends_shared(one: str, other: str) -> int:
    beginning = os.path.commonprefix((one, other))  # noqa: RUF071 (of any text, as wanted)
    end = os.path.commonprefix((one[::-1], other[::-1]))  # noqa: RUF071 (as above)
    return len(beginning) + len(end)


def nearest_quantity(written: str, units: Collection[str]) -> str | None:
    """The quantity in one of the UCUM codes `units` that `written` can only mean.

    None where it may mean several: 1,000 mg is one for some, and a thousand for others.
    """
    found = _QUANTITY.fullmatch(written.strip()) if len(written) <= _LONGEST else None
    code = _code_of(found["unit"]) if found else None
    if found is None or code is None:
        return None
    whole, part = re.sub(r"\s", "", found["whole"]), found["part"] or ""
    if not whole + part or (whole.strip("0") and part and len(part) % 3 == 0):
        return None
    try:
        quantity = Quantity.read(f"{whole or 0}.{part or 0} {code}")
    except ValueError:  # a unit of something else
        return None
    near = (code, _ROUND.get(code, code), quantity.kind)
    fitting = next((unit for unit in near if unit in units), None)
    return f"{quantity.to(fitting).value:f} {fitting}" if fitting and quantity.value else None


def _code_of(unit: str) -> str | None:
    """The UCUM code of a unit as somebody may write it: "ml", "mcg", "UI", "mgs"."""
    word = unit.strip().lower().replace("\u03bc", "\u00b5").removesuffix(".")
    return UNITS.get(word) or UNITS.get(word.removesuffix("s"))
