"""From the tables of the data files to the objects that rules look at."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mesomix.evidence import Citation, Reference, Text
from mesomix.model import (
    Amount,
    Condition,
    Contraindication,
    ForbiddenRoute,
    Group,
    MaximumDose,
    Product,
    ReportedHarm,
    Specialty,
    Substance,
)
from mesomix.quantity import Quantity
from mesomix.request import Edition
from mesomix.vocabulary import MarketState, Severity

if TYPE_CHECKING:
    from mesomix.formulary.schema import (
        DataFile,
        ProductTable,
        Sourced,
        SpecialtyTable,
        SubstanceTable,
    )


@dataclass(frozen=True, slots=True)
class Linked:
    """The data of a formulary, with every id replaced by what it names."""

    edition: Edition
    substances: "Substances"
    products: Mapping[str, Product]
    """By id: those that `[products]` lists, each in an unknown specialty."""
    specialties: Mapping[str, Product]
    """By id: each specialty as the product that it is."""


class Substances(Mapping[str, Substance]):
    """The substances of the data by id, each made when it is first asked for, and once.

    Most are known by name only, and are never asked for: the loading does not wait for them.
    """

    def __init__(
        self,
        tables: "DataFile",
        repeated: Mapping[str, Group],
        conditions: Mapping[str, Condition],
    ) -> None:
        self._tables = tables.substances
        self._repeated = repeated
        self._conditions = conditions
        self._made: dict[str, Substance] = {}

    def __iter__(self) -> Iterator[str]:
        """The ids of all of them."""
        return iter(self._tables)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._tables)

    def __getitem__(self, key: str) -> Substance:
        """The substance of that id; KeyError when there is none."""
        made = self._made.get(key)
        if made is None:
            made = _substance(key, self._tables[key], self._repeated, self._conditions)
            made = self._made.setdefault(key, made)
        return made

    def __contains__(self, key: object) -> bool:
        """Whether there is a substance of that id."""
        return key in self._tables


def link(tables: "DataFile", sha256: str, bdpm: str | None = None) -> Linked:
    """The objects of `tables`, which are all files as one and in which every id names something.

    The digests are those of their bytes, and of the files of BDPM where they are read beside.
    """
    groups = {key: Group(key, Text(g.fr, g.en), cited(g)) for key, g in tables.groups.items()}
    repeated = {key: groups[key] for key, g in tables.groups.items() if g.repeated}
    edition = Edition(
        version=tables.version,
        sha256=sha256,
        bdpm=bdpm,
        conditions=_conditions(tables),
        groups=groups,
        references={
            key: Reference(key, r.title, r.author, r.date, r.url)
            for key, r in tables.references.items()
        },
    )
    substances = Substances(tables, repeated, edition.conditions)
    products: dict[str, Product] = {}
    specialties: dict[str, Product] = {}
    for key, table in tables.products.items():
        known = {s: _specialty(s, t, substances) for s, t in table.specialties.items()}
        products[key] = _product(key, table, substances, tuple(known.values()), edition.references)
        for identifier, specialty in known.items():
            specialties[identifier] = as_specified(products[key], (specialty,), identifier)
    return Linked(edition, substances, products, specialties)


def cited(fact: "Sourced") -> Citation:
    """The citation of a fact's source."""
    return Citation(fact.source, fact.place, fact.quote)


def as_specified(product: Product, meant: tuple[Specialty, ...], identifier: str) -> Product:
    """`product` when its name means one of the specialties `meant`, such as those of a brand."""
    only = meant[0] if len(meant) == 1 else None
    return Product(
        id=identifier,
        name=Text.same(short_name(only.name) if only else meant[0].brand),
        substances=product.substances,
        effects=product.effects,
        specialties=meant,
        specified=True,
        citation=product.citation,
        references=product.references,
    )


def of_unknown_specialty(product: Product) -> Product:
    """`product`, when it is not sure which of its specialties is meant, or whether one is."""
    return replace(product, specified=False)


def short_name(name: str) -> str:
    """The name of a specialty without its form: "MIOREL 4 mg/2 ml, solution injectable"."""
    return name.partition(", ")[0]  # the comma of "0,8 POUR CENT" is another


