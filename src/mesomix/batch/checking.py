"""The check of Arrow record batches: the same rows come out, in order, with columns more."""

import os
import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Final, TypeVar, get_args

from mesomix.batch.columns import (
    FINDINGS,
    OPEN,
    SURE,
    UNSURE,
    VERDICT,
    Columns,
    Findings,
    added_fields,
    checked_schema,
    needs_tables,
)
from mesomix.formulary import Formulary
from mesomix.planes import Planes
from mesomix.rulebook import Rulebook
from mesomix.rules import RULES

if TYPE_CHECKING:
    import pyarrow as pa

    from mesomix.batch.kernel.checker import Checker

ROWS_AT_ONCE: Final = 1 << 17
"""So many rows of a batch are checked together at most: with fewer, threads wait for each other."""
FEWEST_ROWS: Final = 1 << 12
"""So many at first, and as long as much in them is new: it is learned, and takes memory."""
MOST_NEW: Final = 1 << 12
"""So many texts, mixtures or sets are learned at once, of some thousand bytes each."""
_NEW: Final = 1 / 16
"""Where so many new texts and sets, for each row, were met, there are fewer rows next time."""
WAITING: Final = 2
"""Beside one for each thread, so many pieces of a table are in the memory at once."""

_TELLS_VERDICTS: Final = re.compile(f"{VERDICT}|{OPEN}|(?:{SURE}|{UNSURE})(?:_[0-9]+)?")
"""The names of the columns that say what was found, in numbers and words."""

Checked = TypeVar("Checked", "pa.Table", "pa.RecordBatch")


def check_batches(  # noqa: PLR0913 (the last three have defaults, and are named)
    batches: "Iterable[pa.RecordBatch]",
    formulary: Formulary,
    columns: Columns,
    *,
    rules: Rulebook = RULES,
    findings: Findings = "codes",
    threads: int | None = None,
) -> "Iterator[pa.RecordBatch]":
    """What `rules` say of each row of `batches`, as `Rulebook.check` would say it of one.

    No row is dropped or moved: the batches that come out hold the rows and columns of those that
    went in, and the columns of `checked_schema`. They may be cut into smaller ones. Nothing of a
    patient is remembered once the iterator is done.

    Args:
        batches: of one schema; a `pyarrow.RecordBatchReader` is such an iterable.
        formulary: what the names are read with.
        columns: which columns say what.
        rules: the rulebook; that of mesomix by default.
        findings: "codes", a bit for each rule, or "list", each finding with its products.
        threads: how many work at once; None for as many as there are processors.

    Raises ImportError without pyarrow and numpy, TypeError when an argument is of another type,
    and ValueError when `columns` asks for a condition that the formulary does not know; while it
    is iterated, ValueError as `checked_schema` does, or when batches differ in their schema.
    """
    needs_tables()
    for name, given, kind in (
        ("formulary", formulary, Formulary),
        ("columns", columns, Columns),
        ("rules", rules, Rulebook),
    ):
        if not isinstance(given, kind):
            message = f"{name} must be a mesomix {kind.__name__}"
            raise TypeError(message)
    if findings not in get_args(Findings):
        message = f"findings must be one of: {', '.join(get_args(Findings))}"
        raise ValueError(message)
    if threads is None:
        threads = (
            len(os.sched_getaffinity(0))
            if hasattr(os, "sched_getaffinity")
            else os.cpu_count() or 1
        )
    if isinstance(threads, bool) or not isinstance(threads, int) or threads < 1:
        message = "threads must be a whole number from 1, or None"
        raise ValueError(message)
    return _run(batches, _Run(formulary, columns, rules, findings), threads)


