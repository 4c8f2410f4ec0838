"""The small BDPM in a folder, and the real one where somebody has downloaded it."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from bdpm.files import small, write

from mesomix import bdpm

DOWNLOADED: Final = Path(__file__).parents[3] / "shared" / "bdpm"

Reader = Callable[..., bdpm.Bdpm]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Read the small BDPM; with other bytes for some files, and None where one is absent."""

    def made(changed: dict[str, bytes | None] | None = None) -> bdpm.Bdpm:
        files = {**small(), **(changed or {})}
        return bdpm.read(write(tmp_path, {k: v for k, v in files.items() if v is not None}))

    return made


@pytest.fixture(scope="session")
def downloaded() -> bdpm.Bdpm:
    """The real BDPM; the test is skipped, and says so, where it is absent."""
    if not DOWNLOADED.is_dir():
        pytest.skip("the files of BDPM are absent")
    return bdpm.read(DOWNLOADED)
