"""The GitHub Action: a valid file, and steps that do as they say when a shell runs them."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from faulty_data import SOUND, WRONG_SHAPE
from ruamel.yaml import YAML

CHECKOUT: Final = Path(__file__).parents[1]
TOOLS: Final = Path(sys.executable).parent
ACTION: Final[dict[str, Any]] = YAML(typ="safe", pure=True).load(CHECKOUT / "action.yml")
STEPS: Final[dict[str, dict[str, Any]]] = {
    step["name"]: step for step in ACTION["runs"]["steps"] if "run" in step
}
BASH: Final = shutil.which("bash") or ""
NEUTRAL: Final = {key: value for key, value in os.environ.items() if not key.startswith("GITHUB")}
HOSTILE: Final = [
    "$(touch pwned).toml",
    "`touch pwned`.toml",
    "a; touch pwned;.toml",
    'a" && touch pwned && ".toml',
    "${{ github.token }}.toml",
    "--exit-zero",
    "*.toml",
    "-",
]

needs_bash = pytest.mark.skipif(not BASH, reason="bash is not installed")

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def environment(step: str, inputs: Mapping[str, str], **github: str) -> dict[str, str]:
    """What the `env:` of a step becomes for these inputs; the others have their defaults."""
    unknown = inputs.keys() - ACTION["inputs"].keys()
    assert not unknown
    values = {name: said.get("default", "") for name, said in ACTION["inputs"].items()}
    known = {f"inputs.{name}": value for name, value in {**values, **inputs}.items()}
    known |= {f"github.{name}": value for name, value in github.items()}
    return {
        name: re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda found: known[found[1]], value)
        for name, value in STEPS[step].get("env", {}).items()
    }


def bash(
    step: str, folder: Path, set_by_the_runner: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """A step, as the runner runs it."""
    script = folder.parent / "step.sh"
    script.write_text(STEPS[step]["run"], encoding="utf-8")
    return subprocess.run(
        [BASH, "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**NEUTRAL, "PYTHONUTF8": "1", **set_by_the_runner},
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    folder.mkdir()
    return folder


@pytest.fixture
def lint(tmp_path: Path, workspace: Path) -> Run:
    """Run the step that lints; with `echo`, a mesomix that only says what it was given."""

    def run(*files: str, echo: bool = False, **inputs: str) -> subprocess.CompletedProcess[str]:
        programs = tmp_path / "mesomix" / "bin"
        programs.mkdir(parents=True)
        if echo:
            said = "import json, sys\nprint(json.dumps(sys.argv[1:]))\n"
            (programs / "mesomix").write_text(f"#!{sys.executable}\n{said}", encoding="utf-8")
            (programs / "mesomix").chmod(0o755)
        else:
            (programs / "mesomix").symlink_to(TOOLS / "mesomix")
        given = {"files": "\n".join(files), **{k.replace("_", "-"): v for k, v in inputs.items()}}
        env = environment("Lint", given)
        return bash("Lint", workspace, {**env, "RUNNER_TEMP": str(tmp_path)})

    return run


def given(run: subprocess.CompletedProcess[str]) -> list[list[str]]:
    """What each start of the echoing mesomix was given."""
    return [json.loads(line) for line in run.stdout.splitlines()]


# --- The file ------------------------------------------------------------------------------


def test_github_would_read_it() -> None:
    judge = [TOOLS / "check-jsonschema", "--builtin-schema", "vendor.github-actions"]
    run = subprocess.run(
        [*judge, CHECKOUT / "action.yml"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_no_input_is_ever_a_part_of_a_script() -> None:
    assert STEPS.keys() == {"Install mesomix", "Lint"}
    assert not any("${{" in step["run"] for step in STEPS.values())


def test_every_input_is_described_and_read() -> None:
    text = (CHECKOUT / "action.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", text)) == set(ACTION["inputs"])
    assert all(said["description"] for said in ACTION["inputs"].values())


# --- The step that lints -------------------------------------------------------------------


@needs_bash
def test_each_line_of_files_is_one_path(lint: Run) -> None:
    run = lint("formulary/our own.toml", "", "brands.toml\r", echo=True)
    [arguments] = given(run)
    assert arguments[-3:] == ["--", "formulary/our own.toml", "brands.toml"]
    assert run.returncode == 0


@needs_bash
def test_ages_are_counted_from_today_unless_a_day_is_given(lint: Run) -> None:
    before = datetime.now(UTC).date().isoformat()
    [arguments] = given(lint("a.toml", echo=True))
    after = datetime.now(UTC).date().isoformat()
    assert arguments[:3] in (
        ["lint", f"--as-of={before}", "--output-format=github"],
        ["lint", f"--as-of={after}", "--output-format=github"],
    )


@needs_bash
def test_every_input_reaches_its_option(lint: Run) -> None:
    run = lint(
        "a.toml",
        echo=True,
        as_of="2026-11-21",
        max_age="365",
        baseline="our gaps.json",
        bdpm="our market/bdpm",
        select="form-not-injected,duplicate",
        ignore="unknown-id",
        lang="en",
        output_format="concise",
    )
    options = ["--as-of=2026-11-21", "--max-age=365", "--baseline=our gaps.json"]
    options += ["--bdpm=our market/bdpm"]
    options += ["--select=form-not-injected,duplicate", "--ignore=unknown-id", "--lang=en"]
    assert given(run) == [["lint", *options, "--output-format=concise", "--", "a.toml"]]


@needs_bash
def test_a_sarif_file_is_written_by_a_second_run(lint: Run) -> None:
    shown, written = given(lint("a.toml", echo=True, as_of="2026-11-21", sarif_file="out.sarif"))
    assert shown == ["lint", "--as-of=2026-11-21", "--output-format=github", "--", "a.toml"]
    assert written[2:] == ["--output-format=sarif", "--output-file=out.sarif", "--", "a.toml"]


@needs_bash
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_name_is_only_a_name(name: str, lint: Run, workspace: Path) -> None:
    (workspace / "other.toml").touch()
    [arguments] = given(lint(name, echo=True))
    assert arguments[-2:] == ["--", name]
    assert not (workspace / "pwned").exists()


@needs_bash
@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize(
    "name", ["as-of", "max-age", "baseline", "bdpm", "select", "ignore", "lang"]
)
def test_a_hostile_input_is_only_a_value(
    name: str, hostile: str, lint: Run, workspace: Path
) -> None:
    inputs = {name.replace("-", "_"): hostile}
    [arguments] = given(lint("a.toml", echo=True, **inputs))
    assert f"--{name}={hostile}" in arguments
    assert arguments[-2:] == ["--", "a.toml"]
    assert not (workspace / "pwned").exists()


@needs_bash
def test_no_file_is_an_error_and_not_a_pass(lint: Run) -> None:
    run = lint("", echo=True)
    assert run.returncode == 2
    assert run.stdout.startswith("::error::")


@needs_bash
@pytest.mark.slow
def test_a_sound_file_passes(lint: Run, workspace: Path) -> None:
    (workspace / "our own.toml").write_text(SOUND, encoding="utf-8")
    run = lint("our own.toml", as_of="2026-11-22", sarif_file="found.sarif")
    assert run.returncode == 0, run.stdout + run.stderr
    assert json.loads((workspace / "found.sarif").read_text(encoding="utf-8"))["runs"]


@needs_bash
@pytest.mark.slow
def test_a_faulty_file_is_annotated_and_fails(lint: Run, workspace: Path) -> None:
    (workspace / "our own.toml").write_text(WRONG_SHAPE["unknown-effect"], encoding="utf-8")
    run = lint("our own.toml", as_of="2026-11-22", sarif_file="found.sarif")
    assert run.returncode == 1, run.stdout + run.stderr
    assert "::error file=our own.toml,line=" in run.stdout
    [made] = json.loads((workspace / "found.sarif").read_text(encoding="utf-8"))["runs"]
    assert made["results"]


@needs_bash
@pytest.mark.slow
def test_what_cannot_be_checked_fails_with_a_status_of_its_own(lint: Run, workspace: Path) -> None:
    run = lint("$(touch pwned).toml")
    assert run.returncode == 2, run.stdout + run.stderr
    assert not (workspace / "pwned").exists()


@needs_bash
@pytest.mark.slow
def test_a_sarif_file_that_cannot_be_written_fails(lint: Run, workspace: Path) -> None:
    (workspace / "sound.toml").write_text(SOUND, encoding="utf-8")
    run = lint("sound.toml", as_of="2026-11-22", sarif_file="no/such/folder.sarif")
    assert run.returncode == 2, run.stdout + run.stderr


# --- The step that installs ----------------------------------------------------------------


@needs_bash
@pytest.mark.slow
def test_mesomix_is_installed_from_the_checkout_of_the_action(
    tmp_path: Path, workspace: Path, packages_can_be_fetched: None
) -> None:
    env = environment("Install mesomix", {}, action_path=str(CHECKOUT))
    run = bash("Install mesomix", workspace, {**env, "RUNNER_TEMP": str(tmp_path)})
    assert run.returncode == 0, run.stdout + run.stderr
    program = tmp_path / "mesomix" / "bin" / "mesomix"
    version = subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=True, env=NEUTRAL
    )
    assert version.stdout.startswith("mesomix ")


@pytest.fixture
def packages_can_be_fetched(tmp_path: Path) -> None:
    """Skip the test, and say so, where pip finds no package of the build."""
    wanted = ["download", "--quiet", "--no-deps", "--dest", str(tmp_path / "fetched"), "hatchling"]
    run = subprocess.run(
        [sys.executable, "-m", "pip", *wanted], capture_output=True, text=True, check=False
    )
    if run.returncode:
        pytest.skip("the package registry cannot be reached")
