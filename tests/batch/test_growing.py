"""Tables that grow while they are looked up: what is rare comes late, to several threads at once.

The formulary has more products, and the rulebook says more different things of pairs, than those
that ship: in the middle of a run the tables get more layers, more room and wider numbers.
"""

import sys
from dataclasses import replace
from random import Random
from typing import Any, Final

import pyarrow as pa
import pytest
from checked_tables import said_of
from random_formularies import Drawn
from written_tables import FACTS, Row, Table, held_lists

import mesomix
from mesomix.batch import Columns, check_batches, checking
from mesomix.batch.kernel import checker, meetings, pairs
from mesomix.planes import Planes

PRODUCTS: Final = 48
PAIR_RULES: Final = 9
ROWS: Final = 400
MANY: Final = 1 << 16
ALLERGIES: Final = ("AINS", "latex", "sulfites", "lidocaïne", "zorg", "procaïne", "parabènes")
HERE: Final = mesomix.Citation("inphysio", place="ici")


def number_of(product: mesomix.Product) -> int:
    """The number of one of our products; -1 of a bare substance."""
    return int(product.id.removeprefix("many")) if product.id.startswith("many") else -1


def of_pairs(bit: int) -> mesomix.Rule:
    """A rule on half of all pairs: each of its kind speaks of another half."""

    @mesomix.rule(mesomix.Severity.NOTE, fr="Deux.", en="Two.", cites=[HERE])
    def two_of_ours(a: mesomix.Product, b: mesomix.Product) -> mesomix.Flags:
        """Two of our products are mixed."""
        first, second = sorted((number_of(a), number_of(b)))
        if Random(first * PRODUCTS + second).getrandbits(PAIR_RULES) >> bit & 1:  # noqa: S311
            yield mesomix.unsure() if bit % 2 else mesomix.flag()

    return replace(two_of_ours, id=f"two-of-ours-{bit}")


def of_product(number: int) -> mesomix.Rule:
    """A rule on one product."""

    @mesomix.rule(mesomix.Severity.NOTE, fr="Un.", en="One.", cites=[HERE])
    def one_of_ours(product: mesomix.Product) -> mesomix.Flags:
        """One of our products is there."""
        if number_of(product) == number:
            yield mesomix.unsure() if number % 3 else mesomix.flag()

    return replace(one_of_ours, id=f"one-of-ours-{number}")


