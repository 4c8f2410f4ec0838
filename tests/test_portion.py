"""How much of each substance is in what was written, by the specialties that the name can mean."""

from fractions import Fraction
from typing import Any, Final

import pytest

from mesomix.evidence import Citation, Text
from mesomix.model import Amount, Product, Specialty, Substance
from mesomix.portion import (
    NOTHING_WRITTEN,
    Formula,
    Measure,
    Portion,
    Range,
    WrittenAmount,
    formula_of,
    formulas_of,
    portion,
    sum_of,
)
from mesomix.quantity import Quantity
from mesomix.vocabulary import MarketState, Route, Unknown

ACTIVE: Final = Substance("active", Text("actif", "active"))
OTHER: Final = Substance("other", Text("autre", "other"))
EXCIPIENT: Final = Substance("excipient", Text("excipient", "excipient"))
SALT: Final = Text("chlorhydrate", "hydrochloride")
BASE: Final = Text("base", "base")
ELEMENT: Final = Text("magnésium", "magnesium")
SOURCE: Final = Citation("source")
WHOLE: Final = (ACTIVE, None)
PART: Final = (ACTIVE, ELEMENT)


def amount(number: str, volume: str | None = None, **more: Any) -> Amount:
    """What a source says of one substance of a specialty: of ACTIVE, but where it says more."""
    within = None if volume is None else Quantity.read(volume)
    return Amount(more.pop("of", ACTIVE), Quantity.read(number), within, SOURCE, **more)


def specialty(
    *amounts: Amount, containers: str = "", route: Route = Route.INTRADERMAL
) -> Specialty:
    """A specialty with these amounts, in containers of these volumes."""
    told = ("x", "X", "X", "", "", frozenset({route}), MarketState.MARKETED, None, SOURCE, SOURCE)
    sizes = tuple(Quantity.read(f"{size} mL") for size in containers.split())
    return Specialty(*told, amounts=amounts, containers=sizes)


def product(*specialties: Specialty, specified: bool = True, **more: Any) -> Product:
    """A product of ACTIVE that means one of these specialties."""
    held = more.pop("substances", (ACTIVE,))
    return Product("p", Text.same("p"), held, specialties=specialties, specified=specified)


def written(**amounts: Any) -> WrittenAmount:
    """What somebody wrote; a strength is so many mg in 1 mL, or a text with another unit."""
    if "strength" in amounts:
        amounts["strength"] = Measure(Fraction(amounts["strength"]), "mg")
    if "measured" in amounts:
        amounts["measured"] = Quantity.read(amounts["measured"])
    for key in amounts.keys() & {"volume", "containers", "container"}:
        amounts[key] = Fraction(amounts[key])
    return WrittenAmount("as written", **amounts)


def bounds(found: Portion, key: tuple[Substance, Text | None] = WHOLE) -> Any:
    """One number where the amount is known, else what is certain and what is possible, or None."""
    one = found.ranges.get(key)
    if one is None:
        return None
    return one.least if one.exact else (one.least, one.possible)


TWO_PERCENT: Final = specialty(amount("20 mg", "1 mL"), containers="2")
TWO_SIZES: Final = specialty(amount("20 mg", "1 mL"), containers="2 5")
ONE_PERCENT: Final = specialty(amount("10 mg", "1 mL"), containers="5")
AMPOULE: Final = specialty(amount("10 mg", "3 mL"), containers="3")
POWDER: Final = specialty(amount("2.25 g"))
NOT_LOOKED_UP: Final = specialty(containers="2")


# --- Ranges ---------------------------------------------------------------------------------


def test_ranges_are_added_from_their_ends() -> None:
    some = Range(Fraction(1), Fraction(2), "mg", exact=False)
    known = Range(Fraction(10), Fraction(10), "mg", exact=True)
    assert sum_of([some]) == some
    assert sum_of([some, known]) == Range(Fraction(11), Fraction(12), "mg", exact=False)
    assert sum_of([known] * 3) == Range(Fraction(30), Fraction(30), "mg", exact=True)


