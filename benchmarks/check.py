"""The time of one check, and of reading its names, against what pydantic takes for the request.

Prints the median of interleaved rounds in microseconds, and their ratios: to pydantic, and with
amounts to the same products without.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

from pydantic import BaseModel, ConfigDict

import mesomix

ROUNDS, CALLS = 41, 1_000
PYDANTIC = "pydantic: the request"
WITH = ", with amounts"


class RequestedPatient(BaseModel):
    """What `Formulary.patient` takes, as one would write it with pydantic."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    allergies: list[str] | None = None
    facts: dict[str, bool] = {}
    nothing_else: bool = False


class Request(BaseModel):
    """The whole request: what `Formulary.mixture` takes, and the patient."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    products: list[str]
    effects: list[mesomix.Effect] = []
    patient: RequestedPatient | None = None


NAMES = ["Procaïne Lavoisier", "Maginjectable", "Dicynone"]
AMOUNTS = ["2 ml", "2 ml", "1 ampoule"]
"""For each of the names: the strength of the first is not known, so its dose is a question."""
KNOWN = ["Procaïne Lavoisier 2 %", "Maginjectable", "Piroxicam Teva"]
"""Each with a strength, and the last with excipients that are counted."""
ALLERGIES = ["sulfites", "aspirine"]
FACTS = {
    "pregnancy": False,
    "anticoagulant": True,
    "skin-infection": False,
    "coagulation-disorder": False,
    "autoimmune-flare": False,
    "infectious-disease": False,
    "skin-disease": False,
    "cancer-treatment": False,
    "corticosteroid-treatment": False,
    "atopy": False,
}


def seconds(call: Callable[[], object]) -> float:
    """The time of one call, as the mean of many."""
    start = perf_counter()
    for _ in range(CALLS):
        call()
    return (perf_counter() - start) / CALLS


def main() -> None:
    formulary = mesomix.load()
    raw = {
        "products": NAMES,
        "patient": {"allergies": ALLERGIES, "facts": FACTS},
    }

    def read() -> tuple[mesomix.Mixture, mesomix.Patient]:
        return formulary.mixture(*NAMES), formulary.patient(allergies=ALLERGIES, facts=FACTS)

    def read_amounts() -> tuple[mesomix.Mixture, mesomix.Patient]:
        written = [f"{name} {amount}" for name, amount in zip(NAMES, AMOUNTS, strict=True)]
        return formulary.mixture(*written), formulary.patient(allergies=ALLERGIES, facts=FACTS)

    mixture, patient = read()
    measured, _ = read_amounts()
    known = formulary.mixture(*KNOWN)
    counted = formulary.mixture(*zip(KNOWN, AMOUNTS, strict=True))
    report = mesomix.check(mixture, patient)
    assert report.findings
    assert report.not_checked
    assert measured.doses
    assert counted.doses
    jobs: dict[str, Callable[[], object]] = {
        PYDANTIC: lambda: Request.model_validate(raw),
        "check": lambda: mesomix.check(mixture, patient).findings,
        "check, with amounts": lambda: mesomix.check(measured, patient).findings,
        "check, strengths known": lambda: mesomix.check(known, patient).findings,
        "check, strengths known, with amounts": lambda: mesomix.check(counted, patient).findings,
        "names to mixture, patient": read,
        "names to mixture, patient, with amounts": read_amounts,
    }
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            times[name].append(seconds(job))
    medians = {name: median(found) for name, found in times.items()}
    print(f"{len(report.findings)} findings, {len(report.not_checked)} rules open")
    for name, found in medians.items():
        line = f"{name:40} {found * 1e6:7.2f} µs  {found / medians[PYDANTIC]:6.2f} x pydantic"
        if name.endswith(WITH):
            line += f"  {found / medians[name.removesuffix(WITH)]:5.2f} x without"
        print(line)


if __name__ == "__main__":
    main()
