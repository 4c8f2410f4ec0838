"""What rules say of whole mixtures that are alike but for their products.

Most rules on a whole mixture count what is listed and ask no more. Such a rule says the same of
every plain mixture of so many products, since it is a pure function: whoever looks at the same
values gives the same answer. So it is watched once, on a mixture of products that mean nothing.
"""

from collections.abc import Iterable
from typing import Final

from mesomix.evidence import Text
from mesomix.model import Product
from mesomix.request import Edition, Mixture, mixture_of
from mesomix.rule import Flag, Rule

ALIKE: Final = frozenset(
    {
        "assessed",
        "count",
        "count_at_most",
        "day_only",
        "day_reads",
        "doses",
        "edition",
        "effects",
        "per_day",
        "plain",
        "read_in_part",
        "repeated",
        "unrecognised",
    }
)
"""What is the same in every plain mixture (`Mixture.plain`) of so many products."""


class _Watched:
    """A mixture that notes whether anybody looks at what differs from one plain mixture to another.

    It passes for a `Mixture`, also where a rule asks for the class.
    """

    def __init__(self, mixture: Mixture) -> None:
        self._mixture = mixture
        self.looked_closer = False

    def __getattribute__(self, name: str) -> object:
        if name in {"_mixture", "looked_closer"}:
            return object.__getattribute__(self, name)
        if name == "__class__":
            return Mixture
        if name not in ALIKE:
            self.looked_closer = True
        return getattr(self._mixture, name)

    # Python looks these up in the class, and would pass by what notes it.

    def __eq__(self, other: object) -> bool:
        self.looked_closer = True
        return self._mixture == other

    def __hash__(self) -> int:
        self.looked_closer = True
        return hash(self._mixture)

    def __repr__(self) -> str:
        self.looked_closer = True
        return repr(self._mixture)


def flags_of_any_plain(
    rules: Iterable[Rule], number: int, edition: Edition
) -> list[tuple[Rule, Flag]] | None:
    """What `rules` on whole mixtures flag in any plain mixture of `number` products.

    None where one of them looks at more than how many there are: a clinic's own may.
    """
    nothing = [Product(f"product {n}", Text.same(""), ()) for n in range(number)]
    watched = _Watched(mixture_of(nothing, edition))
    found: list[tuple[Rule, Flag]] = []
    try:
        for rule in rules:
            found += [(rule, flagged) for flagged in rule.function(watched)]
    except Exception:  # a rule may fail on what means nothing, and not on a mixture
        return None
    return None if watched.looked_closer else found
