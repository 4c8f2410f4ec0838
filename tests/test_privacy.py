"""What was written about a patient is in the answer, and nowhere else."""

import builtins
import contextlib
import gc
import json
import logging
import sys
import traceback
import uuid
from collections.abc import Callable
from types import FunctionType, ModuleType
from typing import Any, Final

import pytest

import mesomix
import mesomix.memory
from mesomix import Formulary, Report


class Odd:
    """Something of another type, which shows itself as what it was made of."""

    def __init__(self, shown: str) -> None:
        self.shown = shown

    def __repr__(self) -> str:
        return self.shown

    __str__ = __repr__


@pytest.fixture
def canary() -> str:
    """A text that stands nowhere else: a traceback shows the lines of this file too."""
    return f"canary{uuid.uuid4().hex}"


def everything_that_is_told(error: BaseException) -> str:
    """All that an exception could write into a log, with those behind it."""
    told = [str(error), repr(error), repr(error.args), *traceback.format_exception(error)]
    for behind in (error.__context__, error.__cause__):
        told += [] if behind is None else [everything_that_is_told(behind)]
    return "\n".join(told)


Wrong = Callable[[Any, Any], object]
"""What is given a formulary and the canary, and must not be taken."""
session: Final[Any] = mesomix.Session
check: Final[Any] = mesomix.check  # without its types, which would not let anything wrong pass
CONTRADICTING: Final = {"pregnancy": True, "enceinte": False}
WRONG_PATIENTS: Final[dict[str, Wrong]] = {
    "allergies: one text": lambda f, c: f.patient(allergies=c),
    "allergies: bytes": lambda f, c: f.patient(allergies=c.encode()),
    "allergies: no list": lambda f, c: f.patient(allergies=Odd(c)),
    "allergies: of another type": lambda f, c: f.patient(allergies=[c, Odd(c)]),
    "allergies: a text of another type": lambda f, c: f.read_allergies(Odd(c)),
    "allergies: bytes for a text": lambda f, c: f.read_allergies(c.encode()),
    "allergies: beside a contradiction": lambda f, c: f.patient(allergies=[c], facts=CONTRADICTING),
    "facts: an unknown name": lambda f, c: f.patient(facts={c: True}),
    "facts: a name of another type": lambda f, c: f.patient(facts={Odd(c): True}),
    "facts: a value of another type": lambda f, c: f.patient(facts={"pregnancy": c}),
    "facts: a text for an answer": lambda f, c: f.patient(facts={"pregnancy": Odd(c)}),
    "facts: no mapping": lambda f, c: f.patient(facts=c),
    "facts: a list": lambda f, c: f.patient(facts=[c]),
    "facts: no mapping at all": lambda f, c: f.patient(facts=Odd(c)),
    "answers: an unknown name": lambda f, c: f.patient(**{c: True}),
    "answers: a value of another type": lambda f, c: f.patient(pregnancy=c),
    "answers: anything": lambda f, c: f.patient(pregnancy=Odd(c)),
    "age: a text": lambda f, c: f.patient(age=c),
    "age: anything": lambda f, c: f.patient(age=Odd(c)),
    "nothing_else: a text": lambda f, c: f.patient(nothing_else=c),
    "nothing_else: anything": lambda f, c: f.patient(nothing_else=Odd(c)),
}
WRONG_QUESTIONS: Final[dict[str, Wrong]] = {
    "mixture: of another type": lambda f, c: f.mixture(c, Odd(c)),
    "mixture: beside what is read in part": lambda f, c: f.mixture(f"Miorel {c}", Odd(c)),
    "amount: of another type": lambda f, c: f.mixture((c, Odd(c))),
    "amount: a name of another type": lambda f, c: f.mixture((Odd(c), "2 ml")),
    "amount: three of them": lambda f, c: f.mixture((c, c, c)),
    "amount: a unit that does not fit": lambda f, c: f.mixture(
        (f"Miorel ({c})", mesomix.Quantity.read("7 [iU]"))
    ),
    "amount: no number": lambda f, c: mesomix.Quantity(c, "mg"),
    "per_day: one text": lambda f, c: f.mixture(c, per_day=c),
    "per_day: of another type": lambda f, c: f.mixture(c, per_day=[c, Odd(c)]),
    "per_day: no list": lambda f, c: f.mixture(c, per_day=Odd(c)),
    "per_day: a pair of another type": lambda f, c: f.mixture(c, per_day=[(c, Odd(c))]),
    "effects: a text": lambda f, c: f.mixture(c, effects=c),
    "effects: texts": lambda f, c: f.mixture(c, effects=[c]),
    "effects: lists": lambda f, c: f.mixture(c, effects=[[c]]),
    "effects: no list": lambda f, c: f.mixture(c, effects=Odd(c)),
    "check: no mixture": lambda f, c: check(c, f.patient(allergies=[c])),
    "check: anything": lambda f, c: check(Odd(c)),
    "check: no patient": lambda f, c: check(f.mixture(c), c),
    "check: anything for a patient": lambda f, c: check(f.mixture(c), Odd(c)),
    "check: no session": lambda f, c: check(f.mixture(c), None, c),
    "check: anything for a session": lambda f, c: check(f.mixture(c), None, Odd(c)),
    "session: a text for a depth": lambda f, c: session(depth_mm=c),
    "session: anything for an interval": lambda f, c: session(days_since_last=Odd(c)),
    "session: anything for a number": lambda f, c: session(number=Odd(c)),
    "check: a patient for a mixture": lambda f, c: check(f.patient(allergies=[c])),
    "report: a truth": lambda f, c: bool(check(f.mixture(c), f.patient(allergies=[c]))),
    "report: a language": lambda f, c: check(f.mixture(), f.patient(allergies=[c])).text("de"),
}


