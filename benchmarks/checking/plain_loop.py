"""A plain loop over pydantic objects: what anyone would write in an hour, written well."""

from itertools import combinations

import pydantic
from pydantic import BaseModel, ConfigDict

from checking.exported import Data
from checking.question import CONDITIONS, Answer, Case, Found, answer_of, verdict_of


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Content(Frozen):
    id: str
    present: bool
    suspect: bool


class Active(Frozen):
    id: str
    classes: frozenset[str]


class Contraindication(Frozen):
    condition: str
    severity: str
    present: bool


class Harm(Frozen):
    other: str
    present: bool


class Specialties(Frozen):
    count: int
    not_injectable: int
    intradermal: int
    marketed: int
    forbidding: dict[str, int]


class Product(Frozen):
    id: str
    specified: bool
    complete: bool
    unreviewed: bool
    contents: tuple[Content, ...]
    active: tuple[Active, ...]
    corticosteroids: tuple[bool, ...]
    unmixable: tuple[bool, ...]
    contraindications: tuple[Contraindication, ...]
    harms: tuple[Harm, ...]
    held: dict[str, bool]
    specialties: Specialties


class Allergy(Frozen):
    id: str
    reaches: dict[str, str]
    sure: bool
    culprit_unknown: bool
    outside: bool


class Tables(Frozen):
    """All of the data."""

    products: dict[str, Product]
    allergies: dict[str, Allergy]
    severities: dict[str, str]


class Checking:
    """The findings of one request, while they are collected."""

    def __init__(self, severities: dict[str, str]) -> None:
        self.severities = severities
        self.found: list[Found] = []
        self.open: list[tuple[str, str]] = []

    def say(self, rule: str, *products: str, certain: bool = True) -> None:
        """Collect a finding."""
        self.found.append((rule, products, certain, self.severities[rule]))

    def mixture(self, products: list[Product]) -> None:
        """What is said of the mixture as a whole."""
        if not products:
            self.say("empty-mixture")
        if len(products) > 3:
            self.say("too-many-products")
        if len(products) < 2:
            return
        self.say("compatibility-undocumented")
        for product in products:
            for present in product.unmixable:
                self.say("mixing-forbidden", product.id, certain=present)

    def product(self, product: Product) -> None:
        """What is said of one product."""
        for present in product.corticosteroids:
            self.say("corticosteroid", product.id, certain=present)
        if product.unreviewed:
            self.say("label-not-reviewed", product.id)
        self.routes(product)
        if not product.specified:
            self.say("specialty-not-named", product.id)

    def routes(self, product: Product) -> None:
        """What is said of the ways by which it is given."""
        sold, specified = product.specialties, product.specified
        if sold.not_injectable:
            every_one = sold.not_injectable == sold.count
            if every_one or specified:
                self.say("not-injectable", product.id, certain=every_one and specified)
        for forbidding in sold.forbidding.values():
            if forbidding:
                sure = specified and forbidding == sold.count
                self.say("route-forbidden", product.id, certain=sure)
        if specified and not sold.intradermal:
            self.say("route-off-label", product.id)
        if sold.count and not sold.marketed:
            self.say("no-longer-marketed", product.id)

    def pair(self, a: Product, b: Product) -> None:
        """What is said of two products."""
        for one, other in ((a, b), (b, a)):
            held = other.held
            for active in one.active:
                if active.id in held:
                    self.say("repeated-substance", a.id, b.id, certain=held[active.id])
            for harm in one.harms:
                if harm.other in held:
                    sure = harm.present and held[harm.other]
                    self.say("reported-harm", a.id, b.id, certain=sure)
        for one in a.active:
            for other in b.active:
                if one.id != other.id and not one.classes.isdisjoint(other.classes):
                    self.say("repeated-class", a.id, b.id)

    def allergy(self, product: Product, allergy: Allergy) -> None:
        """What is said of a product and an allergy."""
        reaches = allergy.reaches
        surely_reached = False
        named = any(reaches.get(active.id) == "named" for active in product.active)
        for content in product.contents:
            reach = reaches.get(content.id)
            if reach is None:
                if allergy.culprit_unknown and content.suspect and not named:
                    self.say("possible-cross-allergy", product.id, certain=False)
                continue
            surely_reached = surely_reached or content.present
            sure = content.present and allergy.sure
            if reach != "possible":
                self.say("known-allergy", product.id, certain=sure)
            elif not named:
                self.say("possible-cross-allergy", product.id, certain=sure)
        if not (product.complete or surely_reached):
            self.say("composition-unknown", product.id)

    def facts(self, products: list[Product], facts: dict[str, bool]) -> None:
        """What is said of the answers, and which are missing."""
        for condition in CONDITIONS:
            answer = facts.get(condition)
            if answer is None:
                self.open.append((condition, condition))
            elif answer:
                self.say(condition)
        rule = "product-contraindicated"
        for product in products:
            for against in product.contraindications:
                answer = facts.get(against.condition)
                if answer is None:
                    self.open.append((rule, against.condition))
                elif answer:
                    self.found.append((rule, (product.id,), against.present, against.severity))


class PlainLoop:
    """A loop over the products, their pairs, the allergies and the facts."""

    name = "a loop over pydantic objects"
    version = f"pydantic {pydantic.VERSION}"

    def __init__(self, data: Data) -> None:
        self._tables = Tables.model_validate(data)

    def ask(self, case: Case) -> tuple[str, Checking]:
        """The verdict, and what was collected."""
        request = case.request
        return checked(self._tables, request["products"], request["allergies"], request["facts"])

    def answer(self, asked: object) -> Answer:
        """The common form."""
        assert isinstance(asked, tuple)
        verdict, checking = asked
        return answer_of(checking.found, checking.open)._replace(verdict=verdict)


def checked(
    tables: Tables, written: list[str], allergies: list[str] | None, facts: dict[str, bool]
) -> tuple[str, Checking]:
    """The verdict, and what the rules say."""
    checking = Checking(tables.severities)
    products = [tables.products[key] for key in sorted(set(written))]
    if len(products) < len(written):
        for product in products:
            if written.count(product.id) > 1:
                checking.say("repeated-product", product.id)
    checking.mixture(products)
    for product in products:
        checking.product(product)
    for a, b in combinations(products, 2):
        checking.pair(a, b)
    if allergies is None:
        checking.say("allergies-not-asked")
    for key in allergies or ():
        allergy = tables.allergies[key]
        if allergy.outside:
            checking.say("allergen-outside-mixture")
        for product in products:
            checking.allergy(product, allergy)
    checking.facts(products, facts)
    return verdict_of(checking.found, checking.open), checking
