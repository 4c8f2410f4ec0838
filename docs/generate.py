"""Write what the docs repeat of the code: `python docs/generate.py`. A test holds it fresh."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import mesomix
from mesomix.formulary.json_schema import data_file_schema

DOCS: Final = Path(__file__).parent
MARK: Final = "<!-- severities: written by `python docs/generate.py` -->\n"
CONDITIONS: Final = "<!-- conditions: written by `python docs/generate.py` -->\n"
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


def report_schema() -> str:
    """The JSON Schema of a report."""
    return json.dumps(mesomix.Report.model_json_schema(), indent=2, ensure_ascii=False) + "\n"


def formulary_schema() -> str:
    """The JSON Schema of a data file."""
    return json.dumps(data_file_schema(), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write every page that repeats something."""
    for name, made in (("house-rules.md", house_rules), ("use.md", use)):
        page = DOCS / name
        page.write_text(made(page.read_text(encoding="utf-8")), encoding="utf-8")
    (DOCS / "report.schema.json").write_text(report_schema(), encoding="utf-8")
    (DOCS / "formulary.schema.json").write_text(formulary_schema(), encoding="utf-8")


if __name__ == "__main__":
    main()
