"""A formulary: written names in, products, mixtures and patients out."""

from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from types import MappingProxyType
from typing import TYPE_CHECKING

from mesomix.evidence import Reference
from mesomix.formulary.amounts import Written
from mesomix.formulary.answers import Age, read_answers
from mesomix.formulary.files import DataError, Fault, read_files
from mesomix.formulary.ids import merge
from mesomix.formulary.index import Index, index_names
from mesomix.formulary.linking import Linked, link
from mesomix.formulary.paths import key_of
from mesomix.formulary.reading import Reader
from mesomix.model import Condition, Product, Substance
from mesomix.names import as_text, printable
from mesomix.quantity import Quantity
from mesomix.request import AnsweredFact, DeclaredAllergy, Edition, Mixture, Patient
from mesomix.shown import Shown
from mesomix.vocabulary import Effect

if TYPE_CHECKING:
    from mesomix.bdpm import Bdpm
    from mesomix.formulary.schema import DataFile


class UnknownNameError(LookupError):
    """A name means no product of the formulary."""


def load(
    path: str | PathLike[str] | None = None,
    *,
    bdpm: "Bdpm | str | PathLike[str] | None" = None,
) -> "Formulary":
    """The formulary that ships with mesomix; with `path`, a clinic's own (TOML).

    With `bdpm`, what `mesomix.bdpm.read` returned or the folder to be read, it knows each French
    specialty by its names and codes as well, with its substances, form and routes.

    A file of one's own replaces the shipped products. It is read beside the shipped substances
    and references, and may add its own of these. A folder has products.toml, substances.toml and
    references.toml, and replaces all that is shipped, as when two versions of it are compared.

    Raises DataError with every fault of the shapes of all files; where there is none, of the ids
    that they name; and where there is none, of the names that mean two things. No other file is
    ever loaded in place of one that cannot be used. Raises BdpmError when the folder of BDPM
    cannot be used.
    """
    files, sha256 = read_files(path)
    tables, origin = merge(files)
    database = None if bdpm is None else _read_bdpm(bdpm)
    linked = link(tables, sha256, database.sha256 if database else None)
    index = index_names(tables, linked)
    if index.clashes:
        raise DataError(
            Fault(origin[clash.path], key_of(clash.path), clash.problem) for clash in index.clashes
        )
    return Formulary(tables, linked, index, database)


def _read_bdpm(bdpm: "Bdpm | str | PathLike[str]") -> "Bdpm":
    from mesomix import bdpm as database  # noqa: PLC0415 (only who has the files needs it)

    return bdpm if isinstance(bdpm, database.Bdpm) else database.read(bdpm)


