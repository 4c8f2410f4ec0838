"""What a text about allergies says, part by part: declared, doubtful, denied, or not understood.

Deterministic, in four steps (docs/names.md): the text is cut into clauses; in each the longest
names are found, as whole words; a denial has to be about an allergy and to stand right before the
name; and each word that is no name and in no list of `allergy_words` is kept as not understood.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mesomix.formulary import allergy_words as say
from mesomix.names import LONGEST_NAME, NameKey, names_within, words
from mesomix.vocabulary import AllergyState

LONGEST_TEXT: Final = 5_000
"""Characters. A longer text is a file, and not what is written about allergies."""

_TOKEN: Final = re.compile(r"\r?\n|(?:[^\W_]|[\u0300-\u036f])+|\S")
_BREAKS: Final = frozenset(",;\n\r|•·!…。、*")
_PUNCTUATION: Final = frozenset("?:.()[]{}'’‘`\"«»“”/\\+&-–—_=<>→~%#®™°©")
_ABBREVIATED: Final = frozenset(["cf", "p", "ex", "dr", "m", "mme"])


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text about allergies: what it says, and the name in it, where there is one."""

    state: AllergyState
    key: NameKey | None
    """The folded name; None for what was not recognised, and for a denial of all allergies."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, folded, or a mark, with where it stands in the text."""

    word: str
    start: int
    end: int
    is_word: bool


@dataclass(frozen=True, slots=True)
class _Clause:
    """The words of a clause, and the marks before each of them and behind the last."""

    words: tuple[_Token, ...]
    marks: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    """Of words, each of which is a name."""

    @property
    def folded(self) -> list[str]:
        return [token.word for token in self.words]

    def others(self) -> list[int]:
        """The positions of the words outside of the names."""
        named = {position for first, last in self.spans for position in range(first, last)}
        return [position for position in range(len(self.words)) if position not in named]


def parts_of(text: str, known: Container[str]) -> list[Part]:
    """What `text` says, in its order; `known` are the folded names that an allergy can be to.

    No part of it is lost: what says nothing about a name, a denial or a reaction is a part that
    was not recognised, and so is a text that says nothing at all.
    """
    whole = Part(AllergyState.NOT_RECOGNISED, None, 0, len(text))
    if len(text) > LONGEST_TEXT:
        return [whole]
    found: list[Part] = []
    described: list[Part] = []
    for tokens in _clauses(text):
        parts = _read(_clause(tokens, known), tokens)
        if parts is None:
            described.append(_not_recognised(tokens))
        else:
            found += parts
    if all(part.state is AllergyState.NEGATED for part in found):
        found += described  # a reaction, and nothing that it could be to
    return sorted(found, key=lambda part: part.start) or [whole]


def _not_recognised(tokens: Sequence[_Token]) -> Part:
    return Part(AllergyState.NOT_RECOGNISED, None, tokens[0].start, tokens[-1].end)


def _clauses(text: str) -> Iterator[list[_Token]]:
    """The tokens of `text`, cut at marks and at the words that end a denial."""
    clause: list[_Token] = []
    before = ""
    for token in _tokens(text):
        if _ends_clause(token, before, text):
            if clause:
                yield clause
            clause = []
        else:
            clause.append(token)
        before = token.word
    if clause:
        yield clause


