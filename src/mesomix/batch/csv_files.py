"""CSV files, whose first row names the columns: each cell as the text that it is, each row kept."""

import codecs
import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mesomix.batch.arrow_compute import arrow_compute
from mesomix.batch.csv_blocks import row_blocks
from mesomix.batch.problems import NOT_UTF8, TOO_FEW_CELLS, TOO_MANY_CELLS

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.csv import InvalidRow

DELIMITERS: Final = (",", ";", "\t", "|")
"""Those that are looked for, where nobody says which it is."""
_OF_EXCEL: Final = re.compile("sep=", re.IGNORECASE)
_DAMAGED: Final = re.compile("[\udc80-\udcff]")
"""What Python has for a byte that is no UTF-8."""
_MARK: Final = "\ufdd0"
"""What stands for such a byte while a block is read: no text has it, since it is no character."""


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

        Of a row of fewer fields than the first the others are null, and of one of more fields the
        last ones are left out; in one that is no UTF-8 each damaged byte is U+FFFD.
        """
        names = 1  # the first row
        for block, done in row_blocks(self.path, self.delimiter, self.encoding):
            self.done = done
            sound = _as_utf8(block)
            rows, problems = self._with_wrong_rows(*self._read(sound))
            if sound is not block:
                rows, problems = _with_damaged_rows(rows, problems)
            if rows.num_rows > names:
                yield rows[names:], None if problems is None else problems[names:]
            names = 0

    def _read(self, block: bytes) -> "tuple[pa.Table, dict[int, InvalidRow]]":
        """The rows of `block` that have as many fields as the first; the others, by their place."""
        import pyarrow as pa  # noqa: PLC0415 (extra)
        from pyarrow import csv as arrow_csv  # noqa: PLC0415 (extra)

        wrong: dict[int, InvalidRow] = {}

        def keep_place(row: "InvalidRow") -> str:
            wrong[row.number - 1] = row  # pyarrow counts from 1
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
                    column_types=dict.fromkeys(self.header, pa.string()),
                    include_columns=self.schema.names,
                ),
            )
        except pa.ArrowInvalid:  # its message has a row in it
            message = f"{str(self.path)!a} cannot be read as a CSV"
            raise ValueError(message) from None
        return rows, wrong

    def _with_wrong_rows(
        self, rows: "pa.Table", wrong: "dict[int, InvalidRow]"
    ) -> "tuple[pa.RecordBatch, pa.StringArray | None]":
        """`rows`, with the `wrong` ones at their places, and what is wrong with them."""
        import numpy as np  # noqa: PLC0415 (extra)
        import pyarrow as pa  # noqa: PLC0415 (extra)

        arrays = [column.combine_chunks() for column in rows.columns]
        if not wrong:
            return pa.RecordBatch.from_arrays(arrays, schema=rows.schema), None
        cells = [_cells(row.text, self.delimiter) for row in wrong.values()]
        numbers = [self.header.index(name) for name in rows.schema.names]
        kept = [[row[n] if n < len(row) else None for row in cells] for n in numbers]
        is_wrong = np.zeros(rows.num_rows + len(wrong), bool)
        is_wrong[[*wrong]] = True
        places = np.cumsum(~is_wrong) - 1
        places[is_wrong] = np.arange(rows.num_rows, len(places))  # behind the others
        together = [
            pa.concat_arrays([column, pa.array(texts, pa.string())])
            for column, texts in zip(arrays, kept, strict=True)
        ]
        whole = pa.RecordBatch.from_arrays(together, schema=rows.schema).take(pa.array(places))
        problems = np.full(len(is_wrong), None, object)
        problems[[*wrong]] = [
            (TOO_MANY_CELLS if row.actual_columns > row.expected_columns else TOO_FEW_CELLS).en
            for row in wrong.values()
        ]
        return whole, pa.array(problems, pa.string())


def open_csv(path: Path, delimiter: str | None, encoding: str) -> CsvTable:
    """The table in the CSV of `path`; see `open_table`."""
    import pyarrow as pa  # noqa: PLC0415 (extra)

    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\n\r' or delimiter > "~"):
        message = (
            "a delimiter (--delimiter, delimiter=) is one character of ASCII, and no quotation mark"
        )
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
        message += " (--delimiter, delimiter=)"
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
    if _OF_EXCEL.match(head[0]):
        message = (
            f"{str(path)!a}: its first line is 'sep=', by which Excel knows the delimiter, and"
        )
        message += " not the names of its columns: take that line out"
        raise ValueError(message)
    return head


def _cells(row: str, delimiter: str) -> list[str]:
    """The cells of a row of another number of them; none where one is too long."""
    try:
        return next(csv.reader(io.StringIO(row, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []


def _as_utf8(block: bytes) -> bytes:
    """`block`, or what can be read of it: then each byte that is no UTF-8 is replaced."""
    try:
        block.decode()
    except UnicodeDecodeError:
        return _DAMAGED.sub(_MARK, block.decode(errors="surrogateescape")).encode()
    return block


def _with_damaged_rows(
    rows: "pa.RecordBatch", problems: "pa.StringArray | None"
) -> "tuple[pa.RecordBatch, pa.StringArray]":
    """`rows` with U+FFFD for what was damaged, and what is wrong with them."""
    import pyarrow as pa  # noqa: PLC0415 (extra)

    pc = arrow_compute()
    found = pa.nulls(rows.num_rows, pa.string()) if problems is None else problems
    arrays: list[pa.Array] = []
    for column in rows.columns:
        is_damaged = pc.match_substring(column, _MARK)
        found = pc.coalesce(
            found, pc.if_else(is_damaged, NOT_UTF8.en, pa.scalar(None, pa.string()))
        )
        arrays.append(pc.replace_substring(column, _MARK, "\ufffd"))
    return pa.RecordBatch.from_arrays(arrays, schema=rows.schema), found
