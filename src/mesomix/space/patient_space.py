"""The mixtures of a space, as the rules judge them for one patient."""

from collections.abc import Iterator
from functools import reduce
from itertools import combinations
from operator import or_
from typing import TYPE_CHECKING, Final

from mesomix.report import Verdict
from mesomix.space.counting import Sizes, all_of, less, members
from mesomix.space.said import Said

if TYPE_CHECKING:
    from mesomix.space.space import Space

LARGEST: Final = 3
"""A mixture of more products is refused, whatever is in it."""

Numbers = tuple[int, ...]
"""A mixture: the numbers of its products, in order."""


class PatientSpace:
    """How many mixtures, and which, have a verdict or a finding. Made by `Space.of`."""

    def __init__(self, space: "Space", said: Said) -> None:
        self.space: Final = space
        one, two, three = space.listed
        self.always: Final = (one | said.always, two | said.always, three | said.always)
        """The words of every mixture of one product, of two, and of three."""
        self.alone: Final = Said.together([space.alone, said])
        """What is said of the products, whatever they are mixed with."""
        self.mixed: Final = Said.together([self.alone, space.mixed])
        """What is said of them where they are mixed with anything."""
        self._clean: dict[int, tuple[int, int]] = {}

    # How many.

    def clean(self, mask: int, among: int | None = None) -> Sizes:
        """How many mixtures there are of which nothing in `mask` is said, by their sizes.

        With `among`, of mixtures of these products only.
        """
        alone, mixed = self.clean_products(mask)
        if among is not None:
            alone, mixed = alone & among, mixed & among
        counts = [alone.bit_count(), *self.space.conflicts(mask).without(mixed)[1:]]
        for numbers, word in self.space.whole.items():
            size = len(numbers)
            if word & mask and self._is_clean(numbers, alone if size == 1 else mixed, mask):
                counts[size - 1] -= 1
        one, two, three = (
            0 if always & mask else count for always, count in zip(self.always, counts, strict=True)
        )
        return one, two, three

    def verdicts(self, among: int | None = None) -> dict[Verdict, Sizes]:
        """How many mixtures have each verdict; with `among`, of mixtures of these products only."""
        planes = self.space.planes
        every = self.space.sizes if among is None else all_of(among.bit_count())
        not_refused = self.clean(planes.refusing, among)
        no_objection = self.clean(planes.reviewing, among)
        return {
            Verdict.REFUSE: less(every, not_refused),
            Verdict.REVIEW: less(not_refused, no_objection),
            Verdict.NO_OBJECTION: no_objection,
        }

    def said(self) -> int:
        """All that is said of any mixture."""
        several = (*self.always, *self.mixed.products, *self.space.whole.values())
        return reduce(or_, several, self.space.paired)

    def clean_products(self, mask: int) -> tuple[int, int]:
        """The products of which nothing in `mask` is said alone, and where they are mixed."""
        found = self._clean.get(mask)
        if found is None:
            everything = self.space.everything
            found = everything & ~self.alone.of(mask), everything & ~self.mixed.of(mask)
            self._clean[mask] = found
        return found

    def _is_clean(self, numbers: Numbers, products: int, mask: int) -> bool:
        """Whether nothing in `mask` is said of its products, which `products` are, and pairs."""
        pairs = self.space.pairs
        return all(products >> number & 1 for number in numbers) and not any(
            pairs.get(pair, 0) & mask for pair in combinations(numbers, 2)
        )

    # Which.

    def clean_with(self, first: Numbers, mask: int) -> int:
        """The products that make a mixture with `first` of which nothing in `mask` is said.

        What only a rule about whole mixtures says (`Space.whole`) is not among it.
        """
        size = len(first) + 1
        if self.always[size - 1] & mask:
            return 0
        found = self.clean_products(mask)[size > 1]
        beside = self.space.conflicts(mask).beside
        for number in first:
            if not found >> number & 1:
                return 0
        for number in first:
            found &= ~(beside.get(number, 0) | 1 << number)
        if size == LARGEST and beside.get(first[0], 0) >> first[1] & 1:
            return 0
        return found

    def word(self, numbers: Numbers) -> int:
        """All that is said of one mixture."""
        said = self.mixed if len(numbers) > 1 else self.alone
        word = self.always[len(numbers) - 1] | self.space.whole.get(numbers, 0)
        for bit, products in said.products.items():
            if any(products >> number & 1 for number in numbers):
                word |= bit
        for pair in combinations(numbers, 2):
            word |= self.space.pairs.get(pair, 0)
        return word

    def mixtures(self, verdict: Verdict | None = None) -> Iterator[tuple[Numbers, int]]:
        """Each mixture with its word, the smaller first; with `verdict`, those that have it."""
        number_of_products = len(self.space.products)
        alone, mixed = self.alone.words(number_of_products), self.mixed.words(number_of_products)
        pairs, whole, verdict_of = self.space.pairs, self.space.whole, self.space.planes.verdict
        for size in range(LARGEST):
            words = mixed if size else alone
            for first in combinations(range(number_of_products), size):
                known = self.always[size]
                for number in first:
                    known |= words[number]
                for pair in combinations(first, 2):
                    known |= pairs.get(pair, 0)
                for last in members(self._lasts(first, verdict)):
                    numbers = (*first, last)
                    word = known | words[last] | whole.get(numbers, 0)
                    for number in first:
                        word |= pairs.get((number, last), 0)
                    if verdict is None or not whole or verdict_of(word) is verdict:
                        yield numbers, word

    def _lasts(self, first: Numbers, verdict: Verdict | None) -> int:
        """The products after those of `first` that make a mixture of that verdict with them."""
        planes = self.space.planes
        after = self.space.everything & -1 << first[-1] + 1 if first else self.space.everything
        if verdict is None or self.space.whole:
            return after
        no_objection = self.clean_with(first, planes.reviewing) & after
        if verdict is Verdict.NO_OBJECTION:
            return no_objection
        not_refused = self.clean_with(first, planes.refusing) & after
        return after & ~not_refused if verdict is Verdict.REFUSE else not_refused & ~no_objection
