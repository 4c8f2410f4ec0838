"""From written names to what they mean: the products of a mixture, the allergies of a patient."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mesomix.evidence import Text
from mesomix.formulary.allergy_text import Part, parts_of
from mesomix.formulary.amount_fit import as_written, fitted
from mesomix.formulary.amount_items import Item, Kind, items_of
from mesomix.formulary.amounts import (
    UNREAD,
    Beside,
    Written,
    amounts_of,
    are_apart,
    as_they_stand,
    does_not_fit,
    name_and_amount,
    shared_out,
)
from mesomix.formulary.index import Index, matched_by
from mesomix.formulary.linking import Linked, joined, of_unknown_specialty
from mesomix.formulary.lookup import Lookup, implies, without_implied
from mesomix.formulary.product_words import (
    doubtful_signs,
    names_apart,
    not_understood,
    positions,
    unnamed_things,
)
from mesomix.formulary.suggesting import Suggestions
from mesomix.model import Allergy, Product
from mesomix.names import (
    Token,
    as_text,
    fold,
    key_of_words,
    names_within,
    shortened,
    tokens,
    words,
)
from mesomix.request import Component, DeclaredAllergy, ReadAllergy, ReadName
from mesomix.vocabulary import AllergyState, MatchedBy, in_order

if TYPE_CHECKING:
    from mesomix.bdpm import Bdpm
    from mesomix.formulary.schema import DataFile


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

    def components(self, written: Iterable[Written]) -> tuple[Component, ...]:
        """What each of the names in `written` means, and how much of it there is.

        Raises TypeError when one is no text, and ValueError when a `Quantity` does not fit.
        """
        found = [self._component(one) for one in written]
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

    def _component(self, one: Written) -> Component:
        """What one component means; TypeError and ValueError as `components` says."""
        written, beside = name_and_amount(one)
        whole = self._whole(written)
        if whole is not None and not beside.told:
            return Component(whole[0], (whole[1],))
        text = tokens(written)
        if whole is not None:
            return self._amounts(written, text, [(0, len(text))], beside, whole)
        spans = names_within(names_apart(text), self._lookup.product_names)
        if not spans:
            unread = (UNREAD,) if items_of(text, ()) else ()
            return Component(ReadName(written), amounts=unread or beside.of_unknown())
        return self._amounts(written, text, spans, beside, None)

    def _whole(self, written: str) -> tuple[ReadName, Product] | None:
        """The product of which a text is the name, and nothing else."""
        found = self._lookup.product(key_of_words(words(written)))
        if found is None or doubtful_signs(written):
            return None
        name, product = found
        if "/" in name[0] and "/" not in written and "\0" in "".join(names_apart(tokens(written))):
            return None  # "Miorel 4 mg 2 ml" is more than "Miorel 4 mg/2 ml"
        how = matched_by(name, written, product.name)
        effects = in_order(product.effects)
        return ReadName(written, product.id, product.name, how, effects=effects), product

    def _amounts(
        self,
        written: str,
        text: list[Token],
        spans: list[tuple[int, int]],
        beside: Beside,
        whole: tuple[ReadName, Product] | None,
    ) -> Component:
        """What the names at `spans` mean, and how much there is of each."""
        own = items_of(text, positions(spans))
        if not own and not beside.told:
            return self._names_only(written, text, spans)
        items = [*own, *beside.items_behind(len(text))]
        everything = [*text, *beside.tokens]
        owners = [(whole[1], [0])] if whole else self._owners(text, spans)
        shares = shared_out(everything, spans, items)
        fits = [
            fitted(product, [i for n in owned for i in shares[n]], everything, spans[owned[0]])
            for product, owned in owners
            if shares is not None
        ]
        # "procaïne et Miorel 2 ml": of one, of each, of both together? "Mésocaïne 20 ml +
        # lidocaïne 200 mg": twice the same, or one said in two ways?
        whose = shares is None or len({fit.amount is None for fit in fits}) > 1
        whose = whose or (
            any(item.is_amount for item in items)
            and any(are_apart(text, [spans[n] for n in owned]) for _, owned in owners)
        )
        whose = whose or any(
            sum(any(item.is_amount for item in shares[n]) for n in owned) > 1
            for _, owned in owners
            if shares is not None
        )
        wrong = items if whose else [item for fit in fits for item in fit.unread]
        fitting = next((fit.fitting for fit in fits if fit.fitting), None)
        if beside.quantity is not None and wrong:
            raise ValueError(does_not_fit(beside.quantity, owners[0][0], fitting))
        in_name = self._not_understood(written, text, spans, own)
        # Of an amount a strength alone may be wrong: that is told, and the volume stays one.
        broken = bool(in_name) or whose or not beside.understood
        broken = broken or any(fit.unread and fit.amount is None for fit in fits)
        broken = broken or (bool(beside.told) and all(fit.amount is None for fit in fits))
        in_name += [as_written(everything, [item]) for item in wrong if item.first < len(text)]
        lost_beside = any(item.first >= len(text) for item in wrong) or not beside.understood
        lost_beside = lost_beside or (bool(beside.told) and broken and not in_name)
        unread = [*in_name, *([beside.told] if lost_beside else ())]
        products = [product for product, _ in owners]
        if in_name or any(item.kind is Kind.STRENGTH for item in wrong):
            # They may name another specialty: "Xylocaïne visqueuse", "Mésocaïne 25 mg".
            products = [self._of_unknown_specialty(product) for product in products]
        read = whole[0] if whole else _inside(written, products, unread)
        read = replace(read, unread=" ".join(dict.fromkeys(unread)), fitting=fitting)
        numbers = items or beside.told or any(part.strip()[:1].isdigit() for part in unread)
        amounts = amounts_of(fits)
        if broken:
            amounts = (replace(UNREAD, written=beside.told),) * len(products) if numbers else ()
        return Component(read, tuple(products), amounts)

    def _names_only(
        self, written: str, text: list[Token], spans: list[tuple[int, int]]
    ) -> Component:
        """What the names at `spans` mean, in a text without amounts."""
        products = [product for product, _ in self._owners(text, spans)]
        unread = self._not_understood(written, text, spans, [])
        if unread:  # they may name another specialty: "Xylocaïne visqueuse"
            products = [self._of_unknown_specialty(product) for product in products]
        read = _inside(written, products, unread)
        numbers = any(part.strip()[:1].isdigit() for part in unread)
        return Component(read, tuple(products), (UNREAD,) * len(products) if numbers else ())

    def _not_understood(
        self,
        written: str,
        text: list[Token],
        spans: list[tuple[int, int]],
        items: list[Item],
    ) -> list[str]:
        """What stands beside the names and the amounts of a text, and says nothing to mesomix."""
        parts = [token.word for token in text]
        amounts = [(item.first, item.last) for item in items]
        known = self._lookup.product_names
        unknown = set(not_understood(parts, [*spans, *amounts]))
        return [
            *as_they_stand(text, unknown),
            *unnamed_things(written, parts, spans, amounts, known),
            *doubtful_signs(written),
            # Labels count the salt, and a milligram of the base is more than one of it.
            *[part for part in parts if part == "base" and amounts],
        ]

    def _owners(
        self, text: list[Token], spans: list[tuple[int, int]]
    ) -> list[tuple[Product, list[int]]]:
        """The products of the names of one text, each with the numbers of its names.

        One that is named twice is there twice, and so on.
        """
        parts = [token.word for token in text]
        keys = [key_of_words(parts[first:last]) for first, last in spans]
        meant = [found[1] for key in keys if (found := self._lookup.product(key)) is not None]
        once = without_implied([*dict.fromkeys(meant)])
        owned: dict[Product, list[int]] = {product: [] for product in once}
        for number, product in enumerate(meant):
            if product in owned:
                owned[product].append(number)
            else:
                owned[next(p for p in once if implies(p, product))].append(number)
        found = list(owned.items())
        for product, numbers in [*found]:
            again = [n for n in numbers if keys.count(keys[n]) > 1 and n != numbers[0]]
            found += [(product, [n]) for n in again]
            numbers[:] = [n for n in numbers if n not in again]
        return found

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


def _inside(written: str, products: list[Product], unread: list[str]) -> ReadName:
    """How a text was read that is longer than the names in it."""
    name = products[0].name if len(products) == 1 else joined(p.name for p in products)
    identifier = "+".join([product.id for product in products])
    told = " ".join(dict.fromkeys(unread))
    effects = in_order(frozenset(effect for product in products for effect in product.effects))
    return ReadName(written, identifier, name, MatchedBy.INSIDE, unread=told, effects=effects)


def _suggesting(read: ReadName, near: Text | None, suspected: Text | None) -> ReadName:
    return replace(read, suggestion=suspected or near, suspicion=suspected)


def _unrecognised(read: ReadAllergy, suggestion: Text | None) -> DeclaredAllergy:
    name = Text.same(shortened(read.written))
    allergy = Allergy(None, name, AllergyState.NOT_RECOGNISED, suggestion)
    return DeclaredAllergy(replace(read, id=None, name=None, suggestion=suggestion), allergy)
