"""The allergies of each row, as the number of a set of texts."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pyarrow as pa

from mesomix.batch.kernel.arrays import lists
from mesomix.batch.kernel.dictionaries import Dictionaries
from mesomix.batch.kernel.meetings import Meetings
from mesomix.batch.kernel.sets import Sets, Steps
from mesomix.batch.kernel.sources import Sources
from mesomix.batch.kernel.texts import Numbers, Texts
from mesomix.batch.kernel.words import Ids
from mesomix.model import Allergy, Product
from mesomix.request import DeclaredAllergy, Patient

NOT_ASKED: Final = 0
NONE_KNOWN: Final = 1
_NOBODY_ASKED: Final = frozenset({None})
"""In the place of a set of texts."""

Said = Allergy | int
"""An allergy that was recognised, or what rules said of another."""


class Allergies:
    """The sets of allergies that were met, and what is said of them."""

    def __init__(self, sources: Sources, *, free: bool) -> None:
        self._formulary = sources.formulary
        self._planes = sources.planes
        self._read: dict[str, tuple[DeclaredAllergy, ...]] = {}
        self._are_free = free
        self._written: list[str | None] = []
        self._set_of = Numbers()
        self.declared: Final[list[tuple[DeclaredAllergy, ...] | None]] = []
        """Of each set; None where nobody asked."""
        self.meetings: Final = Meetings[Said](sources, self._alone, self._beside)
        self._sets = Sets[str | None](self._learn, sources)
        self._sets.number(_NOBODY_ASKED)
        self._sets.number(frozenset())
        self._steps = Steps(self._sets, self._listed)
        self._texts = Texts(self._meet, sources)
        self._dictionaries = Dictionaries(self._of_lists)

    def numbers(self, array: pa.Array | None) -> Ids | None:
        """The set of each row of a column of lists, or of free texts; None where all are 0."""
        if array is None or pa.types.is_null(array.type):
            return None
        if self._are_free:
            labels = self._texts.labels(array)  # they are learned before the sets are looked up
            return self._set_of.array.take(labels)
        if pa.types.is_dictionary(array.type):
            places, sets = self._dictionaries.places(array)
            return sets.take(places)
        return self._of_lists(array)

    def _of_lists(self, array: pa.Array) -> Ids:
        found = lists(array)
        sets = np.full(len(array), NONE_KNOWN, np.int64)
        if found.null is not None:
            sets[found.null] = NOT_ASKED
        self._steps.walk(sets, found, self._texts.labels(found.values), len(self._texts))
        return sets

    def _meet(self, texts: list[str | None]) -> None:
        self._written += texts
        for text in texts if self._are_free else ():
            asked = text is not None and text.strip()
            self._set_of.append(self._sets.number(frozenset({text}) if asked else _NOBODY_ASKED))

    def _listed(self, label: int) -> Iterable[str]:
        """What an element of a list says: a null is an allergy that nobody wrote down."""
        return (self._written[label] or "",)

    def _learn(self, texts: frozenset[str | None]) -> None:
        if None in texts:
            self.declared.append(None)
            self.meetings.add_set([self._planes.allergies_not_asked])
            return
        read = [self._said(text) for text in sorted(text for text in texts if text is not None)]
        declared = tuple(one for said in read for one in said)
        patient = Patient(declared, (), self._formulary.edition)
        said: list[Said] = [*patient.recognised]
        said += {self._planes.unknown_allergy(allergy) for allergy in patient.unrecognised}
        self.declared.append(declared)
        self.meetings.add_set(said)

    def _said(self, text: str) -> tuple[DeclaredAllergy, ...]:
        read = self._read.get(text)
        if read is None:
            read = self._read[text] = self._formulary.read_allergies(text)
        return read

    def _alone(self, said: Said) -> int:
        return said if isinstance(said, int) else self._planes.allergy(said)

    def _beside(self, said: Said, products: Iterable[Product]) -> list[int]:
        if isinstance(said, int):
            return [0 for _ in products]
        return [self._planes.product_allergy(product, said) for product in products]
