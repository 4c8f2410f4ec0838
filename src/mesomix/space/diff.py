"""What changes in all mixtures between two formularies, or two rulebooks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import chain
from typing import Any, Final

from mesomix.formulary.formulary import Formulary
from mesomix.model import Product
from mesomix.report import Data, Rules, Verdict
from mesomix.request import Patient
from mesomix.rulebook import Rulebook
from mesomix.rules import RULES
from mesomix.shown import Shown
from mesomix.space.causes import Cause, causes_of
from mesomix.space.changed import Changed, changed, of_cause
from mesomix.space.counting import Sizes, less
from mesomix.space.joint import MILDEST_FIRST, Change, Joint, is_milder
from mesomix.space.space import Space

CHANGES: Final[tuple[Change, ...]] = tuple(
    (before, after)
    for milder in (True, False)
    for after in (MILDEST_FIRST if milder else MILDEST_FIRST[::-1])
    for before in MILDEST_FIRST[::-1]
    if before is not after and is_milder((before, after)) is milder
)
"""First what is milder, by the verdict that it has now; then what is worse."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one of the two sides rests on."""

    data: Data
    rulebook: Rules
    products: int


@dataclass(frozen=True, slots=True)
class Diff(Shown):
    """The mixtures of one, two and three products whose verdict is another, for one patient.

    Products are the same on both sides where their ids are. Mixtures with a product that only one
    side has did not change: they appeared, or disappeared.
    """

    old: Side
    new: Side
    described: bool
    """Whether it is for a patient. Without one, no rule about any ran."""
    added: tuple[str, ...]
    """The ids of the products that only the new side has."""
    removed: tuple[str, ...]
    """Of those that only the old side has."""
    verdicts: Mapping[Change, int]
    """How many mixtures of the products of both sides have each verdict before and after."""
    causes: tuple[Cause, ...]
    """Why verdicts changed: first what has no objection any more, and what most mixtures have."""
    appeared: Mapping[Verdict, int]
    """The mixtures with a product that was added, by their verdict."""
    disappeared: Mapping[Verdict, int]
    """The mixtures with a product that was removed, by the verdict that they had."""
    added_without_objection: Mapping[str, int]
    """Of each added product, in how many mixtures without an objection it is. Before, its name was
    not in the formulary, and whatever held it was a review at best."""
    joint: Joint = field(repr=False, compare=False)

    @property
    def milder(self) -> int:
        """How many mixtures became milder."""
        return sum(count for change, count in self.verdicts.items() if is_milder(change))

    @property
    def worse(self) -> int:
        """How many mixtures became worse."""
        return sum(self.verdicts[change] for change in CHANGES if not is_milder(change))

    def mixtures(self, *changes: Change) -> Iterator[Changed]:
        """The mixtures that changed, in the order of CHANGES; with `changes`, those only.

        None is kept: a million of them take about a second, and no memory.
        """
        for change in changes or CHANGES:
            if change[0] is not change[1] and self.verdicts[change]:
                causes = [cause for cause in self.causes if cause.change == change]
                yield from changed(self.joint, change, causes)

    def mixtures_of(self, cause: Cause) -> Iterator[Changed]:
        """The mixtures of one cause, each once."""
        return of_cause(self.joint, cause)

    def as_dict(self) -> dict[str, Any]:
        """The same in plain dicts, lists, texts and numbers, as JSON has them."""
        return {
            "old": asdict(self.old),
            "new": asdict(self.new),
            "described": self.described,
            "added": list(self.added),
            "removed": list(self.removed),
            "milder": self.milder,
            "worse": self.worse,
            "verdicts": [
                {"before": before.value, "after": after.value, "mixtures": count}
                for (before, after), count in self.verdicts.items()
            ],
            "causes": [cause.as_dict() for cause in self.causes],
            "appeared": {verdict.value: count for verdict, count in self.appeared.items()},
            "disappeared": {verdict.value: count for verdict, count in self.disappeared.items()},
            "added_without_objection": dict(self.added_without_objection),
        }