class Formulary(Shown):
    """Products by name and by effect, and the reader of mixtures and patients. Made by `load`."""

    def __init__(
        self, tables: "DataFile", linked: Linked, index: Index, bdpm: "Bdpm | None" = None
    ) -> None:
        self._linked = linked
        self._index = index
        self._reader = Reader(tables, linked, index, bdpm)

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
    def substances(self) -> Mapping[str, Substance]:
        """The substances that the data knows, active or not, by their ids."""
        return self._linked.substances

    @property
    def conditions(self) -> Mapping[str, Condition]:
        """The questions about a patient that the data knows, by their ids."""
        return MappingProxyType(self.edition.conditions)

    @property
    def references(self) -> Mapping[str, Reference]:
        """What the data cites, by id."""
        return MappingProxyType(self.edition.references)

    def meanings(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Of each name that the data has, as it stands there, the id that it means.

        By its kind (products, substances, groups, conditions) and its folded form.
        """
        index = self._index
        kinds = {
            "products": index.products,
            "substances": index.substances,
            "groups": index.groups,
            "conditions": index.conditions,
        }
        return {
            (kind, folded): (name, key)
            for kind, names in kinds.items()
            for folded, (name, key, _) in names.items()
        }

    def __repr__(self) -> str:
        """The version and the size."""
        return (
            f"<Formulary {printable(self.edition.version)}: {len(self._linked.products)} products>"
        )

    def find(self, name: str) -> Product:
        """The product that `name` means, however it is spelt.

        Raises UnknownNameError, with the nearest name, when it means none; TypeError when it is
        no text.
        """
        (component,) = self._reader.components([as_text(name)])
        read = component.read
        if len(component.products) != 1 or read.unread:
            hint = f"; did you mean {read.suggestion.en!r}?" if read.suggestion else ""
            held = f"; it holds {read.name.en!r}" if read.name else ""
            message = f"{name[:80]!a} means no product of this formulary{held}{hint}"
            raise UnknownNameError(message)
        return component.products[0]

    def for_effect(self, effect: Effect) -> tuple[Product, ...]:
        """The products with that effect, in the order of the data; TypeError when it is none."""
        if not isinstance(effect, Effect):
            message = "effect must be a member of mesomix.Effect"
            raise TypeError(message)
        return tuple(p for p in self._linked.products.values() if effect in p.effects)

    def mixture(
        self,
        *names: Written,
        effects: Iterable[Effect] = (),
        per_day: Iterable[Written] | Mapping[str, str | Quantity] | None = None,
    ) -> Mixture:
        """What `names` mean together, and how much of each there is.

        Args:
            names: as they are written, with their amounts or without: "Miorel",
                "Procaïne 2 % 2 ml", "1/2 ampoule de Dicynone"; or a name and its amount, which is
                a text or a `Quantity`: ("Miorel", "2 ml").
            effects: those that are asked for.
            per_day: what the patient has in the whole day of the same products, this mixture among
                it, written in the same ways, or as a mapping of names to amounts. Without it
                nothing is assumed of the day.

        An unknown name is kept, and so is an amount that is not understood; rules speak of them.
        Raises TypeError when a name is no text, an amount neither a text nor a `Quantity`, or an
        effect no `Effect`; and ValueError when the unit of a `Quantity` does not fit its product.
        """
        wanted = tuple(dict.fromkeys(effects))
        if not all(isinstance(effect, Effect) for effect in wanted):
            message = "effects must be members of mesomix.Effect"
            raise TypeError(message)
        if isinstance(per_day, str):
            message = "per_day must be a list of texts, not one text"
            raise TypeError(message)
        day = None if per_day is None else self._reader.components(_each(per_day))
        return Mixture(self._reader.components(names), self.edition, wanted, day)

    def read_allergies(self, text: str) -> tuple[DeclaredAllergy, ...]:
        """What a free text says about allergies: "péni (choc), latex ?, pas d'allergie à l'iode".

        Each allergy is recognised, doubtful, denied, or a part that was not recognised; nothing
        of the text is lost. `patient(allergies=[...])` reads each of its texts so. Raises
        TypeError when `text` is no text.
        """
        return self._reader.allergies([text])

    def patient(
        self,
        *,
        allergies: Iterable[str] | None = None,
        facts: Mapping[str, bool | None] | None = None,
        age: Age | None = None,
        nothing_else: bool = False,
        **answers: bool | None,
    ) -> Patient:
        """A patient.

        Args:
            allergies: as they are written (`read_allergies`); empty for no known allergy, None
                when nobody asked.
            facts: True, False or None (not asked) by the id or a name of a condition.
            age: in years, such as 2.5; it answers every condition of being younger than something,
                and is not kept.
            nothing_else: everything that is not answered was asked, and denied. It does not
                speak of allergies.
            answers: as `facts`, by id with underscores: `skin_infection=False`.

        A yes to a condition is a yes to those that it implies, and a no to one is a no to those
        that imply it.

        Raises TypeError when a value is of another type, and ValueError when an answer names no
        condition, the age is below 0 or above 130, or two answers contradict each other (the age
        is one). No message repeats what was given.
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
        known = read_answers(
            conditions, self._index.conditions, given, nothing_else=nothing_else, age=age
        )
        return Patient(
            allergies=None if allergies is None else self._reader.allergies(allergies),
            facts=tuple(
                AnsweredFact(key, condition.name, known[key])
                for key, condition in conditions.items()
                if key in known
            ),
            edition=self.edition,
        )


def _each(per_day: Iterable[Written] | Mapping[str, str | Quantity]) -> Iterator[Written]:
    """The components of a day; of a mapping each name with its amount."""
    for one in per_day:
        yield (one, per_day[one]) if isinstance(per_day, Mapping) and isinstance(one, str) else one
