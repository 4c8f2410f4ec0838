"""The card of an audit: how many rows have which verdict, why, and what could not be read."""

from collections.abc import Iterable, Iterator
from typing import Final
from xml.etree.ElementTree import Element

from mesomix.batch.audit_summary import AuditSummary, RuleCount
from mesomix.batch.audit_text import (
    AT_LEAST,
    CANNOT_TELL,
    MALFORMED,
    NO_ALLERGIES,
    OTHERS,
    READ,
    READ_AS,
    ROW,
    RULES,
    SAYS_SO,
    SEVERITY,
    UNANSWERED,
    UNREAD,
    audit_text,
    by_said,
    by_value,
    columns_not_read,
    footer,
    quoted,
)
from mesomix.batch.problems import told
from mesomix.evidence import COLON, Language, Text
from mesomix.markup.elements import Child, element
from mesomix.names import shortened
from mesomix.report import Verdict
from mesomix.report_words import MEANINGS, VERDICTS
from mesomix.shown import Card
from mesomix.space.wording import counted, more, plural, some
from mesomix.view.bars import SHARE, small_bar, verdict_bar, verdict_chip, verdict_figure
from mesomix.view.parts import (
    card_of_parts,
    digests_of,
    foot,
    heading,
    mark_of,
    table,
)
from mesomix.view.statements import (
    kind_of_rule,
    not_said,
    statement,
)

MOST_RULES: Final = 60
"""So many rules are shown, and it is said how many are not."""
PALE: Final = 0.5
"""How much of its colour the part of a bar has in which a rule cannot tell."""

_TITLE: Final = Text("Audit d'un tableau", "Audit of a table")
_ROWS: Final = Text("ligne", "row"), Text("lignes", "rows")
_ALL: Final = Text("toutes", "all")
_NONE: Final = Text("Aucune règle n'a rien dit.", "No rule said anything.")
_COLOURS: Final = Text(
    "Barre pleine : la règle le dit ; barre pâle : elle ne peut pas trancher ; toute la largeur :"
    " toutes les lignes.",
    "Full bar: the rule says so; pale bar: it cannot tell; the whole width: all rows.",
)


def audit_card(summary: AuditSummary, language: Language) -> Card:
    """The card of `summary`."""
    return card_of_parts(
        _TITLE[language],
        language,
        audit_text(summary, language),
        element("p", _TITLE[language], class_="title"),
        heading(plural(summary.rows, language, *_ROWS)),
        _verdicts(summary, language),
        _malformed(summary, language),
        _unread(summary, language),
        _warnings(summary, language),
        _rules(summary, language),
        _values(summary, language),
        _columns(summary, language),
        foot(footer(summary, language), digests_of(summary.data, None, language), language),
    )


def _verdicts(summary: AuditSummary, language: Language) -> Iterator[Element]:
    head = [_ROWS[1][language], *(verdict_chip(verdict, language) for verdict in VERDICTS)]
    counts = (counted(summary.verdicts[verdict], language) for verdict in VERDICTS)
    yield verdict_figure(
        _TITLE[language], summary.verdicts, language, head, [[_ALL[language], *counts]]
    )
    if summary.verdicts[Verdict.NO_OBJECTION]:
        mark = VERDICTS[Verdict.NO_OBJECTION][0]
        yield element("p", f"{mark} {MEANINGS[Verdict.NO_OBJECTION][language]}")
    if summary.unanswered:
        number = counted(summary.unanswered, language)
        yield not_said(f"{UNANSWERED[language]}{COLON[language]}{number}")


def _malformed(summary: AuditSummary, language: Language) -> Iterator[Element]:
    if summary.malformed.rows:
        lines = [
            f"{ROW[language]} {counted(number, language)}{COLON[language]}"
            f"{shortened(told(problem, language))}"
            for number, problem in summary.malformed.first
        ]
        left = summary.malformed.rows - len(lines)
        lines += [f"… {more(left, language)}"] if left > 0 else []
        yield _loud(MALFORMED[language], summary.malformed.rows, lines, language)


