"""How many mixtures have which verdict, against counting them one by one."""

import json
from collections import Counter
from itertools import combinations

from hypothesis import given, settings
from random_formularies import Drawn, DrawnPatient, formularies, patients, rulebooks

import mesomix
from mesomix.report import ANOTHER_QUESTION
from mesomix.request import mixture_of
from mesomix.space.census import census, census_of
from mesomix.space.space import Space
from mesomix.vocabulary import Effect, Severity


def reports(
    formulary: mesomix.Formulary, rules: mesomix.Rulebook, patient: mesomix.Patient | None
) -> list[tuple[mesomix.Mixture, mesomix.Report]]:
    """Every mixture, and what a check says of it."""
    mixtures = [
        mixture_of(chosen, formulary.edition)
        for size in (1, 2, 3)
        for chosen in combinations(formulary.products.values(), size)
    ]
    return [(mixture, rules.check(mixture, patient)) for mixture in mixtures]


@settings(max_examples=60)
@given(drawn=formularies(), told=patients(), rules=rulebooks())
def test_as_counting_one_by_one(drawn: Drawn, told: DrawnPatient, rules: mesomix.Rulebook) -> None:
    formulary = drawn.load()
    patient = told.read(formulary)
    found = census(formulary, patient, rules=rules)
    expected = reports(formulary, rules, patient)
    assert (found.products, found.total) == (len(formulary.products), len(expected))
    assert found.described is told.described
    verdicts = Counter(report.verdict for _, report in expected)
    assert found.verdicts == {verdict: verdicts[verdict] for verdict in mesomix.Verdict}
    sizes = Counter((r.verdict, len(m.products)) for m, r in expected)
    assert found.sizes == {
        verdict: tuple(sizes[verdict, size] for size in (1, 2, 3)) for verdict in mesomix.Verdict
    }
    effects = Counter(
        (effect, report.verdict)
        for mixture, report in expected
        for effect in {effect for product in mixture.products for effect in product.effects}
    )
    assert found.effects == {
        effect: {verdict: effects[effect, verdict] for verdict in mesomix.Verdict}
        for effect in Effect
    }
    said: Counter[tuple[str, Severity, bool | None]] = Counter()
    for _, report in expected:
        said.update({(f.rule, f.severity, f.certain) for f in report.findings})
        said.update(
            {
                (one.rule, rules[one.rule].severity, None)
                for one in report.not_checked
                if one.severity is not Severity.NOTE and one.reason not in ANOTHER_QUESTION
            }
        )
    assert {(r.rule, r.severity, r.certain): r.mixtures for r in found.rules} == said
    order = [rule.id for rule in rules]
    assert [r.rule for r in found.rules] == sorted((r.rule for r in found.rules), key=order.index)


def test_it_says_what_it_rests_on_and_is_plain_json(formulary: mesomix.Formulary) -> None:
    patient = formulary.patient(allergies=[], nothing_else=True)
    found = census(formulary, patient)
    report = mesomix.check(formulary.mixture("Miorel"), patient)
    assert (found.data, found.rulebook) == (report.data, report.rules)
    told = found.as_dict()
    assert json.loads(json.dumps(told)) == told
    assert told["total"] == 129
    assert told["data"]["sha256"] == report.data.sha256
    assert sum(told["verdicts"].values()) == sum(map(sum, told["sizes"].values())) == 129
    assert set(told["effects"]["scar"]) == {"refuse", "review", "no-objection"}
    first = told["rules"][0]
    assert set(first) == {"rule", "severity", "certain", "mixtures"}


def test_of_some_products_only(formulary: mesomix.Formulary) -> None:
    some = [formulary.products["piroxicam"], *formulary.specialties.values()][:4]
    found = census(formulary, products=some)
    assert (found.products, found.total) == (4, 4 + 6 + 4)
    assert not found.described
    assert found == census_of(Space(formulary, products=some))
    nothing = census(formulary, products=[])
    assert (nothing.total, nothing.rules) == (0, ())
