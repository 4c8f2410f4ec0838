"""One data file as it was read: its text, its tables, and what is wrong with either."""

import errno
import re
from codecs import BOM_UTF8
from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from pathlib import Path as FilePath
from typing import Final

from mesomix.evidence import Text
from mesomix.linter.diagnostic import Span
from mesomix.linter.lint_rule import Problem
from mesomix.linter.lint_rules.files import INVALID_TOML, NOT_UTF_8, UNREADABLE_FILE
from mesomix.linter.positions import Positions
from mesomix.linter.shapes import Shaped, shaped
from mesomix.linter.toml_faults import toml_fault

LARGEST_FILE: Final = 32 * 1024 * 1024
"""Bytes: some 20,000 products. What is larger is no formulary, and would take minutes."""

# A string that is open ends with its line, or with the text, so that nothing is read twice.
_TOKEN: Final = re.compile(
    r'''"""(?:[^\\]|\\.)*?(?:"{3,5}|\Z)'''
    r"""|'''.*?(?:'{3,5}|\Z)"""
    r"""|"(?:[^"\\\n]++|\\.)*+"?"""
    r"""|'[^'\n]*+'?|#[^\n]*+|[\[{]|[\]}]""",
    re.DOTALL,
)
_REASONS: Final = {
    errno.ENOENT: Text("il n'existe pas", "there is none"),
    errno.EISDIR: Text("c'est un dossier", "it is a folder"),
    errno.EACCES: Text("sa lecture n'est pas permise", "reading it is not permitted"),
}
_SIMPLER: Final = Text("écrivez-le plus simplement", "write it more simply")
_LONG_NUMBER: Final = re.compile(r"\d[\d_]{4299,}")


@dataclass(slots=True)
class Failure:
    """Why nothing in a file could be checked, and where that shows."""

    problem: Problem
    span: Span | None = None
    excerpt: str = ""


@dataclass
class Source:
    """One data file. It has either `shaped` or `failure`."""

    name: str
    """As it was given."""
    given: bool
    """Whether somebody asked about it, or about another shipped file that it belongs with."""
    text: str = ""
    shaped: Shaped | None = None
    failure: Failure | None = None

    @cached_property
    def positions(self) -> Positions:
        """Where everything stands in it."""
        return Positions(self.text)


def read_source(path: str | PathLike[str], *, name: str, given: bool, number: str) -> Source:
    """The data file at `path`, whatever is wrong with it.

    `number`, of digits, tells it from the other files of a run.
    """
    source = Source(name, given)
    try:
        with FilePath(path).open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        source.failure = Failure(UNREADABLE_FILE.problem(reason=_reason(error)))
        return source
    if len(content) > LARGEST_FILE:
        size = LARGEST_FILE // 1024**2
        reason = Text(f"il dépasse {size} Mio", f"it is larger than {size} MiB")
        source.failure = Failure(UNREADABLE_FILE.problem(reason=reason))
        return source
    try:
        source.text = content.decode("utf-8-sig")  # editors on Windows write a mark first
    except UnicodeDecodeError as error:
        mark = len(BOM_UTF8) if content.startswith(BOM_UTF8) else 0
        before = content[mark : mark + error.start].decode()  # Python counts behind the mark
        problem = NOT_UTF_8.problem(byte=mark + error.start + 1)
        source.failure = _failure(problem, before, len(before))
        return source
    _parse(source, number)
    return source


def _reason(error: Exception) -> Text:
    """Why a file cannot be read, in both languages; what is rare in the system's own words."""
    number = error.errno if isinstance(error, OSError) else None
    if number in _REASONS:
        return _REASONS[number]
    told = error.strerror if isinstance(error, OSError) else None
    return Text.same(told) if told else Text("ce n'est pas un chemin", "not a path")


def _parse(source: Source, number: str) -> None:
    import tomli  # noqa: PLC0415 (only who reads data pays)

    text = source.text
    try:
        raw = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        at = _offset(text, error.lineno, error.colno)
        reason, remedy = toml_fault(error.msg)
        source.failure = _failure(INVALID_TOML.problem(reason=reason, remedy=remedy), text, at)
    except RecursionError:
        reason = Text("l'imbrication est trop profonde", "it is nested too deeply")
        source.failure = _failure(
            INVALID_TOML.problem(reason=reason, remedy=_SIMPLER), text, _deepest(text)
        )
    except ValueError:  # an integer of 4,301 digits
        found = _LONG_NUMBER.search(text)
        reason = Text("un nombre a trop de chiffres", "a number has too many digits")
        at = found.start() if found else 0
        source.failure = _failure(INVALID_TOML.problem(reason=reason, remedy=_SIMPLER), text, at)
    else:
        source.shaped = shaped(raw, number)


def _failure(problem: Problem, text: str, at: int) -> Failure:
    """A failure that shows at the offset `at` of `text`."""
    begin = text.rfind("\n", 0, at) + 1
    line = text.count("\n", 0, at) + 1
    column = at - begin + 1
    excerpt = text[begin:].partition("\n")[0].removesuffix("\r")
    return Failure(problem, Span(line, column, line, column + 1), excerpt)


def _offset(text: str, line: int, column: int) -> int:
    begin = 0
    for _ in range(line - 1):
        begin = text.index("\n", begin) + 1
    return min(begin + column - 1, len(text))


def _deepest(text: str) -> int:
    """Where the brackets of `text`, which tomli could not follow, are nested most deeply."""
    depth = deepest = at = 0
    for token in _TOKEN.finditer(text):
        if token[0] in {"[", "{"}:
            depth += 1
            if depth > deepest:
                deepest, at = depth, token.start()
        elif token[0] in {"]", "}"}:
            depth -= 1
    return at
