"""The peers of benchmarks/ answer as mesomix does: what they are timed for."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))

import synthetic
from checking.exported import exported
from checking.peers import PEERS, make
from checking.proof import differing
from checking.question import CannotBeMeasuredError, Case, random_cases
from checking.with_mesomix import WithMesomix

import mesomix

SIZES = (9, 100)
CASES = 100


@pytest.fixture(scope="module", params=SIZES)
def cases(request: pytest.FixtureRequest) -> list[Case]:
    return random_cases(synthetic.formulary(request.param), CASES)


@pytest.mark.parametrize("peer", PEERS)
def test_a_peer_gives_the_same_answers(peer: str, cases: list[Case]) -> None:
    oracle = WithMesomix()
    answers = [oracle.answer(oracle.ask(case)) for case in cases]
    try:
        made = make(peer, exported(cases))
    except CannotBeMeasuredError as error:
        pytest.skip(str(error))
    assert not differing(made, cases, answers)


def test_a_wrong_answer_is_told(cases: list[Case]) -> None:
    oracle = WithMesomix()
    answers = [oracle.answer(oracle.ask(case)) for case in cases]
    (number, _), *_ = ((n, a) for n, a in enumerate(answers) if a.findings)
    told = next(iter(answers[number].findings))
    answers[number] = answers[number]._replace(findings=answers[number].findings - {told})
    assert told.rule in differing(oracle, cases, answers)


def test_the_cases_have_every_shape(cases: list[Case]) -> None:
    oracle = WithMesomix()
    verdicts = {oracle.answer(oracle.ask(case)).verdict for case in cases}
    assert verdicts >= {"refuse", "review"}
    assert {len(case.request["products"]) for case in cases} >= {0, 1, 2, 3, 4, 5}
    assert None in [case.request["allergies"] for case in cases]


@pytest.mark.parametrize("size", SIZES)
def test_queries_find_what_a_check_of_each_row_finds(size: int) -> None:
    for package in ("duckdb", "numpy", "pandas", "polars", "pyarrow"):
        pytest.importorskip(package)
    from tables.proof import prove  # noqa: PLC0415 (it imports all of them)

    prove([size], CASES)


def test_a_made_up_formulary_is_always_the_same() -> None:
    sizes = [len(synthetic.formulary(size).products) for size in (9, 30, 100)]
    assert sizes == [9, 30, 100]
    again = synthetic.formulary.__wrapped__(30)
    assert again.edition.sha256 == synthetic.formulary(30).edition.sha256
    assert synthetic.formulary(30, seed=1).edition.sha256 != again.edition.sha256


def test_in_an_edited_formulary_ten_products_are_told_otherwise() -> None:
    old, new = synthetic.formulary(100), synthetic.edited(100)
    assert [*old.products] == [*new.products]
    other = {key for key in old.products if told(old, key) != told(new, key)}
    assert len(other) == 10


def told(formulary: mesomix.Formulary, key: str) -> list[tuple[object, ...]]:
    """What is said of the substances of a product."""
    return [
        (
            substance.id,
            substance.groups,
            substance.mixing_forbidden,
            None if substance.contraindications is None else len(substance.contraindications),
        )
        for substance in formulary.products[key].substances
    ]


def test_requests_are_understood_to_the_last_word() -> None:
    formulary = synthetic.formulary(100)
    for asked in synthetic.requests(formulary, 50):
        mixture = formulary.mixture(*asked.products)
        patient = formulary.patient(allergies=asked.allergies, facts=asked.facts)
        assert mixture.assessed == len(asked.products) == 3
        assert not patient.unrecognised
