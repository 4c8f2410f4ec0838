"""The card of a mixture: nothing was checked, and it says so first."""

import pytest
from read_html import Node, assert_harmless, read_html

import mesomix

LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])


def card(mixture: mesomix.Mixture, language: str) -> Node:
    tree = read_html(mixture.card(language).html)
    assert_harmless(tree)
    return tree


@LANGUAGES
def test_it_says_first_that_nothing_was_checked(
    formulary: mesomix.Formulary, language: str
) -> None:
    mixture = formulary.mixture("Kenacort")
    [box] = card(mixture, language).all("li", "open")
    told = {"fr": "n'est pas vérifié", "en": "is not checked"}[language]
    assert told in box.text
    assert told in mixture.card(language).text.split("\n")[1]
    assert not card(mixture, language).all("div", "verdict")


@LANGUAGES
def test_it_tells_how_names_were_read_and_what_is_in_the_syringe(
    formulary: mesomix.Formulary, language: str
) -> None:
    mixture = formulary.mixture("Miorel 1 ml", "<b>tisane", per_day=["Miorel 2 ml"])
    shown = card(mixture, language).text
    for words in ("« Miorel 1 ml » → MIOREL 4 mg/2 ml", "« <b>tisane »", "« Miorel 2 ml »", "2 mg"):
        assert words in shown, words
        assert words in mixture.card(language).text, words


@LANGUAGES
def test_without_amounts_nothing_is_in_the_syringe(
    formulary: mesomix.Formulary, language: str
) -> None:
    mixture = formulary.mixture("Miorel")
    assert "Dans la seringue" not in mixture.card("fr").text
    assert "syringe" not in card(mixture, language).text
    assert "seringue" not in card(mixture, language).text


def test_an_empty_mixture_has_a_title(formulary: mesomix.Formulary) -> None:
    assert formulary.mixture().card("fr").title == "Aucun produit"
    assert formulary.mixture().card("en").title == "No product"


def test_no_line_of_its_text_moves_a_cursor(formulary: mesomix.Formulary) -> None:
    assert "\x1b" not in formulary.mixture("\x1b[2J").card().text
