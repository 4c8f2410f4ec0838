"""The specialties of BDPM as products: what a formulary does not have, and France does."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from mesomix.bdpm import Bdpm, BdpmSpecialty, BdpmSubstance
from mesomix.bdpm.contents import Content, Contents, contents_of
from mesomix.bdpm.names import brands, short_name
from mesomix.evidence import Citation, Text
from mesomix.formulary.index import Index, Name
from mesomix.formulary.linking import Linked
from mesomix.model import Amount, Product, Specialty, Substance
from mesomix.names import NameKey, fold, key_of_words, names_within, words
from mesomix.vocabulary import MarketState, Route

if TYPE_CHECKING:
    from mesomix.formulary.schema import DataFile

_ROUTES = {route.text.fr: route for route in Route}
_REFERENCE = "bdpm"


class Market:
    """Products made of BDPM's specialties, in the substances of one formulary."""

    def __init__(self, bdpm: Bdpm, tables: "DataFile", linked: Linked, index: Index) -> None:
        self._bdpm = bdpm
        self._linked = linked
        self._index = index
        self._by_code = {
            code: linked.substances[key]
            for key, table in tables.substances.items()
            for code in table.bdpm_codes
        }
        self._by_cis = {
            product.specialties[0].cis: product for product in linked.specialties.values()
        }
        self._unknown: dict[str, Substance] = {}
        self._rows: dict[tuple[str, str], tuple[Substance, ...]] = {}
        self._made: dict[NameKey, tuple[Name, Product]] = {}

    @property
    def names(self) -> Mapping[NameKey, tuple[str, ...]]:
        """The folded names of all specialties."""
        return self._bdpm.names()

    def product(self, key: NameKey) -> tuple[Name, Product] | None:
        """The product that a folded name of BDPM means, with that name; None when it is none."""
        made = self._made.get(key)
        if made is None and key in self.names:
            made = self._made.setdefault(key, self._product(key))
        return made

    def _product(self, key: NameKey) -> tuple[Name, Product]:
        meant = [self._bdpm.specialties[cis] for cis in self.names[key]]
        kind = self._bdpm.kinds()[key]
        only = meant[0] if len(meant) == 1 else None
        if only is not None and only.cis in self._by_cis:  # the formulary knows more of it
            product = self._by_cis[only.cis]
            return (only.name, product.id, kind), product
        held = [dict.fromkeys(self._substances(specialty)) for specialty in meant]
        everything = dict.fromkeys(substance for one in held for substance in one)
        everything.update(dict.fromkeys(self._by_lexicon(key)))
        certain = {s: None for s in everything if all(s in one for one in held)}
        name = short_name(meant[0].name)
        if not only:
            name = next((brand for brand in brands(name) if fold(brand) == key), name)
        product = Product(
            id=f"cis-{only.cis}" if only else f"bdpm-{key}",
            name=Text.same(name),
            substances=tuple(certain),
            specialties=tuple(map(self._specialty, meant)),
            specified=True,
            in_formulary=False,
            composition_read=all(specialty.composition_complete for specialty in meant),
            possible_substances=tuple(s for s in everything if s not in certain),
        )
        return (name, product.id, kind), product

    def is_known(self, product: Product) -> bool:
        """Whether the data has every substance of `product`, and BDPM its whole composition."""
        substances = (*product.substances, *product.possible_substances)
        return product.composition_read and all(
            substance.id in self._linked.substances for substance in substances
        )

    def _specialty(self, found: BdpmSpecialty) -> Specialty:
        """A specialty; one that may be injected with how much it holds."""
        specialty = _specialty(found)
        if not specialty.injectable:
            return specialty
        contents = contents_of(found)
        amounts = tuple(self._amounts(contents, specialty.citation))
        return replace(specialty, amounts=amounts, containers=contents.containers)

    def _amounts(self, contents: Contents, citation: Citation) -> Iterator[Amount]:
        """The amounts of the substances, of those that are certain."""
        held: dict[Substance, list[tuple[BdpmSubstance, Content | None]]] = {}
        for row, content in contents.rows:
            substances = dict.fromkeys(self._substance(row.code, row.name))
            for substance in substances:
                told = content if len(substances) == 1 else None  # how much of which is not told
                held.setdefault(substance, []).append((row, told))
        for substance, rows in held.items():
            content = _certain(rows)
            if content is not None:
                name = content.row.name
                own = fold(name) == fold(substance.name.fr)
                counted = None if own else Text.same(name.lower())
                yield Amount(substance, content.amount, content.volume, citation, counted)

    def _by_lexicon(self, key: NameKey) -> Iterator[Substance]:
        """What the data says of a brand: an older formula may have held what it no longer does."""
        name = self._index.substances.get(key)
        if name is not None:
            for identifier in {name[1], *self._index.combinations.get(key, ())}:
                yield self._linked.substances[identifier]

    def _substances(self, specialty: BdpmSpecialty) -> list[Substance]:
        """The active substances, each once: a salt and its base are one where the data says so."""
        found = [s for row in specialty.composition for s in self._substance(row.code, row.name)]
        if not specialty.composition_complete:
            found += self._named_in(specialty.name)
        return [*dict.fromkeys(found)]

    def _substance(self, code: str, name: str) -> tuple[Substance, ...]:
        """What a row of a composition names; many rows are alike, and each is read once."""
        found = self._rows.get((code, name))
        if found is None:
            found = self._rows[code, name] = tuple(self._read(code, name))
        return found

    def _read(self, code: str, name: str) -> Iterable[Substance]:
        known = self._by_code.get(code)
        named = self._named_in(name)
        if known is not None:  # a code does not clear what the name tells of
            return [known, *(s for s in named if s.is_or_belongs_to("corticosteroid"))]
        if named:  # a code that is newer than the data
            return named
        unknown = Substance(f"bdpm-{code}", Text.same(name.lower()))
        return [self._unknown.setdefault(code, unknown)]

    def _named_in(self, text: str) -> list[Substance]:
        """The substances of the data that `text` names."""
        parts = words(text)
        known = self._index.substances
        found = [
            known[key_of_words(parts[first:last])] for first, last in names_within(parts, known)
        ]
        return [self._linked.substances[identifier] for _, identifier, _ in found]


