"""The baseline: how many gaps of each kind there may be, a number that may only shrink."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path as FilePath
from typing import Any, Final

from mesomix.linter.diagnostic import Diagnostic, LintSeverity, Place
from mesomix.linter.lint_report import LintReport
from mesomix.linter.lint_rules import LINT_RULES
from mesomix.linter.lint_rules.suppressions import FEWER_GAPS, MORE_GAPS

_KEY: Final = "gaps"
_KINDS: Final = tuple(
    r.id for r in LINT_RULES if r.severity is LintSeverity.GAP and not r.needs_bdpm
)
"""What BDPM leaves open is no gap of the data, and nobody can close it here."""


class BaselineError(ValueError):
    """The baseline cannot be used: nothing was compared with it."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """How many gaps of each kind there may be, and the file that says so."""

    file: str
    gaps: Mapping[str, int]
    """By the ids of lint rules; none of a kind that is not there."""


def read_baseline(path: str | PathLike[str]) -> Baseline:
    """The baseline in a file that `baseline_text` wrote.

    Raises BaselineError when it cannot be read, or is another file.
    """
    name = str(path)
    try:
        content: Any = json.loads(
            FilePath(path).read_text(encoding="utf-8"), object_pairs_hook=_without_repeats
        )
    except OSError as error:
        message = f"the baseline {name!a} cannot be read: {error.strerror}"
        raise BaselineError(message) from None
    except (ValueError, RecursionError):  # of the path, the encoding or the JSON
        message = f"the baseline {name!a} is no JSON; write it again with --write-baseline"
        raise BaselineError(message) from None
    gaps = content.get(_KEY) if isinstance(content, dict) and len(content) == 1 else None
    if not isinstance(gaps, dict):
        message = f"the baseline {name!a} is no object with the key {_KEY!r} alone"
        raise BaselineError(message)
    for kind, count in gaps.items():
        if kind not in _KINDS or type(count) is not int or count < 0:
            message = (
                f"the baseline {name!a}: {kind!a} is no gap with a number; "
                f"the gaps are: {', '.join(_KINDS)}"
            )
            raise BaselineError(message)
    return Baseline(name, gaps)


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; ValueError when it has a key twice, of which one would be lost."""
    found = dict(pairs)
    if len(found) < len(pairs):
        message = "a key stands twice"
        raise ValueError(message)
    return found


def baseline_text(report: LintReport) -> str:
    """The baseline that allows the gaps of `report`, and no more: what a file of it holds.

    Raises BaselineError when a lint rule of gaps did not run, since its number is not known.
    """
    not_run = [kind for kind in _KINDS if kind in report.not_checked]
    if not_run:
        reasons = {report.not_checked[kind].en for kind in not_run}
        message = f"no baseline is written: {', '.join(not_run)}: {'; '.join(sorted(reasons))}"
        raise BaselineError(message)
    counts = _counted(report.diagnostics)
    return json.dumps({_KEY: {kind: counts[kind] for kind in _KINDS}}, indent=2) + "\n"


def against_baseline(
    found: Iterable[Diagnostic], baseline: Baseline, not_checked: Collection[str]
) -> Iterator[Diagnostic]:
    """What is wrong with the number of gaps among `found`; none of those that were not checked."""
    counts = _counted(found)
    for kind in _KINDS:
        count, allowed = counts[kind], baseline.gaps.get(kind, 0)
        if kind not in not_checked and count != allowed:
            rule = MORE_GAPS if count > allowed else FEWER_GAPS
            problem = rule.problem(_KEY, kind, count=count, gap=kind, allowed=allowed)
            place = Place(baseline.file, problem.path)
            yield Diagnostic(rule.id, rule.severity, problem.message, problem.help, place)


def _counted(found: Iterable[Diagnostic]) -> Counter[str]:
    return Counter(d.rule for d in found if d.severity is LintSeverity.GAP)
