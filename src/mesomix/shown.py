"""What a notebook shows: cards, and what is shown as one."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass

from mesomix.evidence import Language


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown of a report, a formulary, a mixture and so on, in one language.

    A notebook shows it. It holds no script, and loads nothing.
    """

    title: str
    language: Language
    text: str
    """The same in words."""
    html: str
    """A fragment of HTML with its own style, to be put into any page."""

    def page(self) -> str:
        """A whole document of HTML with this card alone: to be kept, sent or printed on A4."""
        from mesomix.markup.page import page_of  # noqa: PLC0415 (few who import mesomix need it)

        return page_of(self.title, self.language, self.html)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """The text and the HTML, for a notebook."""
        return {"text/plain": self.text, "text/html": self.html}

    def __repr__(self) -> str:
        """Its language only: a repr can end up in a log, and patient data must not."""
        return f"<Card in {self.language.value}>"


class Shown:
    """What a notebook shows as a card. `mesomix.view` makes them, once one is asked for."""

    __slots__ = ()

    def card(self, language: str = "fr") -> Card:
        """What a notebook shows of it, in "fr" or "en"; ValueError for any other language."""
        # By name: what is shown is defined far below what shows it, and most never need it.
        make: Callable[[object, Language], Card] = importlib.import_module("mesomix.view").card_of
        return make(self, Language(language))

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """The card in French, as text and as HTML, for a notebook."""
        return self.card()._repr_mimebundle_()
