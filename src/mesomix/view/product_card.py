"""The card of a product: what is known of it, and as loud what is not."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from mesomix.evidence import Language
from mesomix.markup.elements import element
from mesomix.model import Product
from mesomix.report_words import MARKS, citation_said
from mesomix.shown import Card
from mesomix.view.parts import OPEN_MARK, card_of_parts, heading, said, sources
from mesomix.view.product_facts import Fact, ProductFacts, Section

_MARKS = {**MARKS, "open": OPEN_MARK}


def product_card(product: Product, language: Language) -> Card:
    """The card of `product`."""
    sections = ProductFacts(language).sections(product)
    name = product.name[language]
    return card_of_parts(
        name,
        language,
        "\n".join([name, *section_lines(sections, language)]),
        element("p", name, class_="title"),
        section_elements(sections, language),
    )


def section_elements(
    sections: Sequence[Section], language: Language, *, level: int = 2
) -> Iterator[Element]:
    """The sections, each fact with its sources folded under it."""
    for title, facts in sections:
        yield heading(title, level=level)
        yield element("ul", [_fact(fact, language) for fact in facts])


def _fact(fact: Fact, language: Language) -> Element:
    line = list(said(_MARKS[fact.kind], fact.said))
    cited = sources(fact.citations, language)
    if cited is not None:
        line = [element("details", element("summary", line), cited)]
    return element("li", line, class_=f"finding {fact.kind}")


def section_lines(sections: Sequence[Section], language: Language) -> Iterator[str]:
    """The same in lines of text."""
    for title, facts in sections:
        yield f"  {title}"
        for fact in facts:
            yield f"    {_MARKS[fact.kind]} {fact.said}"
            for citation in fact.citations:
                yield f"        — {citation_said(citation, language)}"
