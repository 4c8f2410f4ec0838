"""Lint rules of ids: what they name, and how they are written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final

from mesomix.formulary.linking import short_name
from mesomix.formulary.paths import Path, key_of
from mesomix.linter.diagnostic import LintSeverity
from mesomix.linter.lint_rule import LintRule, Problems, lint_rule
from mesomix.linter.stand_in import STAND_IN
from mesomix.linter.suggestion import did_you_mean, id_of
from mesomix.linter.tables import Data
from mesomix.names import fold_all

SHORTEST_LOOK_ALIKE: Final = 5
"""Characters. Of a shorter id, one letter is too much of the whole."""

NO_SUCH_ID: Final = {
    "help_fr": "{near}ajoutez la table, ou corrigez l'identifiant",
    "help_en": "{near}add the table, or mend the id",
}


@lint_rule(
    LintSeverity.ERROR,
    fr="l'identifiant « {id} » est pris deux fois : {one}, et {other}",
    en="the id {id!r} is taken twice: {one}, and {other}",
    help_fr="donnez un autre identifiant à cette table ; celle d'un second fichier n'a pas été lue",
    help_en="give this table another id; that of a second file is not read",
)
def taken_id(data: Data) -> Problems:
    """Two tables have one id."""
    for taken in data.taken:
        places = (taken.path, taken.other)
        files = (taken.file, taken.other_file)
        one, other = files if taken.path == taken.other else map(key_of, places)
        yield taken_id.problem(
            *taken.path,
            others=(taken.other,),
            at_key=True,
            files=files,
            id=taken.path[-1],
            one=one,
            other=other,
        )


@lint_rule(
    LintSeverity.ERROR,
    fr="il n'y a pas de référence « {id} »",
    en="there is no reference {id!r}",
    **NO_SUCH_ID,
)
def unknown_reference(data: Data) -> Problems:
    """A fact cites a source that [references] does not register."""
    yield from _unknown(unknown_reference, data, "reference", data.tables.references)


@lint_rule(
    LintSeverity.ERROR,
    fr="il n'y a pas de condition « {id} »",
    en="there is no condition {id!r}",
    **NO_SUCH_ID,
)
def unknown_condition(data: Data) -> Problems:
    """A table names a condition of the patient that nothing describes."""
    yield from _unknown(unknown_condition, data, "condition", data.tables.conditions)


@lint_rule(
    LintSeverity.ERROR,
    fr="il n'y a pas de groupe « {id} »",
    en="there is no group {id!r}",
    **NO_SUCH_ID,
)
def unknown_group(data: Data) -> Problems:
    """A substance belongs to a group that nothing describes."""
    yield from _unknown(unknown_group, data, "group", data.tables.groups)


@lint_rule(
    LintSeverity.ERROR,
    fr="il n'y a pas de substance « {id} »",
    en="there is no substance {id!r}",
    **NO_SUCH_ID,
)
def unknown_substance(data: Data) -> Problems:
    """A table names a substance that nothing describes."""
    yield from _unknown(unknown_substance, data, "substance", data.tables.substances)


@lint_rule(
    LintSeverity.ERROR,
    fr="il n'y a ni groupe ni substance « {id} »",
    en="there is no group and no substance {id!r}",
    **NO_SUCH_ID,
)
def unknown_allergen(data: Data) -> Problems:
    """A cross-reaction or a harm names neither a group nor a substance."""
    known = [*data.tables.groups, *data.tables.substances]
    yield from _unknown(unknown_allergen, data, "group or substance", known)


def _unknown(rule: LintRule, data: Data, kind: str, known: Iterable[str]) -> Problems:
    unknown = [named for named in data.unknown if named.kind == kind]
    by_name = _ids_by_name(data, known) if unknown else {}
    for named in unknown:
        near = did_you_mean(named.id, known, by_name)
        yield rule.problem(*named.path, id=named.id, near=near)


def _ids_by_name(data: Data, known: Iterable[str]) -> dict[str, str]:
    """The ids of `known` by the folded names of their tables."""
    found: dict[str, str] = {}
    for section in ("conditions", "groups", "substances"):
        tables = getattr(data.tables, section)
        if tables.keys() & set(known):
            for key, table in tables.items():
                if STAND_IN.fullmatch(key):
                    continue  # a malformed id is none to be proposed
                names = [table.fr or "", table.en, *table.names]
                found |= dict.fromkeys(filter(None, fold_all(names)), key)
    return found


@lint_rule(
    LintSeverity.WARNING,
    fr="l'identifiant « {id} » ne correspond à aucun nom de cette table",
    en="the id {id!r} is none of the names of this table",
    help_fr="appelez-la « {proposed} », ou ajoutez le nom dont vient l'identifiant",
    help_en="call it {proposed!r}, or add the name that the id writes",
)
def id_unlike_its_names(data: Data) -> Problems:
    """An id is not the folded form of any name of its table."""
    tables = list(_named(data))
    folded = iter(fold_all(name for path, names in tables for name in (str(path[-1]), *names)))
    for path, names in tables:
        key = next(folded)
        claimed = {next(folded).replace(".", " ") for _ in names}  # an id writes 0,8 as 0-8
        if key not in claimed and not STAND_IN.search(" ".join(names)):
            proposed = id_of(names[0]) or "…"
            yield id_unlike_its_names.problem(*path, at_key=True, id=path[-1], proposed=proposed)


def _named(data: Data) -> Iterator[tuple[Path, list[str]]]:
    """The tables whose id is a name, with their names."""
    for section in ("groups", "substances", "products"):
        for key, table in getattr(data.tables, section).items():
            french = [table.fr] if table.fr else []
            yield (section, key), [table.en, *french, *table.names]
    for path, specialty in data.specialties():
        whole = f"{specialty.brand} {specialty.strength}"
        yield path, [short_name(specialty.name), specialty.name, whole, *specialty.other_names]


@lint_rule(
    LintSeverity.WARNING,
    fr="les identifiants « {id} » et « {other} » diffèrent d'une seule lettre",
    en="the ids {id!r} and {other!r} differ by one letter only",
    help_fr="si l'un est une faute de frappe, corrigez-le ; sinon, dites-le dans une suppression",
    help_en="if one is a slip of the pen, mend it; if not, say so in a suppression",
)
def look_alike_ids(data: Data) -> Problems:
    """Two ids of one kind are a letter apart; digits, as of two strengths, are no letters."""
    for section in ("conditions", "groups", "substances", "products"):
        paths: list[Path] = [(section, key) for key in getattr(data.tables, section)]
        yield from _look_alikes(paths)
    yield from _look_alikes([path for path, _ in data.specialties()])


def _look_alikes(paths: list[Path]) -> Problems:
    # Two ids that are a letter apart become one when the right letter is left out of each.
    shortened: defaultdict[str, list[Path]] = defaultdict(list)
    for path in paths:
        key = str(path[-1])
        if len(key) >= SHORTEST_LOOK_ALIKE:
            shortened[key].append(path)
            for short in {key[:at] + key[at + 1 :] for at, c in enumerate(key) if c.isalpha()}:
                shortened[short].append(path)
    seen: set[tuple[Path, Path]] = set()
    for alike in shortened.values():
        for first, second in combinations(alike, 2):
            if (first, second) not in seen and _a_letter_apart(str(first[-1]), str(second[-1])):
                seen.add((first, second))
                yield look_alike_ids.problem(
                    *second, others=(first,), at_key=True, id=second[-1], other=first[-1]
                )


def _a_letter_apart(one: str, other: str) -> bool:
    """Whether one letter more, another letter, or two in the other order make `other` of `one`."""
    if one == other:
        return False  # two products have one specialty: it is taken
    if len(one) != len(other):
        return True  # they share a key: the longer has one letter more
    differing = [at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    first, last = differing[0], differing[-1] + 1
    return last - first == 1 or (last - first == 2 and one[first:last] == other[first:last][::-1])  # noqa: PLR2004
