"""A text about allergies, cut into clauses: words, the marks between them, and the names found."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mesomix.formulary import allergy_words as say
from mesomix.names import names_within, words

_TOKEN: Final = re.compile(
    r"\r?\n|[\t\r\x0b\x0c\x85\u2028\u2029]| {3,}|(?:[^\W_]|[\u0300-\u036f])+|\S"
)
_BREAKS: Final = frozenset(",;\t\n\r\x0b\x0c\x85\u2028\u2029|•·!…。、*")
_PUNCTUATION: Final = frozenset("?:.()[]{}'’‘`\"«»“”/\\+&-–—_=<>→~%#®™°©")  # noqa: RUF001
_DASHES: Final = "-–—"
_ABBREVIATED: Final = frozenset(["cf", "p", "ex", "dr", "m", "mme"])


@dataclass(frozen=True, slots=True)
class Token:
    """A word, folded, or a mark, with where it stands in the text."""

    word: str
    start: int
    end: int
    is_word: bool


MOST_BRACKETS: Final = 20
"""In one clause; with more, none is read apart."""
_NONE: Final = Token("", 0, 0, is_word=False)


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two commas, or between "mais" and the end."""

    tokens: tuple[Token, ...]
    words: tuple[Token, ...]
    folded: tuple[str, ...]
    marks: tuple[str, ...]
    """Those before each word, and behind the last."""
    spans: tuple[tuple[int, int], ...]
    """Of words, each of which is a name: the first, and behind the last."""

    def others(self) -> list[int]:
        """The positions of the words outside of the names."""
        named = {position for first, last in self.spans for position in range(first, last)}
        return [position for position in range(len(self.words)) if position not in named]

    @property
    def asks(self) -> bool:
        """Whether there is a question mark."""
        return any("?" in mark for mark in self.marks)

    @property
    def has_symbols(self) -> bool:
        """Whether there is a sign that is no punctuation, and may mean anything."""
        return not _PUNCTUATION.issuperset("".join(self.marks))


def clauses(text: str, known: Container[str]) -> Iterator[Clause]:
    """The clauses of `text`, each with the names of `known` in it; none for blank text."""
    for tokens in _split(list(_tokens(text)), text):
        for inner in _without_brackets(tokens, known):
            yield _clause(inner, known)


def _split(tokens: Sequence[Token], text: str) -> Iterator[list[Token]]:
    """The tokens between the marks and the words that end a clause."""
    clause: list[Token] = []
    exception: Token | None = None
    for before, token, after in zip((_NONE, *tokens), tokens, (*tokens[1:], _NONE), strict=False):
        if token.word == "?" and after.is_word and any(one.is_word for one in clause):
            yield [*clause, token]  # "latex ? AINS": the doubt is about what stands before
            clause = []
        elif not _ends_clause(before.word, token, after.word, text):
            clause.append(token)
            exception = None if token.is_word else exception
        else:
            if clause:
                yield clause
            clause = []
            exception = token if token.is_word and token.word in say.EXCEPTIONS else exception
    if clause:
        yield clause
    if exception is not None:  # "aucune, sauf…": what?
        yield [exception]


def _without_brackets(tokens: list[Token], known: Container[str]) -> Iterator[list[Token]]:
    """`tokens`, and apart from them what stands in brackets, where that names something.

    "Lidocaïne (choc)" is one clause; "pas d'allergie à la lidocaïne (choc à la procaïne)" is two.
    """
    words_of = [token.word for token in tokens]
    if words_of.count("(") > MOST_BRACKETS:
        yield tokens
        return
    while "(" in words_of:
        opening = words_of.index("(")
        closing = words_of.index(")", opening) if ")" in words_of[opening:] else len(words_of)
        inside = tokens[opening + 1 : closing]
        if not names_within([token.word for token in inside if token.is_word], known):
            break
        yield inside
        tokens = tokens[:opening] + tokens[closing + 1 :]
        words_of = [token.word for token in tokens]
    if tokens:
        yield tokens


def _tokens(text: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        folded = words(found[0]) if found[0][0].isalnum() else []
        for word in folded:
            yield Token(word, start, end, is_word=True)
        if not folded:
            yield Token(found[0], start, end, is_word=False)


def _ends_clause(before: str, token: Token, after: str, text: str) -> bool:
    if token.word in say.JOINING or token.word == "/":  # "et choc à l'iode"
        return after in say.REACTIONS | say.ALLERGY | say.NEGATIONS - say.NO_ANSWERS
    if token.is_word:
        than = token.word == "que" and before in {"autre", "autres"}
        return than or token.word in say.EXCEPTIONS
    if token.word in _BREAKS or not token.word.strip():  # the end of a line, a wide gap
        return True
    ends_word = not text[token.end : token.end + 1].strip()
    if token.word == ".":
        return ends_word and before not in _ABBREVIATED
    begins_word = not text[max(token.start - 1, 0) : token.start].strip()
    return token.word in _DASHES and begins_word and ends_word


def _clause(tokens: Sequence[Token], known: Container[str]) -> Clause:
    found: list[Token] = []
    marks = [""]
    for token in tokens:
        if token.is_word:
            found.append(token)
            marks.append("")
        else:
            marks[-1] += token.word
    folded = tuple(token.word for token in found)
    spans = tuple(names_within(folded, known))
    return Clause(tuple(tokens), tuple(found), folded, tuple(marks), spans)
