"""Made-up formularies of any size, and made-up requests.

`formulary(n)` writes a data file of n products to a temporary folder and loads it; for nine it is
the formulary that ships with mesomix. The same arguments give the same bytes.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final
from zlib import crc32

import tomli
from synthetic_tables import CHECKED, Table, Tables, Value, made_up, sourced, written

import mesomix
from mesomix.formulary.files import shipped_folder

SHIPPED: Final = 9

FACTS: Final = (
    "pregnancy",
    "breastfeeding",
    "skin-infection",
    "skin-disease",
    "infectious-disease",
    "autoimmune-flare",
    "cancer-treatment",
    "corticosteroid-treatment",
    "coagulation-disorder",
    "anticoagulant",
)
"""The ten questions of a request: all that a rule of its own speaks of, and one more."""


@dataclass(frozen=True, slots=True)
class Request:
    """A mixture and a patient, in names. No tuple of allergies is "not asked"."""

    products: tuple[str, ...]
    allergies: tuple[str, ...] | None = ()
    facts: dict[str, bool] = field(default_factory=dict)


@cache
def formulary(n: int, seed: int = 0) -> mesomix.Formulary:
    """A formulary of `n` products; that of mesomix for nine."""
    return mesomix.load() if n == SHIPPED else _loaded(made_up(n, seed))


@cache
def edited(n: int, changed: int = 10, seed: int = 0) -> mesomix.Formulary:
    """The same formulary in which so many products hold something else, or are told otherwise.

    What is changed stands at their substances; of nine products as many as there are change.
    """
    if n == SHIPPED:
        return _loaded(_shipped_edited(changed))
    tables = made_up(n, seed)
    group = next(key for key in tables if key.startswith("groups.")).removeprefix("groups.")
    for number, header in enumerate(_changed(tables, changed)):
        _change(tables[header], number, group)
    return _loaded(tables)


def requests(
    found: mesomix.Formulary, count: int, *, seed: int = 0, products: int = 3, allergies: int = 2
) -> list[Request]:
    """Requests about `found`: of so many names and allergies each, and of ten facts."""
    random = Random(seed)  # noqa: S311 (nothing here is secret)
    products_of = (found.products, found.specialties)
    names = [product.name.en for known in products_of for product in known.values()]
    everything = allergens(found)
    return [
        Request(
            tuple(random.sample(names, products)),
            tuple(random.sample(everything, allergies)),
            {condition: random.random() < 0.06 for condition in FACTS},
        )
        for _ in range(count)
    ]


def allergens(found: mesomix.Formulary) -> list[str]:
    """What somebody may be allergic to: half of them groups and excipients, half substances."""
    everywhere = ["sulfites", "parabens", "benzyl alcohol", "aspirin", "procaine", "latex"]
    active = {s.name.en: s for p in found.products.values() for s in p.substances}
    groups = {
        group.name.en: None for s in active.values() for group in s.repeated_groups
    }  # those that the formulary has members of
    some = list(active)[: len(groups) + len(everywhere)]
    return [*dict.fromkeys([*everywhere, *groups, *some])]


def _alone(tables: Tables) -> list[str]:
    """The headers of the substances that one product holds, with no other, far from each other."""
    held: Counter[str] = Counter()
    lone: list[str] = []
    for header, table in tables.items():
        if header.startswith("products.") and isinstance(table.get("substances"), list):
            active = [str(key) for key in table["substances"]]
            held.update(active)
            lone += active if len(active) == 1 else []
    found = [f"substances.{key}" for key in lone if held[key] == 1]
    return sorted(found, key=lambda header: crc32(header.encode()))


def _changed(tables: Tables, changed: int) -> list[str]:
    """The substances to change; of a third of them nobody has looked the label up."""
    alone = _alone(tables)
    unread = [header for header in alone if "contraindications" not in tables[header]]
    unread = unread[: changed // 3]
    return [*unread, *[header for header in alone if header not in unread]][:changed]


def _change(table: Table, number: int, group: str) -> None:
    """Change what is said of a substance: stricter where it was mild, and milder where not."""
    kind = ("contraindications", "groups", "mixing_forbidden")[number % 3]
    if "contraindications" not in table:
        table["contraindications"] = list[Value]()
    elif table.pop(kind, None):
        return  # it has no group any more, or nobody has looked its label up
    elif kind == "groups":
        table[kind] = [group]
    elif kind == "contraindications":
        table[kind] = [sourced(condition="pregnancy", severity="refuse")]
    else:
        table[kind] = sourced()


def _shipped_edited(changed: int) -> Tables:
    """The shipped products: every other holds lidocaine too, the others have a forbidden route."""
    read = tomli.loads((shipped_folder() / "products.toml").read_text(encoding="utf-8"))
    tables: Tables = {}
    for number, (key, table) in enumerate(read["products"].items()):
        if number < changed and number % 2:
            table["substances"] = [*table["substances"], "lidocaine"]
        elif number < changed:
            for specialty in table["specialties"].values():
                forbidden = {"route": "subcutaneous", "source": "bdpm", "checked": CHECKED}
                specialty["forbidden_routes"] = [forbidden]
        tables[f"products.{key}"] = table
    return tables


def _loaded(tables: Tables) -> mesomix.Formulary:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "formulary.toml"
        path.write_text("\n".join(written(tables)), encoding="utf-8")
        return mesomix.load(path)
