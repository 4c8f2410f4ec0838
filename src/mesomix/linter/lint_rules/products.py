"""Lint rules of products: effects, forms, and what a substance is said to be bad for."""

from collections.abc import Iterator
from typing import Final

from mesomix.evidence import Text
from mesomix.formulary.paths import Path
from mesomix.formulary.schema import ProductTable, SpecialtyTable
from mesomix.linter.diagnostic import LintSeverity
from mesomix.linter.lint_rule import Problems, lint_rule
from mesomix.linter.tables import CORTICOSTEROID, Data
from mesomix.names import words
from mesomix.vocabulary import NOT_INJECTED, Effect, Severity

ATC_OF_EFFECTS: Final = {
    Effect.ANALGESIC: ("N01", "N02", "M01"),
    Effect.ANTI_INFLAMMATORY: ("M01", "M02", "H05BA"),
    Effect.DECONTRACTURANT: ("M03", "A12CC"),
    Effect.ANTI_OEDEMA: ("B02BX", "A12CC", "C05"),
    Effect.SCAR: ("A11", "A12CC", "B05XC", "D03"),
    Effect.BONE_CARTILAGE: ("H05BA", "M05", "M09", "A11CC", "A12"),
    Effect.VASODILATOR: ("C04",),
    Effect.DRAINING: ("C03", "C05"),
}
"""The ATC classes (WHO) that go with an effect. Those of the nine products are as `chan` lists them
(section 5); the others are ours, by the names of WHO's classes."""

ATC_THAT_SAYS_AN_EFFECT: Final = {
    "N01B": Effect.ANALGESIC,
    "M01A": Effect.ANTI_INFLAMMATORY,
    "M03": Effect.DECONTRACTURANT,
    "M05B": Effect.BONE_CARTILAGE,
    "C04A": Effect.VASODILATOR,
}
"""ATC classes whose names (local anaesthetics; antiinflammatory products, non-steroids; muscle
relaxants; drugs affecting bone structure; peripheral vasodilators) leave no doubt of an effect."""

FORMS_NOT_INJECTED: Final = frozenset(
    {
        *{"application", "auriculaire", "buvable", "capsule", "capsules", "collutoire", "collyre"},
        *{"comprime", "comprimes", "compresse", "creme", "dentifrice", "emplatre", "gel", "gelule"},
        *{"gelules", "gomme", "granules", "inhalation", "instillation", "lavage", "lotion"},
        *{"lyophilisat", "mousse", "nasale", "ophtalmique", "orodispersible", "ovule", "ovules"},
        *{"pansement", "pastille", "patch", "pate", "pommade", "pulverisation", "shampooing"},
        *{"sirop", "suppositoire", "suppositoires", "tisane", "transdermique", "vernis"},
    }
)
"""Words of BDPM's forms, without accents, of what is swallowed or applied."""

FORMS_INJECTED: Final = frozenset({"injectable", "parenteral", "perfusion"})
"""Words of BDPM's forms, without accents, of what is injected, whatever else it is."""


@lint_rule(
    LintSeverity.ERROR,
    fr="{product} est ou contient un corticoïde ({substance}) et déclare un effet",
    en="{product} is or holds a corticosteroid ({substance}) and declares an effect",
    help_fr="jamais de corticoïde en mésothérapie : retirez les effets, ou corrigez la substance",
    help_en="never a corticosteroid in mesotherapy: take the effects away, or mend the substance",
)
def corticosteroid_with_effect(data: Data) -> Problems:
    """A product that is or holds a corticosteroid declares an effect."""
    for key, product in data.tables.products.items():
        path = ("products", key)
        for place, substance in _held(path, product):
            if product.effects and _is_corticosteroid(data, substance):
                yield corticosteroid_with_effect.problem(
                    *place, others=((*path, "effects"),), product=product.text, substance=substance
                )


def _held(path: Path, product: ProductTable) -> Iterator[tuple[Path, str]]:
    """The substances of `product`, active and excipients, and where it names them."""
    for number, substance in enumerate(product.substances):
        yield (*path, "substances", number), substance
    for key, specialty in product.specialties.items():
        if specialty.excipients:
            step = (*path, "specialties", key, "excipients")
            for listed in ("present", "possible"):
                for number, substance in enumerate(getattr(specialty.excipients, listed)):
                    yield (*step, listed, number), substance


def _is_corticosteroid(data: Data, key: str) -> bool:
    substance = data.tables.substances.get(key)
    if substance is None:
        return False
    groups = {group for atc in substance.atc for group in data.groups_of(atc)}
    return CORTICOSTEROID in groups.union(substance.groups)


@lint_rule(
    LintSeverity.WARNING,
    fr="{product} n'a aucun effet",
    en="{product} has no effect",
    help_fr="déclarez l'effet que dit la source, ou retirez le produit",
    help_en="declare the effect that the source says, or take the product away",
)
def product_without_effect(data: Data) -> Problems:
    """A product that is no corticosteroid declares no effect: nobody can ask for it by effect."""
    for key, product in data.tables.products.items():
        if not product.effects and not any(
            _is_corticosteroid(data, substance) for substance in product.substances
        ):
            yield product_without_effect.problem("products", key, "effects", product=product.text)


