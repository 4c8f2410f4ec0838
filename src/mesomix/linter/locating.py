"""From problems at paths to diagnostics at lines."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from mesomix.evidence import Text
from mesomix.formulary.paths import Path
from mesomix.linter.diagnostic import Diagnostic, Place
from mesomix.linter.lint_rule import Problem
from mesomix.linter.lint_rules.files import TOML_1_1_SYNTAX
from mesomix.linter.source import Failure, Source

_NEWER: Final = {
    "newline-in-inline-table": (
        Text("un saut de ligne dans une table en ligne", "a new line in an inline table"),
        Text("écrivez-la en une ligne", "write it in one line"),
    ),
    "trailing-comma-in-inline-table": (
        Text("une virgule finale dans une table en ligne", "a last comma in an inline table"),
        Text("retirez la virgule", "take the comma away"),
    ),
    "escape": (
        Text("une séquence \\e ou \\xHH", "an escape \\e or \\xHH"),
        Text("écrivez \\u et quatre chiffres", "write \\u and four digits"),
    ),
    "time-without-seconds": (
        Text("une heure sans secondes", "a time without seconds"),
        Text("ajoutez :00", "add :00"),
    ),
}
"""What of TOML 1.1 there is in a file, and what to write in its place."""


def located(
    source: Source, problems: Iterable[Problem], sources: Mapping[str, Source]
) -> Iterator[Diagnostic]:
    """The diagnostics of the problems of one file; `sources` are all files by name."""
    for problem in problems:
        place = _place(source, problem.path, at_key=problem.at_key)
        files = problem.files[1:]
        others = (
            _place(sources[file], path, at_key=problem.at_key)
            for file, path in zip(files, problem.others, strict=True)
        )
        yield _diagnostic(problem, place, tuple(others))


def _place(source: Source, path: Path, *, at_key: bool) -> Place:
    span = source.positions.nearest(path, at_key=at_key)
    if span is None:  # nothing of it is in the file: it is the file that lacks it
        return Place(source.name)
    return Place(source.name, path, span, source.positions.line(span.line))


def _diagnostic(problem: Problem, place: Place, others: tuple[Place, ...] = ()) -> Diagnostic:
    rule = problem.rule
    return Diagnostic(rule.id, rule.severity, problem.message, problem.help, place, others)


def of_failure(source: Source, failure: Failure) -> Diagnostic:
    """Why nothing in `source` could be checked."""
    return _diagnostic(failure.problem, Place(source.name, (), failure.span, failure.excerpt))


def of_newer_syntax(source: Source) -> Iterator[Diagnostic]:
    """What in `source` is TOML 1.1, and no TOML 1.0."""
    for span, kind in source.positions.newer if source.given else ():
        syntax, remedy = _NEWER[kind]
        place = Place(source.name, (), span, source.positions.line(span.line))
        yield _diagnostic(TOML_1_1_SYNTAX.problem(syntax=syntax, remedy=remedy), place)


def in_order(found: Iterable[Diagnostic], sources: Mapping[str, Source]) -> tuple[Diagnostic, ...]:
    """`found` by file, line, column and lint rule, each with its fingerprint."""
    ordered = sorted(found, key=_order)
    seen: Counter[str] = Counter()
    marked: list[Diagnostic] = []
    for diagnostic in ordered:
        basis = "\0".join(_basis(diagnostic, sources.get(diagnostic.place.file)))
        seen[basis] += 1
        digest = hashlib.sha256(f"{basis}\0{seen[basis]}".encode(errors="backslashreplace"))
        marked.append(replace(diagnostic, fingerprint=digest.hexdigest()))
    return tuple(marked)


def _order(found: Diagnostic) -> tuple[str, int, int, str, str]:
    span = found.place.span
    line, column = (span.line, span.column) if span else (0, 0)
    return found.place.file, line, column, found.rule, found.message.en


def _basis(found: Diagnostic, source: Source | None) -> list[str]:
    """What stays when other lines move: of a list no number, but the value that stands in it."""
    steps = ["[]" if isinstance(step, int) else step for step in found.place.path]
    value = None
    if source is not None and source.failure is None and steps:
        value = source.positions.text_of(found.place.path)
    return [found.rule, found.place.file, *steps, value or found.place.excerpt]
