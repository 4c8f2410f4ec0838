"""A small clinic formulary that the linter has nothing to say of, to be made wrong by tests."""

from collections.abc import Callable
from pathlib import Path

import pytest
from bdpm.files import component, small, specialty
from bdpm.files import write as write_bdpm
from faulty_data import SOUND

from mesomix import bdpm


@pytest.fixture(scope="session")
def sound() -> str:
    """A clinic file without any finding."""
    return SOUND


@pytest.fixture(scope="session")
def market_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of BDPM that has what the clinic file says of its specialty."""
    name = "EXEMPLAR 5 mg, solution injectable"
    form, routes = "solution injectable", "intradermique"
    row = specialty("69999999", name, form, routes, "Autorisation active", "Non commercialisée")
    substance = component("69999999", "90001", "EXEMPLINE", "5 mg", "une ampoule", "SA", "1")
    files = small()
    files["CIS_bdpm.txt"] += "\t".join(row).encode()
    files["CIS_COMPO_bdpm.txt"] += "\t".join(substance).encode()
    return write_bdpm(tmp_path_factory.mktemp("bdpm"), files)


@pytest.fixture(scope="session")
def market(market_folder: Path) -> bdpm.Bdpm:
    """The same, as it was read."""
    return bdpm.read(market_folder)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a data file: `write(text)`, or `write(text, "folder/name.toml")`."""

    def written(text: str | bytes, name: str = "clinic.toml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written
