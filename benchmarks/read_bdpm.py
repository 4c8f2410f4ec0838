"""The time of reading BDPM, against reading the same files with csv alone.

Prints medians of interleaved rounds in milliseconds, and their ratios to the floor. The folder of
the files is the first argument; without it, nothing is measured: mesomix ships none of them.
"""

import csv
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from mesomix import bdpm

ROUNDS = 11
ENCODINGS = {
    "CIS_bdpm.txt": "cp1252",
    "CIS_COMPO_bdpm.txt": "cp1252",
    "CIS_CIP_bdpm.txt": "utf-8",
    "CIS_MITM.txt": "cp1252",
}
"""As they were in May 2026: csv cannot find them out."""


def with_csv_alone(folder: Path) -> int:
    """The least that a reader does: split each row; nothing is kept, checked or hashed."""
    count = 0
    for name, encoding in ENCODINGS.items():
        with (folder / name).open(encoding=encoding, newline="") as file:
            for _ in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                count += 1
    return count


def with_names(folder: Path) -> int:
    """What recognising names in BDPM waits for, once a process."""
    return len(bdpm.read(folder).names())


def with_everything(folder: Path) -> int:
    """All that mesomix can make of the files."""
    return sum(len(found.composition) for found in bdpm.read(folder).specialties.values())


def ratios(folder: Path) -> dict[str, float]:
    """The medians of interleaved rounds as multiples of the first job's, which is the floor."""
    found = medians(folder)
    floor = next(iter(found.values()))
    return {name: time / floor for name, time in found.items()}


def medians(folder: Path) -> dict[str, float]:
    """The medians of interleaved rounds, in seconds."""
    jobs: dict[str, Callable[[Path], object]] = {
        "csv.reader alone": with_csv_alone,
        "bdpm.read": bdpm.read,
        "and the names": with_names,
        "and every specialty": with_everything,
    }
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job(folder)
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            start = perf_counter()
            made = job(folder)
            times[name].append(perf_counter() - start)
            del made
    return {name: median(found) for name, found in times.items()}


if __name__ == "__main__":
    asked = sys.argv[1:]
    beside = Path(__file__).parents[2] / "shared" / "bdpm"
    where = Path(asked[0]) if asked else beside
    if where.is_dir():
        print("reading four files of BDPM")
        found = medians(where)
        floor = next(iter(found.values()))
        for name, time in found.items():
            print(f"  {name:20} {time * 1e3:7.1f} ms  {time / floor:5.2f} x")
    else:
        print("reading BDPM: not measured, its files are absent (name their folder)")
