"""A change of data is seen for each patient for whom it matters, against checking them all."""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from random_formularies import Drawn, pairs_of_formularies, rulebooks

import mesomix
from mesomix import Verdict
from mesomix.request import mixture_of
from mesomix.space.diff import CHANGES
from mesomix.space.sweep import NOBODY, UNBURDENED, everything, sweep

GRAVITY: Final = {Verdict.NO_OBJECTION: 0, Verdict.REVIEW: 1, Verdict.REFUSE: 2}
FORMULARY: Final = mesomix.load()


def profiles(
    old: mesomix.Formulary, new: mesomix.Formulary
) -> Iterator[tuple[mesomix.Patient | None, mesomix.Patient | None]]:
    """Nobody, somebody with nothing, and with each condition and each allergy by itself."""
    yield None, None
    several: list[tuple[list[str], dict[str, bool]]] = [([], {})]
    several += [([], {key: True}) for key in old.conditions if key in new.conditions]
    names = {
        one.name.fr
        for side in (old, new)
        for product in everything(side)
        for one, _ in product.contents
    }
    names |= {"zgone", "zgtwo", "AINS", "sulfites", "zsa"}
    several += [([name], {}) for name in sorted(names)]
    for allergies, facts in several:
        was, now = (
            side.patient(allergies=allergies, facts=facts, nothing_else=True) for side in (old, new)
        )
        if was.recognised or not now.recognised:
            yield was, now


def becomes_milder(
    old: mesomix.Formulary, new: mesomix.Formulary, rules: mesomix.Rulebook
) -> set[tuple[str, ...]]:
    """The mixtures of what both have that become milder for any profile."""
    before, after = ({one.id: one for one in everything(side)} for side in (old, new))
    common = [key for key in before if key in after]
    found: set[tuple[str, ...]] = set()
    for was, now in profiles(old, new):
        for size in (1, 2, 3):
            for keys in combinations(common, size):
                first, last = (
                    rules.check(mixture_of([have[k] for k in keys], side.edition), one).verdict
                    for have, side, one in ((before, old, was), (after, new, now))
                )
                if GRAVITY[last] < GRAVITY[first]:
                    found.add(tuple(sorted(keys)))
    return found


@settings(max_examples=10)
@given(drawn=pairs_of_formularies(most=3), rules=rulebooks())
def test_whatever_becomes_milder_is_seen(
    drawn: tuple[Drawn, Drawn], rules: mesomix.Rulebook
) -> None:
    old, new = drawn[0].load(), drawn[1].load()
    found = sweep(old, new, rules=(rules, rules))
    assert [one.profile.name for one in found[:2]] == [NOBODY, UNBURDENED]
    milder = [change for change in CHANGES if GRAVITY[change[1]] < GRAVITY[change[0]]]
    seen = {
        tuple(sorted(changed.products)) for one in found for changed in one.diff.mixtures(*milder)
    }
    assert seen == becomes_milder(old, new, rules)


def test_nothing_changes_for_anybody() -> None:
    found = sweep(FORMULARY, FORMULARY)
    assert len(found) == 2
    assert not any(one.diff.causes for one in found)


def test_other_rules_are_tried_for_each_patient() -> None:
    without = mesomix.Rulebook(rule for rule in mesomix.RULES if rule.id != "known-allergy")
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
