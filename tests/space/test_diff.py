"""What changed in all mixtures, against checking each on both sides."""

import json
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_formularies import (
    Drawn,
    DrawnPatient,
    any_products,
    own_mixture,
    pairs_of_formularies,
    patients,
    rulebooks,
)

import mesomix
from mesomix.report import ANOTHER_QUESTION, Report
from mesomix.request import mixture_of
from mesomix.rule import Flags, flag, rule
from mesomix.space.causes import Of
from mesomix.space.diff import CHANGES, Comparison, Diff, diff
from mesomix.space.joint import MILDEST_FIRST, is_milder
from mesomix.vocabulary import Severity

Reports = dict[frozenset[str], Report]
Two = tuple[mesomix.Rulebook, mesomix.Rulebook]


def reports(
    formulary: mesomix.Formulary,
    rules: mesomix.Rulebook,
    patient: mesomix.Patient | None,
    products: list[mesomix.Product],
) -> Reports:
    """What a check says of each mixture, by the ids of its products."""
    return {
        frozenset(product.id for product in chosen): rules.check(
            mixture_of(chosen, formulary.edition), patient
        )
        for size in (1, 2, 3)
        for chosen in combinations(products, size)
    }


def beyond(report: Report, rules: mesomix.Rulebook, milder: mesomix.Verdict) -> set[object]:
    """What `report` says that makes its verdict worse than `milder`."""
    if milder is mesomix.Verdict.REVIEW:
        return {
            (f.rule, f.severity, True)
            for f in report.findings
            if f.certain and f.severity is Severity.REFUSE
        }
    found: set[object] = {
        (f.rule, f.severity, f.certain) for f in report.findings if f.severity is not Severity.NOTE
    }
    return found | {
        (one.rule, rules[one.rule].severity, None)
        for one in report.not_checked
        if one.severity is not Severity.NOTE and one.reason not in ANOTHER_QUESTION
    }


def rulebook_pairs() -> st.SearchStrategy[Two]:
    """The same rules on both sides, or two rulebooks."""
    same = rulebooks().map(lambda rules: (rules, rules))
    return same | st.tuples(rulebooks(), rulebooks())


def check_causes(found: Diff, was: Reports, now: Reports, rules: Two) -> None:
    """Each changed mixture is told with all that stood against it, and by what holds it."""
    told: dict[frozenset[str], set[object]] = {}
    for cause in found.causes:
        mixtures = [frozenset(one.products) for one in found.mixtures_of(cause)]
        assert len(set(mixtures)) == len(mixtures) == cause.mixtures > 0
        assert Counter(map(len, mixtures)) == Counter(
            {size: count for size, count in enumerate(cause.sizes, 1) if count}
        )
        milder = now if is_milder(cause.change) else was
        for ids in cause.about:  # of none of them it is said on the other side
            findings = milder[frozenset(ids)].findings
            there = {(one.rule, one.severity, one.certain) for one in findings}
            assert there.isdisjoint((o.rule, o.severity, o.certain) for o in cause.objections)
        for mixture in mixtures:
            assert (was[mixture].verdict, now[mixture].verdict) == cause.change
            assert cause.of is Of.SIZE or any(mixture.issuperset(ids) for ids in cause.about)
            said = {(one.rule, one.severity, one.certain) for one in cause.objections}
            told.setdefault(mixture, set()).update(said)
    for mixture, objections in told.items():
        before, after = was[mixture], now[mixture]
        if is_milder((before.verdict, after.verdict)):
            assert objections == beyond(before, rules[0], after.verdict)
        else:
            assert objections == beyond(after, rules[1], before.verdict)


