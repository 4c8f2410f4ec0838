"""Quantities: exact numbers of a unit, by its UCUM code, and the units that French labels write."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from fractions import Fraction
from typing import Final, Self

from mesomix.evidence import Text

_KINDS: Final = {
    "mg": {"kg": "1000000", "g": "1000", "mg": "1", "ug": "0.001", "ng": "0.000001"},
    "mL": {"L": "1000", "dL": "100", "cL": "10", "mL": "1", "uL": "0.001"},
    "[iU]": {"M[iU]": "1000000", "k[iU]": "1000", "[iU]": "1"},
    "mmol": {"mmol": "1"},
}
_SCALES: Final = {
    code: (base, Fraction(scale)) for base, codes in _KINDS.items() for code, scale in codes.items()
}
_KNOWN: Final = frozenset(_SCALES) | {
    f"{code}/mL" for code, (base, _) in _SCALES.items() if base != "mL"
}
_DIGITS: Final = 28
_SHOWN: Final = 4
_LONGEST: Final = 40
_TOO_MUCH: Final = 10**_LONGEST
_FEW: Final = 10_000
"""Below it a whole number is shown, and kept, to its last digit."""
_WORDS: Final = {
    "[iU]": Text("UI", "IU"),
    "k[iU]": Text("kUI", "kIU"),
    "M[iU]": Text("MUI", "MIU"),
    "ug": Text.same("µg"),
    "uL": Text.same("µl"),
}

# Whole contexts: what a caller sets for decimals of their own changes none of ours.
_CONTEXTS: Final = {
    digits: Context(digits, ROUND_HALF_EVEN, Emin=-9999, Emax=9999, traps=[])
    for digits in (_DIGITS, _SHOWN, _SHOWN - 1)
}

VOLUME: Final = "mL"
"""The unit of each volume that mesomix tells."""

UNITS: Final = {
    **dict.fromkeys(("g", "gr", "gramme", "grammes", "gram", "grams"), "g"),
    **dict.fromkeys(("mg", "milligramme", "milligrammes", "milligram", "milligrams"), "mg"),
    **dict.fromkeys(("µg", "ug", "mcg", "microgramme", "microgrammes"), "ug"),
    **dict.fromkeys(("microgram", "micrograms", "gamma", "gammas"), "ug"),
    "ng": "ng",
    "kg": "kg",
    **dict.fromkeys(("l", "litre", "litres", "liter", "liters"), "L"),
    "dl": "dL",
    **dict.fromkeys(("cl", "centilitre", "centilitres"), "cL"),
    **dict.fromkeys(("ml", "mls", "cc", "ccs", "millilitre", "millilitres"), "mL"),
    **dict.fromkeys(("milliliter", "milliliters"), "mL"),
    **dict.fromkeys(("µl", "ul", "microlitre", "microlitres", "microliter", "microliters"), "uL"),
    "mbq": "MBq",
    "mmol": "mmol",
    "meq": "meq",
    **dict.fromkeys(("ui", "u.i", "iu", "i.u", "[iu]"), "[iU]"),
    "mui": "M[iU]",
    "u": "U",
    **dict.fromkeys(("%", "pour cent"), "%"),
}
"""The units of labels and prescriptions, in lower case, and their UCUM codes."""


@dataclass(frozen=True, slots=True, init=False)
class Quantity:
    """So much of something: a number, exact, and the UCUM code of its unit.

    The number may be given as a Decimal, an int or a text; "2 mL" is `Quantity("2", "mL")`.

    Raises TypeError for any other type (a float is not exact), and ValueError when the number is
    none, is below 0, or the unit is none that mesomix knows; the message says which it knows.
    """

    value: Decimal
    unit: str
    """mg, g, ug, mL, [iU], mmol and the like, or one of them in 1 mL: mg/mL."""

    def __init__(self, value: Decimal | int | str, unit: str) -> None:
        object.__setattr__(self, "value", value)
        object.__setattr__(self, "unit", unit)
        self.__post_init__()

    def __post_init__(self) -> None:
        value: object = self.value
        if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
            message = "the value of a quantity must be a Decimal, an int or a text: they are exact"
            raise TypeError(message)
        # Python refuses to write out an int of thousands of digits.
        number = None if isinstance(value, int) and value >= _TOO_MUCH else _number(str(value))
        if number is None:
            message = (
                "the value of a quantity must be a number from 0 on,"
                f" below 1e{_LONGEST}, of at most {_DIGITS} digits"
            )
            raise ValueError(message)
        object.__setattr__(self, "value", number)
        if not isinstance(self.unit, str):
            message = "the unit of a quantity must be a text, a UCUM code such as mL"
            raise TypeError(message)
        if self.unit not in _KNOWN:
            message = f"no unit that mesomix knows: {self.unit[:20]!a}; use {', '.join(_SCALES)}"
            raise ValueError(message)

    @classmethod
    def of(cls, number: Fraction, unit: str) -> Self:
        """`number` of `unit`: exact, or rounded to 28 digits where no decimal number is it."""
        if unit not in _KNOWN or number.numerator < 0:
            return cls(_decimal(number, _DIGITS), unit)  # which says what is wrong
        # What is computed needs no second look at its type: this is most of a mixture's time.
        made = object.__new__(cls)
        object.__setattr__(made, "value", _decimal(number, _DIGITS))
        object.__setattr__(made, "unit", unit)
        return made

    @classmethod
    def read(cls, text: str) -> Self:
        """The quantity that data files write: a number, a space and a UCUM code, "250 mg".

        Raises ValueError as the constructor does.
        """
        number, _, unit = text.partition(" ")
        return cls(number, unit)

    @property
    def kind(self) -> str:
        """The unit that quantities which can be compared with this one have in common: mg for g."""
        unit, slash, _ = self.unit.partition("/")
        return f"{_SCALES[unit][0]}{'/mL' if slash else ''}"

    @property
    def amount(self) -> Fraction:
        """The exact number in units of its `kind`."""
        return Fraction(self.value) * _SCALES[self.unit.partition("/")[0]][1]

    def to(self, unit: str) -> "Quantity":
        """The same quantity in another unit.

        Raises ValueError, with the units that fit, when it is one of another kind.
        """
        one = Quantity(Decimal(1), unit)
        if one.kind != self.kind:
            fitting = ", ".join(_KINDS[self.kind.partition("/")[0]])
            message = f"{self.unit} cannot be told in {unit}; use {fitting}"
            raise ValueError(message)
        return Quantity.of(self.amount / one.amount, unit)

    def exceeds(self, other: "Quantity") -> bool:
        """Whether it is more than `other`, in whichever units; ValueError for another kind."""
        return self.amount > other.to(self.unit).amount

    @property
    def text(self) -> Text:
        """The quantity in words: 16.28 mg, in French 16,28 mg; to four digits, with a ≈ before."""
        told = number_text(Fraction(self.value))
        unit = _unit_text(self.unit)
        return Text(f"{told.fr} {unit.fr}", f"{told.en} {unit.en}")


def _number(text: str) -> Decimal | None:
    """The number that `text` is, where it is one of a sensible size."""
    try:
        number = Decimal(text) if len(text) <= 2 * _LONGEST else None
    except InvalidOperation:
        return None
    if number is None or not number.is_finite() or number < 0:
        return None
    few = len(number.as_tuple().digits) <= _DIGITS
    return number if few and -_LONGEST < number.adjusted() < _LONGEST else None


def scale_of(unit: str) -> tuple[str, Fraction]:
    """The unit that all of its kind are told in, and how many of them one `unit` is: g, mg, 1000.

    Raises KeyError for a unit that mesomix does not know.
    """
    return _SCALES[unit]


def _unit_text(unit: str) -> Text:
    words = _WORDS.get(unit.removesuffix("/mL"))
    end = "/ml" if unit.endswith("/mL") else ""
    if words is None:
        return Text.same(unit.removesuffix("/mL").replace("L", "l") + end)
    return Text(words.fr + end, words.en + end)


def number_text(number: Fraction, *, digits: int = _SHOWN) -> Text:
    """`number` as one writes it, to 3 or 4 digits: ≈ 3.333, with that sign where it is rounded."""
    rounded = _decimal(number, digits)
    written = f"{rounded:f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    mark = "" if Fraction(rounded) == number else "≈ "
    return Text(f"{mark}{written.replace('.', ',')}", f"{mark}{written}")


def _decimal(number: Fraction, digits: int) -> Decimal:
    if number.denominator == 1 and number.numerator < _FEW:
        return Decimal(number.numerator)
    return _CONTEXTS[digits].divide(Decimal(number.numerator), Decimal(number.denominator))
