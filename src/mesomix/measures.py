"""From written numbers to numbers: an age, a depth, a count. No error repeats what was written."""

import re
from typing import Final

MONTHS_IN_A_YEAR: Final = 12

_NUMBER: Final = r"([0-9]{1,6}(?:[.,][0-9]{1,9})?)"  # a comma in French
_AGE: Final = re.compile(
    rf"\s*{_NUMBER}\s*(?:(ans?|a|years?|yrs?|y)|(mois|months?))?\s*", re.IGNORECASE
)
_DEPTH: Final = re.compile(rf"\s*{_NUMBER}\s*(?:mm)?\s*", re.IGNORECASE)
_WHOLE: Final = re.compile(r"\s*([0-9]{1,9})\s*")


def years(text: str) -> float:
    """The age that `text` says, in years: "30", "2,5", "30 ans", "30 mois" or "30 months".

    Raises ValueError when it says none.
    """
    found = _AGE.fullmatch(text)
    if found is None:
        message = 'must be a number of years, or of months as in "30 months"'
        raise ValueError(message)
    number = _number(found[1])
    return number / MONTHS_IN_A_YEAR if found[3] else number


def millimetres(text: str) -> float:
    """The depth that `text` says: "4", "4.5", "4,5 mm". Raises ValueError when it says none."""
    found = _DEPTH.fullmatch(text)
    if found is None:
        message = "must be a number of millimetres"
        raise ValueError(message)
    return _number(found[1])


def whole(text: str) -> int:
    """The whole number that `text` is. Raises ValueError when it is none."""
    found = _WHOLE.fullmatch(text)
    if found is None:
        message = "must be a whole number"
        raise ValueError(message)
    return int(found[1])


def _number(text: str) -> float:
    return float(text.replace(",", "."))
