"""The lines of a mixture, what may take their places, and what is said of what is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations, product
from typing import Final

from mesomix.model import Product
from mesomix.planes import OPEN, WIDTH, Planes
from mesomix.report import Verdict
from mesomix.request import Component, Mixture, Patient, mixture_of
from mesomix.vocabulary import Effect

KEPT: Final = -1
DROPPED: Final = -2
Choice = tuple[int, ...]
"""Of each line: KEPT, DROPPED, or the number of what takes its place."""

MOST_REMEMBERED: Final = 100_000
"""So many answers about whole mixtures are kept; then they start anew."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the mixture, or a product that may take the place of one."""

    component: Component
    effects: frozenset[Effect]
    """Those that the mixture had as it was written."""
    word: int
    """What is said of it for the patient, whatever else is in the mixture."""
    mixed: int
    """What is said of its products beside that where another product is mixed with them."""


class Lines:
    """Words of a mixture for a patient after any change. Items have numbers, lines the first."""

    def __init__(
        self,
        planes: Planes,
        asked: tuple[Mixture, Patient | None],
        replacing: Sequence[Sequence[Product]],
        objecting: int,
    ) -> None:
        """Of each line, `replacing` has what may take its place; `objecting` are bits of a word."""
        self.planes: Final = planes
        self.written, self._patient = asked
        self.objecting: Final = objecting
        self.always: Final = planes.patient(self._patient)
        """What is said of the patient, whatever is mixed."""
        self.effects: Final = frozenset(e for p in self.written.products for e in p.effects)
        self._opens = sum(1 << (n * WIDTH + OPEN) for n in range(len(planes.rulebook)))
        self.items: Final = [self._item(component) for component in self.written.components]
        self.numbers: Final = range(len(self.items))
        """Those of the lines."""
        self.replacing: Final[Sequence[Sequence[int]]] = self._replacements(replacing)
        """The numbers of what may take the place of each line: not what is refused by itself."""
        several = any(len(component.products) > 1 for component in self.written.components)
        self._each_counts_once = not several and self.written.count_at_most == len(
            self.written.components
        )
        """Whether no line is several products, and no two are one."""
        self._met: dict[tuple[int, int], int] = {}
        self._words: dict[Choice, int] = {}

    def _item(self, component: Component) -> Item:
        products = tuple(dict.fromkeys(component.products))
        word = mixed = 0
        for one in products:
            word |= self.planes.product(one) | self.planes.met(one, self._patient)
            mixed |= self.planes.mixed(one)
        for one, other in combinations(products, 2):
            word |= mixed | self.planes.pair(one, other)
        if not products or component.read.unread:
            # Whatever could not be judged here cannot be anywhere.
            unmeasured = Component(component.read, component.products)
            alone = Mixture((unmeasured,), self.planes.edition)
            word |= self.planes.mixture(alone) & self._opens
        effects = frozenset(effect for one in products for effect in one.effects)
        return Item(component, effects & self.effects, word, mixed)

    def _replacements(self, replacing: Sequence[Sequence[Product]]) -> list[list[int]]:
        numbers: dict[Product, int] = {}
        for one in dict.fromkeys(chain.from_iterable(replacing)):
            (component,) = mixture_of([one], self.planes.edition).components
            item = self._item(component)
            if not item.word & self.objecting:
                numbers[one] = len(self.items)
                self.items.append(item)
        return [[numbers[one] for one in several if one in numbers] for several in replacing]

    # What is left after changes.

    def left(self, choice: Choice) -> list[int]:
        """The numbers of what the mixture has then."""
        return [line if n == KEPT else n for line, n in enumerate(choice) if n != DROPPED]

    def mixture(self, choice: Choice) -> Mixture:
        """The mixture that it is then. What is asked of effects and of the day stays."""
        components = tuple([self.items[number].component for number in self.left(choice)])
        mine = self.written
        return Mixture(components, mine.edition, mine.effects, mine.per_day)

    def effects_of(self, numbers: Sequence[int]) -> frozenset[Effect]:
        """The effects of the mixture as it was written that these have."""
        return frozenset[Effect]().union(*[self.items[number].effects for number in numbers])

    # What is said of it.

    def objects(self, choice: Choice) -> bool:
        """Whether anything objects to what is left, or no product is left that is known."""
        if not any(self.items[number].component.products for number in self.left(choice)):
            return True
        return bool(self.word(choice) & self.objecting)

    def verdict(self, choice: Choice) -> Verdict:
        """The verdict on what is left."""
        return self.planes.verdict(self.word(choice))

    def word(self, choice: Choice) -> int:
        """All that is said of what is left."""
        word = self._words.get(choice)
        if word is None:
            if len(self._words) >= MOST_REMEMBERED:
                self._words.clear()
            word = self._words[choice] = self._word(choice)
        return word

    def listed(self, choice: Choice) -> int:
        """What is said of any plain mixture that lists as much as is left."""
        return self.planes.listed(self.mixture(choice).count_at_most) or 0

    def most_lines(self, numbers: range, mask: int) -> int:
        """The most of these numbers of lines of which nothing in `mask` is said; 0 for none."""
        if not self._each_counts_once:
            return numbers[-1]
        allowed = [n for n in numbers if not (self.planes.listed(n) or 0) & mask]
        return max(allowed, default=0)

    def _word(self, choice: Choice) -> int:
        left = self.left(choice)
        said = self.always | self.said(left)
        listed = self.planes.listed(len(left)) if self.written.plain else None
        if listed is None:
            return said | self.planes.mixture(self.mixture(choice))
        return said | listed

    def said(self, numbers: Sequence[int]) -> int:
        """What is said of these and of each two of them, whatever else is in the mixture."""
        word = 0
        for position, number in enumerate(numbers):
            word |= self.items[number].word | self.beside(numbers[:position], number)
        return word

    def beside(self, present: Sequence[int], number: int) -> int:
        """What is said of one with each of those present, beside what each is by itself."""
        word = 0
        for other in present:
            word |= self.together(other, number)
        return word

    def together(self, one: int, other: int) -> int:
        """What is said of two beside what is said of each by itself."""
        pair = (one, other) if one < other else (other, one)
        if pair[0] >= len(self.numbers):
            mixed = self.items[one].mixed | self.items[other].mixed
            return mixed | self._of_replacements.get(pair, 0)
        word = self._met.get(pair)
        if word is None:
            word = self._met[pair] = self._met_by(*pair)
        return word

    def _met_by(self, one: int, other: int) -> int:
        first, second = self.items[one], self.items[other]
        word = 0
        for a, b in product(first.component.products, second.component.products):
            if a is not b:
                word |= first.mixed | second.mixed | self.planes.pair(a, b)
        return word

    @cached_property
    def _of_replacements(self) -> dict[tuple[int, int], int]:
        """What is said of two products that may both take the place of a line."""
        lines = len(self.numbers)
        several = [one for item in self.items[lines:] for one in item.component.products]
        words = self.planes.pairs(several)
        return {(one + lines, other + lines): word for (one, other), word in words.items()}
