"""Which atoms a rule has to be asked about, where it says when two of them meet."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations

from mesomix.model import Fact, Product
from mesomix.rule import Rule, Scope


def positions_that_meet(rule: Rule, products: Sequence[Product]) -> Iterable[tuple[int, int]]:
    """The positions of the pairs about which `rule` has to be asked, each once, lower first."""
    if rule.meeting is None:
        return combinations(range(len(products)), 2)
    brings, has = rule.meeting
    bringing: dict[Hashable, list[int]] = defaultdict(list)
    for position, product in enumerate(products):
        for key in dict.fromkeys(brings(product)):
            bringing[key].append(position)
    pairs: dict[tuple[int, int], None] = {}
    for position, product in enumerate(products):
        for key in dict.fromkeys(has(product)):
            for other in bringing.get(key, ()):
                if other < position:
                    pairs[other, position] = None
                elif other > position:
                    pairs[position, other] = None
    return pairs


class MeetingFacts:
    """Of `facts`, those about which a rule has to be asked beside a product."""

    def __init__(self, rule: Rule, facts: Sequence[Fact]) -> None:
        self._every_one = facts
        self._brings = None if rule.meeting is None else rule.meeting[0]
        self._by_key: dict[Hashable, list[Fact]] = defaultdict(list)
        if rule.meeting is not None and rule.scope is Scope.PRODUCT_FACT:
            for fact in facts:
                for key in rule.meeting[1](fact):
                    self._by_key[key].append(fact)

    def that_meet(self, *product: object) -> Iterable[Fact]:
        """Those beside `product`, or all of them where there is none."""
        if self._brings is None:
            return self._every_one
        keys = dict.fromkeys(self._brings(*product))
        return dict.fromkeys(fact for key in keys for fact in self._by_key.get(key, ()))
