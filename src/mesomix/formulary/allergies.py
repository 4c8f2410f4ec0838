"""What a declared allergy reaches: the substances that it names, and those of its groups."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from mesomix.evidence import Evidence, Text
from mesomix.formulary.linking import Linked, cited
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
        self._made: dict[str, Allergy] = {}
        self._members: dict[str, list[str]] = {group: [] for group in tables.groups}
        for key, substance in tables.substances.items():
            for group in substance.groups:
                self._members[group].append(key)

    def to_group(self, group: str) -> Allergy:
        """An allergy to a whole class: it names every member."""
        table = self._tables.groups[group]
        return self._remembered(
            Allergy(group, Text(table.fr, table.en), reaches=self._reached(group, ()))
        )

    def to_substances(self, substances: Iterable[str]) -> Allergy:
        """An allergy to a substance, or to the substances of a combination."""
        ids = sorted(substances)
        reaches: dict[str, Reach] = {}
        for substance in ids:
            groups = self._tables.substances[substance].groups
            _add(reaches, self._reached(substance, groups).items())
        name = self._linked.substances[ids[0]].name
        if len(ids) > 1:
            names = [self._linked.substances[key].name for key in ids]
            name = Text(" + ".join(n.fr for n in names), " + ".join(n.en for n in names))
        return self._remembered(Allergy("+".join(ids), name, reaches=reaches))

    def to_product(self, product: Product) -> Allergy:
        """An allergy to a specialty: to its substances, and perhaps to one of its excipients."""
        named = self.to_substances(substance.id for substance in product.substances)
        if not product.specified:
            return named
        reaches = dict(named.reaches)
        for excipient in (*product.excipients, *product.possible_excipients):
            # Water and salt are in no group: nobody is allergic to them.
            for key in self._reached(excipient.id, excipient.groups) if excipient.groups else ():
                reaches.setdefault(key, Reach(Evidence.POSSIBLE))
        return self._remembered(
            Allergy(
                product.id,
                product.name,
                reaches=reaches,
                culprit_unknown=not product.excipients_complete,
            )
        )

    def _remembered(self, allergy: Allergy) -> Allergy:
        """One object an allergy, so that what rules answered for it is found again."""
        assert allergy.id is not None  # noqa: S101
        return self._made.setdefault(allergy.id, allergy)

    def _reached(self, named: str, groups: Iterable[str]) -> dict[str, Reach]:
        """What an allergy to `named`, a substance of `groups` or a group itself, reaches."""
        reaches: dict[str, Reach] = {}
        own = {named, *groups}
        direct = self._members.get(named, [named])
        _add(reaches, ((key, Reach(None)) for key in direct))
        for group in groups:
            table = self._tables.groups[group]
            found = Reach(table.evidence, cited(table))
            _add(reaches, ((key, found) for key in self._members[group]))
        for group, table in self._tables.groups.items():
            for source in table.reached_from:
                if source.allergen in own:
                    found = Reach(source.evidence, cited(source))
                    _add(reaches, ((key, found) for key in self._members[group]))
        return reaches


_STRENGTH: Final = {None: 2, Evidence.LABEL: 1, Evidence.POSSIBLE: 0}


def _add(reaches: dict[str, Reach], found: Iterable[tuple[str, Reach]]) -> None:
    """Add what was found; of two reasons the stronger stays."""
    for key, reach in found:
        known = reaches.get(key)
        if known is None or _STRENGTH[reach.evidence] > _STRENGTH[known.evidence]:
            reaches[key] = reach
