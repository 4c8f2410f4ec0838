"""A report in words, for a terminal or a log: the verdict first, in a word and a mark."""

from collections.abc import Iterable, Iterator
from typing import Final

from mesomix.composition_text import composition_lines
from mesomix.evidence import Citation, Language, Text
from mesomix.names import printable, shortened
from mesomix.report import Finding, NotChecked, Reason, Report, Verdict
from mesomix.request import ReadAllergy, ReadName
from mesomix.session import Session, number_text
from mesomix.vocabulary import AllergyState, Answer, MatchedBy, Severity

VERDICTS: Final = {
    Verdict.REFUSE: ("✗", Text("REFUS", "REFUSE"), "31"),
    Verdict.REVIEW: ("?", Text("À REVOIR", "REVIEW"), "33"),
    Verdict.NO_OBJECTION: ("○", Text("AUCUNE OBJECTION", "NO OBJECTION"), "36"),
}
"""The mark, the word and the ANSI colour of each verdict."""

MEANINGS: Final = {
    Verdict.REFUSE: Text(
        "Au moins une règle s'y oppose avec certitude.", "At least one rule objects, and is sure."
    ),
    Verdict.REVIEW: Text(
        "Un médecin doit trancher : une règle le demande, ou n'a pas pu répondre.",
        "A physician has to decide: a rule asks for it, or could not tell.",
    ),
    Verdict.NO_OBJECTION: Text(
        "Toutes les règles sur les produits et le patient ont été appliquées, celles sur les doses"
        " et la séance pour autant qu'elles sont décrites, et aucune ne s'oppose. Cela ne dit rien"
        " de plus : la plupart des RCP n'ont été lus qu'en partie.",
        "Every rule about the products and the patient ran, those about doses and the session as"
        " far as they were told, and none objects. It says no more than that: most labels were"
        " read in part only.",
    ),
}

_HEADINGS: Final = {
    "refuse": Text("Objections", "Objections"),
    "review": Text("À revoir", "To be reviewed"),
    "note": Text("À savoir", "Worth knowing"),
}

_REASONS: Final = {
    Reason.NO_PATIENT: Text("aucun patient n'est décrit", "no patient was described"),
    Reason.ALLERGIES_NOT_ASKED: Text("allergies non demandées", "allergies not asked about"),
    Reason.ALLERGY_NOT_RECOGNISED: Text("allergie non reconnue", "allergy not recognised"),
    Reason.FACT_NOT_ASKED: Text("non demandé", "not asked"),
    Reason.PRODUCT_NOT_RECOGNISED: Text("produit non reconnu", "product not recognised"),
    Reason.PRODUCT_READ_IN_PART: Text(
        "mots non compris à côté d'un produit", "words beside a product that were not understood"
    ),
    Reason.PRODUCT_OF_DAY_ONLY: Text(
        "dans le total du jour et pas dans ce mélange",
        "in the total of the day, and not in this mixture",
    ),
    Reason.AMOUNT_NOT_WRITTEN: Text("aucune quantité écrite", "no amount written"),
    Reason.DOSE_NOT_KNOWN: Text("dose inconnue", "dose not known"),
    Reason.MAXIMUM_NOT_KNOWN: Text(
        "aucun maximum du RCP dans les données", "no maximum of a label in the data"
    ),
    Reason.SESSION_NOT_DESCRIBED: Text("non décrit de la séance", "not described of the session"),
}

_MATCHES: Final = {
    MatchedBy.EXACT: Text("nom exact", "exact name"),
    MatchedBy.FOLDED: Text("même nom, écrit autrement", "same name, spelt differently"),
    MatchedBy.SYNONYM: Text("synonyme", "synonym"),
    MatchedBy.BRAND: Text("marque", "brand"),
    MatchedBy.SPECIALTY: Text("spécialité", "specialty"),
    MatchedBy.CODE: Text("code", "code"),
    MatchedBy.INSIDE: Text("dans un texte plus long", "within a longer text"),
}

_NOT_RECOGNISED: Final = Text("non reconnu", "not recognised")
_NOT_MET: Final = Text(
    "cherchée, rien de ce qui est écrit n'en relève", "looked for: nothing that is written is of it"
)

_COLON: Final = Text(" : ", ": ")
_SEMICOLON: Final = Text(" ; ", "; ")
_MOST_NAMES: Final = 50
"""In one line; the JSON of a report has them all."""
_MOST_FINDINGS: Final = 40
_MOST_DENIED: Final = 10
"""So many denied conditions are named, and more are counted."""


