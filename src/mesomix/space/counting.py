"""How many mixtures there are of which no two products conflict, without visiting one.

Products are numbers from 0 on, and a set of them is an int with a bit for each. Of N products, of
which e pairs conflict, there are C(N, 3) - e(N - 2) + w - t threes without a conflict, where w is
the number of pairs of conflicts that share a product, and t that of threes in which each two
conflict: inclusion and exclusion, over one, two and three conflicts in a three.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import comb
from typing import Final

Sizes = tuple[int, int, int]
"""Of one product, of two, and of three."""

MOST_REMEMBERED: Final = 4_096
"""So many answers are kept of one set of conflicts, and of one knot; then they start anew."""


def all_of(products: int) -> Sizes:
    """How many mixtures of one, two and three there are of so many products."""
    return products, comb(products, 2), comb(products, 3)


def less(many: Sizes, fewer: Sizes) -> Sizes:
    """How many are left of `many` without `fewer`, by their sizes."""
    return many[0] - fewer[0], many[1] - fewer[1], many[2] - fewer[2]


def members(products: int) -> Iterator[int]:
    """The numbers in a set of products, in order."""
    while products:
        lowest = products & -products
        yield lowest.bit_length() - 1
        products ^= lowest


@dataclass(frozen=True, slots=True)
class _Class:
    """Products that conflict with the same others: equal, as far as counting goes."""

    products: int
    beside: int
    """Those outside the class that conflict with each of it."""
    clique: bool
    """Whether each two of them conflict as well; otherwise none do. True of a single product."""


@dataclass(frozen=True, slots=True)
class _Knot:
    """Classes that conflicts join, directly or through others; no conflict leads out of it.

    They are divided into crowds, in each of which any two products conflict (or which is one class
    in which none do). So most threes that conflict each with each are in one crowd, or have two of
    their products there, and are counted by the sizes of crowds.
    """

    products: int
    classes: tuple[_Class, ...]
    crowds: tuple[int, ...]
    """The products of the crowds of which each two conflict."""
    outside: tuple[tuple[int, int], ...]
    """A class, and those of another crowd that conflict with it."""
    apart: tuple[tuple[int, int, int], ...]
    """Two classes of different crowds that conflict, and what conflicts with both, and is in none
    of these two."""
    remembered: dict[int, Sizes] = field(default_factory=dict)

    def conflicts(self, allowed: int) -> Sizes:
        """How many conflicts `allowed` of its products have, and the `w` and `t` of them."""
        found = self.remembered.get(allowed)
        if found is None:
            if len(self.remembered) >= MOST_REMEMBERED:
                self.remembered.clear()
            found = *self._conflicts(allowed), self._threes(allowed)
            self.remembered[allowed] = found
        return found

    def _conflicts(self, allowed: int) -> tuple[int, int]:
        ends = paths = 0
        for one in self.classes:
            size = (one.products & allowed).bit_count()
            if size:
                degree = (one.beside & allowed).bit_count() + (size - 1 if one.clique else 0)
                ends += size * degree
                paths += size * comb(degree, 2)
        return ends // 2, paths

    def _threes(self, allowed: int) -> int:
        """How many threes conflict each with each."""
        within = sum(comb((crowd & allowed).bit_count(), 3) for crowd in self.crowds)
        for one, others in self.outside:
            within += (one & allowed).bit_count() * comb((others & allowed).bit_count(), 2)
        shared = 0
        for one, other, both in self.apart:
            third = (both & allowed).bit_count()
            if third:  # each three of different crowds is met from each of its three sides
                shared += (one & allowed).bit_count() * (other & allowed).bit_count() * third
        return within + shared // 3


class Conflicts:
    """Pairs of products, and how many mixtures hold none of them.

    Counting takes a step for each class of products that conflict with the same others, and not
    for each product or each conflict: a class of a thousand, of which each two conflict, is one.
    """

    def __init__(self, beside: Mapping[int, int]) -> None:
        """What conflicts with a product, by its number, from either of the two sides."""
        self.beside: Final = beside
        """Products without a conflict are not in it."""
        self._knots = tuple(_knots(_classes(beside)))
        self._remembered: dict[int, Sizes] = {}

    def without(self, allowed: int) -> Sizes:
        """How many mixtures of one, two and three products of `allowed` hold no conflict."""
        found = self._remembered.get(allowed)
        if found is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[allowed] = self._without(allowed)
        return found

    def _without(self, allowed: int) -> Sizes:
        edges = paths = threes = 0
        for knot in self._knots:
            here = knot.products & allowed
            if here & (here - 1):  # two of them at least
                found = knot.conflicts(here)
                edges += found[0]
                paths += found[1]
                threes += found[2]
        one, two, three = all_of(allowed.bit_count())
        return one, two - edges, three - edges * (one - 2) + paths - threes


def beside_of(pairs: Collection[tuple[int, int]]) -> dict[int, int]:
    """What conflicts with each product of `pairs`, as sets of products."""
    beside: defaultdict[int, int] = defaultdict(int)
    # To make the bit of a product anew, for each of its conflicts, takes as long as all the rest.
    bits = [1 << number for number in range(1 + max(map(max, pairs), default=0))]
    for one, other in pairs:
        beside[one] |= bits[other]
        beside[other] |= bits[one]
    return dict(beside)


def either(several: Iterable[Mapping[int, int]]) -> dict[int, int]:
    """What conflicts with each product in any of `several`."""
    found: dict[int, int] = {}
    for beside in several:
        for product, others in beside.items():
            found[product] = found.get(product, 0) | others
    return found


def _classes(beside: Mapping[int, int]) -> list[_Class]:
    """Products with the same conflicts, as one class each.

    Two that conflict are equal where each conflicts with the other and with the same third ones;
    two that do not, where they conflict with the same. No product is equal to others in both ways.
    """
    apart: defaultdict[int, int] = defaultdict(int)
    together: defaultdict[int, int] = defaultdict(int)
    for product, others in beside.items():
        apart[others] |= 1 << product
        together[others | 1 << product] |= 1 << product
    cliques = [
        _Class(products, everything & ~products, clique=True)
        for everything, products in together.items()
        if products & (products - 1)
    ]
    in_a_clique = 0
    for one in cliques:
        in_a_clique |= one.products
    rest = [
        _Class(products, others, clique=not products & (products - 1))
        for others, products in apart.items()
        if not products & in_a_clique
    ]
    return cliques + rest


def _knots(classes: list[_Class]) -> Iterator[_Knot]:
    """The classes by what conflicts join."""
    of = {product: one for one in classes for product in members(one.products)}
    done = 0
    for start in classes:
        if start.products & done:
            continue
        joined, reached = [start], start.products
        for one in joined:  # which grows
            for other in _classes_in(one.beside & ~reached, of):
                reached |= other.products
                joined.append(other)
        yield _knot(reached, joined, of)
        done |= reached


def _classes_in(products: int, of: dict[int, _Class]) -> Iterator[_Class]:
    """The classes that `products` are; `of` has the class of each."""
    while products:
        one = of[products.bit_length() - 1]
        yield one
        products &= ~one.products


def _knot(products: int, classes: list[_Class], of: dict[int, _Class]) -> _Knot:
    """The classes that are joined, with what of their conflicts is counted one by one."""
    crowds = tuple(_crowds(products, classes, of))
    in_crowd = {product: crowd for crowd in crowds for product in members(crowd)}
    conflict = tuple(crowd for crowd in crowds if of[crowd.bit_length() - 1].clique)
    outside: list[tuple[int, int]] = []
    apart: list[tuple[int, int, int]] = []
    for one in classes:
        mine = in_crowd[one.products.bit_length() - 1]
        around: set[int] = set()
        for other in _classes_in(one.beside & ~mine, of):
            theirs = in_crowd[other.products.bit_length() - 1]
            if other.clique:
                around.add(theirs)
            both = one.beside & other.beside & ~(mine | theirs)
            if both and one.products < other.products:  # each two once
                apart.append((one.products, other.products, both))
        for crowd in around:
            others = one.beside & crowd
            if others & (others - 1):
                outside.append((one.products, others))
    return _Knot(products, tuple(classes), conflict, tuple(outside), tuple(apart))


def _crowds(products: int, classes: list[_Class], of: dict[int, _Class]) -> Iterator[int]:
    """The products of the classes, divided: those of a crowd conflict, or are one class."""
    for one in sorted(classes, key=_degree, reverse=True):
        if one.products & products:
            crowd = one.products
            around = one.beside & products if one.clique else 0
            for other in sorted(_classes_in(around, of), key=_degree, reverse=True):
                if other.clique and other.products & around:
                    crowd |= other.products
                    around &= other.beside
            products &= ~crowd
            yield crowd


def _degree(one: _Class) -> int:
    """With how many products outside of it a class conflicts."""
    return one.beside.bit_count()
