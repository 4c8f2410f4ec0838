"""A report in words, for a terminal or a log: the verdict first, in a word and a mark."""

from collections.abc import Iterable, Iterator

from mesomix.composition_text import composition_lines
from mesomix.evidence import Language, Text
from mesomix.names import printable, shortened
from mesomix.report import Finding, NotChecked, Report
from mesomix.report_words import (
    COLON,
    HEADINGS,
    IN_THE_SYRINGE,
    MARKS,
    MEANINGS,
    MOST_FINDINGS,
    MOST_NAMES,
    NOT_CHECKED,
    OF_THE_DAY,
    READ_AS,
    SEMICOLON,
    VERDICTS,
    allergies_said,
    answers_said,
    citation_said,
    data_said,
    kind_of,
    name_said,
    open_rules,
    session_said,
    some,
)
from mesomix.request import ReadName


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
    yield from _reads(report, language)
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
        yield f"  … + {len(found) - MOST_FINDINGS}"


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


def _reads(report: Report, language: Language) -> Iterator[str]:
    yield from _names(report.products, "", language)
    of_the_day = f"{OF_THE_DAY[language]}{COLON[language]}"
    yield from _names(report.per_day or (), of_the_day, language)
    for said in allergies_said(report, language):
        yield f"  Allergies{COLON[language]}{said}"
    if report.allergies is not None and len(report.allergies) > MOST_NAMES:
        yield f"  … + {len(report.allergies) - MOST_NAMES}"
    for answer, conditions in answers_said(report, language):
        yield f"  {answer}{COLON[language]}{conditions}"
    if session := session_said(report, language):
        yield f"  {Text('Séance', 'Session')[language]}{COLON[language]}{session}"


def _names(reads: tuple[ReadName, ...], before: str, language: Language) -> Iterator[str]:
    for read in reads[:MOST_NAMES]:
        yield f"  {before}« {shortened(read.written)} » → {name_said(read, language)}"
    if len(reads) > MOST_NAMES:
        yield f"  … + {len(reads) - MOST_NAMES}"
