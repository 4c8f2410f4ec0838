"""Small formularies of any content, patients and rulebooks, drawn by Hypothesis.

They are data files like a clinic's own, read by `mesomix.load`: what a file may say of a product is
drawn, and nothing else.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from hypothesis import strategies as st

import mesomix
from mesomix.rule import Flags, flag, rule, unsure
from mesomix.vocabulary import Severity

CONDITIONS: Final = ("zaff", "zagg", "pregnancy", "skin-infection")
"""Two that stand in the file, of which the second implies the first, and two that ship."""
GROUPS: Final = ("zgone", "zgtwo")
SUBSTANCES: Final = ("zsa", "zsb", "zsc", "zsd", "zse", "zsf")
EXCIPIENTS: Final = ("zxa", "zxb")
PRODUCTS: Final = ("zp0", "zp1", "zp2", "zp3", "zp4", "zp5")
_SOURCED: Final = 'source = "chan"\nchecked = 2026-11-21'
_INLINE: Final = 'source = "chan", checked = 2026-11-21'
_CITES: Final = mesomix.RULES["corticosteroid"].cites


@dataclass(frozen=True)
class Drawn:
    """What is drawn of one formulary: its tables, as TOML."""

    tables: tuple[str, ...]

    def load(self) -> mesomix.Formulary:
        """The formulary that reads it."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / "drawn.toml"
            path.write_text("\n\n".join(('version = "drawn"', *self.tables)), encoding="utf-8")
            return mesomix.load(path)


ONE_PRODUCT: Final = Drawn(
    (
        '[products.zp1]\nfr = "zp1"\nen = "zp1"\nsubstances = ["lidocaine"]\neffects = []\n'
        f"{_SOURCED}",
    )
)


def _fixed() -> Iterator[str]:
    for key in CONDITIONS[:2]:
        implies = 'implies = ["zaff"]\n' if key == "zagg" else ""
        yield f'[conditions.{key}]\nfr = "{key}"\nen = "{key}"\n{implies}{_SOURCED}'
    for key, repeated in zip(GROUPS, ("true", "false"), strict=True):
        names = f'fr = "{key}"\nen = "{key}"\nevidence = "label"\nrepeated = {repeated}'
        yield f"[groups.{key}]\n{names}\n{_SOURCED}"


def _one_in(number: int) -> st.SearchStrategy[bool]:
    """True once in so many times: most mixtures are to have no objection, or one."""
    return st.sampled_from([*[False] * (number - 1), True])


@st.composite
def _substances(draw: st.DrawFn, key: str) -> str:
    group = [*GROUPS, *GROUPS, "corticosteroid"]
    groups = draw(st.lists(st.sampled_from(group), unique=True, max_size=1))
    lines = [f"[substances.{key}]", f'en = "{key}"', f"groups = {json.dumps(groups)}", _SOURCED]
    lines.append(f"inert = {json.dumps(draw(st.booleans()))}")
    if draw(_one_in(6)):
        return "\n".join(lines)  # nobody has read its label
    found = draw(
        st.lists(
            st.tuples(st.sampled_from(CONDITIONS), st.sampled_from(["refuse", "review"])),
            max_size=2,
            unique_by=lambda one: one[0],
        )
    )
    several = ", ".join(
        f'{{ condition = "{condition}", severity = "{severity}", {_INLINE} }}'
        for condition, severity in found
    )
    lines.append(f"contraindications = [{several}]")
    if draw(_one_in(6)):
        lines.append(f"mixing_forbidden = {{ {_INLINE} }}")
    harmed = draw(st.sampled_from([*GROUPS, *SUBSTANCES]))
    if harmed != key and draw(_one_in(3)):
        harm = f'{{ other = "{harmed}", fr = "z", en = "z", {_INLINE} }}'
        lines.append(f"reported_harms = [{harm}]")
    return "\n".join(lines)


@st.composite
def _products(draw: st.DrawFn, key: str) -> str:
    held = [SUBSTANCES[PRODUCTS.index(key)]]
    if draw(_one_in(5)):
        held = draw(st.lists(st.sampled_from(SUBSTANCES), min_size=1, max_size=2, unique=True))
    effects = draw(st.lists(st.sampled_from(["analgesic", "scar"]), unique=True))
    lines = [f"[products.{key}]", f'fr = "{key}"', f'en = "{key}"', _SOURCED]
    lines += [f"substances = {json.dumps(held)}", f"effects = {json.dumps(effects)}"]
    for number in range(draw(st.integers(0, 2))):
        name = f"{key}-s{number}"
        route = draw(st.sampled_from(["intradermal", "subcutaneous", "subcutaneous", "oral"]))
        lines += ["", f"[products.{key}.specialties.{name}]", f'name = "{name}"']
        lines += [f'brand = "{name}"', 'strength = "1 %"', 'form = "solution"', _SOURCED]
        lines += [f'routes = ["{route}"]', f'marketing = {{ state = "marketed", {_INLINE} }}']
        if draw(st.booleans()):
            present, possible = draw(_excipients()), draw(_excipients())
            complete = json.dumps(draw(st.booleans()))
            lists = f"present = {json.dumps(present)}, possible = {json.dumps(possible)}"
            lines.append(f"excipients = {{ {lists}, complete = {complete}, {_INLINE} }}")
        if draw(_one_in(4)):
            lines.append(f'forbidden_routes = [{{ route = "intradermal", {_INLINE} }}]')
    return "\n".join(lines)


def _excipients() -> st.SearchStrategy[list[str]]:
    several = ["zsa", *EXCIPIENTS, "sodium-chloride"]
    return st.lists(st.sampled_from(several), unique=True, max_size=2)