def _tokens(text: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        folded = words(found[0]) if found[0][0].isalnum() else []
        for word in folded:
            yield _Token(word, start, end, is_word=True)
        if not folded:
            yield _Token(found[0], start, end, is_word=False)


def _ends_clause(token: _Token, before: str, text: str) -> bool:
    if token.is_word:
        return token.word in say.EXCEPTIONS or (
            token.word == "que" and before in {"autre", "autres"}
        )
    if token.word in _BREAKS or token.word.endswith("\n"):
        return True
    around = text[max(token.start - 1, 0) : token.start], text[token.end : token.end + 1]
    alone = all(not side.strip() for side in around)
    if token.word == ".":
        return not around[1].strip() and before not in _ABBREVIATED
    return token.word in "-–—" and alone


def _clause(tokens: Sequence[_Token], known: Container[str]) -> _Clause:
    folded: list[_Token] = []
    marks = [""]
    for token in tokens:
        if token.is_word:
            folded.append(token)
            marks.append("")
        else:
            marks[-1] += token.word
    spans = names_within([token.word for token in folded], known)
    return _Clause(tuple(folded), tuple(marks), tuple(spans))


def _read(clause: _Clause, tokens: Sequence[_Token]) -> list[Part] | None:
    """What a clause says; None for a reaction or a date, which describes what another names."""
    marks = "".join(clause.marks)
    others = {clause.folded[position] for position in clause.others()}
    if others & say.FAMILY:
        return [_not_recognised(tokens)]
    unknown = [_not_recognised(tokens)] if {*marks} - _PUNCTUATION else []
    if clause.spans:
        return [*_named(clause), *_not_understood(clause), *unknown]
    if unknown or (not clause.words and "?" in marks):
        return [_not_recognised(tokens)]
    if not clause.words:
        return []
    if _denies_all(clause):
        return [Part(AllergyState.NEGATED, None, tokens[0].start, tokens[-1].end)]
    if _doubted(clause) or others & say.NEGATIONS or not all(map(_is_description, others)):
        return [_not_recognised(tokens)]
    return None


def _is_description(word: str) -> bool:
    return word in say.UNDERSTOOD or word[0].isdigit() or word == "%"


def _denies_all(clause: _Clause) -> bool:
    """Whether it says that no allergy is known, and nothing else."""
    folded = clause.folded
    about = say.ALLERGY | say.DESCRIPTIONS | say.LINKS | say.NOTHING
    return (
        "?" not in "".join(clause.marks)
        and any(word in say.NOTHING for word in folded)
        and all(word in about for word in folded)
        and not _doubted(clause)
    )


def _doubted(clause: _Clause) -> bool:
    """Whether a mark or a word of the clause makes a question of it."""
    others = [clause.words[position].word for position in clause.others()]
    denied = any(
        word in say.AFTER_NOT and position and others[position - 1] in say.NEGATIONS
        for position, word in enumerate(others)
    )
    return denied or "?" in "".join(clause.marks) or any(word in say.DOUBTS for word in others)


def _named(clause: _Clause) -> Iterator[Part]:
    """The names of a clause: each declared, doubtful or denied."""
    doubted = _doubted(clause)
    for first, last in clause.spans:
        state = AllergyState.DOUBTFUL if doubted else _state(clause, first, last)
        key = NameKey("".join(clause.folded[first:last]))
        yield Part(state, key, clause.words[first].start, clause.words[last - 1].end)


def _state(clause: _Clause, first: int, last: int) -> AllergyState:
    """Whether the name at those words is declared; where that is not clear, it is doubtful."""
    folded = clause.folded
    before, after = folded[:first], folded[last:]
    others = {folded[position] for position in clause.others()}
    if _denied_before(clause, first) or _denied_around(clause, first, last):
        return AllergyState.NEGATED
    if others & say.TOLERANCE and not others & (say.NEGATIONS | say.BADLY | say.ALLERGY):
        alone = len(clause.spans) == 1
        behind = [w for w in before if w in say.TOLERANCE]
        return AllergyState.NEGATED if alone or behind else AllergyState.RECOGNISED
    if after in [[word] for word in say.NO_ANSWERS]:
        colon = ":" in clause.marks[last] or "(" in clause.marks[last]
        return AllergyState.NEGATED if colon and len(clause.spans) == 1 else AllergyState.DOUBTFUL
    if _about_allergies(before) and any(word in say.NEGATIONS for word in before):
        return _after_a_denial(before)
    return AllergyState.RECOGNISED


def _about_allergies(folded: Sequence[str]) -> bool:
    return any(word in say.ALLERGY for word in folded)


def _after_a_denial(before: Sequence[str]) -> AllergyState:
    """A denial and an allergy stand before the name: denied in an unforeseen way, or forbidden."""
    negation = next(n for n, word in enumerate(before) if word in say.NEGATIONS)
    allergy = next(n for n, word in enumerate(before) if word in say.ALLERGY)
    # "Allergie : pas d'AINS" forbids them.
    return AllergyState.DOUBTFUL if negation < allergy else AllergyState.RECOGNISED


def _denied_before(clause: _Clause, first: int) -> bool:
    """ "Pas d'allergie connue à la pénicilline", "denies latex": a denial right before the name."""
    folded = clause.folded
    position = _before_names(clause, first)
    if position is None:
        return False
    word = folded[position]
    if word in say.DENIALS:
        return True
    prepositions = folded[position + 1 : _first_of_list(clause, first)]
    while position >= 0 and folded[position] in say.DESCRIPTIONS:
        position -= 1
    if position < 0 or folded[position] not in say.ALLERGY or not prepositions:
        return False
    links = say.LINKS | say.DESCRIPTIONS
    position -= 1
    while position >= 0 and folded[position] in links and folded[position] not in say.NEGATIONS:
        position -= 1
    return position >= 0 and folded[position] in say.NEGATIONS


def _first_of_list(clause: _Clause, first: int) -> int:
    """Where the list of names begins that the name at `first` is in: "la pénicilline ni le latex"."""
    ends = {last: begin for begin, last in clause.spans}
    folded = clause.folded
    while True:
        position = first
        while position and folded[position - 1] in say.BEFORE_AN_ALLERGEN | {
            "et",
            "ou",
            "or",
            "and",
            "nor",
        }:
            position -= 1
            if position in ends:
                break
        if position not in ends or position == first:
            return first
        first = ends[position]


def _before_names(clause: _Clause, first: int) -> int | None:
    """The position of the word that stands before the list of names and its prepositions."""
    position = _first_of_list(clause, first) - 1
    while position >= 0 and clause.folded[position] in say.BEFORE_AN_ALLERGEN:
        position -= 1
    return position if position >= 0 else None


def _denied_around(clause: _Clause, first: int, last: int) -> bool:
    """ "No known latex or iodine allergy": the noun stands right behind the names."""
    folded = clause.folded
    between = {*say.DESCRIPTIONS, "or", "and", "nor", "of", "to", "any", "history"}
    named = {position for begin, end in clause.spans for position in range(begin, end)}
    left, right = first, last
    while left and (left - 1 in named or folded[left - 1] in between):
        left -= 1
    while right < len(folded) and (right in named or folded[right] in {"or", "and", "nor"}):
        right += 1
    if not left or right == len(folded) or any(clause.marks[left + 1 : right + 1]):
        return False
    return folded[left - 1] in say.NEGATIONS_BEFORE_A_NOUN and folded[right] in say.NOUNS_AFTER


def _not_understood(clause: _Clause) -> Iterator[Part]:
    """The words beside the names that are in no list, those that follow each other as one part."""
    run: list[int] = []
    for position in [*clause.others(), None]:
        unknown = position is not None and not _is_description(clause.folded[position])
        if run and (not unknown or position != run[-1] + 1):
            yield _not_recognised([clause.words[run[0]], clause.words[run[-1]]])
            run = []
        if unknown and position is not None:
            run.append(position)
