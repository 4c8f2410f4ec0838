"""What two formularies are compared by: the products, and the allergies, that their names mean.

People write names, and a name may mean more than what the data lists: a brand of several
specialties, or a substance that no product is of.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from mesomix.evidence import Text
from mesomix.formulary.formulary import Formulary
from mesomix.model import Allergy, Product, Reach, Substance
from mesomix.vocabulary import AllergyState

Products = tuple[list[Product], list[Product]]
"""Those of the old formulary, and those of the new one."""

OF_ALLERGIES: Final = ("groups", "substances", "products")
"""The kinds of names that an allergy may be written by."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A name that an allergy may be written by, and what it means on either side."""

    name: Text
    """What it is called; the French text was read."""
    before: Allergy
    after: Allergy | None
    """None where the new formulary does not recognise it any more."""


def everything(formulary: Formulary) -> list[Product]:
    """Its products, each in an unknown specialty, its specialties, and its brands of several."""
    listed = [*formulary.products.values(), *formulary.specialties.values()]
    known = {product.id for product in listed}
    for (kind, _), (name, key) in formulary.meanings().items():
        if kind == "products" and key not in known:
            known.add(key)
            listed += formulary.mixture(name).products
    return listed


def compared(old: Formulary, new: Formulary, allergies: Iterable[Declared]) -> Products:
    """Everything of either, and each substance outside of both that rules may refuse no more.

    Of these only what is in both: a name that is gone is recognised no more, and reviewed.
    `allergies` are what `declared` says of the two.
    """
    reached = {key for one in allergies for key in _reached_no_more(one)}
    products = everything(old), everything(new)
    listed = {product.id for side in products for product in side}
    was, now = _outside(old), _outside(new)
    for key in was:
        if key in now and key not in listed:  # a product of that name has the same substances
            before, after = was[key], now[key]
            held = {substance.id for substance in (*before.substances, *after.substances)}
            if reached & held or _judged_by(before) != _judged_by(after):
                products[0].append(before)
                products[1].append(after)
    return products


def declared(old: Formulary, new: Formulary) -> tuple[Declared, ...]:
    """What allergies may be to, each told once, by the first of its names.

    A name that `old` does not recognise is left out: it was a review for whatever was mixed. So is
    one that only `new` does not, where another still says the same: `meanings` tells of it.
    """
    found: dict[tuple[Allergy, Allergy | None], Declared] = {}
    for name in dict.fromkeys(_names(old, new)):
        before, after = _meant(old, name), _meant(new, name)
        if before is not None:
            found.setdefault((before, after), Declared(name, before, after))
    kept = {before for before, after in found if after is not None and after.id == before.id}
    return tuple(one for one in found.values() if one.after is not None or one.before not in kept)


def _names(old: Formulary, new: Formulary) -> Iterator[Text]:
    """The names proper of substances and groups, and then all names of both."""
    for side in (old, new):
        for one in (*side.substances.values(), *side.edition.groups.values()):
            yield one.name
    for side in (old, new):
        meanings = side.meanings()
        for wanted in OF_ALLERGIES:
            yield from (
                Text.same(name) for (kind, _), (name, _) in meanings.items() if kind == wanted
            )


def _meant(formulary: Formulary, name: Text) -> Allergy | None:
    """The one allergy that a name means for sure; None where there is none."""
    read = formulary.read_allergies(name.fr)
    sure = [one.allergy for one in read if one.allergy.state is AllergyState.RECOGNISED]
    return sure[0] if len(sure) == len(read) == 1 else None


def _outside(formulary: Formulary) -> dict[str, Product]:
    """By id, what the names of substances mean that no product is of, or several are."""
    read = (
        product
        for (kind, _), (name, _) in formulary.meanings().items()
        if kind == "substances"
        for product in formulary.mixture(name).products
    )
    return {product.id: product for product in read if not product.in_formulary}


def _reached_no_more(one: Declared) -> Iterator[str]:
    """The substances to which an allergy was an objection, and is at most a question now."""
    reaches: Mapping[str, Reach] = {} if one.after is None else one.after.reaches
    for key, reach in one.before.reaches.items():
        now = reaches.get(key)
        if reach.stated and not (now and now.stated):
            yield key


def _judged_by(product: Product) -> list[tuple[object, ...]]:
    """What rules find in a product of which no specialty is known."""
    return [_of(substance) for substance in product.substances]


def _of(substance: Substance) -> tuple[object, ...]:
    found = substance.contraindications
    return (
        substance.id,
        substance.groups,
        None if found is None else {(one.condition, one.severity) for one in found},
        substance.mixing_forbidden is None,
        {one.other for one in substance.reported_harms},
        {one.id for one in substance.repeated_groups},
        substance.inert,
    )
