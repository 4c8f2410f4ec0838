# ruff: noqa: E501 (what is written is a page of text)
"""The section of docs/benchmarks.md on the whole space of a formulary, and its times."""

import multiprocessing
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Final, TypeVar

import rounds
import synthetic

import mesomix
from mesomix.space.census import census, census_of
from mesomix.space.diff import Comparison, diff
from mesomix.space.space import Space

SIZES: Final = (9, 500, 1_000, 2_000, 4_000)
LARGE: Final = 2_000
PROFILES: Final = 64
ROUNDS: Final = 5
STREAMED: Final = 1_000_000

Job = Callable[[], object]
Found = TypeVar("Found")


def section() -> str:
    """The growth with the number of products, the diff, and the memory."""
    found = {size: measured(size) for size in SIZES}
    jobs = [*found[LARGE]]
    titles = ("ms", *[f"{size:,} products" for size in SIZES])
    rows = [(job, *[f"{found[size][job] * 1e3:,.1f}" for size in SIZES]) for job in jobs]
    total = {size: sum(Space(synthetic.formulary(size)).sizes) for size in SIZES}
    counts = ("mixtures", *[f"{total[size]:,}" for size in SIZES])
    rate = streamed()
    floor, memory = in_process(memory_of_census)
    return f"""\
## The whole space

Every mixture of one, two or three different products of made-up formularies (of nine: those of mesomix), counted exactly.
"Asking the rules" is what is done once for a formulary; a profile is a patient with two allergies and ten answers.

{rounds.table(titles, [counts, *rows])}

The mixtures that changed come at {rate / 1e6:,.2f} million a second ({LARGE:,} products). A process that has loaded {LARGE:,} products
takes {floor:,.0f} MB; to ask the rules and count for {PROFILES} profiles adds {memory:,.0f} MB at most.
"""


def profiles(formulary: mesomix.Formulary, count: int) -> list[mesomix.Patient]:
    """So many patients, each of another kind."""
    asked = synthetic.requests(formulary, count, seed=2)
    return [
        formulary.patient(allergies=one.allergies, facts=one.facts, nothing_else=True)
        for one in asked
    ]


def measured(size: int) -> dict[str, float]:
    """Seconds, by what is done."""
    formulary, changed = synthetic.formulary(size), synthetic.edited(size)
    patients = profiles(formulary, PROFILES)
    other = profiles(changed, 1)[0]
    space = Space(formulary)
    count_all(space, patients)  # what it asks the rules, it remembers
    compared = Comparison(formulary, changed)
    jobs: dict[str, Job] = {
        "asking the rules": partial(Space, formulary),
        "census, rules asked as well, one profile": partial(census, formulary, patients[0]),
        "census, one profile": partial(census_of, space, patients[0]),
        f"census, {PROFILES} profiles": partial(count_all, space, patients),
        "diff of ten changed products, rules asked as well": partial(diff, formulary, changed),
        "diff, no patient": compared.diff,
        "diff, one profile": partial(compared.diff, (patients[0], other)),
    }
    return rounds.medians(jobs, ROUNDS)


def count_all(space: Space, patients: list[mesomix.Patient]) -> None:
    """A census for each."""
    for patient in patients:
        census_of(space, patient)


def streamed() -> float:
    """How many mixtures that changed come in a second."""
    old, new = synthetic.formulary(LARGE), synthetic.edited(LARGE)
    patients = tuple(f.patient(allergies=[], nothing_else=True) for f in (old, new))
    found = diff(old, new, (patients[0], patients[1]))
    assert found.milder + found.worse > STREAMED
    start = perf_counter()
    count = sum(1 for _ in islice(found.mixtures(), STREAMED))
    return count / (perf_counter() - start)


def memory_of_census() -> tuple[float, float]:
    """Megabytes that a process has with the formulary, and the most that a census adds to them."""
    formulary = synthetic.formulary(LARGE)
    patients = profiles(formulary, PROFILES)
    before = _status("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak is measured anew
    count_all(Space(formulary), patients)
    return before, _status("VmHWM") - before


def _status(key: str) -> float:
    """Megabytes, as Linux tells them of this process."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (found,) = [line.split()[1] for line in lines if line.startswith(f"{key}:")]
    return int(found) / 1024


def in_process(work: Callable[[], Found]) -> Found:
    """What `work` gives in a process of its own, which has nothing in its memory yet."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work)
