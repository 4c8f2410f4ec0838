"""The time of loading the shipped data, and of importing mesomix, against their floors.

Prints medians of interleaved rounds in milliseconds, and their ratios. Run it from the checkout.
"""

import subprocess
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

import tomli

import mesomix
from mesomix.formulary.files import SHIPPED, shipped_folder
from mesomix.formulary.schema import DataFile

ROUNDS = 101


def parse_and_validate() -> list[DataFile]:
    """What nobody can do without: the bytes, parsed and validated."""
    contents = [(shipped_folder() / name).read_bytes() for name in SHIPPED]
    return [DataFile.model_validate(tomli.loads(content.decode())) for content in contents]


def started(statement: str) -> Callable[[], object]:
    """Start an interpreter for one statement."""
    return lambda: subprocess.run([sys.executable, "-c", statement], check=True)  # noqa: S603


def compare(title: str, jobs: dict[str, Callable[[], object]], rounds: int) -> None:
    """Print the medians of interleaved rounds; the first job is the floor."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job()  # compiles modules, fills caches
    for _ in range(rounds):
        for name, job in jobs.items():
            start = perf_counter()
            made = job()
            times[name].append(perf_counter() - start)
            del made
    floor = median(times[next(iter(jobs))])
    print(title)
    for name, found in times.items():
        print(f"  {name:28} {median(found) * 1e3:6.2f} ms  {median(found) / floor:5.2f} x")


if __name__ == "__main__":
    loads: dict[str, Callable[[], object]] = {
        "tomli and pydantic": parse_and_validate,
        "mesomix.load()": mesomix.load,
    }
    compare("loading the shipped data", loads, ROUNDS)
    imports = ("import pydantic", "import mesomix", "pass")
    compare("starting Python", {statement: started(statement) for statement in imports}, 21)
