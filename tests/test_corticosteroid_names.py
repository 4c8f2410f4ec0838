"""Names of corticosteroids are refused, and names that look like theirs are not called so.

The lists are those of the project's facts, which do not ship with it; a part of them stands here.
"""

from typing import Final

import name_lists
import pytest

import mesomix
from mesomix import Formulary, Text

MISSED: Final = [
    *("cortivazol", "ALTIM", "medrysone", "rimexolone", "VEXOL", "vamorolone", "fluorométholone"),
    *("FLUCON", "difluprednate", "EPITOPIC", "désonide", "LOCAPRED", "TRIDESONIT", "amcinonide"),
    *("halcinonide", "fluocinonide", "budésonide", "ciclésonide", "flunisolide", "tixocortol"),
    *("PIVALONE", "clobétasol", "clobétasone", "ulobétasol", "formocortal", "déflazacort"),
    *("PERCUTALGINE", "CELESTAMINE", "DAIVOBET", "XAMIOL", "AURICULARUM", "POLYDEXA", "TRUE TEST"),
    *("SEPTOMIXINE", "OZURDEX", "SYNCORTYL", "désoxycortone", "prednimustine", "prednicarbate"),
]
ALIKE: Final = [
    *("tétracosactide", "SYNACTHENE", "spironolactone", "ALDACTONE", "SOLUDACTONE", "éplérénone"),
    *("canrénone", "trilostane", "métyrapone", "tibolone", "nandrolone", "oxandrolone"),
    *("testostérone", "progestérone", "hydroxyprogestérone caproate", "DEPO-PROVERA", "naloxone"),
    *("DEPO PRODASONE", "drospirénone", "prastérone", "énoxolone", "ceftriaxone", "tasonermine"),
    *("phénylbutazone", "amiodarone", "dompéridone", "sonidégib", "fluconazole", "fluorouracile"),
    *("clobazam", "bétahistine", "BETASERC", "COPAXONE", "FUNGIZONE", "finastéride", "piroxicam"),
    *("PREDESIC ADRENALINE", "mifépristone", "thiocolchicoside", "étamsylate", "calcitonine"),
    *("corticotropine", "corticotropin", "androstérone", "prégnanolone", "dapsone", "difétarsone"),
    *("épérisone", "fluor", "RAXONE", "CORTEX SURRENAL", "REIN CORTEX", "Betulae cortex"),
    *(
        "clorexolone",
        "AXE CORTICO-HYPOTHALAMIQUE",
        "Frangulae cortex",
        "Cortal",
        "Cortal SQR",
        "Cortrosyn",
    ),
]
HOMEOPATHIC: Final = ["CORTISONE BOIRON", "ALDOSTERONE BOIRON"]
"""Real corticosteroids, highly diluted: refused (docs/house-rules.md, H7)."""
WRITTEN: Final = ["{}", "{} 40 mg/1 ml, suspension injectable", "ampoule de {}", "{} zorg"]

needs_the_lists = pytest.mark.skipif(
    not name_lists.FACTS.is_dir(), reason="the lists of facts do not ship with mesomix"
)


def objections(formulary: Formulary, written: str) -> tuple[bool, bool, Text | None]:
    """Whether it is refused as a corticosteroid; whether any is seen in it; what is suspected."""
    report = mesomix.check(formulary.mixture(written))
    found = [finding for finding in report.findings if finding.rule == "corticosteroid"]
    sure = any(finding.certain for finding in found)
    return sure, bool(found), report.products[0].suspicion


def is_refused(formulary: Formulary, name: str) -> bool:
    """Whether that name is, however it is written."""
    return all(objections(formulary, text.format(name))[0] for text in WRITTEN)


def called(formulary: Formulary, names: list[str]) -> list[str]:
    """The names that are called corticosteroids, or suspected of being one."""
    return [
        name
        for name in names
        if any(objections(formulary, text.format(name))[1:] != (False, None) for text in WRITTEN)
    ]


@pytest.mark.parametrize("name", MISSED)
def test_a_corticosteroid_is_refused_whatever_its_name(name: str, formulary: Formulary) -> None:
    assert is_refused(formulary, name)
    assert objections(formulary, name.upper())[0]
    assert objections(formulary, name.lower())[0]


@pytest.mark.parametrize("name", ALIKE)
def test_a_look_alike_is_not_called_a_corticosteroid(name: str, formulary: Formulary) -> None:
    assert called(formulary, [name]) == []


@pytest.mark.parametrize("name", HOMEOPATHIC)
def test_a_homeopathic_corticosteroid_is_refused(name: str, formulary: Formulary) -> None:
    assert objections(formulary, name)[0]


@needs_the_lists
def test_every_corticosteroid_of_the_list_is_refused(formulary: Formulary) -> None:
    listed = name_lists.easily_missed()
    assert {*MISSED} <= {*listed}
    assert [name for name in listed if not is_refused(formulary, name)] == []


@pytest.mark.slow
@needs_the_lists
def test_no_look_alike_of_the_list_is_called_a_corticosteroid(formulary: Formulary) -> None:
    listed = name_lists.look_alikes()
    assert {*ALIKE} <= {*listed}
    assert called(formulary, listed) == []


@needs_the_lists
def test_of_what_the_list_leaves_open_the_homeopathic_ones_are_refused(
    formulary: Formulary,
) -> None:
    listed = name_lists.undecided()
    assert {*HOMEOPATHIC} <= {*listed}
    assert {*called(formulary, listed)} == {*HOMEOPATHIC}
