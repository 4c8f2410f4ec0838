"""The one law of the planes: whatever is asked, they answer as `check` does."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from random import Random
from typing import Final

import mesomix
from mesomix.planes import Planes
from mesomix.report import ANOTHER_QUESTION
from mesomix.request import mixture_of

FORMULARY: Final = mesomix.load()
NAMES: Final = [
    *[name for product in FORMULARY.products.values() for name in (product.id, product.name.fr)],
    *[specialty.name.fr for specialty in FORMULARY.specialties.values()],
    *("Vit E Nepalm®", "kétoprofène", "Kenacort", "lidocaïne", "xyz", "Miorel zorg", ""),
    *("procaïne + Miorel", "Miorel 3 ml", "lidocaïne 25 ml", "1/2 ampoule de Piroxicam Teva"),
    *("Mag 2", "Laroscorbine", "Célestène"),
]
ALLERGIES: Final = [
    *("AINS", "aspirine", "sulfites", "sulfamides", "parabènes", "lidocaïne", "procaïne ?"),
    *("alcool benzylique", "Cremophor", "colchicine", "Dicynone", "latex", "zorglub", "iode"),
    *("pas d'allergie à l'iode", "Miorel", "péni (choc), latex ?", "TRUE TEST"),
]
_CITES: Final = [mesomix.Citation("house-rules", "H1", "Une liste vide n'est pas une réponse.")]
Asked = tuple[mesomix.Mixture, mesomix.Patient | None]


def _own(function: object, severity: mesomix.Severity, **options: object) -> mesomix.Rule:
    made = mesomix.rule(severity, fr="x", en="x", cites=_CITES, **options)  # type: ignore[arg-type]
    return made(function)  # type: ignore[arg-type]


def _alone(mixture: mesomix.Mixture) -> mesomix.Flags:
    """A product alone."""
    if isinstance(mixture, mesomix.Mixture) and mixture.count == 1:
        yield mesomix.flag()


def _ours_together(mixture: mesomix.Mixture) -> mesomix.Flags:
    """Two products of ours."""
    if {"procaine", "thiocolchicoside"} <= {product.id for product in mixture.products}:
        yield mesomix.flag()


def _short_names(a: mesomix.Product, b: mesomix.Product) -> mesomix.Flags:
    """Two short names."""
    if len(a.id) + len(b.id) < 18:
        yield mesomix.unsure()


def _same_effect(a: mesomix.Product, b: mesomix.Product) -> mesomix.Flags:
    """Two products of one effect."""
    for effect in a.effects & b.effects:
        yield mesomix.flag(severity=mesomix.Severity.NOTE if effect.value == "scar" else None)


def _not_denied(fact: mesomix.Fact) -> mesomix.Flags:
    """A no that matters, and a yes that is doubtful."""
    if fact.condition.id == "atopy":
        yield mesomix.unsure() if fact.answer is mesomix.Answer.YES else mesomix.flag()


def _product_and_no(product: mesomix.Product, fact: mesomix.Fact) -> mesomix.Flags:
    """A no that matters to a product."""
    denied = fact.condition.id == "pregnancy" and fact.answer is mesomix.Answer.NO
    if denied and mesomix.Effect.ANALGESIC in product.effects:
        yield mesomix.flag(severity=mesomix.Severity.REVIEW)


def _effects(product: mesomix.Product) -> frozenset[mesomix.Effect]:
    return product.effects


REFUSE, REVIEW, NOTE = mesomix.Severity
BOOKS: Final = {
    "shipped": mesomix.RULES,
    "one-rule": mesomix.Rulebook([mesomix.RULES["known-allergy"]]),
    "clinic": mesomix.Rulebook(
        [
            _own(_alone, REVIEW),
            _own(_short_names, REFUSE),
            *[
                replace(rule, severity=NOTE) if n % 5 == 0 else rule
                for n, rule in enumerate(mesomix.RULES)
            ],
            _own(
                _same_effect,
                REFUSE,
                meeting=(_effects, _effects),
            ),
            _own(_not_denied, REFUSE),
            _own(_product_and_no, REFUSE),
        ]
    ),
    "whole-mixtures": mesomix.Rulebook([*mesomix.RULES, _own(_ours_together, REFUSE)]),
}


def asked_at_random(random: Random) -> Asked:
    """A mixture, and a patient or none."""
    mixture = FORMULARY.mixture(
        *random.choices(NAMES, k=random.randint(0, 4)),
        effects=random.choice([(), (), (mesomix.Effect.SCAR,)]),
        per_day=random.choice([None, None, None, ["Miorel 4 ml"]]),
    )
    if random.random() < 0.1:
        return mixture, None
    facts = {key: True for key in FORMULARY.conditions if random.random() < 0.1}
    if random.random() < 0.5:
        for key, condition in FORMULARY.conditions.items():
            denied = random.random() < 0.3 and not condition.implied and key not in facts
            implied = any(key in FORMULARY.conditions[yes].implied for yes in facts)
            facts |= {key: False} if denied and not implied else {}
    chosen = random.choice([None, random.sample(ALLERGIES, random.randint(0, 3))])
    nothing_else = random.random() < 0.5
    return mixture, FORMULARY.patient(allergies=chosen, facts=facts, nothing_else=nothing_else)


def differences(planes: Planes, asked: Asked) -> Iterator[str]:
    """Where what `planes` say differs from what `check` says; nothing where they agree."""
    report = planes.rulebook.check(*asked)
    word = planes.word(*asked)
    open_rules = {
        skipped.rule
        for skipped in report.not_checked
        if skipped.severity is not NOTE and skipped.reason not in ANOTHER_QUESTION
    }
    if planes.verdict(word) is not report.verdict:
        yield "verdict"
    if planes.findings(word) != {(f.rule, f.severity, f.certain) for f in report.findings}:
        yield "findings"
    if planes.open_rules(word) != open_rules:
        yield "open rules"
    mixture, patient = asked
    listed = planes.listed(len(mixture.products))
    if mixture.plain and listed is not None and _combined(planes, mixture, patient, listed) != word:
        yield "combination"


def _combined(
    planes: Planes, mixture: mesomix.Mixture, patient: mesomix.Patient | None, word: int
) -> int:
    """The word of a plain mixture, out of the words of its atoms alone."""
    products = mixture.products
    for product in products:
        word |= planes.product(product) | planes.met(product, patient)
        word |= planes.mixed(product) if len(products) > 1 else 0
    for pair in planes.pairs(products).values():
        word |= pair
    for pair in combinations(range(len(products)), 2):
        said = planes.pair(*[products[position] for position in pair])
        assert said == planes.pairs(products).get(pair, 0)
    beside = planes.beside_allergies(products)
    for allergy in patient.recognised if patient else ():
        said_beside = beside.words(allergy)
        for position, product in enumerate(products):
            said = planes.product_allergy(product, allergy)
            assert said == said_beside.get(position, 0)
    assert mixture_of(products, mixture.edition).plain
    return word | planes.patient(patient)
