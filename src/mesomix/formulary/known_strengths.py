"""What the specialties of a product have: strengths, contents of an ampoule, kinds of units."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from mesomix.evidence import Text
from mesomix.formulary.amount_items import Item
from mesomix.model import Product
from mesomix.portion import Formula
from mesomix.quantity import Quantity


def has_strength(product: Product, formulas: Sequence[Formula], item: Item) -> bool:
    """Whether a product can have that strength: of a substance alone, any."""
    if not product.specified:
        return True
    return any(
        one == item.strength
        for formula in formulas
        for (substance, _), one in formula.in_1_ml.items()
        if substance in product.substances
    )


def contents(product: Product, formulas: Sequence[Formula]) -> set[Fraction]:
    """How much of its active substance one container of a product can hold."""
    found: set[Fraction] = set()
    for formula in formulas:
        for (substance, part), one in formula.in_1_ml.items():
            if substance in product.substances and part is None:
                found.update(one.amount * size for size in formula.containers)
        for (substance, part), one in formula.in_container.items():
            if substance in product.substances and part is None:
                found.add(one.amount)
    return found


def concentrations(product: Product, formulas: Iterable[Formula]) -> set[Fraction]:
    """How much of its active substance is in 1 mL of the specialties that are known."""
    return {
        one.amount
        for formula in formulas
        for (substance, part), one in formula.in_1_ml.items()
        if substance in product.substances and part is None
    }


def units_that_fit(
    product: Product, items: Iterable[Item], formulas: Sequence[Formula]
) -> Text | None:
    """The units that an amount may be in, where one is in none of them."""
    kinds = {
        one.kind
        for formula in formulas
        for table in (formula.in_1_ml, formula.in_container)
        for (substance, part), one in table.items()
        if substance in product.substances and part is None
    } or {m.amount.kind for s in product.substances for m in s.maximum_doses or ()}
    if not kinds or all(not item.unit or item.unit in kinds for item in items):
        return None
    units = [Quantity.of(Fraction(1), kind).text for kind in sorted(kinds)]
    fr = ", ".join(unit.fr.removeprefix("1 ") for unit in units)
    en = ", ".join(unit.en.removeprefix("1 ") for unit in units)
    return Text(f"{fr}, ml ou un nombre d'ampoules", f"{en}, ml or a number of ampoules")
