"""What a text about allergies says, part by part: declared, doubtful, denied, or not understood.

Deterministic, in four steps (docs/names.md): the text is cut into clauses; in each the longest
names are found, as whole words; a denial has to be about an allergy and to stand right before the
name; and each word that is no name and in no list of `allergy_words` is kept as not understood.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mesomix.formulary import allergy_words as say
from mesomix.formulary.allergy_clauses import Clause, Token, clauses
from mesomix.formulary.allergy_denials import denies_all, is_doubted, states_of
from mesomix.names import NameKey, key_of_words
from mesomix.vocabulary import AllergyState

LONGEST_TEXT: Final = 5_000
"""Characters. A longer text is a file, and not what is written about allergies."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text about allergies: what it says, and the name in it, where there is one."""

    state: AllergyState
    key: NameKey | None
    """The folded name; None for what was not recognised, and for a denial of all allergies."""
    start: int
    end: int


def parts_of(text: str, known: Container[str]) -> list[Part]:
    """What `text` says, in its order; `known` are the folded names that an allergy can be to.

    No part of it is lost: what says nothing about a name, a denial or a reaction is a part that
    was not recognised, and so is a text that says nothing at all.
    """
    whole = Part(AllergyState.NOT_RECOGNISED, None, 0, len(text))
    if len(text) > LONGEST_TEXT:
        return [whole]
    found: list[Part] = []
    described: list[Clause] = []
    others_denied: list[Clause] = []
    for clause in clauses(text, known):
        if _only_describes(clause):
            described.append(clause)
        elif denies_all(clause) and not say.OTHERS.isdisjoint(clause.folded):
            others_denied.append(clause)
        else:
            found += _read(clause)
    if any(part.state is not AllergyState.NEGATED for part in found):
        found += [_part(AllergyState.NEGATED, clause.tokens) for clause in others_denied]
    else:  # a reaction, and nothing that it could be to; "aucune autre", and not which one
        found += [_not_recognised(clause.tokens) for clause in (*described, *others_denied)]
    return sorted(found, key=lambda part: part.start) or [whole]


def _not_recognised(tokens: Sequence[Token]) -> Part:
    return Part(AllergyState.NOT_RECOGNISED, None, tokens[0].start, tokens[-1].end)


def _read(clause: Clause) -> list[Part]:
    """What a clause says, unless it only describes what another one names."""
    if any(clause.folded[position] in say.FAMILY for position in clause.others()):
        return [_not_recognised(clause.tokens)]
    if clause.spans:
        symbols = [_not_recognised(clause.tokens)] if clause.has_symbols else []
        return [*_named(clause), *_not_understood(clause), *symbols]
    if denies_all(clause):
        return [_part(AllergyState.NEGATED, clause.tokens)]
    if clause.words or clause.asks or clause.has_symbols:
        return [_not_recognised(clause.tokens)]
    return []  # punctuation


def _part(state: AllergyState, tokens: Sequence[Token], key: NameKey | None = None) -> Part:
    return Part(state, key, tokens[0].start, tokens[-1].end)


def _only_describes(clause: Clause) -> bool:
    """Whether it tells a reaction or a date, or is a heading: "Allergies :".

    Then it neither names, denies nor doubts anything, and speaks of no allergy to something else.
    """
    if clause.spans or not clause.words or clause.has_symbols or is_doubted(clause):
        return False
    if not _OF_SOMETHING.isdisjoint(clause.folded):
        return _HEADING.issuperset(clause.folded)
    words = [word for word in clause.folded if word not in say.LINKS]
    return bool(words) and all(word in say.DESCRIBING or word[0].isdigit() for word in words)


_OF_SOMETHING: Final = say.ALLERGY | say.KINDS | say.OTHERS
_HEADING: Final = say.ALLERGY | say.NEUTRAL


def _is_description(word: str) -> bool:
    return word in say.UNDERSTOOD or word[0].isdigit()


def _named(clause: Clause) -> Iterator[Part]:
    """The names of a clause: each declared, doubtful or denied."""
    for (first, behind), state in zip(clause.spans, states_of(clause), strict=True):
        yield _part(state, clause.words[first:behind], key_of_words(clause.folded[first:behind]))


def _not_understood(clause: Clause) -> Iterator[Part]:
    """The words beside the names that are in no list, those that follow each other as one part."""
    run: list[int] = []
    for position in clause.others():
        understood = _is_description(clause.folded[position]) and not _names_others(
            clause, position
        )
        if run and (position != run[-1] + 1 or understood):
            yield _not_recognised([clause.words[run[0]], clause.words[run[-1]]])
            run = []
        if not understood:
            run.append(position)
    if run:
        yield _not_recognised([clause.words[run[0]], clause.words[run[-1]]])


def _names_others(clause: Clause, position: int) -> bool:
    """Whether a word speaks of others that nobody names: "pénicilline et autres"."""
    word, before = clause.folded[position], clause.folded[max(position - 1, 0)]
    if word not in say.OTHERS and not (word in say.KINDS and before in say.JOINING):
        return False
    begins = {first for first, _ in clause.spans}
    return position + 1 not in begins and say.NEGATIONS.isdisjoint(clause.folded)
