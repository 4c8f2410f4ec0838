"""Rules about amounts: of a substance in the mixture, and beside the maximum of its label."""

from fractions import Fraction

from mesomix.dose import Dose
from mesomix.evidence import Text
from mesomix.model import MaximumDose
from mesomix.quantity import Quantity, number_text
from mesomix.rule import Flags, flag, rule, unsure
from mesomix.rules.sources import HOUSE
from mesomix.vocabulary import Per, Severity, Unknown

_AT_ONCE = Text("en une fois", "at once")
_A_DAY = Text("par jour", "a day")
_DOSE = Text("la dose", "the dose")
_DOSE_OF_DAY = Text("la dose du jour", "the dose of the day")
_NOTHING = Text.same("")
_NO_DAY = Text(
    " Le total du jour n'est pas donné : seul ce mélange est compté.",
    " The total of the day was not given: only this mixture is counted.",
)
_DAY_NOT_KNOWN = Text(
    " Le total du jour n'est pas connu : ce qui en est certain est compté.",
    " The total of the day is not known: what is certain of it is counted.",
)
_DAY_TOO_LITTLE = Text(
    " Le total du jour qui est donné est inférieur à ce mélange : seul ce mélange est compté.",
    " The total of the day that was given is less than this mixture: only this mixture is counted.",
)
_DAY_GIVEN = Text(
    " C'est le total du jour, tel qu'il est donné.", " This is the total of the day, as given."
)


@rule(
    Severity.REFUSE,
    fr="{dose} : {amount}, au-delà du RCP : {limit}.{day}",
    en="{dose}: {amount}, more than the label gives: {limit}.{day}",
    cites=[
        HOUSE(
            "Le maximum d'un RCP vaut aussi dans un mélange.",
            place="H11",
            fr="le maximum d'un RCP vaut aussi dans un mélange",
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
    fr="{dose} : {amount}, soit {share} % de ce que donne le RCP : {limit}.{day}",
    en="{dose}: {amount}, which is {share} % of what the label gives: {limit}.{day}",
    cites=[
        HOUSE(
            "Aucun document ne dit ce qu'est une faible dose",
            place="H11",
            fr="la part du maximum est donnée, et n'est pas jugée",
            en="the share of the maximum is told, and not judged",
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
        share=number_text(share, digits=3),
        limit=_limit(maximum),
        day=_day(dose, maximum),
    )


@rule(
    Severity.NOTE,
    fr="{dose} : {what} n'est pas connue ({why}).",
    en="{dose}: {what} is not known ({why}).",
    cites=[
        HOUSE(
            "Ce qui n'est pas connu d'une dose est dit, et n'est pas supposé.",
            place="H11",
            fr="une dose inconnue n'est pas supposée",
            en="an unknown dose is not assumed",
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
            "Un excipient dont le RCP donne la quantité est compté.",
            place="H11",
            fr="un excipient dont le RCP donne la quantité est compté",
            en="an excipient whose amount the label tells is counted",
        )
    ],
)
def excipient_amount(dose: Dose) -> Flags:
    """An excipient has an amount that a label tells, such as benzyl alcohol, ethanol or sodium."""
    if not dose.active and not dose.unknown and dose.least is not None:
        yield flag(amount=dose.least.text)


@rule(
    Severity.REVIEW,
    fr="{dose} : le total du jour qui est donné ({day}) est inférieur à ce mélange ({amount}).",
    en="{dose}: the total of the day that was given ({day}) is less than this mixture ({amount}).",
    cites=[
        HOUSE(
            "Un total du jour plus petit que le mélange se contredit.",
            place="H11",
            fr="le total du jour compte aussi ce mélange",
            en="the total of the day counts this mixture as well",
        )
    ],
)
def day_less_than_mixture(dose: Dose) -> Flags:
    """The total of the day that somebody gave is less than what this mixture alone has."""
    if dose.active and dose.day_said is not None and dose.least is not None:
        yield flag(day=dose.day_said.text, amount=dose.least.text)


def _counted(dose: Dose, maximum: MaximumDose) -> tuple[Quantity | None, Quantity | None]:
    """What the maximum is for: the mixture, or the day where somebody told its total."""
    if _is_of_day(dose, maximum):
        return dose.day_least, dose.day_possible
    return dose.least, dose.possible


def _is_of_day(dose: Dose, maximum: MaximumDose) -> bool:
    return maximum.per is Per.DAY and dose.day_least is not None


def _limit(maximum: MaximumDose) -> Text:
    """The maximum with what it is for: at most 8 mg a day (adult; intramuscular)."""
    amount = Quantity.of(maximum.amount.amount, maximum.amount.kind).text
    per = _AT_ONCE if maximum.per is Per.DOSE else _A_DAY
    bounds = [maximum.population] if maximum.population is not None else []
    bounds += [route.text for route in maximum.routes]
    fr, en = (" ; ".join(text.fr for text in bounds), "; ".join(text.en for text in bounds))
    of = Text(f" ({fr})" if fr else "", f" ({en})" if en else "")
    if maximum.usual:
        return Text(
            f"doses usuelles jusqu'à {amount.fr} {per.fr}{of.fr}, sans maximum fixé",
            f"usual doses up to {amount.en} {per.en}{of.en}, no maximum stated",
        )
    return Text(f"au plus {amount.fr} {per.fr}{of.fr}", f"at most {amount.en} {per.en}{of.en}")


def _day(dose: Dose, maximum: MaximumDose) -> Text:
    if maximum.per is not Per.DAY:
        return _NOTHING
    if dose.day_least is None:
        return _NO_DAY
    if dose.day_said is not None:
        return _DAY_TOO_LITTLE
    return _DAY_NOT_KNOWN if dose.day_unknown else _DAY_GIVEN


def _joined(reasons: tuple[Unknown, ...]) -> Text:
    return Text(" ; ".join(r.text.fr for r in reasons), "; ".join(r.text.en for r in reasons))
