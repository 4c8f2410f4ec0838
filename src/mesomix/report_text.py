"""A report in words, for a terminal or a log: the verdict first, in a word and a mark."""

from collections.abc import Iterable, Iterator

from mesomix.composition_text import composition_lines
from mesomix.evidence import COLON, SEMICOLON, Language
from mesomix.names import printable
from mesomix.report import Finding, NotChecked, Report
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


def report_text(report: Report, language: Language, *, colour: bool = False) -> str:
    """`report` in words. Nothing in it moves a terminal's cursor, whatever was written."""
    mark, word, code = VERDICTS[report.verdict]
    title = f"{mark} {word[language]}"
    if colour:
        title = f"\x1b[1;{code}m{title}\x1b[0m"
    names = some([read.written for read in report.products], " + ")
    first = f"{title}{COLON[language]}{printable(names)}" if names else title
    return "\n".join([first, *map(printable, _lines(report, language))])


def _lines(report: Report, language: Language) -> Iterator[str]:
    yield f"  {MEANINGS[report.verdict][language]}"
    yield from _section(report, "refuse", language)
    yield from _section(report, "review", language)
    if report.not_checked:
        yield ""
        yield NOT_CHECKED[language]
        yield from _not_checked(report.not_checked, language)
    yield from _section(report, "note", language)
    yield ""
    yield READ_AS[language]
    yield from (f"  {line}" for line in reads_said(report, language))
    if report.composition is not None:
        yield ""
        yield IN_THE_SYRINGE[language]
        for line in composition_lines(report.composition, language):
            yield f"  {line}"
    yield ""
    yield data_said(report, language)


def _section(report: Report, kind: str, language: Language) -> Iterator[str]:
    found = [finding for finding in report.findings if kind_of(finding) == kind]
    if not found:
        return
    yield ""
    yield HEADINGS[kind][language]
    for finding in found[:MOST_FINDINGS]:
        yield from _finding(finding, language)
    if len(found) > MOST_FINDINGS:
        yield f"  {LEFT_OUT[language].format(len(found) - MOST_FINDINGS)}"


def _finding(finding: Finding, language: Language) -> Iterator[str]:
    yield f"  {MARKS[kind_of(finding)]} {finding.message[language]} [{finding.rule}]"
    for citation in finding.citations:
        yield f"      — {citation_said(citation, language)}"


def _not_checked(skipped: Iterable[NotChecked], language: Language) -> Iterator[str]:
    """One line a reason: what it concerns, once and together, and the rules that it leaves open."""
    for one in open_rules(skipped, language):
        concerned = f"{COLON[language]}{some([*one.about], SEMICOLON[language])}"
        rules = ", ".join(one.rules)
        yield f"  – {one.reason}{concerned if one.about else ''} [{rules}]"
