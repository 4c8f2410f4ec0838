"""What an audit found, counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mesomix.batch.columns import Columns
from mesomix.batch.tally import VERDICTS, Tally, Values
from mesomix.report import Data, Verdict
from mesomix.rulebook import Rulebook
from mesomix.shown import Shown
from mesomix.vocabulary import SEVERITIES, Severity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_SHOWN: Final = 20
"""So many values of a column, and so many names, are told apart."""


@dataclass(frozen=True, slots=True)
class RuleCount:
    """In how many rows a rule objects and is sure, and in how many it cannot tell."""

    rule: str
    severity: Severity
    sure: int
    unsure: int


@dataclass(frozen=True, slots=True)
class ValueCount:
    """How many rows with one value of a column have which verdict."""

    value: str | None
    verdicts: Mapping[Verdict, int]


@dataclass(frozen=True, slots=True)
class ValueCounts:
    """The rows by the values of a column."""

    column: str
    values: tuple[ValueCount, ...]
    """The most frequent ones."""
    others: Mapping[Verdict, int] | None
    """All others together; None where there are none."""
    exact: bool
    """Whether each row was counted with its value. With very many values, those that are rare for a
    time are counted among the others, and each number is "at least"."""


@dataclass(frozen=True, slots=True)
class UnreadNames:
    """The names of products that were not recognised, or beside which something was not read."""

    rows: int
    """How many rows have one."""
    names: tuple[tuple[str | None, int], ...]
    """The most frequent ones, and how often each is written; None of a null in its place."""
    others: int
    """How often any other one is written."""
    exact: bool
    """As of `ValueCounts`."""


@dataclass(frozen=True, slots=True)
class Malformed:
    """The rows that could not be read; they are reviewed at least."""

    rows: int
    first: tuple[tuple[int, str], ...]
    """Of the first ones the number, counted from 1, and why; nothing of the row itself."""


@dataclass(frozen=True, slots=True)
class ColumnsRead:
    """What was read from which columns, and what was not."""

    read: Mapping[str, tuple[str, ...]]
    """The columns, by what they say."""
    not_read_of_patient: tuple[str, ...]
    """Those that nothing read, and that seem to be about the patient, by their names or values."""
    not_read_of_mixture: tuple[str, ...]
    """Those that nothing read, and that seem to be about a product or an amount, by their names."""
    not_read: tuple[str, ...]
    """The others that nothing read."""
    set_aside: tuple[str, ...] = ()
    """Those of which somebody said that nothing is to read them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSummary(Shown):
    """How many rows of a table have which verdict, why, and what of it could not be read."""

    rows: int
    verdicts: Mapping[Verdict, int]
    unanswered: int
    """How many rows are under review though no rule says more than a note, and all was read: for
    lack of an answer."""
    rules: tuple[RuleCount, ...]
    """Those that said anything, the worst first, and of these the most frequent."""
    by: ValueCounts | None
    unread: UnreadNames
    malformed: Malformed
    columns: ColumnsRead
    output: str | None
    """Where the checked rows were written."""
    data: Data
    mesomix: str
    """Its version."""

    @property
    def verdict(self) -> Verdict:
        """The worst that any row has."""
        return next(verdict for verdict in VERDICTS if self.verdicts[verdict])


def by_verdict(counts: "NDArray[np.int64]") -> dict[Verdict, int]:
    """Counts as `Tally` has them, by their names."""
    return dict(zip(VERDICTS, counts.tolist(), strict=True))


def rule_counts(tally: Tally, rules: Rulebook) -> tuple[RuleCount, ...]:
    """How often each of `rules` said anything."""
    counts = [RuleCount(r.id, r.severity, tally.sure[r.id], tally.unsure[r.id]) for r in rules]
    said = [one for one in counts if one.sure or one.unsure]
    said.sort(key=lambda one: (SEVERITIES.index(one.severity), -one.sure, -one.unsure))
    return tuple(said)


def value_counts(column: str, values: Values) -> ValueCounts:
    """The rows by the `values` of a column."""
    largest, others = values.largest(MOST_SHOWN)
    return ValueCounts(
        column,
        tuple(ValueCount(value, by_verdict(counts)) for value, counts in largest),
        None if others is None else by_verdict(others),
        values.exact,
    )


def unread_names(tally: Tally) -> UnreadNames:
    """The names that were not recognised, or beside which something was not read."""
    largest, others = tally.unread.largest(MOST_SHOWN)
    names = tuple((name, int(count[0])) for name, count in largest)
    left = 0 if others is None else int(others[0])
    return UnreadNames(tally.unread_rows, names, left, tally.unread.exact)


def columns_by_role(columns: Columns, age: str | None) -> dict[str, tuple[str, ...]]:
    """The columns that are read, by what they say."""
    read: dict[str, tuple[str, ...]] = {}
    for role in ("products", "amounts", "allergies", "affirmed", "denied"):
        found = getattr(columns, role)
        if found is not None:
            read[role] = (found,) if isinstance(found, str) else found
    if age is not None:
        read["age"] = (age,)
    if columns.facts:
        read["facts"] = tuple(f"{name} ({fact})" for fact, name in columns.facts.items())
    return read
