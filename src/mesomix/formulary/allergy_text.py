"""What a text about allergies says, part by part: declared, doubtful, denied, or not understood.

Deterministic, in four steps (docs/names.md): the text is cut into clauses; in each the longest
names are found, as whole words; a denial has to be about an allergy and to stand right before the
name; and each word that is no name and in no list of `allergy_words` is kept as not understood.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, pairwise
from typing import Final

from mesomix.formulary import allergy_words as say
from mesomix.formulary.allergy_clauses import Clause, Token, clauses
from mesomix.names import NameKey
from mesomix.vocabulary import AllergyState

MOST_NAMES: Final = 40
"""In one clause, of which a denial is believed."""
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
        elif _denies_all(clause) and not say.OTHERS.isdisjoint(clause.folded):
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
    if _denies_all(clause):
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
    if clause.spans or not clause.words or clause.has_symbols or _doubted(clause):
        return False
    if not (say.ALLERGY | say.KINDS | say.OTHERS).isdisjoint(clause.folded):
        return (say.ALLERGY | say.NEUTRAL).issuperset(clause.folded)
    return all(
        _is_description(word) and word not in say.NEGATIONS | say.NOTHING | say.NO_ANSWERS
        for word in clause.folded
    )


def _is_description(word: str) -> bool:
    return word in say.UNDERSTOOD or word[0].isdigit() or word == "%"


def _denies_all(clause: Clause) -> bool:
    """Whether it says that no allergy is known, and nothing else."""
    if clause.has_symbols or _doubted(clause):
        return False
    folded = clause.folded
    rest = [word for word in folded if word not in say.LINKS | say.NEUTRAL | say.OTHERS]
    if "".join(folded) in say.NOTHING:  # "R.A.S."
        return True
    if rest and set(rest) <= say.NOTHING | say.ALLERGY and not say.NOTHING.isdisjoint(rest):
        return True  # "Allergies : aucune connue"
    if [word in say.ALLERGY for word in rest] == [False, True] and rest[0] in say.NEGATIONS:
        # "Pas d'allergie connue"; "non allergique", and not "non-drug allergies".
        return rest[0] != "non" or folded[folded.index("non") + 1] in say.ALLERGY
    answer = bool(folded) and folded[-1] in say.NO_ANSWERS
    return answer and say.ALLERGY.issuperset(rest[:-1])  # "Allergies : non"


def _doubted(clause: Clause) -> bool:
    """Whether a mark or a word of the clause makes a question of it."""
    others = [clause.folded[position] for position in clause.others()]
    unproven = any(
        word in say.AFTER_NOT if before in say.NEGATIONS else (before, word) == ("peut", "etre")
        for before, word in pairwise(others)
    )
    return unproven or clause.asks or any(word in say.DOUBTS for word in others)


def _named(clause: Clause) -> Iterator[Part]:
    """The names of a clause: each declared, doubtful or denied."""
    if len(clause.spans) > MOST_NAMES:  # nobody denies so many; the time would grow too fast
        states = [AllergyState.DOUBTFUL if _doubted(clause) else AllergyState.RECOGNISED]
    elif _doubted(clause):
        states = [AllergyState.DOUBTFUL]
    else:
        states = [_state(clause, first, last) for first, last in clause.spans]
    for (first, last), state in zip(clause.spans, cycle(states), strict=False):
        key = NameKey("".join(clause.folded[first:last]))
        yield _part(state, clause.words[first:last], key)


def _state(clause: Clause, first: int, last: int) -> AllergyState:
    """Whether the name at those words is declared; where that is not clear, it is doubtful."""
    others = [clause.folded[position] for position in clause.others()]
    if _tolerated(clause, first, others):
        return AllergyState.NEGATED
    only_denies = _ONLY_DENIES.issuperset(others)
    denials = [word for word in others if word in say.NEGATIONS]
    answered = clause.folded[last:] and say.NO_ANSWERS.issuperset(clause.folded[last:])
    if answered and only_denies:  # "AINS : non" may forbid them
        asked = len(clause.spans) == 1 and not say.ALLERGY.isdisjoint(others)
        return AllergyState.NEGATED if asked else AllergyState.DOUBTFUL
    denied = (
        _denied_before(clause, first)
        or _denied_around(clause, first, last)
        or _denied_behind(clause, last)
    )
    if denied and only_denies and len(denials) == 1:
        return AllergyState.NEGATED
    if denied or _denied_somehow(clause.folded[:first]):
        return AllergyState.DOUBTFUL
    return AllergyState.RECOGNISED


_JOINING_MARKS: Final = frozenset("'’-/")
_ONLY_DENIES: Final = say.ALLERGY | say.LINKS | say.NEUTRAL | say.NEGATIONS | say.NO_ANSWERS
_ONLY_TOLERATES: Final = (
    say.TOLERANCE | say.HOW_TOLERATED | say.NEUTRAL | say.LINKS - {"ne", "n", "plus"}
)


def _denied_somehow(before: Sequence[str]) -> bool:
    """Whether a denial and then an allergy stand before a name, in a way that was not foreseen.

    "Allergie : pas d'AINS" has them the other way round, and forbids them.
    """
    denial = next((n for n, word in enumerate(before) if word in say.NEGATIONS), None)
    return denial is not None and any(word in say.ALLERGY for word in before[denial:])


def _tolerated(clause: Clause, first: int, others: Sequence[str]) -> bool:
    """Whether it is tolerated: "tolère la lidocaïne", and not "ne tolère pas", "mal toléré"."""
    if say.TOLERANCE.isdisjoint(others) or not _ONLY_TOLERATES.issuperset(others):
        return False
    return len(clause.spans) == 1 or not say.TOLERANCE.isdisjoint(clause.folded[:first])


def _denied_before(clause: Clause, first: int) -> bool:
    """Whether it is denied: "pas d'allergie connue à la pénicilline", "denies latex"."""
    folded = clause.folded
    names = _first_of_list(clause, first)
    position = _back_over(folded, names, say.BEFORE_AN_ALLERGEN)
    before = folded[position - 1] if position else ""
    if before in say.DENIALS:
        return True
    if position == names:  # "aucune allergie connue pénicilline"
        return False
    if before in say.NOT:
        return folded[position] in say.TOWARDS
    position = _back_over(folded, position, say.NEUTRAL)
    if not position or folded[position - 1] not in say.ALLERGY:
        return False
    position = _back_over(folded, position - 1, say.BETWEEN | say.NEUTRAL)
    if any(not _JOINING_MARKS.issuperset(mark) for mark in clause.marks[position : first + 1]):
        return False  # "Non : allergique à la pénicilline"
    return bool(position) and folded[position - 1] in say.NEGATIONS


def _denied_behind(clause: Clause, last: int) -> bool:
    """Whether it is denied behind a colon: "latex : pas d'allergie connue"."""
    behind = [word for word in clause.folded[last:] if word not in say.LINKS | say.NEUTRAL]
    if ":" not in clause.marks[last] or len(behind) != 2:  # noqa: PLR2004 (a denial, an allergy)
        return False
    return behind[0] in say.NEGATIONS and behind[1] in say.ALLERGY


def _back_over(folded: Sequence[str], position: int, skipped: frozenset[str]) -> int:
    """The position behind the last word before `position` that is none of `skipped`."""
    while position and folded[position - 1] in skipped:
        position -= 1
    return position


def _first_of_list(clause: Clause, first: int) -> int:
    """Where the list begins that a name is in: "à la pénicilline ni au latex"."""
    begins = {last: begin for begin, last in clause.spans}
    joining = say.BEFORE_AN_ALLERGEN | say.JOINING
    position = first
    while position and position not in begins and clause.folded[position - 1] in joining:
        position -= 1
    return _first_of_list(clause, begins[position]) if position in begins else first


def _denied_around(clause: Clause, first: int, last: int) -> bool:
    """The same with the noun right behind the names: "no known latex or iodine allergy"."""
    folded = clause.folded
    named = {position for begin, end in clause.spans for position in range(begin, end)}
    while first and (first - 1 in named or folded[first - 1] in say.NEUTRAL | say.JOINING):
        first -= 1
    while last < len(folded) and (last in named or folded[last] in say.JOINING):
        last += 1
    if not first or last == len(folded) or any(clause.marks[first + 1 : last + 1]):
        return False
    return folded[first - 1] in say.NEGATIONS_BEFORE_A_NOUN and folded[last] in say.NOUNS_AFTER


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
    if clause.folded[position] not in say.OTHERS:
        return False
    begins = {first for first, _ in clause.spans}
    return position + 1 not in begins and say.NEGATIONS.isdisjoint(clause.folded)
