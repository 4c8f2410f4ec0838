"""Profiles of Hypothesis, and what most tests share."""

import os
import sys
from collections.abc import Generator, Iterable
from weakref import WeakKeyDictionary

import pytest
from hypothesis import settings

import mesomix
from mesomix.formulary.suggesting import Suggestions

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("local", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "local"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """No slow test is traced: that makes it twice as slow, and quick ones reach every branch.

    The `no_cover` of pytest-cov does nothing in a process that pytest-xdist has started.
    """
    tracer = sys.gettrace()
    if item.get_closest_marker("slow"):
        sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)


@pytest.fixture(scope="session")
def formulary() -> mesomix.Formulary:
    """The formulary that ships with mesomix."""
    return mesomix.load()


@pytest.fixture(autouse=True)
def _nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules are asked anew in each test: what one test asked must not hide it from another."""
    monkeypatch.setattr(mesomix.RULES, "_memories", WeakKeyDictionary())


@pytest.fixture
def _nothing_is_suggested(monkeypatch: pytest.MonkeyPatch) -> None:
    """No suggestion for an allergy: it changes no other thing of it, and takes most of the time."""

    def none(_self: Suggestions, _texts: Iterable[str]) -> dict[str, mesomix.Text]:
        return {}

    monkeypatch.setattr(Suggestions, "of_allergies", none)
