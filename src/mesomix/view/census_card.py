"""The card of a census: how many mixtures have each verdict, by rule and by effect."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from mesomix.evidence import Language, Text
from mesomix.markup.elements import Child, element
from mesomix.report_words import VERDICTS
from mesomix.shown import Card
from mesomix.space.census import Census, RuleCount
from mesomix.space.census_text import (
    NEVER_CHECKED,
    RULES_SPEAK,
    WITH_EFFECT,
    census_text,
    how_many,
    moving,
)
from mesomix.space.wording import NO_MORE, PATIENT, counted, more, share
from mesomix.view.bars import SHARE, small_bar, verdict_bar, verdict_chip, verdict_figure
from mesomix.view.parts import (
    card_of_parts,
    data_foot,
    heading,
    table,
)
from mesomix.view.statements import (
    kind_of_rule,
    not_said,
    rule_chip,
)

MOST_RULES: Final = 60
"""So many rows of rules are shown, and it is said how many are not."""

_TITLE: Final = Text("Recensement des mélanges", "Census of mixtures")
_SIZE: Final = Text("produits dans le mélange", "products in the mixture")
_ALL: Final = Text("tous", "all")
_RULE: Final = Text("règle", "rule")
_MIXTURES: Final = Text("mélanges", "mixtures")
_EFFECT: Final = Text("effet", "effect")


def census_card(census: Census, language: Language) -> Card:
    """The card of `census`."""
    return card_of_parts(
        _TITLE[language],
        language,
        "\n".join(census_text(census, language)),
        element("p", _TITLE[language], class_="title"),
        heading(how_many(census, language)),
        _patient(census, language),
        _verdicts(census, language),
        _rules(census, language),
        _effects(census, language),
        element("p", NO_MORE[language]),
        data_foot(census.data, census.rulebook, language),
    )


def _patient(census: Census, language: Language) -> Element:
    said = PATIENT[census.described][language]
    return element("p", said) if census.described else not_said(said)


def _verdicts(census: Census, language: Language) -> Element:
    rows: list[list[Child]] = [
        [str(size), *(counted(census.sizes[verdict][size - 1], language) for verdict in VERDICTS)]
        for size in (1, 2, 3)
    ]
    rows.append([_ALL[language], *(counted(census.verdicts[one], language) for one in VERDICTS)])
    head = [_SIZE[language], *(verdict_chip(verdict, language) for verdict in VERDICTS)]
    return verdict_figure(_TITLE[language], census.verdicts, language, head, rows)


def _rules(census: Census, language: Language) -> Iterator[Element]:
    """Those that move a verdict; and as loud as these, what could run for no mixture at all."""
    told, nowhere = moving(census)
    if nowhere:
        yield not_said(f"{NEVER_CHECKED[language]} ({len(nowhere)})")
        yield element("p", [(element("code", one.rule), " ") for one in nowhere], class_="source")
    if told:
        yield heading(RULES_SPEAK[language])
        head = [_RULE[language], SHARE[language], _MIXTURES[language], "%"]
        yield table(head, (_row(one, census, language) for one in told[:MOST_RULES]), texts=2)
    if len(told) > MOST_RULES:
        yield element("p", more(len(told) - MOST_RULES, language))


def _row(one: RuleCount, census: Census, language: Language) -> list[Child]:
    kind, _ = kind_of_rule(one.severity, one.certain)
    return [
        rule_chip(one.rule, one.severity, one.certain, language),
        small_bar([(one.mixtures, kind, None)], census.total),
        counted(one.mixtures, language),
        share(one.mixtures, census.total, language),
    ]


def _effects(census: Census, language: Language) -> Iterator[Element]:
    had = {effect: of for effect, of in census.effects.items() if any(of.values())}
    if had:
        yield heading(WITH_EFFECT[language])
        head = [
            _EFFECT[language],
            SHARE[language],
            *(verdict_chip(verdict, language) for verdict in VERDICTS),
        ]
        yield table(
            head,
            (
                [
                    effect.text[language],
                    verdict_bar(of),
                    *(counted(of[verdict], language) for verdict in VERDICTS),
                ]
                for effect, of in had.items()
            ),
            texts=2,
        )
