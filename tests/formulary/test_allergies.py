"""Allergies: what each kind of declared allergy reaches, and by which evidence."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
import tomli

import mesomix
from mesomix import Allergy, Evidence, Formulary, Reason, Verdict
from mesomix.vocabulary import AllergyState

Clinic = Callable[..., Formulary]
Reached = dict[str, Evidence | None]
"""By the id of a substance: None where the allergy names it."""

SUBSTANCES: Final = Path(__file__).parents[2] / "data" / "substances.toml"
DATA: Final = tomli.loads(SUBSTANCES.read_text(encoding="utf-8"))
MEMBERS: Final = {
    group: {key for key, table in DATA["substances"].items() if group in table.get("groups", ())}
    for group in DATA["groups"]
}
LABEL: Final = Evidence.LABEL
POSSIBLE: Final = Evidence.POSSIBLE
STRENGTH: Final = [POSSIBLE, LABEL, None]


def allergy_to(formulary: Formulary, written: str) -> Allergy:
    """The allergy that `written` declares."""
    [allergy] = formulary.patient(allergies=[written]).recognised
    return allergy


def reached(formulary: Formulary, written: str) -> Reached:
    """What an allergy to `written` reaches."""
    found = allergy_to(formulary, written).reaches
    return {substance: reach.evidence for substance, reach in found.items()}


# --- To a substance and to a class ----------------------------------------------------------


def test_an_allergy_to_a_substance_names_it_and_reaches_its_groups(formulary: Formulary) -> None:
    nsaids = dict.fromkeys(MEMBERS["nsaid"], LABEL)
    assert reached(formulary, "aspirine") == {**nsaids, "acetylsalicylic-acid": None}
    assert reached(formulary, "éthanol") == {"ethanol": None}


def test_an_allergy_to_a_class_names_every_member(formulary: Formulary) -> None:
    assert reached(formulary, "AINS") == dict.fromkeys(MEMBERS["nsaid"])
    assert reached(formulary, "corticoïdes") == dict.fromkeys(MEMBERS["corticosteroid"])


@pytest.mark.parametrize("written", ["piroxicam", "Piroxicam®", "Feldène"])
def test_an_allergy_to_a_product_without_its_specialty_is_one_to_its_substances(
    written: str, formulary: Formulary
) -> None:
    nsaids = dict.fromkeys(MEMBERS["nsaid"], LABEL)
    assert reached(formulary, written) == {**nsaids, "piroxicam": None}


def test_an_allergy_to_a_name_that_only_the_product_has_is_one_to_its_substances(
    clinic: Clinic,
) -> None:
    listed = {"present": ["benzyl-alcohol"], "complete": True}
    combined = {
        "substances": ["piroxicam", "fenticol"],
        "specialties": {"duo-1": {"excipients": listed}},
    }
    own = clinic(substances={"fenticol": {}}, products={"duo": combined})
    nsaids = dict.fromkeys(MEMBERS["nsaid"], LABEL)
    assert reached(own, "duo") == {**nsaids, "piroxicam": None, "fenticol": None}
    assert allergy_to(own, "duo").id == "fenticol+piroxicam"
    assert allergy_to(own, "duo").name.fr == "fenticol + piroxicam"
    assert reached(own, "duo-1") == {**reached(own, "duo"), "benzyl-alcohol": POSSIBLE}


def test_an_allergy_to_a_brand_of_a_combination_names_all_its_substances(
    formulary: Formulary,
) -> None:
    found = reached(formulary, "True Test")
    combined = {"benzocaine", "budesonide", "hydrocortisone", "tetracaine", "tixocortol"}
    assert {key for key, evidence in found.items() if evidence is None} == combined
    reached_by_esters = MEMBERS["local-anaesthetic"] | MEMBERS["parabens"]
    assert found.keys() == MEMBERS["corticosteroid"] | reached_by_esters
    assert found["dexamethasone"] is POSSIBLE


# --- To a specialty -------------------------------------------------------------------------


def test_an_allergy_to_a_specialty_may_be_one_to_an_excipient(formulary: Formulary) -> None:
    substance = reached(formulary, "piroxicam")
    found = reached(formulary, "Piroxicam Teva")
    listed = {
        *("sodium-dihydrogen-phosphate", "nicotinamide", "ethanol", "benzyl-alcohol"),
        "propylene-glycol",  # neither sodium hydroxide nor water
    }
    assert found == {**substance, **dict.fromkeys(listed, POSSIBLE)}
    assert not allergy_to(formulary, "Piroxicam Teva").culprit_unknown


def test_the_inert_substances_of_the_data_are_these() -> None:
    inert = {key for key, table in DATA["substances"].items() if table.get("inert")}
    assert inert == {
        *("water-for-injections", "sodium-chloride", "sodium-hydroxide", "hydrochloric-acid"),
    }


def test_an_allergy_to_a_specialty_reaches_every_excipient_that_is_not_inert(
    clinic: Clinic,
) -> None:
    own = clinic(
        groups={"salts": {}, "gums": {}},
        substances={
            "plain": {},
            "gum": {"groups": ["gums"]},
            "other-gum": {"groups": ["gums"]},
            "salt": {"inert": True},
            "grouped-salt": {"inert": True, "groups": ["salts"]},
            "other-salt": {"groups": ["salts"]},
            "spirit": {},
            "brine": {"inert": True},
        },
        products={
            "xylo": {
                "specialties": {
                    "xylo-1": {
                        "excipients": {
                            "present": ["plain", "gum", "salt", "grouped-salt"],
                            "possible": ["spirit", "brine"],
                            "complete": True,
                        }
                    }
                }
            }
        },
    )
    maybe = dict.fromkeys(["plain", "gum", "other-gum", "spirit"], POSSIBLE)
    assert reached(own, "xylo-1") == {**reached(own, "lidocaine"), **maybe}
    assert reached(own, "grouped-salt") == {"grouped-salt": None, "other-salt": LABEL}
    assert reached(own, "salt") == {"salt": None}


def test_an_inert_active_substance_is_reached_all_the_same(clinic: Clinic) -> None:
    listed = {"present": ["water-for-injections"], "complete": True}
    product = {"substances": ["sodium-chloride"], "specialties": {"s-1": {"excipients": listed}}}
    assert reached(clinic(products={"saline": product}), "s-1") == {"sodium-chloride": None}


def test_what_an_excipient_reaches_is_possible_too(formulary: Formulary) -> None:
    found = reached(formulary, "Laroscorbine")
    assert found["ascorbic-acid"] is None
    maybe = {*MEMBERS["parabens"], *MEMBERS["ester-anaesthetic"]}
    assert found == {"ascorbic-acid": None, **dict.fromkeys(maybe, POSSIBLE)}


@pytest.mark.parametrize(
    ("written", "unknown"),
    [
        ("Procaïne Lavoisier", False),
        ("Miorel", False),
        ("Dicynone", True),
        ("Maginjectable", True),
        ("Laroscorbine", True),
        ("Vit E Nepalm", True),
        ("Mag 2", True),
        ("Mésocaïne", True),
        ("MESOCAÏNE 50 mg/5 ml", False),
        ("MESOCAÏNE 25 mg/5 ml", True),
        ("piroxicam", False),
    ],
)
def test_the_culprit_is_unknown_where_not_every_excipient_is_known(
    written: str, unknown: bool, formulary: Formulary
) -> None:
    assert allergy_to(formulary, written).culprit_unknown is unknown


WITH_ETHANOL: Final = {"present": ["ethanol", "sodium-chloride"], "complete": True}
WITH_ALCOHOL: Final = {"present": ["benzyl-alcohol", "sodium-chloride"], "complete": True}


@pytest.mark.parametrize(
    ("old", "maybe", "unknown"),
    [
        pytest.param(WITH_ALCOHOL, {"ethanol", "benzyl-alcohol"}, True, id="another list"),
        pytest.param(WITH_ETHANOL, {"ethanol"}, False, id="the same list"),
        pytest.param(None, {"ethanol"}, True, id="no list"),
    ],
)
@pytest.mark.parametrize("in_use", [1, 2])
def test_an_allergy_to_a_brand_may_be_one_to_a_withdrawn_specialty(
    in_use: int, old: dict[str, Any] | None, maybe: set[str], unknown: bool, clinic: Clinic
) -> None:
    withdrawn = {"brand": "Acme", "marketing": {"state": "withdrawn"}}
    if old:
        withdrawn["excipients"] = old
    used = {
        f"acme-{n}": {"brand": "Acme", "excipients": WITH_ETHANOL} for n in range(1, in_use + 1)
    }
    own = clinic(products={"xylo": {"specialties": {**used, "acme-old": withdrawn}}})
    possible = dict.fromkeys(maybe, POSSIBLE)
    for written in ("Acme", "ACME®", "allergie à l'Acme"):
        assert reached(own, written) == {**reached(own, "lidocaine"), **possible}
        assert allergy_to(own, written).culprit_unknown is unknown
    assert allergy_to(own, "acme-1").culprit_unknown is False
    assert reached(own, "acme-1") == {**reached(own, "lidocaine"), "ethanol": POSSIBLE}
    meant = own.find("Acme")
    assert [specialty.id for specialty in meant.specialties] == list(used)
    assert {excipient.id for excipient in meant.excipients} == {"ethanol", "sodium-chloride"}
    assert (meant.possible_excipients, meant.excipients_complete) == ((), True)


def test_an_allergy_to_a_brand_of_which_all_was_withdrawn_is_one_to_all(clinic: Clinic) -> None:
    lists = {"acme-1": WITH_ETHANOL, "acme-2": WITH_ALCOHOL}
    gone = {"brand": "Acme", "marketing": {"state": "withdrawn"}}
    specialties = {key: {**gone, "excipients": listed} for key, listed in lists.items()}
    own = clinic(products={"xylo": {"specialties": specialties}})
    maybe = dict.fromkeys(["ethanol", "benzyl-alcohol"], POSSIBLE)
    assert reached(own, "Acme") == {**reached(own, "lidocaine"), **maybe}
    assert [specialty.id for specialty in own.find("Acme").specialties] == list(lists)


@pytest.mark.parametrize("brand", ["Mag 2", "Procaïne Lavoisier"])
def test_an_allergy_to_a_brand_of_which_nothing_was_withdrawn_is_one_to_what_it_means(
    brand: str, formulary: Formulary
) -> None:
    assert allergy_to(formulary, brand).id == formulary.find(brand).id


def test_a_mixture_of_a_brand_holds_what_is_in_use_only(formulary: Formulary) -> None:
    assert allergy_to(formulary, "Mésocaïne").name.fr == "Mésocaïne"
    assert reached(formulary, "Mésocaïne") == reached(formulary, "lidocaïne")
    meant = formulary.find("Mésocaïne")
    assert [specialty.id for specialty in meant.specialties] == ["mesocaine-50-mg-5-ml"]
    assert meant.excipients_complete


def test_an_allergy_to_a_specialty_never_reaches_less_than_one_to_its_substances(
    formulary: Formulary,
) -> None:
    for key, product in formulary.specialties.items():
        found = reached(formulary, key)
        for substance in product.substances:
            for other, evidence in reached(formulary, substance.id).items():
                assert STRENGTH.index(found[other]) >= STRENGTH.index(evidence), (key, other)


def test_an_excipient_takes_nothing_from_what_the_substance_reaches(clinic: Clinic) -> None:
    listed = {"present": ["methyl-parahydroxybenzoate"], "complete": True}
    product = {"substances": ["procaine"], "specialties": {"p-1": {"excipients": listed}}}
    found = reached(clinic(products={"novo": product}), "p-1")
    assert (found["procaine"], found["benzocaine"]) == (None, LABEL)
    assert found["methyl-parahydroxybenzoate"] is POSSIBLE


@pytest.mark.parametrize("identifier", ["piroxicam", "nsaid"])
@pytest.mark.parametrize("first", ["Feldex", "piroxicam", "AINS"])
def test_an_allergy_to_a_specialty_is_its_own_whatever_its_id(
    identifier: str, first: str, clinic: Clinic
) -> None:
    listed = {"present": ["benzyl-alcohol"], "complete": True}
    specialty = {"name": "FELDEX 20 mg", "brand": "Feldex", "excipients": listed}
    product: dict[str, Any] = {"substances": ["piroxicam"], "specialties": {identifier: specialty}}
    own = clinic(products={"feldex-drug": product})
    nsaids = dict.fromkeys(MEMBERS["nsaid"], LABEL)
    allergy_to(own, first)
    assert reached(own, "Feldex") == {**nsaids, "piroxicam": None, "benzyl-alcohol": POSSIBLE}
    assert reached(own, "piroxicam") == {**nsaids, "piroxicam": None}
    assert reached(own, "AINS") == dict.fromkeys(MEMBERS["nsaid"])


# --- Directions -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "substance", "evidence"),
    [
        ("parabènes", "procaine", LABEL),
        ("E218", "procaine", LABEL),
        ("E218", "propyl-parahydroxybenzoate", LABEL),
        ("procaïne", "methyl-parahydroxybenzoate", POSSIBLE),
        ("anesthésiques esters", "methyl-parahydroxybenzoate", POSSIBLE),
        ("PABA", "procaine", POSSIBLE),
        ("PABA", "propyl-parahydroxybenzoate", POSSIBLE),
        ("sulfamides", "procaine", POSSIBLE),
        ("benzocaïne", "procaine", LABEL),
        ("Xylocaïne", "lidocaine", None),
        ("Xylocaïne", "mepivacaine", LABEL),
        ("lidocaïne", "procaine", POSSIBLE),
        ("procaïne", "lidocaine", POSSIBLE),
        ("anesthésiques locaux", "procaine", None),
        ("anesthésiques locaux", "lidocaine", None),
        ("colchicine", "thiocolchicoside", LABEL),
        ("glutamates", "magnesium-pidolate", None),
        ("Cremophor", "polyoxyl-castor-oil", None),
        ("Taxol", "polyoxyl-castor-oil", POSSIBLE),
        ("ciclosporine", "polyoxyl-castor-oil", POSSIBLE),
        ("téniposide", "polyoxyl-castor-oil", POSSIBLE),
        ("saumon", "calcitonin-salmon", POSSIBLE),
        ("sulfites", "sodium-metabisulfite", None),
        ("E223", "sulfite", LABEL),
        ("cortisone", "dexamethasone", POSSIBLE),
        ("calcitonine", "calcitonin-salmon", None),
    ],
)
def test_an_allergy_reaches_by_its_evidence(
    written: str, substance: str, evidence: Evidence | None, formulary: Formulary
) -> None:
    found = reached(formulary, written)
    assert substance in found
    assert found[substance] is evidence


@pytest.mark.parametrize(
    ("written", "substance"),
    [
        ("sulfamides", "sulfite"),
        ("sulfamides", "sodium-metabisulfite"),
        ("sulfites", "procaine"),
        ("parabènes", "lidocaine"),
        ("lidocaïne", "methyl-parahydroxybenzoate"),
        ("procaïne", "sulfite"),
        ("polyoxyl castor oil", "paclitaxel"),
        ("thiocolchicoside", "piroxicam"),
        ("calcitonine", "piroxicam"),
        ("corticoïdes", "piroxicam"),
        ("AINS", "acetic-acid"),
    ],
)
def test_an_allergy_does_not_reach_what_no_source_says(
    written: str, substance: str, formulary: Formulary
) -> None:
    assert substance not in reached(formulary, written)


@pytest.mark.parametrize("group", MEMBERS)
def test_an_allergy_to_a_class_reaches_all_that_one_to_a_member_does(
    group: str, formulary: Formulary
) -> None:
    found = reached(formulary, group)
    missed = {
        (member, other)
        for member in MEMBERS[group]
        for other, evidence in reached(formulary, member).items()
        if other not in found or STRENGTH.index(found[other]) < STRENGTH.index(evidence)
    }
    assert missed == set()


def test_of_two_reasons_the_stronger_stays(clinic: Clinic) -> None:
    groups = ("weak", "strong", "weaker")
    own = clinic(
        groups={
            key: {"evidence": "label" if key == "strong" else "possible", "place": key}
            for key in groups
        },
        substances={"one": {"groups": list(groups)}, "two": {"groups": list(groups)}},
        products={"xylo": {"specialties": {"xylo-1": {}}}},
    )
    found = allergy_to(own, "one").reaches
    assert (found["one"].evidence, found["two"].evidence) == (None, LABEL)
    assert found["one"].citation is None
    assert found["two"].citation == mesomix.Citation("chan", "strong")


def test_a_reach_cites_what_says_so(formulary: Formulary) -> None:
    by_group = allergy_to(formulary, "benzocaïne").reaches["procaine"].citation
    assert by_group == mesomix.Citation("procaine-lavoisier-smpc-2017", "4.3")
    from_outside = allergy_to(formulary, "sulfamides").reaches["procaine"].citation
    assert from_outside == mesomix.Citation("finucane-local-anaesthetics")


# --- How an allergy is written --------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("allergie à l'aspirine", "aspirine"),
        ("Allergie à l\u2019aspirine !", "aspirine"),
        ("ALLERGIQUE AUX AINS", "AINS"),
        ("allergies : AINS", "AINS"),
        ("allergic to the sulfites", "sulfites"),
        ("allergy to a sulfite", "sulfite"),
        ("Hypersensibilité aux parabènes", "parabènes"),
        ("hypersensitivity to local anaesthetics", "local anaesthetics"),
        ("allergie au E 223", "E223"),
        ("allergie au Piroxicam Teva 20 mg/1 ml", "piroxicam-teva-20-mg-1-ml"),
    ],
)
def test_the_words_before_an_allergy_are_no_part_of_it(
    written: str, plain: str, formulary: Formulary
) -> None:
    patient = formulary.patient(allergies=[written])
    assert patient.recognised == (allergy_to(formulary, plain),)
    assert [read.within or read.written for read in patient.reads or ()] == [written]
    assert patient.assessed == 1


@pytest.mark.parametrize(
    "written", ["vitamine", "vitamines", "allergie à la vitamine", "Vitamine", "VITAMIN E"]
)
def test_a_vitamin_without_its_letter_is_none(written: str, formulary: Formulary) -> None:
    assert formulary.patient(allergies=[written]).recognised == ()
    assert formulary.mixture(written).products == ()
    assert formulary.find("vitamine E") is formulary.products["tocopherol"]
    assert allergy_to(formulary, "vitamine E").id == "alpha-tocopheryl-acetate"


def unknown_about(written: str) -> mesomix.About:
    """What a report says that it could not check for, of an allergy that it does not know."""
    return mesomix.About("allergy", None, mesomix.Text.same(written))


@pytest.mark.parametrize(
    "written",
    ["allergie", "allergique à la", "Allergies :", "", " ", "®", "aspirinne", "cf. courrier", "☠"],
)
def test_what_is_not_understood_is_neither_an_allergy_nor_dropped(
    written: str, formulary: Formulary
) -> None:
    patient = formulary.patient(allergies=[written], nothing_else=True)
    assert patient.recognised == ()
    [unknown] = patient.unrecognised
    assert (unknown.id, unknown.name.fr) == (None, written.strip() or written)
    assert (unknown.state, unknown.reaches) == (AllergyState.NOT_RECOGNISED, {})
    report = mesomix.check(formulary.mixture("Miorel"), patient)
    assert report.verdict is Verdict.REVIEW
    assert "unrecognised-allergy" in {finding.rule for finding in report.findings}
    assert {one.reason for one in report.not_checked} == {
        *(Reason.ALLERGY_NOT_RECOGNISED, Reason.AMOUNT_NOT_WRITTEN, Reason.SESSION_NOT_DESCRIBED),
    }
    about = (unknown_about(unknown.name.fr),)
    skipped = {one.rule for one in report.not_checked if one.about == about}
    assert {"known-allergy", "possible-cross-allergy"} <= skipped


def test_an_allergy_to_a_brand_may_be_one_to_an_excipient_that_nobody_has_read(
    formulary: Formulary,
) -> None:
    by_name, by_brand = formulary.patient(allergies=["aspirine", "ASPÉGIC"]).recognised
    assert by_name.id == by_brand.id == "acetylsalicylic-acid"
    assert by_name.reaches == by_brand.reaches
    assert (by_name.culprit_unknown, by_brand.culprit_unknown) == (False, True)


def test_one_allergy_is_one_object_however_it_is_written(formulary: Formulary) -> None:
    written = ["aspirine", "Aspirin", "allergie à l'aspirine", "zorgle"]
    patient = formulary.patient(allergies=written)
    assert [allergy.id for allergy in patient.recognised] == ["acetylsalicylic-acid"]
    assert [allergy.name.fr for allergy in patient.unrecognised] == ["zorgle"]
    assert [read.within or read.written for read in patient.reads or ()] == written
    assert patient.assessed == 3


def test_the_old_stock_of_two_brands_is_told_apart(
    clinic: Callable[..., mesomix.Formulary],
) -> None:
    def sold(brand: str, excipient: str, state: str, *others: str) -> dict[str, object]:
        listed = {"present": [excipient], "complete": True}
        market = {"state": state}
        return {"brand": brand, "other_names": others, "excipients": listed, "marketing": market}

    own = clinic(
        products={
            "xylo": {
                "specialties": {
                    "a1": sold("Acme", "ethanol", "marketed", "Best"),
                    "a2": sold("Acme", "benzyl-alcohol", "withdrawn"),
                    "a3": sold("Best", "propylene-glycol", "withdrawn"),
                }
            }
        }
    )
    acme, best = own.patient(allergies=["Acme", "Best"]).recognised
    assert acme.id != best.id
    assert ("benzyl-alcohol" in acme.reaches, "benzyl-alcohol" in best.reaches) == (True, False)
    assert ("propylene-glycol" in acme.reaches, "propylene-glycol" in best.reaches) == (False, True)
