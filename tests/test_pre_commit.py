"""The pre-commit hook: prek, which reads the files of pre-commit, runs it in a repository.

The repository is a clinic's, whose file is sound or faulty. Either it takes the hook from the
checkout, as a clinic would (slow: an environment is installed, which needs a package registry), or
it runs the same command with the mesomix of this environment.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from faulty_data import SOUND, WRONG_SHAPE
from ruamel.yaml import YAML

CHECKOUT: Final = Path(__file__).parents[1]
TOOLS: Final = Path(sys.executable).parent
MANIFEST: Final = CHECKOUT / ".pre-commit-hooks.yaml"
GIT: Final = shutil.which("git") or ""
PREK: Final = shutil.which("prek", path=TOOLS) or ""
READER: Final = YAML(typ="safe", pure=True)
HOOK: Final[dict[str, Any]] = READER.load(MANIFEST)[0]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not GIT, reason="git is not installed"),
    pytest.mark.skipif(not PREK, reason="prek is not installed"),
]

Tool = Callable[..., "subprocess.CompletedProcess[str]"]
Clinic = Callable[[str], Path]


@pytest.fixture
def tool(tmp_path: Path) -> Tool:
    """Run a program in a folder, away from the settings of whoever runs the tests."""
    of_git = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    author = dict.fromkeys(["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"], "nobody")
    addresses = dict.fromkeys(["GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"], "nobody@example.org")
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT")},
        **of_git,
        **author,
        **addresses,
        "PATH": os.pathsep.join([str(TOOLS), os.environ["PATH"]]),
        "PREK_HOME": str(tmp_path / "prek"),
        "PREK_UV_SOURCE": "pip",  # whatever pip can reach here, and no other address
        "PYTHONUTF8": "1",
    }

    def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False
        )

    return run


@pytest.fixture
def committed(tool: Tool) -> Callable[[Path], str]:
    """Make a repository of a folder, with one commit; the id of the commit."""

    def commit(folder: Path) -> str:
        for arguments in (["init", "--quiet"], ["add", "."], ["commit", "-qm", "made up"]):
            made = tool(GIT, *arguments, cwd=folder)
            assert made.returncode == 0, made.stderr
        return tool(GIT, "rev-parse", "HEAD", cwd=folder).stdout.strip()

    return commit


@pytest.fixture
def clinic(tmp_path: Path, committed: Callable[[Path], str]) -> Clinic:
    """A clinic's repository with that configuration."""

    def made(configuration: str) -> Path:
        folder = tmp_path / "clinic"
        (folder / "formulary").mkdir(parents=True)
        (folder / "formulary" / "our own.toml").write_text(SOUND, encoding="utf-8")
        (folder / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
        (folder / ".pre-commit-config.yaml").write_text(configuration, encoding="utf-8")
        committed(folder)
        return folder

    return made


@pytest.fixture
def local(clinic: Clinic) -> Path:
    """A clinic that runs the command of the hook, without an environment of its own."""
    keys = ("id", "name", "entry", "types", "files", "require_serial")
    hook = {**{key: HOOK[key] for key in keys}, "language": "system"}
    configuration = {"repos": [{"repo": "local", "hooks": [hook]}]}
    folder = clinic("repos: []\n")
    READER.dump(configuration, folder / ".pre-commit-config.yaml")
    return folder


def test_the_manifest_is_valid(tool: Tool) -> None:
    run = tool(PREK, "validate-manifest", str(MANIFEST), cwd=CHECKOUT)
    assert run.returncode == 0, run.stderr


def test_the_hook_runs_a_command_of_the_package() -> None:
    assert HOOK["entry"] == "mesomix lint"
    assert HOOK["language"] == "python"


def test_only_files_of_a_formulary_are_checked(local: Path, tool: Tool) -> None:
    run = tool(PREK, "run", "--files", "pyproject.toml", cwd=local)
    assert "no files to check" in run.stdout
    assert run.returncode == 0


def test_a_sound_file_may_be_committed(local: Path, tool: Tool) -> None:
    run = tool(PREK, "run", "--all-files", cwd=local)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Passed" in run.stdout


def test_a_faulty_file_may_not_be_committed(local: Path, tool: Tool) -> None:
    faulty = local / "formulary" / "our own.toml"
    faulty.write_text(WRONG_SHAPE["unknown-effect"], encoding="utf-8")
    run = tool(PREK, "run", "--all-files", cwd=local)
    assert run.returncode == 1, run.stdout + run.stderr
    assert "formulary/our own.toml" in run.stdout


def test_a_clinic_takes_the_hook_from_the_checkout(
    tmp_path: Path,
    clinic: Clinic,
    committed: Callable[[Path], str],
    tool: Tool,
    packages_can_be_fetched: None,
) -> None:
    if not (CHECKOUT / ".git").exists():
        pytest.skip("the checkout is no git repository")
    source = tmp_path / "mesomix"
    listed = tool(GIT, "ls-files", "-co", "--exclude-standard", "-z", cwd=CHECKOUT).stdout
    for name in filter(None, listed.split("\0")):
        if (CHECKOUT / name).is_file():  # one that is deleted is listed until that is committed
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / name, source / name)
    revision = committed(source)
    folder = clinic(
        f"repos:\n  - repo: {source}\n    rev: {revision}\n    hooks:\n      - id: {HOOK['id']}\n"
    )
    passed = tool(PREK, "run", "--all-files", cwd=folder)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "Passed" in passed.stdout
    faulty = folder / "formulary" / "our own.toml"
    faulty.write_text(WRONG_SHAPE["unknown-effect"], encoding="utf-8")
    failed = tool(PREK, "run", "--all-files", cwd=folder)
    assert failed.returncode == 1, failed.stdout + failed.stderr
    assert "formulary/our own.toml" in failed.stdout


@pytest.fixture
def packages_can_be_fetched(tmp_path: Path, tool: Tool) -> None:
    """Skip the test, and say so, where pip finds no package of the build."""
    wanted = ["download", "--quiet", "--no-deps", "--dest", str(tmp_path / "fetched"), "hatchling"]
    if tool(sys.executable, "-m", "pip", *wanted, cwd=tmp_path).returncode:
        pytest.skip("the package registry cannot be reached")
