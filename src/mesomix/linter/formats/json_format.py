"""A lint report as JSON: all that it holds, for a program that reads it."""

from collections.abc import Sequence

from mesomix._version import __version__
from mesomix.evidence import Language
from mesomix.linter.diagnostic import Diagnostic, Place
from mesomix.linter.lint_report import LintReport
from mesomix.linter.lint_rule import LintRule


def json_report(
    report: LintReport,
    rules: Sequence[LintRule],  # the problems say all that is written
    language: Language,
) -> str:
    """The report as one JSON object; every text is as it was."""
    return as_json(
        {
            "version": __version__,
            "files": report.files,
            "beside": report.beside,
            "diagnostics": [_diagnostic(found, language) for found in report.diagnostics],
            "not_checked": {rule: why[language] for rule, why in report.not_checked.items()},
            "suppressed": report.suppressed,
            "status": report.status,
        }
    )


def as_json(value: object) -> str:
    r"""`value` as JSON that can be read and encoded: what does not print is escaped (\u202e)."""
    import json  # noqa: PLC0415 (only who asks for JSON pays)

    lines = json.dumps(value, ensure_ascii=False, indent=2).split("\n")
    return "\n".join(
        line
        if line.isprintable()
        # Outside a text all is ASCII and prints, so this escapes within texts only.
        else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)
        for line in lines
    )


def _diagnostic(found: Diagnostic, language: Language) -> dict[str, object]:
    return {
        "code": found.rule,
        "severity": found.severity.value,
        "message": found.message[language],
        "help": found.help[language],
        **_place(found.place),
        "others": [_place(other) for other in found.others],
        "fingerprint": found.fingerprint,
    }


def _place(place: Place) -> dict[str, object]:
    span = place.span
    return {
        "filename": place.file,
        "key": place.key,
        "location": span and {"row": span.line, "column": span.column},
        "end_location": span and {"row": span.end_line, "column": span.end_column},
        "excerpt": place.excerpt,
    }
