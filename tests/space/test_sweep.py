"""A change of data is seen for each patient for whom it matters, against checking them all."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_formularies import (
    PRODUCTS,
    Drawn,
    DrawnPatient,
    pairs_of_formularies,
    patients,
    rulebooks,
)

import mesomix
from mesomix import Verdict
from mesomix.request import mixture_of
from mesomix.space.diff import CHANGES
from mesomix.space.meanings import moved_names
from mesomix.space.space import Space
from mesomix.space.sweep import NOBODY, UNBURDENED, Swept, sweep

GRAVITY: Final = {Verdict.NO_OBJECTION: 0, Verdict.REVIEW: 1, Verdict.REFUSE: 2}
FORMULARY: Final = mesomix.load()


def profiles(
    old: mesomix.Formulary, new: mesomix.Formulary, *, gone_as_well: bool = False
) -> Iterator[tuple[mesomix.Patient | None, mesomix.Patient | None]]:
    """Nobody, somebody with nothing, and with each condition and each allergy by itself.

    Not with an allergy that is written by a name which is gone, where another name of the same is
    left, but with `gone_as_well`: `moved_names` asks for a reason for that name, whatever it is
    written of, so that a sweep need not tell it.
    """
    yield None, None
    several: list[tuple[list[str], dict[str, bool]]] = [([], {})]
    several += [([], {key: True}) for key in old.conditions if key in new.conditions]
    names = {
        name
        for side in (old, new)
        for (kind, _), (name, _) in side.meanings().items()
        if kind != "conditions" and name.startswith("z")
    }
    gone = names_that_are_gone(old, new, names)
    assert gone <= {one.name for one in moved_names(old, new)} | told_by_another(old, new)
    names = names if gone_as_well else names - gone
    several += [([name], {}) for name in sorted(names | {"AINS", "sulfites", "chlorure de sodium"})]
    for allergies, facts in several:
        was, now = (
            side.patient(allergies=allergies, facts=facts, nothing_else=True) for side in (old, new)
        )
        if was.recognised or not now.recognised:
            yield was, now


def names_that_are_gone(
    old: mesomix.Formulary, new: mesomix.Formulary, names: Iterable[str]
) -> set[str]:
    """The names of allergies that only `old` knows, where `new` knows the same by another."""
    read = {name: [_allergy(side, name) for side in (old, new)] for name in names}
    left = {after.id for before, after in read.values() if before and after}
    return {name for name, (was, now) in read.items() if was and not now and was.id in left}


def _allergy(formulary: mesomix.Formulary, name: str) -> mesomix.Allergy | None:
    return next(iter(formulary.patient(allergies=[name]).recognised), None)


def told_by_another(old: mesomix.Formulary, new: mesomix.Formulary) -> set[str]:
    """The names of what is gone as a whole, of which `moved_names` tells one."""
    told = {one.name: one.before for one in moved_names(old, new) if not one.after}
    keys = {(kind, key) for (kind, _), (name, key) in old.meanings().items() if name in told}
    return {name for (kind, _), (name, key) in old.meanings().items() if (kind, key) in keys}


def meant(formulary: mesomix.Formulary) -> dict[str, mesomix.Product]:
    """What the names of a drawn formulary are read as."""
    return {
        product.id: product
        for (kind, _), (name, _) in formulary.meanings().items()
        if kind in {"products", "substances"} and name.startswith("z")
        for product in formulary.mixture(name).products
    }


def becomes_milder(
    old: mesomix.Formulary,
    new: mesomix.Formulary,
    rules: mesomix.Rulebook,
    patients: Iterable[tuple[mesomix.Patient | None, mesomix.Patient | None]],
) -> set[tuple[str, ...]]:
    """What becomes milder for any of the patients.

    Of the formulary mixtures of one or two, and outside of it each substance alone, where a rule
    reviews whatever is outside.
    """
    before, after = meant(old), meant(new)
    common = [key for key in before if key in after]
    listed = [key for key in common if before[key].in_formulary and after[key].in_formulary]
    bare = [(key,) for key in common if not before[key].in_formulary and key not in listed]
    mixtures = [keys for size in (1, 2) for keys in combinations(listed, size)]
    reviewed = [one for one in rules if one.id == "not-in-formulary"]
    mixtures += bare if any(one.severity is not mesomix.Severity.NOTE for one in reviewed) else []
    found: set[tuple[str, ...]] = set()
    for was, now in patients:
        for keys in mixtures:
            first, last = (
                rules.check(mixture_of([have[k] for k in keys], side.edition), one).verdict
                for have, side, one in ((before, old, was), (after, new, now))
            )
            if GRAVITY[last] < GRAVITY[first]:
                found.add(tuple(sorted(keys)))
    return found


def seen(found: Iterable[Swept]) -> set[tuple[str, ...]]:
    """The mixtures of one or two that became milder for any profile that is told."""
    milder = [change for change in CHANGES if GRAVITY[change[1]] < GRAVITY[change[0]]]
    every = (changed.products for one in found for changed in one.diff.mixtures(*milder))
    return {tuple(sorted(products)) for products in every if len(products) < 3}


def of_formulary(
    mixtures: Iterable[tuple[str, ...]], formulary: mesomix.Formulary
) -> set[tuple[str, ...]]:
    """Those of products that the formulary has."""
    outside = {key for key, one in meant(formulary).items() if not one.in_formulary}
    return {one for one in mixtures if outside.isdisjoint(one)}


def selling(drawn: Drawn, sold: Mapping[str, str]) -> mesomix.Formulary:
    """A drawn formulary of which the specialties of a product have one brand, and that market."""
    tables = [
        re.sub(r'brand = "(zp\d)-s\d"', r'brand = "zbrand of \1"', table) for table in drawn.tables
    ]
    for number, (key, state) in enumerate(sold.items()):
        tables = [
            re.sub(
                rf'(name = "{key}-s{number % 2}".*?state = )"marketed"', rf'\1"{state}"', table,
                flags=re.DOTALL,
            )
            for table in tables
        ]  # fmt: skip
    return replace(drawn, tables=tuple(tables)).load()


MARKETS: Final = st.fixed_dictionaries(
    {key: st.sampled_from(["marketed", "withdrawn"]) for key in PRODUCTS}
)


@settings(max_examples=10)
@given(
    drawn=pairs_of_formularies(most=3),
    markets=st.tuples(MARKETS, MARKETS),
    rules=rulebooks(),
)
def test_whatever_becomes_milder_is_seen(
    drawn: tuple[Drawn, Drawn],
    markets: tuple[dict[str, str], dict[str, str]],
    rules: mesomix.Rulebook,
) -> None:
    old, new = (selling(one, sold) for one, sold in zip(drawn, markets, strict=True))
    found = sweep(old, new, rules=(rules, rules))
    assert [one.profile.name for one in found[:2]] == [NOBODY, UNBURDENED]
    expected = becomes_milder(old, new, rules, profiles(old, new))
    assert expected <= seen(found)
    anybody = becomes_milder(old, new, rules, profiles(old, new, gone_as_well=True))
    assert of_formulary(seen(found), old) <= of_formulary(anybody, old)


def test_no_rule_objects_to_a_no() -> None:
    """So somebody without anything has what is said of a mixture, and nothing more."""
    every = Space(FORMULARY)
    for key in FORMULARY.conditions:
        found = every.fact(key, mesomix.Answer.NO)
        assert (found.always, found.products) == (0, {})


@settings(max_examples=20)
@given(
    drawn=pairs_of_formularies(most=3),
    told=st.lists(patients(), min_size=5, max_size=5),
    rules=rulebooks(),
)
def test_several_answers_together_show_nothing_that_each_does_not(
    drawn: tuple[Drawn, Drawn], told: list[DrawnPatient], rules: mesomix.Rulebook
) -> None:
    """What is said of somebody is what is said for each answer, where none objects to a no."""
    kept = mesomix.Rulebook(one for one in rules if one.id != "own-fact")
    old, new = (one.load() for one in drawn)
    both = [(one.read(old), one.read(new)) for one in told]
    found = seen(sweep(old, new, rules=(kept, kept)))
    assert becomes_milder(old, new, kept, both) <= found


def test_nothing_changes_for_anybody() -> None:
    found = sweep(FORMULARY, FORMULARY)
    assert len(found) == 2
    assert not any(one.diff.causes for one in found)


def test_other_rules_are_tried_for_each_patient() -> None:
    without = mesomix.Rulebook(rule for rule in mesomix.RULES if rule.id != "known-allergy")
    assert [one.diff for one in sweep(FORMULARY, FORMULARY, rules=without)] == [
        one.diff for one in sweep(FORMULARY, FORMULARY, rules=(without, without))
    ]
    found = sweep(FORMULARY, FORMULARY, rules=(mesomix.RULES, without))
    assert any(one.profile.name.en.startswith("allergy: ") for one in found)


SUBSTANCE: Final = """\
[substances.zqq]
en = "zqq"
contraindications = []
source = "chan"
checked = 2026-11-21"""
HOLDING: Final = """\
[products.zp1]
fr = "zp1"
en = "zp1"
substances = ["{}"]
effects = []
source = "chan"
checked = 2026-11-21"""


def test_an_allergy_that_is_recognised_no_more_is_seen() -> None:
    old = Drawn((SUBSTANCE, HOLDING.format("zqq"))).load()
    new = Drawn((HOLDING.format("lidocaine"),)).load()
    found = {one.profile.name.en: one.diff.verdicts for one in sweep(old, new)}
    (name,) = [name for name in found if name.startswith("allergy: zqq")]
    assert found[name][Verdict.REFUSE, Verdict.REVIEW] == 1
    back = {one.profile.name.en for one in sweep(new, old)}
    assert not any("zqq" in name for name in back)  # it was a review, whatever was mixed


@mesomix.rule(mesomix.Severity.REFUSE, fr="z", en="z", cites=mesomix.RULES["corticosteroid"].cites)
def own_allergy(allergy: mesomix.Allergy) -> mesomix.Flags:
    """It objects to one allergy, whatever is mixed."""
    if allergy.id == "piroxicam":
        yield mesomix.flag()


def test_a_rule_about_an_allergy_alone_is_seen() -> None:
    more = mesomix.Rulebook([*mesomix.RULES, own_allergy])
    found = {
        one.profile.name.en: one for one in sweep(FORMULARY, FORMULARY, rules=(more, mesomix.RULES))
    }
    assert found["allergy: piroxicam"].diff.milder > 0


SHARED: Final = """
version = "1"