def of_allergy(number: int) -> mesomix.Rule:
    """A rule on one product, and any allergy that was recognised."""

    @mesomix.rule(mesomix.Severity.NOTE, fr="Et.", en="And.", cites=[HERE])
    def allergic_to_ours(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
        """One of our products meets an allergy."""
        if number_of(product) == number and allergy.id:
            yield mesomix.flag()

    return replace(allergic_to_ours, id=f"allergic-to-ours-{number}")


def of_fact(number: int) -> mesomix.Rule:
    """A rule on one product, and any yes."""

    @mesomix.rule(mesomix.Severity.NOTE, fr="Oui.", en="Yes.", cites=[HERE])
    def answered_beside_ours(product: mesomix.Product, fact: mesomix.Fact) -> mesomix.Flags:
        """One of our products meets a yes."""
        if number_of(product) == number and fact.answer is mesomix.Answer.YES:
            yield mesomix.unsure()

    return replace(answered_beside_ours, id=f"answered-beside-ours-{number}")


RULES: Final = mesomix.Rulebook(
    [
        *mesomix.RULES,
        *map(of_pairs, range(PAIR_RULES)),
        *map(of_product, range(PRODUCTS)),
        *map(of_allergy, range(0, PRODUCTS, 4)),
        *map(of_fact, range(1, PRODUCTS, 4)),
    ]
)
"""Their answers need more than sixty-four bits, and pairs have more than 256 different ones."""


def formulary_of(count: int) -> mesomix.Formulary:
    """A formulary of so many products."""
    substances = ["lidocaine", "procaine", "piroxicam", "thiocolchicoside"]
    sourced = 'effects = []\nsource = "chan"\nchecked = 2026-11-21'
    return Drawn(
        tuple(
            f'[products.many{n}]\nfr = "many{n}"\nen = "many{n}"\n'
            f'substances = ["{substances[n % len(substances)]}"]\n{sourced}'
            for n in range(count)
        )
    ).load()


@pytest.fixture(scope="module")
def many() -> mesomix.Formulary:
    """A formulary of many products."""
    return formulary_of(PRODUCTS)


def rows(seed: int) -> list[Row]:
    """Rows of which the first have little in them, and the last anything."""
    random = Random(seed)  # noqa: S311 (nothing here is secret)

    def few(several: tuple[str, ...], part: float, most: int) -> list[str]:
        known = several[: max(2, round(part * len(several)))]
        return random.sample(known, min(len(known), random.randint(0, most)))

    def row(part: float) -> Row:
        names: list[str | None] = [
            f"many{number}"
            for number in random.sample(range(max(5, round(part * PRODUCTS))), random.randint(0, 5))
        ]
        if random.random() < part / 20:
            names.append(random.choice([None, "many1", "zorgle", "lidocaïne", "many2 x"]))
        measured = random.random() < part / 5
        amounts = (
            [random.choice([None, "2 ml", "beaucoup", "1 ml"]) for _ in names] if measured else None
        )
        asked = random.random() < 0.8
        return {
            "names": names,
            "amounts": amounts,
            "allergies": few(ALLERGIES, part, 3) if asked else None,
            "answers": {name: random.random() < part for name in few(FACTS, part, 2)},
            "yes": [],
            "no": [],
        }

    return [row(number / ROWS) for number in range(ROWS)]


def table_of(given: list[Row]) -> Table:
    """A table of those rows."""
    arrays: dict[str, Any] = {
        name: held_lists([row[name] for row in given], pa.string())
        for name in ("names", "amounts", "allergies")
    }
    for name in FACTS:
        arrays[name] = pa.array([row["answers"].get(name) for row in given], pa.bool_())
    columns = Columns(
        products="names",
        amounts="amounts",
        allergies="allergies",
        facts={name: name for name in FACTS},
    )
    return Table(given, pa.record_batch(arrays), columns, free=False)


@pytest.mark.usefixtures("_nothing_is_suggested")
@pytest.mark.parametrize(
    ("threads", "most_paired", "most_learned", "most_rows", "most_new", "most_kept"),
    [
        (1, PRODUCTS, MANY, 64, MANY, MANY),
        (6, PRODUCTS, MANY, 4, MANY, MANY),
        (6, 20, MANY, 16, MANY, MANY),
        (6, 30, 300, 8, MANY, MANY),
        (1, PRODUCTS, MANY, 64, 9, MANY),
        (6, PRODUCTS, MANY, 32, 3, MANY),
        (1, PRODUCTS, MANY, 64, MANY, 4_000),
        (6, PRODUCTS, MANY, 32, 20, 4_000),
    ],
)
def test_what_comes_late_is_said_as_what_came_first(
    many: mesomix.Formulary,
    monkeypatch: pytest.MonkeyPatch,
    threads: int,
    most_paired: int,
    most_learned: int,
    most_rows: int,
    most_new: int,
    most_kept: int,
) -> None:
    made: list[checker.Checker] = []

    class Watched(checker.Checker):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            made.append(self)

    monkeypatch.setattr(checker, "Checker", Watched)
    monkeypatch.setattr(checker, "MOST_LEARNED", most_learned)
    monkeypatch.setattr(pairs, "MOST_PAIRED", most_paired)
    monkeypatch.setattr(checking, "MOST_NEW", most_new)
    monkeypatch.setattr(meetings, "MOST_KEPT", most_kept)
    monkeypatch.setattr(checking, "FEWEST_ROWS", 2)
    monkeypatch.setattr(checking, "ROWS_AT_ONCE", most_rows)
    table = table_of(rows(threads))
    switching = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        batches = check_batches(
            [table.batch], many, table.columns, rules=RULES, findings="list", threads=threads
        )
        out = pa.Table.from_batches(list(batches))
    finally:
        sys.setswitchinterval(switching)
    found = [said_of(row, out.schema) for row in out.to_pylist()]
    assert found == table.said(many, RULES)
    assert (len(made) > 1) is (most_learned < MANY or most_new < 9 or most_kept < MANY)


def test_there_is_more_than_a_byte_and_two_layers_hold(many: mesomix.Formulary) -> None:
    planes = Planes(RULES, many.edition)
    said = planes.pairs([*many.products.values()])
    assert len({*said.values()}) > 256
    rows_said = table_of(rows(1)).said(many, RULES)
    assert len({(rule, sure) for row in rows_said for rule, _, _, sure in row.findings}) > 64


@pytest.mark.usefixtures("_nothing_is_suggested")
@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("role", ["allergies", "affirmed", "products", "dictionary"])
def test_a_single_row_may_bring_more_than_is_learned_at_once(
    formulary: mesomix.Formulary, monkeypatch: pytest.MonkeyPatch, role: str, threads: int
) -> None:
    monkeypatch.setattr(checking, "MOST_NEW", 20)
    several = pa.array([[], [f"zorgle {number}" for number in range(50)], []])
    names = pa.array([["Miorel"], ["Kenacort"], ["Miorel"]])
    if role == "products":
        names = pa.array([["Miorel"], [*several[1].as_py(), "Kenacort"], ["Miorel"]])
    elif role == "dictionary":
        several = pa.DictionaryArray.from_arrays(pa.array([0, 1, 2]), several)
    columns = Columns(
        products="names",
        allergies="several" if role == "allergies" else None,
        affirmed="several" if role == "affirmed" else None,
        denied="several" if role == "dictionary" else None,
        nothing_else=True,
    )
    batch = pa.record_batch({"names": names, "several": several})
    out = pa.Table.from_batches(check_batches([batch], formulary, columns, threads=threads))
    assert out["names"].to_pylist() == names.to_pylist()
    other = "no-objection" if role == "allergies" else "review"  # where somebody asked
    assert out["mesomix_verdict"].to_pylist() == [other, "refuse", other]


@pytest.mark.parametrize("count", [255, 256, 257])
def test_a_table_may_have_more_columns_of_products_than_a_byte_counts(count: int) -> None:
    known = formulary_of(count)
    columns = Columns(products=tuple(f"p{number}" for number in range(count)))
    batch = pa.record_batch({f"p{number}": [f"many{number}"] for number in range(count)})
    [out] = check_batches([batch], known, columns, findings="list")
    [found] = [said_of(row, out.schema) for row in out.to_pylist()]
    assert "too-many-products" in found.sure
    assert {rule for rule, *_ in found.findings} == found.sure | found.unsure
