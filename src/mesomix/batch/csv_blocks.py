"""The bytes of a CSV in blocks of whole rows, whose quotation marks were followed.

pyarrow takes everything behind an opening quotation mark, to the end of the file if need be, for
one text, and so drops rows without a word.
"""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MARK: Final = ord('"')
AT_ONCE: Final = 1 << 22
"""So many bytes are read at once."""
LONGEST_ROW: Final = 1 << 26
"""Bytes; a longer row is one whose end is missing."""


def row_blocks(path: Path, delimiter: str, encoding: str) -> Iterator[tuple[bytes, int]]:
    """Blocks of whole rows of the CSV in UTF-8, each with how many bytes of the file were read.

    Bytes that are no UTF-8 are left to the reader of the rows. Raises ValueError where a CSV of
    another encoding is not written in it, and where its quotation marks leave open which rows there
    are; it names the line, and repeats nothing of it.
    """
    decoder = None
    if codecs.lookup(encoding).name != "utf-8":
        decoder = codecs.getincrementaldecoder(encoding)()
    ends = RowEnds(delimiter)
    begins = ended = False
    try:
        with path.open("rb", buffering=0) as file:
            while not ended:
                raw = file.read(AT_ONCE)
                ended = not raw
                data = decoder.decode(raw, final=ended).encode() if decoder else raw
                data = data if begins else data.removeprefix(codecs.BOM_UTF8)
                begins = True
                rows = ends.whole_rows(data, ended=ended)
                if rows:
                    yield rows, file.tell()
    except UnicodeError:
        message = f"{str(path)!a} is not written in {encoding}:"
        message += " give its encoding (--encoding, encoding=): that of Windows is cp1252"
        raise ValueError(message) from None
    except ValueError as error:
        message = f"{str(path)!a}, {error}"
        raise ValueError(message) from None


class RowEnds:
    """Where the rows of a CSV end, by its line ends and quotation marks.

    A quotation mark begins or ends a text, or is written twice within one; within a text that is
    not quoted it stands for itself.
    """

    def __init__(self, delimiter: str) -> None:
        self._borders = f"{delimiter}\n\r".encode()
        """What stands around a quoted text."""
        self._rest = b""
        """Of the last row, what was followed already."""
        self._kept = b""
        """A last mark, of which the next byte says what it means."""
        self._within = False
        self._opened = 0
        """Of the text that is open, the line in which it begins."""
        self._before = b"\n"
        self._closes = False
        """What stands before the bytes to come, and whether that is a mark that closed a text."""
        self._lines = 0

    def whole_rows(self, data: bytes, *, ended: bool = False) -> bytes:
        """Go on with `data`: all whole rows that have not been returned yet.

        Raises ValueError, with the line, where nobody can tell which rows there are.
        """
        data = self._kept + data
        self._kept = b""
        if data.endswith(b'"') and not ended:
            data, self._kept = data[:-1], data[-1:]
        within = self._within
        borders = self._follow(data)
        self._lines += data.count(b"\n")
        self._before = data[-1:] or self._before
        if ended and self._within:
            message = f"line {self._opened}: a quotation mark is opened and never closed"
            raise ValueError(message)
        end = len(data) if ended else _last_end(data, borders, within=within)
        whole = self._rest + data[:end] if end or ended else b""
        self._rest = data[end:] if whole else self._rest + data
        if len(self._rest) > LONGEST_ROW:
            message = f"line {self._lines + 1}: a row is longer than {LONGEST_ROW} bytes"
            raise ValueError(message)
        return whole

    def _follow(self, data: bytes) -> "NDArray[np.int64]":
        """The places in `data` of the marks that begin or end a text."""
        import numpy as np  # noqa: PLC0415 (extra)

        if b'"' not in data:
            self._closes &= not data
            return np.empty(0, np.int64)
        text = self._before + data + (self._kept or b"\n")
        array = np.frombuffer(text, np.uint8)
        marks = np.flatnonzero(array[1:-1] == _MARK) + 1
        opening, closing = marks[self._within :: 2], marks[not self._within :: 2]
        known = np.zeros(256, bool)
        known[[*self._borders, _MARK]] = True
        # A mark before the new bytes that closed nothing is no half of two that stand for one.
        first = opening[:1] == 1 if text[0] == _MARK and not self._closes else opening[:0]
        if known[array[opening - 1]].all() and known[array[closing + 1]].all() and not first.any():
            self._within ^= bool(len(marks) % 2)
            self._closes = not self._within and int(marks[-1]) == len(text) - 2
        else:
            marks = np.array(self._follow_each(text, marks), np.int64)
        if self._within and len(marks):
            self._opened = self._line(text, int(marks[-1]))
        return marks - 1

    def _follow_each(self, text: bytes, marks: "NDArray[np.int64]") -> list[int]:
        """The same, one of the `marks` after the other: those that begin or end a text."""
        closed = 0 if self._closes else -1
        found: list[int] = []
        for mark in map(int, marks):
            if self._within:
                if text[mark + 1] not in self._borders + b'"':
                    message = (
                        f"line {self._line(text, mark)}: a text goes on behind its quotation mark"
                    )
                    raise ValueError(message)
                closed = mark
            elif text[mark - 1] not in self._borders and closed != mark - 1:
                continue
            self._within = not self._within
            found.append(mark)
        self._closes = closed == len(text) - 2
        return found

    def _line(self, text: bytes, place: int) -> int:
        return self._lines + 1 + text.count(b"\n", 1, place)


def _last_end(data: bytes, borders: "NDArray[np.int64]", *, within: bool) -> int:
    """Behind the last line end in `data` that is within no text; 0 where there is none.

    `borders` are the places where texts begin and end, and `within` says whether `data` begins
    within one.
    """
    place = len(data)
    while (place := max(data.rfind(b"\n", 0, place), data.rfind(b"\r", 0, place))) >= 0:
        before = int(borders.searchsorted(place))
        if (before + within) % 2:
            if not before:
                return 0
            place = int(borders[before - 1])  # where the text begins
        elif data[place : place + 1] == b"\n" or data[place + 1 : place + 2] not in {b"\n", b""}:
            return place + 1
    return 0
