"""What stands for a text of a wrong shape, so that the rest of a file can be judged."""

import re
from typing import Final

STAND_IN: Final = re.compile(r"stand-in-\d+-\d+")
"""Such a word is in no file, and is never shown."""


def named(source: str, number: int) -> str:
    """The stand-in of that number in the source that is called `source`, of digits only."""
    return f"stand-in-{source}-{number}"
