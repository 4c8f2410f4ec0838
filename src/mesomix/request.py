"""What is asked: a mixture and a patient, as they were written and as they were read.

Models check shape and rules judge content: a mixture with a corticosteroid is a valid `Mixture`,
since someone must be able to say that it is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mesomix.evidence import Reference, Text
from mesomix.model import Allergy, Condition, Group, Product
from mesomix.names import fold
from mesomix.vocabulary import AllergyState, Answer, Effect, MatchedBy


@dataclass(frozen=True, slots=True)
class ReadName:
    """How one written name was read. `id` and `name` are None when it was not recognised."""

    written: str
    id: str | None = None
    name: Text | None = None
    matched_by: MatchedBy | None = None
    suggestion: Text | None = None
    """A known name that is spelt nearly so: a question to the writer, never an answer."""


@dataclass(frozen=True, slots=True)
class Component:
    """One line of a mixture: what was written, and the product that it means."""

    read: ReadName
    product: Product | None


@dataclass(frozen=True, slots=True)
class DeclaredAllergy:
    """One allergy of a patient: what was written, and what it means."""

    read: ReadName = field(repr=False)
    allergy: Allergy = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Edition:
    """The data that a mixture and a patient were read with."""

    version: str
    sha256: str
    """Of the bytes of its files, in the order of their loading."""
    conditions: Mapping[str, Condition]
    groups: Mapping[str, Group]
    references: Mapping[str, Reference]


@dataclass(frozen=True, slots=True)
class Mixture:
    """What someone means to inject together, as `Formulary.mixture` read it."""

    components: tuple[Component, ...]
    edition: Edition
    effects: tuple[Effect, ...] = ()
    """The effects that are asked for."""
    products: tuple[Product, ...] = field(init=False)
    """The recognised products, each once, by id."""
    repeated: tuple[Product, ...] = field(init=False)
    """The recognised products that are listed more than once."""
    unrecognised: tuple[ReadName, ...] = field(init=False)
    """The other names, each once however it is spelt."""
    count: int = field(init=False)
    """How many products are listed; two spellings of one count once."""
    reads: tuple[ReadName, ...] = field(init=False)
    """How each name was read, in the order in which they were written."""
    assessed: int = field(init=False)
    """How many of the names were recognised."""

    def __post_init__(self) -> None:
        known = [c.product for c in self.components if c.product is not None]
        counted = dict.fromkeys(known, 0)
        for product in known:
            counted[product] += 1
        distinct = tuple(sorted(counted, key=lambda product: product.id))
        object.__setattr__(self, "products", distinct)
        object.__setattr__(self, "repeated", tuple(p for p in distinct if counted[p] > 1))
        unknown: dict[str, ReadName] = {}
        for read in sorted(
            (c.read for c in self.components if c.product is None), key=lambda read: read.written
        ):
            unknown.setdefault(fold(read.written) or read.written, read)
        object.__setattr__(self, "unrecognised", tuple(unknown.values()))
        object.__setattr__(self, "count", len(distinct) + len(unknown))
        object.__setattr__(self, "reads", tuple(c.read for c in self.components))
        object.__setattr__(self, "assessed", len(known))


@dataclass(frozen=True, slots=True)
class AnsweredFact:
    """A question about the patient that was answered with yes or with no."""

    id: str
    name: Text
    answer: Answer


@dataclass(frozen=True, slots=True)
class Patient:
    """What is known of a patient, as `Formulary.patient` read it. Its repr tells nothing."""

    allergies: tuple[DeclaredAllergy, ...] | None = field(repr=False)
    """None when nobody asked; empty for no known allergy."""
    facts: tuple[AnsweredFact, ...] = field(repr=False)
    """What is not among them was not asked."""
    edition: Edition = field(repr=False)
    answers: Mapping[str, Answer] = field(init=False, repr=False)
    """The answers by the ids of their conditions."""
    affirmed: tuple[str, ...] = field(init=False, repr=False)
    """The ids of the conditions that were answered with yes."""
    denied: tuple[str, ...] = field(init=False, repr=False)
    """The ids of those that were answered with no."""
    reads: tuple[ReadName, ...] | None = field(init=False, repr=False)
    """How each allergy was read, in the order in which they were written."""
    recognised: tuple[Allergy, ...] = field(init=False, repr=False)
    """The allergies that were recognised, each once."""
    unrecognised: tuple[Allergy, ...] = field(init=False, repr=False)
    """The others, by what was written."""
    assessed: int = field(init=False, repr=False)
    """How many of the allergies were recognised."""

    def __post_init__(self) -> None:
        answers = {fact.id: fact.answer for fact in self.facts}
        affirmed = tuple(key for key, answer in answers.items() if answer is Answer.YES)
        denied = tuple(key for key, answer in answers.items() if answer is Answer.NO)
        object.__setattr__(self, "answers", answers)
        object.__setattr__(self, "affirmed", affirmed)
        object.__setattr__(self, "denied", denied)
        declared = self.allergies or ()
        reads = None if self.allergies is None else tuple(d.read for d in declared)
        known = [d.allergy for d in declared if d.allergy.state is AllergyState.RECOGNISED]
        unknown = [d.allergy for d in declared if d.allergy.state is not AllergyState.RECOGNISED]
        unknown.sort(key=lambda allergy: allergy.name.fr)
        object.__setattr__(self, "reads", reads)
        object.__setattr__(self, "recognised", tuple(dict.fromkeys(known)))
        object.__setattr__(self, "unrecognised", tuple(unknown))
        object.__setattr__(self, "assessed", len(known))
