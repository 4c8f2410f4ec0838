"""The answer: a verdict, the findings behind it, and what was not checked."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

from mesomix.composition import Composition
from mesomix.evidence import Citation, Language, Text
from mesomix.request import AnsweredFact, ReadAllergy, ReadName
from mesomix.session import Session
from mesomix.shown import Shown
from mesomix.vocabulary import Effect, Severity

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import SchemaValidator


class Verdict(StrEnum):
    """What mesomix says of a mixture, a patient and a session."""

    REFUSE = "refuse"
    """A rule of severity refuse objects, and is sure."""
    REVIEW = "review"
    """A rule asks for a review, cannot tell, or could not run for the mixture or the patient."""
    NO_OBJECTION = "no-objection"
    """Every rule about the products and the patient ran, and those about what was told of doses
    and of the session; none objected and none was unsure. It says no more than that."""


class Reason(StrEnum):
    """Why a rule did not run."""

    NO_PATIENT = "no-patient"
    ALLERGIES_NOT_ASKED = "allergies-not-asked"
    ALLERGY_NOT_RECOGNISED = "allergy-not-recognised"
    FACT_NOT_ASKED = "fact-not-asked"
    PRODUCT_NOT_RECOGNISED = "product-not-recognised"
    PRODUCT_READ_IN_PART = "product-read-in-part"
    """What was recognised in a text was checked; its other words were not."""
    PRODUCT_OF_DAY_ONLY = "product-of-day-only"
    """It is named in the total of the day, and is not in this mixture: only its dose is judged."""
    SESSION_NOT_DESCRIBED = "session-not-described"
    AMOUNT_NOT_WRITTEN = "amount-not-written"
    """Of no product."""
    DOSE_NOT_KNOWN = "dose-not-known"
    """Amounts were written, and of a substance it does not follow how much there is."""
    MAXIMUM_NOT_KNOWN = "maximum-not-known"
    """The data has no maximum of a label for the substance."""


ANOTHER_QUESTION: Final = frozenset(
    {
        Reason.SESSION_NOT_DESCRIBED,
        Reason.AMOUNT_NOT_WRITTEN,
        Reason.DOSE_NOT_KNOWN,
        Reason.MAXIMUM_NOT_KNOWN,
    }
)
"""The reasons that change no verdict (`verdict_of`)."""


@dataclass(frozen=True, slots=True)
class About:
    """What a finding concerns. `id` is None for a name that was not recognised."""

    kind: Literal["product", "substance", "allergy", "fact", "effect", "session"]
    id: str | None
    name: Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One objection, doubt or note of one rule, with what it rests on."""

    rule: str
    severity: Severity
    certain: bool
    """False when the rule cannot tell: then it is reviewed, whatever its severity."""
    message: Text
    about: tuple[About, ...] = ()
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A rule that did not run, or not for everything."""

    rule: str
    severity: Severity
    """How bad its objection could have been."""
    reason: Reason
    about: tuple[About, ...] = ()
    """For what it did not run; empty when it did not run at all."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """How much of what was written could be assessed."""

    products: int
    products_written: int
    allergies: int
    allergies_written: int


@dataclass(frozen=True, slots=True)
class Data:
    """The data that a report rests on."""

    version: str
    sha256: str
    bdpm: str | None = None
    """The SHA-256 of the files of BDPM that names were looked up in; None without them."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rulebook that a report rests on: the SHA-256 of what its rules say."""

    sha256: str


def verdict_of(findings: Iterable[Finding], not_checked: Iterable[NotChecked]) -> Verdict:
    """The verdict that follows from what was found and from what was not checked.

    Whoever describes no session and no amounts asks about products and a patient, and gets the
    answer to that: the rules about the rest are listed as not checked, and move nothing.
    """
    verdict = Verdict.NO_OBJECTION
    for finding in findings:
        if finding.severity is not Severity.NOTE:
            if finding.certain and finding.severity is Severity.REFUSE:
                return Verdict.REFUSE
            verdict = Verdict.REVIEW
    for skipped in not_checked:
        if skipped.severity is not Severity.NOTE and skipped.reason not in ANOTHER_QUESTION:
            return Verdict.REVIEW
    return verdict


_NOT_ASCII: Final = re.compile(r"[^\n -~]")


def _escaped(character: str) -> str:
    """A character of a JSON text, escaped where it does not print."""
    return character if character.isprintable() else json.dumps(character)[1:-1]


@cache
def _adapter() -> "TypeAdapter[Report]":
    # pydantic takes longer to import than the rest of mesomix, and only JSON needs it here.
    from pydantic import ConfigDict, TypeAdapter, with_config  # noqa: PLC0415

    return TypeAdapter(with_config(ConfigDict(extra="forbid"))(Report))


@cache
def _validator() -> "SchemaValidator":
    # The adapter's own keeps the texts that it reads for the next time, and these are a patient's.
    from pydantic_core import CoreConfig, SchemaValidator  # noqa: PLC0415

    return SchemaValidator(_adapter().core_schema, CoreConfig(cache_strings="none"))


