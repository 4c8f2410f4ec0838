"""The rules in business-rules: conditions and actions as JSON, over one thing at a time.

It knows no lists and no joins: the host brings one thing after the other before the rules.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from business_rules import run_all
from business_rules.actions import BaseActions, rule_action
from business_rules.fields import FIELD_TEXT
from business_rules.variables import (
    BaseVariables,
    boolean_rule_variable,
    numeric_rule_variable,
    string_rule_variable,
)

from checking.question import CONDITIONS, Found

Thing = Mapping[str, Any]
Rule = dict[str, Any]


def _variables(**kinds: Callable[..., Any]) -> Callable[[Thing], BaseVariables]:
    """A class of variables that are read from a thing."""

    def initialised(self: Any, values: Thing) -> None:
        self.values = values

    def read(self: Any, name: str) -> object:
        return self.values[name]

    namespace: dict[str, Any] = {"__init__": initialised}
    for name, kind in kinds.items():

        def variable(self: Any, name: str = name) -> object:
            return read(self, name)

        namespace[name] = kind()(variable)
    return type("Variables", (BaseVariables,), namespace)


_yes, _number, _text = boolean_rule_variable, numeric_rule_variable, string_rule_variable
WHOLE: Final = _variables(products=_number, asked=_yes, outside=_yes)
PRODUCT: Final = _variables(
    times=_number,
    unreviewed=_yes,
    specified=_yes,
    count=_number,
    not_injectable=_number,
    every_one=_yes,
    intradermal=_number,
    marketed=_number,
)
HOLDING: Final = _variables(kind=_text, mixed=_yes, present=_yes)
ROUTE: Final = _variables(forbidding=_number, everywhere=_yes, specified=_yes)
ALLERGY: Final = _variables(complete=_yes, reached=_yes)
REACH: Final = _variables(how=_text, sure=_yes, suspect=_yes, named=_yes, culprit_unknown=_yes)
MEETING: Final = _variables(kind=_text, sure=_yes)
CLASSES: Final = _variables(same=_yes, shared=_number)
FACT: Final = _variables(condition=_text, answered=_yes, yes=_yes)
AGAINST: Final = _variables(answered=_yes, yes=_yes, present=_yes)


def _is(name: str, value: bool = True) -> Rule:
    return {"name": name, "operator": "is_true" if value else "is_false", "value": ""}


def _text_is(name: str, value: str) -> Rule:
    return {"name": name, "operator": "equal_to", "value": value}


def _more(name: str, than: int) -> Rule:
    return {"name": name, "operator": "greater_than", "value": than}


def _equal(name: str, value: int) -> Rule:
    return {"name": name, "operator": "equal_to", "value": value}


def _when(rule: str, certain: bool, *conditions: Rule, does: str = "say") -> Rule:
    action = {"name": does, "params": {"rule": rule, "certain": certain}}
    return {"conditions": {"all": [*conditions]}, "actions": [action]}


def _either(rule: str, flag: str, *conditions: Rule, does: str = "say") -> list[Rule]:
    """The rule for what is sure, and the rule for what is not."""
    sure = _when(rule, True, _is(flag), *conditions, does=does)
    return [sure, _when(rule, False, _is(flag, value=False), *conditions, does=does)]


_ANY_HOW: Final = {"any": [_text_is("how", "named"), _text_is("how", "stated")]}
RULES: Final = {
    WHOLE: [
        _when("empty-mixture", True, _equal("products", 0)),
        _when("too-many-products", True, _more("products", 3)),
        _when("compatibility-undocumented", True, _more("products", 1)),
        _when("allergies-not-asked", True, _is("asked", value=False)),
        _when("allergen-outside-mixture", True, _is("outside")),
    ],
    PRODUCT: [
        _when("repeated-product", True, _more("times", 1)),
        _when("label-not-reviewed", True, _is("unreviewed")),
        _when("specialty-not-named", True, _is("specified", value=False)),
        *_either("not-injectable", "specified", _is("every_one")),
        _when(
            "not-injectable",
            False,
            _more("not_injectable", 0),
            _is("specified"),
            _is("every_one", value=False),
        ),
        _when("route-off-label", True, _is("specified"), _equal("intradermal", 0)),
        _when("no-longer-marketed", True, _more("count", 0), _equal("marketed", 0)),
    ],
    HOLDING: [
        *_either("corticosteroid", "present", _text_is("kind", "corticosteroid")),
        *_either("mixing-forbidden", "present", _text_is("kind", "unmixable"), _is("mixed")),
    ],
    ROUTE: [
        _when("route-forbidden", True, _more("forbidding", 0), _is("everywhere"), _is("specified")),
        _when(
            "route-forbidden",
            False,
            _more("forbidding", 0),
            {"any": [_is("everywhere", value=False), _is("specified", value=False)]},
        ),
    ],
    ALLERGY: [
        _when(
            "composition-unknown", True, _is("complete", value=False), _is("reached", value=False)
        )
    ],
    REACH: [
        *_either("known-allergy", "sure", _ANY_HOW),
        *_either(
            "possible-cross-allergy",
            "sure",
            _text_is("how", "possible"),
            _is("named", value=False),
        ),
        _when(
            "possible-cross-allergy",
            False,
            _is("culprit_unknown"),
            _is("suspect"),
            _text_is("how", "not"),
            _is("named", value=False),
        ),
    ],
    MEETING: [
        *_either("repeated-substance", "sure", _text_is("kind", "substances")),
        *_either("reported-harm", "sure", _text_is("kind", "harms")),
    ],
    CLASSES: [_when("repeated-class", True, _is("same", value=False), _more("shared", 0))],
    FACT: [
        *[_when(c, True, _text_is("condition", c), _is("yes")) for c in CONDITIONS],
        _when("", True, _is("answered", value=False), does="leave"),
    ],
    AGAINST: [
        *_either("product-contraindicated", "present", _is("yes")),
        _when("product-contraindicated", True, _is("answered", value=False), does="leave"),
    ],
}
"""By what they look at."""


class Collected(BaseActions):
    """What the rules say of the thing that they look at."""

    def __init__(self, severities: dict[str, str]) -> None:
        self.severities = severities
        self.found: list[Found] = []
        self.open: list[tuple[str, str]] = []
        self.products: tuple[str, ...] = ()
        self.condition = ""
        self.severity = ""

    def judge(self, scope: Callable[[Thing], BaseVariables], thing: Thing) -> None:
        """Let the rules of a scope look at a thing."""
        run_all(rule_list=RULES[scope], defined_variables=scope(thing), defined_actions=self)

    @rule_action(params={"rule": FIELD_TEXT, "certain": FIELD_TEXT})
    def say(self, rule: str, certain: bool) -> None:
        """A finding."""
        severity = self.severity or self.severities[rule]
        self.found.append((rule, self.products, certain, severity))

    @rule_action(params={"rule": FIELD_TEXT, "certain": FIELD_TEXT})
    def leave(self, rule: str, certain: bool) -> None:
        """A question that nobody asked."""
        assert certain
        self.open.append((rule or self.condition, self.condition))
