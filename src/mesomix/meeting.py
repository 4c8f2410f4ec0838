"""Which atoms a rule has to be asked about, where what it said of others tells the rest.

A rule on two things may say when these meet (`Rule.meeting`), and is asked where they do. Nothing
else is declared: a rule is asked about what stands for many products or allergies (`stand_ins`),
and about each where it looks at anything else.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import count
from typing import Final

from mesomix.model import Allergy, Fact, Product, Substance
from mesomix.rule import Rule, Scope
from mesomix.stand_ins import AnyAllergy, AnyProduct, content


class MeetingPairs:
    """What rules say of two products: each is asked where they meet, and once of all alike.

    Pairs are alike to a rule where their substances are repeated in the same groups, and the two
    products share no substance; as long as it looks at nothing else of them.
    """

    def __init__(self, rules: Iterable[tuple[Rule, Callable[[Product, Product], int]]]) -> None:
        """Each rule, with what gives its word of two products in the order of a mixture."""
        self._rules = [PairRule(rule, ask) for rule, ask in rules]
        self._kinds: dict[Hashable, int] = {}
        self._numbers = count()  # no two threads get one number
        self._known: dict[Product, _Known] = {}

    def words(self, products: Sequence[Product], since: int) -> dict[tuple[int, int], int]:
        """The words of the pairs of which something is said, by their positions, lower first.

        Of pairs with a product from position `since` on.
        """
        known = [self._known.get(product) or self._learned(product) for product in products]
        order = _order(products)
        words: dict[tuple[int, int], int] = {}
        for rule in self._rules:
            word_of_kinds = rule.of_kinds.get
            for pair in rule.positions(products, since):
                i, j = pair
                if order[i] > order[j]:
                    j, i = pair
                kind, mine = known[i]
                other, theirs = known[j]
                word = word_of_kinds((kind, other)) if mine.isdisjoint(theirs) else None
                if word is None:
                    word = rule.asked(products[i], products[j], (known[i], known[j]))
                if word:
                    words[pair] = words[pair] | word if pair in words else word
        return words

    def _learned(self, product: Product) -> "_Known":
        substances = product.substances
        # Where one of them is listed twice, a rule may see that as well.
        kind = tuple([(substances.index(s), *map(id, s.repeated_groups)) for s in substances])
        number = self._kinds.setdefault(kind, next(self._numbers))
        found = self._known[product] = number, frozenset(substances)
        return found


_Known = tuple[int, frozenset[Substance]]
"""The kind of a product, as a number, and its substances."""


class PairRule:
    """One rule on two products."""

    def __init__(self, rule: Rule, ask: Callable[[Product, Product], int]) -> None:
        self.of_kinds: Final[dict[tuple[int, int], int]] = {}
        """The words of pairs that share no substance, by the kinds of the two."""
        self._ask = ask
        self._meeting = rule.meeting
        self._brought: dict[Product, tuple[Hashable, ...]] = {}
        self._had: dict[Product, tuple[Hashable, ...]] = {}
        self._firsts: dict[int, AnyProduct] = {}
        self._seconds: dict[int, AnyProduct] = {}
        self._closer: list[str] = []
        self._looks_closer = False

    def positions(self, products: Sequence[Product], since: int) -> Iterable[tuple[int, int]]:
        """Of which pairs it has to be asked, each once, lower first, one from `since` on."""
        if self._meeting is None:
            return ((i, j) for j in range(since, len(products)) for i in range(j))
        brings, has = self._meeting
        bringing = _by_key(products, brings, self._brought)
        having = bringing if has is brings else _by_key(products, has, self._had)
        sides = [(bringing, having)] if has is brings else [(bringing, having), (having, bringing)]
        pairs: dict[tuple[int, int], None] = {}
        for some, others in sides:
            for key, later in some.items():
                earlier = others.get(key, [])
                for j in later[bisect_left(later, since) :]:
                    pairs.update([((i, j), None) for i in earlier[: bisect_left(earlier, j)]])
        return pairs

    def asked(self, first: Product, second: Product, known: tuple[_Known, _Known]) -> int:
        """The word of two products, and so of those like them where the rule looks no closer."""
        (kind, mine), (other, theirs) = known
        if not self._looks_closer and mine.isdisjoint(theirs):
            one = _stand_in(self._firsts, kind, first, self._closer)
            word = content(
                self._closer, self._ask, one, _stand_in(self._seconds, other, second, self._closer)
            )
            if word is not None:
                self.of_kinds[kind, other] = word
                return word
            self._looks_closer = True
        return self._ask(first, second)


def _stand_in(
    made: dict[int, AnyProduct], kind: int, product: Product, closer: list[str]
) -> AnyProduct:
    """What stands for all products of a kind, on one of the two sides."""
    if kind not in made:
        made[kind] = AnyProduct(closer, product)
    return made[kind]


def _by_key(
    products: Sequence[Product],
    keys: Callable[..., Iterable[Hashable]],
    known: dict[Product, tuple[Hashable, ...]],
) -> dict[Hashable, list[int]]:
    """The positions that have a key, in order; `known` are the keys of products met before."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    for position, product in enumerate(products):
        mine = known.get(product)
        if mine is None:
            mine = known[product] = tuple(keys(product))
        for key in mine:
            found[key].append(position)
    return found


