"""The names of a formulary, folded, and the ids that they name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mesomix.evidence import Text
from mesomix.formulary.linking import Linked, as_specified, in_use, short_name
from mesomix.formulary.paths import Path, key_of
from mesomix.model import Product
from mesomix.names import LONGEST_NAME, NameKey, fold_all, shortened, words
from mesomix.vocabulary import MatchedBy

if TYPE_CHECKING:
    from mesomix.formulary.schema import DataFile, SpecialtyTable

Name = tuple[str, str, MatchedBy]
"""A name as it stands in the data, the id that it names, and what kind of name it is."""

Names = dict[NameKey, Name]


@dataclass(frozen=True, slots=True)
class Clash:
    """A name that means two things, or that is none."""

    path: Path
    """The two steps to the table that claims it second: `("products", "miorel")`."""
    name: str
    other: Path | None
    """The steps to the table that has it already; None when the name has no letter and no digit."""

    @property
    def problem(self) -> str:
        """What is wrong, in one sentence."""
        if len(self.name) > LONGEST_NAME:
            start = shortened(self.name)
            return f"the name {start!r} has more than {LONGEST_NAME} characters: no name has"
        if self.other is None:
            return f"the name {self.name!r} holds no letter and no digit"
        return f"the name {self.name!r} is claimed by {key_of(self.other)} as well"


@dataclass(slots=True)
class Index:
    """What each folded name means, by the kind of thing that it names."""

    products: Names
    """The ids of products, specialties and brands."""
    substances: Names
    groups: Names
    conditions: Names
    brands: dict[str, Product] = field(default_factory=dict)
    """The products that a name of several specialties means, by their ids."""
    past: dict[str, Product] = field(default_factory=dict)
    """What names meant before a specialty of theirs was withdrawn, as they stand in the data."""
    owners: dict[str, str] = field(default_factory=dict)
    """The ids of the products of which products, specialties and brands are."""
    combinations: dict[NameKey, list[str]] = field(default_factory=dict)
    """The brands that several substances have, with the ids of these."""
    clashes: list[Clash] = field(default_factory=list)


def index_names(tables: "DataFile", linked: Linked) -> Index:
    """The index of all names of a formulary, with the clashes between them."""
    substances: list[Name] = []
    for key, table in tables.substances.items():
        substances += _names(key, table.fr, table.en, table.names)
        substances += [(brand, key, MatchedBy.BRAND) for brand in table.brands]
    index = Index({}, {}, {}, {})
    for folded, name, other in _entered(index.substances, substances):
        if name[2] is MatchedBy.BRAND is other[2]:
            index.combinations.setdefault(folded, [other[1]]).append(name[1])
        else:
            _clash(index, ("substances", name[1]), name[0], ("substances", other[1]))
    products: list[Name] = []
    for key, product in tables.products.items():
        products += _names(key, product.fr, product.en, product.names)
        index.owners.update(dict.fromkeys((key, *product.specialties), key))
    # A product that is named like its specialty means that one: more is known of it.
    claims = _specialty_claims(index, tables, linked)
    for _, name, other in _entered(index.products, claims + products):
        owner, other_owner = index.owners[name[1]], index.owners[other[1]]
        if owner != other_owner:
            _clash(index, ("products", owner), name[0], ("products", other_owner))
    _check_against_substances(index, linked)
    for section, found in (("groups", index.groups), ("conditions", index.conditions)):
        listed = [
            name
            for key, table in getattr(tables, section).items()
            for name in _names(key, table.fr, table.en, table.names)
        ]
        for _, name, other in _entered(found, listed):
            _clash(index, (section, name[1]), name[0], (section, other[1]))
    _check_groups(index, tables, linked)
    _check_that_names_are_names(index)
    return index


def _names(key: str, fr: str | None, en: str, others: Iterable[str]) -> list[Name]:
    """The names of a table; the names proper first."""
    names = [(en, key, MatchedBy.EXACT)]
    if fr and fr != en:
        names.insert(0, (fr, key, MatchedBy.EXACT))
    if key != en.replace(" ", "-"):
        names.append((key, key, MatchedBy.EXACT))
    names += [(name, key, MatchedBy.SYNONYM) for name in others]
    return names


def _entered(found: Names, names: list[Name]) -> Iterator[tuple[NameKey, Name, Name]]:
    """Enter `names` into `found`; yield each that another id has, with that name."""
    for folded, name in zip(fold_all([name for name, _, _ in names]), names, strict=True):
        other = found.setdefault(folded, name)
        if other[1] != name[1]:
            yield folded, name, other


def _clash(index: Index, path: Path, name: str, other: Path) -> None:
    index.clashes.append(Clash(path, name, other))


def _specialty_claims(index: Index, tables: "DataFile", linked: Linked) -> list[Name]:
    """The names of all specialties; one that several of a product claim means any of them."""
    names = [
        (key, name)
        for key, product in tables.products.items()
        for item in product.specialties.items()
        for name in _specialty_names(*item)
    ]
    claims: dict[tuple[str, NameKey], list[Name]] = {}
    folded = fold_all([name for _, (name, _, _) in names])
    for (product, name), key in zip(names, folded, strict=True):
        claims.setdefault((product, key), []).append(name)
    return [_meant(index, linked, product, claimed) for (product, _), claimed in claims.items()]


def _meant(index: Index, linked: Linked, product: str, claimed: list[Name]) -> Name:
    """What a name means that specialties of `product` claim, each once or more."""
    original, specialty, kind = claimed[0]
    meant = dict.fromkeys([specialty for _, specialty, _ in claimed])
    if len(meant) > 1:
        everything = tuple(linked.specialties[s].specialties[0] for s in meant)
        used = in_use(everything)
        specialty = used[0].id
        if len(used) > 1:
            specialty = _free_id(index, original, product)
            index.brands[specialty] = as_specified(linked.products[product], used, specialty)
        if len(used) < len(everything):
            identifier = _free_id(index, original, product)
            index.past[original] = as_specified(linked.products[product], everything, identifier)
    return original, specialty, kind


def _free_id(index: Index, name: str, product: str) -> str:
    """An id of `product` made of `name`, which no product, specialty or brand has yet."""
    identifier = "-".join(words(name))
    while identifier in index.owners:
        identifier += "-any"
    index.owners[identifier] = product
    return identifier


def _specialty_names(key: str, table: "SpecialtyTable") -> Iterator[Name]:
    yield table.name, key, MatchedBy.SPECIALTY
    yield short_name(table.name), key, MatchedBy.SPECIALTY
    yield key, key, MatchedBy.SPECIALTY
    for name in (table.brand, *table.other_names):
        yield name, key, MatchedBy.BRAND
    for code in (table.cis, *table.cip13):
        if code:
            yield code, key, MatchedBy.CODE


def product_of(index: Index, linked: Linked, identifier: str) -> Product:
    """The product, specialty or brand of that id."""
    found = linked.products.get(identifier) or linked.specialties.get(identifier)
    return found or index.brands[identifier]


def matched_by(name: Name, written: str, meant: Text) -> MatchedBy:
    """How `written`, which folds to `name` and means what is called `meant`, was recognised."""
    original, identifier, kind = name
    if kind is MatchedBy.EXACT and written not in {original, identifier, meant.fr, meant.en}:
        return MatchedBy.FOLDED
    return kind


def _substances(index: Index, linked: Linked, identifier: str) -> set[str]:
    return {s.id for s in product_of(index, linked, identifier).substances}


def _check_groups(index: Index, tables: "DataFile", linked: Linked) -> None:
    """No substance or product may take the name of a group that it does not belong to."""
    for folded, (name, group, _) in index.groups.items():
        same = index.substances.get(folded)
        for key in {same[1], *index.combinations.get(folded, ())} if same else ():
            if group not in tables.substances[key].groups:
                _clash(index, ("substances", key), name, ("groups", group))
        product = index.products.get(folded)
        if product is not None:
            held = _substances(index, linked, product[1])
            if not any(group in tables.substances[key].groups for key in held):
                path = ("products", index.owners[product[1]])
                _clash(index, path, name, ("groups", group))


def _check_that_names_are_names(index: Index) -> None:
    for section in ("products", "substances", "groups", "conditions"):
        found: Names = getattr(index, section)
        name = found.get(NameKey(""))
        if name is not None:
            path = (section, index.owners.get(name[1], name[1]))
            index.clashes.append(Clash(path, name[0], None))


def _check_against_substances(index: Index, linked: Linked) -> None:
    """No product may take the name of a substance that it does not have."""
    for folded, (name, identifier, _) in index.products.items():
        same = index.substances.get(folded)
        if same is not None:
            meant = {same[1], *index.combinations.get(folded, ())}
            if not meant <= _substances(index, linked, identifier):
                path = ("products", index.owners[identifier])
                _clash(index, path, name, ("substances", same[1]))
