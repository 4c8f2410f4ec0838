"""The minimal changes of a mixture, against trying every change with `check`."""

import json
from collections.abc import Iterator
from itertools import combinations, product
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_formularies import (
    Drawn,
    DrawnPatient,
    any_products,
    formularies,
    patients,
    rulebooks,
)

import mesomix
from mesomix import Effect, Severity, Verdict
from mesomix.request import mixture_of
from mesomix.space import changing, lines
from mesomix.space.repairs import MOST_LINES, Repair, Repairs, repairs

FORMULARY: Final = mesomix.load()
REFUSAL: Final = Verdict.REVIEW
ANYTHING: Final = Verdict.NO_OBJECTION
EVERYTHING: Final = 100_000

Changes = tuple[mesomix.Product | str | None, ...]
"""Of each line: the product in its place, None where it is dropped, "kept" where it stays."""


def changed(mixture: mesomix.Mixture, changes: Changes) -> mesomix.Mixture:
    components: list[mesomix.Component] = []
    for component, change in zip(mixture.components, changes, strict=True):
        if isinstance(change, mesomix.Product):
            components += mixture_of([change], mixture.edition).components
        elif change is not None:
            components.append(component)
    return mesomix.Mixture(tuple(components), mixture.edition, mixture.effects, mixture.per_day)


def is_clear(report: mesomix.Report, to: Verdict) -> bool:
    if to is Verdict.NO_OBJECTION:
        return report.verdict is Verdict.NO_OBJECTION
    return all(finding.severity is not Severity.REFUSE for finding in report.findings)


def every_change(mixture: mesomix.Mixture, products: list[mesomix.Product]) -> Iterator[Changes]:
    """All changes of the lines, none of them among it."""
    options: list[list[mesomix.Product | str | None]] = []
    for line in mixture.components:
        effects = {effect for one in line.products for effect in one.effects}
        held = {s for one in line.products for s in one.substances} if line.amounts else set()
        options.append(["kept", None])
        options[-1] += [
            one
            for one in products
            if effects & one.effects
            and one not in mixture.products
            and not held & {*one.substances}
        ]
    for changes in product(*options):
        new = [one for one in changes if isinstance(one, mesomix.Product)]
        if len(new) == len(set(new)):
            yield changes


def by_trying(
    mixture: mesomix.Mixture,
    patient: mesomix.Patient | None,
    products: list[mesomix.Product],
    rules: mesomix.Rulebook,
    to: Verdict,
) -> dict[Changes, mesomix.Report]:
    """The minimal changes that clear it, each with the report of what is left."""
    clear: dict[Changes, mesomix.Report] = {}
    for changes in every_change(mixture, products):
        left = changed(mixture, changes)
        report = rules.check(left, patient)
        if left.products and is_clear(report, to):
            clear[changes] = report
    minimal: dict[Changes, mesomix.Report] = {}
    for changes, report in clear.items():
        places = [line for line, one in enumerate(changes) if one != "kept"]
        parts = (part for size in range(len(places)) for part in combinations(places, size))
        if not any(
            tuple(one if line in part else "kept" for line, one in enumerate(changes)) in clear
            for part in parts
        ):
            minimal[changes] = report
    return minimal


def told(repair: Repair, count: int) -> Changes:
    found: list[mesomix.Product | str | None] = ["kept"] * count
    for change in repair.changes:
        found[change.line] = change.product
    return tuple(found)


def compare(found: Repairs, expected: dict[Changes, mesomix.Report]) -> None:
    count = len(found.mixture.components)
    had = {effect for one in found.mixture.products for effect in one.effects}
    nothing: Changes = ("kept",) * count
    assert found.exhaustive
    assert found.cleared == (nothing in expected) or not found.mixture.products
    expected.pop(nothing, None)
    assert {told(one, count) for one in found.found} == {*expected}
    assert len(found.found) == len(expected)  # none is told twice
    ranks: list[tuple[int, int, bool]] = []
    for one in found.found:
        report = expected[told(one, count)]
        has = {effect for product in one.mixture.products for effect in product.effects}
        assert one.verdict is report.verdict
        assert one.mixture.reads == report.products
        assert {*one.kept} == had & has
        assert {*one.lost} == had - has
        moving = {(f.rule, f.severity, f.certain) for f in report.findings} - {
            (f.rule, f.severity, f.certain) for f in report.findings if f.severity is Severity.NOTE
        }
        assert moving == {
            (o.rule, o.severity, o.certain) for o in one.remaining if o.certain is not None
        }
        ranks.append((-len(one.kept), len(one.changes), one.verdict is Verdict.REVIEW))
    assert ranks == sorted(ranks)
    assert not (found.found and found.obstacles)


