"""The rules in JSON Logic, with json-logic-qubit.

JSON Logic reads one document, and within a list one element: the host makes the documents.
"""

from importlib.metadata import version
from itertools import combinations
from typing import Any, Final

from json_logic import jsonLogic

from checking.exported import Data
from checking.joined import of_allergy, of_facts, of_pair
from checking.question import CONDITIONS, Answer, Case, Found, answer_of

Logic = dict[str, Any]


def _var(path: str) -> Logic:
    return {"var": path}


_NONE: Final = list[bool]()
"""No finding."""


def _when(condition: Logic) -> Logic:
    """One sure finding, or none."""
    return {"if": [condition, [True], _NONE]}


def _unless(condition: Logic) -> Logic:
    return {"if": [condition, _NONE, [True]]}


def _where(listed: str, condition: Logic, value: object) -> Logic:
    """A value for each element of a list of which something holds."""
    return {"map": [{"filter": [_var(listed), condition]}, value]}


def _is(path: str, value: object) -> Logic:
    return {"===": [_var(path), value]}


def _more(path: str, than: int) -> Logic:
    return {">": [_var(path), than]}


def _all(*conditions: Logic) -> Logic:
    return {"and": [*conditions]}


WHOLE: Final = {
    "empty-mixture": _when(_is("products", 0)),
    "too-many-products": _when(_more("products", 3)),
    "compatibility-undocumented": _when(_more("products", 1)),
    "allergies-not-asked": _unless(_var("asked")),
    "allergen-outside-mixture": _when({"some": [_var("allergies"), _var("outside")]}),
}
_EVERY_ONE: Final = {"===": [_var("specialties.not_injectable"), _var("specialties.count")]}


def _forbidden(route: str) -> Logic:
    forbidding = _var(f"specialties.forbidding.{route}")
    everywhere = {"===": [forbidding, _var("specialties.count")]}
    return {"if": [{">": [forbidding, 0]}, [_all(_var("specified"), everywhere)], _NONE]}


PRODUCT: Final = {
    "repeated-product": _when(_more("times", 1)),
    "mixing-forbidden": {"if": [_more("products", 1), _var("unmixable"), _NONE]},
    "corticosteroid": _var("corticosteroids"),
    "label-not-reviewed": _when(_var("unreviewed")),
    "specialty-not-named": _unless(_var("specified")),
    "not-injectable": {
        "if": [
            _all(_more("specialties.not_injectable", 0), {"or": [_EVERY_ONE, _var("specified")]}),
            [_all(_EVERY_ONE, _var("specified"))],
            _NONE,
        ]
    },
    "route-forbidden": {"merge": [_forbidden("intradermal"), _forbidden("subcutaneous")]},
    "route-off-label": _when(_all(_var("specified"), _is("specialties.intradermal", 0))),
    "no-longer-marketed": _when(
        _all(_more("specialties.count", 0), _is("specialties.marketed", 0))
    ),
}
_SURE: Final = _all(_var("present"), _var("sure"))
ALLERGY: Final = {
    "known-allergy": _where("contents", {"in": [_var("how"), ["named", "stated"]]}, _SURE),
    "possible-cross-allergy": {
        "if": [
            {"some": [_var("contents"), _all(_is("how", "named"), _var("active"))]},
            _NONE,
            {
                "merge": [
                    _where("contents", _is("how", "possible"), _SURE),
                    {
                        "if": [
                            _var("culprit_unknown"),
                            _where("contents", _all(_var("suspect"), _is("how", None)), False),
                            _NONE,
                        ]
                    },
                ]
            },
        ]
    },
    "composition-unknown": _unless(
        {
            "or": [
                _var("complete"),
                {"some": [_var("contents"), _all(_var("present"), _var("how"))]},
            ]
        }
    ),
}
_MET: Final = {"!==": [_var("there"), None]}
PAIR: Final = {
    "repeated-substance": _where("substances", _MET, _var("there")),
    "reported-harm": _where("harms", _MET, _all(_var("here"), _var("there"))),
    "repeated-class": _when(
        {"some": [_var("classes"), _all({"!": [_var("same")]}, _more("shared", 0))]}
    ),
}
AFFIRMED: Final = {condition: _when(_is(condition, True)) for condition in CONDITIONS}
UNASKED: Final = {"missing": [*CONDITIONS]}
AGAINST: Final = {"filter": [_var(""), _is("answer", True)]}
AGAINST_UNASKED: Final = {"filter": [_var(""), _is("answer", None)]}


class JsonLogic:
    """One expression for each rule."""

    name = "JSON Logic (json-logic-qubit)"
    version = f"json-logic-qubit {version('json-logic-qubit')}"

    def __init__(self, data: Data) -> None:
        self._data = data

    def ask(self, case: Case) -> tuple[list[Found], list[tuple[str, str]]]:
        """The findings, and what is open."""
        data, request = self._data, case.request
        listed = sorted(set(request["products"]))
        products = [data["products"][key] for key in listed]
        allergies = [data["allergies"][key] for key in request["allergies"] or ()]
        facts = request["facts"]
        asked = request["allergies"] is not None
        found: list[Found] = []
        whole = {"products": len(listed), "asked": asked, "allergies": allergies}
        self._add(found, WHOLE, whole)
        self._add(found, AFFIRMED, facts)
        left_open = [(condition, condition) for condition in jsonLogic(UNASKED, facts)]
        rule = "product-contraindicated"
        for key, product in zip(listed, products, strict=True):
            times = request["products"].count(key)
            self._add(found, PRODUCT, {**product, "products": len(listed), "times": times}, key)
            for allergy in allergies:
                self._add(found, ALLERGY, of_allergy(product, allergy), key)
            against = of_facts(product, facts)
            found += [
                (rule, (key,), one["present"], one["severity"])
                for one in jsonLogic(AGAINST, against)
            ]
            missing = jsonLogic(AGAINST_UNASKED, against)
            left_open += [(rule, one["condition"]) for one in missing]
        for a, b in combinations(products, 2):
            self._add(found, PAIR, of_pair(a, b), a["id"], b["id"])
        return found, left_open

    def _add(self, found: list[Found], rules: dict[str, Logic], document: object, *of: str) -> None:
        """Add what the rules say of a document."""
        for rule, logic in rules.items():
            severity = self._data["severities"][rule]
            found += [(rule, of, certain, severity) for certain in jsonLogic(logic, document)]

    def answer(self, asked: object) -> Answer:
        """The common form."""
        assert isinstance(asked, tuple)
        return answer_of(*asked)
