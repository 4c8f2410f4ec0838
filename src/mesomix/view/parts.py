"""What several cards have: the banner of a verdict, effects, sources, tables."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar
from xml.etree.ElementTree import Element

from mesomix.evidence import COLON, Citation, Language, Text
from mesomix.markup.elements import Child, element, html_of, printed, style_element
from mesomix.markup.style import CARD_STYLE
from mesomix.names import shortened
from mesomix.report import Data, Rules, Verdict
from mesomix.report_words import MEANINGS, MOST_NAMES, VERDICTS, name_said
from mesomix.request import ReadName
from mesomix.shown import Card
from mesomix.vocabulary import Effect

NOTHING: Final = Text("Aucun produit", "No product")
OPEN_MARK: Final = "–"
"""Of what was not checked, or is not known."""
AS_TABLE: Final = Text("Le même en tableau", "The same as a table")
T = TypeVar("T")


def card_of_parts(title: str, language: Language, text: str, *parts: Child) -> Card:
    """A card of these parts, one below the other."""
    section = element(
        "section",
        style_element(CARD_STYLE),
        parts,
        class_="mesomix",
        lang=language.value,
        aria_label=title,
    )
    lines = map(printed, text.split("\n"))
    return Card(printed(title), language, "\n".join(lines), html_of(section))


def heading(text: str, *more: Child, level: int = 2) -> Element:
    """A heading. It is no h2, of which a notebook would make a line of its table of contents."""
    return element("div", text, more, role="heading", aria_level=level)


def mark_of(mark: str) -> Element:
    """A mark in its colour; a word beside it says the same to who hears the page."""
    return element("span", mark, class_="mark", aria_hidden="true")


def banner(verdict: Verdict, language: Language, counts: str) -> Element:
    """A verdict: its mark, its word, what it means, and what there is to read below."""
    mark, word, _ = VERDICTS[verdict]
    return element(
        "div",
        mark_of(mark),
        element(
            "div",
            element("p", word[language], class_="word"),
            element("p", MEANINGS[verdict][language]),
            element("p", counts) if counts else None,
        ),
        class_=f"verdict {verdict.value}",
    )


def effect_chips(effects: Iterable[Effect], language: Language) -> Iterator[Element]:
    """Effects, each in a frame of its own."""
    for effect in effects:
        yield element("span", effect.text[language], class_="effect")


def said(mark: str, message: str, *rules: str) -> Iterator[Child]:
    """A mark, a sentence, and the ids of the rules that say it."""
    yield mark_of(mark)
    yield f" {message} "
    for rule in rules:
        yield element("code", rule)


def names_read(reads: Sequence[ReadName], language: Language) -> Element:
    """Products as they were written, what each was read as, and its effects."""
    items = [
        element(
            "li",
            element("bdi", element("strong", f"« {shortened(read.written)} »")),
            f" → {name_said(read, language)} ",
            effect_chips(read.effects, language),
            class_=None if read.name and not read.unread else "finding review",
        )
        for read in reads[:MOST_NAMES]
    ]
    return element("ul", items, more(len(reads) - MOST_NAMES))


def sources(citations: Iterable[Citation], language: Language) -> Element | None:
    """What a word rests on: who says it, where, when, and in what words; None without any."""
    told = [element("li", _source(one, language), class_="source") for one in citations]
    return element("ul", told) if told else None


def _source(citation: Citation, language: Language) -> Iterator[Child]:
    if citation.author:
        yield f"{citation.author}, "
    yield link(citation.title or citation.reference, citation.url)
    yield f" ({citation.date})" if citation.date else ""
    yield f", {citation.place}" if citation.place else ""
    if citation.quote:
        yield ". "
        yield element("q", citation.quote, lang="fr" if language is Language.EN else None)
    if citation.says and (language is Language.EN or not citation.quote):
        yield f" ({citation.says[language]})"


def link(text: str, url: str) -> Child:
    """`text`, which leads to `url` where that is an address of the web, and of nothing else."""
    if not url.startswith(("https://", "http://")):
        return text
    return element("a", text, href=url, rel="noopener noreferrer")


def table(head: Sequence[Child], rows: Iterable[Sequence[Child]], *, texts: int = 1) -> Element:
    """A table whose first `texts` columns are texts, and whose others are numbers."""

    def cells(row: Sequence[Child], tag: str) -> Iterator[Element]:
        for place, cell in enumerate(row):
            kind = None if place < texts else "number"
            scope = {"th": "col"}.get(tag) or ("row" if place == 0 else None)
            yield element("th" if scope else tag, cell, class_=kind, scope=scope)

    body = [element("tr", cells(row, "td")) for row in rows]
    whole = element(
        "table", element("thead", element("tr", cells(head, "th"))), element("tbody", body)
    )
    return element("div", whole, class_="scroll", tabindex=0)


def more(number: int) -> Element | None:
    """So many more that are not shown; None where there are none."""
    return element("li", f"… + {number}") if number > 0 else None


def most_of(things: Iterable[T], most: int, language: Language) -> tuple[list[T], list[str]]:
    """The first of them, and a sentence that says how many are not shown, where there are any."""
    listed = [*things]
    left = len(listed) - most
    if left <= 0:
        return listed, []
    return listed[:most], [
        Text(
            f"Non montrés : {left} produits sur {len(listed)}.",
            f"Not shown: {left} products of {len(listed)}.",
        )[language]
    ]


def foot(said: str, digests: Iterable[tuple[str, str | None]], language: Language) -> Element:
    """What a card rests on, in a line, and the whole SHA-256 of each folded under it."""
    told = [
        element("p", f"SHA-256, {name}{COLON[language]}", element("code", digest))
        for name, digest in digests
        if digest
    ]
    return element("div", element("details", element("summary", said), told), class_="foot")


def data_foot(data: Data, rulebook: Rules | None, language: Language) -> Element:
    """The foot of a card that rests on one formulary and one rulebook."""
    return foot(f"{data_told(data, language)}.", digests_of(data, rulebook, language), language)


def data_told(data: Data, language: Language) -> str:
    """The version of the data, and the beginning of its hash."""
    market = f", BDPM {data.bdpm[:12]}" if data.bdpm else ""
    name = Text("Données", "Data")[language]
    return f"{name} {shortened(data.version)} ({data.sha256[:12]}){market}"


def digests_of(
    data: Data, rulebook: Rules | None, language: Language, side: str = ""
) -> Iterator[tuple[str, str | None]]:
    """The hashes of data and rules, each with its name; `side` is said before it."""
    yield side + Text("données", "data")[language], data.sha256
    if rulebook is not None:
        yield side + Text("règles", "rules")[language], rulebook.sha256
    yield f"{side}BDPM", data.bdpm
