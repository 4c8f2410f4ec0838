"""Write what the docs repeat of the code: `python docs/generate.py`. A test holds it fresh."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import mesomix
from mesomix import linter
from mesomix.formulary.files import read_files
from mesomix.formulary.json_schema import data_file_schema
from mesomix.formulary.schema import ReferenceTable

DOCS: Final = Path(__file__).parent
MARK: Final = "<!-- severities: written by `python docs/generate.py` -->\n"
CONDITIONS: Final = "<!-- conditions: written by `python docs/generate.py` -->\n"
LINT_RULES: Final = "<!-- lint-rules: written by `python docs/generate.py` -->\n"
GAPS: Final = "<!-- gaps: written by `python docs/generate.py` -->\n"
MATCHES: Final = "<!-- matches: written by `python docs/generate.py` -->\n"
PRODUCTS: Final = "<!-- products: written by `python docs/generate.py` -->\n"
END: Final = "<!-- end -->\n"


def table(*rows: Iterable[str]) -> str:
    """A table in Markdown; the first row is its head."""
    head, *lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(["", head, "|" + "---|" * (head.count(" | ") + 1), *lines, "", ""])


def severities() -> str:
    """The table of the rules and their severities, in Markdown."""
    head = ("règle · rule", "gravité · severity", "quand · when")
    return table(head, *((f"`{r.id}`", r.severity.value, r.situation) for r in mesomix.RULES))


def conditions() -> str:
    """The table of the questions about a patient, in Markdown."""
    head = ("id", "français", "English", "a yes is a yes to")
    return table(
        head,
        *(
            (f"`{c.id}`", c.name.fr, c.name.en, ", ".join(f"`{i}`" for i in sorted(c.implied)))
            for c in mesomix.load().conditions.values()
        ),
    )


def products() -> str:
    """The table of the products and their specialties, in Markdown."""
    head = ("produit · product", "effets · effects", "spécialités · specialties")
    return table(
        head,
        *(
            (
                f"{product.name.fr} · {product.name.en}",
                ", ".join(sorted(effect.value for effect in product.effects)),
                "<br>".join(f"{s.name} ({s.market.value})" for s in product.specialties),
            )
            for product in mesomix.load().products.values()
        ),
    )


def lint_rules() -> str:
    """The table of the lint rules, in Markdown."""
    head = ("finding", "severity", "when")
    return table(head, *((f"`{r.id}`", r.severity.value, r.situation) for r in linter.LINT_RULES))


WRITTEN: Final = (
    "procaïne",
    "PROCAINE",
    "Vit C",
    "Miorel®",
    "Kenacort",
    "MIOREL 4 mg/2 ml",
    "66305209",
    "Miorel, 1 ampoule",
    "Xylocaïne visqueuse 2 %",
    "betamethazone",
)
"""A name for each way of being matched."""


def matches() -> str:
    """What is sure of a name by how it was matched, in Markdown: each row was read."""
    head = ("`matched_by`", "written", "read as", "its substances", "its specialty", "the rest")
    return table(head, *map(match, WRITTEN))


def match(written: str) -> tuple[str, ...]:
    """How `written` is matched, and what is sure of it then."""
    [component] = mesomix.load().mixture(written).components
    read = component.read
    if read.name is None or read.matched_by is None:
        suspected = f" ({read.suspicion.en}?)" if read.suspicion else ""
        return ("null", written, f"nothing{suspected}", "unknown", "unknown", "a review")
    possible = any(product.possible_substances for product in component.products)
    specified = all(product.specified for product in component.products)
    return (
        f"`{read.matched_by.value}`",
        written,
        read.name.en,
        "sure, but for the possible ones" if possible else "sure",
        "sure" if specified else "not sure",
        f"“{read.unread}” is asked about" if read.unread else "",
    )


def gaps() -> str:
    """What nobody has looked up yet in the shipped data, in a paragraph of Markdown."""
    newest = max(reference.checked for reference in shipped_references())
    report = mesomix.lint(as_of=newest)
    severities = [f"{report.count(s)} {s.text.en}s" for s in linter.LintSeverity]
    counts = Counter(found.rule for found in report.diagnostics)
    listed = "\n".join(f"{count} `{rule}`," for rule, count in sorted(counts.items()))
    found = ", ".join(severities)
    return f"On {newest}, the linter had {found} to tell of the shipped data:\n{listed[:-1]}.\n"


def shipped_references() -> Iterable[ReferenceTable]:
    """The references that ship with mesomix."""
    return read_files()[0][0][1].references.values()


def renewed(text: str, mark: str, written: str) -> str:
    """`text` with `written` between `mark` and the end that follows it."""
    before, _, rest = text.partition(mark)
    _, _, after = rest.partition(END)
    return f"{before}{mark}{written}{END}{after}"


def house_rules(text: str) -> str:
    """`text` of docs/house-rules.md with the table as it is now."""
    return renewed(text, MARK, severities())


def use(text: str) -> str:
    """`text` of docs/use.md with both tables as they are now."""
    return renewed(renewed(text, CONDITIONS, conditions()), PRODUCTS, products())


def lint(text: str) -> str:
    """`text` of docs/lint.md with the table as it is now."""
    return renewed(text, LINT_RULES, lint_rules())


def names(text: str) -> str:
    """`text` of docs/names.md with the table as it is now."""
    return renewed(text, MATCHES, matches())


def readme(text: str) -> str:
    """`text` of the README with the number of gaps as it is now."""
    return renewed(text, GAPS, gaps())


def report_schema() -> str:
    """The JSON Schema of a report."""
    return json.dumps(mesomix.Report.model_json_schema(), indent=2, ensure_ascii=False) + "\n"


def formulary_schema() -> str:
    """The JSON Schema of a data file."""
    return json.dumps(data_file_schema(), indent=2, ensure_ascii=False) + "\n"


PAGES: Final = {
    DOCS / "house-rules.md": house_rules,
    DOCS / "lint.md": lint,
    DOCS / "names.md": names,
    DOCS / "use.md": use,
    DOCS.parent / "README.md": readme,
}


def main() -> None:
    """Write every page that repeats something."""
    for page, made in PAGES.items():
        page.write_text(made(page.read_text(encoding="utf-8")), encoding="utf-8")
    (DOCS / "report.schema.json").write_text(report_schema(), encoding="utf-8")
    (DOCS / "formulary.schema.json").write_text(formulary_schema(), encoding="utf-8")


if __name__ == "__main__":
    main()
