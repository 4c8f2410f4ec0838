"""How well written amounts are read: labelled texts in, a `Score` out. README.md explains them.

What is told must be one of the labels. What is not told is a question, where something says so; an
amount that vanishes is never counted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Final, Literal

import tomli
from pydantic import BaseModel, ConfigDict

from mesomix import Formulary, Mixture, Quantity
from mesomix.portion import Portion, Range

FOLDER: Final = Path(__file__).parent
_UNITS: Final = {"mg": "mg", "g": "g", "µg": "ug", "UI": "[iU]"}


class Reading(BaseModel):
    """The volume and the dose that somebody takes from a text; None where it does not tell."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    volume: str | None = None
    dose: str | None = None

    @property
    def millilitres(self) -> Fraction | None:
        """The volume."""
        return None if self.volume is None else Fraction(self.volume)

    @property
    def quantity(self) -> Quantity | None:
        """The dose."""
        if self.dose is None:
            return None
        number, unit = self.dose.split()
        return Quantity(number, _UNITS[unit])  # type: ignore


class Part(Reading):
    """One product that a text means, with its amount."""

    product: str
    either: Reading | None = None
    why: str = ""

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Those of which each is right."""
        return (self,) if self.either is None else (self, self.either)

    @property
    def certain(self) -> bool:
        """Whether the text tells an amount for certain."""
        return self.volume is not None or self.dose is not None


class LabelledText(BaseModel):
    """One way to write a component, and what a careful pharmacist takes from it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    language: Literal["fr", "en"]
    parts: tuple[Part, ...]
    why: str = ""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    text: tuple[LabelledText, ...]


class Outcome(Enum):
    """How one part was read."""

    RIGHT = "right"
    """As a label has it."""
    SAID = "said"
    """Less is told, and the report says so: words were not read, or an amount is unknown."""
    SILENT = "silent"
    """Less is told, and nothing says so."""
    WRONG = "wrong"
    """A volume or a dose is told, or more is called certain, against each of the labels."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One part of a text, and how it was read. A part is None where nobody meant what was read."""

    text: LabelledText
    part: Part | None
    outcome: Outcome
    told: str


@dataclass(frozen=True, slots=True)
class Score:
    """How the texts were read, all of them together."""

    texts: int
    judged: tuple[Judged, ...]

    def of(self, outcome: Outcome) -> tuple[Judged, ...]:
        """What was read so."""
        return tuple(one for one in self.judged if one.outcome is outcome)

    @property
    def certain(self) -> tuple[Judged, ...]:
        """The parts that have an amount for certain."""
        return tuple(one for one in self.judged if one.part is not None and one.part.certain)

    @property
    def read(self) -> tuple[Judged, ...]:
        """Of these, those that were read right."""
        return tuple(one for one in self.certain if one.outcome is Outcome.RIGHT)


def of_products(judged: Iterable[Judged], formulary: Formulary) -> tuple[Judged, ...]:
    """Those of parts that are products of `formulary`: of others no name is read."""
    known = formulary.products
    return tuple(one for one in judged if one.part is not None and one.part.product in known)


def load_texts(file: Path) -> tuple[LabelledText, ...]:
    """The texts of a file, in its order; raises pydantic's error where one has no such shape."""
    return _File.model_validate(tomli.loads(file.read_text(encoding="utf-8"))).text


def score(texts: Iterable[LabelledText], formulary: Formulary) -> Score:
    """How `formulary` reads `texts`."""
    texts = tuple(texts)
    return Score(len(texts), tuple(one for text in texts for one in judged(text, formulary)))


def judged(text: LabelledText, formulary: Formulary) -> Iterator[Judged]:
    """Each part of one text, and what was read beside them."""
    mixture = formulary.mixture(text.text)
    left = [portion for component in mixture.components for portion in component.portions]
    asked = bool(mixture.read_in_part or mixture.unrecognised)
    for part in text.parts:
        portion = next((one for one in left if _is_of(one, part, formulary)), None)
        if portion is None:
            yield Judged(text, part, Outcome.SAID if asked else Outcome.SILENT, "no such product")
        else:
            left.remove(portion)
            yield Judged(text, part, outcome(portion, part, mixture), _told(portion))
    for portion in left:
        if portion.volume is not None or _dose(portion) is not None:
            yield Judged(text, None, Outcome.WRONG, _told(portion))


def outcome(portion: Portion, part: Part, mixture: Mixture) -> Outcome:
    """How one part was read as `portion`."""
    volume, dose = portion.volume, _dose(portion)
    exact = dose if dose is not None and dose.exact else None
    fitting = [
        reading
        for reading in part.readings
        if volume in {None, reading.millilitres} and _allows(dose, reading.quantity)
    ]
    if not fitting:
        return Outcome.WRONG
    for reading in fitting:
        if (volume, exact is None) == (reading.millilitres, reading.quantity is None):
            return Outcome.RIGHT
    asked = mixture.read_in_part or mixture.unrecognised or mixture.doses is not None
    return Outcome.SAID if asked else Outcome.SILENT


def _allows(dose: Range | None, label: Quantity | None) -> bool:
    """Whether what is told of the dose, or is certain of it, leaves the label possible."""
    if dose is None:
        return True
    if label is None:
        return not dose.exact
    if dose.exact:
        return (dose.kind, dose.least) == (label.kind, label.amount)
    return dose.kind == label.kind and dose.least <= label.amount


def _dose(portion: Portion) -> Range | None:
    """What is told of the dose of the one active substance of a product."""
    product = portion.product
    if product is None or len(product.substances) != 1:
        return None
    return portion.ranges.get((product.substances[0], None))


def _told(portion: Portion) -> str:
    dose = _dose(portion)
    told = "unknown" if dose is None else f"{dose.least}{'' if dose.exact else '+'} {dose.kind}"
    return f"{portion.name.en}: volume {portion.volume}, dose {told}"


def _is_of(portion: Portion, part: Part, formulary: Formulary) -> bool:
    """Whether a portion is of the product that a part names."""
    [component] = formulary.mixture(part.product).components
    held = {product.substances for product in component.products}
    return portion.product.substances in held if portion.product is not None else not held
