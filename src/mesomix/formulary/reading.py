"""From written names to what they mean: the products of a mixture, the allergies of a patient."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mesomix.evidence import Text
from mesomix.formulary.allergy_text import Part, parts_of
from mesomix.formulary.index import Index, matched_by
from mesomix.formulary.linking import Linked, joined, of_unknown_specialty
from mesomix.formulary.lookup import Lookup
from mesomix.formulary.product_words import (
    adrenaline_ratios,
    apart,
    doubtful_signs,
    is_one_of,
    not_understood,
    strengths,
    unnamed_things,
)
from mesomix.formulary.suggesting import Suggestions
from mesomix.model import Allergy, Product
from mesomix.names import as_text, fold, key_of_words, names_within, shortened, words
from mesomix.request import Component, DeclaredAllergy, ReadAllergy, ReadName
from mesomix.vocabulary import AllergyState, MatchedBy

if TYPE_CHECKING:
    from mesomix.bdpm import Bdpm
    from mesomix.formulary.schema import DataFile
    from mesomix.names import NameKey


ANY: Final = Allergy("any", Text("toute allergie", "any allergy"), AllergyState.NEGATED)
"""What "aucune allergie connue" denies."""
_UNKNOWN: Final = Allergy(None, Text.same(""), AllergyState.NOT_RECOGNISED)


class Reader:
    """Reads names by the data of one formulary."""

    def __init__(
        self, tables: "DataFile", linked: Linked, index: Index, bdpm: "Bdpm | None" = None
    ) -> None:
        self._lookup = Lookup(tables, linked, index, bdpm)
        self._suggestions = Suggestions(linked, index)
        self._in_part: dict[Product, Product] = {}
        self._strengths: dict[Product, frozenset[str]] = {}

    def components(self, names: Iterable[str]) -> tuple[Component, ...]:
        """What each of `names` means; TypeError when one is no text."""
        found = [self._component(as_text(name)) for name in names]
        if all(c.products and not c.read.unread for c in found):
            return tuple(found)
        unread = {c.read.written: c.read.unread for c in found if c.read.unread}
        unread.update({c.read.written: c.read.written for c in found if not c.products})
        near = self._suggestions.of_products(unread.values())
        suspected = self._suggestions.of_corticosteroids(unread.values())
        return tuple(
            c
            if (text := unread.get(c.read.written)) is None
            else replace(c, read=_suggesting(c.read, near.get(text), suspected.get(text)))
            for c in found
        )

    def _component(self, written: str) -> Component:
        parts = words(written)
        found = self._lookup.product(key_of_words(parts))
        if found is None or doubtful_signs(written):
            return self._within(written, parts)
        name, product = found
        how = matched_by(name, written, product.name)
        return Component(ReadName(written, product.id, product.name, how), (product,))

    def _within(self, written: str, merged: list[str]) -> Component:
        """What the names within a longer text mean; none leaves it unrecognised."""
        known = self._lookup.product_names
        parts = apart(merged)
        spans = names_within(parts, known)
        if not spans:
            return Component(ReadName(written))
        products = self._named([key_of_words(parts[first:last]) for first, last in spans])
        unread = [*not_understood(parts, spans), *adrenaline_ratios(merged)]
        unread += [*unnamed_things(written, parts, spans, known), *doubtful_signs(written)]
        unread += self._other_strengths(parts, spans)
        if unread:  # they may name another specialty: "Xylocaïne visqueuse", "Mésocaïne 25 mg"
            products = [self._of_unknown_specialty(product) for product in products]
        name = products[0].name if len(products) == 1 else joined(p.name for p in products)
        identifier = "+".join([product.id for product in products])
        told = " ".join(dict.fromkeys(unread))
        read = ReadName(written, identifier, name, MatchedBy.INSIDE, unread=told)
        return Component(read, tuple(products))

    def _named(self, keys: list["NameKey"]) -> list[Product]:
        """The products of names that stand in one text; one that is named twice is there twice."""
        meant = {key: found[1] for key in keys if (found := self._lookup.product(key)) is not None}
        once = _without_implied([*dict.fromkeys(meant.values())])
        twice = [meant[key] for key in meant if keys.count(key) > 1]
        return once + [product for product in twice if product in once]

    def _other_strengths(self, parts: list[str], spans: list[tuple[int, int]]) -> list[str]:
        """The strengths behind each name, as written, that none of its specialties has."""
        found: list[str] = []
        ends = [first for first, _ in spans[1:]] + [len(parts)]
        for (first, last), end in zip(spans, ends, strict=True):
            meant = self._lookup.product(key_of_words(parts[first:last]))
            if meant is None or not meant[1].specified:
                continue
            said = strengths(parts[last:end])
            if first == spans[0][0]:  # "1/2 Miorel" is a count
                said |= strengths(parts[:first], bare=False)
            known = self._known_strengths(meant[1]) if said else ()
            found += [text for strength, text in said.items() if not is_one_of(strength, known)]
        return found

    def _known_strengths(self, product: Product) -> frozenset[str]:
        known = self._strengths.get(product)
        if known is None:
            known = self._strengths[product] = _strengths_of(product)
        return known

    def _of_unknown_specialty(self, product: Product) -> Product:
        if not product.specified:
            return product
        return self._in_part.setdefault(product, of_unknown_specialty(product))

    def allergies(self, texts: Iterable[str]) -> tuple[DeclaredAllergy, ...]:
        """What each of `texts` says, part by part; TypeError when one is no text."""
        found = [said for text in texts for said in self._said(as_text(text))]
        unknown = [d.read.written for d in found if d.read.state is AllergyState.NOT_RECOGNISED]
        if not unknown:
            return tuple(found)
        near = self._suggestions.of_allergies(unknown)
        return tuple(
            _unrecognised(d.read, near.get(d.read.written))
            if d.read.state is AllergyState.NOT_RECOGNISED
            else d
            for d in found
        )

    def _said(self, text: str) -> Iterator[DeclaredAllergy]:
        # The fold of a whole name has lost the question mark that makes a doubt of it.
        found = None if "?" in text else self._lookup.allergy(fold(text))
        if found is not None:
            name, allergy = found
            how = matched_by(name, text, allergy.name)
            read = ReadAllergy(text, allergy.state, allergy.id, allergy.name, how)
            yield DeclaredAllergy(read, allergy)
            return
        for part in parts_of(text, self._lookup.allergens):
            yield self._part(text, part)

    def _part(self, text: str, part: Part) -> DeclaredAllergy:
        written = text[part.start : part.end]
        within = None if written == text else text
        found = None if part.key is None else self._lookup.allergy(part.key)
        if found is None:
            allergy = ANY if part.state is AllergyState.NEGATED else _UNKNOWN
            read = ReadAllergy(written, part.state, allergy.id, allergy.name, within=within)
            return DeclaredAllergy(read, allergy)
        allergy = self._lookup.in_state(found[1], part.state)
        read = ReadAllergy(
            written, part.state, allergy.id, allergy.name, MatchedBy.INSIDE, within=within
        )
        return DeclaredAllergy(read, allergy)


def _suggesting(read: ReadName, near: Text | None, suspected: Text | None) -> ReadName:
    return replace(read, suggestion=suspected or near, suspicion=suspected)


def _unrecognised(read: ReadAllergy, suggestion: Text | None) -> DeclaredAllergy:
    name = Text.same(shortened(read.written))
    allergy = Allergy(None, name, AllergyState.NOT_RECOGNISED, suggestion)
    return DeclaredAllergy(replace(read, id=None, name=None, suggestion=suggestion), allergy)


def _strengths_of(product: Product) -> frozenset[str]:
    """The strengths of the specialties that a product can be."""
    return frozenset(
        strength
        for specialty in product.specialties
        for text in (specialty.name, specialty.strength)
        for strength in strengths(apart(words(text)))
    )


def _without_implied(products: list[Product]) -> list[Product]:
    """Without those that another one says more about: "Xylocaïne (lidocaïne)"."""
    return [p for p in products if not any(_implies(other, p) for other in products)]


def _implies(one: Product, other: Product) -> bool:
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
