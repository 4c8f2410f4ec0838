"""Which columns of a table say what, and which columns a check adds."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, get_args

from mesomix.rulebook import Rulebook
from mesomix.rules import RULES

if TYPE_CHECKING:
    import pyarrow as pa

NullProducts = Literal["unknown", "none"]
Findings = Literal["codes", "list"]

VERDICT: Final = "mesomix_verdict"
SURE: Final = "mesomix_sure"
UNSURE: Final = "mesomix_unsure"
OPEN: Final = "mesomix_open"
UNREAD: Final = "mesomix_unread"
PROBLEM: Final = "mesomix_problem"
FINDINGS: Final = "mesomix_findings"

RULES_IN_COLUMN: Final = 61
"""The bits of a column that stand for a rule each; a longer rulebook has several columns."""
RULE_IDS: Final = "mesomix_rules"
"""The key of a column's metadata under which the ids of its rules stand, the lowest bit first."""

_TEXT: Final = "a text"
_LIST: Final = "a list of texts"
_EITHER: Final = "a text or a list of texts"
_ANSWER: Final = "a boolean"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns that say what is mixed, and what is known of the patient.

    Raises TypeError when an argument is of another type, and ValueError when there is no column
    of products, or the amounts are not as many columns.
    """

    products: str | tuple[str, ...]
    """A column of lists of names, or several columns of one name each. An empty text is no
    product."""
    allergies: str | None = None
    """A column of lists of texts, or of one free text each. A null, or an empty free text, is
    "nobody asked", and so is the lack of a column; an empty list is "none known"."""
    facts: Mapping[str, str] = field(default_factory=dict[str, str])
    """From conditions, by id or by name, to boolean columns; a null is "not asked"."""
    affirmed: str | None = None
    """A column of lists of conditions that were answered with yes."""
    denied: str | None = None
    """The same of those that were answered with no."""
    amounts: str | tuple[str, ...] | None = None
    """How much of each product, in the form of `products`; null or empty: nothing is written."""
    nothing_else: bool = False
    """Whether every condition that is not answered was asked, and denied. Only `audit` asks what
    columns that nothing reads may say."""
    null_products: NullProducts = "unknown"
    """What a null is in the place of a product: one that nobody knows, or none."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "products", _names("products", self.products))
        if self.amounts is not None:
            object.__setattr__(self, "amounts", _names("amounts", self.amounts))
            if _shape(self.amounts) != _shape(self.products):
                message = "amounts must be one column where products is one, or as many as these"
                raise ValueError(message)
        for name in (self.allergies, self.affirmed, self.denied):
            if name is not None and not isinstance(name, str):
                message = "allergies, affirmed and denied must each be the name of a column"
                raise TypeError(message)
        object.__setattr__(self, "facts", _facts(self.facts))
        if not isinstance(self.nothing_else, bool):
            message = "nothing_else must be True or False"
            raise TypeError(message)
        if self.null_products not in get_args(NullProducts):
            message = f"null_products must be one of: {', '.join(get_args(NullProducts))}"
            raise ValueError(message)

    @property
    def wanted(self) -> Iterator[tuple[str, str]]:
        """The name of each column that is read, and what it has to hold."""
        for names in (self.products, self.amounts):
            if isinstance(names, str):
                yield names, _EITHER
            elif names is not None:
                yield from ((name, _TEXT) for name in names)
        if self.allergies is not None:
            yield self.allergies, _EITHER
        yield from ((name, _ANSWER) for name in self.facts.values())
        yield from ((name, _LIST) for name in (self.affirmed, self.denied) if name is not None)


def _names(role: str, given: object) -> str | tuple[str, ...]:
    """The names of columns that were given for `role`."""
    if isinstance(given, str):
        return given
    if not isinstance(given, tuple) or not all(isinstance(name, str) for name in given):
        message = f"{role} must be the name of a column, or a tuple of such names"
        raise TypeError(message)
    if not given:
        message = f"{role} must name at least one column"
        raise ValueError(message)
    return given


def _shape(names: str | tuple[str, ...]) -> int | None:
    return None if isinstance(names, str) else len(names)


def _facts(given: object) -> Mapping[str, str]:
    if not isinstance(given, Mapping) or not all(
        isinstance(text, str) for item in given.items() for text in item
    ):
        message = "facts must be a mapping of conditions to the names of boolean columns"
        raise TypeError(message)
    return MappingProxyType(dict(given))


def needs_tables() -> None:
    """Raise ImportError, with the way out, where the packages of the extra are not there."""
    try:
        import numpy as np  # noqa: F401, PLC0415 (extra)
        import pyarrow as pa  # noqa: F401, PLC0415 (extra)
    except ImportError as error:
        message = "mesomix.batch needs pyarrow and numpy: install mesomix with its extra 'tables'"
        raise ImportError(message) from error


