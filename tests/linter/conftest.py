"""A small clinic formulary that the linter has nothing to say of, to be made wrong by tests."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

SOUND: Final = """\
version = "trial"

[references.leaflet]
title = "A leaflet"
date = "2026-10"
checked = 2026-11-21

[conditions.gout]
fr = "goutte"
en = "gout"
source = "leaflet"
checked = 2026-11-21

[groups.exemplins]
fr = "exemplines"
en = "exemplins"
evidence = "label"
source = "leaflet"
checked = 2026-11-21

[[groups.exemplins.reached_from]]
allergen = "exemplin"
evidence = "possible"
source = "leaflet"
checked = 2026-11-21

[substances.exemplin]
en = "exemplin"
groups = ["exemplins"]
source = "leaflet"
also = ["house-rules"]
checked = 2026-11-21

[[substances.exemplin.contraindications]]
condition = "gout"
severity = "refuse"
source = "leaflet"
checked = 2026-11-21

[products.exemplin]
fr = "exempline"
en = "exemplin"
substances = ["exemplin"]
effects = ["draining"]
source = "leaflet"
checked = 2026-11-21

[products.exemplin.specialties.exemplar-5-mg]
name = "EXEMPLAR 5 mg, solution injectable"
brand = "Exemplar"
cis = "69999999"
cip13 = ["3400999999991"]
strength = "5 mg"
form = "solution injectable"
routes = ["intradermal"]
marketing = { state = "stopped", source = "leaflet", checked = 2026-11-21 }
source = "leaflet"
checked = 2026-11-21

[products.exemplin.specialties.exemplar-5-mg.excipients]
present = ["exemplin"]
complete = true
source = "leaflet"
checked = 2026-11-21
"""


@pytest.fixture(scope="session")
def sound() -> str:
    """A clinic file without any finding."""
    return SOUND


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a data file: `write(text)`, or `write(text, "folder/name.toml")`."""

    def written(text: str | bytes, name: str = "clinic.toml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written
