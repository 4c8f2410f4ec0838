"""What rules look at: substances, specialties, products, allergies and facts of the patient.

Nothing here is built by hand in the ordinary case: a `Formulary` makes it from the data.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mesomix.evidence import Citation, Evidence, Reference, Text
from mesomix.quantity import Quantity
from mesomix.shown import Shown
from mesomix.vocabulary import (
    NOT_INJECTED,
    AllergyState,
    Answer,
    Effect,
    MarketState,
    Per,
    Route,
    Severity,
)

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Condition:
    """A question about the patient, such as pregnancy."""

    id: str
    name: Text
    implied: frozenset[str] = frozenset()
    """The conditions that a yes to this one is a yes to as well, through any number of steps."""
    younger_than_months: int | None = None
    """The age in months below which somebody has it, and from which on nobody; None of others."""


@dataclass(frozen=True, slots=True)
class Contraindication:
    """What a label, or another source, says of a substance and a condition of the patient."""

    condition: str
    name: Text
    """Of the condition."""
    severity: Severity
    citation: Citation


@dataclass(frozen=True, slots=True)
class ReportedHarm:
    """A published harm of two things given together; `other` is a substance or a group."""

    other: str
    says: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class Group:
    """Substances that an allergy may reach together."""

    id: str
    name: Text
    citation: Citation


@dataclass(frozen=True, slots=True)
class MaximumDose:
    """The most of a substance that a label lets somebody have at once, or in a day."""

    amount: Quantity
    per: Per
    routes: tuple[Route, ...]
    citation: Citation
    population: Text | None = None
    """For whom the label says so; None where it names nobody."""
    usual: bool = False
    """Whether it is the most of what the label calls usual, and states no maximum."""


@dataclass(frozen=True, slots=True, eq=False)
class Substance:
    """A substance, active or excipient, and what holds for it in every specialty.

    As with products, there is one object of each in a formulary, and no other is equal to it.
    """

    id: str
    name: Text
    groups: frozenset[str] = frozenset()
    contraindications: tuple[Contraindication, ...] | None = None
    """None where nobody has looked; empty where somebody looked and found none."""
    mixing_forbidden: Citation | None = None
    reported_harms: tuple[ReportedHarm, ...] = ()
    inert: bool = False
    """Whether it is an excipient that nobody is allergic to, such as water."""
    repeated_groups: tuple[Group, ...] = ()
    """Those of its groups of which two members in one mixture are a repetition."""
    maximum_doses: tuple[MaximumDose, ...] | None = None
    """None where nobody has looked; empty where somebody looked and found none."""

    def is_or_belongs_to(self, other: str) -> bool:
        """Whether `other` is the id of this substance or of one of its groups."""
        return other == self.id or other in self.groups


@dataclass(frozen=True, slots=True)
class ForbiddenRoute:
    """A route that a label forbids."""

    route: Route
    citation: Citation


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of a substance a specialty holds."""

    substance: Substance
    amount: Quantity
    volume: Quantity | None
    """In how much of the specialty; None for that of one container of unknown volume."""
    citation: Citation
    counted: Text | None = None
    """What is counted, where it is not the substance by its own name: a salt, an element."""
    part: bool = False
    """Whether it is a part of the substance that is counted beside it, such as an element."""


