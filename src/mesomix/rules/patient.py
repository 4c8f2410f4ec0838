"""Rules about a product and a patient, and about the patient's allergies."""

from typing import Final

from mesomix.evidence import Citation, Text
from mesomix.model import Allergy, Fact, Product, Reach, Substance
from mesomix.rule import Flags, did_you_mean, flag, rule, unsure
from mesomix.rules.sources import (
    CHAN,
    CHAN_CONTRAINDICATIONS,
    HOUSE,
    INPHYSIO,
    INPHYSIO_PRECAUTIONS,
    NOTICE,
)
from mesomix.vocabulary import AllergyState, Answer, Severity

_STATEMENTS: Final = {
    Severity.REFUSE: Text("contre-indication", "contraindication"),
    Severity.REVIEW: Text("précaution", "precaution"),
    Severity.NOTE: Text("à savoir", "worth knowing"),
}


@rule(
    Severity.REFUSE,
    fr="{product} contient : {substance} ; allergie déclarée : {allergy}.",
    en="{product} contains {substance}; declared allergy: {allergy}.",
    cites=[
        CHAN(
            "Allergie à un composant injecté",
            place=CHAN_CONTRAINDICATIONS,
            fr="l'allergie à un composant est une contre-indication",
            en="an allergy to a component is a contraindication",
        ),
        NOTICE(
            "une allergie, un malaise, une infection ou même un choc anaphylactique",
            place="Quels sont les risques ?",
            fr="une allergie est toujours possible",
            en="an allergy is always possible",
        ),
        INPHYSIO(
            "Il existe des cas d’allergies aux substances injectées",
            place=INPHYSIO_PRECAUTIONS,
            fr="des allergies aux substances injectées existent",
            en="there are allergies to injected substances",
        ),
    ],
)
def known_allergy(product: Product, allergy: Allergy) -> Flags:
    """An allergy of the patient names something in a product, or reaches it by a label's word."""
    reaches = allergy.reaches
    for substance, present in product.contents:
        reach = reaches.get(substance.id)
        if reach is not None and reach.stated:
            say = unsure if allergy.doubtful or not present else flag
            yield say(substance=substance.name, cites=_proof(product, substance, reach))


def _proof(product: Product, substance: Substance, reach: Reach) -> list[Citation]:
    """What says that the product holds the substance, and that the allergy reaches it."""
    found: list[Citation] = []
    for specialty in product.specialties:
        citation = specialty.excipients_citation
        if substance in specialty.excipients or substance in specialty.possible_excipients:
            found += [citation] if citation and citation not in found else []
    return [*found, reach.citation] if reach.citation and reach.citation not in found else found


@rule(
    Severity.REVIEW,
    fr="{product} contient : {substance} ; réaction croisée possible avec l'allergie : {allergy}.",
    en="{product} contains {substance}; it may cross-react with the declared allergy: {allergy}.",
    cites=[
        HOUSE(
            "Une réaction croisée possible est une question, pas un refus.",
            place="H6",
            fr="une preuve plus faible est à revoir",
            en="weaker evidence asks for a review",
        )
    ],
)
def possible_cross_allergy(product: Product, allergy: Allergy) -> Flags:
    """Evidence weaker than a label holds that the patient's allergy may reach a product."""
    reaches = allergy.reaches
    for substance in product.substances:
        reach = reaches.get(substance.id)
        if reach is not None and reach.evidence is None:
            return  # the patient reacted to this very substance, which known-allergy says
    for substance, present in product.contents:
        reach = reaches.get(substance.id)
        if reach is not None and not reach.stated:
            say = unsure if allergy.doubtful or not present else flag
            yield say(substance=substance.name, cites=_proof(product, substance, reach))
    if allergy.culprit_unknown:
        for excipient in (*product.excipients, *product.possible_excipients):
            if excipient.id not in reaches and not excipient.inert:
                yield unsure(substance=excipient.name)


