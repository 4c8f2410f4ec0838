"""Which amount belongs to which product of a text, and the amounts that stand beside names."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Final

from mesomix.evidence import Text
from mesomix.formulary.amount_fit import Fitted
from mesomix.formulary.amount_items import Item, Kind, items_of
from mesomix.formulary.product_words import doubtful_signs
from mesomix.model import Product
from mesomix.names import Token, as_text, tokens
from mesomix.portion import NOTHING_WRITTEN, WrittenAmount
from mesomix.quantity import VOLUME, Quantity

Written = str | tuple[str, str | Quantity]
"""A component as a caller gives it: a text, or a name and its amount."""

UNREAD: Final = WrittenAmount("", unread=True)
_TOO_MUCH: Final = Fraction(10**9)
"""Millilitres, milligrams or units; and as many parts of one are too little."""
_EMPTY: Final = "(vide · empty)"
_JOINING: Final = frozenset({"et", "and", "avec", "with"})
_SIGNS: Final = frozenset("+&;,\n/|")


def shared_out(
    tokens: Sequence[Token], spans: Sequence[tuple[int, int]], items: Sequence[Item]
) -> list[list[Item]] | None:
    """The items that belong to each of the names at `spans`; None where that is not sure.

    Between two names they belong to the nearer one, as commas and "+" tell; without one, each name
    has one amount, and all stand before their names, or all behind.
    """
    shares: list[list[Item]] = [[] for _ in spans]
    if len(spans) == 1:
        shares[0] += items
        return shares
    first, last = spans[0][0], spans[-1][1]
    shares[0] += [item for item in items if item.last <= first]
    shares[-1] += [item for item in items if item.first >= last]
    before, behind = bool(shares[0]), bool(shares[-1])
    for number, ((_, start), (end, _)) in enumerate(pairwise(spans)):
        inner = [item for item in items if start <= item.first < end]
        if not inner:
            continue
        inside = {at for item in inner for at in range(item.first + 1, item.last)}
        cuts = [at for at in range(start, end + 1) if at not in inside and _separates(tokens, at)]
        if not cuts:
            # "15 ml de lidocaïne 2 % 5 ml de procaïne": whose is the strength?
            if before == behind or [item.is_amount for item in inner] != [True]:
                return None
            shares[number + before] += inner
            continue
        for item in inner:
            left = not any(cut <= item.first for cut in cuts)
            right = not any(cut > item.first for cut in cuts)
            shares[number + (right and not left)] += [item]
            if left == right:  # it stands between two cuts
                return None
    return shares


def as_they_stand(text: Sequence[Token], some: Container[int]) -> list[str]:
    """Those words of `text`, and what stands between two that follow each other: "2-3 ml"."""
    found: list[str] = []
    for position, token in enumerate(text):
        if position in some and position - 1 in some:
            found[-1] += token.gap + token.raw
        elif position in some:
            found.append(token.raw)
    return found


def are_apart(tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a sign stands between some of these names: "Mésocaïne + lidocaïne"."""
    return any(
        _separates(tokens, at)
        for (_, end), (start, _) in pairwise(spans)
        for at in range(end, start + 1)
    )


def _separates(tokens: Sequence[Token], at: int) -> bool:
    """Whether one thing of a list ends before that token."""
    return not _SIGNS.isdisjoint(tokens[at].gap) or tokens[at].word in _JOINING


def amounts_of(fits: Sequence[Fitted]) -> tuple[WrittenAmount, ...]:
    """The amounts of the products of one text; none where there is none of any."""
    amounts = tuple(fit.amount or NOTHING_WRITTEN for fit in fits)
    return amounts if any(amount is not NOTHING_WRITTEN for amount in amounts) else ()


@dataclass(frozen=True, slots=True)
class Beside:
    """The amount that a caller gave beside a name; nothing, where none was given."""

    told: str = ""
    tokens: tuple[Token, ...] = ()
    items: tuple[Item, ...] = ()
    """Their tokens are counted from its own first one."""
    understood: bool = True
    quantity: Quantity | None = None

    def items_behind(self, tokens: int) -> list[Item]:
        """Its items, where its tokens stand behind so many others."""
        return [replace(i, first=i.first + tokens, last=i.last + tokens) for i in self.items]

    def of_unknown(self) -> tuple[WrittenAmount, ...]:
        """The amount of a name that was not recognised: its volume, where nothing else is told."""
        if not self.told and self.understood:
            return ()
        alone = self.understood and [item.kind for item in self.items] == [Kind.VOLUME]
        volume = self.items[0].number if alone else None
        return (WrittenAmount(self.told, volume=volume, unread=not alone),)


NOTHING_BESIDE: Final = Beside()


def name_and_amount(one: object) -> tuple[str, Beside]:
    """A component as a caller gave it.

    Raises TypeError when it is something else, and ValueError for a quantity that is no amount.
    """
    if not isinstance(one, tuple):
        return as_text(one), NOTHING_BESIDE
    if len(one) != 2 or not isinstance(one[1], str | Quantity):  # noqa: PLR2004 (a pair)
        message = "a component must be a text, or a name with its amount: a text or a Quantity"
        raise TypeError(message)
    name, amount = as_text(one[0]), one[1]
    return name, _quantity(amount) if isinstance(amount, Quantity) else _text(as_text(amount))


def does_not_fit(quantity: Quantity, product: Product, fitting: Text | None) -> str:
    """What is wrong with a quantity that does not fit its product, and what would."""
    instead = f"; give {fitting.en}" if fitting else ": it contradicts the name, or has no place"
    return f"{quantity.text.en} does not fit {product.name.en}{instead}"


def _quantity(amount: Quantity) -> Beside:
    if "/" in amount.unit or not 1 / _TOO_MUCH < amount.amount < _TOO_MUCH:
        message = f"{amount.text.en} is no amount: give a volume, a mass or units, above 0"
        raise ValueError(message)
    volume = amount.kind == VOLUME
    kind, unit = (Kind.VOLUME, "") if volume else (Kind.MEASURED, amount.kind)
    told = amount.text.fr
    item = Item(0, 1, kind, amount.amount, unit)
    return Beside(told, (Token(told, told, " = "),), (item,), quantity=amount)


def _text(amount: str) -> Beside:
    """A text behind a name, as if an equals sign stood between them."""
    found = tokens(amount)
    if found:
        found[0] = found[0]._replace(gap=f" = {found[0].gap}")
    items = items_of(found, ())
    whole = sum(item.last - item.first for item in items) == len(found) > 0
    understood = whole and not doubtful_signs(amount)
    return Beside(amount or _EMPTY, tuple(found), tuple(items), understood=understood)
