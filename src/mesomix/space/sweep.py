"""What changes from one formulary to the next, for every patient for whom it matters.

Without a patient each mixture is under review, so that nothing could become milder than that. So a
change of data is looked at for nobody in particular, for somebody without any allergy and
condition, and for somebody with one condition, or one allergy, of which something changed.

Two together need no profile of their own: a rule sees one allergy, or one answer, so that what is
said of somebody is all that is said for each of these. What becomes milder for both did for the one
for whom it was said. (A rule of one's own that objects to a no may hide that.)
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from mesomix.evidence import Text
from mesomix.formulary.formulary import Formulary
from mesomix.meeting import BesideAllergies
from mesomix.model import Allergy, Product, Reach
from mesomix.rule import Scope
from mesomix.rules import RULES
from mesomix.space.causes import Cause
from mesomix.space.compared import Declared, compared, declared
from mesomix.space.diff import Comparison, Diff, Patients, Rulebooks
from mesomix.space.said import Said
from mesomix.space.space import Space
from mesomix.vocabulary import Answer, Severity

NOT_ASKED: Final = Text("dont rien n'a été demandé", "about whom nothing was asked")
UNREAD: Final = Text("une allergie non reconnue", "an allergy that is not recognised")
NOBODY: Final = Text("sans patient décrit", "no patient described")
UNBURDENED: Final = Text(
    "aucune allergie connue, et non à tout le reste", "no known allergy, and no condition"
)
_NO_NAME: Final = "?"
_OF_CONTENTS: Final = {rule.function for rule in RULES if rule.scope is Scope.PRODUCT_ALLERGY}
"""The rules on an allergy that find nothing in a product but what it holds (`_held`)."""
WHATEVER: Final = 2
"""So many profiles come first, and are always told."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A patient for whom two formularies are compared."""

    name: Text
    patients: Patients | None
    """As the old formulary reads them, and as the new one does; None where nobody is described."""
    burden: Text | None
    """The condition or the allergy, which an acknowledgement has to name; None without any."""
    alike: tuple[Text, ...] = ()
    """Other allergies of which the same is said, for the same substances of the same products."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What changes for one profile."""

    profile: Profile
    diff: Diff


def sweep(
    old: Formulary,
    new: Formulary,
    *,
    rules: Rulebooks = RULES,
    products: tuple[Iterable[Product], Iterable[Product]] | None = None,
) -> tuple[Swept, ...]:
    """The mixtures whose verdict changed from `old` to `new`, for each profile that shows more.

    The first two are for nobody in particular, and for somebody without allergies and conditions.
    Of the others only those are told whose changes have a cause that these two do not have.
    An allergy that only `new` recognises is left out: it was a review for whatever was mixed.

    Without `products` it is of all that names mean (`compared`), since an excipient that leaves the
    list of one specialty changes nothing of a product whose specialty is open. `rules` is the
    rulebook of both sides; or two, the one before and the one after.

    Raises what `Comparison` raises.
    """
    allergies = declared(old, new)
    products = compared(old, new, allergies) if products is None else products
    comparison = Comparison(old, new, rules=rules, products=products)
    found: list[Swept] = []
    for number, profile in enumerate(_Profiles(comparison, (old, new), allergies)):
        diff = comparison.diff(profile.patients)
        told = [cause for one in found[:WHATEVER] for cause in one.diff.causes]
        news = (cause for cause in diff.causes if not any(_covers(one, cause) for one in told))
        if number < WHATEVER or any(news):
            found.append(Swept(profile, diff))
    return tuple(found)


def _covers(one: Cause, other: Cause) -> bool:
    """Whether one cause says all that the other does."""
    same = (one.change, one.objections, one.of) == (other.change, other.objections, other.of)
    return same and {*other.about} <= {*one.about}