@rule(
    Severity.REVIEW,
    fr="Les excipients de {product} ne sont pas tous connus : « {allergy} » n'a pas pu y être"
    " cherché.",
    en="Not all excipients of {product} are known: “{allergy}” could not be looked for there.",
    cites=[
        HOUSE(
            "Une liste d'excipients que personne n'a lue n'est pas une liste vide.",
            place="H2",
            fr="des excipients inconnus sont une question",
            en="unknown excipients are a question",
        )
    ],
)
def composition_unknown(product: Product, allergy: Allergy) -> Flags:
    """The patient has an allergy, and nobody has read the whole list of a product's excipients."""
    if product.excipients_complete:
        return
    reaches = allergy.reaches
    for substance, present in product.contents:
        if present and substance.id in reaches:
            return  # which one of the rules above says
    yield flag()


@rule(
    Severity.REVIEW,
    fr="{allergy} : aucune liste d'excipients ne dit ce qu'il y a dans le matériel et"
    " l'antiseptique.",
    en="{allergy}: no list of excipients tells what the equipment and the antiseptic hold.",
    cites=[
        HOUSE(
            "Le latex, le nickel",
            place="H10",
            fr="ce que mesomix ne voit pas est une question",
            en="what mesomix does not see is a question",
        )
    ],
)
def allergen_outside_mixture(allergy: Allergy) -> Flags:
    """The patient has an allergy to what may be in the equipment or in the antisepsis."""
    if allergy.outside_composition:
        yield flag()


@rule(
    Severity.REVIEW,
    fr="« {unknown_allergy} » n'est pas une allergie reconnue : elle n'a été cherchée nulle"
    " part.{hint}",
    en="“{unknown_allergy}” is not a recognised allergy: it was looked for nowhere.{hint}",
    cites=[
        HOUSE(
            "Une allergie que mesomix ne comprend pas n'est pas écartée.",
            place="H1",
            fr="une allergie non reconnue est une question",
            en="an unrecognised allergy is a question",
        )
    ],
)
def unrecognised_allergy(unknown_allergy: Allergy) -> Flags:
    """A declared allergy names nothing that mesomix knows."""
    if unknown_allergy.state is AllergyState.NOT_RECOGNISED:
        yield flag(hint=did_you_mean(unknown_allergy.suggestion))


@rule(
    Severity.REVIEW,
    fr="Les allergies n'ont pas été demandées.",
    en="Nobody asked about allergies.",
    cites=[
        INPHYSIO(
            "signaler tout problème de santé, traitement en cours ou allergie",
            place=INPHYSIO_PRECAUTIONS,
            fr="toute allergie doit être signalée avant la séance",
            en="every allergy has to be reported before the session",
        )
    ],
)
def allergies_not_asked(unknown_allergy: Allergy) -> Flags:
    """Nobody asked about allergies, which is not the same as no known allergy."""
    if unknown_allergy.state is AllergyState.NOT_ASKED:
        yield flag()


def _contraindicating(product: Product) -> list[str]:
    held = [substance.contraindications or () for substance, _ in product.contents]
    return [found.condition for of_one in held for found in of_one]


def _affirmed(fact: Fact) -> list[str]:
    return [fact.condition.id] if fact.answer is Answer.YES else []


@rule(
    Severity.REFUSE,
    fr="{product} ({substance}), {statement} : {fact}.",
    en="{product} ({substance}), {statement}: {fact}.",
    cites=[
        CHAN(
            "Contre-indications",
            place=CHAN_CONTRAINDICATIONS,
            fr="les contre-indications dépendent aussi des produits",
            en="contraindications depend on the products as well",
        )
    ],
    meeting=(_contraindicating, _affirmed),
)
def product_contraindicated(product: Product, fact: Fact) -> Flags:
    """A label, or another source of the data, speaks against a product in a condition."""
    if fact.answer is not Answer.YES:
        return
    condition = fact.condition.id
    for substance, present in product.contents:
        for found in substance.contraindications or ():
            if found.condition == condition:
                say = flag if present else unsure
                yield say(
                    severity=found.severity,
                    substance=substance.name,
                    statement=_STATEMENTS[found.severity],
                    cites=[found.citation],
                )
