"""The formulary that mutated texts make, and what it answers.

Every name of the data is read as a product and as an allergy. What rules can look at in what a
name means is its signature: where that is the same, so are the answers.
"""

import dataclasses
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final
from unittest import mock

import tomli

import mesomix
from mesomix.evidence import Citation, Text
from mesomix.formulary.files import DataError
from mesomix.formulary.ids import merge
from mesomix.formulary.index import index_names
from mesomix.formulary.linking import link
from mesomix.linter import lint, linting
from mesomix.linter.formularies import Run
from mesomix.linter.shapes import shaped
from mesomix.linter.source import Source
from mesomix.measures import MONTHS_IN_A_YEAR
from mesomix.model import Allergy, Product
from mesomix.vocabulary import Severity

AS_OF: Final = date(2026, 11, 21)
_UNKNOWN: Final = [f"no such name {number}" for number in range(11)]
"""So many unknown names that none gets a suggestion, which would take most of the time."""

_VERDICTS: Final = tuple(mesomix.Verdict)
"""The worst first."""

Who = tuple[str, str]
"""A patient: nobody described; or with nothing, a condition, an allergy, or an age in months."""
Question = tuple[tuple[str, ...], Who]
NOBODY: Final[Who] = ("nobody", "")
NOTHING: Final[Who] = ("nothing", "")


@dataclass(frozen=True)
class Answer:
    """How severe a verdict is (the more, the worse), and what objects."""

    severity: int
    objections: Counter[str]
    """How many findings of each rule are no notes."""


@dataclass
class World:
    """The files as they were read, and the formulary that they make."""

    sources: tuple[Source, ...]
    means: dict[str, tuple[Product, ...]] = field(default_factory=dict)
    allergies: dict[str, tuple[Allergy, ...]] = field(default_factory=dict)
    """What each text declares: one allergy for a name, or its parts."""
    _mixtures: dict[tuple[str, ...], mesomix.Mixture] = field(default_factory=dict)
    _patients: dict[Who, mesomix.Patient | None] = field(default_factory=dict)
    _signatures: dict[int, object] = field(default_factory=dict)
    _answers: dict[Question, Answer] = field(default_factory=dict)

    def found(self) -> Counter[str]:
        """How many findings of each lint rule there are."""
        run = Run(self.sources, (self.sources,))
        with mock.patch.object(linting, "read_run", return_value=run):
            return Counter(found.rule for found in lint(as_of=AS_OF).diagnostics)

    @cached_property
    def formulary(self) -> mesomix.Formulary:
        """As `mesomix.load` makes it of files."""
        tables, _ = merge([(s.name, s.shaped.tables) for s in self.sources if s.shaped])
        linked = link(tables, "")
        index = index_names(tables, linked)
        if index.clashes:
            raise DataError(())
        return mesomix.Formulary(tables, linked, index)

    def read(self, products: list[str], allergies: list[str]) -> None:
        """Read all names at once."""
        mixture = self.formulary.mixture(*products, *_UNKNOWN)
        self.means = dict(zip(products, (c.products for c in mixture.components), strict=False))
        patient = self.formulary.patient(allergies=[*allergies, *_UNKNOWN])
        self.allergies = dict.fromkeys(allergies, ())
        for declared in patient.allergies or ():
            text = declared.read.within or declared.read.written
            if text in self.allergies:
                self.allergies[text] += (declared.allergy,)

    def signature(self, thing: object) -> object:
        """All of `thing` that a rule can look at and that changes what it says."""
        if isinstance(thing, Text):
            return None
        if isinstance(thing, Citation):
            return True
        if dataclasses.is_dataclass(thing):
            known = self._signatures.get(id(thing))
            if known is None:
                fields = [getattr(thing, f.name) for f in dataclasses.fields(thing)]
                known = tuple(map(self.signature, fields))
                self._signatures[id(thing)] = known
            return known
        if isinstance(thing, tuple):
            return tuple(map(self.signature, thing))
        if isinstance(thing, Mapping):
            return frozenset((key, self.signature(value)) for key, value in thing.items())
        return thing

    def answer(self, names: tuple[str, ...], who: Who) -> Answer:
        """The verdict and the objections, remembered."""
        if (names, who) not in self._answers:
            if names not in self._mixtures:
                self._mixtures[names] = self.formulary.mixture(*names)
            report = mesomix.check(self._mixtures[names], self._patient(who))
            self._answers[names, who] = Answer(
                -_VERDICTS.index(report.verdict),
                Counter(f.rule for f in report.findings if f.severity is not Severity.NOTE),
            )
        return self._answers[names, who]

    def _patient(self, who: Who) -> mesomix.Patient | None:
        kind, word = who
        if who not in self._patients:
            self._patients[who] = (
                None
                if kind == "nobody"
                else self.formulary.patient(
                    allergies=[word] if kind == "allergy" else [],
                    facts={word: True} if kind == "has" else {},
                    age=int(word) / MONTHS_IN_A_YEAR if kind == "age" else None,
                    nothing_else=True,
                )
            )
        return self._patients[who]


def source_of(number: int, name: str, text: str) -> Source:
    source = Source(name, given=True, text=text)
    source.shaped = shaped(tomli.loads(text), f"{number}0")
    return source
