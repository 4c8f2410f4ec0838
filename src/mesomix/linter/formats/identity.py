"""A name for each problem that stays the same between runs and is unique within one."""

from collections import Counter
from collections.abc import Iterable

from mesomix.linter.diagnostic import Diagnostic
from mesomix.names import printable


def fingerprints(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """The fingerprints in their order, numbered from 1 where several would be equal.

    All are numbered, as GitHub's own are: a number behind some only could equal the fingerprint of
    another problem.
    """
    seen: Counter[str] = Counter()
    names: list[str] = []
    for found in diagnostics:
        name = printable(found.fingerprint)
        seen[name] += 1
        names.append(f"{name}:{seen[name]}")
    return names
