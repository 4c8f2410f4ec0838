from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from read_html import read_html

from mesomix.markup.elements import element, html_of, printed, style_element, typeset


def test_an_element_holds_texts_and_elements_in_their_order() -> None:
    tree = element("p", "a", element("b", "c"), "d", None, ["e", [element("i"), "f"]], class_="x")
    assert html_of(tree) == '<p class="x">a<b>c</b>de<i></i>f</p>'


def test_an_attribute_that_is_none_is_left_out() -> None:
    assert html_of(element("p", class_=None, aria_level=2, width=1.5)) == (
        '<p aria-level="2" width="1.5"></p>'
    )


def test_a_generator_is_read() -> None:
    assert html_of(element("ul", (element("li", word) for word in "ab"))) == (
        "<ul><li>a</li><li>b</li></ul>"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("« a »", "«\u00a0a\u00a0»"),
        ("a : b ; c ?", "a\u202f: b\u202f; c\u202f?"),
        ("a\u202eb\x00\ud800", r"a\u202eb\x00\ud800"),
        ("a: b", "a: b"),
        ("a\u00a0%", "a\u00a0%"),
        ("2 ml de 20 mg", "2\u00a0ml de 20\u00a0mg"),
    ],
)
def test_a_text_is_typeset(text: str, shown: str) -> None:
    assert typeset(text) == shown


@given(st.text(alphabet=st.characters()), st.text(alphabet=st.characters()))
def test_no_text_is_markup(text: str, other: str) -> None:
    html = html_of(element("p", text, element("b", other), text, title=other))
    html.encode()  # no lone surrogate is left
    [paragraph] = read_html(html).children
    assert not isinstance(paragraph, str)
    assert [node.tag for node in paragraph.all()] == ["b"]
    # CR and the like do not print, and are shown escaped: nothing is normalised away.
    assert "".join(c for c in paragraph.children if isinstance(c, str)) == typeset(text) * 2
    assert paragraph.attributes["title"] == printed(other)


def test_a_style_sheet_is_not_escaped() -> None:
    assert html_of(style_element("a>b{}")) == "<style>a>b{}</style>"


def test_a_tree_is_of_the_standard_library() -> None:
    assert isinstance(element("p"), Element)