@pytest.mark.parametrize("wrong", WRONG_PATIENTS.values(), ids=[*WRONG_PATIENTS])
def test_no_refusal_of_a_patient_repeats_what_was_given(
    formulary: Formulary, canary: str, wrong: Wrong
) -> None:
    with pytest.raises((TypeError, ValueError)) as raised:
        wrong(formulary, canary)
    assert canary not in everything_that_is_told(raised.value)


@pytest.mark.parametrize("wrong", WRONG_QUESTIONS.values(), ids=[*WRONG_QUESTIONS])
def test_no_refusal_of_a_question_repeats_what_was_given(
    formulary: Formulary, canary: str, wrong: Wrong
) -> None:
    with pytest.raises((TypeError, ValueError)) as raised:
        wrong(formulary, canary)
    assert canary not in everything_that_is_told(raised.value)


@pytest.mark.parametrize(
    "place",
    [
        *("verdict", "products", "allergies", "session", "composition", "per_day"),
        *("written", "a key", "text"),
    ],
)
def test_no_refusal_of_a_json_text_repeats_it(
    formulary: Formulary, canary: str, place: str
) -> None:
    report = mesomix.check(formulary.mixture("Miorel"), formulary.patient(allergies=["pollen"]))
    whole = report.model_dump()
    if place == "a key":
        whole[canary] = canary
    elif place == "written":
        whole["allergies"][0]["written"] = [canary]
    elif place != "text":
        whole[place] = canary
    text = f"{canary} {json.dumps(whole)}" if place == "text" else json.dumps(whole)
    with pytest.raises(ValueError, match="not a mesomix report") as raised:
        Report.model_validate_json(text)
    assert canary not in everything_that_is_told(raised.value)