# --- What is known of a specialty -----------------------------------------------------------


def test_the_formula_of_a_specialty_is_in_1_ml_and_exact() -> None:
    salt = amount("10 mg", "3 mL", counted=SALT)
    element = amount("0.8 g", "100 mL", counted=ELEMENT, part=True)
    powder = amount("5 [iU]", of=EXCIPIENT)
    assert formula_of(specialty(salt, element, powder, containers="2 5")) == Formula(
        in_1_ml={WHOLE: Measure(Fraction(10, 3), "mg"), PART: Measure(Fraction(8), "mg")},
        in_container={(EXCIPIENT, None): Measure(Fraction(5), "[iU]")},
        containers=(Fraction(2), Fraction(5)),
        counted={WHOLE: SALT, PART: ELEMENT, (EXCIPIENT, None): None},
    )
    unnamed = specialty(amount("1 mg", "1 mL", part=True))
    assert [*formula_of(unnamed).in_1_ml] == [(ACTIVE, ACTIVE.name)]


def test_of_two_amounts_of_one_substance_neither_is_known() -> None:
    for first, second in (("40 mg", "0.4 mg"), ("0.4 mg", "40 mg")):
        found = formula_of(specialty(amount(first, "1 mL"), amount(second, "1 mL")))
        assert found.in_1_ml == {}
        assert formula_of(specialty(amount(first), amount(second))).in_container == {}
    element = amount("4 mg", "1 mL", part=True, counted=ELEMENT)
    assert set(formula_of(specialty(amount("40 mg", "1 mL"), element)).in_1_ml) == {WHOLE, PART}


def test_a_substance_is_an_injectable_specialty_and_a_brand_is_what_it_is() -> None:
    drunk = specialty(amount("150 mg", "1 mL"), route=Route.ORAL)
    kinds = (TWO_PERCENT, drunk)
    assert formulas_of(product(*kinds, specified=False)) == (formula_of(TWO_PERCENT),)
    assert formulas_of(product(*kinds)) == tuple(map(formula_of, kinds))
    assert formulas_of(product(specified=False)) == ()
    assert bounds(portion(product(*kinds, specified=False), written(volume=10))) == (0, 200)


def test_the_formulas_of_a_product_are_made_once() -> None:
    one = product(TWO_PERCENT)
    assert formulas_of(one) is formulas_of(one) is not formulas_of(product(TWO_PERCENT))


# --- One specialty --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sold", "said", "volume", "held"),
    [
        *((TWO_PERCENT, {"volume": "2.5"}, "5/2", 50), (AMPOULE, {"volume": 1}, 1, "10/3")),
        (AMPOULE, {"volume": 3}, 3, 10),  # 3.333 mg in 1 ml, and no rounding
        (AMPOULE, {"volume": 2, "containers": 1}, 2, "20/3"),
        *((AMPOULE, {"containers": "1/2"}, "3/2", 5), (AMPOULE, {"containers": 2}, 6, 20)),
        (AMPOULE, {"containers": 1, "container": 4}, 4, "40/3"),
        (TWO_SIZES, {"containers": 1}, None, (40, 100)),  # of 2 ml, or of 5?
        (TWO_SIZES, {"containers": 2, "container": 5}, 10, 200),
        *((AMPOULE, {"measured": "10 mg"}, 3, 10), (AMPOULE, {"measured": "1 g"}, 300, 1000)),
        (TWO_PERCENT, {"strength": 20}, None, None),
        *((POWDER, {"containers": "1/2"}, None, 1125), (POWDER, {"volume": 2}, 2, None)),
        (POWDER, {"measured": "1 g"}, None, 1000),
        (NOT_LOOKED_UP, {"volume": 2}, 2, None),
        (NOT_LOOKED_UP, {"measured": "7 mg"}, None, 7),
        (specialty(amount("6 mg"), containers="3"), {"volume": 1}, 1, 2),  # a third of one
    ],
)
def test_the_volume_and_the_amount_of_what_was_written(
    sold: Specialty, said: dict[str, Any], volume: str | int | None, held: Any
) -> None:
    found = portion(product(sold), written(**said))
    assert found.volume == (None if volume is None else Fraction(volume))
    assert bounds(found) == (Fraction(held) if isinstance(held, str) else held)


