"""Which rules cannot run, and why: what they look at is not known."""

from collections.abc import Iterable
from typing import Final

from mesomix.evidence import Text
from mesomix.model import Allergy
from mesomix.report import About, NotChecked, Reason
from mesomix.rule import SESSION, Rule, Scope
from mesomix.vocabulary import AllergyState

NOT_ASKED: Final = Allergy(None, Text("non demandée", "not asked"), AllergyState.NOT_ASKED)
_ABOUT_A_PRODUCT: Final = {
    Scope.PRODUCT,
    Scope.MIXED_PRODUCT,
    Scope.PAIR,
    Scope.PRODUCT_ALLERGY,
    Scope.PRODUCT_FACT,
}
DOSES: Final = {Scope.DOSE, Scope.DOSE_MAXIMUM}
CANNOT_RUN: Final = {
    Reason.NO_PATIENT: {
        Scope.ALLERGY,
        Scope.UNKNOWN_ALLERGY,
        Scope.FACT,
        Scope.PRODUCT_ALLERGY,
        Scope.PRODUCT_FACT,
    },
    Reason.ALLERGIES_NOT_ASKED: {Scope.ALLERGY, Scope.PRODUCT_ALLERGY},
    Reason.ALLERGY_NOT_RECOGNISED: {Scope.ALLERGY, Scope.PRODUCT_ALLERGY},
    Reason.PRODUCT_NOT_RECOGNISED: _ABOUT_A_PRODUCT,
    Reason.PRODUCT_READ_IN_PART: _ABOUT_A_PRODUCT,
    Reason.PRODUCT_OF_DAY_ONLY: _ABOUT_A_PRODUCT,
}
"""The scopes that look at what is unknown for that reason."""


def skipped(
    rules: Iterable[Rule], reason: Reason, about: tuple[About, ...] = ()
) -> list[NotChecked]:
    """The rules that cannot run at all for that reason."""
    return [
        NotChecked(rule.id, rule.severity, reason, about)
        for rule in rules
        if rule.scope in CANNOT_RUN[reason]
    ]


def skipped_of_session(rules: Iterable[Rule], *scopes: Scope) -> list[NotChecked]:
    """The rules that cannot run where that much of a session is not described."""
    return [
        NotChecked(rule.id, rule.severity, Reason.SESSION_NOT_DESCRIBED, (SESSION[scope],))
        for scope in scopes
        for rule in rules
        if rule.scope is scope
    ]
