"""Queries of DuckDB: their rows are checked as they are read, and DuckDB reads them again."""

import duckdb
import pyarrow as pa
import pytest

from mesomix import Formulary
from mesomix.batch import Columns, check_batches
from mesomix.batch.queries import check_query

COLUMNS = Columns(
    products=("a", "b"), allergies="allergies", facts={"cancer": "cancer"}, nothing_else=True
)


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    found = duckdb.connect()
    found.execute(
        """
        CREATE TABLE past AS SELECT
            range AS id,
            ['Piroxicam', 'Miorel', 'Vit C', 'foo', NULL][1 + (range * 7) % 5] AS a,
            ['Dicynone', 'Kenacort', '', 'Procaïne'][1 + (range * 3) % 4] AS b,
            [['AINS'], ['sulfites', 'latex'], [], NULL][1 + (range // 5) % 4] AS allergies,
            [true, false, NULL][1 + (range // 11) % 3] AS cancer
        FROM range(200000)
        """
    )
    return found


@pytest.mark.parametrize("findings", ["codes", "list"])
def test_a_stream_equals_the_table(
    connection: duckdb.DuckDBPyConnection, formulary: Formulary, findings: str
) -> None:
    assert findings in {"codes", "list"}
    table = connection.sql("SELECT * FROM past LIMIT 70000").to_arrow_table()
    expected = pa.Table.from_batches(
        check_batches(table.to_batches(), formulary, COLUMNS, findings=findings)
    )
    query = "SELECT * FROM past LIMIT 70000"
    found = check_query(connection, query, formulary, COLUMNS, findings=findings).read_all()
    assert found.schema == expected.schema
    assert found.equals(expected)


def test_duckdb_reads_what_was_found(
    connection: duckdb.DuckDBPyConnection, formulary: Formulary
) -> None:
    connection.register("found", check_query(connection, "FROM past", formulary, COLUMNS))
    # The connection is free while its cursor is read.
    connection.execute("CREATE TABLE checked AS SELECT * FROM found")
    assert connection.execute("SELECT count(*), min(id), max(id) FROM checked").fetchone() == (
        200000,
        0,
        199999,
    )
    counted = connection.execute(
        """
        SELECT count(DISTINCT id) FROM (SELECT id, unnest(mesomix_findings) AS found FROM checked)
        WHERE found.rule = 'known-allergy' AND found.certain AND mesomix_verdict = 'refuse'
        """.replace("SELECT id,", "SELECT id, mesomix_verdict,")
    ).fetchone()
    assert counted is not None
    assert counted[0] > 1000


def test_errors_are_told_before_anything_is_read(
    connection: duckdb.DuckDBPyConnection, formulary: Formulary
) -> None:
    with pytest.raises(ValueError, match="there is no column 'b'"):
        check_query(connection, "SELECT a FROM past", formulary, COLUMNS)
    with pytest.raises(duckdb.Error):
        check_query(connection, "SELECT a FROM absent", formulary, COLUMNS)
    with pytest.raises(ValueError, match="the query is empty"):
        check_query(connection, " ; ", formulary, COLUMNS)


@pytest.mark.slow
def test_a_million_rows_are_the_same_table(
    connection: duckdb.DuckDBPyConnection, formulary: Formulary
) -> None:
    query = "SELECT past.* REPLACE (id * 5 + n.range AS id) FROM past, range(5) AS n"
    connection.register("found", check_query(connection, query, formulary, COLUMNS))
    connection.execute("CREATE TABLE checked AS SELECT * FROM found")
    stored = connection.sql("FROM checked ORDER BY id").to_arrow_table()
    batches = connection.sql(query).to_arrow_table().sort_by("id").to_batches()
    expected = [*check_batches(batches, formulary, COLUMNS, findings="list")]
    assert stored.num_rows == 1_000_000
    assert stored.equals(pa.Table.from_batches(expected).cast(stored.schema))