@dataclass(frozen=True, slots=True)
class Report(Shown):
    """The answer to one question, complete enough to be read in ten years without the library."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    """Worst first; the order does not depend on the order in which names were written."""
    products: tuple[ReadName, ...]
    """As they were written, in that order."""
    allergies: tuple[ReadAllergy, ...] | None
    """None when nobody asked."""
    facts: tuple[AnsweredFact, ...] | None
    """The answers that were given; None when no patient was given."""
    effects: tuple[Effect, ...]
    """The effects that were asked for."""
    session: Session | None
    """What was described of the session; None when nobody described one."""
    composition: Composition | None
    """What is in the syringe; None when no amount was written."""
    per_day: tuple[ReadName, ...] | None
    """The totals of the day, as they were written; None when nobody gave them."""
    checked: tuple[str, ...]
    """The rules that ran for everything that they concern."""
    not_checked: tuple[NotChecked, ...]
    assessed: Assessed
    data: Data
    rules: Rules
    mesomix: str
    """The version of the library."""

    def __bool__(self) -> bool:
        """Raise TypeError: `if check(...)` would be true whatever the verdict."""
        message = "a report is neither true nor false: compare report.verdict with a Verdict"
        raise TypeError(message)

    def text(self, language: str = "fr", *, colour: bool = False) -> str:
        """The report in words, in "fr" or "en"; with ANSI colours when `colour` is true.

        Raises ValueError for any other language. Control characters are shown escaped.
        """
        from mesomix.report_text import report_text  # noqa: PLC0415 (it imports this module)

        return report_text(self, Language(language), colour=colour)

    def markdown(self, language: str = "fr") -> str:
        """The report as Markdown, for a file or a ticket, in "fr" or "en".

        Raises ValueError for any other language. What was written by people marks nothing up.
        """
        from mesomix.report_markdown import report_markdown  # noqa: PLC0415 (as of `text`)

        return report_markdown(self, Language(language))

    def rows(self, language: str = "fr") -> list[dict[str, str]]:
        """One row for each finding, and for each rule that did not run, in "fr" or "en".

        Each has `verdict` (of the report), `status` ("objects", "cannot-tell", "note" or
        "not-checked"), `rule`, `severity`, `message` (or why it did not run), `about` (names) and
        `sources` (one a line). Raises ValueError for any other language.
        """
        from mesomix.report_rows import report_rows  # noqa: PLC0415 (as of `text`)

        return report_rows(self, Language(language))

    def to_frame(
        self, language: str = "fr", *, backend: 'Literal["pandas", "polars", "pyarrow"]' = "pyarrow"
    ) -> Any:
        """The same rows as a data frame of "pyarrow", "pandas" or "polars".

        Needs the extra `tables`, and the backend. Raises ImportError, which names what is absent,
        and ValueError for any other language or backend.
        """
        from mesomix.report_rows import report_frame  # noqa: PLC0415 (as of `text`)

        return report_frame(self, Language(language), backend)

    def __str__(self) -> str:
        """The report in French."""
        return self.text()

    def __repr__(self) -> str:
        """The verdict and a count: a repr can end up in a log, and patient data must not."""
        return f"<Report {self.verdict.value}: {len(self.findings)} findings>"

    def model_dump(self) -> dict[str, Any]:
        """The report as plain dicts, lists and strings, as in its JSON."""
        dumped: dict[str, Any] = _adapter().dump_python(self, mode="json")
        return dumped

    def model_dump_json(self, *, indent: int | None = None) -> str:
        """The report as JSON. Invisible and control characters are escaped."""
        dumped = _adapter().dump_json(self, indent=indent).decode()
        return _NOT_ASCII.sub(lambda found: _escaped(found[0]), dumped)

    @classmethod
    def model_validate_json(cls, text: str | bytes) -> "Report":
        """The report that `model_dump_json` wrote.

        Raises ValueError, which tells the places and not the contents, when `text` is not one,
        or when its verdict does not follow from its findings.
        """
        from pydantic import ValidationError  # noqa: PLC0415

        report = None
        faults: dict[str, None] = {}
        try:
            report = _validator().validate_json(text, strict=True)
        except ValidationError as error:
            # Only what is ours is told: a key that nobody knows may be a patient's name.
            fields = cls.__dataclass_fields__
            for fault in error.errors(include_input=False, include_context=False):
                first = str(fault["loc"][0]) if fault["loc"] else "the text"
                place = first if first in fields or not fault["loc"] else "an unknown key"
                faults[f"{place}: {fault['type']}"] = None
        if report is None:  # outside of the handler, whose error holds the text
            message = f"not a mesomix report: {', '.join(faults)}"
            raise ValueError(message)
        if report.verdict is not verdict_of(report.findings, report.not_checked):
            message = "not a mesomix report: the verdict does not follow from the findings"
            raise ValueError(message)
        return report

    @staticmethod
    def model_json_schema() -> dict[str, Any]:
        """The JSON Schema (2020-12) of `model_dump_json`."""
        schema = _adapter().json_schema(mode="serialization")
        return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