class MeetingFacts:
    """Of `facts`, those about which a rule has to be asked beside a product."""

    def __init__(self, rule: Rule, facts: Sequence[Fact]) -> None:
        self._facts = facts
        self._brings = None if rule.meeting is None else rule.meeting[0]
        self._by_key: dict[Hashable, list[int]] = defaultdict(list)
        if rule.meeting is not None and rule.scope is Scope.PRODUCT_FACT:
            for number, fact in enumerate(facts):
                for key in rule.meeting[1](fact):
                    self._by_key[key].append(number)

    def that_meet(self, *product: object) -> Iterable[Fact]:
        """Those beside `product`, or all of them where there is none."""
        if self._brings is None:
            return self._facts
        by_key = self._by_key
        numbers = {n: None for key in self._brings(*product) for n in by_key.get(key, ())}
        return [self._facts[number] for number in numbers]


class BesideAllergies:
    """What rules say of `products` beside an allergy, for as many allergies as one likes.

    Each product is asked about once for every kind of allergy, beside one that reaches nothing;
    and then beside those that reach what a rule looked for.
    """

    def __init__(self, ask: Callable[[Product, Allergy], int], products: Iterable[Product]) -> None:
        """`ask` gives the word of a product and an allergy."""
        self.products: Final = tuple(products)
        self._ask = ask
        self._kinds: list[_Unreached] = []

    def words(self, allergy: Allergy) -> dict[int, int]:
        """The words of the products of which anything is said beside it, by their positions."""
        kind = next((kind for kind in self._kinds if kind.has(allergy)), None)
        if kind is None:
            kind = _Unreached(self._ask, self.products, allergy)
            self._kinds.append(kind)
        words = kind.words.copy()
        for position in kind.reached(allergy):
            words[position] = self._ask(self.products[position], allergy)
            if not words[position]:
                del words[position]
        return words


class _Unreached:
    """What is said of products beside an allergy like `sample` that reaches nothing."""

    def __init__(
        self, ask: Callable[[Product, Allergy], int], products: Sequence[Product], sample: Allergy
    ) -> None:
        self._sample = sample
        self._looked_for: dict[object, list[int]] = defaultdict(list)
        """The positions of the products for which rules looked whether a substance is reached."""
        self._closer: set[int] = set()
        """Of those for which one looked at something else: what it says may differ."""
        self.words: Final[dict[int, int]] = {}
        closer: list[str] = []
        allergy = AnyAllergy(closer, sample)
        looked_for = allergy.reaches.looked_for
        for position, product in enumerate(products):
            word = content(closer, ask, product, allergy)
            if word is None:
                self._closer.add(position)
            elif word:
                self.words[position] = word
            for key in {*looked_for}:
                self._looked_for[key].append(position)
            closer.clear()
            looked_for.clear()
        self._looked_at = allergy.looked_at

    def has(self, allergy: Allergy) -> bool:
        """Whether the rules would have seen the same in `allergy`, but for what it reaches."""
        return all(
            getattr(self._sample, name) == getattr(allergy, name) for name in self._looked_at
        )

    def reached(self, allergy: Allergy) -> set[int]:
        """The positions of the products that have to be asked about."""
        found = self._closer.copy()
        for key in self._looked_for.keys() & allergy.reaches.keys():
            found.update(self._looked_for[key])
        return found


def _order(products: Sequence[Product]) -> list[int]:
    """The place of each product in the order of a mixture of all."""
    places = [0] * len(products)
    positions = sorted(range(len(products)), key=lambda position: in_order(products[position]))
    for place, position in enumerate(positions):
        places[position] = place
    return places


def in_order(product: Product) -> tuple[str, bool]:
    """The order in which a mixture has its products."""
    return product.id, product.specified
