"""Files of tables: what is there is read, and what cannot be read is told."""

import os
import sys
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mesomix.batch import files
from mesomix.batch.files import bytes_of_no_text_told, open_table

ROWS = 10_000


def parquet(folder: Path, name: str = "table.parquet") -> Path:
    """A table of three row groups."""
    numbers = [*range(ROWS)]
    table = pa.table({"id": numbers, "text": [f"text {n * n}" for n in numbers]})
    pq.write_table(table, folder / name, row_group_size=4000, write_page_checksum=True)
    return folder / name


def test_a_parquet_file_is_read_in_order(tmp_path: Path) -> None:
    table = open_table(parquet(tmp_path))
    assert (table.size, table.unit, table.done) == (ROWS, "row", 0)
    for _ in range(2):
        found = [row for batch, _ in table.batches() for row in batch["id"].to_pylist()]
        assert found == [*range(ROWS)]
        assert table.done == ROWS


def test_only_some_columns_are_read(tmp_path: Path) -> None:
    table = open_table(str(parquet(tmp_path, "table.PARQUET"))).only(["text", None])
    assert table.schema.names == ["text"]
    assert {name for batch, _ in table.batches() for name in batch.schema.names} == {"text"}


@pytest.mark.parametrize(
    ("rows", "listed"), [(4000, True), (8000, True), (ROWS, True), (900, False)]
)
def test_texts_that_repeat_come_as_dictionaries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, listed: bool
) -> None:
    monkeypatch.setattr(files, "MOST_ROWS", 3000)
    monkeypatch.setattr(files, "LARGE_GROUP", 1000)
    names = ["Piroxicam", "Miorel", None, "Procaïne Lavoisier 20 mg/ml"]
    table = pa.table(
        {
            "repeated": [names[number % 4] for number in range(ROWS)],
            "large": pa.array([names[number % 3] for number in range(ROWS)], pa.large_string()),
            "lists": [[names[number % 4], names[number % 3]] for number in range(ROWS)],
            "each": [f"text {number * number}" for number in range(ROWS)],
            "other": [names[number % 2] for number in range(ROWS)],
            "numbers": [*range(ROWS)],
        }
    )
    path = tmp_path / "table.parquet"
    pq.write_table(table, path, row_group_size=rows)
    coded = open_table(path).coded(["repeated", "large", "lists", "each", "numbers"])
    text = pa.dictionary(pa.int32(), pa.string())
    kinds = {field.name: field.type for field in coded.schema}
    assert (kinds["repeated"], kinds["large"]) == (text, text)
    assert kinds["lists"].value_type == (text if listed else pa.string())
    assert (kinds["each"], kinds["other"], kinds["numbers"]) == (
        pa.string(),
        pa.string(),
        pa.int64(),
    )
    found = pa.Table.from_batches([batch.cast(table.schema) for batch, _ in coded.batches()])
    assert found.equals(table)
    assert {batch.schema for batch, _ in coded.batches()} == {coded.schema}
    assert coded.only(["lists"]).schema.names == ["lists"]


def test_a_column_may_be_called_like_a_part_of_another(tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    table = pa.table(
        {"s": [{"x": 1, "y": 2}], "s.x": ["a"], "p.list.element": ["b"], "p": [["c"]], "q.r": [1]}
    )
    pq.write_table(table, path)
    for names in (["s.x"], ["p.list.element", "s"], ["q.r", "p"], table.schema.names):
        [(batch, _)] = open_table(path).only(names).batches()
        kept = [name for name in table.schema.names if name in names]
        assert pa.Table.from_batches([batch]).equals(table.select(kept))


BROKEN: Final = pa.array([b"Miorel", b"Secret\xff", None])


@pytest.mark.parametrize(
    "column",
    [
        BROKEN,
        BROKEN.view(pa.string()),
        BROKEN.view(pa.string()).dictionary_encode(),
        pa.ListArray.from_arrays([0, 1, 2, 3], BROKEN.view(pa.string())),
    ],
)
def test_bytes_that_are_no_text_are_told_by_their_column(tmp_path: Path, column: pa.Array) -> None:
    path = tmp_path / "table.parquet"
    sound = {"a": ["a", "b", "c"], "bytes": [b"a", None, b"c"]}
    pq.write_table(pa.table({**sound, "broken": column}), path)
    table = open_table(path)
    with (
        pytest.raises(ValueError, match=r"parquet': its column 'broken' has bytes that") as raised,
        bytes_of_no_text_told(table),
    ):
        raise pa.ArrowInvalid
    assert "Secret" not in str(raised.value)
    with pytest.raises(pa.ArrowInvalid), bytes_of_no_text_told(table.only([*sound])):
        raise pa.ArrowInvalid


def test_a_column_of_texts_is_told_before_one_of_bytes(tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    texts = BROKEN.view(pa.string())
    columns = {"bytes": BROKEN, "more bytes": BROKEN, "texts": texts, "more texts": texts}
    pq.write_table(pa.table(columns), path)
    table = open_table(path)
    for told, among in (("texts", table), ("bytes", table.only(["bytes", "more bytes"]))):
        with (
            pytest.raises(ValueError, match=f"its column '{told}' has bytes"),
            bytes_of_no_text_told(among),
        ):
            b"\xff".decode()


def test_a_csv_is_read_as_texts(tmp_path: Path) -> None:
    path = tmp_path / "table.Csv"
    path.write_bytes("a:é\n1:2\n".encode("latin-1"))
    table = open_table(path, delimiter=":", encoding="latin-1").coded(["a"])
    assert [batch.to_pylist() for batch, _ in table.batches()] == [[{"a": "1", "é": "2"}]]


def test_a_damaged_row_group_is_told(tmp_path: Path) -> None:
    path = parquet(tmp_path)
    second = pq.ParquetFile(path).metadata.row_group(1).column(1).data_page_offset
    content = bytearray(path.read_bytes())
    content[second + 100 : second + 200] = bytes(100)
    path.write_bytes(content)
    seen: list[int] = []
    with pytest.raises(ValueError, match=r"cannot be read beyond row \d+: it is damaged"):
        seen.extend(batch.num_rows for batch, _ in open_table(path).batches())
    assert sum(seen) <= 4000


@pytest.mark.parametrize("kept", [0, 4, 100, -1])
def test_a_parquet_file_without_its_end_is_told(tmp_path: Path, kept: int) -> None:
    path = parquet(tmp_path)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ValueError, match=r"table\.parquet' is no Parquet file, or its end"):
        open_table(path)


def test_a_file_that_changes_meanwhile_is_told(tmp_path: Path) -> None:
    path = parquet(tmp_path)
    table = open_table(path)
    pq.write_table(pa.table({"id": [1], "text": ["a"]}), path)
    with pytest.raises(ValueError, match="has 1 rows, and says that it has 10000"):
        list(table.batches())


@pytest.mark.parametrize("name", ["absent.parquet", "absent.csv"])
def test_a_file_that_is_absent_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=rf"{name}' cannot be read: No such file or directory"):
        open_table(tmp_path / name)


@pytest.mark.parametrize("name", ["table", "table.xlsx", "table.csv.gz", os.devnull])
def test_another_kind_of_file_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"a table is a \.parquet or a \.csv"):
        open_table(tmp_path / name)


def test_two_columns_of_one_name_are_told(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("a,b,a,c,,a,\n1,2,3,4,5,6,7\n")
    with pytest.raises(ValueError, match=r"more than one column of these names: 'a', ''$"):
        open_table(path)


def test_what_has_to_be_installed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"install mesomix with its extra 'tables'"):
        open_table(tmp_path / "table.csv")
