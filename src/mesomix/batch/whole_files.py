"""A table written whole, or not at all: nothing half-written has the name of a result."""

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    import pyarrow as pa

    Write = Callable[[pa.RecordBatch], None]


ROWS_IN_GROUP: Final = 1 << 17
"""Of a Parquet file."""


@contextmanager
def whole_table(
    path: Path, schema: "pa.Schema", delimiter: str = ",", worst_first: Sequence[str] = ()
) -> "Iterator[Write]":
    """What writes batches of `schema` to `path`, a .parquet or a .csv.

    In a CSV a list is one text, its elements joined with "; ", and so are findings, by the rules in
    the order `worst_first`.

    The file has its name only once all is written and on the disk; until then it lies beside it
    under a name that ends in ".incomplete-" and some letters. Whatever is raised within removes
    that one, and leaves an older file of the name as it was. Raises ValueError when it cannot be
    written, or when a column has a type that a CSV has no place for.
    """
    import pyarrow.parquet as pq  # noqa: PLC0415 (extra)
    from pyarrow import csv  # noqa: PLC0415 (extra)

    from mesomix.batch.csv_texts import CsvTexts  # noqa: PLC0415 (extra)

    if path.suffix.lower() == ".parquet":
        with _whole(path) as file, pq.ParquetWriter(file, schema) as parquet:
            kept = _Kept(parquet.write_table)
            yield kept.add
            kept.write()
        return
    texts = CsvTexts(schema, worst_first)
    options = csv.WriteOptions(delimiter=delimiter)
    with _whole(path) as file, csv.CSVWriter(file, texts.schema, write_options=options) as lines:
        yield lambda batch: lines.write_batch(texts.of(batch))


class _Kept:
    """Batches to be written together: each writing makes a row group, and small ones are slow."""

    def __init__(self, write: "Callable[[pa.Table], object]") -> None:
        self._write = write
        self._batches: list[pa.RecordBatch] = []
        self._rows = 0

    def add(self, batch: "pa.RecordBatch") -> None:
        """Keep `batch`, and write what is kept once it is enough."""
        self._batches.append(batch)
        self._rows += batch.num_rows
        if self._rows >= ROWS_IN_GROUP:
            self.write()

    def write(self) -> None:
        """Write what is kept, if anything."""
        import pyarrow as pa  # noqa: PLC0415 (extra)

        if self._batches:
            self._write(pa.Table.from_batches(self._batches))
        self._batches = []
        self._rows = 0


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    """A new file beside `path` that takes its place when all went well."""
    path = Path(os.path.realpath(path))  # of a link, what it leads to
    unfinished = path.with_name(f"{path.name}.incomplete-{secrets.token_hex(4)}")
    try:
        with unfinished.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        _keep_name(path.parent)
    except OSError as error:
        message = f"{str(path)!a} cannot be written: {error.strerror or 'the system refuses'}"
        raise ValueError(message) from None
    finally:
        unfinished.unlink(missing_ok=True)


def _keep_name(folder: Path) -> None:
    """Have the names in `folder` on the disk; where a system cannot, it does so by itself."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
