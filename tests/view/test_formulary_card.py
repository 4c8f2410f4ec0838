"""The card of a formulary: its products, what is known of each, and what is not."""

import pytest
from read_html import Node, assert_harmless, read_html

import mesomix
from mesomix.evidence import Language
from mesomix.view.formulary_card import formulary_card

LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])


def products(tree: Node) -> list[Node]:
    return tree.all("details", "product")


@LANGUAGES
def test_each_product_is_there_with_its_effects_and_its_gaps(
    formulary: mesomix.Formulary, language: str
) -> None:
    tree = read_html(formulary.card(language).html)
    assert_harmless(tree)
    shown = products(tree)
    for node, product in zip(shown, formulary.products.values(), strict=True):
        [summary, *_] = node.all("summary")
        assert product.name[Language(language)] in summary.text
        assert len(summary.all("span", "effect")) == len(product.effects)
        unknown = len(node.all("li", "open"))
        assert (f": {unknown}" in summary.text) is bool(unknown)
    assert any(node.all("li", "open") for node in shown)


@LANGUAGES
def test_it_tells_the_version_the_digest_and_its_limits(
    formulary: mesomix.Formulary, language: str
) -> None:
    card = formulary.card(language)
    for words in (formulary.edition.version, formulary.edition.sha256):
        assert words in read_html(card.html).text
        assert words in card.text
    limit = {"fr": "n'est pas un non", "en": "is no “no”"}[language]
    assert limit in card.text
    assert limit in read_html(card.html).text


@LANGUAGES
def test_products_beyond_the_most_are_counted(formulary: mesomix.Formulary, language: str) -> None:
    card = formulary_card(formulary, Language(language), 4)
    assert len(products(read_html(card.html))) == 4
    told = {"fr": "Non montrés : 5 produits sur 9.", "en": "Not shown: 5 products of 9."}[language]
    assert told in read_html(card.html).text
    assert told in card.text


def test_it_can_be_of_one_effect(formulary: mesomix.Formulary) -> None:
    card = formulary_card(formulary, Language.FR, None, mesomix.Effect.SCAR)
    assert "cicatrice" in card.title
    assert len(products(read_html(card.html))) == 3
    assert "3 produits" in card.text
    none = formulary_card(formulary, Language.FR, None, mesomix.Effect.DRAINING)
    assert products(read_html(none.html)) == []


def test_sources_are_told_with_their_titles(formulary: mesomix.Formulary) -> None:
    text = read_html(formulary.card("en").html).text
    for reference in ("chan", "dicynone-smpc-2022"):
        assert formulary.references[reference].title in text
