"""That the peers give the same answers as mesomix, before anything is timed."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from typing import Final

import synthetic

from checking.exported import exported
from checking.peers import PEERS, make
from checking.question import Answer, CannotBeMeasuredError, Case, Peer, random_cases
from checking.with_mesomix import WithMesomix

SIZES: Final = (9, 100)
"""The formularies from which the cases are drawn, in equal parts."""


def differing(peer: Peer, cases: Sequence[Case], answers: Sequence[Answer]) -> str:
    """The first case that the peer answers otherwise, and how; empty when there is none."""
    for case, answer in zip(cases, answers, strict=True):
        found = peer.answer(peer.ask(case))
        if found != answer:
            return (
                f"{peer.name} differs on {case.request}: {found.verdict}, not {answer.verdict};"
                f" lacks {sorted(answer.findings - found.findings)}"
                f" {sorted(answer.open - found.open)};"
                f" adds {sorted(found.findings - answer.findings)}"
                f" {sorted(found.open - answer.open)}"
            )
    return ""


def proven(peer: str, count: int) -> int:
    """How many random cases `peer` answers as mesomix does: all, or AssertionError is raised.

    None, when it is not installed.
    """
    equal = 0
    for size in SIZES:
        cases = random_cases(synthetic.formulary(size), count // len(SIZES))
        oracle = WithMesomix()
        answers = [oracle.answer(oracle.ask(case)) for case in cases]
        try:
            made = make(peer, exported(cases))
        except CannotBeMeasuredError:
            return 0
        difference = differing(made, cases, answers)
        assert not difference, difference
        equal += len(cases)
    return equal


def all_proven(count: int) -> dict[str, int]:
    """The same of each peer, on all cores: the slow ones take minutes."""
    with ProcessPoolExecutor() as pool:
        found = pool.map(proven, reversed(PEERS), repeat(count))  # the slow ones first
        return dict(zip(reversed(PEERS), found, strict=True))
