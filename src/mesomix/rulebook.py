"""A rulebook: an ordered tuple of rules, and the check of a mixture and a patient by them."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from operator import itemgetter
from typing import Final
from weakref import WeakKeyDictionary

from mesomix._version import __version__
from mesomix.evidence import Text
from mesomix.memory import Memory, Ranked, Row
from mesomix.model import Allergy
from mesomix.report import (
    About,
    Assessed,
    Data,
    Finding,
    NotChecked,
    Reason,
    Report,
    Rules,
    verdict_of,
)
from mesomix.request import DeclaredAllergy, Edition, Mixture, Patient
from mesomix.rule import Rule, Scope
from mesomix.vocabulary import SEVERITIES, AllergyState

_NOT_ASKED: Final = Allergy(None, Text("non demandée", "not asked"), AllergyState.NOT_ASKED)
_CANNOT_RUN: Final = {
    Reason.NO_PATIENT: {Scope.ALLERGY, Scope.FACT, Scope.PRODUCT_ALLERGY, Scope.PRODUCT_FACT},
    Reason.ALLERGIES_NOT_ASKED: {Scope.PRODUCT_ALLERGY},
    Reason.ALLERGY_NOT_RECOGNISED: {Scope.PRODUCT_ALLERGY},
    Reason.PRODUCT_NOT_RECOGNISED: {
        Scope.PRODUCT,
        Scope.PAIR,
        Scope.PRODUCT_ALLERGY,
        Scope.PRODUCT_FACT,
    },
}
"""The scopes that look at what is unknown for that reason."""


class Rulebook:
    """Rules in the order in which they speak. `Rulebook([*mesomix.RULES, mine])` is a clinic's own.

    Iterating gives the rules, `len` their number, and `rulebook["corticosteroid"]` one of them.
    Raises ValueError when two rules have one id. Safe to share between threads.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        self._by_id = {rule.id: rule for rule in self._rules}
        if len(self._by_id) < len(self._rules):
            twice = sorted({r.id for r in self._rules if self._by_id[r.id] is not r})
            message = f"two rules have one id: {', '.join(twice)}"
            raise ValueError(message)
        self._ids = tuple(self._by_id)
        said = repr([(r.id, r.severity, r.situation, r.message, r.cites) for r in self._rules])
        self._digest = Rules(hashlib.sha256(said.encode()).hexdigest())
        self._memories: WeakKeyDictionary[Edition, Memory] = WeakKeyDictionary()
        self._without_patient = self._skipped(Reason.NO_PATIENT)

    def __iter__(self) -> Iterator[Rule]:
        """The rules, in order."""
        return iter(self._rules)

    def __len__(self) -> int:
        """How many rules there are."""
        return len(self._rules)

    def __getitem__(self, rule_id: str) -> Rule:
        """The rule of that id; KeyError when there is none."""
        return self._by_id[rule_id]

    def check(self, mixture: Mixture, patient: Patient | None = None) -> Report:
        """What these rules say of `mixture` for `patient`.

        Without a patient no rule about one runs, and the verdict is a review at best. A fact that
        was not asked, an allergy or a name that was not recognised leave rules open: they are
        listed in `Report.not_checked`, and the verdict is a review at best.

        Raises TypeError when an argument is no mixture or patient, and ValueError when they were
        read with different data, or a rule cites a reference that the data does not register.
        """
        if not isinstance(mixture, Mixture):
            message = "the mixture must be what formulary.mixture(...) returned"
            raise TypeError(message)
        memory = self._memory(mixture.edition)
        found = memory.mixture(mixture)
        rows = [memory.row(product) for product in mixture.products]
        for row in rows:
            found += row.findings
        for (row, a), (_, b) in combinations(zip(rows, mixture.products, strict=True), 2):
            found += memory.pair(row, a, b)
        open_rules: list[NotChecked] = []
        if mixture.unrecognised:
            about = tuple(
                About("product", None, Text.same(read.written)) for read in mixture.unrecognised
            )
            open_rules += self._skipped(Reason.PRODUCT_NOT_RECOGNISED, about)
        if patient is None:
            open_rules += self._without_patient
        else:
            open_rules += self._check_patient(memory, rows, mixture, patient, found)
        found.sort(key=itemgetter(0))
        return self._report(mixture, patient, [finding for _, finding in found], open_rules)

    def _check_patient(
        self,
        memory: Memory,
        rows: list[Row],
        mixture: Mixture,
        patient: Patient,
        found: list[Ranked],
    ) -> list[NotChecked]:
        """Add to `found` what the rules say of the patient; return those that could not run."""
        if not isinstance(patient, Patient):
            message = "the patient must be what formulary.patient(...) returned"
            raise TypeError(message)
        if patient.edition.sha256 != mixture.edition.sha256:
            message = "the mixture and the patient were read with different data: use one formulary"
            raise ValueError(message)
        open_rules: list[NotChecked] = []
        answers = patient.answers
        for questions in (memory.questions, *[row.questions for row in rows]):
            for question in questions:
                answer = answers.get(question.condition)
                if answer is None:
                    open_rules += question.not_asked
                else:
                    found += question.answers.get(answer, ())
        if patient.allergies is None:
            found += memory.answers(Scope.ALLERGY, _NOT_ASKED)
            return open_rules + self._skipped(Reason.ALLERGIES_NOT_ASKED)
        unknown: list[About] = []
        for allergy in dict.fromkeys([declared.allergy for declared in patient.allergies]):
            found += memory.allergy(allergy)
            if allergy.state is AllergyState.RECOGNISED:
                for row, product in zip(rows, mixture.products, strict=True):
                    found += memory.product_allergy(row, product, allergy)
            else:
                unknown.append(About("allergy", None, allergy.name))
        if unknown:
            about = tuple(sorted(unknown, key=lambda about: about.name.fr))
            open_rules += self._skipped(Reason.ALLERGY_NOT_RECOGNISED, about)
        return open_rules

    def _skipped(self, reason: Reason, about: tuple[About, ...] = ()) -> list[NotChecked]:
        """The rules that cannot run at all for that reason."""
        return [
            NotChecked(rule.id, rule.severity, reason, about)
            for rule in self._rules
            if rule.scope in _CANNOT_RUN[reason]
        ]

    def _memory(self, edition: Edition) -> Memory:
        memory = self._memories.get(edition)
        if memory is None:
            memory = self._memories.setdefault(edition, Memory(self._rules, edition))
        return memory

    def _report(
        self,
        mixture: Mixture,
        patient: Patient | None,
        findings: list[Finding],
        open_rules: list[NotChecked],
    ) -> Report:
        not_checked = _merged(open_rules) if open_rules else ()
        checked = self._ids
        if not_checked:
            ran_not = {skipped.rule for skipped in not_checked}
            checked = tuple(rule for rule in checked if rule not in ran_not)
        declared = None if patient is None else patient.allergies
        return Report(
            verdict=verdict_of(findings, not_checked),
            findings=tuple(findings),
            products=mixture.reads,
            allergies=None if declared is None else tuple([d.read for d in declared]),
            facts=None if patient is None else patient.facts,
            effects=mixture.effects,
            checked=checked,
            not_checked=not_checked,
            assessed=_assessed(mixture, declared or ()),
            data=Data(mixture.edition.version, mixture.edition.sha256),
            rules=self._digest,
            mesomix=__version__,
        )


def _merged(open_rules: list[NotChecked]) -> tuple[NotChecked, ...]:
    """One entry a rule and reason, with everything that it concerns."""
    merged: dict[tuple[str, Reason], NotChecked] = {}
    for skipped in open_rules:
        key = skipped.rule, skipped.reason
        known = merged.setdefault(key, skipped)
        if known is not skipped:
            about = tuple(dict.fromkeys((*known.about, *skipped.about)))
            severity = min(known.severity, skipped.severity, key=SEVERITIES.index)
            merged[key] = replace(known, severity=severity, about=about)
    return tuple(merged.values())


def _assessed(mixture: Mixture, declared: tuple[DeclaredAllergy, ...]) -> Assessed:
    return Assessed(
        products=sum(component.product is not None for component in mixture.components),
        products_written=len(mixture.components),
        allergies=sum(d.allergy.state is AllergyState.RECOGNISED for d in declared),
        allergies_written=len(declared),
    )
