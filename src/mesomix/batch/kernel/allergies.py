"""The allergies of each row, as the number of a set of texts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import pyarrow as pa

from mesomix.batch.kernel.arrays import lists
from mesomix.batch.kernel.codes import Ids
from mesomix.batch.kernel.dictionaries import Dictionaries
from mesomix.batch.kernel.meetings import Meetings
from mesomix.batch.kernel.sets import Sets, Steps
from mesomix.batch.kernel.sources import Sources
from mesomix.batch.kernel.texts import Numbers, Texts
from mesomix.meeting import BesideAllergies
from mesomix.model import Allergy, Product
from mesomix.request import DeclaredAllergy, Patient

NOT_ASKED: Final = 0
NONE_KNOWN: Final = 1
_NOBODY_ASKED: Final = frozenset({None})
"""In the place of a set of texts."""


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
        self._words: list[int] = []
        """Of each atom, what is said of it whatever is mixed."""
        self._atoms: dict[Allergy | int, int] = {}
        """The allergies that were recognised, and what rules say of others."""
        self._known: list[Allergy | int] = []
        self._beside_each: list[tuple[int, int, BesideAllergies]] = []
        """What is asked of the products from one position on, up to another."""
        self.meetings: Final = Meetings(sources, self._words.__getitem__, self._beside)
        self._sets = Sets[str | None](self._learn, sources)
        self._sets.learned(self._sets.numbers([_NOBODY_ASKED, frozenset()]))
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
            return self._sets.learned(sets).take(places)
        return self._sets.learned(self._of_lists(array))

    def _of_lists(self, array: pa.Array) -> Ids:
        found = lists(array)
        sets = np.full(len(array), NONE_KNOWN, np.int32)
        if found.null is not None:
            sets[found.null] = NOT_ASKED
        self._steps.walk(sets, found, self._texts.labels(found.values), len(self._texts))
        return sets

    def _meet(self, texts: list[str | None]) -> None:
        if self._are_free:
            asked = [text if text is not None and text.strip() else None for text in texts]
            sets = self._sets.numbers([frozenset({text}) for text in asked])
            for number in self._sets.learned(sets).tolist():
                self._set_of.append(number)
        self._written += texts

    def _listed(self, label: int) -> Iterable[str]:
        """What an element of a list says: a null is an allergy that nobody wrote down."""
        return (self._written[label] or "",)

    def add_products(self, products: Sequence[Product]) -> None:
        """Let the next columns be of `products`."""
        first = self._beside_each[-1][1] if self._beside_each else 0
        beside = self._planes.beside_allergies(products)
        self._beside_each.append((first, first + len(products), beside))
        self.meetings.add_products(len(products))

    def _learn(self, sets: Sequence[frozenset[str | None]]) -> None:
        self.meetings.add_sets([self._read_set(texts) for texts in sets])

    def _read_set(self, texts: frozenset[str | None]) -> int:
        """The atoms of a set of texts."""
        if None in texts:
            self.declared.append(None)
            return 1 << self._atom(self._planes.allergies_not_asked)
        read = [self._said(text) for text in sorted(text for text in texts if text is not None)]
        declared = tuple(one for said in read for one in said)
        patient = Patient(declared, (), self._formulary.edition)
        said: set[Allergy | int] = {*patient.recognised}
        said |= {self._planes.unknown_allergy(allergy) for allergy in patient.unrecognised}
        self.declared.append(declared)
        return sum(1 << self._atom(one) for one in said)

    def _said(self, text: str) -> tuple[DeclaredAllergy, ...]:
        read = self._read.get(text)
        if read is None:
            read = self._read[text] = self._formulary.read_allergies(text)
        return read

    def _atom(self, said: Allergy | int) -> int:
        """The number of an atom."""
        atom = self._atoms.get(said)
        if atom is None:
            atom = self._atoms[said] = len(self._atoms)
            self._words.append(said if isinstance(said, int) else self._planes.allergy(said))
            self._known.append(said)
            self.meetings.add_atoms(1)
        return atom

    def _beside(self, atoms: Sequence[int], first: int) -> Mapping[int, Mapping[int, int]]:
        found: dict[int, dict[int, int]] = defaultdict(dict)
        for start, end, beside in self._beside_each:
            for atom in atoms if end > first else ():
                said = self._known[atom]
                for position, word in () if isinstance(said, int) else beside.words(said).items():
                    found[atom][start + position] = word
        return found
