"""The linter of formulary data: what is wrong with a file, or unfinished, to line and column."""

from mesomix.linter.baseline import Baseline, BaselineError, baseline_text, read_baseline
from mesomix.linter.diagnostic import Diagnostic, LintSeverity, Place, Span
from mesomix.linter.lint_report import CLEAN, COULD_NOT_CHECK, FINDINGS, LintReport
from mesomix.linter.lint_rule import LintRule
from mesomix.linter.lint_rules import LINT_RULES
from mesomix.linter.linting import DEFAULT_MAX_AGE, lint

__all__ = [
    "CLEAN",
    "COULD_NOT_CHECK",
    "DEFAULT_MAX_AGE",
    "FINDINGS",
    "LINT_RULES",
    "Baseline",
    "BaselineError",
    "Diagnostic",
    "LintReport",
    "LintRule",
    "LintSeverity",
    "Place",
    "Span",
    "baseline_text",
    "lint",
    "read_baseline",
]
