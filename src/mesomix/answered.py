"""What rules answered, for a product, for products together, and for a dose."""

from dataclasses import dataclass, field

from mesomix.model import Allergy, Product
from mesomix.report import Finding, NotChecked

Ranked = tuple[str, Finding]
"""A finding behind the key that puts it into the order of a report."""

Open = tuple[str, NotChecked]
"""A condition that a rule asks for, and what is to say of it when it was not asked."""


@dataclass(frozen=True, slots=True)
class Question:
    """A condition on whose answer some rule speaks: what it says to each, and who asks."""

    condition: str
    yes: tuple[Ranked, ...]
    no: tuple[Ranked, ...]
    open: tuple[NotChecked, ...]
    """The rules that it leaves open when unasked: those that speak for a yes or for a no."""


@dataclass(frozen=True, slots=True)
class Row:
    """What the rules answered for one product, and for what it met so far."""

    findings: tuple[Ranked, ...]
    mixed: tuple[Ranked, ...]
    """What they add where something is listed beside it."""
    questions: tuple[Question, ...]
    pairs: dict[Product, tuple[Ranked, ...]] = field(default_factory=dict)
    allergies: dict[Allergy, tuple[Ranked, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dosed:
    """What the rules say of one dose."""

    findings: tuple[Ranked, ...]
    open: tuple[NotChecked, ...]


@dataclass(frozen=True, slots=True)
class Unasked:
    """The rules that are open since conditions were not asked."""

    open: tuple[NotChecked, ...]
    lists: dict[tuple[bool, bool], tuple[tuple[str, ...], tuple[NotChecked, ...]]] = field(
        default_factory=dict
    )
    """`Report.checked` and `.not_checked` where nothing else is open: without a session or with
    one, without amounts or with them."""


@dataclass(frozen=True, slots=True)
class Company:
    """What the rows of products say together."""

    rows: tuple[tuple[Product, Row], ...]
    findings: tuple[Ranked, ...]
    mixed: tuple[Ranked, ...]
    """What they add where something is listed beside any of them."""
    plain: tuple[Ranked, ...] | None
    """All that is said of them where nothing else is written (`Mixture.plain`); None where a rule
    looks at more of a mixture than how much it lists."""
    yes: dict[str, tuple[Ranked, ...]]
    """What a yes to a condition says; nothing where no rule speaks."""
    no: dict[str, tuple[Ranked, ...]]
    lone: tuple[Open, ...]
    """Of the rules that ask for one condition."""
    several: tuple[tuple[Open, ...], ...]
    """Of each rule that asks for more than one, the worst first."""
    allergies: dict[Allergy, tuple[Ranked, ...]] = field(default_factory=dict)
    """What the rules say of an allergy alone, and with each of the products."""
    unasked: dict[frozenset[str], Unasked] = field(default_factory=dict)
    """What is open where those conditions were asked, and no others."""
