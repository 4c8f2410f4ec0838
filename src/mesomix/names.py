"""When two spellings are one name.

`fold` is orthography only: case, accents, ligatures, trade marks, spaces, dashes and
punctuation. Synonyms, brands and old spellings are data (`data/*.toml`), each with a source.
"""

import re
import unicodedata
from collections.abc import Collection, Container, Iterable, Sequence
from typing import Final, NamedTuple, NewType, cast

NameKey = NewType("NameKey", str)
"""A folded name. Only `fold`, `fold_all` and `key_of_words` make one."""

LONGEST_SUGGESTED_FOR: Final = 60
"""Characters. The time of a suggestion grows with the square of the length."""

LONGEST_SHOWN: Final = 80
"""Characters of a name in a message; `ReadName.written` has all of it."""

SUGGESTION_CUTOFF: Final = 0.8
"""Of difflib's ratio: 0.7 would offer lidocaine for procaine."""

LONGEST_NAME: Final = 500
"""Characters. What is longer holds no name; BDPM's longest has 255. Unicode's normal forms take
a time that grows with the square of the length."""

LONGEST_NAME_IN_WORDS: Final = 16
"""A longer name is found by itself, and not within a longer text."""

_TRADE_MARK: Final = re.compile("[®™©℠]")  # NFKD would make "tm" of ™
_LIGATURES: Final = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o"}
_LIGATURE: Final = re.compile(f"[{''.join(_LIGATURES)}]")  # NFKD leaves them whole
_INVISIBLE: Final = re.compile(
    "[\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
# What stands for no character at all is kept, so that a damaged name equals no sound one.
_DAMAGED: Final = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffd"
_GAP: Final = rf"(?:[^\w%{_DAMAGED}]|_)+"  # what may stand between two words
_WORD: Final = re.compile(
    rf"\d+(?:{_GAP}\d+)*"  # 250; 0,8; 1/2
    r"|[^\W\d_]+"  # letters of any script: a Cyrillic letter is not the Latin one like it
    f"|[%{_DAMAGED}]"
)
_LOOK_LIKE_LATIN: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеоѕіјрсухԁһӏԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχγ",  # noqa: RUF001
    "ABESIJKMHOPCTYXaeosijpcyxdhlqw" + "ABEZHIKMNOPTYXaikvoptuxy",
)
"""Cyrillic, then Greek: letters that Unicode (UTS 39) calls confusable with Latin ones."""
_FRACTION: Final = re.compile(r"(?<=\d)(?=[\u00bc-\u00be\u2150-\u215e])")
# A number, with the decimals behind a comma or a point; before it what parts it from the last one.
_NUMBERS: Final = re.compile(rf"({_GAP})?(\d+(?:[.,]\d+)*)")
_COMMON_GAPS: Final = (" ", "-", "'", "(", ")", ",")
_GAP_IN_NUMBERS: Final = re.compile(rf"(?<=\d){_GAP}(?=\d)")


def _plain(text: str) -> str:
    """`text` in lower case, without accents and ligatures."""
    if text.isascii():
        return text.lower()
    text = _without_marks(_TRADE_MARK.sub("", text))
    if not text.isascii():
        text = _LIGATURE.sub(lambda found: _LIGATURES[found[0]], text)
    if text.isascii():
        return text.lower()
    return _without_marks(text.casefold())


def _without_marks(text: str) -> str:
    return _INVISIBLE.sub("", unicodedata.normalize("NFKD", text))


def words(text: str) -> list[str]:
    """The words of `text`, in lower case and without accents; a number is a word."""
    return _words(_plain(text)) if len(text) <= LONGEST_NAME else []


class Token(NamedTuple):
    """A word of a text in lower case and without accents, and what stands before it there."""

    word: str
    """As `words` has it; a number that follows a number keeps a space before it."""
    raw: str
    """As it stands: "2,5" of the word "2.5"."""
    gap: str
    """What stands between the word before and this one."""


def tokens(text: str) -> list[Token]:
    """The words of `text` with their gaps; numbers that follow each other are apart: 1/2, 2 5 ml.

    "1½" is 1 and 1/2, and not 11/2, as which Unicode's compatibility form writes it.
    """
    found: list[Token] = []
    if len(text) > LONGEST_NAME:
        return found
    line = _plain(_FRACTION.sub(" ", text))
    end = 0
    for word in _WORD.finditer(line):
        gap = line[end : word.start()]
        end = word.end()
        pieces = _NUMBERS.findall(word[0]) if "0" <= word[0][0] <= "9" else [("", word[0])]
        for before, raw in pieces:
            decimal = raw.replace(",", ".")
            found.append(Token(f" {decimal}" if before else decimal, raw, before or gap))
    return found


