"""A table is there whole, or not at all, whatever interrupts the writing."""

import errno
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import csv

from mesomix.batch import whole_files
from mesomix.batch.whole_files import whole_table

BATCH = pa.record_batch({"id": [1, 2], "name": ["a", None]})
KINDS = pytest.mark.parametrize("name", ["found.parquet", "found.CSV"])


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def write(path: Path, batches: int = 3) -> None:
    with whole_table(path, BATCH.schema) as write_batch:
        for _ in range(batches):
            write_batch(BATCH)


def read(path: Path) -> list[dict[str, object]]:
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    options = csv.ConvertOptions(strings_can_be_null=True, quoted_strings_can_be_null=False)
    return csv.read_csv(path, convert_options=options).to_pylist()


@KINDS
@pytest.mark.parametrize("batches", [0, 1, 5])
def test_all_batches_are_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, batches: int
) -> None:
    monkeypatch.setattr(whole_files, "ROWS_IN_GROUP", 4)
    path = tmp_path / name
    write(path, batches)
    assert read(path) == BATCH.to_pylist() * batches
    assert names(tmp_path) == [name]
    if path.suffix == ".parquet":
        assert pq.ParquetFile(path).metadata.num_row_groups == (batches + 1) // 2


@KINDS
@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, SystemExit])
def test_what_interrupts_leaves_nothing(
    tmp_path: Path, name: str, error: type[BaseException]
) -> None:
    path = tmp_path / name
    path.write_text("older")

    def interrupted() -> None:
        with whole_table(path, BATCH.schema) as write_batch:
            write_batch(BATCH)
            (beside,) = {*names(tmp_path)} - {name}
            assert beside.startswith(f"{name}.incomplete-")
            raise error

    with pytest.raises(error):
        interrupted()
    assert path.read_text() == "older"
    assert names(tmp_path) == [name]


@KINDS
def test_a_disk_that_is_full_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def fsync(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fsync)
    path = tmp_path / name
    with pytest.raises(ValueError, match="cannot be written: No space left on device"):
        write(path)
    assert names(tmp_path) == []


def test_a_folder_that_is_absent_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"found\.parquet' cannot be written: No such file"):
        write(tmp_path / "absent" / "found.parquet")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path / "real" / "found.csv")
    write(tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert names(tmp_path / "real") == ["found.csv"]


def test_a_system_that_cannot_keep_a_folder_does_not_mind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot_open(*_given: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", cannot_open)
    write(tmp_path / "found.parquet")
    assert names(tmp_path) == ["found.parquet"]


def test_a_csv_has_its_delimiter(tmp_path: Path) -> None:
    path = tmp_path / "found.csv"
    with whole_table(path, BATCH.schema, ";") as write_batch:
        write_batch(BATCH)
    assert path.read_text() == '"id";"name"\n1;"a"\n2;\n'


def test_a_type_that_a_csv_cannot_hold_is_told_before_anything_is_written(tmp_path: Path) -> None:
    schema = pa.schema([("of", pa.struct([("a", pa.int8())]))])
    with (
        pytest.raises(ValueError, match="column 'of': a CSV cannot hold struct"),
        whole_table(tmp_path / "found.csv", schema),
    ):
        pass
    assert names(tmp_path) == []
