"""A file of mixtures, checked row by row, written beside it and counted."""

import os
from collections.abc import Callable, Collection
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from mesomix._version import __version__
from mesomix.batch.audit_summary import (
    AuditSummary,
    ColumnsRead,
    Malformed,
    by_verdict,
    columns_by_role,
    rule_counts,
    unread_names,
    value_counts,
)
from mesomix.batch.checking import check_batches
from mesomix.batch.column_types import no_such_column
from mesomix.batch.columns import Columns, Findings, checked_schema
from mesomix.batch.files import CSV, PARQUET, TableFile, bytes_of_no_text_told
from mesomix.batch.reading import reading_of
from mesomix.batch.tally import Tally
from mesomix.batch.unread_columns import (
    about_mixture,
    denied_unread,
    may_be_denied,
    unread_columns,
)
from mesomix.batch.whole_files import whole_table
from mesomix.formulary import Formulary
from mesomix.names import shortened
from mesomix.report import Data
from mesomix.rulebook import Rulebook
from mesomix.rules import RULES
from mesomix.vocabulary import SEVERITIES, Severity

if TYPE_CHECKING:
    import pyarrow as pa


def audit(  # noqa: PLR0913 (what is checked, by which rules, and what becomes of it)
    table: TableFile,
    formulary: Formulary,
    columns: Columns,
    *,
    rules: Rulebook = RULES,
    separator: str = ";",
    output: str | os.PathLike[str] | None = None,
    findings: Findings = "codes",
    by: str | None = None,
    age: str | None = None,
    set_aside: Collection[str] = (),
    progress: Callable[[int], object] = int,
) -> AuditSummary:
    """Check each row of `table`, and count what was found; the memory does not grow with the rows.

    Args:
        table: what `open_table` returned.
        formulary: what the names of products, allergies and conditions are looked up in.
        columns: which columns say what. A text where a list of products, amounts or conditions is
            wanted is split; a text or a number where an answer is wanted is read as yes or no, and
            one that is neither makes a malformed row.
        rules: those that are asked.
        separator: between the elements of a list that is written as one text.
        output: a .parquet or .csv that is to hold all rows and columns, and what was found. It is
            there once it is whole: whatever interrupts the audit, nothing half-written has that
            name.
        findings: as `check_batches` has them, in a .parquet.
        by: a column by whose values the rows are counted as well.
        age: a column of ages in years: numbers, or texts such as "7", "2,5" or "30 mois". It
            answers every condition of being younger than something; what is no age from 0 to 130
            makes a malformed row, and a null or a blank was not asked.
        set_aside: columns that say nothing of the patient. With `columns.nothing_else`, any other
            that nothing reads is an error, since what it says would count as denied; but not one
            whose heading only identifies or dates a row ("N° patient", "date", "lot").
        progress: told after each batch how much of `table.size` was read.

    Raises ValueError when a column or a file cannot be used, when the output would overwrite the
    table, or when the table has no row. Rows that cannot be read are no error: they are counted,
    and reviewed at least.
    """
    target = None if output is None else _target(Path(output), table, findings)
    if by is not None and by not in table.schema.names:
        message = f"to count by, {no_such_column(by, table.schema.names)}"
        raise ValueError(message)
    wanted = [*(name for name, _ in columns.wanted), *filter(None, [age])]
    aside = _set_aside(table, set_aside, wanted)
    conditions = formulary.edition.conditions
    coded = (table if target else table.only([*wanted, by])).coded(wanted)
    reading = reading_of(coded.schema, columns, separator=separator, age=age, conditions=conditions)
    made = checked_schema(reading.made, reading.columns, rules=rules, findings=findings)
    tally = Tally(made, by, [rule.id for rule in rules if rule.severity is Severity.NOTE])
    with bytes_of_no_text_told(table):
        of_patient, others = unread_columns(table, {*wanted, *aside}, conditions)
    if columns.nothing_else and (
        denied := may_be_denied(table, {*of_patient, *others}, of_patient)
    ):
        raise denied_unread(denied)
    rows = (reading.make(batch, problems) for batch, problems in coded.batches())
    checked = check_batches(rows, formulary, reading.columns, rules=rules, findings=findings)
    written = _written(table.schema, made, len(reading.made))
    whole = nullcontext()
    if target:
        whole = whole_table(target, written, table.delimiter, _worst_first(rules))
    with bytes_of_no_text_told(table), whole as write:
        for batch in map(reading.unmake, checked):
            tally.add(batch)
            if write is not None:
                write(batch.cast(written))
            progress(coded.done)
        if not tally.rows:
            message = f"{str(table.path)!a} has no row: nothing was checked"
            raise ValueError(message)
    of_mixture = about_mixture(others)
    not_read = tuple(name for name in others if name not in of_mixture)
    read = ColumnsRead(columns_by_role(columns, age), of_patient, of_mixture, not_read, aside)
    return _summary(tally, read, rules, formulary, target)


