"""Lint rules of amounts: how much a specialty holds of what is in it."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from typing import Final

from mesomix.bdpm.strengths import Strength, strength_of, strengths_of_name
from mesomix.evidence import Text
from mesomix.formulary.paths import Path
from mesomix.formulary.schema import AmountTable, ProductTable, SpecialtyTable
from mesomix.linter.diagnostic import LintSeverity
from mesomix.linter.lint_rule import Problems, lint_rule
from mesomix.linter.tables import Data
from mesomix.names import words
from mesomix.quantity import VOLUME, Quantity

_ROUNDED: Final = Fraction(1, 10)
"""How far a strength may be from the part of a substance that it counts: 0,8 % are 8.14 mg/ml."""


@lint_rule(
    LintSeverity.ERROR,
    fr="{amount} et « {text} » ne s'accordent pas",
    en="{amount} and {text!r} disagree",
    help_fr="recopiez la source : l'un des deux est faux ; ce qui n'est qu'une partie de la "
    "substance, comme un élément, porte part = true",
    help_en="copy the source again: one of them is wrong; what is a part of the substance only, "
    "such as an element, has part = true",
)
def amount_unlike_strength(data: Data) -> Problems:
    """An amount of an active substance is not that of the specialty's strength, or of its name."""
    for path, specialty in data.specialties():
        active = data.tables.products[str(path[1])].substances
        told = _told(specialty, len(active)) if specialty.amounts else {}
        rests_on = _what_it_compares(path, specialty)
        for number, amount in enumerate(specialty.amounts):
            if amount.part or amount.substance not in active:
                continue
            key = next((k for k, s in told.items() if _disagree(specialty, amount, s)), None)
            if key is not None:
                yield amount_unlike_strength.problem(
                    *path,
                    "amounts",
                    number,
                    "amount",
                    others=((*path, key),),
                    rests_on=rests_on,
                    amount=_as_written(amount),
                    text=getattr(specialty, key),
                )


def _what_it_compares(path: Path, specialty: SpecialtyTable) -> tuple[Path, ...]:
    numbers = range(len(specialty.amounts))
    keys = ((*path, "amounts", n, key) for n in numbers for key in ("substance", "part", "volume"))
    return (*path[:2], "substances"), (*path, "containers"), *keys


def _told(specialty: SpecialtyTable, substances: int) -> dict[str, list[Strength]]:
    """The strengths that a text tells, by its key; not of one that cannot be read to its end.

    Of several substances, a text with fewer strengths may be of any of them.
    """
    parts = [strength_of(part.strip()) for part in specialty.strength.split("+")]
    found = {
        "strength": [part for part in parts if part] if all(parts) else [],
        "name": [s for s in strengths_of_name(specialty.name) if s.amount.unit != VOLUME],
    }
    return {key: told for key, told in found.items() if len(told) >= substances}


def _disagree(specialty: SpecialtyTable, amount: AmountTable, told: list[Strength]) -> bool:
    """Whether `amount` can be compared with one of `told`, and is none of them."""
    sizes = [Quantity.read(volume).amount for volume in specialty.containers]
    found = {_agree(amount, strength, sizes) for strength in told}
    if False not in found or True in found:
        return False
    parts = [a for a in specialty.amounts if a.part and a.substance == amount.substance]
    return not any(_agree(p, s, sizes, _ROUNDED) for p in parts for s in told)


def _agree(
    amount: AmountTable, told: Strength, sizes: list[Fraction], within: Fraction = Fraction(0)
) -> bool | None:
    """Whether both are one strength in a container of one of `sizes`; None when nobody can tell."""
    ours = Quantity.read(amount.amount)
    if ours.kind != told.amount.unit or (told.size and told.size.unit != VOLUME):
        return None
    stated, volume = told.amount.value, _volume(amount)
    if told.size and volume:
        pairs = [(ours.amount / volume, stated / told.size.value)]
    elif told.size:  # ours is that of a container
        contents = [stated / told.size.value * size for size in sizes] or [stated]
        pairs = [(ours.amount, content) for content in contents]
    elif volume:  # theirs is that of a container, or of 1 mL
        pairs = [(ours.amount / volume * size, stated) for size in (*sizes, 1)]
        pairs += [(ours.amount, stated)]
    else:
        pairs = [(ours.amount, stated)]
    if any(abs(one - other) <= within * other for one, other in pairs):
        return True
    return False if sizes or bool(told.size) == bool(volume) else None


def _volume(amount: AmountTable) -> Fraction | None:
    return Quantity.read(amount.volume).amount if amount.volume else None


def _as_written(amount: AmountTable) -> str:
    return f"{amount.amount}/{amount.volume}" if amount.volume else amount.amount


