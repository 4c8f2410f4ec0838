"""The mixtures themselves whose verdict changed, one after the other."""

from collections.abc import Iterable, Iterator
from itertools import compress
from typing import Final, NamedTuple

from mesomix.report import Verdict
from mesomix.space.causes import Cause
from mesomix.space.counting import members
from mesomix.space.joint import MILDEST_FIRST, Change, Joint, above
from mesomix.space.patient_space import LARGEST, Numbers, PatientSpace

FEW: Final = 8
"""So many members of a set are quicker found one by one than by going through all products."""
_TRUTH: Final = bytes.maketrans(b"01", b"\x00\x01")


class Changed(NamedTuple):
    """A mixture whose verdict changed: the ids of its products, and both verdicts."""

    products: tuple[str, ...]
    before: Verdict
    after: Verdict


def changed(joint: Joint, change: Change, causes: Iterable[Cause]) -> Iterator[Changed]:
    """The mixtures that changed so, each once; `causes` are all that this change has.

    Only mixtures are looked at that hold what a cause is about.
    """
    holding = 0
    for cause in causes:
        holding |= cause.left.alone | cause.left.mixed
        for one, _ in cause.left.pairs:
            holding |= 1 << one
        if cause.left.sizes or cause.left.mixtures:
            holding = joint.products
    return _holding(_Search(joint, change), holding)


def of_cause(joint: Joint, cause: Cause) -> Iterator[Changed]:
    """The mixtures of one cause, each once."""
    left = cause.left
    search = _Search(joint, cause.change)
    if left.pairs:
        return _with_pairs(search, left.pairs)
    if left.mixtures:
        return (
            search.named(numbers)
            for numbers in sorted(left.mixtures)
            if is_changed(joint, cause.change, numbers)
        )
    every = _holding(search, left.alone | left.mixed or joint.products)
    sizes = left.sizes or ({2, 3} if left.mixed else {1, 2, 3})
    return (one for one in every if len(one.products) in sizes)


def _holding(search: "_Search", holding: int) -> Iterator[Changed]:
    """The mixtures that hold at least one of these products."""
    for one in members(search.lasts((), holding)):
        yield search.named((one,))
    rest = search.products
    for held in members(holding):
        rest &= ~(1 << held)
        for other in members(search.lasts((held,), rest)):
            yield search.named(tuple(sorted((held, other))))
        for second in members(rest & search.possible(held)):
            yield from _with_two(search, held, second, rest)


def _with_two(search: "_Search", held: int, second: int, rest: int) -> Iterator[Changed]:
    """The mixtures of these two and a third of `rest` that comes after the second."""
    lasts = search.lasts((held, second), rest >> second + 1 << second + 1)
    if not lasts:
        return
    before, after = search.change
    one, two = search.ids[held], search.ids[second]
    if held < second:
        for last in search.named_each(lasts):
            yield Changed((one, two, last), before, after)
        return
    below = lasts & (1 << held) - 1
    for last in search.named_each(below):
        yield Changed((two, last, one), before, after)
    for last in search.named_each(lasts ^ below):
        yield Changed((two, one, last), before, after)


def _with_pairs(search: "_Search", pairs: frozenset[tuple[int, int]]) -> Iterator[Changed]:
    """The mixtures that hold at least one of these pairs."""
    for one, other in sorted(pairs):
        if search.lasts((one,), 1 << other):
            yield search.named((one, other))
        for third in members(search.lasts((one, other), search.products)):
            first, second, last = sorted((one, other, third))
            # With two of the pairs it is told at the first of them.
            if not any(
                pair < (one, other) and pair in pairs
                for pair in ((first, second), (first, last), (second, last))
            ):
                yield search.named((first, second, last))


def is_changed(joint: Joint, change: Change, numbers: Numbers) -> bool:
    """Whether that mixture changed so."""
    return all(
        judged.space.planes.verdict(judged.word(numbers)) is verdict
        for judged, verdict in zip((joint.old, joint.new), change, strict=True)
    )


class _Search:
    """Which products complete a mixture that changed so."""

    def __init__(self, joint: Joint, change: Change) -> None:
        self.change: Final = change
        self._joint = joint
        self.products: Final = joint.products
        self.ids: Final = joint.old.space.ids(range(joint.products.bit_length()))
        self._whole = bool(joint.old.space.whole or joint.new.space.whole)
        sides: list[tuple[PatientSpace, int, int | None]] = []
        for judged, verdict in zip((joint.old, joint.new), change, strict=True):
            place = MILDEST_FIRST.index(verdict)
            milder = above(judged, place - 1) if place else None
            sides.append((judged, above(judged, place), milder))
        self._sides = sorted(sides, key=lambda side: side[2] is not None)  # the mildest first

    def lasts(self, first: Numbers, within: int) -> int:
        """The products of `within` that make a mixture with `first` that changed so."""
        if self._whole:  # a rule looks at whole mixtures: each is looked at
            others = [number for number in members(within) if number not in first]
            return sum(
                1 << last
                for last in others
                if is_changed(self._joint, self.change, tuple(sorted((*first, last))))
            )
        for judged, worse, milder in self._sides:
            within &= judged.clean_with(first, worse)
            if milder is not None and within:
                within &= ~judged.clean_with(first, milder)
            if not within:
                return 0
        return within

    def possible(self, held: int) -> int:
        """The products that may be in a mixture of three with `held` that changed so."""
        found = self.products
        for judged, worse, _ in self._sides:
            clean = judged.clean_products(worse)[1]
            if judged.always[LARGEST - 1] & worse or not clean >> held & 1:
                return 0
            found &= clean & ~judged.space.conflicts(worse).beside.get(held, 0)
        return found

    def named(self, numbers: Numbers) -> Changed:
        """That mixture, by the ids of its products."""
        return Changed(tuple([self.ids[number] for number in numbers]), *self.change)

    def named_each(self, numbers: int) -> Iterator[str]:
        """The ids of a set of products, in order."""
        if numbers.bit_count() < FEW:
            return (self.ids[number] for number in members(numbers))
        return compress(self.ids, f"{numbers:b}"[::-1].encode().translate(_TRUTH))
