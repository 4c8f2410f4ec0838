"""Take the pictures of docs/images: `python tests/site/pictures.py [FOLDER]`, or `make images`.

Cards and charts are those of the shipped data; the pages are those that `make docs` has built.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from browsing import Browser, View, browser_running
from local_servers import served
from samples import common

import mesomix
from mesomix import Formulary, space, view

CHECKOUT: Final = Path(__file__).parents[2]
DOCS: Final = CHECKOUT / "build" / "docs"
IMAGES: Final = CHECKOUT / "docs" / "images"
CARD: Final = View(width=820)
DARK_CARD: Final = View(width=820, dark=True)
CHART: Final = View(width=820, scale=1.5)
WIDE: Final = View(width=940, scale=1.25)
WINDOW: Final = View(width=1280, height=900)
SHEET: Final = View(width=794, height=1123, print=True)
"""A4 at 96 pixels an inch."""
MARGINS: Final = "document.body.style.padding = '8mm 10mm'; document.body.style.height = '281mm';"
"""Those of the style sheet, which a screen leaves out."""
LARGEST: Final = 250_000
"""Bytes of a picture."""

NOTEBOOK: Final = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>mesomix</title>
<style>:root{{color-scheme:light dark}} html{{background:Canvas;color:CanvasText}}</style>
<body style="margin:14px">{}</body></html>"""
"""A card as it stands in a notebook, with its title."""
PAGES: Final = {
    "docs-tutorial": "fr/tutorial.html",
    "docs-rule": "fr/rules/known-allergy.html",
    "docs-traceability": "fr/traceability.html",
}


def cards(browser: Browser, formulary: Formulary, folder: Path) -> Iterator[tuple[str, bytes]]:
    """A card in the light and in the dark, the same as a printed page, and the charts."""
    report = common(formulary).card("fr")
    patient = formulary.patient(allergies=["AINS"], nothing_else=True)
    matrix = view.pair_matrix(formulary, "fr")
    shown = {
        "card-light": (NOTEBOOK.format(report.html), CARD),
        "card-dark": (NOTEBOOK.format(report.html), DARK_CARD),
        "report-print": (report.page(), SHEET),
        "effects": (NOTEBOOK.format(view.effects_chart(formulary, "fr").html), CHART),
        "pairs": (NOTEBOOK.format(matrix.html), CHART),
        "shadow": (NOTEBOOK.format(space.shadow(patient, formulary).card("fr").html), WIDE),
    }
    file = folder / "page.html"
    for name, (document, seen) in shown.items():
        file.write_text(document, encoding="utf-8")
        with browser.page(file.as_uri(), seen) as page:
            if seen.print:
                page.run(MARGINS)
            yield name, page.picture()


def pages(browser: Browser, docs: Path) -> Iterator[tuple[str, bytes]]:
    """The first screen of pages of the documentation."""
    with served(docs) as address:
        for name, place in PAGES.items():
            with browser.page(address + place, WINDOW) as page:
                yield name, page.picture(WINDOW.height)


def taken(browser: Browser, docs: Path) -> Iterator[tuple[str, bytes]]:
    """Each picture and its name; `docs` is the folder of the documentation as it was built."""
    with tempfile.TemporaryDirectory() as folder:
        yield from cards(browser, mesomix.load(), Path(folder))
    yield from pages(browser, docs)


def main() -> None:
    """Take them all."""
    images = Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES
    images.mkdir(exist_ok=True)
    with browser_running() as browser:
        for name, picture in taken(browser, DOCS):
            file = images / f"{name}.png"
            file.write_bytes(picture)
            sys.stdout.write(f"{file}: {len(picture):,} bytes\n")
            if len(picture) > LARGEST:
                sys.exit(f"{file} is larger than {LARGEST:,} bytes")


if __name__ == "__main__":
    main()
