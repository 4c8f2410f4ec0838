"""What tomli says of text that is no TOML, in the words of who wrote it, and what to do."""

import ast
import re
from dataclasses import dataclass
from typing import Final

from mesomix.evidence import Text
from mesomix.names import printable, shortened


@dataclass(frozen=True, slots=True)
class TomlFault:
    """One kind of mistake: how tomli's message begins, what it means, and what to do."""

    begins: str
    reason: Text
    remedy: Text


_QUOTES: Final = Text(
    'fermez le texte par un guillemet droit "', 'close the text with a straight quotation mark "'
)
_TEXT: Final = Text(
    'un texte est entre guillemets droits "…" ; un nombre a un point, une date AAAA-MM-JJ',
    'a text stands between straight quotation marks "…"; a number has a point, a date YYYY-MM-DD',
)
FAULTS: Final = (
    TomlFault(
        "Illegal character '\\n'",
        Text("un guillemet n'est pas refermé sur sa ligne", "a quotation mark is open on its line"),
        _QUOTES,
    ),
    TomlFault(
        "Unterminated string",
        Text("un guillemet n'est pas refermé", "a quotation mark is not closed"),
        _QUOTES,
    ),
    TomlFault(
        "Expected newline or end of document after a statement",
        Text("la ligne devrait finir ici", "the line should end here"),
        Text(
            'décimales avec un point, date AAAA-MM-JJ, texte entre "…", commentaire après #',
            'decimals with a point, a date YYYY-MM-DD, a text in "…", a comment behind #',
        ),
    ),
    TomlFault("Invalid value", Text("ce n'est pas une valeur", "this is no value"), _TEXT),
    TomlFault(
        "Invalid date or datetime",
        Text("cette date n'existe pas", "there is no such date"),
        Text("vérifiez le jour et le mois : AAAA-MM-JJ", "check day and month: YYYY-MM-DD"),
    ),
    TomlFault(
        "Cannot overwrite a value",
        Text("cette clé est donnée deux fois", "this key is given twice"),
        Text("gardez l'une des deux lignes", "keep one of the two lines"),
    ),
    TomlFault(
        "Cannot mutate immutable namespace",
        Text("cette table est déjà complète", "this table is complete already"),
        Text("ajoutez la clé là où la table est écrite", "add the key where the table is written"),
    ),
    TomlFault(
        "Duplicate inline table key",
        Text("cette clé est donnée deux fois", "this key is given twice"),
        Text("gardez l'une des deux", "keep one of the two"),
    ),
    TomlFault(
        "Expected ']",
        Text("un titre de table finit par ]", "the header of a table ends with ]"),
        Text(
            "fermez le crochet ; un identifiant n'a ni accent ni espace",
            "close the bracket; an id has no accent and no space",
        ),
    ),
    TomlFault(
        "Unclosed array",
        Text(
            "la liste n'est pas fermée, ou il y manque une virgule",
            "the list is not closed, or lacks a comma",
        ),
        Text(
            "une virgule entre les valeurs, et ] à la fin",
            "a comma between values, and ] at the end",
        ),
    ),
    TomlFault(
        "Unclosed inline table",
        Text(
            "la table { … } n'est pas fermée, ou il y manque une virgule",
            "the table { … } is not closed, or lacks a comma",
        ),
        Text("une virgule entre les clés, et } à la fin", "a comma between keys, and } at the end"),
    ),
    TomlFault(
        "Expected '=' after a key",
        Text("il manque un = après la clé", "there is no = behind the key"),
        Text(
            "écrivez clé = valeur ; une clé n'a ni accent ni espace",
            "write key = value; a key has no accent and no space",
        ),
    ),
    TomlFault(
        "Invalid statement",
        Text("ce n'est ni une clé, ni un titre de table", "this is neither a key nor a header"),
        Text(
            "une ligne est clé = valeur, [une.table] ou # un commentaire",
            "a line is key = value, [a.table] or # a comment",
        ),
    ),
    TomlFault(
        'Expected "\'"',
        Text("une apostrophe n'est pas refermée", "an apostrophe is not closed"),
        _QUOTES,
    ),
    TomlFault(
        "Invalid hex value",
        Text("une barre \\ seule dans un texte", "a lone \\ in a text"),
        Text("doublez-la : \\\\", "double it: \\\\"),
    ),
    TomlFault(
        "Unescaped '\\' in a string",
        Text("une barre \\ seule dans un texte", "a lone \\ in a text"),
        Text("doublez-la : \\\\", "double it: \\\\"),
    ),
)
"""In the order in which they are tried."""

_TWICE: Final = re.compile(r"Cannot declare (\(.*\)) twice")


def toml_fault(message: str) -> tuple[Text, Text]:
    """What tomli's `message` means, and what to do; rare ones keep tomli's own words."""
    twice = _TWICE.fullmatch(message)
    if twice:
        name = ".".join(map(str, ast.literal_eval(twice[1])))
        shown = printable(shortened(name))
        return (
            Text(f"la table « {shown} » est donnée deux fois", f"the table {shown!r} stands twice"),
            Text(
                "donnez-lui un autre identifiant, ou fusionnez-les",
                "give it another id, or merge them",
            ),
        )
    for fault in FAULTS:
        if message.startswith(fault.begins):
            return fault.reason, fault.remedy
    said = printable(shortened(message))
    return (
        Text(f"tomli dit : {said}", said),
        Text("corrigez ici d'abord", "mend this first"),
    )
