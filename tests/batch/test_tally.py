"""What is counted of checked rows: the same as one by one, in a memory that is bounded."""

import datetime
import json
from collections import Counter
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomix.batch import tally
from mesomix.batch.columns import PROBLEM, RULE_IDS, SURE, UNREAD, UNSURE, VERDICT
from mesomix.batch.tally import VERDICTS, Tally, Values

RULES: Final = ["first", "second"]
OTHER_RULES: Final = [f"other-{number}" for number in range(61)]
NOTES: Final = ["second", "other-60"]
Row = dict[str, Any]


def schema(verdict: pa.DataType) -> pa.Schema:
    masks = [
        pa.field(f"{name}{suffix}", pa.int64(), metadata={RULE_IDS: json.dumps(rules)})
        for suffix, rules in (("", RULES), ("_2", OTHER_RULES))
        for name in (SURE, UNSURE)
    ]
    texts = [(UNREAD, pa.list_(pa.string())), (PROBLEM, pa.string()), ("site", pa.string())]
    return pa.schema([pa.field(VERDICT, verdict), *masks, *(pa.field(*one) for one in texts)])


ROWS: Final = st.lists(
    st.fixed_dictionaries(
        {
            VERDICT: st.sampled_from([verdict.value for verdict in VERDICTS]),
            SURE: st.integers(0, 3),
            UNSURE: st.integers(0, 3),
            f"{SURE}_2": st.sampled_from([0, 1 << 60, (1 << 61) - 1]),
            f"{UNSURE}_2": st.sampled_from([0, 0b101]),
            UNREAD: st.none() | st.lists(st.sampled_from(["x", "y", None]), max_size=3),
            PROBLEM: st.none() | st.just("why"),
            "site": st.sampled_from(["A", "B", "", None]),
        }
    )
)


def objects(row: Row, kind: str) -> list[str]:
    """The rules that a row of masks names."""
    first = [rule for place, rule in enumerate(RULES) if row[kind] >> place & 1]
    return first + [r for place, r in enumerate(OTHER_RULES) if row[f"{kind}_2"] >> place & 1]


def as_counts(values: Values, most: int = 100) -> dict[str | None, list[int]]:
    return {value: counts.tolist() for value, counts in values.largest(most)[0]}


@given(
    st.lists(ROWS, max_size=4),
    st.sampled_from([pa.string(), pa.dictionary(pa.int8(), pa.string())]),
)
def test_it_counts_as_one_counts_row_by_row(batches: list[list[Row]], kind: pa.DataType) -> None:
    counted = Tally(schema(kind), "site", NOTES)
    for batch in batches:
        counted.add(pa.RecordBatch.from_pylist(batch, schema(pa.string())).cast(schema(kind)))
    rows = [row for batch in batches for row in batch]
    verdicts = [verdict.value for verdict in VERDICTS]
    assert counted.rows == len(rows)
    assert counted.verdicts.tolist() == [
        sum(row[VERDICT] == verdict for row in rows) for verdict in verdicts
    ]
    for found, kind_of in ((counted.sure, SURE), (counted.unsure, UNSURE)):
        named = Counter(rule for row in rows for rule in objects(row, kind_of))
        assert found == {rule: named[rule] for rule in RULES + OTHER_RULES}
    names = Counter(name for row in rows for name in row[UNREAD] or ())
    assert as_counts(counted.unread) == {name: [count] for name, count in names.items()}
    assert counted.unread_rows == sum(bool(row[UNREAD]) for row in rows)
    sites = {row["site"] for row in rows}
    assert as_counts(counted.values) == {
        site: [
            sum((r["site"], r[VERDICT]) == (site, verdict) for r in rows) for verdict in verdicts
        ]
        for site in sites
    }
    assert counted.unanswered == sum(
        row[VERDICT] == "review"
        and not (row[PROBLEM] or row[UNREAD])
        and {*objects(row, SURE), *objects(row, UNSURE)} <= {*NOTES}
        for row in rows
    )
    malformed = [(number, "why") for number, row in enumerate(rows, 1) if row[PROBLEM]]
    assert counted.problems == len(malformed)
    assert counted.first_problems == malformed[: tally.MOST_NAMED]


def test_only_the_first_problems_are_told_by_their_rows() -> None:
    row = {VERDICT: "review", SURE: 0, UNSURE: 0, PROBLEM: "why"}
    row |= {f"{SURE}_2": 0, f"{UNSURE}_2": 0}
    counted = Tally(schema(pa.string()))
    for _ in range(5):
        counted.add(pa.RecordBatch.from_pylist([row] * 7, schema(pa.string())))
    assert counted.problems == 35
    assert [number for number, _ in counted.first_problems] == [*range(1, 21)]
    assert as_counts(counted.values) == {}


def test_values_are_told_the_most_frequent_first_and_the_others_together() -> None:
    values = Values()
    values.add(["a", None, "b", "c"], np.array([[1, 0], [2, 2], [0, 3], [1, 0]]))
    values.add(["c"], np.array([[3, 0]]))
    largest, others = values.largest(2)
    assert [(value, counts.tolist()) for value, counts in largest] == [
        (None, [2, 2]),
        ("c", [4, 0]),
    ]
    assert others is not None
    assert others.tolist() == [1, 3]
    assert values.largest(4)[1] is None
    assert values.exact


def test_very_many_values_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "MOST_VALUES", 100)
    values = Values()
    for first in range(0, 1000, 50):
        names = ["often", *(f"rare {number}" for number in range(first, first + 50))]
        values.add(names, np.array([[50], *([1] for _ in range(50))]))
        assert len(values.largest(1000)[0]) <= 100
    (often, *rest), others = values.largest(10)
    assert (often[0], often[1].tolist()) == ("often", [1000])
    assert others is not None
    assert others.sum() + sum(int(counts.sum()) for _, counts in rest) == 1000
    assert not values.exact


def test_a_long_value_is_shortened() -> None:
    values = Values()
    values.add(["x" * 10_000], np.array([[1]]))
    ((value, _),) = values.largest(1)[0]
    assert value == "x" * 80 + "…"


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array([1, 2, 1]), {"1": 2, "2": 1}),
        (pa.array([True, None, True]), {"true": 2, None: 1}),
        (pa.array([datetime.date(2026, 11, 21)] * 3), {"2026-11-21": 3}),
        (pa.array(["a", "b", "a"]).dictionary_encode(), {"a": 2, "b": 1}),
        (pa.nulls(3), {None: 3}),
    ],
)
def test_rows_are_counted_by_what_can_be_told_in_a_line(
    column: pa.Array, expected: dict[str | None, int]
) -> None:
    told = {VERDICT: pa.array(["refuse"] * 3), PROBLEM: pa.nulls(3, pa.string())}
    batch = pa.record_batch({**told, UNREAD: pa.nulls(3, pa.list_(pa.string())), "by": column})
    counted = Tally(batch.schema, "by")
    counted.add(batch)
    assert {value: counts[0] for value, counts in as_counts(counted.values).items()} == expected


def test_rows_are_not_counted_by_lists() -> None:
    with pytest.raises(ValueError, match="column 'by': rows cannot be counted by list"):
        Tally(pa.schema([("by", pa.list_(pa.int8()))]), "by")
