"""The tutorial notebooks run from end to end, say what they say, and show cards."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import jupytext
import pytest
from nbformat import NotebookNode
from notebook_export import run
from read_html import assert_harmless, read_html

from mesomix.evidence import Language
from mesomix.report import Verdict
from mesomix.report_words import VERDICTS

pytestmark = pytest.mark.site

NOTEBOOKS: Final = Path(__file__).parents[2] / "docs" / "notebooks"
REFUSE, REVIEW, CLEAR = (
    VERDICTS[verdict][1].fr for verdict in (Verdict.REFUSE, Verdict.REVIEW, Verdict.NO_OBJECTION)
)
VERDICTS_SHOWN: Final = {
    "first_check": [
        REFUSE,
        REVIEW,
        CLEAR,
        REVIEW,
        REFUSE,
        VERDICTS[Verdict.REFUSE][1][Language.EN],
    ],
    "clinic_formulary": [REVIEW],
    "past_mixtures": [REFUSE],
}
"""Of the reports of each notebook, in their order."""
CARDS: Final = {"first_check": 6, "clinic_formulary": 7, "past_mixtures": 4}
Outputs = tuple[dict[str, Any], ...]


@cache
def outputs(name: str) -> Outputs:
    """What the cells of a notebook put out, run in a folder of its own without anything in it."""
    notebook = jupytext.read(NOTEBOOKS / f"{name}.py")
    assert isinstance(notebook, NotebookNode)
    with TemporaryDirectory() as folder:
        run(notebook, Path(folder))
        assert not [*Path(folder).iterdir()]
    return tuple(dict(output) for cell in notebook.cells for output in cell.get("outputs", ()))


def cards(name: str) -> list[dict[str, str]]:
    """The bundles of the outputs that are cards."""
    bundles = [one["data"] for one in outputs(name) if "data" in one]
    return [one for one in bundles if '<section class="mesomix"' in one.get("text/html", "")]


def test_each_notebook_is_run() -> None:
    assert {path.stem for path in NOTEBOOKS.glob("*.py")} == CARDS.keys()


@pytest.mark.parametrize("name", CARDS)
def test_it_runs_without_an_error_or_a_warning(name: str) -> None:
    kinds = {(one["output_type"], one.get("name", "")) for one in outputs(name)}
    assert kinds <= {("execute_result", ""), ("display_data", ""), ("stream", "stdout")}


@pytest.mark.parametrize("name", CARDS)
def test_it_shows_cards_in_which_nothing_runs(name: str) -> None:
    found = cards(name)
    assert len(found) == CARDS[name]
    assert found[-1] == outputs(name)[-1]["data"]
    for bundle in found:
        assert_harmless(read_html(bundle["text/html"]))
        assert bundle["text/plain"]


@pytest.mark.parametrize("name", CARDS)
def test_its_reports_have_these_verdicts(name: str) -> None:
    first = [bundle["text/plain"].splitlines()[0] for bundle in cards(name)]
    told = [line.split(" : ")[0].split(": ")[0][2:] for line in first if line[0] in {"✗", "?", "○"}]
    assert [word for word in told if "%" not in word] == VERDICTS_SHOWN[name]
