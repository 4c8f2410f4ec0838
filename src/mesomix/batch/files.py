"""Tables in files, read a batch at a time and as they stand: Parquet, and CSV as texts."""

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from mesomix.batch.columns import needs_tables
from mesomix.batch.csv_files import open_csv
from mesomix.names import shortened

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import FileMetaData, ParquetFile

    Rows = tuple[pa.RecordBatch, pa.StringArray | None]
    """Rows of a table, and why one could not be read; None where each could."""

PARQUET: Final = ".parquet"
CSV: Final = ".csv"
MOST_ROWS: Final = 1 << 17
"""In one batch of a Parquet file."""
LARGE_GROUP: Final = 1 << 14
"""The rows of a row group that is as good as a batch."""
_IN_LIST: Final = ".list."
"""In the name of a leaf of the Parquet schema: what stands before it is the column."""


class TableFile(Protocol):
    """A file of rows that are read one batch after the other."""

    path: Path
    schema: "pa.Schema"
    size: int
    """What there is to read, rows or bytes (`unit`), and how much of it was read."""
    unit: str
    done: int
    delimiter: str
    """Of a CSV that is written of it."""

    def only(self, names: Collection[str | None]) -> "TableFile":
        """The same with these columns alone."""

    def coded(self, names: Collection[str]) -> "TableFile":
        """The same, with dictionaries of texts in these columns where the file has them so."""

    def batches(self) -> "Iterator[Rows]":
        """Each row, in the order of the file; ValueError where they cannot be read."""


def open_table(
    path: str | PathLike[str], *, delimiter: str | None = None, encoding: str = "utf-8"
) -> TableFile:
    """The table in the file of `path`, a .parquet or a .csv; only its head is read so far.

    Args:
        path: the first row of a CSV names its columns; each of them is a column of texts.
        delimiter: of a CSV; by default whichever of , ; | and the tabulator its first row has.
        encoding: of a CSV. In UTF-8, a row that has bytes which are none is told by its number.

    Raises ValueError, with the path, when it cannot be read, is no such table, or has two columns
    of one name; ImportError without pyarrow and numpy.
    """
    needs_tables()
    path = Path(path)
    try:
        if path.suffix.lower() == PARQUET:
            table = _parquet(path)
        elif path.suffix.lower() == CSV:
            table = open_csv(path, delimiter, encoding)
        else:
            message = f"{str(path)!a}: a table is a {PARQUET} or a {CSV}"
            raise ValueError(message)
    except OSError as error:
        message = f"{str(path)!a} cannot be read: {error.strerror or 'the system refuses'}"
        raise ValueError(message) from None
    names = Counter(table.schema.names)
    twice = ", ".join(repr(shortened(name)) for name, count in names.items() if count > 1)
    if twice:
        message = f"{str(path)!a}: it has more than one column of these names: {twice}"
        raise ValueError(message)
    return table


@contextmanager
def bytes_of_no_text_told(table: TableFile) -> Iterator[None]:
    """Within, where Arrow cannot read a text of `table`: a ValueError that names its column."""
    import pyarrow as pa  # noqa: PLC0415 (extra)

    try:
        yield
    except (UnicodeDecodeError, pa.ArrowInvalid):
        column = _without_utf8(table)
        if column is None:
            raise
        message = f"{str(table.path)!a}: its column {shortened(column)!r} has bytes that are no"
        message += " UTF-8, where a text is wanted: write that column anew, or leave it out"
        raise ValueError(message) from None


def _without_utf8(table: TableFile) -> str | None:
    """The first column of texts, or else of bytes, that has bytes which are no UTF-8."""
    import pyarrow as pa  # noqa: PLC0415 (extra)

    found = None
    for batch, _ in table.batches():
        for field in batch.schema:
            column = batch[field.name]
            try:
                column.validate(full=True)
            except pa.ArrowInvalid:
                return field.name
            if found is None and field.type in {pa.binary(), pa.large_binary()}:
                try:
                    column.cast(pa.string())
                except pa.ArrowInvalid:
                    found = field.name
    return found


