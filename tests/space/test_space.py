"""What the rules say of every mixture, against asking them about each."""

from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_formularies import (
    ONE_PRODUCT,
    Drawn,
    DrawnPatient,
    any_products,
    formularies,
    own_mixture,
    own_size,
    patients,
    rulebooks,
)

import mesomix
from mesomix.report import ANOTHER_QUESTION
from mesomix.request import mixture_of
from mesomix.rule import Flags, flag, rule
from mesomix.space.counting import members
from mesomix.space.space import MOST_VISITED, Space
from mesomix.vocabulary import Severity


def reports(
    space: Space, rules: mesomix.Rulebook, patient: mesomix.Patient | None
) -> dict[tuple[int, ...], mesomix.Report]:
    """What a check says of each mixture."""
    return {
        numbers: rules.check(
            mixture_of([space.products[number] for number in numbers], space.edition), patient
        )
        for size in (1, 2, 3)
        for numbers in combinations(range(len(space.products)), size)
    }


@settings(max_examples=60)
@given(drawn=formularies(), told=patients(), rules=rulebooks(), sold=st.booleans())
def test_every_mixture_as_check_judges_it(
    drawn: Drawn, told: DrawnPatient, rules: mesomix.Rulebook, sold: bool
) -> None:
    formulary = drawn.load()
    patient = told.read(formulary)
    products = any_products(formulary)[:7] if sold else None
    space = Space(formulary, rules, products=products)
    judged = space.of(patient)
    expected = reports(space, rules, patient)
    listed = dict(judged.mixtures())
    assert list(listed) == list(expected)
    for numbers, report in expected.items():
        word = listed[numbers]
        assert word == judged.word(numbers)
        assert space.planes.verdict(word) is report.verdict
        assert space.planes.findings(word) == {
            (f.rule, f.severity, f.certain) for f in report.findings
        }
        assert space.planes.open_rules(word) == {
            skipped.rule
            for skipped in report.not_checked
            if skipped.severity is not Severity.NOTE and skipped.reason not in ANOTHER_QUESTION
        }
    counted = Counter((report.verdict, len(n)) for n, report in expected.items())
    for verdict, sizes in judged.verdicts().items():
        assert sizes == tuple(counted[verdict, size] for size in (1, 2, 3))
        assert [n for n, r in expected.items() if r.verdict is verdict] == [
            numbers for numbers, _ in judged.mixtures(verdict)
        ]


def _each(word: int) -> list[int]:
    return [1 << bit for bit in members(word)]


@settings(max_examples=40)
@given(
    drawn=formularies(),
    told=patients(),
    rules=rulebooks(),
    among=st.integers(0, 63),
)
def test_what_says_nothing_of_some_bits_is_counted(
    drawn: Drawn, told: DrawnPatient, rules: mesomix.Rulebook, among: int
) -> None:
    formulary = drawn.load()
    judged = Space(formulary, rules).of(told.read(formulary))
    planes = judged.space.planes
    for bits in (planes.reviewing, planes.refusing, *_each(judged.said())):
        held = [
            (numbers, word)
            for numbers, word in judged.mixtures()
            if not word & bits and all(among >> number & 1 for number in numbers)
        ]
        sizes = Counter(len(numbers) for numbers, _ in held)
        within = among & judged.space.everything
        assert judged.clean(bits, within) == (sizes[1], sizes[2], sizes[3])


def test_what_is_remembered_of_an_allergy_is_what_the_rules_say(
    formulary: mesomix.Formulary,
) -> None:
    space = Space(formulary)
    for text in ("lidocaïne", "procaïne", "lidocaïne ?", "lidocaïne"):
        patient = formulary.patient(allergies=[text], nothing_else=True)
        assert dict(space.of(patient).mixtures()) == dict(Space(formulary).of(patient).mixtures())


def test_a_space_keeps_nothing_of_a_patient(formulary: mesomix.Formulary) -> None:
    space = Space(formulary)
    space.of(formulary.patient(allergies=["Zorgle de Dupont"], pregnancy=True))
    assert "Dupont" not in repr([vars(space), space.of()])


def test_a_product_stands_there_once(formulary: mesomix.Formulary) -> None:
    one = formulary.products["piroxicam"]
    with pytest.raises(ValueError, match="given twice"):
        Space(formulary, products=[one, one])


def test_a_patient_is_of_the_same_data(
    formulary: mesomix.Formulary,
) -> None:
    other = ONE_PRODUCT.load()
    with pytest.raises(ValueError, match="different data"):
        Space(formulary).of(other.patient(allergies=[]))
    sold = replace(formulary.edition, bdpm="0" * 64)
    with pytest.raises(ValueError, match="different data"):
        Space(formulary).of(mesomix.Patient(allergies=(), facts=(), edition=sold))
    with pytest.raises(TypeError, match=r"formulary\.patient"):
        Space(formulary).of("a patient")  # pyrefly: ignore[bad-argument-type]


def test_too_many_mixtures_are_not_visited(
    formulary: mesomix.Formulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_VISITED == 2_000_000
    rules = mesomix.Rulebook([*mesomix.RULES, own_mixture])
    monkeypatch.setattr("mesomix.space.space.MOST_VISITED", 129)
    assert Space(formulary, rules).sizes == (9, 36, 84)
    monkeypatch.setattr("mesomix.space.space.MOST_VISITED", 128)
    with pytest.raises(ValueError, match="129 mixtures: more than 128") as caught:
        Space(formulary, rules)
    assert "own-mixture" in str(caught.value)


def test_a_whole_mixture_of_one_that_is_never_mixed(formulary: mesomix.Formulary) -> None:
    @rule(Severity.REVIEW, fr="z", en="z", cites=mesomix.RULES["corticosteroid"].cites)
    def own_one(mixture: mesomix.Mixture) -> Flags:
        """It knows one product, whose label forbids mixing."""
        if [product.id for product in mixture.products] == ["thiocolchicoside"]:
            yield flag()

    patient = formulary.patient(allergies=[], nothing_else=True)
    rules = mesomix.Rulebook([*mesomix.RULES, own_one])
    before, after = Space(formulary).of(patient), Space(formulary, rules).of(patient)
    nothing = mesomix.Verdict.NO_OBJECTION
    assert after.verdicts()[nothing][0] == before.verdicts()[nothing][0] - 1
    assert after.verdicts()[nothing][1:] == before.verdicts()[nothing][1:]


@pytest.mark.parametrize("own", [(), (own_size,)])
def test_each_verdict_is_listed_of_what_ships(
    formulary: mesomix.Formulary, own: tuple[mesomix.Rule, ...]
) -> None:
    """One of its labels forbids mixing: alone it has no objection."""
    rules = mesomix.Rulebook([*mesomix.RULES, *own])
    space = Space(formulary, rules)
    patient = formulary.patient(allergies=[], nothing_else=True)
    expected = reports(space, rules, patient)
    for verdict in mesomix.Verdict:
        listed = [numbers for numbers, _ in space.of(patient).mixtures(verdict)]
        assert listed == [n for n, report in expected.items() if report.verdict is verdict]


def test_a_fact_is_told_whatever_is_mixed(formulary: mesomix.Formulary) -> None:
    space = Space(formulary)
    lone = 0
    for key in formulary.conditions:
        for answer in (*mesomix.Answer, None):
            found = space.fact(key, answer)
            assert found.always == space.planes.fact(key, answer)
            lone += bool(found.always and not found.products)
            for number, product in enumerate(space.products):
                assert found.word(number) == space.planes.product_fact(product, key, answer)
    assert lone
