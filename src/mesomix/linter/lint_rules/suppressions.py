"""Lint rules of suppressions, and of the number of gaps that may only shrink."""

from typing import Final

from mesomix.evidence import Text
from mesomix.linter.diagnostic import LintSeverity
from mesomix.linter.lint_rule import LintRule

UNUSED_SUPPRESSION: Final = LintRule(
    id="unused-suppression",
    severity=LintSeverity.ERROR,
    situation="A suppression silences nothing.",
    message=Text(
        "cette suppression de « {finding} » à « {at} » ne masque aucun constat",
        "this suppression of {finding!r} at {at!r} silences nothing",
    ),
    help=Text(
        "retirez-la, ou corrigez finding et at : le problème n'est plus là",
        "take it away, or mend finding and at: the problem is no longer there",
    ),
)
EXPIRED_SUPPRESSION: Final = LintRule(
    id="expired-suppression",
    severity=LintSeverity.ERROR,
    situation="A suppression has expired; what it silenced is said again.",
    message=Text(
        "cette suppression a expiré le {expires}", "this suppression expired on {expires}"
    ),
    help=Text(
        "regardez de nouveau : corrigez les données, ou donnez une raison et une date nouvelles",
        "look again: mend the data, or give a new reason and a new date",
    ),
    needs_date=True,
)
BOUNDLESS_SUPPRESSION: Final = LintRule(
    id="boundless-suppression",
    severity=LintSeverity.ERROR,
    situation="A suppression is of a whole section of the data.",
    message=Text(
        "cette suppression vaut pour tout « {at} », présent et à venir",
        "this suppression is of all {at!r}, present and to come",
    ),
    help=Text(
        "nommez une table, comme products.exemplin : une suppression vaut pour ce qu'on a regardé",
        "name a table, such as products.exemplin: a suppression is of what somebody looked at",
    ),
)
ENDLESS_SUPPRESSION: Final = LintRule(
    id="endless-suppression",
    severity=LintSeverity.ERROR,
    situation="A suppression ends in more than two years.",
    message=Text(
        "cette suppression dure jusqu'au {expires}, plus de {limit} jours",
        "this suppression lasts until {expires}, more than {limit} days",
    ),
    help=Text(
        "choisissez un jour plus proche, où quelqu'un regardera de nouveau",
        "choose a nearer day, on which somebody looks again",
    ),
    needs_date=True,
)
UNKNOWN_LINT_RULE: Final = LintRule(
    id="unknown-lint-rule",
    severity=LintSeverity.ERROR,
    situation="A suppression names a finding that the linter does not know.",
    message=Text("il n'y a pas de problème « {finding} »", "there is no finding {finding!r}"),
    help=Text(
        "{near}mesomix rules --lint les nomme tous", "{near}mesomix rules --lint names them all"
    ),
)
SUPPRESSED_ERROR: Final = LintRule(
    id="suppressed-error",
    severity=LintSeverity.ERROR,
    situation="A suppression names an error, which cannot be suppressed.",
    message=Text(
        "« {finding} » est une erreur, qui ne peut être masquée",
        "{finding!r} is an error: it cannot be silenced",
    ),
    help=Text(
        "corrigez les données ; seuls avertissements et lacunes peuvent attendre",
        "mend the data; only warnings and gaps can wait",
    ),
)
MORE_GAPS: Final = LintRule(
    id="more-gaps-than-baseline",
    severity=LintSeverity.ERROR,
    situation="There are more gaps of a kind than the baseline allows.",
    message=Text(
        "lacunes « {gap} » : {count}, et la base en admet {allowed}",
        "gaps {gap!r}: {count}, where the baseline allows {allowed}",
    ),
    help=Text(
        "comblez celles que ce changement ajoute : le nombre de lacunes ne peut que diminuer",
        "fill those that this change adds: the number of gaps may only shrink",
    ),
)
FEWER_GAPS: Final = LintRule(
    id="fewer-gaps-than-baseline",
    severity=LintSeverity.WARNING,
    situation="The baseline allows more gaps of a kind than there are: they could grow again.",
    message=Text(
        "lacunes « {gap} » : {count}, et la base en admet encore {allowed}",
        "gaps {gap!r}: {count}, where the baseline still allows {allowed}",
    ),
    help=Text(
        "des lacunes sont comblées : récrivez la base avec --write-baseline",
        "gaps were filled: write the baseline again with --write-baseline",
    ),
)