def test_three_thirds_of_an_ampoule_are_the_ampoule() -> None:
    third = portion(product(AMPOULE), written(containers="1/3")).ranges[WHOLE]
    assert sum_of([third] * 3) == Range(Fraction(10), Fraction(10), "mg", exact=True)


def test_excipients_and_elements_are_counted_with_the_volume() -> None:
    sold = specialty(
        amount("100 mg", "1 mL"),
        amount("81.4 mg", "10 mL", counted=ELEMENT, part=True),
        amount("7.7 mg", "10 mL", of=EXCIPIENT),
        containers="10",
    )
    for said in (written(volume=2), written(containers="1/5"), written(measured="200 mg")):
        found = portion(product(sold), said)
        assert bounds(found, PART) == Fraction("16.28")
        assert bounds(found, (EXCIPIENT, None)) == Fraction("1.54")
    assert found.counted == {PART: ELEMENT}


def test_a_mass_of_a_product_of_two_substances_is_that_of_neither() -> None:
    both = specialty(amount("10 mg", "1 mL"), amount("5 mg", "1 mL", of=OTHER))
    found = portion(product(both, substances=(ACTIVE, OTHER)), written(measured="10 mg"))
    assert (found.volume, found.ranges) == (None, {})
    found = portion(product(both, substances=(ACTIVE, OTHER)), written(volume=2, strength=10))
    assert (bounds(found), bounds(found, (OTHER, None))) == (20, 10)
    assert portion(product(AMPOULE), written(measured="10 [iU]")).volume is None


@pytest.mark.parametrize("said", [NOTHING_WRITTEN, WrittenAmount("2-3 ml", unread=True)])
def test_nothing_is_known_of_what_was_not_written_or_not_read(said: WrittenAmount) -> None:
    found = portion(product(specialty(amount("20 mg", "1 mL", counted=SALT))), said)
    assert (found.written, found.volume) == (said, None)
    assert (found.ranges, found.counted) == ({}, {})


# --- Several specialties --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("specified", "said", "held"),
    [
        *((True, {"volume": 2}, (20, 40)), (True, {"volume": 2, "strength": 10}, 20)),
        *((True, {"volume": 2, "strength": 20}, 40), (True, {"measured": "30 mg"}, 30)),
        (True, {"volume": 2, "strength": 50}, (0, 100)),  # no specialty of it
        *((True, {"containers": 1}, (40, 50)), (True, {"containers": 1, "strength": 10}, 50)),
        # A substance: its own strength is what was written, and any is possible.
        *((False, {"volume": 2}, (0, 40)), (False, {"volume": 2, "strength": 20}, 40)),
        *((False, {"volume": 2, "strength": 50}, 100), (False, {"measured": "30 mg"}, 30)),
        *((False, {"containers": 1}, (0, 50)), (False, {"containers": 1, "container": 4}, (0, 80))),
        (False, {"containers": 1, "container": 4, "strength": 5}, 20),
    ],
)
def test_of_several_strengths_the_least_is_certain_and_the_most_is_possible(
    specified: bool, said: dict[str, Any], held: int | tuple[int, int]
) -> None:
    one = product(TWO_PERCENT, ONE_PERCENT, specified=specified)
    assert bounds(portion(one, written(**said))) == held


def test_a_volume_on_which_the_specialties_do_not_agree_is_not_known() -> None:
    one = product(TWO_PERCENT, ONE_PERCENT)
    assert portion(one, written(measured="20 mg")).volume is None
    assert portion(one, written(measured="20 mg", strength=10)).volume == 2
    assert portion(one, written(volume=2)).volume == 2


