"""What is not known, against looking at every mixture with `check`."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Any, Final

import pytest
from hypothesis import given, settings
from random_formularies import Drawn, DrawnPatient, any_products, formularies, patients, rulebooks

import mesomix
from mesomix import Answer, Fact, Reason, Scope, Severity, Verdict
from mesomix.request import mixture_of
from mesomix.space.gaps import gaps
from mesomix.space.unknown import Kind

FORMULARY: Final = mesomix.load()
Key = tuple[Kind, tuple[str, ...]] | None
"""An unknown by its kind and names; None where no fact is missing."""
SETTLED_BY_DATA: Final = {"composition-unknown": Kind.CONTENTS, "not-in-formulary": Kind.PRODUCT}


class Asking:
    """Says what a report asks, and for want of what."""

    def __init__(
        self,
        formulary: mesomix.Formulary,
        rules: mesomix.Rulebook,
        patient: mesomix.Patient | None,
    ) -> None:
        self.formulary, self.rules, self.patient = formulary, rules, patient
        known = patient.recognised if patient else ()
        self.open_allergies = {a.id for a in known if a.doubtful or a.culprit_unknown}

    def questions(self, mixture: mesomix.Mixture) -> tuple[bool, set[Key]]:
        """Whether it is refused, and where what is asked of it comes from."""
        report = self.rules.check(mixture, self.patient)
        products = {one.id: one for one in mixture.products}
        found = {
            key
            for one in report.findings
            if one.severity is not Severity.NOTE
            for key in self._of_finding(one, products)
        }
        for skipped in report.not_checked:
            if skipped.severity is Severity.NOTE:
                continue
            if skipped.reason is Reason.ALLERGIES_NOT_ASKED:
                found.add((Kind.ALLERGIES, ("allergies",)))
            if skipped.reason is Reason.ALLERGY_NOT_RECOGNISED:
                found |= {(Kind.ALLERGY, (about.name.fr,)) for about in skipped.about}
        if self.patient is not None:
            found |= {*self._conditions(mixture, self.patient)}
        return report.verdict is Verdict.REFUSE, found

    def _of_finding(
        self, finding: mesomix.Finding, products: dict[str, mesomix.Product]
    ) -> Iterator[Key]:
        about = {
            kind: [one for one in finding.about if one.kind == kind]
            for kind in ("product", "allergy", "fact")
        }
        names = tuple(one.name.fr for one in about["product"])
        scope = self.rules[finding.rule].scope
        if finding.certain and finding.severity is Severity.REFUSE:
            yield None
        elif finding.rule == "label-not-reviewed":
            active = products[str(about["product"][0].id)].substances
            unread = (s.name.fr for s in active if s.contraindications is None)
            yield Kind.LABEL, tuple(sorted(unread))
        elif finding.rule in SETTLED_BY_DATA:
            yield SETTLED_BY_DATA[finding.rule], names
        elif scope is Scope.UNKNOWN_ALLERGY:
            name = about["allergy"][0].name.fr
            asked = self.patient is not None and self.patient.allergies is not None
            yield (Kind.ALLERGY, (name,)) if asked else (Kind.ALLERGIES, ("allergies",))
        elif finding.certain or scope is Scope.MIXTURE:
            yield None
        elif scope is Scope.PAIR:
            yield Kind.PAIR, tuple(sorted(names))
        elif scope is Scope.PRODUCT_ALLERGY and about["allergy"][0].id in self.open_allergies:
            yield Kind.ALLERGY, (about["allergy"][0].name.fr,)
        elif names:
            yield Kind.CONTENTS, names
        else:
            (fact,) = about["fact"]
            yield Kind.CONDITION, (fact.name.fr,)

    def _conditions(self, mixture: mesomix.Mixture, patient: mesomix.Patient) -> Iterator[Key]:
        for key, condition in self.formulary.conditions.items():
            facts = [Fact(condition, answer) for answer in Answer]
            atoms = [(Scope.FACT, (fact,)) for fact in facts]
            atoms += [(Scope.PRODUCT_FACT, (p, f)) for p in mixture.products for f in facts]
            if key not in patient.answers and any(
                one.severity is not Severity.NOTE
                for rule in self.rules
                for scope, asked in atoms
                if rule.scope is scope
                for one in rule.findings(*asked)
            ):
                yield Kind.CONDITION, (condition.name.fr,)


def compare(
    formulary: mesomix.Formulary,
    patient: mesomix.Patient | None,
    rules: mesomix.Rulebook,
    products: list[mesomix.Product],
) -> None:
    found = gaps(formulary, patient, rules, products=products)
    asking = Asking(formulary, rules, patient)
    settles, among = Counter[Key](), Counter[Key]()
    reviewed = settled = total = 0
    for size in (1, 2, 3):
        for chosen in combinations(products, size):
            refused, questions = asking.questions(mixture_of(chosen, formulary.edition))
            total += 1
            if refused or not questions:
                continue
            reviewed += 1
            settled += None not in questions
            (settles if len(questions) == 1 else among).update(questions)
    worth = {
        (gap.unknown.kind, tuple(sorted(name.fr for name in gap.unknown.names))): gap
        for gap in found.gaps
    }
    assert (found.total, found.reviewed, found.settled) == (total, reviewed, settled)
    assert {key: gap.settles for key, gap in worth.items() if gap.settles} == {
        key: count for key, count in settles.items() if key is not None
    }
    assert {key: gap.among for key, gap in worth.items() if gap.among} == {
        key: count for key, count in among.items() if key is not None
    }
    ranks = [(-gap.settles, -gap.among) for gap in found.gaps]
    assert ranks == sorted(ranks)


@settings(max_examples=40)
@given(drawn=formularies(most=5), told=patients(), rules=rulebooks())
def test_as_looking_at_every_mixture(
    drawn: Drawn, told: DrawnPatient, rules: mesomix.Rulebook
) -> None:
    formulary = drawn.load()
    products = any_products(formulary)[:6]
    compare(formulary, told.read(formulary), rules, products)


def test_without_a_patient_only_the_data_counts() -> None:
    found = gaps(FORMULARY)
    assert (found.described, found.total, found.reviewed) == (False, 129, 76)
    (gap,) = found.gaps
    assert (gap.unknown.kind, gap.unknown.ids) == (Kind.CONTENTS, ("tocopherol",))
    assert (gap.settles, gap.among, found.settled) == (27, 10, 27)


def test_what_nobody_asked_comes_first_where_it_is_all_that_is_missing() -> None:
    patient = FORMULARY.patient(nothing_else=True)
    found = gaps(FORMULARY, patient)
    assert [gap.unknown.kind for gap in found.gaps] == [Kind.ALLERGIES, Kind.CONTENTS]
    assert found.gaps[0].settles == 53  # the mixtures to which nothing else objects
    assert found.gaps[0].settles + found.gaps[0].among == found.reviewed == 129


def test_two_questions_settle_nothing_alone() -> None:
    facts = {"pregnancy": None, "skin-infection": None}
    others = {key: False for key in FORMULARY.conditions if key not in facts}
    patient = FORMULARY.patient(allergies=[], facts={**others, **facts})
    found = gaps(FORMULARY, patient)
    settles = {gap.unknown.ids: gap.settles for gap in found.gaps}
    assert settles["pregnancy",] == settles["skin-infection",] == 0
    assert found.settled > 0


@pytest.mark.parametrize("allergies", [["AINS"], ["zorglub"], ["procaïne ?"], ["latex"], ["Taxol"]])
def test_allergies_of_the_shipped_data(allergies: list[str]) -> None:
    products = [*FORMULARY.products.values(), *FORMULARY.specialties.values()][3:15]
    for told in (FORMULARY.patient(allergies=allergies, nothing_else=True), None):
        compare(FORMULARY, told, mesomix.RULES, products)


def test_an_allergy_is_not_shown_by_a_repr() -> None:
    patient = FORMULARY.patient(allergies=["zorglub"], nothing_else=True)
    found = gaps(FORMULARY, patient)
    assert found.gaps[0].unknown.names == (mesomix.Text("zorglub", "zorglub"),)
    assert "zorglub" not in repr(found)


def test_the_same_is_told_as_plain_data() -> None:
    plain = json.loads(json.dumps(gaps(FORMULARY).as_dict()))
    assert plain.pop("data")["sha256"] == FORMULARY.edition.sha256
    assert plain.pop("rulebook") == {"sha256": mesomix.RULES.digest.sha256}
    assert plain == {
        "described": False,
        "total": 129,
        "reviewed": 76,
        "settled": 27,
        "gaps": [
            {
                "kind": "contents",
                "ids": ["tocopherol"],
                "names": [{"fr": "acétate d'alpha-tocophérol", "en": "alpha-tocopheryl acetate"}],
                "settles": 27,
                "among": 10,
            }
        ],
    }


def doubtful_pair(a: mesomix.Product, b: mesomix.Product) -> mesomix.Flags:
    """Two that nobody knows together."""
    if a.id == "etamsylate" or {a.id, b.id} == {"lidocaine", "piroxicam"}:
        yield mesomix.unsure()


def not_these_three(mixture: mesomix.Mixture) -> mesomix.Flags:
    """Three that somebody has to look at."""
    if {product.id for product in mixture.products} >= {"etamsylate", "lidocaine"}:
        yield mesomix.flag()


def mixed_badly(mixed_product: mesomix.Product) -> mesomix.Flags:
    """One that is to be looked at where it is mixed."""
    if mixed_product.id == "piroxicam":
        yield mesomix.flag()


@pytest.mark.parametrize(
    "functions", [[doubtful_pair], [doubtful_pair, not_these_three, mixed_badly]]
)
def test_pairs_and_whole_mixtures_of_ones_own(functions: list[Any]) -> None:
    cites = [mesomix.Citation("house-rules", "H1", "Une liste vide n'est pas une réponse.")]
    own = [
        mesomix.rule(mesomix.Severity.REVIEW, fr="x", en="x", cites=cites)(function)
        for function in functions
    ]
    formulary = mesomix.load()
    keys = ("lidocaine", "piroxicam", "etamsylate", "procaine", "calcitonin")
    products = [one for key, one in formulary.products.items() if key in keys]
    assert len(products) > 3
    compare(formulary, None, mesomix.Rulebook(own), products)
