"""The groups: what WHO's classes say of who is in them."""

from pathlib import Path
from typing import Any, Final

import pytest
import tomli

DATA: Final[dict[str, Any]] = tomli.loads(
    (Path(__file__).parents[2] / "data" / "substances.toml").read_text(encoding="utf-8")
)
ATC_OF_GROUPS: Final = {
    "nsaid": ["M01AA", "M01AB", "M01AC", "M01AE", "M01AG", "M01AH", "N02BA"],
    "local-anaesthetic": ["N01BA", "N01BB"],
    "ester-anaesthetic": ["N01BA"],
    "amide-anaesthetic": ["N01BB"],
    "sulfonamides": ["J01EC", "J01EE"],
    "calcitonins": ["H05BA"],
    "corticosteroid": [
        *["A01AC", "A07EA", "C05AA", "D07", "D10AA", "H02A", "H02B", "R01AD", "R03BA", "S01BA"],
        *["S01BB", "S01CA", "S01CB", "S02BA", "S02CA", "S03BA", "S03CA"],
    ],
    "antibiotics": ["J01"],
    "beta-lactams": ["J01C", "J01D"],
    "penicillins": ["J01CA", "J01CE", "J01CF", "J01CR"],
    "cephalosporins": ["J01DB", "J01DC", "J01DD"],
    "macrolides": ["J01FA"],
    "quinolones": ["J01M"],
    "tetracyclines": ["J01A"],
    "aminoglycosides": ["J01G"],
    "opioids": ["N02A"],
    "heparins": ["B01AB"],
    "muscle-relaxants": ["M03B"],
    "neuromuscular-blockers": ["M03A"],
    "iodinated-contrast-media": ["V08A"],
    "proton-pump-inhibitors": ["A02BC"],
    "statins": ["C10AA"],
    "ace-inhibitors": ["C09AA"],
    "iodine": ["D08AG"],
}
"""WHO's classes all of whose substances are of the group. Not M01AX: glucosamine is in it.

Not J01CG: clavulanic acid is no penicillin. Of B01AB (the heparin group), antithrombin is purified
with heparin, and may hold some."""


def test_a_group_claims_the_atc_classes_of_its_substances_alone() -> None:
    claimed = {key: table["atc"] for key, table in DATA["groups"].items() if "atc" in table}
    assert claimed == ATC_OF_GROUPS


@pytest.mark.parametrize("group", ATC_OF_GROUPS)
def test_each_class_that_a_group_claims_is_that_of_a_member(group: str) -> None:
    held = [
        atc
        for table in DATA["substances"].values()
        if group in table.get("groups", ())
        for atc in table.get("atc", ())
    ]
    for claimed in ATC_OF_GROUPS[group]:
        assert any(atc.startswith(claimed) for atc in held), claimed
