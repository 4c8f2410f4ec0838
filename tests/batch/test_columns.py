"""Which columns say what, and what is told where they cannot."""

import json
import sys
from typing import Any

import pyarrow as pa
import pytest

import mesomix
from mesomix.batch import Columns, check_batches, checked_schema
from mesomix.batch.columns import RULE_IDS

TEXT = pa.string()
TEXTS = pa.list_(pa.string())


@pytest.mark.parametrize(
    ("wrong", "error", "told"),
    [
        ({"products": ()}, ValueError, "at least one column"),
        ({"products": 3}, TypeError, "products must be the name of a column"),
        ({"products": ("a", 3)}, TypeError, "products must be the name of a column"),
        ({"products": "a", "amounts": ("b",)}, ValueError, "amounts must be one column"),
        ({"products": ("a", "b"), "amounts": ("c",)}, ValueError, "amounts must be one column"),
        ({"products": ("a",), "amounts": 3}, TypeError, "amounts must be the name"),
        ({"products": "a", "allergies": 3}, TypeError, "allergies, affirmed and denied"),
        ({"products": "a", "denied": ["b"]}, TypeError, "allergies, affirmed and denied"),
        ({"products": "a", "facts": ["b"]}, TypeError, "facts must be a mapping"),
        ({"products": "a", "facts": {"asthma": 3}}, TypeError, "facts must be a mapping"),
        ({"products": "a", "nothing_else": "yes"}, TypeError, "nothing_else must be True or"),
        ({"products": "a", "null_products": "nothing"}, ValueError, "unknown, none"),
    ],
)
def test_wrong_columns_are_told(wrong: dict[str, Any], error: type[Exception], told: str) -> None:
    with pytest.raises(error, match=told):
        Columns(**wrong)


def schema(**types: pa.DataType) -> pa.Schema:
    return pa.schema(types)


@pytest.mark.parametrize(
    ("found", "columns", "told"),
    [
        (schema(a=TEXT), Columns(products="b"), "there is no column 'b'; there are: 'a'"),
        (
            pa.schema([("a", TEXT), ("a", TEXT)]),
            Columns(products="a"),
            "there is more than one column 'a'",
        ),
        (schema(a=pa.int64()), Columns(products="a"), "must hold a text or a list of texts"),
        (
            schema(a=pa.float64()),
            Columns(products=("a",)),
            r'of type double; make texts of it, of nulls too \(pandas: \.astype\("string"\)\)$',
        ),
        (
            schema(a=TEXT, b=pa.bool_()),
            Columns(products="a", allergies="b"),
            "is of type bool; make texts",
        ),
        (schema(a=TEXTS), Columns(products=("a",)), "must hold a text, and is of type list"),
        (schema(a=pa.list_(pa.int8())), Columns(products="a"), "must hold a text or a list"),
        (schema(a=pa.dictionary(pa.int8(), pa.int8())), Columns(products="a"), "must hold a text"),
        (schema(a=TEXT, b=TEXT), Columns(products="a", affirmed="b"), "must hold a list of texts"),
        (schema(a=TEXT, b=TEXT), Columns(products="a", facts={"asthma": "b"}), "hold a boolean"),
        (schema(a=TEXT, b=TEXTS), Columns(products="a", amounts="b"), "one is of lists"),
        (schema(a=TEXT, mesomix_sure=TEXT), Columns(products="a"), "adds mesomix_sure: rename"),
    ],
)
def test_what_cannot_be_read_is_told(found: pa.Schema, columns: Columns, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        checked_schema(found, columns)


def test_what_has_nothing_but_nulls_was_not_asked(formulary: mesomix.Formulary) -> None:
    columns = Columns(products="a", facts={"asthma": "b"}, affirmed="c", nothing_else=True)
    table = pa.table({"a": ["Vitamine E"], "b": pa.nulls(1), "c": pa.nulls(1)})
    [batch] = list(check_batches(table.to_batches(), formulary, columns, findings="list"))
    patient = formulary.patient(facts={"asthma": None}, nothing_else=True)
    report = mesomix.check(formulary.mixture("Vitamine E"), patient)
    found = {finding["rule"] for finding in batch["mesomix_findings"][0].as_py()}
    assert found == {finding.rule for finding in report.findings}


@pytest.mark.parametrize(
    "kind",
    [
        *(TEXT, TEXTS, pa.large_string(), pa.string_view(), pa.null()),
        *(pa.large_list(pa.string_view()), pa.list_(pa.string(), 2), pa.list_(pa.null())),
        *(pa.dictionary(pa.int8(), TEXT), pa.dictionary(pa.uint16(), TEXTS)),
        pa.list_(pa.dictionary(pa.int32(), pa.large_string())),
    ],
)
def test_texts_may_be_held_in_many_ways(formulary: mesomix.Formulary, kind: pa.DataType) -> None:
    columns = Columns(products="names", amounts="amounts", allergies="allergies")
    table = pa.table({name: pa.nulls(3, kind) for name, _ in columns.wanted})
    assert checked_schema(table.schema, columns).names[:3] == table.schema.names
    [batch] = list(check_batches(table.to_batches(), formulary, columns))
    assert batch["mesomix_verdict"].to_pylist() == ["review"] * 3


def test_findings_are_codes_or_a_list() -> None:
    with pytest.raises(ValueError, match="findings must be one of: codes, list"):
        checked_schema(schema(a=TEXT), Columns(products="a"), findings="all")  # pyrefly: ignore


def test_the_bits_are_told_in_the_metadata() -> None:
    one = mesomix.Rulebook([*mesomix.RULES][:3])
    made = checked_schema(schema(a=TEXT), Columns(products="a"), rules=one)
    told = json.loads(made.field("mesomix_sure").metadata[RULE_IDS.encode()])
    assert told == [rule.id for rule in one]
    assert "mesomix_sure_2" not in made.names


def test_a_rulebook_may_be_empty_or_long(formulary: mesomix.Formulary) -> None:
    columns = Columns(products="a")
    empty = mesomix.Rulebook([])
    [batch] = list(
        check_batches(pa.table({"a": ["Kenacort"]}).to_batches(), formulary, columns, rules=empty)
    )
    assert batch["mesomix_verdict"].to_pylist() == ["no-objection"]
    assert batch["mesomix_sure"].to_pylist() == [0]


def test_without_the_extra_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"install mesomix with its extra 'tables'"):
        checked_schema(schema(a=TEXT), Columns(products="a"))
