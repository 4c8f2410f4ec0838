"""Lint rules of shapes: keys that are unknown or missing, and values of another type."""

from typing import Final

from mesomix.evidence import Text
from mesomix.linter.diagnostic import LintSeverity
from mesomix.linter.lint_rule import LintRule

UNKNOWN_KEY: Final = LintRule(
    id="unknown-key",
    severity=LintSeverity.ERROR,
    situation="A table has a key that it does not know.",
    message=Text("clé inconnue « {key} »", "unknown key {key!r}"),
    help=Text("{near}les clés possibles : {known}", "{near}the keys are: {known}"),
)
MISSING_KEY: Final = LintRule(
    id="missing-key",
    severity=LintSeverity.ERROR,
    situation="A table lacks a key that it has to have.",
    message=Text("il manque la clé « {key} »", "the key {key!r} is missing"),
    help=Text("ajoutez {key} = … : {expected}", "add {key} = …: {expected}"),
)
FACT_WITHOUT_SOURCE: Final = LintRule(
    id="fact-without-source",
    severity=LintSeverity.ERROR,
    situation="A fact names no source.",
    message=Text("cette table n'a pas de source", "this table has no source"),
    help=Text(
        'ajoutez source = "…", une référence de [references] ; sans source, retirez-la',
        'add source = "…", a reference of [references]; without a source, leave it out',
    ),
)
SUPPRESSION_WITHOUT_REASON: Final = LintRule(
    id="suppression-without-reason",
    severity=LintSeverity.ERROR,
    situation="A suppression lacks its reason, its author or the day on which it ends.",
    message=Text("la suppression n'a pas de « {key} »", "the suppression has no {key!r}"),
    help=Text(
        "une suppression porte reason, author et expires",
        "a suppression has a reason, an author and the day on which it expires",
    ),
)
WRONG_TYPE: Final = LintRule(
    id="wrong-type",
    severity=LintSeverity.ERROR,
    situation="A value is of another type than its key wants.",
    message=Text("il faut ici {expected}", "this has to be {expected}"),
    help=Text("{what} {key} : {expected}", "{what} {key}: {expected}"),
)
UNKNOWN_WORD: Final = LintRule(
    id="unknown-word",
    severity=LintSeverity.ERROR,
    situation="A value is none of the words that its key allows.",
    message=Text("« {word} » n'est pas une valeur de {key}", "{word!r} is no value of {key}"),
    help=Text("{near}les mots possibles : {known}", "{near}the words are: {known}"),
)
UNKNOWN_EFFECT: Final = LintRule(
    id="unknown-effect",
    severity=LintSeverity.ERROR,
    situation="A product declares an effect that mesomix does not know.",
    message=Text("l'effet « {word} » n'existe pas", "there is no effect {word!r}"),
    help=Text("{near}les effets : {known}", "{near}the effects are: {known}"),
)
EMPTY_VALUE: Final = LintRule(
    id="empty-value",
    severity=LintSeverity.ERROR,
    situation="A text or a list that has to hold something is empty.",
    message=Text("« {key} » est vide", "{key!r} is empty"),
    help=Text(
        "écrivez ce qui est connu ; ce qui ne l'est pas s'omet, clé comprise où elle peut l'être",
        "write what is known; what is not known is left out, with its key where that is optional",
    ),
)
MALFORMED_ID: Final = LintRule(
    id="malformed-id",
    severity=LintSeverity.ERROR,
    situation="An id is not made of lower-case words joined by dashes.",
    message=Text("« {id} » n'est pas un identifiant", "{id!r} is no id"),
    help=Text(
        "un identifiant est fait de minuscules sans accent et de chiffres, joints par des tirets : "
        "{proposed}",
        "an id is lower-case letters without accents and digits, joined by dashes: {proposed}",
    ),
)
