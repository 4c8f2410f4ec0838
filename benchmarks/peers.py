# ruff: noqa: E501 (what is written is a page of text)
"""mesomix beside what a user would pick instead, as docs/benchmarks.md has it.

`python benchmarks/peers.py` prints that page and `--write` writes it; `--only one`, `tables` or `space`
prints a part. It takes a quarter of an hour and several GB. The peers are in
requirements/benchmark.in; one that is not installed is told with the reason.
"""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import rounds
import space_times
from checking import report as checking_report
from checking.peers import PACKAGES
from tables import report as tables_report

PAGE: Final = Path(__file__).parents[1] / "docs" / "benchmarks.md"
INTRODUCTION: Final = """\
# Benchmarks

mesomix beside what a user would pick instead, on the same rules, with the same answers: proven on random cases
before anything is timed. Written by `python benchmarks/peers.py --write`. All times are medians of interleaved
rounds in one run on one machine: what they tell is ratios.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="mesomix beside its peers")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    parser.add_argument("--only", choices=["one", "tables", "space"], help="a part of the page")
    parser.add_argument("--cases", type=int, default=10_000, help="that are to be answered alike")
    parser.add_argument("--rows", type=int, default=10_000_000, help="of the tables")
    asked = parser.parse_args()
    sections: dict[str, Callable[[], str]] = {
        "one": partial(checking_report.section, asked.cases),
        "tables": partial(tables_report.section, asked.rows, asked.cases),
        "space": space_times.section,
    }
    if asked.only:
        if asked.write:
            parser.error("--write writes the whole page")
        print(sections[asked.only]())
        return
    made = [section() for section in sections.values()]
    page = "\n".join([INTRODUCTION, *made, f"Measured with {rounds.versions(PACKAGES)}\n"])
    if asked.write:
        PAGE.write_text(page, encoding="utf-8")
    else:
        print(page)


if __name__ == "__main__":
    main()
