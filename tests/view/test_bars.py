"""Bars: in proportion, but nothing that is there vanishes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomix import Verdict
from mesomix.evidence import Language
from mesomix.markup.elements import element, html_of
from mesomix.view.bars import LEAST, legend, parts_of, small_bar, verdict_figure

WIDTH = 860.0
counted = st.integers(0, 10**10)


@given(numbers=st.lists(counted, min_size=1, max_size=3))
def test_whatever_is_there_is_seen_and_the_bar_is_no_wider(numbers: list[int]) -> None:
    drawn = parts_of(numbers, sum(numbers), WIDTH)
    for number, part in zip(numbers, drawn, strict=True):
        assert part >= LEAST if number else part == 0
    assert sum(drawn) <= WIDTH + 1e-6


def test_parts_are_in_proportion() -> None:
    assert parts_of([1, 2, 1], 4, 100) == [25, 50, 25]
    assert parts_of([1, 1], 4, 100) == [25, 25]
    assert parts_of([0, 0], 0, 100) == [0, 0]


def test_a_rule_that_is_sure_and_unsure_in_one_row_fits() -> None:
    bar = html_of(small_bar([(1000, "refuse", None), (1000, "review", 0.5)], 1000))
    assert bar.count('width="75"') == 2


@pytest.mark.parametrize("language", list(Language))
def test_words_say_what_the_bar_shows(language: Language) -> None:
    counts = {Verdict.REFUSE: 1, Verdict.REVIEW: 0, Verdict.NO_OBJECTION: 3}
    html = html_of(verdict_figure("title", counts, language, ["a"], [["b"]]))
    words = {Language.FR: ("REFUS", "À REVOIR"), Language.EN: ("REFUSE", "REVIEW")}[language]
    for word in words:
        assert html.count(word) == 3  # of who hears it, of who reads it, and in its description
    assert "25" in html_of(element("p", legend(counts, language)))
