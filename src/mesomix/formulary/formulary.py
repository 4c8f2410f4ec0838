"""A formulary: written names in, products, mixtures and patients out."""

from collections.abc import Iterable, Mapping
from os import PathLike
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from mesomix.evidence import Reference, Text
from mesomix.formulary.allergies import Allergies, without_introduction
from mesomix.formulary.files import DataError, Fault, read_files
from mesomix.formulary.ids import merge
from mesomix.formulary.index import Index, Names, index_names, matched_by, product_of
from mesomix.formulary.linking import Linked, link
from mesomix.model import Allergy, Condition, Product
from mesomix.names import NameKey, fold
from mesomix.names import nearest as nearest_key
from mesomix.request import (
    AnsweredFact,
    Component,
    DeclaredAllergy,
    Edition,
    Mixture,
    Patient,
    ReadName,
)
from mesomix.vocabulary import AllergyState, Answer, Effect, MatchedBy

if TYPE_CHECKING:
    from mesomix.formulary.schema import DataFile

MOST_SUGGESTIONS: Final = 10
"""For so many unrecognised names of one request a near one is looked for: it takes milliseconds."""


class UnknownNameError(LookupError):
    """A name means no product of the formulary."""


def load(path: str | PathLike[str] | None = None) -> "Formulary":
    """The formulary that ships with mesomix; with `path`, a clinic's own (TOML).

    A file of one's own replaces the shipped products. It is read beside the shipped substances
    and references, and may add its own of these.

    Raises DataError with every fault of the shapes of all files; where there is none, of the ids
    that they name; and where there is none, of the names that mean two things. No other file is
    ever loaded in place of one that cannot be used.
    """
    files, sha256 = read_files(path)
    tables, origin = merge(files)
    linked = link(tables, sha256)
    index = index_names(tables, linked)
    if index.clashes:
        raise DataError(Fault(origin[path], path, problem) for path, problem in index.clashes)
    return Formulary(tables, linked, index)


