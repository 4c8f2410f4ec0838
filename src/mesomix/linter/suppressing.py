"""Suppressions: problems that somebody has looked at, and that stand for a reason."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from mesomix.formulary.paths import Path, key_of
from mesomix.formulary.schema import SuppressionTable
from mesomix.linter.diagnostic import LintSeverity
from mesomix.linter.lint_rule import LintRule, Problem
from mesomix.linter.lint_rules import LINT_RULES
from mesomix.linter.lint_rules.suppressions import (
    EXPIRED_SUPPRESSION,
    SUPPRESSED_ERROR,
    UNKNOWN_LINT_RULE,
    UNUSED_SUPPRESSION,
)
from mesomix.linter.suggestion import did_you_mean

_KNOWN = {rule.id: rule for rule in LINT_RULES}


@dataclass(frozen=True, slots=True)
class Suppressed:
    """The problems of one file that are left, and how many were silenced."""

    left: tuple[Problem, ...]
    silenced: int


def suppressed(
    problems: Iterable[Problem],
    suppressions: Iterable[tuple[Path, SuppressionTable]],
    as_of: date | None,
    not_run: Collection[str] = (),
) -> Suppressed:
    """`problems` of one file without those that its `suppressions` silence.

    What is wrong with a suppression is a problem of its own. Without a day to count from, none
    has expired, and none is unused whose lint rule did not run.
    """
    left = list(problems)
    before = len(left)
    wrong: list[Problem] = []
    for path, suppression in suppressions:
        rule = _KNOWN.get(suppression.finding)
        fault = _fault(path, suppression, rule, as_of)
        if fault is not None:
            wrong.append(fault)
            continue
        silenced = [problem for problem in left if _covers(suppression, problem)]
        left = [problem for problem in left if not _covers(suppression, problem)]
        if not silenced and suppression.finding not in not_run:
            words = {"finding": suppression.finding, "at": suppression.at}
            wrong.append(UNUSED_SUPPRESSION.problem(*path, **words))
    return Suppressed((*left, *wrong), before - len(left))


def _fault(
    path: Path, suppression: SuppressionTable, rule: LintRule | None, as_of: date | None
) -> Problem | None:
    """Why a suppression silences nothing, whatever there is; None when it may."""
    finding = suppression.finding
    if rule is None:
        near = did_you_mean(finding, _KNOWN)
        return UNKNOWN_LINT_RULE.problem(*path, "finding", finding=finding, near=near)
    if rule.severity is LintSeverity.ERROR:
        return SUPPRESSED_ERROR.problem(*path, "finding", finding=finding)
    if as_of and as_of > suppression.expires:
        return EXPIRED_SUPPRESSION.problem(*path, "expires", expires=suppression.expires)
    return None


def _covers(suppression: SuppressionTable, problem: Problem) -> bool:
    if suppression.finding != problem.rule.id:
        return False
    key = key_of(problem.path)
    return key == suppression.at or key.startswith((f"{suppression.at}.", f"{suppression.at}["))
