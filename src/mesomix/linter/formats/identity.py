"""A name for each problem that stays the same between runs and is unique within one."""

from collections import Counter
from collections.abc import Iterable

from mesomix.linter.diagnostic import Diagnostic
from mesomix.names import as_text, printable


def fingerprints(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """The fingerprints in their order, numbered from 1 where several would be equal.

    All are numbered, as GitHub's own are: a number behind some only could equal the fingerprint of
    another problem.
    """
    seen: Counter[str] = Counter()
    names: list[str] = []
    for found in diagnostics:
        name = printable(found.fingerprint) or _made(found)
        seen[name] += 1
        names.append(f"{name}:{seen[name]}")
    return names


def _made(found: Diagnostic) -> str:
    import hashlib  # noqa: PLC0415 (problems have a fingerprint, as a rule)

    # Not its line, which moves; and one language, so that both name it alike.
    parts = (found.rule, found.place.file, found.place.key, found.message.fr)
    return hashlib.sha256(as_text("\0".join(parts)).encode()).hexdigest()
