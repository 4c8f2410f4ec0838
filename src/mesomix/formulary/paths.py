"""Where something stands in a data file: the steps that lead to it."""

Path = tuple[str | int, ...]
"""The steps to a value of a data file: `("products", "miorel", "effects", 0)`."""


def key_of(path: Path) -> str:
    """The steps of `path` as one text: `products.miorel.effects[0]`; nothing for a whole file."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
