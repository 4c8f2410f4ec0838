"""What two things of a request say together, for engines that see one element at a time.

They have no joins: the host brings the elements together, and what follows is left to their rules.
"""

from collections.abc import Mapping
from typing import TypedDict

from checking.exported import AllergyData, ProductData


class Held(TypedDict):
    """A content of a product beside an allergy."""

    how: str | None
    """How the allergy reaches it; None when it does not."""
    present: bool
    suspect: bool
    active: bool
    sure: bool
    """Whether the allergy was declared without a doubt."""


class OfAllergy(TypedDict):
    complete: bool
    culprit_unknown: bool
    contents: list[Held]


class Meeting(TypedDict):
    """Something of one product that another may hold; None when it does not."""

    here: bool
    there: bool | None


class Classes(TypedDict):
    """The active substances of two products, and how many classes they share."""

    same: bool
    shared: int


class OfPair(TypedDict):
    substances: list[Meeting]
    harms: list[Meeting]
    classes: list[Classes]


class OfFact(TypedDict):
    """A contraindication, with the answer; None when nobody asked."""

    condition: str
    severity: str
    present: bool
    answer: bool | None


def of_allergy(product: ProductData, allergy: AllergyData) -> OfAllergy:
    """A product beside an allergy."""
    reaches = allergy["reaches"]
    active = {one["id"] for one in product["active"]}
    return {
        "complete": product["complete"],
        "culprit_unknown": allergy["culprit_unknown"],
        "contents": [
            {
                "how": reaches.get(content["id"]),
                "present": content["present"],
                "suspect": content["suspect"],
                "active": content["id"] in active,
                "sure": allergy["sure"],
            }
            for content in product["contents"]
        ],
    }


def of_pair(a: ProductData, b: ProductData) -> OfPair:
    """Two products."""
    both = ((a, b["held"]), (b, a["held"]))
    return {
        "substances": [
            {"here": True, "there": held.get(active["id"])}
            for one, held in both
            for active in one["active"]
        ],
        "harms": [
            {"here": harm["present"], "there": held.get(harm["other"])}
            for one, held in both
            for harm in one["harms"]
        ],
        "classes": [
            {
                "same": one["id"] == other["id"],
                "shared": sum(group in other["classes"] for group in one["classes"]),
            }
            for one in a["active"]
            for other in b["active"]
        ],
    }


def of_facts(product: ProductData, facts: Mapping[str, bool]) -> list[OfFact]:
    """A product beside the answers."""
    return [
        {
            "condition": found["condition"],
            "severity": found["severity"],
            "present": found["present"],
            "answer": facts.get(found["condition"]),
        }
        for found in product["contraindications"]
    ]
