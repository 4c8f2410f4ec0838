"""The rules in CLIPS (clipspy): the data in working memory, a request asserted and retracted."""

from importlib.metadata import version
from itertools import combinations
from typing import Any, Final

import clips

from checking.exported import Data
from checking.question import CONDITIONS, Answer, Case, Found, Request, answer_of

TEMPLATES: Final = {
    "product": "id specified complete unreviewed count not-injectable intradermal marketed",
    "content": "product id present suspect",
    "active": "product id",
    "class": "product id group",
    "corticosteroid": "product present",
    "unmixable": "product present",
    "against": "product condition severity present",
    "harm": "product other present",
    "held": "product name present",
    "forbidding": "product count",
    "allergy": "id sure culprit-unknown outside",
    "reach": "allergy substance how",
    "question": "condition",
    "request": "products asked",
    "listed": "product",
    "repeated": "product",
    "pair": "one other",
    "declared": "allergy",
    "answered": "condition yes",
}
"""Each with its slots."""

RULES: Final = """
(defrule empty (request (products 0)) => (found empty-mixture TRUE))
(defrule many (request (products ?n&:(> ?n 3))) => (found too-many-products TRUE))
(defrule mixed (request (products ?n&:(> ?n 1))) => (found compatibility-undocumented TRUE))
(defrule unasked (request (asked FALSE)) => (found allergies-not-asked TRUE))
(defrule outside (request) (declared (allergy ?a)) (allergy (id ?a) (outside TRUE))
  => (found allergen-outside-mixture TRUE))
(defrule repeated (request) (repeated (product ?p)) => (found repeated-product TRUE ?p))
(defrule unmixable (request (products ?n&:(> ?n 1))) (listed (product ?p))
  (unmixable (product ?p) (present ?sure)) => (found mixing-forbidden ?sure ?p))
(defrule corticosteroid (request) (listed (product ?p))
  (corticosteroid (product ?p) (present ?sure)) => (found corticosteroid ?sure ?p))
(defrule unreviewed (request) (listed (product ?p)) (product (id ?p) (unreviewed TRUE))
  => (found label-not-reviewed TRUE ?p))
(defrule unspecified (request) (listed (product ?p)) (product (id ?p) (specified FALSE))
  => (found specialty-not-named TRUE ?p))
(defrule none-injectable (request) (listed (product ?p))
  (product (id ?p) (specified ?specified) (count ?n) (not-injectable ?n&:(> ?n 0)))
  => (found not-injectable ?specified ?p))
(defrule some-injectable (request) (listed (product ?p))
  (product (id ?p) (specified TRUE) (count ?all) (not-injectable ?n&:(> ?n 0)&~?all))
  => (found not-injectable FALSE ?p))
(defrule forbidden (request) (listed (product ?p))
  (product (id ?p) (specified ?specified) (count ?all)) (forbidding (product ?p) (count ?n))
  => (found route-forbidden (and ?specified (= ?n ?all)) ?p))
(defrule off-label (request) (listed (product ?p))
  (product (id ?p) (specified TRUE) (intradermal 0)) => (found route-off-label TRUE ?p))
(defrule unmarketed (request) (listed (product ?p))
  (product (id ?p) (count ~0) (marketed 0)) => (found no-longer-marketed TRUE ?p))

(defrule same-substance (request) (pair (one ?a) (other ?b)) (active (product ?a) (id ?s))
  (held (product ?b) (name ?s) (present ?sure)) => (found repeated-substance ?sure ?a ?b))
(defrule harm (request) (pair (one ?a) (other ?b)) (harm (product ?a) (other ?o) (present ?here))
  (held (product ?b) (name ?o) (present ?there))
  => (found reported-harm (and ?here ?there) ?a ?b))
(defrule same-class (request) (pair (one ?a) (other ?b)) (class (product ?a) (id ?s) (group ?g))
  (class (product ?b) (id ~?s) (group ?g)) => (found repeated-class TRUE ?a ?b))

(defrule known (request) (listed (product ?p)) (declared (allergy ?a)) (allergy (id ?a) (sure ?x))
  (content (product ?p) (id ?s) (present ?here))
  (reach (allergy ?a) (substance ?s) (how named | stated))
  => (found known-allergy (and ?here ?x) ?p))
(defrule possible (request) (listed (product ?p)) (declared (allergy ?a))
  (allergy (id ?a) (sure ?x)) (content (product ?p) (id ?s) (present ?here))
  (reach (allergy ?a) (substance ?s) (how possible))
  (not (and (active (product ?p) (id ?n)) (reach (allergy ?a) (substance ?n) (how named))))
  => (found possible-cross-allergy (and ?here ?x) ?p))
(defrule culprit (request) (listed (product ?p)) (declared (allergy ?a))
  (allergy (id ?a) (culprit-unknown TRUE)) (content (product ?p) (id ?s) (suspect TRUE))
  (not (reach (allergy ?a) (substance ?s)))
  (not (and (active (product ?p) (id ?n)) (reach (allergy ?a) (substance ?n) (how named))))
  => (found possible-cross-allergy FALSE ?p))
(defrule unread (request) (listed (product ?p)) (declared (allergy ?a))
  (product (id ?p) (complete FALSE))
  (not (and (content (product ?p) (id ?s) (present TRUE)) (reach (allergy ?a) (substance ?s))))
  => (found composition-unknown TRUE ?p))

(defrule affirmed (request) (answered (condition ?c) (yes TRUE)) (question (condition ?c))
  => (found ?c TRUE))
(defrule missing (request) (question (condition ?c)) (not (answered (condition ?c)))
  => (left-open ?c ?c))
(defrule against (request) (listed (product ?p)) (answered (condition ?c) (yes TRUE))
  (against (product ?p) (condition ?c) (severity ?bad) (present ?sure))
  => (found-against ?p ?bad ?sure))
(defrule against-missing (request) (listed (product ?p)) (against (product ?p) (condition ?c))
  (not (answered (condition ?c))) => (left-open product-contraindicated ?c))
"""
"""`request` comes last, and stands first: nothing is matched before all is there."""