@lint_rule(
    LintSeverity.ERROR,
    fr="« {substance} » n'est ni une substance active ni un excipient de {specialty}",
    en="{substance!r} is no active substance and no excipient of {specialty}",
    help_fr="corrigez l'identifiant, ou ajoutez-le à excipients.present : sans cela, aucune "
    "allergie ne l'atteint ; un ion va avec son sel, ou avec une liste incomplète",
    help_en="mend the id, or add it to excipients.present: without that, no allergy reaches it; an "
    "ion goes with its salt, or with a list that is not complete",
)
def amount_of_absent_substance(data: Data) -> Problems:
    """An amount is of a substance that the specialty is not said to hold."""
    for path, specialty in data.specialties():
        product = data.tables.products[str(path[1])]
        held = set(_held(product, specialty)) if specialty.amounts else set()
        if not data.tables.substances.keys() >= held:
            continue  # an id that names nothing may be meant for it
        for number, amount in enumerate(specialty.amounts):
            key = amount.substance
            if key not in held and key in data.tables.substances:
                if _is_ion_of(data, key, specialty, held):
                    continue
                yield amount_of_absent_substance.problem(
                    *path,
                    "amounts",
                    number,
                    "substance",
                    rests_on=((*path[:2], "substances"), (*path, "excipients")),
                    substance=key,
                    specialty=specialty.name,
                )


def _held(product: ProductTable, specialty: SpecialtyTable) -> Iterator[str]:
    yield from product.substances
    if specialty.excipients:
        yield from specialty.excipients.present
        yield from specialty.excipients.possible


def _is_ion_of(data: Data, key: str, specialty: SpecialtyTable, held: set[str]) -> bool:
    """Whether it is an ion, which no list names, and of which the specialty may hold a salt."""
    *ion, last = words(data.tables.substances[key].en) or [""]
    if last != "ion" or not ion:
        return False
    if specialty.excipients is None or not specialty.excipients.complete:
        return True
    tables = [data.tables.substances[other] for other in held]
    names = [name for table in tables for name in (table.en, *table.names)]
    return any(set(ion) <= set(words(name)) for name in names)


@lint_rule(
    LintSeverity.ERROR,
    fr="« {what} » figure déjà dans {key}",
    en="{what!r} stands in {key} already",
    help_fr="gardez celui de la source ; une partie de la substance, comme un élément, porte "
    "part = true et un nom",
    help_en="keep the one of the source; a part of the substance, such as an element, has "
    "part = true and a name",
)
def repeated_amount(data: Data) -> Problems:
    """A specialty has two amounts of one substance, or of one part of it, or one volume twice."""
    for path, specialty in data.specialties():
        seen: dict[object, Path] = {}
        for number, amount in enumerate(specialty.amounts):
            step = (*path, "amounts", number)
            if amount.part and _name(amount) is None:
                continue  # that is said
            counted = _name(amount) if amount.part else None
            first = seen.setdefault((amount.substance, counted), step)
            if first != step:
                yield repeated_amount.problem(
                    *step,
                    "substance",
                    others=((*first, "substance"),),
                    rests_on=tuple((*one, key) for one in (step, first) for key in _NAMED),
                    what=amount.substance,
                    key="amounts",
                )
        for number, volume in enumerate(specialty.containers):
            step = (*path, "containers", number)
            first = seen.setdefault(Quantity.read(volume).amount, step)
            if first != step:
                problem = repeated_amount.problem
                yield problem(*step, others=(first,), what=volume, key="containers")


_NAMED: Final = ("part", "fr", "en")
"""The keys of an amount that say which part of a substance is counted."""


def _name(amount: AmountTable) -> tuple[str, str] | None:
    """What is counted, in both languages; one may stand for the other."""
    fr, en = amount.fr or amount.en, amount.en or amount.fr
    return (fr, en) if fr and en else None


@lint_rule(
    LintSeverity.ERROR,
    fr="{substance} : une partie est comptée, et n'a pas de nom",
    en="{substance}: a part of it is counted, and has no name",
    help_fr="nommez-la, en fr et en en : elle passerait pour la substance entière",
    help_en="name it, in fr and in en: it would pass for the whole substance",
)
def part_without_name(data: Data) -> Problems:
    """A part of a substance is counted, and nothing says which."""
    for path, amount in data.amounts():
        if amount.part and _name(amount) is None:
            table = data.tables.substances.get(amount.substance)
            yield part_without_name.problem(
                *path,
                "part",
                rests_on=((*path, "fr"), (*path, "en")),
                substance=table.text if table else amount.substance,
            )


@lint_rule(
    LintSeverity.WARNING,
    fr="« {name} » n'a pas de nom en {language}",
    en="{name!r} has no name in {language}",
    help_fr="ajoutez {key} = … ; l'autre langue en tient lieu dans les rapports",
    help_en="add {key} = …; reports show the other language in its place",
)
def name_in_one_language(data: Data) -> Problems:
    """What an amount counts, or whom a maximum is for, is told in one language only."""
    for path, table in chain(data.amounts(), data.maxima()):
        if bool(table.fr) != bool(table.en):
            key = "en" if table.fr else "fr"
            language = Text("anglais", "English") if table.fr else Text("français", "French")
            yield name_in_one_language.problem(
                *path, key, name=table.fr or table.en, key=key, language=language
            )
