"""What is asked: a mixture and a patient, as they were written and as they were read.

Models check shape and rules judge content: a mixture with a corticosteroid is a valid `Mixture`,
since someone must be able to say that it is refused.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest

from mesomix.composition import Composition, composition_of
from mesomix.dose import Dose
from mesomix.evidence import Reference, Text
from mesomix.model import Allergy, Condition, Group, Product
from mesomix.names import fold, shortened
from mesomix.portion import NOTHING_WRITTEN, Portion, WrittenAmount, portion
from mesomix.shown import Shown
from mesomix.vocabulary import AllergyState, Answer, Effect, MatchedBy, in_order


@dataclass(frozen=True, slots=True)
class ReadName:
    """How one written product was read. `id` and `name` are None when it was not recognised."""

    written: str
    id: str | None = None
    name: Text | None = None
    matched_by: MatchedBy | None = None
    suggestion: Text | None = None
    """A known name that is spelt nearly so: a question to the writer, never an answer."""
    unread: str = ""
    """The words of `written` that mean nothing to mesomix, when a name was found among others."""
    suspicion: Text | None = None
    """A corticosteroid that what was not recognised looks like."""
    fitting: Text | None = None
    """What an amount of it may be in, where one was written in a unit that does not fit."""
    effects: tuple[Effect, ...] = ()
    """Those that the data gives to what was recognised."""


@dataclass(frozen=True, slots=True)
class Component:
    """One line of a mixture: what was written, and the products that were found in it."""

    read: ReadName
    products: tuple[Product, ...] = ()
    """Empty when nothing was recognised; more than one for "procaïne + Miorel" in one text."""
    amounts: tuple[WrittenAmount, ...] = ()
    """How much of each of them was written; empty when nothing was."""

    @property
    def portions(self) -> Iterator[Portion]:
        """How much of what it holds, as far as that is known."""
        if not self.products:
            written = self.amounts[0] if self.amounts else NOTHING_WRITTEN
            name = Text.same(shortened(self.read.written))
            yield Portion(name, None, written, written.volume, {}, {})
        for product, written in zip_longest(self.products, self.amounts, fillvalue=NOTHING_WRITTEN):
            if isinstance(product, Product) and isinstance(written, WrittenAmount):
                yield portion(product, written)


@dataclass(frozen=True, slots=True)
class ReadAllergy:
    """How one allergy was read. `id` and `name` are None when it was not recognised."""

    written: str
    """The text, or the part of it that says this."""
    state: AllergyState
    id: str | None = None
    name: Text | None = None
    matched_by: MatchedBy | None = None
    suggestion: Text | None = None
    """A known name that is spelt nearly so: a question to the writer, never an answer."""
    within: str | None = None
    """The whole text, where `written` is a part of it."""


@dataclass(frozen=True, slots=True)
class DeclaredAllergy:
    """One allergy of a patient, declared or denied: what was written, and what it means."""

    read: ReadAllergy = field(repr=False)
    allergy: Allergy = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Edition:
    """The data that a mixture and a patient were read with."""

    version: str
    sha256: str
    """Of the bytes of its files, in the order of their loading."""
    conditions: Mapping[str, Condition] = field(repr=False)
    groups: Mapping[str, Group] = field(repr=False)
    references: Mapping[str, Reference] = field(repr=False)
    bdpm: str | None = None
    """The SHA-256 of the files of BDPM that names were looked up in; None without them."""


@dataclass(frozen=True, slots=True, repr=False)
class Mixture(Shown):
    """What someone means to inject together, as `Formulary.mixture` read it."""

    components: tuple[Component, ...]
    edition: Edition
    effects: tuple[Effect, ...] = ()
    """The effects that are asked for."""
    per_day: tuple[Component, ...] | None = None
    """What the patient has in the whole day, this mixture among it; None where nobody said it."""
    products: tuple[Product, ...] = field(init=False)
    """The recognised products, each once, by id."""
    repeated: tuple[Product, ...] = field(init=False)
    """The recognised products that are listed more than once."""
    unrecognised: tuple[ReadName, ...] = field(init=False)
    """The names in which nothing was recognised, each once however it is spelt."""
    read_in_part: tuple[ReadName, ...] = field(init=False)
    """The texts of which some words mean nothing to mesomix, each once."""
    count: int = field(init=False)
    """How many products are listed at least; two spellings of one count once."""
    count_at_most: int = field(init=False)
    """The same, when each name in a text that holds several is a product of its own."""
    reads: tuple[ReadName, ...] = field(init=False)
    """How each name was read, in the order in which they were written."""
    day_only: tuple[ReadName, ...] = field(init=False)
    """The names of the day that hold what is not in this mixture: only their doses are judged."""
    day_reads: tuple[ReadName, ...] | None = field(init=False)
    """How each name of the day was read; None where nobody said what it has."""
    assessed: int = field(init=False)
    """How many of the names were recognised, to their last word."""
    doses: tuple[Dose, ...] | None = field(init=False)
    """Its substances with their amounts; None where no amount was written."""
    plain: bool = field(init=False)
    """Whether it is no more than different products, each read whole from a name of its own."""
    _composition: Composition | None = field(init=False, repr=False)

    def __repr__(self) -> str:
        """How much was written and read: a repr can end up in a log, and patient data must not."""
        return f"<Mixture: {len(self.components)} written, {self.assessed} read whole>"

    def __post_init__(self) -> None:
        counted: dict[Product, int] = {}
        for component in self.components:
            for product in component.products:
                counted[product] = counted.get(product, 0) + 1
        distinct = tuple(sorted(counted, key=lambda product: (product.id, product.specified)))
        listed = {component.products for component in self.components if component.products}
        reads = tuple([component.read for component in self.components])
        unknown = _each_once([c.read for c in self.components if not c.products])
        day = self.per_day or ()
        everything = (*self.components, *day) if day else self.components
        without = _each_once([c.read for c in everything if not c.products]) if day else unknown
        in_part = _each_once([c.read for c in everything if c.read.unread])
        object.__setattr__(self, "products", distinct)
        object.__setattr__(self, "repeated", tuple([p for p in distinct if counted[p] > 1]))
        object.__setattr__(self, "unrecognised", without)
        object.__setattr__(self, "read_in_part", in_part)
        object.__setattr__(self, "count", min(len(listed), len(distinct)) + len(unknown))
        object.__setattr__(self, "count_at_most", len(distinct) + len(unknown))
        object.__setattr__(self, "reads", reads)
        day_reads = None if self.per_day is None else tuple(c.read for c in self.per_day)
        object.__setattr__(self, "day_reads", day_reads)
        held = {substance for product in distinct for substance in product.substances}
        others = [c.read for c in day if any(not held.issuperset(p.substances) for p in c.products)]
        object.__setattr__(self, "day_only", _each_once(others))
        known = [c for c in self.components if c.products and not c.read.unread]
        object.__setattr__(self, "assessed", len(known))
        self._measure(everything)
        written = sum(counted.values())
        each_its_own = len(self.components) == len(known) == written == len(distinct)
        nothing_more = not self.effects and self.doses is None and self.per_day is None
        object.__setattr__(self, "plain", each_its_own and nothing_more)

    def _measure(self, everything: Iterable[Component]) -> None:
        doses, composition = None, None
        if any(component.amounts for component in everything):
            portions = _portions(self.components)
            per_day = None if self.per_day is None else _portions(self.per_day)
            composition, doses = composition_of(portions, per_day)
        object.__setattr__(self, "doses", doses)
        object.__setattr__(self, "_composition", composition)

    def composition(self) -> Composition:
        """What is in the syringe, as far as it is known: nothing, where no amount was written."""
        if self._composition is not None:
            return self._composition
        per_day = None if self.per_day is None else _portions(self.per_day)
        return composition_of(_portions(self.components), per_day)[0]


def mixture_of(products: Iterable[Product], edition: Edition) -> Mixture:
    """The mixture of `products`, which `edition` has, each written by its own name."""
    return Mixture(
        tuple(
            Component(
                ReadName(p.name.fr, p.id, p.name, MatchedBy.EXACT, effects=in_order(p.effects)),
                (p,),
            )
            for p in products
        ),
        edition,
    )


def _portions(components: Iterable[Component]) -> tuple[Portion, ...]:
    return tuple(portion for component in components for portion in component.portions)


def _each_once(reads: list[ReadName]) -> tuple[ReadName, ...]:
    """Each name once, however it is spelt; the order does not depend on that of writing."""
    found: dict[str, ReadName] = {}
    if not reads:
        return ()
    for read in sorted(reads, key=lambda read: read.written):
        found.setdefault(fold(read.written) or read.written, read)
    return tuple(found.values())


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
    asked: frozenset[str] = field(init=False, repr=False)
    """The ids of the conditions that were answered, whatever the answer."""
    affirmed: tuple[str, ...] = field(init=False, repr=False)
    """The ids of the conditions that were answered with yes."""
    denied: tuple[str, ...] = field(init=False, repr=False)
    """The ids of those that were answered with no."""
    reads: tuple[ReadAllergy, ...] | None = field(init=False, repr=False)
    """How each allergy was read, in the order in which they were written."""
    recognised: tuple[Allergy, ...] = field(init=False, repr=False)
    """The allergies that were recognised, doubtful ones among them, each once."""
    unrecognised: tuple[Allergy, ...] = field(init=False, repr=False)
    """Those that were not, by what was written."""
    assessed: int = field(init=False, repr=False)
    """How much of what was written about allergies was understood, denials among it."""

    def __post_init__(self) -> None:
        answers = {fact.id: fact.answer for fact in self.facts}
        affirmed = tuple(key for key, answer in answers.items() if answer is Answer.YES)
        denied = tuple(key for key, answer in answers.items() if answer is Answer.NO)
        object.__setattr__(self, "answers", answers)
        object.__setattr__(self, "asked", frozenset(answers))
        object.__setattr__(self, "affirmed", affirmed)
        object.__setattr__(self, "denied", denied)
        declared = self.allergies or ()
        reads = None if self.allergies is None else tuple(d.read for d in declared)
        known = [d.allergy for d in declared if d.allergy.state is AllergyState.RECOGNISED]
        certain = {(allergy.id, allergy.culprit_unknown) for allergy in known}
        known += [
            d.allergy
            for d in declared
            if d.allergy.state is AllergyState.DOUBTFUL
            and (d.allergy.id, d.allergy.culprit_unknown) not in certain
        ]
        unknown = [d.allergy for d in declared if d.allergy.state is AllergyState.NOT_RECOGNISED]
        unknown.sort(key=lambda allergy: allergy.name.fr)
        object.__setattr__(self, "reads", reads)
        object.__setattr__(self, "recognised", tuple(dict.fromkeys(known)))
        object.__setattr__(self, "unrecognised", tuple(unknown))
        object.__setattr__(self, "assessed", len(declared) - len(unknown))
