"""A whole document around a card: one file, which loads nothing and runs nothing."""

from typing import Final

from mesomix.evidence import Language, Text
from mesomix.markup.elements import element, html_of, style_element
from mesomix.markup.style import PAGE_STYLE

_NOTHING_ELSE: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""For a browser: no script, no picture, no request, whatever stands in the page."""
_FOOT: Final = Text(
    "mesomix dit ce qui s'oppose à un mélange, et d'où il le tient ; rien de plus. Un"
    " médecin décide.",
    "mesomix says what objects to a mixture, and where it has that from; no more. A physician"
    " decides.",
)


def page_of(title: str, language: Language, fragment: str) -> str:
    """A document in `language` whose only content is `fragment`, which is HTML of ours."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_NOTHING_ELSE),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        style_element(PAGE_STYLE),
    )
    header = html_of(element("header", element("h1", title)))
    footer = html_of(element("footer", element("p", _FOOT[language])))
    return (
        f'<!DOCTYPE html>\n<html lang="{language.value}">\n{html_of(head)}\n<body>\n'
        f'<div class="page">\n{header}\n<main>\n{fragment}\n</main>\n{footer}\n</div>\n'
        "</body>\n</html>\n"
    )
