"""Gaps in words, for a terminal."""

from collections.abc import Iterator
from typing import Final

from mesomix.evidence import Language, Text
from mesomix.space.gaps import Gap, Gaps
from mesomix.space.unknown import Kind, Unknown
from mesomix.space.wording import columns, counted, mixtures, more, name

MOST_GAPS: Final = 30
"""So many are told; the JSON has them all."""

_KINDS: Final = {
    Kind.CONTENTS: Text(
        "ce que contient {} (spécialité, excipients)", "what {} holds (specialty, excipients)"
    ),
    Kind.LABEL: Text("les contre-indications de {}", "the contraindications of {}"),
    Kind.PRODUCT: Text("{}, hors du formulaire", "{}, outside the formulary"),
    Kind.PAIR: Text("{} ensemble", "{} together"),
    Kind.CONDITION: Text("à demander : {}", "to be asked: {}"),
    Kind.ALLERGIES: Text("à demander : {}", "to be asked: {}"),
    Kind.ALLERGY: Text("à préciser : allergie « {} »", "to be made clear: allergy “{}”"),
}

SETTLES: Final = Text("tranche", "settles")
AMONG: Final = Text("en partie", "in part")
WHAT: Final = Text("ce qui n'est pas connu", "what is not known")
EXPLAINED: Final = Text(
    "« Tranche » : mélanges dont c'est la seule question. « En partie » : une parmi d'autres.",
    "“Settles”: the mixtures of which it is the only question. “In part”: one of several.",
)
NO_PATIENT: Final = Text(
    "Sans patient décrit : seul compte ce qui n'est pas connu des produits.",
    "No patient was described: only what is not known of products counts.",
)


def reviewed_said(gaps: Gaps, language: Language) -> str:
    """How many mixtures are to be reviewed."""
    of = Text("à revoir, sur", "to be reviewed, of")[language]
    return f"{mixtures(gaps.reviewed, language)} {of} {counted(gaps.total, language)}"


def settled_said(gaps: Gaps, language: Language) -> str:
    """How many of these only for lack of knowledge."""
    return Text(
        "À revoir seulement faute d'information : {}. Pour les autres, il faut un avis, quoi"
        " que l'on apprenne.",
        "Only for lack of knowledge: {}. Of the others somebody has to judge, whatever is learnt.",
    )[language].format(counted(gaps.settled, language))


def gaps_text(gaps: Gaps, language: Language) -> Iterator[str]:
    """`gaps` in lines."""
    yield reviewed_said(gaps, language)
    yield settled_said(gaps, language)
    if not gaps.described:
        yield NO_PATIENT[language]
    if not gaps.gaps:
        return
    yield ""
    heading = [WHAT[language], SETTLES[language], AMONG[language]]
    told = gaps.gaps[:MOST_GAPS]
    yield from columns([heading, *(_row(gap, language) for gap in told)])
    if len(gaps.gaps) > MOST_GAPS:
        yield f"  {more(len(gaps.gaps) - MOST_GAPS, language)}"
    yield ""
    yield EXPLAINED[language]


def _row(gap: Gap, language: Language) -> list[str]:
    return [
        unknown_said(gap.unknown, language),
        counted(gap.settles, language),
        counted(gap.among, language),
    ]


def unknown_said(unknown: Unknown, language: Language) -> str:
    """What is not known, in words."""
    names = " + ".join(name(one, language) for one in unknown.names)
    return _KINDS[unknown.kind][language].format(names)
