"""Lint rules of maximum doses: the most of a substance that labels allow."""

from collections import defaultdict

from mesomix.formulary.paths import Path
from mesomix.linter.diagnostic import LintSeverity
from mesomix.linter.lint_rule import Problems, lint_rule
from mesomix.linter.tables import Data
from mesomix.quantity import Quantity


@lint_rule(
    LintSeverity.WARNING,
    fr="{substance} : le maximum, {amount}, ne dit pas pour quelles voies",
    en="{substance}: the maximum, {amount}, does not say for which routes",
    help_fr="recopiez les voies de la source ; si elle n'en dit aucune, suppression et raison",
    help_en="copy the routes of the source; if it names none, a suppression and a reason",
)
def maximum_without_route(data: Data) -> Problems:
    """A maximum dose names no route."""
    for path, maximum in data.maxima():
        if not maximum.routes:
            substance = data.tables.substances[str(path[1])].text
            yield maximum_without_route.problem(
                *path, "routes", substance=substance, amount=maximum.amount
            )


@lint_rule(
    LintSeverity.ERROR,
    fr="{substance} : le maximum, {maximum}, ne se compare pas à {amount}",
    en="{substance}: the maximum, {maximum}, cannot be compared with {amount}",
    help_fr="aucune quantité de cette substance n'est dans une unité de ce genre : recopiez les "
    "unités des sources",
    help_en="no amount of that substance is in a unit of that kind: copy the units of the sources",
)
def maximum_in_another_unit(data: Data) -> Problems:
    """A maximum dose is in a unit of another kind than each amount of its substance."""
    first: dict[str, tuple[Path, str]] = {}
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    rests: defaultdict[str, list[Path]] = defaultdict(list)
    for path, amount in data.amounts():
        if not amount.part:
            key = amount.substance
            first.setdefault(key, ((*path, "amount"), amount.amount))
            kinds[key].add(Quantity.read(amount.amount).kind)
            rests[key] += [(*path, "amount"), (*path, "part")]
    for path, maximum in data.maxima():
        key = str(path[1])
        if key in first and Quantity.read(maximum.amount).kind not in kinds[key]:
            other, amount = first[key]
            yield maximum_in_another_unit.problem(
                *path,
                "amount",
                others=(other,),
                rests_on=tuple(rests[key]),
                substance=data.tables.substances[key].text,
                maximum=maximum.amount,
                amount=amount,
            )
