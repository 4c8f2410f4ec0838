"""The laws of amounts: what is in the syringe adds up, and more of it is never milder."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any, Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from solutions import Measured, Solution, Written, measured, solutions, total, volumes

import mesomix
from mesomix.composition import Content
from mesomix.rules import RULES

FORMULARY: Final = mesomix.load()
PATIENT: Final = FORMULARY.patient(allergies=[], nothing_else=True)
GRAVITY: Final = {"no-objection": 0, "review": 1, "refuse": 2}
DOSE_RULES: Final = {"above-label-dose", "label-dose-share", "dose-unknown", "excipient-amount"}
WITHOUT_REPETITION: Final = mesomix.Rulebook(r for r in RULES if r.id != "repeated-product")
WITHOUT_EMPTY: Final = mesomix.Rulebook(r for r in RULES if r.id != "empty-mixture")
UNKNOWN: Final[list[Written]] = [
    *("xyz 2 ml", "xyz", "Miorel environ 2 ml", "Lidocaïne", "lidocaïne 3 ml", "Dicynone zorg"),
    *(("Mésocaïne", "zorg"), ("xyz", "1 ampoule"), "2 ml", "", "Piroxicam 1 ml", "Kenacort 40 mg"),
    *("Procaïne Lavoisier 2 ml", "lidocaïne 100 mg", "Maginjectable ?", "Miorel 2 à 3 ml"),
]

PROCAINE: Final = "Procaïne Lavoisier 2 %"

mixtures = st.lists(measured(), max_size=4)
some = st.lists(measured(), min_size=1, max_size=4)


def mixed(written: Sequence[Written], per_day: Sequence[Written] | None = None) -> mesomix.Mixture:
    return FORMULARY.mixture(*written, per_day=per_day)


def plainly(components: Sequence[Measured]) -> list[Written]:
    return [one.plain for one in components]


def check(
    written: Sequence[Written],
    per_day: Sequence[Written] | None = None,
    rules: mesomix.Rulebook = RULES,
) -> mesomix.Report:
    return rules.check(mixed(written, per_day), PATIENT)


def gravity(report: mesomix.Report) -> int:
    return GRAVITY[report.verdict.value]


def refused(report: mesomix.Report) -> set[tuple[str, str]]:
    """What is certainly more than a label allows, and for how long."""
    return {
        (str(finding.about[0].id), finding.message.en.partition(", more than ")[2])
        for finding in report.findings
        if finding.rule == "above-label-dose" and finding.certain
    }


def limits(report: mesomix.Report) -> set[str]:
    """The limits of labels that are certainly passed, whatever is said of the day."""
    return {
        limit.partition(" The total")[0].partition(" This is")[0] for _, limit in refused(report)
    }


def named(name: str) -> Solution:
    return next(one for one in solutions() if one.name == name)


def told(contents: Sequence[Content]) -> list[Any]:
    """The contents of a composition, in an order that does not depend on that of writing."""
    return sorted(contents, key=lambda content: (content.substance, content.name.en))


def alike(one: mesomix.Mixture, other: mesomix.Mixture) -> None:
    """Both have the same doses, totals and volume, and the same is said of them."""
    assert one.doses == other.doses
    a, b = one.composition(), other.composition()
    assert a.volume == b.volume
    assert told(a.contents) == told(b.contents)
    assert (a.per_day is None) is (b.per_day is None)
    assert told(a.per_day or ()) == told(b.per_day or ())
    before, after = (WITHOUT_REPETITION.check(mixture, PATIENT) for mixture in (one, other))
    assert before.findings == after.findings
    assert before.not_checked == after.not_checked
    assert before.verdict is after.verdict


# --- It adds up -----------------------------------------------------------------------------


@given(some, st.data())
def test_volumes_and_masses_add_up_exactly(components: list[Measured], data: st.DataObject) -> None:
    composition = mixed([data.draw(one.ways()) for one in components]).composition()
    volume = sum((one.volume for one in components), Fraction(0))
    assert composition.volume == mesomix.Quantity.of(volume, "mL")
    unsure = {key for one in components for key in one.solution.unsure}
    expected = total(components)
    found = {
        (content.substance, content.name.en if "(as " in content.name.en else ""): content
        for content in composition.contents
    }
    for key, content in found.items():
        if key in unsure or key not in expected:
            assert content.quantity is None
            assert content.unknown
            continue
        number, kind = expected[key]
        assert content.quantity == mesomix.Quantity.of(number, kind)
        assert content.concentration == mesomix.Quantity.of(number / volume, f"{kind}/mL")
        assert not content.unknown
    assert expected.keys() <= found.keys()
    for key in unsure & expected.keys():
        number, kind = expected[key]
        assert found[key].at_least == mesomix.Quantity.of(number, kind)


@given(some)
def test_shares_of_the_volume_add_up(components: list[Measured]) -> None:
    composition = mixed(plainly(components)).composition()
    shares = [one.share for one in composition.ingredients]
    assert None not in shares
    assert abs(sum(Fraction(share) for share in shares if share is not None) - 1) < Fraction(
        1, 10**20
    )
    for content in composition.contents:
        assert content.share is None or 0 < content.share <= 1


@given(some)
def test_a_dose_is_what_the_composition_tells(components: list[Measured]) -> None:
    mixture = mixed(plainly(components))
    contents = {
        content.substance: content
        for content in mixture.composition().contents
        if "(as " not in content.name.en
    }
    for dose in mixture.doses or ():
        content = contents[dose.substance.id]
        assert (content.quantity is not None) is dose.exact
        if dose.exact:
            assert dose.least == dose.possible == content.quantity
        else:
            assert (dose.least, dose.possible) == (content.at_least, content.possible)


# --- Other ways to write the same -----------------------------------------------------------


@given(some, st.data())
def test_other_units_change_nothing(components: list[Measured], data: st.DataObject) -> None:
    written = [data.draw(one.ways()) for one in components]
    alike(mixed(plainly(components)), mixed(written))


@given(measured().filter(lambda one: one.solution.beside), st.data())
def test_beside_a_name_and_within_one_text_an_amount_is_the_same(
    component: Measured, data: st.DataObject
) -> None:
    text = data.draw(st.sampled_from(component.texts))
    alike(mixed([data.draw(st.sampled_from(component.pairs))]), mixed([text]))


@given(some, st.data())
def test_a_component_may_be_written_as_two(components: list[Measured], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(components) - 1))
    whole = components[number]
    part = Fraction(data.draw(st.integers(1, 99)), 100) * whole.volume
    halves = [Measured(whole.solution, part), Measured(whole.solution, whole.volume - part)]
    others = [*components[:number], *components[number + 1 :]]
    alike(mixed(plainly(components)), mixed(plainly([*others, *halves])))


@given(mixtures, st.lists(st.sampled_from(UNKNOWN), max_size=2), st.randoms(use_true_random=False))
def test_the_order_does_not_matter(
    components: list[Measured], unknown: list[Written], random: Random
) -> None:
    written = [*plainly(components), *unknown]
    turned = random.sample(written, len(written))
    one, other = mixed(written, written), mixed(turned, turned)
    alike(one, other)
    assert RULES.check(one, PATIENT).findings == RULES.check(other, PATIENT).findings


@given(st.lists(measured(), min_size=2, max_size=3), st.data())
@example(
    [Measured(named("lidocaïne 2%"), Fraction(15)), Measured(named(PROCAINE), Fraction(5))], None
)
def test_components_in_one_text_are_those_components_or_asked_about(
    components: list[Measured], data: st.DataObject | None
) -> None:
    beside = [one for one in components if one.solution.beside]
    if not beside or len({one.solution.active for one in beside}) < len(beside):
        return
    for separator in (" + ", "; ", "\n", ", ", " et ", " - ", " "):
        texts = [
            f"{one.volume.numerator} ml de {one.solution.name}"
            if data is None
            else data.draw(st.sampled_from(one.texts))
            for one in beside
        ]
        together = mixed([separator.join(texts)])
        if not together.read_in_part:
            alike(mixed(texts), together)


TWICE: Final = [
    # A brand, its substance beside it, and the milligrams of both.
    ("Miorel 1 ampoule", "thiocolchicoside 4 mg", 8),
    ("Mésocaïne 5 ml", "50 mg de lidocaïne", 100),
    ("Mésocaïne 5 ml", "lidocaïne 1 % 5 ml", 100),
    ("Procaïne Lavoisier 2 % 2 ml", "procaïne 40 mg", 80),
    ("Dicynone 1 ampoule", "étamsylate 250 mg", 500),
    ("Mésocaïne 20 ml", "lidocaïne", 0),  # 0: it cannot be known
    ("Mésocaïne", "lidocaïne 1 % 20 ml", 0),
]


@pytest.mark.parametrize("separator", [" + ", "+", " & ", "; ", "\n", " et ", " and "])
@pytest.mark.parametrize(("brand", "substance", "sum_in_mg"), TWICE)
def test_a_brand_and_its_substance_are_two_where_a_sign_parts_them(
    brand: str, substance: str, sum_in_mg: int, separator: str
) -> None:
    for written in ([brand, substance], [substance, brand]):
        [dose] = mixed([separator.join(written)]).doses or ()
        assert not dose.exact or dose.least == mesomix.Quantity.of(Fraction(sum_in_mg), "mg")


@pytest.mark.parametrize("written", ["Miorel (thiocolchicoside) 2 ml", "Mésocaïne lidocaïne 2 ml"])
def test_a_substance_beside_its_brand_without_a_sign_is_the_same_thing(written: str) -> None:
    alike(mixed([f"{written.split(maxsplit=1)[0]} 2 ml"]), mixed([written]))


# --- More is never milder -------------------------------------------------------------------


@given(mixtures, measured(), st.data())
def test_more_of_anything_is_never_milder(
    components: list[Measured], more: Measured, data: st.DataObject
) -> None:
    before = check(plainly(components), rules=WITHOUT_EMPTY)
    after = check([*plainly(components), data.draw(more.ways())], rules=WITHOUT_EMPTY)
    assert gravity(after) >= gravity(before)
    assert refused(after) >= refused(before)


@given(some, volumes(), st.data())
def test_more_of_a_component_is_never_milder(
    components: list[Measured], more: Fraction, data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(components) - 1))
    one = components[number]
    larger = Measured(one.solution, one.volume + more)
    before = check(plainly(components))
    after = check(plainly([*components[:number], larger, *components[number + 1 :]]))
    assert gravity(after) >= gravity(before)
    assert refused(after) >= refused(before)


@given(mixtures, st.lists(st.sampled_from(UNKNOWN), max_size=2), st.sampled_from(UNKNOWN))
@example([], [], ("Mésocaïne", "zorg"))
def test_something_unknown_is_never_milder(
    components: list[Measured], unknown: list[Written], more: Written
) -> None:
    written = [*plainly(components), *unknown]
    before = check(written, rules=WITHOUT_EMPTY)
    after = check([*written, more], rules=WITHOUT_EMPTY)
    assert gravity(after) >= gravity(before)
    assert limits(after) >= limits(before)


@given(some, st.lists(st.sampled_from(UNKNOWN), max_size=2))
def test_an_amount_is_never_milder_than_none(
    components: list[Measured], unknown: list[Written]
) -> None:
    names = [one.solution.name for one in components]
    if mixed(names).doses is not None:
        return  # "2 g/100 ml" may be all of it: then an amount is an answer
    before = check([*names, *unknown])
    after = check([*plainly(components), *unknown])
    assert gravity(after) >= gravity(before)
    silent = {f for f in before.findings if f.rule not in DOSE_RULES}
    assert silent <= {*after.findings}


@given(mixtures, st.none() | mixtures, mixtures, st.lists(st.sampled_from(UNKNOWN), max_size=2))
def test_a_day_is_never_milder_than_none_and_more_of_it_than_less(
    components: list[Measured],
    day: list[Measured] | None,
    more: list[Measured],
    unknown: list[Written],
) -> None:
    written = plainly(components)
    first = None if day is None else plainly(day)
    before = check(written, first)
    after = check(written, [*(first or ()), *plainly(more), *unknown])
    assert gravity(after) >= gravity(before)
    assert limits(after) >= limits(before)


@given(some)
def test_a_day_is_judged_though_the_amounts_of_the_mixture_are_not_written(
    components: list[Measured],
) -> None:
    day = plainly(components)
    judged = limits(check([one.solution.name for one in components], day))
    assert {limit for limit in limits(check(day)) if " per day" in limit} <= judged


@given(some, st.sampled_from(UNKNOWN))
@example([Measured(named("Miorel"), Fraction(2))], "Miorel environ 2 ml")
@example([Measured(named("Mésocaïne"), Fraction(2))], "lidocaïne 3 ml")
def test_a_substance_whose_dose_is_unknown_never_looks_checked(
    components: list[Measured], unknown: Written
) -> None:
    written = plainly(components)
    for mixture in (mixed([*written, unknown]), mixed(written, [*written, unknown])):
        report = RULES.check(mixture, PATIENT)
        open_for = {
            about.id
            for one in report.not_checked
            if one.rule == "above-label-dose"
            for about in one.about
        }
        for dose in mixture.doses or ():
            maxima = dose.substance.maximum_doses or ()
            of_the_day = any(one.per is mesomix.Per.DAY for one in maxima)
            if dose.active and (not dose.exact or (of_the_day and dose.day_unknown)):
                assert dose.substance.id in open_for


# --- Whatever is written --------------------------------------------------------------------

NUMBERS: Final = ["2", "1/2", "1,5", "2.000", "½", "0", "-1", "1e9", "٢", "²", "10" * 30, "II", "+"]
WORDS: Final = [
    *("ml", "mg", "%", "ampoule", "de", "UI", "Miorel", "lidocaïne", "/", "(", ")", ":", "x", "à"),
    *("g/100 ml", "µl", "cl", "et", "+", "?", "\x00", "\u202e", "\ud800", "zorg", "mg/ml", "demi"),
]
amount_like = st.one_of(
    st.text(max_size=20),
    st.lists(st.sampled_from([*NUMBERS, *WORDS]), max_size=8).map(" ".join),
    st.lists(st.sampled_from([*NUMBERS, *WORDS]), max_size=8).map("".join),
)


@given(amount_like, amount_like, st.none() | amount_like)
def test_whatever_is_written_is_read(name: str, amount: str, day: str | None) -> None:
    per_day = None if day is None else [day, (day, amount)]
    for written in ([name], [(name, amount)], [("Miorel", amount), f"{name} {amount}"]):
        report = check(written, per_day)
        assert report.text("fr")
        again = mesomix.Report.model_validate_json(report.model_dump_json())
        assert again == report


@given(amount_like, st.sampled_from(solutions()))
def test_what_is_beside_a_name_is_an_amount_or_asked_about(amount: str, solution: Any) -> None:
    mixture = mixed([(solution.name, amount)])
    [ingredient] = mixture.composition().ingredients
    if ingredient.volume is None and not mixture.read_in_part:
        assert all(content.unknown for content in mixture.composition().contents)
        assert mixture.doses is not None or not amount.strip()


@pytest.mark.parametrize("wrong", [None, 2, 2.0, ("Miorel", 2), ("Miorel",), ("a", "b", "c"), b"x"])
def test_what_is_no_text_is_refused(wrong: Any) -> None:
    with pytest.raises(TypeError):
        FORMULARY.mixture(wrong)
    with pytest.raises(TypeError):
        FORMULARY.mixture("Miorel", per_day=[wrong])
