"""The tables of a made-up data file: products, substances, groups. Nothing means a real thing."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from random import Random
from typing import Final

import mesomix

CHECKED: Final = date(2026, 11, 21)
SOURCE: Final = "made-up-leaflet"

_SYLLABLES: Final = tuple(c + v for c in "bdfglmnprtvz" for v in "aeiou")
_EFFECTS: Final = tuple(effect.value for effect in mesomix.Effect)
_EXCIPIENTS: Final = (
    "sodium-hydroxide",
    "hydrochloric-acid",
    "benzyl-alcohol",
    "sodium-metabisulfite",
    "methyl-parahydroxybenzoate",
    "propylene-glycol",
    "ethanol",
    "polyoxyl-castor-oil",
)
_GROUPS: Final = 40
_LARGE_GROUP: Final = 0.05
"""Of all substances are in the first group."""

Value = str | bool | int | date | Sequence["Value"] | Mapping[str, "Value"]
Table = dict[str, Value]
Tables = dict[str, Table]
"""The tables of a data file by their headers, in order."""


def written(tables: Tables) -> Iterator[str]:
    yield 'version = "synthetic"\n'
    for header, table in tables.items():
        yield f"[{header}]"
        for key, value in table.items():
            yield f"{key} = {_inline(value)}"
        yield ""


def _inline(value: Value) -> str:
    """A TOML value on one line."""
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{key} = {_inline(one)}' for key, one in value.items())} }}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(_inline, value))}]"
    return json.dumps(value, ensure_ascii=False)


def sourced(**values: Value) -> Table:
    return {**values, "source": SOURCE, "checked": CHECKED}


def _word(number: int, ending: str) -> str:
    """A word that means nothing, another for each number: four syllables and an ending."""
    number = number * 7919 + 13_579  # neighbours are not to look alike
    syllables: list[str] = []
    for _ in range(4):
        number, syllable = divmod(number, len(_SYLLABLES))
        syllables.append(_SYLLABLES[syllable])
    return "".join(syllables) + ending


def made_up(n: int, seed: int) -> Tables:
    """The tables of `n` products of some 0.8 n substances."""
    random = Random(f"{seed} {n}")  # noqa: S311 (as above)
    held = max(3, round(n * 0.8))
    tables: Tables = {f"references.{SOURCE}": {"title": "Made up", "checked": CHECKED}}
    groups = [_word(number, "ines") for number in range(min(_GROUPS, max(2, n // 5)))]
    for number, group in enumerate(groups):
        tables[f"groups.{group}"] = sourced(
            fr=f"{group} apparentées",
            en=f"{group} class",
            evidence="label" if number % 3 == 0 else "possible",
            repeated=True,
        )
    substances = [_word(number, "il") for number in range(held)]
    conditions = [*mesomix.load().conditions]
    for number, key in enumerate(substances):
        tables[f"substances.{key}"] = _substance(random, number, substances, groups, conditions)
    for number in range(n):
        # Each substance once first, and then again under other brands.
        active = [substances[number] if number < held else random.choice(substances)]
        if random.random() < 0.1:
            active += [s for s in [random.choice(substances)] if s not in active]
        tables.update(_product(random, number, active))
    return tables


def _substance(
    random: Random, number: int, substances: list[str], groups: list[str], conditions: list[str]
) -> Table:
    """One substance, named for its place in `substances`; some things are rare, as they are."""
    name = substances[number]
    table = sourced(en=name, fr=f"{name}e", groups=_groups_of(random, groups))
    if random.random() < 0.97:  # of the others nobody has looked the label up
        # The first conditions are the common ones.
        spoken = {int(len(conditions) * random.random() ** 2) for _ in range(random.randint(0, 5))}
        table["contraindications"] = [
            sourced(condition=conditions[c], severity=random.choice(("refuse", "review")))
            for c in sorted(spoken)
        ]
    if number % 211 == 17:
        table["groups"] = ["corticosteroid"]
    if random.random() < 0.01:
        table["mixing_forbidden"] = sourced()
    if random.random() < 0.02:
        other = random.choice(groups if random.random() < 0.2 else substances)
        if other != name:
            harm = sourced(other=other, fr="un dommage inventé", en="a made-up harm")
            table["reported_harms"] = [harm]
    return table


def _groups_of(random: Random, groups: list[str]) -> list[str]:
    """No group for a half; the first for some, and of the others the early ones more often."""
    if random.random() < _LARGE_GROUP:
        return groups[:1]
    if random.random() < 0.5:
        return []
    chosen = {groups[1 + int((len(groups) - 1) * random.random() ** 1.5)]}
    if random.random() < 0.1:
        chosen.add(random.choice(groups[1:]))
    return sorted(chosen)


def _product(random: Random, number: int, active: list[str]) -> Iterator[tuple[str, Table]]:
    """One product, and one specialty of it or two."""
    key = _word(number, "ox")
    effects = random.sample(_EFFECTS, 1 if random.random() < 0.8 else 2)
    yield (
        f"products.{key}",
        sourced(fr=f"{key}e", en=key, substances=active, effects=sorted(effects)),
    )
    for letter in "ab" if random.random() < 0.2 else "a":
        oral = random.random() < 0.02
        at = f"products.{key}.specialties.{_word(number, 'ium')}-{letter}"
        brand = f"{_word(number, 'ium').capitalize()} {'forte' if letter == 'b' else 'simple'}"
        form = "comprimé" if oral else "solution injectable"
        table = sourced(name=f"{brand.upper()}, {form}", brand=brand, strength="2 mg/ml")
        routes = ["oral"] if oral else random.sample(["intramuscular", "intradermal"], 1)
        table |= {"form": form, "routes": routes, "containers": ["2 mL"]}
        if random.random() < 0.02:
            table["forbidden_routes"] = [sourced(route="subcutaneous")]
        yield at, table
        state = "marketed" if random.random() < 0.95 else "stopped"
        yield f"{at}.marketing", sourced(state=state)
        if random.random() < 0.85:  # of the others nobody has read the list
            yield f"{at}.excipients", _excipients(random)


def _excipients(random: Random) -> Table:
    others = random.sample(_EXCIPIENTS, random.choice((0, 0, 1, 1, 2)))
    possible = [e for e in random.sample(_EXCIPIENTS, 1) if e not in others]
    return sourced(
        present=["sodium-chloride", "water-for-injections", *others],
        possible=possible if random.random() < 0.1 else [],
        complete=random.random() < 0.9,
    )
