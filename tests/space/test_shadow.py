"""What a patient's answers take away, against checking each product and mixture."""

import json
from collections import Counter
from itertools import combinations
from typing import Final

import pytest
from hypothesis import given, settings
from random_formularies import Drawn, DrawnPatient, any_products, formularies, patients, rulebooks

import mesomix
from mesomix import Effect, Reason, Scope, Severity, Verdict
from mesomix.report import ANOTHER_QUESTION
from mesomix.request import mixture_of
from mesomix.space.objection import Objection
from mesomix.space.shadow import EffectShadow, shadow, unburdened

FORMULARY: Final = mesomix.load()
OF_A_PATIENT: Final = {Scope.ALLERGY, Scope.UNKNOWN_ALLERGY, Scope.FACT}
OF_ALLERGIES: Final = {Reason.ALLERGIES_NOT_ASKED, Reason.ALLERGY_NOT_RECOGNISED}
Said = tuple[set[Objection], set[Objection]]
"""What is said of the patient whatever is mixed, and of a product."""


def said(report: mesomix.Report, rules: mesomix.Rulebook) -> Said:
    whatever: set[Objection] = set()
    product: set[Objection] = set()
    for one in report.findings:
        if one.severity is not Severity.NOTE:
            of_patient = rules[one.rule].scope in OF_A_PATIENT
            found = whatever if of_patient else product
            found.add(Objection(one.rule, one.severity, one.certain))
    for skipped in report.not_checked:
        if skipped.severity is not Severity.NOTE and skipped.reason not in ANOTHER_QUESTION:
            rule = rules[skipped.rule]
            of_patient = rule.scope in OF_A_PATIENT or skipped.reason in OF_ALLERGIES
            found = whatever if of_patient else product
            found.add(Objection(rule.id, rule.severity, None))
    return whatever, product


def verdicts(
    products: list[mesomix.Product],
    patient: mesomix.Patient,
    rules: mesomix.Rulebook,
    effect: Effect | None = None,
) -> dict[Verdict, int]:
    """The mixtures by their verdict; with `effect`, those that have it."""
    found = Counter(
        rules.check(mixture_of(chosen, patient.edition), patient).verdict
        for size in (1, 2, 3)
        for chosen in combinations(products, size)
        if effect is None or any(effect in product.effects for product in chosen)
    )
    return {verdict: found[verdict] for verdict in Verdict}


def compare(
    one: EffectShadow,
    products: list[mesomix.Product],
    patients: tuple[mesomix.Patient, mesomix.Patient],
    rules: mesomix.Rulebook,
) -> None:
    nobody, patient = patients
    told = {shaded.product: shaded for shaded in (*one.refused, *one.questioned)}
    unsaid = {*one.left}
    for product in products:
        mixture = mixture_of([product], nobody.edition)
        _, before = said(rules.check(mixture, nobody), rules)
        _, after = said(rules.check(mixture, patient), rules)
        if Verdict.REFUSE is rules.check(mixture, nobody).verdict:
            assert product not in told
            assert product not in unsaid
            continue
        refused = any(x.certain and x.severity is Severity.REFUSE for x in after)
        assert (product in unsaid) == (not after - before)
        if product not in unsaid:
            assert {*told[product].rules} == after - before
            assert (told[product] in one.refused) == refused
            assert (told[product].verdict is Verdict.REFUSE) == refused


