"""How a mixture is to be injected: how deep, how long after the last time, for how many times."""

from dataclasses import dataclass, field
from typing import Final

from mesomix.evidence import Text

DEEPEST_MM: Final = 100
"""What is more was measured in another unit."""
MOST_DAYS: Final = 36_525
MOST_SESSIONS: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One session; what is None was not described. Its repr tells nothing.

    Raises TypeError when a value is no number, or not a whole one where it has to be, and
    ValueError when it is out of bounds. The message names the field and does not repeat the value.
    """

    depth_mm: float | None = field(default=None, repr=False)
    """How deep the injections go, in millimetres: above 0, at most 100."""
    days_since_last: int | None = field(default=None, repr=False)
    """Whole days since the last session; 0 on the same day."""
    number: int | None = field(default=None, repr=False)
    """Which session of the treatment it is; the first is 1."""

    def __post_init__(self) -> None:
        depth = self.depth_mm
        if depth is not None:
            if isinstance(depth, bool) or not isinstance(depth, int | float):
                message = "depth_mm must be a number of millimetres (int or float)"
                raise TypeError(message)
            if not 0 < depth <= DEEPEST_MM:  # which a NaN is not either
                message = f"depth_mm must be more than 0 and at most {DEEPEST_MM} millimetres"
                raise ValueError(message)
            object.__setattr__(self, "depth_mm", float(depth))
        _check_whole("days_since_last", self.days_since_last, 0, MOST_DAYS)
        _check_whole("number", self.number, 1, MOST_SESSIONS)


def number_text(number: float) -> Text:
    """A number of a session as one writes it: 4 or 4.5, in French 4,5."""
    written = str(number).removesuffix(".0")
    return Text(written.replace(".", ","), written)


def _check_whole(name: str, value: int | None, least: int, most: int) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int):
        message = f"{name} must be a whole number (int)"
        raise TypeError(message)
    if not least <= value <= most:
        message = f"{name} must be from {least} to {most}"
        raise ValueError(message)
