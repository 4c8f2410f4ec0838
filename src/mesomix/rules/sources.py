"""The documents that the rules cite, by the ids of `data/references.toml`.

A citation says what the document says in our words, and quotes at most a few of its own; a test
finds every quotation in its document.
"""

from typing import Final

from mesomix.evidence import Citation, Text


class Source:
    """A reference that makes citations of itself."""

    def __init__(self, reference: str) -> None:
        self.reference: Final = reference

    def __call__(self, quote: str, *, place: str, fr: str, en: str) -> Citation:
        """A citation: the words quoted, the heading above them, and what they say."""
        return Citation(self.reference, place, quote, Text(fr, en))


RESERVOIR: Final = Source("reservoir")
MARTORY: Final = Source("martory")
INPHYSIO: Final = Source("inphysio")
CHAN: Final = Source("chan")
NOTICE: Final = Source("notice")
HOUSE: Final = Source("house-rules")

CHAN_CONTRAINDICATIONS: Final = "7. Effets secondaires et contre-indications"
INPHYSIO_PRECAUTIONS: Final = "Les précautions et contre-indications de la mésothérapie"
