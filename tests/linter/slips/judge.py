"""What comes of a mutation of the shipped data: said by the linter, without effect, or milder.

Only what may have changed is asked again: a verdict depends on what the names, the conditions and
the allergies mean, and so it is compared where one of these means something else.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from linter.slips.mutations import Mutation, shipped_texts
from linter.slips.verdicts import NOBODY, NOTHING, Question, Who, World, source_of
from strategies import names_of

from mesomix.formulary.files import DataError
from mesomix.linter import LINT_RULES, LintSeverity
from mesomix.linter.positions import Positions
from mesomix.model import Allergy, Product

CORTICOSTEROID: Final = "corticosteroid"
NOBODY_LOOKS: Final = {
    *("source", "place", "quote", "also", "checked"),
    *("title", "author", "date", "url"),
    *("atc", "bdpm_codes", "strength", "since"),
}
"""Keys whose values are shown, or are the linter's, and that no rule and no reader looks at."""


class Class(StrEnum):
    """What comes of a mutation."""

    ERROR = "lint says an error"
    WARNING = "lint says a warning"
    GAP = "lint says another number of gaps"
    LOAD_FAILS = "lint is silent, loading fails"
    RAISES = "lint is silent, a question raises"
    SAME = "no answer changes"
    NOT_MILDER = "an answer changes, none is milder"
    VANISHED = "no verdict is milder, a finding vanishes"
    MILDER = "lint is silent, a verdict is milder"


_AMOUNTS: Final = ("5 ml", "25 ml", "200 ml", "10 ampoules")
"""How much of a product is asked about: about what one syringe holds, and far more."""

_SAYS: Final = (Class.ERROR, Class.WARNING, Class.GAP)
_GRAVITY: Final = {severity: number for number, severity in enumerate(LintSeverity)}


@dataclass(frozen=True)
class Outcome:
    """What came of one mutation, and what shows it: lint rules, or a question."""

    kind: Class
    shown: str = ""


class Judge:
    """Judges mutations against the data as it is."""

    def __init__(self) -> None:
        self._texts = shipped_texts()
        self._order = list(self._texts)
        sources = [source_of(n, *item) for n, item in enumerate(self._texts.items())]
        self._before = World(tuple(sources))
        self._found = self._before.found()
        products, substances = names_of("products"), names_of("substances")
        self._products = list(dict.fromkeys((*products, *substances)))
        self._allergies = list(dict.fromkeys((*names_of("groups"), *substances, *products)))
        self._before.read(self._products, self._allergies)

    def mutated(self, mutation: Mutation) -> World:
        """The data with the mutation. It has no lines: nothing here asks for them."""
        number = self._order.index(mutation.file)
        changed = source_of(number, mutation.file, mutation.of(self._texts[mutation.file]))
        changed.positions = Positions("")
        sources = list(self._before.sources)
        sources[number] = changed
        return World(tuple(sources))

    def judged(self, mutation: Mutation, *, by_shortcut: bool = True) -> Outcome:
        """What comes of it. Without the shortcut, what cannot matter is asked as well."""
        after = self.mutated(mutation)
        found = after.found()
        changed = {rule for rule in found | self._found if found[rule] != self._found[rule]}
        if changed:
            worst = min(_GRAVITY[rule.severity] for rule in LINT_RULES if rule.id in changed)
            return Outcome(_SAYS[worst], ", ".join(sorted(changed)))
        if by_shortcut and NOBODY_LOOKS.intersection(map(str, mutation.path[-2:])):
            return Outcome(Class.SAME)
        try:
            after.read(self._products, self._allergies)
        except DataError:
            return Outcome(Class.LOAD_FAILS)
        return self._compared(after, by_shortcut=by_shortcut)

    def is_silent(self, mutation: Mutation) -> bool:
        """Whether the linter says of it what it says of the data as it is."""
        return self.mutated(mutation).found() == self._found

    def _compared(self, after: World, *, by_shortcut: bool) -> Outcome:
        kind, shown = Class.SAME, ""
        for names, who in self._questions(after, by_shortcut=by_shortcut):
            question = f"{' + '.join(names)}, {' '.join(who)}"
            try:
                now = after.answer(names, who)
            except ValueError as error:
                return Outcome(Class.RAISES, f"{question}: {error}")
            was = self._before.answer(names, who)
            if now.severity < was.severity:
                return Outcome(Class.MILDER, question)
            if was.objections - now.objections and kind is not Class.VANISHED:
                kind, shown = Class.VANISHED, question
            elif now != was and kind is Class.SAME:
                kind, shown = Class.NOT_MILDER, question
        return Outcome(kind, shown)

    def _questions(self, after: World, *, by_shortcut: bool) -> Iterator[Question]:
        """What may be answered otherwise. What a pair adds depends on no patient (`Scope.PAIR`)."""
        before = self._before
        known = [key for key in before.formulary.conditions if key in after.formulary.conditions]
        implied = [(before.formulary.conditions[k], after.formulary.conditions[k]) for k in known]
        others: list[Who] = [("has", a.id) for a, b in implied if a.implied != b.implied]
        others += [("has", key) for key in before.formulary.conditions if key not in known]
        ages = [(a.younger_than_months, b.younger_than_months) for a, b in implied]
        if any(was != now for was, now in ages):
            others += [("age", str(months)) for months in _told_apart(ages)]
        products = _transitions(before, after, before.means, after.means)
        allergies = _transitions(before, after, before.allergies, after.allergies)
        yield ("",), NOTHING  # no product is known: only what the rules themselves rest on
        for name, differs in sorted(products.items(), key=lambda item: not item[1]):
            if differs:
                yield (name,), NOBODY
                yield (name,), NOTHING
                yield from (((f"{name} : {amount}",), NOTHING) for amount in _AMOUNTS)
            yield from (((name,), who) for who in others)
            met = allergies if differs else [a for a, other in allergies.items() if other]
            held = _Held(*before.means[name], *after.means[name], whole=not by_shortcut)
            yield from (((name,), ("has", key)) for key in known if differs and held.names(key))
            asked: set[object] = set()
            for allergy in met:
                reached = held.reached(before.allergies[allergy], after.allergies[allergy])
                if reached not in asked and (differs or held.differs(reached)):
                    asked.add(reached)
                    yield (name,), ("allergy", allergy)
        for name, differs in products.items():
            for other in products if differs else ():
                if CORTICOSTEROID not in _groups(before.means[other]):
                    yield (name, other), NOBODY
                    yield (name, other), NOTHING