def _unread(summary: AuditSummary, language: Language) -> Iterator[Element]:
    if summary.unread.rows:
        lines = [
            f"{shortened(quoted(name, language))}{COLON[language]}{counted(count, language)}"
            for name, count in summary.unread.names
        ]
        if summary.unread.others:
            left = counted(summary.unread.others, language)
            lines.append(f"{OTHERS[language]}{COLON[language]}{left}")
        lines += [] if summary.unread.exact else [AT_LEAST[language]]
        yield _loud(UNREAD[language], summary.unread.rows, lines, language)


def _loud(said: str, rows: int, lines: list[str], language: Language) -> Element:
    """Rows that could not be read: as loud as a verdict, with what is known of each."""
    number = counted(rows, language)
    return element(
        "div",
        element(
            "details",
            element(
                "summary",
                mark_of("?"),
                " ",
                element("strong", f"{said}{COLON[language]}{number}"),
            ),
            element("ul", [element("li", element("bdi", line)) for line in lines], class_="source"),
        ),
        class_="finding review",
    )


def _warnings(summary: AuditSummary, language: Language) -> Iterator[Element]:
    """What was not asked, and what may say something that nothing read."""
    if "allergies" not in summary.columns.read:
        yield not_said(NO_ALLERGIES[language])
    for mark, what, names in columns_not_read(summary, language):
        if mark:
            said = f"{what}{COLON[language]}{_some(names, language)}"
            yield statement("review", mark, element("strong", said))


def _rules(summary: AuditSummary, language: Language) -> Iterator[Element]:
    yield heading(RULES[language])
    if not summary.rules:
        yield element("p", _NONE[language])
        return
    head = [RULES, SEVERITY, SHARE, SAYS_SO, CANNOT_TELL]
    yield table(
        [name[language] for name in head],
        (_rule(one, summary, language) for one in summary.rules[:MOST_RULES]),
        texts=3,
    )
    if len(summary.rules) > MOST_RULES:
        yield element("p", more(len(summary.rules) - MOST_RULES, language))
    yield element("p", _COLOURS[language])


def _rule(one: RuleCount, summary: AuditSummary, language: Language) -> list[Child]:
    kind, mark = kind_of_rule(one.severity, one.sure > 0)
    unsure, _ = kind_of_rule(one.severity, certain=False)
    name = element("span", mark_of(mark), f" {one.rule}")
    name.set("class", kind)
    return [
        name,
        one.severity.text[language],
        small_bar([(one.sure, kind, None), (one.unsure, unsure, PALE)], summary.rows),
        counted(one.sure, language),
        counted(one.unsure, language),
    ]


def _values(summary: AuditSummary, language: Language) -> Iterator[Element]:
    """The rows by the values of a column, which come from the table."""
    if summary.by is None:
        return
    said = by_said(summary.by, language)
    yield heading(said)
    yield table(
        [said, SHARE[language], *(verdict_chip(verdict, language) for verdict in VERDICTS)],
        (
            [
                element("bdi", shortened(value)),
                verdict_bar(counts),
                *(counted(counts[verdict], language) for verdict in VERDICTS),
            ]
            for value, counts in by_value(summary.by, language)
        ),
        texts=2,
    )
    if not summary.by.exact:
        yield not_said(AT_LEAST[language])


def _columns(summary: AuditSummary, language: Language) -> Iterator[Element]:
    yield heading(READ_AS[language])
    pairs = [(READ[what][language], names) for what, names in summary.columns.read.items()]
    pairs += [
        (what, tuple(names))
        for mark, what, names in columns_not_read(summary, language)
        if not mark
    ]
    yield element(
        "dl",
        [(element("dt", what), element("dd", _some(names, language))) for what, names in pairs],
    )


def _some(names: Iterable[str], language: Language) -> str:
    return some(map(shortened, names), language)
