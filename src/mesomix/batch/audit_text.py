"""The summary of an audit in words, for a terminal or a log."""

from collections.abc import Iterator, Sequence
from typing import Final

from mesomix.batch.audit_summary import AuditSummary, ValueCounts
from mesomix.batch.problems import told
from mesomix.evidence import Language, Text
from mesomix.names import printable, shortened
from mesomix.report import Verdict
from mesomix.report_words import MEANINGS, VERDICTS

_COLON: Final = Text(" : ", ": ")
_OTHERS: Final = Text("(autres)", "(others)")
_NULL: Final = Text("(absent)", "(null)")
_EMPTY: Final = Text("(vide)", "(empty)")
_SAID: Final = {
    "products": Text("Produits", "Products"),
    "amounts": Text("Quantités", "Amounts"),
    "allergies": Text("Allergies", "Allergies"),
    "age": Text("Âge", "Age"),
    "facts": Text("Faits", "Facts"),
    "affirmed": Text("Oui à", "Yes to"),
    "denied": Text("Non à", "No to"),
}
_NO_ALLERGIES: Final = Text(
    "Allergies : aucune colonne, donc non demandées", "Allergies: no column, so not asked about"
)
_AT_LEAST: Final = Text(
    "Trop de valeurs différentes pour les compter toutes : chaque nombre est un minimum.",
    "Too many different values to count each of them: every number is a minimum.",
)


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
        name = Text("À revoir faute de réponse", "Under review for lack of an answer")
        yield f"  ? {name[language]}{_COLON[language]}{summary.unanswered}"
    yield from _malformed(summary, language)
    yield from _unread(summary, language)
    yield from _rules(summary, language)
    yield from _values(summary.by, language)
    yield from _columns(summary, language)
    yield ""
    yield _footer(summary, language)


def _count(count: int, rows: int, language: Language) -> str:
    share = f"{100 * count / rows:.1f} %"
    return f"{count} ({share.replace('.', ',') if language is Language.FR else share})"


def _malformed(summary: AuditSummary, language: Language) -> Iterator[str]:
    if not summary.malformed.rows:
        return
    yield ""
    heading = Text(
        "Lignes mal formées, à revoir (numérotées sans la ligne de titre)",
        "Malformed rows, to be reviewed (numbered without the heading)",
    )[language]
    yield f"{heading}{_COLON[language]}{summary.malformed.rows}"
    row = Text("ligne", "row")[language]
    for number, problem in summary.malformed.first:
        yield f"  {row} {number}{_COLON[language]}{told(problem, language)}"
    if summary.malformed.rows > len(summary.malformed.first):
        yield f"  … + {summary.malformed.rows - len(summary.malformed.first)}"


def _unread(summary: AuditSummary, language: Language) -> Iterator[str]:
    if not summary.unread.rows:
        return
    yield ""
    heading = Text(
        "Lignes où un produit, ou la quantité à côté, n'a pas été lu en entier",
        "Rows where a product, or the amount beside it, was not read to the end",
    )
    yield f"{heading[language]}{_COLON[language]}{summary.unread.rows}"
    yield from _table(
        [(_quoted(name, language), str(count)) for name, count in summary.unread.names]
    )
    if not summary.unread.exact:
        yield f"  {_AT_LEAST[language]}"


def _rules(summary: AuditSummary, language: Language) -> Iterator[str]:
    yield ""
    names = Text("Règles", "Rules"), Text("gravité au plus", "severity at most")
    counts = Text("le dit", "says so"), Text("ne peut trancher", "cannot tell")
    heading = tuple(name[language] for name in (*names, *counts))
    rows = [(r.rule, r.severity.text[language], str(r.sure), str(r.unsure)) for r in summary.rules]
    yield from _table([heading, *rows], indent="", texts=2)


def _values(counts: ValueCounts | None, language: Language) -> Iterator[str]:
    if counts is None:
        return
    yield ""
    words = (VERDICTS[verdict][1][language] for verdict in VERDICTS)
    heading = (f"{Text('Par', 'By')[language]} {shortened(counts.column)}", *words)
    named = [(_named(one.value, language), one.verdicts) for one in counts.values]
    if counts.others is not None:
        named.append((_OTHERS[language], counts.others))
    rows = [(name, *(str(found[one]) for one in VERDICTS)) for name, found in named]
    yield from _table([heading, *rows], indent="")
    if not counts.exact:
        yield f"  {_AT_LEAST[language]}"


def _quoted(name: str | None, language: Language) -> str:
    return _NULL[language] if name is None else f"« {name} »"


def _named(value: str | None, language: Language) -> str:
    return _NULL[language] if value is None else value or _EMPTY[language]


def _columns(summary: AuditSummary, language: Language) -> Iterator[str]:
    yield ""
    yield Text("Lu comme", "Read as")[language]
    for what, names in summary.columns.read.items():
        yield f"  {_SAID[what][language]}{_COLON[language]}{', '.join(names)}"
    if "allergies" not in summary.columns.read:
        yield f"  {_NO_ALLERGIES[language]}"
    if summary.columns.not_read_of_patient:
        heading = Text(
            "! Semble décrire le patient, et n'est pas lu",
            "! Seems to describe the patient, and is not read",
        )
        yield f"  {heading[language]}{_COLON[language]}{_some(summary.columns.not_read_of_patient)}"
    if summary.columns.not_read_of_mixture:
        heading = Text(
            "! Semble décrire le mélange, et n'est pas lu",
            "! Seems to describe the mixture, and is not read",
        )
        yield f"  {heading[language]}{_COLON[language]}{_some(summary.columns.not_read_of_mixture)}"
    if summary.columns.set_aside:
        heading = Text("Mises de côté", "Set aside")
        yield f"  {heading[language]}{_COLON[language]}{_some(summary.columns.set_aside)}"
    if summary.columns.not_read:
        heading = Text("Colonnes non lues", "Columns not read")
        yield f"  {heading[language]}{_COLON[language]}{_some(summary.columns.not_read)}"


def _some(names: Sequence[str]) -> str:
    return ", ".join(map(shortened, names))


def _footer(summary: AuditSummary, language: Language) -> str:
    data = summary.data
    market = f", BDPM {data.bdpm[:12]}" if data.bdpm else ""
    written = Text("Écrit dans", "Written to")[language] + _COLON[language]
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
