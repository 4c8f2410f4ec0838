# ruff: noqa: E501 (what is written is a page of text)
"""The section of docs/benchmarks.md on tables."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import rounds
import synthetic

import mesomix
from mesomix.batch import Columns, check_batches
from tables.lookups import Lookups, lookups
from tables.masks import prepared
from tables.proof import PEERS, prove
from tables.rows import Form, Rows, made_up, table, with_one_allergy
from tables.with_mesomix import BATCH, WithMesomix, check_of, columns_of, reader

SIZES: Final = (9, 100, 2_000)
ROUNDS: Final = 3
FEWER: Final = 10
"""What is slow has a tenth of the rows: so many rows a second it does all the same."""
FEWEST: Final = 1_000
FEW_ROWS: Final = 20_000
COPY: Final = "copying the same bytes (numpy)"
READ: Final = "reading them as Parquet (pyarrow)"
FROM_FILE: Final = "**mesomix**, from that Parquet file"
LISTED: Final = "**mesomix**, findings as lists"
OWN: Final = (WithMesomix.name, FROM_FILE, LISTED)

AUDIT: Final = """
import sys
from mesomix.cli import main
status = main(sys.argv[1:])
told = open("/proc/self/status").read().split("VmHWM:")[1].split()[0]
print(status, told)
"""
"""An audit that tells its exit status and its peak of memory in kB: `ru_maxrss` of a child would
have that of its parent in it."""


class Timed(NamedTuple):
    """Something that goes through so many rows."""

    rows: int
    job: Callable[[], object]


def section(count: int, cases: int) -> str:
    """The proof, and the rates of `count` rows."""
    prove(SIZES, cases)
    with TemporaryDirectory() as folder:
        found = [rates(size, count, Path(folder)) for size in SIZES]
        waits = ", ".join(f"{seconds_to_first(size) * 1e3:,.0f} ms for {size:,}" for size in SIZES)
        memory = audited(count, Path(folder))
    unseen = "; ".join(never_seen(count))
    tables = "\n\n".join(of_form(form, [rate[form] for rate in found]) for form in Form)
    return f"""\
## Tables

Mixtures of one to three products, none to two allergies, ten facts; out come the verdict and a bit for each
rule that is sure, and for each that is not. All rules of mesomix are asked. The others look the same bits up in tables
that were prepared for them out of the same rules, in the form that was fastest of those tried: all mixtures of
nine products, all pairs of a hundred, the products and the pairs of which something is said of 2,000. mesomix prepares
its own, within the time: the first {FEW_ROWS:,} rows take it {waits} products. DuckDB and polars have their rows in memory, in types of their own choice.
Each query gave what `mesomix.check` says of {cases:,} random rows of each formulary, in each form.

{count:,} rows; a tenth of them for the other queries that do not start from codes, and for pandas, and few for findings
that are written out as lists. Millions of rows a second, and in brackets how many times
as fast mesomix is.

{tables}

Of {SIZES[-1]:,} products, where every product is met as often as any other, so that hardly a mixture comes twice:
{unseen}. A name that was never met is read once: {new_names():.0f} µs, of {SIZES[0]} products, with the rest of its row.

