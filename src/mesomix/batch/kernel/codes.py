"""Words of `Planes` as codes of few bits, which numpy gathers and unites a block at a time.

Of the many bits that words could have, few ever occur in a table: each that does gets a bit of a
code, thirty-two to a layer, in the order in which they are met. So large tables fit into the
caches, and the union of codes means that of the words.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mesomix.batch.columns import RULES_IN_COLUMN
from mesomix.planes import OPEN, UNSURE, WIDTH, Planes

Layer = NDArray[np.uint32]
Table = NDArray[np.uint32]
"""Codes that are looked up: the first axis is that of the layers."""
Ids = NDArray[np.int32]
Places = NDArray[np.intp]

REFUSES: Final = np.uint32(1)
REVIEWS: Final = np.uint32(2)
"""In the first layer: that the answer is a refusal, and that it is a review at least."""
OPENS: Final = np.uint32(4)
"""That a rule could not run that may have moved the verdict."""
HOLE: Final = np.uint32(8)
"""What is not known yet."""
_MARKS: Final = 4

BITS: Final = 32
_HALF: Final = 16
"""The bits that are expanded at once."""
_LOW: Final = np.uint32((1 << _HALF) - 1)
_SURE: Final = (1 << UNSURE) - 1
_UNSURE: Final = (1 << OPEN) - 1 - _SURE


class Codes:
    """The codes of the words of one rulebook, as far as they were met. They only ever get more.

    Who asks for those of words has the lock of `Sources`.
    """

    def __init__(self, planes: Planes) -> None:
        self._rules = len(planes.rulebook)
        self._opens = sum(1 << (WIDTH * number + OPEN) for number in range(self._rules))
        self._planes = planes
        self._places: dict[tuple[int, int], int] = {}
        self._known: dict[int, int] = {0: 0}
        """The code of each word, all of its layers in one number."""
        self.columns: Final = 2 * max(1, -(-self._rules // RULES_IN_COLUMN))
        """Which rules are sure and which cannot tell, by turns, for each 61 rules."""
        self._masks: list[NDArray[np.int64]] = []
        """Of each half of a layer, by column and by its bits, the rules that these mean."""
        for _ in range(_MARKS):
            self._add(0, 0)

    def of(self, words: Sequence[int]) -> Table:
        """The codes of some words: (layers, words), with as many layers as these need."""
        return in_layers([self.of_word(word) for word in words])

    def of_word(self, word: int) -> int:
        """The code of a word, all of its layers in one number."""
        code = self._known.get(word)
        if code is None:
            code = 0
            planes = self._planes
            for mask, mark in (
                (planes.refusing, REFUSES),
                (planes.reviewing, REVIEWS),
                (self._opens, OPENS),
            ):
                code |= int(mark) if word & mask else 0
            for column, bit in self._rules_in(word):
                place = self._places.get((column, bit))
                if place is None:
                    place = self._places[column, bit] = self._add(column, 1 << bit)
                code |= 1 << place
            self._known[word] = code
        return code

    def masks(self, codes: Sequence[Layer]) -> list[NDArray[np.int64]]:
        """Which rules are sure and which cannot tell, by turns, for each 61 rules."""
        found: list[NDArray[np.int64] | None] = [None] * self.columns
        halves = (half for layer in codes for half in (layer & _LOW, layer >> _HALF))
        for of_half, half in zip(self._masks, halves, strict=False):
            for column, of_bits in enumerate(of_half):
                if of_bits[-1]:
                    said, before = of_bits.take(half), found[column]
                    found[column] = said if before is None else np.bitwise_or(said, before, said)
        nothing = np.zeros(len(codes[0]), np.int64)
        return [nothing if one is None else one for one in found]

    def _rules_in(self, word: int) -> Iterator[tuple[int, int]]:
        """The column and the bit of each rule that says anything in `word`."""
        for number, says in enumerate(word.to_bytes(self._rules, "little")):
            part, bit = divmod(number, RULES_IN_COLUMN)
            if says & _SURE:
                yield 2 * part, bit
            if says & _UNSURE:
                yield 2 * part + 1, bit

    def _add(self, column: int, rule: int) -> int:
        """The place of another bit: of a column, and what it adds there.

        The rules that are sure have the low half of a layer, and those that cannot tell the high
        one, as far as there is room: a half in which nothing is of a column is not expanded for it.
        """
        places = [n for n, half in enumerate(self._masks) if half.shape[1] < 1 << _HALF]
        if not places:
            places = [len(self._masks), len(self._masks) + 1]
            self._masks += [np.zeros((self.columns, 1), np.int64) for _ in places]
        place = min(places, key=lambda n: (n - column) % 2)
        masks = self._masks[place]
        with_bit = masks.copy()
        with_bit[column] |= rule
        self._masks[place] = np.concatenate([masks, with_bit], axis=1)
        return _HALF * place + masks.shape[1].bit_length() - 1


def in_layers(codes: Sequence[int]) -> Table:
    """Codes that are one number each, as a table: (layers, codes)."""
    numbers = {code: number for number, code in enumerate(dict.fromkeys(codes))}
    layers = max(1, -(-max(codes, default=0).bit_length() // BITS))
    parts = [[code >> BITS * n & (1 << BITS) - 1 for code in numbers] for n in range(layers)]
    different = np.array(parts, np.uint32).reshape(layers, len(numbers))
    places = np.array([numbers[code] for code in codes], np.intp)  # they are many, of few kinds
    return different.take(places, axis=1)


def unite(codes: list[Layer], table: Table, places: Sequence[NDArray[np.integer]]) -> None:
    """Add to `codes`, layer by layer, what stands in `table` at these places of each layer."""
    for number, layer in enumerate(table):
        if number == len(codes):
            codes.append(np.zeros_like(codes[0]))
        flat, united = layer.ravel(), codes[number]
        for one in places:
            united |= flat.take(one)


def with_room(table: Table, shape: tuple[int, ...]) -> Table:
    """`table` with nothing behind each of its sides, up to `shape` at least."""
    shape = tuple(map(max, table.shape, shape))
    if table.shape == shape:
        return table
    larger = np.zeros(shape, np.uint32)
    larger[tuple(map(slice, table.shape))] = table
    return larger


def holes(codes: Sequence[Layer]) -> Places:
    """Which are not known yet."""
    if not np.bitwise_or.reduce(codes[0]) & HOLE:
        return np.zeros(0, np.intp)
    return np.flatnonzero(codes[0] & HOLE)


def verdicts(codes: Sequence[Layer]) -> NDArray[np.int8]:
    """0 for refuse, 1 for review, 2 for no objection: the order of `Verdict`."""
    marks = codes[0].astype(np.uint8)
    milder = (marks & np.uint8(REFUSES)) ^ np.uint8(1)
    milder += milder & ((marks & np.uint8(REVIEWS)) == 0)
    return milder.view(np.int8)


def opens(codes: Sequence[Layer]) -> NDArray[np.bool_]:
    """Whether a rule could not run, and that may have moved the verdict."""
    return (codes[0] & OPENS) != 0
