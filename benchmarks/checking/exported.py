"""The data of a formulary as plain dictionaries: what each peer is given once.

Every id is resolved, and whatever needs no request is put together beforehand, as one would who
wants to be fast: what a product holds, in which conditions it is contraindicated, how many of its
specialties are injectable. What the rules make of it is left to the peers.
"""

from collections.abc import Iterable
from typing import TypedDict

from checking.question import ROUTES, RULES, Case, key_of
from mesomix import Formulary
from mesomix.evidence import Evidence
from mesomix.model import Allergy, Product
from mesomix.vocabulary import MarketState, Route


class Content(TypedDict):
    id: str
    present: bool
    """Whether it is surely there."""
    suspect: bool
    """Whether it is an excipient that somebody may be allergic to."""


class Active(TypedDict):
    id: str
    classes: list[str]
    """Its groups of which two members are a repetition."""


class Contraindication(TypedDict):
    condition: str
    severity: str
    present: bool


class Harm(TypedDict):
    other: str
    """A substance or a group, together with which a harm was reported."""
    present: bool


class Specialties(TypedDict):
    """How many specialties a name can mean, and how many of them are what."""

    count: int
    not_injectable: int
    intradermal: int
    marketed: int
    forbidding: dict[str, int]


class ProductData(TypedDict):
    id: str
    specified: bool
    complete: bool
    unreviewed: bool
    contents: list[Content]
    active: list[Active]
    corticosteroids: list[bool]
    """For each, whether it is surely there."""
    unmixable: list[bool]
    """For each substance that must not be mixed, whether it is surely there."""
    contraindications: list[Contraindication]
    harms: list[Harm]
    held: dict[str, bool]
    """Whether each substance or group is surely there."""
    specialties: Specialties


class AllergyData(TypedDict):
    id: str
    reaches: dict[str, str]
    """Substances by id: named, stated (a label says so) or possible (weaker evidence)."""
    sure: bool
    culprit_unknown: bool
    outside: bool


class Data(TypedDict):
    products: dict[str, ProductData]
    allergies: dict[str, AllergyData]
    severities: dict[str, str]
    """How bad it is that a rule objects; a contraindication has its own."""


def exported(cases: Iterable[Case], formulary: Formulary | None = None) -> Data:
    """What the cases name, or all products of a formulary, with what the data knows of them."""
    known = () if formulary is None else (formulary.products, formulary.specialties)
    products = {key: _product(product) for by_id in known for key, product in by_id.items()}
    allergies: dict[str, AllergyData] = {}
    for case in cases:
        for product in case.mixture.products:
            products.setdefault(product.id, _product(product))
        for allergy in case.patient.recognised:
            allergies.setdefault(key_of(allergy), _allergy(allergy))
    severities = {rule.id: rule.severity.value for rule in RULES}
    return {"products": products, "allergies": allergies, "severities": severities}


def _product(product: Product) -> ProductData:
    contents = product.contents
    active = {*product.substances, *product.possible_substances}
    return {
        "id": product.id,
        "specified": product.specified,
        "complete": product.excipients_complete,
        "unreviewed": any(s.contraindications is None for s in product.substances),
        "contents": [
            {"id": s.id, "present": present, "suspect": not (s.inert or s in active)}
            for s, present in contents
        ],
        "active": [
            {"id": s.id, "classes": [group.id for group in s.repeated_groups]}
            for s in product.substances
        ],
        "corticosteroids": [p for s, p in contents if s.is_or_belongs_to("corticosteroid")],
        "unmixable": [present for s, present in contents if s.mixing_forbidden],
        "contraindications": [
            {"condition": c.condition, "severity": c.severity.value, "present": present}
            for s, present in contents
            for c in s.contraindications or ()
        ],
        "harms": [
            {"other": harm.other, "present": present}
            for s, present in contents
            for harm in s.reported_harms
        ],
        "held": _held(product),
        "specialties": _specialties(product),
    }


def _held(product: Product) -> dict[str, bool]:
    held: dict[str, bool] = {}
    for substance, present in product.contents:
        for name in (substance.id, *substance.groups):
            held[name] = held.get(name, False) or present
    return held


def _specialties(product: Product) -> Specialties:
    sold = product.specialties
    return {
        "count": len(sold),
        "not_injectable": sum(not s.injectable for s in sold),
        "intradermal": sum(Route.INTRADERMAL in s.routes for s in sold),
        "marketed": sum(s.market is MarketState.MARKETED for s in sold),
        "forbidding": {
            route: sum(any(f.route.value == route for f in s.forbidden_routes) for s in sold)
            for route in ROUTES
        },
    }


def _allergy(allergy: Allergy) -> AllergyData:
    words = {None: "named", Evidence.LABEL: "stated", Evidence.POSSIBLE: "possible"}
    return {
        "id": key_of(allergy),
        "reaches": {s: words[reach.evidence] for s, reach in allergy.reaches.items()},
        "sure": not allergy.doubtful,
        "culprit_unknown": allergy.culprit_unknown,
        "outside": allergy.outside_composition,
    }
