"""What stands in the place of a product or an allergy, to find out what a rule looks at.

A stand-in has a few things, and notes when it is asked for another one. Rules are pure functions:
one that was content with a stand-in says the same of everything that has the same in these places.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NoReturn

from mesomix.model import Allergy, Product, Reach, Substance

_OF_KIND: Final = frozenset({"state", "doubtful", "culprit_unknown", "outside_composition"})
"""What of an allergy has a few values only."""


def content(closer: list[str], ask: Callable[..., int], *atoms: object) -> int | None:
    """What `ask` says of stand-ins; None where it wanted more of them, or noted so in `closer`."""
    try:
        word = ask(*atoms)
    except Exception:  # a rule may fail for want of what it looked at
        return None
    return None if closer else word


class _StandIn:
    """In the place of something: what it is asked for and does not have, it notes in `closer`."""

    __slots__ = ("_closer",)

    def __init__(self, closer: list[str]) -> None:
        self._closer = closer

    def __getattr__(self, name: str) -> object:
        self._closer.append(name)
        raise AttributeError(name)

    # Python looks these up in the class, and would pass by what notes them.

    def __eq__(self, other: object) -> bool:
        self._look_closer("==")

    def __hash__(self) -> int:
        return self._look_closer("hash")

    def __len__(self) -> int:  # of its truth as well
        return self._look_closer("len")

    def __repr__(self) -> str:
        self._look_closer("repr")

    @property
    def __class__(self) -> NoReturn:  # which isinstance asks for
        self._look_closer("class")

    def _look_closer(self, at: str) -> NoReturn:
        self._closer.append(at)
        raise TypeError(at)


class _AnySubstance(_StandIn):
    __slots__ = ("repeated_groups",)

    def __init__(self, closer: list[str], substance: Substance) -> None:
        super().__init__(closer)
        self.repeated_groups = substance.repeated_groups


class AnyProduct(_StandIn):
    """In the place of all products whose substances are repeated in the same groups."""

    __slots__ = ("substances",)

    def __init__(self, closer: list[str], product: Product) -> None:
        super().__init__(closer)
        made = {one: _AnySubstance(closer, one) for one in product.substances}
        self.substances = tuple([made[one] for one in product.substances])


class NothingReached(_StandIn, Mapping[str, Reach]):
    """In the place of what an allergy reaches: nothing, whatever is looked for."""

    __slots__ = ("looked_for",)
    __eq__ = _StandIn.__eq__
    __hash__ = _StandIn.__hash__

    def __init__(self, closer: list[str]) -> None:
        super().__init__(closer)
        self.looked_for: list[object] = []

    def get(self, key: object, default: Any = None) -> Any:
        """Nothing; quicker than what a `Mapping` has."""
        self.looked_for.append(key)
        return default

    def __contains__(self, key: object) -> bool:
        self.looked_for.append(key)
        return False

    def __getitem__(self, key: str) -> NoReturn:
        self.looked_for.append(key)
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        self._look_closer("iter")

    def __or__(self, other: object) -> NoReturn:
        self._look_closer("|")

    __ror__ = __reversed__ = __or__


class AnyAllergy(_StandIn):
    """In the place of an allergy of the kind of `sample`, which reaches nothing."""

    __slots__ = ("_sample", "looked_at", "reaches")

    def __init__(self, closer: list[str], sample: Allergy) -> None:
        super().__init__(closer)
        self._sample = sample
        self.looked_at: set[str] = set()
        """What of its kind it was asked for."""
        self.reaches = NothingReached(closer)

    def __getattr__(self, name: str) -> object:
        if name not in _OF_KIND:
            return super().__getattr__(name)
        self.looked_at.add(name)
        return getattr(self._sample, name)