@st.composite
def formularies(draw: st.DrawFn, most: int = len(PRODUCTS)) -> Drawn:
    """A formulary of at most so many products."""
    tables = [*_fixed(), *[draw(_substances(key)) for key in (*SUBSTANCES, *EXCIPIENTS)]]
    keys = draw(st.permutations(PRODUCTS))[: draw(st.sampled_from(range(1, most + 1)))]
    return Drawn((*tables, *[draw(_products(key)) for key in keys]))


@st.composite
def pairs_of_formularies(draw: st.DrawFn, most: int = 5) -> tuple[Drawn, Drawn]:
    """A formulary, and the same after some of its tables were changed, added or removed."""
    old = draw(formularies(most))
    new: list[str] = []
    for table in old.tables:
        section, _, key = table.split("]", 1)[0].removeprefix("[").partition(".")
        change = draw(st.sampled_from(["none", "other", "other", "none", "none", "gone"]))
        if change == "other" and section == "substances":
            new.append(draw(_substances(key)))
        elif change == "other" and section == "products":
            new.append(draw(_products(key)))
        elif change != "gone" or section != "products":
            new.append(table)
    had = {table.split("]", 1)[0] for table in old.tables}
    more = [key for key in PRODUCTS if f"[products.{key}" not in had]
    none_left = not any(table.startswith("[products.") for table in new)
    if none_left or draw(st.booleans()):
        new += [draw(_products(key)) for key in more[:1]]
    return old, Drawn(tuple(new))


@dataclass(frozen=True)
class DrawnPatient:
    """What is told of a patient; any formulary here can read it."""

    described: bool
    allergies: tuple[str, ...] | None
    facts: Mapping[str, bool]
    nothing_else: bool

    def read(self, formulary: mesomix.Formulary) -> mesomix.Patient | None:
        """The patient, as that formulary reads them."""
        if not self.described:
            return None
        return formulary.patient(
            allergies=self.allergies, facts=self.facts, nothing_else=self.nothing_else
        )


@st.composite
def patients(draw: st.DrawFn) -> DrawnPatient:
    """A patient, or none."""
    texts = [*SUBSTANCES, *EXCIPIENTS, *GROUPS, "zsa ?", "zorgle", "pas d'allergie à zsb", "latex"]
    declared = st.just(()) | st.lists(st.sampled_from(texts), max_size=2).map(tuple)
    facts = draw(st.dictionaries(st.sampled_from(CONDITIONS), st.booleans(), max_size=2))
    if facts.get("zagg"):
        facts["zaff"] = True
    return DrawnPatient(
        described=not draw(_one_in(8)),
        allergies=draw(_one_in(8).flatmap(lambda unasked: st.none() if unasked else declared)),
        facts=facts,
        nothing_else=not draw(_one_in(6)),
    )


def _digit(product: mesomix.Product) -> int:
    return PRODUCTS.index(product.id.split("-")[0]) if product.id.startswith("zp") else 0


@rule(Severity.REFUSE, fr="z {product}", en="z {product}", cites=_CITES)
def own_product(product: mesomix.Product) -> Flags:
    """Of the products of even number it objects to some."""
    if _digit(product) % 4 == 0:
        yield flag(severity=Severity.REVIEW if product.effects else None)


@rule(Severity.REFUSE, fr="z {a} {b}", en="z {a} {b}", cites=_CITES)
def own_pair(a: mesomix.Product, b: mesomix.Product) -> Flags:
    """Of some pairs it is sure, of others it is not."""
    total = _digit(a) + _digit(b)
    if total % 4 == 3:
        yield flag()
    if total == 5:
        yield unsure()


@rule(Severity.REFUSE, fr="z", en="z", cites=_CITES)
def own_mixture(mixture: mesomix.Mixture) -> Flags:
    """It looks at whole mixtures: at three products at once, at two, and at one."""
    total = sum(map(_digit, mixture.products))
    if mixture.count == 1 and total == 3:
        yield unsure(severity=Severity.REVIEW)
    if mixture.count == 3 and total % 3 == 0:
        yield flag()
    if mixture.count == 2:
        yield unsure(severity=Severity.NOTE)
        if total == 3:
            yield unsure()


@rule(Severity.REVIEW, fr="z", en="z", cites=_CITES)
def own_size(mixture: mesomix.Mixture) -> Flags:
    """It counts, and looks at nothing else."""
    if mixture.count == 2:
        yield flag()


@rule(Severity.REVIEW, fr="z {fact}", en="z {fact}", cites=_CITES)
def own_fact(product: mesomix.Product, fact: mesomix.Fact) -> Flags:
    """It asks for a no, and a yes is a note."""
    if fact.condition.id == "zaff" and _digit(product) % 2:
        yield flag(severity=Severity.NOTE) if fact.yes("zaff") else unsure()


OWN: Final = (own_product, own_pair, own_mixture, own_size, own_fact)


@st.composite
def rulebooks(draw: st.DrawFn) -> mesomix.Rulebook:
    """The rules of mesomix, some left out, some of other severities, some of a clinic's own."""
    removed = draw(st.lists(st.sampled_from([rule.id for rule in mesomix.RULES]), max_size=2))
    other = draw(
        st.dictionaries(
            st.sampled_from([rule.id for rule in mesomix.RULES]),
            st.sampled_from(Severity),
            max_size=2,
        )
    )
    own = draw(st.lists(st.sampled_from(OWN), unique_by=lambda one: one.id))
    kept = [
        replace(one, severity=other.get(one.id, one.severity))
        for one in mesomix.RULES
        if one.id not in removed
    ]
    return mesomix.Rulebook([*kept, *own])


def any_products(formulary: mesomix.Formulary) -> list[mesomix.Product]:
    """Its products and its specialties, which a mixture may hold as well."""
    return [*formulary.products.values(), *formulary.specialties.values()]