@lint_rule(
    LintSeverity.WARNING,
    fr="{product} ({atc}) déclare {effect}, ce que sa classe ATC ne dit pas",
    en="{product} ({atc}) declares {effect}, which its ATC class does not say",
    help_fr="vérifiez la substance et l'effet ; si la source le dit, suppression et raison",
    help_en="check the substance and the effect; if the source says so, a suppression and a reason",
)
def effect_unlike_atc(data: Data) -> Problems:
    """A product declares an effect that goes with none of its ATC classes."""
    for key, product in data.tables.products.items():
        classes = list(data.atc_of(product))
        for number, effect in enumerate(product.effects):
            if classes and not any(atc.startswith(ATC_OF_EFFECTS[effect]) for atc in classes):
                path = ("products", key, "effects", number)
                listed = ", ".join(classes)
                problem = effect_unlike_atc.problem
                yield problem(*path, product=product.text, atc=listed, effect=effect.text)


@lint_rule(
    LintSeverity.WARNING,
    fr="{product} est de la classe {atc} et ne déclare pas {effect}",
    en="{product} is of class {atc} and does not declare {effect}",
    help_fr="vérifiez la substance et l'effet ; si la source le veut, suppression et raison",
    help_en="check substance and effect; if the source has it so, a suppression and a reason",
)
def effect_of_atc_missing(data: Data) -> Problems:
    """A product does not declare the effect that its ATC class says."""
    for key, product in data.tables.products.items():
        for atc in data.atc_of(product):
            for known, effect in ATC_THAT_SAYS_AN_EFFECT.items():
                if atc.startswith(known) and product.effects and effect not in product.effects:
                    path = ("products", key, "effects")
                    problem = effect_of_atc_missing.problem
                    yield problem(*path, product=product.text, atc=atc, effect=effect.text)


@lint_rule(
    LintSeverity.WARNING,
    fr="« {form} » ne s'injecte pas",
    en="{form!r} is not injected",
    help_fr="choisissez une forme injectable ; si elle figure pour être refusée, suppression",
    help_en="choose a form that is injected; if it stands there to be refused, a suppression",
)
def form_not_injected(data: Data) -> Problems:
    """The form, or each route, of a specialty is one by which nothing is injected."""
    for path, specialty in data.specialties():
        if is_form_not_injected(specialty.form):
            yield form_not_injected.problem(*path, "form", form=specialty.form)
        elif NOT_INJECTED.issuperset(specialty.routes):
            yield form_not_injected.problem(*path, "routes", form=_routes(specialty))


@lint_rule(
    LintSeverity.WARNING,
    fr="« {form} » ne s'injecte pas, et {route} est une voie d'injection",
    en="{form!r} is not injected, and {route} is a route of injection",
    help_fr="recopiez la forme et les voies de la BDPM : l'une des deux est d'un autre médicament",
    help_en="copy the form and the routes from BDPM: one of them is another medicine's",
)
def routes_unlike_form(data: Data) -> Problems:
    """A specialty whose form is not injected has a route of injection."""
    for path, specialty in data.specialties():
        if is_form_not_injected(specialty.form):
            for number, route in enumerate(specialty.routes):
                if route not in NOT_INJECTED:
                    yield routes_unlike_form.problem(
                        *path,
                        "routes",
                        number,
                        others=((*path, "form"),),
                        form=specialty.form,
                        route=route.text,
                    )


def is_form_not_injected(form: str) -> bool:
    """Whether `form` says that it is swallowed or applied, and does not say that it is injected."""
    said = frozenset(words(form))
    return bool(said & FORMS_NOT_INJECTED) and not said & FORMS_INJECTED


def _routes(specialty: SpecialtyTable) -> Text:
    texts = [route.text for route in specialty.routes]
    return Text(", ".join(text.fr for text in texts), ", ".join(text.en for text in texts))


@lint_rule(
    LintSeverity.WARNING,
    fr='« {condition} » a ici severity = "review", et « {other} » "refuse"',
    en='{condition!r} has severity = "review" here, and {other!r} "refuse"',
    help_fr="qui a l'une a l'autre : la plus sévère l'emporte ; gardez celle que dit la source",
    help_en="who has the one has the other: the more severe one wins; keep what the source says",
)
def contradictory_contraindications(data: Data) -> Problems:
    """A substance has one condition in two severities, or a narrower one that is milder."""
    for key, substance in data.tables.substances.items():
        path: Path = ("substances", key, "contraindications")
        listed = list(enumerate(substance.contraindications or ()))
        refused = {
            c.condition: number for number, c in listed if c.severity == Severity.REFUSE.value
        }
        for number, milder in listed:
            if milder.severity == Severity.REVIEW.value:
                for worse in sorted(data.implied(milder.condition) & refused.keys()):
                    yield contradictory_contraindications.problem(
                        *path,
                        number,
                        "severity",
                        others=((*path, refused[worse], "severity"),),
                        condition=milder.condition,
                        other=worse,
                    )
