"""Rules about one condition of the patient, whatever is mixed."""

from mesomix.model import Fact
from mesomix.rule import Flags, flag, rule
from mesomix.rules.sources import (
    CHAN,
    CHAN_CONTRAINDICATIONS,
    INPHYSIO,
    INPHYSIO_PRECAUTIONS,
    MARTORY,
)
from mesomix.vocabulary import Severity


@rule(
    Severity.REFUSE,
    fr="Infection cutanée locale : pas d'injection.",
    en="Local skin infection: no injection.",
    cites=[
        CHAN(
            "Infections cutanées locales",
            place=CHAN_CONTRAINDICATIONS,
            fr="l'infection cutanée locale est une contre-indication",
            en="a local skin infection is a contraindication",
        )
    ],
)
def skin_infection(fact: Fact) -> Flags:
    """The skin to be injected is infected."""
    if fact.yes("skin-infection"):
        yield flag()


@rule(
    Severity.REFUSE,
    fr="Trouble de la coagulation : pas d'injection.",
    en="Coagulation disorder: no injection.",
    cites=[
        CHAN(
            "Troubles de la coagulation",
            place=CHAN_CONTRAINDICATIONS,
            fr="un trouble de la coagulation est une contre-indication",
            en="a coagulation disorder is a contraindication",
        )
    ],
)
def coagulation_disorder(fact: Fact) -> Flags:
    """The patient has a coagulation disorder."""
    if fact.yes("coagulation-disorder"):
        yield flag()


@rule(
    Severity.REFUSE,
    fr="Maladie auto-immune en poussée active : pas d'injection.",
    en="Autoimmune disease in active flare: no injection.",
    cites=[
        CHAN(
            "Maladies auto-immunes en poussée active",
            place=CHAN_CONTRAINDICATIONS,
            fr="une poussée auto-immune est une contre-indication",
            en="an autoimmune flare is a contraindication",
        )
    ],
)
def autoimmune_flare(fact: Fact) -> Flags:
    """The patient has an autoimmune disease in an active flare."""
    if fact.yes("autoimmune-flare"):
        yield flag()


@rule(
    Severity.REFUSE,
    fr="Maladie infectieuse : pas d'injection.",
    en="Infectious disease: no injection.",
    cites=[
        INPHYSIO(
            "une maladie infectieuse",
            place=INPHYSIO_PRECAUTIONS,
            fr="une maladie infectieuse est une contre-indication",
            en="an infectious disease is a contraindication",
        )
    ],
)
def infectious_disease(fact: Fact) -> Flags:
    """The patient has an infectious disease."""
    if fact.yes("infectious-disease"):
        yield flag()


@rule(
    Severity.REFUSE,
    fr="Maladie dermatologique : pas d'injection.",
    en="Skin disease: no injection.",
    cites=[
        INPHYSIO(
            "une maladie dermatologique",
            place=INPHYSIO_PRECAUTIONS,
            fr="une maladie de la peau est une contre-indication",
            en="a skin disease is a contraindication",
        )
    ],
)
def skin_disease(fact: Fact) -> Flags:
    """The patient has a skin disease."""
    if fact.yes("skin-disease"):
        yield flag()


@rule(
    Severity.REFUSE,
    fr="Traitement contre le cancer : pas d'injection.",
    en="Cancer treatment: no injection.",
    cites=[
        INPHYSIO(
            "sous traitement contre le cancer",
            place=INPHYSIO_PRECAUTIONS,
            fr="un traitement contre le cancer est une contre-indication",
            en="a cancer treatment is a contraindication",
        )
    ],
)
def cancer_treatment(fact: Fact) -> Flags:
    """The patient is treated for cancer."""
    if fact.yes("cancer-treatment"):
        yield flag()


@rule(
    Severity.REFUSE,
    fr="Traitement par corticoïdes : pas d'injection.",
    en="Corticosteroid treatment: no injection.",
    cites=[
        INPHYSIO(
            "sous corticoïdes",
            place=INPHYSIO_PRECAUTIONS,
            fr="un traitement par corticoïdes est une contre-indication",
            en="a corticosteroid treatment is a contraindication",
        )
    ],
)
def corticosteroid_treatment(fact: Fact) -> Flags:
    """The patient takes corticosteroids, whatever is mixed."""
    if fact.yes("corticosteroid-treatment"):
        yield flag()


@rule(
    Severity.REVIEW,
    fr="Grossesse : à revoir, quels que soient les produits.",
    en="Pregnancy: to be reviewed, whatever the products.",
    cites=[
        INPHYSIO(
            "femmes enceintes",
            place=INPHYSIO_PRECAUTIONS,
            fr="la grossesse est une contre-indication",
            en="pregnancy is a contraindication",
        ),
        CHAN(
            "Grossesse (selon les produits utilisés)",
            place=CHAN_CONTRAINDICATIONS,
            fr="la grossesse en est une selon les produits",
            en="pregnancy is one depending on the products",
        ),
    ],
)
def pregnancy(fact: Fact) -> Flags:
    """The patient is pregnant; where a product's label forbids it, it is refused."""
    if fact.yes("pregnancy"):
        yield flag()


@rule(
    Severity.REVIEW,
    fr="Traitement anticoagulant : à revoir.",
    en="Anticoagulant treatment: to be reviewed.",
    cites=[
        MARTORY(
            "contrindiquée aux patients qui suivent un traitement par anti-coagulants",
            place="La mésothérapie, pour quels patients ?",
            fr="un traitement anticoagulant peut être une contre-indication",
            en="an anticoagulant treatment may be a contraindication",
        )
    ],
)
def anticoagulant(fact: Fact) -> Flags:
    """The patient takes an anticoagulant; where a product's label forbids it, it is refused."""
    if fact.yes("anticoagulant"):
        yield flag()
