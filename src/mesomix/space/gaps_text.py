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


def gaps_text(gaps: Gaps, language: Language) -> Iterator[str]:
    """`gaps` in lines."""
    of = Text("à revoir, sur", "to be reviewed, of")[language]
    yield f"{mixtures(gaps.reviewed, language)} {of} {counted(gaps.total, language)}"
    yield Text(
        "Faute de savoir seulement : {}. Pour les autres, il faut un avis, quoi que l'on apprenne.",
        "Only for lack of knowledge: {}. Of the others somebody has to judge, whatever is learnt.",
    )[language].format(counted(gaps.settled, language))
    if not gaps.described:
        yield Text(
            "Sans patient décrit : seul compte ce qui n'est pas connu des produits.",
            "No patient was described: only what is not known of products counts.",
        )[language]
    if not gaps.gaps:
        return
    yield ""
    heading = Text("ce qui n'est pas connu", "what is not known")[language]
    alone = Text("tranche", "settles")[language]
    among = Text("en partie", "in part")[language]
    told = gaps.gaps[:MOST_GAPS]
    yield from columns([[heading, alone, among], *(_row(gap, language) for gap in told)])
    if len(gaps.gaps) > MOST_GAPS:
        yield f"  {more(len(gaps.gaps) - MOST_GAPS, language)}"
    yield ""
    yield Text(
        "« Tranche » : mélanges dont c'est la seule question. « En partie » : une parmi d'autres.",
        "“Settles”: the mixtures of which it is the only question. “In part”: one of several.",
    )[language]


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
