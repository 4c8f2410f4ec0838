"""Write what the docs repeat of the code: `python docs/generate.py`. A test holds it fresh."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from textwrap import fill
from typing import Final

import tomli

import mesomix
from mesomix import linter
from mesomix.formulary.files import read_files
from mesomix.formulary.json_schema import data_file_schema
from mesomix.formulary.schema import ReferenceTable
from mesomix.quantity import Quantity

DOCS: Final = Path(__file__).parent
SITUATIONS: Final = DOCS / "fr" / "situations.toml"
MARK: Final = "<!-- severities: written by `python docs/generate.py` -->\n"
CONDITIONS: Final = "<!-- conditions: written by `python docs/generate.py` -->\n"
LINT_RULES: Final = "<!-- lint-rules: written by `python docs/generate.py` -->\n"
GAPS: Final = "<!-- gaps: written by `python docs/generate.py` -->\n"
MATCHES: Final = "<!-- matches: written by `python docs/generate.py` -->\n"
PRODUCTS: Final = "<!-- products: written by `python docs/generate.py` -->\n"
STRENGTHS: Final = "<!-- strengths: written by `python docs/generate.py` -->\n"
MAXIMA: Final = "<!-- maxima: written by `python docs/generate.py` -->\n"
AMOUNTS: Final = "<!-- amounts: written by `python docs/generate.py` -->\n"
END: Final = "<!-- end -->\n"


def table(*rows: Iterable[str]) -> str:
    """A table in Markdown; the first row is its head."""
    head, *lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(["", head, "|" + "---|" * (head.count(" | ") + 1), *lines, "", ""])


def severities() -> str:
    """The table of the rules and their severities, in Markdown."""
    head = ("rule", "severity", "when")
    return table(head, *((f"`{r.id}`", r.severity.text.en, r.situation) for r in mesomix.RULES))


def severities_in_french() -> str:
    """The same in French."""
    when = tomli.loads(SITUATIONS.read_text(encoding="utf-8"))["situations"]
    head = ("règle", "gravité", "quand")
    return table(head, *((f"`{r.id}`", r.severity.text.fr, when[r.id]) for r in mesomix.RULES))


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


def strengths() -> str:
    """The table of what is known of the composition of each specialty, in Markdown."""
    head = ("spécialité · specialty", "ampoule", "in 1 ml")
    return table(
        head,
        *(
            (
                specialty.name,
                ", ".join(volume.text.en for volume in specialty.containers) or "not known",
                "<br>".join(map(held, specialty.amounts)) or "not known",
            )
            for product in mesomix.load().products.values()
            for specialty in product.specialties
        ),
    )


def held(amount: mesomix.Amount) -> str:
    """So much of a substance in 1 mL, or in one container where the source tells no volume."""
    name = (amount.counted or amount.substance.name).en
    volume = amount.volume.amount if amount.volume else 1
    told = Quantity.of(amount.amount.amount / volume, amount.amount.kind).text.en
    return f"{told} {name}" if amount.volume else f"{told} {name}, in one of unknown volume"


def maxima() -> str:
    """The table of the maxima that labels give, each with its source, in Markdown."""
    head = ("substance", "at most", "per", "routes", "for whom", "the label", "source")
    formulary = mesomix.load()
    active = dict.fromkeys(s for p in formulary.products.values() for s in p.substances)
    return table(
        head,
        *(row for s in active for row in maxima_of(s, formulary.references)),
    )


def maxima_of(
    substance: mesomix.Substance, references: Mapping[str, mesomix.Reference]
) -> Iterable[tuple[str, ...]]:
    """The rows of one substance; one that says so where there is none."""
    if not substance.maximum_doses:
        looked = "nobody has looked" if substance.maximum_doses is None else "it gives none"
        yield (substance.name.en, "", "", "", "", looked, "")
    for maximum in substance.maximum_doses or ():
        cited = maximum.citation.from_references(references)
        place = f", {cited.place}" if cited.place else ""
        date = f" ({cited.date})" if cited.date else ""
        quote = f": « {cited.quote} »" if cited.quote else ""
        yield (
            substance.name.en,
            maximum.amount.text.en,
            maximum.per.value,
            ", ".join(route.value for route in maximum.routes) or "not told",
            maximum.population.en if maximum.population else "not told",
            "usual doses only" if maximum.usual else "states a maximum",
            f"{cited.title}{date}{place}{quote}",
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


MEASURED: Final = (
    "Mésocaïne 2 ml",
    "Procaïne Lavoisier 2 % 2 ml",
    "Procaïne Lavoisier 2 ml",
    "lidocaïne 10 mg/ml, 1,5 ml",
    "lidocaïne 2 ml",
    "lidocaïne 40 mg",
    "½ ampoule de Miorel",
    "Dicynone, 2 ampoules",
    "Miorel : 2 mg",
    "2 mg de Miorel",
    "Miorel 4 mg",
    "Miorel 2 mg",
    "Dicynone 250",
    "Dicynone 500 mg",
    "Mésocaïne 2",
    "Mésocaïne 2 à 3 ml",
    "Mésocaïne environ 2 ml",
    "Mésocaïne 1.000 ml",
    "Mésocaïne 2 % 2 ml",
    "Miorel 1 ampoule 5 ml",
    "Miorel 100 UI",
)
"""An amount of each kind, and what is no amount."""


def amounts() -> str:
    """What is read of amounts, in Markdown: each row was read."""
    head = ("written", "volume", "its active substance", "asked about")
    return table(head, *map(amount_of, MEASURED))


def amount_of(written: str) -> tuple[str, ...]:
    """What is read of how much of one product is `written`."""
    mixture = mesomix.load().mixture(written)
    [read], [ingredient] = mixture.reads, mixture.composition().ingredients
    asked = f"“{read.unread}”" if read.unread else ""
    if read.fitting is not None:
        asked += f"; what fits: {read.fitting.en}"
    if mixture.doses is None:
        return (written, "no amount", "", asked)
    content = mixture.composition().contents[0]
    told = "not known" if content.quantity is None else content.quantity.text.en
    if content.at_least is not None and content.at_least.value:
        told += f", at least {content.at_least.text.en}"
    if content.possible is not None and content.possible != content.at_least:
        told += f", {content.possible.text.en} possible"
    volume = "not known" if ingredient.volume is None else ingredient.volume.text.en
    return (written, volume, "" if read.unread else told, asked)


def gaps() -> str:
    """What nobody has looked up yet in the shipped data, in a paragraph of Markdown."""
    newest = max(reference.checked for reference in shipped_references())
    report = mesomix.lint(as_of=newest)
    severities = [f"{report.count(s)} {s.text.en}s" for s in linter.LintSeverity]
    counts = Counter(found.rule for found in report.diagnostics)
    listed = ", ".join(f"{count} `{rule}`" for rule, count in sorted(counts.items()))
    found = ", ".join(severities)
    told = f"On {newest}, the linter had {found} to tell of the shipped data: {listed}."
    return fill(told, 108, break_on_hyphens=False) + "\n"


def shipped_references() -> Iterable[ReferenceTable]:
    """The references that ship with mesomix."""
    return read_files()[0][0][1].references.values()


def renewed(text: str, mark: str, written: str) -> str:
    """`text` with `written` between `mark` and the end that follows it."""
    before, _, rest = text.partition(mark)
    if not rest:
        message = f"a page has lost {mark!r}"
        raise ValueError(message)
    _, _, after = rest.partition(END)
    return f"{before}{mark}{written}{END}{after}"


def house_rules(text: str) -> str:
    """`text` of docs/house-rules.md with the table as it is now."""
    return renewed(text, MARK, severities())


def french_house_rules(text: str) -> str:
    """`text` of docs/fr/house-rules.md with the table as it is now."""
    return renewed(text, MARK, severities_in_french())


def use(text: str) -> str:
    """`text` of docs/use.md with its tables as they are now."""
    text = renewed(renewed(text, CONDITIONS, conditions()), PRODUCTS, products())
    return renewed(renewed(text, STRENGTHS, strengths()), MAXIMA, maxima())


def lint(text: str) -> str:
    """`text` of docs/lint.md with the table as it is now."""
    return renewed(text, LINT_RULES, lint_rules())


def names(text: str) -> str:
    """`text` of docs/names.md with both tables as they are now."""
    return renewed(renewed(text, MATCHES, matches()), AMOUNTS, amounts())


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
    DOCS / "fr" / "house-rules.md": french_house_rules,
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
