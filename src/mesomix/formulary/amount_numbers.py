"""The numbers within a text, where it is sure which number is meant."""

import re
from collections.abc import Container, Sequence
from fractions import Fraction
from typing import Final

from mesomix.names import Token

_APART: Final = frozenset(":;()")
"""Between two numbers they part them."""
_FRACTIONS: Final = frozenset({(1, 2), (1, 3), (1, 4), (3, 4)})
"""Others may be ranges: "2/3 ampoules"."""
_WHOLE: Final = {
    **dict.fromkeys(("un", "une", "one", "an"), Fraction(1)),
    **dict.fromkeys(("deux", "two"), Fraction(2)),
    **dict.fromkeys(("trois", "three"), Fraction(3)),
    **dict.fromkeys(("quatre", "four"), Fraction(4)),
}
_PARTS: Final = {
    **dict.fromkeys(("demi", "demie", "half"), Fraction(1, 2)),
    **dict.fromkeys(("quart", "quarter"), Fraction(1, 4)),
}
NUMBERS_IN_WORDS: Final = frozenset([*_WHOLE, *_PARTS])
_LINKS: Final = frozenset({"d", "de", "of", "a", "an"})
TIMES: Final = frozenset({"x"})
_DECIMAL: Final = re.compile(r"(?:0|[1-9][0-9]{0,5})(?:[.,][0-9]{1,4})?")
"""Not "02", which may be 0,2 or 2."""
_THOUSANDS: Final = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
"""1,000 is one in French and a thousand in English."""
_BEFORE_A_NUMBER: Final = re.compile(r"(?:[\s()\[\]:;,=+&'’®™]|[-–—](?=\s))*")
_BEHIND_A_SIGN: Final = re.compile(r"[\s().,/*×]*")
_NOT_DIRECTLY_BEFORE: Final = re.compile(r"(?<!\.\.)[.,]$")
"""".5" and ",5" may be less than one; a row of points leads to the number."""


class Words:
    """The tokens of a text, of which those of names are out of reach."""

    def __init__(self, tokens: Sequence[Token], named: Container[int]) -> None:
        self.tokens = tokens
        self.named = named
        # Asked for several times a token: most of the time of reading an amount.
        self._words = [
            "" if position in named else token.word.strip() for position, token in enumerate(tokens)
        ]

    def word(self, at: int) -> str:
        """The word there; empty behind the end, and within a name."""
        return self._words[at] if 0 <= at < len(self._words) else ""

    def begins(self, at: int, words: Container[str]) -> bool:
        """Whether an amount may begin there: with a number, or with one of `words`."""
        word = self._words[at]
        return word[:1].isdigit() or word in words

    def gap(self, at: int) -> str:
        """What stands before the word there."""
        return self.tokens[at].gap if 0 <= at < len(self.tokens) else ""


def number_at(text: Words, at: int, *, behind_a_sign: bool = False) -> tuple[Fraction, int] | None:
    """The number that begins there, and the token behind it; None where it is not sure."""
    if not _may_begin(text, at, behind_a_sign=behind_a_sign):
        return None
    number = _decimal(text, at)
    if number is None:
        return None
    behind = at + 1
    over = _fraction(text, at)
    if over is not None:
        return over, behind + 1
    part = _fraction(text, behind) if text.gap(behind).isspace() else None
    if part is not None and number.denominator == 1:
        return number + part, behind + 2
    if not text.word(behind)[:1].isdigit() or is_times(text, behind):
        return (number, behind) if number else None
    return None  # "2-3 ml", "2 500 mg"


def number_in_words(text: Words, at: int) -> tuple[Fraction, int] | None:
    """The number that words are, and what is counted: "une demi-ampoule", "a quarter of an"."""
    word, behind = text.word(at), at + 1
    part = _PARTS.get(word)
    if part is None and word in {"un", "une", "a"} and text.word(behind) in _PARTS:
        part, behind = _PARTS[text.word(behind)], behind + 1
    if part is None:
        return (_WHOLE[word], behind) if word in _WHOLE else None
    while text.word(behind) in _LINKS:
        behind += 1
    return part, behind


def is_number_in_words(word: str) -> bool:
    """Whether that word is a number: "deux", "half"."""
    return word in NUMBERS_IN_WORDS


def and_a_half(text: Words, at: int) -> int:
    """How many words there say that there is half of one more: "et demie"; 0 when none do."""
    if text.word(at) in {"et", "and"} and text.word(at + 1) in {"demi", "demie"}:
        return 2
    return 3 if [text.word(at + n) for n in range(3)] == ["and", "a", "half"] else 0


def _may_begin(text: Words, at: int, *, behind_a_sign: bool) -> bool:
    """Whether what stands before a number leaves it as it is: not "<2", "-2", ",5" or "B12"."""
    if not text.word(at)[:1].isdigit():
        return False
    gap = text.gap(at)
    if not gap and at:
        return text.word(at - 1) in TIMES | {"%"} or behind_a_sign
    if text.word(at - 1)[:1].isdigit() and not behind_a_sign and _APART.isdisjoint(gap):
        return False
    if _NOT_DIRECTLY_BEFORE.search(gap):
        return False
    sound = _BEHIND_A_SIGN if behind_a_sign else _BEFORE_A_NUMBER
    return sound.fullmatch(gap) is not None


def _decimal(text: Words, at: int) -> Fraction | None:
    raw = text.tokens[at].raw if text.word(at) else ""
    if not _DECIMAL.fullmatch(raw) or _THOUSANDS.fullmatch(raw):
        return None
    whole, _, part = raw.replace(",", ".").partition(".")
    return Fraction(int(whole + part), 10 ** len(part))  # several times as fast as from the text


def _fraction(text: Words, at: int) -> Fraction | None:
    """The fraction that begins there: 1/2."""
    if (
        not text.word(at)
        or not text.word(at + 1)[:1].isdigit()
        or text.gap(at + 1) not in {"/", "\u2044"}
    ):
        return None
    over, under = _decimal(text, at), _decimal(text, at + 1)
    return over / under if over and under and (over, under) in _FRACTIONS else None


def is_times(text: Words, at: int) -> bool:
    """Whether a multiplication sign stands before the word there."""
    return text.gap(at).strip() in {"×", "*"}