@settings(max_examples=50)
@given(drawn=pairs_of_formularies(), told=patients(), rules=rulebook_pairs(), sold=st.booleans())
def test_as_checking_each_on_both_sides(
    drawn: tuple[Drawn, Drawn], told: DrawnPatient, rules: Two, sold: bool
) -> None:
    old, new = (one.load() for one in drawn)
    two = told.read(old), told.read(new)
    products = [any_products(one)[:6] if sold else [*one.products.values()] for one in (old, new)]
    given_products = (products[0], products[1]) if sold else None
    patient = None if two[0] is None or two[1] is None else (two[0], two[1])
    found = diff(old, new, patient, rules=rules, products=given_products)
    was = reports(old, rules[0], two[0], products[0])
    now = reports(new, rules[1], two[1], products[1])
    both = was.keys() & now.keys()
    counted = Counter((was[one].verdict, now[one].verdict) for one in both)
    assert found.verdicts == {
        (before, after): counted[before, after]
        for before in MILDEST_FIRST
        for after in MILDEST_FIRST
    }
    assert found.milder == sum(counted[change] for change in CHANGES if is_milder(change))
    assert found.worse == sum(counted[change] for change in CHANGES if not is_milder(change))
    streamed = [*found.mixtures()]
    assert {frozenset(one.products): one[1:] for one in streamed} == {
        one: (was[one].verdict, now[one].verdict)
        for one in both
        if was[one].verdict is not now[one].verdict
    }
    assert len(streamed) == found.milder + found.worse
    assert [one[1:] for one in streamed] == sorted((o[1:] for o in streamed), key=CHANGES.index)
    check_causes(found, was, now, rules)
    assert {frozenset(o.products) for c in found.causes for o in found.mixtures_of(c)} == {
        frozenset(one.products) for one in streamed
    }
    for side, counts in ((now, found.appeared), (was, found.disappeared)):
        only = Counter(side[one].verdict for one in side if one not in both)
        assert counts == {verdict: only[verdict] for verdict in mesomix.Verdict}
    new_ids = [p.id for p in products[1] if p.id not in {one.id for one in products[0]}]
    assert found.added_without_objection == {
        key: sum(r.verdict is mesomix.Verdict.NO_OBJECTION for m, r in now.items() if key in m)
        for key in new_ids
    }
    assert json.loads(json.dumps(found.as_dict())) == found.as_dict()


def test_the_milder_come_first() -> None:
    order = [f"{before} {after}" for before, after in CHANGES]
    assert order == [
        "refuse no-objection",
        "review no-objection",
        "refuse review",
        "review refuse",
        "no-objection refuse",
        "no-objection review",
    ]


def test_nothing_changed(formulary: mesomix.Formulary) -> None:
    patient = formulary.patient(allergies=[], nothing_else=True)
    found = diff(formulary, formulary, (patient, patient))
    assert (found.milder, found.worse, found.causes) == (0, 0, ())
    assert [*found.mixtures()] == []
    assert [*found.mixtures((mesomix.Verdict.REFUSE, mesomix.Verdict.REFUSE))] == []
    assert found.described


def test_one_change_is_asked_for(formulary: mesomix.Formulary) -> None:
    rules = mesomix.Rulebook(one for one in mesomix.RULES if one.id != "mixing-forbidden")
    found = diff(formulary, formulary, _two(formulary), rules=(mesomix.RULES, rules))
    change = (mesomix.Verdict.REVIEW, mesomix.Verdict.NO_OBJECTION)
    assert found.milder == len([*found.mixtures(change)]) > 0
    assert [*found.mixtures(change[::-1])] == []
    assert {cause.of for cause in found.causes} == {Of.MIXED_PRODUCT}


def _two(formulary: mesomix.Formulary) -> tuple[mesomix.Patient, mesomix.Patient]:
    patient = formulary.patient(allergies=[], nothing_else=True)
    return patient, patient


def test_many_at_once_are_named_as_one_by_one(formulary: mesomix.Formulary) -> None:
    """Long sets are read in another way than short ones."""
    rules = mesomix.Rulebook(one for one in mesomix.RULES if one.id != "repeated-class")
    products = [*formulary.products.values(), *formulary.specialties.values()]
    side = products, products
    found = diff(formulary, formulary, _two(formulary), rules=(mesomix.RULES, rules), products=side)
    names = [one.products for one in found.mixtures()]
    assert len(names) == len(set(names)) == found.milder == 90
    place = {product.id: number for number, product in enumerate(products)}
    assert all([*ids] == sorted(ids, key=place.__getitem__) for ids in names)


def test_a_rule_on_whole_mixtures(formulary: mesomix.Formulary) -> None:
    rules = mesomix.Rulebook([*mesomix.RULES, own_mixture])
    found = diff(formulary, formulary, _two(formulary), rules=(rules, mesomix.RULES))
    assert found.milder == len([*found.mixtures()]) > 0
    assert {cause.of for cause in found.causes} <= {Of.MIXTURE, Of.SIZE}


