"""The check of tables: each row says what `mesomix.check` says of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import polars as pl
import pyarrow as pa
import pytest
from checked_tables import said_of
from hypothesis import given, settings
from hypothesis import strategies as st
from written_tables import Said, Table, tables

import mesomix
from mesomix.batch import Columns, check_batches, checked_schema, checking, expand
from mesomix.batch.kernel import checker, pairs, sets
from mesomix.formulary.files import shipped_folder

RULES: Final = mesomix.RULES
HERE: Final = mesomix.Citation("inphysio", place="ici")


@mesomix.rule(mesomix.Severity.REFUSE, fr="Pas {product}.", en="Not {product}.", cites=[HERE])
def not_first(mixture: mesomix.Mixture) -> mesomix.Flags:
    """Lidocaine is written first, and something follows it."""
    first = mixture.components[0].products if len(mixture.components) > 1 else ()
    for product in first:
        if product.id == "lidocaine":
            yield mesomix.flag(product=product.name)


@mesomix.rule(mesomix.Severity.NOTE, fr="{a}, {b}.", en="{a}, {b}.", cites=[HERE])
def two_of_anything(a: mesomix.Product, b: mesomix.Product) -> mesomix.Flags:
    """Two products are mixed."""
    yield mesomix.unsure()


OURS: Final = mesomix.Rulebook([not_first, *RULES])
"""With a rule that looks at more of a mixture than how much it lists."""
LONG: Final = mesomix.Rulebook(
    [*RULES, *[replace(two_of_anything, id=f"two-{number}") for number in range(90)]]
)


def checked(
    table: Table, formulary: mesomix.Formulary, rules: mesomix.Rulebook = RULES, **options: Any
) -> list[Said]:
    """What is said of each row, by the check of the table."""
    options = {"findings": "list", "rules": rules, **options}
    [out] = list(check_batches([table.batch], formulary, table.columns, **options))
    assert out.select(table.batch.schema.names).equals(table.batch)
    assert out.schema.equals(
        checked_schema(table.batch.schema, table.columns, rules=rules, findings="list")
    )
    out.validate(full=True)
    return [said_of(row, out.schema) for row in out.to_pylist()]


@contextmanager
def little_room() -> Iterator[None]:
    """Nothing has a place in a table that could be large, and little is remembered."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checker, "MOST_KEPT", 1)
        patch.setattr(sets, "MOST_STEPS", 1)
        patch.setattr(pairs, "MOST_WHOLE", 1)
        patch.setattr(pairs, "MOST_SPELT_OUT", 1)
        patch.setattr(pairs, "MOST_PAIRED", 2)
        patch.setattr(checker, "MOST_LEARNED", 1)
        patch.setattr(checking, "ROWS_AT_ONCE", 2)
        yield


@pytest.mark.usefixtures("_nothing_is_suggested")
@settings(max_examples=100)
@given(table=tables(), threads=st.sampled_from([1, 2]))
def test_each_row_says_what_a_check_of_it_says(
    formulary: mesomix.Formulary, table: Table, threads: int
) -> None:
    assert checked(table, formulary, threads=threads) == table.said(formulary, RULES)


@pytest.mark.usefixtures("_nothing_is_suggested")
@settings(max_examples=30)
@given(table=tables(), rules=st.sampled_from([OURS, LONG]))
def test_so_it_is_with_the_rules_of_a_clinic(
    formulary: mesomix.Formulary, table: Table, rules: mesomix.Rulebook
) -> None:
    assert checked(table, formulary, rules) == table.said(formulary, rules)


@pytest.mark.usefixtures("_nothing_is_suggested")
@settings(max_examples=50)
@given(table=tables(), threads=st.sampled_from([1, 2]))
def test_so_it_is_where_tables_have_little_room(
    formulary: mesomix.Formulary, table: Table, threads: int
) -> None:
    with little_room():
        made = check_batches(
            [table.batch], formulary, table.columns, findings="list", threads=threads
        )
        out = pa.Table.from_batches(list(made))
    said = [said_of(row, out.schema) for row in out.to_pylist()]
    assert said == table.said(formulary, RULES)


