"""What is counted of checked rows, batch by batch, in a memory that does not grow with them."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final

from mesomix.batch.arrow_compute import arrow_compute
from mesomix.batch.columns import PROBLEM, UNREAD, VERDICT
from mesomix.batch.masks import is_sure, masks_of, rules_of
from mesomix.names import shortened
from mesomix.report import Verdict

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

MOST_VALUES: Final = 50_000
"""So many different values are counted apart; then the rarer half of them goes to the others."""
MOST_NAMED: Final = 20
"""So many rows that could not be read are told by their numbers."""
VERDICTS: Final = (Verdict.REFUSE, Verdict.REVIEW, Verdict.NO_OBJECTION)
"""In the order of the counts."""


class Values:
    """How often each value was met, in one or several ways; of rare ones, together."""

    def __init__(self) -> None:
        self._counts: dict[str | None, Numbers] = {}
        self._rare: list[Numbers] = []
        self.exact = True
        """Whether each was counted apart. If not, of a value that was rare for a time, some are
        among the others."""

    def add(self, values: Iterable[str | None], counts: "Numbers") -> None:
        """Count `values`, of each a row of `counts`."""
        for value, count in zip(values, counts, strict=True):
            key = value if value is None else shortened(value)
            known = self._counts.get(key)
            self._counts[key] = count.copy() if known is None else known + count
        if len(self._counts) > MOST_VALUES:
            ranked = self._ranked()
            half = MOST_VALUES // 2
            self._rare = [_sum([*self._rare, *(count for _, count in ranked[half:])])]
            self._counts = dict(ranked[:half])
            self.exact = False

    def largest(self, most: int) -> "tuple[list[tuple[str | None, Numbers]], Numbers | None]":
        """The `most` that were met most, and the others together; None where there are none."""
        ranked = self._ranked()
        others = [*(count for _, count in ranked[most:]), *self._rare]
        return ranked[:most], _sum(others) if others else None

    def _ranked(self) -> "list[tuple[str | None, Numbers]]":
        return sorted(self._counts.items(), key=lambda one: (-one[1].sum(), one[0] or ""))


def _sum(counts: "list[Numbers]") -> "Numbers":
    import numpy as np  # noqa: PLC0415 (extra)

    return np.sum(counts, axis=0)


class Tally:
    """The counts of checked rows of `schema`, by the values of the column `by` as well.

    The rules `notes` say no more than a note. Raises ValueError when the values of that column
    are none that can be told in a line.
    """

    def __init__(
        self, schema: "pa.Schema", by: str | None = None, notes: Collection[str] = ()
    ) -> None:
        import numpy as np  # noqa: PLC0415 (extra)
        import pyarrow as pa  # noqa: PLC0415 (extra)

        self.rows = 0
        self.verdicts = np.zeros(len(VERDICTS), np.int64)
        self.unanswered = 0
        """How many rows are under review though all was read, and no rule says why."""
        self._masks = masks_of(schema)
        self._more_than_notes = {
            mask.name: sum(1 << n for n, rule in enumerate(rules_of(mask)) if rule not in notes)
            for mask in self._masks
        }
        self.sure: dict[str, int] = {}
        self.unsure: dict[str, int] = {}
        """How often each rule objects and is sure, and how often it cannot tell."""
        for mask in self._masks:
            self._counts(mask).update(dict.fromkeys(rules_of(mask), 0))
        self.by = by
        self.values = Values()
        """Those of the column `by`, with the verdicts of each."""
        self.unread_rows = 0
        self.unread = Values()
        """The names that were not recognised."""
        self.problems = 0
        self.first_problems: list[tuple[int, str]] = []
        """The first rows that could not be read, counted from 1, and why."""
        if by is not None:
            try:
                pa.nulls(0, schema.field(by).type).cast(pa.string())
            except pa.ArrowNotImplementedError:
                message = f"column {by!a}: rows cannot be counted by {schema.field(by).type}"
                raise ValueError(message) from None

    def add(self, batch: "pa.RecordBatch") -> None:
        """Count the rows of `batch`."""
        verdicts = _verdicts(batch[VERDICT])
        self._count_problems(batch[PROBLEM])
        self._count_unanswered(batch, verdicts)
        self.rows += batch.num_rows
        self._count_rules(batch)
        self._count_unread(batch[UNREAD])
        self._count_verdicts(verdicts)
        if self.by is not None:
            self._count_values(batch[self.by], verdicts)

    def _counts(self, mask: "pa.Field") -> dict[str, int]:
        return self.sure if is_sure(mask) else self.unsure

    def _count_verdicts(self, verdicts: "Numbers") -> None:
        import numpy as np  # noqa: PLC0415 (extra)

        self.verdicts += np.bincount(verdicts, minlength=len(VERDICTS))

    def _count_unanswered(self, batch: "pa.RecordBatch", verdicts: "Numbers") -> None:
        found = verdicts == VERDICTS.index(Verdict.REVIEW)
        found &= batch[PROBLEM].is_null().to_numpy(zero_copy_only=False)
        found &= ~_any_unread(batch[UNREAD]).to_numpy(zero_copy_only=False)
        for mask in self._masks:
            found &= batch[mask.name].to_numpy() & self._more_than_notes[mask.name] == 0
        self.unanswered += int(found.sum())

    def _count_rules(self, batch: "pa.RecordBatch") -> None:
        import numpy as np  # noqa: PLC0415 (extra)

        for mask in self._masks:
            met = batch[mask.name].value_counts()
            masks = np.ascontiguousarray(met.field("values").to_numpy(), "<i8").view(np.uint8)
            bits = np.unpackbits(masks.reshape(-1, 8), axis=1, bitorder="little")
            times = met.field("counts").to_numpy() @ bits.astype(np.int64)
            counts = self._counts(mask)
            for rule, count in zip(rules_of(mask), times.tolist(), strict=False):
                counts[rule] += count

    def _count_unread(self, lists: "pa.Array") -> None:
        pc = arrow_compute()
        met = pc.list_flatten(lists).value_counts()
        if len(met):
            self.unread_rows += _any_unread(lists).true_count
            self.unread.add(
                met.field("values").to_pylist(), met.field("counts").to_numpy().reshape(-1, 1)
            )

    def _count_values(self, values: "pa.Array", verdicts: "Numbers") -> None:
        import numpy as np  # noqa: PLC0415 (extra)
        import pyarrow as pa  # noqa: PLC0415 (extra)

        met = values.cast(pa.string()).dictionary_encode(null_encoding="encode")
        codes = met.indices.to_numpy().astype(np.int64) * len(VERDICTS) + verdicts
        counts = np.bincount(codes, minlength=len(met.dictionary) * len(VERDICTS))
        self.values.add(met.dictionary.to_pylist(), counts.reshape(-1, len(VERDICTS)))

    def _count_problems(self, problems: "pa.Array") -> None:
        import numpy as np  # noqa: PLC0415 (extra)

        if problems.null_count == len(problems):
            return
        rows = np.flatnonzero(problems.is_valid().to_numpy(zero_copy_only=False))
        self.problems += len(rows)
        for row in rows[: MOST_NAMED - len(self.first_problems)].tolist():
            self.first_problems.append((self.rows + row + 1, problems[row].as_py()))


def _any_unread(lists: "pa.Array") -> "pa.BooleanArray":
    """Which rows have a name in their list of those that were not recognised."""
    pc = arrow_compute()
    return pc.fill_null(pc.greater(pc.list_value_length(lists), 0), False)


def _verdicts(column: "pa.Array") -> "Numbers":
    """The place of each verdict in `VERDICTS`."""
    import numpy as np  # noqa: PLC0415 (extra)
    import pyarrow as pa  # noqa: PLC0415 (extra)

    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    order = [verdict.value for verdict in VERDICTS]
    places = [order.index(verdict) for verdict in encoded.dictionary.to_pylist()]
    return np.array(places, np.int64)[encoded.indices.to_numpy()]