def expand(
    checked: Checked, formulary: Formulary, columns: Columns, *, rules: Rulebook = RULES
) -> Checked:
    """What `check_batches` yielded, a table or a batch, with the findings of each row as a list.

    `formulary`, `columns` and `rules` are those that it was checked with: ValueError where these
    say something else of a row. The rows are checked anew: a part of a table is expanded in the
    time that the part takes. Other errors as there.
    """
    needs_tables()
    import pyarrow as pa  # noqa: PLC0415 (extra)

    if not isinstance(checked, pa.Table | pa.RecordBatch):
        message = "expand takes what check_batches yielded; of another frame, give check_frame its"
        message += " rows without the mesomix_ columns, with findings='list'"
        raise TypeError(message)
    for field in added_fields(rules, "codes"):
        told = field.metadata is not None and field.name in checked.schema.names
        if told and checked.schema.field(field.name).metadata not in (None, field.metadata):
            message = f"expand takes what was checked with these rules: {field.name} is of others"
            raise ValueError(message)
    names = {field.name for field in added_fields(rules, "list")}
    rows = checked.select([name for name in checked.schema.names if name not in names])
    batches = [rows] if isinstance(rows, pa.RecordBatch) else rows.to_batches()
    schema = checked_schema(rows.schema, columns, rules=rules, findings="list")
    made = check_batches(batches, formulary, columns, rules=rules, findings="list")
    table = pa.Table.from_batches(list(made), schema)
    for name in filter(_TELLS_VERDICTS.fullmatch, checked.schema.names):
        # A frame may have lost the ids of the rules, so it is the rows that are compared.
        if name not in names or checked[name].to_pylist() != table[name].to_pylist():
            message = "expand takes what was checked with these rules, columns and formulary:"
            message += f" {name} is of others"
            raise ValueError(message)
    if isinstance(checked, pa.Table):
        return table
    arrays = [column.combine_chunks() for column in table.columns]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _run(
    batches: "Iterable[pa.RecordBatch]", run: "_Run", threads: int
) -> "Iterator[pa.RecordBatch]":
    pieces = _pieces(batches, run)
    if threads == 1:
        for piece in pieces:
            yield from run.checked(piece)
        return
    waiting: deque[Future[list[pa.RecordBatch]]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        try:
            for piece in pieces:
                waiting.append(pool.submit(run.checked, piece))
                if len(waiting) >= threads + WAITING:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for one in waiting:
                one.cancel()


def _pieces(batches: "Iterable[pa.RecordBatch]", run: "_Run") -> "Iterator[pa.RecordBatch]":
    """The rows of `batches`, not too many at once; ValueError where their schemas differ."""
    schema = None
    for number, batch in enumerate(batches, 1):
        schema = batch.schema if schema is None else schema
        if not batch.schema.equals(schema):
            message = f"batch {number} has another schema than the first"
            raise ValueError(message)
        start = 0
        while start < max(batch.num_rows, 1):
            rows = run.rows_at_once
            yield batch.slice(start, rows)
            start += rows


class _Run:
    """One run over a table, and what it has met so far."""

    def __init__(
        self, formulary: Formulary, columns: Columns, rules: Rulebook, findings: Findings
    ) -> None:
        from mesomix.batch.kernel.facts import knows_condition  # noqa: PLC0415 (extra)

        for name in columns.facts:
            if not knows_condition(formulary, name):
                known = ", ".join(formulary.conditions)
                message = f"columns.facts: {name!r} names no condition; known: {known}"
                raise ValueError(message)
        self._formulary = formulary
        self._columns = columns
        self._findings: Findings = findings
        self._planes = Planes(rules, formulary.edition)
        self._lock = Lock()
        self._begun: tuple[Checker, pa.Schema] | None = None
        self.rows_at_once = min(FEWEST_ROWS, ROWS_AT_ONCE)
        """How many rows the next piece should have."""

    def checked(self, batch: "pa.RecordBatch") -> "list[pa.RecordBatch]":
        """`batch` with the columns that are added, in parts where too much in it is new."""
        import pyarrow as pa  # noqa: PLC0415 (extra)

        from mesomix.batch.kernel.sources import TooMuchIsNew  # noqa: PLC0415 (extra)

        checker, schema = self._for(batch.schema)
        if not batch.num_rows:
            nothing = [pa.nulls(0, field.type) for field in schema]
            return [pa.RecordBatch.from_arrays(nothing, schema=schema)]
        learned = checker.learned
        try:
            found = self._checked_by(checker, batch, schema)
        except TooMuchIsNew:
            self.rows_at_once = min(FEWEST_ROWS, ROWS_AT_ONCE)
            if batch.num_rows == 1:
                return [self._checked_by(self._made(batch.schema, alone=True), batch, schema)]
            half = (batch.num_rows + 1) // 2
            return [
                part
                for start in range(0, batch.num_rows, half)
                for part in self.checked(batch.slice(start, half))
            ]
        much = checker.learned - learned > batch.num_rows * _NEW
        wanted = batch.num_rows // 2 if much else batch.num_rows * 2
        self.rows_at_once = min(max(wanted, FEWEST_ROWS), ROWS_AT_ONCE)
        return [found]

    def _checked_by(
        self, checker: "Checker", batch: "pa.RecordBatch", schema: "pa.Schema"
    ) -> "pa.RecordBatch":
        import pyarrow as pa  # noqa: PLC0415 (extra)

        from mesomix.batch.kernel.added import added  # noqa: PLC0415 (extra)
        from mesomix.batch.kernel.findings import findings  # noqa: PLC0415 (extra)

        rows = checker.rows(batch)
        arrays = [*batch.columns, *added(checker, rows, schema.field(VERDICT).type)]
        if self._findings == "list":
            arrays.append(findings(checker, rows, schema.field(FINDINGS).type))
        return pa.RecordBatch.from_arrays(arrays, schema=schema)

    def _for(self, schema: "pa.Schema") -> "tuple[Checker, pa.Schema]":
        """The checker of batches of `schema`, and the schema of what comes out."""
        with self._lock:
            if self._begun is None:
                rules, columns = self._planes.rulebook, self._columns
                out = checked_schema(schema, columns, rules=rules, findings=self._findings)
            else:
                checker, out = self._begun
                if not checker.is_full:
                    return self._begun
            self._begun = self._made(schema), out
            return self._begun

    def _made(self, schema: "pa.Schema", *, alone: bool = False) -> "Checker":
        """Another checker, or one for a row that alone brings more than is ever learned at once."""
        from mesomix.batch.kernel.checker import Checker  # noqa: PLC0415 (extra)

        most_new = None if alone else MOST_NEW
        return Checker(self._formulary, self._planes, self._columns, schema, most_new)