@pytest.mark.usefixtures("_nothing_is_suggested")
@settings(max_examples=60)
@given(table=tables(), before=st.integers(1, 9), alone=st.booleans())
def test_so_it_is_of_a_part_of_something_larger(
    formulary: mesomix.Formulary, table: Table, before: int, alone: bool
) -> None:
    """Columns begin in the middle of their buffers, at any bit; and rows come one by one."""
    rows = table.batch.num_rows
    whole = [pa.concat_arrays([column] * (before + 2)) for column in table.batch.columns]
    larger = pa.RecordBatch.from_arrays(whole, schema=table.batch.schema)
    given = [larger.slice(rows * before, rows)]
    if alone:
        each = (given[0].slice(row, 1) for row in range(rows))
        given = [part for one in each for part in (one, larger.slice(0, 0))]
    made = check_batches(given, formulary, table.columns, findings="list")
    out = pa.Table.from_batches(list(made))
    assert out.select(table.batch.schema.names).equals(pa.Table.from_batches([table.batch]))
    assert [said_of(row, out.schema) for row in out.to_pylist()] == table.said(formulary, RULES)


@pytest.mark.usefixtures("_nothing_is_suggested")
@settings(max_examples=30)
@given(table=tables())
def test_codes_say_the_same_and_are_expanded_later(
    formulary: mesomix.Formulary, table: Table
) -> None:
    listed = list(check_batches([table.batch], formulary, table.columns, findings="list"))
    coded = list(check_batches([table.batch], formulary, table.columns))
    for one, other in zip(listed, coded, strict=True):
        for name in other.schema.names:
            assert one[name].to_pylist() == other[name].to_pylist()
    [batch] = coded
    assert expand(batch, formulary, table.columns).equals(listed[0])
    whole = expand(pa.Table.from_batches(coded), formulary, table.columns)
    assert whole.equals(pa.Table.from_batches(listed))


def names(**columns: Any) -> pa.Table:
    return pa.table(columns)


def verdicts(table: pa.Table, formulary: mesomix.Formulary, columns: Columns) -> list[str]:
    made = list(check_batches(table.to_batches(), formulary, columns, threads=1))
    return [verdict for batch in made for verdict in batch["mesomix_verdict"].to_pylist()]


def test_many_new_texts_in_one_batch(formulary: mesomix.Formulary) -> None:
    texts = [f"zorgle {number} ?" for number in range(200)]
    table = names(product=["Miorel"] * 200, allergy=texts, day=[[text] for text in texts])
    free = Columns(products="product", allergies="allergy")
    listed = Columns(products="product", allergies="day", affirmed="day")
    assert verdicts(table, formulary, free) == ["review"] * 200
    assert verdicts(table, formulary, listed) == ["review"] * 200
    many = names(product=[*texts, "Kenacort"])
    assert verdicts(many, formulary, Columns(products="product")) == [*["review"] * 200, "refuse"]


def test_batches_are_checked_in_order_whatever_their_size(formulary: mesomix.Formulary) -> None:
    known = ["Kenacort", "Miorel", "zorgle"]
    table = names(product=[known[number % 3] for number in range(100)])
    columns = Columns(products="product", nothing_else=True)
    whole = verdicts(table, formulary, columns)
    for threads in (1, 3):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(checking, "ROWS_AT_ONCE", 7)
            patch.setattr(pairs, "MOST_WHOLE", 1)
            batches = [table.slice(0, 0), table.slice(0, 50), table.slice(50, 0), table.slice(50)]
            parts = [batch for part in batches for batch in part.combine_chunks().to_batches()]
            empty = pa.RecordBatch.from_arrays([pa.array([], pa.string())], schema=table.schema)
            made = check_batches([empty, *parts, empty], formulary, columns, threads=threads)
            out = pa.Table.from_batches(list(made))
        assert out["product"].to_pylist() == table["product"].to_pylist()
        assert out["mesomix_verdict"].to_pylist() == whole


def test_nothing_comes_of_no_batches(formulary: mesomix.Formulary) -> None:
    assert list(check_batches([], formulary, Columns(products="product"))) == []


def test_an_empty_table_is_expanded(formulary: mesomix.Formulary) -> None:
    columns = Columns(products="product")
    empty = pa.schema({"product": pa.string()}).empty_table()
    batch = pa.RecordBatch.from_arrays([pa.array([], pa.string())], schema=empty.schema)
    assert expand(empty, formulary, columns).num_rows == 0
    [checked_batch] = list(check_batches([batch], formulary, columns))
    assert expand(checked_batch, formulary, columns).num_rows == 0


