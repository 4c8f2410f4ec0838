"""What the schema of the data files expects at a path, in words and as a stand-in."""

import re
import types
from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from mesomix.evidence import Text
from mesomix.formulary.paths import Path
from mesomix.formulary.schema import DataFile, Table
from mesomix.names import fold
from mesomix.quantity import UNITS

_WORDS = {
    str: Text("un texte", "a text"),
    bool: Text("true ou false", "true or false"),
    int: Text("un nombre entier, à partir de 1", "a whole number, from 1 on"),
    date: Text(
        "une date, comme 2026-11-21, sans guillemets", "a date, such as 2026-11-21, unquoted"
    ),
    tuple: Text("une liste, entre crochets", "a list, in square brackets"),
    dict: Text("une table", "a table"),
}
_UNIONS = {Union, types.UnionType}
_PATTERNED = ("0" * 13, "1 mg", "1 mL")
"""Texts for the patterns which no id satisfies: of CIP13, of what can be measured, of volumes."""


def annotation_at(path: Path) -> Any:
    """What the schema says of the value at `path`; None where it knows no such key."""
    found: Any = DataFile
    for step in path:
        base = _base(found)
        if isinstance(base, type) and issubclass(base, Table):
            found = get_type_hints(base, include_extras=True).get(str(step))
        else:
            inner = {dict: 1, tuple: 0}.get(get_origin(base) or base)
            found = None if inner is None else get_args(base)[inner]
        if found is None:
            return None
    return found


def table_at(path: Path) -> type[Table] | None:
    """The model of the table at `path`; None where the schema has none there."""
    base = _base(annotation_at(path))
    return base if isinstance(base, type) and issubclass(base, Table) else None


def words_at(path: Path) -> list[str]:
    """The words that the schema allows at `path`."""
    base = _base(annotation_at(path))
    if get_origin(base) is Literal:
        return list(get_args(base))
    return [str(word.value) for word in base] if _is_enumeration(base) else []


def words_by_name(path: Path) -> dict[str, str]:
    """The words that the schema allows at `path`, by their folded names in French."""
    base = _base(annotation_at(path))
    named = base if _is_enumeration(base) else ()
    return {fold(w.text.fr): str(w.value) for w in named if isinstance(getattr(w, "text", 0), Text)}


def units_at(path: Path) -> list[str]:
    """The UCUM codes of the quantities that the schema allows at `path`; none for another text."""
    if not _patterns(annotation_at(path)):
        return []
    return [code for code in dict.fromkeys(UNITS.values()) if fits(path, f"1 {code}")]


def fits(path: Path, text: str) -> bool:
    """Whether `text` is of the patterns that the schema has for the value at `path`."""
    return all(re.search(pattern, text) for pattern in _patterns(annotation_at(path)))


def example_of(units: Iterable[str]) -> str:
    """A quantity in one of `units`, as data files write it."""
    return "250 mg" if "mg" in units else "2 mL"


def in_words(path: Path) -> Text:
    """What the schema expects at `path`, in words."""
    base = _base(annotation_at(path))
    kind = get_origin(base) or base
    units = units_at(path)
    if units:
        written = example_of(units)
        return Text(
            f'une quantité entre guillemets, comme "{written}"',
            f'a quantity in quotes, such as "{written}"',
        )
    if words_at(path):
        listed = ", ".join(words_at(path))
        return Text(f"un de ces mots : {listed}", f"one of these words: {listed}")
    return _WORDS.get(kind, _WORDS[dict])


def is_optional(path: Path) -> bool:
    """Whether the table at the path may do without its last key."""
    table = table_at(path[:-1])
    field = table.model_fields.get(str(path[-1])) if table else None
    return field is not None and not field.is_required()


def stand_in_at(path: Path, name: str) -> object:
    """A value that the schema accepts at `path`; the texts in it are `name`, which is an id."""
    return _stand_in(annotation_at(path), name)


def _stand_in(annotation: Any, name: str) -> object:
    base = _base(annotation)
    kind = get_origin(base) or base
    if kind is tuple:
        needs_one = any(getattr(m, "min_length", None) for m in _constraints(annotation))
        return [_stand_in(get_args(base)[0], name) for _ in range(needs_one)]
    if kind is dict:
        return dict[str, object]()
    if kind is Literal:
        return get_args(base)[0]
    if _is_enumeration(kind):
        return next(iter(kind)).value
    if issubclass(kind, BaseModel):
        hints = get_type_hints(kind, include_extras=True)
        required = [key for key, field in kind.model_fields.items() if field.is_required()]
        return {key: _stand_in(hints[key], name) for key in required}
    return {date: date.min, bool: False}.get(kind) if kind is not str else _text(annotation, name)


def _text(annotation: Any, name: str) -> str:
    patterns = _patterns(annotation)
    candidates = (name, *_PATTERNED)
    return next(c for c in candidates if all(re.search(pattern, c) for pattern in patterns))


def _patterns(annotation: Any) -> list[str]:
    return [m.pattern for m in _constraints(annotation) if getattr(m, "pattern", None)]


def _base(annotation: Any) -> Any:
    """`annotation` without its constraints, and without the None that it allows."""
    if get_origin(annotation) is Annotated:
        return _base(get_args(annotation)[0])
    if get_origin(annotation) in _UNIONS:
        return _base(next(a for a in get_args(annotation) if a is not type(None)))
    return annotation


def _constraints(annotation: Any) -> list[Any]:
    found: list[Any] = []
    if get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        for item in metadata:
            found += [item, *getattr(item, "metadata", ())]
        found += _constraints(inner)
    elif get_origin(annotation) in _UNIONS:
        for inner in get_args(annotation):
            found += _constraints(inner)
    return found


def _is_enumeration(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)
