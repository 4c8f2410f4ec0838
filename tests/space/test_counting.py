"""Counting mixtures without conflicts, against trying each."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomix.space.counting import Conflicts, all_of, beside_of, either, less, members

PAIRS = [*combinations(range(9), 2)]


def tried(pairs: set[tuple[int, int]], allowed: int) -> tuple[int, ...]:
    """The same, mixture by mixture."""
    return tuple(
        sum(pairs.isdisjoint(combinations(found, 2)) for found in combinations(chosen, size))
        for size in (1, 2, 3)
        for chosen in [[number for number in range(9) if allowed >> number & 1]]
    )


def conflicts() -> st.SearchStrategy[set[tuple[int, int]]]:
    """Any pairs; and nearly all, cliques and all between two sets, where many are equal."""
    sets = st.sets(st.integers(0, 8), max_size=6)
    clique = sets.map(lambda one: {*combinations(sorted(one), 2)})
    between = st.tuples(sets, sets).map(
        lambda two: {(min(a, b), max(a, b)) for a in two[0] for b in two[1] if a not in two[1]}
    )
    few = st.sets(st.sampled_from(PAIRS), max_size=4)
    many = few.map(lambda one: {*PAIRS} - one)
    either_way = st.tuples(st.lists(clique | between, max_size=3), few).map(
        lambda two: set().union(*two[0], two[1])
    )
    return st.one_of(st.sets(st.sampled_from(PAIRS)), many, either_way)


@given(pairs=conflicts(), several=st.lists(st.integers(0, 2**9 - 1), min_size=1, max_size=4))
def test_as_many_as_trying_each_finds(pairs: set[tuple[int, int]], several: list[int]) -> None:
    found = Conflicts(beside_of(pairs))
    for allowed in several:
        assert found.without(allowed) == tried(pairs, allowed)
        assert found.without(allowed) == found.without(allowed)


@given(pairs=conflicts(), others=conflicts())
def test_pairs_of_two_kinds_are_joined(
    pairs: set[tuple[int, int]], others: set[tuple[int, int]]
) -> None:
    assert either([beside_of(pairs), beside_of(others)]) == beside_of(pairs | others)


def test_a_class_of_equal_products_is_counted_at_once() -> None:
    clique = {*combinations(range(1_500), 2)}
    found = Conflicts(beside_of(clique))
    alone = 500  # outside the class
    assert found.without((1 << 2_000) - 1) == (
        2_000,
        alone * 499 // 2 + 1_500 * alone,
        alone * 499 * 498 // 6 + 1_500 * (alone * 499 // 2),
    )


def test_no_answer_of_before_is_given_for_another_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mesomix.space.counting.MOST_REMEMBERED", 2)
    pairs = {(0, 1), (1, 2), (2, 3), (0, 4)}
    found = Conflicts(beside_of(pairs))
    for allowed in [*range(32), *range(32)]:
        assert found.without(allowed) == tried(pairs, allowed)
        assert len(found._remembered) <= 2
        assert all(len(knot.remembered) <= 2 for knot in found._knots)


def test_small_things() -> None:
    assert all_of(0) == (0, 0, 0)
    assert all_of(9) == (9, 36, 84)
    assert less((5, 4, 3), (1, 1, 1)) == (4, 3, 2)
    assert [*members(0b1010010)] == [1, 4, 6]
