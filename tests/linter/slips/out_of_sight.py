"""The kinds of slips that can make a verdict milder and that no linter can see."""

import re
from dataclasses import dataclass
from typing import Final

from linter.slips.mutations import Mutation


@dataclass(frozen=True)
class Kind:
    """A kind of slip that can make a verdict milder and that no linter can see."""

    id: str
    says: str
    """The sentence for docs/lint.md."""
    where: str
    """A pattern of the places at which it happens (`Mutation.where`)."""
    example: str
    """A mutation of that kind, as it is shown."""


OUT_OF_SIGHT: Final = (
    Kind(
        "name-left-out",
        "A name, a brand or a code that is left out is not recognised any more: it is reviewed, "
        "where it may have been refused.",
        r"(substances|groups)\.\*\.(fr|names|brands)(\[\])?"
        r"|products\.\*\.(specialties\.\*\.)?(names?|other_names|cis|cip13)(\[\])?",
        "entry of a list removed: groups.nsaid.names[0]",
    ),
    Kind(
        "table-left-out",
        "So is every name of a substance or a specialty whose whole table is left out and that "
        "nothing else names.",
        r"substances\.\*|products\.\*\.specialties(\.\*)?",
        "table removed: substances.ibuprofen",
    ),
    Kind(
        "contraindication-left-out",
        "A contraindication that is left out, as long as the substance has another one.",
        r"substances\.\*\.contraindications\[\]",
        "table removed: substances.procaine.contraindications[0]",
    ),
    Kind(
        "condition-of-another",
        "A contraindication that names another condition than its source does.",
        r"substances\.\*\.contraindications\[\]\.condition",
        "value of the same key elsewhere: substances.lidocaine.contraindications[0].condition"
        ' = "atopy"',
    ),
    Kind(
        "severity-lowered",
        "A contraindication that is milder than its source says.",
        r"substances\.\*\.contraindications\[\]\.severity",
        "another word that the key allows: substances.procaine.contraindications[0].severity"
        ' = "review"',
    ),
    Kind(
        "implication-left-out",
        "A condition that no longer implies a wider one, or implies another.",
        r"conditions\.\*\.implies(\[\])?",
        "key removed: conditions.pregnancy-after-24-weeks.implies",
    ),
    Kind(
        "group-left-out",
        "A substance that is in no group, or in another, where no ATC class says which.",
        r"substances\.\*\.groups(\[\])?",
        "key removed: substances.hydrallostane.groups",
    ),
    Kind(
        "cross-reaction-weakened",
        "A cross-reaction that is left out, comes from elsewhere or is weaker than its source "
        "says, or a group whose repetition counts no longer.",
        r"groups\.\*\.(evidence|repeated|reached_from\[\](\.(allergen|evidence))?)",
        'another word that the key allows: groups.nsaid.evidence = "possible"',
    ),
    Kind(
        "equipment-left-out",
        "A group that is no longer said to be in the equipment or the antisepsis.",
        r"groups\.\*\.outside_composition",
        "another word that the key allows: groups.chlorhexidine.outside_composition = false",
    ),
    Kind(
        "excipient-left-out",
        "An excipient that is left out of a list, or is another than the label names.",
        r"products\.\*\.specialties\.\*\.excipients\.(present|possible)(\[\])?",
        "entry of a list removed: products.piroxicam.specialties.piroxicam-teva-20-mg-1-ml"
        ".excipients.present[1]",
    ),
    Kind(
        "maximum-of-another",
        "A maximum dose that is higher than the label says, or of another time, route or patient.",
        r"substances\.\*\.maximum_doses(\[\](\.(amount|per|routes(\[\])?|fr|en|usual))?)?",
        'value of the same key elsewhere: substances.lidocaine.maximum_doses[0].amount = "600 mg"',
    ),
    Kind(
        "container-of-another",
        "A volume of an ampoule that is not that of the pack, or is left out beside others.",
        r"products\.\*\.specialties\.\*\.containers(\[\])?",
        "entry of the same list elsewhere: products.lidocaine.specialties.mesocaine-50-mg-5-ml"
        '.containers[0] = "2 mL"',
    ),
    Kind(
        "route-of-another",
        "A route that the label does not name, or a forbidden one that is left out.",
        r"products\.\*\.specialties\.\*\.(routes(\[\])?|forbidden_routes\[\](\.route)?)",
        "table removed: products.tocopherol.specialties.vitamine-e-provepharm-100-mg-2-ml"
        ".forbidden_routes[0]",
    ),
    Kind(
        "market-state-of-another",
        "A specialty that is called withdrawn: its brand then means the others.",
        r"products\.\*\.specialties\.\*\.marketing\.state",
        "another word that the key allows: products.lidocaine.specialties.mesocaine-50-mg-5-ml"
        '.marketing.state = "withdrawn"',
    ),
    Kind(
        "warning-left-out",
        "A label's word against mixing, or a published harm, that is left out or names another.",
        r"substances\.\*\.(mixing_forbidden|reported_harms\[\](\.other)?)",
        'value of the same key elsewhere: substances.piroxicam.reported_harms[0].other = "nsaid"',
    ),
)
"""What docs/lint.md lists as out of a linter's sight: the source alone knows better."""


def kind_of(mutation: Mutation) -> str | None:
    """The id of the kind that a mutation is of, should it make a verdict milder unseen."""
    return next((k.id for k in OUT_OF_SIGHT if re.fullmatch(k.where, mutation.where)), None)