@settings(max_examples=40)
@given(drawn=formularies(most=4), declared=patients(), rules=rulebooks())
def test_as_checking_each(drawn: Drawn, declared: DrawnPatient, rules: mesomix.Rulebook) -> None:
    formulary = drawn.load()
    products = any_products(formulary)[:5]
    nobody = unburdened(formulary.edition)
    patient = declared.read(formulary) or nobody
    found = shadow(patient, formulary, rules, products=products)
    assert found.products == len(products)
    assert found.before == verdicts(products, nobody, rules)
    assert found.after == verdicts(products, patient, rules)
    whatever, _ = said(rules.check(mixture_of(products[:1], formulary.edition), patient), rules)
    usual, _ = said(rules.check(mixture_of(products[:1], formulary.edition), nobody), rules)
    assert {*found.whatever} == whatever - usual
    had = [effect for effect in Effect if any(effect in one.effects for one in products)]
    assert [one.effect for one in found.effects] == had
    for one in found.effects:
        having = [product for product in products if one.effect in product.effects]
        compare(one, having, (nobody, patient), rules)
        assert one.before == verdicts(products, nobody, rules, one.effect)
        assert one.after == verdicts(products, patient, rules, one.effect)


def test_an_allergy_takes_a_class_away() -> None:
    found = shadow(FORMULARY.patient(allergies=["AINS"], nothing_else=True), FORMULARY)
    shadows = {one.effect: one for one in found.effects}
    (piroxicam,) = shadows[Effect.ANTI_INFLAMMATORY].refused
    assert piroxicam.product.id == "piroxicam"
    assert [one.rule for one in piroxicam.rules] == ["known-allergy"]
    assert not shadows[Effect.ANALGESIC].refused
    assert found.whatever == ()
    assert found.before[Verdict.NO_OBJECTION] == 53
    assert found.after == {Verdict.REFUSE: 37, Verdict.REVIEW: 92, Verdict.NO_OBJECTION: 0}


def test_what_forbids_everything_is_said_once() -> None:
    patient = FORMULARY.patient(allergies=[], facts={"autoimmune-flare": True}, nothing_else=True)
    found = shadow(patient, FORMULARY)
    assert [one.rule for one in found.whatever] == ["autoimmune-flare"]
    assert all(not (one.refused or one.questioned) for one in found.effects)
    assert found.after[Verdict.REFUSE] == 129


def test_who_has_nothing_casts_no_shadow() -> None:
    found = shadow(unburdened(FORMULARY.edition), FORMULARY)
    assert found.before == found.after
    assert all(one.left for one in found.effects)


def test_what_is_said_of_everybody_is_no_shadow() -> None:
    @mesomix.rule(Severity.REVIEW, fr="z", en="z", cites=mesomix.RULES["corticosteroid"].cites)
    def own_no(fact: mesomix.Fact) -> mesomix.Flags:
        """It wants a yes."""
        if fact.condition.id == "asthma" and not fact.yes("asthma"):
            yield mesomix.flag()

    rules = mesomix.Rulebook([*mesomix.RULES, own_no])
    patient = FORMULARY.patient(allergies=[], facts={"autoimmune-flare": True}, nothing_else=True)
    found = shadow(patient, FORMULARY, rules)
    assert [one.rule for one in found.whatever] == ["autoimmune-flare"]


def test_somebody_has_to_cast_it() -> None:
    with pytest.raises(TypeError, match="a shadow is of a patient"):
        shadow(None, FORMULARY)  # pyrefly: ignore[bad-argument-type]


def test_the_same_is_told_as_plain_data() -> None:
    found = shadow(FORMULARY.patient(allergies=["AINS"], nothing_else=True), FORMULARY)
    plain = json.loads(json.dumps(found.as_dict()))
    assert plain["products"] == 9
    assert plain["data"]["sha256"] == FORMULARY.edition.sha256
    assert plain["rulebook"] == {"sha256": mesomix.RULES.digest.sha256}
    assert plain["after"] == {"refuse": 37, "review": 92, "no-objection": 0}
    analgesic, anti_inflammatory, *_ = plain["effects"]
    assert anti_inflammatory["refused"] == [
        {
            "product": "piroxicam",
            "verdict": "refuse",
            "rules": [{"rule": "known-allergy", "severity": "refuse", "certain": True}],
        }
    ]
    assert [one["product"] for one in analgesic["questioned"]] == ["lidocaine", "procaine"]
    assert analgesic["left"] == plain["whatever"] == []
