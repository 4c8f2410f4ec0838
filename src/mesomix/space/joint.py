"""How the verdicts of the same mixtures go together in two spaces."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import chain, combinations
from operator import or_
from typing import Final

from mesomix.report import Verdict
from mesomix.space.counting import Conflicts, Sizes, beside_of, either, less
from mesomix.space.patient_space import Numbers, PatientSpace

MILDEST_FIRST: Final = (Verdict.NO_OBJECTION, Verdict.REVIEW, Verdict.REFUSE)

Change = tuple[Verdict, Verdict]
"""The verdict of a mixture in the old space and in the new one."""


def is_milder(change: Change) -> bool:
    """Whether the new verdict is the milder one."""
    before, after = map(MILDEST_FIRST.index, change)
    return after < before


@dataclass(frozen=True, slots=True)
class Left:
    """What mixtures are not to hold: those that do are left out."""

    alone: int = 0
    """Products, in any mixture."""
    mixed: int = 0
    """Products, in mixtures of two or three."""
    pairs: frozenset[tuple[int, int]] = frozenset()
    sizes: frozenset[int] = frozenset()
    """All mixtures of so many products."""
    mixtures: frozenset[Numbers] = frozenset()

    @staticmethod
    def together(several: Iterable["Left"]) -> "Left":
        """All that any of them leaves out."""
        every = tuple(several)
        return Left(
            reduce(or_, (one.alone for one in every), 0),
            reduce(or_, (one.mixed for one in every), 0),
            frozenset(chain.from_iterable(one.pairs for one in every)),
            frozenset(chain.from_iterable(one.sizes for one in every)),
            frozenset(chain.from_iterable(one.mixtures for one in every)),
        )

    def holds(self, numbers: Numbers) -> bool:
        """Whether a mixture is left out."""
        mixed = self.mixed if len(numbers) > 1 else 0
        return (
            any((self.alone | mixed) >> number & 1 for number in numbers)
            or any(pair in self.pairs for pair in combinations(numbers, 2))
            or len(numbers) in self.sizes
            or numbers in self.mixtures
        )


_NOTHING: Final = Left()


class Joint:
    """The mixtures of the first `common` products, which two spaces share, in the same order."""

    def __init__(self, old: PatientSpace, new: PatientSpace, common: int) -> None:
        self.old: Final = old
        self.new: Final = new
        self.products: Final = (1 << common) - 1
        self._conflicts: dict[tuple[int, int, frozenset[tuple[int, int]]], Conflicts] = {}

    def changes(self) -> Mapping[Change, Sizes]:
        """How many mixtures have each verdict in the old space and in the new one."""
        return {
            (before, after): self.changed((before, after))
            for before in MILDEST_FIRST
            for after in MILDEST_FIRST
        }

    def changed(self, change: Change, left: Left = _NOTHING) -> Sizes:
        """How many mixtures, but for those that are left out, have just these two verdicts."""
        before, after = map(MILDEST_FIRST.index, change)
        milder_after = less(
            self._at_most(before, after, left), self._at_most(before, after - 1, left)
        )
        milder_both = less(
            self._at_most(before - 1, after, left), self._at_most(before - 1, after - 1, left)
        )
        return less(milder_after, milder_both)

    def _at_most(self, before: int, after: int, left: Left) -> Sizes:
        """How many have no worse verdict than these, as places in MILDEST_FIRST."""
        if before < 0 or after < 0:
            return 0, 0, 0
        old_mask, new_mask = above(self.old, before), above(self.new, after)
        old_alone, old_mixed = self.old.clean_products(old_mask)
        new_alone, new_mixed = self.new.clean_products(new_mask)
        alone = self.products & old_alone & new_alone & ~left.alone
        mixed = self.products & old_mixed & new_mixed & ~(left.alone | left.mixed)
        conflicts = self._both(old_mask, new_mask, left.pairs)
        counts = [alone.bit_count(), *conflicts.without(mixed)[1:]]
        for numbers in self._single_ones(old_mask, new_mask, left):
            allowed = mixed if len(numbers) > 1 else alone
            if _holds_none(conflicts, numbers, allowed):
                counts[len(numbers) - 1] -= 1
        one, two, three = (
            0 if size in left.sizes or was & old_mask or now & new_mask else count
            for size, (was, now, count) in enumerate(
                zip(self.old.always, self.new.always, counts, strict=True), 1
            )
        )
        return one, two, three

    def _both(self, old_mask: int, new_mask: int, pairs: frozenset[tuple[int, int]]) -> Conflicts:
        old, new = self.old.space, self.new.space
        key = old_mask & old.paired, new_mask & new.paired, pairs
        found = self._conflicts.get(key)
        if found is None:
            was, now = old.conflicts(old_mask), new.conflicts(new_mask)
            found = Conflicts(either([was.beside, now.beside, beside_of(pairs)]))
            self._conflicts[key] = found
        return found

    def _single_ones(self, old_mask: int, new_mask: int, left: Left) -> set[Numbers]:
        """The mixtures that are objected to, or left out, as the whole that they are."""
        found = {numbers for numbers, word in self.old.space.whole.items() if word & old_mask}
        found.update(numbers for numbers, word in self.new.space.whole.items() if word & new_mask)
        return found.union(left.mixtures)


def above(judged: PatientSpace, place: int) -> int:
    """The bits of which any one makes a worse verdict than that place in MILDEST_FIRST has."""
    planes = judged.space.planes
    return (planes.reviewing, planes.refusing, 0)[place]


def _holds_none(conflicts: Conflicts, numbers: Numbers, allowed: int) -> bool:
    """Whether a mixture is of `allowed` products, of which no two conflict."""
    return all(allowed >> number & 1 for number in numbers) and not any(
        conflicts.beside.get(one, 0) >> other & 1 for one, other in combinations(numbers, 2)
    )
