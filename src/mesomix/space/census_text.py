"""A census in words, for a terminal."""

from collections.abc import Iterator
from typing import Final

from mesomix.evidence import COLON, Language, Text
from mesomix.report import Verdict
from mesomix.report_words import VERDICTS
from mesomix.space.census import Census, RuleCount
from mesomix.space.objection import objections
from mesomix.space.patient_space import Numbers, PatientSpace
from mesomix.space.wording import (
    NO_MORE,
    PATIENT,
    columns,
    counted,
    mixtures,
    name,
    objections_said,
    products,
    rule_said,
    share,
    verdict_said,
)
from mesomix.vocabulary import Severity

RULES_SPEAK: Final = Text("Mélanges où une règle parle", "Mixtures of which a rule speaks")
NEVER_CHECKED: Final = Text("Vérifié pour aucun mélange", "Checked for no mixture")
WITH_EFFECT: Final = Text("Mélanges qui ont un effet", "Mixtures with an effect")


def census_text(census: Census, language: Language) -> Iterator[str]:
    """`census` in lines."""
    yield how_many(census, language)
    yield PATIENT[census.described][language]
    yield ""
    rows = [
        [
            verdict_said(verdict, language),
            counted(count, language),
            share(count, census.total, language),
        ]
        for verdict, count in census.verdicts.items()
    ]
    yield from columns(rows)
    yield from _rules(census, language)
    yield from _effects(census, language)
    yield ""
    yield NO_MORE[language]


def how_many(census: Census, language: Language) -> str:
    """How many mixtures of how many products were counted."""
    of = Text("de 1 à 3 produits, parmi", "of 1 to 3 products, out of")[language]
    return f"{mixtures(census.total, language)} {of} {products(census.products, language)}"


def moving(census: Census) -> tuple[list[RuleCount], list[RuleCount]]:
    """The rules that move a verdict; and apart, those that could run for no mixture at all."""
    told = [one for one in census.rules if one.severity is not Severity.NOTE]
    nowhere = [one for one in told if one.certain is None and one.mixtures == census.total]
    return [one for one in told if one not in nowhere], nowhere


def _rules(census: Census, language: Language) -> Iterator[str]:
    told, nowhere = moving(census)
    if told:
        yield ""
        yield RULES_SPEAK[language]
        yield from columns(
            [
                [
                    rule_said(one.rule, one.severity, one.certain, language),
                    counted(one.mixtures, language),
                ]
                for one in told
            ]
        )
    if nowhere:
        yield ""
        never = ", ".join(one.rule for one in nowhere)
        yield f"{NEVER_CHECKED[language]}{COLON[language]}{never}"


def _effects(census: Census, language: Language) -> Iterator[str]:
    had = {effect: of for effect, of in census.effects.items() if any(of.values())}
    if not had:
        return
    yield ""
    rows = [[WITH_EFFECT[language], *(VERDICTS[verdict][1][language] for verdict in Verdict)]]
    rows += [
        [effect.text[language], *(counted(of[verdict], language) for verdict in Verdict)]
        for effect, of in had.items()
    ]
    first, *others = columns(rows)
    yield first.removeprefix("  ")
    yield from others


def mixture_line(judged: PatientSpace, numbers: Numbers, word: int, language: Language) -> str:
    """A mixture of a space in a line: its verdict, its products, and what moves the verdict."""
    planes = judged.space.planes
    names = " + ".join(name(judged.space.products[n].name, language) for n in numbers)
    verdict = verdict_said(planes.verdict(word), language)
    said = objections_said(objections(planes, word), language)
    return f"{verdict}{COLON[language]}{names}{f' [{said}]' if said else ''}"
