"""Words of `Planes` as rows of 64-bit numbers, which numpy gathers and unites a block at a time.

A row has two numbers for each 61 rules: which of them object and are sure, and which cannot tell.
Of the first number, the two highest bits say that the answer is a refusal, and that it is a review
at least; of the second, the highest says that a rule could not run that may have moved the verdict.
Bit 61 is no rule: in a table it marks what is not known yet.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mesomix.batch.columns import RULES_IN_COLUMN
from mesomix.planes import OPEN, UNSURE, WIDTH, Planes

Words = NDArray[np.uint64]
"""Rows of words: (how many, `Layout.width`)."""
Ids = NDArray[np.int64]

REFUSES: Final = np.uint64(1 << 63)
REVIEWS: Final = np.uint64(1 << 62)
OPENS: Final = np.uint64(1 << 63)
"""Of the second number of a row."""
HOLE: Final = np.uint64(1 << 61)
RULE_BITS: Final = np.uint64((1 << RULES_IN_COLUMN) - 1)

_SURE: Final = (1 << UNSURE) - 1
_UNSURE: Final = (1 << OPEN) - 1 - _SURE


class Layout:
    """How the words of one rulebook are laid out."""

    def __init__(self, planes: Planes) -> None:
        self._rules = len(planes.rulebook)
        open_rules = sum(1 << (WIDTH * number + OPEN) for number in range(self._rules))
        self._marks = (
            (planes.refusing, 0, REFUSES),
            (planes.reviewing, 0, REVIEWS),
            (open_rules, 1, OPENS),
        )
        self._parts = max(1, -(-self._rules // RULES_IN_COLUMN))
        self.width: Final = 2 * self._parts

    def rows(self, words: Sequence[int]) -> Words:
        """`words`, a row each."""
        numbers: dict[int, int] = {}  # most of them are the same few
        places = [numbers.setdefault(word, len(numbers)) for word in words]
        return self._rows([*numbers]).take(np.array(places, np.int64), axis=0)

    def _rows(self, words: Sequence[int]) -> Words:
        rows = np.zeros((len(words), self.width), np.uint64)
        joined = b"".join([word.to_bytes(self._rules, "little") for word in words])
        of_rules = np.frombuffer(joined, np.uint8).reshape(len(words), self._rules)
        assert WIDTH == 8  # noqa: PLR2004, S101 (a rule is a byte)
        for part in range(self._parts):
            start = part * RULES_IN_COLUMN
            these = of_rules[:, start : start + RULES_IN_COLUMN]
            rows[:, 2 * part] = _as_bits(these & _SURE)
            rows[:, 2 * part + 1] = _as_bits(these & _UNSURE)
        for mask, number, mark in self._marks:
            rows[[bool(word & mask) for word in words], number] |= mark
        return rows

    def nothing(self, count: int) -> Words:
        """So many rows that say nothing."""
        return np.zeros((count, self.width), np.uint64)

    def holes(self, count: int) -> Words:
        """So many rows that are not known yet."""
        # In each number of a row: one thread may read it while another writes it.
        return np.full((count, self.width), HOLE, np.uint64)


def _as_bits(says: NDArray[np.integer]) -> NDArray[np.uint64]:
    """Of each row, one number that has a bit where the row has anything."""
    padded = np.zeros((len(says), 64), bool)
    padded[:, : says.shape[1]] = says != 0
    return np.packbits(padded, axis=1, bitorder="little").view("<u8").ravel().astype(np.uint64)


def has_holes(words: Words) -> bool:
    """Whether any row is not known yet."""
    return bool(np.bitwise_or.reduce(words, axis=None) & HOLE)


def verdicts(words: Words) -> NDArray[np.int8]:
    """0 for refuse, 1 for review, 2 for no objection: the order of `Verdict`."""
    first = words[:, 0]
    milder = (first < REFUSES).view(np.int8)
    milder += (first < REVIEWS).view(np.int8)
    return milder


def opens(words: Words) -> NDArray[np.bool_]:
    """Whether a rule could not run, and that may have moved the verdict."""
    return words[:, 1] >= OPENS


def masks(words: Words) -> list[NDArray[np.int64]]:
    """Which rules are sure and which cannot tell, by turns, for each 61 rules."""
    columns = words.shape[1]
    return [(words[:, number] & RULE_BITS).view(np.int64) for number in range(columns)]
