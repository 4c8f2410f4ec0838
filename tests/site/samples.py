"""What the tests of pages look at, and what the pictures show: one card of each kind, and more."""

from collections.abc import Callable, Mapping
from typing import Final

import mesomix
from mesomix import Formulary, Report, space, view
from mesomix.shown import Card

COMMON: Final = ("Procaïne Lavoisier 2 % 2 ml", "Miorel", "Dicynone")
"""A common check: three products, a patient who was asked about, and a refusal."""
LANGUAGES: Final = ("fr", "en")

_ALL: Final = (
    *("Mésocaïne", "Procaïne", "Piroxicam Teva", "Calcitonine", "Miorel", "Maginjectable"),
    *("Dicynone", "Laroscorbine", "Vitamine E"),
)


def common(formulary: Formulary) -> Report:
    """The report of a common check."""
    patient = formulary.patient(allergies=["sulfites"], nothing_else=True)
    return mesomix.check(formulary.mixture(*COMMON), patient)


def reports(formulary: Formulary) -> dict[str, Report]:
    """Reports of each verdict, of nothing, and of more than anybody would ask."""
    nobody = formulary.patient(allergies=[], nothing_else=True)
    everything = formulary.patient(
        allergies=["sulfites", "lidocaïne", "AINS", "magnésium", "latex", "aspirine", "xyz"],
        facts=dict.fromkeys(formulary.conditions, True),
    )
    amounts = [f"{name} 2 ml" for name in _ALL]
    asked = {
        "review": (formulary.mixture("Mésocaïne", "Zorgal 2 ml"), formulary.patient()),
        "no-objection": (
            formulary.mixture("Procaïne Lavoisier 2 % 2 ml", "Maginjectable 2 ml"),
            nobody,
        ),
        "nothing": (formulary.mixture(), None),
        "many": (formulary.mixture(*amounts, "Kenacort", "Zorgal"), everything),
    }
    checked = {name: mesomix.check(*question) for name, question in asked.items()}
    return {"refuse": common(formulary), **checked}


def shown(formulary: Formulary, other: Formulary) -> Mapping[str, Callable[[str], Card]]:
    """By name, what makes each kind of card in a language; `other` is there to differ."""
    patient = formulary.patient(allergies=["sulfites"], nothing_else=True)
    mixture = formulary.mixture(*COMMON)
    things = {
        **reports(formulary),
        "formulary": formulary,
        "other-formulary": other,
        "mixture": mixture,
        "product": formulary.find("Miorel"),
        "census": space.census(formulary, patient),
        "shadow": space.shadow(patient, formulary),
        "gaps": space.gaps(formulary, patient),
        "repairs": space.repairs(mixture, patient, formulary=formulary),
        "diff": space.diff(formulary, other),
    }
    cards: dict[str, Callable[[str], Card]] = {name: one.card for name, one in things.items()}
    cards["effects"] = lambda language: view.effects_chart(formulary, language)
    cards["pairs"] = lambda language: view.pair_matrix(formulary, language)
    return cards


KINDS: Final = (
    *("refuse", "review", "no-objection", "nothing", "many", "formulary", "other-formulary"),
    *("mixture", "product", "census", "shadow", "gaps", "repairs", "diff", "effects", "pairs"),
)
"""The names of `shown`."""
