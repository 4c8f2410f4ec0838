"""What is in the syringe, summed over its portions, and the doses that rules judge."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomix.composition import Composition, Content, composition_of
from mesomix.dose import Dose
from mesomix.evidence import Citation, Text
from mesomix.model import Product, Specialty, Substance
from mesomix.portion import NOTHING_WRITTEN, Portion, Range, WrittenAmount
from mesomix.quantity import Quantity
from mesomix.vocabulary import MarketState, Unknown

PAIN: Final = Substance("b-pain", Text("antalgique", "painkiller"))
MUSCLE: Final = Substance("a-muscle", Text("décontracturant", "relaxant"))
ALCOHOL: Final = Substance("alcohol", Text("alcool", "alcohol"))
WATER: Final = Substance("water", Text("eau", "water"), inert=True)
SALT: Final = Text("chlorhydrate", "hydrochloride")
ELEMENT: Final = Text("magnésium", "magnesium")
SOURCE: Final = Citation("source")
Held = tuple[Substance, Text | None]


def product(*held: Substance, excipients: tuple[Substance, ...] = ()) -> Product:
    """One specialty of these substances, with a whole list of excipients."""
    told = ("x", "X", "X", "", "", frozenset(), MarketState.MARKETED, None, SOURCE, SOURCE)
    sold = Specialty(*told, excipients=excipients, excipients_complete=True)
    name = Text.same("+".join(substance.id for substance in held))
    return Product(name.en, name, held, specialties=(sold,), specified=True)


PAIN_ONE: Final = product(PAIN)
MUSCLE_ONE: Final = product(MUSCLE, excipients=(WATER, ALCOHOL))


def part(
    held: Product | None, volume: float | str | None = None, /, *, written: Any = None, **more: Any
) -> Portion:
    """A portion; its amounts are so many mg, or two numbers that bound them."""
    ranges = {key: Range(*told) for key, told in more.pop("ranges", {}).items()}
    said = written or WrittenAmount("as written")
    size = None if volume is None else Fraction(volume)
    name = Text.same("zorg") if held is None else held.name
    return Portion(name, held, said, size, ranges, more.pop("counted", None) or {})


def mg(least: str | int, possible: str | int | None = None) -> tuple[Any, ...]:
    """So many mg; with a second number, as many as there may be where nobody knows."""
    most = least if possible is None else possible
    return Fraction(least), Fraction(most), "mg", possible is None


UNITS: Final = (Fraction(5), Fraction(5), "[iU]", True)


def pain(told: tuple[Any, ...] | None) -> Portion:
    """1 ml of a painkiller, of which so much is known."""
    return part(PAIN_ONE, 1, ranges={} if told is None else {(PAIN, None): told})


def one(composition: Composition, substance: Substance, name: Text | None = None) -> Content:
    """The only content of that substance, and of that name where it is given."""
    of_it = [content for content in composition.contents if content.substance == substance.id]
    [found] = [content for content in of_it if name in {None, content.name}]
    return found


def quantity(text: str | None) -> Quantity | None:
    """What a text says, as the data writes it."""
    return None if text is None else Quantity.read(text)


# --- Sums -----------------------------------------------------------------------------------


def test_volumes_and_masses_add_up_exactly() -> None:
    third = part(PAIN_ONE, "1/3", ranges={(PAIN, None): mg("10/3")})
    composition, [dose] = composition_of([third] * 3)
    content = one(composition, PAIN)
    assert composition.volume == Quantity.read("1 mL")
    assert (content.quantity, content.concentration) == (quantity("10 mg"), quantity("10 mg/mL"))
    assert (dose.least, dose.possible, dose.exact) == (*[quantity("10 mg")] * 2, True)


def test_what_each_product_brings_is_told_after_mixing() -> None:
    composition, _ = composition_of(
        [
            part(PAIN_ONE, 2, ranges={(PAIN, None): mg(40)}, counted={(PAIN, None): SALT}),
            part(MUSCLE_ONE, 4, ranges={(MUSCLE, None): mg(8), (ALCOHOL, None): mg(3)}),
        ]
    )
    assert composition.volume == Quantity.read("6 mL")
    assert [i.product for i in composition.ingredients] == ["b-pain", "a-muscle"]
    shares = [i.share and round(i.share, 6) for i in composition.ingredients]
    assert shares == [Decimal("0.333333"), Decimal("0.666667")]
    assert [(c.substance, c.active, c.quantity) for c in composition.contents] == [
        ("b-pain", True, Quantity.read("40 mg")),  # in the order of writing
        ("a-muscle", True, Quantity.read("8 mg")),
        ("alcohol", False, Quantity.read("3 mg")),  # and water is in none of them
    ]
    pain = one(composition, PAIN)
    assert pain.name == SALT
    assert pain.concentration == Quantity.of(Fraction(40, 6), "mg/mL")
    assert one(composition, ALCOHOL).concentration == Quantity.read("0.5 mg/mL")
    assert pain.share == Quantity.of(Fraction(1, 3), "mL").value
    assert (pain.at_least, pain.possible, pain.unknown) == (None, None, ())


def test_an_excipient_without_an_amount_is_listed_and_not_judged() -> None:
    composition, doses = composition_of([part(MUSCLE_ONE, 2, ranges={(MUSCLE, None): mg(4)})])
    assert one(composition, ALCOHOL).unknown == (Unknown.NOT_TOLD,)
    assert [dose.substance for dose in doses] == [MUSCLE]
    _, doses = composition_of([part(MUSCLE_ONE, 2, ranges={(ALCOHOL, None): mg(0, 3)})])
    assert [(dose.substance, dose.active) for dose in doses] == [(MUSCLE, True), (ALCOHOL, False)]


def test_an_element_is_counted_beside_its_salt_and_not_judged() -> None:
    ranges = {(PAIN, None): mg(200), (PAIN, ELEMENT): mg("16.28")}
    composition, doses = composition_of([part(PAIN_ONE, 2, ranges=ranges)])
    element = one(composition, PAIN, ELEMENT)
    assert (element.quantity, element.active) == (Quantity.read("16.28 mg"), True)
    assert one(composition, PAIN, PAIN.name).quantity == Quantity.read("200 mg")
    assert [dose.least for dose in doses] == [Quantity.read("200 mg")]
    twice, _ = composition_of([part(PAIN_ONE, 2, ranges=ranges) for _ in range(2)])
    assert one(twice, PAIN, ELEMENT).quantity == Quantity.read("32.56 mg")
    assert one(twice, PAIN, ELEMENT).share == 1
    # What no list of its excipients has, such as the sodium of all its salts.
    composition, doses = composition_of([part(PAIN_ONE, 2, ranges={(ALCOHOL, None): mg(5)})])
    assert one(composition, ALCOHOL).quantity == Quantity.read("5 mg")
    assert [dose.active for dose in doses] == [True, False]


def test_an_empty_mixture_holds_nothing() -> None:
    composition, doses = composition_of([])
    assert (composition.ingredients, composition.contents, doses) == ((), (), ())
    assert (composition.volume, composition.per_day) == (Quantity.read("0 mL"), None)


# --- What is not known ----------------------------------------------------------------------


def test_without_one_volume_there_is_no_total_no_concentration_and_no_share() -> None:
    composition, _ = composition_of(
        [part(PAIN_ONE, 2, ranges={(PAIN, None): mg(40)}), part(None, written=NOTHING_WRITTEN)]
    )
    assert composition.volume is None
    content = one(composition, PAIN)
    assert content.quantity == Quantity.read("40 mg")
    assert (content.concentration, content.share) == (None, None)
    assert [i.volume for i in composition.ingredients] == [Quantity.read("2 mL"), None]
    unknown = [(i.product, i.share, i.other_excipients) for i in composition.ingredients]
    assert unknown == [("b-pain", None, False), (None, None, True)]
    assert composition_of([part(PAIN_ONE, 1), part(None, 3)])[0].volume == quantity("4 mL")


@pytest.mark.parametrize(
    ("first", "second", "least", "possible"),
    [
        *((mg(20, 40), mg(5), "25 mg", "45 mg"), (mg(0, 40), mg(0, 5), "0 mg", "45 mg")),
        *((mg(20), None, "20 mg", "20 mg"), (None, None, None, None)),
        (mg(20, 20), mg(5), "25 mg", "25 mg"),  # of some strengths that nobody knows
    ],
)
def test_what_is_not_known_is_told_with_what_is_certain_and_possible(
    first: Any, second: Any, least: str | None, possible: str | None
) -> None:
    portions = [pain(first), pain(second)]
    for ordered in (portions, portions[::-1]):
        composition, [dose] = composition_of(ordered)
        content = one(composition, PAIN)
        assert (content.quantity, content.concentration) == (None, None)
        assert (content.at_least, content.possible) == (quantity(least), quantity(possible))
        assert (dose.least, dose.possible) == (quantity(least), quantity(possible))
        assert content.unknown == dose.unknown == (Unknown.STRENGTH,)
        assert not dose.exact
        assert dose.kind == (None if least is None else "mg")


def test_units_of_two_kinds_are_not_added() -> None:
    composition, doses = composition_of(parts := [pain(mg(20)), pain(UNITS), pain(mg(1))])
    assert [c.at_least for c in composition.contents] == [quantity("5 [iU]"), quantity("21 mg")]
    assert [dose.least for dose in doses] == [quantity("5 [iU]"), quantity("21 mg")]
    assert [dose.exact for dose in doses] == [False, False]
    _, doses = composition_of(parts[:1], parts[1:])  # of the day, the same kind is compared
    assert [(d.least, d.day_least) for d in doses] == [(quantity("20 mg"), quantity("20 mg"))]


def test_each_reason_is_told_once_and_in_one_order() -> None:
    unread, counted = WrittenAmount("?", unread=True), WrittenAmount("1", containers=Fraction(1))
    parts = [part(PAIN_ONE, written=said) for said in (counted, unread, NOTHING_WRITTEN, unread)]
    for ordered in (parts, parts[::-1]):
        reasons = one(composition_of(ordered)[0], PAIN).unknown
        assert reasons == (Unknown.NOT_WRITTEN, Unknown.NOT_READ, Unknown.CONTAINER)


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [(SALT, SALT, SALT), (SALT, None, PAIN.name), (None, None, PAIN.name)],
)
def test_a_salt_is_named_where_all_products_count_it(
    first: Text | None, second: Text | None, name: Text
) -> None:
    tables = [{(PAIN, None): salt} for salt in (first, second)]
    parts = [part(PAIN_ONE, 1, counted=t if t[PAIN, None] else None) for t in tables]
    composition, doses = composition_of(parts)
    assert {one(composition, PAIN).name, doses[0].name} == {name}


# --- The day --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mixture", "day", "least", "possible", "why"),
    [
        (mg(4), mg(12), "12 mg", "12 mg", ()),
        (mg(4), mg(2), "4 mg", "4 mg", ()),  # never less than the mixture
        (mg(0, 4), mg(2, 3), "2 mg", "4 mg", (Unknown.STRENGTH,)),
        (mg(4), mg(2, 9), "4 mg", "9 mg", (Unknown.STRENGTH,)),
        (mg(4, 9), mg(12), "12 mg", "12 mg", ()),
        (mg(4, 9), mg(6), "6 mg", "6 mg", ()),
        (mg(4), UNITS, "4 mg", "4 mg", (Unknown.STRENGTH,)),
        (mg(4), None, "4 mg", "4 mg", (Unknown.STRENGTH,)),
        (None, mg(12), "12 mg", "12 mg", ()),
        (None, mg(2, 3), "2 mg", "3 mg", (Unknown.STRENGTH,)),
        (None, None, None, None, (Unknown.STRENGTH,)),
    ],
)
def test_the_day_is_what_the_caller_says_and_not_less_than_the_mixture(
    mixture: Any, day: Any, least: str | None, possible: str | None, why: tuple[Unknown, ...]
) -> None:
    composition, [dose] = composition_of([pain(mixture)], [pain(day)])
    assert (dose.day_least, dose.day_possible) == (quantity(least), quantity(possible))
    assert dose.day_unknown == why
    assert dose.exact is (mixture == mg(4) and not why)
    [of_day] = composition.per_day or ()
    assert (of_day.substance, of_day.concentration, of_day.share) == ("b-pain", None, None)


def test_of_a_substance_that_the_day_does_not_have_nothing_is_said() -> None:
    now = [pain(mg(4))]
    day = [part(MUSCLE_ONE, 1, ranges={(MUSCLE, None): mg(2)})]
    composition, [dose, of_day] = composition_of(now, day)
    assert [content.substance for content in composition.per_day or ()] == ["a-muscle", "alcohol"]
    # What only the day has is judged as well.
    assert (of_day.substance, of_day.least, of_day.possible) == (MUSCLE, None, None)
    assert (of_day.day_least, of_day.exact, of_day.kind) == (quantity("2 mg"), True, "mg")
    for found in (dose, *composition_of(now)[1]):
        assert (found.least, found.day_least, found.day_possible) == (quantity("4 mg"), None, None)
        assert (found.day_unknown, found.exact) == ((), True)


# --- Laws -----------------------------------------------------------------------------------


def test_the_order_of_the_components_does_not_change_the_doses() -> None:
    parts = [
        part(MUSCLE_ONE, 1, ranges={(MUSCLE, None): mg(2), (ALCOHOL, None): mg(1)}),
        part(PAIN_ONE, 2, ranges={(PAIN, None): UNITS}),
        part(PAIN_ONE, None, ranges={(PAIN, None): mg(3, 4)}),
        part(None, 1),
    ]
    found = {composition_of(ordered)[1] for ordered in permutations(parts)}
    assert len(found) == 1
    assert [dose.substance for dose in found.pop()] == [MUSCLE, PAIN, PAIN, ALCOHOL]


@given(st.lists(st.fractions(min_value=0, max_value=1000, max_denominator=60), min_size=1))
def test_the_whole_is_the_sum_of_its_parts(numbers: list[Fraction]) -> None:
    parts = [part(PAIN_ONE, str(n), ranges={(PAIN, None): mg(str(n * 7))}) for n in numbers]
    composition, [dose] = composition_of(parts)
    assert composition.volume == Quantity.of(sum(numbers, Fraction(0)), "mL")
    assert dose.least == Quantity.of(7 * sum(numbers, Fraction(0)), "mg")
    [twice] = composition_of([*parts, *parts])[1]
    assert twice.least == Quantity.of(14 * sum(numbers, Fraction(0)), "mg")


@pytest.mark.parametrize("share", ["-0.1", "1.1", "1e-41", "1e9"])
def test_a_share_is_from_0_to_1(share: str) -> None:
    composition, _ = composition_of([pain(mg(1))])
    assert {composition.ingredients[0].share, composition.contents[0].share} == {Decimal(1)}
    for told in (composition.ingredients[0], composition.contents[0]):
        with pytest.raises(ValueError, match="a share must be from 0 to 1"):
            replace(told, share=Decimal(share))
        assert replace(told, share=None).share is None


def test_doses_are_told_apart_by_their_amounts_and_found_again() -> None:
    texts = ("2 mg", "2 mg", "3 mg", "2 g")
    doses = [Dose(PAIN, PAIN.name, True, None, Quantity.read(text)) for text in texts]
    assert doses[0] == doses[1]
    assert hash(doses[0]) == hash(doses[1])
    assert len({*doses}) == len({hash(dose) for dose in doses}) == 3
