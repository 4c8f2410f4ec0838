"""Lint rules of files: those that cannot be read, and what is no TOML 1.0."""

from typing import Final

from mesomix.evidence import Text
from mesomix.linter.diagnostic import LintSeverity
from mesomix.linter.lint_rule import LintRule

UNREADABLE_FILE: Final = LintRule(
    id="unreadable-file",
    severity=LintSeverity.ERROR,
    situation="A file cannot be read.",
    message=Text("le fichier ne peut être lu : {reason}", "the file cannot be read: {reason}"),
    help=Text(
        "rien n'y a été vérifié ; donnez le chemin d'un fichier TOML lisible",
        "nothing in it was checked; give the path of a TOML file that can be read",
    ),
)
NOT_UTF_8: Final = LintRule(
    id="not-utf-8",
    severity=LintSeverity.ERROR,
    situation="A file is not encoded in UTF-8.",
    message=Text("l'octet {byte} n'est pas de l'UTF-8", "byte {byte} is not UTF-8"),
    help=Text(
        "rien n'y a été vérifié ; enregistrez le fichier en UTF-8",
        "nothing in it was checked; save the file as UTF-8",
    ),
)
INVALID_TOML: Final = LintRule(
    id="invalid-toml",
    severity=LintSeverity.ERROR,
    situation="A file is not TOML.",
    message=Text("ce n'est pas du TOML : {reason}", "this is not TOML: {reason}"),
    help=Text(
        "{remedy} ; rien d'autre n'a été vérifié dans ce fichier",
        "{remedy}; nothing else was checked in this file",
    ),
)
TOML_1_1_SYNTAX: Final = LintRule(
    id="toml-1-1-syntax",
    severity=LintSeverity.ERROR,
    situation="A file uses syntax of TOML 1.1; the data is TOML 1.0, which every tool reads.",
    message=Text("syntaxe de TOML 1.1 : {syntax}", "syntax of TOML 1.1: {syntax}"),
    help=Text(
        "les données sont en TOML 1.0 : {remedy}",
        "the data is TOML 1.0: {remedy}",
    ),
)
VERSION_MISSING: Final = LintRule(
    id="version-missing",
    severity=LintSeverity.WARNING,
    situation="A formulary says no version, so that no report says which data it rests on.",
    message=Text("le formulaire n'a pas de version", "the formulary has no version"),
    help=Text(
        'écrivez version = "…" en tête, et changez-la avec les données',
        'write version = "…" at the top, and change it with the data',
    ),
)
NO_PRODUCT: Final = LintRule(
    id="no-product",
    severity=LintSeverity.ERROR,
    situation="A formulary has no product.",
    message=Text("il n'y a aucun produit", "there is no product"),
    help=Text(
        "une table [products.…] décrit chaque produit du formulaire",
        "a table [products.…] describes each product of the formulary",
    ),
)
