"""Which rules on whole mixtures say the same of all that are alike but for their products."""

from copy import copy
from typing import Final

import pytest

import mesomix
from mesomix.listing import ALIKE, flags_of_any_plain
from mesomix.request import mixture_of

FORMULARY: Final = mesomix.load()
CITES: Final = [mesomix.Citation("house-rules", "H1", "Une liste vide n'est pas une réponse.")]


def made(function: object) -> mesomix.Rule:
    return mesomix.rule(mesomix.Severity.REVIEW, fr="x", en="x", cites=CITES)(function)  # type: ignore[arg-type]


def three(mixture: mesomix.Mixture) -> mesomix.Flags:
    """Three."""
    if isinstance(mixture, mesomix.Mixture) and mixture.count == 3:
        yield mesomix.flag()


def closer(mixture: mesomix.Mixture) -> mesomix.Flags:
    """Three, by looking at each."""
    if mixture.count > 1 and len(mixture.products) == 3:
        yield mesomix.flag()


def among(mixture: mesomix.Mixture) -> mesomix.Flags:
    """One of some."""
    if mixture in {FORMULARY.mixture("Miorel"), FORMULARY.mixture("Dicynone")}:
        yield mesomix.flag()


def equal(mixture: mesomix.Mixture) -> mesomix.Flags:
    """One of them."""
    if mixture == FORMULARY.mixture("Miorel"):
        yield mesomix.flag()


def told(mixture: mesomix.Mixture) -> mesomix.Flags:
    """By its text."""
    if "Miorel" in str(mixture) or f"{mixture!r}" == "Miorel":
        yield mesomix.flag()


def copied(mixture: mesomix.Mixture) -> mesomix.Flags:
    """By a copy."""
    if copy(mixture).products:
        yield mesomix.flag()


def failing(mixture: mesomix.Mixture) -> mesomix.Flags:
    """What only real mixtures have."""
    if mixture.count / (mixture.count - 2) > 1:
        yield mesomix.flag()


def test_a_rule_that_counts_is_asked_once() -> None:
    rules = [made(three)]
    assert flags_of_any_plain(rules, 2, FORMULARY.edition) == []
    assert flags_of_any_plain(rules, 3, FORMULARY.edition) == [(rules[0], mesomix.flag())]


def test_a_rule_that_looks_closer_is_not() -> None:
    assert flags_of_any_plain([made(closer)], 2, FORMULARY.edition) is None
    assert flags_of_any_plain([made(closer)], 1, FORMULARY.edition) == []


@pytest.mark.parametrize("rule", [among, equal, told, copied])
def test_nor_is_one_that_looks_closer_by_other_ways(rule: object) -> None:
    assert flags_of_any_plain([made(rule)], 1, FORMULARY.edition) is None


def test_a_rule_that_fails_is_asked_of_each_mixture() -> None:
    assert flags_of_any_plain([made(failing)], 2, FORMULARY.edition) is None


@pytest.mark.parametrize("name", sorted(ALIKE - {"edition"}))
def test_what_is_alike_is_alike(name: str) -> None:
    products = [*FORMULARY.products.values(), *FORMULARY.specialties.values()]
    for number in (1, 2, 3):
        several = [products[n : n + number] for n in range(8)]
        assert len({getattr(mixture_of(each, FORMULARY.edition), name) for each in several}) == 1
