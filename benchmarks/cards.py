"""The size of a report's page, and the time that its card takes, beside the text and the JSON.

Prints the median of interleaved rounds in milliseconds. The page of a mixture, which has at most
three products, is to have less than 30 kB, and to be made in less than 5 ms.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

import mesomix
from mesomix import Formulary, Report, view

ROUNDS, CALLS = 21, 20
BYTES, MILLISECONDS = 30_000, 5.0
MOST_PRODUCTS = 3
WRITTEN = (
    *("Mésocaïne", "Procaïne", "Piroxicam Teva", "Calcitonine", "Miorel", "Maginjectable"),
    *("Dicynone", "Laroscorbine", "Vitamine E"),
)


def reports(formulary: Formulary) -> dict[str, Report]:
    """Reports from the least to more than anybody would ask."""
    nobody = formulary.patient(allergies=[], nothing_else=True)
    allergic = formulary.patient(allergies=["sulfites"], nothing_else=True)
    everything = formulary.patient(
        allergies=["sulfites", "lidocaïne", "AINS", "magnésium", "latex", "aspirine", "xyz"],
        facts=dict.fromkeys(formulary.conditions, True),
    )
    asked = {
        "two products, no objection": (
            ["Procaïne Lavoisier 2 % 2 ml", "Maginjectable 2 ml"],
            nobody,
        ),
        "three products": (["Procaïne Lavoisier 2 % 2 ml", "Miorel", "Dicynone"], allergic),
        "three products, nothing asked": (["Mésocaïne", "Piroxicam Teva", "Miorel"], None),
        "all products, every objection": (
            [*(f"{name} 2 ml" for name in WRITTEN), "Kenacort", "Zorgal"],
            everything,
        ),
        "names of 10,000 characters": (["<" * 10_000, "é" * 10_000, "W" * 10_000], allergic),
    }
    return {
        name: mesomix.check(formulary.mixture(*names), patient)
        for name, (names, patient) in asked.items()
    }


def milliseconds(call: Callable[[], object]) -> float:
    """The time of one call, as the mean of some."""
    start = perf_counter()
    for _ in range(CALLS):
        call()
    return (perf_counter() - start) / CALLS * 1e3


def main() -> None:
    formulary = mesomix.load()
    jobs: dict[str, Callable[[], str]] = {}
    for name, report in reports(formulary).items():
        told = f"{name}: {len(report.findings)} findings"
        jobs[f"{told}, page"] = lambda report=report: report.card("fr").page()
        jobs[f"{told}, Markdown"] = lambda report=report: report.markdown("fr")
        jobs[f"{told}, text"] = lambda report=report: report.text("fr")
        jobs[f"{told}, JSON"] = report.model_dump_json
    jobs["the formulary, page"] = lambda: formulary.card("fr").page()
    jobs["the effects, page"] = lambda: view.effects_chart(formulary).page()
    jobs["the pairs, page"] = lambda: view.pair_matrix(formulary).page()
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            times[name].append(milliseconds(job))
    for name, job in jobs.items():
        print(f"{name:56} {len(job().encode()):8,} bytes  {median(times[name]):7.3f} ms")
    for name, report in reports(formulary).items():
        if len(report.products) > MOST_PRODUCTS:
            continue
        largest = max(len(report.card(language).page().encode()) for language in ("fr", "en"))
        took = median(times[f"{name}: {len(report.findings)} findings, page"])
        few, soon = largest < BYTES, took < MILLISECONDS
        print(f"{name}: {largest:,} bytes, {took:.2f} ms: {'' if few and soon else 'NOT '}as meant")


if __name__ == "__main__":
    main()
