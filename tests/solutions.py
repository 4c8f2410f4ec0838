"""What is in 1 ml of the specialties, worked out from the data without mesomix; ways to write it.

What mesomix tells of a mixture has to be what follows from this by hand.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import Any, Final

from hypothesis import strategies as st
from strategies import data, names_of

import mesomix

Written = str | tuple[str, str | mesomix.Quantity]
Key = tuple[str, str]
"""A substance, and the part of it that is counted; empty for all of it."""

SCALES: Final = {
    "g": ("mg", Fraction(1000)),
    "mg": ("mg", Fraction(1)),
    "[iU]": ("[iU]", Fraction(1)),
    "mL": ("mL", Fraction(1)),
}
VOLUMES: Final = {
    **dict.fromkeys(("ml", "mL", "ML", "cc", "cm3", "millilitres"), Fraction(1)),
    **dict.fromkeys(("cl", "cL", "centilitres"), Fraction(1, 10)),
    **dict.fromkeys(("µl", "ul", "microlitres"), Fraction(1000)),
    "dl": Fraction(1, 100),
}
"""How many of a unit are 1 ml."""
MASSES: Final = {
    "mg": {
        **dict.fromkeys(("mg", "MG", "milligrammes"), Fraction(1)),
        **dict.fromkeys(("g", "grammes"), Fraction(1, 1000)),
        **dict.fromkeys(("µg", "mcg", "microgrammes"), Fraction(1000)),
    },
    "[iU]": dict.fromkeys(("UI", "IU", "U.I.", "unités"), Fraction(1)),
}
CONTAINERS: Final = ("ampoule", "ampoules", "amp", "amp.")


@dataclass(frozen=True, eq=False)
class Solution:
    """Something that is injected, by a name that leaves no doubt of what it holds."""

    name: str
    active: str
    in_1_ml: Mapping[Key, tuple[Fraction, str]]
    container: Fraction | None = None
    beside: bool = True
    """Whether an amount may stand beside the name in one text, and not only apart from it."""
    unsure: frozenset[Key] = frozenset()
    """What it may hold as well, since a specialty of it does."""

    def __repr__(self) -> str:
        return self.name

    def volumes(self, volume: Fraction) -> Iterator[str]:
        """The ways to write a volume of it, as one and as a number of ampoules."""
        for unit, scale in VOLUMES.items():
            yield from _written(volume * scale, unit)
        if self.container is not None:
            for word in CONTAINERS:
                yield from _written(volume / self.container, word)

    def masses(self, volume: Fraction) -> Iterator[str]:
        """The ways to write that volume as so much of the active substance."""
        amount, kind = self.in_1_ml[self.active, ""]
        for unit, scale in MASSES[kind].items():
            yield from _written(volume * amount * scale, unit)


def _written(number: Fraction, unit: str) -> Iterator[str]:
    """`number` of `unit`, where four decimals are enough and nothing looks like a thousand."""
    for places in range(5):
        whole, rest = divmod(number * 10**places, 1)
        if not rest and places != 3 and number < 10**6:
            digits = f"{int(whole):0{places + 1}}"
            left, right = digits[: len(digits) - places], digits[len(digits) - places :]
            for mark in ".," if places else ("",):
                yield f"{left}{mark}{right} {unit}"
                yield f"{left}{mark}{right}{unit}"
            return


def measure(text: str) -> tuple[Fraction, str]:
    """The number and the kind of unit of a quantity of the data: "10 g" is 10000 mg."""
    number, unit = text.split()
    kind, scale = SCALES[unit]
    return Fraction(number) * scale, kind


def contents(specialty: dict[str, Any]) -> dict[Key, tuple[Fraction, str]]:
    """What 1 ml of a specialty holds."""
    found: dict[Key, tuple[Fraction, str]] = {}
    for amount in specialty["amounts"]:
        if "volume" in amount:
            number, kind = measure(amount["amount"])
            part = amount["en"] if amount.get("part") else ""
            found[amount["substance"], part] = (number / measure(amount["volume"])[0], kind)
    return found


@cache
def solutions() -> tuple[Solution, ...]:
    """The injected specialties by their names, and substances with a strength."""
    found: list[Solution] = []
    for product in data()["products"].values():
        injected = [one for one in product["specialties"].values() if one["routes"] != ["oral"]]
        sold = [one for one in injected if one["marketing"]["state"] != "withdrawn"]
        brands = Counter(one["brand"] for one in sold)
        [active] = product["substances"]
        for one in injected:
            sizes = [measure(size)[0] for size in one["containers"]]
            container = sizes[0] if len(sizes) == 1 else None
            names = {one["name"]: False, **dict.fromkeys(one.get("other_names", ()), True)}
            if one in sold and brands[one["brand"]] == 1:
                names[one["brand"]] = True
            found += [
                Solution(name, active, contents(one), container, beside and not name[-1].isdigit())
                for name, beside in names.items()
            ]
        found += _bare(product["fr"], active, [contents(one) for one in injected])
    return tuple(found)


def _bare(name: str, active: str, known: list[dict[Key, tuple[Fraction, str]]]) -> list[Solution]:
    """A substance of no named maker, with its strength in several ways."""
    if any(part for one in known for _, part in one) or known[0][active, ""][1] != "mg":
        return []  # "magnésium 1 %" may count either, and calcitonin has no per cent
    unsure = frozenset(key for one in known for key in one) - {(active, "")}
    return [
        Solution(f"{name} {strength}", active, {(active, ""): (amount, "mg")}, unsure=unsure)
        for amount, ways in (
            (Fraction(10), ("1 %", "10 mg/ml", "50 mg/5 ml", "0,01 g/ml")),
            (Fraction(20), ("2%", "20 mg / mL", "2 g/100 ml", "20 mg par ml")),
            (Fraction(5), ("0,5 pour cent", "5mg/ml", "5000 µg/ml")),
        )
        for strength in ways
    ]


def _number_of(amount: str) -> str:
    """The number that an amount begins with."""
    return re.split(r"[^\d.,]", amount)[0].replace(",", ".").rstrip("0")


@cache
def _numbers_of_names(name: str) -> set[str]:
    """The numbers that make another name of `name`, when they stand behind it."""
    rests = [one[len(name) :] for one in names_of("products") if one.startswith(f"{name} ")]
    return {_number_of(rest.strip()) for rest in rests if rest.strip()[:1].isdigit()}


def texts_of(solution: Solution, volume: Fraction) -> Iterator[str]:
    """The ways to write so much of a solution in one text."""
    if not solution.beside:
        return
    name = solution.name
    taken = _numbers_of_names(name)  # "Maginjectable 0,8" is a name
    volumes = [one for one in solution.volumes(volume) if _number_of(one) not in taken]
    masses = [one for one in solution.masses(volume) if _number_of(one) not in taken]
    for amount in volumes:
        yield from (f"{name} {amount}", f"{amount} de {name}", f"{name}, {amount}")
    for amount in (*volumes, *masses):
        yield from (f"{name} : {amount}", f"{name} ({amount})", f"{amount} of {name}")


def pairs_of(solution: Solution, volume: Fraction) -> Iterator[tuple[str, str | mesomix.Quantity]]:
    """The ways to write so much of a solution as its name and an amount."""
    for amount in (*solution.volumes(volume), *solution.masses(volume)):
        yield solution.name, amount
    active, kind = solution.in_1_ml[solution.active, ""]
    for unit, told in (("mL", volume), ("uL", volume * 1000), (kind, volume * active)):
        yield solution.name, mesomix.Quantity.of(told, unit)


@dataclass(frozen=True)
class Measured:
    """So many millilitres of a solution."""

    solution: Solution
    volume: Fraction

    @cached_property
    def pairs(self) -> list[tuple[str, str | mesomix.Quantity]]:
        """The ways to write it as a name and an amount."""
        return [*pairs_of(self.solution, self.volume)]

    @cached_property
    def texts(self) -> list[str]:
        """The ways to write it in one text."""
        return [*texts_of(self.solution, self.volume)]

    def ways(self) -> st.SearchStrategy[Written]:
        """Each way to write it."""
        return st.sampled_from([*self.pairs, *self.texts])

    @property
    def plain(self) -> Written:
        """One way to write it."""
        return self.solution.name, mesomix.Quantity.of(self.volume, "mL")


def volumes() -> st.SearchStrategy[Fraction]:
    """Volumes in ml, from a drop to more than any maximum allows."""
    return st.one_of(
        st.integers(1, 160).map(lambda quarters: Fraction(quarters, 4)),
        st.integers(1, 4000).map(lambda hundredths: Fraction(hundredths, 100)),
    )


def measured() -> st.SearchStrategy[Measured]:
    """So much of a solution: of a specialty as often as of a substance."""
    bare = [one for one in solutions() if one.container is None]
    named = [one for one in solutions() if one.container is not None]
    return st.builds(Measured, st.sampled_from(named) | st.sampled_from(bare), volumes())


def total(components: Iterable[Measured]) -> dict[Key, tuple[Fraction, str]]:
    """What `components` hold together, for certain."""
    found: dict[Key, tuple[Fraction, str]] = {}
    for one in components:
        for key, (number, kind) in one.solution.in_1_ml.items():
            before, _ = found.get(key, (Fraction(0), kind))
            found[key] = (before + number * one.volume, kind)
    return found
