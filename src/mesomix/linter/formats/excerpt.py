"""The line of a data file on which a problem begins, with carets under what is meant.

A caret has to stand under its character in a terminal, where a character takes no cell (a
combining mark), one or two (an ideogram), or as many as its escape has.
"""

import unicodedata
from collections.abc import Callable
from typing import Final

from mesomix.linter.diagnostic import Place, Span
from mesomix.names import printable

Paint = Callable[[str, str], str]
"""Gives a text the ANSI colour of that code, or leaves it as it is."""

GUTTER_COLOUR: Final = "34"

WIDEST: Final = 100
"""Cells of a shown line; what is longer is cut around the span."""

_BEFORE: Final = 40
"""Cells that are kept before the span when the line is cut."""

_TAB: Final = 4
_CUT: Final = "…"


def excerpt_lines(place: Place, gutter: int, colour: str, paint: Paint) -> list[str]:
    """The excerpt of `place` behind a gutter that is `gutter` wide, and its carets in `colour`."""
    if place.span is None or not place.excerpt:
        return []
    text, before, width = _shown(place.excerpt, place.span)
    bar = paint(f"{'':{gutter}} |", GUTTER_COLOUR)
    number = paint(f"{place.span.line:>{gutter}} |", GUTTER_COLOUR)
    return [bar, f"{number} {text}", f"{bar} {'':{before}}{paint('^' * width, colour)}"]


def _shown(excerpt: str, span: Span) -> tuple[str, int, int]:
    """What is shown of the line, the cells before its carets, and how many carets there are."""
    start = min(span.column - 1, len(excerpt))
    end = min(span.end_column - 1, len(excerpt)) if span.end_line == span.line else len(excerpt)
    # Each character has at least one cell to pay for, so nothing further away is ever shown; and
    # a file that is one long line is not measured again for each of its problems.
    first = max(start - WIDEST, 0)
    cells = _cells(excerpt[first : start + WIDEST])
    low, high = _window([max(width, 1) for _, width in cells], start - first)
    left = _CUT if first + low > 0 else ""
    right = _CUT if first + high < len(excerpt) else ""
    text = left + "".join(shown for shown, _ in cells[low:high]) + right
    before = len(left) + sum(width for _, width in cells[low : start - first])
    marked = sum(width for _, width in cells[start - first : min(end - first, high)])
    return text, before, max(marked, 1)


def _cells(line: str) -> list[tuple[str, int]]:
    """Each character as it is shown, and how many cells it takes."""
    cells: list[tuple[str, int]] = []
    column = 0
    for character in line:
        shown = " " * (_TAB - column % _TAB) if character == "\t" else printable(character)
        width = sum(map(_width, shown))
        cells.append((shown, width))
        column += width
    return cells


def _width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _window(costs: list[int], start: int) -> tuple[int, int]:
    """The stretch around `start` that costs at most WIDEST: all, when all is no more."""
    low, used = start, 0
    while low > 0 and used + costs[low - 1] <= _BEFORE:
        low -= 1
        used += costs[low]
    high = start
    while high < len(costs) and used + costs[high] <= WIDEST:
        used += costs[high]
        high += 1
    while low > 0 and used + costs[low - 1] <= WIDEST:
        low -= 1
        used += costs[low]
    return low, high
