"""The built documentation, in a real browser: it asks for nothing, and keeps nobody out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from browsing import Browser, View
from local_servers import served

pytestmark = pytest.mark.site

PAGES: Final = (
    "index.html",
    "en/index.html",
    "fr/index.html",
    "fr/why.html",
    "fr/tutorial.html",
    "en/tutorial.html",
    "fr/rules/index.html",
    "fr/rules/above-label-dose.html",
    "en/rules/known-allergy.html",
    "fr/traceability.html",
    "en/house-rules.html",
    "en/limits.html",
    "en/guides/notebook.html",
    "en/api/space.html",
    "fr/search.html",
)


@pytest.fixture(scope="module")
def address(built_docs: tuple[Path, list[str]]) -> Iterator[str]:
    """Where the documentation can be read, as on a server."""
    with served(built_docs[0]) as address:
        yield address


@pytest.mark.parametrize("name", PAGES)
def test_a_page_keeps_nobody_out_in_the_light_and_in_the_dark(
    browser: Browser, address: str, axe: str, name: str
) -> None:
    for dark in (False, True):
        with browser.page(address + name, View(dark=dark)) as page:
            assert page.run("return document.querySelector('h1, h2, form') !== null")
            assert page.violations(axe) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_narrow_window(browser: Browser, address: str, name: str) -> None:
    with browser.page(address + name, View(width=320)) as page:
        page.unfold()
        assert page.overflow() <= 0


def test_every_page_asks_for_nothing_from_elsewhere(
    browser: Browser, address: str, built_docs: tuple[Path, list[str]]
) -> None:
    folder, _ = built_docs
    names = [str(file.relative_to(folder)) for file in sorted(folder.rglob("*.html"))]
    assert set(names) >= set(PAGES)
    for name in names:
        with browser.page(address + name):
            pass


def test_the_documentation_is_searched_without_a_server(
    browser: Browser, built_docs: tuple[Path, list[str]]
) -> None:
    found = "return document.querySelectorAll('#search-results li').length"
    with served(built_docs[0]) as address:
        with browser.page(f"{address}fr/search.html?q=procaïne") as page:
            page.wait(f"{found} > 0")
        with browser.page(f"{address}fr/search.html?q=zorgzorg") as page:
            page.wait("return !!document.querySelector('#search-results p').textContent")
            assert page.run(found) == 0
