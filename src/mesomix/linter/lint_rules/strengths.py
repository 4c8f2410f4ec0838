"""Whether the strength of a data file is that of BDPM, however both are written."""

from collections.abc import Iterable

from mesomix.bdpm import BdpmSpecialty
from mesomix.bdpm.strengths import Strength, strength_of, strength_of_row, strengths_of_name


def agree(ours: Strength, theirs: Strength) -> bool | None:
    """Whether both are one strength; None when that cannot be told."""
    if ours.amount.unit != theirs.amount.unit:
        return None
    if ours.size and theirs.size:
        if ours.size.unit != theirs.size.unit:
            return None
        return ours.amount.value * theirs.size.value == theirs.amount.value * ours.size.value
    if ours.size is None and (theirs.size is None or theirs.of_container):
        return ours.amount.value == theirs.amount.value
    return None


def compared(written: str, specialty: BdpmSpecialty) -> bool | None:
    """Whether BDPM gives a specialty the strength that is written; None when that cannot be told.

    Each part of "20 mg + 5 mg" has to be that of a row of the composition, or to be in the name.
    The name judges alone where no row can: BDPM often leaves out of how many millilitres an
    ampoule is.
    """
    parts = [strength_of(part.strip()) for part in written.split("+")]
    rows = [*filter(None, map(strength_of_row, specialty.composition))]
    named = [*strengths_of_name(specialty.name)]
    found = [_part(part, rows, named) if part else None for part in parts]
    if False in found:
        return False
    return None if None in found else True


def _part(ours: Strength, rows: Iterable[Strength], named: Iterable[Strength]) -> bool | None:
    by_rows = {agree(ours, theirs) for theirs in rows}
    by_name = {agree(ours, theirs) for theirs in named}
    if True in by_rows or True in by_name:
        return True
    return False if False in by_rows or False in by_name else None