def test_a_run_may_be_left_early(formulary: mesomix.Formulary) -> None:
    table = names(product=["Kenacort"] * 50)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checking, "ROWS_AT_ONCE", 1)
        made = check_batches(table.to_batches(), formulary, Columns(products="product"), threads=2)
        assert next(made)["mesomix_verdict"].to_pylist() == ["refuse"]
        made.close()  # pyrefly: ignore


def test_batches_of_different_schemas_are_told(formulary: mesomix.Formulary) -> None:
    one, other = names(product=["Miorel"]), names(other=["Miorel"])
    made = check_batches(
        [*one.to_batches(), *other.to_batches()], formulary, Columns(products="product")
    )
    with pytest.raises(ValueError, match="batch 2 has another schema than the first"):
        list(made)


@pytest.mark.parametrize(
    ("wrong", "error", "told"),
    [
        ({"formulary": None}, TypeError, "formulary must be a mesomix Formulary"),
        ({"columns": "product"}, TypeError, "columns must be a mesomix Columns"),
        ({"rules": []}, TypeError, "rules must be a mesomix Rulebook"),
        ({"findings": "all"}, ValueError, "findings must be one of: codes, list"),
        ({"threads": 0}, ValueError, "threads must be a whole number from 1"),
        ({"threads": True}, ValueError, "threads must be a whole number from 1"),
        (
            {"columns": Columns(products="product", facts={"zorg": "z"})},
            ValueError,
            "'zorg' names no condition; known: .*asthma",
        ),
    ],
)
def test_wrong_arguments_are_told_at_once(
    formulary: mesomix.Formulary, wrong: dict[str, Any], error: type[Exception], told: str
) -> None:
    given: dict[str, Any] = {"formulary": formulary, "columns": Columns(products="product")}
    with pytest.raises(error, match=told):
        check_batches([], **{**given, **wrong})


def test_a_row_that_cannot_be_read_is_told_and_the_others_go_on(
    formulary: mesomix.Formulary,
) -> None:
    table = names(
        products=[["Kenacort"], ["Miorel"], ["Miorel", "lidocaïne"], ["Miorel"]],
        amounts=[["1 ml"], ["1 ml"], ["1 ml"], None],
        yes=[["zorg-of-martin"], ["asthme", None], ["asthme"], ["asthme"]],
        no=[[], [], ["asthma"], []],
    )
    columns = Columns(products="products", amounts="amounts", affirmed="yes", denied="no")
    out = pa.Table.from_batches(list(check_batches(table.to_batches(), formulary, columns)))
    assert out["mesomix_verdict"].to_pylist() == ["refuse", "review", "review", "review"]
    problems = out["mesomix_problem"].to_pylist()
    assert [problem and problem.split(":")[0] for problem in problems] == [
        "facts",
        "facts",
        "amounts",
        None,
    ]
    assert not any("zorg" in problem for problem in problems if problem)


def test_a_list_may_be_longer_than_any_mixture(formulary: mesomix.Formulary) -> None:
    table = names(products=[["Miorel"], ["", *["lidocaïne"] * 60, "Kenacort"], []])
    columns = Columns(products="products", nothing_else=True)
    made = list(check_batches(table.to_batches(), formulary, columns, findings="list"))
    [said, long, none] = [said_of(row, made[0].schema) for row in made[0].to_pylist()]
    assert "repeated-product" in long.sure
    assert "too-many-products" not in long.sure
    assert long.verdict == "refuse"
    assert "empty-mixture" in none.sure
    assert said.verdict == "review"
    different = ["lidocaïne", "procaïne", "Miorel", "étamsylate", "Kenacort"]
    assert verdicts(names(products=[different]), formulary, columns) == ["refuse"]


def test_a_problem_is_reviewed_whatever_the_rules(formulary: mesomix.Formulary) -> None:
    table = names(product=["Miorel", "Miorel", "Kenacort"], yes=[["zorg"], [], ["zorg"]])
    columns = Columns(products="product", affirmed="yes")
    few = mesomix.Rulebook([RULES["corticosteroid"]])
    [out] = list(check_batches(table.to_batches(), formulary, columns, rules=few))
    assert out["mesomix_verdict"].to_pylist() == ["review", "no-objection", "refuse"]
    assert out["mesomix_open"].to_pylist() == [True, False, True]


