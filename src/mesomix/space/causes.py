"""Why the verdict of mixtures changed: the objections that went away, or came."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from mesomix.space.counting import Sizes, less, members
from mesomix.space.joint import MILDEST_FIRST, Change, Joint, Left, above, is_milder
from mesomix.space.objection import Objection, objections
from mesomix.space.patient_space import Numbers


class Of(StrEnum):
    """What an objection was about that went away, or came."""

    PRODUCT = "product"
    MIXED_PRODUCT = "mixed-product"
    """A product, where anything is mixed with it."""
    PAIR = "pair"
    MIXTURE = "mixture"
    """A whole mixture, of which a rule of a clinic's own speaks."""
    SIZE = "size"
    """Every mixture of one product, of two, or of three."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Objections that all went away of the same things, or came, and moved verdicts by that.

    Where a mixture became milder, everything that stood against it went away: each of these is a
    cause. So a mixture may have several causes, and is counted for each.
    """

    change: Change
    objections: tuple[Objection, ...]
    """What was said in the worse of the two verdicts, and beyond the milder one. The worst first.
    """
    of: Of
    about: tuple[tuple[str, ...], ...]
    """The ids of each product, each pair or each mixture of which it was said; of `Of.SIZE`, none.
    """
    sizes: Sizes
    """How many mixtures changed so that hold any of them, of one product, of two and of three."""
    left: Left = field(repr=False, compare=False)

    @property
    def mixtures(self) -> int:
        """How many mixtures changed so that hold any of them."""
        return sum(self.sizes)

    @property
    def named(self) -> tuple[tuple[str, ...], ...]:
        """What an acknowledgement names: `about`, or of `Of.SIZE` the sizes."""
        return self.about or tuple((str(size),) for size in sorted(self.left.sizes))

    def as_dict(self) -> dict[str, Any]:
        """The same in plain dicts, lists, texts and numbers, as JSON has them."""
        before, after = self.change
        return {
            "before": before.value,
            "after": after.value,
            "objections": [written(one) for one in self.objections],
            "of": self.of.value,
            "about": [list(ids) for ids in self.about],
            "mixtures": self.mixtures,
        }


def written(objection: Objection) -> str:
    """An objection as output has it, and as an acknowledgement repeats it."""
    if objection.certain is None:
        return f"{objection.rule}: not checked"
    return f"{objection.rule}: {objection.severity.value}{'' if objection.certain else ', unsure'}"


def causes_of(joint: Joint, change: Change) -> list[Cause]:
    """The causes of a change of verdict, those with the most mixtures first."""
    found: list[Cause] = []
    every = joint.changed(change)
    worse = joint.old if is_milder(change) else joint.new
    ids = worse.space.ids
    for of, by_word in _candidates(joint, change):
        for word, things in by_word.items():
            left = left_of(of, things)
            sizes = less(every, joint.changed(change, left))
            if any(sizes):
                about = () if of is Of.SIZE else tuple(ids(numbers) for numbers in things)
                said = objections(worse.space.planes, word)
                found.append(Cause(change, said, of, about, sizes, left))
    return sorted(found, key=lambda cause: (-cause.mixtures, cause.about))


ByWord = dict[int, list[Numbers]]
"""What a word was said of: one product, a pair, a mixture, or (for a size) the size itself."""


def _candidates(joint: Joint, change: Change) -> Iterator[tuple[Of, ByWord]]:
    """What was said beyond the milder verdict on the worse side, and is not on the other."""
    worse, milder = (joint.old, joint.new) if is_milder(change) else (joint.new, joint.old)
    place = min(map(MILDEST_FIRST.index, change))
    said, gone = above(worse, place), above(milder, place)
    clean_alone, clean_mixed = (found & joint.products for found in milder.clean_products(gone))
    for of, words, clean in (
        (Of.PRODUCT, worse.alone, clean_alone),
        (Of.MIXED_PRODUCT, worse.space.mixed, clean_mixed),
    ):
        by_word: defaultdict[int, list[Numbers]] = defaultdict(list)
        for number in members(words.of(said) & clean):
            by_word[words.word(number) & said].append((number,))
        yield of, by_word
    by_word = defaultdict(list)
    for word, pairs in worse.space.pairs_of.items():
        if word & said:
            by_word[word & said] += [
                (one, other)
                for one, other in pairs
                if clean_mixed >> one & clean_mixed >> other & 1
                and not milder.space.pairs.get((one, other), 0) & gone
            ]
    yield Of.PAIR, {word: pairs for word, pairs in by_word.items() if pairs}
    by_word = defaultdict(list)
    for numbers, word in worse.space.whole.items():
        clean = clean_mixed if len(numbers) > 1 else clean_alone
        if word & said and all(clean >> number & 1 for number in numbers):
            by_word[word & said].append(numbers)
    yield Of.MIXTURE, by_word
    by_word = defaultdict(list)
    for size, (word, other) in enumerate(zip(worse.always, milder.always, strict=True), 1):
        if word & said and not other & gone:
            by_word[word & said].append((size,))
    yield Of.SIZE, by_word


def left_of(of: Of, things: Iterable[Numbers]) -> Left:
    """All of them, to be left out."""
    if of is Of.PAIR:
        return Left(pairs=frozenset((one, other) for one, other in things))
    if of is Of.MIXTURE:
        return Left(mixtures=frozenset(things))
    if of is Of.SIZE:
        return Left(sizes=frozenset(size for (size,) in things))
    products = sum(1 << number for (number,) in things)
    return Left(alone=products) if of is Of.PRODUCT else Left(mixed=products)
