"""Columns of a file as a check wants them: texts into lists, and words into yes and no."""

from typing import Final

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mesomix
from mesomix.batch.columns import PROBLEM, VERDICT, Columns
from mesomix.batch.problems import NO_AGE, TOO_FEW_CELLS, TOO_MANY_CELLS
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


@given(st.lists(st.none() | PARTS), TYPES, st.sampled_from([";", "|", " + ", ".*", "\\", "\\1"]))
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


def test_an_empty_separator_is_told() -> None:
    with pytest.raises(ValueError, match=r"\(--separator, separator=\) must not be empty"):
        reading_of(pa.schema([("a", pa.string())]), Columns(products="a"), separator="")


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


def test_of_a_row_of_too_many_or_too_few_cells_nothing_is_said() -> None:
    batch = pa.record_batch({"p": ["a", "b", "c"]})
    reading = reading_of(batch.schema, Columns(products=("p",)))
    wrong = [None, TOO_FEW_CELLS.en, TOO_MANY_CELLS.en]
    before = reading.make(batch, pa.array(wrong, pa.string()))
    of_one = pa.list_(pa.struct([("rule", pa.string()), ("certain", pa.bool_())]))
    said = [{"rule": "x", "certain": True}]
    told = {
        VERDICT: pa.array(["refuse", "refuse", "no-objection"]),
        "mesomix_sure": pa.array([1, 2, 3]),
        "mesomix_open": pa.array([False, False, True]),
        "mesomix_unread": pa.array([["a"], ["b"], [None]], pa.list_(pa.string())),
        PROBLEM: pa.array([None, "other", None], pa.string()),
        "mesomix_findings": pa.array([said, said, []], of_one),
    }
    checked = pa.record_batch(
        {**dict(zip(before.schema.names, before.columns, strict=True)), **told}
    )
    found = reading.unmake(checked).to_pydict()
    assert found == {
        "p": ["a", "b", "c"],
        VERDICT: ["refuse", "review", "review"],
        "mesomix_sure": [1, 0, 0],
        "mesomix_open": [False, True, True],
        "mesomix_unread": [["a"], None, None],
        PROBLEM: wrong,
        "mesomix_findings": [said, [], []],
    }


UNDER: Final = {f"under-{age}-years": age for age in (3, 15, 16, 18)}


@pytest.mark.parametrize("facts", [{}, {"under-18-years": "f", "asthma": "f"}])
def test_an_age_answers_what_it_can(formulary: mesomix.Formulary, facts: dict[str, str]) -> None:
    ages = pa.array([2, 3, 15.5, 130, 130.1, -1, None])
    batch = pa.record_batch({"p": ["a"] * 7, "f": [None] * 7, "âge": ages})
    columns = Columns(products=("p",), facts=facts)
    reading = reading_of(batch.schema, columns, age="âge", conditions=formulary.conditions)
    found = reading.make(batch, None)
    assert found.schema == reading.made
    assert {fact: reading.columns.facts[fact] for fact in facts} == dict.fromkeys(
        facts, "mesomix reads f"
    )
    made = {
        name.strip(): column for name, column in reading.columns.facts.items() if name not in facts
    }
    assert {*made} == {*UNDER, "under-30-months"}
    for name, limit in UNDER.items():
        assert found[made[name]].to_pylist() == [
            *(age < limit for age in (2, 3, 15.5, 130)), None, None, None,
        ]  # fmt: skip
    problem = f"column âge: {NO_AGE.en}"
    assert found[reading.problem].to_pylist() == [None] * 4 + [problem] * 2 + [None]
    for name in reading.columns.facts:
        formulary.patient(facts={name: None})  # each is a name of a condition


@pytest.mark.parametrize("kind", [pa.bool_(), pa.date32(), pa.list_(pa.int8())])
def test_what_holds_no_ages_is_told(kind: pa.DataType) -> None:
    schema = pa.schema([("p", pa.string()), ("a", kind)])
    with pytest.raises(ValueError, match="column 'a' must hold ages"):
        reading_of(schema, Columns(products=("p",)), age="a")