def test_no_refusal_of_two_formularies_repeats_what_was_given(
    formulary: Formulary, canary: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    own = tmp_path_factory.mktemp("own") / "own.toml"
    own.write_text(
        '[products.zorg]\nfr = "zorgue"\nen = "zorg"\nsubstances = ["procaine"]\neffects = []\n'
        'source = "chan"\nchecked = 2026-11-21\n',
        encoding="utf-8",
    )
    mixture = mesomix.load(own).mixture(canary)
    patient = formulary.patient(allergies=[canary])
    with pytest.raises(ValueError, match="different data") as raised:
        mesomix.check(mixture, patient)
    assert canary not in everything_that_is_told(raised.value)


def ask(formulary: Formulary, canary: str) -> None:
    """Use the canary wherever something about a patient can be written."""
    allergies = [canary, f"allergie à {canary}", f"{canary}x", "sulfites"]
    allergies += [f"AINS ({canary}), pas d'allergie au latex ({canary})", f"{canary} sulfites ?"]
    patient = formulary.patient(allergies=allergies, pregnancy=True)
    assert canary in {one.read.written for one in formulary.read_allergies(f"AINS, {canary}")}
    names = [canary, "Miorel", "Dicynone", f"Miorel {canary}", f"{canary} Procaïne Lavoisier"]
    pairs = [("Miorel", "2 ml"), ("Dicynone", f"2 ml {canary}"), (f"{canary} Miorel", "1 ml")]
    day = [canary, f"Miorel 2 ml {canary}", ("Dicynone", canary), (canary, "2 ml"), *pairs]
    for given, per_day in ((patient, None), (None, day)):
        report = mesomix.check(formulary.mixture(*names, *pairs, per_day=per_day), given)
        assert report.composition is not None
        assert canary in report.text() + report.text("en")
        assert canary in report.model_dump_json()
        assert Report.model_validate_json(report.model_dump_json()) == report
        assert canary not in repr(report) + repr(given)
    for wrong in {**WRONG_PATIENTS, **WRONG_QUESTIONS}.values():
        with contextlib.suppress(Exception):
            wrong(formulary, canary)


def test_nothing_is_logged_and_nothing_printed(
    formulary: Formulary,
    canary: str,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with caplog.at_level(logging.DEBUG):
        ask(formulary, canary)
    assert caplog.records == []
    assert capsys.readouterr() == ("", "")


def reachable_texts(*roots: object) -> set[str]:
    """Every text that can be reached from `roots` without leaving mesomix and its objects."""
    found: set[str] = set()
    seen = {id(builtins.__dict__), id(sys.modules)}
    waiting = list(roots)
    while waiting:
        value = waiting.pop()
        if isinstance(value, str | bytes):
            found.add(value if isinstance(value, str) else value.decode(errors="replace"))
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, type | FunctionType) and not value.__module__.startswith("mesomix"):
            continue
        if isinstance(value, ModuleType) and not value.__name__.startswith("mesomix"):
            continue
        waiting += gc.get_referents(value)
    return found


def everything_of_mesomix(formulary: Formulary) -> set[str]:
    modules = [module for name, module in sys.modules.items() if name.startswith("mesomix")]
    return reachable_texts(mesomix.RULES, formulary, *modules)


def test_no_memory_of_mesomix_keeps_what_was_written(formulary: Formulary, canary: str) -> None:
    ask(formulary, canary)
    gc.collect()
    kept = everything_of_mesomix(formulary)
    assert {"dicynone-250-mg-2-ml", "Nobody asked about allergies."} <= kept
    assert [text for text in kept if canary in text] == []


def test_what_a_memory_would_keep_is_found(
    formulary: Formulary, canary: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mesomix.memory, "_planted", {(canary,): 1}, raising=False)
    assert canary in everything_of_mesomix(formulary)


def test_reading_a_report_keeps_none_of_its_texts(formulary: Formulary, canary: str) -> None:
    """What is read twice would be one object, had pydantic's cache of texts kept the first."""
    report = mesomix.check(formulary.mixture("Miorel"), formulary.patient(allergies=[canary]))
    text = report.model_dump_json()
    first, second = (Report.model_validate_json(text).allergies for _ in range(2))
    assert first is not None
    assert second is not None
    assert first[0].written == second[0].written == canary
    assert first[0].written is not second[0].written
