"""A rule that says when two things meet is asked of all that do, and of nothing else."""

from collections.abc import Hashable
from dataclasses import replace
from itertools import combinations
from typing import Final

import pytest

import mesomix
from mesomix.meeting import MeetingFacts, PairRule
from mesomix.rule import Scope

FORMULARY: Final = mesomix.load()
PRODUCTS: Final = [*FORMULARY.products.values(), *FORMULARY.specialties.values()]
FACTS: Final = [
    mesomix.Fact(condition, answer)
    for condition in FORMULARY.conditions.values()
    for answer in mesomix.Answer
]
CITES: Final = [mesomix.Citation("house-rules", "H1", "Une liste vide n'est pas une réponse.")]
ABOUT_TWO: Final = [rule for rule in mesomix.RULES if rule.meeting is not None]


def effects(product: mesomix.Product) -> frozenset[mesomix.Effect]:
    return product.effects


def scar(product: mesomix.Product) -> list[mesomix.Effect]:
    return [mesomix.Effect.SCAR]


def together(a: mesomix.Product, b: mesomix.Product) -> mesomix.Flags:
    """Two products."""
    yield mesomix.flag()


def alone(product: mesomix.Product) -> mesomix.Flags:
    """A product."""
    yield mesomix.flag()


def positions_that_meet(
    rule: mesomix.Rule, products: list[mesomix.Product], since: int = 0
) -> list[tuple[int, int]]:
    """Of which pairs the rule has to be asked."""
    return [*PairRule(rule, lambda a, b: 0).positions(products, since)]


def left_out(rule: mesomix.Rule) -> int:
    """How often the rule would have spoken of what does not meet."""
    if rule.scope is Scope.PAIR:
        asked = {*positions_that_meet(rule, PRODUCTS)}
        rest = [pair for pair in combinations(range(len(PRODUCTS)), 2) if pair not in asked]
        return sum(any(rule.function(PRODUCTS[i], PRODUCTS[j])) for i, j in rest)
    meeting = MeetingFacts(rule, FACTS)
    met = {product: {*meeting.that_meet(product)} for product in PRODUCTS}
    return sum(
        any(rule.function(product, fact))
        for product in PRODUCTS
        for fact in FACTS
        if fact not in met[product]
    )


@pytest.mark.parametrize("rule", ABOUT_TWO, ids=lambda rule: rule.id)
def test_what_does_not_meet_would_not_be_flagged(rule: mesomix.Rule) -> None:
    spoke = 0
    assert left_out(rule) == 0
    if rule.scope is Scope.PAIR:
        for one, other in combinations(PRODUCTS, 2):
            flags = [*rule.function(one, other)]
            spoke += bool(flags)
            assert flags == [*rule.flags(one, other)]
    else:
        for product in PRODUCTS:
            for fact in FACTS:
                flags = [*rule.function(product, fact)]
                spoke += bool(flags)
                assert flags == [*rule.flags(product, fact)]
    assert spoke


@pytest.mark.parametrize("side", [0, 1], ids=["brings", "has"])
@pytest.mark.parametrize("rule", ABOUT_TWO, ids=lambda rule: rule.id)
def test_and_a_key_that_is_wrong_is_seen(rule: mesomix.Rule, side: int) -> None:
    assert rule.meeting is not None
    right = rule.meeting[side]
    wrong = [*rule.meeting]

    def without_the_first(thing: object) -> list[Hashable]:
        return [*right(thing)][1:]

    wrong[side] = without_the_first
    if rule.meeting[0] is rule.meeting[1]:
        wrong[1 - side] = without_the_first
    assert left_out(replace(rule, meeting=(wrong[0], wrong[1])))


def test_the_rules_about_two_things_say_when_they_meet() -> None:
    about_two = {
        rule.id for rule in mesomix.RULES if rule.scope in {Scope.PAIR, Scope.PRODUCT_FACT}
    }
    assert {rule.id for rule in ABOUT_TWO} == about_two


def test_either_of_two_products_may_bring_what_the_other_has() -> None:
    made = mesomix.rule(
        mesomix.Severity.NOTE, fr="x", en="x", cites=CITES, meeting=(effects, scar)
    )(together)
    scars = [mesomix.Effect.SCAR in product.effects for product in PRODUCTS]
    pairs = combinations(range(len(PRODUCTS)), 2)
    either = {(i, j) for i, j in pairs if scars[i] or scars[j]}
    assert {*positions_that_meet(made, PRODUCTS)} == either != set()
    for since in range(len(PRODUCTS) + 1):
        new = {(i, j) for i, j in either if j >= since}
        assert {*positions_that_meet(made, PRODUCTS, since)} == new
    for i, j in combinations(range(len(PRODUCTS)), 2):
        assert bool([*made.flags(PRODUCTS[i], PRODUCTS[j])]) is ((i, j) in either)


def test_without_it_every_one_is_asked() -> None:
    made = mesomix.rule(mesomix.Severity.NOTE, fr="x", en="x", cites=CITES)(together)
    assert {*positions_that_meet(made, PRODUCTS[:3])} == {(0, 1), (0, 2), (1, 2)}
    assert positions_that_meet(made, PRODUCTS[:3], 2) == [(0, 2), (1, 2)]
    assert [*MeetingFacts(mesomix.RULES["pregnancy"], FACTS).that_meet()] == FACTS


def test_only_two_things_can_meet() -> None:
    with pytest.raises(TypeError, match=r"^rule alone: meeting= is for a rule about a, b or"):
        mesomix.rule(mesomix.Severity.NOTE, fr="x", en="x", cites=CITES, meeting=(effects, scar))(
            alone
        )
