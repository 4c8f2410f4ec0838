"""The words beside a product's name that mesomix understands, and that change nothing."""

from collections.abc import Sequence
from typing import Final

_UNITS: Final = (
    *("g", "mg", "µg", "μg", "mcg", "ug", "microgramme", "microgrammes", "ml", "cl", "cc", "l"),
    *("ui", "iu", "u", "i", "m", "mmol", "meq", "unite", "unites", "unit", "units", "pour", "cent"),
)
_FORMS: Final = (
    *("ampoule", "ampoules", "amp", "ampule", "ampules", "flacon", "flacons", "vial", "vials"),
    *("seringue", "seringues", "syringe", "preremplie", "pre", "remplie", "dose", "doses"),
    *("solution", "suspension", "injectable", "injectables", "injection", "inj", "solute"),
    *("poudre", "lyophilisat", "powder", "unidose", "boite"),
)
"""Forms that are injected. The others are not understood: "gel" may be another medicine."""
_ROUTES: Final = (
    *("voie", "sous", "cutanee", "im", "sc", "id", "intramusculaire", "intradermique"),
    *("subcutaneous", "intramuscular", "intradermal", "infiltration"),
)
_SALTS: Final = ("chlorhydrate", "hydrochloride", "hcl", "base", "anhydre", "anhydrous")
"""Of these bases nothing else is injected. Other salts are other medicines: magnesium sulfate."""
_LINKS: Final = (
    *("a", "au", "avec", "d", "dans", "de", "des", "du", "en", "et", "la", "le", "les", "l", "par"),
    *("un", "une", "and", "for", "in", "of", "the", "with"),
)

UNDERSTOOD: Final = frozenset((*_UNITS, *_FORMS, *_ROUTES, *_SALTS, *_LINKS, "%"))


def not_understood(parts: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[str]:
    """The words `parts` outside of the names at `spans` that are neither numbers nor known."""
    named = {position for first, last in spans for position in range(first, last)}
    return [
        part
        for position, part in enumerate(parts)
        if position not in named and part not in UNDERSTOOD and not part[0].isdigit()
    ]
