"""The charts: products and effects, and what is known of each two products together."""

from collections.abc import Callable

import pytest
from read_html import Node, assert_harmless, read_html

import mesomix
from mesomix.evidence import Language
from mesomix.report_words import VERDICTS
from mesomix.view import Card, card_of, effects_chart, pair_matrix
from mesomix.view.pair_matrix import pairs

LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])
CHARTS = pytest.mark.parametrize("chart", [effects_chart, pair_matrix])


def tree_of(card: Card) -> Node:
    tree = read_html(card.html)
    assert_harmless(tree)
    return tree


@CHARTS
@LANGUAGES
def test_a_chart_has_a_text_alternative_and_a_table(
    chart: Callable[..., Card], formulary: mesomix.Formulary, language: str
) -> None:
    tree = tree_of(chart(formulary, language))
    [svg] = tree.all("svg")
    assert svg.attributes["role"] == "img"
    assert svg.attributes["aria-label"].startswith(chart(formulary, language).title)
    [table] = tree.all("table")
    for product in formulary.products.values():
        assert product.name[Language(language)] in table.text
        assert product.name[Language(language)] in chart(formulary, language).text


@CHARTS
def test_a_chart_of_too_many_products_says_how_many_it_leaves_out(
    chart: Callable[..., Card], formulary: mesomix.Formulary
) -> None:
    many = [*formulary.products.values()] * 7
    if chart is pair_matrix:  # one product is in a matrix once
        many = [formulary.find(f"{p}") for p in formulary.specialties] * 7
    card = chart(formulary, "en", products=many)
    assert "Not shown: " in card.text
    assert "Not shown: " in tree_of(card).text


def test_each_effect_of_a_product_is_a_full_box(formulary: mesomix.Formulary) -> None:
    tree = tree_of(effects_chart(formulary, "en"))
    boxes = [box for group in tree.all("g", "no-objection") for box in group.all("rect")]
    assert len(boxes) == sum(len(p.effects) for p in formulary.products.values())
    rows = {row.all("th")[0].text: row.all("td")[0].text for row in tree.all("tr")[1:]}
    assert rows["piroxicam"] == "anti-inflammatory"
    assert rows["magnesium pidolate"] == "decontracturant, anti-oedema, scar"


def test_a_product_without_an_effect_says_so(formulary: mesomix.Formulary) -> None:
    card = effects_chart(formulary, "en", products=[formulary.find("ketoprofen")])
    assert "ketoprofen: no effect in the data" in card.text


def test_the_matrix_says_what_is_said_of_two_products_together(
    formulary: mesomix.Formulary,
) -> None:
    rows = {
        row.all("th")[0].text: row.all("td")[0].text
        for row in tree_of(pair_matrix(formulary, "en")).all("tr")[1:]
    }
    assert len(rows) == 9 + 36
    mark, word, _ = VERDICTS[mesomix.Verdict.REVIEW]
    assert rows["lidocaine + procaine"].startswith(f"{mark} {word.en}: ")
    assert rows["lidocaine + piroxicam"] == "unknown"
    assert rows["lidocaine alone"] == "unknown"
    assert rows["alpha-tocopheryl acetate alone"].startswith(mark)


def test_nothing_in_the_matrix_has_the_colour_of_no_objection(
    formulary: mesomix.Formulary,
) -> None:
    tree = tree_of(pair_matrix(formulary, "fr"))
    kinds = {kind for group in tree.all("g") for kind in group.kinds}
    assert kinds == {"note", "review"}
    unknown = len(tree.all("g", "note"))
    reviewed = len(tree.all("g", "review"))
    assert unknown + reviewed == 81
    assert [node.text for node in tree.all("text", "on")] == ["?"] * reviewed


def test_a_corticosteroid_is_refused_on_the_diagonal(formulary: mesomix.Formulary) -> None:
    products = [formulary.find("Kenacort"), formulary.find("Miorel")]
    tree = tree_of(pair_matrix(formulary, "fr", products=products))
    assert len(tree.all("g", "refuse")) == 1
    assert "✗ REFUS" in tree.all("table")[0].text


def test_pairs_have_what_is_said_beyond_each_alone(formulary: mesomix.Formulary) -> None:
    one, other = formulary.find("Kenacort"), formulary.find("Miorel")
    alone, together, second = pairs([one, other], formulary, mesomix.RULES)
    assert {finding.rule for finding in alone.findings} >= {"corticosteroid"}
    assert [finding.rule for finding in together.findings] == ["mixing-forbidden"]
    assert second.findings == ()
    assert second.verdict is None


def test_a_matrix_follows_the_rules_of_the_house(formulary: mesomix.Formulary) -> None:
    none = mesomix.Rulebook([mesomix.RULES["corticosteroid"]])
    assert "?" not in tree_of(pair_matrix(formulary, rules=none)).all("table")[0].text


def test_nothing_else_has_a_card() -> None:
    with pytest.raises(TypeError, match="nothing shows a int"):
        card_of(3, Language.FR)
