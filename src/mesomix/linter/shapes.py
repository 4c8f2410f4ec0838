"""From the bare values of a data file to its tables, and to all that is wrong with their shape.

A value of a wrong shape does not keep the rest from being judged: it gets a stand-in, of which
nothing more is said.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from mesomix.evidence import Text
from mesomix.formulary.paths import Path
from mesomix.linter.expectations import (
    in_words,
    is_optional,
    stand_in_at,
    table_at,
    units_at,
    words_at,
    words_by_name,
)
from mesomix.linter.lint_rule import Problem
from mesomix.linter.lint_rules.codes import malformed_cip13, malformed_cis
from mesomix.linter.lint_rules.quantities import no_quantity
from mesomix.linter.lint_rules.shapes import (
    EMPTY_VALUE,
    FACT_WITHOUT_SOURCE,
    MALFORMED_ID,
    MISSING_KEY,
    SUPPRESSION_WITHOUT_REASON,
    UNKNOWN_EFFECT,
    UNKNOWN_KEY,
    UNKNOWN_WORD,
    WRONG_TYPE,
)
from mesomix.linter.stand_in import STAND_IN, named
from mesomix.linter.suggestion import did_you_mean, id_of, nearest_word
from mesomix.names import printable

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from mesomix.formulary.schema import DataFile

_KEY: Final = "[key]"
"""The last step of pydantic's path to a key that is wrong."""


@dataclass(frozen=True)
class Shaped:
    """A data file as its tables, and what is wrong with their shape."""

    tables: "DataFile"
    faults: tuple[Problem, ...]
    """Where stand-ins are."""
    renamed: Mapping[str, str]
    """The malformed ids of tables, by the stand-ins that they have in `tables`."""
    meant: frozenset[Path] = frozenset()
    """The absent keys that somebody meant who wrote one that is not known."""

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """The faults, but for a missing key that is there with a slip of the pen."""
        absent = {MISSING_KEY, FACT_WITHOUT_SOURCE, SUPPRESSION_WITHOUT_REASON}
        return tuple(f for f in self.faults if f.rule not in absent or f.path not in self.meant)

    def as_written(self, path: Path) -> Path:
        """`path`, which leads through the tables, as it leads through the file."""
        return tuple(self.renamed.get(s, s) if isinstance(s, str) else s for s in path)

    def is_stand_in(self, path: Path, *, at_key: bool = False) -> bool:
        """Whether what `path`, as the file writes it, leads to is a stand-in or in one."""
        if at_key and path in self._keys:
            return True
        return any(path[:steps] in self._values for steps in range(1, len(path) + 1))

    def lists_stand_in(self, path: Path) -> bool:
        """Whether an element of the list at `path` is a stand-in."""
        return path in self._lists

    def holds_stand_in(self, path: Path) -> bool:
        """Whether something in the table or list at `path` is a stand-in, or is absent for one."""
        return path in self._holders

    def concerns(self, path: Path) -> bool:
        """Whether what `path` leads to is a stand-in, is in one, or holds one."""
        return self.is_stand_in(path) or self.holds_stand_in(path)

    @cached_property
    def _holders(self) -> frozenset[Path]:
        paths = self.meant.union(fault.path for fault in self.faults)
        return frozenset(path[:steps] for path in paths for steps in range(len(path) + 1))

    @cached_property
    def _values(self) -> frozenset[Path]:
        return self.meant.union(fault.path for fault in self.faults if not fault.at_key)

    @cached_property
    def _keys(self) -> frozenset[Path]:
        return frozenset(fault.path for fault in self.faults if fault.at_key)

    @cached_property
    def _lists(self) -> frozenset[Path]:
        return frozenset(path[:-1] for path in self._values if isinstance(path[-1], int))


def shaped(raw: dict[str, Any], source: str) -> Shaped:
    """The tables of `raw`, in which what is wrong is replaced.

    `source`, of digits, tells its stand-ins from those of other files.
    """
    from pydantic import ValidationError  # noqa: PLC0415 (as everywhere: only who needs it)

    from mesomix.formulary.schema import DataFile  # noqa: PLC0415 (as said)

    try:
        return Shaped(DataFile.model_validate(raw), (), {})
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=True, include_input=True)
    # pydantic calls a list too short whose only element is wrong; that this is wrong is said.
    faults = [fault for fault in found if fault["type"] != "too_short" or not fault["input"]]
    told = tuple(_problem(fault) for fault in faults)
    meant = frozenset(_meant_keys(raw, faults))
    renamed: dict[str, str] = {}
    for number, fault in enumerate(sorted(faults, key=_depth, reverse=True)):
        _mend(raw, fault, named(source, number), renamed)
    return Shaped(DataFile.model_validate(raw), told, renamed, meant)


def _depth(fault: "ErrorDetails") -> tuple[int, bool]:
    """The deepest are mended first, a value before its key: who is renamed takes all along."""
    is_key = _is_key(fault)
    return len(fault["loc"]) - is_key, not is_key


def _is_key(fault: "ErrorDetails") -> bool:
    """Whether it is a key that is wrong: pydantic's path then has one step more."""
    # A key that the file itself calls "[key]" can be unknown or of a wrong type, and no pattern is.
    return fault["type"] == "string_pattern_mismatch" and fault["loc"][-1] == _KEY


