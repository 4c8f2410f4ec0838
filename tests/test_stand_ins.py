"""What is said beside a stand-in is said of the thing itself, whatever a rule looks at."""

import importlib.util
from collections.abc import Callable, Mapping
from functools import partial
from itertools import combinations
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planes_law import BOOKS, FORMULARY
from random_formularies import (
    EXCIPIENTS,
    GROUPS,
    SUBSTANCES,
    Drawn,
    any_products,
    formularies,
    rulebooks,
)
from random_formularies import PRODUCTS as DRAWN

import mesomix
from mesomix import meeting, stand_ins
from mesomix.meeting import BesideAllergies, MeetingPairs, in_order
from mesomix.planes import Planes
from mesomix.rule import Scope

PRODUCTS: Final = [
    *FORMULARY.products.values(),
    *FORMULARY.specialties.values(),
    *FORMULARY.mixture("Voltarène", "Kenacort", "kétoprofène", "bupivacaïne").products,
]
_NAMES: Final = [
    *[one.name.fr for one in FORMULARY.substances.values()],
    *[group.name.fr for group in FORMULARY.edition.groups.values()],
    *[one.name.fr for one in FORMULARY.specialties.values()],
]
ALLERGIES: Final = [
    *{
        allergy: None
        for name in _NAMES
        for written in (name, f"{name} ?")
        for allergy in FORMULARY.patient(allergies=[written]).recognised
    }
]
WRITTEN: Final = [
    *[f"{name}{doubt}" for name in (*SUBSTANCES, *EXCIPIENTS, *GROUPS) for doubt in ("", " ?")],
    *[f"{product}-s{number}" for product in DRAWN for number in (0, 1)],
]
_CITES: Final = [mesomix.Citation("house-rules", "H1", "Une liste vide n'est pas une réponse.")]


