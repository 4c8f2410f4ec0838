"""The time of recognising one name: against the formulary, and against all of BDPM.

Prints medians of interleaved rounds in microseconds a name. The folder of BDPM is the first
argument; without it, `../shared/bdpm` beside the checkout is read, or only the formulary.
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import mesomix
from mesomix import bdpm

ROUNDS, CALLS = 11, 300
SLOW = 3
"""Calls of what looks for a suggestion, which takes milliseconds."""

WHOLE = ["Procaïne Lavoisier", "mesocaine®", "KENACORT", "Xylocaïne", "thiocolchicoside", "Mag 2"]
LONGER = [
    "bétaméthasone (phosphate disodique de)",
    "ampoule de Miorel",
    "Xylocaïne (lidocaïne), solution injectable",
]
MEASURED = [
    "Kénacort Retard 40 mg/1 ml, suspension injectable",
    "Procaïne Lavoisier 20 mg/ml 2 ml",
    "lidocaïne 1 % 5 ml",
]
WITH_AMOUNT = "with a strength or an amount"
QUICK = {"a whole name", "within a longer text", WITH_AMOUNT, "a name of BDPM in full"}
UNKNOWN = ["Zorglubine forte 20 mg/ml", "eau de mer"]
MISSPELT = ["betamethazone", "Procaine Lavoisié", "thiocolchicosid"]


def microseconds(read: Callable[[str], object], names: list[str], calls: int) -> float:
    """The time of reading one of `names`, as the mean of many."""
    times = max(1, calls // len(names))
    start = perf_counter()
    for _ in range(times):
        for name in names:
            read(name)
    return (perf_counter() - start) / (times * len(names)) * 1e6


def measure(jobs: dict[str, Callable[[], float]]) -> dict[str, float]:
    """The median of each job over interleaved rounds, after one that is not counted."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job()
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            times[name].append(job())
    return {name: median(found) for name, found in times.items()}


def figures(folder: Path | None) -> dict[str, float]:
    """Microseconds for one name, by what it is looked up in and what kind of name it is."""
    formularies = {"formulary": mesomix.load()}
    everything: list[str] = []
    if folder is not None:
        database = bdpm.read(folder)
        formularies["BDPM"] = mesomix.load(bdpm=database)
        everything = [s.name for s in list(database.specialties.values())[::53]][:CALLS]
    jobs: dict[str, Callable[[], float]] = {}
    for title, formulary in formularies.items():

        def read(name: str, formulary: mesomix.Formulary = formulary) -> object:
            return formulary.mixture(name)

        kinds = {"a whole name": WHOLE, "within a longer text": LONGER, WITH_AMOUNT: MEASURED}
        kinds |= {"in nothing, with a suggestion": UNKNOWN, "misspelt, with one": MISSPELT}
        if title == "BDPM":
            kinds["a name of BDPM in full"] = everything
        for kind, names in kinds.items():
            calls = CALLS if kind in QUICK else SLOW
            jobs[f"{title}: {kind}"] = partial(microseconds, read, names, calls)
    return measure(jobs)


def main() -> None:
    beside = Path(__file__).parents[2] / "shared" / "bdpm"
    folder = Path(sys.argv[1]) if sys.argv[1:] else beside
    if not folder.is_dir():
        print("BDPM: not measured, its files are absent (name their folder)")
    for name, time in figures(folder if folder.is_dir() else None).items():
        print(f"{name:44} {time:9.1f} us")


if __name__ == "__main__":
    main()
