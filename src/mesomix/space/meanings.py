"""Names that mean something else than before: people write names, and a diff compares ids."""

from dataclasses import dataclass

from mesomix.formulary.formulary import Formulary
from mesomix.space.acknowledgements import Acknowledgements


@dataclass(frozen=True, slots=True)
class Moved:
    """A name that means something else, or nothing any more."""

    name: str
    before: str
    """What it meant: `products.procaine`; of an age also up to which month, and of the name of a
    substance also what it is read as, where that changed."""
    after: str
    """What it means now; empty where nothing does."""


def moved_names(old: Formulary, new: Formulary) -> tuple[Moved, ...]:
    """The names of `old` that mean something else in `new`, each once.

    A name that is gone with what it meant is none of them, but for a condition: of a product, its
    mixtures disappeared, and an allergy that nobody recognises is reviewed.
    """
    now = new.meanings()
    kept = {(kind, key) for (kind, _), (_, key) in now.items()}
    found: dict[Moved, None] = {}
    for (kind, folded), (name, key) in old.meanings().items():
        before = _meaning(old, kind, key)
        meant = now.get((kind, folded))
        after = "" if meant is None else _meaning(new, kind, meant[1])
        if kind == "substances" and before == after:
            was, is_now = _read_otherwise(name, old, new)
            before, after = before + was, after + is_now
        if before != after and (after or (kind, key) in kept or kind == "conditions"):
            found[Moved(name, before, after)] = None
    return tuple(found)


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
    given = {(one.name, one.after) for one in reasons.names}
    return tuple(one for one in moved if (one.name, one.after) not in given)


def _meaning(formulary: Formulary, kind: str, key: str) -> str:
    condition = formulary.conditions.get(key) if kind == "conditions" else None
    if condition is None or condition.younger_than_months is None:
        return f"{kind}.{key}"
    return f"{kind}.{key} (< {condition.younger_than_months} months)"


def names_in_vain(moved: tuple[Moved, ...], reasons: Acknowledgements) -> tuple[str, ...]:
    """The places of the entries that acknowledge no name, such as `names[0]`."""
    told = {(one.name, one.after) for one in moved}
    return tuple(
        f"names[{number}]"
        for number, one in enumerate(reasons.names)
        if (one.name, one.after) not in told
    )
