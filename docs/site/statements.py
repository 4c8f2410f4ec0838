"""The statements of the five documents, as `docs/traceability.toml` has them."""

from dataclasses import dataclass
from typing import Any, Final

import tomli
from languages import DOCS

from mesomix.evidence import Text

FILE: Final = DOCS / "traceability.toml"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a document says of a mixture, a patient or a session, and what became of it."""

    number: int
    """Its place among all, from 1."""
    document: str
    place: str
    quotes: tuple[str, ...]
    says: Text
    rules: tuple[str, ...]
    """The rules that answer it; empty where none does."""
    not_covered: Text | None
    """Why none does."""
    how: Text | None
    """In what way."""
    disagreements: tuple[int, ...]

    @property
    def anchor(self) -> str:
        """Where it stands on the page of all."""
        return f"statement-{self.number}"


def read_statements() -> list[Statement]:
    """The statements, in the order of the file."""
    said = tomli.loads(FILE.read_text(encoding="utf-8"))
    return [statement(number, one) for number, one in enumerate(said["statement"], 1)]


def statement(number: int, said: dict[str, Any]) -> Statement:
    """A statement, as its table in the file has it."""
    return Statement(
        number=number,
        document=said["document"],
        place=said["place"],
        quotes=tuple(said["quotes"]),
        says=Text(**said["says"]),
        rules=tuple(said.get("rules", ())),
        not_covered=Text(**said["not_covered"]) if "not_covered" in said else None,
        how=Text(**said["how"]) if "how" in said else None,
        disagreements=tuple(said.get("disagreements", ())),
    )
