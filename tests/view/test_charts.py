"""The charts: products and effects, and what is known of each two products together."""

from collections.abc import Callable
from dataclasses import replace

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
    many = [replace(one) for one in [*formulary.products.values()] * 7]  # each is another one
    card = chart(formulary, "en", products=many)
    assert "Not shown: " in card.text
    assert "Not shown: " in tree_of(card).text


def test_a_product_is_in_a_matrix_once(formulary: mesomix.Formulary) -> None:
    one, other = formulary.find("Miorel"), formulary.find("Dicynone")
    tree = tree_of(pair_matrix(formulary, products=[one, other, one]))
    assert len(tree.all("tr")) == 1 + 3


def test_each_effect_of_a_product_is_a_full_box(formulary: mesomix.Formulary) -> None:
    tree = tree_of(effects_chart(formulary, "en"))
    boxes = tree.all("rect")
    assert len(boxes) == sum(len(p.effects) for p in formulary.products.values())
    rows = {row.all("th")[0].text: row.all("td")[0].text for row in tree.all("tr")[1:]}
    assert not tree.all("g", "no-objection")  # no verdict is told here
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


def test_what_is_refused_alone_is_refused_with_anything(formulary: mesomix.Formulary) -> None:
    names = ("Kenacort", "lidocaïne", "Miorel", "Mag 2 sans sucre 122 mg")
    products = [formulary.find(name) for name in names]
    tree = tree_of(pair_matrix(formulary, "fr", products=products))
    rows = {row.all("th")[0].text: row.all("td")[0].text for row in tree.all("tr")[1:]}
    assert rows["un seul : lidocaïne"] == "inconnu"
    refused = {names for names, said in rows.items() if said.startswith("✗ REFUS : ")}
    assert refused == {*rows} - {
        "un seul : lidocaïne",
        "un seul : MIOREL 4 mg/2 ml",
        "lidocaïne + MIOREL 4 mg/2 ml",
    }


def test_each_pair_is_said_as_the_check_says(formulary: mesomix.Formulary) -> None:
    everything = [*formulary.products.values(), *formulary.specialties.values()]
    for pair in pairs(everything, formulary, mesomix.RULES):
        names = dict.fromkeys([pair.one.name.fr, pair.other.name.fr])
        report = mesomix.check(formulary.mixture(*names))
        told = {one.severity for one in report.findings} - {mesomix.Severity.NOTE}
        sure = [one for one in report.findings if one.certain]
        refused = any(one.severity is mesomix.Severity.REFUSE for one in sure)
        expected = mesomix.Verdict.REFUSE if refused else mesomix.Verdict.REVIEW
        assert pair.verdict == (expected if told else None), names


def test_a_matrix_follows_the_rules_of_the_house(formulary: mesomix.Formulary) -> None:
    none = mesomix.Rulebook([mesomix.RULES["corticosteroid"]])
    assert "?" not in tree_of(pair_matrix(formulary, rules=none)).all("table")[0].text


def test_nothing_else_has_a_card() -> None:
    with pytest.raises(TypeError, match="nothing shows a int"):
        card_of(3, Language.FR)
