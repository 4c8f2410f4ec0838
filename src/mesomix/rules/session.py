"""Rules about the session: how deep, how soon after the last one, and for how many times.

The documents disagree about the depth (docs/disagreements.md, 7): who says what is in the message.
"""

from typing import Final

from mesomix.evidence import Text
from mesomix.rule import Flags, flag, rule
from mesomix.rules.sources import CHAN, MARTORY, NOTICE, RESERVOIR
from mesomix.vocabulary import Severity

USUAL_MM: Final = (1, 4)
DEEPEST_FOR_ONE_MM: Final = 10
DEEPEST_FOR_ANY_MM: Final = 13
DAYS_BETWEEN: Final = 7
MOST_WEEKLY_SESSIONS: Final = 5

CHAN_TECHNIQUE: Final = "4. Mode d’administration"
RESERVOIR_TITLE: Final = "La mésothérapie, c'est quoi?"

_SOME_GO_SO_DEEP: Final = Text(
    "jamais plus de 10 mm pour un document ; 10 à 13 mm sur certaines zones pour un autre",
    "never more than 10 mm for one document; 10 to 13 mm on some zones for another",
)
_NONE_GOES_SO_DEEP: Final = Text(
    "aucun document ne va au-delà de 13 mm, et l'un jamais au-delà de 10",
    "no document goes beyond 13 mm, and one never beyond 10",
)


@rule(
    Severity.REVIEW,
    fr="Injection à {depth_mm} mm : {sources}. La longueur d'une aiguille (4 à 13 mm) n'est pas une"
    " profondeur.",
    en="Injection at {depth_mm} mm: {sources}. The length of a needle (4 to 13 mm) is not a depth.",
    cites=[
        MARTORY(
            "jamais à plus de 10mm",
            place="Les injections",
            fr="jamais à plus de 10 mm",
            en="never deeper than 10 mm",
        ),
        RESERVOIR(
            "jusque 10-13mm de profondeur sur certaines zones",
            place=RESERVOIR_TITLE,
            fr="jusqu'à 10-13 mm sur certaines zones",
            en="up to 10 to 13 mm on some zones",
        ),
        CHAN(
            "Manuelle à l’aiguille fine (4 à 13 mm)",
            place=CHAN_TECHNIQUE,
            fr="l'aiguille a 4 à 13 mm ; aucune profondeur n'est dite",
            en="the needle has 4 to 13 mm; no depth is told",
        ),
        NOTICE(
            "à l’aide d’une aiguille longue de 4 à 13 mm",
            place="En quoi consiste la mésothérapie ?",
            fr="l'aiguille a 4 à 13 mm ; aucune profondeur n'est dite",
            en="the needle has 4 to 13 mm; no depth is told",
        ),
    ],
)
def deep_injection(depth_mm: float) -> Flags:
    """It goes deeper than 10 mm, which one document never does; beyond 13 mm none does."""
    if depth_mm > DEEPEST_FOR_ONE_MM:
        beyond = depth_mm > DEEPEST_FOR_ANY_MM
        yield flag(sources=_NONE_GOES_SO_DEEP if beyond else _SOME_GO_SO_DEEP)


@rule(
    Severity.NOTE,
    fr="Injection à {depth_mm} mm : le plus souvent, elle est faite entre 1 et 4 mm.",
    en="Injection at {depth_mm} mm: most often it is at 1 to 4 mm.",
    cites=[
        RESERVOIR(
            "entre 1 et 4mm le plus souvent",
            place=RESERVOIR_TITLE,
            fr="entre 1 et 4 mm le plus souvent",
            en="between 1 and 4 mm most often",
        )
    ],
)
def unusual_depth(depth_mm: float) -> Flags:
    """It is shallower than 1 mm or deeper than 4 mm."""
    least, most = USUAL_MM
    if not least <= depth_mm <= most:
        yield flag()


@rule(
    Severity.REVIEW,
    fr="Jours depuis la dernière séance : {days_since_last} ; souvent, il y en a une par semaine.",
    en="Days since the last session: {days_since_last}; often there is one a week.",
    cites=[
        CHAN(
            "Souvent 1 séance par semaine pendant 3 à 5 semaines",
            place=CHAN_TECHNIQUE,
            fr="souvent une séance par semaine",
            en="often one session a week",
        ),
        MARTORY(
            "Peu, rarement, au bon endroit",
            place="Les injections",
            fr="peu, rarement : la devise du Dr Pistor",
            en="little and seldom: Dr Pistor's motto",
        ),
    ],
)
def session_too_early(days_since_last: int) -> Flags:
    """The last session was less than a week ago."""
    if days_since_last < DAYS_BETWEEN:
        yield flag()


@rule(
    Severity.NOTE,
    fr="Séance n° {session_number} : après 3 à 5 séances hebdomadaires, elles sont souvent espacées"
    " selon les effets.",
    en="Session no. {session_number}: often, after 3 to 5 weekly ones, they are spaced by their"
    " effects.",
    cites=[
        CHAN(
            "pendant 3 à 5 semaines, puis espacée selon les effets",
            place=CHAN_TECHNIQUE,
            fr="après 3 à 5 semaines, les séances sont espacées selon les effets",
            en="after 3 to 5 weeks the sessions are spaced by their effects",
        ),
        NOTICE(
            "juger du nombre et de la durée des séances nécessaires",
            place="Quels sont les risques ?",
            fr="le médecin juge du nombre de séances",
            en="the physician judges how many sessions are needed",
        ),
    ],
)
def more_sessions_than_usual(session_number: int) -> Flags:
    """It is the sixth session, or a later one."""
    if session_number > MOST_WEEKLY_SESSIONS:
        yield flag()
