"""The linter as a whole: where a conflict is told, and what is real and has to be believed."""

from collections.abc import Callable
from pathlib import Path

import pytest

import mesomix

GROUP = """
[groups.caines]
fr = "caïnes"
en = "caines"
evidence = "possible"
atc = ["N01BB"]
source = "house-rules"
checked = 2026-11-21
"""


@pytest.fixture
def found(tmp_path: Path) -> Callable[[str], list[tuple[str, str]]]:
    """The rules and the keys of what the linter finds in a file of that text."""

    def lint(text: str) -> list[tuple[str, str]]:
        file = tmp_path / "clinic.toml"
        file.write_text(text, encoding="utf-8")
        report = mesomix.lint(file)
        assert {d.place.file for d in report.diagnostics} <= {str(file)}
        return [(d.rule, d.place.key) for d in report.diagnostics]

    return lint


def test_a_conflict_with_a_shipped_file_is_told_where_it_can_be_mended(
    sound: str, found: Callable[[str], list[tuple[str, str]]]
) -> None:
    # The shipped amides are of that class, and not in the clinic's group.
    assert set(found(sound + GROUP)) >= {("substance-outside-its-group", "groups.caines.atc")}


def test_a_name_that_a_shipped_file_has_is_told_where_the_clinic_claims_it(
    sound: str, found: Callable[[str], list[tuple[str, str]]]
) -> None:
    named = GROUP.replace('atc = ["N01BB"]', 'names = ["xylocaïne"]')
    assert ("name-claimed-twice", "groups.caines.names[0]") in found(sound + named)


@pytest.mark.parametrize(
    "strength",
    [
        *("4000 UI anti-Xa/0,4 ml", "5 microgrammes/ml", "1 million UI", "20 mcg", "0,9 %"),
        *("250 mg/flacon", "1\u202f000 UI", "20 mg + 5 mg", "10 g/100 ml", "2,25 g", "100 U.I./ml"),
    ],
)
def test_a_strength_that_a_label_may_have_is_believed(
    strength: str, sound: str, found: Callable[[str], list[tuple[str, str]]]
) -> None:
    text = sound.replace('strength = "5 mg"', f'strength = "{strength}"')
    assert text != sound
    assert "malformed-unit" not in [rule for rule, _ in found(text)]


@pytest.mark.parametrize("strength", ["5", "mg", "5 mgg", "5 mg/", "5 mg/2 mll", "forte", "5 /ml"])
def test_a_strength_without_a_number_or_a_known_unit_is_a_warning(
    strength: str, sound: str, found: Callable[[str], list[tuple[str, str]]]
) -> None:
    text = sound.replace('strength = "5 mg"', f'strength = "{strength}"')
    assert "malformed-unit" in [rule for rule, _ in found(text)]
