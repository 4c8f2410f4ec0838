"""What the columns of a table may be read as, by their types."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mesomix.names import shortened

if TYPE_CHECKING:
    import pyarrow as pa


def is_text(kind: "pa.DataType") -> bool:
    """Whether it is a text, or holds nulls alone."""
    import pyarrow as pa  # noqa: PLC0415 (extra)

    types = pa.types
    if types.is_dictionary(kind):
        kind = kind.value_type
    return kind in {pa.string(), pa.large_string(), pa.string_view(), pa.null()}


def is_number(kind: "pa.DataType") -> bool:
    """Whether it is a number."""
    import pyarrow as pa  # noqa: PLC0415 (extra)

    return pa.types.is_integer(kind) or pa.types.is_floating(kind)


def is_word(kind: "pa.DataType") -> bool:
    """Whether it is a text or a number, which may be written for a yes or a no."""
    return is_text(kind) or is_number(kind)


def no_such_column(name: str, names: Iterable[str]) -> ValueError:
    """That there is no column `name`, but those of these `names`."""
    listed = ", ".join(repr(shortened(one)) for one in names)
    return ValueError(f"there is no column {shortened(name)!r}; there are: {listed}")
