"""`mesomix audit`: its options, and what it prints and writes."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from mesomix.command_options import EXIT_STATUS, add_data_options, formulary_of
from mesomix.evidence import Language

if TYPE_CHECKING:
    from mesomix.batch.column_names import Asked
    from mesomix.batch.files import TableFile

INTERRUPTED = 130
STATUS_HELP = (
    "exit status, by the worst row: 0 no objection, 1 refuse, 3 review;"
    " 2 wrong use or unusable data, 130 interrupted: then nothing was written"
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the options of an audit."""
    parser.add_argument("file", metavar="FILE", help="a .parquet or .csv of one mixture a row")
    parser.add_argument(
        "--output", metavar="FILE", help="a .parquet or .csv for all rows, with what was found"
    )
    parser.add_argument(
        "--findings",
        choices=["codes", "list"],
        default="codes",
        help="in a .parquet: as numbers, or in full",
    )
    parser.add_argument("--by", metavar="COLUMN", help="count the rows by its values as well")
    _add_columns(parser.add_argument_group("columns", "those not named are found by their names"))
    text = parser.add_argument_group("a table as text")
    text.add_argument("--separator", default=";", metavar="TEXT", help="between parts of a list: ;")
    text.add_argument(
        "--delimiter", metavar="TEXT", help="between cells: by default, as the first row has it"
    )
    text.add_argument(
        "--encoding",
        default="utf-8",
        metavar="NAME",
        help="of FILE; utf-8 by default. What is written is UTF-8",
    )
    add_data_options(parser)
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")


def _add_columns(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--products",
        nargs="+",
        metavar="COLUMN",
        help="one of lists, or one for each product: products, product_1, produit_1 …",
    )
    group.add_argument("--amounts", nargs="+", metavar="COLUMN", help="in the same form")
    group.add_argument("--allergies", metavar="COLUMN", help="a list, or a text: allergies")
    group.add_argument(
        "--fact",
        action="append",
        type=_fact,
        metavar="CONDITION=COLUMN",
        help="a column of yes and no: any that is called like a condition",
    )
    group.add_argument("--affirmed", metavar="COLUMN", help="lists of conditions: yes")
    group.add_argument("--denied", metavar="COLUMN", help="lists of conditions: no")
    group.add_argument(
        "--nothing-else",
        action="store_true",
        help="no to every condition that no column answers; an empty cell stays unanswered",
    )
    group.add_argument(
        "--age", metavar="COLUMN", help='in years, "2,5", or "30 mois": age. Answers those of age'
    )
    group.add_argument(
        "--set-aside",
        nargs="+",
        action="extend",
        metavar="COLUMN",
        help="say nothing of the patient: --nothing-else asks of each that nothing reads",
    )
    group.add_argument(
        "--null-products",
        choices=["unknown", "none"],
        default="unknown",
        help="what a null in the place of a product means: by default, something unknown",
    )


def _fact(text: str) -> tuple[str, str]:
    condition, equals, column = text.partition("=")
    if not (condition and equals and column):
        message = "not CONDITION=COLUMN"
        raise argparse.ArgumentTypeError(message)
    return condition, column


def run(asked: argparse.Namespace) -> tuple[list[str], int]:
    """The summary of the audit, in lines, and the exit status of its worst verdict.

    Raises ValueError when an option, a column or a file cannot be used.
    """
    try:
        from mesomix.batch.audit_text import audit_text  # noqa: PLC0415 (extra)
        from mesomix.batch.auditing import audit  # noqa: PLC0415 (extra)
        from mesomix.batch.column_names import find_age, find_columns  # noqa: PLC0415 (extra)
        from mesomix.batch.files import open_table  # noqa: PLC0415 (extra)

        table = open_table(asked.file, delimiter=asked.delimiter, encoding=asked.encoding)
        formulary = formulary_of(asked)
        said = _columns_asked(asked)
        columns = find_columns(table.schema, formulary, said)
        with _progress(table) as progress:
            summary = audit(
                table,
                formulary,
                columns,
                separator=asked.separator,
                output=asked.output,
                findings=asked.findings,
                by=asked.by,
                age=find_age(table.schema, columns, said),
                set_aside=said.set_aside,
                progress=progress,
            )
    except ImportError as error:  # pyarrow or numpy is not installed: it says how to install them
        raise ValueError(error) from None
    except KeyboardInterrupt:
        _say_beside("mesomix: interrupted, and nothing was written")
        return [], INTERRUPTED
    status = EXIT_STATUS[summary.verdict]
    if asked.json:
        return [json.dumps(asdict(summary), indent=2)], status
    return [audit_text(summary, Language(asked.lang))], status


def _columns_asked(asked: argparse.Namespace) -> "Asked":
    """What the options say of the columns."""
    from mesomix.batch.column_names import Asked  # noqa: PLC0415 (extra)

    facts = dict(asked.fact or ())
    if len(facts) < len(asked.fact or ()):
        message = "one condition is given to --fact twice"
        raise ValueError(message)
    return Asked(
        products=_one_or_several(asked.products),
        amounts=_one_or_several(asked.amounts),
        allergies=asked.allergies,
        facts=facts,
        affirmed=asked.affirmed,
        denied=asked.denied,
        nothing_else=asked.nothing_else,
        null_products=asked.null_products,
        age=asked.age,
        set_aside=tuple(asked.set_aside or ()),
    )


def _one_or_several(names: list[str] | None) -> str | tuple[str, ...] | None:
    if names is None:
        return None
    return names[0] if len(names) == 1 else tuple(names)


@contextmanager
def _progress(table: "TableFile") -> Iterator[Callable[[int], object]]:
    """What is to be told how much of `table` was read: on a terminal a bar, after a second."""
    try:
        from tqdm import tqdm  # noqa: PLC0415 (extra)
    except ImportError:
        tqdm = None
    if tqdm is None or sys.stderr is None or not sys.stderr.isatty():
        yield int
        return
    with tqdm(
        total=table.size, unit=table.unit, unit_scale=True, delay=1, leave=False, file=sys.stderr
    ) as bar:
        yield lambda done: bar.update(done - bar.n)


def _say_beside(line: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(f"{line}\n")
