"""The summary of an audit in words, for a terminal or a log."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from mesomix.batch.audit_summary import AuditSummary, ValueCounts
from mesomix.batch.problems import told
from mesomix.evidence import COLON, Language, Text
from mesomix.names import printable, shortened
from mesomix.report import Verdict
from mesomix.report_words import MEANINGS, VERDICTS

OTHERS: Final = Text("(autres)", "(others)")
_NULL: Final = Text("(absent)", "(null)")
_EMPTY: Final = Text("(vide)", "(empty)")
READ: Final = {
    "products": Text("Produits", "Products"),
    "amounts": Text("Quantités", "Amounts"),
    "allergies": Text("Allergies", "Allergies"),
    "age": Text("Âge", "Age"),
    "facts": Text("Faits", "Facts"),
    "affirmed": Text("Oui à", "Yes to"),
    "denied": Text("Non à", "No to"),
}
NO_ALLERGIES: Final = Text(
    "Allergies : aucune colonne, donc non demandées", "Allergies: no column, so not asked about"
)
AT_LEAST: Final = Text(
    "Trop de valeurs différentes pour les compter toutes : chaque nombre est un minimum.",
    "Too many different values to count each of them: every number is a minimum.",
)

UNANSWERED: Final = Text("À revoir faute de réponse", "Under review for lack of an answer")
MALFORMED: Final = Text(
    "Lignes mal formées, à revoir (numérotées sans la ligne de titre)",
    "Malformed rows, to be reviewed (numbered without the heading)",
)
ROW: Final = Text("ligne", "row")
UNREAD: Final = Text(
    "Lignes où un produit, ou la quantité à côté, n'a pas été lu en entier",
    "Rows where a product, or the amount beside it, was not read to the end",
)
RULES: Final = Text("Règles", "Rules")
SEVERITY: Final = Text("gravité au plus", "severity at most")
SAYS_SO: Final = Text("le dit", "says so")
CANNOT_TELL: Final = Text("ne peut pas trancher", "cannot tell")
READ_AS: Final = Text("Lu comme", "Read as")
OF_PATIENT: Final = Text(
    "Semble décrire le patient, et n'est pas lu", "Seems to describe the patient, and is not read"
)
OF_MIXTURE: Final = Text(
    "Semble décrire le mélange, et n'est pas lu", "Seems to describe the mixture, and is not read"
)
SET_ASIDE: Final = Text("Mises de côté", "Set aside")
NOT_READ: Final = Text("Colonnes non lues", "Columns not read")


def audit_text(summary: AuditSummary, language: Language) -> str:
    """`summary` in words. Nothing in it moves a terminal's cursor, whatever the file holds."""
    return "\n".join(map(printable, _lines(summary, language)))


def _lines(summary: AuditSummary, language: Language) -> Iterator[str]:
    counted = [
        (f"{mark} {word[language]}", _count(summary.verdicts[verdict], summary.rows, language))
        for verdict, (mark, word, _) in VERDICTS.items()
    ]
    whole = (Text("Lignes", "Rows")[language], str(summary.rows))
    yield from _table([*counted, whole], indent="")
    if summary.verdicts[Verdict.NO_OBJECTION]:
        yield f"  {VERDICTS[Verdict.NO_OBJECTION][0]} {MEANINGS[Verdict.NO_OBJECTION][language]}"
    if summary.unanswered:
        yield f"  ? {UNANSWERED[language]}{COLON[language]}{summary.unanswered}"
    yield from _malformed(summary, language)
    yield from _unread(summary, language)
    yield from _rules(summary, language)
    yield from _values(summary.by, language)
    yield from _columns(summary, language)
    yield ""
    yield footer(summary, language)


def _count(count: int, rows: int, language: Language) -> str:
    share = f"{100 * count / rows:.1f} %"
    return f"{count} ({share.replace('.', ',') if language is Language.FR else share})"


def _malformed(summary: AuditSummary, language: Language) -> Iterator[str]:
    if not summary.malformed.rows:
        return
    yield ""
    yield f"{MALFORMED[language]}{COLON[language]}{summary.malformed.rows}"
    for number, problem in summary.malformed.first:
        yield f"  {ROW[language]} {number}{COLON[language]}{told(problem, language)}"
    if summary.malformed.rows > len(summary.malformed.first):
        yield f"  … + {summary.malformed.rows - len(summary.malformed.first)}"