OTHERS: Final = ["Kenacort", "zorgle", "zorgle blu"]


@st.composite
def written(draw: st.DrawFn, formulary: mesomix.Formulary, most: int = 4) -> mesomix.Mixture:
    """A mixture as somebody may write it: two products in a line, words that mean nothing."""
    known = [one.name.fr for one in any_products(formulary)]
    one = st.sampled_from([*known, *known, *OTHERS])
    two = st.lists(st.sampled_from(known), min_size=2, max_size=2).map(" + ".join)
    half = st.sampled_from(known).map("{} zorgle".format)
    names = draw(st.lists(st.one_of(one, one, one, two, half), max_size=most))
    effects = draw(st.lists(st.sampled_from(mesomix.Effect), max_size=1))
    return formulary.mixture(*names, effects=effects if draw(st.booleans()) else ())


@settings(max_examples=40)
@given(
    drawn=formularies(),
    declared=patients(),
    rules=rulebooks(),
    to=st.sampled_from([REFUSAL, ANYTHING]),
    data=st.data(),
)
def test_as_trying_every_change(
    drawn: Drawn,
    declared: DrawnPatient,
    rules: mesomix.Rulebook,
    to: Verdict,
    data: st.DataObject,
) -> None:
    formulary = drawn.load()
    mixture, patient = data.draw(written(formulary)), declared.read(formulary)
    found = repairs(mixture, patient, formulary=formulary, rules=rules, to=to, most=EVERYTHING)
    products = [*formulary.products.values()]
    compare(found, by_trying(mixture, patient, products, rules, to))
    assert found.considered == max(len([*every_change(mixture, products)]) - 2, 0)


NOTHING_ELSE: Final = FORMULARY.patient(allergies=[], nothing_else=True)


def shipped(
    *names: str | tuple[str, str],
    patient: mesomix.Patient | None = NOTHING_ELSE,
    to: Verdict = REFUSAL,
    most: int = EVERYTHING,
    products: list[mesomix.Product] | None = None,
    per_day: list[str] | None = None,
) -> Repairs:
    mixture = FORMULARY.mixture(*names, per_day=per_day)
    return repairs(mixture, patient, formulary=FORMULARY, to=to, products=products, most=most)


def changes(found: Repairs) -> list[list[str]]:
    """What becomes of the lines that change: the id of another product, or nothing."""
    return [
        [f"{one.line}:{one.product.id if one.product else ''}" for one in repair.changes]
        for repair in found.found
    ]


@pytest.mark.parametrize("to", [REFUSAL, ANYTHING])
@pytest.mark.parametrize(
    "names",
    [
        ["Piroxicam 25 ml", "lidocaïne 2 ml"],
        ["Piroxicam Teva 2 ml", "Miorel 1 ml", "Kenacort", "lidocaïne 1 % 25 ml"],
        ["Mag 2 sans sucre", "Dicynone 2 ml"],
        ["procaïne", "procaïne", "zorgle"],
        ["procaïne + Miorel", "lidocaïne"],
        [],
        ["zorgle"],
    ],
)
def test_amounts_and_names_as_they_are_written(names: list[str], to: Verdict) -> None:
    products = [*FORMULARY.products.values(), *FORMULARY.specialties.values()][::2]
    for patient in (NOTHING_ELSE, FORMULARY.patient(allergies=["AINS"], nothing_else=True), None):
        found = shipped(*names, patient=patient, to=to, products=products)
        compare(found, by_trying(found.mixture, patient, products, mesomix.RULES, to))


