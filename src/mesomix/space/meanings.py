"""Names that mean something else than before: people write names, and a diff compares ids."""

from dataclasses import dataclass

from mesomix.formulary.formulary import Formulary
from mesomix.space.acknowledgements import Acknowledgements


@dataclass(frozen=True, slots=True)
class Moved:
    """A name that means something else, or nothing any more."""

    name: str
    before: str
    """What it meant: `products.procaine`, or of an age also up to which month."""
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
        if before != after and (after or (kind, key) in kept or kind == "conditions"):
            found[Moved(name, before, after)] = None
    return tuple(found)


def not_acknowledged(moved: tuple[Moved, ...], reasons: Acknowledgements) -> tuple[Moved, ...]:
    """Those for which nobody gave a reason."""
    given = {(one.name, one.after) for one in reasons.names}
    return tuple(one for one in moved if (one.name, one.after) not in given)


def _meaning(formulary: Formulary, kind: str, key: str) -> str:
    condition = formulary.conditions.get(key) if kind == "conditions" else None
    if condition is None or condition.younger_than_months is None:
        return f"{kind}.{key}"
    return f"{kind}.{key} (< {condition.younger_than_months} months)"
