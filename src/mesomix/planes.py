"""What rules answer, as bits: the fast path for tables, and for all mixtures of a formulary.

A *word* is an int with one byte for each rule of a rulebook, the first rule in the lowest. The bits
of a byte say how the rule objects (refuse, review, note) where it is sure, the same where it is
not, and that it could not run where that moves the verdict. The union of two answers is `|`.

Every word is made of what the rule functions yield, so there is nothing to keep in step with
`Rulebook.check`: a property test holds both to the same verdict, findings and open rules.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import Final

from mesomix.answered import Ranked
from mesomix.meeting import BesideAllergies, MeetingFacts, MeetingPairs, in_order
from mesomix.memory import Memory
from mesomix.model import Allergy, Fact, Product
from mesomix.report import Reason, Verdict
from mesomix.request import Edition, Mixture, Patient
from mesomix.rule import Flag, Rule, Scope
from mesomix.rulebook import Rulebook
from mesomix.skipped import CANNOT_RUN, NOT_ASKED
from mesomix.vocabulary import SEVERITIES, Answer, Severity

WIDTH: Final = 8
"""The bits of one rule."""
SURE: Final = 0
UNSURE: Final = 3
OPEN: Final = 6
"""Where in them the bits begin that say so, and the one bit of a rule that could not run."""
_SURE_REFUSAL: Final = 1 << SURE
_QUESTION: Final = 0b011 << SURE | 0b011 << UNSURE | 1 << OPEN
"""All but the notes; a sure refusal is among it, and weighs more."""
_OBJECTION: Final = 0b011 << SURE | 0b011 << UNSURE


class Planes:
    """What the rules of `rulebook` answer for what one `edition` names.

    Remembers the words of products, of rules about one fact, and of a product with a fact, and what
    products bring when they meet; nothing about a patient. Safe to share between threads.
    """

    def __init__(self, rulebook: Rulebook, edition: Edition) -> None:
        self.rulebook: Final = rulebook
        self.edition: Final = edition
        self._memory = Memory(tuple(rulebook), edition)
        self._numbers = {rule.id: number for number, rule in enumerate(rulebook)}
        self._by_scope: dict[Scope, list[tuple[int, Rule]]] = {scope: [] for scope in Scope}
        for number, rule in enumerate(rulebook):
            self._by_scope[rule.scope].append((number * WIDTH, rule))
        ones = sum(1 << (number * WIDTH) for number in range(len(rulebook)))
        self._objection = ones * _OBJECTION
        self._one_each = ones
        self.refusing: Final = ones * _SURE_REFUSAL
        """The bits of which any one makes a mixture refused."""
        self.reviewing: Final = ones * _QUESTION
        """The bits of which any one makes it at least reviewed."""
        self.no_patient: Final = self._cannot_run(Reason.NO_PATIENT)
        """What is open where nobody describes a patient."""
        self.allergies_not_asked: Final = self._cannot_run(
            Reason.ALLERGIES_NOT_ASKED
        ) | self._asked(Scope.UNKNOWN_ALLERGY, NOT_ASKED)
        self._products: dict[Product, int] = {}
        self._mixed: dict[Product, int] = {}
        facts = [Fact(c, answer) for c in edition.conditions.values() for answer in Answer]
        self._meeting_pairs = MeetingPairs(
            (rule, partial(_word_of, shift, rule)) for shift, rule in self._by_scope[Scope.PAIR]
        )
        self._meeting_facts = {rule.id: MeetingFacts(rule, facts) for rule in rulebook}
        self._facts = self._answered(Scope.FACT)
        self._of_product: dict[Product, dict[tuple[str, Answer | None], int]] = {}

    # Of a mixture alone.

    def product(self, product: Product) -> int:
        """What is said of a product, whatever it is mixed with."""
        word = self._products.get(product)
        if word is None:
            word = self._products[product] = self._asked(Scope.PRODUCT, product)
        return word

    def mixed(self, product: Product) -> int:
        """What is said beside that where anything else is listed with it."""
        word = self._mixed.get(product)
        if word is None:
            word = self._mixed[product] = self._asked(Scope.MIXED_PRODUCT, product)
        return word

    def pair(self, one: Product, other: Product) -> int:
        """What is said of two different products together. Not remembered."""
        first, second = sorted((one, other), key=in_order)
        return self._asked(Scope.PAIR, first, second)

    def pairs(self, products: Sequence[Product], since: int = 0) -> dict[tuple[int, int], int]:
        """The words of the pairs of which something is said, by their positions, lower first.

        Of pairs with a product from position `since` on. A rule that tells when two products meet
        (`Rule.meeting`) is asked of those pairs alone.
        """
        return self._meeting_pairs.words(products, since)

    def listed(self, number: int) -> int | None:
        """What the rules on whole mixtures say of any plain one (`Mixture.plain`) of `number`.

        None where one of them looks at more than how many products are listed: a clinic's own may.
        Then each mixture has to be asked about: `mixture`.
        """
        found = self._memory.listed(number)
        return None if found is None else self._findings_word(found)

    def mixture(self, mixture: Mixture) -> int:
        """All that is said of `mixture` without a patient."""
        word = self.whole(mixture)
        for product in mixture.products:
            word |= self.product(product)
            word |= self.mixed(product) if mixture.count_at_most > 1 else 0
        for one, other in combinations(mixture.products, 2):
            word |= self.pair(one, other)
        for reason, unread in (
            (Reason.PRODUCT_NOT_RECOGNISED, mixture.unrecognised),
            (Reason.PRODUCT_READ_IN_PART, mixture.read_in_part),
            (Reason.PRODUCT_OF_DAY_ONLY, mixture.day_only),
        ):
            word |= self._cannot_run(reason) if unread else 0
        for dose in mixture.doses or ():
            # What is not known of a dose moves no verdict (`verdict_of`).
            word |= self._findings_word(self._memory.dose(dose).findings)
        return word

    def whole(self, mixture: Mixture) -> int:
        """What the rules on whole mixtures say of `mixture`."""
        listed = self.listed(len(mixture.products)) if mixture.plain else None
        if listed is not None:
            return listed
        word = 0
        for shift, rule in self._by_scope[Scope.MIXTURE]:
            word |= _word_of(shift, rule, mixture)
        return word

    # Of a patient.

    def patient(self, patient: Patient | None) -> int:
        """All that is said of a patient, or of the lack of one, whatever is mixed."""
        if patient is None:
            return self.no_patient
        word = 0
        for (condition, answer), said in self._facts.items():
            if patient.answers.get(condition) is answer:
                word |= said
        if patient.allergies is None:
            return word | self.allergies_not_asked
        for allergy in patient.recognised:
            word |= self.allergy(allergy)
        for allergy in patient.unrecognised:
            word |= self.unknown_allergy(allergy)
        return word

    def met(self, product: Product, patient: Patient | None) -> int:
        """What is said of a product for a patient: of it and each allergy, and each fact."""
        if patient is None:
            return 0
        word = 0
        for (condition, answer), said in self.product_facts(product).items():
            if patient.answers.get(condition) is answer:
                word |= said
        for allergy in patient.recognised if patient.allergies is not None else ():
            word |= self.product_allergy(product, allergy)
        return word

    def allergy(self, allergy: Allergy) -> int:
        """What is said of an allergy that was recognised, whatever is mixed."""
        return self._asked(Scope.ALLERGY, allergy)

    def unknown_allergy(self, allergy: Allergy) -> int:
        """What is said of an allergy that was not recognised, and what it leaves open."""
        said = self._asked(Scope.UNKNOWN_ALLERGY, allergy)
        return said | self._cannot_run(Reason.ALLERGY_NOT_RECOGNISED)

    def product_allergy(self, product: Product, allergy: Allergy) -> int:
        """What is said of a product and an allergy that was recognised. Not remembered."""
        return self._asked(Scope.PRODUCT_ALLERGY, product, allergy)

    def beside_allergies(self, products: Iterable[Product]) -> BesideAllergies:
        """The same of many products, for as many allergies as one likes: much faster.

        It remembers what is said beside an allergy that reaches nothing, and so is worth keeping.
        """
        return BesideAllergies(self.product_allergy, products)

    def fact(self, condition: str, answer: Answer | None) -> int:
        """What is said of a condition that was answered so; None where it was not asked."""
        return self._facts.get((condition, answer), 0)

    def product_fact(self, product: Product, condition: str, answer: Answer | None) -> int:
        """What is said of a product and such an answer."""
        return self.product_facts(product).get((condition, answer), 0)

    def product_facts(self, product: Product) -> Mapping[tuple[str, Answer | None], int]:
        """What is said of a product and each answer to a condition; None of not asking."""
        words = self._of_product.get(product)
        if words is None:
            words = self._of_product[product] = self._answered(Scope.PRODUCT_FACT, product)
        return words

    # What words mean.

    def word(self, mixture: Mixture, patient: Patient | None = None) -> int:
        """All that is said of `mixture` for `patient`; of the session nothing is."""
        word = self.mixture(mixture) | self.patient(patient)
        for product in mixture.products:
            word |= self.met(product, patient)
        return word

    def verdict(self, word: int) -> Verdict:
        """The verdict that follows from it."""
        if word & self.refusing:
            return Verdict.REFUSE
        return Verdict.REVIEW if word & self.reviewing else Verdict.NO_OBJECTION

    def findings(self, word: int) -> frozenset[tuple[str, Severity, bool]]:
        """The rules that speak, how bad it is, and whether they are sure."""
        return frozenset(
            (rule.id, severity, certain)
            for number, rule in enumerate(self.rulebook)
            for start, certain in ((SURE, True), (UNSURE, False))
            for grade, severity in enumerate(SEVERITIES)
            if word >> (number * WIDTH + start + grade) & 1
        )

    def open_rules(self, word: int) -> frozenset[str]:
        """The rules that could not run, of those whose answer could have moved the verdict."""
        return frozenset(
            rule.id
            for number, rule in enumerate(self.rulebook)
            if word >> (number * WIDTH + OPEN) & 1
        )

    # How they are made.

    def _asked(self, scope: Scope, *atoms: object) -> int:
        word = 0
        for shift, rule in self._by_scope[scope]:
            asked = rule.function if rule.meeting is None else rule.flags
            for flagged in asked(*atoms):
                word |= _bit(rule, flagged) << shift
        return word

    def _answered(self, scope: Scope, *atoms: object) -> dict[tuple[str, Answer | None], int]:
        """The words of the answers to each condition, and of its not having been asked."""
        words: dict[tuple[str, Answer | None], int] = defaultdict(int)
        for shift, rule in self._by_scope[scope]:
            for fact in self._meeting_facts[rule.id].that_meet(*atoms):
                word = _word_of(shift, rule, *atoms, fact)
                if word:
                    words[fact.condition.id, fact.answer] |= word
                if word & self._objection:
                    words[fact.condition.id, None] |= self._opened(word)
        return dict(words)

    def _opened(self, word: int) -> int:
        """The rules that object in `word`, as those that could not run."""
        each = word | word >> 1
        return ((each | each >> UNSURE) & self._one_each) << OPEN

    def _cannot_run(self, reason: Reason) -> int:
        word = 0
        for scope in CANNOT_RUN[reason]:
            for shift, rule in self._by_scope[scope]:
                word |= (rule.severity is not Severity.NOTE) << (shift + OPEN)
        return word

    def _findings_word(self, found: Iterable[Ranked]) -> int:
        word = 0
        for _, finding in found:
            start = SURE if finding.certain else UNSURE
            bit = start + SEVERITIES.index(finding.severity)
            word |= 1 << (self._numbers[finding.rule] * WIDTH + bit)
        return word


def _word_of(shift: int, rule: Rule, *atoms: object) -> int:
    """What one rule, which begins at `shift`, says of atoms that meet."""
    word = 0
    for flagged in rule.function(*atoms):
        word |= _bit(rule, flagged)
    return word << shift


def _bit(rule: Rule, flagged: Flag) -> int:
    """The bit of a rule that says so."""
    start = SURE if flagged.certain else UNSURE
    return 1 << (start + SEVERITIES.index(rule.severity_of(flagged)))