Patients = tuple[Patient, Patient]
"""One patient, as the old formulary reads them and as the new one does."""
Rulebooks = Rulebook | tuple[Rulebook, Rulebook]
"""The rulebook of both sides, or the one before and the one after."""


class Comparison:
    """Two spaces side by side, for as many patients as one likes: `diff` of each."""

    def __init__(
        self,
        old: Formulary,
        new: Formulary,
        *,
        rules: Rulebooks = RULES,
        products: tuple[Iterable[Product], Iterable[Product]] | None = None,
    ) -> None:
        """Every mixture of the products of `old` and of `new`, each with its rules.

        With `products`, of these, of either side. Raises ValueError when two products of one side
        have one id, and what `Space` raises.
        """
        first, second = (rules, rules) if isinstance(rules, Rulebook) else rules
        given = products or (old.products.values(), new.products.values())
        before, after = _by_id(given[0]), _by_id(given[1])
        common = [key for key in after if key in before]
        self.added: Final = tuple(key for key in after if key not in before)
        self.removed: Final = tuple(key for key in before if key not in after)
        self.common: Final = len(common)
        # What both have stands first on either side: a product has one number then.
        here, there = [*common, *self.removed], [*common, *self.added]
        self.old: Final = Space(old, first, products=[before[key] for key in here])
        self.new: Final = Space(new, second, products=[after[key] for key in there])

    def diff(self, patients: Patients | None = None) -> Diff:
        """What changes for one patient, or without any; errors as of `Space.of`."""
        was, now = patients or (None, None)
        old, new = self.old.of(was), self.new.of(now)
        joint = Joint(old, new, self.common)
        verdicts = {change: sum(sizes) for change, sizes in joint.changes().items()}
        every, shared = new.verdicts(), new.verdicts(joint.products)
        had, kept = old.verdicts(), old.verdicts(joint.products)
        unopposed: dict[str, int] = {}
        for number, key in enumerate(self.added, self.common):
            without = new.clean(self.new.planes.reviewing, self.new.everything ^ 1 << number)
            unopposed[key] = sum(less(every[Verdict.NO_OBJECTION], without))
        found = [causes_of(joint, change) for change in CHANGES if verdicts[change]]
        return Diff(
            old=_side(self.old),
            new=_side(self.new),
            described=patients is not None,
            added=self.added,
            removed=self.removed,
            verdicts=verdicts,
            causes=tuple(chain.from_iterable(found)),
            appeared=_beyond(every, shared),
            disappeared=_beyond(had, kept),
            added_without_objection=unopposed,
            joint=joint,
        )


def diff(
    old: Formulary,
    new: Formulary,
    patients: Patients | None = None,
    *,
    rules: Rulebooks = RULES,
    products: tuple[Iterable[Product], Iterable[Product]] | None = None,
) -> Diff:
    """The mixtures whose verdict changed from `old` to `new`: two formularies, or two rulebooks.

    Args:
        old: the formulary as it was; the same as `new`, where only rules changed.
        new: the formulary as it is.
        patients: one patient, as `old.patient` reads them and as `new.patient` does; None for
            mixtures without a patient.
        rules: the rulebook of both sides; or two, the one before and the one after.
        products: of which the mixtures are, before and after; without it, of those of the
            formularies, each in an unknown specialty.

    Raises what `Comparison` and `Space.of` raise.
    """
    return Comparison(old, new, rules=rules, products=products).diff(patients)


def _by_id(products: Iterable[Product]) -> dict[str, Product]:
    found: dict[str, Product] = {}
    for product in products:
        if found.setdefault(product.id, product) is not product:
            message = f"two products have one id, and cannot be told apart: {product.id!a}"
            raise ValueError(message)
    return found


def _side(space: Space) -> Side:
    edition = space.edition
    data = Data(edition.version, edition.sha256, edition.bdpm)
    return Side(data, space.planes.rulebook.digest, len(space.products))


def _beyond(every: Mapping[Verdict, Sizes], shared: Mapping[Verdict, Sizes]) -> dict[Verdict, int]:
    """The mixtures that are not shared, by their verdict."""
    return {verdict: sum(less(sizes, shared[verdict])) for verdict, sizes in every.items()}
