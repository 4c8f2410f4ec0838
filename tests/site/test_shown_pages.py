"""Pages that are kept, in a real browser: for everybody, on every screen, and on paper."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest
from browsing import Browser, View, pages_of
from faulty_data import SOUND
from samples import KINDS, LANGUAGES, shown
from selenium.webdriver.common.keys import Keys

import mesomix
from mesomix import Formulary
from mesomix.shown import Card

pytestmark = pytest.mark.site

A4: Final = (210, 297)
NARROW: Final = View(width=320)
DOUBLED: Final = View(width=640, scale=2)
"""A window of 1280 pixels that is looked at with a zoom of 200 %."""
ONE_SHEET: Final = ("refuse", "review", "no-objection", "nothing", "mixture", "product")
"""Of a common check, and of what is less."""
LETTERS: Final = """
return Math.min(...[...document.querySelectorAll("svg text")]
    .map((one) => [parseFloat(getComputedStyle(one).fontSize), one.getScreenCTM()])
    .map(([size, matrix]) => size * Math.hypot(matrix.c, matrix.d)));
"""
"""The size of the smallest letters of a chart, in pixels of the page."""
ON_A_FOLDED_PART: Final = """
const here = document.activeElement;
return here.tagName === "SUMMARY" && !here.parentElement.open;
"""
LARGE_TEXT: Final = """
document.documentElement.style.fontSize = "200%";
document.querySelector(".mesomix").style.fontSize = "200%";
"""
HIDDEN: Final = """
return [...document.querySelectorAll("details > :not(summary)")]
    .filter((one) => !one.checkVisibility({ contentVisibilityAuto: true }))
    .map((one) => one.textContent.slice(0, 100));
"""
CUT_OFF: Final = """
return [...document.querySelectorAll("main *")]
    .filter((one) => getComputedStyle(one).overflowX === "hidden")
    .filter((one) => one.scrollWidth > one.clientWidth)
    .map((one) => one.outerHTML.slice(0, 200));
"""

Shown = Mapping[str, Callable[[str], Card]]


@pytest.fixture(scope="module")
def cards(formulary: Formulary, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """What makes each kind of card."""
    other = tmp_path_factory.mktemp("other") / "other.toml"
    other.write_text(SOUND, encoding="utf-8")
    made = shown(formulary, mesomix.load(other))
    assert tuple(made) == KINDS
    return made


@pytest.fixture(params=[f"{kind} {language}" for kind in KINDS for language in LANGUAGES])
def address(request: pytest.FixtureRequest, cards: Shown, tmp_path: Path) -> str:
    """The address of a page of each kind, in each language, one after the other."""
    kind, language = request.param.split(" ")
    return kept(cards, kind, language, tmp_path)


def kept(cards: Shown, kind: str, language: str, folder: Path) -> str:
    """The address of a page that is kept as a file."""
    file = folder / f"{kind}.html"
    file.write_text(cards[kind](language).page(), encoding="utf-8")
    return file.as_uri()


def test_a_page_keeps_nobody_out_in_the_light_and_in_the_dark(
    browser: Browser, address: str, axe: str
) -> None:
    for dark in (False, True):
        with browser.page(address, View(dark=dark)) as page:
            assert page.violations(axe) == []


def test_the_light_and_the_dark_differ(browser: Browser, cards: Shown, tmp_path: Path) -> None:
    seen = set()
    for dark in (False, True):
        with browser.page(kept(cards, "refuse", "fr", tmp_path), View(dark=dark)) as page:
            seen.add(page.run("return getComputedStyle(document.documentElement).backgroundColor"))
    assert len(seen) == 2


def test_a_page_fits_a_narrow_window_and_large_text(browser: Browser, address: str) -> None:
    for view in (NARROW, DOUBLED):
        with browser.page(address, view) as page:
            page.unfold()
            assert page.overflow() <= 0
            assert page.run(CUT_OFF) == []
    with browser.page(address) as page:
        page.unfold()
        page.run(LARGE_TEXT)
        assert page.overflow() <= 0


@pytest.mark.parametrize("kind", ["formulary", "census", "shadow", "effects", "pairs"])
def test_a_chart_can_be_read_in_a_narrow_window(
    browser: Browser, cards: Shown, tmp_path: Path, kind: str
) -> None:
    with browser.page(kept(cards, kind, "fr", tmp_path), NARROW) as page:
        assert page.run(LETTERS) >= 9


@pytest.mark.parametrize("kind", ["refuse", "review", "many", "product", "repairs", "effects"])
def test_what_is_folded_opens_by_keyboard(
    browser: Browser, cards: Shown, tmp_path: Path, kind: str
) -> None:
    with browser.page(kept(cards, kind, "fr", tmp_path)) as page:
        folded = page.run("return document.querySelectorAll('details:not([open])').length")
        assert folded > 0
        for _ in range(200):
            page.press(Keys.TAB)
            if page.run(ON_A_FOLDED_PART):
                page.press(Keys.ENTER)
                assert not page.run(ON_A_FOLDED_PART)
                folded -= 1
            if not folded:
                return
        pytest.fail(f"{folded} cannot be opened by keyboard")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ONE_SHEET)
def test_a_common_check_is_one_sheet(
    browser: Browser, cards: Shown, tmp_path: Path, kind: str, language: str
) -> None:
    with browser.page(kept(cards, kind, language, tmp_path)) as page:
        (sheet,) = pages_of(page.pdf())
        assert (round(sheet[0]), round(sheet[1])) == A4


def test_what_is_folded_is_printed(browser: Browser, address: str) -> None:
    with browser.page(address) as page:
        assert bool(page.run(HIDDEN)) == page.run("return !!document.querySelector('details')")
    with browser.page(address, View(print=True)) as page:
        assert page.run(HIDDEN) == []


def test_a_page_says_what_it_is(browser: Browser, cards: Shown, tmp_path: Path) -> None:
    for language in LANGUAGES:
        with browser.page(kept(cards, "refuse", language, tmp_path)) as page:
            assert page.run("return document.documentElement.lang") == language
            assert page.run("return document.title")
            for landmark in ("header", "main", "footer", "h1"):
                assert page.run(f"return document.querySelectorAll('{landmark}').length") == 1
