"""A lint report as SARIF 2.1.0, for GitHub code scanning and whatever else reads it.

GitHub reads relative paths as from the root of the repository, so there is no base for them.
"""

from collections.abc import Sequence
from typing import Final

from mesomix._version import __version__
from mesomix.evidence import COLON, Language, Text
from mesomix.linter.diagnostic import Diagnostic, LintSeverity, Place
from mesomix.linter.formats.identity import fingerprints
from mesomix.linter.formats.json_format import as_json
from mesomix.linter.formats.paths import uri
from mesomix.linter.formats.wording import ALSO_HERE, not_run, position
from mesomix.linter.lint_report import COULD_NOT_CHECK, LintReport
from mesomix.linter.lint_rule import LintRule
from mesomix.names import printable

Json = dict[str, object]

MOST_RESULTS: Final = 25_000
"""GitHub refuses a file that has more."""

MOST_OTHERS: Final = 20
"""Other places of one result; GitHub refuses more than 1,000, and a reader sooner."""

_LONGEST_DESCRIPTION: Final = 1024  # GitHub's limit

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {
    LintSeverity.ERROR: "error",
    LintSeverity.WARNING: "warning",
    LintSeverity.GAP: "note",
}
_PROBLEM_SEVERITIES: Final = {
    LintSeverity.ERROR: "error",
    LintSeverity.WARNING: "warning",
    LintSeverity.GAP: "recommendation",
}
_KEPT: Final = Text(
    "Seuls les {} problèmes les plus graves, sur {}, sont écrits ici.",
    "Only the worst {} of {} problems are written here.",
)


def sarif_log(report: LintReport, rules: Sequence[LintRule], language: Language) -> str:
    """The report as a SARIF log of one run."""
    indices = {rule.id: index for index, rule in enumerate(rules)}
    driver = {
        "name": "mesomix",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(rule, language) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [_invocation(report, indices, language)],
        "language": Language(language).value,
        "columnKind": "unicodeCodePoints",
        "results": _results(report, indices, language),
        "properties": {"suppressed": report.suppressed},
    }
    return as_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: LintRule, language: Language) -> Json:
    # What a rule says of any problem: its placeholders have no words yet.
    help_text = _sentence(rule.in_general[1][language] or rule.id)
    situation = _sentence(rule.in_general[0][language] or rule.id)
    return {
        "id": printable(rule.id),
        "shortDescription": {"text": situation[:_LONGEST_DESCRIPTION]},
        "fullDescription": {"text": situation[:_LONGEST_DESCRIPTION]},
        "help": {"text": help_text, "markdown": f"{situation}\n\n{help_text}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": ["formulary", rule.severity.value],
            "problem.severity": _PROBLEM_SEVERITIES[rule.severity],
        },
    }


def _results(report: LintReport, indices: dict[str, int], language: Language) -> list[Json]:
    # The names are of all problems, so that what is left out changes no other's.
    named = list(zip(report.diagnostics, fingerprints(report.diagnostics), strict=True))
    if len(named) > MOST_RESULTS:
        worst = list(LintSeverity)
        named.sort(key=lambda pair: worst.index(pair[0].severity))
    return [_result(found, name, indices, language) for found, name in named[:MOST_RESULTS]]


def _result(
    found: Diagnostic, fingerprint: str, indices: dict[str, int], language: Language
) -> Json:
    others = found.others[:MOST_OTHERS]
    said = [_sentence(found.message[language]), _sentence(found.help[language])]
    if others:
        # GitHub shows another place only where the message links to it.
        links = ", ".join(f"[{_link(other)}]({i})" for i, other in enumerate(others, start=1))
        more = len(found.others) - len(others)
        said.append(f"{ALSO_HERE[language]}{COLON[language]}{links}{f' (+ {more})' * (more > 0)}.")
    result: Json = {
        "ruleId": printable(found.rule),
        "level": _LEVELS[found.severity],
        "message": {"text": " ".join(said)},
        "locations": [_location(found.place)],
        # The one that GitHub reads, and ours, whose making may change under a new number.
        "partialFingerprints": {
            "primaryLocationLineHash": fingerprint,
            "mesomixLint/v1": fingerprint,
        },
    }
    if found.rule in indices:
        result["ruleIndex"] = indices[found.rule]
    if others:
        result["relatedLocations"] = [
            {"id": i, "message": {"text": ALSO_HERE[language]}, **_location(other)}
            for i, other in enumerate(others, start=1)
        ]
    return result


def _location(place: Place) -> Json:
    physical: Json = {"artifactLocation": {"uri": uri(place.file)}}
    if place.span is not None:  # without a region it is the whole file, which has no line 0
        physical["region"] = {
            "startLine": place.span.line,
            "startColumn": place.span.column,
            "endLine": place.span.end_line,
            "endColumn": place.span.end_column,
        }
    return {"physicalLocation": physical}


def _invocation(report: LintReport, indices: dict[str, int], language: Language) -> Json:
    notifications: list[Json] = [
        {
            "level": "warning",
            "message": {"text": _sentence(not_run(reason, language))},
            "associatedRule": {"id": printable(rule)}
            | ({"index": indices[rule]} if rule in indices else {}),
        }
        for rule, reason in report.not_checked.items()
    ]
    if len(report.diagnostics) > MOST_RESULTS:
        kept = _KEPT[language].format(MOST_RESULTS, len(report.diagnostics))
        notifications.append({"level": "warning", "message": {"text": kept}})
    return {
        "executionSuccessful": report.status != COULD_NOT_CHECK,
        "exitCode": report.status,
        "toolExecutionNotifications": notifications,
    }


def _sentence(text: str) -> str:
    """`text` as a message that ends, and in which nothing is a link or a placeholder."""
    shown = printable(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")
    return shown if shown.endswith((".", "?", "!", "…")) else f"{shown}."


def _link(place: Place) -> str:
    shown = position(place).replace("{", "{{").replace("}", "}}")
    return shown.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