def in_use(specialties: Iterable[Specialty]) -> tuple[Specialty, ...]:
    """Those that are still registered, or all when none is (docs/house-rules.md, H4)."""
    everything = tuple(specialties)
    registered = tuple(s for s in everything if s.market is not MarketState.WITHDRAWN)
    return registered or everything


def _conditions(tables: "DataFile") -> dict[str, Condition]:
    return {
        key: Condition(
            id=key,
            name=Text(table.fr, table.en),
            implied=_implied(tables, table.implies) - {key},
            younger_than_months=table.younger_than_months,
        )
        for key, table in tables.conditions.items()
    }


def _implied(tables: "DataFile", steps: Iterable[str]) -> frozenset[str]:
    """All that follows from `steps`, through any number of conditions."""
    found: set[str] = set()
    left = list(steps)
    while left:
        step = left.pop()
        if step not in found:
            found.add(step)
            left += tables.conditions[step].implies
    return frozenset(found)


def joined(names: Iterable[Text]) -> Text:
    """The names of several substances as one."""
    known = tuple(names)
    return Text(" + ".join(name.fr for name in known), " + ".join(name.en for name in known))


def _substance(
    key: str,
    table: "SubstanceTable",
    repeated: Mapping[str, Group],
    conditions: Mapping[str, Condition],
) -> Substance:
    looked_up = table.contraindications
    return Substance(
        id=key,
        name=Text(table.fr or table.en, table.en),
        groups=frozenset(table.groups),
        inert=table.inert,
        contraindications=None
        if looked_up is None
        else tuple(
            Contraindication(
                c.condition, conditions[c.condition].name, Severity(c.severity), cited(c)
            )
            for c in looked_up
        ),
        mixing_forbidden=cited(table.mixing_forbidden) if table.mixing_forbidden else None,
        reported_harms=tuple(
            ReportedHarm(h.other, Text(h.fr, h.en), cited(h)) for h in table.reported_harms
        ),
        repeated_groups=tuple(repeated[g] for g in table.groups if g in repeated),
        maximum_doses=None
        if table.maximum_doses is None
        else tuple(
            MaximumDose(
                Quantity.read(m.amount), m.per, m.routes, cited(m), _text(m.fr, m.en), m.usual
            )
            for m in table.maximum_doses
        ),
    )


def _specialty(key: str, table: "SpecialtyTable", substances: Substances) -> Specialty:
    listed = table.excipients
    return Specialty(
        id=key,
        name=table.name,
        brand=table.brand,
        strength=table.strength,
        form=table.form,
        routes=frozenset(table.routes),
        market=table.marketing.state,
        market_since=table.marketing.since,
        market_citation=cited(table.marketing),
        citation=cited(table),
        cis=table.cis,
        excipients=tuple(substances[e] for e in listed.present) if listed else (),
        possible_excipients=tuple(substances[e] for e in listed.possible) if listed else (),
        excipients_complete=listed is not None and listed.complete,
        excipients_citation=cited(listed) if listed else None,
        forbidden_routes=tuple(ForbiddenRoute(f.route, cited(f)) for f in table.forbidden_routes),
        amounts=tuple(
            Amount(
                substance=substances[a.substance],
                amount=Quantity.read(a.amount),
                volume=Quantity.read(a.volume) if a.volume else None,
                citation=cited(a),
                counted=_text(a.fr, a.en),
                part=a.part,
            )
            for a in table.amounts
        ),
        containers=tuple(map(Quantity.read, table.containers)),
    )


def _text(fr: str | None, en: str | None) -> Text | None:
    """A text of which one language may stand for both; None where there is none."""
    said = fr or en
    return Text(fr or said, en or said) if said else None


def _product(
    key: str,
    table: "ProductTable",
    substances: Substances,
    specialties: tuple[Specialty, ...],
    references: Mapping[str, Reference],
) -> Product:
    return Product(
        id=key,
        name=Text(table.fr, table.en),
        substances=tuple(substances[s] for s in table.substances),
        effects=frozenset(table.effects),
        specialties=specialties,
        citation=cited(table),
        references=references,
    )
