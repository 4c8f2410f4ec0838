"""The rules in Rego, with the engine of rego-cpp: compiled once, the data loaded once."""

import json
from importlib.metadata import version

from regopy import Input, Interpreter

from checking.exported import Data
from checking.question import CONDITIONS, Answer, Case, answer_said

MODULE = """\
package mesomix

import rego.v1

products := {key: data.tables.products[key] | some key in input.products}

count_written(key) := count([1 | some written in input.products; written == key])

mixed if count(products) > 1

found contains ["empty-mixture", [], true] if count(products) == 0
found contains ["too-many-products", [], true] if count(products) > 3
found contains ["compatibility-undocumented", [], true] if mixed
found contains ["allergies-not-asked", [], true] if input.allergies == null

found contains ["repeated-product", [key], true] if {
    some key, _ in products
    count_written(key) > 1
}
found contains ["mixing-forbidden", [key], present] if {
    mixed
    some key, product in products
    some present in product.unmixable
}
found contains ["corticosteroid", [key], present] if {
    some key, product in products
    some present in product.corticosteroids
}
found contains ["label-not-reviewed", [key], true] if {
    some key, product in products
    product.unreviewed
}
found contains ["specialty-not-named", [key], true] if {
    some key, product in products
    not product.specified
}
found contains ["not-injectable", [key], true] if {
    some key, product in products
    product.specified
    every_one_is_not_injectable(product)
}
found contains ["not-injectable", [key], false] if {
    some key, product in products
    not product.specified
    every_one_is_not_injectable(product)
}
found contains ["not-injectable", [key], false] if {
    some key, product in products
    product.specified
    product.specialties.not_injectable > 0
    not every_one_is_not_injectable(product)
}
every_one_is_not_injectable(product) if {
    product.specialties.not_injectable > 0
    product.specialties.not_injectable == product.specialties.count
}
found contains ["route-forbidden", [key], everywhere(product, forbidding)] if {
    some key, product in products
    some forbidding in product.specialties.forbidding
    forbidding > 0
}
default everywhere(_, _) := false
everywhere(product, forbidding) if {
    product.specified
    forbidding == product.specialties.count
}
found contains ["route-off-label", [key], true] if {
    some key, product in products
    product.specified
    product.specialties.intradermal == 0
}
found contains ["no-longer-marketed", [key], true] if {
    some key, product in products
    product.specialties.count > 0
    product.specialties.marketed == 0
}

pairs contains [a, b] if {
    some a, _ in products
    some b, _ in products
    a < b
}
in_order(a, b) := [a, b] if a < b
in_order(a, b) := [b, a] if b < a

found contains ["repeated-substance", in_order(one, other), products[other].held[active.id]] if {
    some one, product in products
    some other, _ in products
    one != other
    some active in product.active
}
found contains ["reported-harm", in_order(one, other), both(harm.present, present)] if {
    some one, product in products
    some other, _ in products
    one != other
    some harm in product.harms
    present := products[other].held[harm.other]
}
default both(_, _) := false
both(a, b) if {
    a
    b
}
found contains ["repeated-class", pair, true] if {
    some pair in pairs
    some one in products[pair[0]].active
    some other in products[pair[1]].active
    one.id != other.id
    some group in one.classes
    group in other.classes
}

allergies := [data.tables.allergies[key] | some key in input.allergies]

found contains ["allergen-outside-mixture", [], true] if {
    some allergy in allergies
    allergy.outside
}
found contains ["known-allergy", [key], both(content.present, allergy.sure)] if {
    some allergy in allergies
    some key, product in products
    some content in product.contents
    allergy.reaches[content.id] in {"named", "stated"}
}
names_it(allergy, product) if {
    some active in product.active
    allergy.reaches[active.id] == "named"
}
found contains ["possible-cross-allergy", [key], both(content.present, allergy.sure)] if {
    some allergy in allergies
    some key, product in products
    not names_it(allergy, product)
    some content in product.contents
    allergy.reaches[content.id] == "possible"
}
found contains ["possible-cross-allergy", [key], false] if {
    some allergy in allergies
    allergy.culprit_unknown
    some key, product in products
    not names_it(allergy, product)
    some content in product.contents
    content.suspect
    not allergy.reaches[content.id]
}
surely_reached(allergy, product) if {
    some content in product.contents
    content.present
    allergy.reaches[content.id]
}
found contains ["composition-unknown", [key], true] if {
    some allergy in allergies
    some key, product in products
    not product.complete
    not surely_reached(allergy, product)
}

found contains [condition, [], true] if {
    some condition in data.tables.conditions
    input.facts[condition]
}
left_open contains [condition, condition] if {
    some condition in data.tables.conditions
    not condition in object.keys(input.facts)
}
against contains [key, one.condition, one.severity, one.present] if {
    some key, product in products
    some one in product.contraindications
    input.facts[one.condition]
}
left_open contains ["product-contraindicated", one.condition] if {
    some _, product in products
    some one in product.contraindications
    not one.condition in object.keys(input.facts)
}

default verdict := "no-objection"
verdict := "refuse" if refused
verdict := "review" if {
    not refused
    reviewed
}
refused if {
    some one in found
    one[2]
    data.tables.severities[one[0]] == "refuse"
}
refused if {
    some one in against
    one[2] == "refuse"
    one[3]
}
reviewed if count(left_open) > 0
reviewed if count(against) > 0
reviewed if {
    some one in found
    data.tables.severities[one[0]] != "note"
}

answer := {"verdict": verdict, "found": found, "against": against, "open": left_open}
"""


class Rego:
    """One query for the whole answer."""

    name = "Rego (regopy)"
    version = f"regopy {version('regopy')}"

    def __init__(self, data: Data) -> None:
        self._engine = Interpreter()
        self._engine.add_data({"tables": {**data, "conditions": CONDITIONS}})
        self._engine.add_module("mesomix", MODULE)
        self._compiled = self._engine.build(None, ["mesomix/answer"])

    def ask(self, case: Case) -> object:
        """The answer as Python reads it from the engine's JSON."""
        self._engine.set_input(Input(case.request))
        return json.loads(
            str(self._engine.query_bundle_entrypoint(self._compiled, "mesomix/answer"))
        )

    def answer(self, asked: object) -> Answer:
        """The common form."""
        assert isinstance(asked, dict)
        (said,) = asked["expressions"]
        return answer_said(said)