class _Held:
    """What a product, and what its name means after a mutation, hold."""

    def __init__(self, *products: Product, whole: bool) -> None:
        held = [s for product in products for s, _ in product.contents]
        self._whole = whole
        self._ids = dict.fromkeys(substance.id for substance in held)
        self._named = {c.condition for s in held for c in s.contraindications or ()}

    def names(self, condition: str) -> bool:
        """Whether a contraindication names that condition: rules of products ask for no other."""
        return self._whole or condition in self._named

    def reached(self, *declared: tuple[Allergy, ...]) -> object:
        """All that rules ask of what two texts declare; equal for equal answers."""
        if self._whole:
            return declared
        return tuple(tuple(map(self._asked, allergies)) for allergies in declared)

    def _asked(self, allergy: Allergy) -> object:
        evidence = [_evidence(allergy, key) for key in self._ids]
        return allergy.state, allergy.culprit_unknown, allergy.outside_composition, *evidence

    def differs(self, reached: object) -> bool:
        """Whether the two allergies may be answered otherwise."""
        return self._whole or (isinstance(reached, tuple) and reached[0] != reached[1])


def _told_apart(ages: Iterable[tuple[int | None, ...]]) -> list[int]:
    """For each of the ages in months, the last that is under it, and the first that is not."""
    named = {months for pair in ages for months in pair if months is not None}
    return sorted({month for months in named for month in (months - 1, months)})


def _evidence(allergy: Allergy, substance: str) -> object:
    reach = allergy.reaches.get(substance)
    return reach and (reach.evidence, reach.stated)


def _transitions(
    before: World, after: World, was: Mapping[str, Any], now: Mapping[str, Any]
) -> dict[str, bool]:
    """A name for each thing that becomes another, or stays; and whether it does not stay."""
    found: dict[object, str] = {}
    for name, thing in was.items():
        found.setdefault((before.signature(thing), after.signature(now[name])), name)
    return {name: len(set(pair)) == 2 for pair, name in found.items() if isinstance(pair, tuple)}


def _groups(products: tuple[Product, ...]) -> set[str]:
    return {group for product in products for s in product.substances for group in s.groups}