def key_of_words(parts: Iterable[str]) -> NameKey:
    """The key of a name of these `words`, as `fold` makes it."""
    return NameKey("".join(parts).lstrip())  # a number may keep the gap before it


def fold(text: str) -> NameKey:
    """The key under which `text` is the same name as any other spelling of it.

    "Mag 2", "mag-2" and "MAG2" are one name; between two numbers a space stays, since "1/2" is
    not "12". Law: `fold(fold(text)) == fold(text)`. An empty key means that `text` holds no name,
    or is longer than any.
    """
    return fold_all([text])[0]


def fold_all(texts: Iterable[str]) -> list[NameKey]:
    """The keys of `texts`, in their order: as `fold`, and several times as fast for many."""
    # Behind each text, not between them: no texts make no keys.
    lines = [
        text if len(text) <= LONGEST_NAME and "\n" not in text else _line(text) for text in texts
    ]
    if not lines:
        return []
    keys = [line if line.isalpha() else _key(line) for line in _plain("\n".join(lines)).split("\n")]
    if max(map(len, keys)) > LONGEST_NAME:  # a letter may become several
        keys = [key if len(key) <= LONGEST_NAME else "" for key in keys]
    return cast("list[NameKey]", keys)


def _line(text: str) -> str:
    """`text` in one line; nothing when it is longer than any name."""
    return text.replace("\n", " ") if len(text) <= LONGEST_NAME else ""


def _key(line: str) -> str:
    letters = line
    for gap in _COMMON_GAPS:
        letters = letters.replace(gap, "")
        if letters.isalpha():  # most names: without a number, no gap is kept
            return letters
    return "".join(_words(line))


def _words(line: str) -> list[str]:
    found: list[str] = _WORD.findall(line)
    if "".join(found).isalnum():  # no number with a gap in it
        return found
    return [_GAP_IN_NUMBERS.sub(_number_gap, word) for word in found]


def _number_gap(gap: re.Match[str]) -> str:
    return "." if gap[0] in {".", ","} else " "


def nearest(
    key: NameKey, keys: Collection[NameKey], *, cutoff: float = SUGGESTION_CUTOFF
) -> NameKey | None:
    """The one of `keys` that is most like `key`, to be suggested and never to be accepted."""
    if not key or len(key) > LONGEST_SUGGESTED_FOR:
        return None
    import difflib  # noqa: PLC0415 (only who misspells a name pays)

    found = difflib.get_close_matches(key, keys, n=1, cutoff=cutoff)
    return NameKey(found[0]) if found else None


def names_within(parts: Sequence[str], known: Container[str]) -> list[tuple[int, int]]:
    """Where the names of `known` stand in a text of these `words`: first word, and behind the last.

    A name is one or more whole words that follow each other; of several words it has more than
    three letters ("as a child" holds no ASA). Of two names of which one lies within the other, the
    longer is meant; two that overlap are both there, since either may object.
    """
    found: list[tuple[int, int]] = []
    furthest = 0
    for first in range(len(parts)):
        key = parts[first].lstrip()  # a number keeps the gap before it: "20 63409284"
        last = first + 1 if first >= furthest and key in known else 0
        for behind, part in enumerate(parts[first + 1 : first + LONGEST_NAME_IN_WORDS], first + 2):
            key += part
            if behind > furthest and key in known and (len(key) > 3 or not key.isalpha()):  # noqa: PLR2004
                last = behind
        if last:
            furthest = last
            found.append((first, last))
    return found


def in_latin_letters(text: str) -> str:
    """`text`, with a Latin letter for each of another alphabet that looks the same in print."""
    return text if text.isascii() else text.translate(_LOOK_LIKE_LATIN)


def printable(text: str) -> str:
    r"""`text` as it may be shown to a person: what does not print is escaped (\x1b, \u202e)."""
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text
    )


def shortened(text: str) -> str:
    """`text` as it is named in a message: its first characters, when it is a page and no name."""
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def as_text(value: object) -> str:
    """`value` as a text that can be written anywhere; TypeError, without it, when it is none."""
    if not isinstance(value, str):
        message = "a name must be a text (str)"
        raise TypeError(message)
    return value.encode("utf-8", "backslashreplace").decode()  # lone surrogates have no UTF-8
