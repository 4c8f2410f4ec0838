"""In the browser's Python, without a server: the wheel answers there what it answers here."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

import mesomix

pytestmark = pytest.mark.site

HERE: Final = Path(__file__).parent
CHECKOUT: Final = HERE.parents[1]
ASKED: Final = HERE / "asked_in_pyodide.py"
SECONDS: Final = 120
"""For what takes six."""

Answer = Mapping[str, Any]


def run(*command: str | Path) -> str:
    """What a command prints; a failure is shown as it is."""
    ran = subprocess.run(
        command, check=False, capture_output=True, encoding="utf-8", timeout=SECONDS
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", folder, CHECKOUT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def there(laid: Path, wheel: Path) -> Answer:
    """What Pyodide answers, how long it took, and what it asked a network for."""
    return json.loads(run("node", HERE / "check_in_pyodide.mjs", laid, wheel, ASKED))


@pytest.fixture(scope="module")
def here() -> Answer:
    """What this Python answers, in a process of its own."""
    script = "import runpy, sys; print(runpy.run_path(sys.argv[1])['answer'])"
    return json.loads(run(sys.executable, "-c", script, ASKED))


def test_the_wheel_is_pure(wheel: Path) -> None:
    assert wheel.name == f"mesomix-{mesomix.__version__}-py3-none-any.whl"


def test_it_runs_in_webassembly_and_from_the_wheel(there: Answer) -> None:
    assert there["answer"]["platform"] == "emscripten"
    assert there["answer"]["place"].startswith("/lib/python3.")


def test_it_asks_no_network_for_anything(there: Answer) -> None:
    assert there["refused"] == []


@pytest.mark.parametrize("expected", ["refuse", "review", "no-objection"])
def test_a_check_has_its_verdict(there: Answer, expected: str) -> None:
    report = there["answer"]["reports"][expected]
    assert json.loads(report["json"])["verdict"] == expected
    assert all(page.startswith("<!DOCTYPE html>") for page in report["html"])


@pytest.mark.parametrize("expected", ["refuse", "review", "no-objection"])
def test_a_check_is_what_it_is_here(there: Answer, here: Answer, expected: str) -> None:
    assert there["answer"]["reports"][expected] == here["reports"][expected]


def test_the_formulary_is_what_it_is_here(there: Answer, here: Answer) -> None:
    assert there["answer"]["formulary"] == here["formulary"]
