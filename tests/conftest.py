"""Profiles of Hypothesis, and what most tests share."""

import os
from weakref import WeakKeyDictionary

import pytest
from hypothesis import settings

import mesomix

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("local", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "local"))


@pytest.fixture(scope="session")
def formulary() -> mesomix.Formulary:
    """The formulary that ships with mesomix."""
    return mesomix.load()


@pytest.fixture(autouse=True)
def _nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules are asked anew in each test: what one test asked must not hide it from another."""
    monkeypatch.setattr(mesomix.RULES, "_memories", WeakKeyDictionary())
