"""Write what the docs repeat of the code: `python docs/generate.py`. A test holds it fresh."""

import json
from pathlib import Path
from typing import Final

import mesomix

DOCS: Final = Path(__file__).parent
MARK: Final = "<!-- severities: written by `python docs/generate.py` -->\n"
END: Final = "<!-- end -->\n"


def severities() -> str:
    """The table of the rules and their severities, in Markdown."""
    lines = ["", "| règle · rule | gravité · severity | quand · when |", "|---|---|---|"]
    lines += [f"| `{r.id}` | {r.severity.value} | {r.situation} |" for r in mesomix.RULES]
    return "\n".join([*lines, "", ""])


def house_rules(text: str) -> str:
    """`text` of docs/house-rules.md with the table as it is now."""
    before, _, rest = text.partition(MARK)
    _, _, after = rest.partition(END)
    return f"{before}{MARK}{severities()}{END}{after}"


def report_schema() -> str:
    """The JSON Schema of a report."""
    return json.dumps(mesomix.Report.model_json_schema(), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write both files."""
    page = DOCS / "house-rules.md"
    page.write_text(house_rules(page.read_text(encoding="utf-8")), encoding="utf-8")
    (DOCS / "report.schema.json").write_text(report_schema(), encoding="utf-8")


if __name__ == "__main__":
    main()
