"""The two sites: where each has its pages, and where the other's page stands from one of them."""

import os
from pathlib import Path
from typing import Final

from myst_parser.slugs import github_slugify

from mesomix.evidence import Language

CHECKOUT: Final = Path(__file__).parents[2]
DOCS: Final = CHECKOUT / "docs"
SITE: Final = DOCS / "site"
ROOTS: Final = {Language.EN: DOCS, Language.FR: DOCS / "fr"}
"""The folder with the pages of each language, which build into folders beside each other."""


def other(language: Language) -> Language:
    """The language that `language` is not."""
    return Language.EN if language is Language.FR else Language.FR


def page_of(path: Path) -> tuple[Language, str] | None:
    """The language and the name of the page that `path` is the source of, if it is one."""
    for language in (Language.FR, Language.EN):  # the French ones are within the English folder
        if path.suffix == ".md" and path.is_relative_to(ROOTS[language]):
            return language, path.relative_to(ROOTS[language]).with_suffix("").as_posix()
    return None


def address(page: str, language: Language, anchor: str | None, seen_from: str) -> str:
    """Where a page of the site in `language` stands, seen from a page of the other site."""
    to_root = os.path.relpath(".", Path(seen_from).parent)
    return f"{to_root}/../{language.value}/{page}.html" + (f"#{anchor}" if anchor else "")


def heading(page: str, begins: str, language: Language) -> str:
    """The link to the heading of a page that begins so, from a page beside it.

    Raises ValueError when the page has none.
    """
    source = ROOTS[language] / f"{page}.md"
    for line in source.read_text(encoding="utf-8").splitlines():
        if line.startswith(f"## {begins}"):
            return f"{source.name}#{github_slugify(line.removeprefix('## '))}"
    message = f"{source} has no heading that begins with {begins!r}"
    raise ValueError(message)
