"""What did not run never looks passed: without a browser or Node a test is skipped, or fails."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

pytestmark = pytest.mark.site

HERE: Final = Path(__file__).parent
NEEDED: Final = {
    "test_browsing.py::test_a_dialog_is_an_error": "chromium is not installed",
    "test_pyodide.py::test_it_asks_no_network_for_anything": "node is not installed",
}


def ran(test: str, folder: Path, more: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """A test where no program is installed."""
    quiet = {"CI", "MESOMIX_SITE_WHOLE", "PYTEST_ADDOPTS"}
    told = {name: value for name, value in os.environ.items() if name not in quiet}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rs", str(HERE / test)],
        env={**told, **more, "PATH": str(folder), "PYTHONUTF8": "1"},
        cwd=HERE,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )


@pytest.mark.parametrize(("test", "said"), NEEDED.items())
def test_what_is_missing_is_said(tmp_path: Path, test: str, said: str) -> None:
    result = ran(test, tmp_path, {})
    assert result.returncode == 0
    assert "1 skipped" in result.stdout
    assert said in result.stdout


@pytest.mark.parametrize("name", ["CI", "MESOMIX_SITE_WHOLE"])
@pytest.mark.parametrize(("test", "said"), NEEDED.items())
def test_nothing_is_skipped_where_it_must_be_there(
    tmp_path: Path, test: str, said: str, name: str
) -> None:
    result = ran(test, tmp_path, {name: "true"})
    assert result.returncode == 1
    assert f"{said} " in result.stdout
    assert "1 error" in result.stdout


def test_without_the_site_nothing_of_it_is_read() -> None:
    """As in `make test`, which installs none of what these modules import."""
    blocked = "import sys; sys.modules.update(selenium=None, nbformat=None, jupytext=None)"
    told = "import pytest; sys.exit(pytest.main(['--collect-only', '-q', '-m', 'not site', '.']))"
    result = subprocess.run(
        [sys.executable, "-c", f"{blocked}; {told}"],
        cwd=HERE,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )
    assert result.returncode == pytest.ExitCode.NO_TESTS_COLLECTED, result.stdout
