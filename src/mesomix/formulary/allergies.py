"""What a declared allergy reaches: the substances that it names, and those of its groups."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from mesomix.evidence import Evidence
from mesomix.formulary.linking import Linked, cited, joined
from mesomix.model import Allergy, Product, Reach
from mesomix.names import words

if TYPE_CHECKING:
    from mesomix.formulary.schema import DataFile

_INTRODUCTIONS: Final = frozenset(
    [
        *("allergie", "allergies", "allergique", "allergiques", "hypersensibilite"),
        *("allergy", "allergic", "hypersensitivity"),
    ]
)
_LINKING_WORDS: Final = frozenset(
    ["a", "au", "aux", "l", "la", "le", "les", "un", "une", "de", "des", "du", "d", "to", "the"]
)


def without_introduction(text: str) -> str:
    """What an allergy is declared to: "aspirine" of "allergie à l'aspirine"."""
    parts = words(text)
    if not parts or parts[0] not in _INTRODUCTIONS:
        return text
    rest = parts[1:]
    while rest and rest[0] in _LINKING_WORDS:
        del rest[0]
    return " ".join(rest)


class Allergies:
    """The allergies that the data of one formulary knows, each made once."""

    def __init__(self, tables: "DataFile", linked: Linked) -> None:
        self._tables = tables
        self._linked = linked
        self._made: dict[tuple[str, str], Allergy] = {}
        self._members: dict[str, list[str]] = {group: [] for group in tables.groups}
        for key, substance in tables.substances.items():
            for group in substance.groups:
                self._members[group].append(key)

    def to_group(self, group: str) -> Allergy:
        """An allergy to a whole class: it names every member, and reaches what each does."""
        members = self._members[group]
        reaches = self._reached(members, {group})
        return self._remembered(
            "group", Allergy(group, self._linked.edition.groups[group].name, reaches=reaches)
        )

    def to_substances(self, substances: Iterable[str], *, by_brand: bool = False) -> Allergy:
        """An allergy to a substance, or to the substances of a combination.

        Declared `by_brand`, it may be one to an excipient, and nobody has read which there are.
        """
        ids = sorted(substances)
        name = joined(self._linked.substances[key].name for key in ids)
        allergy = Allergy("+".join(ids), name, reaches=self._reached(ids), culprit_unknown=by_brand)
        return self._remembered("brand" if by_brand else "substances", allergy)

    def to_product(self, product: Product) -> Allergy:
        """An allergy to a specialty: to its substances, and perhaps to one of its excipients."""
        substances = [substance.id for substance in product.substances]
        if not product.specified:
            return self.to_substances(substances)
        reaches = self._reached(substances)
        for excipient in (*product.excipients, *product.possible_excipients):
            if not excipient.inert:
                for key in self._reached([excipient.id]):
                    reaches.setdefault(key, Reach(Evidence.POSSIBLE))
        unknown = not product.excipients_complete
        return self._remembered(
            "product",
            Allergy(product.id, product.name, reaches=reaches, culprit_unknown=unknown),
        )

    def _remembered(self, kind: str, allergy: Allergy) -> Allergy:
        """One object an allergy, so that what rules answered for it is found again."""
        return self._made.setdefault((kind, allergy.id or ""), allergy)

    def _reached(self, named: Iterable[str], classes: Iterable[str] = ()) -> dict[str, Reach]:
        """What an allergy to the substances `named`, and to `classes` as such, reaches."""
        named = tuple(named)
        reaches = {key: Reach(None) for key in named}
        groups = {g: None for key in reaches for g in self._tables.substances[key].groups}
        for group in groups:
            table = self._tables.groups[group]
            self._add(reaches, group, Reach(table.evidence, cited(table)))
        allergens = {*named, *groups, *classes}
        for group, table in self._tables.groups.items():
            for source in table.reached_from:
                if source.allergen in allergens:
                    self._add(reaches, group, Reach(source.evidence, cited(source)))
        return reaches

    def _add(self, reaches: dict[str, Reach], group: str, found: Reach) -> None:
        """Add the members of a group; of two reasons the stronger stays."""
        for key in self._members[group]:
            known = reaches.get(key)
            if known is None or _STRENGTH[found.evidence] > _STRENGTH[known.evidence]:
                reaches[key] = found


_STRENGTH: Final = {None: 2, Evidence.LABEL: 1, Evidence.POSSIBLE: 0}
