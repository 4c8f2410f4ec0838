# ruff: noqa: E501 (what is written is a page of text)
"""The section of docs/benchmarks.md on one mixture."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import check
import rounds
import synthetic

import mesomix
from checking.exported import Data, exported
from checking.peers import NOT_MEASURED, installed
from checking.plain_loop import Tables, checked
from checking.proof import SIZES, all_proven
from checking.question import RULE_IDS, RULES, Case, read
from checking.with_mesomix import WithMesomix

ROUNDS: Final = 11
CASES: Final = 16
LEAST: Final = 0.02
"""Seconds."""
TIMED: Final = (9, 2_000)
PYDANTIC: Final = "pydantic: the request alone"
MESOMIX: Final = "**mesomix**, these rules"

Job = Callable[[], object]


def section(count: int) -> str:
    """The proof, and the times; `count` random cases are to be equal."""
    proofs = all_proven(count)
    absent = dict(NOT_MEASURED)
    times = [measured(size, absent) for size in TIMED]
    floors = [found[PYDANTIC] for found in times]
    rows = [
        (
            name,
            *[f"{found[name] * 1e6:,.1f}" for found in times],
            rounds.ratio(times[0][name], times[0][MESOMIX]),
            rounds.ratio(times[0][name], floors[0]),
        )
        for name in sorted(times[0], key=times[0].__getitem__)
    ]
    titles = ("µs", *[f"{size:,} products" for size in TIMED], "× mesomix", "× pydantic")
    equal = sum(found > 0 for found in proofs.values())
    missing = "\n".join(f"- {name}: {reason}." for name, reason in sorted(absent.items()))
    return f"""\
## One mixture

Three products, two allergies, ten facts, and what {len(RULE_IDS)} rules say of them: every rule that can speak
of recognised products and a described patient, without amounts. The data is prepared once for each
peer, in the form that suits it best; a request comes in ids, and mesomix gets the objects that it has read.
{equal} peers gave the same verdicts, findings with their certainty, and open questions as mesomix on
{min(filter(None, proofs.values()), default=0):,} random cases each, of formularies of {SIZES[0]} and {SIZES[1]} products. The peers say ids;
mesomix says texts and sources as well. {CASES} requests are asked again and again, and mesomix remembers what
its rules say of products; "with nothing remembered" each set of products is new to it, and so are the rules.
The ratios are those of the smaller formulary.

{rounds.table(titles, rows)}

Not measured:

{missing}
"""


def measured(size: int, absent: dict[str, str]) -> dict[str, float]:
    """Seconds for one request, by who answers it."""
    formulary = synthetic.formulary(size)
    cases = [read(formulary, asked) for asked in synthetic.requests(formulary, CASES)]
    data = exported(cases, formulary)
    jobs: dict[str, Job] = {PYDANTIC: partial(validate, [raw(case) for case in cases])}
    mine = WithMesomix()
    jobs[MESOMIX] = partial(ask, mine.ask, cases)
    jobs["**mesomix**, all of its rules"] = partial(ask, checked_by(mesomix.RULES), cases)
    jobs["mesomix, all rules, names read as well"] = partial(ask, read_and_check(formulary), cases)
    jobs["mesomix, these rules, with nothing remembered"] = partial(afresh, cases)
    jobs["the loop, request validated as well"] = partial(ask, validated_loop(data), cases)
    for peer in installed(data, absent):
        jobs[peer.name] = partial(ask, peer.ask, cases)
    return {name: time / CASES for name, time in rounds.medians(jobs, ROUNDS, LEAST).items()}


def ask(answer: Callable[[Case], object], cases: Sequence[Case]) -> None:
    """Ask each question once."""
    for case in cases:
        answer(case)


def afresh(cases: Sequence[Case]) -> None:
    """Ask a rulebook that has never been asked."""
    ask(checked_by(mesomix.Rulebook(RULES)), cases)


def raw(case: Case) -> dict[str, object]:
    """The request as it comes over a wire."""
    request = case.request
    patient = {"allergies": request["allergies"], "facts": request["facts"]}
    return {"products": request["products"], "patient": patient}


def validate(requests: Sequence[object]) -> None:
    """What pydantic takes for the requests."""
    for request in requests:
        check.Request.model_validate(request)


def checked_by(rules: mesomix.Rulebook) -> Callable[[Case], object]:
    """A check by `rules` of what was read before."""

    def answer(case: Case) -> object:
        report = rules.check(case.mixture, case.patient)
        return report.verdict, report.findings, report.not_checked

    return answer


def read_and_check(formulary: mesomix.Formulary) -> Callable[[Case], object]:
    """The whole way from written names."""

    def answer(case: Case) -> object:
        written = case.written
        mixture = formulary.mixture(*written.products)
        patient = formulary.patient(allergies=written.allergies, facts=written.facts)
        report = mesomix.check(mixture, patient)
        return report.verdict, report.findings, report.not_checked

    return answer


def validated_loop(data: Data) -> Callable[[Case], object]:
    """The loop, with the validation of the request before it."""
    tables = Tables.model_validate(data)

    def answer(case: Case) -> object:
        request = check.Request.model_validate(raw(case))
        patient = request.patient
        assert patient is not None
        return checked(tables, request.products, patient.allergies, patient.facts)

    return answer
