"""Rules about one product, whatever it is mixed with and whoever it is for."""

from mesomix.evidence import Text
from mesomix.model import Product
from mesomix.rule import Flags, flag, rule, unsure
from mesomix.rules.sources import (
    CHAN,
    HOUSE,
    INPHYSIO,
    INPHYSIO_PRECAUTIONS,
    MARTORY,
    NOTICE,
    RESERVOIR,
)
from mesomix.vocabulary import MarketState, Route, Severity


@rule(
    Severity.REFUSE,
    fr="{product} est un corticoïde ou en contient un ({substance}) : jamais en mésothérapie.",
    en="{product} is a corticosteroid or contains one ({substance}): never in mesotherapy.",
    cites=[
        RESERVOIR(
            "on n’utilise jamais de cortisone",
            place="La mésothérapie, c'est quoi?",
            fr="la cortisone n'est jamais utilisée",
            en="cortisone is never used",
        ),
        MARTORY(
            "à l’exception des corticoïdes",
            place="Qu’est-ce que la mésothérapie ?",
            fr="tous les médicaments, sauf les corticoïdes",
            en="all medicines but corticosteroids",
        ),
        NOTICE(
            "On n’utilise pas de corticoïdes en mésothérapie",
            place="En quoi consiste la mésothérapie ?",
            fr="pas de corticoïdes en mésothérapie",
            en="no corticosteroids in mesotherapy",
        ),
    ],
)
def corticosteroid(product: Product) -> Flags:
    """A product of the mixture is a corticosteroid, or contains one."""
    for substance, present in product.contents:
        if substance.is_or_belongs_to("corticosteroid"):
            say = flag if present else unsure
            yield say(substance=substance.name)


@rule(
    Severity.REVIEW,
    fr="{product} n'est pas dans le formulaire : rien de son RCP n'a été vérifié{rest}.",
    en="{product} is not in the formulary: nothing of its label was checked{rest}.",
    cites=[
        HOUSE(
            "Une substance connue de nom seulement n'est pas vérifiée.",
            place="H1",
            fr="un nom hors du formulaire est une question",
            en="a name outside the formulary is a question",
        )
    ],
)
def not_in_formulary(product: Product) -> Flags:
    """A substance is known by name, and the formulary has no product of it."""
    if not product.in_formulary:
        unread = Text(
            ", et sa composition n'a pas pu être lue en entier dans la BDPM",
            ", and its composition could not be read whole in BDPM",
        )
        yield flag(rest=Text.same("") if product.composition_read else unread)


@rule(
    Severity.REVIEW,
    fr="Personne n'a relevé les contre-indications de {substance} ({product}).",
    en="Nobody has looked up the contraindications of {substance} ({product}).",
    cites=[
        HOUSE(
            "Un RCP que personne n'a lu ne permet rien.",
            place="H1",
            fr="un RCP non lu est une question",
            en="a label that nobody has read is a question",
        )
    ],
)
def label_not_reviewed(product: Product) -> Flags:
    """The contraindications of a substance of the formulary were never looked up."""
    for substance in product.substances if product.in_formulary else ():
        if substance.contraindications is None:
            yield flag(substance=substance.name)


@rule(
    Severity.REFUSE,
    fr="{product} n'est pas injectable : {form}.",
    en="{product} is not injectable: {form}.",
    cites=[
        HOUSE(
            "Ce qui n'est pas fait pour être injecté ne l'est pas.",
            place="H3",
            fr="une forme orale est refusée",
            en="an oral form is refused",
        )
    ],
)
def not_injectable(product: Product) -> Flags:
    """No specialty that the name can mean has a route by which anything is injected."""
    others = [specialty for specialty in product.specialties if not specialty.injectable]
    if not others:
        return
    forms = Text.same(", ".join(dict.fromkeys(specialty.form for specialty in others)))
    every_one = len(others) == len(product.specialties)
    if every_one and product.specified:
        yield flag(form=forms)
    elif every_one or product.specified:
        yield unsure(form=forms)


@rule(
    Severity.REVIEW,
    fr="{product} : le RCP interdit la voie {route}.",
    en="{product}: the label forbids the {route} route.",
    cites=[
        CHAN(
            "sous-cutanées superficielles",
            place="4. Mode d’administration",
            fr="la mésothérapie injecte aussi sous la peau",
            en="mesotherapy injects under the skin as well",
        )
    ],
)
def route_forbidden(product: Product) -> Flags:
    """The label forbids a route by which mesotherapy injects."""
    for route in (Route.INTRADERMAL, Route.SUBCUTANEOUS):
        cites = [
            forbidden.citation
            for specialty in product.specialties
            for forbidden in specialty.forbidden_routes
            if forbidden.route is route
        ]
        if cites:
            everywhere = product.specified and len(cites) == len(product.specialties)
            say = flag if everywhere else unsure
            yield say(route=route.text, cites=dict.fromkeys(cites))


@rule(
    Severity.NOTE,
    fr="{product} n'a pas la voie intradermique parmi ses voies : {routes}.",
    en="{product} does not have the intradermal route among its routes: {routes}.",
    cites=[
        INPHYSIO(
            "tous les produits utilisés par le médecin",
            place=INPHYSIO_PRECAUTIONS,
            fr="chaque produit a ses voies",
            en="each product has its own routes",
        )
    ],
)
def route_off_label(product: Product) -> Flags:
    """None of the routes of the specialty is the intradermal one."""
    if not product.specified:
        return
    routes = {route for specialty in product.specialties for route in specialty.routes}
    if Route.INTRADERMAL not in routes:
        listed = sorted((route.text for route in routes), key=lambda text: text.fr)
        yield flag(routes=Text(", ".join(r.fr for r in listed), ", ".join(r.en for r in listed)))


@rule(
    Severity.NOTE,
    fr="{product} n'est plus {state} en France{since}.",
    en="{product} is no longer {state} in France{since}.",
    cites=[
        HOUSE(
            "Un produit qui n'est plus vendu vient d'un ancien stock ou d'ailleurs",
            place="H4",
            fr="à savoir : ancien stock, ou autre pays",
            en="worth knowing: old stock, or another country",
        )
    ],
)
def no_longer_marketed(product: Product) -> Flags:
    """No specialty that the name can mean is still sold."""
    if any(specialty.market is MarketState.MARKETED for specialty in product.specialties):
        return
    for specialty in product.specialties:
        day = specialty.market_since
        withdrawn = specialty.market is MarketState.WITHDRAWN
        yield flag(
            state=Text("enregistré", "registered")
            if withdrawn
            else Text("commercialisé", "marketed"),
            since=Text(f" (depuis le {day:%d/%m/%Y})", f" (since {day:%Y-%m-%d})")
            if day
            else Text.same(""),
            cites=[specialty.market_citation],
        )


@rule(
    Severity.NOTE,
    fr="{product} est écrit sans sa spécialité : forme, voies et excipients sont inconnus.",
    en="{product} is written without its specialty: form, routes and excipients are unknown.",
    cites=[
        HOUSE(
            "Un nom de substance est compris comme sa forme injectable",
            place="H3",
            fr="le nom seul ne dit pas la spécialité",
            en="the name alone does not tell the specialty",
        )
    ],
)
def specialty_not_named(product: Product) -> Flags:
    """A substance is written, and not the specialty that is taken."""
    if not product.specified:
        yield flag()