@pytest.mark.parametrize("to", [REFUSAL, ANYTHING])
@pytest.mark.parametrize(
    "names",
    [
        # A swap of the last line leaves three products, as does a swap of the second.
        ["Dicynone", "Dicynone", "vitamine C", "Mag 2 sans sucre + piroxicam"],
        ["vitamine C", "Dicynone + vitamine C", "Dicynone", "Miorel + Mag 2"],
        ["piroxicam + procaïne", "calcitonine", "vitamine E + calcitonine", "vitamine E"],
        # Nothing but their number is in the way: any of them may go.
        ["lidocaïne", "Dicynone", "vitamine C", "calcitonine"],
        ["lidocaïne", "Dicynone", "vitamine C", "calcitonine", "zorgle"],
    ],
)
def test_too_many_products_in_any_lines(names: list[str], to: Verdict) -> None:
    products = [*FORMULARY.products.values()]
    found = shipped(*names, to=to)
    expected = by_trying(found.mixture, NOTHING_ELSE, products, mesomix.RULES, to)
    compare(found, expected)
    assert found.found or to is ANYTHING


def test_a_product_that_is_written_twice_is_not_mixed_with_itself() -> None:
    rules = mesomix.Rulebook(one for one in mesomix.RULES if one.id != "repeated-product")
    mixture = FORMULARY.mixture("Miorel 4 mg/2 ml", "Miorel 4 mg/2 ml")
    found = repairs(mixture, NOTHING_ELSE, formulary=FORMULARY, rules=rules, to=ANYTHING)
    assert (found.verdict, found.cleared, found.found) == (ANYTHING, True, ())


def test_the_day_stays_as_it_was_told() -> None:
    found = shipped("Piroxicam Teva 1 ml", "lidocaïne", per_day=["Piroxicam Teva 2 ml"])
    products = [*FORMULARY.products.values()]
    compare(found, by_trying(found.mixture, NOTHING_ELSE, products, mesomix.RULES, REFUSAL))
    assert not found.found


def test_the_line_that_is_refused_gives_way() -> None:
    found = shipped("Piroxicam", "Kenacort", "lidocaïne")
    assert (found.verdict, found.cleared, found.exhaustive) == (Verdict.REFUSE, False, True)
    assert changes(found) == [["1:"]]
    assert (found.products, found.considered) == (2, 3 * 2 * 3 - 2)
    assert found.obstacles == ()
    assert [read.written for read in found.found[0].mixture.reads] == ["Piroxicam", "lidocaïne"]


def test_a_product_takes_one_place() -> None:
    """Two analgesics, in whose places two others may come, but not the same in both."""
    specialties = [one for one in FORMULARY.specialties.values() if Effect.ANALGESIC in one.effects]
    found = shipped("lidocaïne", "procaïne", products=specialties)
    count = len(specialties)
    assert found.considered == 4 + 2 * 2 * count + count * (count - 1) - 2


def test_what_keeps_more_effects_comes_first_and_then_what_changes_less() -> None:
    found = shipped("Mag 2 sans sucre", "lidocaïne")
    assert changes(found) == [
        ["0:magnesium-pidolate"],
        ["0:etamsylate"],
        ["0:ascorbic-acid"],
        ["0:thiocolchicoside"],  # a review is left
        ["0:tocopherol"],
        ["0:"],
    ]
    assert [one.verdict is Verdict.REVIEW for one in found.found] == [False] * 3 + [True] * 2 + [
        False
    ]


def test_so_many_are_told_and_there_are_more() -> None:
    found = shipped("Mag 2 sans sucre", "lidocaïne", most=2)
    assert len(found.found) == 2
    assert not found.exhaustive


def test_a_doubt_about_a_refusal_is_no_way_out_of_one() -> None:
    allergic = FORMULARY.patient(allergies=["alcool benzylique"], nothing_else=True)
    teva = FORMULARY.mixture("Piroxicam Teva")
    assert mesomix.check(teva, allergic).verdict is Verdict.REFUSE
    assert mesomix.check(FORMULARY.mixture("piroxicam"), allergic).verdict is Verdict.REVIEW
    assert changes(shipped("Piroxicam Teva", patient=allergic)) == [["0:calcitonin-salmon"]]


def test_what_has_no_amount_yet_takes_no_place_of_the_same_substance() -> None:
    found = shipped("Piroxicam Teva 3 ml", "lidocaïne 2 ml")
    assert changes(found) == [["0:calcitonin-salmon"], ["0:"]]
    (change,) = found.found[0].changes
    assert change.amount_is_open
    assert not found.found[1].changes[0].amount_is_open


