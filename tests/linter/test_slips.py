"""A single slip in the shipped data is said by the linter, or makes no verdict milder.

What is left are the kinds of slips that `OUT_OF_SIGHT` names, and docs/lint.md with it.
benchmarks/slips.py judges every mutation; here are some of them, always the same.
"""

from collections import Counter
from pathlib import Path
from typing import Final

import pytest
from linter.slips.judge import NOBODY_LOOKS, Class, Judge
from linter.slips.mutations import Mutation, all_mutations, shipped_texts
from linter.slips.out_of_sight import OUT_OF_SIGHT, Kind, kind_of
from linter.slips.verdicts import AS_OF

from mesomix.linter import lint

MUTATIONS: Final = tuple(all_mutations())

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def judge() -> Judge:
    """Judges mutations against the data as it is."""
    return Judge()


def unseen(judge: Judge, mutations: tuple[Mutation, ...]) -> list[str]:
    """The mutations of which the linter ought to have said something, with what shows it."""
    found: list[str] = []
    for mutation in mutations:
        outcome = judge.judged(mutation)
        milder = outcome.kind is Class.MILDER and kind_of(mutation) is None
        if milder or outcome.kind is Class.LOAD_FAILS:
            found.append(f"{mutation} ({outcome.kind}: {outcome.shown})")
    return found


def test_one_slip_is_said_or_makes_no_verdict_milder_or_is_of_a_named_kind(judge: Judge) -> None:
    assert unseen(judge, MUTATIONS[::127]) == []


def test_hundreds_of_slips_are_said_or_make_no_verdict_milder_or_are_of_a_named_kind(
    judge: Judge,
) -> None:
    assert unseen(judge, MUTATIONS[5::79]) == []


@pytest.mark.parametrize("kind", OUT_OF_SIGHT, ids=lambda kind: kind.id)
def test_each_named_kind_has_a_slip_that_no_linter_sees(judge: Judge, kind: Kind) -> None:
    (mutation,) = [one for one in MUTATIONS if str(one) == kind.example]
    assert kind_of(mutation) == kind.id
    assert judge.judged(mutation).kind is Class.MILDER


def test_the_docs_name_each_kind_that_no_linter_sees() -> None:
    page = Path(__file__).parents[2] / "docs" / "lint.md"
    text = " ".join(page.read_text(encoding="utf-8").split())
    assert [kind.id for kind in OUT_OF_SIGHT if f"* {kind.says}" not in text] == []


def test_the_judge_finds_what_the_linter_finds_in_files(judge: Judge, tmp_path: Path) -> None:
    texts = shipped_texts()
    for mutation in MUTATIONS[::1200]:
        files = [tmp_path / name for name in texts]
        for file in files:
            text = texts[file.name]
            changed = mutation.of(text) if file.name == mutation.file else text
            file.write_text(changed, encoding="utf-8")
        found = Counter(diagnostic.rule for diagnostic in lint(*files, as_of=AS_OF).diagnostics)
        assert judge.mutated(mutation).found() == found, mutation


def test_asking_only_what_may_have_changed_hides_nothing(judge: Judge) -> None:
    mutations = [one for one in MUTATIONS[::211] if judge.is_silent(one)][:12]
    mutations += [
        one
        for one in MUTATIONS[::499]
        if NOBODY_LOOKS.intersection(map(str, one.path)) and judge.is_silent(one)
    ]
    for mutation in mutations:
        quick = judge.judged(mutation).kind
        assert quick is judge.judged(mutation, by_shortcut=False).kind, mutation
