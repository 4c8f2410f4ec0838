"""Which product of a formulary has which effect, as a chart."""

from collections.abc import Iterable, Sequence
from typing import Final
from xml.etree.ElementTree import Element

from mesomix.evidence import COLON, Language, Text
from mesomix.formulary import Formulary
from mesomix.markup.drawing import (
    SLANT,
    drawing,
    figure,
    label,
    line,
    rectangle,
    room_for_slanted,
)
from mesomix.markup.elements import element
from mesomix.model import Product
from mesomix.shown import Card
from mesomix.view.parts import AS_TABLE, card_of_parts, most_of, table
from mesomix.vocabulary import Effect, in_order

MOST_PRODUCTS: Final = 60
"""So many are drawn, and it is said how many are not."""

_TITLE: Final = Text("Produits et effets", "Products and effects")
_NONE: Final = Text("aucun effet dans les données", "no effect in the data")
_LEFT, _ROW, _COLUMN = 230, 24, 58


def effects_chart(
    formulary: Formulary, language: str = "fr", *, products: Iterable[Product] | None = None
) -> Card:
    """Which of the products has which effect: a chart, and the same as a table.

    Without `products`, those of the formulary. Raises ValueError for a language that is neither
    "fr" nor "en".
    """
    spoken = Language(language)
    shown, left_out = most_of(
        formulary.products.values() if products is None else products, MOST_PRODUCTS, spoken
    )
    title = _TITLE[spoken]
    return card_of_parts(
        title,
        spoken,
        "\n".join([title, *(_said(product, spoken) for product in shown), *left_out]),
        element("p", title, class_="title"),
        effects_figure(shown, spoken),
        left_out,
    )


def effects_figure(products: Sequence[Product], language: Language) -> Element:
    """The chart of these products, with its table."""
    effects = [effect for effect in Effect if any(effect in one.effects for one in products)]
    names = [effect.text[language] for effect in effects]
    room = room_for_slanted(names)
    size = (_LEFT + _COLUMN * len(effects) + room, room + _ROW * len(products) + 4)
    shapes = [
        label((_LEFT + _COLUMN * (column + 0.5), room - 10), name, turn=SLANT)
        for column, name in enumerate(names)
    ]
    for row, product in enumerate(products):
        y = room + _ROW * row
        shapes += [line((0, y), (size[0] - room, y))]
        shapes += [label((_LEFT - 10, y + 17), product.name[language], anchor="end")]
        shapes += [
            rectangle((_LEFT + _COLUMN * column + 8, y + 4), (_COLUMN - 16, _ROW - 8), opacity=0.6)
            for column, effect in enumerate(effects)
            if effect in product.effects
        ]
    said = ". ".join(_said(product, language) for product in products)
    head = [Text("produit", "product")[language], Text("effets", "effects")[language]]
    rows = [(product.name[language], _effects(product, language)) for product in products]
    return figure(
        drawing(_TITLE[language], said, size, shapes),
        Text("Une case pleine : l'effet est dans les données.", "A full box: the data has it.")[
            language
        ],
        AS_TABLE[language],
        table(head, rows, texts=2),
    )


def _effects(product: Product, language: Language) -> str:
    told = ", ".join(effect.text[language] for effect in in_order(product.effects))
    return told or _NONE[language]


def _said(product: Product, language: Language) -> str:
    return f"{product.name[language]}{COLON[language]}{_effects(product, language)}"
