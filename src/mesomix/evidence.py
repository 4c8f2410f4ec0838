"""What a word of mesomix rests on: references, citations of them, and texts in two languages."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final


class Language(StrEnum):
    """A language that mesomix speaks. French is the source text."""

    FR = "fr"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages."""

    fr: str
    en: str

    def __getitem__(self, language: Language) -> str:
        """The text in `language`."""
        return self.fr if Language(language) is Language.FR else self.en

    @classmethod
    def same(cls, text: str) -> "Text":
        """A text that is the same in both languages, such as the name of a specialty."""
        return cls(text, text)


COLON: Final = Text(" : ", ": ")
SEMICOLON: Final = Text(" ; ", "; ")
"""As either language spaces them."""


class Evidence(StrEnum):
    """How well it is established that an allergy reaches another substance."""

    LABEL = "label"
    """A label contraindicates it."""
    POSSIBLE = "possible"
    """Literature or a house rule holds it possible."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A document, label or database that a fact or a rule may cite (`data/references.toml`)."""

    id: str
    title: str
    author: str = ""
    date: str = ""
    """The day of the text, YYYY-MM-DD or less; empty where it is undated."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a reference: what it says in our words, and at most a few of its own.

    Rules and data name the reference by its id; `from_references` adds its title, author,
    date and address, so that a report can be read without the library.
    """

    reference: str
    place: str = ""
    quote: str = ""
    says: Text | None = None
    title: str = ""
    author: str = ""
    date: str = ""
    url: str = ""

    def from_references(self, references: Mapping[str, Reference]) -> "Citation":
        """This citation with the title, date and address of its reference.

        Raises KeyError, with the id, when no such reference is registered.
        """
        found = references[self.reference]
        return replace(self, title=found.title, author=found.author, date=found.date, url=found.url)
