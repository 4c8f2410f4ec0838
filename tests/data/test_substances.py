"""The substances: corticosteroids by each of their names, and the contraindications.

What is easily missed and what only looks like one are in test_corticosteroid_names.py.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
import tomli

import mesomix
from mesomix import Finding, Severity, Verdict

Rows = Callable[[str], list[dict[str, str]]]

DATA: Final = Path(__file__).parents[2] / "data" / "substances.toml"
SUBSTANCES: Final = tomli.loads(DATA.read_text(encoding="utf-8"))["substances"]
CORTICOSTEROIDS: Final = {
    key: table for key, table in SUBSTANCES.items() if "corticosteroid" in table.get("groups", ())
}


def refused(formulary: mesomix.Formulary, *names: str) -> bool:
    """Whether a mixture of `names` is refused for a corticosteroid."""
    report = mesomix.check(formulary.mixture(*names))
    found = {finding.rule for finding in report.findings if finding.certain}
    return "corticosteroid" in found and report.verdict is Verdict.REFUSE


def parts(cell: str) -> list[str]:
    """The names of a cell of the table of corticosteroids."""
    return [part.strip() for part in cell.split(";") if part.strip()]


# --- Corticosteroids ------------------------------------------------------------------------


def test_the_corticosteroids_are_those_of_the_facts(rows_of: Rows) -> None:
    rows = rows_of("corticosteroids.tsv")
    assert len(rows) == len(CORTICOSTEROIDS) == 84
    assert {row["inn_en"] for row in rows} == {table["en"] for table in CORTICOSTEROIDS.values()}


def test_a_corticosteroid_has_the_codes_and_the_verified_french_name_of_the_facts(
    rows_of: Rows,
) -> None:
    by_inn = {table["en"]: table for table in CORTICOSTEROIDS.values()}
    for row in rows_of("corticosteroids.tsv"):
        ours = by_inn[row["inn_en"]]
        assert set(ours.get("bdpm_codes", ())) == set(row["bdpm_substance_codes"].split())
        assert set(ours.get("atc", ())) == set(row["atc_codes"].split())
        verified = row["dci_fr"] if row["dci_fr_source"] == "BDPM" else None
        assert ours.get("fr") == verified


@pytest.mark.parametrize("column", ["inn_en", "synonyms", "brands_fr_bdpm_2016_2026"])
def test_a_corticosteroid_is_refused_by_each_of_its_names(
    column: str, rows_of: Rows, formulary: mesomix.Formulary
) -> None:
    names = [name for row in rows_of("corticosteroids.tsv") for name in parts(row[column])]
    assert len(names) >= 18
    assert [name for name in names if not refused(formulary, name)] == []


def test_a_corticosteroid_is_refused_by_its_verified_french_name(
    rows_of: Rows, formulary: mesomix.Formulary
) -> None:
    rows = rows_of("corticosteroids.tsv")
    names = [row["dci_fr"] for row in rows if row["dci_fr_source"] == "BDPM"]
    assert len(names) >= 25
    assert [name for name in names if not refused(formulary, name)] == []


HOMEOPATHIC: Final = {
    "ALDOSTÉRONE POUR PRÉPARATIONS HOMÉOPATHIQUES",
    "CORTISONE POUR PRÉPARATIONS HOMÉOPATHIQUES",
}


def test_a_corticosteroid_is_refused_by_each_salt_and_ester_of_the_database(
    rows_of: Rows, formulary: mesomix.Formulary
) -> None:
    cells = [row["salts_and_esters_bdpm"] for row in rows_of("corticosteroids.tsv")]
    names = {name for cell in cells for name in parts(cell)}
    assert len(names) >= 80
    assert names > HOMEOPATHIC  # refused as well (docs/house-rules.md, H7)
    assert [name for name in names if not refused(formulary, name)] == []


def test_a_corticosteroid_is_refused_by_its_foreign_names(
    rows_of: Rows, formulary: mesomix.Formulary
) -> None:
    cells = [row["names_international"] for row in rows_of("corticosteroids.tsv")]
    names = {name for cell in cells for name in parts(cell) if ", " not in name}  # turned round
    assert {name for name in names if not refused(formulary, name)} == {
        *("capsules and granules", "ears and nose", "neosporin", "sone"),  # too little to go by
    }


def test_the_three_products_of_a_published_trial_are_refused(formulary: mesomix.Formulary) -> None:
    assert refused(formulary, "lidocaine", "ketoprofen", "methylprednisolone")
    assert not refused(formulary, "lidocaine", "ketoprofen", "piroxicam")


@pytest.mark.parametrize("name", ["FLUCONAZOLE", "naloxone", "AINS", "anti-inflammatoire"])
def test_a_name_that_begins_like_that_of_a_corticosteroid_is_not_one(
    name: str, formulary: mesomix.Formulary
) -> None:
    assert refused(formulary, "FLUCON")
    assert not refused(formulary, name)


def test_no_product_holds_a_corticosteroid(formulary: mesomix.Formulary) -> None:
    for product in (*formulary.products.values(), *formulary.specialties.values()):
        held = {*product.substances, *product.excipients, *product.possible_excipients}
        assert {substance.id for substance in held} & CORTICOSTEROIDS.keys() == set()


# --- Contraindications ----------------------------------------------------------------------

CONTRAINDICATIONS: Final[dict[str, dict[str, set[str]]]] = {
    # As the labels, the sheets that repeat them (refuse) and other sources (review) say.
    "lidocaine": {"review": {"epilepsy-uncontrolled"}},
    "procaine": {
        "refuse": {
            *("atopy", "epilepsy-uncontrolled", "av-block-unpaced", "under-30-months"),
            *("cholinesterase-deficiency", "anticholinesterase-treatment"),
            *("coagulation-disorder", "skin-infection", "injection-zone-inflammation"),
            "asthma-after-nsaid",
        }
    },
    "piroxicam": {
        "refuse": {
            *("pregnancy-after-24-weeks", "asthma-after-nsaid", "active-ulcer", "under-15-years"),
            *("severe-hepatic-failure", "severe-cardiac-failure", "severe-renal-failure"),
            *("coagulation-disorder", "anticoagulant"),
        },
        "review": {"nsaid-treatment"},
    },
    "calcitonin-salmon": {
        "refuse": {"hypocalcaemia", "under-18-years"},
        "review": {"breastfeeding", "atopy", "cancer"},
    },
    "thiocolchicoside": {
        "refuse": {
            *("pregnancy", "no-contraception", "breastfeeding", "under-16-years"),
            *("coagulation-disorder", "anticoagulant"),
        },
        "review": {"epilepsy", "liver-disease", "nsaid-treatment", "paracetamol-treatment"},
    },
    "magnesium-pidolate": {
        "refuse": {"severe-renal-failure", "weight-under-8-kg", "pregnancy", "breastfeeding"},
    },
    "etamsylate": {"review": {"porphyria", "breastfeeding"}},
    "ascorbic-acid": {
        "refuse": {"nephrolithiasis", "hyperoxaluria", "severe-renal-failure"},
        "review": {
            *("haemochromatosis", "under-18-years", "deferoxamine-treatment", "g6pd-deficiency"),
        },
    },
    "tocopherol": {"review": {"vitamin-k-antagonist"}},
    # By an excipient.
    "Vit E Nepalm": {"review": {"under-3-years"}},
    "Piroxicam Teva": {"review": {"under-3-years"}},
    "Dicynone": {"review": {"asthma", "asthma-after-nsaid"}},
    "Maginjectable": {},
}
DOUBTED: Final = [
    # By the excipients of a specialty of theirs.
    ("etamsylate", "asthma"),
    ("etamsylate", "asthma-after-nsaid"),
    ("magnesium-pidolate", "asthma"),
    ("magnesium-pidolate", "asthma-after-nsaid"),
    ("piroxicam", "under-3-years"),
    ("tocopherol", "under-3-years"),
]
ROWS: Final = [
    (name, condition, Severity(severity))
    for name, by_severity in CONTRAINDICATIONS.items()
    for severity, conditions in by_severity.items()
    for condition in sorted(conditions)
]


def contraindicated(
    formulary: mesomix.Formulary, name: str, condition: str
) -> tuple[Verdict, list[Finding]]:
    """The verdict, and what is said of a product in a patient of whom only that is known."""
    patient = formulary.patient(allergies=[], facts={condition: True}, nothing_else=True)
    report = mesomix.check(formulary.mixture(name), patient)
    return report.verdict, [
        finding
        for finding in report.findings
        if finding.rule == "product-contraindicated" and finding.about[1].id == condition
    ]


@pytest.mark.parametrize(("name", "condition", "severity"), ROWS)
def test_a_product_is_contraindicated_as_its_sources_say(
    name: str, condition: str, severity: Severity, formulary: mesomix.Formulary
) -> None:
    verdict, found = contraindicated(formulary, name, condition)
    assert [(finding.severity, finding.certain) for finding in found] == [(severity, True)]
    assert found[0].citations[0].reference in formulary.references
    expected = Verdict.REFUSE if severity is Severity.REFUSE else Verdict.REVIEW
    if (name, condition) != ("Piroxicam Teva", "under-3-years"):  # who is under 15 as well
        assert verdict is expected


@pytest.mark.parametrize("name", CONTRAINDICATIONS)
def test_the_data_has_no_contraindication_but_these(
    name: str, formulary: mesomix.Formulary
) -> None:
    listed = {condition for n, condition, _ in ROWS if n == name}
    if name not in formulary.products:
        [active] = formulary.find(name).substances
        listed |= {c.condition for c in active.contraindications or ()}
    spoken = {c for c in formulary.conditions if contraindicated(formulary, name, c)[1]}
    assert spoken == listed | {condition for n, condition in DOUBTED if n == name}


@pytest.mark.parametrize("condition", ["asthma", "asthma-after-nsaid"])
def test_the_sulfite_of_the_ampoule_of_mag_2_is_not_for_who_has_asthma(
    condition: str, formulary: mesomix.Formulary
) -> None:
    _, found = contraindicated(formulary, "MAG 2 SANS SUCRE 122 mg", condition)
    assert [(finding.severity, finding.certain) for finding in found] == [(Severity.REVIEW, True)]
    _, found = contraindicated(formulary, "Mag 2", condition)
    assert [(finding.severity, finding.certain) for finding in found] == [(Severity.REVIEW, False)]


@pytest.mark.parametrize(("name", "condition"), DOUBTED)
def test_what_an_excipient_is_not_for_is_a_doubt_where_the_specialty_is_not_named(
    name: str, condition: str, formulary: mesomix.Formulary
) -> None:
    _, found = contraindicated(formulary, name, condition)
    assert [(finding.severity, finding.certain) for finding in found] == [(Severity.REVIEW, False)]


@pytest.mark.parametrize(
    ("name", "condition"),
    [
        ("procaine", "asthma"),
        ("piroxicam", "vitamin-k-antagonist"),
        ("piroxicam", "under-30-months"),
        ("thiocolchicoside", "pregnancy-after-24-weeks"),
        ("thiocolchicoside", "vitamin-k-antagonist"),
        ("calcitonine", "under-3-years"),
    ],
)
def test_a_condition_that_implies_a_contraindicated_one_is_refused(
    name: str, condition: str, formulary: mesomix.Formulary
) -> None:
    assert contraindicated(formulary, name, condition)[0] is Verdict.REFUSE


BRANDS: Final = (
    *("Procaïne Lavoisier", "Miorel", "Dicynone", "Maginjectable", "Laroscorbine"),
    *("Vit E Nepalm", "Piroxicam Teva", "Calcitonine Pharmy II", "Mésocaïne"),
)
CONDITIONS: Final = tomli.loads(DATA.read_text(encoding="utf-8"))["conditions"]


@pytest.mark.parametrize("brand", BRANDS)
def test_where_a_yes_would_object_an_open_question_is_no_no_objection(
    brand: str, formulary: mesomix.Formulary
) -> None:
    def report(facts: dict[str, bool | None]) -> mesomix.Report:
        patient = formulary.patient(allergies=[], facts=facts, nothing_else=True)
        return mesomix.check(formulary.mixture(brand), patient)

    always = {finding.rule for finding in report({}).findings}
    yes = {condition: report({condition: True}) for condition in CONDITIONS}
    left = {condition: report({condition: None}) for condition in CONDITIONS}
    objected = {c for c in yes if yes[c].verdict in {Verdict.REVIEW, Verdict.REFUSE}}
    [active] = formulary.find(brand).substances
    assert len(CONDITIONS) > 40
    assert {found.condition for found in active.contraindications or ()} <= objected
    assert {c for c in objected if left[c].verdict is Verdict.NO_OBJECTION} == set()
    for condition in objected:
        said = {f.rule for f in yes[condition].findings} - always
        assert said <= {one.rule for one in left[condition].not_checked}, condition


def test_thiocolchicoside_forbids_mixing_and_harms_are_reported(
    formulary: mesomix.Formulary,
) -> None:
    forbids = {p.id for p in formulary.products.values() if p.substances[0].mixing_forbidden}
    assert forbids == {"thiocolchicoside"}
    harms = {
        (product.id, harm.other)
        for product in formulary.products.values()
        for harm in product.substances[0].reported_harms
    }
    assert harms == {("piroxicam", "procaine"), ("thiocolchicoside", "nsaid")}