def _summary(
    tally: Tally,
    columns: ColumnsRead,
    rules: Rulebook,
    formulary: Formulary,
    target: Path | None,
) -> AuditSummary:
    edition = formulary.edition
    return AuditSummary(
        rows=tally.rows,
        verdicts=by_verdict(tally.verdicts),
        unanswered=tally.unanswered,
        rules=rule_counts(tally, rules),
        by=None if tally.by is None else value_counts(tally.by, tally.values),
        unread=unread_names(tally),
        malformed=Malformed(tally.problems, tuple(tally.first_problems)),
        columns=columns,
        output=None if target is None else str(target),
        data=Data(edition.version, edition.sha256, edition.bdpm),
        mesomix=__version__,
    )


def _set_aside(
    table: TableFile, names: Collection[str], wanted: Collection[str]
) -> tuple[str, ...]:
    """`names`, where these and the `wanted` ones are columns of `table`, and none is both."""
    if isinstance(names, str):
        message = "set_aside must be a collection of names of columns"
        raise TypeError(message)
    for name in (*wanted, *names):
        if name not in table.schema.names:
            raise no_such_column(name, table.schema.names)
    for name in names:
        if name in wanted:
            message = f"column {shortened(name)!r} is to be read, and cannot be set aside"
            raise ValueError(message)
    return tuple(names)


def _worst_first(rules: Rulebook) -> list[str]:
    """The ids of `rules`, the worst first, and of one severity as they are asked."""
    return [r.id for r in sorted(rules, key=lambda rule: SEVERITIES.index(rule.severity))]


def _written(table: "pa.Schema", checked: "pa.Schema", before: int) -> "pa.Schema":
    """The schema of `table`, and what a check added behind `before` fields."""
    for number in range(before, len(checked)):
        table = table.append(checked.field(number))
    return table


def _target(path: Path, table: TableFile, findings: Findings) -> Path:
    """`path`, if a table may be written there."""
    if path.suffix.lower() not in {PARQUET, CSV}:
        message = f"{str(path)!a}: a table is written to a {PARQUET} or a {CSV}"
        raise ValueError(message)
    if path.suffix.lower() == CSV and findings == "list":
        message = f"{str(path)!a}: a CSV cannot hold findings in full (--findings list,"
        message += " findings='list'): write a .parquet, or leave it out for the rules by name"
        raise ValueError(message)
    try:
        overwrites = path.exists() and path.samefile(table.path)
        replaces = path.is_file() or not path.exists()
    except OSError as error:
        message = f"{str(path)!a} cannot be written: {error.strerror}"
        raise ValueError(message) from None
    if overwrites:
        message = f"{str(path)!a} would be overwritten: it is the table that is read"
        raise ValueError(message)
    if not replaces:
        message = f"{str(path)!a} is no file that could be replaced"
        raise ValueError(message)
    return path
