"""Bars of verdicts: one that stands by itself, and small ones beside their numbers in a table."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.etree.ElementTree import Element

from mesomix.evidence import COLON, Language, Text
from mesomix.markup.drawing import drawing, figure, label, rectangle
from mesomix.markup.elements import Child, element
from mesomix.report import Verdict
from mesomix.report_words import VERDICTS
from mesomix.space.wording import counted, share
from mesomix.view.parts import (
    AS_TABLE,
    mark_of,
    table,
)

LEAST: Final = 4.0
"""Pixels of what is there at all: a single refusal among millions is seen."""
_WIDTH, _HEIGHT = 860.0, 36.0
_SMALL: Final = (150.0, 14.0)
_CHARACTER, _MARGIN = 8.0, 12.0
"""About how wide a character of a label is, and the room around it."""


def parts_of(numbers: Sequence[int], whole: int, width: float) -> list[float]:
    """How wide each part is drawn, where `whole` would be `width`; none that is there vanishes."""
    wanted = [number / whole * width if whole else 0.0 for number in numbers]
    drawn = [
        max(part, LEAST) if number else 0.0 for part, number in zip(wanted, numbers, strict=True)
    ]
    beyond = sum(drawn) - width
    if beyond > 0:
        # What the small ones have been given is taken from the largest.
        largest = drawn.index(max(drawn))
        drawn[largest] -= beyond
    return drawn


def verdict_figure(
    title: str,
    counts: Mapping[Verdict, int],
    language: Language,
    head: Sequence[Child],
    rows: Sequence[Sequence[Child]],
) -> Element:
    """How many have each verdict: one bar, its legend, and a table folded under it."""
    numbers = [counts[verdict] for verdict in VERDICTS]
    shapes: list[Child] = []
    x = 0.0
    for verdict, number, width in zip(
        VERDICTS, numbers, parts_of(numbers, sum(numbers), _WIDTH), strict=True
    ):
        if number:
            shapes += [rectangle((x, 2), (width, _HEIGHT - 4), verdict.value)]
            told = f"{VERDICTS[verdict][0]} {counted(number, language)}"
            if len(told) * _CHARACTER + _MARGIN <= width:
                shapes += [label((x + width / 2, 23), told, anchor="middle", kind="on")]
            x += width
    said = ", ".join(
        f"{VERDICTS[verdict][1][language]}{COLON[language]}{counted(counts[verdict], language)}"
        for verdict in VERDICTS
    )
    return figure(
        drawing(title, said, (_WIDTH, _HEIGHT), shapes),
        legend(counts, language),
        AS_TABLE[language],
        table(head, rows),
    )


def legend(counts: Mapping[Verdict, int], language: Language) -> Iterator[Child]:
    """Each verdict by its mark and word, with how many there are and which part of all that is."""
    whole = sum(counts[verdict] for verdict in VERDICTS)
    for place, verdict in enumerate(VERDICTS):
        number = counts[verdict]
        yield " · " if place else ""
        yield verdict_chip(verdict, language)
        yield f" {counted(number, language)} ({share(number, whole, language)})"


def verdict_chip(verdict: Verdict, language: Language) -> Element:
    """A verdict in a line of text: its mark in its colour, and its word."""
    mark, word, _ = VERDICTS[verdict]
    return element(
        "span",
        mark_of(mark),
        f" {word[language]}",
        class_=verdict.value,
    )


def verdict_bar(counts: Mapping[Verdict, int]) -> Element:
    """A small bar for a table, whose numbers stand beside it."""
    numbers = [counts[verdict] for verdict in VERDICTS]
    return small_bar([(counts[one], one.value, None) for one in VERDICTS], sum(numbers))


def small_bar(parts: Sequence[tuple[int, str, float | None]], whole: int) -> Element:
    """A bar of numbers, each with its kind and opacity, in proportion to `whole`.

    It is hidden from who hears the page: the numbers stand beside it.
    """
    width, height = _SMALL
    x = 0.0
    shapes: list[Element] = []
    numbers = [number for number, _, _ in parts]
    widths = parts_of(numbers, max(whole, sum(numbers)), width)
    for (number, kind, opacity), part in zip(parts, widths, strict=True):
        if number:
            shapes.append(rectangle((x, 1), (part, height - 2), kind, opacity))
            x += part
    return element(
        "svg",
        shapes,
        aria_hidden="true",
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
    )


SHARE: Final = Text("part", "share")
"""Above a column of small bars."""