def _unread(summary: AuditSummary, language: Language) -> Iterator[str]:
    if not summary.unread.rows:
        return
    yield ""
    yield f"{UNREAD[language]}{COLON[language]}{summary.unread.rows}"
    yield from _table(
        [
            *((quoted(name, language), str(count)) for name, count in summary.unread.names),
            *([(OTHERS[language], str(summary.unread.others))] if summary.unread.others else []),
        ]
    )
    if not summary.unread.exact:
        yield f"  {AT_LEAST[language]}"


def _rules(summary: AuditSummary, language: Language) -> Iterator[str]:
    yield ""
    heading = tuple(name[language] for name in (RULES, SEVERITY, SAYS_SO, CANNOT_TELL))
    rows = [(r.rule, r.severity.text[language], str(r.sure), str(r.unsure)) for r in summary.rules]
    yield from _table([heading, *rows], indent="", texts=2)


def _values(counts: ValueCounts | None, language: Language) -> Iterator[str]:
    if counts is None:
        return
    yield ""
    words = (VERDICTS[verdict][1][language] for verdict in VERDICTS)
    rows = [
        (name, *(str(found[one]) for one in VERDICTS)) for name, found in by_value(counts, language)
    ]
    heading = (by_said(counts, language), *words)
    yield from _table([heading, *rows], indent="")
    if not counts.exact:
        yield f"  {AT_LEAST[language]}"


def by_said(counts: ValueCounts, language: Language) -> str:
    """By which column the rows are counted."""
    return f"{Text('Par', 'By')[language]} {shortened(counts.column)}"


def by_value(
    counts: ValueCounts, language: Language
) -> Iterator[tuple[str, Mapping[Verdict, int]]]:
    """The rows of each value by their verdict, and then those of all others."""
    yield from ((_named(one.value, language), one.verdicts) for one in counts.values)
    if counts.others is not None:
        yield OTHERS[language], counts.others


def quoted(name: str | None, language: Language) -> str:
    """A name of a product as it was written."""
    return _NULL[language] if name is None else f"« {name} »"


def _named(value: str | None, language: Language) -> str:
    return _NULL[language] if value is None else value or _EMPTY[language]


def _columns(summary: AuditSummary, language: Language) -> Iterator[str]:
    yield ""
    yield READ_AS[language]
    for what, names in summary.columns.read.items():
        yield f"  {READ[what][language]}{COLON[language]}{', '.join(names)}"
    if "allergies" not in summary.columns.read:
        yield f"  {NO_ALLERGIES[language]}"
    for mark, what, names in columns_not_read(summary, language):
        yield f"  {f'{mark} ' if mark else ''}{what}{COLON[language]}{_some(names)}"


def columns_not_read(
    summary: AuditSummary, language: Language
) -> Iterator[tuple[str, str, Sequence[str]]]:
    """What was not read, with a mark where that is a warning: what it is, and the columns."""
    columns = summary.columns
    for mark, what, names in (
        ("!", OF_PATIENT, columns.not_read_of_patient),
        ("!", OF_MIXTURE, columns.not_read_of_mixture),
        ("", SET_ASIDE, columns.set_aside),
        ("", NOT_READ, columns.not_read),
    ):
        if names:
            yield mark, what[language], names


def _some(names: Sequence[str]) -> str:
    return ", ".join(map(shortened, names))


def footer(summary: AuditSummary, language: Language) -> str:
    """Where the rows were written, and what the counts rest on."""
    data = summary.data
    market = f", BDPM {data.bdpm[:12]}" if data.bdpm else ""
    written = Text("Écrit dans", "Written to")[language] + COLON[language]
    output = f"{written}{summary.output}. " if summary.output else ""
    name = Text("Données", "Data")[language]
    return f"{output}{name} {data.version} ({data.sha256[:12]}){market}, mesomix {summary.mesomix}."


def _table(rows: Sequence[tuple[str, ...]], *, indent: str = "  ", texts: int = 1) -> Iterator[str]:
    """`rows` one under the other: the first `texts` columns from the left, numbers to the right."""
    rows = [tuple(map(printable, row)) for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.ljust(width) if place < texts else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield f"{indent}{'  '.join(cells)}".rstrip()
