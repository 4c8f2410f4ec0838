"""`mesomix formulary`: its page, and its two names. Its lines are tested in tests/test_cli.py."""

import pytest
from read_html import assert_harmless, read_html

import mesomix
from mesomix.cli import main

Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_has_all_products(
    language: str, formulary: mesomix.Formulary, capsys: Captured
) -> None:
    assert main(["formulary", "--output-format", "html", "--lang", language]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    page = read_html(out)
    [section] = page.all("section", "mesomix")
    assert_harmless(section)
    assert [node.attributes["lang"] for node in page.all("html")] == [language]
    assert len(section.all("details", "product")) == len(formulary.products)


def test_a_page_of_one_effect_has_those_products(capsys: Captured) -> None:
    assert main(["formulary", "--effect", "cicatrice", "--output-format", "html"]) == 0
    page = read_html(capsys.readouterr().out)
    assert len(page.all("details", "product")) == 3


@pytest.mark.parametrize("option", ["--lang=fr", "--effect=scar", "--output-format=html"])
def test_products_is_another_name_of_it(option: str, capsys: Captured) -> None:
    assert main(["formulary", option]) == 0
    formulary = capsys.readouterr().out
    assert main(["products", option]) == 0
    assert capsys.readouterr().out == formulary
