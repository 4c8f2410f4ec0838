"""Which amount belongs to which product of a text, and the amounts that stand beside names."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from mesomix.formulary.amount_fit import Fitted, fitted
from mesomix.formulary.amount_items import Item, Kind, items_of
from mesomix.formulary.product_words import doubtful_signs
from mesomix.names import Token, as_text, tokens
from mesomix.portion import NOTHING_WRITTEN, WrittenAmount
from mesomix.quantity import Quantity
from mesomix.request import Component

Written = str | tuple[str, str | Quantity]
"""A component as a caller gives it: a text, or a name and its amount."""

UNREAD: Final = WrittenAmount("", unread=True)
_JOINING: Final = frozenset({"et", "and", "avec", "with"})
_SIGNS: Final = frozenset("+&;,\n/|")


def shared_out(
    tokens: Sequence[Token], spans: Sequence[tuple[int, int]], items: Sequence[Item]
) -> list[list[Item]] | None:
    """The items that belong to each of the names at `spans`; None where that is not sure.

    Between two names they belong to the nearer one, as commas and "+" tell; without one, all of a
    text's amounts stand before their names, or all behind.
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
        cuts = [at for at in range(start, end + 1) if _separates(tokens, at)]
        if not cuts:
            if before == behind:
                return None
            shares[number + before] += inner
            continue
        for item in inner:
            left = not any(cut <= item.first for cut in cuts)
            right = not any(cut > item.first for cut in cuts)
            shares[number + (right and not left)] += [item]
            if left == right or (not left and not right and before):
                return None
    return shares


def _separates(tokens: Sequence[Token], at: int) -> bool:
    """Whether one thing of a list ends before that token."""
    if at >= len(tokens):
        return False
    return not _SIGNS.isdisjoint(tokens[at].gap) or tokens[at].word in _JOINING


def amounts_of(
    fits: Sequence[Fitted], products: int, unread: Sequence[str], numbers: bool
) -> tuple[WrittenAmount, ...]:
    """The amounts of the products of one text; none of them is read where some words are not."""
    if unread:
        return (UNREAD,) * products if numbers else ()
    amounts = tuple(fit.amount or NOTHING_WRITTEN for fit in fits)
    return amounts if any(amount is not NOTHING_WRITTEN for amount in amounts) else ()


def as_pair(one: tuple[object, ...]) -> tuple[str, str | Quantity]:
    """A name and its amount, as a caller gave them; TypeError when they are something else."""
    if len(one) != 2 or not isinstance(one[1], str | Quantity):  # noqa: PLR2004 (a pair)
        message = "a component must be a text, or a name with its amount: a text or a Quantity"
        raise TypeError(message)
    return as_text(one[0]), one[1] if isinstance(one[1], Quantity) else as_text(one[1])


def with_amount(named: Component, amount: str | Quantity) -> Component:
    """`named`, with the amount that stands beside its name.

    A text that is not understood is kept, and asked about. Raises ValueError when a `Quantity`
    does not fit the product.
    """
    text: Sequence[Token] = tokens_of(amount)
    items = items_of(text, ())
    read_to_its_end = sum(item.last - item.first for item in items) == len(text) > 0
    told = amount if isinstance(amount, str) else amount.text.fr
    if not named.products:
        volume = items[0].number if read_to_its_end and items[0].kind is Kind.VOLUME else None
        written = WrittenAmount(told, volume=volume, unread=volume is None or len(items) > 1)
        return replace(named, amounts=(written,))
    fit = Fitted(None, tuple(items))
    if read_to_its_end and len(named.products) == 1 and not named.amounts:
        fit = fitted(named.products[0], items, text, name_at=len(text))
    if fit.amount is not None and not fit.unread:
        return replace(named, amounts=(replace(fit.amount, written=told),))
    if fit.fitting is not None and isinstance(amount, Quantity):
        message = f"{amount.unit} does not fit {named.products[0].name.en}; give {fit.fitting.en}"
        raise ValueError(message)
    unread = " ".join(filter(None, [named.read.unread, told or "∅"]))
    read = replace(named.read, unread=unread, fitting=fit.fitting)
    return Component(read, named.products, (replace(UNREAD, written=told),) * len(named.products))


def tokens_of(amount: str | Quantity) -> list[Token]:
    """The words of an amount; those of a quantity in figures that `items_of` reads."""
    if isinstance(amount, str):
        return [] if doubtful_signs(amount) else tokens(amount)
    base = Quantity.of(amount.amount, amount.kind)
    return tokens(f"{base.value:f} {amount.kind.strip('[]')}")
