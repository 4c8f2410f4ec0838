"""What the linter says of the files that it was given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NoReturn

from mesomix.evidence import Language, Text
from mesomix.linter.diagnostic import Diagnostic, LintSeverity

CLEAN: Final = 0
FINDINGS: Final = 1
COULD_NOT_CHECK: Final = 2


@dataclass(frozen=True, slots=True)
class LintReport:
    """All problems of the files, and what could not be checked."""

    files: tuple[str, ...]
    """The files that were asked about, as they were given."""
    beside: tuple[str, ...]
    """The shipped files that they were read beside."""
    diagnostics: tuple[Diagnostic, ...]
    """By file, line, column and rule."""
    not_checked: Mapping[str, Text]
    """The ids of the lint rules that did not run, each with the reason. None of them passed."""
    suppressed: int = 0
    """How many diagnostics the data itself silences, with reasons."""

    @property
    def status(self) -> int:
        """The exit status: 0 clean but for gaps, 1 errors or warnings, 2 could not check."""
        if any(found.rule in UNCHECKED for found in self.diagnostics):
            return COULD_NOT_CHECK
        return FINDINGS if any(_counts(found) for found in self.diagnostics) else CLEAN

    def count(self, severity: LintSeverity) -> int:
        """How many diagnostics have that severity."""
        return sum(found.severity is severity for found in self.diagnostics)

    def text(self, language: Language | str = Language.FR, *, colour: bool = False) -> str:
        """All of it as text, with the lines of the files; ANSI colours when `colour` is true.

        Raises ValueError when `language` is neither "fr" nor "en".
        """
        from mesomix.linter.formats.text import full  # noqa: PLC0415 (a format is of a report)

        return full(self, (), Language(language), colour=colour)

    def __str__(self) -> str:
        """The text in French; `text("en")` is the English one."""
        return self.text()

    def __bool__(self) -> NoReturn:
        """Raise TypeError: a report is neither true nor false. Ask for its status."""
        message = "a lint report has no truth value: compare its status, 0 when it is clean"
        raise TypeError(message)


UNCHECKED: Final = frozenset({"unreadable-file", "not-utf-8", "invalid-toml"})
"""The lint rules after which nothing could be checked in a file."""


def _counts(found: Diagnostic) -> bool:
    return found.severity is not LintSeverity.GAP
