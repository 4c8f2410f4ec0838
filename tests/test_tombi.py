"""tombi, an independent reader of TOML and of our JSON Schema, as an editor runs it.

It is given the settings of the checkout, and judges all files in one start.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
import tomli
from faulty_data import NO_TOML, ONLY_TOML_1_1, SOUND, WRONG_SHAPE
from pydantic import ValidationError

from mesomix.formulary.schema import DataFile

CHECKOUT: Final = Path(__file__).parents[1]
TOMBI: Final = shutil.which("tombi", path=Path(sys.executable).parent)
FAULTY: Final = {**WRONG_SHAPE, **NO_TOML, **ONLY_TOML_1_1}
BEYOND_IT: Final = {
    "a byte order mark": (
        "\N{ZERO WIDTH NO-BREAK SPACE}" + SOUND,
        "mesomix skips it, as editors on Windows write it; tombi takes it for a letter of a key",
    ),
}
"""Files on which the two are of different minds, each with the reason.

What links one table to another (an id that no table has, two things of one name) no schema sees:
that is the linter's part, and in no list here.
"""

pytestmark = pytest.mark.skipif(TOMBI is None, reason="tombi is not installed")


def tombi(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    assert TOMBI
    return subprocess.run(
        [TOMBI, *arguments, "--offline"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={"NO_COLOR": "1", "HOME": str(folder)},
    )


def judged(files: dict[str, str], folder: Path) -> set[str]:
    """The names of the files to which tombi objects, by the settings of the checkout."""
    (folder / "docs").mkdir()
    (folder / "data").mkdir()
    shutil.copy(CHECKOUT / "tombi.toml", folder)
    shutil.copy(CHECKOUT / "docs" / "formulary.schema.json", folder / "docs")
    for name, text in files.items():
        (folder / "data" / f"{name}.toml").write_text(text, encoding="utf-8")
    run = tombi("lint", "--diagnostics-format=json", "--diagnostics-file=said.json", folder=folder)
    said: list[dict[str, Any]] = json.loads((folder / "said.json").read_text(encoding="utf-8"))
    assert run.returncode == bool(said), run.stderr
    return {Path(one["path"]).stem for one in said}


def loads(text: str) -> bool:
    """Whether the text has the shape that mesomix loads."""
    try:
        DataFile.model_validate(tomli.loads(text))
    except (tomli.TOMLDecodeError, ValidationError):
        return False
    return True


def test_it_has_nothing_to_say_against_the_shipped_files() -> None:
    run = tombi("lint", "--error-on-warnings", folder=CHECKOUT)
    assert run.returncode == 0, run.stdout + run.stderr
    assert f"{len(list((CHECKOUT / 'data').glob('*.toml')))} files linted" in run.stderr


def test_it_would_format_the_shipped_files_as_they_are() -> None:
    run = tombi("format", "--check", folder=CHECKOUT)
    assert run.returncode == 0, run.stdout + run.stderr


def test_it_has_nothing_to_say_against_sound_files(tmp_path: Path) -> None:
    formularies = (CHECKOUT / "tests" / "cases" / "formularies").glob("*.toml")
    sound = {path.stem: path.read_text(encoding="utf-8") for path in formularies}
    page = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    [sound["contributing"]] = re.findall(r"```toml\n(# new\.toml\n.*?)```", page, re.DOTALL)
    assert judged({"sound": SOUND, **sound}, tmp_path) == set()


def test_it_objects_to_every_faulty_file(tmp_path: Path) -> None:
    assert judged(FAULTY, tmp_path) == set(FAULTY)


def test_mesomix_objects_to_the_same_files_but_for_toml_1_1() -> None:
    # tomli reads TOML 1.1 without a word.
    assert {fault for fault, text in FAULTY.items() if loads(text)} == set(ONLY_TOML_1_1)


def test_where_they_disagree_is_as_listed(tmp_path: Path) -> None:
    files = {name: text for name, (text, _) in BEYOND_IT.items()}
    assert judged(files, tmp_path) == set(files)
    assert all(loads(text.encode().decode("utf-8-sig")) for text in files.values())
