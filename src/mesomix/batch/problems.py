"""Why a row of a table could not be read, as its column says it, and in words."""

from typing import Final

from mesomix.evidence import Language, Text

TOO_FEW_CELLS: Final = Text("trop peu de cellules", "too few cells")
TOO_MANY_CELLS: Final = Text(
    "trop de cellules : les dernières sont laissées de côté",
    "too many cells: the last ones are left out",
)
SHIFTED: Final = (TOO_FEW_CELLS, TOO_MANY_CELLS)
"""Nobody knows which cell of such a row stands in which column."""
NOT_UTF8: Final = Text("octets qui ne sont pas de l'UTF-8", "bytes that are no UTF-8")
NEITHER: Final = Text("ni oui ni non", "neither yes nor no")
NO_AGE: Final = Text("pas un âge en années, de 0 à 130", "no age in years, from 0 to 130")
MISSING: Final = Text(
    "faits : le nom d'une condition manque (null)",
    "facts: the name of a condition is missing (null)",
)
UNKNOWN: Final = Text(
    "faits : une condition est inconnue du formulaire",
    "facts: a condition is not known to the formulary",
)
CONTRADICTION: Final = Text(
    "faits : deux réponses se contredisent", "facts: two answers contradict each other"
)
UNMATCHED: Final = Text(
    "quantités : il n'y en a pas autant que de produits",
    "amounts: they are not as many as the products",
)
_OTHERS: Final = (*SHIFTED, NOT_UTF8, MISSING, UNKNOWN, CONTRADICTION, UNMATCHED)
_BEFORE: Final = "column "
_BETWEEN: Final = ": "


def of_column(column: str, why: Text) -> str:
    """That what stands in `column` is `why`, as the column of problems says it."""
    return f"{_BEFORE}{column}{_BETWEEN}{why.en}"


def told(problem: str, language: Language) -> str:
    """`problem`, as the column of problems has it, in `language`."""
    for text in _OTHERS:
        if problem == text.en:
            return text[language]
    for why in (NEITHER, NO_AGE):
        if problem.endswith(_BETWEEN + why.en):
            column = problem.removeprefix(_BEFORE).removesuffix(_BETWEEN + why.en)
            return Text(f"colonne {column} : {why.fr}", problem)[language]
    return problem
