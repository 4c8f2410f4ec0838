"""A lint report as JUnit's XML: a suite for each file, and a case for each problem.

Gaps and the rules that did not run are skipped cases: they fail nothing, and have not passed.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from mesomix.evidence import COLON, Language, Text
from mesomix.linter.diagnostic import Diagnostic, LintSeverity
from mesomix.linter.formats.wording import ALSO_HERE, HELP, not_run, position
from mesomix.linter.lint_report import COULD_NOT_CHECK, UNCHECKED, LintReport
from mesomix.linter.lint_rule import LintRule
from mesomix.names import printable

_NOT_JUDGED: Final = Text(
    "non vérifié : un autre fichier n'a pu être lu",
    "not checked: another file could not be read",
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def junit_report(
    report: LintReport,
    rules: Sequence[LintRule],  # the problems say all that is written
    language: Language,
) -> str:
    """The report as an XML document."""
    from xml.etree import ElementTree as ET  # noqa: PLC0415 (written, never read)

    root = ET.Element("testsuites", name="mesomix lint")
    files = dict.fromkeys([*report.files, *(found.place.file for found in report.diagnostics)])
    for file in files:
        here = [found for found in report.diagnostics if found.place.file == file]
        _suite(root, printable(file), here, language)
        if not here and report.status == COULD_NOT_CHECK:  # for another file that it needs
            case = root[-1][0]
            ET.SubElement(case, "skipped", message=_NOT_JUDGED[language])
    if report.not_checked:
        suite = ET.SubElement(root, "testsuite", name="mesomix lint")
        for rule, reason in report.not_checked.items():
            case = ET.SubElement(suite, "testcase", name=printable(rule), classname="mesomix lint")
            ET.SubElement(case, "skipped", message=not_run(reason, language))
    for counted in (*root, root):
        _count(counted)
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode")


def _suite(root: "Element", file: str, problems: Iterable[Diagnostic], language: Language) -> None:
    from xml.etree.ElementTree import SubElement  # noqa: PLC0415 (written, never read)

    suite = SubElement(root, "testsuite", name=file)
    seen: Counter[str] = Counter()
    for found in problems:
        # A key moves less than a line. Readers drop a second case of one name.
        name = printable(f"{found.rule} {found.place.key}".rstrip())
        seen[name] += 1
        numbered = name if seen[name] == 1 else f"{name} ({seen[name]})"
        case = SubElement(suite, "testcase", name=numbered, classname=file, file=file)
        if found.place.span is not None:
            case.set("line", str(found.place.span.line))
        outcome = SubElement(case, _outcome(found), type=found.severity.value)
        outcome.set("message", printable(found.message[language]))
        outcome.text = "\n".join(_details(found, language))
    if not seen:
        SubElement(suite, "testcase", name=file, classname=file, file=file)


def _outcome(found: Diagnostic) -> str:
    if found.severity is LintSeverity.GAP:
        return "skipped"
    return "error" if found.rule in UNCHECKED else "failure"


def _details(found: Diagnostic, language: Language) -> list[str]:
    return [
        position(found.place),
        *(ALSO_HERE[language] + COLON[language] + position(other) for other in found.others),
        HELP[language] + COLON[language] + printable(found.help[language]),
    ]


def _count(element: "Element") -> None:
    """Give a suite, or all of them, the numbers of its cases."""
    names = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
    for attribute, tag in names.items():
        element.set(attribute, str(sum(1 for _ in element.iter(tag))))