def test_a_refusal_of_the_patient_has_no_repair() -> None:
    patient = FORMULARY.patient(allergies=[], facts={"skin-infection": True}, nothing_else=True)
    found = shipped("Piroxicam", "lidocaïne", patient=patient)
    assert (found.found, found.exhaustive) == ((), True)
    (obstacle,) = found.obstacles
    assert obstacle.of_patient
    assert obstacle.objection.rule == "skin-infection"


def test_without_a_repair_the_rules_in_the_way_are_told() -> None:
    allergic = FORMULARY.patient(allergies=["AINS"], nothing_else=True)
    found = shipped("Piroxicam Teva", "lidocaïne", patient=allergic, to=ANYTHING)
    said = {(one.objection.rule, one.products) for one in found.obstacles}
    assert said == {("known-allergy", 2), ("composition-unknown", 3)}
    assert not any(one.of_patient for one in found.obstacles)


def test_a_rule_on_the_whole_mixture_may_be_in_the_way() -> None:
    effects = [mesomix.Effect.DRAINING]  # no product has it
    mixture = FORMULARY.mixture("lidocaïne", effects=effects)
    found = repairs(mixture, NOTHING_ELSE, formulary=FORMULARY, to=ANYTHING)
    assert [(one.objection.rule, one.products) for one in found.obstacles] == [
        ("effect-not-covered", 0)
    ]


def test_what_was_asked_is_forgotten_where_it_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = shipped("Mag 2 sans sucre", "Kenacort", "lidocaïne", to=ANYTHING)
    monkeypatch.setattr(lines, "MOST_REMEMBERED", 2)
    assert changes(shipped("Mag 2 sans sucre", "Kenacort", "lidocaïne", to=ANYTHING)) == changes(
        whole
    )


def test_a_long_mixture_may_be_too_much_and_is_not_called_a_proof(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = ["Piroxicam", "procaïne", "lidocaïne", "Dicynone", "Kenacort"]
    whole = shipped(*names, to=ANYTHING)
    assert whole.exhaustive
    monkeypatch.setattr(changing, "MOST_STEPS", 20)
    found = shipped(*names, to=ANYTHING)
    assert not found.exhaustive
    dropping = [one for one in changes(whole) if all(change.endswith(":") for change in one)]
    assert [one for one in changes(found) if one in dropping] == dropping
    assert found.obstacles == ()


def test_the_same_is_told_as_plain_data() -> None:
    found = shipped("Piroxicam Teva 3 ml", "Kenacort")
    plain = json.loads(json.dumps(found.as_dict()))
    assert plain["mixture"] == ["Piroxicam Teva 3 ml", "Kenacort"]
    assert plain["found"][0] == {
        "changes": [
            {
                "line": 0,
                "written": "Piroxicam Teva 3 ml",
                "product": "calcitonin-salmon",
                "amount_is_open": True,
            },
            {"line": 1, "written": "Kenacort", "product": None, "amount_is_open": False},
        ],
        "mixture": ["calcitonine de saumon"],
        "kept": ["anti-inflammatory"],
        "lost": [],
        "verdict": "no-objection",
        "remaining": [],
    }
    assert json.loads(json.dumps(shipped("Kenacort").as_dict()))["obstacles"] == [
        {
            "objection": {"rule": "corticosteroid", "severity": "refuse", "certain": True},
            "of_patient": False,
            "products": 1,
        }
    ]


def test_what_cannot_be_asked_is_refused() -> None:
    other = mesomix.load()
    with pytest.raises(ValueError, match="not read with this formulary"):
        repairs(FORMULARY.mixture("Miorel"), formulary=other)
    with pytest.raises(ValueError, match=r"to= is what a repair leads to"):
        shipped("Miorel", to=Verdict.REFUSE)
    with pytest.raises(ValueError, match=f"ask about {MOST_LINES} of them"):
        shipped(*["Miorel"] * (MOST_LINES + 1))
    with pytest.raises(TypeError, match="must be what formulary"):
        repairs("Miorel", formulary=FORMULARY)  # pyrefly: ignore[bad-argument-type]
