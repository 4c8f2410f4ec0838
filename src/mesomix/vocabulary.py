"""The words of the field that never change from one formulary to the next."""

from enum import Enum, StrEnum
from typing import Final

from mesomix.evidence import Text


class Severity(StrEnum):
    """How bad it is when a rule objects. How sure the rule is, is `Finding.certain`."""

    REFUSE = "refuse"
    REVIEW = "review"
    NOTE = "note"
    """What a reader should know, and what changes no verdict."""


SEVERITIES: Final = tuple(Severity)
"""The worst first."""


class Answer(StrEnum):
    """The answer to a question about the patient; what was not asked has none."""

    YES = "yes"
    NO = "no"


class MatchedBy(StrEnum):
    """How a written name was recognised."""

    EXACT = "exact"
    """The name itself, to the letter."""
    FOLDED = "folded"
    """The name itself, but for case, accents, dashes and the like."""
    SYNONYM = "synonym"
    BRAND = "brand"
    SPECIALTY = "specialty"
    CODE = "code"
    """A CIS or CIP13 code."""
    INSIDE = "inside"
    """One of these, within a longer text."""


class AllergyState(StrEnum):
    """What is known of one declared allergy."""

    RECOGNISED = "recognised"
    DOUBTFUL = "doubtful"
    """Recognised, and declared with a doubt: "pénicilline ?"."""
    NEGATED = "negated"
    """Denied: "pas d'allergie à la pénicilline", "aucune allergie connue"."""
    NOT_RECOGNISED = "not-recognised"
    NOT_ASKED = "not-asked"


class _Named(Enum):
    """A word with its name in both languages."""

    _value_: str
    text: Text

    def __new__(cls, value: str, fr: str) -> "_Named":
        member = object.__new__(cls)
        member._value_ = value
        member.text = Text(fr, value)
        return member


class Effect(_Named):
    """An effect that is sought with a mixture (document `chan`, sections 2 and 5)."""

    ANALGESIC = "analgesic", "antalgique"
    ANTI_INFLAMMATORY = "anti-inflammatory", "anti-inflammatoire"
    DECONTRACTURANT = "decontracturant", "décontracturant"
    ANTI_OEDEMA = "anti-oedema", "anti-œdème"
    SCAR = "scar", "cicatrice"
    BONE_CARTILAGE = "bone-cartilage", "os-cartilage"
    VASODILATOR = "vasodilator", "vasodilatateur"
    DRAINING = "draining", "drainant"


class MarketState(_Named):
    """Whether a specialty can be had in France, as BDPM states it."""

    MARKETED = "marketed", "commercialisé"
    STOPPED = "stopped", "arrêté"
    """It is still registered, and is no longer sold."""
    WITHDRAWN = "withdrawn", "retiré"
    """It is no longer registered."""


class Route(_Named):
    """A route of administration, in English and in the French words of BDPM."""

    CUTANEOUS = "cutaneous", "cutanée"
    EPIDURAL = "epidural", "péridurale"
    INFILTRATION = "infiltration", "infiltration"
    INTRAARTERIAL = "intraarterial", "intraartérielle"
    INTRAARTICULAR = "intraarticular", "intraarticulaire"
    INTRADERMAL = "intradermal", "intradermique"
    INTRALESIONAL = "intralesional", "intralésionnelle"
    INTRAMUSCULAR = "intramuscular", "intramusculaire"
    INTRAVENOUS = "intravenous", "intraveineuse"
    ORAL = "oral", "orale"
    PERIARTICULAR = "periarticular", "périarticulaire"
    PERINEURAL = "perineural", "périneurale"
    SUBCUTANEOUS = "subcutaneous", "sous-cutanée"


NOT_INJECTED: Final = frozenset({Route.CUTANEOUS, Route.ORAL})
"""The routes by which nothing is injected."""
