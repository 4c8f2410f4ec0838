"""The card of repairs: all ways to clear what objects to a mixture, and what each costs."""

from collections.abc import Iterable, Iterator
from typing import Final
from xml.etree.ElementTree import Element

from mesomix.evidence import COLON, SEMICOLON, Language, Text
from mesomix.markup.elements import Child, element
from mesomix.report import Data, Verdict
from mesomix.report_words import some
from mesomix.shown import Card
from mesomix.space.repairs import Obstacle, Repair, Repairs
from mesomix.space.repairs_text import (
    AIMS,
    EFFECTS_KEPT,
    LOST,
    NO_EFFECT,
    NOT_NEEDED,
    change_said,
    obstructed,
    repairs_text,
    unread_said,
    ways_said,
)
from mesomix.space.wording import NO_MORE
from mesomix.view.bars import verdict_chip
from mesomix.view.parts import (
    NOTHING,
    banner,
    card_of_parts,
    data_foot,
    effect_chips,
)
from mesomix.view.statements import (
    cut,
    kind_of_rule,
    not_said,
    rules_line,
    statement,
)
from mesomix.vocabulary import Effect

MOST_SHOWN: Final = 12
"""So many ways are shown, and as many obstacles and names that were not understood."""

_TITLE: Final = Text("Ce qui lèverait les objections", "What would clear the objections")
_TO_CONSIDER: Final = Text(
    "Des mélanges à considérer, et non des conseils : deux produits d'un effet de même nom ne sont"
    " pas équivalents, et aucune quantité n'est diminuée.",
    "Mixtures to consider, and no advice: two products with an effect of one name are not"
    " equivalent, and no amount is lowered.",
)
_ALSO_QUESTIONS: Final = Text(
    "Pour lever aussi ce qui est à revoir : space.repairs(…, to=Verdict.NO_OBJECTION).",
    "To clear what is to be reviewed as well: space.repairs(…, to=Verdict.NO_OBJECTION).",
)
_THEN: Final = Text("Alors", "Then")


def repairs_card(repairs: Repairs, language: Language) -> Card:
    """The card of `repairs`."""
    return card_of_parts(
        _TITLE[language],
        language,
        "\n".join(repairs_text(repairs, language)),
        element("p", _TITLE[language], class_="title"),
        banner(repairs.verdict, language, ""),
        element("p", element("strong", _mixture(repairs, language))),
        element("p", AIMS[repairs.to][language]),
        _unread(repairs, language),
        _found(repairs, language),
        element("p", NO_MORE[language]) if repairs.found or repairs.cleared else None,
        _foot(repairs, language),
    )


def _foot(repairs: Repairs, language: Language) -> Element:
    edition = repairs.mixture.edition
    data = Data(edition.version, edition.sha256, edition.bdpm)
    return data_foot(data, None, language)


def _mixture(repairs: Repairs, language: Language) -> str:
    return some([one.written for one in repairs.mixture.reads], " + ") or NOTHING[language]


def _unread(repairs: Repairs, language: Language) -> Iterator[Element]:
    """What was not recognised: no change makes it known."""
    told = [
        statement("review", "?", element("strong", one)) for one in unread_said(repairs, language)
    ]
    yield from cut(told, MOST_SHOWN, language)


def _found(repairs: Repairs, language: Language) -> Iterator[Element]:
    if repairs.cleared:
        yield element("p", NOT_NEEDED[language])
        if repairs.verdict is not Verdict.NO_OBJECTION:
            yield element("p", _ALSO_QUESTIONS[language])
        return
    said = ways_said(repairs, language)
    if not repairs.exhaustive:
        yield not_said(said)
    else:
        yield element("p", element("strong", said))
    if repairs.found:
        ways = [_way(place, one, language) for place, one in enumerate(repairs.found, 1)]
        yield from cut(ways, MOST_SHOWN, language)
        yield element("p", _TO_CONSIDER[language])
    else:
        yield from cut(
            [_obstacle(one, language) for one in repairs.obstacles], MOST_SHOWN, language
        )


def _way(place: int, repair: Repair, language: Language) -> Element:
    """What is done, what is kept and lost, and what is left to decide."""
    done = SEMICOLON[language].join(change_said(change, language) for change in repair.changes)
    return element(
        "div",
        element("p", element("strong", f"{place}. {done}")),
        element(
            "p",
            _effects(EFFECTS_KEPT, repair.kept, language),
            ["; ", _effects(LOST, repair.lost, language)] if repair.lost else None,
        ),
        element(
            "p",
            f"{_THEN[language]}{COLON[language]}",
            verdict_chip(repair.verdict, language),
        ),
        element("p", rules_line(repair.remaining, language)) if repair.remaining else None,
        class_=f"finding {repair.verdict.value}",
    )


def _effects(words: Text, effects: Iterable[Effect], language: Language) -> Iterator[Child]:
    chips = [*effect_chips(effects, language)]
    yield f"{words[language]}{COLON[language]}"
    yield chips or NO_EFFECT[language]


def _obstacle(one: Obstacle, language: Language) -> Element:
    kind, _ = kind_of_rule(one.objection.severity, one.objection.certain)
    return element(
        "p",
        f"{obstructed(one, language)}{COLON[language]}",
        rules_line([one.objection], language),
        class_=f"finding {kind}",
    )
