"""The card of a shadow: what a patient's answers take away, effect by effect."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final
from xml.etree.ElementTree import Element

from mesomix.evidence import COLON, Language, Text
from mesomix.markup.drawing import cut, drawing, figure, label, rectangle
from mesomix.markup.elements import Child, element
from mesomix.model import Product
from mesomix.report import Verdict
from mesomix.report_words import VERDICTS
from mesomix.shown import Card
from mesomix.space.objection import Objection
from mesomix.space.shadow import EffectShadow, Shaded, Shadow
from mesomix.space.shadow_text import (
    ALL_REFUSED,
    COMPARED_WITH,
    NOTHING_MORE,
    WHATEVER,
    WITHOUT_EFFECT,
    all_refused,
    by_verdict,
    shadow_text,
    taken_away,
)
from mesomix.space.wording import NO_MORE, counted, mixtures, more, name
from mesomix.view.bars import verdict_bar, verdict_chip
from mesomix.view.parts import (
    AS_TABLE,
    card_of_parts,
    data_foot,
    heading,
    table,
)
from mesomix.view.statements import (
    kind_of_rule,
    rules_line,
    statement,
)

MOST_DRAWN: Final = 5
"""So many products of each kind are drawn of an effect, and counted beyond; the table names more.
"""
MOST_NAMED: Final = 8
"""So many products of which the same is said are named in the table."""
MOST_ALIKE: Final = 4
"""Of each effect and kind so many groups of products of which the same is said are in the table."""
SAME: Final = "="
"""The mark of a product of which nothing more is said."""
SAME_KIND: Final = "note"
"""Its colour, which no verdict has."""

_TITLE: Final = Text("Ce que des réponses retirent", "What answers take away")
_CHART: Final = Text("Produits de chaque effet", "Products of each effect")
_CAPTION: Final = Text(
    "✗ refusé à ce patient ; ? une question de plus ; = rien de plus que pour quelqu'un"
    " sans allergie connue et qui répond non à tout, ce qui ne dit pas « aucune objection »."
    " Un produit refusé à tous n'y est pas.",
    "✗ refused for this patient; ? one more question; = nothing more than for somebody"
    " without a known allergy or a condition, which is not “no objection”. A product that is"
    " refused for everybody is left out.",
)
_PRODUCTS: Final = Text("produits", "products")
_SAID: Final = Text("ce qui est dit", "what is said")
_OTHER_RULES: Final = Text("pour d'autres raisons", "for other reasons")
_EFFECT: Final = Text("effet", "effect")
_COUNTS: Final = Text("Mélanges, avant et avec ces réponses", "Mixtures, before and with them")
_BEFORE: Final = Text("avant", "before")
_WITH: Final = Text("avec", "with")
_NOBODY: Final = Text("aucun produit", "no product")
_LEFT, _CELL, _GAP, _ROW = 160, 228, 6, 30
_ACROSS: Final = 3
"""Cells beside each other."""

Cell = tuple[str, str, str]
"""A kind, a mark, and a text."""


def shadow_card(shadow: Shadow, language: Language) -> Card:
    """The card of `shadow`."""
    nothing_left = all_refused(shadow)
    return card_of_parts(
        _TITLE[language],
        language,
        "\n".join(shadow_text(shadow, language)),
        element("p", _TITLE[language], class_="title"),
        heading(taken_away(shadow, language)),
        element("p", COMPARED_WITH[language]),
        _whatever(shadow.whatever, language),
        statement("refuse", "✗", element("strong", ALL_REFUSED[language]))
        if nothing_left
        else None,
        None if nothing_left else [_chart(shadow, language), _without_effect(shadow, language)],
        _counts(shadow, language),
        element("p", NO_MORE[language]),
        data_foot(shadow.data, shadow.rulebook, language),
    )


def _whatever(objections: tuple[Objection, ...], language: Language) -> Element | None:
    """What is said of the patient whatever is mixed."""
    if not objections:
        return None
    kinds = {kind_of_rule(one.severity, one.certain)[0] for one in objections}
    kind = next(kind for kind in ("refuse", "review", "open") if kind in kinds)
    return element(
        "div",
        element("p", element("strong", f"{WHATEVER[language]}{COLON[language].rstrip()}")),
        element("p", rules_line(objections, language)),
        class_=f"finding {kind}",
    )


def _without_effect(shadow: Shadow, language: Language) -> Iterator[Element]:
    """The products that no row of the chart has."""
    if shadow.without_effect:
        yield heading(WITHOUT_EFFECT[language])
    for verdict, several in by_verdict(shadow.without_effect):
        for rules, names in _by_rules(several, language).items():
            said = element("strong", f"{_few(names, language)}{COLON[language]}")
            line = rules_line(rules, language)
            yield statement(verdict.value, VERDICTS[verdict][0], said, line)


def _chart(shadow: Shadow, language: Language) -> Element | None:
    """Of each effect its products: those refused, those with a question, and the others."""
    if not shadow.effects:
        return None
    shapes: list[Child] = []
    y = 0
    for effect in shadow.effects:
        shapes += [label((_LEFT - 12, y + 18), effect.effect.text[language], anchor="end")]
        cells = _cells(effect, language, SAME_KIND)
        for place, cell in enumerate(cells):
            row, column = divmod(place, _ACROSS)
            shapes += _cell((_LEFT + (_CELL + _GAP) * column, y + _ROW * row), cell)
        y += _ROW * -(-max(len(cells), 1) // _ACROSS) + _GAP
    rows = [row for effect in shadow.effects for row in _rows(effect, language)]
    said = ". ".join(_told(effect, language) for effect in shadow.effects)
    head = [_EFFECT[language], _PRODUCTS[language], _SAID[language]]
    return figure(
        drawing(_CHART[language], said, (_LEFT + (_CELL + _GAP) * _ACROSS, y), shapes),
        _CAPTION[language],
        AS_TABLE[language],
        table(head, rows, texts=3),
    )


def _cells(effect: EffectShadow, language: Language, same: str) -> list[Cell]:
    found: list[Cell] = []
    for kind, mark, products in _kinds(effect, same):
        found += [(kind, mark, name(product.name, language)) for product in products[:MOST_DRAWN]]
        if len(products) > MOST_DRAWN:
            found.append((kind, mark, f"+ {counted(len(products) - MOST_DRAWN, language)}"))
    return found


def _kinds(effect: EffectShadow, same: str) -> Iterator[tuple[str, str, list[Product]]]:
    """The products of an effect by what happens to them, each kind with its mark."""
    for verdict, several in (
        (Verdict.REFUSE, effect.refused),
        (Verdict.REVIEW, effect.questioned),
    ):
        yield verdict.value, VERDICTS[verdict][0], [one.product for one in several]
    yield same, SAME, [*effect.left]


def _cell(place: tuple[float, float], cell: Cell) -> list[Element]:
    (x, y), (kind, mark, text) = place, cell
    return [
        rectangle((x, y), (_CELL, _ROW - _GAP), kind),
        label((x + 8, y + 17), f"{mark} {cut(text, _LONGEST)}", kind="on"),
    ]


_LONGEST: Final = 25
"""Characters of a name in a cell."""


def _told(effect: EffectShadow, language: Language) -> str:
    """An effect in words, for who does not see the chart; the table has the rest."""
    words = {"✗": VERDICTS[Verdict.REFUSE][1], "?": VERDICTS[Verdict.REVIEW][1], SAME: NOTHING_MORE}
    told = [
        f"{words[mark][language]} {counted(len(products), language)}"
        for _, mark, products in _kinds(effect, SAME)
    ]
    return f"{effect.effect.text[language]}{COLON[language]}{', '.join(told)}"


def _rows(effect: EffectShadow, language: Language) -> Iterator[list[Child]]:
    """The products of which the same is said, together."""
    rows: list[tuple[str, Child]] = []
    for kind, several in (("refuse", effect.refused), ("review", effect.questioned)):
        mark = VERDICTS[Verdict(kind)][0]
        alike = [*_by_rules(several, language).items()]
        for rules, names in alike[:MOST_ALIKE]:
            rows.append((f"{mark} {_few(names, language)}", rules_line(rules, language)))
        left = sum(len(names) for _, names in alike[MOST_ALIKE:])
        if left:
            rows.append((f"{mark} … {more(left, language)}", _OTHER_RULES[language]))
    if effect.left:
        names = [name(product.name, language) for product in effect.left]
        rows.append((f"{SAME} {_few(names, language)}", NOTHING_MORE[language]))
    for place, (products, said) in enumerate(rows or [(_NOBODY[language], "")]):
        yield [effect.effect.text[language] if not place else "″", products, said]


def _few(names: list[str], language: Language) -> str:
    left = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED] + ([more(left, language)] if left > 0 else []))


def _by_rules(
    several: Iterable[Shaded], language: Language
) -> dict[tuple[Objection, ...], list[str]]:
    found: defaultdict[tuple[Objection, ...], list[str]] = defaultdict(list)
    for one in several:
        found[one.rules].append(name(one.product.name, language))
    return found


def _counts(shadow: Shadow, language: Language) -> Iterator[Element]:
    """The mixtures by their verdict, before and after: all of them, and of each effect."""
    yield heading(_COUNTS[language])
    every = mixtures(sum(shadow.before.values()), language)
    rows = [(every, shadow.before, shadow.after)]
    rows += [(one.effect.text[language], one.before, one.after) for one in shadow.effects]
    yield table(
        [
            _EFFECT[language],
            _BEFORE[language],
            _WITH[language],
            *(verdict_chip(verdict, language) for verdict in VERDICTS),
        ],
        (
            [
                told,
                verdict_bar(before),
                verdict_bar(after),
                *(
                    f"{counted(before[one], language)} → {counted(after[one], language)}"
                    for one in VERDICTS
                ),
            ]
            for told, before, after in rows
        ),
        texts=3,
    )
