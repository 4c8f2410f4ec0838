"""The time of one check, and of reading its names, against what pydantic takes for the request.

Prints the median of interleaved rounds in microseconds, and their ratios.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

from pydantic import BaseModel, ConfigDict

import mesomix

ROUNDS, CALLS = 41, 2_000


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

    mixture, patient = read()
    report = mesomix.check(mixture, patient)
    assert report.findings
    assert report.not_checked
    jobs: dict[str, Callable[[], object]] = {
        "pydantic: the request": lambda: Request.model_validate(raw),
        "mesomix.check, findings": lambda: mesomix.check(mixture, patient).findings,
        "names to mixture, patient": read,
    }
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            times[name].append(seconds(job))
    floor = median(times["pydantic: the request"])
    print(f"{len(report.findings)} findings, {len(report.not_checked)} rules open")
    for name, found in times.items():
        print(f"{name:28} {median(found) * 1e6:6.2f} µs  {median(found) / floor:5.2f} x pydantic")


if __name__ == "__main__":
    main()
