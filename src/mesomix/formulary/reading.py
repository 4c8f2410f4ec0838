"""From written names to what they mean: the products of a mixture, the allergies of a patient."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from mesomix.evidence import Text
from mesomix.formulary.allergies import Allergies
from mesomix.formulary.allergy_text import Part, parts_of
from mesomix.formulary.index import Index, Name, matched_by, product_of
from mesomix.formulary.linking import Linked, joined, of_unknown_specialty
from mesomix.formulary.product_words import not_understood
from mesomix.formulary.suggesting import Suggestions
from mesomix.model import Allergy, Product
from mesomix.names import NameKey, as_text, fold, names_within, shortened, words
from mesomix.request import Component, DeclaredAllergy, ReadAllergy, ReadName
from mesomix.vocabulary import AllergyState, MatchedBy

if TYPE_CHECKING:
    from mesomix.formulary.schema import DataFile


ANY: Final = Allergy("any", Text("toute allergie", "any allergy"), AllergyState.NEGATED)
"""What "aucune allergie connue" denies."""
_UNKNOWN: Final = Allergy(None, Text.same(""), AllergyState.NOT_RECOGNISED)


class Reader:
    """Reads names by the data of one formulary."""

    def __init__(self, tables: "DataFile", linked: Linked, index: Index) -> None:
        self.suggestions = Suggestions(linked, index)
        self._linked = linked
        self._index = index
        self._allergies = Allergies(tables, linked)
        self._outside: dict[tuple[str, ...], Product] = {}
        self._in_part: dict[Product, Product] = {}
        self._by_substances: dict[tuple[str, ...], Product | None] = {}
        for product in linked.products.values():
            key = tuple(sorted(substance.id for substance in product.substances))
            # Two products of one substance: its name alone means neither of them.
            self._by_substances[key] = None if key in self._by_substances else product

    def components(self, names: Iterable[str]) -> tuple[Component, ...]:
        """What each of `names` means; TypeError when one is no text."""
        found = [self._component(as_text(name)) for name in names]
        unread = {c.read.written: c.read.unread for c in found if c.read.unread}
        unread.update({c.read.written: c.read.written for c in found if not c.products})
        if not unread:
            return tuple(found)
        near = self.suggestions.of_products(unread.values())
        suspected = self.suggestions.of_corticosteroids(unread.values())
        return tuple(
            replace(
                c, read=replace(c.read, suggestion=near.get(text), suspicion=suspected.get(text))
            )
            if (text := unread.get(c.read.written)) is not None
            else c
            for c in found
        )

    def _component(self, written: str) -> Component:
        found = self.product(fold(written))
        if found is None:
            return self._within(written)
        (_, _, kind), product = found
        how = matched_by(found[0], written, product.name)
        return Component(ReadName(written, product.id, product.name, how), (product,))

    def _within(self, written: str) -> Component:
        """What the names within a longer text mean; none leaves it unrecognised."""
        parts = words(written)
        spans = names_within(parts, self._names)
        if not spans:
            return Component(ReadName(written))
        named = [self.product(NameKey("".join(parts[first:last]))) for first, last in spans]
        products = _without_implied(dict.fromkeys(found[1] for found in named if found))
        unread = not_understood(parts, spans)
        if unread:  # they may name another specialty: "Xylocaïne visqueuse"
            products = [self._of_unknown_specialty(product) for product in products]
        read = ReadName(
            written,
            "+".join(product.id for product in products),
            joined(product.name for product in products),
            MatchedBy.INSIDE,
            unread=" ".join(unread),
        )
        return Component(read, tuple(products))

    @cached_property
    def _names(self) -> frozenset[str]:
        """What is looked for within a longer text."""
        return frozenset((*self._index.products, *self._index.substances))

    def _of_unknown_specialty(self, product: Product) -> Product:
        if not product.specified:
            return product
        return self._in_part.setdefault(product, of_unknown_specialty(product))

    def product(self, key: NameKey) -> tuple[Name, Product] | None:
        """The product that a folded name means, with that name as it stands in the data."""
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

    def allergy(self, key: NameKey) -> tuple[Name, Allergy] | None:
        """What an allergy to a folded name is to, with that name as it stands in the data."""
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

    def allergies(self, texts: Iterable[str]) -> tuple[DeclaredAllergy, ...]:
        """What each of `texts` says about allergies, part by part; TypeError when one is no text."""
        found = [said for text in texts for said in self._said(as_text(text))]
        unknown = [d.read.written for d in found if d.read.state is AllergyState.NOT_RECOGNISED]
        if not unknown:
            return tuple(found)
        near = self.suggestions.of_allergies(unknown)
        return tuple(
            _unrecognised(d.read, near.get(d.read.written))
            if d.read.state is AllergyState.NOT_RECOGNISED
            else d
            for d in found
        )

    def _said(self, text: str) -> Iterator[DeclaredAllergy]:
        # The fold of a whole name has lost the question mark that makes a doubt of it.
        found = None if "?" in text else self.allergy(fold(text))
        if found is not None:
            name, allergy = found
            how = matched_by(name, text, allergy.name)
            read = ReadAllergy(text, allergy.state, allergy.id, allergy.name, how)
            yield DeclaredAllergy(read, allergy)
            return
        for part in parts_of(text, self.allergens):
            yield self._part(text, part)

    def _part(self, text: str, part: Part) -> DeclaredAllergy:
        written = text[part.start : part.end]
        within = None if written == text else text
        found = None if part.key is None else self.allergy(part.key)
        if found is None:
            allergy = ANY if part.state is AllergyState.NEGATED else _UNKNOWN
            read = ReadAllergy(written, part.state, allergy.id, allergy.name, within=within)
            return DeclaredAllergy(read, allergy)
        allergy = self._allergies.in_state(found[1], part.state)
        read = ReadAllergy(
            written, part.state, allergy.id, allergy.name, MatchedBy.INSIDE, within=within
        )
        return DeclaredAllergy(read, allergy)

    @cached_property
    def allergens(self) -> frozenset[str]:
        """The folded names that an allergy can be to."""
        return self._names.union(self._index.groups)


def _unrecognised(read: ReadAllergy, suggestion: Text | None) -> DeclaredAllergy:
    name = Text.same(shortened(read.written))
    allergy = Allergy(None, name, AllergyState.NOT_RECOGNISED, suggestion)
    return DeclaredAllergy(replace(read, id=None, name=None, suggestion=suggestion), allergy)


def _without_implied(products: Iterable[Product]) -> list[Product]:
    """Without those that another one says more about: "Xylocaïne (lidocaïne)"."""
    everything = list(products)
    return [p for p in everything if not any(_implies(other, p) for other in everything)]


def _implies(one: Product, other: Product) -> bool:
    """Whether `one` holds all that `other` does, and more is known of it."""
    if one is other or not set(other.substances) <= set(one.substances):
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
