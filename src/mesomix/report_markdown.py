"""A report as Markdown: to be kept beside a file, or put into a ticket."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from mesomix.composition_text import composition_lines
from mesomix.evidence import COLON, SEMICOLON, Language
from mesomix.names import printable
from mesomix.report import Report
from mesomix.report_words import (
    HEADINGS,
    IN_THE_SYRINGE,
    LEFT_OUT,
    MARKS,
    MEANINGS,
    MOST_FINDINGS,
    NOT_CHECKED,
    READ_AS,
    VERDICTS,
    citation_said,
    data_said,
    kind_of,
    open_rules,
    reads_said,
    some,
)

_MARKS_UP: Final = re.compile(r"[\\`*_{}\[\]<>|~&$!]")
"""What CommonMark, or a forge on top of it, takes for more than a character anywhere."""
_BEGINS_A_LIST: Final = re.compile(r"^(\d*)(?=[-+.)](?:\s|$))")
_LINKS: Final = re.compile(r"(?<=[@#:])(?=\S)|(?<=[^\W\d_]\.)(?=[^\W\d_])")
"""Where an address, a mention, a number of a ticket or an emoji goes on. A backslash does not stop
a forge from making a link of these; a character of no width does."""


def report_markdown(report: Report, language: Language) -> str:
    """`report` as Markdown. Nothing that somebody wrote marks up, links or mentions anybody."""
    mark, word, _ = VERDICTS[report.verdict]
    names = some([read.written for read in report.products], " + ")
    title = f"# {mark} {word[language]}{COLON[language] if names else ''}{plain(names)}"
    return "\n".join([title, "", *_lines(report, language)]) + "\n"


def plain(text: str) -> str:
    """`text` as Markdown that shows it to the letter, in one line."""
    shown = _LINKS.sub("\N{WORD JOINER}", printable(text.strip()))
    marked = _MARKS_UP.sub(lambda found: f"\\{found[0]}", shown)
    return _BEGINS_A_LIST.sub(r"\1\\", marked)


def _code(rule: str) -> str:
    """The id of a rule, which a report may have from anywhere."""
    return f"`{printable(rule).replace('`', chr(39))}`"


def _lines(report: Report, language: Language) -> Iterator[str]:
    yield plain(MEANINGS[report.verdict][language])
    yield from _findings(report, "refuse", language)
    yield from _findings(report, "review", language)
    if report.not_checked:
        yield from _heading(NOT_CHECKED[language])
        for one in open_rules(report.not_checked, language):
            names = some([*one.about], SEMICOLON[language])
            concerned = f"{COLON[language]}{names}" if names else ""
            rules = ", ".join(map(_code, one.rules))
            yield f"- **–** {plain(one.reason + concerned)} ({rules})"
    yield from _findings(report, "note", language)
    yield from _heading(READ_AS[language])
    yield from _items(reads_said(report, language))
    if report.composition is not None:
        yield from _heading(IN_THE_SYRINGE[language])
        yield from _items(composition_lines(report.composition, language))
    yield from ("", "---", "", plain(data_said(report, language)))


def _heading(text: str) -> tuple[str, ...]:
    return "", f"## {text}", ""


def _items(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield f"- {plain(text)}"


def _findings(report: Report, kind: str, language: Language) -> Iterator[str]:
    found = [finding for finding in report.findings if kind_of(finding) == kind]
    if not found:
        return
    yield from _heading(HEADINGS[kind][language])
    for finding in found[:MOST_FINDINGS]:
        yield f"- **{MARKS[kind]}** {plain(finding.message[language])} ({_code(finding.rule)})"
        for citation in finding.citations:
            yield f"  - {plain(citation_said(citation, language))}"
    if len(found) > MOST_FINDINGS:
        yield f"- {LEFT_OUT[language].format(len(found) - MOST_FINDINGS)}"
