"""Lint rules of groups: what an allergy reaches together."""

import re
from typing import Final

from mesomix.linter.diagnostic import LintSeverity
from mesomix.linter.lint_rule import Problems, lint_rule
from mesomix.linter.tables import CORTICOSTEROID, Data
from mesomix.names import words


@lint_rule(
    LintSeverity.ERROR,
    fr="{substance} est de la classe {atc}, et n'est pas dans le groupe « {group} »",
    en="{substance} is of class {atc}, and is not in the group {group!r}",
    help_fr="ajoutez le groupe, ou corrigez la classe : l'allergie au groupe ne l'atteint pas",
    help_en="add the group, or mend the class: an allergy to the group does not reach it",
)
def substance_outside_its_group(data: Data) -> Problems:
    """A substance is not in a group that its ATC class says it belongs to."""
    for key, substance in data.tables.substances.items():
        for number, atc in enumerate(substance.atc):
            for group in data.groups_of(atc):
                if group not in substance.groups:
                    yield substance_outside_its_group.problem(
                        "substances",
                        key,
                        "atc",
                        number,
                        others=(("groups", group, "atc"),),
                        substance=substance.text,
                        atc=atc,
                        group=group,
                    )


CORTICOSTEROID_STEMS: Final = re.compile(
    r"cort|pred|(?:olone|onide|olide|asone|besone|rysone|asol)$"
)
"""In INNs: WHO's stems -cort-, -pred-, -olone and -onide, and how most other corticosteroids end.
Not aldosterone, nor hydrallostane: their endings are those of other steroids."""


@lint_rule(
    LintSeverity.WARNING,
    fr="« {substance} » a le nom d'un corticoïde, sans classe ATC ni le groupe corticosteroid",
    en="{substance!r} has the name of a corticosteroid, no ATC class, and not the group",
    help_fr='ajoutez groups = ["corticosteroid"], ou la classe ATC qui dit ce que c\'est',
    help_en='add groups = ["corticosteroid"], or the ATC class that says what it is',
)
def corticosteroid_by_its_name(data: Data) -> Problems:
    """A substance without an ATC class is named as corticosteroids are, and not in their group."""
    for key, substance in data.tables.substances.items():
        inn = (words(substance.en) or [""])[0]
        if (
            not substance.atc
            and CORTICOSTEROID not in substance.groups
            and CORTICOSTEROID_STEMS.search(inn)
        ):
            yield corticosteroid_by_its_name.problem(
                "substances", key, "en", others=(("substances", key, "groups"),), substance=inn
            )


@lint_rule(
    LintSeverity.WARNING,
    fr="aucune substance n'est dans le groupe « {group} »",
    en="no substance is in the group {group!r}",
    help_fr="une allergie à ce groupe n'atteint rien : mettez-y une substance, ou retirez-le",
    help_en="an allergy to this group reaches nothing: put a substance in it, or take it away",
)
def group_without_member(data: Data) -> Problems:
    """Nothing is in a group, so that an allergy to it reaches nothing of its own."""
    members = {group for substance in data.tables.substances.values() for group in substance.groups}
    for key in data.tables.groups:
        if key not in members:
            yield group_without_member.problem("groups", key, at_key=True, group=key)
