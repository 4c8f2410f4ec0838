"""What the rules of mesomix need of the data, in a copy of it that lacks some."""

import re
from pathlib import Path

import pytest

import mesomix
from mesomix.formulary.files import SHIPPED, shipped_folder
from mesomix.linter import Diagnostic
from mesomix.linter.lint_rules.needs import conditions_of_rules


@pytest.fixture
def copies(tmp_path: Path) -> list[Path]:
    """The shipped files, to be changed."""
    for name in SHIPPED:
        (tmp_path / name).write_bytes((shipped_folder() / name).read_bytes())
    return [tmp_path / name for name in SHIPPED]


def renamed(file: Path, table: str, other: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert f"[{table}]" in text
    file.write_text(text.replace(f"[{table}]", f"[{other}]"), encoding="utf-8")


def errors(files: list[Path]) -> list[Diagnostic]:
    return [d for d in mesomix.lint(*files).diagnostics if d.severity.value == "error"]


def test_the_conditions_that_rules_ask_for_are_those_of_their_functions() -> None:
    asked = dict(conditions_of_rules())
    assert len(asked) == 9
    assert asked["skin-infection"] == "skin-infection"
    assert "pregnancy" in asked.values()


def test_a_rule_whose_condition_is_renamed_is_an_error(copies: list[Path]) -> None:
    # The name still folds to the same, so that the question is asked and nothing comes of it.
    renamed(copies[1], "conditions.skin-disease", "conditions.skin-diseases")
    [found] = errors(copies)
    assert found.rule == "condition-of-a-rule-missing"
    assert found.message.en.endswith("asks for the condition 'skin-disease', which there is not")
    assert found.place.file == str(copies[1])
    assert found.place.span is not None


def test_a_rule_whose_reference_is_renamed_is_an_error(copies: list[Path]) -> None:
    renamed(copies[0], "references.notice", "references.leaflet")
    found = errors(copies)
    assert {one.rule for one in found} == {"reference-of-a-rule-missing"}
    assert {one.place.file for one in found} == {str(copies[0])}
    citing = {rule.id for rule in mesomix.RULES for c in rule.cites if c.reference == "notice"}
    assert len(found) == len(citing) > 1


def test_a_group_of_a_rule_that_is_renamed_is_an_error(copies: list[Path]) -> None:
    """Every substance of it goes with it: no id is unknown, and no corticosteroid is refused."""
    text = copies[1].read_text(encoding="utf-8")
    changed = re.sub(r"(?m)^(\[+groups\.)corticosteroid\b", r"\1corticosteroids", text)
    changed = re.sub(r'(?m)^(groups = \[.*)"corticosteroid"', r'\1"corticosteroids"', changed)
    assert changed.count('"corticosteroids"') > 20
    copies[1].write_text(changed, encoding="utf-8")
    (found,) = [one for one in errors(copies) if one.rule == "group-of-a-rule-missing"]
    assert "asks for the group 'corticosteroid', which there is not" in found.message.en
    assert found.place.file == str(copies[1])
    assert found.place.key == "groups"
    assert {one.rule for one in errors(copies)} <= {
        "group-of-a-rule-missing",
        "corticosteroid-by-its-name",
    }


def test_data_without_any_reference_of_its_own_is_told_in_a_file_that_there_is(
    copies: list[Path],
) -> None:
    copies[0].write_text("", encoding="utf-8")
    found = [d for d in errors(copies) if d.rule == "reference-of-a-rule-missing"]
    assert found
    assert {one.place.file for one in found} <= {str(copy) for copy in copies}
