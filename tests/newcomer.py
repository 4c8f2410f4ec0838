"""Somebody who has never seen mesomix, with nothing but the pages: `python tests/newcomer.py`.

In a copy of the checkout, in an environment that the pages themselves make, and a shell: every
command, file and program of these pages, one after the other. It downloads what `pip install .`
does. tests/test_docs.py compares what is printed; here it has to work where nothing is installed.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

CHECKOUT: Final = Path(__file__).parents[1]
PAGES: Final = (
    "docs/tutorial.md",
    "docs/guides/own-formulary.md",
    "docs/guides/own-rule.md",
    "docs/guides/tables.md",
    "docs/guides/clinic-tool.md",
    "docs/guides/notebook.md",
    "docs/fr/tutorial.md",
)
"""In this order: install, check, add a product, lint it, write a rule, audit a Parquet file."""
ANSWERS: Final = {0, 1, 3}
"""The exit statuses of mesomix that are an answer."""


def blocks(page: Path) -> Iterator[tuple[str, str]]:
    """Each block of a page, with its language."""
    yield from re.findall(
        r"^```(\w+)\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )


def commands(block: str) -> Iterator[tuple[str, set[int]]]:
    """Each command of a block, and the exit statuses that are right: the page may tell one."""
    for part in re.split(r"^\$ (?!echo)", block, flags=re.MULTILINE)[1:]:
        told = re.search(r"^\$ echo \$\?\n(\d+)$", part, re.MULTILINE)
        command = part.partition("\n")[0]
        answers = ANSWERS if command.startswith("mesomix ") else {0}
        yield command, {int(told[1])} if told else answers


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def program(name: str) -> str:
    """Where a program of the system is."""
    return shutil.which(name) or sys.exit(f"{name} is not installed")


def does(command: str, folder: Path, right: set[int]) -> None:
    """Runs `command` in the environment of `folder`, where there is one; ends where it is wrong."""
    tell(f"$ {command}")
    activated = "[ ! -e venv/bin/activate ] || . venv/bin/activate; " + command
    ended = subprocess.run(
        [program("bash"), "-c", activated],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if ended.returncode not in right:
        sys.exit(f"exit status {ended.returncode}, not {right}:\n{ended.stdout}{ended.stderr}")


def follow(page: Path, folder: Path) -> None:
    """Does in `folder` what a page says, from top to bottom."""
    written = ""
    for language, block in blocks(page):
        if language == "toml":
            (folder / block.split()[1]).write_text(block, encoding="utf-8")
        elif language == "python":
            written += block
            (folder / "program.py").write_text(written, encoding="utf-8")
            does("python program.py", folder, {0})
        elif language == "console":
            for command, right in commands(block):
                does(command.replace("python3", sys.executable), folder, right)


def main() -> None:
    """Follows every page, in a folder that is gone afterwards."""
    listed = subprocess.run(
        [program("git"), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    with TemporaryDirectory() as made:
        folder = Path(made)
        for name in filter(None, listed.stdout.split("\0")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((CHECKOUT / name).read_bytes())
        for page in PAGES:
            tell(f"# {page}")
            follow(CHECKOUT / page, folder)


if __name__ == "__main__":
    main()
