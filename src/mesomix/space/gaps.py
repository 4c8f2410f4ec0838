"""The unknown facts, by how many mixtures knowing them would settle."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any, Final

from mesomix.formulary.formulary import Formulary
from mesomix.model import Product
from mesomix.planes import SURE, WIDTH
from mesomix.report import Data, Rules
from mesomix.request import Patient
from mesomix.rulebook import Rulebook
from mesomix.rules import RULES
from mesomix.shown import Shown
from mesomix.space.patient_space import PatientSpace
from mesomix.space.said import Said
from mesomix.space.space import Space
from mesomix.space.unknown import Kind, Standing, Unknown, standings

_KINDS: Final = tuple(Kind)
_SURE: Final = 0b011 << SURE
"""The bits of a rule that is sure of more than a note."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact that is not known, and what knowing it is worth."""

    unknown: Unknown
    settles: int
    """The mixtures under review of which every question comes from it."""
    among: int
    """Those of which it is one of several questions: knowing it alone does not settle them."""


@dataclass(frozen=True, slots=True)
class Gaps(Shown):
    """What is not known, of a formulary and of a patient."""

    described: bool
    """Whether it is for a patient. Without one, only what is not known of products counts."""
    total: int
    """All mixtures of one, two and three products."""
    reviewed: int
    """Those that are to be reviewed: nothing refuses them for sure."""
    settled: int
    """Of these, those that are under review for lack of knowledge only: all gaps settle them."""
    gaps: tuple[Gap, ...]
    """Those of which at least one mixture under review has a question; what settles most, first."""
    data: Data
    """What the counts rest on."""
    rulebook: Rules

    def as_dict(self) -> dict[str, Any]:
        """The same in plain dicts, lists, texts and numbers, as JSON has them."""
        return {
            "described": self.described,
            "total": self.total,
            "reviewed": self.reviewed,
            "settled": self.settled,
            "gaps": [
                {
                    "kind": gap.unknown.kind.value,
                    "ids": list(gap.unknown.ids),
                    "names": [{"fr": name.fr, "en": name.en} for name in gap.unknown.names],
                    "settles": gap.settles,
                    "among": gap.among,
                }
                for gap in self.gaps
            ],
            "data": asdict(self.data),
            "rulebook": asdict(self.rulebook),
        }


def gaps(
    formulary: Formulary,
    patient: Patient | None = None,
    rules: Rulebook = RULES,
    *,
    products: Iterable[Product] | None = None,
) -> Gaps:
    """What is not known, by how many mixtures under review knowing it would settle.

    A fact settles a mixture where each question of the rules about it comes from that fact alone
    (`unknown` says which comes from which): once it is known, the answer is firm, whichever it is.
    Exact, over all mixtures of one, two and three products. Without a patient, only what the data
    does not know of products counts, and nothing that depends on somebody's allergies or
    conditions. Without `products`, of those of the formulary, each in an unknown specialty.

    Raises what `Space` and `Space.of` raise.
    """
    space = Space(formulary, rules, products=products)
    judged = PatientSpace(space, Said()) if patient is None else space.of(patient)
    several = standings(space, patient)
    known = several.get(None, Standing())
    found = {unknown: standing for unknown, standing in several.items() if unknown is not None}
    counting = _Counting(judged, found, known)
    told = [Gap(unknown, *counting.worth(unknown)) for unknown in found]
    return Gaps(
        described=patient is not None,
        total=sum(space.sizes),
        reviewed=counting.not_refused - counting.clear,
        settled=counting.settled_by_all(),
        gaps=tuple(sorted((gap for gap in told if gap.settles or gap.among), key=_rank)),
        data=Data(space.edition.version, space.edition.sha256, space.edition.bdpm),
        rulebook=space.planes.rulebook.digest,
    )


def _rank(gap: Gap) -> tuple[int, int, int, tuple[str, ...]]:
    kind = _KINDS.index(gap.unknown.kind)
    return -gap.settles, -gap.among, kind, tuple(name.fr for name in gap.unknown.names)