`mesomix audit` of {count:,} rows of a Parquet file with lists, written to another: {memory}.
"""


def of_form(form: Form, found: list[dict[str, float]]) -> str:
    """The table of one form."""
    titles = (form.value, *[f"{size:,} products" for size in SIZES])
    rows = [
        (
            name,
            *[
                f"{rate[name] / 1e6:,.2f}"
                + ("" if name in OWN else f" ({rate[WithMesomix.name] / rate[name]:.2f})")
                for rate in found
            ],
        )
        for name in found[0]
    ]
    return rounds.table(titles, rows)


def rates(size: int, count: int, folder: Path) -> dict[Form, dict[str, float]]:
    """Rows a second, by the form and by who reads it."""
    rows = made_up(synthetic.formulary(size), count)
    found = lookups(prepared(rows))
    measured: dict[Form, dict[str, float]] = {}
    for form in Form:
        of_form = with_one_allergy(rows) if form in (Form.ENCODED, Form.PLAIN) else rows
        timed = jobs(of_form, form, found, folder)
        times = rounds.medians({name: one.job for name, one in timed.items()}, ROUNDS)
        measured[form] = {name: one.rows / times[name] for name, one in timed.items()}
    return measured


def jobs(rows: Rows, form: Form, prepared: Lookups, folder: Path) -> dict[str, Timed]:
    """What is timed of one form: the floors, mesomix, the peers."""
    count = len(rows)
    few, fewest = (first(rows, max(1, count // part)) for part in (FEWER, FEWEST))
    content = table(rows, form)
    result = check_of(few, form)()
    added = [name for name in result.schema.names if name.startswith("mesomix_")]
    size = content.nbytes + result.select(added).nbytes * FEWER
    source = np.ones(size, np.uint8)
    path = folder / "rows.parquet"
    pq.write_table(content, path)
    found = {
        COPY: Timed(count, source.copy),
        READ: Timed(count, partial(pq.read_table, path)),
        FROM_FILE: Timed(count, partial(from_file, path, rows, form)),
        LISTED: Timed(len(fewest), partial(as_lists, fewest, form)),
    }
    for peer in PEERS:
        asked = rows if form is Form.CODES or peer.name == WithMesomix.name else few
        asked = few if peer.name.startswith("pandas") else asked
        found[peer.name] = Timed(len(asked), peer.ready(asked, form, prepared))
    return found


def seconds_to_first(size: int) -> float:
    """What a few rows take, in which nearly every product is met for the first time."""
    rows = made_up(synthetic.formulary(size), FEW_ROWS)
    return rounds.medians({"": check_of(rows, Form.LISTS)}, ROUNDS)[""]


def never_seen(count: int) -> Iterator[str]:
    """How many times as long a table takes of which each mixture is new."""
    formulary = synthetic.formulary(SIZES[-1])
    tables = [made_up(formulary, count), made_up(formulary, count, alike=True)]
    different = [len(np.unique(np.stack(rows.products), axis=1).T) for rows in tables]
    yield f"{different[1]:,} different mixtures, and not {different[0]:,}"
    for form in (Form.CODES, Form.LISTS):
        times = rounds.medians(
            {str(n): check_of(rows, form) for n, rows in enumerate(tables)}, ROUNDS
        )
        yield f"{form.value} take {times['1'] / times['0']:.2f} times as long"


def new_names() -> float:
    """Microseconds for a row with a name in a spelling that was never met, of a product that was."""
    formulary = mesomix.load()
    name = next(iter(formulary.products.values())).name.en
    spellings = [
        "".join(c.upper() if n >> place & 1 else c for place, c in enumerate(name))
        for n in range(1 << min(len(name), 12))
    ]
    batch = pa.record_batch({"product": spellings})
    columns = Columns(products=("product",))
    seconds = rounds.medians({"": lambda: [*check_batches([batch], formulary, columns)]}, ROUNDS)[
        ""
    ]
    return seconds / len(spellings) * 1e6


def first(rows: Rows, count: int) -> Rows:
    """The first so many rows."""
    return replace(
        rows,
        products=tuple(column[:count] for column in rows.products),
        allergies=tuple(column[:count] for column in rows.allergies),
        yes=rows.yes[:count],
    )


def from_file(path: Path, rows: Rows, form: Form) -> int:
    """Check a file, a batch at a time; what was checked is let go."""
    file = pq.ParquetFile(path)
    batches = map(reader(rows, form), file.iter_batches(BATCH))
    checked = check_batches(batches, rows.formulary, columns_of(form))
    return sum(batch.num_rows for batch in checked)


def as_lists(rows: Rows, form: Form) -> pa.Table:
    """The check with each finding written out."""
    batches = map(reader(rows, form), table(rows, form).to_batches(BATCH))
    found = check_batches(batches, rows.formulary, columns_of(form), findings="list")
    return pa.Table.from_batches(found)


def audited(count: int, folder: Path) -> str:
    """The time and the memory of an audit, in a process of its own."""
    path, output = folder / "audited.parquet", folder / "checked.parquet"
    rows = made_up(synthetic.formulary(SIZES[0]), count)
    pq.write_table(table(rows, Form.LISTS), path)
    arguments = ["audit", str(path), "--output", str(output), "--nothing-else"]
    arguments += ["--products", "product1", "product2", "product3"]
    arguments += ["--allergies", "allergies", "--affirmed", "affirmed"]
    start = perf_counter()
    ran = subprocess.run(  # noqa: S603 (this interpreter, with a program of our own)
        [sys.executable, "-c", AUDIT, *arguments], capture_output=True, text=True, check=False
    )
    seconds = perf_counter() - start
    status, peak = ran.stdout.splitlines()[-1].split()
    assert status in ("0", "1", "3"), ran.stderr  # the worst verdict of all rows
    return f"{seconds:.1f} s, at most {int(peak) / 1024:,.0f} MB of memory"
