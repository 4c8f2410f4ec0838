"""A lint report as commands to GitHub's workflow runner, which annotates the lines with them.

It shows ten errors, ten warnings and ten notices of a step, the first of each.
"""

from collections.abc import Sequence
from typing import Final

from mesomix.evidence import COLON, Language
from mesomix.linter.diagnostic import Diagnostic, LintSeverity, Place
from mesomix.linter.formats.paths import slashed
from mesomix.linter.formats.wording import ALSO_HERE, not_checked, position, summary
from mesomix.linter.lint_report import LintReport
from mesomix.linter.lint_rule import LintRule
from mesomix.names import printable

_COMMANDS: Final = {
    LintSeverity.ERROR: "error",
    LintSeverity.WARNING: "warning",
    LintSeverity.GAP: "notice",
}


def github_commands(
    report: LintReport,
    rules: Sequence[LintRule],  # the problems say all that is written
    language: Language,
) -> str:
    """A command for each problem, then the summary as plain lines."""
    # First, so that gaps cannot push them out of the ten notices that are shown.
    unchecked = [_command("notice", {}, [line]) for line in not_checked(report, language)]
    problems = [_problem(found, language) for found in report.diagnostics]
    return "\n".join([*unchecked, *problems, *map(_line, summary(report, language))])


def _problem(found: Diagnostic, language: Language) -> str:
    properties = {**_where(found.place), "title": f"mesomix ({printable(found.rule)})"}
    message = [found.message[language], found.help[language]]
    message += [ALSO_HERE[language] + COLON[language] + position(other) for other in found.others]
    return _command(_COMMANDS[found.severity], properties, message)


def _where(place: Place) -> dict[str, str]:
    file = {"file": printable(slashed(place.file))}
    span = place.span
    if span is None:
        return file
    lines = {"line": str(span.line), "endLine": str(span.end_line)}
    if span.end_line != span.line:  # GitHub drops columns that are not of one line
        return file | lines
    # GitHub does not say whether the end is the last column or the one behind it. A start alone
    # means one character there, so it is the last; and one before the start would be dropped.
    last = max(span.end_column - 1, span.column)
    return file | lines | {"col": str(span.column), "endColumn": str(last)}


def _command(name: str, properties: dict[str, str], message: list[str]) -> str:
    given = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    text = "%0A".join(_data(printable(line)) for line in message)
    return f"::{name}{given and ' '}{given}::{text}"


def _data(text: str) -> str:
    # Line ends need no escape of GitHub's: `printable` has left none.
    return text.replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _line(text: str) -> str:
    """A line that cannot be a command, whatever the names in it."""
    # "::" is one at the start of a line only; the older "##[" is one anywhere.
    return "mesomix lint: " + text.replace("##[", "## [")
