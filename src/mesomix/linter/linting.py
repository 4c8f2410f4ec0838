"""The linter: files in, a report of all their problems out."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from os import PathLike
from typing import Final

from mesomix.bdpm import Bdpm, read
from mesomix.evidence import Text
from mesomix.formulary.paths import Path
from mesomix.formulary.schema import SuppressionTable
from mesomix.linter.baseline import Baseline, against_baseline
from mesomix.linter.diagnostic import Diagnostic, LintSeverity
from mesomix.linter.formularies import Run, data_of, read_run
from mesomix.linter.lint_report import UNCHECKED, LintReport
from mesomix.linter.lint_rule import LintRule, Problem
from mesomix.linter.lint_rules import LINT_RULES
from mesomix.linter.lint_rules.files import NO_PRODUCT, VERSION_MISSING
from mesomix.linter.lint_rules.market import BOXES, cip13_of_another_specialty
from mesomix.linter.locating import in_order, located, of_failure, of_newer_syntax
from mesomix.linter.shapes import as_written
from mesomix.linter.source import Source
from mesomix.linter.suppressing import suppressed
from mesomix.linter.tables import Data

DEFAULT_MAX_AGE: Final = 365
"""Days."""

_NO_DATE: Final = Text(
    "il manque --as-of, le jour à partir duquel compter",
    "no date is given to count ages from (--as-of)",
)
_NO_BDPM: Final = Text(
    "il manque --bdpm, le dossier des fichiers de la BDPM à comparer",
    "no folder of BDPM is given to compare with (--bdpm)",
)
_NO_BOXES: Final = Text(
    f"il manque {BOXES} dans le dossier de la BDPM", f"the folder of BDPM has no {BOXES}"
)
_NOT_ASKED: Final = Text("écarté par --select ou --ignore", "left out by --select or --ignore")
_SHAPES: Final = Text(
    "des valeurs mal formées n'ont pas été jugées, et --select ou --ignore tait lesquelles",
    "values of a wrong shape were not judged, and --select or --ignore hides which",
)
_UNREADABLE: Final = Text(
    "un fichier n'a pu être lu ; voyez son erreur", "a file could not be read; see its error"
)


def lint(  # noqa: PLR0913 (each says what is judged by, and has a name)
    *files: str | PathLike[str],
    as_of: date | None = None,
    max_age: int = DEFAULT_MAX_AGE,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    baseline: Baseline | None = None,
    bdpm: Bdpm | str | PathLike[str] | None = None,
) -> LintReport:
    """Everything that is wrong with data files, or unfinished, with its line and column.

    Args:
        files: their paths; without any, the data that ships with mesomix. Each is read as
            `mesomix.load` reads it, beside the shipped references and substances; one that is
            called references.toml or substances.toml takes the place of the shipped one.
        as_of: the day to count ages from. Without it, the lint rules about ages do not run.
        max_age: days after which a check, or the newest source of a fact, is old.
        select: ids of lint rules, or severities: only these are told. All when it is empty.
        ignore: ids of lint rules, or severities, that are not told.
        baseline: how many gaps of each kind there may be (`read_baseline`); any number without it.
        bdpm: the state of the French market to compare with, or the folder of its files. Without
            it, the lint rules that compare with it do not run. Rows of it that were not understood
            count for nothing, and the report does not tell them: `Bdpm.shortcomings` does.

    No file that is wrong raises: what is wrong with it is in the report. Raises TypeError or
    ValueError when an argument is wrong, such as the name of a lint rule that there is not, a
    baseline beside `select` or `ignore`, what counts from a day when there is none, or a folder
    without the files of BDPM (BdpmError).
    """
    _check_arguments(as_of, max_age)
    select, ignore = _listed(select, "select"), _listed(ignore, "ignore")
    told = _told(select, ignore)
    if baseline is not None:
        _check_baseline(baseline, told, as_of)
    _check_selected(select, as_of, bdpm)
    given = Given(as_of, timedelta(days=max_age), _bdpm_of(bdpm))
    run = read_run(files)
    not_run = _not_run(run, given)
    not_checked = not_run | {rule.id: _NOT_ASKED for rule in LINT_RULES if rule.id not in told}
    not_checked |= _judged_in_part(run, told, not_checked)
    sources = {source.name: source for source in run.sources}
    found: list[Diagnostic] = []
    silenced = 0
    by_source = _problems(run, given)
    for source in run.sources:
        if source.failure is not None:
            found.append(of_failure(source, source.failure))
            continue
        left = suppressed(by_source[source.name], _suppressions(source), as_of, not_run)
        silenced += left.silenced
        found += located(source, left.left, sources)
        found += of_newer_syntax(source)
    if baseline is not None:
        found += against_baseline(found, baseline, not_checked)
    return LintReport(
        files=tuple(source.name for source in run.sources if source.given),
        beside=tuple(source.name for source in run.sources if not source.given),
        diagnostics=in_order((d for d in found if d.rule in told), sources),
        not_checked=not_checked,
        suppressed=silenced,
    )


def _check_arguments(as_of: date | None, max_age: int) -> None:
    if as_of is not None and (not isinstance(as_of, date) or isinstance(as_of, datetime)):
        message = "as_of must be a day (datetime.date)"
        raise TypeError(message)
    if not isinstance(max_age, int) or isinstance(max_age, bool):
        message = "max_age must be a whole number of days"
        raise TypeError(message)
    if not 0 <= max_age <= timedelta.max.days:
        message = f"max_age must be between 0 and {timedelta.max.days}"
        raise ValueError(message)


def _check_baseline(baseline: Baseline, told: set[str], as_of: date | None) -> None:
    if not isinstance(baseline, Baseline):
        message = "baseline must be a Baseline: what read_baseline makes of a file"
        raise TypeError(message)
    if len(told) < len(LINT_RULES):
        message = "a baseline is compared with all gaps: leave out select and ignore"
        raise ValueError(message)
    dated = [rule.id for rule in LINT_RULES if rule.needs_date and baseline.gaps.get(rule.id)]
    if dated and as_of is None:
        message = f"the baseline counts {', '.join(dated)} from a day: give as_of (--as-of) as well"
        raise ValueError(message)


def _check_selected(select: Sequence[str], as_of: object, bdpm: object) -> None:
    """Raise ValueError when a lint rule is asked for by its id that lacks what it needs."""
    for rule in LINT_RULES:
        if rule.needs_date and as_of is None and rule.id in select:
            message = f"select: {rule.id} counts from a day: give as_of (--as-of) as well"
            raise ValueError(message)
        if rule.needs_bdpm and bdpm is None and rule.id in select:
            message = f"select: {rule.id} compares with BDPM: give its folder (--bdpm) as well"
            raise ValueError(message)


def _bdpm_of(bdpm: Bdpm | str | PathLike[str] | None) -> Bdpm | None:
    return bdpm if bdpm is None or isinstance(bdpm, Bdpm) else read(bdpm)


def _judged_in_part(run: Run, told: set[str], not_checked: Collection[str]) -> dict[str, Text]:
    """The lint rules that did not see everything, where nobody is told why."""
    untold = any(
        source.given and any(fault.rule.id not in told for fault in source.shaped.faults)
        for source in run.sources
        if source.shaped
    )
    rules = [rule.id for rule in LINT_RULES if rule.function and rule.id not in not_checked]
    return dict.fromkeys(rules, _SHAPES) if untold else {}


def _listed(names: Iterable[str], option: str) -> tuple[str, ...]:
    if isinstance(names, str):
        message = f"{option} must be a list of lint rules, not one text"
        raise TypeError(message)
    return tuple(names)


def _told(select: Sequence[str], ignore: Sequence[str]) -> set[str]:
    """The ids of the lint rules whose problems are told; an unreadable file always is."""
    selected = _rules_named(select, "select") or {rule.id for rule in LINT_RULES}
    return (selected - _rules_named(ignore, "ignore")) | UNCHECKED


def _rules_named(names: Sequence[str], option: str) -> set[str]:
    found: set[str] = set()
    for name in names:
        named = {rule.id for rule in LINT_RULES if name in {rule.id, rule.severity.value}}
        if not named:
            severities = ", ".join(LintSeverity)
            message = f"{option}: {name!a} is no lint rule and no severity ({severities})"
            raise ValueError(message)
        found |= named
    return found


@dataclass(frozen=True, slots=True)
class Given:
    """What lint rules count from and compare with, where somebody gave it."""

    as_of: date | None
    max_age: timedelta
    bdpm: Bdpm | None

    def lack(self, rule: LintRule) -> Text | None:
        """Why `rule` cannot run; None when it can."""
        if rule.needs_date and self.as_of is None:
            return _NO_DATE
        if rule.needs_bdpm and self.bdpm is None:
            return _NO_BDPM
        if rule is cip13_of_another_specialty and self.bdpm and BOXES in self.bdpm.absent:
            return _NO_BOXES
        return None


def _not_run(run: Run, given: Given) -> dict[str, Text]:
    """The lint rules that look at the data and could not, each with the reason."""
    not_run: dict[str, Text] = {}
    unreadable = any(source.failure for source in run.sources)
    for rule in LINT_RULES:
        lack = _UNREADABLE if unreadable and rule.function else given.lack(rule)
        if lack is not None:
            not_run[rule.id] = lack
    return not_run


def _problems(run: Run, given: Given) -> dict[str, list[Problem]]:
    """The problems of each file, by its name; those that several formularies have once."""
    found = {s.name: list(s.shaped.problems) if s.shaped else [] for s in run.sources}
    seen: set[tuple[object, ...]] = set()
    for files in run.formularies:
        if any(file.failure for file in files):
            continue
        by_name = {file.name: file for file in files}
        shapes = {file.name: file.shaped for file in files if file.shaped}
        for found_first in _problems_of_formulary(files, given):
            problem = _turned(found_first, by_name)
            source = by_name[problem.files[0]]
            # What a clinic's data does not change in the shipped files is not the clinic's.
            if source.given or _concerns_who_reads_it(problem.rule):
                written = as_written(problem, shapes)
                if written is not None and written.identity not in seen:
                    seen.add(written.identity)
                    found[source.name].append(written)
    return found


def _concerns_who_reads_it(rule: LintRule) -> bool:
    """Whether a problem of a file that is only read beside is told: an error, and no age."""
    return rule.severity is LintSeverity.ERROR and not rule.needs_date


def _turned(problem: Problem, sources: Mapping[str, Source]) -> Problem:
    """`problem` at the place of a conflict that is in a given file, where it can be mended."""
    first = next((n for n, file in enumerate(problem.files) if sources[file].given), 0)
    if first == 0:
        return problem
    paths, files = [problem.path, *problem.others], [*problem.files]
    paths.insert(0, paths.pop(first))
    files.insert(0, files.pop(first))
    path, *others = paths
    return replace(problem, path=path, others=tuple(others), files=tuple(files), at_key=False)


def _problems_of_formulary(files: Sequence[Source], given: Given) -> Iterator[Problem]:
    data = data_of(files, given.as_of, given.max_age, given.bdpm)
    if not data.tables.products:
        yield replace(NO_PRODUCT.problem("products"), files=(files[-1].name,))
    elif not data.tables.version:
        yield replace(VERSION_MISSING.problem("version"), files=(files[-1].name,))
    for rule in LINT_RULES:
        if rule.function is not None and given.lack(rule) is None:
            for problem in rule.function(data):
                paths = (problem.path, *problem.others)
                named = problem.files or tuple(_file_of(path, data, files) for path in paths)
                yield replace(problem, files=named)


def _file_of(path: Path, data: Data, files: Sequence[Source]) -> str:
    """The file of the table that `path` leads into; of a section, the first that has some of it."""
    of_section = (file for table, file in data.origin.items() if table[0] == path[0])
    return data.origin.get(path[:2]) or next(of_section, files[0].name)


def _suppressions(source: Source) -> Iterator[tuple[Path, SuppressionTable]]:
    """The suppressions of a file whose shape is right, with the steps to them."""
    if source.given and source.shaped is not None:
        for number, suppression in enumerate(source.shaped.tables.suppressions):
            path: Path = ("suppressions", number)
            if not source.shaped.holds_stand_in(path):
                yield path, suppression
