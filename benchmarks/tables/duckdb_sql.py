"""The same findings in DuckDB, from tables of words that are joined.

Joins keep no order, so each row has its number.

Joins by small dense keys are its fastest lookups (lists, indexed, took six times as long); the
tables are its own, ordered by key.
"""

from collections.abc import Callable
from importlib.metadata import version
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import synthetic

from tables.lookups import FACT_BITS, FACTS, REPEATED, Lookups, Table, Term
from tables.masks import REFUSED, REVIEWED, RULES
from tables.rows import NONE_KNOWN, Form, Rows
from tables.rows import table as table_of

_TERMS: Final = {
    "value": "{column}::INT * {factor}",
    "none": "({column} = 0)::INT * {factor}",
    "some": "({column} > 0)::INT * {factor}",
}
_BITS: Final = " | ".join(f'("{c}"::INT << {n})' for n, c in enumerate(synthetic.FACTS))
_BY_NAME: Final = """
    FROM written JOIN names n1 ON n1.name = product1 JOIN names n2 ON n2.name = product2
    JOIN names n3 ON n3.name = product3"""
_BY_CODE: Final = """
    SELECT row, enum_code(product1)::INT p1, enum_code(product2)::INT p2,
    enum_code(product3)::INT p3, enum_code(allergy)::INT a1, 0 a2"""
READ: Final = {
    Form.CODES: "SELECT * FROM written",
    Form.ENCODED: f"{_BY_CODE}, {_BITS} yes FROM written",
    Form.PLAIN: f"SELECT row, n1.id p1, n2.id p2, n3.id p3, a.id a1, 0 a2, {_BITS} yes"
    f" {_BY_NAME} JOIN allergens a ON a.name = allergy",
    Form.LISTS: f"SELECT row, n1.id p1, n2.id p2, n3.id p3, b1.id a1, b2.id a2, f.id yes"
    f" {_BY_NAME} JOIN allergens b1 ON b1.name = coalesce(allergies[1], '{NONE_KNOWN}')"
    f" JOIN allergens b2 ON b2.name = coalesce(allergies[2], '{NONE_KNOWN}')"
    " JOIN fact_lists f ON f.affirmed = written.affirmed",
}
"""From each form of a table to codes."""


class DuckDb:
    """One query for all rows, whose result is fetched as Arrow."""

    name = "DuckDB SQL"
    version = f"duckdb {version('duckdb')}"

    def ready(self, rows: Rows, form: Form, prepared: Lookups) -> Callable[[], pa.Table]:
        """The query of the rows in that form."""
        connection = duckdb.connect()
        for name, table in prepared.tables.items():
            _create(connection, name, _columns(table))
        products = ["", *[p.name.en for p in rows.formulary.products.values()]]
        for name, texts in (("names", products), ("allergens", [NONE_KNOWN, *rows.allergens])):
            numbers = np.arange(len(texts), dtype=np.int16)
            _create(connection, name, pa.table({"id": numbers, "name": texts}))
        _create(connection, "fact_lists", _fact_lists())
        _create(connection, "written", table_of(rows, form), _enums(connection, rows, form))
        sql = query(form, prepared)
        return lambda: connection.sql(sql).to_arrow_table()


def _fact_lists() -> pa.Table:
    """Every list of facts with its bits: to look up a list whole is the quickest way to read it."""
    bits = range(1 << FACTS)
    listed = [[c for n, c in enumerate(synthetic.FACTS) if one >> n & 1] for one in bits]
    return pa.table({"id": pa.array(bits, pa.int32()), "affirmed": listed})


def _enums(connection: duckdb.DuckDBPyConnection, rows: Rows, form: Form) -> str:
    """Make the types of dictionary-encoded columns; what casts these columns to them."""
    if form is not Form.ENCODED:
        return "*"
    connection.execute("CREATE TYPE product AS ENUM (SELECT name FROM names ORDER BY id)")
    connection.execute("CREATE TYPE allergen AS ENUM (SELECT name FROM allergens ORDER BY id)")
    casts = {f"product{n}": "product" for n in (1, 2, 3)} | {"allergy": "allergen"}
    listed = ", ".join(f"{column}::{kind} AS {column}" for column, kind in casts.items())
    return f"* REPLACE ({listed})"


def _create(
    connection: duckdb.DuckDBPyConnection, name: str, content: pa.Table, select: str = "*"
) -> None:
    connection.register("content", content)
    connection.execute(f"CREATE TABLE {name} AS SELECT {select} FROM content")  # noqa: S608 (ours)
    connection.unregister("content")


def _columns(table: Table) -> pa.Table:
    keys = table.keys
    if keys is None:
        keys = np.arange(len(table.words.sure), dtype=np.int32)
    columns = {"id": keys, "sure": table.words.sure, "unsure": table.words.unsure}
    return pa.table(columns if table.against is None else columns | {"against": table.against})


def _key(terms: tuple[Term, ...]) -> str:
    return " + ".join(
        _TERMS[term.of].format(column=f"r.{term.column}", factor=term.factor) for term in terms
    )


def query(form: Form, prepared: Lookups) -> str:
    """The SQL: codes of each row, the words that it looks up, and what they say together."""
    joins: list[str] = []
    sure: list[str] = []
    unsure: list[str] = []
    against: list[str] = []
    for number, asked in enumerate(prepared.asked):
        table = prepared.tables[asked.table]
        sparse = table.keys is not None
        how = "LEFT JOIN" if sparse else "JOIN"
        joins.append(f"{how} {asked.table} t{number} ON t{number}.id = {_key(asked.key)}")
        for column, listed in (("sure", sure), ("unsure", unsure)):
            listed.append(f"coalesce(t{number}.{column}, 0)" if sparse else f"t{number}.{column}")
        if table.against is not None:
            against.append(f"t{number}.against")
    bit = prepared.contraindicated
    return f"""
WITH looked_up AS (
    SELECT r.row, {" | ".join(sure)} AS sure, {" | ".join(unsure)} AS unsure,
        ({" | ".join(against)}) & (r.yes::BIGINT * {REPEATED}) AS against
    FROM ({READ[form]}) r {" ".join(joins)}
)
SELECT
    row,
    CASE
        WHEN sure & {REFUSED} != 0 OR against & {FACT_BITS << 2 * FACTS} != 0 THEN 2
        WHEN sure & {REVIEWED} != 0 OR against & {FACT_BITS << 3 * FACTS} != 0 THEN 1
        ELSE 0
    END::TINYINT AS verdict,
    (sure & {RULES}) | CASE WHEN against & {FACT_BITS} != 0 THEN {bit} ELSE 0 END AS sure,
    unsure | CASE WHEN against & {FACT_BITS << FACTS} != 0 THEN {bit} ELSE 0 END AS unsure
FROM looked_up"""  # noqa: S608 (made of our own names and numbers)