class _Counting:
    """Counts mixtures without the questions that come from an unknown fact."""

    def __init__(
        self, judged: PatientSpace, found: dict[Unknown, Standing], known: Standing
    ) -> None:
        self._judged = judged
        self._space = judged.space
        self._known = known
        self._standing = found
        self._asked = judged.space.planes.reviewing
        self._refused = judged.space.planes.refusing
        everything = self._space.everything
        several = (known, *found.values())
        alone, self._alone_shared = _once_and_more(one.alone for one in several)
        mixed, self._mixed_shared = _once_and_more(one.mixed for one in several)
        self._alone, self._mixed = everything & ~alone, everything & ~mixed
        self._always = {unknown for unknown, standing in found.items() if standing.always}
        blocked = self._always or known.always
        self.clear: Final = 0 if blocked else self._count(self._alone, self._mixed, self._asked)
        """The mixtures without an objection."""
        self._unrefused = judged.clean(self._refused)
        self.not_refused: Final = sum(self._unrefused)

    def worth(self, unknown: Unknown) -> tuple[int, int]:
        """How many mixtures knowing it settles, and of how many others it is one question."""
        standing = self._standing[unknown]
        blocked = self._known.always or self._always - {unknown}
        if standing.pairs:
            (pair,) = standing.pairs
            settled = 0 if blocked or pair in self._known.pairs else self._settled_by_pair(*pair)
            return settled, self._unrefused_with(*pair) - settled
        alone = self._alone | standing.alone & ~self._alone_shared
        mixed = self._mixed | standing.mixed & ~self._mixed_shared
        settled = 0 if blocked else self._count(alone, mixed, self._asked) - self.clear
        return settled, self._unrefused_asked(standing) - settled

    def settled_by_all(self) -> int:
        """How many are under review for lack of knowledge only."""
        if self._known.always:
            return 0
        ones = sum(1 << n * WIDTH for n in range(len(self._space.planes.rulebook)))
        everything = self._space.everything
        alone, mixed = everything & ~self._known.alone, everything & ~self._known.mixed
        return self._count(alone, mixed, ones * _SURE) - self.clear

    def _count(self, alone: int, mixed: int, of_pairs: int) -> int:
        """The mixtures of these products of which no pair has `of_pairs`, and the whole nothing."""
        conflicts = self._space.conflicts(of_pairs)
        counts = [alone.bit_count(), *conflicts.without(mixed)[1:]]
        for numbers, word in self._space.whole.items():
            among = alone if len(numbers) == 1 else mixed
            if word & self._asked and all(among >> number & 1 for number in numbers):
                meets = (conflicts.beside.get(i, 0) >> j & 1 for i, j in combinations(numbers, 2))
                counts[len(numbers) - 1] -= not any(meets)
        sizes = zip(counts, self._space.listed, strict=True)
        return sum(count for count, word in sizes if not word & self._asked)

    def _settled_by_pair(self, one: int, other: int) -> int:
        """The mixtures with both of which nothing else is asked."""
        both = 1 << one | 1 << other
        if both & ~self._mixed:
            return 0
        beside = self._space.conflicts(self._asked).beside
        thirds = self._mixed & ~(beside.get(one, 0) | beside.get(other, 0) | both)
        return self._with((one, other), thirds, self._asked)

    def _unrefused_with(self, one: int, other: int) -> int:
        """The mixtures with both that are not refused."""
        if not self._judged.clean_with((one,), self._refused) >> other & 1:
            return 0
        thirds = self._judged.clean_with((one, other), self._refused)
        return self._with((one, other), thirds, self._refused)

    def _with(self, pair: tuple[int, int], thirds: int, mask: int) -> int:
        """How many hold a pair alone, or with one of `thirds`, and are not in `whole` with that."""
        _, two, three = self._space.listed
        whole = {n for n, word in self._space.whole.items() if word & mask and {*pair} <= {*n}}
        said = sum(thirds >> number & 1 for numbers in whole for number in {*numbers} - {*pair})
        count = 0 if two & mask or pair in whole else 1
        return count if three & mask else count + thirds.bit_count() - said

    def _unrefused_asked(self, standing: Standing) -> int:
        """The mixtures that are not refused, and have the question."""
        if standing.always:
            return self.not_refused
        everything = self._space.everything
        one, _, _ = self._judged.clean(self._refused, everything & ~standing.alone)
        _, two, three = self._judged.clean(self._refused, everything & ~standing.mixed)
        return self.not_refused - one - two - three


def _once_and_more(several: Iterable[int]) -> tuple[int, int]:
    """The products that are in any of these sets, and those that are in more than one."""
    once = more = 0
    for products in several:
        more |= once & products
        once |= products
    return once, more
