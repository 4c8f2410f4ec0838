"""What stands outside of docs/ and is a page of the site all the same, such as CONTRIBUTING.md."""

import os
import re
from pathlib import Path
from typing import Final

from generated import write
from languages import CHECKOUT, DOCS

PAGES: Final = {
    "README.md": "project/readme",
    "CONTRIBUTING.md": "project/contributing",
    "CHANGELOG.md": "project/changelog",
    "tests/allergy_texts/README.md": "project/allergy-texts",
    "tests/amount_texts/README.md": "project/amount-texts",
}
"""The files, and the English pages that they become."""

_LINK: Final = re.compile(r"\]\(([^)\s#]+)(#[^)\s]*)?\)")


def write_checkout_pages() -> None:
    """Write each of them, with its links as they are seen from there."""
    written = {
        DOCS / f"{page}.md": moved((CHECKOUT / file).read_text(encoding="utf-8"), file, page)
        for file, page in PAGES.items()
    }
    write(DOCS / "project", written)


def moved(text: str, file: str, page: str) -> str:
    """`text` of `file` as it reads at `page`: what leads within the checkout still does."""
    folder = (DOCS / page).parent

    def link(found: re.Match[str]) -> str:
        target = ((CHECKOUT / file).parent / found[1]).resolve()
        if not target.exists():  # an address, or no link at all but code
            return found[0]
        return f"]({Path(os.path.relpath(target, folder)).as_posix()}{found[2] or ''})"

    return _LINK.sub(link, text)
