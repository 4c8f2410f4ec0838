"""Drawings as inline SVG, each with its title and its words for who does not see it."""

from collections.abc import Iterable
from typing import Final
from xml.etree.ElementTree import Element

from mesomix.markup.elements import Child, element

LONGEST_LABEL: Final = 30
"""Characters of a label in a drawing; the table beside it has all of it."""


SLANT: Final = -38
"""Degrees by which the labels above columns are turned."""
_CHARACTER: Final = 7
"""Pixels: the width of a character of a label, and a little more."""


def room_for_slanted(labels: Iterable[str]) -> float:
    """How high, and how wide beyond the last column, slanted labels are at most, in pixels."""
    longest = max((min(len(one), LONGEST_LABEL) for one in labels), default=0)
    return round(24 + longest * _CHARACTER * 0.62)


def drawing(title: str, said: str, size: tuple[float, float], *shapes: Child) -> Element:
    """A drawing of that width and height, in pixels; `said` tells in words what it shows."""
    width, height = size
    return element(
        "svg",
        element("title", title),
        element("desc", said),
        shapes,
        role="img",
        aria_label=f"{title}. {said}",
        viewBox=f"0 0 {width:g} {height:g}",
        width=float(width),
        height=float(height),
    )


def rectangle(
    place: tuple[float, float],
    size: tuple[float, float],
    kind: str = "",
    opacity: float | None = None,
) -> Element:
    """A rectangle in the colour of a kind: a verdict, "open" or "note"."""
    (x, y), (width, height) = place, size
    box = element(
        "rect",
        x=float(x),
        y=float(y),
        width=float(width),
        height=float(height),
        rx=3,
        class_="fill" if kind else None,
        fill_opacity=opacity,
    )
    return element("g", box, class_=kind or None)


def line(start: tuple[float, float], end: tuple[float, float]) -> Element:
    """A thin line."""
    (x, y), (to_x, to_y) = start, end
    return element("line", x1=float(x), y1=float(y), x2=float(to_x), y2=float(to_y), class_="line")


def cut(text: str, most: int) -> str:
    """`text`, without its middle where it is longer than that: names differ at their ends."""
    if len(text) <= most:
        return text
    end = most // 3
    return f"{text[: most - end - 1]}…{text[-end:]}"


def label(
    place: tuple[float, float],
    text: str,
    *,
    anchor: str = "start",
    kind: str | None = None,
    turn: float = 0,
) -> Element:
    """A text at a place, turned by so many degrees; `anchor` says which part of it is there."""
    x, y = place
    return element(
        "text",
        cut(text, LONGEST_LABEL),
        x=float(x),
        y=float(y),
        text_anchor=None if anchor == "start" else anchor,
        class_=kind,
        transform=f"rotate({turn:g} {x:g} {y:g})" if turn else None,
    )


def figure(shape: Element, caption: Child, table_heading: str, table: Child) -> Element:
    """A drawing with its caption, and the same as a table, folded under it."""
    return element(
        "figure",
        element("div", shape, class_="scroll", tabindex=0),
        element("figcaption", caption),
        element("details", element("summary", table_heading), table),
    )
