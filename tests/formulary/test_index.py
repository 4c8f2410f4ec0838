"""The index: each name of the data means what has it, and a name that two things claim is a fault.

The names are read from the data files as they stand, so that none can be left out.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
import tomli

import mesomix
from mesomix import Formulary, MatchedBy
from mesomix.names import fold
from mesomix.request import ReadName

Clinic = Callable[..., Formulary]
Faults = Callable[..., list[mesomix.Fault]]

DATA: Final = Path(__file__).parents[2] / "data"
SUBSTANCES: Final = tomli.loads((DATA / "substances.toml").read_text(encoding="utf-8"))
PRODUCTS: Final = tomli.loads((DATA / "products.toml").read_text(encoding="utf-8"))["products"]
BRANDS: Final = {
    "Mésocaïne": {"mesocaine-50-mg-5-ml"},
    "Procaïne Lavoisier": {"procaine-lavoisier-10-mg-ml", "procaine-lavoisier-20-mg-ml"},
    "Piroxicam Teva": {"piroxicam-teva-20-mg-1-ml"},
    "Calcitonine Pharmy II": {"calcitonine-pharmy-ii-100-ui-1-ml"},
    "Miorel": {"miorel-4-mg-2-ml"},
    "Maginjectable": {"maginjectable-0-8"},
    "Mag 2": {"mag-2-sans-sucre-122-mg", "mag-2-poudre"},
    "Dicynone": {"dicynone-250-mg-2-ml"},
    "Laroscorbine": {"laroscorbine-1-g-5-ml"},
    "Vitamine E Provepharm": {"vitamine-e-provepharm-100-mg-2-ml"},
}
"""What each brand means: its specialties that are still registered."""


def spellings(name: str) -> Iterator[str]:
    """Other ways to write `name`."""
    yield name.upper()
    yield f" «{name.lower()}» ®"
    yield name.replace("-", " ").replace("é", "e").replace("ï", "i")


def specialties() -> list[tuple[str, str, dict[str, Any]]]:
    """The product, the id and the table of each specialty."""
    return [(p, s, t) for p, product in PRODUCTS.items() for s, t in product["specialties"].items()]


def read(formulary: Formulary, name: str) -> ReadName:
    """How a mixture reads `name`."""
    return formulary.mixture(name).reads[0]


# --- Each name of the data ------------------------------------------------------------------


@pytest.mark.parametrize("product", PRODUCTS)
def test_a_product_goes_by_its_names_in_any_spelling(product: str, formulary: Formulary) -> None:
    table = PRODUCTS[product]
    exact = read(formulary, table["fr"])
    assert (exact.id, exact.matched_by) == (product, MatchedBy.EXACT)
    for name in (product, table["fr"], table["en"], *table.get("names", ())):
        found = formulary.find(name)
        assert (found, found.specified) == (formulary.products[product], False)
        assert {formulary.find(other) for other in spellings(name)} == {found}
    assert read(formulary, table["fr"].upper()).matched_by is MatchedBy.FOLDED
    for name in table.get("names", ()):
        assert read(formulary, name).matched_by is MatchedBy.SYNONYM
        assert read(formulary, name.upper()).matched_by is MatchedBy.SYNONYM


@pytest.mark.parametrize("product", PRODUCTS)
def test_a_product_is_recognised_by_its_english_name_to_the_letter(
    product: str, formulary: Formulary
) -> None:
    assert read(formulary, PRODUCTS[product]["en"]).matched_by is MatchedBy.EXACT


@pytest.mark.parametrize(("product", "key", "table"), specialties())
def test_a_specialty_goes_by_its_full_name_its_id_and_its_codes(
    product: str, key: str, table: dict[str, Any], formulary: Formulary
) -> None:
    expected = formulary.specialties[key]
    assert expected.specified
    assert [specialty.id for specialty in expected.specialties] == [key]
    assert expected.substances == formulary.products[product].substances
    for name in (table["name"], key):
        assert read(formulary, name).matched_by is MatchedBy.SPECIALTY
        upper, quoted, _ = written = [*spellings(name)]
        same = written if name is not key else [upper, quoted]  # "Miorel 4 mg 2 ml" is an amount
        assert {formulary.find(other) for other in (name, *same)} == {expected}
    for code in (table["cis"], *table.get("cip13", ())):
        assert read(formulary, code).matched_by is MatchedBy.CODE
        assert formulary.find(code) is expected
    short = table["name"].partition(", ")[0]
    if fold(short) != fold(table["brand"]):
        assert formulary.find(short) is expected


def test_the_brands_of_the_data_are_these() -> None:
    assert {table["brand"] for _, _, table in specialties()} == BRANDS.keys()


@pytest.mark.parametrize("brand", BRANDS)
def test_a_brand_means_its_specialties_in_any_spelling(brand: str, formulary: Formulary) -> None:
    found = formulary.find(brand)
    assert found.specified
    assert {specialty.id for specialty in found.specialties} == BRANDS[brand]
    assert read(formulary, brand).matched_by is MatchedBy.BRAND
    assert read(formulary, f"{brand.upper()}®").matched_by is MatchedBy.BRAND
    assert {formulary.find(other) for other in spellings(brand)} == {found}


def test_another_name_of_a_specialty_is_a_brand_unless_it_is_its_id(formulary: Formulary) -> None:
    others = [(key, name) for _, key, t in specialties() for name in t.get("other_names", ())]
    assert len(others) == 10
    for key, name in others:
        kind = MatchedBy.SPECIALTY if fold(name) == fold(key) else MatchedBy.BRAND
        assert (read(formulary, name).id, read(formulary, name).matched_by) == (key, kind)


def test_every_name_of_a_substance_is_recognised(formulary: Formulary) -> None:
    for key, table in SUBSTANCES["substances"].items():
        own = [key, table["en"], *table.get("names", ())]
        for name in (*own, *([table["fr"]] if "fr" in table else [])):
            product = formulary.find(name)
            assert [substance.id for substance in product.substances] == [key], name
        for brand in table.get("brands", ()):
            assert key in [substance.id for substance in formulary.find(brand).substances], brand
            assert read(formulary, brand).matched_by is MatchedBy.BRAND


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("kétoprofène", MatchedBy.EXACT),
        ("Kétoprofène", MatchedBy.FOLDED),
        ("INDOMETHACIN", MatchedBy.SYNONYM),
        ("PROFENID", MatchedBy.BRAND),
    ],
)
def test_a_substance_outside_the_formulary_is_known_by_its_names(
    name: str, kind: MatchedBy, formulary: Formulary
) -> None:
    assert read(formulary, name).matched_by is kind
    assert not formulary.find(name).in_formulary


def test_every_name_of_a_group_and_of_a_condition_is_recognised(formulary: Formulary) -> None:
    for key, table in SUBSTANCES["groups"].items():
        for name in (key, table["fr"], table["en"], *table.get("names", ())):
            [allergy] = formulary.patient(allergies=[name.upper()]).recognised
            assert allergy.id == key, name
    for key, table in SUBSTANCES["conditions"].items():
        for name in (key, table["fr"], table["en"], *table.get("names", ())):
            assert key in formulary.patient(facts={name.upper(): True}).affirmed, name


@pytest.mark.parametrize("name", ["TRUE TEST", "True-Test®"])
def test_a_brand_of_a_combination_is_all_its_substances(name: str, formulary: Formulary) -> None:
    product = formulary.find(name)
    combined = ["benzocaine", "budesonide", "hydrocortisone", "tetracaine", "tixocortol"]
    assert [substance.id for substance in product.substances] == combined
    assert product.id == "+".join(combined)
    names = "benzocaïne + budésonide + hydrocortisone + tétracaïne + tixocortol"
    assert product.name.fr == names
    assert read(formulary, name).matched_by is MatchedBy.BRAND
    assert product is formulary.find("true test")


# --- A name that two things claim -----------------------------------------------------------

ACME: Final = {"acme-1": {"brand": "Acme"}}
ACME_TWICE: Final = {"acme-1": {"brand": "Acme"}, "acme-2": {"brand": "Acme"}}
BEST_TWICE: Final = {"best-1": {"brand": "Acme"}, "best-2": {"brand": "Acme"}}
PROCAINE: Final = {"substances": ["procaine"]}


@pytest.mark.parametrize(
    ("products", "name"),
    [
        ({"xylo": {}, "best": {"fr": "XYLO", **PROCAINE}}, "XYLO"),
        ({"xylo": {}, "best": {"names": ["Xylo!"], **PROCAINE}}, "Xylo!"),
        ({"xylo": {"specialties": ACME}, "acme": PROCAINE}, "acme"),
        (
            {
                "xylo": {"specialties": ACME},
                "best": {"specialties": {"b": {"brand": "ACME"}}, **PROCAINE},
            },
            "ACME",
        ),
        (
            {
                "xylo": {"specialties": {"x": {"cis": "12345678"}}},
                "best": {"specialties": {"b": {"cis": "12345678"}}, **PROCAINE},
            },
            "12345678",
        ),
        ({"celestene": {"fr": "Célestène"}}, "Célestène"),
        ({"xylo": {"specialties": {"x": {"brand": "Célestène"}}}}, "Célestène"),
        ({"xylo": {"names": ["dexamethasone"]}}, "dexamethasone"),
        ({"xylo": {"names": ["Xylocaïne"], **PROCAINE}}, "Xylocaïne"),
        ({"test": {"fr": "True Test", "substances": ["budesonide"]}}, "True Test"),
        ({"test": {"fr": "True Test", "substances": ["hydrocortisone"]}}, "True Test"),
    ],
)
def test_a_product_may_not_have_the_name_of_anything_else(
    products: dict[str, Any], name: str, clinic_faults: Faults
) -> None:
    products = {key: {"specialties": {f"{key}-ampoule": {}}, **t} for key, t in products.items()}
    [fault] = clinic_faults(products=products)
    assert repr(name) in fault.problem
    assert fault.file.endswith("clinic.toml")
    assert fault.key == f"products.{list(products)[-1]}"


@pytest.mark.parametrize("first", [True, False])
def test_a_product_with_the_name_of_anothers_specialty_is_the_fault_of_the_product(
    first: bool, clinic_faults: Faults
) -> None:
    acme: dict[str, Any] = {"acme": {"specialties": {"a": {"brand": "A"}}, **PROCAINE}}
    xylo: dict[str, Any] = {"xylo": {"specialties": ACME}}
    [fault] = clinic_faults(products=acme | xylo if first else xylo | acme)
    assert fault.key == "products.acme"
    assert fault.problem == "the name 'acme' is claimed by products.xylo as well"


@pytest.mark.parametrize(
    ("section", "table", "other"),
    [
        ("substances", {"names": ["Lidocaine!"]}, "substances.lidocaine"),
        ("substances", {"names": ["Xylocaïne"]}, "substances.lidocaine"),
        ("substances", {"brands": ["lignocaïne"]}, "substances.lidocaine"),
        ("substances", {"en": "Kenacort"}, "substances.triamcinolone"),
        ("groups", {"names": ["A.I.N.S."]}, "groups.nsaid"),
        ("conditions", {"fr": "Grossesse"}, "conditions.pregnancy"),
    ],
)
def test_a_name_that_two_of_a_kind_claim_is_a_fault(
    section: str, table: dict[str, Any], other: str, clinic_faults: Faults
) -> None:
    products = {"xylo": {"specialties": ACME}}
    [fault] = clinic_faults(**{section: {"thing": table}, "products": products})
    assert fault.file.endswith("clinic.toml")
    assert fault.key == f"{section}.thing"
    assert fault.problem.endswith(f"is claimed by {other} as well")


@pytest.mark.parametrize(
    ("sections", "key"),
    [
        ({"substances": {"thing": {"names": ["A.I.N.S."]}}}, "substances.thing"),
        ({"substances": {"thing": {"fr": "ains"}}}, "substances.thing"),
        ({"substances": {"thing": {"brands": ["Ains"]}}}, "substances.thing"),
        (
            {"substances": {"thing": {"names": ["AINS"], "groups": ["glutamates"]}}},
            "substances.thing",
        ),
        ({"products": {"xylo": {"names": ["AINS®"]}}}, "products.xylo"),
        ({"products": {"ains": {}}}, "products.ains"),
        ({"products": {"xylo": {"specialties": {"x": {"brand": "Ains"}}}}}, "products.xylo"),
        (
            {"products": {"xylo": {"specialties": {"x": {"name": "AINS, solution"}}}}},
            "products.xylo",
        ),
        (
            {"products": {"xylo": {"specialties": {f"x-{n}": {"brand": "Ains"} for n in (1, 2)}}}},
            "products.xylo",
        ),
    ],
)
def test_the_name_of_a_group_is_not_for_what_is_outside_it(
    sections: dict[str, Any], key: str, clinic_faults: Faults
) -> None:
    sections = {"products": {"best": {"specialties": {"best-1": {}}, **PROCAINE}}, **sections}
    [fault] = clinic_faults(**sections)
    assert fault.file.endswith("clinic.toml")
    assert (fault.key, fault.problem) == (
        key,
        "the name 'AINS' is claimed by groups.nsaid as well",
    )


def test_the_name_of_a_group_of_ones_own_is_not_for_what_is_outside_it(
    clinic_faults: Faults,
) -> None:
    faults = clinic_faults(
        groups={"potions": {"names": ["brew"]}},
        substances={"potion": {"groups": ["potions"]}, "other": {"names": ["brew"]}},
        products={"elixir": {"names": ["Potions"]}},
    )
    assert {(fault.key, fault.problem) for fault in faults} == {
        ("substances.other", "the name 'brew' is claimed by groups.potions as well"),
        ("products.elixir", "the name 'potions' is claimed by groups.potions as well"),
    }
    assert len(faults) == 2


def test_every_name_that_two_things_claim_is_found_at_once(clinic_faults: Faults) -> None:
    faults = clinic_faults(
        conditions={"cold": {"names": ["enceinte", "AVK"]}},
        groups={"potions": {"names": ["AINS"]}},
        substances={"potion": {"names": ["lidocaïne"]}},
        products={
            "xylo": {"names": ["Célestène"], "specialties": {"x": {"brand": "Kenacort"}}},
            "best": {"names": ["xylo"], **PROCAINE},
        },
    )
    claimed = [
        "'AINS'",
        "'AVK'",
        "'Célestène'",
        "'Kenacort'",
        "'enceinte'",
        "'lidocaïne'",
        "'xylo'",
    ]
    assert sorted(fault.problem.split()[2] for fault in faults) == claimed


@pytest.mark.parametrize("name", ["-", "®", "?!"])
@pytest.mark.parametrize("section", ["products", "substances", "groups", "conditions"])
def test_what_holds_no_name_is_a_fault(section: str, name: str, clinic_faults: Faults) -> None:
    products = {"xylo": {"specialties": ACME}}
    faults = clinic_faults(**{"products": products, section: {"thing": {"names": [name]}}})
    assert [(fault.key, repr(name) in fault.problem) for fault in faults] == [
        (f"{section}.thing", True)
    ]


def test_a_name_that_is_longer_than_any_is_a_fault_that_says_so(clinic_faults: Faults) -> None:
    product = {"fr": "a" * 501, "en": "brew", "substances": ["procaine"], "effects": ["scar"]}
    [fault] = clinic_faults(products={"brew": {**product, "checked": date(2026, 11, 22)}})
    assert fault.key == "products.brew"
    assert fault.problem == f"the name '{'a' * 80}…' has more than 500 characters: no name has"


# --- Names that are shared and mean the same ------------------------------------------------


def test_a_product_may_have_the_names_of_what_it_holds(clinic: Clinic) -> None:
    combined = ["tixocortol", "budesonide", "hydrocortisone", "tetracaine", "benzocaine"]
    own = clinic(
        products={
            "lido": {"names": ["lidocaïne", "Xylocaïne"], "specialties": {"l": {"brand": "Lido"}}},
            "test": {"names": ["True Test"], "substances": combined},
        }
    )
    assert own.find("xylocaine") is own.products["lido"]
    assert own.find("true-test") is own.products["test"]


def test_what_belongs_to_a_group_may_have_its_name(clinic: Clinic) -> None:
    own = clinic(
        substances={"thing": {"names": ["AINS"], "groups": ["nsaid"]}},
        products={
            "things": {"substances": ["thing"]},
            "mix": {
                "substances": ["lidocaine", "procaine"],
                "specialties": {"mix-1": {"brand": "Anesthésiques esters"}},
            },
        },
    )
    assert own.find("AINS") is own.products["things"]
    assert own.find("anesthésiques esters") is own.specialties["mix-1"]
    declared = own.patient(allergies=["AINS", "anesthésiques esters"]).recognised
    assert [allergy.id for allergy in declared] == ["nsaid", "ester-anaesthetic"]


@pytest.mark.parametrize(
    ("specialty", "kind"),
    [
        ({"brand": "Acme"}, MatchedBy.BRAND),
        ({"other_names": ["ACME"]}, MatchedBy.BRAND),
        ({"name": "ACME"}, MatchedBy.SPECIALTY),
        ({"name": "ACME, solution injectable"}, MatchedBy.SPECIALTY),
    ],
)
def test_a_product_that_is_named_like_its_specialty_means_that_one(
    specialty: dict[str, Any], kind: MatchedBy, clinic: Clinic
) -> None:
    own = clinic(
        products={
            "lido": {
                "fr": "acme",
                "en": "Acme",
                "names": ["Acme!"],
                "specialties": {"acme-1": specialty, "lido-2": {}},
            }
        }
    )
    for name in ("acme", "Acme", "ACME®"):
        assert own.find(name) is own.specialties["acme-1"]
        assert own.find(name).specified
        assert (read(own, name).id, read(own, name).matched_by) == ("acme-1", kind)
    assert own.find("lido") is own.products["lido"]
    assert not own.find("lido").specified
    assert [product.id for product in own.products.values()] == ["lido"]


def test_a_product_that_is_named_like_its_brand_means_the_specialties_of_it(
    clinic: Clinic,
) -> None:
    own = clinic(products={"acme": {"specialties": {**ACME_TWICE, "other-3": {}}}})
    found = own.find("Acme")
    assert (found.id, found.specified) == ("acme-any", True)
    assert [specialty.id for specialty in found.specialties] == ["acme-1", "acme-2"]
    assert read(own, "acme").matched_by is MatchedBy.BRAND
    assert [s.id for s in own.products["acme"].specialties] == ["acme-1", "acme-2", "other-3"]


def test_a_substance_of_two_products_means_neither_of_them(clinic: Clinic) -> None:
    own = clinic(products={"xylo": {}, "best": {}, "third": {"substances": ["procaine"]}})
    assert own.find("procaïne") is own.products["third"]
    for name in ("lidocaïne", "Xylocaïne"):
        assert (own.find(name).in_formulary, own.find(name).specialties) == (False, ())


def test_a_brand_of_two_products_is_a_fault_however_many_specialties_it_has(
    clinic_faults: Faults,
) -> None:
    products = {
        "xylo": {"specialties": ACME_TWICE},
        "best": {"specialties": BEST_TWICE, **PROCAINE},
    }
    assert "'Acme'" in clinic_faults(products=products)[0].problem


def test_a_brand_with_the_id_of_another_products_specialty_is_a_fault(
    clinic_faults: Faults,
) -> None:
    products = {
        "xylo": {"specialties": {"acme": {"name": "XYLO 1 %", "brand": "Xylo"}}},
        "best": {"specialties": BEST_TWICE, **PROCAINE},
    }
    assert "cme'" in clinic_faults(products=products)[0].problem


def test_a_name_of_two_products_of_one_substance_is_a_fault(clinic_faults: Faults) -> None:
    products = {
        "xylo": {"specialties": {"acme-1": {"brand": "Acme"}}},
        "best": {"specialties": {"best-1": {"brand": "Acme"}}},
    }
    assert "'Acme'" in clinic_faults(products=products)[0].problem


def test_a_brand_that_is_the_id_of_one_of_its_specialties_still_means_all(clinic: Clinic) -> None:
    products = {"xylo": {"specialties": {"acme": {"brand": "Acme"}, "acme-2": {"brand": "Acme"}}}}
    found = clinic(products=products).find("Acme")
    assert {specialty.id for specialty in found.specialties} == {"acme", "acme-2"}


def test_a_brand_of_two_substances_may_not_take_the_name_of_a_group_of_one(
    clinic: Callable[..., mesomix.Formulary],
) -> None:
    member, other = {"brands": ["AINS"], "groups": ["nsaid"]}, {"brands": ["AINS"]}
    for substances in ({"aa": member, "bb": other}, {"bb": other, "aa": member}):
        with pytest.raises(mesomix.DataError) as caught:
            clinic(substances=substances, products={"xylo": {}})
        assert [fault.key for fault in caught.value.faults] == ["substances.bb"]


def test_a_brand_never_takes_the_id_of_another_products_specialty(
    clinic: Callable[..., mesomix.Formulary],
) -> None:
    own = clinic(
        products={
            "xylo": {"specialties": {"acme": {"brand": "Acme"}, "b2": {"brand": "Acme"}}},
            "zorg": {"specialties": {"acme-any": {"brand": "Zorgal"}}},
        }
    )
    acme, zorgal = own.find("Acme"), own.find("Zorgal")
    assert {specialty.id for specialty in acme.specialties} == {"acme", "b2"}
    assert zorgal.id == "acme-any"
    assert acme.id not in own.specialties
