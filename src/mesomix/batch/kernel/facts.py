"""What was answered about the patient of each row, as the number of a set of answers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product as combinations_of
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from mesomix.batch.columns import Columns
from mesomix.batch.kernel.arrays import answers, lists
from mesomix.batch.kernel.codes import Ids
from mesomix.batch.kernel.dictionaries import Dictionaries
from mesomix.batch.kernel.meetings import Meetings, members
from mesomix.batch.kernel.sets import Sets, Steps
from mesomix.batch.kernel.sources import Sources
from mesomix.batch.kernel.texts import Numbers, Texts
from mesomix.batch.problems import CONTRADICTION, MISSING, UNKNOWN
from mesomix.formulary import Formulary
from mesomix.model import Product
from mesomix.request import AnsweredFact
from mesomix.vocabulary import Answer

PROBLEMS: Final = (None, MISSING.en, UNKNOWN.en, CONTRADICTION.en)
_MISSING, _UNKNOWN, _CONTRADICTION = range(1, len(PROBLEMS))
_TOGETHER: Final = 5
"""So many columns are one label: 243 ways in which they can be answered."""
_WAYS: Final = (None, False, True)
_ANSWERS: Final = (None, Answer.YES, Answer.NO)

Given = tuple[str | None, bool | None]
"""The name of a condition, and what was answered."""
_NOT_TOLD: Final[Given] = (None, None)
"""A null in the place of a list: nobody knows what was answered, and nothing else is denied."""


class Follows(NamedTuple):
    """What follows from answers: which of `PROBLEMS`, or a bit for each condition with a yes, a no.

    What follows from several answers is what follows from any of them.
    """

    problem: int
    yes: int
    no: int


class _Answered:
    """A column of lists of conditions that were answered in one way."""

    def __init__(self, sets: Sets[Given], column: str, answer: bool) -> None:
        self.column: Final = column
        self._nothing = int(sets.numbers([frozenset()])[0])
        self._not_told = Steps(sets, lambda _: (_NOT_TOLD,))
        self.dictionaries: Final = Dictionaries(self._of_nothing_else)
        self._answer = answer
        self._written: list[str | None] = []
        self._steps = Steps(sets, self._given)
        self._texts = Texts(self._written.extend, sets.sources)

    def add(self, sets: Ids, array: pa.Array) -> None:
        """Replace each of `sets` by that which has the answers of a row of `array` as well."""
        found = lists(array)
        labels = self._texts.labels(found.values)
        self._steps.walk(sets, found, labels, len(self._texts))
        if found.null is not None:
            nulls = np.flatnonzero(found.null)
            sets[nulls] = self._not_told.take(sets[nulls], np.zeros(len(nulls), np.int32), 1)

    def _of_nothing_else(self, array: pa.Array) -> Ids:
        sets = np.full(len(array), self._nothing, np.int32)
        self.add(sets, array)
        return sets

    def _given(self, label: int) -> tuple[Given]:
        return ((self._written[label], self._answer),)


class Facts:
    """The sets of answers that were met, and what is said of them."""

    def __init__(self, sources: Sources, columns: Columns) -> None:
        formulary = sources.formulary
        self._formulary = formulary
        self._planes = sources.planes
        self._columns = columns
        self._follows: dict[Given, Follows] = {}
        self._conditions = {key: number for number, key in enumerate(formulary.conditions)}
        self._ids = [*formulary.conditions]
        self._products: list[Product] = []
        self._given: list[Follows] = []
        self.problems: Final = Numbers()
        """Of each set, which of `PROBLEMS` it is."""
        self.meetings: Final = Meetings(sources, self._alone, self._beside)
        self.meetings.add_atoms(len(_ANSWERS) * len(self._ids))
        self._sets = Sets[Given](self._learn, sources)
        # The first is that of a null in a dictionary of lists, and of every row without a column.
        listed = columns.affirmed is not None or columns.denied is not None
        first = frozenset({_NOT_TOLD}) if listed else frozenset[Given]()
        numbers = self._sets.numbers([first, frozenset()])
        self._nothing = int(numbers[1])
        self._sets.learned(numbers)
        self._groups = [
            (names, Steps(self._sets, _ways(names).__getitem__)) for names in _groups(columns.facts)
        ]
        self._lists = [
            _Answered(self._sets, name, answer)
            for name, answer in ((columns.affirmed, True), (columns.denied, False))
            if name is not None
        ]

    def add_products(self, products: Sequence[Product]) -> None:
        """Let the next columns be of `products`."""
        self._products += products
        self.meetings.add_products(len(products))

    def numbers(self, batch: pa.RecordBatch) -> Ids | None:
        """The set of each row; None where all are 0: nobody was asked anything."""
        if not self._groups and not self._lists:
            return None
        sets = np.full(batch.num_rows, self._nothing, np.int32)
        for names, steps in self._groups:
            labels = np.zeros(batch.num_rows, np.uint8)
            for name in names:
                labels *= len(_WAYS)
                labels += answers(batch.column(self._columns.facts[name]))
            sets = steps.take(sets, labels, len(_WAYS) ** len(names))
        for number, one in enumerate(self._lists):
            array = batch.column(one.column)
            if number == 0 and not self._groups and pa.types.is_dictionary(array.type):
                places, of_places = one.dictionaries.places(array)
                if len(self._lists) == 1:
                    return self._sets.learned(of_places).take(places)
                sets = of_places.take(places)
            else:
                one.add(sets, array)
        return self._sets.learned(sets)

    def answered(self, number: int) -> tuple[AnsweredFact, ...]:
        """The answers of the set of that number."""
        known = self._formulary.conditions
        return tuple(
            AnsweredFact(key, known[key].name, answer)
            for key, answer in map(self._said, members(self._atoms(self._given[number])))
            if answer is not None
        )

    def _learn(self, sets: Sequence[frozenset[Given]]) -> None:
        found = [self._read(given) for given in sets]
        for one in found:
            self.problems.append(one.problem)
        self._given += found
        self.meetings.add_sets([self._atoms(one) for one in found])

    def _read(self, given: frozenset[Given]) -> Follows:
        """What follows from what was answered about one patient.

        Where some of it cannot be, the rest holds, so that a refusal stays one: of two answers that
        contradict each other the yes, and nothing is denied that was not asked.
        """
        yes, no = 0, 0
        problems: set[int] = set()
        for one in given - {_NOT_TOLD}:
            found = self._of_one(one)
            yes, no = yes | found.yes, no | found.no
            problems.add(found.problem)
        if yes & no:
            problems.add(_CONTRADICTION)
        if any(problems):
            return Follows(min(filter(None, problems)), yes, no & ~yes)
        if self._columns.nothing_else and _NOT_TOLD not in given:
            return self._with_nothing_else(given, yes)
        return Follows(0, yes, no)

    def _of_one(self, given: Given) -> Follows:
        """What follows from one answer."""
        found = self._follows.get(given)
        if found is None:
            name, answer = given
            if name is None:
                found = Follows(_MISSING, 0, 0)
            elif not knows_condition(self._formulary, name):
                found = Follows(_UNKNOWN, 0, 0)
            else:
                found = self._of_patient({name: answer}, nothing_else=False)
            self._follows[given] = found
        return found

    def _of_patient(self, facts: dict[str, bool | None], *, nothing_else: bool) -> Follows:
        patient = self._formulary.patient(facts=facts, nothing_else=nothing_else)
        yes, no = (
            sum(1 << self._conditions[key] for key in keys)
            for keys in (patient.affirmed, patient.denied)
        )
        return Follows(0, yes, no)

    def _with_nothing_else(self, given: frozenset[Given], yes: int) -> Follows:
        asked = {name: answer for name, answer in given if name and answer is not None}
        left = {name: None for name, answer in given if name and answer is None}
        if left:  # what is not asked is not denied, nor what it would follow from
            return self._of_patient({**left, **asked}, nothing_else=True)
        return Follows(0, yes, ~yes & ((1 << len(self._conditions)) - 1))

    def _atoms(self, found: Follows) -> int:
        """A bit for each condition with its answer: first all that were not asked, then the yes."""
        many = len(self._ids)
        unasked = ~(found.yes | found.no) & ((1 << many) - 1)
        return unasked | found.yes << many | found.no << 2 * many

    def _said(self, atom: int) -> tuple[str, Answer | None]:
        answer, condition = divmod(atom, len(self._ids))
        return self._ids[condition], _ANSWERS[answer]

    def _atom(self, condition: str, answer: Answer | None) -> int:
        return len(self._ids) * _ANSWERS.index(answer) + self._conditions[condition]

    def _alone(self, atom: int) -> int:
        return self._planes.fact(*self._said(atom))

    def _beside(self, atoms: Sequence[int], first: int) -> Mapping[int, Mapping[int, int]]:
        """What is said of the products from `first` on, of every atom: they come all at once."""
        found: dict[int, dict[int, int]] = defaultdict(dict)
        for position, product in enumerate(self._products[first:] if atoms else (), first):
            for said, word in self._planes.product_facts(product).items():
                found[self._atom(*said)][position] = word
        return found


def knows_condition(formulary: Formulary, name: str) -> bool:
    """Whether the formulary knows a condition of that id or name."""
    try:
        formulary.patient(facts={name: None})
    except ValueError:
        return False
    return True


def _groups(facts: Iterable[str]) -> list[tuple[str, ...]]:
    names = tuple(facts)
    return [names[n : n + _TOGETHER] for n in range(0, len(names), _TOGETHER)]


def _ways(names: tuple[str, ...]) -> list[tuple[Given, ...]]:
    """The ways in which those conditions can be answered together, the last the fastest."""
    ways = combinations_of(_WAYS, repeat=len(names))
    return [tuple(zip(names, way, strict=True)) for way in ways]
