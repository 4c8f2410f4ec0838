"""Lint rules of what the rules of mesomix need: conditions and references that only they name."""

from mesomix.evidence import Text
from mesomix.linter.diagnostic import LintSeverity
from mesomix.linter.lint_rule import Problems, lint_rule
from mesomix.linter.tables import CORTICOSTEROID, Data
from mesomix.model import Condition, Fact
from mesomix.rule import Scope
from mesomix.rules import RULES
from mesomix.vocabulary import Answer


@lint_rule(
    LintSeverity.ERROR,
    fr="la règle {rule} demande la condition « {id} », qui n'existe pas",
    en="the rule {rule} asks for the condition {id!r}, which there is not",
    help_fr="sans elle, la règle ne dit plus rien, et rien ne le montre : rétablissez la condition",
    help_en="without it the rule says nothing any more, and nothing shows that: put it back",
)
def condition_of_a_rule_missing(data: Data) -> Problems:
    """A rule asks for a condition that the data does not have."""
    for rule, condition in conditions_of_rules():
        if condition not in data.tables.conditions:
            yield condition_of_a_rule_missing.problem("conditions", rule=rule, id=condition)


@lint_rule(
    LintSeverity.ERROR,
    fr="la règle {rule} cite la référence « {id} », qui n'existe pas",
    en="the rule {rule} cites the reference {id!r}, which there is not",
    help_fr="sans elle, aucun mélange ne peut être vérifié : rétablissez la référence",
    help_en="without it no mixture can be checked: put the reference back",
)
def reference_of_a_rule_missing(data: Data) -> Problems:
    """A rule cites a reference that the data does not have."""
    for rule in RULES:
        for reference in dict.fromkeys(citation.reference for citation in rule.cites):
            if reference not in data.tables.references:
                yield reference_of_a_rule_missing.problem("references", rule=rule.id, id=reference)


@lint_rule(
    LintSeverity.ERROR,
    fr="la règle corticosteroid demande le groupe « {id} », qui n'existe pas",
    en="the rule corticosteroid asks for the group {id!r}, which there is not",
    help_fr="sans lui, aucun corticoïde n'est refusé, et rien ne le montre : rétablissez-le",
    help_en="without it no corticosteroid is refused, and nothing shows that: put it back",
)
def group_of_a_rule_missing(data: Data) -> Problems:
    """The data lacks the group by which a rule knows corticosteroids."""
    if CORTICOSTEROID not in data.tables.groups:
        yield group_of_a_rule_missing.problem("groups", id=CORTICOSTEROID)


@lint_rule(
    LintSeverity.WARNING,
    fr="aucune règle et aucune contre-indication ne demande « {condition} »",
    en="no rule and no contraindication asks for {condition!r}",
    help_fr="une réponse n'y change rien : retirez la condition, ou ajoutez ce qui la demande",
    help_en="an answer to it changes nothing: take it away, or add what asks for it",
)
def condition_without_use(data: Data) -> Problems:
    """No rule and no contraindication asks for a condition, nor one that it implies."""
    asked = {condition for _, condition in conditions_of_rules()}
    for substance in data.tables.substances.values():
        asked.update(c.condition for c in substance.contraindications or ())
    # A no to a wider condition is a no to the narrower one that is asked for.
    wider = {implied for condition in asked for implied in data.implied(condition)}
    for key in data.tables.conditions:
        if key not in wider and not asked & data.implied(key):
            yield condition_without_use.problem("conditions", key, at_key=True, condition=key)


@lint_rule(
    LintSeverity.WARNING,
    fr="aucun fait et aucune règle ne cite « {reference} »",
    en="no fact and no rule cites {reference!r}",
    help_fr="retirez la référence, ou rétablissez le fait qui la citait",
    help_en="take the reference away, or put back the fact that cited it",
)
def reference_without_use(data: Data) -> Problems:
    """No fact of the data and no rule cites a reference."""
    cited = {citation.reference for rule in RULES for citation in rule.cites}
    for _, fact in data.facts:
        cited.update((fact.source, *fact.also))
    for key in data.tables.references:
        if key not in cited:
            yield reference_without_use.problem("references", key, at_key=True, reference=key)


def conditions_of_rules() -> list[tuple[str, str]]:
    """The ids of the rules about a fact, each with a condition that it asks for."""
    found: list[tuple[str, str]] = []
    for rule in RULES:
        if rule.scope is Scope.FACT:
            asking = _Asked()
            rule.findings(asking)
            found += [(rule.id, condition) for condition in asking.asked]
    return found


class _Asked(Fact):
    """A fact that notes what it is asked for, and says no."""

    def __init__(self) -> None:
        super().__init__(Condition("", Text("", "")), Answer.NO)
        object.__setattr__(self, "asked", [])

    asked: list[str]

    def yes(self, condition: str) -> bool:
        """Note that `condition` is asked for."""
        self.asked.append(condition)
        return False
