"""Names that mean something else than before: people write names, and a diff compares ids.

What is not recognised is reviewed. So a name that is new may leave nothing to object to, and one
that is gone may have been refused: any product is, to somebody who is allergic to it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from mesomix.formulary.formulary import Formulary
from mesomix.space.acknowledgements import AcknowledgedName, Acknowledgements


@dataclass(frozen=True, slots=True)
class Moved:
    """A name that means something else, that is new, or that means nothing any more."""

    name: str
    before: str
    """What it meant: `products.procaine`; of an age also up to which month, and of the name of a
    substance also what it is read as, where that changed. Empty where nothing had that name."""
    after: str
    """What it means now; empty where nothing does."""


def moved_names(
    old: Formulary, new: Formulary, *, added: Collection[str] | None = None
) -> tuple[Moved, ...]:
    """The names that mean something else in `new` than in `old`, each once.

    Of what is gone as a whole, and of what was added, one name is told. Those of a product that was
    added are not: a diff tells the product itself, with its mixtures. `added` are those that it
    told; without it, all.
    """
    was, now = old.meanings(), new.meanings()
    found: dict[Moved, None] = {}
    for (kind, folded), (name, key) in was.items():
        if (kind, folded) in now:
            before, after = _meaning(old, kind, key), _meaning(new, kind, now[kind, folded][1])
            if kind == "substances" and before == after:
                held, holds = _read_otherwise(name, old, new)
                before, after = before + held, after + holds
            if before != after:
                found[Moved(name, before, after)] = None
    for kind, name, key in _names_without(was, now, _ids(new)):
        found[Moved(name, _meaning(old, kind, key), "")] = None
    known = _ids(old)
    for kind, name, key in _names_without(now, was, known):
        told = kind == "products" and (kind, key) not in known and (added is None or key in added)
        if not told:
            found[Moved(name, "", _meaning(new, kind, key))] = None
    return tuple(found)


Meanings = dict[tuple[str, str], tuple[str, str]]
"""As `Formulary.meanings` gives them."""


def _names_without(
    mine: Meanings, others: Meanings, ids: set[tuple[str, str]]
) -> Iterator[tuple[str, str, str]]:
    """The kind, the name and the id of each name that only one side has.

    Of what is not among `ids`, those of the other side, the first.
    """
    told: set[tuple[str, str]] = set()
    for (kind, folded), (name, key) in mine.items():
        if (kind, folded) not in others and (kind, key) not in told:
            told |= {(kind, key)} - ids
            yield kind, name, key


def _ids(formulary: Formulary) -> set[tuple[str, str]]:
    """The kinds and ids of all that it knows; all names of a product may mean its specialty."""
    named = {(kind, key) for (kind, _), (_, key) in formulary.meanings().items()}
    return named | {("products", key) for key in formulary.products}


def _read_otherwise(name: str, old: Formulary, new: Formulary) -> tuple[str, str]:
    """What the name of a substance is read as on either side; empty where that is the same.

    A brand may be one of several substances, and a name means the only product of its substance.
    Where it means one that was added, or meant one that is gone, the product itself is told.
    """
    (held, product), (holds, other) = _read_as(old, name), _read_as(new, name)
    added = not product and other not in old.products
    gone = not other and product not in new.products
    if held == holds and (product == other or added or gone):
        return "", ""
    before = f"products.{product}" if product else " + ".join(held)
    after = f"products.{other}" if other else " + ".join(holds)
    return f" ({before})", f" ({after})"


def _read_as(formulary: Formulary, name: str) -> tuple[list[str], str]:
    """The substances that a name means, and the product of the formulary, if it means one."""
    products = formulary.mixture(name).products
    held = {substance.id for product in products for substance in product.substances}
    return sorted(held), "+".join(one.id for one in products if one.in_formulary)


def not_acknowledged(moved: tuple[Moved, ...], reasons: Acknowledgements) -> tuple[Moved, ...]:
    """Those for which nobody gave a reason."""
    return tuple(one for one in moved if not any(_covers(given, one) for given in reasons.names))


def _meaning(formulary: Formulary, kind: str, key: str) -> str:
    condition = formulary.conditions.get(key) if kind == "conditions" else None
    if condition is None or condition.younger_than_months is None:
        return f"{kind}.{key}"
    return f"{kind}.{key} (< {condition.younger_than_months} months)"


def names_in_vain(moved: tuple[Moved, ...], reasons: Acknowledgements) -> tuple[str, ...]:
    """The places of the entries that acknowledge no name, such as `names[0]`."""
    return tuple(
        f"names[{number}]"
        for number, given in enumerate(reasons.names)
        if not any(_covers(given, one) for one in moved)
    )


def _covers(given: AcknowledgedName, moved: Moved) -> bool:
    return given.covers(moved.name, moved.before, moved.after)
