"""What a declared allergy reaches: the substances that it names, and those of its groups."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mesomix.evidence import Evidence
from mesomix.formulary.linking import Linked, cited, joined
from mesomix.model import Allergy, Product, Reach
from mesomix.vocabulary import AllergyState

if TYPE_CHECKING:
    from mesomix.formulary.schema import DataFile


class Allergies:
    """The allergies that the data of one formulary knows, each made once."""

    def __init__(self, tables: "DataFile", linked: Linked) -> None:
        self._tables = tables
        self._linked = linked
        self._made: dict[tuple[str, object], Allergy] = {}
        self._members: dict[str, list[str]] = {group: [] for group in tables.groups}
        for key, substance in tables.substances.items():
            for group in substance.groups:
                self._members[group].append(key)

    def to_group(self, group: str) -> Allergy:
        """An allergy to a whole class: it names every member, and reaches what each does."""
        return self._remembered(
            ("group", group),
            lambda: Allergy(
                group,
                self._linked.edition.groups[group].name,
                reaches=self._reached(self._members[group], {group}),
                outside_composition=self._tables.groups[group].outside_composition,
            ),
        )

    def to_substances(self, substances: Iterable[str]) -> Allergy:
        """An allergy to a substance, or to the substances of a combination."""
        return self._to_names(("substances",), substances, by_brand=False)

    def to_brand(self, substances: Iterable[str], sold: Product | None) -> Allergy:
        """An allergy to a brand of `substances`, which holds what BDPM says of it as well.

        It may be one to an excipient, and nobody has read which there are.
        """
        if sold is None:
            return self._to_names(("brand",), substances, by_brand=True)
        held = {substance.id for substance in (*sold.substances, *sold.possible_substances)}
        return self._to_names(("brand", sold.id), {*substances, *held}, by_brand=True)

    def _to_names(
        self, kind: tuple[str, ...], substances: Iterable[str], *, by_brand: bool
    ) -> Allergy:
        ids = sorted(substances)
        groups = [
            self._tables.groups[g] for key in ids for g in self._tables.substances[key].groups
        ]
        return self._remembered(
            ("/".join(kind), "+".join(ids)),
            lambda: Allergy(
                "+".join(ids),
                joined(self._linked.substances[key].name for key in ids),
                reaches=self._reached(ids),
                culprit_unknown=by_brand,
                outside_composition=any(group.outside_composition for group in groups),
            ),
        )

    def to_product(self, product: Product) -> Allergy:
        """An allergy to a specialty: to its substances, and perhaps to one of its excipients."""
        substances = [substance.id for substance in product.substances]
        if not product.specified:
            return self.to_substances(substances)

        def made() -> Allergy:
            reaches = self._reached(substances)
            excipients = (*product.excipients, *product.possible_excipients)
            for held in (*product.possible_substances, *excipients):
                if not held.inert:
                    for key in self._reached([held.id]):
                        reaches.setdefault(key, Reach(Evidence.POSSIBLE))
            unknown = not product.excipients_complete
            return Allergy(product.id, product.name, reaches=reaches, culprit_unknown=unknown)

        return self._remembered(("product", product.id), made)

    def in_state(self, allergy: Allergy, state: AllergyState) -> Allergy:
        """The same allergy, declared with a doubt, or denied."""
        if allergy.state is state:
            return allergy
        return self._remembered((state.value, allergy), lambda: replace(allergy, state=state))

    def _remembered(self, key: tuple[str, object], make: Callable[[], Allergy]) -> Allergy:
        """One object an allergy, so that what rules answered for it is found again."""
        found = self._made.get(key)
        return self._made.setdefault(key, make()) if found is None else found

    def _reached(self, named: Iterable[str], classes: Iterable[str] = ()) -> dict[str, Reach]:
        """What an allergy to the substances `named`, and to `classes` as such, reaches."""
        named = tuple(named)
        reaches = {key: Reach(None) for key in named}
        known = self._tables.substances  # BDPM has substances that the data does not
        groups = {g: None for key in reaches if key in known for g in known[key].groups}
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
