"""Lint rules of names that say another substance than the one that they stand for."""

import unicodedata
from collections.abc import Iterator
from typing import Final

from mesomix.formulary.paths import Path
from mesomix.linter.diagnostic import LintSeverity
from mesomix.linter.lint_rule import Problems, lint_rule
from mesomix.linter.tables import ATC_LEVELS, CORTICOSTEROID, Data
from mesomix.names import fold_all, names_within, words

SHORTEST: Final = 6
"""Characters of a folded name of a corticosteroid that is looked for within a longer name."""
_PLAIN_SCRIPTS: Final = frozenset({"LATIN", "GREEK", "MICRO", "FEMININE", "MASCULINE"})
"""How the names of the letters begin that a name may well have: alpha, the micro sign, nº."""


@lint_rule(
    LintSeverity.ERROR,
    fr="« {name} » nomme un corticoïde ({substance}), que cette table n'a pas",
    en="{name!r} names a corticosteroid ({substance}), which this table does not have",
    help_fr="mettez-le dans substances ; une substance va dans le groupe corticosteroid",
    help_en="put it into substances; a substance goes into the group corticosteroid",
)
def corticosteroid_in_a_name(data: Data) -> Problems:
    """A name holds that of a corticosteroid, as whole words, and what it names does not."""
    known = _corticosteroids(data)
    beginnings = {key[:SHORTEST] for key in known}
    places = [*_names_of_products(data), *_names_of_substances(data)]
    folded = fold_all(name for _, name, _ in places)
    for (path, name, held), key in zip(places, folded, strict=True):
        # Hardly any name has one, and cutting each into its words would take too long.
        if any(key[at : at + SHORTEST] in beginnings for at in range(len(key) - SHORTEST + 1)):
            parts = words(name)
            runs = ["".join(parts[first:behind]) for first, behind in names_within(parts, known)]
            named = next((known[run] for run in runs if known[run] not in held), None)
            if named is not None:
                yield corticosteroid_in_a_name.problem(*path, name=name, substance=named)


def _corticosteroids(data: Data) -> dict[str, str]:
    """The ids of the corticosteroids by the folded forms of their names and brands."""
    names = [
        (name, key)
        for key, substance in data.tables.substances.items()
        if CORTICOSTEROID in substance.groups
        for name in (key, substance.en, substance.fr or "", *substance.names, *substance.brands)
    ]
    folded = fold_all(name for name, _ in names)
    return {
        written: key
        for written, (_, key) in zip(folded, names, strict=True)
        if len(written) >= SHORTEST
    }


def _names_of_products(data: Data) -> Iterator[tuple[Path, str, frozenset[str]]]:
    for key, product in data.tables.products.items():
        held = frozenset(product.substances).union(
            *(s.excipients.present for s in product.specialties.values() if s.excipients)
        )
        path: Path = ("products", key)
        yield (*path, "fr"), product.fr, held
        yield (*path, "en"), product.en, held
        yield from (((*path, "names", n), name, held) for n, name in enumerate(product.names))
        for step, specialty in product.specialties.items():
            inner = (*path, "specialties", step)
            yield (*inner, "name"), specialty.name, held
            yield (*inner, "brand"), specialty.brand, held
            for number, name in enumerate(specialty.other_names):
                yield (*inner, "other_names", number), name, held


def _names_of_substances(data: Data) -> Iterator[tuple[Path, str, frozenset[str]]]:
    everything = frozenset(data.tables.substances)  # a corticosteroid may have the name of one
    for key, substance in data.tables.substances.items():
        path: Path = ("substances", key)
        held = everything if CORTICOSTEROID in substance.groups else frozenset[str]()
        yield (*path, "en"), substance.en, held
        yield (*path, "fr"), substance.fr or "", held
        for number, name in enumerate(substance.names):
            yield (*path, "names", number), name, held
        for number, name in enumerate(substance.brands):  # a brand may hold several substances
            yield (*path, "brands", number), name, everything


@lint_rule(
    LintSeverity.WARNING,
    fr="« {name} » mêle des lettres latines à d'autres : {letters}",
    en="{name!r} has Latin letters and others: {letters}",
    help_fr="écrivez-le avec des lettres latines : personne ne le trouverait sous cette graphie",
    help_en="write it in Latin letters: nobody would find it by this spelling",
)
def mixed_scripts(data: Data) -> Problems:
    """A name has letters of Latin and of another script, which may look the same."""
    for path, name, _ in (*_names_of_products(data), *_names_of_substances(data)):
        others = _foreign_letters(name)
        if others:
            yield mixed_scripts.problem(*path, name=name, letters=", ".join(others))


def _foreign_letters(name: str) -> list[str]:
    """The letters of `name` of other scripts, by their names; none where all are of those."""
    if name.isascii():
        return []
    letters = [unicodedata.name(c, "") for c in name if c.isalpha()]
    others = [letter for letter in letters if letter.split(" ")[0] not in _PLAIN_SCRIPTS]
    return others if len(others) < len(letters) else []


@lint_rule(
    LintSeverity.ERROR,
    fr="{substance} et {other} ont le même code de substance, {code}",
    en="{substance} and {other} have one substance code, {code}",
    help_fr="c'est une seule substance : gardez une table, et mettez-y les noms de l'autre",
    help_en="they are one substance: keep one table, and put the names of the other into it",
)
def substance_described_twice(data: Data) -> Problems:
    """Two substances have one BDPM code: what is known of one is not known of the other."""
    seen: dict[str, Path] = {}
    for key, substance in data.tables.substances.items():
        for number, code in enumerate(substance.bdpm_codes):
            path: Path = ("substances", key, "bdpm_codes", number)
            first = seen.setdefault(code, path)
            if first[1] != key:
                yield substance_described_twice.problem(
                    *path, others=(first,), substance=key, other=first[1], code=code
                )


@lint_rule(
    LintSeverity.WARNING,
    fr="{substance} et {other} sont de la même classe ATC, {code}",
    en="{substance} and {other} are of one ATC class, {code}",
    help_fr="une telle classe est une seule substance : gardez une table, avec tous les noms",
    help_en="such a class is one substance: keep one table, with all names",
)
def atc_claimed_twice(data: Data) -> Problems:
    """Two substances are of one ATC class of the fifth level, which is that of one substance."""
    seen: dict[str, Path] = {}
    for key, substance in data.tables.substances.items():
        for number, code in enumerate(substance.atc):
            path: Path = ("substances", key, "atc", number)
            first = seen.setdefault(code, path) if len(code) == ATC_LEVELS[-1] else path
            if first[1] != key:
                yield atc_claimed_twice.problem(
                    *path, others=(first,), substance=key, other=first[1], code=code
                )