def test_only_what_was_checked_with_these_rules_is_expanded(formulary: mesomix.Formulary) -> None:
    columns = Columns(products="p")
    checked = pa.Table.from_batches(
        check_batches([pa.record_batch({"p": ["Kenacort"]})], formulary, columns)
    )
    fewer = mesomix.Rulebook([*mesomix.RULES][1:])
    with pytest.raises(ValueError, match=r"^expand takes what was checked with these rules"):
        expand(checked, formulary, columns, rules=fewer)
    with pytest.raises(TypeError, match=r"^expand takes what check_batches yielded; of another"):
        expand(checked.to_pandas(), formulary, columns)
    assert expand(checked, formulary, columns)["mesomix_findings"].to_pylist()[0]


def test_what_would_contradict_the_verdicts_is_not_expanded(formulary: mesomix.Formulary) -> None:
    columns = Columns(products="p", allergies="a")
    mixtures = [["Procaïne Lavoisier", "Miorel"], ["Kenacort"]]
    rows = pa.record_batch({"p": mixtures, "a": [["SECRET"], []]})

    def by_a_frame(rules: mesomix.Rulebook) -> pa.Table:
        """Checked by `rules`, and back from a frame, which loses the ids of the rules."""
        made = pa.Table.from_batches(check_batches([rows], formulary, columns, rules=rules))
        return made.cast(pa.schema([field.remove_metadata() for field in made.schema]))

    for rules in (mesomix.Rulebook([*RULES][1:]), mesomix.Rulebook([*RULES][::-1]), LONG):
        with pytest.raises(ValueError, match=r"these rules, columns and formulary: mesomix_\w+ is"):
            expand(by_a_frame(rules), formulary, columns)
        with pytest.raises(ValueError, match="is of others"):
            expand(by_a_frame(RULES), formulary, columns, rules=rules)
        expand(by_a_frame(rules), formulary, columns, rules=rules)
    right = by_a_frame(RULES)
    for wrong in (Columns(products="p"), replace(columns, nothing_else=True)):
        with pytest.raises(ValueError, match=r"columns and formulary: mesomix_\w+ is") as told:
            expand(right, formulary, wrong)
        assert "SECRET" not in str(told.value)
        bare = right.select(["p", "a"])
        assert expand(bare, formulary, wrong).num_rows == 2  # nothing says how it was checked
    found = expand(right, formulary, columns)
    assert found.num_rows == 2
    assert expand(pl.DataFrame(right).to_arrow(), formulary, columns)["mesomix_findings"].equals(
        found["mesomix_findings"]
    )


def test_another_formulary_is_told_where_rows_are_expanded(
    tmp_path: Path, formulary: mesomix.Formulary
) -> None:
    written = (shipped_folder() / "products.toml").read_text(encoding="utf-8")
    (tmp_path / "first.toml").write_text(written[: written.index("[products.procaine]")])
    columns = Columns(products="p")
    [found] = check_batches([pa.record_batch({"p": ["Dicynone"]})], formulary, columns)
    with pytest.raises(ValueError, match="columns and formulary: mesomix_"):
        expand(found, mesomix.load(tmp_path / "first.toml"), columns)


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int8(), pa.string())]
)
def test_a_text_that_is_no_utf8_stops_no_run(
    formulary: mesomix.Formulary, kind: pa.DataType
) -> None:
    broken = pa.array([b"Miorel", b"SECRET\xff", None, b"Kenacort"])
    texts = broken.view(pa.string())
    if pa.types.is_dictionary(kind):
        texts = texts.dictionary_encode().cast(kind)
    elif kind == pa.large_string():
        texts = broken.cast(pa.large_binary()).view(kind)
    batch = pa.RecordBatch.from_arrays([texts, texts], ["p", "a"])
    columns = Columns(products=("p",), allergies="a", nothing_else=True)
    [found] = check_batches([batch], formulary, columns)
    verdicts = found["mesomix_verdict"].to_pylist()
    assert verdicts == ["refuse", "review", "review", "refuse"]
    assert found["mesomix_unread"].to_pylist()[1] == ["SECRET\ufffd"]


