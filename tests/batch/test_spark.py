"""Spark's `mapInArrow`: nothing but `check_batches`, and the same table."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import mesomix
from mesomix.batch import Columns, check_batches, checked_schema

pytestmark = pytest.mark.slow
ROWS: Final = 1_000_000
COLUMNS: Final = Columns(
    products=("first", "second"),
    allergies="allergies",
    facts={"cancer": "cancer"},
    amounts=("amount", "none"),
    nothing_else=True,
)


def a_table(rows: int) -> pa.Table:
    """Rows with an id, of names that are known, unknown and absent."""
    draw = np.random.default_rng(0)

    def of(*values: object) -> pa.Array:
        return pa.array(values).take(pa.array(draw.integers(0, len(values), rows)))

    return pa.table(
        {
            "id": pa.array(range(rows)),
            "first": of("Piroxicam", "Miorel", "Vit C", "Procaïne Lavoisier 20 mg/ml", "foo"),
            "second": of("Dicynone", "Kenacort", "", None, "lidocaïne"),
            "amount": of("1 ml", "20 ml", None),
            "none": of(None, "").cast(pa.string()),
            "allergies": of(["AINS"], ["sulfites", "latex"], [], None),
            "cancer": of(True, False, None),
        }
    )


def test_a_local_job_gives_the_same_table(
    tmp_path: Path, formulary: mesomix.Formulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    sql = pytest.importorskip("pyspark.sql")
    types = pytest.importorskip("pyspark.sql.pandas.types")
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    table = a_table(ROWS)
    pq.write_table(table, tmp_path / "past.parquet", row_group_size=ROWS // 4)

    def checked(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        data = mesomix.load()  # in each worker, once for each part of the table
        return check_batches(batches, data, COLUMNS, findings="list", threads=1)

    spark = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.warehouse.dir", str(tmp_path / "warehouse"))
        .getOrCreate()
    )
    try:
        past = spark.read.parquet(str(tmp_path / "past.parquet"))
        schema = checked_schema(table.schema, COLUMNS, findings="list")
        found = past.mapInArrow(checked, schema=types.from_arrow_schema(schema))
        found.write.parquet(str(tmp_path / "found"))
    finally:
        spark.stop()
    batches = check_batches(table.to_batches(), formulary, COLUMNS, findings="list")
    expected = pa.Table.from_batches(batches)
    of_spark = pq.read_table(tmp_path / "found").sort_by("id")
    assert of_spark.num_rows == ROWS
    assert of_spark.schema.names == expected.schema.names
    for name in expected.schema.names:  # Spark calls the element of a list "element"
        kind = expected.schema.field(name).type
        assert of_spark[name].cast(kind).equals(expected[name]), name
