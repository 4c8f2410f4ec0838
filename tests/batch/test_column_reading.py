"""Columns of a file as a check wants them: texts into lists, and words into yes and no."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomix.batch.columns import PROBLEM, VERDICT, Columns
from mesomix.batch.reading import NO, YES, reading_of

PARTS = st.lists(st.sampled_from(["a", "b c", "", " ", "é"]), max_size=4)
TYPES = st.sampled_from(
    [
        pa.string(),
        pa.large_string(),
        pa.string_view(),
        pa.dictionary(pa.int8(), pa.string()),
    ]
)


def made(columns: Columns, separator: str = ";", **given: pa.Array) -> dict[str, list[object]]:
    """What is made of columns, by the name of the column that it is made of."""
    batch = pa.record_batch(given)
    reading = reading_of(batch.schema, columns, separator=separator)
    found = reading.make(batch, None)
    assert found.schema == reading.made
    assert repr(found.select(batch.schema.names)) == repr(batch)  # a NaN is no NaN
    told = {**reading.lists, **reading.answers, "problem": reading.problem}
    return {name: found[column].to_pylist() for name, column in told.items()}


@given(st.lists(st.none() | PARTS), TYPES, st.sampled_from([";", "|", " + ", ".*"]))
def test_a_text_is_split_at_its_separator(
    lists: list[list[str] | None], kind: pa.DataType, separator: str
) -> None:
    texts = pa.array([None if one is None else separator.join(one) for one in lists]).cast(kind)
    columns = Columns(products="p", amounts="n", affirmed="y", denied="d")
    found = made(columns, separator.strip(), p=texts, n=texts, y=texts, d=texts)
    plain = [None if one is None else [part.strip() for part in one] for one in lists]
    blank = [one if one is None or len(one) > 1 or any(one) else [] for one in plain]
    assert found["p"] == found["n"] == blank  # each keeps its place: amounts stand beside products
    named = [one if one is None else [part for part in one if part] for one in plain]
    assert found["y"] == found["d"] == named


@pytest.mark.parametrize(
    ("column", "expected", "malformed"),
    [
        (pa.array(YES), [True] * len(YES), []),
        (pa.array([f" {word.upper()}\u00a0" for word in NO]), [False] * len(NO), []),
        (pa.array(["", "  ", None]), [None] * 3, []),
        (pa.array(["peut-être", "no", "2", "o"]), [None, False, None, None], [0, 2, 3]),
        (pa.array(["oui", "x", None]).dictionary_encode(), [True, None, None], [1]),
        (pa.array([0, 1, None, 2]), [False, True, None, None], [3]),
        (pa.array([0.0, 1.0, None, float("nan"), 0.5]), [False, True, None, None, None], [4]),
        (pa.nulls(2), [None, None], []),
    ],
)
def test_a_word_is_a_yes_or_a_no_or_a_problem(
    column: pa.Array, expected: list[bool | None], malformed: list[int]
) -> None:
    found = made(Columns(products=("p",), facts={"asthma": "a"}), a=column, p=column)
    assert found["a"] == expected
    problem = "column a: neither yes nor no"
    assert found["problem"] == [problem if row in malformed else None for row in range(len(column))]


def test_what_is_a_list_or_an_answer_already_is_left() -> None:
    lists = pa.array([["a"], None])
    answers = pa.array([True, None])
    columns = Columns(
        products=("l",), amounts=("m",), allergies="t", affirmed="y", facts={"asthma": "f"}
    )
    texts = pa.array(["x;y", None])
    found = made(columns, l=texts, m=texts, t=texts, y=lists, f=answers)
    assert found == {"problem": [None, None]}


def test_two_conditions_may_have_one_column() -> None:
    columns = Columns(products=("p",), facts={"asthma": "a", "epilepsy": "a"})
    schema = pa.schema([("p", pa.string()), ("a", pa.string())])
    reading = reading_of(schema, columns)
    assert {*reading.columns.facts.values()} == {*reading.answers.values()}


def test_what_is_made_has_a_name_of_its_own() -> None:
    names = ["products", "mesomix reads products", "mesomix reads problem"]
    schema = pa.schema([(name, pa.string()) for name in names])
    reading = reading_of(schema, Columns(products="products"))
    assert reading.made.names == [
        *names,
        "mesomix reads products'",
        "mesomix reads problem'",
    ]


def test_a_column_that_is_absent_is_told_and_no_other() -> None:
    with pytest.raises(ValueError, match=r"^there is no column 'nine'$"):
        reading_of(pa.schema([("secret", pa.string())]), Columns(products="nine"))


@pytest.mark.parametrize("kind", [pa.string(), pa.dictionary(pa.int8(), pa.string())])
def test_a_row_that_could_not_be_read_is_reviewed_at_least(kind: pa.DataType) -> None:
    batch = pa.record_batch({"p": ["a", "b", "c", "d"]})
    reading = reading_of(batch.schema, Columns(products=("p",)))
    before = reading.make(batch, pa.array([None, "wrong", "wrong", "wrong"]))
    verdicts = pa.array(["no-objection", "no-objection", "refuse", "review"]).cast(kind)
    told = {VERDICT: verdicts, PROBLEM: pa.array([None, None, "other", None])}
    checked = pa.record_batch(
        {**dict(zip(before.schema.names, before.columns, strict=True)), **told}
    )
    found = reading.unmake(checked)
    assert found.schema == reading.unmade(checked.schema)
    assert found.schema.names == ["p", VERDICT, PROBLEM]
    assert found["p"].to_pylist() == batch["p"].to_pylist()
    assert found[VERDICT].to_pylist() == ["no-objection", "review", "refuse", "review"]
    assert found[PROBLEM].to_pylist() == [None, "wrong", "wrong", "wrong"]
    sound = reading.unmake(checked[:1])
    assert (sound[VERDICT].to_pylist(), sound[PROBLEM].to_pylist()) == (["no-objection"], [None])
