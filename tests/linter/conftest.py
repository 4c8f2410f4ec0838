"""A small clinic formulary that the linter has nothing to say of, to be made wrong by tests."""

from collections.abc import Callable
from pathlib import Path

import pytest
from faulty_data import SOUND


@pytest.fixture(scope="session")
def sound() -> str:
    """A clinic file without any finding."""
    return SOUND


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a data file: `write(text)`, or `write(text, "folder/name.toml")`."""

    def written(text: str | bytes, name: str = "clinic.toml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written
