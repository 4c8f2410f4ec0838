"""Lint rules of the ages of patients: which implies which, and what their names say."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from mesomix.evidence import Text
from mesomix.formulary.paths import Path
from mesomix.linter.diagnostic import LintSeverity
from mesomix.linter.lint_rule import Problems, lint_rule
from mesomix.linter.tables import Data
from mesomix.measures import MONTHS_IN_A_YEAR
from mesomix.names import words

_NAMED_AGE: Final = re.compile(
    r"\b(?:younger than"
    r"|(?:age|enfants?|child(?:ren)?)\b\D*\b(?:under|below|less than|moins de|inferieur a))"
    r" (\d+) (?:(months?|mois)|years?|ans?)\b"
)
"""In the words of a name, without accents. "Infarctus de moins de 6 mois" is no age."""


@lint_rule(
    LintSeverity.ERROR,
    fr="{id} (moins de {months} mois) implique {other} (moins de {fewer} mois)",
    en="{id} (under {months} months) implies {other} (under {fewer} months)",
    help_fr="entre les deux, un âge contredit cette implication : corrigez-la, ou l'un des nombres",
    help_en="an age between the two contradicts that: mend what it implies, or one of the numbers",
)
def age_unlike_implication(data: Data) -> Problems:
    """A condition of being younger than something implies being younger than less."""
    ages = _ages(data)
    for key, months in ages.items():
        for number, step in enumerate(data.tables.conditions[key].implies):
            for other in _next_ages(data, step):
                if ages[other] < months:
                    yield age_unlike_implication.problem(
                        *("conditions", key, "implies", number),
                        others=(("conditions", other, "younger_than_months"),),
                        id=key,
                        months=months,
                        other=other,
                        fewer=ages[other],
                    )


def _ages(data: Data) -> dict[str, int]:
    """Of the conditions that an age answers, the months below which it is a yes."""
    conditions = data.tables.conditions.items()
    return {key: c.younger_than_months for key, c in conditions if c.younger_than_months}


def _next_ages(data: Data, start: str) -> Iterator[str]:
    """The first conditions with an age that a yes to `start` leads to, which may be itself."""
    seen: set[str] = set()
    left = [start]
    while left:
        step = left.pop()
        table = data.tables.conditions.get(step)
        if step in seen or table is None:  # that there is none is said
            continue
        seen.add(step)
        if table.younger_than_months is None:
            left += table.implies
        else:
            yield step


@lint_rule(
    LintSeverity.WARNING,
    fr="{id} n'implique pas {other} : qui a moins de {months} mois en a moins de {more}",
    en="{id} does not imply {other}: who is under {months} months is under {more}",
    help_fr="ajoutez-la à implies ; si la table n'est pas à vous, demandez l'âge, et suppression",
    help_en="add it to implies; where the table is not yours, ask for the age, and suppress this",
)
def age_without_implication(data: Data) -> Problems:
    """A condition of being younger than something does not imply the next older one."""
    by_age = sorted(_ages(data).items(), key=lambda item: item[1])
    for (key, months), (other, more) in pairwise(by_age):
        # Of two that are one age, each is the other.
        for one, next_one in ((key, other), (other, key))[: 1 + (months == more)]:
            if next_one not in data.implied(one) and not _implies_nothing_known(data, one):
                yield age_without_implication.problem(
                    *("conditions", one, "implies"),
                    others=(("conditions", next_one, "younger_than_months"),),
                    id=one,
                    other=next_one,
                    months=months,
                    more=more,
                )


def _implies_nothing_known(data: Data, condition: str) -> bool:
    """Whether an id that names nothing may have been meant to lead on; that is said."""
    known = data.tables.conditions
    return any(step not in known for key in data.implied(condition) for step in known[key].implies)


@lint_rule(
    LintSeverity.WARNING,
    fr="« {name} » dit moins de {months} mois, et younger_than_months {says}",
    en="{name!r} says under {months} months, and younger_than_months {says}",
    help_fr="une réponse et un âge disent la même chose : corrigez le nom, ou le nombre de mois",
    help_en="an answer and an age say the same: mend the name, or the number of months",
)
def age_unlike_its_name(data: Data) -> Problems:
    """The name of a condition says an age that younger_than_months does not."""
    for key, table in data.tables.conditions.items():
        path: Path = ("conditions", key)
        given = table.younger_than_months
        says = Text(f"dit {given}", f"says {given}") if given else Text("manque", "is missing")
        names = [((*path, "fr"), table.fr), ((*path, "en"), table.en)]
        names += [((*path, "names", number), name) for number, name in enumerate(table.names)]
        for place, name in names:
            months = _months_in(name)
            if months not in {given, None}:
                yield age_unlike_its_name.problem(
                    *(*path, "younger_than_months"),
                    others=(place,),
                    name=name,
                    months=months,
                    says=says,
                )


def _months_in(name: str) -> int | None:
    """The months under which a name says that somebody is; None where it says no age."""
    said = _NAMED_AGE.search(" ".join(words(name)))
    return int(said[1]) * (1 if said[2] else MONTHS_IN_A_YEAR) if said else None
