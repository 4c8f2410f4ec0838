from read_html import read_html

from mesomix.markup.drawing import drawing, figure, label, line, rectangle
from mesomix.markup.elements import element, html_of


def test_a_drawing_has_its_title_and_its_words() -> None:
    tree = read_html(html_of(drawing("Title", "what it shows", (10, 20.5))))
    [svg] = tree.all("svg")
    assert svg.attributes["role"] == "img"
    assert svg.attributes["aria-label"] == "Title. what it shows"
    assert svg.attributes["viewbox"] == "0 0 10 20.5"  # html.parser writes names in lower case
    assert [node.text for node in svg.all("title") + svg.all("desc")] == ["Title", "what it shows"]


def test_an_svg_keeps_the_case_of_its_attributes() -> None:
    assert 'viewBox="0 0 1 1"' in html_of(drawing("t", "s", (1, 1)))


def test_shapes_stand_where_they_are_put() -> None:
    assert html_of(rectangle((1, 2), (3, 4), "refuse")) == (
        '<g class="refuse"><rect x="1" y="2" width="3" height="4" rx="3" class="fill"></rect></g>'
    )
    assert 'fill-opacity="0.3"' in html_of(rectangle((1, 2), (3, 4), opacity=0.3))
    assert "class" not in html_of(rectangle((1, 2), (3, 4)))
    assert html_of(line((1, 2), (3, 4))) == (
        '<line x1="1" y1="2" x2="3" y2="4" class="line"></line>'
    )
    assert html_of(label((1, 2), "a", kind="on")) == '<text x="1" y="2" class="on">a</text>'
    turned = html_of(label((1, 2), "a", anchor="end", turn=-40))
    assert 'text-anchor="end"' in turned
    assert 'transform="rotate(-40 1 2)"' in turned


def test_a_long_label_is_cut_and_says_so() -> None:
    assert html_of(label((0, 0), "a" * 30)).count("a") == 30
    cut = html_of(label((0, 0), "a" * 31))
    assert cut.count("a") == 29
    assert "…" in cut


def test_a_figure_has_its_caption_and_the_same_as_a_table() -> None:
    shape = drawing("t", "s", (1, 1))
    tree = read_html(html_of(figure(shape, "caption", "As a table", element("table"))))
    [found] = tree.all("figure")
    assert found.all("figcaption")[0].text == "caption"
    assert found.all("summary")[0].text == "As a table"
    assert len(found.all("table")) == 1
