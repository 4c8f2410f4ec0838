"""The tutorial notebooks as files; `make site` runs them."""

import ast
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "docs" / "notebooks").glob("*.py"))


def test_there_are_three() -> None:
    assert [path.stem for path in NOTEBOOKS] == [
        "clinic_formulary",
        "first_check",
        "past_mixtures",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_compiles_has_a_title_and_asserts_what_it_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    cells = text.removeprefix("# %%").split("\n# %%")
    assert cells[0].startswith(" [markdown]\n# # ")
    assert sum("\n# # " in cell for cell in cells) == 1
    code = [cell for cell in cells if not cell.startswith(" [markdown]")]
    for cell in code[1:]:
        assert "assert " in cell, cell.splitlines()[1]
    assert any(isinstance(node, ast.Assert) for node in tree.body)