class _Profiles:
    """The profiles for which something may change that does not change for others."""

    def __init__(
        self,
        comparison: Comparison,
        sides: tuple[Formulary, Formulary],
        allergies: tuple[Declared, ...],
    ) -> None:
        self._old, self._new = comparison.old, comparison.new
        self._sides = sides
        self._allergies = allergies
        self._common = range(comparison.common)
        self._same_rules = _rules_of(self._old) == _rules_of(self._new)
        self._look_at_contents = all(
            rule.function in _OF_CONTENTS
            for rule in self._old.planes.rulebook
            if rule.scope is Scope.PRODUCT_ALLERGY
        )
        self._changed = [
            number
            for number in self._common
            if _held(self._old.products[number]) != _held(self._new.products[number])
        ]

    def __iter__(self) -> Iterator[Profile]:
        yield Profile(NOBODY, None, None)
        yield Profile(UNBURDENED, self._asked([], {}), None)
        old, new = self._sides
        if not self._same_rules:
            yield Profile(NOT_ASKED, (old.patient(), new.patient()), NOT_ASKED)
            yield Profile(UNREAD, self._asked([_NO_NAME], {}), UNREAD)
        for condition in sorted(new.conditions.values(), key=lambda one: len(one.implied)):
            if condition.id in old.conditions and self._differs(condition.id):
                patients = self._asked([], {condition.id: True})
                yield Profile(condition.name, patients, condition.name)
        alike: dict[tuple[object, ...], list[Text]] = {}
        for one in self._allergies:
            differences = tuple(self._differences(one))
            if differences:
                alike.setdefault(differences, []).append(one.name)
        for name, *others in alike.values():
            told = f" (+ {len(others)})" if others else ""
            burden = Text(f"allergie : {name.fr}", f"allergy: {name.en}")
            names = Text(f"{burden.fr}{told}", f"{burden.en}{told}")
            yield Profile(names, self._asked([name.fr], {}), burden, alike=tuple(others))

    def _asked(self, allergies: list[str], facts: dict[str, bool]) -> Patients:
        old, new = self._sides
        return (
            old.patient(allergies=allergies, facts=facts, nothing_else=True),
            new.patient(allergies=allergies, facts=facts, nothing_else=True),
        )

    def _differs(self, condition: str) -> bool:
        """Whether a yes to a condition implies others, or means something else for what both have.

        What became of those that it implies is told for each of them. Where a rule objects to a no,
        that may hide what a yes would show.
        """
        implied = [side.conditions[condition].implied for side in self._sides]
        sides = self._old, self._new
        before, after = (self._of_common(side.fact(condition, Answer.YES)) for side in sides)
        denied = any(self._of_common(side.fact(condition, Answer.NO)) != (0, {}) for side in sides)
        return not self._same_rules or implied[0] != implied[1] or before != after or denied

    def _of_common(self, said: Said) -> tuple[int, dict[int, int]]:
        common = (1 << len(self._common)) - 1
        shared = {bit: products & common for bit, products in said.products.items()}
        return said.always, {bit: products for bit, products in shared.items() if products}

    def _differences(self, allergy: Declared) -> Iterator[object]:
        """Where an allergy means something else for what both sides have, and by which contents."""
        before, after = allergy.before, allergy.after
        if after is None:  # whoever had it is reviewed now
            yield before.id, allergy.name
            return
        if self._old.planes.allergy(before) != self._new.planes.allergy(after):
            yield before.id, allergy.name
        same = self._same_rules and self._look_at_contents and _same(before, after)
        old, new = self._beside_changed if same else self._beside_common
        was, now = old.words(before), new.words(after)
        for place, (held, holds) in enumerate(zip(old.products, new.products, strict=True)):
            said = was.get(place, 0), now.get(place, 0)
            if said[0] != said[1]:
                yield held.id, *said, _found(held, before), _found(holds, after)

    @cached_property
    def _beside_changed(self) -> tuple[BesideAllergies, BesideAllergies]:
        return self._beside(self._changed)

    @cached_property
    def _beside_common(self) -> tuple[BesideAllergies, BesideAllergies]:
        return self._beside(self._common)

    def _beside(self, numbers: Sequence[int]) -> tuple[BesideAllergies, BesideAllergies]:
        """What either side says beside an allergy of the products of these numbers."""
        old, new = (
            side.planes.beside_allergies([side.products[number] for number in numbers])
            for side in (self._old, self._new)
        )
        return old, new


def _rules_of(space: Space) -> list[tuple[str, Severity, object]]:
    return [(rule.id, rule.severity, rule.function) for rule in space.planes.rulebook]


def _held(product: Product) -> tuple[object, ...]:
    """What an allergy may find in a product."""
    contents = [(one.id, one.groups, one.inert, surely) for one, surely in product.contents]
    active = [one.id for one in product.substances]
    excipients = [one.id for one in (*product.excipients, *product.possible_excipients)]
    return contents, active, excipients, product.excipients_complete


def _same(before: Allergy, after: Allergy) -> bool:
    """Whether rules find the same in an allergy, but for what it is called."""
    return (before.reaches, before.culprit_unknown) == (after.reaches, after.culprit_unknown)


def _found(product: Product, allergy: Allergy) -> tuple[tuple[str, Reach], ...]:
    """What an allergy reaches of a product, and why."""
    reaches = allergy.reaches
    return tuple((one.id, reaches[one.id]) for one, _ in product.contents if one.id in reaches)
