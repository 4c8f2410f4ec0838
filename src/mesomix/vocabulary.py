"""The words of the field that never change from one formulary to the next."""

from enum import Enum, StrEnum
from functools import cache
from typing import Final

from mesomix.evidence import Text


class Severity(StrEnum):
    """How bad it is when a rule objects. How sure the rule is, is `Finding.certain`."""

    REFUSE = "refuse"
    REVIEW = "review"
    NOTE = "note"
    """What a reader should know, and what changes no verdict."""

    @property
    def text(self) -> Text:
        """Its name in both languages."""
        return Text({"refuse": "refus", "review": "à revoir"}.get(self, "à savoir"), self.value)


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


@cache
def in_order(effects: frozenset[Effect]) -> tuple[Effect, ...]:
    """The same effects, in the order of `Effect`."""
    return tuple(effect for effect in Effect if effect in effects)


class Per(_Named):
    """What a label's maximum is for."""

    DOSE = "dose", "dose"
    DAY = "day", "jour"


class Unknown(Enum):
    """Why it is not known how much of something a mixture holds."""

    _value_: str
    text: Text

    def __new__(cls, value: str, fr: str, en: str) -> "Unknown":  # noqa: D102 (as of _Named)
        member = object.__new__(cls)
        member._value_ = value
        member.text = Text(fr, en)
        return member

    NOT_WRITTEN = "not-written", "aucune quantité n'est écrite", "no amount is written"
    NOT_READ = (
        "not-read",
        "la quantité n'a pas été comprise",
        "the amount was not understood",
    )
    NOT_SURE = (
        "not-sure",
        "ce qui est écrit peut être une quantité ou un dosage",
        "what is written may be an amount or a strength",
    )
    CONTAINER = (
        "container",
        "la contenance de l'ampoule n'est pas connue",
        "the volume of the ampoule is not known",
    )
    STRENGTH = "strength", "la concentration n'est pas connue", "the strength is not known"
    NOT_TOLD = "not-told", "aucune source n'en donne la quantité", "no source tells its amount"


class MarketState(_Named):
    """Whether a specialty can be had in France, as BDPM states it."""

    MARKETED = "marketed", "commercialisé"
    STOPPED = "stopped", "arrêté"
    """It is still registered, and is no longer sold."""
    WITHDRAWN = "withdrawn", "retiré"
    """It is no longer registered."""


