import pytest
from read_html import Node, read_html

from mesomix.evidence import Language
from mesomix.markup.page import page_of


@pytest.fixture(params=["fr", "en"])
def language(request: pytest.FixtureRequest) -> Language:
    return Language(request.param)


def page(language: Language) -> Node:
    return read_html(page_of("</title><b>", language, "<section>x</section>"))


def test_a_page_says_its_language_and_its_title(language: Language) -> None:
    [root] = page(language).all("html")
    assert root.attributes == {"lang": language.value}
    assert [node.text for node in root.all("title")] == ["</title><b>"]
    assert [node.text for node in root.all("h1")] == ["</title><b>"]


def test_a_page_has_its_landmarks_once(language: Language) -> None:
    for landmark in ("header", "main", "footer"):
        assert len(page(language).all(landmark)) == 1
    [main] = page(language).all("main")
    assert [node.tag for node in main.all()] == ["section"]


def test_a_page_forbids_a_browser_whatever_it_does_not_need(language: Language) -> None:
    policies = [
        node.attributes["content"]
        for node in page(language).all("meta")
        if node.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_a_page_is_utf_8_and_ends_with_a_line(language: Language) -> None:
    html = page_of("é", language, "")
    assert html.startswith("<!DOCTYPE html>\n")
    assert html.endswith("</html>\n")
    assert '<meta charset="utf-8">' in html.partition("<title>")[0]


def test_a_page_says_who_decides() -> None:
    assert "Un médecin décide" in page(Language.FR).all("footer")[0].text
    assert "A physician decides" in page(Language.EN).all("footer")[0].text
