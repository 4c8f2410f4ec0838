"""A tree of HTML or SVG elements, in which every text is only a text.

The standard library's ElementTree writes it, so whatever is put in is escaped where it stands.
"""

import re
from collections.abc import Iterable
from typing import Final, TypeAlias
from xml.etree.ElementTree import Element, tostring

from mesomix.names import printable

Child: TypeAlias = "Element | str | Iterable[Child] | None"
"""What an element may hold: elements and texts, however nested; None is nothing."""

_GLUED: Final = (
    ("« ", "«\N{NO-BREAK SPACE}"),
    (" »", "\N{NO-BREAK SPACE}»"),
    *[(f" {mark}", f"\N{NARROW NO-BREAK SPACE}{mark}") for mark in ":;?!%"],
)
"""French breaks no line inside of these."""
_UNBROKEN: Final = ("\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}")
_UNBROKEN_SPACE: Final = re.compile(f"([{''.join(_UNBROKEN)}])")
_BEFORE_A_UNIT: Final = re.compile(r"(?<=\d) (?=(?:µg|mg|g|kg|ml|mm|UI|IU)\b)")


def element(tag: str, *children: Child, **attributes: str | float | None) -> Element:
    """An element. Of the names of attributes, `_` is a dash, and one at the end is left out.

    An attribute that is None is left out, and so is a child. What does not print in a text or in
    an attribute (control characters, marks of direction) is shown escaped.
    """
    made = Element(tag)
    for name, value in attributes.items():
        if value is not None:
            told = f"{value:g}" if isinstance(value, float) else str(value)
            made.set(name.rstrip("_").replace("_", "-"), printed(told))
    _append(made, children)
    return made


def _append(parent: Element, children: Iterable[Child]) -> None:
    for child in children:
        if isinstance(child, str):
            _append_text(parent, typeset(child))
        elif isinstance(child, Element):
            parent.append(child)
        elif child is not None:
            _append(parent, child)


def _append_text(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def printed(text: str) -> str:
    """`text` with whatever does not print escaped, but for the spaces that French does not break.

    Python counts these among what does not print; they move nothing.
    """
    return "".join(
        part if part in _UNBROKEN else printable(part) for part in _UNBROKEN_SPACE.split(text)
    )


def typeset(text: str) -> str:
    """`text` as a page shows it: what does not print is escaped, and French spaces do not break."""
    shown = printed(text)
    for apart, glued in _GLUED:
        shown = shown.replace(apart, glued)
    return _BEFORE_A_UNIT.sub("\N{NO-BREAK SPACE}", shown)


def style_element(css: str) -> Element:
    """A style sheet, whose text is ours and not escaped."""
    made = Element("style")
    made.text = css
    return made


def html_of(tree: Element) -> str:
    """`tree` as HTML."""
    return tostring(tree, encoding="unicode", method="html")
