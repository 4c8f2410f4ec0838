"""CSV files: each row is there, at its place, as the texts that it was written with."""

import csv
import io
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import csv as arrow_csv

from mesomix.batch import csv_blocks
from mesomix.batch.csv_files import open_csv
from mesomix.batch.problems import NOT_UTF8, TOO_FEW_CELLS, TOO_MANY_CELLS

CELLS = st.sampled_from(["x", "", "é", "y z", "q\nr", "a,b", '"', '""', "q\r\nr", "0012", "null"])
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=4).filter(lambda row: row != [""]))
Read = list[tuple[list[str | None], str | None]]


def everything(path: Path, delimiter: str | None = None, encoding: str = "utf-8") -> Read:
    """Each row, and what is wrong with it."""
    table = open_csv(path, delimiter, encoding)
    found: Read = []
    for batch, problems in table.batches():
        assert batch.schema == table.schema
        told = [None] * batch.num_rows if problems is None else problems.to_pylist()
        rows = ([*row.values()] for row in batch.to_pylist())
        found += zip(rows, told, strict=True)
    assert table.done == table.size
    return found


@given(
    st.integers(2, 3),
    ROWS,
    st.sampled_from(["\n", "\r\n", "\n\n"]),
    st.sampled_from([1, 5, 1 << 22]),
    st.sampled_from(["excel", "unix"]),  # which quotes each text
    st.booleans(),
)
def test_each_row_is_read_at_its_place(  # however many bytes are read at once
    tmp_path_factory: pytest.TempPathFactory,
    width: int,
    rows: list[list[str]],
    ends: str,
    size: int,
    dialect: str,
    last_end: bool,
) -> None:
    text = io.StringIO(newline="")
    names = ["a", "b", "c"][:width]
    csv.writer(text, dialect, lineterminator=ends).writerows([names, *rows])
    path = tmp_path_factory.getbasetemp() / "rows.csv"
    written = text.getvalue()
    path.write_bytes((written if last_end else written.removesuffix(ends)).encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_blocks, "AT_ONCE", size)
        found = everything(path)
    assert found == [
        (row, None)
        if len(row) == width
        else (
            [*row[:width], *[None] * (width - len(row))],
            (TOO_MANY_CELLS if len(row) > width else TOO_FEW_CELLS).en,
        )
        for row in rows
    ]


def test_in_a_single_column_an_empty_line_is_a_row(tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_bytes(b"products\nMiorel\n\nDicynone\n")
    assert everything(path) == [(["Miorel"], None), ([""], None), (["Dicynone"], None)]


def test_what_is_no_utf_8_is_told_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes("a,b,c\n1,é,ù\nxé\n".encode("latin-1") + "2,é,\n".encode())
    assert everything(path) == [
        (["1", "\ufffd", "\ufffd"], NOT_UTF8.en),
        (["x\ufffd", None, None], TOO_FEW_CELLS.en),
        (["2", "é", ""], None),
    ]
    path.write_bytes("a,b,c\n1,é,ù\n".encode("latin-1"))
    assert everything(path, encoding="latin-1") == [(["1", "é", "ù"], None)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_that_of_the_first_row(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f'"a,;b"{delimiter}c\n1{delimiter}2\n'.replace("a,;b", "a b"))
    assert everything(path) == [(["1", "2"], None)]
    assert open_csv(path, None, "utf-8").delimiter == delimiter


def test_a_delimiter_that_could_be_another_has_to_be_said(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("a,b;c\n1,2;3\n")
    with pytest.raises(ValueError, match=r"more than one delimiter: say which it is \(--delimiter"):
        open_csv(path, None, "utf-8")
    assert everything(path, ";") == [(["1,2", "3"], None)]
    path.write_text("a:b\n1:2\n")
    assert everything(path, ":") == [(["1", "2"], None)]


@pytest.mark.parametrize("delimiter", ["", ",,", '"', "\n", "é"])
def test_a_delimiter_is_one_character(tmp_path: Path, delimiter: str) -> None:
    with pytest.raises(ValueError, match="one character of ASCII"):
        open_csv(tmp_path / "table.csv", delimiter, "utf-8")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "its first line is empty"),
        (b"\na,b\n1,2\n", "its first line is empty"),
        (
            "é,b\n1,2\n".encode("latin-1"),
            "its first line is not written in utf-8, or is no CSV; give its",
        ),
        (
            b'"' + b"a" * 200_000 + b'"\n',
            "its first line is not written in utf-8, or is no CSV; give its",
        ),
    ],
)
def test_a_table_begins_with_its_names(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=why):
        open_csv(path, None, "utf-8")


def test_an_encoding_has_to_exist(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is no encoding 'nine'"):
        open_csv(tmp_path / "table.csv", None, "nine")


@pytest.mark.parametrize("content", [b"a,b", b"a,b\n", b"a,b\n\n\n"])
def test_a_table_may_have_no_row(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    assert everything(path) == []


def test_what_pyarrow_cannot_read_is_told_without_a_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot_read(*_given: object) -> None:
        message = "CSV parse error: secret"
        raise pa.ArrowInvalid(message)

    monkeypatch.setattr(arrow_csv, "read_csv", cannot_read)
    path = tmp_path / "table.csv"
    path.write_bytes(b"a,b\n1,2\n")
    with pytest.raises(ValueError, match="cannot be read as a CSV") as raised:
        everything(path)
    assert "secret" not in str(raised.value)


def test_only_some_columns_are_read(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("a,é,c\n1,2,3\n4,5\n6,7,8,9\n".encode())
    table = open_csv(path, None, "utf-8").only(["é", "a", None])
    assert table.schema.names == ["a", "é"]
    found = [row for batch, _ in table.batches() for row in batch.to_pylist()]
    assert found == [{"a": "1", "é": "2"}, {"a": "4", "é": "5"}, {"a": "6", "é": "7"}]


def test_of_a_row_with_a_cell_too_long_for_python_nothing_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"a,b\n1,2\n{'x' * 200_000}\n")
    assert everything(path) == [(["1", "2"], None), ([None, None], TOO_FEW_CELLS.en)]


def test_a_mark_of_ours_in_a_sound_file_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("a,b\n1,\ufdd0\n", encoding="utf-8")
    assert everything(path) == [(["1", "\ufdd0"], None)]


def test_quotation_marks_that_swallow_rows_are_an_error(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b'a,b\n1,2\n3,"4\n5,6\n7,8\n')
    with pytest.raises(ValueError, match="line 3: a quotation mark is opened and never closed"):
        everything(path)


@pytest.mark.parametrize("line", ["sep=;", "SEP=,", '"sep=;"', "sep=\t", "\ufeffsep=;", "sep="])
@pytest.mark.parametrize("delimiter", [None, ";", ","])
def test_a_line_by_which_excel_knows_the_delimiter_is_named(
    tmp_path: Path, line: str, delimiter: str | None
) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"{line}\na;b\n1;2\n", encoding="utf-8")
    with pytest.raises(ValueError, match="its first line is 'sep=', by which Excel"):
        open_csv(path, delimiter, "utf-8")
