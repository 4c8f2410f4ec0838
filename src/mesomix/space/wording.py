"""What the texts about a space have in common: numbers, rules, names."""

from collections.abc import Iterable, Mapping
from typing import Final

from mesomix.evidence import COLON, SEMICOLON, Language, Text
from mesomix.names import printable, shortened
from mesomix.report import Verdict
from mesomix.report_words import VERDICTS
from mesomix.space.objection import Objection
from mesomix.vocabulary import Severity

MOST_NAMED: Final = 20
"""In one line; the JSON has them all."""
NO_MORE: Final = Text(
    "« Aucune objection » : aucune règle ne s'oppose, d'après ces données, et rien de plus.",
    "“No objection” says no more than that no rule objects, by this data.",
)
PATIENT: Final = {
    True: Text("Pour un patient décrit.", "For a patient who was described."),
    False: Text(
        "Sans patient décrit : aucune règle sur un patient n'a été appliquée.",
        "No patient was described: no rule about one ran.",
    ),
}

_UNSURE: Final = Text("ne peut pas trancher", "cannot tell")
NOT_RUN: Final = Text("non vérifié", "not checked")
_MORE: Final = Text("et {} de plus", "and {} more")


def counted(number: int, language: Language) -> str:
    """A number with its thousands apart."""
    apart = "\u202f" if language is Language.FR else ","
    return f"{number:,}".replace(",", apart)


def plural(number: int, language: Language, one: Text, several: Text) -> str:
    """A number with its noun; in French, none of something is one of it."""
    singular = number == 1 or (number == 0 and language is Language.FR)
    return f"{counted(number, language)} {(one if singular else several)[language]}"


def mixtures(number: int, language: Language) -> str:
    """So many mixtures."""
    words = Text("mélange", "mixture"), Text("mélanges", "mixtures")
    return plural(number, language, *words)


def products(number: int, language: Language) -> str:
    """So many products."""
    words = Text("produit", "product"), Text("produits", "products")
    return plural(number, language, *words)


def share(number: int, total: int, language: Language) -> str:
    """A part in hundredths; neither none nor all where it is not."""
    percent = round(100 * number / total) if total else 0
    limit = {0: "< 1", 100: "> 99"}.get(percent, "") if 0 < number < total else ""
    sign = "\u202f%" if language is Language.FR else "%"
    return f"{limit or percent}{sign}"


def rule_said(rule: str, severity: Severity, certain: bool | None, language: Language) -> str:
    """A rule by its id, with how bad it is, and whether it is sure."""
    if certain is None:
        return f"{rule} ({NOT_RUN[language]})"
    unsure = "" if certain else f", {_UNSURE[language]}"
    return f"{rule} ({severity.text[language]}{unsure})"


def objections_said(several: Iterable[Objection], language: Language) -> str:
    """Objections in a line; the rules that could not run together, at its end."""
    spoke: list[str] = []
    not_run: list[str] = []
    for one in several:
        if one.certain is None:
            not_run.append(one.rule)
        else:
            spoke.append(rule_said(one.rule, one.severity, one.certain, language))
    parts = [some(spoke, language)] if spoke else []
    if not_run:
        parts.append(f"{NOT_RUN[language]}{COLON[language]}{some(not_run, language)}")
    return SEMICOLON[language].join(parts)


def name(text: Text, language: Language) -> str:
    """A name of the data, in one line of a terminal."""
    return printable(shortened(text[language]))


def marked(text: str, *, markdown: bool) -> str:
    """What stands in the data: nothing in it marks up, mentions anybody or breaks the line."""
    shown = printable(shortened(text))
    return f"`{shown.replace('`', chr(39))}`" if markdown else shown


def verdict_said(verdict: Verdict, language: Language) -> str:
    """A verdict with its mark."""
    mark, word, _ = VERDICTS[verdict]
    return f"{mark} {word[language]}"


def some(texts: Iterable[str], language: Language, separator: str = ", ") -> str:
    """The first of them in a line, and how many more there are."""
    listed = [*texts]
    shown = listed[:MOST_NAMED]
    if len(listed) > MOST_NAMED:
        shown.append(more(len(listed) - MOST_NAMED, language))
    return separator.join(shown)


def more(number: int, language: Language) -> str:
    """So many more."""
    return _MORE[language].format(counted(number, language))


def became(before: Mapping[Verdict, int], after: Mapping[Verdict, int], language: Language) -> str:
    """How many mixtures have each verdict before, and after."""
    return SEMICOLON[language].join(
        f"{VERDICTS[verdict][1][language]} {counted(before[verdict], language)}"
        f" → {counted(after[verdict], language)}"
        for verdict in Verdict
    )


def columns(rows: list[list[str]]) -> list[str]:
    """Rows of cells under each other: the first column on the left, the others on the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            [
                f"  {first.ljust(widths[0])}",
                *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)),
            ]
        ).rstrip()
        for first, *others in rows
    ]
