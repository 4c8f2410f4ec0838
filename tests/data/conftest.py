"""The sources of the data, which are not in the checkout: a test that wants them is skipped."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

SHARED: Final = Path(__file__).parents[3] / "shared"


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """A folder of the sources; the test is skipped, and says so, where it is absent."""

    def folder(name: str) -> Path:
        found = SHARED / name
        if not found.is_dir():
            pytest.skip(f"the sources are absent: {name}")
        return found

    return folder


@pytest.fixture(scope="session")
def rows_of(shared: Callable[[str], Path]) -> Callable[[str], list[dict[str, str]]]:
    """The rows of a table of facts."""

    def rows(name: str) -> list[dict[str, str]]:
        with (shared("facts") / name).open(encoding="utf-8", newline="") as file:
            read = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
            return [dict(row) for row in read]

    return rows