def _rows(data: Data) -> list[tuple[str, tuple[object, ...]]]:
    """The facts of the data: a template, and its values in order."""
    rows: list[tuple[str, tuple[object, ...]]] = [("question", (c,)) for c in CONDITIONS]
    for key, p in data["products"].items():
        sold = p["specialties"]
        counts = (sold["count"], sold["not_injectable"], sold["intradermal"], sold["marketed"])
        rows.append(("product", (key, p["specified"], p["complete"], p["unreviewed"], *counts)))
        rows += [("content", (key, c["id"], c["present"], c["suspect"])) for c in p["contents"]]
        rows += [("active", (key, s["id"])) for s in p["active"]]
        rows += [("class", (key, s["id"], group)) for s in p["active"] for group in s["classes"]]
        rows += [("corticosteroid", (key, sure)) for sure in p["corticosteroids"]]
        rows += [("unmixable", (key, sure)) for sure in p["unmixable"]]
        rows += [
            ("against", (key, c["condition"], c["severity"], c["present"]))
            for c in p["contraindications"]
        ]
        rows += [("harm", (key, harm["other"], harm["present"])) for harm in p["harms"]]
        rows += [("held", (key, name, sure)) for name, sure in p["held"].items()]
        rows += [("forbidding", (key, count)) for count in sold["forbidding"].values() if count]
    for key, a in data["allergies"].items():
        rows.append(("allergy", (key, a["sure"], a["culprit_unknown"], a["outside"])))
        rows += [("reach", (key, substance, how)) for substance, how in a["reaches"].items()]
    return rows


def _asked(request: Request) -> list[tuple[str, tuple[object, ...]]]:
    """The facts of a request, of which `request` is the last."""
    products = sorted(set(request["products"]))
    rows: list[tuple[str, tuple[object, ...]]] = [("listed", (key,)) for key in products]
    if len(products) < len(request["products"]):
        rows += [("repeated", (p,)) for p in products if request["products"].count(p) > 1]
    for a, b in combinations(products, 2):
        rows += [("pair", (a, b)), ("pair", (b, a))]
    rows += [("declared", (key,)) for key in request["allergies"] or ()]
    rows += [("answered", answer) for answer in request["facts"].items()]
    rows.append(("request", (len(products), request["allergies"] is not None)))
    return rows


class Clips:
    """The engine with its working memory. Rules call back what they find."""

    name = "CLIPS (clipspy)"
    version = f"clipspy {version('clipspy')}"

    def __init__(self, data: Data) -> None:
        self._severities = data["severities"]
        self._found: list[Found] = []
        self._open: list[tuple[str, str]] = []
        self._engine = clips.Environment()
        for function, name in (
            (self._say, "found"),
            (self._say_against, "found-against"),
            (self._leave, "left-open"),
        ):
            self._engine.define_function(function, name=name)
        for name, slots in TEMPLATES.items():
            listed = " ".join(f"(slot {slot})" for slot in slots.split())
            self._engine.build(f"(deftemplate {name} {listed})")
        self._templates = {name: self._engine.find_template(name) for name in TEMPLATES}
        for construct in RULES.split("(defrule ")[1:]:
            self._engine.build(f"(defrule {construct}")
        for row in _rows(data):
            self._assert(row)

    def _assert(self, row: tuple[str, tuple[object, ...]]) -> Any:
        name, values = row
        slots = dict(zip(SLOTS[name], map(_value, values), strict=True))
        return self._templates[name].assert_fact(**slots)

    def _say(self, rule: str, certain: str, *products: str) -> None:
        self._found.append(
            (rule, tuple(sorted(products)), certain == "TRUE", self._severities[rule])
        )

    def _say_against(self, product: str, severity: str, certain: str) -> None:
        self._found.append(("product-contraindicated", (product,), certain == "TRUE", severity))

    def _leave(self, rule: str, condition: str) -> None:
        self._open.append((rule, condition))

    def ask(self, case: Case) -> tuple[list[Found], list[tuple[str, str]]]:
        """The findings, and what is open."""
        self._found = list[Found]()
        self._open = list[tuple[str, str]]()
        facts = [self._assert(row) for row in _asked(case.request)]
        self._engine.run()
        for fact in reversed(facts):
            fact.retract()
        return self._found, self._open

    def answer(self, asked: object) -> Answer:
        """The common form."""
        assert isinstance(asked, tuple)
        return answer_of(*asked)


SLOTS: Final = {name: slots.split() for name, slots in TEMPLATES.items()}


def _value(value: object) -> object:
    """A Python value as CLIPS has it: a text that is a name becomes a symbol."""
    return clips.Symbol(value) if isinstance(value, str) else value
