"""What stands in the way of a mixture, told by rule."""

from dataclasses import dataclass

from mesomix.planes import Planes
from mesomix.vocabulary import SEVERITIES, Severity


@dataclass(frozen=True, slots=True)
class Objection:
    """A rule that refuses, asks for a review, cannot tell, or could not run."""

    rule: str
    severity: Severity
    certain: bool | None
    """True where the rule is sure, False where it cannot tell, None where it could not run."""


def objections(planes: Planes, word: int) -> tuple[Objection, ...]:
    """What of `word` moves a verdict, the worst first, and then in the order of the rules."""
    found = [
        Objection(rule, severity, certain)
        for rule, severity, certain in planes.findings(word & planes.reviewing)
    ]
    found += [
        Objection(rule, planes.rulebook[rule].severity, None) for rule in planes.open_rules(word)
    ]
    order = {rule.id: number for number, rule in enumerate(planes.rulebook)}
    return tuple(sorted(found, key=lambda one: (_gravity(one), order[one.rule])))


def _gravity(one: Objection) -> tuple[bool, int, bool]:
    """A sure refusal comes first; then what is sure, before what is not, by its severity."""
    refuses = one.certain is True and one.severity is Severity.REFUSE
    return not refuses, SEVERITIES.index(one.severity), not one.certain
