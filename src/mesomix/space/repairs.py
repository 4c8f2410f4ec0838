"""All minimal changes of a mixture after which nothing objects to it any more."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import reduce
from itertools import islice
from math import perm
from operator import or_
from typing import Any, Final

from mesomix.formulary.formulary import Formulary
from mesomix.model import Product
from mesomix.planes import UNSURE, Planes
from mesomix.report import Verdict
from mesomix.request import Component, Mixture, Patient
from mesomix.rulebook import Rulebook
from mesomix.rules import RULES
from mesomix.shown import Shown
from mesomix.space.changing import Rank, Search
from mesomix.space.lines import DROPPED, KEPT, Choice, Lines
from mesomix.space.objection import Objection, objections
from mesomix.vocabulary import Effect

MOST_LINES: Final = 8
"""The changes of a longer mixture are too many to be looked through."""
MOST_REPAIRS: Final = 50


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one line of a mixture."""

    line: int
    """Its place in the mixture, from 0 on."""
    component: Component
    """The line as it was written and read."""
    product: Product | None
    """What takes its place; None where it is dropped."""

    @property
    def amount_is_open(self) -> bool:
        """Whether the line had an amount, and what takes its place has none yet."""
        return self.product is not None and bool(self.component.amounts)


@dataclass(frozen=True, slots=True)
class Repair:
    """Changes after which the mixture is cleared; of which no part would do."""

    changes: tuple[Change, ...]
    mixture: Mixture
    """What is left, in the order of the lines. The effects and the day are asked as before."""
    kept: tuple[Effect, ...]
    """The effects of the mixture as it was written that it still has."""
    lost: tuple[Effect, ...]
    """Those that nothing in it has any more."""
    verdict: Verdict
    """What `check` says of it."""
    remaining: tuple[Objection, ...]
    """What a physician still has to decide, the worst first."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A rule that keeps mixtures from being cleared."""

    objection: Objection
    of_patient: bool = False
    """Whether it says so of the patient, whatever is mixed."""
    products: int = 0
    """Of how many products it says so, whatever they are mixed with; 0 where it says so of products
    together, or of the whole mixture.
    """


@dataclass(frozen=True, slots=True)
class Repairs(Shown):
    """What `repairs` found, and how far it looked."""

    mixture: Mixture
    verdict: Verdict
    """Of the mixture as it was written."""
    to: Verdict
    """What was looked for: no refusal left, or nothing at all."""
    cleared: bool
    """Whether the mixture needs no repair."""
    found: tuple[Repair, ...]
    """The best first."""
    exhaustive: bool
    """Whether `found` has all of them. Otherwise there are more, and none of them is better; but
    for long mixtures, of which the search gave up (`changing.MOST_STEPS`)."""
    products: int
    """How many products might have taken the place of a line."""
    considered: int
    """How many different changes of the mixture there are; an exhaustive search covers them all."""
    obstacles: tuple[Obstacle, ...]
    """Where there is no repair: the rules that are in the way, those about the patient first."""

    def as_dict(self) -> dict[str, Any]:
        """The same in plain dicts, lists, texts and numbers, as JSON has them."""
        return {
            "mixture": [read.written for read in self.mixture.reads],
            "verdict": self.verdict.value,
            "to": self.to.value,
            "cleared": self.cleared,
            "found": [_plain(repair) for repair in self.found],
            "exhaustive": self.exhaustive,
            "products": self.products,
            "considered": self.considered,
            "obstacles": [asdict(obstacle) for obstacle in self.obstacles],
        }


def _plain(repair: Repair) -> dict[str, Any]:
    changes = [
        {
            "line": change.line,
            "written": change.component.read.written,
            "product": change.product.id if change.product else None,
            "amount_is_open": change.amount_is_open,
        }
        for change in repair.changes
    ]
    return {
        "changes": changes,
        "mixture": [read.written for read in repair.mixture.reads],
        "kept": [effect.value for effect in repair.kept],
        "lost": [effect.value for effect in repair.lost],
        "verdict": repair.verdict.value,
        "remaining": [asdict(one) for one in repair.remaining],
    }


