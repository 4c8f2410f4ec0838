"""Every single mutation of the shipped data: the slips of somebody who edits a file by hand.

A mutation is one edit of the text of one file. Their order is that of the files.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

import tomli

from mesomix.formulary.files import SHIPPED, shipped_folder
from mesomix.formulary.paths import Path, key_of
from mesomix.linter.diagnostic import Span
from mesomix.linter.expectations import table_at, words_at
from mesomix.linter.positions import Positions


class Slip(StrEnum):
    """What somebody did to one key, value, entry or table."""

    KEY_REMOVED = "key removed"
    SOURCE_DROPPED = "source dropped"
    KEY_MISSPELT = "key misspelt"
    KEY_OF_ANOTHER = "key taken for another of its table"
    ID_MISSPELT = "id of a table misspelt"
    VALUE_RETYPED = "value retyped"
    VALUE_SWAPPED = "value of the same key elsewhere"
    WORD_SWAPPED = "another word that the key allows"
    ENTRY_SWAPPED = "entry of the same list elsewhere"
    ENTRY_REMOVED = "entry of a list removed"
    TABLE_REMOVED = "table removed"


@dataclass(frozen=True)
class Mutation:
    """One edit of the text of one file."""

    slip: Slip
    file: str
    path: Path
    """What it was done to, in the file as it was."""
    start: int
    end: int
    written: str
    """What stands from `start` to `end` instead."""

    def of(self, text: str) -> str:
        """`text`, which is that of the file, with the mutation."""
        return text[: self.start] + self.written + text[self.end :]

    @property
    def where(self) -> str:
        """Its place without the ids of tables: `substances.*.contraindications[].severity`."""
        return pattern_of(self.path)

    def __str__(self) -> str:
        """What was done to what."""
        shown = self.written if len(self.written) < 60 else self.written[:60] + "…"
        return f"{self.slip}: {key_of(self.path)}" + (f" = {shown}" if shown else "")


def pattern_of(path: Path) -> str:
    """`path` without the ids of tables and the numbers of entries."""
    steps = [("*" if n in {1, 3} else s) if isinstance(s, str) else 0 for n, s in enumerate(path)]
    return key_of(tuple(steps)).replace("[0]", "[]")


def shipped_texts() -> dict[str, str]:
    """The texts of the shipped files by their names."""
    return {name: (shipped_folder() / name).read_text(encoding="utf-8") for name in SHIPPED}


def all_mutations() -> Iterator[Mutation]:
    """Every mutation of every shipped file."""
    for name, text in shipped_texts().items():
        yield from _File(name, text).mutations()


class _File:
    """One file, and what can be done to it."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text
        self._positions = Positions(text)
        self._lines = [0]
        for line in text.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self._raw: dict[str, Any] = tomli.loads(text)
        self._values: dict[str, list[str]] = {}
        """What is written in the file for each pattern, each value once, in its order."""
        for path, value in _walked(self._raw):
            if not _is_table(value):
                known = self._values.setdefault(pattern_of(path), [])
                written = self._written(path)
                if written not in known:
                    known.append(written)

    def mutations(self) -> Iterator[Mutation]:
        """Every mutation of it."""
        for path, value in _walked(self._raw):
            if _is_table(value):
                yield from self._of_table(path, value)
            elif isinstance(path[-1], int):
                yield from self._of_entry(path)
            else:
                yield from self._of_pair(path, value)

    def _of_table(self, path: Path, value: Any) -> Iterator[Mutation]:
        if self._is_inline(path):
            yield from self._of_inline_table(path, value)
            return
        if isinstance(value, list) or len(path) == 1:  # no header of its own
            return
        yield self._made(Slip.TABLE_REMOVED, path, self._block(path), "")
        span = self._positions.value(path)
        if isinstance(path[-1], str) and span and len(path) in {2, 4}:
            start, end = self._offsets(span)
            yield self._made(Slip.ID_MISSPELT, path, (start, end), f"{self._text[start:end]}s")

    def _of_inline_table(self, path: Path, value: Any) -> Iterator[Mutation]:
        """Of an inline table, or of an array of them in brackets."""
        if isinstance(value, list):
            yield self._made(Slip.KEY_REMOVED, path, self._line(path), "")
        else:
            yield self._made(Slip.TABLE_REMOVED, path, self._with_comma(path), "")

    def _is_inline(self, path: Path) -> bool:
        """Whether the table at `path` has no header of its own, but a value in braces."""
        return self._written(path).startswith(("{", "[{", "[\n"))

    def _line(self, path: Path) -> tuple[int, int]:
        """The lines of the key at `path` and of its value."""
        key, span = self._positions.key(path), self._positions.value(path)
        assert key
        assert span
        return self._lines[key.line - 1], self._lines[span.end_line]

    def _with_comma(self, path: Path) -> tuple[int, int]:
        """What is at `path` in braces or brackets, its key with it, and one comma beside it."""
        span = self._positions.value(path)
        assert span
        start, end = self._offsets(span)
        if isinstance(path[-1], str):
            key = self._positions.key(path)
            assert key
            start = self._offsets(key)[0]
        behind = self._text[end:]
        if behind.lstrip(" \n").startswith(","):
            return start, end + len(behind) - len(behind.lstrip(" \n,"))
        return len(self._text[:start].rstrip(" \n,")), end

    def _of_pair(self, path: Path, value: Any) -> Iterator[Mutation]:
        key, span = self._positions.key(path), self._positions.value(path)
        assert key
        assert span
        inline = self._written(path[:-1]).startswith("{")
        removed = Slip.SOURCE_DROPPED if path[-1] == "source" else Slip.KEY_REMOVED
        place = self._with_comma(path) if inline else self._line(path)
        yield self._made(removed, path, place, "")
        yield self._made(Slip.KEY_MISSPELT, path, self._offsets(key), f"{path[-1]}s")
        other = self._another_key(path, value)
        if other:
            yield self._made(Slip.KEY_OF_ANOTHER, path, self._offsets(key), other)
        at = self._offsets(span)
        yield self._made(Slip.VALUE_RETYPED, path, at, _retyped(value, self._text[slice(*at)]))
        yield from self._swapped(Slip.VALUE_SWAPPED, path, at)

    def _of_entry(self, path: Path) -> Iterator[Mutation]:
        span = self._positions.value(path)
        assert span
        start, end = self._offsets(span)
        behind = len(self._text[end:]) - len(self._text[end:].lstrip(" \n,"))
        yield self._made(Slip.ENTRY_REMOVED, path, (start, end + behind), "")
        yield from self._swapped(Slip.ENTRY_SWAPPED, path, (start, end))

    def _swapped(self, slip: Slip, path: Path, at: tuple[int, int]) -> Iterator[Mutation]:
        """The next value of the same key in the file, and each other word that it allows."""
        now = self._text[slice(*at)]
        words = ["true", "false"] if now in {"true", "false"} else words_at(path)
        for word in words:
            written = word if now in {"true", "false"} else f'"{word}"'
            if written != now:
                yield self._made(Slip.WORD_SWAPPED, path, at, written)
        known = self._values[pattern_of(path)]
        behind = known.index(now) + 1
        here = self._beside(path)
        for written in (*known[behind:], *known[: behind - 1]) if not words else ():
            if written not in here:  # twice in one list would be too easy to see
                yield self._made(slip, path, at, written)
                return

    def _beside(self, path: Path) -> set[str]:
        """What is written in the list that an entry stands in; nothing for another value."""
        if not isinstance(path[-1], int):
            return set()
        return {self._written((*path[:-1], n)) for n in range(len(self._at(path[:-1])))}

    def _another_key(self, path: Path, value: Any) -> str | None:
        """The next key of the table that it lacks and that may have a value of that type."""
        model = table_at(path[:-1])
        if model is None:
            return None
        keys = list(model.model_fields)
        at = keys.index(str(path[-1]))
        present = self._at(path[:-1])
        for key in (*keys[at + 1 :], *keys[:at]):
            if key not in present and isinstance(value, _TYPES.get(_base_of(model, key), ())):
                return key
        return None

    def _at(self, path: Path) -> Any:
        found: Any = self._raw
        for step in path:
            found = found[step]
        return found

    def _written(self, path: Path) -> str:
        return self._positions.text_of(path) or ""

    def _offsets(self, span: Span) -> tuple[int, int]:
        start = self._lines[span.line - 1] + span.column - 1
        return start, self._lines[span.end_line - 1] + span.end_column - 1

    def _block(self, path: Path) -> tuple[int, int]:
        """The table at `path` with all that is under it."""
        span = self._positions.value(path)
        assert span
        number = path[-1] if isinstance(path[-1], int) else None
        own = ".".join(step for step in path if isinstance(step, str))
        line = end = span.line
        for text in self._text.splitlines()[line:]:
            header = text.strip("[]") if text.startswith("[") else ""
            if header and (header == own if number is not None else False):
                break
            if header and header != own and not header.startswith(f"{own}."):
                break
            end += 1
        return self._lines[line - 1], self._lines[end]

    def _made(self, slip: Slip, path: Path, at: tuple[int, int], written: str) -> Mutation:
        return Mutation(slip, self._name, path, *at, written)


