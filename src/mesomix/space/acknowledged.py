"""What became milder and was not acknowledged."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mesomix.evidence import Text
from mesomix.space.acknowledgements import NONE, Acknowledgements
from mesomix.space.causes import Cause, left_of, written
from mesomix.space.changed import is_changed
from mesomix.space.counting import less
from mesomix.space.diff import CHANGES, Diff
from mesomix.space.joint import Change, Left, is_milder
from mesomix.space.patient_space import Numbers

Ids = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unmatched:
    """What an acknowledgement names, and what did not become milder so."""

    place: str
    """The entry, such as `causes[0]`."""
    about: tuple[tuple[str, ...], ...] = ()
    """What of it; empty for the whole entry."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What became milder, and was not acknowledged."""

    open: Mapping[Change, int]
    """How many mixtures of each change are left, of those that have any."""
    causes: tuple[Cause, ...]
    """The causes that are left, each with what was not acknowledged of it."""
    added: Mapping[str, int]
    """The added products that are left, and in how many mixtures without an objection each is."""
    unmatched: tuple[Unmatched, ...]
    """What the acknowledgements name in vain: it may have been for an older change, or for another
    patient."""
    patient: Text | None = None
    """With which condition or allergy; None for somebody without any, or who was described."""

    @property
    def complete(self) -> bool:
        """Whether nothing became milder that is not acknowledged."""
        return not self.open and not self.added


def acknowledged(
    diff: Diff, acknowledgements: Acknowledgements = NONE, patient: Text | None = None
) -> Acknowledged:
    """What is left of `diff` when these acknowledgements are taken away.

    A mixture is acknowledged where each of its causes is, or where it is named itself. With
    `patient`, the name of a profile of `sweep`, only by what names that patient.
    """
    matching = _Matching(diff, acknowledgements, patient)
    left: dict[Change, int] = {}
    causes: list[Cause] = []
    for change in CHANGES:
        if is_milder(change) and diff.verdicts[change]:
            rest = matching.causes(change)
            count = matching.mixtures(change, Left.together(cause.left for cause in rest))
            if count:
                left[change] = count
                causes += rest
    added = matching.added()
    return Acknowledged(left, tuple(causes), added, tuple(matching.unmatched()), patient)


def in_vain(several: Sequence[Acknowledged]) -> tuple[Unmatched, ...]:
    """What the acknowledgements name in vain for each patient: `several` has one at least."""
    first, *others = several
    found: list[Unmatched] = []
    for one in first.unmatched:
        same = [{o.place: o for o in left.unmatched}.get(one.place) for left in others]
        if None not in same:
            about = tuple(ids for ids in one.about if all(o and ids in o.about for o in same))
            found += [Unmatched(one.place, about)] if about or not one.about else []
    return tuple(found)


def digest(about: Iterable[tuple[str, ...]]) -> str:
    """What stands for a list of ids that is too long to be written."""
    import hashlib  # noqa: PLC0415 (with OpenSSL: only who acknowledges pays)

    told = "\n".join(sorted(" ".join(sorted(ids)) for ids in about))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


class _Matching:
    """Which of the acknowledgements match, and what they leave."""

    def __init__(
        self, diff: Diff, acknowledgements: Acknowledgements, patient: Text | None
    ) -> None:
        self._for = {None} if patient is None else {patient.fr, patient.en}
        self._diff = diff
        self._entries = acknowledgements
        joint = diff.joint
        ids = joint.old.space.ids(range(joint.products.bit_length()))
        self._numbers = {key: number for number, key in enumerate(ids)}
        self._matched: set[tuple[str, Ids]] = set()
        """The places of entries, with what of them was found."""

    def causes(self, change: Change) -> list[Cause]:
        """The causes of a change, each with what of it is not acknowledged."""
        joint = self._diff.joint
        found: list[Cause] = []
        for cause in self._diff.causes:
            if cause.change == change:
                wanted = self._wanted(cause)
                about = tuple(ids for ids in cause.about if frozenset(ids) not in wanted)
                if None in wanted or (cause.about and not about):
                    continue
                left = cause.left
                if len(about) < len(cause.about):
                    left = left_of(cause.of, [self._known(ids) for ids in about])
                sizes = less(joint.changed(change), joint.changed(change, left))
                found.append(replace(cause, about=about, sizes=sizes, left=left))
        return found

    def _wanted(self, cause: Cause) -> set[frozenset[str] | None]:
        """What of a cause is acknowledged; None for all of it."""
        said = {written(one) for one in cause.objections}
        known = {frozenset(ids) for ids in cause.about}
        found: set[frozenset[str] | None] = set()
        for number, entry in enumerate(self._entries.causes):
            same = (entry.change, entry.of, {*entry.objections}) == (cause.change, cause.of, said)
            if same and entry.patient in self._for:
                place = f"causes[{number}]"
                if entry.digest == digest(cause.named) and entry.mixtures == cause.mixtures:
                    found.add(None)
                    self._matched.add((place, ()))
                for ids in entry.about or ():
                    if frozenset(ids) in known:
                        found.add(frozenset(ids))
                        self._matched.add((place, ids))
        return found

    def mixtures(self, change: Change, left: Left) -> int:
        """How many mixtures changed so that hold what is `left`, and are not named themselves."""
        joint = self._diff.joint
        named: set[Numbers] = set()
        for number, entry in enumerate(self._entries.mixtures):
            numbers = self._known(entry.products)
            meant = entry.change == change and entry.patient in self._for
            if meant and numbers and is_changed(joint, change, numbers):
                self._matched.add((f"mixtures[{number}]", ()))
                if left.holds(numbers):
                    named.add(numbers)
        return sum(less(joint.changed(change), joint.changed(change, left))) - len(named)

    def added(self) -> dict[str, int]:
        """The added products that are not acknowledged, and may be without an objection."""
        found = {key: count for key, count in self._diff.added_without_objection.items() if count}
        for number, entry in enumerate(self._entries.added):
            if entry.product in self._diff.added_without_objection:
                self._matched.add((f"added[{number}]", ()))
                found.pop(entry.product, None)
        return found

    def unmatched(self) -> Iterator[Unmatched]:
        """What the acknowledgements name, and what was not found."""
        for number, entry in enumerate(self._entries.causes):
            place = f"causes[{number}]"
            vain = [ids for ids in entry.about or ((),) if (place, ids) not in self._matched]
            if vain:
                yield Unmatched(place, tuple(ids for ids in vain if ids))
        for kind, several in (("mixtures", self._entries.mixtures), ("added", self._entries.added)):
            for number in range(len(several)):
                if (f"{kind}[{number}]", ()) not in self._matched:
                    yield Unmatched(f"{kind}[{number}]")

    def _known(self, ids: Ids) -> Numbers:
        """The numbers of these products; empty where one is not on both sides, or stands twice."""
        numbers = {self._numbers[key] for key in ids if key in self._numbers}
        return tuple(sorted(numbers)) if len(numbers) == len(ids) else ()
