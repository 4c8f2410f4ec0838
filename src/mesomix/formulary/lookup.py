"""From one folded name to the product, or to the allergy, that it means."""

from functools import cached_property
from typing import TYPE_CHECKING

from mesomix.formulary.allergies import Allergies
from mesomix.formulary.index import Index, Name, product_of
from mesomix.formulary.linking import Linked, joined
from mesomix.formulary.product_words import UNDERSTOOD
from mesomix.model import Allergy, Product
from mesomix.names import NameKey
from mesomix.vocabulary import AllergyState, MatchedBy

if TYPE_CHECKING:
    from mesomix.bdpm import Bdpm
    from mesomix.formulary.market import Market
    from mesomix.formulary.schema import DataFile


class Lookup:
    """Finds what the data of one formulary, and BDPM beside it, mean by a name."""

    def __init__(
        self, tables: "DataFile", linked: Linked, index: Index, bdpm: "Bdpm | None"
    ) -> None:
        self._linked = linked
        self._index = index
        self._allergies = Allergies(tables, linked)
        self._market = None if bdpm is None else _market(bdpm, tables, linked, index)
        self._found: dict[NameKey, tuple[Name, Product]] = {}
        self._outside: dict[tuple[str, ...], Product] = {}
        self._by_substances: dict[tuple[str, ...], Product | None] = {}
        for product in linked.products.values():
            key = tuple(sorted(substance.id for substance in product.substances))
            # Two products of one substance: its name alone means neither of them.
            self._by_substances[key] = None if key in self._by_substances else product

    @cached_property
    def product_names(self) -> frozenset[str]:
        """The folded names that a product can have, to be looked for within longer texts."""
        ours = {*self._index.products, *self._index.substances}
        sold = self._market.names.keys() if self._market else ()
        return frozenset(ours.union(sold) - UNDERSTOOD)

    @cached_property
    def allergens(self) -> frozenset[str]:
        """The folded names of what an allergy can be to, to be looked for within texts."""
        return self.product_names.union(self._index.groups)

    def product(self, key: NameKey) -> tuple[Name, Product] | None:
        """The product that a folded name means, with that name as it stands in the data."""
        found = self._found.get(key)
        if found is None:
            found = self._product(key)
            if found is not None:
                self._found[key] = found  # by what the data names, never by what was written
        return found

    def _product(self, key: NameKey) -> tuple[Name, Product] | None:
        found = self._index.products.get(key)
        if found is not None:
            return found, product_of(self._index, self._linked, found[1])
        found = self._index.substances.get(key)
        if found is None or found[2] is MatchedBy.BRAND:
            # Of a brand BDPM knows more: the substances of the day, the form and the routes.
            sold = self._market.product(key) if self._market else None
            if found is None or sold is not None:
                return sold
        return found, self._product_of_substances(self._combined(key, found))

    def allergy(self, key: NameKey) -> tuple[Name, Allergy] | None:
        """What an allergy to a folded name is to, with that name as it stands in the data."""
        index = self._index
        if (found := index.groups.get(key)) is not None:
            return found, self._allergies.to_group(found[1])
        sold = self._sold(key)
        if (found := index.substances.get(key)) is not None:
            ids = self._combined(key, found)
            if found[2] is MatchedBy.BRAND:
                return found, self._allergies.to_brand(ids, sold[1] if sold else None)
            return found, self._allergies.to_substances(ids)
        if (found := index.products.get(key)) is not None:
            product = index.past.get(found[0]) or product_of(index, self._linked, found[1])
            return found, self._allergies.to_product(product)  # a reaction may be to old stock
        return None if sold is None else (sold[0], self._allergies.to_product(sold[1]))

    def _sold(self, key: NameKey) -> tuple[Name, Product] | None:
        """The product of BDPM, where the data has all that an allergy to it can be to.

        Of another, nobody can say what the allergy reaches: it is not recognised, and asked about.
        """
        sold = self._market.product(key) if self._market else None
        known = sold is not None and self._market is not None and self._market.is_known(sold[1])
        return sold if known else None

    def in_state(self, allergy: Allergy, state: AllergyState) -> Allergy:
        """The same allergy, declared with a doubt, or denied."""
        return self._allergies.in_state(allergy, state)

    def _combined(self, key: NameKey, found: Name) -> tuple[str, ...]:
        """The ids of all substances that a name means: a brand may hold several."""
        return tuple(sorted({found[1], *self._index.combinations.get(key, ())}))

    def _product_of_substances(self, ids: tuple[str, ...]) -> Product:
        """The only product of these substances, or what is known of them outside the formulary."""
        product = self._by_substances.get(ids)
        if product is None:
            substances = tuple(self._linked.substances[key] for key in ids)
            name = joined(substance.name for substance in substances)
            outside = Product("+".join(ids), name, substances, in_formulary=False)
            product = self._outside.setdefault(ids, outside)
        return product


def _market(bdpm: "Bdpm", tables: "DataFile", linked: Linked, index: Index) -> "Market":
    from mesomix.formulary.market import Market  # noqa: PLC0415 (only who has BDPM pays for it)

    return Market(bdpm, tables, linked, index)


def without_implied(products: list[Product]) -> list[Product]:
    """Without those that another one says more about: "Xylocaïne (lidocaïne)"."""
    return [p for p in products if not any(implies(other, p) for other in products)]


def implies(one: Product, other: Product) -> bool:
    """Whether `one` holds all that `other` does, and more is known of it."""
    if one is other or not other.substances or not set(other.substances) <= set(one.substances):
        return False
    return _knowledge(one) > _knowledge(other)


def _knowledge(product: Product) -> tuple[int, bool, bool, int]:
    """The more substances, and the fewer specialties, the more is known."""
    return (
        len(product.substances),
        product.specified,
        product.in_formulary,
        -len(product.specialties),
    )
