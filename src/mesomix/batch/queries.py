"""What a query of DuckDB finds, checked while it is read."""

from typing import TYPE_CHECKING

from mesomix.batch.checking import check_batches
from mesomix.batch.columns import Columns, Findings, checked_schema, needs_tables
from mesomix.formulary import Formulary
from mesomix.rulebook import Rulebook
from mesomix.rules import RULES

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

MOST_ROWS = 1 << 16
"""Of a result, in one batch."""


def check_query(  # noqa: PLR0913 (what is asked of the database, and what `check_batches` is told)
    connection: "duckdb.DuckDBPyConnection",
    query: str,
    formulary: Formulary,
    columns: Columns,
    *,
    rules: Rulebook = RULES,
    findings: Findings = "list",
) -> "pa.RecordBatchReader":
    """The rows that `query` finds, with what was found in each of them.

    They are read, checked and handed on a batch at a time, so that more of them than fit into
    memory can be written to a file or to another table: DuckDB reads what is returned like a table,
    `found = check_query(connection, …)` and then `SELECT * FROM found`, once.

    Args:
        connection: of DuckDB. The query runs on a cursor of it, since an open result blocks a
            connection: the same database and registered tables, but no temporary ones.
        query: in SQL.
        formulary: what the names of products, allergies and conditions are looked up in.
        columns: which columns of the result say what.
        rules: those that are asked.
        findings: as `check_batches` has them; by default in full, since SQL reads lists.

    Raises ValueError when the query is empty, or a column is missing, cannot be read, or
    has the name of one that a check adds; and what DuckDB raises for a query that it cannot run.
    """
    needs_tables()
    import pyarrow as pa  # noqa: PLC0415 (extra)

    relation = connection.cursor().sql(query)
    if relation is None:  # as it is of a query of nothing
        message = "the query is empty"
        raise ValueError(message)
    rows = relation.to_arrow_reader(MOST_ROWS)
    schema = checked_schema(rows.schema, columns, rules=rules, findings=findings)
    checked = check_batches(rows, formulary, columns, rules=rules, findings=findings)
    return pa.RecordBatchReader.from_batches(schema, checked)
