"""A small data file and faulty copies of it, each with one fault, for judges beside pydantic."""

from typing import Final

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
repeated = true
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
maximum_doses = []
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
containers = ["2 mL"]
form = "solution injectable"
routes = ["intradermal"]
marketing = { state = "stopped", source = "leaflet", checked = 2026-11-21 }
source = "leaflet"
checked = 2026-11-21

[[products.exemplin.specialties.exemplar-5-mg.amounts]]
substance = "exemplin"
amount = "5 mg"
source = "leaflet"
checked = 2026-11-21

[products.exemplin.specialties.exemplar-5-mg.excipients]
present = ["exemplin"]
complete = true
source = "leaflet"
checked = 2026-11-21
"""

_SHAPES: Final = {
    "unknown-table": ("[references.leaflet]", "[sources.leaflet]"),
    "unknown-key": ('brand = "Exemplar"', 'brand = "Exemplar"\nmaker = "Exemplar"'),
    "unknown-key-of-an-inline-table": ('{ state = "stopped"', '{ why = "", state = "stopped"'),
    "misspelt-key": ("repeated = true", "repeatd = true"),
    "missing-key": ('brand = "Exemplar"\n', ""),
    "missing-key-of-an-inline-table": ('state = "stopped", ', ""),
    "missing-source": ('evidence = "label"\nrepeated = true\nsource = "leaflet"\n', ""),
    "number-for-text": ('strength = "5 mg"', "strength = 5"),
    "date-for-text": ('title = "A leaflet"', "title = 2026-11-21"),
    "table-for-text": ('title = "A leaflet"', 'title = { fr = "A leaflet" }'),
    "text-for-table": ("\n[references.leaflet]\ntitle", "references = 1\ntitle"),
    "array-for-table": ("[references.leaflet]", "[[references.leaflet]]"),
    "table-for-array": (
        "[[substances.exemplin.contraindications]]",
        "[substances.exemplin.contraindications]",
    ),
    "text-for-array": ('effects = ["draining"]', 'effects = "draining"'),
    "number-in-array": ('substances = ["exemplin"]', 'substances = ["exemplin", 1]'),
    "text-for-boolean": ("repeated = true", 'repeated = "true"'),
    "number-for-boolean": ("repeated = true", "repeated = 1"),
    "unknown-effect": ('"draining"', '"drainage"'),
    "unknown-route": ('"intradermal"', '"dermal"'),
    "unknown-severity": ('"refuse"', '"REFUSE"'),
    "unknown-market-state": ('"stopped"', '"paused"'),
    "unknown-evidence": ('evidence = "label"', 'evidence = "rumour"'),
    "short-cis": ('"69999999"', '"6999999"'),
    "cip13-with-a-letter": ('"3400999999991"', '"340099999999X"'),
    "unit-that-is-no-code": ('containers = ["2 mL"]', 'containers = ["2 ml"]'),
    "unit-of-another-kind": ('amount = "5 mg"', 'amount = "5 mL"'),
    "decimal-comma": ('amount = "5 mg"', 'amount = "5,5 mg"'),
    "amount-of-nothing": ('amount = "5 mg"', 'amount = "0 mg"'),
    "no-id-as-key": ("specialties.exemplar-5-mg]", "specialties.Exemplar_5]"),
    "no-id-as-key-of-a-section": ("[references.leaflet]", '[references."le dépliant"]'),
    "no-id-as-value": ('condition = "gout"', 'condition = "Gout"'),
    "no-substances": ('substances = ["exemplin"]', "substances = []"),
    "no-routes": ('routes = ["intradermal"]', "routes = []"),
    "empty-text": ('brand = "Exemplar"', 'brand = ""'),
    "blank-text": ('brand = "Exemplar"', 'brand = " \\t"'),
    "text-for-date": (
        'date = "2026-10"\nchecked = 2026-11-21',
        'date = "2026-10"\nchecked = "2026-11-21"',
    ),
    "suppression-without-a-last-day": (
        "[references.leaflet]",
        """[[suppressions]]
finding = "form-not-injected"
at = "products.exemplin"
reason = "It is made up."
author = "Dr Exemplar"

[references.leaflet]""",
    ),
    "time-for-date": (
        'date = "2026-10"\nchecked = 2026-11-21',
        'date = "2026-10"\nchecked = 2026-11-21T00:00:00',
    ),
}
_SYNTAX: Final = {
    "no-such-day": (
        'date = "2026-10"\nchecked = 2026-11-21',
        'date = "2026-10"\nchecked = 2026-02-30',
    ),
    "same-key-twice": ('brand = "Exemplar"', 'brand = "Exemplar"\nbrand = "Exemplar"'),
    "same-table-twice": ("[products.exemplin]", "[substances.exemplin]\n[products.exemplin]"),
    "open-text": ('brand = "Exemplar"', 'brand = "Exemplar'),
}
_TOML_1_1: Final = {
    "inline-table-of-two-lines": ("marketing = { ", "marketing = {\n"),
    "comma-at-the-end-of-an-inline-table": ("2026-11-21 }", "2026-11-21, }"),
    "escape-of-1-1": ('brand = "Exemplar"', r'brand = "\x45xemplar"'),
}


def _made(replacements: dict[str, tuple[str, str]]) -> dict[str, str]:
    copies: dict[str, str] = {}
    for fault, (sound, faulty) in replacements.items():
        assert SOUND.count(sound) == 1, fault
        copies[fault] = SOUND.replace(sound, faulty)
    return copies


WRONG_SHAPE: Final = _made(_SHAPES)
"""By fault: TOML, and not of the shape of a data file."""
NO_TOML: Final = _made(_SYNTAX)
"""By fault: no TOML of any version."""
ONLY_TOML_1_1: Final = _made(_TOML_1_1)
"""By fault: TOML 1.1, which tomli reads without a word, and not 1.0."""
