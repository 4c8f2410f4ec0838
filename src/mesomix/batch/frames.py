"""Any data frame of mixtures, checked."""

from typing import TYPE_CHECKING, Any, TypeVar

from mesomix.batch.arrow_compute import arrow_compute
from mesomix.batch.checking import check_batches
from mesomix.batch.column_types import no_such_column
from mesomix.batch.columns import Columns, Findings, checked_schema, needs_tables
from mesomix.formulary import Formulary
from mesomix.rulebook import Rulebook
from mesomix.rules import RULES

if TYPE_CHECKING:
    import narwhals as nw
    import pyarrow as pa

Frame = TypeVar("Frame")
MOST_ROWS = 1 << 16
"""Of a frame, in one batch."""


def check_frame(
    frame: Frame,
    formulary: Formulary,
    columns: Columns,
    *,
    rules: Rulebook = RULES,
    findings: Findings = "codes",
) -> Frame:
    """`frame` with what was found in each row, in columns behind its own.

    The rows are those of `frame`, in their order; so is the index of a pandas one.

    Args:
        frame: of pandas, polars, a `pyarrow.Table`, or any other that narwhals knows; all of it in
            memory. Columns that nothing reads may hold anything: with `columns.nothing_else`, what
            they say of a patient counts as denied, and nothing tells so.
        formulary: what the names of products, allergies and conditions are looked up in.
        columns: which columns say what.
        rules: those that are asked.
        findings: as `check_batches` has them.

    Raises TypeError when it is no such frame, or a lazy one; and ValueError when a column is
    missing, cannot be read, or has the name of one that a check adds.
    """
    needs_tables()
    import pyarrow as pa  # noqa: PLC0415 (extra)

    given = _eager(frame)
    table = pa.table({name: _column(given, name) for name, _ in columns.wanted})
    schema = checked_schema(table.schema, columns, rules=rules, findings=findings)
    added = schema.names[len(table.schema) :]
    clash = {*added} & {*given.columns}
    if clash:
        message = f"a check adds {', '.join(sorted(clash))}: rename these columns, or drop them"
        raise ValueError(message)
    batches = table.to_batches(MOST_ROWS)
    checked = check_batches(batches, formulary, columns, rules=rules, findings=findings)
    found = given.from_arrow(
        pa.Table.from_batches(checked, schema).select(added), backend=given.implementation
    )
    # Each by itself: narwhals gives a new column the index of the frame.
    return given.with_columns(*(found[name] for name in added)).to_native()


def _eager(frame: object) -> "nw.DataFrame[Any]":
    """`frame` as narwhals has it; TypeError when it is none, or a lazy one."""
    try:
        import narwhals as nw  # noqa: PLC0415 (extra)
    except ImportError as error:
        message = "a data frame needs narwhals: install mesomix with its extra 'tables'"
        raise ImportError(message) from error
    given = nw.from_native(frame, pass_through=True)
    if isinstance(given, nw.LazyFrame):
        message = "a lazy frame has no rows yet: give what its .collect() returns"
        raise TypeError(message)
    if not isinstance(given, nw.DataFrame):
        message = "a frame must be one of pandas, polars or pyarrow, or any that narwhals knows"
        raise TypeError(message)
    return given


def _column(frame: "nw.DataFrame[Any]", name: str) -> "pa.Array":
    """A column of `frame`; ValueError, without what it holds, when there is none or it is mixed."""
    import pyarrow as pa  # noqa: PLC0415 (extra)

    if name not in frame.columns:
        raise no_such_column(name, frame.columns)
    try:
        column = frame[name].to_arrow()
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        message = f"column {name!a} holds values of more than one type"
        raise ValueError(message) from None
    # A column of pandas that has nothing in it is one of NaN.
    if pa.types.is_floating(column.type) and _all_null(column):
        return pa.nulls(len(column))
    return column


def _all_null(column: "pa.Array") -> bool:
    return arrow_compute().is_null(column, nan_is_null=True).true_count == len(column)
