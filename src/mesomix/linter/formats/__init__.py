"""How a lint report is written: for people, for other programs, and for what runs them.

Each format is a pure function of a report, the lint rules and a language. None ends its text with
a newline, and what each writes can be encoded as UTF-8, whatever the data holds.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from mesomix.evidence import Language
from mesomix.linter.formats.github import github_commands
from mesomix.linter.formats.gitlab import gitlab_report
from mesomix.linter.formats.json_format import json_report
from mesomix.linter.formats.junit import junit_report
from mesomix.linter.formats.sarif import sarif_log
from mesomix.linter.formats.text import concise, full, statistics
from mesomix.linter.formats.wording import not_checked, summary
from mesomix.linter.lint_report import LintReport
from mesomix.linter.lint_rule import LintRule

__all__ = ["FORMATS", "Format", "concise", "full", "not_checked", "statistics", "summary"]

Format = Callable[[LintReport, Sequence[LintRule], Language], str]

FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "full": full,
        "concise": concise,
        "json": json_report,
        "sarif": sarif_log,
        "github": github_commands,
        "gitlab": gitlab_report,
        "junit": junit_report,
    }
)
"""The formats by name, the default first. `full` and `concise` also take `colour`."""
