"""What a notebook shows stays as it is when the notebook is exported, in the light and the dark."""

from pathlib import Path
from typing import Final

import jupytext
import pytest
from browsing import Browser, View
from nbformat import NotebookNode
from notebook_export import exported, notebook_of, run

pytestmark = pytest.mark.site

TUTORIALS: Final = sorted((Path(__file__).parents[2] / "docs" / "notebooks").glob("*.py"))
CELLS: Final = (
    """
import mesomix
from mesomix import space, view

formulary = mesomix.load()
patient = formulary.patient(allergies=["sulfites"], nothing_else=True)
mixture = formulary.mixture("Procaïne Lavoisier 2 % 2 ml", "Miorel", "Dicynone")
""",
    "mesomix.check(mixture, patient)",
    "mesomix.check(formulary.mixture('<script>window.pwned=1</script>')).card('en')",
    "mixture",
    "formulary.find('Miorel')",
    "formulary",
    "space.census(formulary, patient)",
    "space.shadow(patient, formulary)",
    "space.gaps(formulary, patient)",
    "space.repairs(mixture, patient, formulary=formulary)",
    "space.diff(formulary, formulary, (patient, patient))",
    "view.effects_chart(formulary, 'en')",
    "view.pair_matrix(formulary)",
)


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    """A notebook with a card of each kind, run."""
    return run(notebook_of(CELLS), tmp_path_factory.mktemp("notebook"))


@pytest.mark.parametrize("dark", [False, True])
def test_an_exported_notebook_asks_for_nothing_and_keeps_nobody_out(
    browser: Browser, notebook: NotebookNode, axe: str, tmp_path: Path, dark: bool
) -> None:
    file = tmp_path / "notebook.html"
    file.write_text(exported(notebook, dark=dark), encoding="utf-8")
    # A system of the other scheme: a card follows the notebook, and not the system.
    with browser.page(file.as_uri(), View(dark=not dark)) as page:
        assert page.run("return document.querySelectorAll('.mesomix').length") == len(CELLS) - 1
        assert page.run("return window.pwned") is None
        assert page.violations(axe, within=".mesomix") == []


@pytest.mark.parametrize("tutorial", TUTORIALS, ids=lambda tutorial: tutorial.stem)
def test_an_exported_tutorial_asks_for_nothing_and_keeps_nobody_out(
    browser: Browser, axe: str, tmp_path: Path, tutorial: Path
) -> None:
    notebook = run(jupytext.read(tutorial), tmp_path)
    file = tmp_path / "notebook.html"
    file.write_text(exported(notebook), encoding="utf-8")
    with browser.page(file.as_uri()) as page:
        assert page.run("return document.querySelectorAll('.mesomix').length") > 0
        assert page.violations(axe, within=".mesomix") == []


def test_a_card_changes_nothing_else_of_a_notebook(
    browser: Browser, notebook: NotebookNode, tmp_path: Path
) -> None:
    looks = """
        return [...document.querySelectorAll("body, .jp-Notebook, .jp-InputArea, pre, span")]
            .filter((one) => !one.closest(".mesomix"))
            .map((one) => getComputedStyle(one))
            .map(({ color, backgroundColor, font, margin, padding, display }) =>
                [color, backgroundColor, font, margin, padding, display].join());
    """
    off = "for (const one of document.querySelectorAll('.mesomix style')) { one.remove(); }"
    file = tmp_path / "notebook.html"
    file.write_text(exported(notebook), encoding="utf-8")
    with browser.page(file.as_uri()) as page:
        before = page.run(looks)
        page.run(off)
        assert page.run(looks) == before
        assert len(before) > 100
