"""The words that several formats share: how many problems there are, and what was not checked."""

from typing import Final

from mesomix.evidence import COLON, Language, Text
from mesomix.linter.diagnostic import LintSeverity, Place
from mesomix.linter.lint_report import UNCHECKED, LintReport
from mesomix.names import printable

ALSO_HERE: Final = Text("et ici", "also here")
"""Above the other places of a conflict."""

HELP: Final = Text("aide", "help")

_NOTHING: Final = Text("aucun problème trouvé", "no problem found")
_NOT_CHECKED: Final = Text("non vérifié", "not checked")
_MOST_NAMED: Final = 8
"""Of the rules that one reason kept from running. The formats for programs name all."""
_MORE: Final = Text("et {} autres", "and {} more")
_IN: Final = Text("dans", "in")
_FILE: Final = (Text("fichier", "file"), Text("fichiers", "files"))
_SEVERITIES: Final = {
    LintSeverity.ERROR: Text("erreurs", "errors"),
    LintSeverity.WARNING: Text("avertissements", "warnings"),
    LintSeverity.GAP: Text("lacunes", "gaps"),
}
_SUPPRESSED: Final = (
    Text("constat masqué par [[suppressions]]", "finding silenced by [[suppressions]]"),
    Text("constats masqués par [[suppressions]]", "findings silenced by [[suppressions]]"),
)


def position(place: Place) -> str:
    """Where `place` is, as editors read it: file, line and column, or the file alone."""
    file = printable(place.file)
    return file if place.span is None else f"{file}:{place.span.line}:{place.span.column}"


def summary(report: LintReport, language: Language) -> list[str]:
    """The lines that end a report for people. What was not checked stands beside what was."""
    lines = [_counts(report, language), *not_checked(report, language)]
    if report.suppressed:
        lines.append(_counted(report.suppressed, *_SUPPRESSED, language))
    return lines


def not_checked(report: LintReport, language: Language) -> list[str]:
    """A line for each reason why something was not checked: the rules, or the file."""
    reasons: dict[str, list[str]] = {}
    for found in report.diagnostics:
        if found.rule in UNCHECKED:
            files = reasons.setdefault(found.rule, [])
            if found.place.file not in files:
                files.append(found.place.file)
    for rule, reason in report.not_checked.items():
        reasons.setdefault(reason[language], []).append(rule)
    before = _NOT_CHECKED[language] + COLON[language]
    return [printable(f"{before}{_some(them, language)} ({why})") for why, them in reasons.items()]


def _some(names: list[str], language: Language) -> str:
    """The first of `names`, and how many more there are."""
    if len(names) <= _MOST_NAMED:
        return ", ".join(names)
    more = _MORE[language].format(len(names) - _MOST_NAMED + 1)
    return f"{', '.join(names[: _MOST_NAMED - 1])} {more}"


def not_run(reason: Text, language: Language) -> str:
    """Why one rule did not run, for the formats that name the rule elsewhere."""
    return printable(_NOT_CHECKED[language] + COLON[language] + reason[language])


def _counts(report: LintReport, language: Language) -> str:
    counts = [
        _counted(count, severity.text, many, language)
        for severity, many in _SEVERITIES.items()
        if (count := report.count(severity))
    ]
    with_problems = {found.place.file for found in report.diagnostics}
    files = _counted(len(with_problems or report.files), *_FILE, language)
    return f"{', '.join(counts) or _NOTHING[language]} {_IN[language]} {files}"


def _counted(count: int, one: Text, many: Text, language: Language) -> str:
    # French counts none as one: "0 fichier".
    single = count == 1 or (count == 0 and language == Language.FR)
    return f"{count} {(one if single else many)[language]}"
