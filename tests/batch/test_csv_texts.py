"""Columns as a CSV holds them: lists and findings are one text each."""

import json

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomix.batch import csv_texts
from mesomix.batch.columns import FINDINGS, RULE_IDS
from mesomix.batch.csv_texts import CsvTexts

LISTS = st.lists(st.none() | st.lists(st.none() | st.sampled_from(["a", "b c", ""]), max_size=3))


def texts(batch: pa.RecordBatch) -> pa.RecordBatch:
    made = CsvTexts(batch.schema)
    of = made.of(batch)
    assert of.schema == made.schema
    return of


@given(LISTS, st.integers(0, 3), st.sampled_from([pa.list_, pa.large_list]))
def test_a_list_is_one_text_with_all_its_elements(
    lists: list[list[str | None] | None], start: int, kind: object
) -> None:
    assert callable(kind)
    batch = pa.record_batch({"of": pa.array(lists, kind(pa.string()))})[start:]
    assert texts(batch)["of"].to_pylist() == [
        None if one is None else "; ".join(element or "" for element in one)
        for one in lists[start:]
    ]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array([[1, 2], None]), ["1; 2", None]),
        (pa.array([[1, 2]], pa.list_(pa.int8(), 2)), ["1; 2"]),
        (pa.array([["a"]], pa.list_(pa.dictionary(pa.int8(), pa.string()))), ["a"]),
        (pa.array([[]], pa.list_(pa.null())), [""]),
        (pa.array(["a", None]).dictionary_encode(), ["a", None]),
        (pa.array(["a"], pa.string_view()), ["a"]),
        (pa.array(["a"], pa.large_string()), ["a"]),
        (pa.array([True, None]), [True, None]),
        (pa.array([1.5]), [1.5]),
        (pa.nulls(1), [None]),
    ],
)
def test_each_column_keeps_what_it_says(column: pa.Array, expected: list[object]) -> None:
    assert texts(pa.record_batch({"of": column}))["of"].to_pylist() == expected


@pytest.mark.parametrize(
    "kind", [pa.struct([("a", pa.int8())]), pa.list_(pa.list_(pa.int8())), pa.map_("str", "str")]
)
def test_what_a_csv_has_no_place_for_is_told(kind: pa.DataType) -> None:
    with pytest.raises(ValueError, match=r"column 'of': .*write a \.parquet instead"):
        CsvTexts(pa.schema([("of", kind)]))


@pytest.mark.parametrize("kept", [0, 2, 50_000])
def test_findings_are_the_names_of_their_rules(kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_texts, "MOST_KEPT", kept)
    fields = [("id", None), ("mesomix_sure", ["a", "b"]), ("mesomix_unsure", ["a", "b"])]
    fields += [("mesomix_sure_2", ["c"]), ("mesomix_unsure_2", ["c"])]
    schema = pa.schema(
        [
            pa.field(name, pa.int64(), metadata=rules and {RULE_IDS: json.dumps(rules)})
            for name, rules in fields
        ]
    )
    columns = [[1, 2, 3, 4], [0, 0b11, 0, 0b11], [0, 0, 0b10, 0], [0, 0, 1, 0], [0, 1, 0, 1]]
    batch = pa.record_batch([pa.array(column) for column in columns], schema=schema)
    made = CsvTexts(schema)
    found = [row for _ in range(3) for row in made.of(batch).to_pylist()]
    assert found == 3 * [
        {"id": 1, FINDINGS: ""},
        {"id": 2, FINDINGS: "a; b; c ?"},
        {"id": 3, FINDINGS: "b ?; c"},
        {"id": 4, FINDINGS: "a; b; c ?"},
    ]
    worst = [row[FINDINGS] for row in CsvTexts(schema, ["c", "b"]).of(batch).to_pylist()]
    assert worst == ["", "c ?; b; a", "c; b ?", "c ?; b; a"]