def _by_name(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
    """A name."""
    if "a" in allergy.name.fr:
        yield mesomix.flag()


def _by_id(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
    """An id, where it can be had at all."""
    try:
        known = allergy.id == "sulfite"
    except Exception:
        known = False
    if known or not product.specified:
        yield mesomix.unsure()


def _by_number(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
    """Many substances."""
    if len(allergy.reaches) > len(product.contents):
        yield mesomix.flag()


def _by_number_if_any(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
    """Many substances, where they can be counted."""
    try:
        many = len(allergy.reaches)
    except TypeError:
        many = 0
    if many > 1:
        yield mesomix.flag()


def _by_truth(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
    """Any substance."""
    if allergy.reaches:
        yield mesomix.flag()


def _one_by_one(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
    """A substance that is reached."""
    if any(key.startswith("p") for key in allergy.reaches):
        yield mesomix.flag()


def _by_keys(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
    """A substance that is reached, by all at once."""
    if not allergy.reaches.keys() & {substance.id for substance, _ in product.contents}:
        yield mesomix.flag()


def _by_index(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
    """A substance that is not reached."""
    for substance in product.substances:
        try:
            reach = allergy.reaches[substance.id]
        except KeyError:
            yield mesomix.unsure()
        else:
            yield mesomix.flag(severity=None if reach.stated else mesomix.Severity.REFUSE)


def _by_pattern(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
    """A substance that is reached, by its name."""
    match allergy.reaches:
        case {"lidocaine": _}:
            yield mesomix.flag()
        case _:
            yield mesomix.unsure()


def _by_class(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
    """A kind of object."""
    if isinstance(allergy, mesomix.Allergy) and isinstance(allergy.reaches, dict):
        yield mesomix.flag()


def _by_mapping(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
    """A mapping."""
    if isinstance(allergy.reaches, Mapping) and "lidocaine" in allergy.reaches:
        yield mesomix.flag()


def _by_doubt(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
    """A doubt."""
    if allergy.doubtful and not allergy.outside_composition:
        yield mesomix.unsure()


def _by_state(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
    """A state."""
    if allergy.state.value == "recognised" and allergy.outside_composition:
        yield mesomix.flag()


def _one_of_ours(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
    """An allergy of a list, and one as it is written."""
    if allergy in ALLERGIES[::3] or "latex" in repr(allergy):
        yield mesomix.flag()


def _one_of_a_set(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
    """An allergy of a set."""
    if allergy in {*ALLERGIES[::3]}:
        yield mesomix.flag()


def _copied(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
    """What is reached, and more."""
    if len({**allergy.reaches, "x": None}) > 2:
        yield mesomix.flag()


def _as_written(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
    """An allergy as it is written out."""
    if "latex" in repr(allergy):
        yield mesomix.flag()


def _united(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
    """What is reached, united with more."""
    reaches: Any = allergy.reaches  # what a mapping has no type for
    if len({"x": None} | reaches) > 2 or len(reaches | {"x": None}) > 2:
        yield mesomix.flag()


ABOUT_ALLERGIES: Final = [
    *[_by_name, _by_id, _by_number, _by_truth, _one_by_one, _by_keys, _by_index, _by_pattern],
    *[_by_class, _by_mapping, _by_doubt, _by_state, _one_of_ours, _copied],
    *[_by_number_if_any, _one_of_a_set, _as_written, _united],
]
CONTENT: Final = {_by_keys, _by_index, _by_doubt, _by_state}
"""Those that look at nothing that a stand-in does not have."""


def _classes_in_order(a: mesomix.Product, b: mesomix.Product) -> mesomix.Flags:
    """Two products, of which the first has more classes."""
    first, second = (
        sum(len(substance.repeated_groups) for substance in product.substances)
        for product in (a, b)
    )
    if first > second:
        yield mesomix.flag()


def _one_substance(a: mesomix.Product, b: mesomix.Product) -> mesomix.Flags:
    """One substance in both."""
    if any(one is other for one in a.substances for other in b.substances):
        yield mesomix.flag()


def _as_many(a: mesomix.Product, b: mesomix.Product) -> mesomix.Flags:
    """As many substances."""
    if len(a.substances) == len(b.substances):
        yield mesomix.unsure()


def _one_class(a: mesomix.Product, b: mesomix.Product) -> mesomix.Flags:
    """One class and another name."""
    for one in a.substances:
        for other in b.substances:
            if {*one.repeated_groups} & {*other.repeated_groups} and one.id < other.id:
                yield mesomix.flag()


def _equal(a: mesomix.Product, b: mesomix.Product) -> mesomix.Flags:
    """One substance, by a set."""
    if {*a.substances} & {*b.substances} or a == b:
        yield mesomix.flag()


def _held(a: mesomix.Product, b: mesomix.Product) -> mesomix.Flags:
    """Much in both, if that can be had."""
    if len(getattr(a, "contents", ())) > 2 < len(getattr(b, "contents", ())):
        yield mesomix.flag()


def _classes(product: mesomix.Product) -> list[str]:
    return [group.id for one in product.substances for group in one.repeated_groups]


ABOUT_PAIRS: Final = [_classes_in_order, _one_substance, _as_many, _one_class, _equal, _held]


def _planes(*functions: Callable[..., mesomix.Flags]) -> Planes:
    rules = [
        mesomix.rule(mesomix.Severity.REVIEW, fr="x", en="x", cites=_CITES)(function)
        for function in functions
    ]
    return Planes(mesomix.Rulebook(rules), FORMULARY.edition)


PLANES: Final = {
    **{name: Planes(book, FORMULARY.edition) for name, book in BOOKS.items()},
    **{one.__name__: _planes(one) for one in (*ABOUT_ALLERGIES, *ABOUT_PAIRS)},
    "all": _planes(*ABOUT_ALLERGIES, *ABOUT_PAIRS),
    "content": _planes(*CONTENT),
}


def said_beside(
    planes: Planes, allergy: mesomix.Allergy, products: list[mesomix.Product] = PRODUCTS
) -> dict[int, int]:
    """By definition: each product is asked about."""
    words = {i: planes.product_allergy(one, allergy) for i, one in enumerate(products)}
    return {position: word for position, word in words.items() if word}


def said_of_pairs(
    planes: Planes, products: list[mesomix.Product], since: int
) -> dict[tuple[int, int], int]:
    """By definition: each pair is asked about."""
    pairs = [(i, j) for i, j in combinations(range(len(products)), 2) if j >= since]
    words = {(i, j): planes.pair(products[i], products[j]) for i, j in pairs}
    return {pair: word for pair, word in words.items() if word}


@pytest.mark.parametrize("name", PLANES)
def test_beside_every_allergy_is_said_what_is_said_of_each_product(name: str) -> None:
    planes = PLANES[name]
    allergies = [*ALLERGIES]
    beside = planes.beside_allergies(PRODUCTS)
    Random(name).shuffle(allergies)  # noqa: S311 (the first of a kind is another one each time)
    for allergy in allergies:
        assert beside.words(allergy) == said_beside(planes, allergy)


@given(order=st.permutations(ALLERGIES), name=st.sampled_from([*PLANES]))
def test_in_whatever_order_they_come(order: list[mesomix.Allergy], name: str) -> None:
    beside = PLANES[name].beside_allergies(PRODUCTS)
    for allergy in order[:5]:
        assert beside.words(allergy) == said_beside(PLANES[name], allergy)


def test_most_products_are_asked_about_once() -> None:
    asked: list[object] = []

    def ask(product: mesomix.Product, allergy: mesomix.Allergy) -> int:
        asked.append(product)
        return PLANES["shipped"].product_allergy(product, allergy)

    beside = BesideAllergies(ask, PRODUCTS)
    for allergy in ALLERGIES:
        assert beside.words(allergy) == said_beside(PLANES["shipped"], allergy)
    kinds = {allergy.culprit_unknown for allergy in ALLERGIES}
    reached = [
        product
        for allergy in ALLERGIES
        for product in PRODUCTS
        if any(substance.id in allergy.reaches for substance, _ in product.contents)
    ]
    assert len(asked) == len(kinds) * len(PRODUCTS) + len(reached)


@pytest.mark.parametrize("function", ABOUT_ALLERGIES)
def test_who_looks_closer_is_asked_about_each(function: Callable[..., mesomix.Flags]) -> None:
    latex = FORMULARY.patient(allergies=["latex"]).recognised[0]  # which is in no product
    asked: list[mesomix.Product] = []

    def ask(product: mesomix.Product, allergy: mesomix.Allergy) -> int:
        asked.extend([product] if allergy is latex else [])
        return PLANES[function.__name__].product_allergy(product, allergy)

    BesideAllergies(ask, PRODUCTS).words(latex)
    assert asked == ([] if function in CONTENT else PRODUCTS)


@given(
    products=st.lists(st.sampled_from(PRODUCTS), unique=True, max_size=12),
    since=st.integers(0, 12),
    name=st.sampled_from([*PLANES]),
)
def test_of_pairs_is_said_what_is_said_of_each(
    products: list[mesomix.Product], since: int, name: str
) -> None:
    planes = Planes(PLANES[name].rulebook, FORMULARY.edition)
    assert planes.pairs(products[:6]) == said_of_pairs(planes, products[:6], 0)
    assert planes.pairs(products, since) == said_of_pairs(planes, products, since)
    assert planes.pairs(products[::-1]) == said_of_pairs(planes, products[::-1], 0)


@given(drawn=formularies(), rules=rulebooks(), texts=st.lists(st.sampled_from(WRITTEN), max_size=5))
def test_and_with_any_data(drawn: Drawn, rules: mesomix.Rulebook, texts: list[str]) -> None:
    formulary = drawn.load()
    planes = Planes(rules, formulary.edition)
    products = any_products(formulary)
    assert planes.pairs(products) == said_of_pairs(planes, products, 0)
    beside = planes.beside_allergies(products)
    for allergy in formulary.patient(allergies=texts).recognised:
        assert beside.words(allergy) == said_beside(planes, allergy, products)


def test_alike_pairs_are_asked_about_once() -> None:
    rule = mesomix.RULES["repeated-class"]
    asked: list[object] = []

    def ask(a: mesomix.Product, b: mesomix.Product) -> int:
        asked.append(a)
        return any(rule.function(a, b))

    met = MeetingPairs([(rule, ask)]).words(PRODUCTS, 0)
    assert met
    assert len(asked) < len(met)


SLIPS: Final = {
    "of a kind, whatever a rule looked at": (
        "meeting",
        "getattr(self._sample, name) == getattr(allergy, name) for",
        "True for",
    ),
    "what is reached is forgotten": ("meeting", "found.update(self._looked_for[key])", "pass"),
    "one of those that are reached": (
        "meeting",
        "self._looked_for[key].append(position)",
        "self._looked_for[key] = [position]",
    ),
    "who looks closer is forgotten": ("meeting", "self._closer.add(position)", "pass"),
    "nothing more is said": (
        "meeting",
        "            if not words[position]:\n                del words[position]\n",
        "            words[position] = words[position] or kind.words.get(position, 0)\n",
    ),
    "what was looked for stays": (
        "meeting",
        "            looked_for.clear()\n",
        "            break\n",
    ),
    "a rule that failed is content": ("stand_ins", "        return None\n", "        return 0\n"),
    "a note is not read": ("stand_ins", "return None if closer else word", "return word"),
    "what is missing is not noted": ("stand_ins", "        self._closer.append(name)\n", ""),
    "a closer look is not noted": ("stand_ins", "        self._closer.append(at)\n", ""),
    "get is not noted": (
        "stand_ins",
        "        self.looked_for.append(key)\n        return default",
        "        return default",
    ),
    "in is not noted": (
        "stand_ins",
        "        self.looked_for.append(key)\n        return False",
        "        return False",
    ),
    "an index is not noted": (
        "stand_ins",
        "        self.looked_for.append(key)\n        raise",
        "        raise",
    ),
    "an iteration is not noted": ("stand_ins", 'self._look_closer("iter")', "return iter(())"),
    "truth is not noted": ("stand_ins", 'return self._look_closer("len")', "return 1"),
    "a class is not noted": ("stand_ins", 'self._look_closer("class")', "return object"),
    "a hash is not noted": ("stand_ins", 'return self._look_closer("hash")', "return 1"),
    "what of the kind is not noted": ("stand_ins", "self.looked_at.add(name)", "pass"),
    "a substance in both": ("meeting", "mine.isdisjoint(theirs)", "True"),
    "one of two orders": ("meeting", "if order[i] > order[j]:", "if False:"),
    "all products are of one kind": ("meeting", "next(self._numbers))", "0)"),
    "the second kind": ("meeting", "self.of_kinds[kind, other]", "self.of_kinds[kind, kind]"),
    "of those with new ones a few": (
        "meeting",
        "for j in later[bisect_left(later, since) :]:",
        "for j in later[since:]:",
    ),
    "one that was met before": ("meeting", "bisect_left(earlier, j)]", "bisect_left(earlier, 1)]"),
    "one of two sides": ("meeting", ", (having, bringing)]", "]"),
}
"""Deliberate slips, as the module, a text of it, and what stands in its place."""


def _slipped(name: str, before: str, after: str) -> ModuleType:
    """`meeting` with a slip, in itself or in `stand_ins`."""
    made = {}
    for module in (stand_ins, meeting):
        source = Path(module.__file__ or "").read_text(encoding="utf-8")
        if module.__name__.endswith(name):
            assert before in source
            source = source.replace(before, after)
        spec = importlib.util.spec_from_loader(module.__name__, None)
        assert spec is not None
        made[module] = importlib.util.module_from_spec(spec)
        exec(compile(source, name, "exec"), vars(made[module]))  # noqa: S102 (ours)
    for seen in ("AnyAllergy", "AnyProduct", "content"):
        setattr(made[meeting], seen, getattr(made[stand_ins], seen))
    return made[meeting]


@pytest.mark.parametrize("slip", SLIPS)
def test_the_laws_see_each_slip(slip: str) -> None:
    slipped = _slipped(*SLIPS[slip])
    assert any(_differs(slipped, planes) for planes in PLANES.values())


def test_and_differ_in_nothing_else() -> None:
    assert not any(_differs(meeting, planes) for planes in PLANES.values())


def _differs(module: ModuleType, planes: Planes) -> bool:
    random = Random(3)  # noqa: S311 (cases that are the same each time)
    shuffled = random.sample(PRODUCTS, len(PRODUCTS))
    rules = [rule for rule in planes.rulebook if rule.scope is Scope.PAIR]
    try:
        beside = module.BesideAllergies(planes.product_allergy, PRODUCTS)
        allergies = random.sample(ALLERGIES, 12)
        if any(beside.words(allergy) != said_beside(planes, allergy) for allergy in allergies):
            return True
        for rule in rules:
            asked = partial(_asked, rule)
            met = module.MeetingPairs([(rule, asked)])
            for since in (0, 5):
                of_pairs = _met(rule, shuffled, since)
                if met.words(shuffled, since) != of_pairs:
                    return True
    except Exception:
        return True
    return False


def _asked(rule: mesomix.Rule, a: mesomix.Product, b: mesomix.Product) -> int:
    return 1 + len([*rule.function(a, b)]) if any(rule.function(a, b)) else 0


def _met(
    rule: mesomix.Rule, products: list[mesomix.Product], since: int
) -> dict[tuple[int, int], int]:
    found = {}
    for i, j in combinations(range(len(products)), 2):
        a, b = sorted((products[i], products[j]), key=in_order)
        if j >= since and _asked(rule, a, b):
            found[i, j] = _asked(rule, a, b)
    return found
