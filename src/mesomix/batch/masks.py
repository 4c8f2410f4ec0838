"""The columns of a checked table that say by bits which rules objected."""

import json
from typing import TYPE_CHECKING

from mesomix.batch.columns import RULE_IDS, SURE

if TYPE_CHECKING:
    import pyarrow as pa


def masks_of(schema: "pa.Schema") -> "list[pa.Field]":
    """The fields of such columns."""
    key = RULE_IDS.encode()
    return [field for field in schema if field.metadata is not None and key in field.metadata]


def rules_of(field: "pa.Field") -> list[str]:
    """The ids of the rules that its bits stand for, the lowest bit first."""
    return json.loads(field.metadata[RULE_IDS.encode()])


def is_sure(field: "pa.Field") -> bool:
    """Whether its rules object and are sure; else, they cannot tell."""
    return field.name.startswith(SURE)
