"""The functions of pyarrow.compute, which no type checker sees: they are made as it is imported."""

from typing import Any


def arrow_compute() -> Any:
    """The module; ImportError without pyarrow."""
    from pyarrow import compute  # noqa: PLC0415 (extra)

    return compute
