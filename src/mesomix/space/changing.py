"""The search for the minimal changes of a mixture after which nothing objects to it any more.

What the rules say of the lines and products that are left holds whatever else is changed: a line
that is refused by itself has to be changed, and of two that object to each other one has to. What
they say of how many products there are is cured by dropping lines only, and by a swap for a line of
several. Only where they say more of the
whole mixture is every change of it asked about. The best changes are found first, however many
there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations, product
from typing import Final, NamedTuple

from mesomix.report import Verdict
from mesomix.space.lines import DROPPED, KEPT, Choice, Lines

OPEN_LINE: Final = -3
HELD: Final = -4
"""As an open line, which is not to be dropped any more."""
MOST_STEPS: Final = 100_000
"""After so many the search gives up, and says so."""


class Rank(NamedTuple):
    """What changes are ranked by, the most important first."""

    effects: int
    """How many effects of the mixture are kept: the more, the better."""
    changes: int
    """The fewer, the better."""
    verdict: Verdict
    """Of the mixture that is left; no objection is better than a review."""


@dataclass(frozen=True, slots=True)
class _Step:
    """What is decided next: a line, and what may become of it."""

    line: int
    may: tuple[int, ...]
    """Of KEPT, DROPPED and HELD."""
    may_be_replaced: bool = True


class Search:
    """Finds the changes of the lines of one mixture."""

    def __init__(self, lines: Lines, *, may_replace: bool = True) -> None:
        self._lines = lines
        self._may_replace = may_replace
        self._replacing = lines.replacing if may_replace else [()] * len(lines.numbers)
        self._unquestioned = [
            [number for number in numbers if not lines.items[number].word & lines.planes.reviewing]
            for numbers in self._replacing
        ]
        self._most = [
            max(len(lines.items[number].effects) for number in (line, *numbers))
            for line, numbers in enumerate(self._replacing)
        ]
        """The effects that what becomes of each line has at most."""
        self._steps = 0
        self.gave_up = False
        """Whether some changes were not looked at; to be asked once `found` is at its end."""

    def found(self) -> Iterator[tuple[Rank, Choice]]:
        """All minimal changes, the best first: each with its rank, and what becomes of each line.

        Nothing where the mixture needs no change, or no change helps. Where there is too much to
        look at, what dropping lines alone can do comes at the end, whatever its rank.
        """
        lines = self._lines
        whole = (KEPT,) * len(lines.numbers)
        if lines.always & lines.objecting or not lines.objects(whole):
            return
        told: set[Choice] = set()
        for rank, choice in self._ranked():
            told.add(choice)
            yield rank, choice
        if self.gave_up:
            dropping = Search(lines, may_replace=False)
            yield from ((rank, one) for rank, one in dropping.found() if one not in told)

    def _ranked(self) -> Iterator[tuple[Rank, Choice]]:
        lines = self._lines
        count = len(lines.numbers)
        verdicts = [Verdict.NO_OBJECTION, Verdict.REVIEW]
        if not lines.planes.reviewing & ~lines.objecting:
            verdicts.remove(Verdict.REVIEW)
        for rank in product(range(len(lines.effects), -1, -1), range(1, count + 1), verdicts):
            for choice in self._branch(Rank(*rank), (OPEN_LINE,) * count):
                yield Rank(*rank), choice

    def _branch(self, rank: Rank, choice: Choice) -> Iterator[Choice]:
        """The changes of that rank which `choice` begins."""
        self._steps += 1
        self.gave_up = self._may_replace and self._steps > MOST_STEPS
        forced = self._forced(choice)
        if self.gave_up or self._is_hopeless(rank, choice, forced):
            return
        if forced:
            step = _Step(forced[0], () if choice[forced[0]] == HELD else (DROPPED,))
        else:
            whole = tuple(KEPT if one in {OPEN_LINE, HELD} else one for one in choice)
            if not self._lines.objects(whole):
                # More changes would not be minimal.
                if self._has(rank, whole) and self._is_minimal(whole):
                    yield whole
                return
            step = self._step(choice, whole)
        if step is not None:
            for option in self._options(rank, choice, step):
                following = (*choice[: step.line], option, *choice[step.line + 1 :])
                yield from self._branch(rank, following)

    # Which line is next.

    def _forced(self, choice: Choice) -> list[int]:
        """The open lines that have to change, whatever becomes of the other open ones."""
        lines, decided = self._lines, self._decided(choice)
        return [
            line
            for line in _open(choice)
            if (lines.items[line].word | lines.beside(decided, line)) & lines.objecting
        ]

    def _step(self, choice: Choice, whole: Choice) -> _Step | None:
        """The next line, where none has to change; None where there is nothing left to decide."""
        lines, still_open = self._lines, _open(choice)
        for one, other in combinations(still_open, 2):
            if lines.together(one, other) & lines.objecting:
                return self._free(choice, one)
        if not lines.word(whole) & lines.objecting & ~lines.listed(whole):
            droppable = [line for line in still_open if choice[line] != HELD]
            for line in droppable:
                if len(lines.items[line].component.products) > 1:  # a swap leaves fewer as well
                    return self._free(choice, line)
            return _Step(droppable[0], (DROPPED, HELD), False) if droppable else None
        # A line without which less is said is more likely to be at fault.
        for line in still_open:
            without = (*whole[:line], DROPPED, *whole[line + 1 :])
            if not lines.objects(without):
                return self._free(choice, line)
        return self._free(choice, still_open[0]) if still_open else None

    def _free(self, choice: Choice, line: int) -> _Step:
        return _Step(line, (KEPT,) if choice[line] == HELD else (KEPT, DROPPED))

    def _options(self, rank: Rank, choice: Choice, step: _Step) -> Iterator[int]:
        """What may become of the next line, beside what was decided of others."""
        yield from step.may
        if not step.may_be_replaced:
            return
        lines, decided = self._lines, self._decided(choice)
        clear = rank.verdict is Verdict.NO_OBJECTION
        for number in (self._unquestioned if clear else self._replacing)[step.line]:
            if number not in decided and not lines.beside(decided, number) & lines.objecting:
                yield number

    # What it may lead to.

    def _is_hopeless(self, rank: Rank, choice: Choice, forced: list[int]) -> bool:
        """Whether nothing that begins with `choice` can be of that rank."""
        lines, still_open, decided = self._lines, _open(choice), self._decided(choice)
        changes = rank.changes - _changes(choice)
        if len(forced) > changes:
            return True
        clear = rank.verdict is Verdict.NO_OBJECTION
        mask = lines.planes.reviewing if clear else lines.objecting
        # Where no more may change, the other lines stay.
        stay = [line for line in still_open if line not in forced] if len(forced) == changes else []
        if (lines.always | lines.said([*decided, *stay])) & mask:
            return True
        longest = len(decided) + len(still_open)
        numbers = range(max(len(decided), longest - changes, 1), longest + 1)
        room = lines.most_lines(numbers, mask) - len(decided) if numbers else -1
        kept = lines.effects_of(decided)
        more = sorted([self._most[line] for line in still_open], reverse=True)
        return room < 0 or not len(kept) <= rank.effects <= len(kept) + sum(more[:room])

    def _decided(self, choice: Choice) -> list[int]:
        """The numbers of what was decided to be there."""
        return self._lines.left(
            tuple([DROPPED if one in {OPEN_LINE, HELD} else one for one in choice])
        )

    def _has(self, rank: Rank, choice: Choice) -> bool:
        """Whether the changes are of that rank."""
        kept = self._lines.effects_of(self._lines.left(choice))
        return (_changes(choice), len(kept)) == (rank.changes, rank.effects) and (
            self._lines.verdict(choice) is rank.verdict
        )

    def _is_minimal(self, choice: Choice) -> bool:
        """Whether something objects after each lesser part of the changes."""
        changed = [line for line, one in enumerate(choice) if one != KEPT]
        parts = chain.from_iterable(combinations(changed, n) for n in range(1, len(changed)))
        return all(
            self._lines.objects(
                tuple(one if line in part else KEPT for line, one in enumerate(choice))
            )
            for part in parts
        )


def _open(choice: Choice) -> list[int]:
    return [line for line, one in enumerate(choice) if one in {OPEN_LINE, HELD}]


def _changes(choice: Choice) -> int:
    return sum(one not in {OPEN_LINE, HELD, KEPT} for one in choice)
