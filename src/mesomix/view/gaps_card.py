"""The card of gaps: which unknown facts matter most."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from mesomix.evidence import Language, Text
from mesomix.markup.elements import Child, element
from mesomix.shown import Card
from mesomix.space.gaps import Gap, Gaps
from mesomix.space.gaps_text import (
    AMONG,
    EXPLAINED,
    MOST_GAPS,
    NO_PATIENT,
    SETTLES,
    WHAT,
    gaps_text,
    reviewed_said,
    settled_said,
    unknown_said,
)
from mesomix.space.wording import counted, more
from mesomix.view.bars import SHARE, small_bar
from mesomix.view.parts import (
    card_of_parts,
    data_foot,
    heading,
    table,
)
from mesomix.view.statements import (
    not_said,
    statement,
)

PALE: Final = 0.35
"""How much of its colour the part of a bar has that knowing a fact does not settle alone."""

_TITLE: Final = Text("Ce qui n'est pas connu", "What is not known")
_COLOURS: Final = Text(
    " Barre pleine : tranche ; barre pâle : en partie ; toute la largeur : les mélanges à revoir.",
    " Full bar: settles; pale bar: in part; the whole width: the mixtures to be reviewed.",
)
_NONE: Final = Text(
    "Aucune question ne vient de ce qui n'est pas connu.",
    "No question comes from what is not known.",
)


def gaps_card(gaps: Gaps, language: Language) -> Card:
    """The card of `gaps`."""
    return card_of_parts(
        _TITLE[language],
        language,
        "\n".join(gaps_text(gaps, language)),
        element("p", _TITLE[language], class_="title"),
        heading(reviewed_said(gaps, language)),
        None if gaps.described else not_said(NO_PATIENT[language]),
        statement("open", "?", settled_said(gaps, language)) if gaps.reviewed else None,
        _gaps(gaps, language),
        data_foot(gaps.data, gaps.rulebook, language),
    )


def _gaps(gaps: Gaps, language: Language) -> Iterator[Element]:
    """Each unknown fact, what settles most first."""
    if not gaps.gaps:
        yield element("p", _NONE[language])
        return
    head = [WHAT[language], SHARE[language], SETTLES[language], AMONG[language]]
    yield table(head, (_row(gap, gaps, language) for gap in gaps.gaps[:MOST_GAPS]), texts=2)
    if len(gaps.gaps) > MOST_GAPS:
        yield element("p", element("strong", f"… {more(len(gaps.gaps) - MOST_GAPS, language)}"))
    yield element("p", EXPLAINED[language], _COLOURS[language])


def _row(gap: Gap, gaps: Gaps, language: Language) -> list[Child]:
    parts = [(gap.settles, "open", None), (gap.among, "open", PALE)]
    return [
        unknown_said(gap.unknown, language),
        small_bar(parts, gaps.reviewed),
        counted(gap.settles, language),
        counted(gap.among, language),
    ]
