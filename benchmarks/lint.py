"""The time of linting a file of 2,000 products, against that of loading it.

Prints medians of interleaved rounds in milliseconds, and their ratios. The whole lint, also of a
file with mistakes, is to take at most three times as long as the loading. Run it from the checkout.
"""

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from linter.large_file import AS_OF, as_text, clean_blocks, planted

import mesomix

ROUNDS = 9
MOST = 3.0


def main() -> None:
    with TemporaryDirectory() as folder:
        clean, wrong = Path(folder) / "clean.toml", Path(folder) / "wrong.toml"
        clean.write_text(as_text(clean_blocks()), encoding="utf-8")
        text, mistakes = planted()
        wrong.write_text(text, encoding="utf-8")
        jobs: dict[str, Callable[[], object]] = {
            "mesomix.load(clean)": lambda: mesomix.load(clean),
            "mesomix.lint(clean)": lambda: mesomix.lint(clean),
            "mesomix.lint(clean, as_of)": lambda: mesomix.lint(clean, as_of=AS_OF),
            "mesomix.lint(wrong, as_of)": lambda: mesomix.lint(wrong, as_of=AS_OF),
        }
        times: dict[str, list[float]] = {name: [] for name in jobs}
        for job in jobs.values():
            job()  # compiles modules, fills caches
        for _ in range(ROUNDS):
            for name, job in jobs.items():
                gc.collect()  # what one job left behind is not to slow the next
                start = perf_counter()
                made = job()
                times[name].append(perf_counter() - start)
                del made
    floor = median(times["mesomix.load(clean)"])
    print(f"{len(text) / 1e6:.1f} MB, {len(mistakes)} mistakes")
    for name, found in times.items():
        print(f"{name:28} {median(found) * 1e3:8.1f} ms  {median(found) / floor:5.2f} x")
    worst = max(median(found) for found in times.values()) / floor
    print(f"at most {MOST} x is asked for: {'met' if worst <= MOST else 'MISSED'}")


if __name__ == "__main__":
    main()
