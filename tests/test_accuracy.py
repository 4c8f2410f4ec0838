"""docs/accuracy.md says what is measured now, and what must be nothing is nothing."""

import importlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from name_lists import FACTS

CHECKOUT: Final = Path(__file__).parents[1]
PAGE: Final = CHECKOUT / "docs" / "accuracy.md"

pytestmark = pytest.mark.slow


@pytest.fixture
def section(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """What benchmarks/accuracy.py writes of one subject."""
    monkeypatch.syspath_prepend(str(CHECKOUT / "benchmarks"))
    accuracy = importlib.import_module("accuracy")

    def made(name: str) -> str:
        text: str = getattr(accuracy, name)()
        return text

    return made


@pytest.mark.parametrize("name", ["specialties", "lists"])
def test_the_figures_of_names_are_fresh(name: str, section: Callable[[str], str]) -> None:
    if not FACTS.is_dir() or not (FACTS.parent / "bdpm").is_dir():
        pytest.skip("the lists are absent: ../shared/facts and ../shared/bdpm")
    assert section(name) in PAGE.read_text(encoding="utf-8"), "run benchmarks/accuracy.py --write"


@pytest.mark.parametrize("name", ["allergy_texts", "amount_texts", "fuzzing"])
def test_the_other_figures_are_fresh(name: str, section: Callable[[str], str]) -> None:
    assert section(name) in PAGE.read_text(encoding="utf-8"), "run benchmarks/accuracy.py --write"


def test_no_text_vanishes_and_none_is_denied() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for title in ("vanished", "denied, and not so labelled"):
        [row] = re.findall(rf"\| \*\*{title}\*\* \|(.*)\|", text)
        assert re.findall(r"\d+", row) == ["0", "0"]


def test_no_amount_vanishes_and_none_is_wrong() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for title in ("vanished amounts", "wrong amounts"):
        [row] = re.findall(rf"\| \*\*{title}\*\* \|(.*)\|", text)
        assert re.findall(r"\d+", row) == ["0", "0"]


def test_every_corticosteroid_among_the_specialties_is_refused() -> None:
    rows = re.findall(r"\| by .* \| (\d+) of (\d+) \| (\d+) \|", PAGE.read_text(encoding="utf-8"))
    assert len(rows) == 4
    for refused, of, others in rows:
        assert refused == of
        assert others == "0"
