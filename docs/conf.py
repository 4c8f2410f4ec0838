"""The site in English: `make docs`."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent / "site")]

from shared_conf import settings  # noqa: E402 (found by the line above)

globals().update(settings("en"))
exclude_patterns = ["fr", "notebooks"]
