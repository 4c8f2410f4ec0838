"""What rules answered, remembered.

What a rule may look at is a small finite domain (`Scope`), so what it answered for a product, a
pair, an allergy or a fact is kept for as long as the data of that formulary is in use. The memory
is keyed by what the data names, and never by what was written about a patient.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from operator import itemgetter

from mesomix.model import Allergy, Condition, Fact, Product
from mesomix.report import About, Finding, NotChecked, Reason
from mesomix.request import Edition, Mixture
from mesomix.rule import PLAIN_FLAG, Rule, Scope
from mesomix.vocabulary import SEVERITIES, Answer, Severity

Ranked = tuple[str, Finding]
"""A finding behind the key that puts it into the order of a report."""


@dataclass(frozen=True, slots=True)
class Question:
    """A condition on whose answer some rule speaks: what it says to each, and who asks."""

    condition: str
    answers: Mapping[Answer, tuple[Ranked, ...]]
    not_asked: tuple[NotChecked, ...]
    """The rules that an unasked question leaves open: those that would speak for a yes or a no."""


@dataclass(frozen=True, slots=True)
class Row:
    """What the rules answered for one product, alone and with whatever it met so far."""

    findings: tuple[Ranked, ...]
    questions: tuple[Question, ...]
    allergies: dict[Allergy, tuple[Ranked, ...]] = field(default_factory=dict)
    pairs: dict[Product, tuple[Ranked, ...]] = field(default_factory=dict)


class Memory:
    """What the rules of one rulebook answered for the things that one edition names."""

    __slots__ = (
        "_conditions",
        "_plain_findings",
        "_ranks",
        "_references",
        "_rules",
        "allergies",
        "questions",
        "rows",
    )

    def __init__(self, rules: tuple[Rule, ...], edition: Edition) -> None:
        unknown = {
            f"{rule.id} cites {citation.reference!r}"
            for rule in rules
            for citation in rule.cites
            if citation.reference not in edition.references
        }
        if unknown:
            message = f"not registered in [references] of the data: {'; '.join(sorted(unknown))}"
            raise ValueError(message)
        self._ranks = {rule.id: number for number, rule in enumerate(rules)}
        self._rules = {scope: [rule for rule in rules if rule.scope is scope] for scope in Scope}
        self._references = edition.references
        self._conditions = tuple(edition.conditions.values())
        self._plain_findings: dict[str, Ranked] = {}
        self.rows: dict[Product, Row] = {}
        self.allergies: dict[Allergy, tuple[Ranked, ...]] = {}
        self.questions = self._questions(Scope.FACT)

    def answers(self, scope: Scope, *atoms: object) -> list[Ranked]:
        """What all rules of `scope` say of `atoms`."""
        return [
            self._ranked(finding)
            for rule in self._rules[scope]
            for finding in rule.findings(*atoms)
        ]

    def mixture(self, mixture: Mixture) -> list[Ranked]:
        """What the rules say of the whole `mixture`."""
        found: list[Ranked] = []
        for rule in self._rules[Scope.MIXTURE]:
            for flagged in rule.function(mixture):
                if flagged is PLAIN_FLAG:
                    found.append(self._plain(rule))
                else:
                    found.append(self._ranked(rule.finding(flagged, mixture)))
        return found

    def _plain(self, rule: Rule) -> Ranked:
        found = self._plain_findings.get(rule.id)
        if found is None:
            found = self._plain_findings[rule.id] = self._ranked(rule.finding(PLAIN_FLAG))
        return found

    def row(self, product: Product) -> Row:
        """What is remembered of `product`."""
        row = self.rows.get(product)
        if row is None:
            findings = tuple(self.answers(Scope.PRODUCT, product))
            row = Row(findings, self._questions(Scope.PRODUCT_FACT, product))
            row = self.rows.setdefault(product, row)
        return row

    def pair(self, row: Row, a: Product, b: Product) -> tuple[Ranked, ...]:
        """What the rules say of `a` and `b`; `row` is that of `a`."""
        found = row.pairs.get(b)
        if found is None:
            found = row.pairs[b] = tuple(self.answers(Scope.PAIR, a, b))
        return found

    def product_allergy(self, row: Row, product: Product, allergy: Allergy) -> tuple[Ranked, ...]:
        """What the rules say of a recognised `allergy` and `product`, whose row is `row`."""
        found = row.allergies.get(allergy)
        if found is None:
            found = tuple(self.answers(Scope.PRODUCT_ALLERGY, product, allergy))
            row.allergies[allergy] = found
        return found

    def allergy(self, allergy: Allergy) -> Iterable[Ranked]:
        """What the rules say of `allergy` alone; remembered only when it was recognised."""
        if allergy.id is None:
            return self.answers(Scope.ALLERGY, allergy)
        found = self.allergies.get(allergy)
        if found is None:
            found = self.allergies[allergy] = tuple(self.answers(Scope.ALLERGY, allergy))
        return found

    def _ranked(self, finding: Finding) -> Ranked:
        sure = finding.certain
        grade = SEVERITIES.index(finding.severity)
        about = " ".join(f"{a.id or ''} {a.name.fr}" for a in finding.about)
        key = f"{grade}{not sure:d}{self._ranks[finding.rule]:04}{about}"
        cited = tuple(c.from_references(self._references) for c in finding.citations)
        return key, replace(finding, citations=cited)

    def _questions(self, scope: Scope, *atoms: object) -> tuple[Question, ...]:
        asked = (self._question(condition, scope, *atoms) for condition in self._conditions)
        return tuple(question for question in asked if question.answers)

    def _question(self, condition: Condition, scope: Scope, *atoms: object) -> Question:
        answers = {
            answer: tuple(self.answers(scope, *atoms, Fact(condition, answer)))
            for answer in (Answer.YES, Answer.NO)
        }
        worst: dict[str, Severity] = {}
        everything = [ranked for found in answers.values() for ranked in found]
        for _, finding in sorted(everything, key=itemgetter(0), reverse=True):  # worst last
            worst[finding.rule] = finding.severity
        about = (About("fact", condition.id, condition.name),)
        open_rules = tuple(
            NotChecked(rule, severity, Reason.FACT_NOT_ASKED, about)
            for rule, severity in worst.items()
        )
        return Question(condition.id, {a: f for a, f in answers.items() if f}, open_rules)
