"""The rules in the expression language of zen-engine: Rust, compiled once.

It keeps no data between two evaluations, so the host puts the products and allergies of a request
into it, as JSON that was written beforehand: quicker than to convert dictionaries.
"""

import json
from importlib.metadata import version
from itertools import combinations
from typing import Any, Final

from zen import compile_expression

from checking.exported import Data
from checking.question import CONDITIONS, Answer, Case, Found, answer_of

_WHOLE: Final = {
    "empty-mixture": "len(products) == 0",
    "too-many-products": "len(products) > 3",
    "compatibility-undocumented": "len(products) > 1",
    "allergies-not-asked": "not asked",
    "allergen-outside-mixture": "some(allergies as a, a.outside)",
}
"""When each rule speaks of the whole, of which it is sure."""
_PRODUCT: Final = {
    "repeated-product": "count(written as w, w == p.id) > 1",
    "label-not-reviewed": "p.unreviewed",
    "specialty-not-named": "not p.specified",
    "route-off-label": "p.specified and p.specialties.intradermal == 0",
    "no-longer-marketed": "p.specialties.count > 0 and p.specialties.marketed == 0",
}
"""The same of each product `p`."""
_EVERY_ONE: Final = "p.specialties.not_injectable == p.specialties.count"
_FORBIDDING: Final = "filter(values(p.specialties.forbidding) as n, n > 0)"
_DOUBTFUL: Final = {
    "mixing-forbidden": "len(products) > 1 ? p.unmixable : []",
    "corticosteroid": "p.corticosteroids",
    "not-injectable": f"p.specialties.not_injectable > 0 and ({_EVERY_ONE} or p.specified)"
    f" ? [{_EVERY_ONE} and p.specified] : []",
    "route-forbidden": f"map({_FORBIDDING} as n, p.specified and n == p.specialties.count)",
}
"""Of each product `p`, whether it is sure, for each time that a rule speaks."""
_NAMED: Final = "some(p.active as s, a.reaches[s.id] == 'named')"
_REACHED: Final = "some(p.contents as c, c.present and a.reaches[c.id] != null)"
_KNOWN: Final = "filter(p.contents as c, a.reaches[c.id] == 'named' or a.reaches[c.id] == 'stated')"
_POSSIBLE: Final = "filter(p.contents as c, a.reaches[c.id] == 'possible')"
_SUSPECT: Final = "filter(p.contents as c, c.suspect and a.reaches[c.id] == null)"
_ALLERGY: Final = {
    "known-allergy": f"map({_KNOWN} as c, c.present and a.sure)",
    "possible-cross-allergy": f"{_NAMED} ? [] : flatten(["
    f"map({_POSSIBLE} as c, c.present and a.sure),"
    f" a.culprit_unknown ? map({_SUSPECT} as c, false) : []])",
    "composition-unknown": f"p.complete or {_REACHED} ? [] : [true]",
}
"""Of each product `p` and allergy `a`."""
_PAIR: Final = {
    "repeated-substance": "flatten(["
    "map(filter(q[0].active as s, q[1].held[s.id] != null) as s, q[1].held[s.id]),"
    "map(filter(q[1].active as s, q[0].held[s.id] != null) as s, q[0].held[s.id])])",
    "reported-harm": "flatten(["
    "map(filter(q[0].harms as h, q[1].held[h.other] != null) as h,"
    " h.present and q[1].held[h.other]),"
    "map(filter(q[1].harms as h, q[0].held[h.other] != null) as h,"
    " h.present and q[0].held[h.other])])",
    "repeated-class": "some(q[0].active as s, some(q[1].active as o,"
    " s.id != o.id and some(s.classes as g, g in o.classes))) ? [true] : []",
}
"""Of each pair `q` of products."""


def _sure(rules: dict[str, str], of: str) -> str:
    return ", ".join(f"{said} ? [['{rule}', {of}, true]] : []" for rule, said in rules.items())


def _each(rules: dict[str, str], of: str) -> str:
    return ", ".join(f"map({said} as f, ['{rule}', {of}, f])" for rule, said in rules.items())


_RULES: Final = f"""{{
    found: flatten([
        {_sure(_WHOLE, "[]")},
        map(filter({[*CONDITIONS]} as k, facts[k] == true) as k, [k, [], true]),
        flatMap(products as p, flatten([{_sure(_PRODUCT, "[p.id]")}, {_each(_DOUBTFUL, "[p.id]")},
            flatMap(allergies as a, flatten([{_each(_ALLERGY, "[p.id]")}]))])),
        flatMap(pairs as i, flatMap([[products[i[0]], products[i[1]]]] as q,
            flatten([{_each(_PAIR, "[q[0].id, q[1].id]")}])))
    ]),
    against: flatMap(products as p, map(filter(p.contraindications as c,
        facts[c.condition] == true) as c, [p.id, c.severity, c.present])),
    open: flatten([map(filter({[*CONDITIONS]} as k, facts[k] == null) as k, [k, k]),
        flatMap(products as p, map(filter(p.contraindications as c, facts[c.condition] == null)
            as c, ['product-contraindicated', c.condition]))])
}}"""


class Zen:
    """One expression for all that the rules say."""

    name = "zen-engine"
    version = f"zen-engine {version('zen-engine')}"

    def __init__(self, data: Data) -> None:
        self._severities = data["severities"]
        self._products = {key: json.dumps(one) for key, one in data["products"].items()}
        self._allergies = {key: json.dumps(one) for key, one in data["allergies"].items()}
        self._expression = compile_expression(_RULES)

    def ask(self, case: Case) -> dict[str, Any]:
        """The findings, and what is open."""
        request = case.request
        products = sorted(set(request["products"]))
        rest = {
            "written": request["products"],
            "asked": request["allergies"] is not None,
            "facts": request["facts"],
            "pairs": [*combinations(range(len(products)), 2)],
        }
        listed = ",".join([self._products[key] for key in products])
        allergies = ",".join([self._allergies[key] for key in request["allergies"] or ()])
        context = f'{{"products":[{listed}],"allergies":[{allergies}],{json.dumps(rest)[1:]}'
        said: dict[str, Any] = self._expression.evaluate(context)
        return said

    def answer(self, asked: object) -> Answer:
        """The common form."""
        assert isinstance(asked, dict)
        found: list[Found] = [
            (rule, tuple(of), certain, self._severities[rule])
            for rule, of, certain in asked["found"]
        ]
        found += [
            ("product-contraindicated", (key,), certain, severity)
            for key, severity, certain in asked["against"]
        ]
        return answer_of(found, [(rule, condition) for rule, condition in asked["open"]])
