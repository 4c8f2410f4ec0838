"""A formulary: written names in, products, mixtures and patients out."""

from collections.abc import Iterable, Mapping
from os import PathLike
from types import MappingProxyType
from typing import TYPE_CHECKING

from mesomix.evidence import Reference
from mesomix.formulary.answers import read_answers
from mesomix.formulary.files import DataError, Fault, read_files
from mesomix.formulary.ids import merge
from mesomix.formulary.index import Index, index_names
from mesomix.formulary.linking import Linked, link
from mesomix.formulary.paths import key_of
from mesomix.formulary.reading import Reader
from mesomix.model import Condition, Product
from mesomix.request import AnsweredFact, Edition, Mixture, Patient
from mesomix.vocabulary import Effect

if TYPE_CHECKING:
    from mesomix.formulary.schema import DataFile


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
        raise DataError(
            Fault(origin[clash.path], key_of(clash.path), clash.problem) for clash in index.clashes
        )
    return Formulary(tables, linked, index)


class Formulary:
    """Products by name and by effect, and the reader of mixtures and patients. Made by `load`."""

    def __init__(self, tables: "DataFile", linked: Linked, index: Index) -> None:
        self._linked = linked
        self._index = index
        self._reader = Reader(tables, linked, index)

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
        (component,) = self._reader.components([name])
        if component.product is None:
            near = component.read.suggestion
            hint = f"; did you mean {near.en!r}?" if near else ""
            message = f"{name[:80]!a} means no product of this formulary{hint}"
            raise UnknownNameError(message)
        return component.product

    def for_effect(self, effect: Effect) -> tuple[Product, ...]:
        """The products with that effect, in the order of the data; TypeError when it is none."""
        if not isinstance(effect, Effect):
            message = "effect must be a member of mesomix.Effect"
            raise TypeError(message)
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
        return Mixture(self._reader.components(names), self.edition, wanted)

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
        if facts is not None and not isinstance(facts, Mapping):
            message = "facts must be a mapping of conditions to True, False or None"
            raise TypeError(message)
        given = [*(facts or {}).items()]
        given += [(name.replace("_", "-"), answer) for name, answer in answers.items()]
        conditions = self.edition.conditions
        known = read_answers(conditions, self._index.conditions, given, nothing_else=nothing_else)
        return Patient(
            allergies=None if allergies is None else self._reader.allergies(allergies),
            facts=tuple(
                AnsweredFact(key, condition.name, known[key])
                for key, condition in conditions.items()
                if key in known
            ),
            edition=self.edition,
        )