def test_for_many_patients(formulary: mesomix.Formulary) -> None:
    rules = mesomix.Rulebook(one for one in mesomix.RULES if one.id != "mixing-forbidden")
    comparison = Comparison(formulary, formulary, rules=(mesomix.RULES, rules))
    for allergies in ("pas d'allergie", "sulfites", "zorgle"):
        patient = formulary.patient(allergies=[allergies], nothing_else=True)
        expected = diff(formulary, formulary, (patient, patient), rules=(mesomix.RULES, rules))
        assert comparison.diff((patient, patient)) == expected


def test_two_products_of_one_id_cannot_be_told_apart(formulary: mesomix.Formulary) -> None:
    one = formulary.products["piroxicam"]
    with pytest.raises(ValueError, match=r"one id.*'piroxicam'"):
        diff(formulary, formulary, products=([one], [one, mesomix.load().products["piroxicam"]]))


def test_a_pair_is_told_by_what_became_of_each_mixture_of_it(
    formulary: mesomix.Formulary,
) -> None:
    """Alone, the pair has no objection left; with what is never mixed, a review is left."""
    cites = mesomix.RULES["corticosteroid"].cites

    @rule(Severity.REFUSE, fr="z", en="z", cites=cites)
    def own_two(a: mesomix.Product, b: mesomix.Product) -> Flags:
        """It knows three products."""
        if {a.id, b.id} <= {"etamsylate", "lidocaine", "ascorbic-acid"}:
            yield flag()

    rules = mesomix.Rulebook([*mesomix.RULES, own_two]), mesomix.RULES
    found = diff(formulary, formulary, _two(formulary), rules=rules)
    by_change = {cause.change: {*found.mixtures_of(cause)} for cause in found.causes}
    assert len(found.causes) == len(by_change) == 2
    refuse, review, nothing = (mesomix.Verdict(v) for v in ("refuse", "review", "no-objection"))
    left = {one.products for one in by_change[refuse, review]}
    cleared = {one.products for one in by_change[refuse, nothing]}
    assert ("lidocaine", "thiocolchicoside", "etamsylate") in left
    assert {len(products) for products in left} == {3}
    assert ("lidocaine", "etamsylate", "ascorbic-acid") in cleared
    assert ("lidocaine", "etamsylate") in cleared
    assert len(left) + len(cleared) == found.milder == 3 + 3 * 6 + 1


def test_what_could_not_run_is_told_as_such(formulary: mesomix.Formulary) -> None:
    rules = mesomix.Rulebook(one for one in mesomix.RULES if one.id != "product-contraindicated")
    asked = {key: False for key in formulary.conditions if key != "nephrolithiasis"}
    patient = formulary.patient(allergies=[], facts=asked)
    found = diff(formulary, formulary, (patient, patient), rules=(mesomix.RULES, rules))
    (cause,) = found.as_dict()["causes"]
    assert cause["objections"] == ["product-contraindicated: not checked"]
    assert (cause["of"], cause["before"]) == ("product", "review")


def test_a_whole_mixture_of_what_is_never_mixed(formulary: mesomix.Formulary) -> None:
    """Its own objection and that to mixing it are two causes of one change, of one mixture."""
    cites = mesomix.RULES["corticosteroid"].cites

    @rule(Severity.REVIEW, fr="z", en="z", cites=cites)
    def own_two(mixture: mesomix.Mixture) -> Flags:
        """It knows one mixture."""
        if {product.id for product in mixture.products} == {"thiocolchicoside", "lidocaine"}:
            yield flag()

    less = [one for one in mesomix.RULES if one.id != "mixing-forbidden"]
    both = mesomix.Rulebook([*mesomix.RULES, own_two])
    found = diff(
        formulary, formulary, _two(formulary), rules=(both, mesomix.Rulebook([*less, own_two]))
    )
    other = diff(
        formulary, formulary, _two(formulary), rules=(mesomix.RULES, mesomix.Rulebook(less))
    )
    assert found.milder == len([*found.mixtures()]) == other.milder - 1
    everything = diff(formulary, formulary, _two(formulary), rules=(both, mesomix.Rulebook(less)))
    assert everything.milder == len([*everything.mixtures()]) == other.milder
    assert {(cause.of, cause.mixtures) for cause in everything.causes} == {
        (Of.MIXED_PRODUCT, other.milder),
        (Of.MIXTURE, 1),
    }