def report_text(report: Report, language: Language, *, colour: bool = False) -> str:
    """`report` in words. Nothing in it moves a terminal's cursor, whatever was written."""
    mark, word, code = VERDICTS[report.verdict]
    title = f"{mark} {word[language]}"
    if colour:
        title = f"\x1b[1;{code}m{title}\x1b[0m"
    names = _some([read.written for read in report.products], " + ")
    first = f"{title}{_COLON[language]}{printable(names)}" if names else title
    return "\n".join([first, *map(printable, _lines(report, language))])


def _lines(report: Report, language: Language) -> Iterator[str]:
    yield f"  {MEANINGS[report.verdict][language]}"
    yield from _section(report, "refuse", language)
    yield from _section(report, "review", language)
    if report.not_checked:
        yield ""
        yield Text("Non vérifié", "Not checked")[language]
        yield from _not_checked(report.not_checked, language)
    yield from _section(report, "note", language)
    yield ""
    yield Text("Lu comme", "Read as")[language]
    yield from _reads(report, language)
    yield from _session(report.session, language)
    if report.composition is not None:
        yield ""
        yield Text("Dans la seringue", "In the syringe")[language]
        for line in composition_lines(report.composition, language):
            yield f"  {line}"
    yield ""
    yield _footer(report, language)


def _section(report: Report, kind: str, language: Language) -> Iterator[str]:
    found = [finding for finding in report.findings if _kind(finding) == kind]
    if not found:
        return
    yield ""
    yield _HEADINGS[kind][language]
    for finding in found[:_MOST_FINDINGS]:
        yield from _finding(finding, language)
    if len(found) > _MOST_FINDINGS:
        yield f"  … + {len(found) - _MOST_FINDINGS}"


def _kind(finding: Finding) -> str:
    if finding.severity is Severity.NOTE:
        return "note"
    return "refuse" if finding.certain and finding.severity is Severity.REFUSE else "review"


def _finding(finding: Finding, language: Language) -> Iterator[str]:
    mark = {"refuse": "✗", "review": "?", "note": "·"}[_kind(finding)]
    yield f"  {mark} {finding.message[language]} [{finding.rule}]"
    for citation in finding.citations:
        yield f"      {_citation(citation, language)}"


def _citation(citation: Citation, language: Language) -> str:
    date = f" ({citation.date})" if citation.date else ""
    place = f", {citation.place}" if citation.place else ""
    quote = f"{_COLON[language]}« {citation.quote} »" if citation.quote else ""
    says = f" ({citation.says.en})" if citation.says and language is Language.EN else ""
    author = f"{citation.author}, " if citation.author else ""
    return f"— {author}{citation.title}{date}{place}{quote}{says}"


def _not_checked(skipped: Iterable[NotChecked], language: Language) -> Iterator[str]:
    """One line a reason: what it concerns, once and together, and the rules that it leaves open."""
    by_reason: dict[Reason, list[NotChecked]] = {}
    for one in skipped:
        by_reason.setdefault(one.reason, []).append(one)
    for reason, ones in by_reason.items():
        about = dict.fromkeys(about.name[language] for one in ones for about in one.about)
        concerned = f"{_COLON[language]}{_some([*about], _SEMICOLON[language])}" if about else ""
        rules = ", ".join(dict.fromkeys(one.rule for one in ones))
        yield f"  – {_REASONS[reason][language]}{concerned} [{rules}]"


