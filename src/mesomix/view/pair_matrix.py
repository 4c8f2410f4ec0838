"""What rules say of each two products together, as a matrix; what nobody has studied is grey."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Final
from xml.etree.ElementTree import Element

from mesomix.evidence import COLON, Language, Text
from mesomix.formulary import Formulary
from mesomix.markup.drawing import (
    SLANT,
    drawing,
    figure,
    label,
    rectangle,
    room_for_slanted,
)
from mesomix.markup.elements import element
from mesomix.model import Product
from mesomix.report import Finding, Verdict, verdict_of
from mesomix.report_words import VERDICTS
from mesomix.request import mixture_of
from mesomix.rulebook import Rulebook
from mesomix.rules import RULES
from mesomix.shown import Card
from mesomix.view.parts import AS_TABLE, OPEN_MARK, card_of_parts, most_of, table
from mesomix.vocabulary import Severity

MOST_PRODUCTS: Final = 40
"""So many are drawn, and it is said how many are not."""

_TITLE: Final = Text("Deux produits ensemble", "Two products together")
_UNKNOWN: Final = Text("inconnu", "unknown")
_CAPTION: Final = Text(
    "✗ refus ; ? à revoir ; – en gris : inconnu. Inconnu : aucune règle ne s'oppose, et mesomix ne"
    " connaît aucune étude de ce mélange. Sur la diagonale, le produit seul. Aucun patient n'est"
    " décrit : aucune règle sur un patient n'a été appliquée.",
    "✗ refuse; ? review; – in grey: unknown. Unknown: no rule objects, and mesomix knows of no"
    " study of this mixture. On the diagonal, the product alone. No patient is described: no rule"
    " about one ran.",
)
_LEFT, _CELL = 230, 30


@dataclass(frozen=True, slots=True)
class Pair:
    """Two products, and what rules say of their mixture; one product twice is it alone."""

    one: Product
    other: Product
    findings: tuple[Finding, ...]
    """Those that object or doubt; notes are left out."""

    @property
    def verdict(self) -> Verdict | None:
        """Refuse or review, as `check` says without a patient; None where nothing is known."""
        return verdict_of(self.findings, ()) if self.findings else None


def pairs(products: Sequence[Product], formulary: Formulary, rules: Rulebook) -> list[Pair]:
    """Each of the products, and each two of them, in their order."""
    found: list[Pair] = []
    for one, other in combinations_with_replacement(products, 2):
        several = [one] if one is other else [one, other]
        said = rules.check(mixture_of(several, formulary.edition)).findings
        objections = [finding for finding in said if finding.severity is not Severity.NOTE]
        found.append(Pair(one, other, tuple(objections)))
    return found


def pair_matrix(
    formulary: Formulary,
    language: str = "fr",
    *,
    products: Iterable[Product] | None = None,
    rules: Rulebook = RULES,
) -> Card:
    """What `rules` say of each two products together: a matrix, and the same as a table.

    No patient is described. On the diagonal is what they say of a product alone. Where no rule
    objects, nothing is known: the cell is grey. Without `products`, those of the formulary. Raises
    ValueError for a language that is neither "fr" nor "en".
    """
    spoken = Language(language)
    shown, left_out = most_of(
        formulary.products.values() if products is None else dict.fromkeys(products),
        MOST_PRODUCTS,
        spoken,
    )
    found = pairs(shown, formulary, rules)
    title = _TITLE[spoken]
    return card_of_parts(
        title,
        spoken,
        "\n".join([title, *(_said(pair, spoken) for pair in found), _CAPTION[spoken], *left_out]),
        element("p", title, class_="title"),
        _figure(shown, found, spoken),
        left_out,
    )


def _figure(products: Sequence[Product], found: Sequence[Pair], language: Language) -> Element:
    places = {product: number for number, product in enumerate(products)}
    room = room_for_slanted(product.name[language] for product in products)
    size = (_LEFT + _CELL * len(products) + room, room + _CELL * len(products) + 4)
    shapes = [
        label((_LEFT - 10, room + _CELL * n + 20), product.name[language], anchor="end")
        for product, n in places.items()
    ]
    shapes += [
        label((_LEFT + _CELL * (n + 0.6), room - 8), product.name[language], turn=SLANT)
        for product, n in places.items()
    ]
    for pair in found:
        here = (places[pair.one], places[pair.other])
        for row, column in {here, here[::-1]}:
            shapes += _cell((_LEFT + _CELL * column, room + _CELL * row), pair)
    told = [
        f"{VERDICTS[verdict][1][language]} {sum(pair.verdict is verdict for pair in found)}"
        for verdict in (Verdict.REFUSE, Verdict.REVIEW)
    ]
    told.append(f"{_UNKNOWN[language]} {sum(pair.verdict is None for pair in found)}")
    head = [Text("produits", "products")[language], Text("ensemble", "together")[language]]
    rows = [(_names(pair, language), _why(pair, language)) for pair in found]
    return figure(
        drawing(_TITLE[language], ", ".join(told), size, shapes),
        _CAPTION[language],
        AS_TABLE[language],
        table(head, rows, texts=2),
    )


def _cell(place: tuple[float, float], pair: Pair) -> list[Element]:
    x, y = place
    size = (_CELL - 3, _CELL - 3)
    middle = (x + (_CELL - 3) / 2, y + 19)
    if pair.verdict is None:
        return [rectangle(place, size, "note", 0.3), label(middle, OPEN_MARK, anchor="middle")]
    mark = label(middle, VERDICTS[pair.verdict][0], anchor="middle", kind="on")
    return [rectangle(place, size, pair.verdict.value), mark]


def _why(pair: Pair, language: Language) -> str:
    if pair.verdict is None:
        return _UNKNOWN[language]
    mark, word, _ = VERDICTS[pair.verdict]
    said = " ".join(finding.message[language] for finding in pair.findings)
    return f"{mark} {word[language]}{COLON[language]}{said}"


def _said(pair: Pair, language: Language) -> str:
    return f"{_names(pair, language)}{COLON[language]}{_why(pair, language)}"


def _names(pair: Pair, language: Language) -> str:
    if pair.one is pair.other:
        return Text(f"un seul : {pair.one.name.fr}", f"{pair.one.name.en} alone")[language]
    return f"{pair.one.name[language]} + {pair.other.name[language]}"
