"""CSV files, whose first row names the columns: each cell as the text that it is, each row kept."""

import codecs
import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mesomix.batch.arrow_compute import arrow_compute
from mesomix.batch.csv_blocks import row_blocks
from mesomix.batch.problems import NOT_UTF8, WRONG_NUMBER

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.csv import InvalidRow

DELIMITERS: Final = (",", ";", "\t", "|")
"""Those that are looked for, where nobody says which it is."""


@dataclass(slots=True)
class CsvTable:
    """A CSV file."""

    path: Path
    schema: "pa.Schema"
    size: int
    delimiter: str
    encoding: str
    header: list[str]
    unit: str = "B"
    done: int = 0

    def only(self, names: Collection[str | None]) -> "CsvTable":
        """The same with these columns alone."""
        import pyarrow as pa  # noqa: PLC0415 (extra)

        return replace(self, schema=pa.schema([f for f in self.schema if f.name in names]))

    def coded(self, names: Collection[str]) -> "CsvTable":
        """The same: a CSV has no dictionaries."""
        return self

    def batches(self) -> "Iterator[tuple[pa.RecordBatch, pa.StringArray | None]]":
        """Each row, in the order of the file; ValueError where nobody can tell which there are.

        A row of more or fewer fields than the first is one of nulls; in one that is no UTF-8 each
        damaged character is U+FFFD.
        """
        names = 1  # the first row
        for block, done in row_blocks(self.path, self.delimiter, self.encoding):
            self.done = done
            rows, wrong = self._read(block)
            texts, problems = _as_texts(*_with_wrong_rows(rows, wrong), self.schema)
            if texts.num_rows > names:
                yield texts[names:], None if problems is None else problems[names:]
            names = 0

    def _read(self, block: bytes) -> "tuple[pa.Table, list[int]]":
        """The rows of `block` that have as many fields as the first; the places of the others."""
        import pyarrow as pa  # noqa: PLC0415 (extra)
        from pyarrow import csv as arrow_csv  # noqa: PLC0415 (extra)

        wrong: list[int] = []

        def keep_place(row: "InvalidRow") -> str:
            wrong.append(row.number - 1)  # pyarrow counts from 1
            return "skip"

        try:
            rows = arrow_csv.read_csv(
                pa.BufferReader(block),
                arrow_csv.ReadOptions(
                    use_threads=False,  # which do not tell where a wrong row stands
                    block_size=len(block),
                    column_names=self.header,
                ),
                arrow_csv.ParseOptions(
                    delimiter=self.delimiter,
                    newlines_in_values=True,
                    ignore_empty_lines=len(self.header) > 1,  # of one column, they are rows
                    invalid_row_handler=keep_place,
                ),
                arrow_csv.ConvertOptions(
                    column_types=dict.fromkeys(self.header, pa.binary()),
                    include_columns=self.schema.names,
                ),
            )
        except pa.ArrowInvalid:  # its message has a row in it
            message = f"{str(self.path)!a} cannot be read as a CSV"
            raise ValueError(message) from None
        return rows, wrong


def open_csv(path: Path, delimiter: str | None, encoding: str) -> CsvTable:
    """The table in the CSV of `path`; see `open_table`."""
    import pyarrow as pa  # noqa: PLC0415 (extra)

    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\n\r' or delimiter > "~"):
        message = "a delimiter is one character of ASCII, and no quotation mark"
        raise ValueError(message)
    try:
        plain = codecs.lookup(encoding).name == "utf-8"
    except LookupError:
        message = f"there is no encoding {encoding!a}; utf-8 and cp1252 are two"
        raise ValueError(message) from None
    candidates = DELIMITERS if delimiter is None else (delimiter,)
    heads = {one: _head(path, one, "utf-8-sig" if plain else encoding) for one in candidates}
    parted = {one: head for one, head in heads.items() if len(head) > 1} or {
        candidates[0]: heads[candidates[0]]
    }
    if len(parted) > 1:
        message = f"{str(path)!a}: its first row has more than one delimiter: say which it is"
        raise ValueError(message)
    ((found, header),) = parted.items()
    schema = pa.schema([(name, pa.string()) for name in header])
    return CsvTable(path, schema, path.stat().st_size, found, encoding, header)


def _head(path: Path, delimiter: str, encoding: str) -> list[str]:
    """The names of the columns, in the first row."""
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        try:
            rows = csv.reader(file, delimiter=delimiter)
            head = next(rows, [])
            "".join(head).encode()
        except (UnicodeError, csv.Error):
            written = encoding.removesuffix("-sig")
            message = f"{str(path)!a}: its first line is not written in {written}, or is no CSV;"
            message += " give its encoding (--encoding, encoding=): that of Windows is cp1252"
            raise ValueError(message) from None
    if not head:
        message = f"{str(path)!a}: its first line is empty, and not the names of its columns"
        raise ValueError(message)
    return head


def _with_wrong_rows(
    rows: "pa.Table", wrong: list[int]
) -> "tuple[pa.RecordBatch, pa.StringArray | None]":
    """`rows`, and nulls at the places of the `wrong` ones."""
    import numpy as np  # noqa: PLC0415 (extra)
    import pyarrow as pa  # noqa: PLC0415 (extra)

    arrays = [column.combine_chunks() for column in rows.columns]
    batch = pa.RecordBatch.from_arrays(arrays, schema=rows.schema)
    if not wrong:
        return batch, None
    is_wrong = np.zeros(batch.num_rows + len(wrong), bool)
    is_wrong[wrong] = True
    places = np.where(is_wrong, 0, np.cumsum(~is_wrong) - 1)
    whole = batch.take(pa.array(places, mask=is_wrong))
    return whole, pa.array([WRONG_NUMBER.en if one else None for one in is_wrong], pa.string())


def _as_texts(
    batch: "pa.RecordBatch", problems: "pa.StringArray | None", schema: "pa.Schema"
) -> "tuple[pa.RecordBatch, pa.StringArray | None]":
    """`batch` of bytes as texts, and what is wrong with its rows."""
    import pyarrow as pa  # noqa: PLC0415 (extra)

    pc = arrow_compute()
    arrays: list[pa.Array] = []
    for column in batch.columns:
        try:
            arrays.append(column.cast(pa.string()))
        except pa.ArrowInvalid:
            cells = column.to_pylist()
            texts = [None if cell is None else cell.decode(errors="replace") for cell in cells]
            arrays.append(pa.array(texts, pa.string()))
            damaged = [
                None if text is None or text.encode() == cell else NOT_UTF8.en
                for text, cell in zip(texts, cells, strict=True)
            ]
            found = pa.array(damaged, pa.string())
            problems = found if problems is None else pc.coalesce(problems, found)
    return pa.RecordBatch.from_arrays(arrays, schema=schema), problems