[conditions.zbase]
fr = "zbase"
en = "zbase"
source = "chan"
checked = 2026-11-21

[conditions.zone]
fr = "zone"
en = "zone"
implies = ["zbase"]
source = "chan"
checked = 2026-11-21

[conditions.ztwo]
fr = "ztwo"
en = "ztwo"
implies = ["zbase"]
source = "chan"
checked = 2026-11-21

[substances.zsa]
en = "zsa"
contraindications = [CONTRAINDICATIONS]
source = "chan"
checked = 2026-11-21

[products.zpa]
fr = "zpa"
en = "zpa"
substances = ["zsa"]
effects = []
source = "chan"
checked = 2026-11-21
"""


@pytest.mark.parametrize(
    ("dropped", "told"), [(["zbase"], ["zbase"]), (["zone", "ztwo"], ["zone", "ztwo"])]
)
def test_who_has_what_follows_is_not_told_again(
    tmp_path: Path, dropped: list[str], told: list[str]
) -> None:
    sides: list[mesomix.Formulary] = []
    for severity in ("refuse", "review"):
        tables = ", ".join(
            f'{{ condition = "{key}", severity = "{severity}", source = "chan",'
            " checked = 2026-11-21 }"
            for key in dropped
        )
        path = tmp_path / f"{severity}.toml"
        path.write_text(SHARED.replace("CONTRAINDICATIONS", tables), encoding="utf-8")
        sides.append(mesomix.load(path))
    old, new = sides
    assert [one.profile.name.en for one in sweep(old, new)[2:]] == told
