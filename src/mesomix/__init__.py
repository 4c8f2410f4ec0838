"""May these products be injected together, into this patient, and what says so?

>>> import mesomix
>>> formulary = mesomix.load()
>>> mixture = formulary.mixture("Piroxicam", "Kenacort")
>>> mesomix.check(mixture).verdict.value
'refuse'
"""

import importlib
from typing import TYPE_CHECKING

from mesomix._version import __version__
from mesomix.composition import Composition, Content, Ingredient
from mesomix.dose import Dose
from mesomix.evidence import Citation, Evidence, Language, Reference, Text
from mesomix.formulary import DataError, Fault, Formulary, UnknownNameError, Written, load
from mesomix.model import (
    Allergy,
    Amount,
    Condition,
    Fact,
    MaximumDose,
    Product,
    Specialty,
    Substance,
)
from mesomix.quantity import Quantity
from mesomix.report import About, Finding, NotChecked, Reason, Report, Verdict
from mesomix.request import (
    Component,
    DeclaredAllergy,
    Mixture,
    Patient,
    ReadAllergy,
    ReadName,
)
from mesomix.rule import Flag, Flags, Rule, Scope, flag, rule, unsure
from mesomix.rulebook import Rulebook
from mesomix.rules import RULES
from mesomix.session import Session
from mesomix.shown import Card
from mesomix.vocabulary import (
    AllergyState,
    Answer,
    Effect,
    MarketState,
    MatchedBy,
    Per,
    Route,
    Severity,
    Unknown,
)

if TYPE_CHECKING:
    from mesomix import bdpm
    from mesomix.linter import LintReport, lint

check = RULES.check


def __dir__() -> list[str]:
    """What the module has, the linter among it."""
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> object:
    """The linter and the reader of BDPM, once somebody asks for them: importing takes its time."""
    if name == "bdpm":
        return importlib.import_module("mesomix.bdpm")
    if name in {"LintReport", "lint"}:
        from mesomix import linter  # noqa: PLC0415 (as said)

        return getattr(linter, name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


__all__ = [
    "RULES",
    "About",
    "Allergy",
    "AllergyState",
    "Amount",
    "Answer",
    "Card",
    "Citation",
    "Component",
    "Composition",
    "Condition",
    "Content",
    "DataError",
    "DeclaredAllergy",
    "Dose",
    "Effect",
    "Evidence",
    "Fact",
    "Fault",
    "Finding",
    "Flag",
    "Flags",
    "Formulary",
    "Ingredient",
    "Language",
    "LintReport",
    "MarketState",
    "MatchedBy",
    "MaximumDose",
    "Mixture",
    "NotChecked",
    "Patient",
    "Per",
    "Product",
    "Quantity",
    "ReadAllergy",
    "ReadName",
    "Reason",
    "Reference",
    "Report",
    "Route",
    "Rule",
    "Rulebook",
    "Scope",
    "Session",
    "Severity",
    "Specialty",
    "Substance",
    "Text",
    "Unknown",
    "UnknownNameError",
    "Verdict",
    "Written",
    "__version__",
    "bdpm",
    "check",
    "flag",
    "lint",
    "load",
    "rule",
    "unsure",
]
