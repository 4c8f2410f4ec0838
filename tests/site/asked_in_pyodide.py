"""What test_pyodide.py asks here and in Pyodide: the answers have to be the same."""

import json
import sys
import time

begun = time.perf_counter()
import mesomix  # noqa: E402 (its time is measured)

imported = time.perf_counter()
formulary = mesomix.load()
loaded = time.perf_counter()

nobody = formulary.patient(allergies=[], nothing_else=True)
asked = {
    "refuse": (["Procaïne Lavoisier 2 % 2 ml", "Miorel", "Kenacort"], nobody),
    "review": (["Mésocaïne", "Zorgal"], formulary.patient(allergies=["sulfites"])),
    "no-objection": (["Procaïne Lavoisier 2 % 2 ml", "Maginjectable 2 ml"], nobody),
}
reports = {
    expected: mesomix.check(formulary.mixture(*names), patient)
    for expected, (names, patient) in asked.items()
}
answer = json.dumps(
    {
        "python": sys.version.split()[0],
        "platform": sys.platform,
        "place": mesomix.__file__,
        "seconds": {"import": imported - begun, "load": loaded - imported},
        "reports": {
            expected: {
                "json": report.model_dump_json(),
                "text": report.text("en"),
                "html": [report.card(language).page() for language in ("fr", "en")],
            }
            for expected, report in reports.items()
        },
        "formulary": formulary.card("en").page(),
    }
)
