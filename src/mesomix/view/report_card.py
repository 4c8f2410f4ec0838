"""The card of a report: understood in three seconds, traced in thirty."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from mesomix.composition_text import composition_lines
from mesomix.evidence import COLON, SEMICOLON, Language, Text
from mesomix.markup.elements import Child, element
from mesomix.report import Finding, Report
from mesomix.report_text import report_text
from mesomix.report_words import (
    HEADINGS,
    IN_THE_SYRINGE,
    LEFT_OUT,
    MARKS,
    MOST_DENIED,
    MOST_FINDINGS,
    MOST_NAMES,
    NOT_CHECKED,
    OF_THE_DAY,
    READ_AS,
    SOUGHT,
    Open,
    allergies_said,
    answers,
    data_said,
    kind_of,
    open_rules,
    session_said,
    some,
)
from mesomix.shown import Card
from mesomix.view.parts import (
    NOTHING,
    OPEN_MARK,
    banner,
    card_of_parts,
    digests_of,
    effect_chips,
    foot,
    heading,
    more,
    names_read,
    said,
    sources,
)

MOST_SOURCED: Final = 12
"""So many findings are shown with their sources, the worst first: with them, the card of a mixture
of three shipped products stays below 30 kB. The others stand there in their own words: who holds a
printed page has nothing else."""
_PRODUCTS: Final = Text("Produits", "Products")
_WITHOUT_SOURCES: Final = Text(
    "Les suivants, sans leurs sources : le JSON du rapport les a toutes.",
    "Those below, without their sources: the JSON of the report has them all.",
)


def report_card(report: Report, language: Language) -> Card:
    """The card of `report`."""
    names = some([read.written for read in report.products], " + ")
    return card_of_parts(
        names or NOTHING[language],
        language,
        report_text(report, language),
        banner(report.verdict, language, _counts(report, language)),
        _products(report, language),
        _findings(report, "refuse", language),
        _findings(report, "review", language),
        _not_checked(report, language),
        _findings(report, "note", language),
        _read_as(report, language),
        _syringe(report, language),
        foot(
            data_said(report, language),
            digests_of(report.data, report.rules, language),
            language,
        ),
    )


def _counts(report: Report, language: Language) -> str:
    """How much there is of each kind, in a line."""
    found = [
        (HEADINGS[kind], sum(kind_of(one) == kind for one in report.findings)) for kind in MARKS
    ]
    told = [f"{name[language]}{COLON[language]}{count}" for name, count in found if count]
    if skipped := len({one.rule for one in report.not_checked}):
        told.append(f"{NOT_CHECKED[language]}{COLON[language]}{_rules(skipped, language)}")
    return " · ".join(told)


def _products(report: Report, language: Language) -> Iterator[Element]:
    yield heading(_PRODUCTS[language])
    if report.products:
        yield names_read(report.products, language)
    else:
        yield element("p", NOTHING[language])
    if report.per_day:
        yield element("p", OF_THE_DAY[language], COLON[language])
        yield names_read(report.per_day, language)


def _findings(report: Report, kind: str, language: Language) -> Iterator[Element]:
    """The findings of a kind, as far as there is room left by those of the worse kinds."""
    found = [finding for finding in report.findings if kind_of(finding) == kind]
    if found:
        worse = [*MARKS][: [*MARKS].index(kind)]
        before = sum(kind_of(one) in worse for one in report.findings)
        sourced = max(0, MOST_SOURCED - before)
        yield heading(f"{HEADINGS[kind][language]} ", _count(f"{len(found)}"))
        items = [_finding(one, kind, language) for one in found[:sourced]]
        short = found[sourced:MOST_FINDINGS]
        if short:
            items.append(element("li", _WITHOUT_SOURCES[language]))
            items += [_short(one, kind, language) for one in short]
        if len(found) > MOST_FINDINGS:
            items.append(element("li", LEFT_OUT[language].format(len(found) - MOST_FINDINGS)))
        yield element("ul", items)


def _short(finding: Finding, kind: str, language: Language) -> Element:
    line = said(MARKS[kind], finding.message[language], finding.rule)
    return element("li", line, class_=f"finding {kind}")


def _finding(finding: Finding, kind: str, language: Language) -> Element:
    return element(
        "li",
        element(
            "details",
            element("summary", said(MARKS[kind], finding.message[language], finding.rule)),
            sources(finding.citations, language),
        ),
        class_=f"finding {kind}",
    )


def _not_checked(report: Report, language: Language) -> Iterator[Element]:
    if report.not_checked:
        skipped = len({one.rule for one in report.not_checked})
        yield heading(f"{NOT_CHECKED[language]} ", _count(_rules(skipped, language)))
        told = open_rules(report.not_checked, language)
        yield element("ul", [_open(one, language) for one in told])


def _open(one: Open, language: Language) -> Element:
    concerned = f"{COLON[language]}{some([*one.about], SEMICOLON[language])}" if one.about else ""
    rules = Text("règles en attente", "rules left open")[language]
    return element(
        "li",
        element(
            "details",
            element("summary", said(OPEN_MARK, f"{one.reason}{concerned}")),
            element(
                "p",
                f"{rules}{COLON[language]}",
                [(element("code", rule), " ") for rule in one.rules],
                class_="source",
            ),
        ),
        class_="finding open",
    )


def _read_as(report: Report, language: Language) -> Iterator[Element]:
    yield heading(READ_AS[language])
    known: list[tuple[str, Child]] = [
        ("Allergies", [element("p", said) for said in allergies_said(report, language)])
    ]
    known += [(answer, _names(names, language)) for answer, names in answers(report, language)]
    if session := session_said(report, language):
        known.append((Text("Séance", "Session")[language], session))
    if report.effects:
        known.append((SOUGHT[language], effect_chips(report.effects, language)))
    pairs = [(element("dt", name), element("dd", said)) for name, said in known]
    yield element("dl", pairs)
    left_out = more(len(report.allergies or ()) - MOST_NAMES)
    if left_out is not None:
        yield element("ul", left_out)


def _names(names: list[str], language: Language) -> Child:
    """Conditions in a line; very many of them are folded under their number."""
    listed = SEMICOLON[language].join(names)
    if len(names) <= MOST_DENIED:
        return listed
    return element("details", element("summary", f"{len(names)} conditions"), listed)


def _syringe(report: Report, language: Language) -> Iterator[Element]:
    if report.composition is not None:
        yield heading(IN_THE_SYRINGE[language])
        lines = composition_lines(report.composition, language)
        yield element("ul", [element("li", line) for line in lines], class_="columns")


def _rules(number: int, language: Language) -> str:
    one = Text("règle", "rule")
    return f"{number} {one[language]}{'s' if number > 1 else ''}"


def _count(number: str) -> Element:
    return element("span", f"({number})", class_="count")
