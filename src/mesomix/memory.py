"""What rules answered, remembered.

What a rule may look at is a small finite domain (`Scope`), so what it answered for a product, a
pair, an allergy or a fact is kept for as long as the data of that formulary is in use. The memory
is keyed by what the data names, and never by what was written about a patient.
"""

from dataclasses import replace
from itertools import combinations
from typing import Final

from mesomix.answered import Company, Dosed, Question, Ranked, Row, Unasked
from mesomix.dose import Dose
from mesomix.listing import flags_of_any_plain
from mesomix.model import Allergy, Condition, Fact, Product
from mesomix.report import About, Data, Finding, NotChecked, Reason
from mesomix.request import Edition, Mixture
from mesomix.rule import PLAIN_FLAG, Rule, Scope
from mesomix.vocabulary import SEVERITIES, Answer

MOST_COMPANIES: Final = 10_000
"""So many sets of products are remembered together; what is known of each product stays."""
MOST_FORMS: Final = 100
"""So many sets of conditions that were asked are remembered for each of them."""
MOST_DOSES: Final = 10_000
"""So many amounts of substances are remembered."""


class Memory:
    """What the rules of one rulebook answered for the things that one edition names."""

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
        self.data: Final = Data(edition.version, edition.sha256, edition.bdpm)
        self._ranks = {rule.id: number for number, rule in enumerate(rules)}
        self._rules = {scope: [rule for rule in rules if rule.scope is scope] for scope in Scope}
        self._references = edition.references
        self._conditions = tuple(edition.conditions.values())
        self._plain: dict[str, Ranked] = {}
        self._rows: dict[Product, Row] = {}
        self._companies: dict[tuple[Product, ...], Company] = {}
        self._doses: dict[Dose, Dosed] = {}
        self._alike = replace(edition)  # the edition itself must not be held by what it leads to
        self._listed: dict[int, tuple[Ranked, ...] | None] = {}
        self._questions = self._asked(Scope.FACT)

    def answers(self, scope: Scope, *atoms: object) -> list[Ranked]:
        """What all rules of `scope` say of `atoms`. Not remembered."""
        return [
            self._ranked(finding)
            for rule in self._rules[scope]
            for finding in rule.findings(*atoms)
        ]

    def mixture(self, company: Company, mixture: Mixture) -> list[Ranked]:
        """What the rules say of `mixture`, which has the products of `company`, but for doses."""
        if mixture.plain and company.plain is not None:
            return [*company.plain]
        found = [*company.findings]
        if mixture.count_at_most > 1:
            found += company.mixed
        for rule in self._rules[Scope.MIXTURE]:
            for flagged in rule.function(mixture):
                if flagged is PLAIN_FLAG:
                    found.append(self._plain_answer(rule))
                else:
                    found.append(self._ranked(rule.finding(flagged)))
        return found

    def _plain_answer(self, rule: Rule) -> Ranked:
        """What `rule` says where it says no more than its message; always the same."""
        ranked = self._plain.get(rule.id)
        if ranked is None:
            ranked = self._plain[rule.id] = self._ranked(rule.finding(PLAIN_FLAG))
        return ranked

    def listed(self, number: int) -> tuple[Ranked, ...] | None:
        """What the rules on whole mixtures say of any plain one of `number` products.

        None where one of them looks at more than how many are listed.
        """
        if number not in self._listed:
            found = flags_of_any_plain(self._rules[Scope.MIXTURE], number, self._alike)
            ranked = None if found is None else [self._ranked(r.finding(f)) for r, f in found]
            self._listed[number] = None if ranked is None else tuple(ranked)
        return self._listed[number]

    def company(self, products: tuple[Product, ...]) -> Company:
        """What is remembered of `products`, which are different and in the order of their ids."""
        company = self._companies.get(products)
        if company is None:
            if len(self._companies) >= MOST_COMPANIES:
                self._companies.clear()
            company = self._companies.setdefault(products, self._company(products))
        return company

    def allergy(self, company: Company, allergy: Allergy) -> tuple[Ranked, ...]:
        """What the rules say of a recognised `allergy`, alone and with each product."""
        found = company.allergies.get(allergy)
        if found is None:
            everything = self.answers(Scope.ALLERGY, allergy)
            for product, row in company.rows:
                if allergy not in row.allergies:
                    answers = self.answers(Scope.PRODUCT_ALLERGY, product, allergy)
                    row.allergies[allergy] = tuple(answers)
                everything += row.allergies[allergy]
            found = company.allergies[allergy] = tuple(everything)
        return found

    def unasked(self, company: Company, asked: frozenset[str]) -> Unasked:
        """The rules that are open where the conditions `asked`, and no others, were answered."""
        found = company.unasked.get(asked)
        if found is None:
            left = [one for condition, one in company.lone if condition not in asked]
            for questions in company.several:
                ones = [one for condition, one in questions if condition not in asked]
                left += [_as_one(ones)] if ones else []
            if len(company.unasked) >= MOST_FORMS:
                company.unasked.clear()
            found = company.unasked[asked] = Unasked(tuple(left))
        return found

    def dose(self, dose: Dose) -> Dosed:
        """What the rules say of `dose`, alone and beside each maximum of a label."""
        found = self._doses.get(dose)
        if found is None:
            if len(self._doses) >= MOST_DOSES:
                self._doses.clear()
            found = self._doses[dose] = self._dosed(dose)
        return found

    def _dosed(self, dose: Dose) -> Dosed:
        """What they say, and which cannot tell: a maximum in units of another kind is none."""
        findings = self.answers(Scope.DOSE, dose)
        about = (About("substance", dose.substance.id, dose.name),)
        open_rules: list[NotChecked] = []
        known = dose.substance.maximum_doses or ()
        if not (dose.active or known):
            return Dosed(tuple(findings), ())
        maxima = [m for m in known if dose.kind is None or m.amount.kind == dose.kind]
        for maximum in maxima if dose.kind is not None else ():
            findings += self.answers(Scope.DOSE_MAXIMUM, dose, maximum)
        for reason, is_open in (
            (Reason.DOSE_NOT_KNOWN, not dose.exact),
            (Reason.MAXIMUM_NOT_KNOWN, not maxima or maxima != [*known]),
        ):
            if is_open:
                open_rules += [
                    NotChecked(rule.id, rule.severity, reason, about)
                    for rule in self._rules[Scope.DOSE_MAXIMUM]
                ]
        return Dosed(tuple(findings), tuple(open_rules))

    def _company(self, products: tuple[Product, ...]) -> Company:
        rows = tuple((product, self._row(product)) for product in products)
        findings = [ranked for _, row in rows for ranked in row.findings]
        mixed = [ranked for _, row in rows for ranked in row.mixed]
        for (a, row), (b, _) in combinations(rows, 2):
            if b not in row.pairs:
                row.pairs[b] = tuple(self.answers(Scope.PAIR, a, b))
            findings += row.pairs[b]
        questions = [*self._questions, *[q for _, row in rows for q in row.questions]]
        yes: dict[str, tuple[Ranked, ...]] = {}
        no: dict[str, tuple[Ranked, ...]] = {}
        by_rule: dict[str, dict[str, NotChecked]] = {}
        for question in questions:
            key = question.condition
            for answers, said in ((yes, question.yes), (no, question.no)):
                if said:
                    answers[key] = answers.get(key, ()) + said
            for one in question.open:
                asked = by_rule.setdefault(one.rule, {})
                asked[key] = min(asked.get(key, one), one, key=_gravity)
        open_rules = [
            tuple(sorted(asked.items(), key=lambda item: _gravity(item[1])))
            for _, asked in sorted(by_rule.items(), key=lambda item: self._ranks[item[0]])
        ]
        listed = self.listed(len(products))
        together = mixed if len(products) > 1 else []
        return Company(
            rows=rows,
            findings=tuple(findings),
            mixed=tuple(mixed),
            plain=None if listed is None else (*findings, *together, *listed),
            yes=yes,
            no=no,
            lone=tuple(asked[0] for asked in open_rules if len(asked) == 1),
            several=tuple(asked for asked in open_rules if len(asked) > 1),
        )

    def _row(self, product: Product) -> Row:
        row = self._rows.get(product)
        if row is None:
            findings = tuple(self.answers(Scope.PRODUCT, product))
            mixed = tuple(self.answers(Scope.MIXED_PRODUCT, product))
            row = Row(findings, mixed, self._asked(Scope.PRODUCT_FACT, product))
            row = self._rows.setdefault(product, row)
        return row

    def _ranked(self, finding: Finding) -> Ranked:
        grade = SEVERITIES.index(finding.severity)
        about = " ".join(about.name.fr for about in finding.about)
        key = f"{grade}{not finding.certain:d}{self._ranks[finding.rule]:04}{about}"
        nowhere = {c.reference for c in finding.citations} - self._references.keys()
        if nowhere:
            message = f"{finding.rule} cites what the data does not register: {sorted(nowhere)}"
            raise ValueError(message)
        cited = tuple(c.from_references(self._references) for c in finding.citations)
        return key, replace(finding, citations=cited)

    def _asked(self, scope: Scope, *atoms: object) -> tuple[Question, ...]:
        questions = (self._question(condition, scope, *atoms) for condition in self._conditions)
        return tuple(question for question in questions if question.open)

    def _question(self, condition: Condition, scope: Scope, *atoms: object) -> Question:
        yes, no = (
            tuple(self.answers(scope, *atoms, Fact(condition, answer)))
            for answer in (Answer.YES, Answer.NO)
        )
        about = (About("fact", condition.id, condition.name),)
        worst: dict[str, NotChecked] = {}
        for _, finding in yes + no:
            one = NotChecked(finding.rule, finding.severity, Reason.FACT_NOT_ASKED, about)
            worst[one.rule] = min(worst.get(one.rule, one), one, key=_gravity)
        return Question(condition.id, yes, no, tuple(worst.values()))


def _gravity(skipped: NotChecked) -> int:
    """Where the severity of what was not checked stands; the worst first."""
    return SEVERITIES.index(skipped.severity)


def _as_one(ones: list[NotChecked]) -> NotChecked:
    """What was not checked of one rule, for several conditions."""
    worst = ones[0]  # a company has them in that order
    return NotChecked(worst.rule, worst.severity, worst.reason, tuple([o.about[0] for o in ones]))
