"""Frames of any kind: what comes back is the caller's own, with what was found."""

import sys
from typing import Any, Final

import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import mesomix
from mesomix import Formulary
from mesomix.batch import Columns, check_batches, checked_schema
from mesomix.batch.frames import check_frame

DATA: Final[dict[str, list[Any]]] = {
    "id": [7, 8, 9],
    "products": [["Piroxicam"], ["Miorel", "foo"], ["Procaïne Lavoisier 20 mg/ml"]],
    "allergies": [["AINS"], None, []],
    "cancer": [True, None, False],
}
COLUMNS: Final = Columns(
    products="products", allergies="allergies", facts={"cancer": "cancer"}, nothing_else=True
)
VERDICTS: Final = ["refuse", "review", "no-objection"]


def polars() -> pl.DataFrame:
    return pl.DataFrame(DATA)


def pandas() -> pd.DataFrame:
    return pd.DataFrame(DATA, index=pd.Index([5, 5, 2], name="visit"))


FRAMES: Final = pytest.mark.parametrize("frame", [polars(), pandas(), pa.table(DATA)])


@FRAMES
@pytest.mark.parametrize("findings", ["codes", "list"])
def test_the_same_kind_comes_back_with_all_of_it(
    formulary: Formulary, frame: Any, findings: Any
) -> None:
    found = check_frame(frame, formulary, COLUMNS, findings=findings)
    assert type(found) is type(frame)
    schema = checked_schema(pa.table(DATA).schema, COLUMNS, findings=findings)
    batches = pa.table(DATA).to_batches()
    expected = [*check_batches(batches, formulary, COLUMNS, findings=findings)]
    table = nw.from_native(found).to_arrow()
    names = [name for name in table.schema.names if name != "visit"]
    assert names == schema.names
    for name in schema.names[4:]:
        assert table[name].to_pylist() == pa.Table.from_batches(expected)[name].to_pylist()
    assert table["mesomix_verdict"].to_pylist() == VERDICTS
    assert table["id"].to_pylist() == DATA["id"]


def test_pandas_keeps_its_index_and_what_arrow_cannot_hold(formulary: Formulary) -> None:
    frame = pandas().assign(other=pd.Series([object(), 1, "a"], dtype=object).to_numpy())
    before = frame.copy()
    found = check_frame(frame, formulary, COLUMNS)
    pd.testing.assert_frame_equal(found[before.columns], before)
    pd.testing.assert_frame_equal(frame, before)  # the caller's own is as it was
    assert found.index.equals(before.index)
    assert [*found["mesomix_verdict"]] == VERDICTS


def test_pandas_has_several_ways_to_say_null(formulary: Formulary) -> None:
    frame = pd.DataFrame({"p": ["Piroxicam", float("nan"), None], "q": ["", "Kenacort", pd.NA]})
    found = check_frame(frame, formulary, Columns(products=("p", "q")))
    unknown = ["unrecognised-product" in rules for rules in _rules(found)]
    assert unknown == [False, True, True]
    frame = frame.astype({"p": "category", "q": "string"})
    none = check_frame(frame, formulary, Columns(products=("p", "q"), null_products="none"))
    assert ["empty-mixture" in rules for rules in _rules(none)] == [False, False, True]
    assert [*none["mesomix_verdict"]] == ["review", "refuse", "review"]


def test_a_column_of_pandas_with_nothing_in_it_is_one_of_nulls(formulary: Formulary) -> None:
    nan = float("nan")
    frame = pd.DataFrame({"p": ["Piroxicam"], "q": [nan], "v": ["1 ml"], "w": [nan], "f": [nan]})
    columns = Columns(
        products=("p", "q"),
        amounts=("v", "w"),
        allergies="q",
        facts={"cancer": "f"},
        null_products="none",
    )
    found = check_frame(frame, formulary, columns)
    filled = pd.DataFrame(
        {"p": ["Piroxicam"], "q": [None], "v": ["1 ml"], "w": [None], "f": [None]}
    )
    assert [*found["mesomix_sure"]] == [*check_frame(filled, formulary, columns)["mesomix_sure"]]
    with pytest.raises(ValueError, match="column 'q' must hold a text, and is of type double"):
        check_frame(frame.assign(q=[1.5]), formulary, Columns(products=("p", "q")))


def _rules(found: pd.DataFrame) -> list[list[str]]:
    ids = [rule.id for rule in mesomix.RULES]
    return [
        [rule for place, rule in enumerate(ids) if mask >> place & 1]
        for mask in found["mesomix_sure"]
    ]


@FRAMES
def test_a_frame_may_have_no_rows(formulary: Formulary, frame: Any) -> None:
    found = check_frame(frame[:0], formulary, COLUMNS)
    assert type(found) is type(frame)
    assert nw.from_native(found).shape == (0, 10)


def test_a_frame_may_have_many_batches(formulary: Formulary) -> None:
    table = pa.table({"p": ["Piroxicam", "Miorel"] * 70_000})
    found = check_frame(table, formulary, Columns(products=("p",)))
    assert found["mesomix_verdict"].value_counts().to_pylist() == [
        {"values": "review", "counts": 140_000}
    ]
    assert found["p"].equals(table["p"])


def test_rules_of_a_clinic_are_asked(formulary: Formulary) -> None:
    rules = mesomix.Rulebook([])
    found = check_frame(polars(), formulary, Columns(products="products"), rules=rules)
    assert found["mesomix_verdict"].to_list() == ["no-objection"] * 3


@pytest.mark.parametrize("frame", [pl.LazyFrame(DATA)])
def test_a_lazy_frame_is_refused(formulary: Formulary, frame: Any) -> None:
    with pytest.raises(TypeError, match=r"give what its \.collect\(\) returns"):
        check_frame(frame, formulary, COLUMNS)


@pytest.mark.parametrize("frame", [None, DATA, [DATA], pl.Series([1]), "frame"])
def test_what_is_no_frame_is_refused(formulary: Formulary, frame: Any) -> None:
    with pytest.raises(TypeError, match="a frame must be one of pandas, polars or pyarrow"):
        check_frame(frame, formulary, COLUMNS)


@FRAMES
def test_a_column_that_is_absent_is_told(formulary: Formulary, frame: Any) -> None:
    with pytest.raises(
        ValueError, match="there is no column 'nine'; there are: 'id', 'products', 'allergies'"
    ):
        check_frame(frame, formulary, Columns(products="nine"))


@FRAMES
def test_a_checked_frame_is_not_checked_again(formulary: Formulary, frame: Any) -> None:
    found = check_frame(frame, formulary, COLUMNS)
    with pytest.raises(ValueError, match=r"a check adds mesomix_open, .*: rename"):
        check_frame(found, formulary, COLUMNS)


def test_a_column_of_several_types_is_told_without_what_it_holds(formulary: Formulary) -> None:
    frame = pd.DataFrame({"p": ["Piroxicam", "Miorel"], "cancer": ["secret", True]})
    columns = Columns(products=("p",), facts={"cancer": "cancer"})
    with pytest.raises(ValueError, match="column 'cancer' holds values of more") as raised:
        check_frame(frame, formulary, columns)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("absent", ["pyarrow", "narwhals"])
def test_what_has_to_be_installed_is_told(
    formulary: Formulary, monkeypatch: pytest.MonkeyPatch, absent: str
) -> None:
    frame = polars()
    monkeypatch.setitem(sys.modules, absent, None)
    with pytest.raises(ImportError, match="install mesomix with its extra 'tables'"):
        check_frame(frame, formulary, COLUMNS)