def _mend(raw: Any, fault: "ErrorDetails", name: str, renamed: dict[str, str]) -> None:
    is_key = _is_key(fault)
    path = fault["loc"][:-1] if is_key else fault["loc"]
    *steps, last = path
    for step in steps:
        raw = raw[step]
    if is_key:
        raw[name] = raw.pop(last)
        renamed[name] = str(last)
    elif fault["type"] == "extra_forbidden" or is_optional(path):
        del raw[last]
    else:
        raw[last] = stand_in_at(path, name)


def _problem(fault: "ErrorDetails") -> Problem:
    path = fault["loc"]
    if _is_key(fault):
        return _malformed_id(path[:-1], str(path[-2]), at_key=True)
    return _WORDING.get(fault["type"], _wrong_type)(path, fault["input"])


def _wrong_type(path: Path, _: object) -> Problem:
    in_list = isinstance(path[-1], int)
    what = Text("un élément de", "an entry of") if in_list else Text("la valeur de", "the value of")
    return WRONG_TYPE.problem(*path, what=what, key=_named(path), expected=in_words(path))


def _empty(path: Path, _: object) -> Problem:
    return EMPTY_VALUE.problem(*path, key=_named(path))


def _missing(path: Path, _: object) -> Problem:
    key = _named(path)
    if key == "source":
        return FACT_WITHOUT_SOURCE.problem(*path)
    if path[0] == "suppressions" and key in {"reason", "author", "expires"}:
        return SUPPRESSION_WITHOUT_REASON.problem(*path, key=key)
    return MISSING_KEY.problem(*path, key=key, expected=in_words(path))


def _unknown_key(path: Path, _: object) -> Problem:
    key, known = _named(path), _known_keys(path)
    near = did_you_mean(key, known)
    return UNKNOWN_KEY.problem(*path, at_key=True, key=key, near=near, known=_listed(known))


def _known_keys(path: Path) -> list[str]:
    """The keys of the table in which `path` is."""
    table = table_at(path[:-1])
    return list(table.model_fields) if table else []


def _meant_keys(raw: Any, faults: "Iterable[ErrorDetails]") -> Iterator[Path]:
    """The keys that are absent, and that an unknown key of their table is nearly."""
    for fault in faults:
        if fault["type"] == "extra_forbidden":
            *steps, key = fault["loc"]
            table = raw
            for step in steps:
                table = table[step]
            near = nearest_word(str(key), _known_keys(fault["loc"]))
            if near is not None and near not in table:
                yield *steps, near


def _unknown_word(path: Path, word: object) -> Problem:
    if not isinstance(word, str):
        return _wrong_type(path, word)
    key, known = _named(path), words_at(path)
    rule = UNKNOWN_EFFECT if key == "effects" else UNKNOWN_WORD
    near = did_you_mean(word, known, words_by_name(path))
    return rule.problem(*path, key=key, word=word, near=near, known=_listed(known))


def _unlike_its_pattern(path: Path, text: object) -> Problem:
    match _named(path):
        case "cis":
            return malformed_cis.problem(*path, code=text)
        case "cip13":
            why = Text("il faut treize chiffres", "it has to have thirteen digits")
            return malformed_cip13.problem(*path, code=text, why=why)
        case _ if units_at(path):
            written = str(text)
            return no_quantity(path, written) if written.strip() else _empty(path, text)
        case _:
            return _malformed_id(path, str(text), at_key=False)


def _malformed_id(path: Path, written: str, *, at_key: bool) -> Problem:
    proposed = id_of(written) or "…"
    return MALFORMED_ID.problem(*path, at_key=at_key, id=written, proposed=proposed)


_WORDING: Final = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "enum": _unknown_word,
    "literal_error": _unknown_word,
    "string_pattern_mismatch": _unlike_its_pattern,
    "too_short": _empty,
    "string_too_short": _empty,
}
"""What is said of pydantic's faults, by their types; of all others, that the type is wrong."""


def _named(path: Path) -> str:
    """The last key of `path`, which may lead on into a list."""
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _listed(known: Iterable[str]) -> Text:
    return Text.same(", ".join(known))


def as_written(problem: Problem, shapes: Mapping[str, Shaped]) -> Problem | None:
    """`problem`, which a lint rule found in the tables of the files `shapes`, as these write it.

    None when it is about a stand-in: what is wrong there has been said.
    """
    found = [shapes[file] for file in problem.files]
    if not any(shape.faults for shape in found):
        return problem
    ways = zip(found, (problem.path, *problem.others), strict=True)
    path, *others = [shape.as_written(path) for shape, path in ways]
    if found[0].is_stand_in(path, at_key=problem.at_key) or found[0].lists_stand_in(path):
        return None
    if any(shape.is_stand_in(other) for shape, other in zip(found[1:], others, strict=True)):
        return None
    if any(shape.concerns(shape.as_written(p)) for shape in found for p in problem.rests_on):
        return None
    renamed = {key: name for shape in found for key, name in shape.renamed.items()}
    texts = {key: _without_stand_ins(text, renamed) for key, text in problem.words.items()}
    return replace(problem, path=path, others=tuple(others), words=texts)


def _without_stand_ins(text: Text, renamed: Mapping[str, str]) -> Text:
    fr, en = (
        STAND_IN.sub(lambda found: printable(renamed.get(found[0], "…")), words)
        for words in (text.fr, text.en)
    )
    return Text(fr, en)
