"""The parts of a text about allergies, told shortly: "+latex", "?iode", "-*aucune allergie"."""

from typing import Final

from mesomix.formulary.allergy_text import parts_of
from mesomix.names import fold_all
from mesomix.vocabulary import AllergyState

KNOWN: Final = frozenset(
    fold_all(
        [
            *("pénicilline", "penicillin", "lidocaïne", "Xylocaïne", "AINS", "NSAIDs", "latex"),
            *("aspirine", "acide acétylsalicylique", "paracétamol", "iode", "iodine", "sulfites"),
            "fruits de mer",
        ]
    )
)
MARKS: Final = {
    AllergyState.RECOGNISED: "+",
    AllergyState.DOUBTFUL: "?",
    AllergyState.NEGATED: "-",
    AllergyState.NOT_RECOGNISED: "!",
}


def said(text: str) -> list[str]:
    """Each part: declared (+), doubtful (?), denied (-; all of them: -*), not recognised (!)."""
    return [
        MARKS[part.state]
        + ("*" if part.state is AllergyState.NEGATED and part.key is None else "")
        + text[part.start : part.end]
        for part in parts_of(text, KNOWN)
    ]