@pytest.mark.parametrize("encoded", [False, True])
def test_a_null_in_the_place_of_a_list_denies_nothing(
    formulary: mesomix.Formulary, encoded: bool
) -> None:
    lists = pa.array([[], None], pa.list_(pa.string()))
    if encoded:
        lists = pa.DictionaryArray.from_arrays(pa.array([0, None]), lists.slice(0, 1))
    names = pa.array(["Procaïne Lavoisier 2 %", "Procaïne Lavoisier 2 %"])
    none_known = pa.array([[], []], pa.list_(pa.string()))
    batch = pa.RecordBatch.from_arrays([names, lists, none_known], ["p", "yes", "a"])
    affirmed = Columns(products=("p",), allergies="a", affirmed="yes", nothing_else=True)
    for columns in (affirmed, replace(affirmed, affirmed=None, denied="yes")):
        [found] = check_batches([batch], formulary, columns)
        assert found["mesomix_verdict"].to_pylist() == ["no-objection", "review"]


def test_lists_in_a_dictionary_add_to_other_answers(formulary: mesomix.Formulary) -> None:
    lists = pa.array([["asthma"], None, []], pa.list_(pa.string()))
    denied = pa.DictionaryArray.from_arrays(pa.array([0, 1, 2, None, 2, 2]), lists)
    table = names(
        product=["Laroscorbine"] * 6,
        allergies=[[], [], ["latex"], ["latex"], ["latex", "AINS"], ["AINS"]],
        no=denied,
        infected=[False, False, False, False, True, None],
        expecting=[False] * 6,
    )
    columns = Columns(
        products="product",
        allergies="allergies",
        facts={"skin-infection": "infected", "pregnancy": "expecting"},
        denied="no",
        nothing_else=True,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checking, "ROWS_AT_ONCE", 6)
        twice = verdicts(pa.concat_tables([table, table]), formulary, columns)
    assert twice == ["no-objection", *["review"] * 3, "refuse", "review"] * 2


def test_lists_in_a_dictionary_may_be_all_that_is_said_of_a_patient(
    formulary: mesomix.Formulary,
) -> None:
    lists = pa.array([["asthma"], None, [], ["skin-infection"]], pa.list_(pa.string()))
    yes = pa.DictionaryArray.from_arrays(pa.array([2, 3, 1, None, 2]), lists)
    no = pa.DictionaryArray.from_arrays(pa.array([2, 2, 2, 2, 1]), lists)
    table = names(p=["Laroscorbine"] * 5, a=[[]] * 5, yes=yes, no=no)
    columns = Columns(products=("p",), allergies="a", affirmed="yes", nothing_else=True)
    said = ["no-objection", "refuse", "review", "review"]
    assert verdicts(table, formulary, columns) == [*said, "no-objection"]
    assert verdicts(table, formulary, replace(columns, denied="no")) == [*said, "review"]


def test_one_answer_that_cannot_be_hides_no_other(formulary: mesomix.Formulary) -> None:
    yes = [["skin-infection", "zorg"], [None, "skin-infection"], ["skin-infection"], ["zorg"]]
    nothing: list[str] = []
    no = [nothing, nothing, ["skin-infection"], nothing]
    batch = pa.record_batch({"p": ["Miorel"] * 4, "yes": yes, "no": no, "a": [[]] * 4})
    columns = Columns(products=("p",), allergies="a", affirmed="yes", denied="no")
    [found] = check_batches([batch], formulary, columns)
    assert found["mesomix_verdict"].to_pylist() == ["refuse", "refuse", "refuse", "review"]
    assert found["mesomix_problem"].null_count == 0


@pytest.mark.parametrize("rules", [RULES, mesomix.Rulebook([])])
def test_a_table_without_a_finding_has_empty_lists_of_them(
    formulary: mesomix.Formulary, rules: mesomix.Rulebook
) -> None:
    batch = pa.record_batch({"p": ["Procaïne Lavoisier 20 mg/ml"], "a": [[]]})
    columns = Columns(products=("p",), allergies="a", nothing_else=True)
    [out] = check_batches([batch], formulary, columns, rules=rules, findings="list")
    assert out["mesomix_findings"].to_pylist() == [[]]
