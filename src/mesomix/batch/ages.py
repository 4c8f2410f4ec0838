"""A column of ages as answers to every condition of being younger than something."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mesomix.batch.column_types import is_number, is_text
from mesomix.formulary.answers import OLDEST
from mesomix.measures import MONTHS_IN_A_YEAR, years

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    Years = NDArray[np.float64]

_NOT_ASKED: Final = float("nan")  # how pandas keeps numbers beside a null
_NONE: Final = float("inf")


@dataclass(frozen=True, slots=True)
class AgeColumn:
    """A column of ages in years, and the columns of answers that are made of it."""

    name: str
    younger: Mapping[str, int]
    """From each column that is made to the months below which it says yes."""

    def answers(self, ages: "pa.Array") -> "tuple[list[pa.Array], pa.BooleanArray]":
        """The columns of yes and no, and where there is no age: null and blank are not asked."""
        import numpy as np  # noqa: PLC0415 (extra)
        import pyarrow as pa  # noqa: PLC0415 (extra)

        found = _years(ages)
        is_age = (found >= 0) & (found <= OLDEST)  # which a NaN is not
        months = found * MONTHS_IN_A_YEAR
        made = [pa.array(months < limit, mask=~is_age) for limit in self.younger.values()]
        return made, pa.array(~is_age & ~np.isnan(found))


def can_be_age(kind: "pa.DataType") -> bool:
    """Whether a column of that type may hold ages: numbers of years, or texts."""
    import pyarrow as pa  # noqa: PLC0415 (extra)

    return is_text(kind) or is_number(kind) or pa.types.is_decimal(kind)


def _years(ages: "pa.Array") -> "Years":
    """Each age in years; NaN where it was not asked, and infinity where it is none."""
    import numpy as np  # noqa: PLC0415 (extra)
    import pyarrow as pa  # noqa: PLC0415 (extra)

    if not is_text(ages.type):
        return ages.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    texts = ages.cast(pa.string()).dictionary_encode(null_encoding="encode")
    distinct = np.array([_of_text(text) for text in texts.dictionary.to_pylist()], np.float64)
    return distinct[texts.indices.to_numpy()]


def _of_text(text: str | None) -> float:
    if text is None or not text.strip():
        return _NOT_ASKED
    try:
        return years(text)
    except ValueError:
        return _NONE
