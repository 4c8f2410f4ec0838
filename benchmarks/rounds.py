"""Times of interleaved rounds, and how they are written into a table."""

import gc
import os
import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from math import ceil
from statistics import median
from time import perf_counter

Job = Callable[[], object]


def medians(jobs: Mapping[str, Job], rounds: int, least: float = 0.0) -> dict[str, float]:
    """Seconds that each job takes: the median of interleaved rounds, after one that is not counted.

    So whatever slows the machine for a while slows each of them, and ratios hold. In each round a
    job is repeated for at least so many seconds, lest the caches that another left cold be timed.
    """
    times: dict[str, list[float]] = {name: [] for name in jobs}
    repeats: dict[str, int] = {}
    for name, job in jobs.items():
        job()  # compiles, fills caches
        repeats[name] = max(1, ceil(least / seconds(job, 1))) if least else 1
    gc.collect()
    gc.freeze()  # what stays is not to be looked through again and again
    for _ in range(rounds):
        for name, job in jobs.items():
            gc.collect()  # what one job left behind is not to slow the next
            times[name].append(seconds(job, repeats[name]))
    gc.unfreeze()
    return {name: median(found) for name, found in times.items()}


def seconds(job: Job, repeats: int) -> float:
    """The time of one call, as the mean of some."""
    start = perf_counter()
    for _ in range(repeats):
        job()
    return (perf_counter() - start) / repeats


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first to the right."""
    lines = [titles, ["---", *["---:"] * (len(titles) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def ratio(time: float, floor: float) -> str:
    """How many times `floor` that is."""
    times = time / floor
    return f"{times:.2f}" if times < 10 else f"{times:,.0f}"


def versions(packages: Iterable[str]) -> str:
    """What was measured, and on what kind of machine."""
    found = ", ".join(f"{package} {_version(package)}" for package in packages)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{python} on {os.cpu_count()} cores; {found}."


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(not installed)"
