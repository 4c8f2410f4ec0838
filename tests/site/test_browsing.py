"""The recorder records: a page that does what none may do is seen, and nothing of it leaves."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from browsing import Browser, View, pages_of
from local_servers import served
from selenium.common.exceptions import UnexpectedAlertPresentException

pytestmark = pytest.mark.site

Written = Callable[[str], str]
HEAD: Final = "<!doctype html><html lang=en><meta charset=utf-8><title>t</title><h1>t</h1>"


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Write a page, and give its address."""

    def write(body: str) -> str:
        (tmp_path / "page.html").write_text(HEAD + body, encoding="utf-8")
        return (tmp_path / "page.html").as_uri()

    return write


LEAKS: Final = {
    "<img src=https://picture.example/x.png>": "request: https://picture.example/x.png",
    "<link rel=stylesheet href=http://style.example/a.css>": "request: http://style.example/a.css",
    "<style>@font-face {font-family: f; src: url(http://font.example/f)} p {font: 1em f}</style>"
    "<p>p": "request: http://font.example/f",
    "<script src=http://script.example/a.js></script>": "request: http://script.example/a.js",
    "<script>fetch('http://fetch.example/')</script>": "request: http://fetch.example/",
    "<script>navigator.sendBeacon('http://beacon.example/')</script>": "http://beacon.example/",
    "<script>new WebSocket('ws://socket.example/')</script>": "request: ws://socket.example/",
    "<iframe src=http://frame.example/></iframe>": "request: http://frame.example/",
    "<link rel=preconnect href=https://connect.example>": "left: CONNECT connect.example:443",
    "<img src=page2.html>": "request: .*page2.html",
    "<script>console.error('said')</script>": 'SEVERE: .*"said"',
    "<script>console.warn('said')</script>": 'WARNING: .*"said"',
    "<script>nothing.there()</script>": "nothing is not defined",
}


@pytest.mark.parametrize(("body", "seen"), LEAKS.items())
def test_what_no_page_may_do_is_seen(
    browser: Browser, written: Written, body: str, seen: str
) -> None:
    with pytest.raises(AssertionError, match=seen), browser.page(written(body)):
        pass


def test_a_dialog_is_an_error(browser: Browser, written: Written) -> None:
    with (
        pytest.raises(UnexpectedAlertPresentException),
        browser.page(written("<script>alert(1)</script>")),
    ):
        pass


def test_a_page_may_have_what_is_its_own(browser: Browser, written: Written) -> None:
    data = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="
    with browser.page(written(f"<img alt='' src='{data}'><style>p {{color: red}}</style>")):
        pass


def test_a_served_page_may_have_files_of_its_server(
    browser: Browser, written: Written, tmp_path: Path
) -> None:
    written("<link rel=stylesheet href=own.css><p>p")
    (tmp_path / "own.css").write_text("p {color: rgb(1, 2, 3)}")
    with served(tmp_path) as address, browser.page(f"{address}page.html") as page:
        colour = "return getComputedStyle(document.querySelector('p')).color"
        assert page.run(colour) == "rgb(1, 2, 3)"


@pytest.mark.parametrize("dark", [True, False])
def test_a_view_is_light_or_dark(browser: Browser, written: Written, dark: bool) -> None:
    with browser.page(written(""), View(dark=dark, width=320)) as page:
        assert page.run("return matchMedia('(prefers-color-scheme: dark)').matches") is dark
        assert page.run("return innerWidth") == 320


@pytest.mark.parametrize(("width", "over"), [(100, 0), (500, 180)])
def test_what_is_too_wide_is_seen(
    browser: Browser, written: Written, width: int, over: int
) -> None:
    body = f"<style>body {{margin: 0}}</style><div style='width: {width}px'>w</div>"
    with browser.page(written(body), View(width=320)) as page:
        assert page.overflow() == over


@pytest.mark.parametrize(("height", "pages"), [(100, 1), (300, 2), (800, 3)])
def test_pages_are_counted(browser: Browser, written: Written, height: int, pages: int) -> None:
    paper = "<style>@page {size: A4; margin: 0} h1 {display: none}</style>"
    with browser.page(written(f"{paper}<div style='height: {height}mm'>h</div>")) as page:
        assert [(round(w), round(h)) for w, h in pages_of(page.pdf())] == [(210, 297)] * pages


UNREADABLE: Final = {
    "<p style='color: #bbb; background: white'>pale</p>": "serious: color-contrast",
    "<img src='data:,'>": "critical: image-alt",
    "<details><summary>s</summary><p style='color: #bbb'>folded</p></details>": "color-contrast",
}


@pytest.mark.parametrize(("body", "seen"), UNREADABLE.items())
def test_what_keeps_people_out_is_seen(
    browser: Browser, written: Written, axe: str, body: str, seen: str
) -> None:
    with browser.page(written(f"<main>{body}</main>")) as page:
        (violation,) = page.violations(axe)
        assert seen in violation


def test_what_is_readable_in_the_light_alone_is_seen_in_the_dark(
    browser: Browser, written: Written, axe: str
) -> None:
    style = "<style>:root {color-scheme: light dark} p {color: #555}</style>"
    url = written(f"{style}<main><p>some text</p></main>")
    with browser.page(url) as page:
        assert not page.violations(axe)
    with browser.page(url, View(dark=True)) as page:
        assert page.violations(axe)