def _certain(rows: list[tuple[BdpmSubstance, Content | None]]) -> Content | None:
    """How much of a substance its rows tell: of a salt and its base, the one that the name tells.

    Two salts of one substance are not added: nobody says whether they may be.
    """
    told = [content for row, content in rows if row.strength]
    known = [content for content in told if content is not None]
    if len(known) < len(told) or len({row.link for row, _ in rows}) > 1:
        return None
    if len(known) > 1:
        known = [content for content in known if content.named]
    strengths = {(content.amount, content.volume) for content in known}
    return known[0] if len(strengths) == 1 else None


def _specialty(found: BdpmSpecialty) -> Specialty:
    citation = Citation(_REFERENCE, f"CIS {found.cis}")
    routes = [_ROUTES.get(route) for route in found.routes]
    return Specialty(
        id=f"cis-{found.cis}",
        name=found.name,
        brand=short_name(found.name),
        strength="; ".join(dict.fromkeys(row.strength for row in found.composition)),
        form=found.form,
        # A route that nobody knows may be an injection: then none is known.
        routes=frozenset() if None in routes else frozenset(filter(None, routes)),
        market=_market_state(found),
        market_since=None,
        market_citation=citation,
        citation=citation,
        cis=found.cis,
    )


def _market_state(found: BdpmSpecialty) -> MarketState:
    """Whether it can be had; what BDPM does not say clearly is no longer sold."""
    if fold(found.authorisation) != "autorisationactive":
        return MarketState.WITHDRAWN
    sold = fold(found.marketing) == "commercialisee"
    return MarketState.MARKETED if sold else MarketState.STOPPED