class Formulary:
    """Products by name and by effect, and the reader of mixtures and patients. Made by `load`."""

    def __init__(self, tables: "DataFile", linked: Linked, index: Index) -> None:
        self._linked = linked
        self._index = index
        self._allergies = Allergies(tables, linked)
        self._by_substances: dict[tuple[str, ...], Product | None] = {}
        for product in linked.products.values():
            key = tuple(sorted(substance.id for substance in product.substances))
            # Two products of one substance: its name alone means neither of them.
            self._by_substances[key] = None if key in self._by_substances else product
        self._bare: dict[tuple[str, ...], Product] = {}

    @property
    def edition(self) -> Edition:
        """The version and the digest of the data, with its conditions and references."""
        return self._linked.edition

    @property
    def products(self) -> Mapping[str, Product]:
        """The products by their ids, each in an unknown specialty."""
        return MappingProxyType(self._linked.products)

    @property
    def specialties(self) -> Mapping[str, Product]:
        """The specialties by their ids, each as the product that it is."""
        return MappingProxyType(self._linked.specialties)

    @property
    def conditions(self) -> Mapping[str, Condition]:
        """The questions about a patient that the data knows, by their ids."""
        return MappingProxyType(self.edition.conditions)

    @property
    def references(self) -> Mapping[str, Reference]:
        """What the data cites, by id."""
        return MappingProxyType(self.edition.references)

    def __repr__(self) -> str:
        """The version and the size."""
        return f"<Formulary {self.edition.version}: {len(self._linked.products)} products>"

    def find(self, name: str) -> Product:
        """The product that `name` means, however it is spelt.

        Raises UnknownNameError, with the nearest name, when it means none; TypeError when it is
        no text.
        """
        component = self._component(_text(name), _Suggestions(self._linked, 1))
        if component.product is None:
            near = component.read.suggestion
            hint = f"; did you mean {near.en!r}?" if near else ""
            message = f"{name[:80]!a} means no product of this formulary{hint}"
            raise UnknownNameError(message)
        return component.product

    def for_effect(self, effect: Effect) -> tuple[Product, ...]:
        """The products with that effect, in the order of the data."""
        return tuple(p for p in self._linked.products.values() if effect in p.effects)

    def mixture(self, *names: str, effects: Iterable[Effect] = ()) -> Mixture:
        """What `names` mean together; `effects` are those that are asked for.

        An unknown name is kept, and a rule speaks of it. Raises TypeError when a name is no text
        or an effect is no `Effect`.
        """
        wanted = tuple(dict.fromkeys(effects))
        if not all(isinstance(effect, Effect) for effect in wanted):
            message = "effects must be members of mesomix.Effect"
            raise TypeError(message)
        near = _Suggestions(self._linked, MOST_SUGGESTIONS)
        components = tuple([self._component(_text(name), near) for name in names])
        return Mixture(components, self.edition, wanted)

    def patient(
        self,
        *,
        allergies: Iterable[str] | None = None,
        facts: Mapping[str, bool | None] | None = None,
        nothing_else: bool = False,
        **answers: bool | None,
    ) -> Patient:
        """A patient.

        Args:
            allergies: as they are written; empty for no known allergy, None when nobody asked.
            facts: True, False or None (not asked) by the id or a name of a condition.
            nothing_else: everything that is not answered was asked, and denied. It does not
                speak of allergies.
            answers: as `facts`, by id with underscores: `skin_infection=False`.

        A yes to a condition is a yes to those that it implies, and a no to one is a no to those
        that imply it.

        Raises TypeError when a value is of another type, and ValueError when an answer names no
        condition or two answers contradict each other. No message repeats what was given.
        """
        if isinstance(allergies, str):
            message = "allergies must be a list of texts, not one text"
            raise TypeError(message)
        given = {**(facts or {}), **{key.replace("_", "-"): a for key, a in answers.items()}}
        known = self._answers(given, nothing_else=nothing_else)
        near = _Suggestions(self._linked, MOST_SUGGESTIONS)
        return Patient(
            allergies=None
            if allergies is None
            else tuple([self._declared(_text(text), near) for text in allergies]),
            facts=tuple(
                AnsweredFact(key, condition.name, known[key])
                for key, condition in self.edition.conditions.items()
                if key in known
            ),
            edition=self.edition,
        )

    def _component(self, written: str, near: "_Suggestions") -> Component:
        key = fold(written)
        found = self._index.products.get(key)
        if found is not None:
            product = product_of(self._index, self._linked, found[1])
        elif (found := self._index.substances.get(key)) is not None:
            ids = {found[1], *self._index.combinations.get(key, ())}
            product = self._product_of_substances(tuple(sorted(ids)))
        else:
            sections = (self._index.products, self._index.substances)
            return Component(ReadName(written, suggestion=near(key, sections)), None)
        read = ReadName(written, product.id, product.name, matched_by(found, written, product.name))
        return Component(read, product)

    def _product_of_substances(self, ids: tuple[str, ...]) -> Product:
        """The only product of these substances, or what is known of them outside the formulary."""
        product = self._by_substances.get(ids)
        if product is None:
            substances = tuple(self._linked.substances[key] for key in ids)
            names = [substance.name for substance in substances]
            product = self._bare.setdefault(
                ids,
                Product(
                    id="+".join(ids),
                    name=Text(" + ".join(n.fr for n in names), " + ".join(n.en for n in names)),
                    substances=substances,
                    in_formulary=False,
                ),
            )
        return product

    def _declared(self, written: str, near: "_Suggestions") -> DeclaredAllergy:
        key = fold(without_introduction(written))
        index = self._index
        if (found := index.groups.get(key)) is not None:
            allergy = self._allergies.to_group(found[1])
        elif (found := index.substances.get(key)) is not None:
            allergy = self._allergies.to_substances({found[1], *index.combinations.get(key, ())})
        elif (found := index.products.get(key)) is not None:
            allergy = self._allergies.to_product(product_of(index, self._linked, found[1]))
        else:
            nearest = near(key, (index.products, index.substances, index.groups))
            read = ReadName(written, suggestion=nearest)
            state = AllergyState.NOT_RECOGNISED
            return DeclaredAllergy(read, Allergy(None, Text.same(written), state, nearest))
        read = ReadName(written, allergy.id, allergy.name, matched_by(found, written, allergy.name))
        return DeclaredAllergy(read, allergy)

    def _answers(
        self, given: Mapping[str, bool | None], *, nothing_else: bool
    ) -> dict[str, Answer]:
        """Yes or no by condition, with what follows from each."""
        conditions = self.edition.conditions
        answers: dict[str, bool] = {}
        for number, (name, answer) in enumerate(given.items(), 1):
            found = self._index.conditions.get(fold(_text(name)))
            if found is None:
                message = f"answer {number} names no condition; known: {', '.join(conditions)}"
                raise ValueError(message)
            if answer is not None and not isinstance(answer, bool):
                message = f"answer {number} must be True, False or None"
                raise TypeError(message)
            if answer is not None and answers.setdefault(found[1], answer) is not answer:
                message = f"answer {number} contradicts an earlier one to the same condition"
                raise ValueError(message)
        yes = {key for key, answer in answers.items() if answer}
        yes.update(*(conditions[key].implied for key in yes))
        no = {key for key, answer in answers.items() if not answer}
        if yes & no:
            message = "a condition was denied that an affirmed one implies"
            raise ValueError(message)
        denied = {key for key, c in conditions.items() if key in no or c.implied & no}
        if nothing_else:
            denied |= conditions.keys() - yes
        return {**dict.fromkeys(denied, Answer.NO), **dict.fromkeys(yes, Answer.YES)}


class _Suggestions:
    """Looks for near names, for the first few names that need one."""

    def __init__(self, linked: Linked, most: int) -> None:
        self._linked = linked
        self._left = most

    def __call__(self, key: NameKey, sections: Iterable[Names]) -> Text | None:
        """The name in `sections` that is nearest to `key`."""
        if not self._left:
            return None
        self._left -= 1
        everything = {k: name for section in sections for k, name in section.items()}
        found = nearest_key(key, everything)
        if found is None:
            return None
        original, identifier, kind = everything[found]
        if kind is not MatchedBy.EXACT:
            return Text.same(original)
        linked = self._linked
        named = (
            linked.substances.get(identifier)
            or linked.edition.groups.get(identifier)
            or linked.products[identifier]
        )
        return named.name


def _text(value: object) -> str:
    """`value` as a text that can be written anywhere; TypeError, without it, when it is none."""
    if not isinstance(value, str):
        message = "a name must be a text (str)"
        raise TypeError(message)
    return value.encode("utf-8", "backslashreplace").decode()  # lone surrogates have no UTF-8
