"""Statements of a card: what stands out, rules with their marks, and what all of it rests on."""

from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element

from mesomix.evidence import Language, Text
from mesomix.markup.elements import Child, element
from mesomix.names import shortened
from mesomix.report import Data, Rules
from mesomix.report_words import COLON, MARKS
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


def foot(said: str, digests: Iterable[tuple[str, str | None]], language: Language) -> Element:
    """What a card rests on, in a line, and the whole SHA-256 of each folded under it."""
    told = [
        element("p", f"SHA-256, {name}{COLON[language]}", element("code", digest))
        for name, digest in digests
        if digest
    ]
    return element("div", element("details", element("summary", said), told), class_="foot")


def data_foot(data: Data, rulebook: Rules | None, language: Language) -> Element:
    """The foot of a card that rests on one formulary and one rulebook."""
    return foot(f"{data_told(data, language)}.", digests_of(data, rulebook, language), language)


def data_told(data: Data, language: Language) -> str:
    """The version of the data, and the beginning of its hash."""
    market = f", BDPM {data.bdpm[:12]}" if data.bdpm else ""
    name = Text("Données", "Data")[language]
    return f"{name} {shortened(data.version)} ({data.sha256[:12]}){market}"


def digests_of(
    data: Data, rulebook: Rules | None, language: Language, side: str = ""
) -> Iterator[tuple[str, str | None]]:
    """The hashes of data and rules, each with its name; `side` is said before it."""
    yield side + Text("données", "data")[language], data.sha256
    if rulebook is not None:
        yield side + Text("règles", "rules")[language], rulebook.sha256
    yield f"{side}BDPM", data.bdpm
