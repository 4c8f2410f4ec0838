"""A lint report as GitLab's Code Quality reads it, beside the lines of a merge request.

The format has no place for what was not checked: whoever reads it has the exit status, and the
other formats.
"""

from collections.abc import Sequence
from typing import Final

from mesomix.evidence import Language
from mesomix.linter.diagnostic import Diagnostic, LintSeverity
from mesomix.linter.formats.identity import fingerprints
from mesomix.linter.formats.json_format import as_json
from mesomix.linter.formats.paths import slashed
from mesomix.linter.lint_report import LintReport
from mesomix.linter.lint_rule import LintRule
from mesomix.names import as_text, printable

_SEVERITIES: Final = {
    LintSeverity.ERROR: "critical",
    LintSeverity.WARNING: "minor",
    LintSeverity.GAP: "info",
}


def gitlab_report(
    report: LintReport,
    rules: Sequence[LintRule],  # the problems say all that is written
    language: Language,
) -> str:
    """The report as a JSON list, with an object for each problem."""
    named = zip(report.diagnostics, fingerprints(report.diagnostics), strict=True)
    return as_json([_problem(found, fingerprint, language) for found, fingerprint in named])


def _problem(found: Diagnostic, fingerprint: str, language: Language) -> dict[str, object]:
    span = found.place.span
    return {
        "description": printable(found.message[language]),
        "check_name": printable(found.rule),
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[found.severity],
        "location": {
            "path": as_text(slashed(found.place.file)),
            # GitLab links to a line and leaves out what has none; there is no line 0, and the
            # first is where a file opens.
            "lines": {"begin": 1 if span is None else span.line},
        },
    }
