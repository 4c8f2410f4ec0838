"""What somebody may have meant who wrote a word that is not known. It is never accepted."""

import difflib
from collections.abc import Iterable
from typing import Final

from mesomix.evidence import Text
from mesomix.names import printable

_LONGEST: Final = 60
"""Characters. The time of a suggestion grows with the square of the length."""
_CUTOFF: Final = 0.6
"""Of difflib's ratio: of keys and ids, a far guess costs nothing and often helps."""


def did_you_mean(written: str, known: Iterable[str]) -> Text:
    """A question that ends with a space, or nothing when no word of `known` is near."""
    found = difflib.get_close_matches(written[:_LONGEST], list(known), n=1, cutoff=_CUTOFF)
    if not found:
        return Text("", "")
    near = printable(found[0])
    return Text(f"vouliez-vous « {near} » ? ", f"did you mean {near!r}? ")
