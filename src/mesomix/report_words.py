"""The words of a report: verdicts, headings, reasons, and one sentence for each part of it.

What shows a report, as lines, as Markdown or as a card, takes them from here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from mesomix.evidence import COLON, SEMICOLON, Citation, Language, Text
from mesomix.names import shortened
from mesomix.report import Finding, NotChecked, Reason, Report, Verdict
from mesomix.request import ReadAllergy, ReadName
from mesomix.session import number_text
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
        "Un médecin doit décider : une règle le demande, ne peut pas trancher, ou n'a pas pu être"
        " appliquée.",
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

HEADINGS: Final = {
    "refuse": Text("Objections", "Objections"),
    "review": Text("À revoir", "To be reviewed"),
    "note": Text("À savoir", "Worth knowing"),
}

REASONS: Final = {
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

MATCHES: Final = {
    MatchedBy.EXACT: Text("nom exact", "exact name"),
    MatchedBy.FOLDED: Text("même nom, écrit autrement", "same name, spelt differently"),
    MatchedBy.SYNONYM: Text("synonyme", "synonym"),
    MatchedBy.BRAND: Text("marque", "brand"),
    MatchedBy.SPECIALTY: Text("spécialité", "specialty"),
    MatchedBy.CODE: Text("code", "code"),
    MatchedBy.INSIDE: Text("dans un texte plus long", "within a longer text"),
}

_ALLERGY_RULE: Final = "known-allergy"
NOT_RECOGNISED: Final = Text("non reconnu", "not recognised")
_NOT_MET: Final = Text(
    "cherchée, rien de ce qui est écrit n'en relève", "looked for: nothing that is written is of it"
)

NOT_CHECKED: Final = Text("Non vérifié", "Not checked")
READ_AS: Final = Text("Lu comme", "Read as")
IN_THE_SYRINGE: Final = Text("Dans la seringue", "In the syringe")
OF_THE_DAY: Final = Text(
    "Total du jour (seules ses doses sont vérifiées)",
    "Total of the day (only its doses are checked)",
)
SOUGHT: Final = Text("Effets recherchés", "Effects sought")
ANSWERS: Final = {Answer.YES: Text("Oui", "Yes"), Answer.NO: Text("Non", "No")}
MARKS: Final = {"refuse": "✗", "review": "?", "note": "·"}
"""Of the kinds of findings (`kind_of`)."""
MOST_NAMES: Final = 50
"""In one line; the JSON of a report has them all."""
MOST_FINDINGS: Final = 200
"""Of one kind; the JSON of a report has them all."""
LEFT_OUT: Final = Text(
    "… et {} de plus, qui ne sont pas montrés ici : le JSON du rapport les a tous.",
    "… and {} more, which are not shown here: the JSON of the report has them all.",
)
MOST_DENIED: Final = 10
"""So many denied conditions are named, and more are counted."""


def kind_of(finding: Finding) -> str:
    """Under which of HEADINGS it stands."""
    if finding.severity is Severity.NOTE:
        return "note"
    return "refuse" if finding.certain and finding.severity is Severity.REFUSE else "review"


def citation_said(citation: Citation, language: Language) -> str:
    """Who says it, where, when, and in what words."""
    date = f" ({citation.date})" if citation.date else ""
    place = f", {citation.place}" if citation.place else ""
    quote = f"{COLON[language]}« {citation.quote} »" if citation.quote else ""
    says = f" ({citation.says.en})" if citation.says and language is Language.EN else ""
    author = f"{citation.author}, " if citation.author else ""
    title = citation.title or citation.reference
    return f"{author}{title}{date}{place}{quote}{says}"


@dataclass(frozen=True, slots=True)
class Open:
    """What was not checked for one reason."""

    reason: str
    about: tuple[str, ...]
    """What it concerns, each once."""
    rules: tuple[str, ...]


def open_rules(skipped: Iterable[NotChecked], language: Language) -> Iterator[Open]:
    """What was not checked, reason by reason."""
    by_reason: dict[Reason, list[NotChecked]] = {}
    for one in skipped:
        by_reason.setdefault(one.reason, []).append(one)
    for reason, ones in by_reason.items():
        about = dict.fromkeys(about.name[language] for one in ones for about in one.about)
        rules = dict.fromkeys(one.rule for one in ones)
        yield Open(REASONS[reason][language], tuple(about), tuple(rules))


def name_said(read: ReadName, language: Language) -> str:
    """What a written product was read as, and how."""
    if read.name is None or read.matched_by is None:
        return NOT_RECOGNISED[language]
    unread = ""
    if read.unread:
        said = Text("non compris", "not understood")[language]
        unread = f"{SEMICOLON[language]}{said}{COLON[language]}« {shortened(read.unread)} »"
    return f"{read.name[language]} ({MATCHES[read.matched_by][language]}){unread}"


def allergy_said(read: ReadAllergy, report: Report, language: Language) -> str:
    """How an allergy was read, and whether any rule spoke of it."""
    written = f"« {shortened(read.written)} »"
    if read.within is not None:
        written += f" ({Text('dans', 'in')[language]} « {shortened(read.within)} »)"
    if read.name is None:
        return f"{written} → {NOT_RECOGNISED[language]}"
    how = f" ({MATCHES[read.matched_by][language]})" if read.matched_by else ""
    said = f"{written} → {read.name[language]}{how}"
    if read.state is AllergyState.NEGATED:
        return f"{said}{COLON[language]}{Text('niée', 'denied')[language]}"
    doubt = Text(", avec un doute", ", with a doubt")[language]
    said += doubt if read.state is AllergyState.DOUBTFUL else ""
    met = any(a.kind == "allergy" and a.id == read.id for f in report.findings for a in f.about)
    return said if met or not _looked_for(report) else said + COLON[language] + _NOT_MET[language]


def _looked_for(report: Report) -> bool:
    """Whether each allergy that was recognised was looked for in all that is written."""
    if report.assessed.products < report.assessed.products_written:
        return False
    left = [one.reason for one in report.not_checked if one.rule == _ALLERGY_RULE]
    ran = _ALLERGY_RULE in report.checked or bool(left)
    return ran and all(reason is Reason.ALLERGY_NOT_RECOGNISED for reason in left)


def allergies_said(report: Report, language: Language) -> Iterator[str]:
    """What is known of allergies: one text for each, or one that says that there is none."""
    if report.allergies is None:
        yield Text("non demandées", "not asked about")[language]
    elif not report.allergies:
        yield Text("aucune connue", "none known")[language]
    for said in (report.allergies or ())[:MOST_NAMES]:
        yield allergy_said(said, report, language)


def answers(report: Report, language: Language) -> Iterator[tuple[str, list[str]]]:
    """The conditions that were answered with yes and those with no, each under its answer."""
    for answer, words in ANSWERS.items():
        names = [fact.name[language] for fact in report.facts or () if fact.answer is answer]
        if names:
            yield words[language], names


def answers_said(report: Report, language: Language) -> Iterator[tuple[str, str]]:
    """The same, each in a line; very many denied conditions are only counted."""
    for answer, names in answers(report, language):
        many = answer == ANSWERS[Answer.NO][language] and len(names) > MOST_DENIED
        yield answer, f"{len(names)} conditions" if many else SEMICOLON[language].join(names)


def session_said(report: Report, language: Language) -> str:
    """What was described of the session; empty where nothing was."""
    session = report.session
    if session is None:
        return ""
    parts = (
        (session.depth_mm, Text("profondeur {} mm", "depth {} mm")),
        (session.days_since_last, Text("{} j depuis la dernière", "{} d since the last one")),
        (session.number, Text("n° {}", "no. {}")),
    )
    return SEMICOLON[language].join(
        words[language].format(number_text(value)[language])
        for value, words in parts
        if value is not None
    )


def reads_said(report: Report, language: Language) -> Iterator[str]:
    """What was written of products, allergies, answers and the session, and how it was read."""
    yield from _names_said(report.products, "", language)
    of_the_day = f"{OF_THE_DAY[language]}{COLON[language]}"
    yield from _names_said(report.per_day or (), of_the_day, language)
    for said in allergies_said(report, language):
        yield f"Allergies{COLON[language]}{said}"
    if report.allergies is not None and len(report.allergies) > MOST_NAMES:
        yield f"… + {len(report.allergies) - MOST_NAMES}"
    for answer, conditions in answers_said(report, language):
        yield f"{answer}{COLON[language]}{conditions}"
    if session := session_said(report, language):
        yield f"{Text('Séance', 'Session')[language]}{COLON[language]}{session}"
    if report.effects:
        listed = ", ".join(effect.text[language] for effect in report.effects)
        yield f"{SOUGHT[language]}{COLON[language]}{listed}"


def _names_said(reads: tuple[ReadName, ...], before: str, language: Language) -> Iterator[str]:
    for read in reads[:MOST_NAMES]:
        yield f"{before}« {shortened(read.written)} » → {name_said(read, language)}"
    if len(reads) > MOST_NAMES:
        yield f"… + {len(reads) - MOST_NAMES}"


def some(names: list[str], separator: str) -> str:
    """The first of the names in a line, and how many more there are."""
    shown = [shortened(name) for name in names[:MOST_NAMES]]
    rest = [f"… + {len(names) - MOST_NAMES}"] if len(names) > MOST_NAMES else []
    return separator.join(shown + rest)


def data_said(report: Report, language: Language) -> str:
    """What the report rests on, and how much of what was written could be assessed."""
    how = report.assessed
    version = shortened(report.data.version)
    open_rules = len({skipped.rule for skipped in report.not_checked})
    market = f", BDPM {report.data.bdpm[:12]}" if report.data.bdpm else ""
    return Text(
        f"Règles vérifiées : {len(report.checked)}, en attente : {open_rules}."
        f" Produits reconnus : {how.products} sur {how.products_written},"
        f" allergies : {how.allergies} sur {how.allergies_written}."
        f" Données {version} ({report.data.sha256[:12]}){market},"
        f" mesomix {report.mesomix}.",
        f"Rules checked: {len(report.checked)}, open: {open_rules}."
        f" Products recognised: {how.products} of {how.products_written},"
        f" allergies: {how.allergies} of {how.allergies_written}."
        f" Data {version} ({report.data.sha256[:12]}){market},"
        f" mesomix {report.mesomix}.",
    )[language]
