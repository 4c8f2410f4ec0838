"""That each query finds what `mesomix.check` finds, row by row, before anything is timed."""

from collections.abc import Callable, Iterable
from typing import Final, Protocol

import pyarrow as pa
import synthetic

import mesomix
from tables.duckdb_sql import DuckDb
from tables.lookups import Lookups, lookups
from tables.masks import prepared
from tables.pandas_frames import Pandas
from tables.polars_frames import Polars
from tables.rows import Form, Rows, made_up, with_one_allergy
from tables.with_mesomix import LEVELS, WithMesomix, said


class Peer(Protocol):
    """Something that answers for all rows of a table at once."""

    name: str
    version: str

    def ready(self, rows: Rows, form: Form, prepared: Lookups) -> Callable[[], pa.Table]: ...


PEERS: Final[tuple[Peer, ...]] = (WithMesomix(), DuckDb(), Polars(), Pandas())


def one_by_one(rows: Rows) -> pa.Table:
    """What `mesomix.check` says of each row."""
    names = [product.name.en for product in rows.formulary.products.values()]
    bits = {rule.id: 1 << number for number, rule in enumerate(mesomix.RULES)}
    found: dict[str, list[int]] = {"verdict": [], "sure": [], "unsure": []}
    codes = zip(*rows.products, *rows.allergies, rows.yes, strict=True)
    for p1, p2, p3, a1, a2, yes in codes:
        mixture = rows.formulary.mixture(*[names[p - 1] for p in (p1, p2, p3) if p])
        patient = rows.formulary.patient(
            allergies=[rows.allergens[a - 1] for a in (a1, a2) if a],
            facts={c: True for n, c in enumerate(synthetic.FACTS) if yes >> n & 1},
            nothing_else=True,
        )
        report = mesomix.check(mixture, patient)
        found["verdict"].append(LEVELS[report.verdict.value])
        for column, certain in (("sure", True), ("unsure", False)):
            spoken = {f.rule for f in report.findings if f.certain is certain}
            found[column].append(sum(bits[rule] for rule in spoken))
    return pa.table(found)


def in_order(answer: pa.Table) -> pa.Table:
    """An answer in the common form: a join keeps no order."""
    if "mesomix_verdict" in answer.schema.names:
        answer = said(answer)
    elif "row" in answer.schema.names:
        answer = answer.sort_by("row")
    kinds = pa.schema([(name, pa.int64()) for name in ("verdict", "sure", "unsure")])
    return answer.select(kinds.names).cast(kinds).combine_chunks()


def prove(sizes: Iterable[int], count: int) -> None:
    """Raise AssertionError where a query finds anything else in `count` rows."""
    for size in sizes:
        rows = made_up(synthetic.formulary(size), count, seed=1)
        found = lookups(prepared(rows))
        single = with_one_allergy(rows)
        expected = {id(some): in_order(one_by_one(some)) for some in (rows, single)}
        for form in Form:
            asked = single if form in (Form.ENCODED, Form.PLAIN) else rows
            for peer in PEERS:
                answer = in_order(peer.ready(asked, form, found)())
                message = f"{peer.name} differs from mesomix.check on {form.value}, {size} products"
                assert answer.equals(expected[id(asked)]), message
