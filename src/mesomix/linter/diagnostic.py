"""What the linter says of one problem: which, how bad, and where in which file."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mesomix.evidence import Text
from mesomix.formulary.paths import Path, key_of


class LintSeverity(StrEnum):
    """How bad a problem of the data is."""

    ERROR = "error"
    """The data is wrong: it cannot be loaded, or what it says cannot be."""
    WARNING = "warning"
    """The data is likely to be wrong, and somebody has to look."""
    GAP = "gap"
    """The data is unfinished: nobody has looked yet."""

    @property
    def text(self) -> Text:
        """The severity in both languages."""
        return _SEVERITY_TEXTS[self]


_SEVERITY_TEXTS: Final = {
    LintSeverity.ERROR: Text("erreur", "error"),
    LintSeverity.WARNING: Text("avertissement", "warning"),
    LintSeverity.GAP: Text("lacune", "gap"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text. Lines and columns count from 1, columns in code points.

    A byte order mark is no column. The end is the column behind the last character.
    """

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a data file."""

    file: str
    """The path of the file as it was given."""
    path: Path = ()
    """The steps to the value; empty for a whole file."""
    span: Span | None = None
    """None for a whole file, such as one that cannot be read."""
    excerpt: str = ""
    """The line of the file on which the span begins, without its end."""

    @property
    def key(self) -> str:
        """The path in one text: `products.miorel.effects[0]`; empty for a whole file."""
        return key_of(self.path)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem of the data."""

    rule: str
    """The id of the lint rule, which names the problem."""
    severity: LintSeverity
    message: Text
    """One sentence, which names the thing."""
    help: Text
    """What to do, in one sentence."""
    place: Place
    others: tuple[Place, ...] = ()
    """The other places of a conflict."""
    fingerprint: str = ""
    """Hexadecimal; the same for the same problem when other lines have moved."""
