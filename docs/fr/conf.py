"""Le site en français : `make docs`."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "site")]

from shared_conf import settings  # noqa: E402 (found by the line above)

globals().update(settings("fr"))
locale_dirs = ["locale"]
html_use_index = False  # the API is in English only
