"""The fast path answers as `check` does, and no slip in it goes unseen."""

import importlib.util
from pathlib import Path
from random import Random
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planes_law import BOOKS, FORMULARY, asked_at_random, differences
from strategies import Question, questions

import mesomix
from mesomix import planes
from mesomix.planes import Planes

PLANES: Final = {name: Planes(book, FORMULARY.edition) for name, book in BOOKS.items()}


@pytest.mark.parametrize("book", BOOKS)
@given(random=st.randoms(use_true_random=False))
def test_planes_answer_as_check_does(book: str, random: Random) -> None:
    asked = asked_at_random(random)
    assert [*differences(PLANES[book], asked)] == []


@given(questions())
def test_planes_answer_as_check_does_whatever_is_written(question: Question) -> None:
    asked = question.mixture(FORMULARY), question.patient(FORMULARY)
    assert [*differences(PLANES["shipped"], asked)] == []


def test_a_rule_that_looks_closer_is_asked_of_each_mixture() -> None:
    assert PLANES["whole-mixtures"].listed(2) is None
    assert PLANES["clinic"].listed(1)
    assert PLANES["shipped"].listed(2) is not None


def test_a_pair_is_told_by_positions_and_only_where_something_is_said() -> None:
    products = [*FORMULARY.products.values()]
    found = PLANES["shipped"].pairs(products)
    assert found
    for (i, j), word in found.items():
        assert i < j
        assert word == PLANES["shipped"].pair(products[j], products[i]) != 0


def test_a_fact_is_told_as_well() -> None:
    shipped = PLANES["shipped"]
    says = shipped.findings(shipped.fact("pregnancy", mesomix.Answer.YES))
    assert says == {("pregnancy", mesomix.Severity.REVIEW, True)}
    assert shipped.open_rules(shipped.fact("pregnancy", None)) == {"pregnancy"}
    assert shipped.fact("pregnancy", mesomix.Answer.NO) == 0
    thiocolchicoside = FORMULARY.products["thiocolchicoside"]
    met = shipped.product_fact(thiocolchicoside, "pregnancy", mesomix.Answer.YES)
    assert {rule for rule, _, _ in shipped.findings(met)} == {"product-contraindicated"}


SLIPS: Final = {
    "a doubt taken for certainty": ("SURE if flagged.certain else UNSURE\n", "SURE\n"),
    "no doubt at all": ("return 1 << (start +", "return flagged.certain << (start +"),
    "the severity of the rule": ("rule.severity_of(flagged)", "rule.severity"),
    "a closer look taken for nothing": (
        "return None if found is None else",
        "return 0 if found is None else",
    ),
    "rules on pairs left out": (
        "for shift, rule in self._by_scope[Scope.PAIR]\n        )",
        "for shift, rule in self._by_scope[Scope.PAIR][1:]\n        )",
    ),
    "products and allergies all at once": (
        "return BesideAllergies(self.product_allergy, products)",
        "return BesideAllergies(lambda product, allergy: 0, products)",
    ),
    "facts that nobody asked about": ("if word & self._objection:", "if False:"),
    "only sure objections leave a question": ("(each | each >> UNSURE)", "each"),
    "only refusals leave a question": ("each = word | word >> 1", "each = word"),
    "allergies not asked about": (
        "            return word | self.allergies_not_asked",
        "            return word",
    ),
    "allergies of the patient alone": (
        "            word |= self.allergy(allergy)",
        "            pass",
    ),
    "allergies that were not recognised": (
        "said = self._asked(Scope.UNKNOWN_ALLERGY, allergy)",
        "said = 0",
    ),
    "and what they leave open": (
        "return said | self._cannot_run(Reason.ALLERGY_NOT_RECOGNISED)",
        "return said",
    ),
    "allergies and products": (
        "            word |= self.product_allergy(product, allergy)",
        "            pass",
    ),
    "facts and products": (
        "for (condition, answer), said in self.product_facts(product).items():",
        "for (condition, answer), said in ():",
    ),
    "the facts of the patient alone": (
        "for (condition, answer), said in self._facts.items():",
        "for (condition, answer), said in ():",
    ),
    "names that were not read": ("word |= self._cannot_run(reason) if unread else 0", "pass"),
    "doses": ("for dose in mixture.doses or ():", "for dose in ():"),
    "nobody described": ("            return self.no_patient", "            return 0"),
    "a note that could not run": ("(rule.severity is not Severity.NOTE)", "True"),
    "a refusal taken for a review": ("if word & self.refusing:", "if word & self.refusing & 255:"),
    "a review taken for nothing": (
        "if word & self.reviewing else",
        "if word & self._objection else",
    ),
    "the answer no": (".values() for answer in Answer]", ".values() for answer in [Answer.YES]]"),
    "one fact of a product": (
        "rule, *atoms, fact)\n                if word:",
        "rule, *atoms, fact)\n                if not words:",
    ),
    "the second product": (
        "        for product in mixture.products:\n            word |= self.met",
        "        for product in mixture.products[:1]:\n            word |= self.met",
    ),
    "the products of a mixture": ("            word |= self.product(product)\n", ""),
    "products that are mixed": ("if mixture.count_at_most > 1 else 0", "if False else 0"),
    "products that are not mixed": ("if mixture.count_at_most > 1 else 0", ""),
    "pairs of a mixture": ("            word |= self.pair(one, other)", "            pass"),
    "rules on whole mixtures": (
        "_word_of(shift, rule, mixture)",
        "0",
    ),
    "a product alone": (
        "        word = self.mixture(mixture) | self.patient(patient)",
        "        word = self.mixture(mixture)",
    ),
    "a finding that is not sure": ("start = SURE if finding.certain else UNSURE", "start = SURE"),
}
"""Deliberate slips in the combination, as texts of the module and what stands in their place."""


@pytest.mark.parametrize("slip", SLIPS)
def test_the_law_alone_sees_each_slip(slip: str) -> None:
    source = Path(planes.__file__).read_text(encoding="utf-8")
    before, after = SLIPS[slip]
    assert source.count(before) >= 1
    spec = importlib.util.spec_from_loader("slipped", None)
    assert spec is not None
    slipped = importlib.util.module_from_spec(spec)
    exec(compile(source.replace(before, after), slip, "exec"), vars(slipped))  # noqa: S102 (ours)
    wrong: list[Planes] = [slipped.Planes(book, FORMULARY.edition) for book in BOOKS.values()]
    random = Random(6)  # noqa: S311 (cases that are the same each time)
    cases = (asked_at_random(random) for _ in range(400))
    assert any(_differ(book, asked) for asked in cases for book in wrong)


def _differ(slipped: Planes, asked: tuple[mesomix.Mixture, mesomix.Patient | None]) -> bool:
    try:
        return any(differences(slipped, asked))
    except (AssertionError, KeyError):
        return True
