"""What the allergies and the conditions of a patient take away, effect by effect."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from mesomix.formulary.formulary import Formulary
from mesomix.model import Product
from mesomix.report import Data, Rules, Verdict
from mesomix.request import AnsweredFact, Edition, Patient
from mesomix.rulebook import Rulebook
from mesomix.rules import RULES
from mesomix.shown import Shown
from mesomix.space.census import Census, census_of
from mesomix.space.counting import members
from mesomix.space.objection import Objection, objections
from mesomix.space.patient_space import PatientSpace
from mesomix.space.space import Space
from mesomix.vocabulary import Answer, Effect


@dataclass(frozen=True, slots=True)
class Shaded:
    """A product of which something is said for the patient that is not said for others."""

    product: Product
    verdict: Verdict
    """Of the product alone, but for what is said of the patient whatever is mixed."""
    rules: tuple[Objection, ...]
    """What is said of it for the patient only, the worst first."""


@dataclass(frozen=True, slots=True)
class EffectShadow:
    """What happens to the products that have an effect, and that were not refused by themselves."""

    effect: Effect
    refused: tuple[Shaded, ...]
    """Those that are refused for the patient."""
    questioned: tuple[Shaded, ...]
    """Those of which there is a question for the patient, and was none, or a lesser one."""
    left: tuple[Product, ...]
    """Those of which nothing else is said than for others."""
    before: Mapping[Verdict, int]
    """The mixtures that have the effect, for somebody without allergies and conditions."""
    after: Mapping[Verdict, int]
    """The same for the patient."""


@dataclass(frozen=True, slots=True)
class Shadow(Shown):
    """What the allergies and the conditions of a patient take away from a formulary."""

    products: int
    whatever: tuple[Objection, ...]
    """What is said of the patient whatever is mixed; it is not repeated of each product."""
    effects: tuple[EffectShadow, ...]
    """Of each effect that a product has, in the order of `Effect`."""
    without_effect: tuple[Shaded, ...]
    """Of the products that have no effect, those that are refused or questioned for the patient."""
    before: Mapping[Verdict, int]
    """All mixtures by their verdict, for somebody without allergies and conditions."""
    after: Mapping[Verdict, int]
    """The same for the patient."""
    data: Data
    """What the counts rest on."""
    rulebook: Rules

    def as_dict(self) -> dict[str, Any]:
        """The same in plain dicts, lists, texts and numbers, as JSON has them."""
        return {
            "products": self.products,
            "whatever": [asdict(one) for one in self.whatever],
            "before": _plain_counts(self.before),
            "after": _plain_counts(self.after),
            "without_effect": [_plain(shaded) for shaded in self.without_effect],
            "effects": [
                {
                    "effect": one.effect.value,
                    "refused": [_plain(shaded) for shaded in one.refused],
                    "questioned": [_plain(shaded) for shaded in one.questioned],
                    "left": [product.id for product in one.left],
                    "before": _plain_counts(one.before),
                    "after": _plain_counts(one.after),
                }
                for one in self.effects
            ],
            "data": asdict(self.data),
            "rulebook": asdict(self.rulebook),
        }


def _plain(shaded: Shaded) -> dict[str, Any]:
    return {
        "product": shaded.product.id,
        "verdict": shaded.verdict.value,
        "rules": [asdict(one) for one in shaded.rules],
    }


def _plain_counts(counts: Mapping[Verdict, int]) -> dict[str, int]:
    return {verdict.value: count for verdict, count in counts.items()}


def unburdened(edition: Edition) -> Patient:
    """Somebody who was asked about everything: no allergy is known, and no condition is there."""
    facts = tuple(
        AnsweredFact(key, condition.name, Answer.NO)
        for key, condition in edition.conditions.items()
    )
    return Patient(allergies=(), facts=facts, edition=edition)


def shadow(
    patient: Patient,
    formulary: Formulary,
    rules: Rulebook = RULES,
    *,
    products: Iterable[Product] | None = None,
) -> Shadow:
    """What the allergies and the conditions of `patient` take away from `formulary`.

    It is compared with somebody without any (`unburdened`). A condition that was not asked about
    casts a shadow as well: whatever it may object to is questioned. A product is told with the
    rules that say something of it for the patient only; what they say of the patient whatever is
    mixed is told once. Without `products`, of those of the formulary, each in an unknown specialty.

    Raises what `Space` and `Space.of` raise, and TypeError when there is no patient.
    """
    if not isinstance(patient, Patient):
        message = "a shadow is of a patient: pass what formulary.patient(...) returned"
        raise TypeError(message)
    space = Space(formulary, rules, products=products)
    nobody = unburdened(formulary.edition)
    usual, judged = space.of(nobody), space.of(patient)
    whatever = judged.always[0] & ~usual.always[0]
    shaded = {
        number: _shaded(usual, judged, number, whatever) for number in members(space.everything)
    }
    before, after = census_of(space, nobody), census_of(space, patient)
    return Shadow(
        products=len(space.products),
        whatever=objections(space.planes, whatever),
        effects=tuple(
            _effect(effect, before, after, [shaded[number] for number in members(having)])
            for effect, having in space.effects.items()
            if having
        ),
        without_effect=tuple(
            one for one in shaded.values() if one and one.rules and not one.product.effects
        ),
        before=before.verdicts,
        after=after.verdicts,
        data=after.data,
        rulebook=after.rulebook,
    )


def _shaded(usual: PatientSpace, judged: PatientSpace, number: int, whatever: int) -> Shaded | None:
    """What is said of a product for the patient only; None where it is refused for anybody."""
    planes = judged.space.planes
    before, now = usual.word((number,)), judged.word((number,)) & ~whatever
    if before & planes.refusing:
        return None
    return Shaded(
        product=judged.space.products[number],
        verdict=planes.verdict(now),
        rules=objections(planes, now & ~before),
    )


def _effect(
    effect: Effect, before: Census, after: Census, shaded: list[Shaded | None]
) -> EffectShadow:
    usable = [one for one in shaded if one is not None]
    return EffectShadow(
        effect=effect,
        refused=tuple(one for one in usable if one.verdict is Verdict.REFUSE),
        questioned=tuple(one for one in usable if one.rules and one.verdict is not Verdict.REFUSE),
        left=tuple(one.product for one in usable if not one.rules),
        before=before.effects[effect],
        after=after.effects[effect],
    )
