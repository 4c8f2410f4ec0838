"""mesomix, as the peer of its peers."""

import mesomix
from checking.question import RULES, Answer, Case, Finding
from mesomix.report import Reason, Report


class WithMesomix:
    """A rulebook of the same rules, asked for objects that were made before."""

    name = "mesomix"
    version = mesomix.__version__

    def ask(self, case: Case) -> Report:
        """The whole report, with what a reader of the answer looks at."""
        report = RULES.check(case.mixture, case.patient)
        _ = report.verdict, report.findings, report.not_checked
        return report

    def answer(self, asked: object) -> Answer:
        """The verdict, findings and open questions of a report."""
        assert isinstance(asked, Report)
        findings = frozenset(
            Finding(
                found.rule,
                tuple(str(about.id) for about in found.about if about.kind == "product"),
                found.certain,
            )
            for found in asked.findings
        )
        left = frozenset(
            (skipped.rule, str(about.id))
            for skipped in asked.not_checked
            if skipped.reason is Reason.FACT_NOT_ASKED
            for about in skipped.about
        )
        return Answer(asked.verdict.value, findings, left)
