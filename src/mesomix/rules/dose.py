"""Rules about amounts: of a substance in the mixture, and beside the maximum of its label."""

from fractions import Fraction

from mesomix.composition import Dose
from mesomix.evidence import Text
from mesomix.model import MaximumDose
from mesomix.quantity import Quantity, number_text
from mesomix.rule import Flags, flag, rule, unsure
from mesomix.rules.sources import HOUSE, NOTICE
from mesomix.vocabulary import Per, Severity, Unknown

_AT_MOST = Text("au plus", "at most")
_USUALLY = Text("à titre indicatif, jusqu'à", "as a guide, up to")
_DOSE = Text("la dose", "the dose")
_DOSE_OF_DAY = Text("la dose du jour", "the dose of the day")
_NOTHING = Text.same("")
_MIXTURE_ONLY = Text(
    " Le total du jour n'est pas donné : seul ce mélange est compté.",
    " The total of the day was not given: only this mixture is counted.",
)
_DAY_GIVEN = Text(
    " C'est le total du jour, tel qu'il est donné.", " This is the total of the day, as given."
)


@rule(
    Severity.REFUSE,
    fr="{dose} : {amount}, plus que ne donne l'étiquette : {limit}.{day}",
    en="{dose}: {amount}, more than the label gives: {limit}.{day}",
    cites=[
        HOUSE(
            "Le maximum d'une étiquette vaut aussi dans un mélange.",
            place="H11",
            fr="le maximum d'une étiquette vaut aussi dans un mélange",
            en="a label's maximum holds in a mixture as well",
        )
    ],
)
def above_label_dose(dose: Dose, maximum: MaximumDose) -> Flags:
    """A substance, summed over its products, passes its label's maximum, or its usual doses."""
    least, possible = _counted(dose, maximum)
    for amount, say in ((least, flag), (possible, unsure)):
        if amount is not None and amount.exceeds(maximum.amount):
            yield say(
                severity=Severity.REVIEW if maximum.usual else None,
                cites=[maximum.citation],
                amount=amount.text,
                limit=_limit(maximum),
                day=_day(dose, maximum),
            )
            return


@rule(
    Severity.NOTE,
    fr="{dose} : {amount}, soit {share} % de ce que donne l'étiquette : {limit}.{day}",
    en="{dose}: {amount}, which is {share} % of what the label gives: {limit}.{day}",
    cites=[
        NOTICE(
            "injecter de faibles doses de médicaments",
            place="En quoi consiste la mésothérapie ?",
            fr="les doses sont faibles ; aucun nombre n'est dit",
            en="the doses are low; no number is told",
        )
    ],
)
def label_dose_share(dose: Dose, maximum: MaximumDose) -> Flags:
    """The amount is known, and within the maximum: how much of it that is."""
    of_day = _is_of_day(dose, maximum)
    least, _ = _counted(dose, maximum)
    if least is None or (dose.day_unknown if of_day else dose.unknown):
        return
    if least.exceeds(maximum.amount):
        return
    share = Fraction(100) * least.amount / maximum.amount.amount
    yield flag(
        cites=[maximum.citation],
        amount=least.text,
        share=number_text(share),
        limit=_limit(maximum),
        day=_day(dose, maximum),
    )


@rule(
    Severity.NOTE,
    fr="{dose} : {what} n'est pas connue ({why}).",
    en="{dose}: {what} is not known ({why}).",
    cites=[
        HOUSE(
            "Une quantité que personne n'a écrite n'est pas supposée.",
            place="H11",
            fr="une quantité inconnue n'est pas supposée",
            en="an unknown amount is not assumed",
        )
    ],
)
def dose_unknown(dose: Dose) -> Flags:
    """Amounts are written, and that of an active substance does not follow from them."""
    if not dose.active:
        return
    for what, why in ((_DOSE, dose.unknown), (_DOSE_OF_DAY, dose.day_unknown)):
        if why:
            yield flag(what=what, why=_joined(why))


@rule(
    Severity.NOTE,
    fr="{dose} (excipient à effet notoire) : {amount} dans le mélange.",
    en="{dose} (excipient with known effect): {amount} in the mixture.",
    cites=[
        HOUSE(
            "Un excipient dont l'étiquette donne la quantité est compté.",
            place="H11",
            fr="un excipient dont l'étiquette donne la quantité est compté",
            en="an excipient whose amount the label tells is counted",
        )
    ],
)
def excipient_amount(dose: Dose) -> Flags:
    """An excipient has an amount that a label tells: sulfite, benzyl alcohol, ethanol and such."""
    if not dose.active and dose.exact and dose.least is not None:
        yield flag(amount=dose.least.text)


def _counted(dose: Dose, maximum: MaximumDose) -> tuple[Quantity | None, Quantity | None]:
    """What the maximum is for: the mixture, or the day where somebody told its total."""
    if _is_of_day(dose, maximum):
        return dose.day_least, dose.day_possible
    return dose.least, dose.possible


def _is_of_day(dose: Dose, maximum: MaximumDose) -> bool:
    return maximum.per is Per.DAY and dose.day_least is not None


def _limit(maximum: MaximumDose) -> Text:
    """The maximum with what it is for: at most 8 mg per day (intramuscular; adult)."""
    most = _USUALLY if maximum.usual else _AT_MOST
    amount, per = maximum.amount.text, maximum.per.text
    bounds = [route.text for route in maximum.routes]
    if maximum.population is not None:
        bounds.append(maximum.population)
    fr, en = (" ; ".join(text.fr for text in bounds), "; ".join(text.en for text in bounds))
    return Text(
        f"{most.fr} {amount.fr} par {per.fr}" + (f" ({fr})" if fr else ""),
        f"{most.en} {amount.en} per {per.en}" + (f" ({en})" if en else ""),
    )


def _day(dose: Dose, maximum: MaximumDose) -> Text:
    if maximum.per is not Per.DAY:
        return _NOTHING
    return _MIXTURE_ONLY if dose.day_least is None else _DAY_GIVEN


def _joined(reasons: tuple[Unknown, ...]) -> Text:
    return Text(" ; ".join(r.text.fr for r in reasons), "; ".join(r.text.en for r in reasons))
