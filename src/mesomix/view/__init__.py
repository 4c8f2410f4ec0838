"""What a notebook, a printed report and a page show: cards, charts and Markdown."""

from collections.abc import Callable
from pkgutil import resolve_name
from typing import Final

from mesomix.evidence import Language
from mesomix.shown import Card
from mesomix.view.effects_chart import effects_chart
from mesomix.view.pair_matrix import pair_matrix

__all__ = ["Card", "card_of", "effects_chart", "pair_matrix"]

_MADE_BY: Final = {
    "mesomix.report.Report": "mesomix.view.report_card:report_card",
    "mesomix.model.Product": "mesomix.view.product_card:product_card",
    "mesomix.request.Mixture": "mesomix.view.mixture_card:mixture_card",
    "mesomix.formulary.formulary.Formulary": "mesomix.view.formulary_card:formulary_card",
    "mesomix.space.census.Census": "mesomix.view.census_card:census_card",
    "mesomix.space.diff.Diff": "mesomix.view.diff_card:diff_card",
    "mesomix.space.gaps.Gaps": "mesomix.view.gaps_card:gaps_card",
    "mesomix.space.repairs.Repairs": "mesomix.view.repairs_card:repairs_card",
    "mesomix.space.shadow.Shadow": "mesomix.view.shadow_card:shadow_card",
    "mesomix.batch.audit_summary.AuditSummary": "mesomix.view.audit_card:audit_card",
}
"""By name, so that who looks at a report imports neither the space nor what tables need."""


def maker_of(kind: type) -> Callable[[object, Language], Card] | None:
    """What makes the card of things of that kind; None where nothing does."""
    for one in kind.__mro__:
        maker = _MADE_BY.get(f"{one.__module__}.{one.__qualname__}")
        if maker is not None:
            make: Callable[[object, Language], Card] = resolve_name(maker)
            return make
    return None


def card_of(shown: object, language: Language) -> Card:
    """What is shown of a thing in a notebook; TypeError for what has no card."""
    make = maker_of(type(shown))
    if make is None:
        message = f"nothing shows a {type(shown).__name__}"
        raise TypeError(message)
    return make(shown, language)