class Route(_Named):
    """A route of administration, in English and in the French words of BDPM."""

    AURICULAR = "auricular", "auriculaire"
    BUCCAL = "buccal", "voie buccale autre"
    BUCCOGINGIVAL = "buccogingival", "buccogingivale"
    CUTANEOUS = "cutaneous", "cutanée"
    DENTAL = "dental", "dentaire"
    ENDOCERVICAL = "endocervical", "endocervicale"
    ENDOSINUSIAL = "endosinusial", "endosinusale"
    ENDOTRACHEOBRONCHIAL = "endotracheobronchial", "endotrachéobronchique"
    EPIDURAL = "epidural", "péridurale"
    EPILESIONAL = "epilesional", "épilésionnelle"
    EXTRACORPOREAL = "extracorporeal", "voie extracorporelle autre"
    GASTRIC = "gastric", "gastrique"
    GASTROENTERAL = "gastroenteral", "gastro-entérale"
    GINGIVAL = "gingival", "gingivale"
    HAEMODIALYSIS = "haemodialysis", "hémodialyse"
    HAEMOFILTRATION = "haemofiltration", "hémofiltration"
    IMPLANTATION = "implantation", "implantation"
    INFILTRATION = "infiltration", "infiltration"
    INHALED = "inhaled", "inhalée"
    INTESTINAL = "intestinal", "intestinale"
    INTRAARTERIAL = "intraarterial", "intraartérielle"
    INTRAARTICULAR = "intraarticular", "intraarticulaire"
    INTRACAMERAL = "intracameral", "intracamérulaire"
    INTRACAVERNOUS = "intracavernous", "intracaverneuse"
    INTRACEREBROVENTRICULAR = "intracerebroventricular", "intracérébroventriculaire"
    INTRACERVICAL = "intracervical", "intracervicale"
    INTRACHOLANGIOPANCREATIC = "intracholangiopancreatic", "intracholangiopancréatique"
    INTRACISTERNAL = "intracisternal", "intracisternale"
    INTRACORONARY = "intracoronary", "intracoronaire"
    INTRADERMAL = "intradermal", "intradermique"
    INTRADURAL = "intradural", "intradurale"
    INTRAGLANDULAR = "intraglandular", "intraglandulaire"
    INTRALESIONAL = "intralesional", "intralésionnelle"
    INTRALYMPHATIC = "intralymphatic", "intralymphatique"
    INTRAMURAL = "intramural", "intra-murale"
    INTRAMUSCULAR = "intramuscular", "intramusculaire"
    INTRAOCULAR = "intraocular", "intraoculaire"
    INTRAOSSEOUS = "intraosseous", "intraosseuse"
    INTRAPERICARDIAL = "intrapericardial", "intrapéricardiaque"
    INTRAPERITONEAL = "intraperitoneal", "intrapéritonéale"
    INTRAPLEURAL = "intrapleural", "intrapleurale"
    INTRAPUTAMINAL = "intraputaminal", "intraputaminale"
    INTRASEROUS = "intraserous", "intraséreuse"
    INTRATHECAL = "intrathecal", "intrathécale"
    INTRATUMOURAL = "intratumoural", "intratumorale"
    INTRAUTERINE = "intrauterine", "intra-utérine"
    INTRAVENOUS = "intravenous", "intraveineuse"
    INTRAVESICAL = "intravesical", "intravésicale"
    INTRAVITREAL = "intravitreal", "intravitréenne"
    LARYNGOPHARYNGEAL = "laryngopharyngeal", "laryngopharyngée"
    NASAL = "nasal", "nasale"
    OPHTHALMIC = "ophthalmic", "ophtalmique"
    ORAL = "oral", "orale"
    PARENTERAL = "parenteral", "voie parentérale autre"
    PERIAREOLAR = "periareolar", "péri-aréolaire"
    PERIARTICULAR = "periarticular", "périarticulaire"
    PERIBULBAR = "peribulbar", "péribulbaire"
    PERINEURAL = "perineural", "périneurale"
    PERITUMOURAL = "peritumoural", "péritumorale"
    RECTAL = "rectal", "rectale"
    SUBCONJUNCTIVAL = "subconjunctival", "sous-conjonctivale"
    SUBCUTANEOUS = "subcutaneous", "sous-cutanée"
    SUBLINGUAL = "sublingual", "sublinguale"
    SUBMUCOSAL = "submucosal", "sous-muqueuse"
    SUBRETINAL = "subretinal", "subrétinale"
    TRANSDERMAL = "transdermal", "transdermique"
    URETHRAL = "urethral", "urétrale"
    VAGINAL = "vaginal", "vaginale"


NOT_INJECTED: Final = frozenset(
    {
        Route.AURICULAR,
        Route.BUCCAL,
        Route.BUCCOGINGIVAL,
        Route.CUTANEOUS,
        Route.ENDOCERVICAL,
        Route.ENDOSINUSIAL,
        Route.ENDOTRACHEOBRONCHIAL,
        Route.EPILESIONAL,
        Route.GASTRIC,
        Route.GASTROENTERAL,
        Route.GINGIVAL,
        Route.IMPLANTATION,
        Route.INHALED,
        Route.INTESTINAL,
        Route.INTRACERVICAL,
        Route.INTRAUTERINE,
        Route.INTRAVESICAL,
        Route.LARYNGOPHARYNGEAL,
        Route.NASAL,
        Route.OPHTHALMIC,
        Route.ORAL,
        Route.RECTAL,
        Route.SUBLINGUAL,
        Route.TRANSDERMAL,
        Route.URETHRAL,
        Route.VAGINAL,
    }
)
"""The routes by which nothing is injected."""