@dataclass(slots=True)
class ParquetTable:
    """A Parquet file."""

    path: Path
    schema: "pa.Schema"
    size: int
    unit: str = "row"
    done: int = 0
    delimiter: str = ","
    leaves: tuple[str, ...] = ()
    """Those of the Parquet schema that are read as dictionaries."""

    def only(self, names: Collection[str | None]) -> "ParquetTable":
        """The same with these columns alone."""
        import pyarrow as pa  # noqa: PLC0415 (extra)

        kept = [field for field in self.schema if field.name in names]
        return replace(self, schema=pa.schema(kept, self.schema.metadata))

    def coded(self, names: Collection[str]) -> "ParquetTable":
        """The same, with dictionaries of texts in these columns where the file has them so."""
        with _opened(self.path) as file:
            leaves = _leaves_of_dictionaries(file.metadata, names)
        with _opened(self.path, leaves) as file:
            coded = replace(self, schema=file.schema_arrow, leaves=leaves)
        return coded.only(self.schema.names)

    def batches(self) -> "Iterator[Rows]":
        """Each row, in the order of the file; ValueError where they cannot be read."""
        import pyarrow as pa  # noqa: PLC0415 (extra)

        self.done = 0
        with _opened(self.path, self.leaves) as file:
            groups = [*range(file.num_row_groups)]
            apart = any(_IN_LIST in leaf for leaf in self.leaves)
            try:
                # pyarrow reads no lists of dictionaries through more than one row group at once.
                for some in [[group] for group in groups] if apart else [groups]:
                    for batch in file.iter_batches(MOST_ROWS, some, self.schema.names):
                        self.done += batch.num_rows
                        # Where a struct has a part of that name, it came as well.
                        yield batch.select(self.schema.names), None
            except (OSError, pa.ArrowException):
                message = f"{str(self.path)!a} cannot be read beyond row {self.done}: it is damaged"
                raise ValueError(message) from None
        if self.done != self.size:
            message = f"{str(self.path)!a} has {self.done} rows, and says that it has {self.size}"
            raise ValueError(message)


def _parquet(path: Path) -> ParquetTable:
    with _opened(path) as file:
        return ParquetTable(path, file.schema_arrow, file.metadata.num_rows)


@contextmanager
def _opened(path: Path, leaves: Collection[str] = ()) -> "Iterator[ParquetFile]":
    import pyarrow as pa  # noqa: PLC0415 (extra)
    import pyarrow.parquet as pq  # noqa: PLC0415 (extra)

    with path.open("rb"):  # the system's own words, where it is absent
        pass
    try:
        file = pq.ParquetFile(path, read_dictionary=[*leaves], page_checksum_verification=True)
    except (OSError, KeyError, pa.ArrowException):
        message = f"{str(path)!a} is no Parquet file, or its end is missing"
        raise ValueError(message) from None
    with file:
        yield file


def _leaves_of_dictionaries(metadata: "FileMetaData", names: Collection[str]) -> tuple[str, ...]:
    """The leaves of texts in the columns `names` that the file has as dictionaries.

    Nothing says so, but their size does: a text that is written out takes four bytes and more. Of
    other texts, a dictionary of a whole row group would be made, which may be large. Of lists, only
    where row groups are large enough to be read one by one.
    """
    found: list[str] = []
    large = metadata.num_rows >= LARGE_GROUP * metadata.num_row_groups
    for number in range(metadata.num_columns):
        leaf = metadata.schema.column(number)
        groups = (metadata.row_group(group) for group in range(metadata.num_row_groups))
        chunks = (group.column(number) for group in groups)
        if (
            leaf.converted_type == "UTF8"
            and (leaf.path in names or (large and leaf.path.rpartition(_IN_LIST)[0] in names))
            and all(chunk.total_uncompressed_size < 4 * chunk.num_values for chunk in chunks)
        ):
            found.append(leaf.path)
    return tuple(found)