def test_a_substance_without_a_specialty_has_what_was_written_and_no_bounds() -> None:
    unknown = product(specified=False)
    assert bounds(portion(unknown, written(volume=2))) is None
    assert bounds(portion(unknown, written(volume=2, strength=5))) == 10
    assert bounds(portion(unknown, written(measured="5 mg"))) == 5
    assert bounds(portion(product(), written(volume=2))) is None


def test_amounts_in_units_of_two_kinds_bound_nothing() -> None:
    units = specialty(amount("50 [iU]", "1 mL"))
    assert bounds(portion(product(ONE_PERCENT, units), written(volume=2))) is None


def test_what_only_some_specialties_hold_is_possible() -> None:
    with_it = specialty(amount("10 mg", "1 mL"), amount("3 mg", "1 mL", of=EXCIPIENT))
    found = portion(product(ONE_PERCENT, with_it), written(volume=2))
    assert (bounds(found), bounds(found, (EXCIPIENT, None))) == (20, (0, 6))


def test_a_strength_may_be_that_of_the_element_where_no_specialty_has_it() -> None:
    """Of magnesium: "pidolate de magnésium 0,8 %" is not 0.8 % of the pidolate."""
    sold = specialty(amount("100 mg", "1 mL"), amount("8 mg", "1 mL", counted=ELEMENT, part=True))
    substance = product(sold, specified=False)
    assert bounds(portion(substance, written(volume=2, strength=8))) == (0, 200)
    assert bounds(portion(substance, written(volume=2, strength=300))) == (0, 600)
    for one in (substance, product(TWO_PERCENT, sold, specified=False)):
        assert bounds(portion(one, written(volume=2, strength=100))) == 200


# --- What is counted ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "said", "counted"),
    [
        *((SALT, SALT, {"volume": 1}, SALT), (SALT, BASE, {"volume": 1}, None)),
        *((SALT, None, {"volume": 1}, None), (None, None, {"volume": 1}, None)),
        (SALT, BASE, {"volume": 1, "strength": 20}, SALT),
        (SALT, BASE, {"volume": 1, "strength": 10}, BASE),
        (SALT, SALT, {"volume": 1, "strength": 30}, None),
    ],
)
def test_a_salt_is_named_where_the_specialties_that_are_meant_agree(
    first: Text | None, second: Text | None, said: dict[str, Any], counted: Text | None
) -> None:
    one = product(
        specialty(amount("20 mg", "1 mL", counted=first)),
        specialty(amount("10 mg", "1 mL", counted=second)),
    )
    found = portion(one, written(**said)).counted
    assert found == ({} if counted is None else {WHOLE: counted})


# --- Why something is not known -------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "said", "substance", "why"),
    [
        (product(TWO_PERCENT), WrittenAmount("?", unread=True), ACTIVE, Unknown.NOT_READ),
        (product(TWO_PERCENT), NOTHING_WRITTEN, ACTIVE, Unknown.NOT_WRITTEN),
        (product(TWO_PERCENT), written(volume=2), EXCIPIENT, Unknown.NOT_TOLD),
        (product(specified=False), written(volume=2), EXCIPIENT, Unknown.STRENGTH),
        (product(specified=False), written(volume=2), ACTIVE, Unknown.STRENGTH),
        (product(TWO_SIZES), written(containers=1), ACTIVE, Unknown.CONTAINER),
        (product(NOT_LOOKED_UP), written(containers=1), ACTIVE, Unknown.STRENGTH),
    ],
)
def test_why_an_amount_is_not_known(
    one: Product, said: WrittenAmount, substance: Substance, why: Unknown
) -> None:
    assert portion(one, said).why_unknown(substance) is why


def test_why_nothing_is_known_of_a_name_that_was_not_recognised() -> None:
    unknown = Portion(Text.same("zorg"), None, written(containers=1), None, {}, {})
    assert unknown.why_unknown(ACTIVE) is Unknown.CONTAINER
