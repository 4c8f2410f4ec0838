"""The entries that a file of acknowledgements lacks, to be given their reasons."""

from collections.abc import Iterable, Iterator
from typing import Final

from mesomix.space.acknowledged import Acknowledged, digest
from mesomix.space.causes import Cause, written
from mesomix.space.meanings import Moved

MOST_WRITTEN_OUT: Final = 2_000
"""A list of so many characters is written; a longer one as the number of its mixtures."""


def acknowledgements_text(left: Acknowledged) -> str:
    """What would acknowledge all that is left, as TOML: empty where nothing is.

    The reasons are empty, and an empty reason is refused: somebody has to write each.
    """
    return "".join(f"{line}\n" for lines in acknowledgements_entries(left) for line in lines)


def acknowledgements_entries(left: Acknowledged) -> list[list[str]]:
    """The same, in lines of each entry."""
    patient = [] if left.patient is None else [f"patient = {_text(left.patient.en)}"]
    entries = [[*_cause(cause), *patient, *_REASON] for cause in left.causes]
    return entries + [["[[added]]", f"product = {_text(key)}", *_REASON] for key in left.added]


def names_entries(moved: Iterable[Moved]) -> list[list[str]]:
    """The same of names that mean something else."""
    return [
        [
            "[[names]]",
            f"name = {_text(one.name)}",
            f"before = {_text(one.before)}",
            f"after = {_text(one.after)}",
            *_REASON,
        ]
        for one in moved
    ]


_REASON: Final = ('reason = ""', "")


def _cause(cause: Cause) -> Iterator[str]:
    before, after = cause.change
    several = ", ".join(f"[{', '.join(map(_text, ids))}]" for ids in cause.about)
    yield "[[causes]]"
    yield f"before = {_text(before.value)}"
    yield f"after = {_text(after.value)}"
    yield f"objections = [{', '.join(_text(written(one)) for one in cause.objections)}]"
    yield f"of = {_text(cause.of.value)}"
    if 0 < len(several) <= MOST_WRITTEN_OUT:
        yield f"about = [{several}]"
    else:
        yield f"mixtures = {cause.mixtures}"
        yield f"digest = {_text(digest(cause.named))}"


def _text(value: str) -> str:
    # Names are as somebody wrote them: none ends the text, or the block that it is shown in.
    shown = (
        one if one.isprintable() and one not in '"\\`' else f"\\U{ord(one):08X}" for one in value
    )
    return f'"{"".join(shown)}"'
