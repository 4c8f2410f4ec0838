"""How many mixtures of a formulary have each verdict, by rule and by effect."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from mesomix.formulary.formulary import Formulary
from mesomix.model import Product
from mesomix.planes import SURE, UNSURE, WIDTH
from mesomix.report import Data, Rules, Verdict
from mesomix.request import Patient
from mesomix.rulebook import Rulebook
from mesomix.rules import RULES
from mesomix.shown import Shown
from mesomix.space.counting import Sizes, less, members
from mesomix.space.patient_space import PatientSpace
from mesomix.space.space import Space
from mesomix.vocabulary import SEVERITIES, Effect, Severity

_WAYS: Final[dict[int, tuple[Severity, bool]]] = {
    start + grade: (severity, certain)
    for start, certain in ((SURE, True), (UNSURE, False))
    for grade, severity in enumerate(SEVERITIES)
}
"""How bad it is and whether the rule is sure, by the place of a bit among those of a rule."""


@dataclass(frozen=True, slots=True)
class RuleCount:
    """In how many mixtures a rule says something, in one way."""

    rule: str
    severity: Severity
    certain: bool | None
    """True where it is sure, False where it cannot tell, None where it could not run and might have
    moved the verdict; `severity` is then the worst that it can say."""
    mixtures: int


@dataclass(frozen=True, slots=True)
class Census(Shown):
    """All mixtures of one, two and three different products, by what the rules say of them.

    A mixture of which two rules speak is counted for each; one that covers two effects as well.
    """

    described: bool
    """Whether it is for a patient. Without one, no rule about any ran."""
    products: int
    total: int
    verdicts: Mapping[Verdict, int]
    sizes: Mapping[Verdict, Sizes]
    """The same for mixtures of one product, of two, and of three."""
    rules: tuple[RuleCount, ...]
    """In the order of the rulebook; the worst first, and what is sure before what is not."""
    effects: Mapping[Effect, Mapping[Verdict, int]]
    """Of the mixtures that cover an effect: those in which at least one product has it."""
    data: Data
    """What the counts rest on."""
    rulebook: Rules

    def as_dict(self) -> dict[str, Any]:
        """The same in plain dicts, lists, texts and numbers, as JSON has them."""
        return asdict(self) | {
            "verdicts": _plain(self.verdicts),
            "sizes": {verdict.value: list(sizes) for verdict, sizes in self.sizes.items()},
            "rules": [asdict(rule) for rule in self.rules],
            "effects": {effect.value: _plain(of) for effect, of in self.effects.items()},
        }


def _plain(counts: Mapping[Verdict, int]) -> dict[str, int]:
    return {verdict.value: count for verdict, count in counts.items()}


def census(
    formulary: Formulary,
    patient: Patient | None = None,
    *,
    rules: Rulebook = RULES,
    products: Iterable[Product] | None = None,
) -> Census:
    """How many mixtures of one, two and three products have each verdict, for `patient`.

    Exact, and no mixture is visited. Without `products`, of those of the formulary, each in an
    unknown specialty. For several patients, make one `Space` and ask `census_of` for each.
    Raises what `Space` and `Space.of` raise.
    """
    return census_of(Space(formulary, rules, products=products), patient)


def census_of(space: Space, patient: Patient | None = None) -> Census:
    """How many mixtures of `space` have each verdict, for `patient`; errors as of `Space.of`."""
    judged = space.of(patient)
    sizes = judged.verdicts()
    edition = space.edition
    return Census(
        described=patient is not None,
        products=len(space.products),
        total=sum(space.sizes),
        verdicts={verdict: sum(counts) for verdict, counts in sizes.items()},
        sizes=sizes,
        rules=tuple(_by_rule(judged)),
        effects=_by_effect(judged, sizes),
        data=Data(edition.version, edition.sha256, edition.bdpm),
        rulebook=space.planes.rulebook.digest,
    )


def _by_rule(judged: PatientSpace) -> Iterable[RuleCount]:
    rules = tuple(judged.space.planes.rulebook)
    for bit in members(judged.said()):
        mixtures = sum(less(judged.space.sizes, judged.clean(1 << bit)))
        if mixtures:
            rule, way = rules[bit // WIDTH], bit % WIDTH
            grade, certain = _WAYS.get(way, (rule.severity, None))
            yield RuleCount(rule.id, grade, certain, mixtures)


def _by_effect(
    judged: PatientSpace, sizes: Mapping[Verdict, Sizes]
) -> dict[Effect, dict[Verdict, int]]:
    space = judged.space
    found: dict[Effect, dict[Verdict, int]] = {}
    for effect, having in space.effects.items():
        without = judged.verdicts(space.everything & ~having)
        found[effect] = {
            verdict: sum(less(counts, without[verdict])) for verdict, counts in sizes.items()
        }
    return found
