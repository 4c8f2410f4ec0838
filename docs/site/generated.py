"""Pages that are made when the site is built, and are in no commit."""

import os
from collections.abc import Mapping
from pathlib import Path


def write(folder: Path, pages: Mapping[Path, str]) -> None:
    """Write the pages of a folder, and remove from it what is left over."""
    for page, text in pages.items():
        write_page(page, text)
    for page in folder.glob("*.md"):
        if page not in pages:
            page.unlink(missing_ok=True)


def write_page(page: Path, text: str) -> None:
    """Write a page, if it is not there as it is: two builds may run at once."""
    if not page.exists() or page.read_text(encoding="utf-8") != text:
        page.parent.mkdir(parents=True, exist_ok=True)
        whole = page.with_suffix(f".{os.getpid()}")  # nobody reads half a page
        whole.write_text(text, encoding="utf-8")
        whole.replace(page)
