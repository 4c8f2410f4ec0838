import unicodedata

import pytest
from hypothesis import given
from linter.formats.lint_reports import hostile_texts, spans

from mesomix.linter.diagnostic import Place, Span
from mesomix.linter.formats.excerpt import WIDEST, excerpt_lines
from mesomix.names import printable


def _lines(excerpt: str, span: Span | None, gutter: int = 1) -> list[str]:
    return excerpt_lines(Place("a.toml", span=span, excerpt=excerpt), gutter, "31", _unpainted)


def _unpainted(text: str, code: str) -> str:
    assert code.isdigit()
    return text


def _shown(excerpt: str, start: int, end: int) -> list[str]:
    """The line and its carets, without the gutter."""
    bar, line, carets = _lines(excerpt, Span(2, start, 2, end))
    assert bar == "  |"
    assert line.startswith("2 | ")
    assert carets.startswith("  | ")
    return [line.removeprefix("2 | "), carets.removeprefix("  | ")]


def _cells(text: str) -> int:
    """How wide a terminal shows `text`."""
    return sum(
        0
        if unicodedata.category(c) in {"Mn", "Me"}
        else 2
        if unicodedata.east_asian_width(c) in {"W", "F"}
        else 1
        for c in text
    )


@pytest.mark.parametrize(
    ("excerpt", "start", "end", "line", "carets"),
    [
        ("a = 12", 5, 7, "a = 12", "    ^^"),
        ("\ta = 1", 2, 3, "    a = 1", "    ^"),
        ("ab\t= 1", 3, 4, "ab  = 1", "  ^^"),
        ("漢字 = 1", 2, 3, "漢字 = 1", "  ^^"),
        ("漢字 = 1", 6, 7, "漢字 = 1", "       ^"),
        ("e\u0301 = 1", 6, 7, "e\u0301 = 1", "    ^"),
        ("e\u0301 = 1", 1, 3, "e\u0301 = 1", "^"),
        ("e\u0301 = 1", 2, 3, "e\u0301 = 1", " ^"),
        ("a\x1b = 1", 6, 7, "a\\x1b = 1", "        ^"),
        ("a\x1b = 1", 2, 3, "a\\x1b = 1", " ^^^^"),
        ("a\u202e\ud800 = 1", 3, 4, "a\\u202e\\ud800 = 1", "       ^^^^^^"),
        ("a = 1", 3, 3, "a = 1", "  ^"),
        ("a = 1", 6, 6, "a = 1", "     ^"),
        ("a = 1", 6, 9, "a = 1", "     ^"),
        ("a = 1", 40, 50, "a = 1", "     ^"),
        ("a = 1", 5, 50, "a = 1", "    ^"),
        ("a = 1", 5, 3, "a = 1", "    ^"),
    ],
)
def test_carets_stand_under_their_characters(
    excerpt: str, start: int, end: int, line: str, carets: str
) -> None:
    assert _shown(excerpt, start, end) == [line, carets]


def test_a_span_of_several_lines_is_marked_to_the_end_of_the_first() -> None:
    assert _lines("a = [1,", Span(12, 5, 14, 2), 3) == [
        "    |",
        " 12 | a = [1,",
        "    |     ^^^",
    ]


def test_a_byte_order_mark_that_is_left_is_a_column_and_shown() -> None:
    # The one that editors write is taken off where the file is read.
    marked = _lines("\ufeffa = 1", Span(1, 2, 1, 3))
    assert marked == ["  |", "1 | \\ufeffa = 1", "  |       ^"]
    assert _shown("\ufeffa = 1", 2, 3) == ["\\ufeffa = 1", "      ^"]


def test_where_there_is_nothing_to_show_nothing_is_shown() -> None:
    assert not _lines("a = 1", None)
    assert not _lines("", Span(1, 1, 1, 1))


def test_a_line_as_long_as_is_shown_is_not_cut() -> None:
    assert _shown("x" * WIDEST, WIDEST, WIDEST + 1) == ["x" * WIDEST, " " * (WIDEST - 1) + "^"]


def test_a_longer_line_is_cut_around_the_span() -> None:
    begins = "abc" + "x" * 1000
    assert _shown(begins, 1, 4) == [f"abc{'x' * 97}…", "^^^"]
    within = "x" * 500 + "abc" + "y" * 500
    assert _shown(within, 501, 504) == [f"…{'x' * 40}abc{'y' * 57}…", " " * 41 + "^^^"]
    ends = "x" * 1000 + "abc"
    assert _shown(ends, 1001, 1004) == [f"…{'x' * 97}abc", " " * 98 + "^^^"]
    assert _shown(ends, 1004, 1004) == [f"…{'x' * 97}abc", " " * 101 + "^"]


def test_the_carets_of_a_long_span_end_where_the_line_is_cut() -> None:
    line, carets = _shown("x" * 100_000, 1, 90_000)
    assert line == "x" * WIDEST + "…"
    assert carets == "^" * WIDEST


def test_many_marks_on_one_letter_are_cut() -> None:
    line, carets = _shown("a" + "\u0301" * 10_000, 1, 10_000)
    assert len(line) == WIDEST + 1
    assert carets == "^"


@given(hostile_texts, spans)
def test_the_carets_are_as_far_and_as_many_as_cells(excerpt: str, span: Span) -> None:
    lines = _lines(excerpt, span, len(str(span.line)))
    assert bool(lines) == bool(excerpt)
    if not excerpt:
        return
    text, carets = (line.partition(" | ")[2] for line in lines[1:])
    assert text.isprintable()
    assert _cells(text) <= WIDEST + 2
    if _cells(_expanded(excerpt)) < WIDEST - len(excerpt):  # it cannot have been cut
        end = span.end_column - 1 if span.line == span.end_line else len(excerpt)
        before = _cells(_expanded(excerpt[: span.column - 1]))
        marked = _cells(_expanded(excerpt[: max(end, span.column - 1)])) - before
        assert text == _expanded(excerpt)
        assert carets == " " * before + "^" * max(marked, 1)


def _expanded(line: str) -> str:
    shown = ""
    for character in line:
        shown += " " * (4 - _cells(shown) % 4) if character == "\t" else printable(character)
    return shown
