"""Whether a specialty has in BDPM the substances of its product."""

from collections.abc import Iterator

from mesomix.bdpm import BdpmSpecialty, BdpmSubstance
from mesomix.evidence import Text
from mesomix.formulary.schema import ProductTable
from mesomix.linter.tables import Data


def uncoded(data: Data, product: ProductTable) -> list[Text]:
    """The names of the product's substances of which nobody has written BDPM's codes."""
    known = data.tables.substances
    return [known[s].text for s in product.substances if s in known and not known[s].bdpm_codes]


def differences(data: Data, product: ProductTable, found: BdpmSpecialty) -> Iterator[Text]:
    """What BDPM has and the product has not, and the reverse, in sentences.

    Nothing is said where it may be a substance without codes, or a row that could not be read:
    that is told as not compared.
    """
    known = data.tables.substances
    if any(key not in known for key in product.substances):
        return  # that is an error already
    ours = {code for key in product.substances for code in known[key].bdpm_codes}
    theirs = {substance.code for substance in found.composition}
    if not uncoded(data, product):
        for rows in _joined(found.composition):
            if ours.isdisjoint(row.code for row in rows):
                what = f"{rows[0].name} ({rows[0].code})"
                yield Text(f"elle a {what}", f"it has {what}")
    if found.composition_complete:
        for key in product.substances:
            codes = known[key].bdpm_codes
            if codes and theirs.isdisjoint(codes):
                name = known[key].text
                yield Text(f"elle n'a pas {name.fr}", f"it has no {name.en}")


def _joined(rows: tuple[BdpmSubstance, ...]) -> list[list[BdpmSubstance]]:
    """The rows, those of an active substance with those of its therapeutic fraction."""
    joined: dict[tuple[str, str], list[BdpmSubstance]] = {}
    for number, row in enumerate(rows):
        # What joins them is a number; where it is absent, each stands alone.
        joined.setdefault((row.element, row.link or f"row {number}"), []).append(row)
    return list(joined.values())
