"""What the columns of a table may be read as, by their types."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def is_text(kind: "pa.DataType") -> bool:
    """Whether it is a text, or holds nulls alone."""
    import pyarrow as pa  # noqa: PLC0415 (extra)

    types = pa.types
    if types.is_dictionary(kind):
        kind = kind.value_type
    return kind in {pa.string(), pa.large_string(), pa.string_view(), pa.null()}


def is_word(kind: "pa.DataType") -> bool:
    """Whether it is a text or a number, which may be written for a yes or a no."""
    import pyarrow as pa  # noqa: PLC0415 (extra)

    return is_text(kind) or pa.types.is_integer(kind) or pa.types.is_floating(kind)
