"""What changes from one formulary to the next, for every patient for whom it matters.

Without a patient each mixture is under review, so that nothing could become milder than that. So a
change of data is looked at for nobody in particular, for somebody without any allergy and
condition, and for somebody with one condition, or one allergy, of which something changed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from mesomix.evidence import Text
from mesomix.formulary.formulary import Formulary
from mesomix.model import Allergy, Product
from mesomix.request import Patient
from mesomix.rulebook import Rulebook
from mesomix.rules import RULES
from mesomix.space.causes import Cause
from mesomix.space.diff import Comparison, Diff, Patients
from mesomix.space.said import Said
from mesomix.space.space import Space
from mesomix.vocabulary import AllergyState, Answer, Severity

NOT_ASKED: Final = Text("dont rien n'a été demandé", "about whom nothing was asked")
UNREAD: Final = Text("une allergie non reconnue", "an allergy that is not recognised")
NOBODY: Final = Text("sans patient décrit", "no patient described")
UNBURDENED: Final = Text(
    "aucune allergie connue, aucune condition", "no known allergy, and no condition"
)
_NO_NAME: Final = "?"
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
    conditions: frozenset[str] = frozenset()
    """The conditions of the patient, those that follow from another among them."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What changes for one profile."""

    profile: Profile
    diff: Diff


def sweep(
    old: Formulary,
    new: Formulary,
    *,
    rules: tuple[Rulebook, Rulebook] = (RULES, RULES),
    products: tuple[Iterable[Product], Iterable[Product]] | None = None,
) -> tuple[Swept, ...]:
    """The mixtures whose verdict changed from `old` to `new`, for each profile that shows more.

    The first two are for nobody in particular, and for somebody without allergies and conditions.
    Of the others only those are told whose changes have a cause that these two do not have, nor a
    condition that follows from theirs.
    An allergy that only `new` recognises is left out: it was a review for whatever was mixed.

    Without `products` it is of the products and of the named specialties, since an excipient that
    leaves the list of one specialty changes nothing of a product whose specialty is open.

    Raises what `Comparison` raises.
    """
    products = (everything(old), everything(new)) if products is None else products
    comparison = Comparison(old, new, rules=rules, products=products)
    found: list[Swept] = []
    for number, profile in enumerate(_Profiles(comparison, (old, new))):
        diff = comparison.diff(profile.patients)
        told = [
            cause
            for place, one in enumerate(found)
            if place < WHATEVER or _follows(one.profile, profile)
            for cause in one.diff.causes
        ]
        news = (cause for cause in diff.causes if not any(_covers(one, cause) for one in told))
        if number < WHATEVER or any(news):
            found.append(Swept(profile, diff))
    return tuple(found)


def everything(formulary: Formulary) -> list[Product]:
    """The products of a formulary, each in an unknown specialty, and its named specialties."""
    return [*formulary.products.values(), *formulary.specialties.values()]


def _follows(one: Profile, other: Profile) -> bool:
    """Whether whoever has the conditions of `other` has those of `one`, which are some."""
    return bool(one.conditions) and one.conditions <= other.conditions


def _covers(one: Cause, other: Cause) -> bool:
    """Whether one cause says all that the other does."""
    same = (one.change, one.objections, one.of) == (other.change, other.objections, other.of)
    return same and {*other.about} <= {*one.about}


class _Profiles:
    """The profiles for which something may change that does not change for others."""

    def __init__(self, comparison: Comparison, sides: tuple[Formulary, Formulary]) -> None:
        self._old, self._new = comparison.old, comparison.new
        self._sides = sides
        self._common = range(comparison.common)
        self._same_rules = _rules_of(self._old) == _rules_of(self._new)
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
            if condition.id in old.conditions and self._follows_differently(condition.id):
                patients = self._asked([], {condition.id: True})
                all_of_it = frozenset({condition.id, *condition.implied})
                yield Profile(condition.name, patients, condition.name, all_of_it)
        alike: dict[tuple[object, ...], list[tuple[Text, Patients]]] = {}
        for name in self._allergens():
            patients = self._asked([name.fr], {})
            differences = tuple(self._differences(patients))
            if differences:
                alike.setdefault(differences, []).append((name, patients))
        for (name, patients), *others in alike.values():
            told = f" (+ {len(others)})" if others else ""
            burden = Text(f"allergie : {name.fr}", f"allergy: {name.en}")
            names = Text(f"{burden.fr}{told}", f"{burden.en}{told}")
            yield Profile(names, patients, burden)

    def _asked(self, allergies: list[str], facts: dict[str, bool]) -> Patients:
        old, new = self._sides
        return (
            old.patient(allergies=allergies, facts=facts, nothing_else=True),
            new.patient(allergies=allergies, facts=facts, nothing_else=True),
        )

    def _follows_differently(self, condition: str) -> bool:
        """Whether a yes to a condition, or to what it implies, means something else."""
        before, after = (side.conditions[condition].implied for side in self._sides)
        return before != after or any(map(self._differs, {condition, *before}))

    def _differs(self, condition: str) -> bool:
        """Whether a yes to a condition means something else for what both sides have.

        Where a rule objects to a no, that may hide what a yes would show.
        """
        sides = self._old, self._new
        before, after = (self._of_common(side.fact(condition, Answer.YES)) for side in sides)
        denied = any(self._of_common(side.fact(condition, Answer.NO)) != (0, {}) for side in sides)
        return not self._same_rules or before != after or denied

    def _of_common(self, said: Said) -> tuple[int, dict[int, int]]:
        common = (1 << len(self._common)) - 1
        shared = {bit: products & common for bit, products in said.products.items()}
        return said.always, {bit: products for bit, products in shared.items() if products}

    def _allergens(self) -> list[Text]:
        """All substances and groups, each by its name: an allergy to one may reach another."""
        return [
            *{
                one.name: None
                for side in self._sides
                for one in (*side.substances.values(), *side.edition.groups.values())
            }
        ]

    def _differences(self, patients: Patients) -> Iterator[object]:
        """Where an allergy means something else for what both sides have."""
        before, after = (_recognised(patient) for patient in patients)
        if before is None or after is None:
            # Who recognises it no more reviews it; who did not before reviewed it.
            yield from () if before is None else (before.id,)
            return
        old, new = self._old.planes, self._new.planes
        if old.allergy(before) != new.allergy(after):
            yield before.id
        same = self._same_rules and before.reaches == after.reaches
        for number in self._changed if same else self._common:
            was = old.product_allergy(self._old.products[number], before)
            now = new.product_allergy(self._new.products[number], after)
            if was != now:
                yield number, was, now


def _rules_of(space: Space) -> list[tuple[str, Severity, object]]:
    return [(rule.id, rule.severity, rule.function) for rule in space.planes.rulebook]


def _held(product: Product) -> tuple[object, ...]:
    """What an allergy may find in a product."""
    contents = [(one.id, one.groups, one.inert, surely) for one, surely in product.contents]
    active = [one.id for one in product.substances]
    excipients = [one.id for one in (*product.excipients, *product.possible_excipients)]
    return contents, active, excipients, product.excipients_complete


def _recognised(patient: Patient) -> Allergy | None:
    """The one allergy that was recognised for sure; None where there is none, or several."""
    known = [one for one in patient.recognised if one.state is AllergyState.RECOGNISED]
    return known[0] if len(known) == len(patient.allergies or ()) == 1 else None
