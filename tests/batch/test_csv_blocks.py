"""Blocks of a CSV: whole rows, by their quotation marks, whatever pieces the bytes are read in."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomix.batch import csv_blocks
from mesomix.batch.csv_blocks import RowEnds, row_blocks

TEXTS = st.text(alphabet='""",;\n\n\ra', max_size=16)
SIZES = st.lists(st.integers(0, 4), max_size=6)


def ends_of(text: str) -> list[int] | None:
    """Behind each line end of a comma-separated `text` that is within no quoted one.

    None where its marks do not fit. One character after the other.
    """
    state = "start"
    found: list[int] = []
    for place, letter in enumerate(text, 1):
        border = letter in ",\n\r"
        if state == "within":
            state = "closed" if letter == '"' else "within"
        elif letter == '"' and state != "plain":
            state = "within"
        elif state == "closed" and not border:
            return None
        else:
            state = "start" if border else "plain"
            found += [place] if letter in "\n\r" else []
    return None if state == "within" else found


def blocks_of(text: str, sizes: list[int]) -> list[str] | None:
    """The blocks of `text` in pieces of these sizes; None where its marks do not fit."""
    ends = RowEnds(",")
    rest = text.encode()
    found: list[bytes] = []
    try:
        for size in sizes:
            found.append(ends.whole_rows(rest[:size]))
            rest = rest[size:]
        found.append(ends.whole_rows(rest))
        found.append(ends.whole_rows(b"", ended=True))
    except ValueError:
        return None
    return [block.decode() for block in found if block]


@given(TEXTS, SIZES)
def test_each_block_ends_with_a_row(text: str, sizes: list[int]) -> None:
    ends = ends_of(text)
    blocks = blocks_of(text, sizes)
    assert (blocks is None) == (ends is None)
    if blocks is None or ends is None:
        return
    assert "".join(blocks) == text
    place = 0
    for block in blocks[:-1]:
        place += len(block)
        assert place in ends
        assert text[place - 1 : place + 1] != "\r\n"


def test_a_block_has_all_rows_that_are_whole() -> None:
    ends = RowEnds(",")
    assert ends.whole_rows(b'a,b\n1,"2\n') == b"a,b\n"
    assert ends.whole_rows(b'3"\n4\n"5\n\n') == b'1,"2\n3"\n4\n'
    assert ends.whole_rows(b'6"') == b""
    assert ends.whole_rows(b"\r7\r") == b'"5\n\n6"\r'
    assert ends.whole_rows(b"8\r") == b""  # \r may be the half of a line end
    assert ends.whole_rows(b"\n9") == b"7\r8\r\n"
    assert ends.whole_rows(b"", ended=True) == b"9"


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ('a,b\n"never closed,c\nd,e\n', 2, "never closed"),
        ('a,b\n"c"\n"d",\n"e" f,g\n', 4, "goes on behind its quotation mark"),
        ('a,b\n1,5" x\n"c\nd" e\n', 4, "goes on behind its quotation mark"),
        ('a"\n,"', 2, "never closed"),
    ],
)
def test_the_line_is_named_and_nothing_else(text: str, line: int, why: str) -> None:
    for size in range(len(text)):
        ends = RowEnds(",")
        with pytest.raises(ValueError, match=rf"line {line}: .*{why}") as raised:
            _ = ends.whole_rows(text[:size].encode()) + ends.whole_rows(
                text[size:].encode(), ended=True
            )
        assert "closed,c" not in str(raised.value)


@pytest.fixture(params=[3, 7, 1 << 22], autouse=True)
def _pieces(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many bytes are read at once."""
    monkeypatch.setattr(csv_blocks, "AT_ONCE", request.param)


def read(path: Path, encoding: str = "utf-8") -> bytes:
    found = [*row_blocks(path, ",", encoding)]
    assert not found or found[-1][1] == path.stat().st_size
    return b"".join(block for block, _ in found)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "utf-16-le", "UTF8"])
def test_what_is_read_is_utf_8(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("nom,é\n«œ»,\u2019".encode(encoding))
    assert read(path, encoding).decode() == "nom,é\n«œ»,\u2019"


def test_the_mark_of_an_encoding_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("\ufeff".encode() + b'"a",b\n')
    assert read(path) == b'"a",b\n'
    path.write_bytes("\ufeff".encode())
    assert read(path) == b""


def test_bytes_of_another_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"a,b\n\x81 secret,\n")
    with pytest.raises(ValueError, match="is not written in cp1252") as raised:
        read(path, "cp1252")
    assert "secret" not in str(raised.value)
    assert read(path) == b"a,b\n\x81 secret,\n"  # whose rows can be told apart all the same


def test_a_mark_that_is_not_closed_is_told_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b'a,b\n1,"secret\n')
    with pytest.raises(ValueError, match=r"table\.csv', line 2: a quotation mark") as raised:
        read(path)
    assert "secret" not in str(raised.value)


def test_a_row_without_an_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_blocks, "LONGEST_ROW", 100)
    path = tmp_path / "table.csv"
    path.write_bytes(b"a,b\n" * 60 + b"secret," + b"x" * 300)
    with pytest.raises(ValueError, match="line 61: a row is longer than 100 bytes") as raised:
        read(path)
    assert "secret" not in str(raised.value)
