"""What the tests of pages share. `make test` leaves this folder alone and imports nothing of it."""

import os
import shutil
import sys
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import pytest

if TYPE_CHECKING:
    from browsing import Browser

LAID: Final = Path(sys.prefix) / "share" / "site"
"""Where `make site` lays what comes from npm, and the wheels for Pyodide."""
MUST_BE_THERE: Final = "true" in {os.environ.get("CI"), os.environ.get("MESOMIX_SITE_WHOLE")}
"""Where nothing may be skipped: what did not run would look passed."""


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """Without the tests of this folder, their modules and packages are not needed either."""
    return "not site" in config.option.markexpr or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have all tests of one process that share what takes long: the documentation, or a module."""
    for item in items:
        names = getattr(item, "fixturenames", ())
        group = "documentation" if "built_docs" in names else item.path.stem
        item.add_marker(pytest.mark.xdist_group(group))


def missing(what: str) -> NoReturn:
    """Skip, and say what is missing; fail where it must be there."""
    if MUST_BE_THERE:
        pytest.fail(f"{what}; it must be there: CI or MESOMIX_SITE_WHOLE is true", pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser() -> Generator["Browser"]:
    """The system's chromium."""
    for command in ("chromium", "chromedriver"):
        if shutil.which(command) is None:
            missing(
                f"{command} is not installed (Debian: apt-get install chromium chromium-driver)"
            )
    # Here, so that `make test` needs no selenium: it reads this file, whatever it ignores.
    from browsing import browser_running  # noqa: PLC0415

    with browser_running() as running:
        yield running


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core, which looks for what keeps people out of a page."""
    script = LAID / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        missing("axe-core is not installed: `make site` does that")
    return script.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def laid() -> Path:
    """What `make site` has laid down for Pyodide."""
    if shutil.which("node") is None:
        missing("node is not installed (Debian: nodejs, npm)")
    for needed in (LAID / "node_modules" / "pyodide", LAID / "wheels"):
        if not needed.is_dir():
            missing(f"{needed.name} is not there: `make site` lays it down")
    return LAID


@pytest.fixture(scope="session")
def built_docs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The folder of the documentation in both languages, and what is wrong with it."""
    from build_site import build  # noqa: PLC0415 (it needs what `make test` does not install)

    folder = tmp_path_factory.mktemp("docs")
    return folder, build(folder)
