"""Hostile names do nothing: no script runs, nothing is asked for, and a text is only a text."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from browsing import Browser, Page, View
from hostile import SURROGATE, TEXTS, own_formulary
from samples import LANGUAGES

import mesomix
from mesomix import Formulary, space, view
from mesomix.names import printable
from mesomix.shown import Card

pytestmark = pytest.mark.site

NARROW: Final = View(width=320)
FOUND: Final = """
const found = [...document.querySelectorAll(
    "script, img, iframe, object, embed, form, input, base, link, meta[http-equiv=refresh]"
)].map((one) => one.outerHTML.slice(0, 200));
for (const one of document.querySelectorAll("*")) {
    for (const { name, value } of one.attributes) {
        if (name.startsWith("on") || name === "srcdoc" || name === "autofocus") {
            found.push(`${one.tagName} ${name}=${value.slice(0, 200)}`);
        }
    }
    if (one.href && !/^https?:/.test(one.href)) { found.push(`href=${one.href.slice(0, 200)}`); }
}
if (window.pwned !== undefined) { found.push(`pwned: ${window.pwned}`); }
return found;
"""
DIRECTIONS: Final = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Formulary:
    """A clinic's own formulary, every text of which is hostile."""
    return mesomix.load(own_formulary(tmp_path_factory.mktemp("own")))


class Opened:
    """A document, opened in a browser as a file of its own."""

    def __init__(self, browser: Browser, file: Path) -> None:
        self._browser = browser
        self._file = file

    def text_of(self, document: str) -> str:
        """Its text, once it is certain that nothing happened."""
        self._file.write_bytes(document.encode())
        with self._browser.page(self._file.as_uri(), NARROW) as page:
            assert page.run(FOUND) == []
            assert page.overflow() <= 0
            return text_of(page)


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Opened:
    """Open a document that stands in a file."""
    return Opened(browser, tmp_path / "page.html")


def text_of(page: Page) -> str:
    """All text of a page, what is folded as well, without any space."""
    return "".join(str(page.run("return document.body.textContent")).split())


def without_policy(card: Card) -> str:
    """A document with nothing that forbids a script, as a notebook or somebody's page may be."""
    language = card.language.value
    return f"<!doctype html><html lang={language}><meta charset=utf-8><title>t</title>{card.html}"


def squeezed(text: str) -> str:
    """As `text_of` has it, of what is named: control characters and directions are told escaped."""
    return "".join(printable(text).split())


def report_cards(own: Formulary, kind: str) -> Iterator[Card]:
    """A report on names, allergies and facts that are hostile, in both languages."""
    text = TEXTS[kind]
    patient = own.patient(allergies=[text, SURROGATE], facts={kind: True})
    mixture = own.mixture(text, f"{text} 2 ml", SURROGATE, f"Zorg {kind} 3 ml")
    report = mesomix.check(mixture, patient)
    for language in LANGUAGES:
        yield report.card(language)


@pytest.mark.parametrize("kind", TEXTS)
def test_a_report_is_a_text(opened: Opened, own: Formulary, kind: str) -> None:
    for card in report_cards(own, kind):
        for document in (card.page(), without_policy(card)):
            shown = opened.text_of(document)
            assert squeezed(TEXTS[kind][:60]) in shown
            assert "surrogate" in shown
            assert not DIRECTIONS.search(shown)


@pytest.mark.parametrize("kind", TEXTS)
def test_a_product_is_a_text(opened: Opened, own: Formulary, kind: str) -> None:
    for thing in (own.find(f"Zorg {kind}"), own.mixture(TEXTS[kind], f"Zorg {kind}", SURROGATE)):
        for language in LANGUAGES:
            shown = opened.text_of(without_policy(thing.card(language)))
            assert squeezed(TEXTS[kind][:60]) in shown
            assert not DIRECTIONS.search(shown)


def whole_cards(own: Formulary, shipped: Formulary, language: str) -> Iterator[Card]:
    """Each card that is about a whole formulary."""
    mixture = own.mixture(*(f"Zorg {kind}" for kind in ("script", "double", "lines")))
    patient = own.patient(allergies=[TEXTS["script"]], facts=dict.fromkeys(TEXTS, True))
    yield own.card(language)
    yield space.census(own, patient).card(language)
    yield space.shadow(patient, own).card(language)
    yield space.gaps(own, patient).card(language)
    yield space.repairs(mixture, patient, formulary=own).card(language)
    yield space.diff(shipped, own).card(language)
    yield space.diff(own, shipped).card(language)
    yield view.effects_chart(own, language)
    yield view.pair_matrix(own, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_formulary_is_a_text(
    opened: Opened, own: Formulary, formulary: Formulary, language: str
) -> None:
    for card in whole_cards(own, formulary, language):
        for document in (card.page(), without_policy(card)):
            assert not DIRECTIONS.search(opened.text_of(document))


NOT_ESCAPED: Final = {
    "script": "<p>{}</p>",
    "picture": '<p title="{}">t</p>',
    "drawing": "<p title='{}'>t</p>",
    "attribute": "<p title='{}'>t</p>",
    "double": '<p title="{}">t</p>',
    "style": "<style>p {{}} {}</style>",
    "title": "<svg><title>{}</title></svg>",
    "comment": "<!--{}-->",
    "address": '<a href="{}">t</a>',
    "frame": "<p>{}</p>",
    "stylesheet": "<p>{}</p>",
}
"""Where a text does harm as it is."""


@pytest.mark.parametrize(("kind", "place"), NOT_ESCAPED.items())
def test_what_is_not_escaped_is_seen(opened: Opened, kind: str, place: str) -> None:
    head = "<!doctype html><html lang=en><meta charset=utf-8><title>t</title>"
    with pytest.raises(AssertionError, match=r"window\.pwned|pwned: 1|stylesheet"):
        opened.text_of(head + place.format(TEXTS[kind]))
