"""Statements of a card: what stands out, rules with their marks, and what all of it rests on."""

from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element

from mesomix.evidence import COLON, Language
from mesomix.markup.elements import Child, element
from mesomix.report_words import MARKS
from mesomix.space.objection import Objection
from mesomix.space.wording import NOT_RUN, more, rule_said, some
from mesomix.view.parts import (
    OPEN_MARK,
    mark_of,
)
from mesomix.vocabulary import Severity


def statement(kind: str, mark: str, *said: Child, tag: str = "p") -> Element:
    """What stands out, in the colour of a kind: a verdict, "open" or "note"."""
    return element(
        tag,
        mark_of(mark),
        " ",
        said,
        class_=f"finding {kind}",
    )


def not_said(text: str) -> Element:
    """What was not asked, not checked or not read: as loud as what was found."""
    return statement("open", OPEN_MARK, element("strong", text))


def kind_of_rule(severity: Severity, certain: bool | None) -> tuple[str, str]:
    """The kind of what a rule says, and its mark."""
    if certain is None:
        return "open", OPEN_MARK
    if severity is Severity.NOTE:
        return "note", MARKS["note"]
    kind = "refuse" if certain and severity is Severity.REFUSE else "review"
    return kind, MARKS[kind]


def rule_chip(rule: str, severity: Severity, certain: bool | None, language: Language) -> Element:
    """A rule in a line: its mark in its colour, and how bad and how sure it is."""
    kind, mark = kind_of_rule(severity, certain)
    return element(
        "span",
        mark_of(mark),
        f" {rule_said(rule, severity, certain, language)}",
        class_=kind,
    )


def rules_line(objections: Iterable[Objection], language: Language) -> Iterator[Child]:
    """What several rules say: each that speaks, and then those that could not run, together."""
    not_run: list[str] = []
    for one in objections:
        if one.certain is None:
            not_run.append(one.rule)
        else:
            yield rule_chip(one.rule, one.severity, one.certain, language)
            yield " "
    if not_run:
        yield element(
            "span",
            mark_of(OPEN_MARK),
            f" {NOT_RUN[language]} ({len(not_run)}){COLON[language]}",
            element("code", some(not_run, language)),
            class_="open",
        )


def cut(items: Sequence[Element], most: int, language: Language) -> Iterator[Element]:
    """The first of them, and how many more there are."""
    yield from items[:most]
    if len(items) > most:
        yield element("p", element("strong", f"… {more(len(items) - most, language)}"))
