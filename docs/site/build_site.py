"""Build both sites: `python docs/site/build_site.py [FOLDER]`, which `make docs` runs."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from dead_links import dead_links
from languages import CHECKOUT, ROOTS, SITE

OPTIONS: Final = ("-b", "html", "--fail-on-warning", "--fresh-env", "--jobs", "auto", "--quiet")


def build(folder: Path) -> list[str]:
    """Build both at once; what is wrong with them, of which there is nothing in a good build."""
    for made in (folder / language.value for language in ROOTS):
        # Sphinx warns of a page when it reads it: of one that it remembers, it would say nothing.
        shutil.rmtree(made, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    builds = {
        language: subprocess.Popen(  # noqa: S603 (this interpreter, and arguments of our own)
            [
                *(sys.executable, "-m", "sphinx", *OPTIONS),
                *("-d", f"{folder}/.read/{language.value}"),
                *(str(source), f"{folder}/{language.value}"),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        for language, source in ROOTS.items()
    }
    said = {language: running.communicate()[0] for language, running in builds.items()}
    wrong = [
        f"{language.value}: {said[language] or 'nothing was said'}"
        for language, running in builds.items()
        if running.returncode or said[language]
    ]
    shutil.copyfile(SITE / "index.html", folder / "index.html")
    return wrong or dead_links(folder)


def main() -> None:
    """Build into the folder that is named, build/docs by default."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CHECKOUT / "build" / "docs"
    wrong = build(folder)
    if wrong:
        sys.exit("\n".join(wrong))
    sys.stdout.write(f"{folder / 'index.html'}\n")


if __name__ == "__main__":
    main()
