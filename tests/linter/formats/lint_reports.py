"""Lint reports made by hand, and hostile ones, for the tests of the formats."""

from collections.abc import Mapping

from hypothesis import strategies as st

from mesomix.evidence import Text
from mesomix.linter.diagnostic import Diagnostic, LintSeverity, Place, Span
from mesomix.linter.lint_report import LintReport
from mesomix.linter.lint_rule import LintRule

UNKNOWN_GROUP = LintRule(
    id="unknown-group",
    severity=LintSeverity.ERROR,
    situation="A product has a group that the formulary does not define.",
    message=Text("le groupe {group} n'est défini nulle part", "no group is named {group}"),
    help=Text("Définir {group}, ou corriger le nom.", "Define {group}, or correct the name."),
)
REPEATED_CODE = LintRule(
    id="repeated-code",
    severity=LintSeverity.WARNING,
    situation="Two specialties have one code.",
    message=Text("deux spécialités ont le code {code}", "two specialties have the code {code}"),
    help=Text("Corriger l'un des deux codes", "Correct one of the two codes"),
)
EXCIPIENTS_NOT_REVIEWED = LintRule(
    id="excipients-not-reviewed",
    severity=LintSeverity.GAP,
    situation="Nobody has looked up the excipients of a specialty.",
    message=Text("excipients non lus", "nobody has read the excipients"),
    help=Text("Lire la rubrique 6.1 du RCP.", "Read section 6.1 of the label."),
)
STALE_FACT = LintRule(
    id="stale-fact",
    severity=LintSeverity.WARNING,
    situation="A fact was last checked long ago.",
    message=Text("vérifié il y a longtemps", "checked long ago"),
    help=Text("Le relire.", "Read it again."),
    needs_date=True,
)
INVALID_TOML = LintRule(
    id="invalid-toml",
    severity=LintSeverity.ERROR,
    situation="A file is no TOML.",
    message=Text("ce n'est pas du TOML", "it is not TOML"),
    help=Text("Corriger la syntaxe.", "Correct the syntax."),
)
RULES = (UNKNOWN_GROUP, REPEATED_CODE, EXCIPIENTS_NOT_REVIEWED, STALE_FACT, INVALID_TOML)

NO_DATE = Text("pas de date --as-of", "no --as-of date")

BAD_GROUP = Diagnostic(
    rule="unknown-group",
    severity=LintSeverity.ERROR,
    message=Text("le groupe exemplin n'est défini nulle part", "no group is named exemplin"),
    help=Text("Écrire exemplins.", "Write exemplins."),
    place=Place(
        "data/products.toml",
        ("products", "exemplin", "groups", 0),
        Span(12, 11, 12, 21),
        'groups = ["exemplin"]',
    ),
    fingerprint="0a1b",
)
TWO_CODES = Diagnostic(
    rule="repeated-code",
    severity=LintSeverity.WARNING,
    message=Text("deux spécialités ont le code 99999999", "two specialties have 99999999"),
    help=Text("Corriger l'un des deux codes", "Correct one of the two codes"),
    place=Place("data/products.toml", ("a", "cis"), Span(7, 7, 7, 17), 'cis = "99999999"'),
    others=(Place("data/more.toml", ("b", "cis"), Span(104, 7, 104, 17), 'cis = "99999999"'),),
    fingerprint="2c3d",
)
NO_EXCIPIENTS = Diagnostic(
    rule="excipients-not-reviewed",
    severity=LintSeverity.GAP,
    message=Text("excipients non lus", "nobody has read the excipients"),
    help=Text("Lire la rubrique 6.1 du RCP.", "Read section 6.1 of the label."),
    place=Place("data/more.toml", ("b",), Span(3, 1, 5, 2), "[b]"),
    fingerprint="4e5f",
)
NOT_TOML = Diagnostic(
    rule="invalid-toml",
    severity=LintSeverity.ERROR,
    message=Text("ce n'est pas du TOML", "it is not TOML"),
    help=Text("Corriger la syntaxe.", "Correct the syntax."),
    place=Place("bad.toml"),
    fingerprint="6a7b",
)


def report_of(
    *diagnostics: Diagnostic,
    files: tuple[str, ...] = ("data/products.toml", "data/more.toml", "bad.toml"),
    beside: tuple[str, ...] = (),
    not_checked: Mapping[str, Text] | None = None,
    suppressed: int = 0,
) -> LintReport:
    return LintReport(files, beside, diagnostics, not_checked or {}, suppressed)


EVERYTHING = report_of(
    BAD_GROUP,
    TWO_CODES,
    NO_EXCIPIENTS,
    NOT_TOML,
    not_checked={"stale-fact": NO_DATE, "future-date": NO_DATE},
    suppressed=2,
)


def _span(line: int, column: int, more_lines: int, columns: int) -> Span:
    end = columns + 1 if more_lines else column + columns
    return Span(line, column, line + more_lines, end)


# What breaks formats: their own syntax, what does not print, and what has no UTF-8.
_SYNTAX = ("::error::x", "##[error]", "%0A", "%", "]]>", "&amp;", '"', "'", "<a>", "\\", "{0}")
_MORE_SYNTAX = ("[a](1)", "](", "{", "}", "/", "//", "../", "./", "C:\\", ":", ",", "=")
_UNPRINTABLE = ("\x00", "\x1b[31m", "\r\n", "\n", "\t", "\x7f", "\x85")
_INVISIBLE = ("\u202e", "\u2028", "\ufeff", "\u200b", "\xa0")
_NO_CHARACTER = ("\ufffe", "\uffff", "\ud800", "\udce9", "\U000e0001")
_WIDE_OR_NARROW = ("e\u0301", "漢字", "🧪", "é", "\U0001f468\u200d\U0001f469", "\ufe0f")
_PRINTED = (*_SYNTAX, *_MORE_SYNTAX, *_WIDE_OR_NARROW)
_HOSTILE = (*_PRINTED, *_UNPRINTABLE, *_INVISIBLE, *_NO_CHARACTER)

hostile_texts = st.lists(
    st.sampled_from(_HOSTILE) | st.text(max_size=8) | st.characters(max_codepoint=0xFF),
    max_size=8,
).map("".join)
hostile_sentences = st.builds(Text, hostile_texts, hostile_texts)
severities = st.sampled_from(LintSeverity)
spans = st.builds(
    _span, st.integers(1, 200), st.integers(1, 60), st.integers(0, 2), st.integers(0, 60)
)
places = st.builds(
    Place,
    file=hostile_texts,
    path=st.lists(st.one_of(hostile_texts, st.integers(0, 9)), max_size=3).map(tuple),
    span=st.none() | spans,
    excerpt=hostile_texts,
)
diagnostics = st.builds(
    Diagnostic,
    rule=st.sampled_from(["unknown-group", "invalid-toml", "no-such-rule"]) | hostile_texts,
    severity=severities,
    message=hostile_sentences,
    help=hostile_sentences,
    place=places,
    others=st.lists(places, max_size=2).map(tuple),
    fingerprint=st.sampled_from(["", "0a", "0b"]) | hostile_texts,
)
hostile_reports = st.builds(
    LintReport,
    files=st.lists(hostile_texts, max_size=3).map(tuple),
    beside=st.lists(hostile_texts, max_size=2).map(tuple),
    diagnostics=st.lists(diagnostics, max_size=4).map(tuple),
    not_checked=st.dictionaries(hostile_texts, hostile_sentences, max_size=2),
    suppressed=st.integers(0, 3),
)
