"""What the rules say of many mixtures, as sets of products."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mesomix.space.counting import members


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of mixtures: of each of them, and of those that hold certain products."""

    always: int = 0
    """The word of every mixture."""
    products: Mapping[int, int] = field(default_factory=dict)
    """The set of products of which a bit is said, by that bit of a word."""

    def of(self, mask: int) -> int:
        """The products of which anything in `mask` is said."""
        found = 0
        for bit, products in self.products.items():
            if bit & mask:
                found |= products
        return found

    def word(self, number: int) -> int:
        """What is said of one product, but for what is said of every mixture."""
        word = 0
        for bit, products in self.products.items():
            if products >> number & 1:
                word |= bit
        return word

    def words(self, products: int) -> list[int]:
        """What is said of each of so many products, but for what is said of every mixture."""
        words = [0] * products
        for bit, said_of in self.products.items():
            for number in members(said_of):
                words[number] |= bit
        return words

    @staticmethod
    def together(several: Iterable["Said"]) -> "Said":
        """All that each of them says."""
        always = 0
        found: dict[int, int] = {}
        for said in several:
            always |= said.always
            for bit, products in said.products.items():
                found[bit] = found.get(bit, 0) | products
        return Said(always, found)

    @staticmethod
    def by_product(words: Iterable[int], always: int = 0) -> "Said":
        """The words of the products, in their order."""
        of_word: dict[int, int] = {}
        for number, word in enumerate(words):
            if word:
                of_word[word] = of_word.get(word, 0) | 1 << number
        return Said.by_word(of_word, always)

    @staticmethod
    def by_word(of_word: Mapping[int, int], always: int = 0) -> "Said":
        """The products of which it is said, by each word that is said of any."""
        found: dict[int, int] = {}
        for word, products in of_word.items():
            for bit in members(word):
                found[1 << bit] = found.get(1 << bit, 0) | products
        return Said(always, found)
