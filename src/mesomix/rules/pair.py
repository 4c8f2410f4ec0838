"""Rules about two products in one mixture, whoever it is for."""

from collections.abc import Iterable

from mesomix.model import Product, Substance
from mesomix.rule import Flags, flag, rule, unsure
from mesomix.rules.sources import HOUSE
from mesomix.vocabulary import Severity


def _active(product: Product) -> Iterable[Substance]:
    return product.substances


def _held(product: Product) -> Iterable[Substance]:
    return [substance for substance, _ in product.contents]


def _classes(product: Product) -> Iterable[str]:
    return [group.id for substance in product.substances for group in substance.repeated_groups]


def _harmed_by(product: Product) -> Iterable[str]:
    return [harm.other for held, _ in product.contents for harm in held.reported_harms]


def _held_or_belonged_to(product: Product) -> Iterable[str]:
    return [key for held, _ in product.contents for key in (held.id, *held.groups)]


@rule(
    Severity.REVIEW,
    fr="{a} et {b} contiennent la même substance : {substance}.",
    en="{a} and {b} contain the same substance: {substance}.",
    cites=[
        HOUSE(
            "Deux noms d'une même substance sont une double dose.",
            place="H5",
            fr="une répétition est à revoir",
            en="a repetition is reviewed",
        )
    ],
    meeting=(_active, _held),
)
def repeated_substance(a: Product, b: Product) -> Flags:
    """Two products hold one substance, which is active in one of them at least."""
    for one, other in ((a, b), (b, a)):
        for substance, present in other.contents:
            if substance in one.substances and (one is a or substance not in other.substances):
                say = flag if present else unsure
                yield say(substance=substance.name)


@rule(
    Severity.REVIEW,
    fr="{a} et {b} sont de la même classe : {group}.",
    en="{a} and {b} are of the same class: {group}.",
    cites=[
        HOUSE(
            "Deux anesthésiques locaux, ou deux AINS, additionnent leurs effets et leurs risques.",
            place="H5",
            fr="deux produits d'une classe sont à revoir",
            en="two products of one class are reviewed",
        )
    ],
    meeting=(_classes, _classes),
)
def repeated_class(a: Product, b: Product) -> Flags:
    """Two products hold different substances of one class, such as two local anaesthetics."""
    shared = dict.fromkeys(
        group
        for one in a.substances
        for other in b.substances
        for group in one.repeated_groups
        if one is not other and group in other.repeated_groups
    )
    for group in shared:
        yield flag(group=group.name, cites=[group.citation])


@rule(
    Severity.REVIEW,
    fr="{a} et {b} : {harm}.",
    en="{a} and {b}: {harm}.",
    cites=[
        HOUSE(
            "Un dommage publié de deux produits ensemble est une question",
            place="H8",
            fr="un dommage publié est à revoir",
            en="a published harm is reviewed",
        )
    ],
    meeting=(_harmed_by, _held_or_belonged_to),
)
def reported_harm(a: Product, b: Product) -> Flags:
    """A harm of two products given together was published."""
    for one, other in ((a, b), (b, a)):
        for substance, held in one.contents:
            for harm in substance.reported_harms:
                met = [here for s, here in other.contents if s.is_or_belongs_to(harm.other)]
                if met:
                    say = flag if held and any(met) else unsure
                    yield say(harm=harm.says, cites=[harm.citation])
