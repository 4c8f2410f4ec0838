"""A report as rows, for a data frame: one for each finding, and for each rule that did not run."""

from typing import Any, Final, Literal, get_args

from mesomix.evidence import Language
from mesomix.report import About, Finding, NotChecked, Report
from mesomix.report_words import REASONS, citation_said
from mesomix.vocabulary import Severity

Backend = Literal["pandas", "polars", "pyarrow"]
COLUMNS: Final = ("verdict", "status", "rule", "severity", "message", "about", "sources")
"""All of them are texts."""


def report_rows(report: Report, language: Language) -> list[dict[str, str]]:
    """The rows of `report`, in its order: what was found, then what was not checked."""
    found = [_finding(one, language) for one in report.findings]
    skipped = [_skipped(one, language) for one in report.not_checked]
    return [{"verdict": report.verdict.value} | row for row in (*found, *skipped)]


def report_frame(report: Report, language: Language, backend: Backend) -> Any:
    """The rows as a data frame of pandas, polars or pyarrow."""
    if backend not in get_args(Backend):
        message = f"backend must be one of: {', '.join(get_args(Backend))}"
        raise ValueError(message)
    try:
        import narwhals as nw  # noqa: PLC0415 (extra)
    except ImportError as error:
        message = "a data frame needs narwhals: install mesomix with its extra 'tables'"
        raise ImportError(message) from error
    rows = report_rows(report, language)
    columns = {name: [row[name] for row in rows] for name in COLUMNS}
    schema = dict.fromkeys(COLUMNS, nw.String())
    return nw.from_dict(columns, schema, backend=backend).to_native()


def _finding(one: Finding, language: Language) -> dict[str, str]:
    return {
        "status": _status(one),
        "rule": one.rule,
        "severity": one.severity.value,
        "message": one.message[language],
        "about": _names(one.about, language),
        "sources": "\n".join(citation_said(cited, language) for cited in one.citations),
    }


def _status(one: Finding) -> str:
    if one.severity is Severity.NOTE:
        return "note"
    return "objects" if one.certain else "cannot-tell"


def _skipped(one: NotChecked, language: Language) -> dict[str, str]:
    return {
        "status": "not-checked",
        "rule": one.rule,
        "severity": one.severity.value,
        "message": REASONS[one.reason][language],
        "about": _names(one.about, language),
        "sources": "",
    }


def _names(about: tuple[About, ...], language: Language) -> str:
    return "; ".join(one.name[language] for one in about)
