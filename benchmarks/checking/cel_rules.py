"""The rules as CEL has them, for the two engines that read it.

CEL names no intermediate result and flattens no list. So `[x].map(p, ...)[0]` stands for a name,
and one expression gives what each rule says in nested lists, which the host puts together.
"""

from collections.abc import Mapping
from itertools import combinations
from typing import Any, Final

from checking.question import CONDITIONS, Found, Request

MIXTURE: Final = {
    "empty-mixture": "size(request.products) == 0 ? [true] : []",
    "too-many-products": "size(request.products) > 3 ? [true] : []",
    "compatibility-undocumented": "size(request.products) > 1 ? [true] : []",
    "allergies-not-asked": "request.asked ? [] : [true]",
    "allergen-outside-mixture": "request.allergies.exists(k, allergies[k].outside) ? [true] : []",
}
"""What is said of the whole: whether it is sure, for each time that a rule speaks."""

_EVERY_ONE: Final = "p.specialties.not_injectable == p.specialties.count"
PRODUCT: Final = {
    "repeated-product": "request.written.filter(w, w == p.id).size() > 1 ? [true] : []",
    "mixing-forbidden": "size(request.products) > 1 ? p.unmixable : []",
    "corticosteroid": "p.corticosteroids",
    "label-not-reviewed": "p.unreviewed ? [true] : []",
    "specialty-not-named": "p.specified ? [] : [true]",
    "not-injectable": f"p.specialties.not_injectable > 0 && ({_EVERY_ONE} || p.specified)"
    f" ? [{_EVERY_ONE} && p.specified] : []",
    "route-forbidden": "['intradermal', 'subcutaneous'].filter(r, p.specialties.forbidding[r] > 0)"
    ".map(r, p.specified && p.specialties.forbidding[r] == p.specialties.count)",
    "route-off-label": "p.specified && p.specialties.intradermal == 0 ? [true] : []",
    "no-longer-marketed": "p.specialties.count > 0 && p.specialties.marketed == 0 ? [true] : []",
}
"""The same of each product `p`."""

_NAMED: Final = "p.active.exists(s, s.id in a.reaches && a.reaches[s.id] == 'named')"
_REACHED: Final = "p.contents.exists(c, c.present && c.id in a.reaches)"
ALLERGY: Final = {
    "known-allergy": "p.contents.filter(c, c.id in a.reaches && a.reaches[c.id] != 'possible')"
    ".map(c, c.present && a.sure)",
    "possible-cross-allergy": f"{_NAMED} ? [] :"
    " p.contents.filter(c, c.id in a.reaches && a.reaches[c.id] == 'possible')"
    ".map(c, c.present && a.sure) + (a.culprit_unknown ?"
    " p.contents.filter(c, c.suspect && !(c.id in a.reaches)).map(c, false) : [])",
    "composition-unknown": f"p.complete || {_REACHED} ? [] : [true]",
}
"""The same of each product `p` and allergy `a`."""


PAIR: Final = {
    "repeated-substance": "a.active.filter(s, s.id in b.held).map(s, b.held[s.id])"
    " + b.active.filter(s, s.id in a.held).map(s, a.held[s.id])",
    "reported-harm": "a.harms.filter(h, h.other in b.held).map(h, h.present && b.held[h.other])"
    " + b.harms.filter(h, h.other in a.held).map(h, h.present && a.held[h.other])",
    "repeated-class": "a.active.exists(s, b.active.exists(o,"
    " s.id != o.id && s.classes.exists(g, g in o.classes))) ? [true] : []",
}
"""The same of two products."""

_FACT: Final = "c.condition in facts"


def _listed(rules: Mapping[str, str]) -> str:
    return ", ".join(f"({expression})" for expression in rules.values())


def _bound(name: str, value: str, inner: str) -> str:
    """`inner`, in which `name` stands for `value`."""
    return f"[{value}].map({name}, {inner})[0]"


_OF_ALLERGY: Final = _bound("a", "allergies[l]", f"[{_listed(ALLERGY)}]")
_OF_PRODUCT: Final = f"""[
    [{_listed(PRODUCT)}],
    request.allergies.map(l, {_OF_ALLERGY}),
    p.contraindications.filter(c, {_FACT} && facts[c.condition])
        .map(c, [c.severity, c.present]),
    p.contraindications.filter(c, !({_FACT})).map(c, c.condition)
]"""
_OF_PAIR: Final = _bound("a", "products[q[0]]", _bound("b", "products[q[1]]", f"[{_listed(PAIR)}]"))
_ALL: Final = f"""[
    [{_listed(MIXTURE)}],
    {[*CONDITIONS]}.filter(c, c in facts && facts[c]),
    {[*CONDITIONS]}.filter(c, !(c in facts)),
    request.products.map(k, {_bound("p", "products[k]", _OF_PRODUCT)}),
    request.pairs.map(q, {_OF_PAIR})
]"""
# The engines look a variable up wherever it is named, and a bound name costs less.
RULES: Final = _bound("request", "request", _bound("facts", "request.facts", _ALL))
"""All that the rules say, in nested lists."""


def asked(request: Request) -> dict[str, Any]:
    """The request as the expression takes it."""
    products = sorted(set(request["products"]))
    return {
        "written": request["products"],
        "products": products,
        "pairs": [list(pair) for pair in combinations(products, 2)],
        "asked": request["allergies"] is not None,
        "allergies": request["allergies"] or [],
        "facts": request["facts"],
    }


def collected(
    said: list[Any], request: dict[str, Any], severities: dict[str, str]
) -> tuple[list[Found], list[tuple[str, str]]]:
    """The findings and the open questions of what the expression gave."""
    whole, affirmed, unasked, products, pairs = said
    found: list[Found] = [(rule, (), True, severities[rule]) for rule in affirmed]
    left_open = [(condition, condition) for condition in unasked]

    def add(rules: Mapping[str, str], spoken: list[list[bool]], *of: str) -> None:
        for rule, flags in zip(rules, spoken, strict=True):
            for certain in flags:
                found.append((rule, of, certain, severities[rule]))

    add(MIXTURE, whole)
    for key, (alone, allergies, against, missing) in zip(
        request["products"], products, strict=True
    ):
        add(PRODUCT, alone, key)
        for spoken in allergies:
            add(ALLERGY, spoken, key)
        rule = "product-contraindicated"
        found += [(rule, (key,), certain, severity) for severity, certain in against]
        left_open += [(rule, condition) for condition in missing]
    for pair, spoken in zip(request["pairs"], pairs, strict=True):
        add(PAIR, spoken, *pair)
    return found, left_open
