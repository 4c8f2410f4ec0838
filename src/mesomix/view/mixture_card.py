"""The card of a mixture that nobody has checked: how it was read, and what is in the syringe."""

from typing import Final

from mesomix.composition_text import composition_lines
from mesomix.evidence import COLON, Language, Text
from mesomix.markup.elements import element
from mesomix.names import printable, shortened
from mesomix.report_words import IN_THE_SYRINGE, OF_THE_DAY, READ_AS, name_said, some
from mesomix.request import Mixture
from mesomix.shown import Card
from mesomix.view.parts import NOTHING, OPEN_MARK, card_of_parts, heading, names_read, said

_UNCHECKED: Final = Text(
    "Ce mélange n'est pas vérifié : rien n'en est dit ici. mesomix.check(mélange, patient) le"
    " fait.",
    "This mixture is not checked: nothing is said of it here. mesomix.check(mixture, patient) does"
    " that.",
)


def mixture_card(mixture: Mixture, language: Language) -> Card:
    """The card of `mixture`."""
    names = some([read.written for read in mixture.reads], " + ") or NOTHING[language]
    amounts: list[str] = []
    if mixture.doses is not None:
        amounts = list(composition_lines(mixture.composition(), language))
    read_lines = [
        f"  « {shortened(read.written)} » → {name_said(read, language)}" for read in mixture.reads
    ]
    lines = [names, f"{OPEN_MARK} {_UNCHECKED[language]}", READ_AS[language], *read_lines]
    day = mixture.day_reads
    if day:
        lines.append(OF_THE_DAY[language])
        lines += [f"  « {shortened(read.written)} » → {name_said(read, language)}" for read in day]
    if amounts:
        lines += [IN_THE_SYRINGE[language], *(f"  {line}" for line in amounts)]
    return card_of_parts(
        names,
        language,
        "\n".join(map(printable, lines)),
        element("ul", element("li", said(OPEN_MARK, _UNCHECKED[language]), class_="finding open")),
        heading(READ_AS[language]),
        names_read(mixture.reads, language),
        [element("p", OF_THE_DAY[language], COLON[language]), names_read(day, language)]
        if day
        else None,
        [heading(IN_THE_SYRINGE[language]), element("ul", [element("li", a) for a in amounts])]
        if amounts
        else None,
    )
