"""The rules in business-rules: one thing of a request after the other before its rules."""

from importlib.metadata import version
from itertools import combinations

from checking.business_conditions import (
    AGAINST,
    ALLERGY,
    CLASSES,
    FACT,
    HOLDING,
    MEETING,
    PRODUCT,
    REACH,
    ROUTE,
    WHOLE,
    Collected,
)
from checking.exported import AllergyData, Data, ProductData
from checking.joined import of_allergy, of_facts, of_pair
from checking.question import CONDITIONS, Answer, Case, answer_of


class BusinessRules:
    """The rules of each scope for each thing of it."""

    name = "business-rules"
    version = f"business-rules {version('business-rules')}"

    def __init__(self, data: Data) -> None:
        self._data = data

    def ask(self, case: Case) -> Collected:
        """What the rules collected."""
        request, data = case.request, self._data
        said = Collected(data["severities"])
        products = [data["products"][key] for key in sorted(set(request["products"]))]
        allergies = [data["allergies"][key] for key in request["allergies"] or ()]
        outside = any(allergy["outside"] for allergy in allergies)
        asked = request["allergies"] is not None
        said.judge(WHOLE, {"products": len(products), "asked": asked, "outside": outside})
        _facts(said, request["facts"])
        for product in products:
            said.products = (product["id"],)
            mixed = len(products) > 1
            _product(said, product, request["products"].count(product["id"]), mixed=mixed)
            for allergy in allergies:
                _allergy(said, product, allergy)
            _against(said, product, request["facts"])
        for a, b in combinations(products, 2):
            said.products = (a["id"], b["id"])
            _pair(said, a, b)
        return said

    def answer(self, asked: object) -> Answer:
        """The common form."""
        assert isinstance(asked, Collected)
        return answer_of(asked.found, asked.open)


def _facts(said: Collected, facts: dict[str, bool]) -> None:
    for condition in CONDITIONS:
        said.condition = condition
        answer = facts.get(condition)
        said.judge(
            FACT, {"condition": condition, "answered": answer is not None, "yes": bool(answer)}
        )


def _product(said: Collected, product: ProductData, times: int, *, mixed: bool) -> None:
    sold = product["specialties"]
    every_one = sold["not_injectable"] > 0 and sold["not_injectable"] == sold["count"]
    said.judge(PRODUCT, {**product, **sold, "times": times, "every_one": every_one})
    for kind, flags in (
        ("corticosteroid", product["corticosteroids"]),
        ("unmixable", product["unmixable"]),
    ):
        for present in flags:
            said.judge(HOLDING, {"kind": kind, "present": present, "mixed": mixed})
    for forbidding in sold["forbidding"].values():
        everywhere = forbidding == sold["count"]
        said.judge(
            ROUTE,
            {
                "forbidding": forbidding,
                "everywhere": everywhere,
                "specified": product["specified"],
            },
        )


def _allergy(said: Collected, product: ProductData, allergy: AllergyData) -> None:
    found = of_allergy(product, allergy)
    contents = found["contents"]
    reached = any(content["present"] and content["how"] for content in contents)
    named = any(content["active"] and content["how"] == "named" for content in contents)
    said.judge(ALLERGY, {"complete": found["complete"], "reached": reached})
    for content in contents:
        said.judge(
            REACH,
            {
                "how": content["how"] or "not",
                "sure": content["present"] and content["sure"],
                "suspect": content["suspect"],
                "named": named,
                "culprit_unknown": found["culprit_unknown"],
            },
        )


def _against(said: Collected, product: ProductData, facts: dict[str, bool]) -> None:
    for found in of_facts(product, facts):
        said.condition, said.severity = found["condition"], found["severity"]
        answer = found["answer"]
        thing = {"answered": answer is not None, "yes": bool(answer), "present": found["present"]}
        said.judge(AGAINST, thing)
    said.severity = ""


def _pair(said: Collected, a: ProductData, b: ProductData) -> None:
    met = of_pair(a, b)
    for kind, meetings in (("substances", met["substances"]), ("harms", met["harms"])):
        for meeting in meetings:
            if meeting["there"] is not None:
                said.judge(MEETING, {"kind": kind, "sure": meeting["here"] and meeting["there"]})
    for classes in met["classes"]:
        said.judge(CLASSES, {**classes})
