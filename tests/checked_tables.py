"""What a checked table says of each of its rows, in the terms of `written_tables`."""

import json
from typing import Any

import pyarrow as pa
from written_tables import Said

from mesomix.batch.columns import RULE_IDS


def said_of(row: dict[str, Any], schema: pa.Schema) -> Said:
    """What one row says, spelt out."""
    return Said(
        verdict=row["mesomix_verdict"],
        sure=rules_of(row, schema, "mesomix_sure"),
        unsure=rules_of(row, schema, "mesomix_unsure"),
        findings=frozenset(
            (f["rule"], f["severity"], tuple(f["products"]), f["certain"])
            for f in row["mesomix_findings"]
        ),
        unread=tuple(row["mesomix_unread"] or ()),
        problem=row["mesomix_problem"] is not None,
        open=row["mesomix_open"],
    )


def rules_of(row: dict[str, Any], schema: pa.Schema, start: str) -> frozenset[str]:
    """The rules of which a bit is set in the columns whose names begin so."""
    found: set[str] = set()
    for field in schema:
        if field.name.startswith(start):
            ids = json.loads(field.metadata[RULE_IDS.encode()])
            assert row[field.name] >> len(ids) == 0
            found.update(key for bit, key in enumerate(ids) if row[field.name] >> bit & 1)
    return frozenset(found)
