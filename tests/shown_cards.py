"""Cards as the tests of what is shown read them, and made-up data whose names are hostile."""

from pathlib import Path
from typing import Final

from read_html import Node, assert_harmless, read_html

import mesomix
from mesomix.shown import Shown

HOSTILE: Final = '<script>alert(1)</script>"><img src=x onerror=alert(1)>\u202e</style>\x00'
"""What somebody might write in the place of a name."""
SHOWN: Final = r'<script>alert(1)</script>"><img src=x onerror=alert(1)>\u202e</style>\x00'
"""How it is shown: as a text, with what does not print escaped."""


def section_of(shown: Shown, language: str = "fr") -> Node:
    """The card of `shown`: one section, in which nothing runs and nothing is loaded."""
    card = shown.card(language)
    tree = read_html(card.html)
    assert_harmless(tree)
    [section] = tree.all("section", "mesomix")
    assert section.attributes["lang"] == language
    assert section.attributes["aria-label"] == card.title
    assert read_html(card.page())
    for svg in section.all("svg"):
        told = svg.attributes.get("aria-label") and svg.all("title") and svg.all("desc")
        assert told or svg.attributes["aria-hidden"] == "true"
    return section


def rows_of(table: Node) -> list[list[str]]:
    """The texts of the cells of a table, row by row, its head first."""
    return [
        [cell.text for cell in row.all() if cell.tag in {"th", "td"}] for row in table.all("tr")
    ]


def loud(section: Node, kind: str) -> list[str]:
    """The texts that stand out in the colour of a kind."""
    return [node.text for node in section.all("", "finding") if kind in node.kinds]


def hostile_formulary(folder: Path, products: int = 4) -> mesomix.Formulary:
    """A formulary of so many products whose names are hostile, and of one such substance."""
    name = HOSTILE.replace('"', '\\"').replace("\x00", "\\u0000").replace("\u202e", "\\u202e")
    tables = [
        f"""
        version = "<b>1</b>"
        [substances.exemplin]
        fr = "{name}"
        en = "{name}"
        source = "house-rules"
        checked = 2026-11-22
        """
    ]
    tables += [
        f"""
        [products.product-{number}]
        fr = "{name} {number} {"z" * 200}"
        en = "{name} {number} {"z" * 200}"
        effects = ["analgesic", "scar"]
        substances = ["exemplin"]
        source = "house-rules"
        checked = 2026-11-22
        """
        for number in range(products)
    ]
    path = folder / "hostile.toml"
    path.write_text("\n".join(tables), encoding="utf-8")
    return mesomix.load(path)