def test_what_is_said_of_a_product_alone_and_mixed(formulary: mesomix.Formulary) -> None:
    @rule(Severity.REVIEW, fr="z", en="z", cites=mesomix.RULES["corticosteroid"].cites)
    def own_one(product: mesomix.Product) -> Flags:
        """It knows one product, whose label forbids mixing."""
        if product.id == "thiocolchicoside":
            yield flag()

    less = mesomix.Rulebook(one for one in mesomix.RULES if one.id != "mixing-forbidden")
    rules = mesomix.Rulebook([*mesomix.RULES, own_one]), less
    found = diff(formulary, formulary, _two(formulary), rules=rules)
    by_kind = {cause.of: {*found.mixtures_of(cause)} for cause in found.causes}
    alone = by_kind[Of.PRODUCT] - by_kind[Of.MIXED_PRODUCT]
    assert {one.products for one in alone} == {("thiocolchicoside",)}
    assert by_kind[Of.MIXED_PRODUCT] < by_kind[Of.PRODUCT]


def test_only_the_sizes_that_changed_are_a_cause(formulary: mesomix.Formulary) -> None:
    @rule(Severity.REFUSE, fr="z", en="z", cites=mesomix.RULES["corticosteroid"].cites)
    def own_size(mixture: mesomix.Mixture) -> Flags:
        """It counts to two."""
        if mixture.count > 1:
            yield flag()

    @rule(Severity.REFUSE, fr="z", en="z", cites=mesomix.RULES["corticosteroid"].cites)
    def own_three(mixture: mesomix.Mixture) -> Flags:
        """It counts to three."""
        if mixture.count > 2:
            yield flag()

    books = [mesomix.Rulebook([*mesomix.RULES, one]) for one in (own_size, own_three)]
    found = diff(formulary, formulary, _two(formulary), rules=(books[0], books[1]))
    assert {(cause.of, cause.left.sizes) for cause in found.causes} == {(Of.SIZE, frozenset({2}))}
    assert found.milder == 36


def test_what_an_added_product_permits(formulary: mesomix.Formulary) -> None:
    products = [*formulary.products.values()]
    two = products[1:], products
    found = diff(formulary, formulary, _two(formulary), products=two)
    assert found.added == ("lidocaine",)
    with_it = [
        mixture_of([products[0], *others], formulary.edition)
        for size in (0, 1, 2)
        for others in combinations(products[1:], size)
    ]
    patient = _two(formulary)[0]
    verdicts = Counter(mesomix.check(mixture, patient).verdict for mixture in with_it)
    assert found.added_without_objection == {"lidocaine": verdicts[mesomix.Verdict.NO_OBJECTION]}
    assert found.added_without_objection["lidocaine"] > 1


def test_a_pair_of_which_it_is_still_said_is_no_cause(formulary: mesomix.Formulary) -> None:
    def knowing(*others: str) -> mesomix.Rulebook:
        @rule(Severity.REFUSE, fr="z", en="z", cites=mesomix.RULES["corticosteroid"].cites)
        def own_pairs(a: mesomix.Product, b: mesomix.Product) -> Flags:
            """It knows one product beside some."""
            if "lidocaine" in {a.id, b.id} and {a.id, b.id} & {*others}:
                yield flag()

        return mesomix.Rulebook([*mesomix.RULES, own_pairs])

    rules = knowing("etamsylate", "ascorbic-acid"), knowing("ascorbic-acid")
    found = diff(formulary, formulary, _two(formulary), rules=rules)
    assert found.causes
    assert {cause.about for cause in found.causes} == {(("lidocaine", "etamsylate"),)}


def test_one_that_is_never_mixed_changes_as_a_whole_mixture(formulary: mesomix.Formulary) -> None:
    @rule(Severity.REVIEW, fr="z", en="z", cites=mesomix.RULES["corticosteroid"].cites)
    def own_one(mixture: mesomix.Mixture) -> Flags:
        """It knows one product, whose label forbids mixing."""
        if [product.id for product in mixture.products] == ["thiocolchicoside"]:
            yield flag()

    rules = mesomix.Rulebook([*mesomix.RULES, own_one])
    found = diff(formulary, formulary, _two(formulary), rules=(rules, mesomix.RULES))
    assert [one.products for one in found.mixtures()] == [("thiocolchicoside",)]
    assert found.milder == 1
