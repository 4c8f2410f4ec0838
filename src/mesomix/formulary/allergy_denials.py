"""Which of the names in a clause are declared, which are doubtful, and which are denied.

Every doubt is one: a denial is believed only where its whole clause is made of words that deny and
that change nothing else ("pas d'allergie grave à X" is a doubt), and where it is about the name.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from mesomix.formulary import allergy_words as say
from mesomix.formulary.allergy_clauses import Clause
from mesomix.vocabulary import AllergyState

MOST_NAMES: Final = 40
"""In one clause, of which a denial is believed. Nobody denies more, and the time would grow."""

_QUIET_MARKS: Final = frozenset("'’-.\"«»“”")
"""Marks that change nothing of a denial. A plus may mean much: "iode procaïne +++"."""
_ONLY_DENIES: Final = say.ALLERGY | say.LINKS | say.NEUTRAL | say.NEGATIONS | say.NO_ANSWERS
_NOT_TOLERATED: Final = (
    say.NEGATIONS
    | say.ALLERGY
    | say.REACTIONS
    | {
        *("ne", "n", "plus", "jusqu", "jusque", "until"),
    }
)
_ONLY_TOLERATES: Final = (
    say.TOLERANCE | say.HOW_TOLERATED | say.NEUTRAL | say.LINKS - {"ne", "n", "plus"}
)
_CONDITIONS: Final = frozenset({("s", "il"), ("s", "elle"), ("s", "ils"), ("l", "absence")})
_NO_DOUBT: Final = frozenset(["doute", "doutes", "doubt", "doubts"])
_IN_A_LIST: Final = say.BEFORE_AN_ALLERGEN | say.JOINING
_BESIDE: Final = say.LINKS | say.NEUTRAL
_BEFORE_AN_ALLERGY: Final = say.BETWEEN | say.NEUTRAL
_ANSWERS: Final = say.NO_ANSWERS | say.NEGATIONS | say.NOTHING


def states_of(clause: Clause) -> list[AllergyState]:
    """The state of each name of a clause, in their order."""
    if is_doubted(clause):
        return [AllergyState.DOUBTFUL] * len(clause.spans)
    if len(clause.spans) > MOST_NAMES:
        return [AllergyState.RECOGNISED] * len(clause.spans)
    lists = list(_lists(clause))
    others = [clause.folded[position] for position in clause.others()]
    return [
        state
        for spans in lists
        for state in [_state(clause, spans, others, alone=len(lists) == 1)] * len(spans)
    ]


def is_doubted(clause: Clause) -> bool:
    """Whether a mark or a word of the clause makes a question of it."""
    others = [clause.folded[position] for position in clause.others()]
    unproven = any(
        word in say.AFTER_NOT if before in say.NEGATIONS else (before, word) == ("peut", "etre")
        for before, word in pairwise(others)
    )
    doubts = [
        word
        for before, word in pairwise(["", *others])
        if word in say.DOUBTS and not (before in say.NEGATIONS and word in _NO_DOUBT)
    ]
    return unproven or clause.asks or bool(doubts)


def denies_all(clause: Clause) -> bool:
    """Whether it says that no allergy is known, and nothing else."""
    if clause.spans or clause.has_symbols or is_doubted(clause):
        return False
    folded = clause.folded
    rest = [word for word in folded if word not in _BESIDE | say.OTHERS]
    if "".join(folded) in say.NOTHING:  # "R.A.S."
        return True
    if rest and set(rest) <= say.NOTHING | say.ALLERGIC and not say.NOTHING.isdisjoint(rest):
        # "Allergies : aucune connue", and not "aucune notion", which is no answer.
        return "notion" not in folded or not say.ALLERGIC.isdisjoint(rest)
    if [word in say.ALLERGIC for word in rest] == [False, True] and rest[0] in say.NEGATIONS:
        # "Pas d'allergie connue"; "non allergique", and not "non-drug allergies".
        return rest[0] != "non" or folded[folded.index("non") + 1] in say.ALLERGIC
    answer = bool(folded) and folded[-1] in say.NO_ANSWERS
    return answer and say.ALLERGIC.issuperset(rest[:-1])  # "Allergies : non"


def _lists(clause: Clause) -> Iterator[list[tuple[int, int]]]:
    """The names of a clause, those together that a word joins: "à la pénicilline ni au latex"."""
    together: list[tuple[int, int]] = []
    for span in clause.spans:
        if together and not _is_joined(clause, together[-1][1], span[0]):
            yield together
            together = []
        together.append(span)
    if together:
        yield together


def _is_joined(clause: Clause, behind: int, first: int) -> bool:
    between = clause.folded[behind:first]
    return (
        not say.JOINING.isdisjoint(between)
        and _IN_A_LIST.issuperset(between)
        and _is_quiet(clause.marks[behind : first + 1])
    )


def _is_quiet(marks: Sequence[str]) -> bool:
    return _QUIET_MARKS.issuperset("".join(marks))


def _state(
    clause: Clause, spans: list[tuple[int, int]], others: list[str], *, alone: bool
) -> AllergyState:
    """Whether a list of names is declared; where that is not clear, it is doubtful."""
    first, behind = spans[0][0], spans[-1][1]
    if not say.TOLERANCE.isdisjoint(others):
        return _tolerated(clause, others, alone=alone)
    only_denies = _ONLY_DENIES.issuperset(others)
    answer = [word for word in clause.folded[behind:] if word not in _BESIDE | say.ALLERGY]
    denied = _is_denied(clause, first, behind)
    if not denied and answer and _ANSWERS.issuperset(answer):
        # "Allergie au latex : non"; but "AINS : non" may forbid them.
        denied = only_denies and alone and not say.ALLERGY.isdisjoint(others)
        if not denied or not say.NO_ANSWERS.issuperset(answer):
            return AllergyState.DOUBTFUL
    if denied:
        once = sum(word in say.NEGATIONS | say.NO_ANSWERS for word in others) == 1
        marks = [*clause.marks]
        marks[behind] = marks[behind].replace(":", "")  # "ATCD : aucun Allergie à …" stays loud
        certain = only_denies and once and _is_quiet(marks) and not _is_conditional(clause)
        return AllergyState.NEGATED if certain else AllergyState.DOUBTFUL
    somehow = _is_denied_somehow(clause.folded[:first])
    return AllergyState.DOUBTFUL if somehow else AllergyState.RECOGNISED


def _tolerated(clause: Clause, others: list[str], *, alone: bool) -> AllergyState:
    """What "tolère" says of the names of its clause: "tolère bien la lidocaïne" denies it."""
    if not _NOT_TOLERATED.isdisjoint(others) or not say.UNDERSTOOD.issuperset(
        word for word in others if not word[0].isdigit()
    ):
        return AllergyState.RECOGNISED  # "ne tolère pas", "mal toléré", "tolère, puis choc"
    if ("in", "tol") in {(one, other[:3]) for one, other in pairwise(clause.folded)}:
        return AllergyState.RECOGNISED
    plain = _is_quiet(clause.marks) and not _is_conditional(clause)
    if _ONLY_TOLERATES.issuperset(others) and alone and plain:
        return AllergyState.NEGATED
    return AllergyState.DOUBTFUL


def _is_conditional(clause: Clause) -> bool:
    """Whether it speaks of a case: "s'il n'a pas d'allergie à …", "en l'absence d'allergie à …"."""
    pairs = set(pairwise(clause.folded))
    return not say.CONDITIONS.isdisjoint(clause.folded) or not _CONDITIONS.isdisjoint(pairs)


def _is_denied(clause: Clause, first: int, behind: int) -> bool:
    return (
        _is_denied_before(clause, first)
        or _is_denied_around(clause, first, behind)
        or _is_denied_behind(clause, behind)
    )


def _is_denied_before(clause: Clause, first: int) -> bool:
    """As in "pas d'allergie connue à la pénicilline", "denies latex", "pas à la lidocaïne"."""
    folded = clause.folded
    position = _back_over(folded, first, say.BEFORE_AN_ALLERGEN)
    before = folded[position - 1] if position else ""
    if before in say.DENIALS:
        return True
    if position == first:  # "aucune allergie connue pénicilline"
        return False
    if before in say.NOT:
        return folded[position] in say.TOWARDS
    position = _back_over(folded, position, say.NEUTRAL)
    return bool(position) and _is_denied_allergy(clause, position - 1, first)


def _is_denied_allergy(clause: Clause, allergy: int, first: int) -> bool:
    """Whether a word is "allergie" and denied, and nothing stands from there to the name."""
    folded = clause.folded
    position = _back_over(folded, allergy, _BEFORE_AN_ALLERGY)
    if folded[allergy] not in say.ALLERGY or not position:
        return False
    denial = folded[position - 1]
    if denial not in say.NEGATIONS or not _is_quiet(clause.marks[position : first + 1]):
        return False  # "Non : allergique à la pénicilline"
    return denial != "aucun" or position != allergy  # "médicaments : aucun Allergie à …"


def _is_denied_around(clause: Clause, first: int, behind: int) -> bool:
    """As in "no known latex or iodine allergy": the noun stands right behind the names."""
    folded = clause.folded
    position = _back_over(folded, first, say.NEUTRAL)
    if not position or behind == len(folded) or not _is_quiet(clause.marks[position : behind + 1]):
        return False
    before, after = folded[position - 1], folded[behind]
    return before in say.NEGATIONS_BEFORE_A_NOUN and after in say.NOUNS_AFTER


def _is_denied_behind(clause: Clause, behind: int) -> bool:
    """As in "latex : pas d'allergie connue"."""
    rest = [word for word in clause.folded[behind:] if word not in _BESIDE]
    if ":" not in clause.marks[behind] or len(rest) != 2:  # noqa: PLR2004 (a denial, an allergy)
        return False
    return rest[0] in say.NEGATIONS and rest[1] in say.ALLERGY


def _back_over(folded: Sequence[str], position: int, skipped: frozenset[str]) -> int:
    """The position behind the last word before `position` that is none of `skipped`."""
    while position and folded[position - 1] in skipped:
        position -= 1
    return position


def _is_denied_somehow(before: Sequence[str]) -> bool:
    """Whether a denial and then an allergy stand before a name, in a way that was not foreseen.

    "Allergie : pas d'AINS" has them the other way round, and forbids them.
    """
    denial = next((n for n, word in enumerate(before) if word in say.NEGATIONS), None)
    return denial is not None and any(word in say.ALLERGY for word in before[denial:])
