"""From written names to what they mean: the products of a mixture, the allergies of a patient."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from mesomix.evidence import Text
from mesomix.formulary.allergies import Allergies, without_introduction
from mesomix.formulary.index import Index, Name, Names, matched_by, product_of
from mesomix.formulary.linking import Linked, joined
from mesomix.model import Allergy, Product
from mesomix.names import NameKey, as_text, fold, nearest, shortened
from mesomix.request import Component, DeclaredAllergy, ReadName
from mesomix.vocabulary import AllergyState, MatchedBy

if TYPE_CHECKING:
    from mesomix.formulary.schema import DataFile

MOST_SUGGESTIONS: Final = 10
"""When more names are not recognised, none gets a suggestion: each takes milliseconds."""


class Reader:
    """Reads names by the data of one formulary."""

    def __init__(self, tables: "DataFile", linked: Linked, index: Index) -> None:
        self._linked = linked
        self._index = index
        self._allergies = Allergies(tables, linked)
        self._outside: dict[tuple[str, ...], Product] = {}
        self._by_substances: dict[tuple[str, ...], Product | None] = {}
        for product in linked.products.values():
            key = tuple(sorted(substance.id for substance in product.substances))
            # Two products of one substance: its name alone means neither of them.
            self._by_substances[key] = None if key in self._by_substances else product

    def components(self, names: Iterable[str]) -> tuple[Component, ...]:
        """What each of `names` means; TypeError when one is no text."""
        written = [as_text(name) for name in names]
        keys = [fold(name) for name in written]
        found = [self._product(key) for key in keys]
        unknown = {key for key, meant in zip(keys, found, strict=True) if meant is None}
        near = self._near(unknown, (self._index.products, self._index.substances))
        return tuple(
            Component(ReadName(name, suggestion=near.get(key)), None)
            if meant is None
            else Component(_read(name, *meant), meant[1])
            for name, key, meant in zip(written, keys, found, strict=True)
        )

    def allergies(self, texts: Iterable[str]) -> tuple[DeclaredAllergy, ...]:
        """What each of `texts` declares an allergy to; TypeError when one is no text."""
        written = [as_text(text) for text in texts]
        keys = [fold(without_introduction(text)) for text in written]
        found = [self._allergy(key) for key in keys]
        unknown = {key for key, meant in zip(keys, found, strict=True) if meant is None}
        index = self._index
        near = self._near(unknown, (index.products, index.substances, index.groups))
        return tuple(
            _unrecognised(text, near.get(key))
            if meant is None
            else DeclaredAllergy(_read(text, *meant), meant[1])
            for text, key, meant in zip(written, keys, found, strict=True)
        )

    def _product(self, key: NameKey) -> tuple[Name, Product] | None:
        found = self._index.products.get(key)
        if found is not None:
            return found, product_of(self._index, self._linked, found[1])
        found = self._index.substances.get(key)
        if found is None:
            return None
        ids = {found[1], *self._index.combinations.get(key, ())}
        return found, self._product_of_substances(tuple(sorted(ids)))

    def _product_of_substances(self, ids: tuple[str, ...]) -> Product:
        """The only product of these substances, or what is known of them outside the formulary."""
        product = self._by_substances.get(ids)
        if product is None:
            substances = tuple(self._linked.substances[key] for key in ids)
            name = joined(substance.name for substance in substances)
            outside = Product("+".join(ids), name, substances, in_formulary=False)
            product = self._outside.setdefault(ids, outside)
        return product

    def _allergy(self, key: NameKey) -> tuple[Name, Allergy] | None:
        index = self._index
        if (found := index.groups.get(key)) is not None:
            return found, self._allergies.to_group(found[1])
        if (found := index.substances.get(key)) is not None:
            ids = {found[1], *index.combinations.get(key, ())}
            by_brand = found[2] is MatchedBy.BRAND
            return found, self._allergies.to_substances(ids, by_brand=by_brand)
        if (found := index.products.get(key)) is not None:
            product = index.past.get(found[0]) or product_of(index, self._linked, found[1])
            return found, self._allergies.to_product(product)  # a reaction may be to old stock
        return None

    def _near(self, unknown: set[NameKey], sections: Iterable[Names]) -> dict[NameKey, Text]:
        """The names of `sections` that are nearest to those that were not recognised."""
        if not unknown or len(unknown) > MOST_SUGGESTIONS:
            return {}
        everything = {key: name for section in sections for key, name in section.items()}
        near = {key: nearest(key, everything) for key in unknown}
        return {key: self._shown(everything[found]) for key, found in near.items() if found}

    def _shown(self, name: Name) -> Text:
        """A name in both languages, where it is not the same in both."""
        original, identifier, kind = name
        linked = self._linked
        if original in linked.specialties:  # an id is no name to be shown
            return linked.specialties[original].name
        if kind is not MatchedBy.EXACT:
            return Text.same(original)
        if identifier in linked.substances:
            return linked.substances[identifier].name
        return (linked.edition.groups.get(identifier) or linked.products[identifier]).name


def _read(written: str, name: Name, meant: Product | Allergy) -> ReadName:
    return ReadName(written, meant.id, meant.name, matched_by(name, written, meant.name))


def _unrecognised(written: str, suggestion: Text | None) -> DeclaredAllergy:
    allergy = Allergy(None, Text.same(shortened(written)), AllergyState.NOT_RECOGNISED, suggestion)
    return DeclaredAllergy(ReadName(written, suggestion=suggestion), allergy)
