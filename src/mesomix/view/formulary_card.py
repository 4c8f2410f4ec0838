"""The card of a formulary: its products by effect, and of each what is known and what is not."""

from typing import Final
from xml.etree.ElementTree import Element

from mesomix.evidence import COLON, Language, Text
from mesomix.formulary import Formulary
from mesomix.markup.elements import element
from mesomix.model import Product
from mesomix.names import printable, shortened
from mesomix.report import Data
from mesomix.shown import Card
from mesomix.space.wording import products
from mesomix.view.effects_chart import MOST_PRODUCTS, effects_figure
from mesomix.view.parts import (
    card_of_parts,
    data_foot,
    data_told,
    effect_chips,
    heading,
    most_of,
)
from mesomix.view.product_card import section_elements, section_lines
from mesomix.view.product_facts import ProductFacts
from mesomix.vocabulary import Effect, in_order

_TITLE: Final = Text("Formulaire", "Formulary")
_PRODUCTS: Final = Text("Produits", "Products")
_UNKNOWN: Final = Text("informations non connues", "facts not known")
_LIMITS: Final = Text(
    "Ce que les données disent, et d'où elles le tiennent. Ce qui n'y est pas n'est pas un non : la"
    " plupart des RCP n'ont été lus qu'en partie.",
    "What the data says, and where it has that from. What is absent is no “no”: most labels were"
    " read in part only.",
)


def formulary_card(
    formulary: Formulary,
    language: Language,
    most: int | None = MOST_PRODUCTS,
    effect: Effect | None = None,
) -> Card:
    """The card of `formulary`, with the first `most` of its products; None for all of them.

    With `effect`, of those that have it.
    """
    facts = ProductFacts(language)
    everything = [*(formulary.for_effect(effect) if effect else formulary.products.values())]
    shown, left_out = most_of(everything, len(everything) if most is None else most, language)
    drawn, not_drawn = most_of(shown, MOST_PRODUCTS, language)
    title = f"{_TITLE[language]} {shortened(formulary.edition.version)}"
    title += f"{COLON[language]}{effect.text[language]}" if effect else ""
    count = products(len(everything), language)
    edition = formulary.edition
    data = Data(edition.version, edition.sha256, edition.bdpm)
    lines = [f"{title}{COLON[language]}{count}", _LIMITS[language]]
    for product in shown:
        lines += ["", product.name[language]]
        lines += section_lines(facts.sections(product), language)
    return card_of_parts(
        title,
        language,
        "\n".join(
            map(
                printable,
                [*lines, *left_out, "", f"{data_told(data, language)}, SHA-256 {data.sha256}"],
            )
        ),
        element("p", title, class_="title"),
        element("p", element("strong", count), ". ", _LIMITS[language]),
        effects_figure(drawn, language),
        [element("p", line) for line in not_drawn],
        heading(_PRODUCTS[language]),
        [_product(product, facts, language) for product in shown],
        [element("p", line) for line in left_out],
        data_foot(data, None, language),
    )


def _product(product: Product, facts: ProductFacts, language: Language) -> Element:
    sections = facts.sections(product)
    unknown = sum(fact.kind == "open" for _, several in sections for fact in several)
    count = f" · {_UNKNOWN[language]}{COLON[language]}{unknown}" if unknown else ""
    return element(
        "details",
        element(
            "summary",
            element("strong", product.name[language]),
            " ",
            effect_chips(in_order(product.effects), language),
            count,
        ),
        section_elements(sections, language, level=3),
        class_="product",
    )
