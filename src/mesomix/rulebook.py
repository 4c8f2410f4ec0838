"""A rulebook: an ordered tuple of rules, and what they say of a mixture, a patient, a session."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import filterfalse
from operator import itemgetter
from weakref import WeakKeyDictionary

from mesomix._version import __version__
from mesomix.answered import Company, Ranked, Unasked
from mesomix.evidence import Text
from mesomix.memory import Memory
from mesomix.names import shortened
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
from mesomix.request import Edition, Mixture, Patient
from mesomix.rule import SESSION, Rule, Scope
from mesomix.session import Session
from mesomix.skipped import DOSES, NOT_ASKED, skipped, skipped_of_session

Asked = tuple[Mixture, Patient | None, Session | None]


class Rulebook:
    """Rules in the order in which they speak. `Rulebook([*mesomix.RULES, mine])` is a clinic's own.

    Iterating gives the rules, `len` their number, and `rulebook["corticosteroid"]` one of them.
    Raises ValueError when two rules have one id. Safe to share between threads.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        self._by_id = {rule.id: rule for rule in self._rules}
        twice = sorted(key for key, n in Counter(r.id for r in self._rules).items() if n > 1)
        if twice:
            message = f"two rules have one id: {', '.join(twice)}"
            raise ValueError(message)
        self._ids = tuple(self._by_id)
        self._memories: WeakKeyDictionary[Edition, Memory] = WeakKeyDictionary()
        self._without_patient = Unasked(tuple(skipped(self._rules, Reason.NO_PATIENT)))
        # What is not described of a session is known beforehand: who asks about none pays nothing.
        self._undescribed = {scope: skipped_of_session(self._rules, scope) for scope in SESSION}
        self._beforehand = {
            (no_session, no_amounts): self._known_beforehand(no_session, no_amounts)
            for no_session in (True, False)
            for no_amounts in (True, False)
        }

    def _known_beforehand(
        self, no_session: bool, no_amounts: bool
    ) -> tuple[tuple[str, ...], tuple[NotChecked, ...]]:
        """The ids of the rules that can run without a session, or amounts; and the others."""
        without = [
            NotChecked(rule.id, rule.severity, Reason.AMOUNT_NOT_WRITTEN)
            for rule in self._rules
            if no_amounts and rule.scope in DOSES
        ]
        without += skipped_of_session(self._rules, *SESSION) if no_session else []
        cannot = {skipped.rule for skipped in without}
        return tuple(rule for rule in self._ids if rule not in cannot), tuple(without)

    @cached_property
    def digest(self) -> Rules:
        """The SHA-256 of what the rules say: ids, severities, texts and citations."""
        import hashlib  # noqa: PLC0415 (with OpenSSL: who only imports mesomix does not pay)

        said = [(r.id, r.severity, r.situation, r.message, r.cites) for r in self._rules]
        return Rules(hashlib.sha256(repr(said).encode()).hexdigest())

    def __iter__(self) -> Iterator[Rule]:
        """The rules, in order."""
        return iter(self._rules)

    def __len__(self) -> int:
        """How many rules there are."""
        return len(self._rules)

    def __getitem__(self, rule_id: str) -> Rule:
        """The rule of that id; KeyError when there is none."""
        return self._by_id[rule_id]

    def check(
        self, mixture: Mixture, patient: Patient | None = None, session: Session | None = None
    ) -> Report:
        """What these rules say of `mixture` for `patient`, injected as `session` describes.

        Without a patient no rule about one runs; a fact that was not asked, an allergy or a name
        that was not recognised leave rules open. Those are listed in `Report.not_checked`, and
        where one of them could have objected the verdict is a review at best. What was not
        described of the session is listed as well, and changes no verdict.

        Raises TypeError when an argument is no mixture, patient or session, and ValueError when
        the first two were read with different data, or a rule cites a reference that the data does
        not register.
        """
        if not isinstance(mixture, Mixture):
            message = "the mixture must be what formulary.mixture(...) returned"
            raise TypeError(message)
        memory = self._memory(mixture.edition)
        company = memory.company(mixture.products)
        found = memory.mixture(company, mixture)
        unread = mixture.unrecognised or mixture.read_in_part or mixture.day_only
        open_rules = self._unrecognised(mixture) if unread else []
        unasked = self._without_patient
        if patient is None:
            open_rules += unasked.open
        else:
            _check_edition(mixture, patient)
            unasked = memory.unasked(company, patient.asked)
            open_rules += unasked.open
            found += _facts(company, patient)
            found += self._allergies(memory, company, patient, open_rules)
        if mixture.doses is not None:
            for dose in mixture.doses:
                dosed = memory.dose(dose)
                found += dosed.findings
                open_rules += dosed.open
        if session is not None:
            found += self._session(memory, session, open_rules)
        found.sort(key=itemgetter(0))
        findings = tuple([finding for _, finding in found])
        described = (session is None, mixture.doses is None)
        if len(open_rules) == len(unasked.open):  # nothing else is open
            lists = unasked.lists.get(described)
            if lists is None:
                lists = unasked.lists[described] = self._lists(unasked.open, described)
        else:
            lists = self._lists(open_rules, described)
        return self._report(memory.data, (mixture, patient, session), findings, lists)

    def _unrecognised(self, mixture: Mixture) -> list[NotChecked]:
        """The rules that could not judge what was not recognised, whole names or words of them."""
        found: list[NotChecked] = []
        for reason, names in (
            (Reason.PRODUCT_NOT_RECOGNISED, [read.written for read in mixture.unrecognised]),
            (Reason.PRODUCT_READ_IN_PART, [read.unread for read in mixture.read_in_part]),
            (Reason.PRODUCT_OF_DAY_ONLY, [read.written for read in mixture.day_only]),
        ):
            if names:
                texts = [Text.same(shortened(name)) for name in names]
                about = tuple([About("product", None, text) for text in texts])
                found += skipped(self._rules, reason, about)
        return found

    def _allergies(
        self, memory: Memory, company: Company, patient: Patient, open_rules: list[NotChecked]
    ) -> list[Ranked]:
        """What the rules say of the allergies; the rules that cannot run join `open_rules`."""
        if patient.allergies is None:
            open_rules += skipped(self._rules, Reason.ALLERGIES_NOT_ASKED)
            return memory.answers(Scope.UNKNOWN_ALLERGY, NOT_ASKED)
        found: list[Ranked] = []
        for allergy in patient.recognised:
            found += memory.allergy(company, allergy)
        if patient.unrecognised:
            for allergy in patient.unrecognised:
                found += memory.answers(Scope.UNKNOWN_ALLERGY, allergy)
            about = tuple(
                [About("allergy", None, allergy.name) for allergy in patient.unrecognised]
            )
            open_rules += skipped(self._rules, Reason.ALLERGY_NOT_RECOGNISED, about)
        return found

    def _session(
        self, memory: Memory, session: Session, open_rules: list[NotChecked]
    ) -> list[Ranked]:
        """What the rules say of what is described; those of the rest join `open_rules`."""
        if not isinstance(session, Session):
            message = "the session must be a mesomix.Session"
            raise TypeError(message)
        described = {
            Scope.DEPTH_MM: session.depth_mm,
            Scope.DAYS_SINCE_LAST: session.days_since_last,
            Scope.SESSION_NUMBER: session.number,
        }
        found: list[Ranked] = []
        for scope, value in described.items():
            if value is None:
                open_rules += self._undescribed[scope]
            else:
                found += memory.answers(scope, value)
        return found

    def _memory(self, edition: Edition) -> Memory:
        memory = self._memories.get(edition)
        if memory is None:
            memory = self._memories.setdefault(edition, Memory(self._rules, edition))
        return memory

    def _lists(
        self, open_rules: Sequence[NotChecked], described: tuple[bool, bool]
    ) -> tuple[tuple[str, ...], tuple[NotChecked, ...]]:
        """The ids of the rules that ran for all that they concern, and what was not checked."""
        checked, known_beforehand = self._beforehand[described]
        if open_rules:
            open_ids = {skipped.rule for skipped in open_rules}
            checked = tuple(filterfalse(open_ids.__contains__, checked))
        return checked, (*open_rules, *known_beforehand)

    def _report(
        self,
        data: Data,
        asked: Asked,
        findings: tuple[Finding, ...],
        lists: tuple[tuple[str, ...], tuple[NotChecked, ...]],
    ) -> Report:
        mixture, patient, session = asked
        checked, not_checked = lists
        reads = None if patient is None else patient.reads
        return Report(
            verdict=verdict_of(findings, not_checked),
            findings=findings,
            products=mixture.reads,
            allergies=reads,
            facts=None if patient is None else patient.facts,
            effects=mixture.effects,
            session=session,
            composition=None if mixture.doses is None else mixture.composition(),
            per_day=mixture.day_reads,
            checked=checked,
            not_checked=not_checked,
            assessed=Assessed(
                products=mixture.assessed,
                products_written=len(mixture.reads),
                allergies=0 if patient is None else patient.assessed,
                allergies_written=len(reads or ()),
            ),
            data=data,
            rules=self.digest,
            mesomix=__version__,
        )


def _facts(company: Company, patient: Patient) -> list[Ranked]:
    """What the rules say of the facts that were answered."""
    found: list[Ranked] = []
    for said, given in ((company.yes, patient.affirmed), (company.no, patient.denied)):
        if said:
            for condition in given:
                found += said.get(condition, ())
    return found


def _check_edition(mixture: Mixture, patient: Patient) -> None:
    if not isinstance(patient, Patient):
        message = "the patient must be what formulary.patient(...) returned"
        raise TypeError(message)
    one, other = mixture.edition, patient.edition
    if (one.sha256, one.bdpm) != (other.sha256, other.bdpm):
        message = "the mixture and the patient were read with different data: use one formulary"
        raise ValueError(message)
