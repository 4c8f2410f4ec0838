"""From what was answered about a patient to yes or no by condition."""

from collections.abc import Iterable, Mapping

from mesomix.formulary.index import Names
from mesomix.model import Condition
from mesomix.names import as_text, fold
from mesomix.vocabulary import Answer

Given = Iterable[tuple[str, bool | None]]
"""Names of conditions, with True, False or None: not asked."""


def read_answers(
    conditions: Mapping[str, Condition], names: Names, given: Given, *, nothing_else: bool
) -> dict[str, Answer]:
    """Yes or no by the ids of `conditions`, with what follows from each answer.

    With `nothing_else`, everything is denied that is neither answered nor said not to have been
    asked. Raises TypeError when a value is of another type, and ValueError when a name means no
    condition or two answers contradict each other; no message repeats what was given.
    """
    if not isinstance(nothing_else, bool):
        message = "nothing_else must be True or False"
        raise TypeError(message)
    yes: set[str] = set()
    no: set[str] = set()
    not_asked: set[str] = set()
    for number, (name, answer) in enumerate(given, 1):
        found = names.get(fold(as_text(name)))
        if found is None:
            message = f"answer {number} names no condition; known: {', '.join(conditions)}"
            raise ValueError(message)
        if answer is not None and not isinstance(answer, bool):
            message = f"answer {number} must be True, False or None"
            raise TypeError(message)
        (not_asked if answer is None else yes if answer else no).add(found[1])
    yes.update(*[conditions[key].implied for key in yes])
    if yes & no:
        message = "two answers contradict each other: a condition is denied that another implies"
        raise ValueError(message)
    denied = {key for key, c in conditions.items() if key in no or c.implied & no}
    if nothing_else:
        left = not_asked - yes - denied
        # What implies an open question, or follows from it, is as open.
        left |= {key for key, c in conditions.items() if c.implied & left}
        left.update(*[conditions[key].implied for key in left])
        denied |= conditions.keys() - yes - left
    return {**dict.fromkeys(denied, Answer.NO), **dict.fromkeys(yes, Answer.YES)}
