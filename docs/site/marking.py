"""Markdown of texts that are not Markdown: what is written is shown, to the letter."""

import html
import re
from typing import Final

from mesomix.evidence import Language
from mesomix.names import printable

_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """`text` as it is, whatever it holds, in one line; control characters are shown escaped."""
    return _PUNCTUATION.sub(r"\\\1", printable(" ".join(text.split())))


def spoken(text: str, language: Language, page: Language) -> str:
    """`text`, told to be of its language where the page is in the other one."""
    return plain(text) if language is page else in_language(plain(text), language)


def in_language(markdown: str, language: Language) -> str:
    """A stretch of Markdown that screen readers are to read in `language`."""
    return f'<span lang="{language.value}">{markdown}</span>'


def quoted(text: str) -> str:
    """Words of a document: all of them are in French."""
    return f'<q lang="fr">{plain(text)}</q>'


def variable(name: str) -> str:
    """What stands for something that differs from case to case."""
    return f"<var>{html.escape(name)}</var>"


def marked(mark: str, word: str, kind: str) -> str:
    """A status: by its mark, its word and its colour."""
    shown = f'<span aria-hidden="true">{html.escape(mark)}</span> {html.escape(word)}'
    return f'<span class="status status-{kind}">{shown}</span>'
