"""Suppressions: problems that somebody has looked at, and that stand for a reason."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from mesomix.formulary.paths import Path, key_of
from mesomix.formulary.schema import SuppressionTable
from mesomix.linter.diagnostic import LintSeverity
from mesomix.linter.lint_rule import Problem
from mesomix.linter.lint_rules import LINT_RULES
from mesomix.linter.lint_rules.shapes import SUPPRESSION_WITHOUT_REASON
from mesomix.linter.lint_rules.suppressions import (
    BOUNDLESS_SUPPRESSION,
    ENDLESS_SUPPRESSION,
    EXPIRED_SUPPRESSION,
    SUPPRESSED_ERROR,
    UNKNOWN_LINT_RULE,
    UNUSED_SUPPRESSION,
)
from mesomix.linter.suggestion import did_you_mean
from mesomix.names import fold

LONGEST: Final = timedelta(days=731)
"""How far ahead a suppression may end: two years, one of which may be a leap year."""

_KNOWN: Final = {rule.id: rule for rule in LINT_RULES}


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
    everything = list(problems)
    within = _by_place(everything)
    silent: set[int] = set()
    wrong: list[Problem] = []
    for path, suppression in suppressions:
        fault = _fault(path, suppression, as_of)
        if fault is not None:
            wrong.append(fault)
            continue
        covered = within.get((suppression.finding, suppression.at), [])
        if not silent.issuperset(covered):
            silent.update(covered)
        elif suppression.finding not in not_run:
            words = {"finding": suppression.finding, "at": suppression.at}
            wrong.append(UNUSED_SUPPRESSION.problem(*path, **words))
    left = [problem for number, problem in enumerate(everything) if number not in silent]
    return Suppressed((*left, *wrong), len(silent))


def _by_place(problems: Sequence[Problem]) -> dict[tuple[str, str], list[int]]:
    """The numbers of `problems` by their lint rule and each table or value that they are in."""
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, problem in enumerate(problems):
        if problem.rule.severity is not LintSeverity.ERROR:
            for steps in range(1, len(problem.path) + 1):
                found[problem.rule.id, key_of(problem.path[:steps])].append(number)
    return found


def _fault(path: Path, suppression: SuppressionTable, as_of: date | None) -> Problem | None:
    """Why a suppression silences nothing, whatever there is; None when it may."""
    finding = suppression.finding
    rule = _KNOWN.get(finding)
    if rule is None:
        near = did_you_mean(finding, _KNOWN)
        return UNKNOWN_LINT_RULE.problem(*path, "finding", finding=finding, near=near)
    unsaid = [key for key in ("reason", "author") if not fold(getattr(suppression, key))]
    if unsaid:
        return SUPPRESSION_WITHOUT_REASON.problem(*path, unsaid[0], key=unsaid[0])
    if rule.severity is LintSeverity.ERROR:
        return SUPPRESSED_ERROR.problem(*path, "finding", finding=finding)
    if "." not in suppression.at:
        return BOUNDLESS_SUPPRESSION.problem(*path, "at", at=suppression.at)
    return _untimely(path, suppression, as_of) if as_of else None


def _untimely(path: Path, suppression: SuppressionTable, as_of: date) -> Problem | None:
    expires = suppression.expires
    if as_of > expires:
        return EXPIRED_SUPPRESSION.problem(*path, "expires", expires=expires)
    if expires - as_of > LONGEST:
        return ENDLESS_SUPPRESSION.problem(*path, "expires", expires=expires, limit=LONGEST.days)
    return None
