"""The question that mesomix and its peers are asked, and the answer.

The rules are those that can speak for recognised products and a described patient; reading names is
what mesomix alone does, and is measured apart. A request comes in ids.
"""

from collections.abc import Collection, Iterable, Sized
from dataclasses import dataclass
from random import Random
from typing import Any, Final, Literal, NamedTuple, Protocol, TypedDict

import synthetic

import mesomix
from mesomix.model import Allergy, Condition

CONDITIONS: Final = (
    "skin-infection",
    "coagulation-disorder",
    "autoimmune-flare",
    "infectious-disease",
    "skin-disease",
    "cancer-treatment",
    "corticosteroid-treatment",
    "pregnancy",
    "anticoagulant",
)
"""The rules about one condition; each is called as its condition."""

RULE_IDS: Final = (
    "corticosteroid",
    "too-many-products",
    "not-injectable",
    "mixing-forbidden",
    "route-forbidden",
    "reported-harm",
    "repeated-product",
    "repeated-substance",
    "repeated-class",
    "known-allergy",
    "possible-cross-allergy",
    "product-contraindicated",
    *CONDITIONS,
    "empty-mixture",
    "label-not-reviewed",
    "allergies-not-asked",
    "composition-unknown",
    "allergen-outside-mixture",
    "specialty-not-named",
    "compatibility-undocumented",
    "route-off-label",
    "no-longer-marketed",
)
RULES: Final = mesomix.Rulebook([mesomix.RULES[rule] for rule in RULE_IDS])

ROUTES: Final = ("intradermal", "subcutaneous")
"""The routes by which mesotherapy injects."""

Verdict = Literal["refuse", "review", "no-objection"]


class Finding(NamedTuple):
    """What a rule says, and of which products."""

    rule: str
    products: tuple[str, ...]
    certain: bool


class Answer(NamedTuple):
    """What has to be equal: the verdict, the findings, and which question each rule left open."""

    verdict: Verdict
    findings: frozenset[Finding]
    open: frozenset[tuple[str, str]]


class Request(TypedDict):
    products: list[str]
    allergies: list[str] | None
    facts: dict[str, bool]


@dataclass(frozen=True, slots=True)
class Case:
    """One question, as each side takes it."""

    request: Request
    mixture: mesomix.Mixture
    patient: mesomix.Patient
    written: synthetic.Request


class Peer(Protocol):
    """One way to answer. `ask` is what is timed; `answer` puts it into the common form."""

    name: str
    version: str

    def ask(self, case: Case) -> object: ...

    def answer(self, asked: object) -> Answer: ...


class CannotBeMeasuredError(Exception):
    """A peer is not installed, or cannot express the rules; the message says which and why."""


Found = tuple[str, tuple[str, ...], bool, str]
"""A rule, its products, whether it is sure, and how bad it is: what peers collect."""


def verdict_of(found: Iterable[Found], left_open: Sized) -> Verdict:
    """The verdict that follows; for peers that do not tell it themselves."""
    verdict: Verdict = "review" if left_open else "no-objection"
    for _, _, certain, severity in found:
        if severity == "refuse" and certain:
            return "refuse"
        if severity != "note":
            verdict = "review"
    return verdict


def answer_of(found: Iterable[Found], left_open: Collection[tuple[str, str]]) -> Answer:
    """The answer of a peer, with the verdict that follows."""
    collected = tuple(found)
    findings = frozenset(
        Finding(rule, products, certain) for rule, products, certain, _ in collected
    )
    return Answer(verdict_of(collected, left_open), findings, frozenset(left_open))


def answer_said(said: dict[str, Any]) -> Answer:
    """The answer of a peer that tells its verdict, as JSON has it."""
    told = {Finding(rule, tuple(products), certain) for rule, products, certain in said["found"]}
    told |= {
        Finding("product-contraindicated", (product,), certain)
        for product, _, _, certain in said["against"]
    }
    left_open = frozenset((rule, condition) for rule, condition in said["open"])
    return Answer(said["verdict"], frozenset(told), left_open)


def key_of(allergy: Allergy) -> str:
    """An id of its own: the same substance can be meant by its name or by that of a brand."""
    return f"{allergy.id}{'?' * allergy.doubtful}{'*' * allergy.culprit_unknown}"


def read(formulary: mesomix.Formulary, written: synthetic.Request) -> Case:
    """One question, read: the peers are spared the reading."""
    mixture = formulary.mixture(*written.products)
    patient = formulary.patient(allergies=written.allergies, facts=written.facts)
    assert not [*mixture.unrecognised, *mixture.read_in_part]
    assert not patient.unrecognised
    allergies = None if patient.allergies is None else [key_of(a) for a in patient.recognised]
    request: Request = {
        "products": [product.id for c in mixture.components for product in c.products],
        "allergies": allergies,
        "facts": {key: answer.value == "yes" for key, answer in patient.answers.items()},
    }
    return Case(request, mixture, patient, written)


def random_cases(formulary: mesomix.Formulary, count: int, seed: int = 0) -> list[Case]:
    """Questions of every shape: none to five products, repetitions, allergies that nobody asked."""
    random = Random(seed)  # noqa: S311 (nothing here is secret)
    conditions = [*formulary.conditions.values()]
    cases: list[Case] = []
    for drawn in synthetic.requests(formulary, count, seed=seed, products=5, allergies=3):
        products = [*drawn.products[: random.choice((0, 1, 2, 2, 3, 3, 3, 3, 4, 5))]]
        if products and random.random() < 0.1:
            products.append(random.choice(products))
        allergies = (drawn.allergies or ())[: random.randint(0, 3)]
        asked = allergies if random.random() < 0.9 else None
        facts = _facts(random, drawn.facts, conditions)
        cases.append(read(formulary, synthetic.Request(tuple(products), asked, facts)))
    return cases


def _facts(random: Random, drawn: dict[str, bool], conditions: list[Condition]) -> dict[str, bool]:
    """Answers that do not contradict each other: some asked, or all."""
    facts = {key: yes for key, yes in drawn.items() if random.random() < 0.9}
    for condition in random.sample(conditions, random.choice((0, 0, 1, 5))):
        if not (condition.implied & facts.keys()):
            facts.setdefault(condition.id, True)
    if random.random() < 0.5:
        implied = {key for c in conditions if facts.get(c.id) for key in c.implied}
        facts |= {c.id: False for c in conditions if c.id not in {*facts, *implied}}
    return facts