@dataclass(frozen=True, slots=True)
class Specialty:
    """A medicine as it is sold: one name, one strength, one list of excipients."""

    id: str
    name: str
    brand: str
    strength: str
    form: str
    routes: frozenset[Route]
    market: MarketState
    market_since: "date | None"
    market_citation: Citation
    citation: Citation
    """The source of its name, form and routes."""
    cis: str | None = None
    excipients: tuple[Substance, ...] = ()
    """Those that a source names."""
    possible_excipients: tuple[Substance, ...] = ()
    """Those that some of its stock may hold, such as an older formula."""
    excipients_complete: bool = False
    """Whether `excipients` is the whole list. Absent is not empty."""
    excipients_citation: Citation | None = None
    """What the list rests on; None where nobody has looked."""
    forbidden_routes: tuple[ForbiddenRoute, ...] = ()
    amounts: tuple[Amount, ...] = ()
    """Of the active substances, and of the excipients where a source tells it."""
    containers: tuple[Quantity, ...] = ()
    """The volumes of one ampoule or vial, of each pack; empty where nobody has looked."""

    @property
    def injectable(self) -> bool:
        """Whether at least one of its routes is an injection, or none is known."""
        return not self.routes or not self.routes <= NOT_INJECTED


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Product(Shown):
    """What one written name means: one or more substances, in a specialty or in an unknown one.

    Who writes "Piroxicam" means the substance in an unknown specialty (`specified` is False):
    its excipients are unknown. Who writes "Piroxicam Teva" means that one.
    Two products are equal only when they are the same object of one formulary.
    """

    id: str
    name: Text
    substances: tuple[Substance, ...]
    effects: frozenset[Effect] = frozenset()
    specialties: tuple[Specialty, ...] = ()
    """The specialties that the name can mean, of those that the formulary knows."""
    specified: bool = False
    """Whether the name surely means one of `specialties`."""
    citation: Citation | None = None
    """What lists it among the products of mixtures; None outside the formulary."""
    in_formulary: bool = True
    """False for a substance that is known by name only, and for a specialty of BDPM."""
    composition_read: bool = True
    """False where BDPM has no composition of it, or one that could not be read whole."""
    possible_substances: tuple[Substance, ...] = ()
    """Active ones of some of the specialties that the name can mean, and not of all."""
    references: Mapping[str, Reference] = field(default_factory=dict, repr=False)
    """What its data cites, by id: for who shows it."""
    excipients: tuple[Substance, ...] = field(init=False)
    """Those that are there for certain."""
    possible_excipients: tuple[Substance, ...] = field(init=False)
    excipients_complete: bool = field(init=False)
    contents: tuple[tuple[Substance, bool], ...] = field(init=False)
    """All that it holds or may hold, each with whether it surely does; the active ones first."""

    def __post_init__(self) -> None:
        lists = [specialty.excipients for specialty in self.specialties] if self.specified else []
        certain = {s: None for s in lists[0] if all(s in other for other in lists)} if lists else {}
        possible = dict.fromkeys(
            excipient
            for specialty in self.specialties
            for excipient in (*specialty.excipients, *specialty.possible_excipients)
            if excipient not in certain
        )
        complete = all(specialty.excipients_complete for specialty in self.specialties)
        contents = (
            *[(substance, True) for substance in (*self.substances, *certain)],
            *[(substance, False) for substance in (*self.possible_substances, *possible)],
        )
        object.__setattr__(self, "contents", contents)
        object.__setattr__(self, "excipients", tuple(certain))
        object.__setattr__(self, "possible_excipients", tuple(possible))
        object.__setattr__(
            self, "excipients_complete", self.specified and complete and not possible
        )


@dataclass(frozen=True, slots=True)
class Reach:
    """Why an allergy reaches a substance: it is named (`evidence` None), or by a group."""

    evidence: Evidence | None
    citation: Citation | None = None

    @property
    def stated(self) -> bool:
        """Whether the substance is named by the allergy, or a label states the cross-reaction."""
        return self.evidence is not Evidence.POSSIBLE


@dataclass(frozen=True, slots=True, eq=False)
class Allergy:
    """What an allergy means to a formulary: the substances that it reaches, by their ids."""

    id: str | None
    name: Text
    state: AllergyState = AllergyState.RECOGNISED
    suggestion: Text | None = None
    """A known name that is spelt nearly as one that was not recognised."""
    reaches: Mapping[str, Reach] = field(default_factory=dict)
    culprit_unknown: bool = False
    """It was declared to a specialty or a brand of which not every excipient is known."""
    outside_composition: bool = False
    """It may be to the equipment or the antisepsis, which no list of excipients tells."""

    @property
    def doubtful(self) -> bool:
        """Whether it was declared with a doubt: no rule can be sure then."""
        return self.state is AllergyState.DOUBTFUL


@dataclass(frozen=True, slots=True)
class Fact:
    """One condition of the patient with its answer; a rule sees yes or no only."""

    condition: Condition
    answer: Answer

    def yes(self, condition: str) -> bool:
        """Whether this is the condition of that id, and it was answered with yes."""
        return self.condition.id == condition and self.answer is Answer.YES