def _reads(report: Report, language: Language) -> Iterator[str]:
    for read in report.products[:_MOST_NAMES]:
        yield f"  {_read(read, language)}"
    if len(report.products) > _MOST_NAMES:
        yield f"  … + {len(report.products) - _MOST_NAMES}"
    colon = _COLON[language]
    for read in (report.per_day or ())[:_MOST_NAMES]:
        day = Text(
            "Total du jour (seules ses doses sont vérifiées)",
            "Total of the day (only its doses are checked)",
        )[language]
        yield f"  {day}{colon}{_read(read, language)}"
    if len(report.per_day or ()) > _MOST_NAMES:
        yield f"  … + {len(report.per_day or ()) - _MOST_NAMES}"
    if report.allergies is None:
        yield f"  Allergies{colon}{Text('non demandées', 'not asked about')[language]}"
    elif not report.allergies:
        yield f"  Allergies{colon}{Text('aucune connue', 'none known')[language]}"
    for said in (report.allergies or ())[:_MOST_NAMES]:
        yield f"  Allergies{colon}{_allergy(said, report, language)}"
    if report.allergies is not None and len(report.allergies) > _MOST_NAMES:
        yield f"  … + {len(report.allergies) - _MOST_NAMES}"
    yes = [fact.name[language] for fact in report.facts or () if fact.answer is Answer.YES]
    no = [fact.name[language] for fact in report.facts or () if fact.answer is Answer.NO]
    if yes:
        yield f"  {Text('Oui', 'Yes')[language]}{colon}{_SEMICOLON[language].join(yes)}"
    if no:
        few = len(no) <= _MOST_DENIED
        listed = _SEMICOLON[language].join(no) if few else f"{len(no)} conditions"
        yield f"  {Text('Non', 'No')[language]}{colon}{listed}"


def _read(read: ReadName, language: Language) -> str:
    written = shortened(read.written)
    if read.name is None or read.matched_by is None:
        return f"« {written} » → {_NOT_RECOGNISED[language]}"
    unread = ""
    if read.unread:
        said = Text("non compris", "not understood")[language]
        unread = f"{_SEMICOLON[language]}{said}{_COLON[language]}« {shortened(read.unread)} »"
    return f"« {written} » → {read.name[language]} ({_MATCHES[read.matched_by][language]}){unread}"


def _allergy(read: ReadAllergy, report: Report, language: Language) -> str:
    """How an allergy was read, and whether any rule spoke of it."""
    written = f"« {shortened(read.written)} »"
    if read.within is not None:
        written += f" ({Text('dans', 'in')[language]} « {shortened(read.within)} »)"
    if read.name is None:
        return f"{written} → {_NOT_RECOGNISED[language]}"
    how = f" ({_MATCHES[read.matched_by][language]})" if read.matched_by else ""
    said = f"{written} → {read.name[language]}{how}"
    if read.state is AllergyState.NEGATED:
        return f"{said}{_COLON[language]}{Text('niée', 'denied')[language]}"
    doubt = Text(", avec un doute", ", with a doubt")[language]
    said += doubt if read.state is AllergyState.DOUBTFUL else ""
    met = any(a.kind == "allergy" and a.id == read.id for f in report.findings for a in f.about)
    if met or report.assessed.products < report.assessed.products_written:
        return said
    return said + _COLON[language] + _NOT_MET[language]


def _session(session: Session | None, language: Language) -> Iterator[str]:
    """What was described of the session, in one line; none where nothing was."""
    if session is None:
        return
    parts = (
        (session.depth_mm, Text("profondeur {} mm", "depth {} mm")),
        (session.days_since_last, Text("{} j depuis la dernière", "{} d since the last one")),
        (session.number, Text("n° {}", "no. {}")),
    )
    described = [
        words[language].format(number_text(value)[language])
        for value, words in parts
        if value is not None
    ]
    if described:
        name = Text("Séance", "Session")[language]
        yield f"  {name}{_COLON[language]}{_SEMICOLON[language].join(described)}"


def _some(names: list[str], separator: str) -> str:
    shown = [shortened(name) for name in names[:_MOST_NAMES]]
    rest = [f"… + {len(names) - _MOST_NAMES}"] if len(names) > _MOST_NAMES else []
    return separator.join(shown + rest)


def _footer(report: Report, language: Language) -> str:
    how = report.assessed
    open_rules = len({skipped.rule for skipped in report.not_checked})
    market = f", BDPM {report.data.bdpm[:12]}" if report.data.bdpm else ""
    return Text(
        f"Règles vérifiées : {len(report.checked)}, en attente : {open_rules}."
        f" Produits reconnus : {how.products} sur {how.products_written},"
        f" allergies : {how.allergies} sur {how.allergies_written}."
        f" Données {report.data.version} ({report.data.sha256[:12]}){market},"
        f" mesomix {report.mesomix}.",
        f"Rules checked: {len(report.checked)}, open: {open_rules}."
        f" Products recognised: {how.products} of {how.products_written},"
        f" allergies: {how.allergies} of {how.allergies_written}."
        f" Data {report.data.version} ({report.data.sha256[:12]}){market},"
        f" mesomix {report.mesomix}.",
    )[language]
