"""Lint rules of names: one name for one thing, and one thing under one name."""

from collections.abc import Iterator
from enum import Enum

from mesomix.formulary.linking import short_name
from mesomix.formulary.paths import Path, key_of
from mesomix.formulary.schema import Table
from mesomix.linter.diagnostic import LintSeverity
from mesomix.linter.lint_rule import Problems, lint_rule
from mesomix.linter.tables import Data
from mesomix.names import fold, fold_all

_NAME_KEYS = ("fr", "en", "names", "brands", "name", "brand", "other_names", "cis", "cip13")


@lint_rule(
    LintSeverity.ERROR,
    fr="deux choses ont le nom « {name} » : {one}, et {other}",
    en="two things have the name {name!r}: {one}, and {other}",
    help_fr="un nom ne désigne qu'une chose, quelle qu'en soit la graphie : retirez-le d'un côté",
    help_en="a name means one thing, however it is spelt: take it away on one side",
)
def name_claimed_twice(data: Data) -> Problems:
    """Two things claim one name."""
    for clash in data.clashes:
        if clash.other is not None:
            path, at_key = _place(data, clash.path, clash.name)
            other, _ = _place(data, clash.other, clash.name)
            one = key_of(clash.path)
            yield name_claimed_twice.problem(
                *path,
                others=(other,),
                at_key=at_key,
                name=clash.name,
                one=one,
                other=key_of(clash.other),
            )


@lint_rule(
    LintSeverity.ERROR,
    fr="« {name} » ne contient ni lettre ni chiffre",
    en="{name!r} holds no letter and no digit",
    help_fr="écrivez un nom, ou retirez-le",
    help_en="write a name, or take it away",
)
def empty_name(data: Data) -> Problems:
    """A name holds no letter and no digit."""
    for clash in data.clashes:
        if clash.other is None:
            path, at_key = _place(data, clash.path, clash.name)
            yield empty_name.problem(*path, at_key=at_key, name=clash.name)


def _place(data: Data, table: Path, claimed: str) -> tuple[Path, bool]:
    """Where `table` claims the name `claimed`, and whether its key is what claims it."""
    section, key = table
    folded = fold(claimed)
    names = _names_in(table, getattr(data.tables, str(section))[key])
    claims = (path for path, name in names if folded in fold_all([name, short_name(name)]))
    path = next(claims, table)
    return path, isinstance(path[-1], str) and path[-1] not in _NAME_KEYS


def _names_in(path: Path, table: Table) -> Iterator[tuple[Path, str]]:
    """The names in `table` and in its specialties; its id, and theirs, behind the names."""
    for key in _NAME_KEYS:
        value = getattr(table, key, None) or ()
        if isinstance(value, str):
            yield (*path, key), value
        else:
            yield from (((*path, key, number), name) for number, name in enumerate(value))
    for key, specialty in getattr(table, "specialties", {}).items():
        yield from _names_in((*path, "specialties", key), specialty)
    yield path, str(path[-1])


@lint_rule(
    LintSeverity.ERROR,
    fr="le code {code} est déjà celui de {other}",
    en="the code {code} is already that of {other}",
    help_fr="un code ne désigne qu'une spécialité ou qu'une présentation : recopiez-le de la BDPM",
    help_en="a code means one specialty or one package only: copy it again from BDPM",
)
def code_claimed_twice(data: Data) -> Problems:
    """Two specialties of one product have one CIS or CIP13 code."""
    holders: dict[tuple[Path, str], Path] = {}
    for path, specialty in data.specialties():
        codes = [((*path, "cis"), specialty.cis)] if specialty.cis else []
        codes += [((*path, "cip13", n), code) for n, code in enumerate(specialty.cip13)]
        for place, code in codes:
            first = holders.setdefault((path[:2], code), place)
            if first[:4] != place[:4]:  # in one specialty, it is an entry that is repeated
                yield code_claimed_twice.problem(
                    *place, others=(first,), code=code, other=key_of(first[:4])
                )


@lint_rule(
    LintSeverity.WARNING,
    fr="« {entry} » figure deux fois dans {key}",
    en="{entry!r} stands twice in {key}",
    help_fr="retirez l'un des deux, ou corrigez-le s'il devait être autre chose",
    help_en="take one of them away, or mend it if it was to be another",
)
def repeated_entry(data: Data) -> Problems:
    """A list holds one thing twice."""
    for path, table in data.facts:
        for key, values in table.__dict__.items():
            if key == "containers":
                continue  # volumes are compared as numbers: repeated-amount
            # Tables may well repeat one another: two sources may say one thing.
            if isinstance(values, tuple) and len(values) > 1 and not isinstance(values[0], Table):
                for number, value in enumerate(values):
                    first = values.index(value)
                    if first < number:
                        entry = value.value if isinstance(value, Enum) else value
                        others = ((*path, key, first),)
                        problem = repeated_entry.problem
                        yield problem(*path, key, number, others=others, entry=entry, key=key)


@lint_rule(
    LintSeverity.WARNING,
    fr="la marque « {brand} » n'est pas dans le nom « {name} »",
    en="the brand {brand!r} is not in the name {name!r}",
    help_fr="recopiez le nom de la BDPM ; la marque est ce qu'on en dit",
    help_en="copy the name from BDPM; the brand is what people say of it",
)
def brand_unlike_its_name(data: Data) -> Problems:
    """The brand of a specialty is no part of its name."""
    specialties = list(data.specialties())
    folded = iter(fold_all(text for _, s in specialties for text in (s.brand, s.name)))
    for path, specialty in specialties:
        brand, name = next(folded), next(folded)
        if brand not in name:
            yield brand_unlike_its_name.problem(
                *path,
                "brand",
                others=((*path, "name"),),
                brand=specialty.brand,
                name=specialty.name,
            )