_OF_TABLES: Final = {
    *{"contraindications", "reported_harms", "reached_from", "forbidden_routes"},
    *{"amounts", "maximum_doses"},
}
_TYPES: Final[Mapping[str, type | tuple[type, ...]]] = {
    "str": str,
    "tuple": list,
    "bool": bool,
    "date": date,
}


def _base_of(model: Any, key: str) -> str:
    """The name of the type that the annotation of a field begins with."""
    if key in _OF_TABLES:
        return ""
    annotation = model.model_fields[key].annotation
    return str(getattr(annotation, "__name__", annotation)).partition("[")[0]


def _walked(raw: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every table, value and entry of `raw` with the steps to it."""
    steps: Sequence[tuple[str | int, Any]] = (
        list(raw.items()) if isinstance(raw, dict) else list(enumerate(raw))
    )
    for step, value in steps:
        yield (*path, step), value
        if _is_table(value) or isinstance(value, list):
            yield from _walked(value, (*path, step))


def _is_table(value: Any) -> bool:
    """Whether `value` is a table, or an array of tables."""
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], dict)
    )


def _retyped(value: Any, written: str) -> str:
    """A value of another type that somebody may write for `value`."""
    if isinstance(value, list):
        return f'"{value[0] if value else ""}"'
    return f"[{written}]" if isinstance(value, str) else f'"{written}"'
