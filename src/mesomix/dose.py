"""A substance with its total amount in a mixture: what rules about doses look at."""

from dataclasses import dataclass, field

from mesomix.evidence import Text
from mesomix.model import Substance
from mesomix.quantity import Quantity
from mesomix.vocabulary import Unknown


@dataclass(frozen=True, slots=True, eq=False)
class Dose:
    """A substance with its total amount in a mixture: what rules about doses look at.

    Of an amount that is not exact, `least` is what is certain, and `possible` what there may be by
    the specialties whose strength is known; both are None where nothing is known.
    """

    substance: Substance
    name: Text
    """What is counted: a salt where the label counts the salt."""
    active: bool
    least: Quantity | None
    possible: Quantity | None
    day_least: Quantity | None = None
    """The same of the day, which is never less than the mixture; None where nobody said it."""
    day_possible: Quantity | None = None
    unknown: tuple[Unknown, ...] = ()
    """Why the amount is not known; empty where it is."""
    day_unknown: tuple[Unknown, ...] = ()
    """Why that of the day is not known, where somebody said what the day has."""
    day_said: Quantity | None = None
    """What was said of the day, where it is less than the mixture, and so cannot be right."""
    _key: tuple[object, ...] = field(init=False, repr=False)
    _hash: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # A check looks each dose up by its value: comparing objects would be most of its time.
        quantities = (self.least, self.possible, self.day_least, self.day_possible, self.day_said)
        numbers = [number for q in quantities if q is not None for number in (q.value, q.unit)]
        known = tuple([q is not None for q in quantities])
        key = (self.substance, self.name, self.active, self.unknown, self.day_unknown, known)
        object.__setattr__(self, "_key", (*key, *numbers))
        object.__setattr__(self, "_hash", hash((self.substance, *numbers)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dose) and self._key == other._key

    def __hash__(self) -> int:
        return self._hash

    @property
    def exact(self) -> bool:
        """Whether the amount is known, and that of the day where somebody said what it has."""
        return not self.unknown and not self.day_unknown

    @property
    def kind(self) -> str | None:
        """The unit of what is known of it: mg, [iU] or mmol; None where nothing is."""
        known = (self.least, self.possible, self.day_least, self.day_possible)
        return next((quantity.kind for quantity in known if quantity is not None), None)
