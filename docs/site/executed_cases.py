"""The cases of `tests/cases/`, run: what each asks, and what the rule that it is about answers."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from languages import CHECKOUT

import mesomix

sys.path.append(str(CHECKOUT / "tests"))

from test_cases import CASES, read, report_of, test_a_case_holds


@dataclass(frozen=True, slots=True)
class ExecutedCase:
    """One case, and the report that it came to."""

    number: int
    """Its place in its file, from 1."""
    rule: mesomix.Rule
    asked: dict[str, Any]
    """As it is written in the file."""
    report: mesomix.Report

    @property
    def anchor(self) -> str:
        """Where it stands, on its rule's page; of the whole site, nothing else is named so."""
        return f"{self.rule.id}-case-{self.number}"

    @property
    def findings(self) -> list[mesomix.Finding]:
        """What the rule said."""
        return [found for found in self.report.findings if found.rule == self.rule.id]

    @property
    def not_checked(self) -> list[mesomix.NotChecked]:
        """Why the rule did not run, or not for everything."""
        return [skipped for skipped in self.report.not_checked if skipped.rule == self.rule.id]


class BrokenCaseError(Exception):
    """A case that does not come to what it expects: no page may show it as if it did."""


def executed(rule: mesomix.Rule) -> Iterator[ExecutedCase]:
    """Run the cases of `rule`, in the order of their file.

    Raises BrokenCaseError when one does not hold.
    """
    for number, asked in enumerate(read(CASES / f"{rule.id}.toml"), 1):
        try:
            test_a_case_holds(rule.id, asked)
        except BaseException as error:  # pytest.fail is no Exception
            which = f"tests/cases/{rule.id}.toml, case {number} ({asked['says']})"
            message = f"{which} does not hold: {error!r}"
            raise BrokenCaseError(message) from error
        yield ExecutedCase(number, rule, asked, report_of(asked))


def every_case() -> dict[str, list[ExecutedCase]]:
    """The cases of every rule, by its id, in the order of the rules."""
    return {rule.id: list(executed(rule)) for rule in mesomix.RULES}
