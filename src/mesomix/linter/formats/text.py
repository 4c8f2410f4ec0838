"""A lint report for people: in full, in one line for each problem, or as counts of each rule."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from mesomix.evidence import COLON, Language
from mesomix.linter.diagnostic import Diagnostic, LintSeverity
from mesomix.linter.formats.excerpt import GUTTER_COLOUR, Paint, excerpt_lines
from mesomix.linter.formats.wording import ALSO_HERE, HELP, position, summary
from mesomix.linter.lint_report import LintReport
from mesomix.linter.lint_rule import LintRule
from mesomix.names import printable

_COLOURS: Final = {
    LintSeverity.ERROR: "31",
    LintSeverity.WARNING: "33",
    LintSeverity.GAP: "36",
}
_BOLD: Final = "1"


def full(
    report: LintReport,
    rules: Sequence[LintRule],  # the problems say all that is shown
    language: Language,
    *,
    colour: bool = False,
) -> str:
    """Each problem with its line of the file, the other places of a conflict, and what to do."""
    paint = _ansi if colour else _plain
    problems = ["\n".join(_problem(found, language, paint)) for found in report.diagnostics]
    return "\n\n".join([*problems, "\n".join(summary(report, language))])


def concise(
    report: LintReport,
    rules: Sequence[LintRule],  # the problems say all that is shown
    language: Language,
    *,
    colour: bool = False,
) -> str:
    """One line for each problem, then the summary."""
    paint = _ansi if colour else _plain
    lines = [_line(found, language, paint) for found in report.diagnostics]
    return "\n".join([*lines, *summary(report, language)])


def statistics(report: LintReport, rules: Sequence[LintRule], language: Language) -> str:
    """How often each rule found something, the most frequent first, then the summary."""
    situations = {rule.id: rule.in_general[0][language] for rule in rules}
    counts = Counter(
        (found.rule, found.severity.text[language], situations.get(found.rule, ""))
        for found in report.diagnostics
    )
    rows = [
        (count, printable(f"{rule} [{severity}]"), printable(situation))
        for (rule, severity, situation), count in counts.items()
    ]
    widest = max((len(what) for _, what, _ in rows), default=0)
    # By name where the counts are equal.
    lines = [
        f"{count:>5}  {what:<{widest}}  {situation}".rstrip()
        for count, what, situation in sorted(rows, key=lambda row: (-row[0], row[1]))
    ]
    return "\n".join([*lines, *summary(report, language)])


def _line(found: Diagnostic, language: Language, paint: Paint) -> str:
    severity = paint(f"[{found.severity.text[language]}]", _COLOURS[found.severity])
    place = paint(position(found.place), _BOLD)
    return f"{place}: {printable(found.rule)} {severity} {printable(found.message[language])}"


def _problem(found: Diagnostic, language: Language, paint: Paint) -> Iterator[str]:
    colour = _COLOURS[found.severity]
    head = paint(f"{found.severity.text[language]}[{printable(found.rule)}]", colour)
    yield head + COLON[language] + paint(printable(found.message[language]), _BOLD)
    # One width for all places, so that their bars stand in one line.
    spans = [place.span for place in (found.place, *found.others) if place.span is not None]
    gutter = max((len(str(span.line)) for span in spans), default=1)
    arrow = paint(f"{'':{gutter}}-->", GUTTER_COLOUR)
    yield f"{arrow} {position(found.place)}"
    yield from excerpt_lines(found.place, gutter, colour, paint)
    for other in found.others:
        yield ALSO_HERE[language] + COLON[language].rstrip()
        yield f"{arrow} {position(other)}"
        yield from excerpt_lines(other, gutter, GUTTER_COLOUR, paint)
    yield paint(HELP[language], _BOLD) + COLON[language] + printable(found.help[language])


def _plain(text: str, code: str) -> str:
    return text


def _ansi(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"
