"""All mixtures of one, two or three different products, and what the rules say of them.

No mixture is visited for a count. What the rules say of a mixture is what they say of each product,
of each product that is mixed, of each pair, of the patient, and of how many are listed. So the
products are kept as sets, one for each bit of a word that is said of any (`Said`), and the pairs as
conflicts (`counting`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, reduce
from itertools import combinations
from operator import or_
from typing import Final

from mesomix.formulary.formulary import Formulary
from mesomix.model import Allergy, Product
from mesomix.planes import Planes
from mesomix.request import Patient, mixture_of
from mesomix.rule import Scope
from mesomix.rulebook import Rulebook
from mesomix.rules import RULES
from mesomix.space.counting import Conflicts, all_of, beside_of, either
from mesomix.space.patient_space import LARGEST, Numbers, PatientSpace
from mesomix.space.said import Said
from mesomix.vocabulary import Answer, Effect

MOST_VISITED: Final = 2_000_000
"""So many mixtures are visited, where a rule looks at whole ones: it takes minutes."""


class Space:
    """Every mixture of one, two or three different products of a formulary.

    Remembers what the rules answered, for as long as it lives, and nothing about a patient: an
    allergy by its object of the data, a fact by its condition. A product has the number of its
    place in `products`, and a set of products is an int with a bit for each number.
    """

    def __init__(
        self,
        formulary: Formulary,
        rules: Rulebook = RULES,
        *,
        products: Iterable[Product] | None = None,
    ) -> None:
        """The mixtures of `products`: without them, of the products of the formulary.

        Raises ValueError when a product is given twice, and when a rule looks at whole mixtures
        and there are more than MOST_VISITED of these.
        """
        given = formulary.products.values() if products is None else products
        self.products: Final = tuple(given)
        self.edition: Final = formulary.edition
        self.planes: Final = Planes(rules, formulary.edition)
        if len(set(self.products)) < len(self.products):
            message = "a product is given twice: the mixtures of a space are of different products"
            raise ValueError(message)
        self.everything: Final = (1 << len(self.products)) - 1
        """The set of all products."""
        self.sizes: Final = all_of(len(self.products))
        """How many mixtures there are of one product, of two, and of three."""
        self.effects: Final = dict.fromkeys(Effect, 0)
        """The set of the products that have it, of each effect."""
        for number, product in enumerate(self.products):
            for effect in product.effects:
                self.effects[effect] |= 1 << number
        self.alone: Final = Said.by_product(map(self.planes.product, self.products))
        self.mixed: Final = Said.by_product(map(self.planes.mixed, self.products))
        self.pairs: Final = self.planes.pairs(self.products)
        self.listed, self.whole = self._whole()
        """What is said of any mixture of one, two and three products; and what is said of a certain
        one beside all that, where a rule of a clinic's own looks at whole mixtures."""
        self.pairs_of: Final[dict[int, list[tuple[int, int]]]] = {}
        """The pairs of which it is said, by each word that is said of any."""
        for pair, word in self.pairs.items():
            self.pairs_of.setdefault(word, []).append(pair)
        self.paired: Final = reduce(or_, self.pairs_of, 0)
        """All that is said of any pair."""
        self._beside = {word: beside_of(pairs) for word, pairs in self.pairs_of.items()}
        self._conflicts: dict[int, Conflicts] = {}
        self._beside_allergies = self.planes.beside_allergies(self.products)
        self._allergies: dict[Allergy, Said] = {}

    def conflicts(self, mask: int) -> Conflicts:
        """The pairs of products of which anything in `mask` is said."""
        mask &= self.paired
        found = self._conflicts.get(mask)
        if found is None:
            several = [beside for word, beside in self._beside.items() if word & mask]
            found = self._conflicts[mask] = Conflicts(either(several))
        return found

    def fact(self, condition: str, answer: Answer | None) -> Said:
        """What is said of a condition that was answered so; None where it was not asked."""
        return self._facts.get((condition, answer)) or Said(self.planes.fact(condition, answer))

    def allergy(self, allergy: Allergy) -> Said:
        """What is said of an allergy that was recognised."""
        found = self._allergies.get(allergy)
        if found is None:
            of_word: dict[int, int] = {}
            for number, word in self._beside_allergies.words(allergy).items():
                of_word[word] = of_word.get(word, 0) | 1 << number
            found = Said.by_word(of_word, self.planes.allergy(allergy))
            self._allergies[allergy] = found
        return found

    def patient(self, patient: Patient | None) -> Said:
        """What is said of a patient, or of the lack of one.

        Raises TypeError when it is no patient, and ValueError when it was read with other data.
        """
        always = self.planes.patient(self._of_this_data(patient))
        if patient is None:
            return Said(always)
        answers = patient.answers
        several = [self.fact(key, answers.get(key)) for key in self.edition.conditions]
        several += map(self.allergy, patient.recognised)
        return Said.together([Said(always), *several])

    def of(self, patient: Patient | None = None) -> PatientSpace:
        """The mixtures as the rules judge them for `patient`; errors as of `patient`."""
        return PatientSpace(self, self.patient(patient))

    def ids(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """The ids of products, by their numbers."""
        return tuple([self.products[number].id for number in numbers])

    @cached_property
    def _facts(self) -> dict[tuple[str, Answer | None], Said]:
        """What is said of each product and each answer, where anything is."""
        words: defaultdict[tuple[str, Answer | None], dict[int, int]] = defaultdict(dict)
        for number, product in enumerate(self.products):
            the_product = 1 << number
            for answered, word in self.planes.product_facts(product).items():
                of_word = words[answered]
                of_word[word] = of_word.get(word, 0) | the_product
        return {
            answered: Said.by_word(of_word, self.planes.fact(*answered))
            for answered, of_word in words.items()
        }

    def _of_this_data(self, patient: Patient | None) -> Patient | None:
        if patient is None:
            return None
        if not isinstance(patient, Patient):
            message = "the patient must be what formulary.patient(...) returned"
            raise TypeError(message)
        mine, other = self.edition, patient.edition
        if (mine.sha256, mine.bdpm) != (other.sha256, other.bdpm):
            message = "the space and the patient were read with different data: use one formulary"
            raise ValueError(message)
        return patient

    def _whole(self) -> tuple[tuple[int, int, int], dict[Numbers, int]]:
        """What is said of any mixture by how many products it has, and what of certain ones."""
        listed = [self.planes.listed(number) for number in range(1, LARGEST + 1)]
        visited = [number for number, word in enumerate(listed, 1) if word is None]
        many = sum(self.sizes[number - 1] for number in visited)
        if many > MOST_VISITED:
            message = (
                f"{self._looking_closer(visited)} must be asked about each of {many} mixtures: more"
                f" than {MOST_VISITED} are not visited. Give fewer products, or let the rule look"
                " at a product (product, mixed_product) or at a pair (a, b)"
            )
            raise ValueError(message)
        whole: dict[Numbers, int] = {}
        for size in visited:
            more = {numbers: self._beyond(numbers) for numbers in self._of_size(size)}
            common = -1 if more else 0
            for word in more.values():
                common &= word
            listed[size - 1] = common
            whole |= {numbers: word & ~common for numbers, word in more.items() if word & ~common}
        one, two, three = (word or 0 for word in listed)
        return (one, two, three), whole

    def _looking_closer(self, sizes: Iterable[int]) -> str:
        """The rules that look at more of a mixture than how much it lists."""
        alone = {
            rule.id: Planes(Rulebook([rule]), self.edition)
            for rule in self.planes.rulebook
            if rule.scope is Scope.MIXTURE
        }
        closer = [key for key, one in alone.items() if None in map(one.listed, sizes)]
        return f"rule {', '.join(closer)}"

    def _of_size(self, size: int) -> Iterator[Numbers]:
        return combinations(range(len(self.products)), size)

    def _beyond(self, numbers: Numbers) -> int:
        """What is said of a mixture, beside what is said of its products and their pairs."""
        products = [self.products[number] for number in numbers]
        known = 0
        for product in products:
            known |= self.planes.product(product)
            known |= self.planes.mixed(product) if len(products) > 1 else 0
        for pair in combinations(numbers, 2):
            known |= self.pairs.get(pair, 0)
        return self.planes.mixture(mixture_of(products, self.edition)) & ~known