def checked_schema(
    schema: "pa.Schema",
    columns: Columns,
    *,
    rules: Rulebook = RULES,
    findings: Findings = "codes",
) -> "pa.Schema":
    """The schema of what `check_batches` yields for batches of `schema`.

    Raises ValueError when a column is missing, stands there twice, is of a type that cannot be
    read, or has the name of one that a check adds. ImportError without pyarrow and numpy.
    """
    needs_tables()
    if findings not in get_args(Findings):
        message = f"findings must be one of: {', '.join(get_args(Findings))}"
        raise ValueError(message)
    for name, kind in columns.wanted:
        places = schema.get_all_field_indices(name)
        if len(places) != 1:
            how_often = "there is no column" if not places else "there is more than one column"
            message = f"{how_often} {name!r}; there are: {', '.join(map(repr, schema.names))}"
            raise ValueError(message)
        if kind not in _kinds(schema.field(places[0]).type):
            message = f"column {name!r} must hold {kind}, and is of type "
            message += str(schema.field(places[0]).type)
            if kind == _ANSWER:
                message += "; make booleans of it (of files, `mesomix audit` reads oui and non)"
            elif _holds_no_text(schema.field(places[0]).type):
                message += '; make texts of it, of nulls too (pandas: .astype("string"))'
            raise ValueError(message)
    _check_amounts(schema, columns)
    added = added_fields(rules, findings)
    clash = sorted({field.name for field in added} & set(schema.names))
    if clash:
        message = f"a check adds {', '.join(clash)}: rename these columns, or drop them"
        raise ValueError(message)
    for one in added:
        schema = schema.append(one)
    return schema


def _check_amounts(schema: "pa.Schema", columns: Columns) -> None:
    if isinstance(columns.amounts, str) and isinstance(columns.products, str):
        names = (columns.products, columns.amounts)
        found = [{*_kinds(schema.field(name).type)} for name in names]
        if not found[0] & found[1] & {_TEXT, _LIST}:
            message = f"columns {names[0]!r} and {names[1]!r}: one is of lists, the other is not"
            raise ValueError(message)


def _kinds(kind: "pa.DataType") -> tuple[str, ...]:
    """What a column of that type may be read as. One that has nothing but nulls is anything."""
    from pyarrow import types  # noqa: PLC0415 (extra)

    if types.is_null(kind):
        return (_TEXT, _EITHER, _ANSWER, _LIST)
    if types.is_boolean(kind):
        return (_ANSWER,)
    encoded = types.is_dictionary(kind)
    held = kind.value_type if encoded else kind
    if not is_list(kind):
        return (_TEXT, _EITHER) if _is_text(held, encoded) else ()
    held = held.value_type
    if not encoded and types.is_dictionary(held):
        held, encoded = held.value_type, True
    return (_LIST, _EITHER) if _is_text(held, encoded) else ()


def _holds_no_text(kind: "pa.DataType") -> bool:
    """Whether it is a type in which pandas or R may keep a column of nulls, or codes."""
    from pyarrow import types  # noqa: PLC0415 (extra)

    return types.is_floating(kind) or types.is_integer(kind) or types.is_boolean(kind)


def is_list(kind: "pa.DataType") -> bool:
    """Whether a column of that type is one of lists, dictionary-encoded or not."""
    from pyarrow import types  # noqa: PLC0415 (extra)

    if types.is_dictionary(kind):
        kind = kind.value_type
    return types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind)


def _is_text(kind: "pa.DataType", encoded: bool) -> bool:
    """Whether it is a type of texts; Arrow cannot do all with a dictionary of some of them."""
    from pyarrow import types  # noqa: PLC0415 (extra)

    if types.is_string(kind) or types.is_large_string(kind):
        return True
    return not encoded and (types.is_string_view(kind) or types.is_null(kind))


def added_fields(rules: Rulebook, findings: Findings) -> "list[pa.Field]":
    """The fields that a check adds, in order."""
    import pyarrow as pa  # noqa: PLC0415 (extra)

    text = pa.string()
    verdict = text if findings == "list" else pa.dictionary(pa.int8(), text)
    added = [pa.field(VERDICT, verdict, nullable=False)]
    for first, part in enumerate(parts_of_rules(rules)):
        told = {RULE_IDS: json.dumps(part)}
        for name in (SURE, UNSURE):
            numbered = name if first == 0 else f"{name}_{first + 1}"
            added.append(pa.field(numbered, pa.int64(), nullable=False, metadata=told))
    added.append(pa.field(OPEN, pa.bool_(), nullable=False))
    added += [pa.field(UNREAD, pa.list_(text)), pa.field(PROBLEM, text)]
    if findings == "list":
        of_one = [("rule", text), ("severity", text)]
        of_one += [("products", pa.list_(text)), ("certain", pa.bool_())]
        added.append(pa.field(FINDINGS, pa.list_(pa.struct(of_one))))
    return added


def parts_of_rules(rules: Rulebook) -> list[list[str]]:
    """The ids of the rules, for each pair of columns that a check adds; of no rules one empty."""
    ids = [rule.id for rule in rules]
    starts = range(0, max(len(ids), 1), RULES_IN_COLUMN)
    return [ids[start : start + RULES_IN_COLUMN] for start in starts]