def repairs(  # noqa: PLR0913 (what is asked, of which data, and how far)
    mixture: Mixture,
    patient: Patient | None = None,
    *,
    formulary: Formulary,
    rules: Rulebook = RULES,
    to: Verdict = Verdict.REVIEW,
    products: Iterable[Product] | None = None,
    most: int = MOST_REPAIRS,
) -> Repairs:
    """The minimal changes of `mixture` after which it is cleared for `patient`.

    A change drops a line of the mixture, or puts a product in its place that has at least one of
    its effects. A line stays or goes as a whole, with its amount: what is written in one text may
    be one product. A name that was not recognised is kept or dropped. What takes the place of a
    line is not in the mixture yet, and has no amount; where the line had one, it holds none of its
    substances, or a maximum would be passed no longer only since nobody says how much there is.

    Cleared is a mixture that no rule refuses, nor may refuse: a doubt about a refusal is no way out
    of one. What is to be reviewed besides may stay, and is told of each repair. With `to` no
    objection, nothing may stay. At least one recognised product is left.

    Changes are minimal where no part of them clears the mixture. They are ranked by how many of the
    mixture's effects are kept, then by how few they are, then by the verdict that is left.

    All changes are covered: where nothing is found and the search was `exhaustive`, there is
    nothing, and `obstacles` says what is in the way. (What the rules say of how many products
    there are is taken to be cured by fewer only.)

    Args:
        mixture: what `formulary.mixture` returned.
        patient: what `formulary.patient` returned.
        formulary: where the mixture, the patient and the products come from.
        rules: the rulebook.
        to: `Verdict.REVIEW`: no refusal, sure or possible; `Verdict.NO_OBJECTION`: nothing at all.
        products: what may take the place of a line; the products of the formulary without it.
        most: how many repairs are told, at most.

    Raises TypeError when the mixture or the patient is none, and ValueError when they were read
    with other data, the mixture has more than MOST_LINES lines, or `to` is a refusal.
    """
    given = formulary.products.values() if products is None else dict.fromkeys(products)
    verdict = rules.check(mixture, patient).verdict
    _check_asked(mixture, formulary, to)
    asked = mixture, patient
    planes = Planes(rules, formulary.edition)
    objecting = planes.refusing | planes.refusing << UNSURE
    if to is Verdict.NO_OBJECTION:
        objecting = planes.reviewing
    replacing = [_replacing(component, mixture, given) for component in mixture.components]
    cleared = not planes.word(mixture, patient) & objecting
    lines = Lines(planes, asked, replacing, objecting)
    search = Search(lines)
    first = [*islice(search.found(), most + 1)]
    eligible = {product for several in replacing for product in several}
    known = {*eligible, *mixture.products}
    return Repairs(
        mixture=mixture,
        verdict=verdict,
        to=to,
        cleared=cleared,
        found=tuple(_repair(lines, *one) for one in first[:most]),
        exhaustive=len(first) <= most and not search.gave_up,
        products=len(eligible),
        considered=_how_many(replacing),
        obstacles=()
        if first or cleared or search.gave_up
        else _obstacles(planes, asked, known, objecting),
    )


def _check_asked(mixture: Mixture, formulary: Formulary, to: Verdict) -> None:
    if mixture.edition is not formulary.edition:
        message = "the mixture was not read with this formulary, whose products may replace others"
        raise ValueError(message)
    if len(mixture.components) > MOST_LINES:
        message = (
            f"a mixture of {len(mixture.components)} lines has too many changes to look through: "
            f"ask about {MOST_LINES} of them at most"
        )
        raise ValueError(message)
    if to is Verdict.REFUSE:
        message = "to= is what a repair leads to: Verdict.REVIEW or Verdict.NO_OBJECTION"
        raise ValueError(message)


def _replacing(
    component: Component, mixture: Mixture, products: Iterable[Product]
) -> list[Product]:
    """The products that may take the place of a line."""
    effects = {effect for product in component.products for effect in product.effects}
    measured = component.products if component.amounts else ()
    held = {substance for product in measured for substance in product.substances}
    return [
        product
        for product in products
        if not effects.isdisjoint(product.effects)
        and product not in mixture.products
        and held.isdisjoint(product.substances)
    ]


def _how_many(replacing: Sequence[Sequence[Product]]) -> int:
    """How many changes there are: each line is kept, dropped or swapped, all but none and all.

    No product takes the place of two lines, so that products are counted by the lines that are open
    to them.
    """
    open_to = Counter(
        sum(1 << line for line, several in enumerate(replacing) if product in several)
        for product in {one for several in replacing for one in several}
    )
    swapped = Counter({0: 1})
    """In how many ways so many products take the places of these lines."""
    for lines, products in open_to.items():
        more: Counter[int] = Counter()
        for done, ways in swapped.items():
            taken = free = lines & ~done
            while True:
                more[done | taken] += ways * perm(products, taken.bit_count())
                if not taken:
                    break
                taken = taken - 1 & free
        swapped = more
    count = len(replacing)
    every = sum(ways << count - done.bit_count() for done, ways in swapped.items())
    return max(every - 2, 0)


def _repair(lines: Lines, rank: Rank, choice: Choice) -> Repair:
    written, left = lines.written, lines.mixture(choice)
    has = lines.effects_of(lines.left(choice))
    return Repair(
        changes=tuple(
            Change(
                line, component, None if one == DROPPED else lines.items[one].component.products[0]
            )
            for line, (component, one) in enumerate(zip(written.components, choice, strict=True))
            if one != KEPT
        ),
        mixture=left,
        kept=tuple(effect for effect in Effect if effect in has),
        lost=tuple(effect for effect in Effect if effect in lines.effects - has),
        verdict=rank.verdict,
        remaining=objections(lines.planes, lines.word(choice)),
    )


def _obstacles(
    planes: Planes, asked: tuple[Mixture, Patient | None], products: Iterable[Product], mask: int
) -> tuple[Obstacle, ...]:
    """What keeps each mixture from being cleared: the patient, or else the products."""
    mixture, patient = asked
    whatever = planes.patient(patient) & mask
    if whatever:
        return tuple(Obstacle(one, of_patient=True) for one in objections(planes, whatever))
    said = [(planes.product(one) | planes.met(one, patient)) & mask for one in products]
    counted = Counter(one for word in said for one in objections(planes, word))
    everything = reduce(or_, said, planes.word(mixture, patient) & mask)
    return tuple(Obstacle(one, products=counted[one]) for one in objections(planes, everything))
