"""What somebody may have meant who wrote a word that is not known. It is never accepted."""

import difflib
import heapq
import os
import re
from collections.abc import Iterable, Mapping
from typing import Final

from mesomix.evidence import Text
from mesomix.names import fold, printable, words

_LONGEST: Final = 60
"""Characters. The time of a suggestion grows with the square of the length."""
_CUTOFF: Final = 0.6
"""Of difflib's ratio: of keys and ids, a far guess costs nothing and often helps."""
_LIKELY: Final = 50
"""Words. difflib takes too long for thousands; a slip of the pen leaves a beginning or an end."""


def id_of(name: str) -> str:
    """The id that `name` would be: "0,8 POUR CENT" is 0-8-pour-cent; empty where there is none."""
    return "-".join(re.findall("[a-z0-9]+", " ".join(w for w in words(name) if w.isascii())))


def did_you_mean(
    written: str, known: Iterable[str], named: Mapping[str, str] | None = None
) -> Text:
    """A question that ends with a space, or nothing when no word of `known` is near.

    `named` has the words of `known` by the folded names that a person may have written instead.
    """
    found = (named or {}).get(fold(written)) or nearest_word(written, known)
    if found is None:
        return Text("", "")
    near = printable(found)
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
