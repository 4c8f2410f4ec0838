"""Ids: each that one table names is the key of another, in all files taken as one."""

import json
from collections.abc import Callable
from typing import Any, Final

import pytest

import mesomix
from mesomix import Formulary
from mesomix.formulary.schema import DataFile

Faults = Callable[..., list[mesomix.Fault]]

NOBODY: Final = "nobody-has-this-id"
SPECIALTY: Final = "products.xylo.specialties.xylo-1"
AMOUNT: Final = {"substance": "lidocaine", "amount": "1 mg"}
MAXIMUM: Final = {"amount": "1 mg", "per": "dose"}


def with_substance(**keys: object) -> dict[str, Any]:
    return {"substances": {"potion": keys}}


def with_specialty(**keys: object) -> dict[str, Any]:
    return {"products": {"xylo": {"specialties": {"xylo-1": keys}}}}


def at_each_source(key: str) -> list[tuple[str, dict[str, Any]]]:
    """The path of each table that has a source, and the sections in which its `key` is wrong."""
    wrong = {key: [NOBODY] if key == "also" else NOBODY}
    return [
        ("conditions.cold", {"conditions": {"cold": wrong}}),
        ("groups.potions", {"groups": {"potions": wrong}}),
        (
            "groups.potions.reached_from[1]",
            {
                "groups": {
                    "potions": {
                        "reached_from": [
                            {"allergen": "fish", "evidence": "label"},
                            {"allergen": "nsaid", "evidence": "label", **wrong},
                        ]
                    }
                }
            },
        ),
        ("substances.potion", with_substance(**wrong)),
        ("substances.potion.mixing_forbidden", with_substance(mixing_forbidden=wrong)),
        (
            "substances.potion.contraindications[1]",
            with_substance(
                contraindications=[
                    {"condition": "asthma", "severity": "review"},
                    {"condition": "cancer", "severity": "review", **wrong},
                ]
            ),
        ),
        (
            "substances.potion.reported_harms[0]",
            with_substance(reported_harms=[{"other": "nsaid", "fr": "a", "en": "b", **wrong}]),
        ),
        (
            "substances.potion.maximum_doses[1]",
            with_substance(maximum_doses=[MAXIMUM, {**MAXIMUM, **wrong}]),
        ),
        (f"{SPECIALTY}.amounts[1]", with_specialty(amounts=[AMOUNT, {**AMOUNT, **wrong}])),
        ("products.xylo", {"products": {"xylo": wrong}}),
        (SPECIALTY, with_specialty(**wrong)),
        (f"{SPECIALTY}.marketing", with_specialty(marketing={"state": "stopped", **wrong})),
        (
            f"{SPECIALTY}.excipients",
            with_specialty(excipients={"present": [], "complete": True, **wrong}),
        ),
        (
            f"{SPECIALTY}.forbidden_routes[1]",
            with_specialty(forbidden_routes=[{"route": "oral"}, {"route": "oral", **wrong}]),
        ),
    ]


OTHER_PLACES: Final = [
    ("conditions.cold.implies[0]", "condition", {"conditions": {"cold": {"implies": [NOBODY]}}}),
    (
        "groups.potions.reached_from[0].allergen",
        "group or substance",
        {"groups": {"potions": {"reached_from": [{"allergen": NOBODY, "evidence": "label"}]}}},
    ),
    ("substances.potion.groups[1]", "group", with_substance(groups=["nsaid", NOBODY])),
    (
        "substances.potion.contraindications[0].condition",
        "condition",
        with_substance(contraindications=[{"condition": NOBODY, "severity": "refuse"}]),
    ),
    (
        "substances.potion.reported_harms[0].other",
        "group or substance",
        with_substance(reported_harms=[{"other": NOBODY, "fr": "a", "en": "b"}]),
    ),
    ("products.xylo.substances[0]", "substance", {"products": {"xylo": {"substances": [NOBODY]}}}),
    (
        f"{SPECIALTY}.excipients.present[1]",
        "substance",
        with_specialty(excipients={"present": ["ethanol", NOBODY], "complete": True}),
    ),
    (
        f"{SPECIALTY}.amounts[0].substance",
        "substance",
        with_specialty(amounts=[{"substance": NOBODY, "amount": "1 mg"}]),
    ),
    (
        f"{SPECIALTY}.excipients.possible[0]",
        "substance",
        with_specialty(excipients={"present": [], "possible": [NOBODY], "complete": True}),
    ),
]


def test_these_are_all_the_places_that_can_name_an_id() -> None:
    tables = DataFile.model_json_schema()["$defs"]
    pattern = json.dumps(tables["Sourced"]["properties"]["source"]["pattern"])
    places = {
        (table, key)
        for table, content in tables.items()
        for key, value in content.get("properties", {}).items()
        if pattern in json.dumps(value) and key != "specialties"  # their keys are the ids
        if table != "SuppressionTable"  # a lint rule is no part of the data
    }
    for key in ("source", "also"):
        assert len([place for place in places if place[1] == key]) == len(at_each_source(key))
    assert {place for place in places if place[1] not in {"source", "also"}} == {
        *{("ConditionTable", "implies"), ("ReachedFrom", "allergen"), ("SubstanceTable", "groups")},
        *{("ContraindicationTable", "condition"), ("ReportedHarmTable", "other")},
        *{("ProductTable", "substances"), ("Excipients", "present"), ("Excipients", "possible")},
        ("AmountTable", "substance"),
    }


@pytest.mark.parametrize(("path", "sections"), at_each_source("source"))
def test_a_source_that_is_no_reference_is_a_fault(
    path: str, sections: dict[str, Any], clinic_faults: Faults
) -> None:
    [fault] = clinic_faults(**sections)
    assert fault.file.endswith("clinic.toml")
    assert fault.key == f"{path}.source"
    assert fault.problem == f"there is no reference {NOBODY!r}"


@pytest.mark.parametrize(("path", "sections"), at_each_source("also"))
def test_another_source_that_is_no_reference_is_a_fault_of_that_table(
    path: str, sections: dict[str, Any], clinic_faults: Faults
) -> None:
    [fault] = clinic_faults(**sections)
    assert fault.key.rpartition(".")[0] == path
    assert fault.problem == f"there is no reference {NOBODY!r}"


def test_the_key_of_another_source_is_not_that_of_the_source(clinic_faults: Faults) -> None:
    [fault] = clinic_faults(substances={"potion": {"also": ["bdpm", NOBODY]}})
    assert fault.key.startswith("substances.potion.also")


@pytest.mark.parametrize(("path", "kind", "sections"), OTHER_PLACES)
def test_an_id_that_nothing_has_is_a_fault_where_it_is_named(
    path: str, kind: str, sections: dict[str, Any], clinic_faults: Faults
) -> None:
    [fault] = clinic_faults(**sections)
    assert fault.file.endswith("clinic.toml")
    assert (fault.key, fault.problem) == (path, f"there is no {kind} {NOBODY!r}")


@pytest.mark.parametrize("allergen", ["nsaid", "ethanol"])
def test_an_allergen_is_a_group_or_a_substance(
    allergen: str, clinic: Callable[..., Formulary]
) -> None:
    reached = {"allergen": allergen, "evidence": "label"}
    own = clinic(groups={"potions": {"reached_from": [reached]}}, **with_specialty())
    assert "potions" in own.edition.groups


@pytest.mark.parametrize(
    ("sections", "path"),
    [
        (with_substance(groups=["ethanol"]), "substances.potion.groups[0]"),
        ({"products": {"xylo": {"substances": ["nsaid"]}}}, "products.xylo.substances[0]"),
        ({"conditions": {"cold": {"implies": ["nsaid"]}}}, "conditions.cold.implies[0]"),
        (with_substance(source="ethanol"), "substances.potion.source"),
        (
            with_specialty(amounts=[{"substance": "nsaid", "amount": "1 mg"}]),
            f"{SPECIALTY}.amounts[0].substance",
        ),
    ],
)
def test_the_id_of_another_kind_of_thing_is_no_answer(
    sections: dict[str, Any], path: str, clinic_faults: Faults
) -> None:
    assert [fault.key for fault in clinic_faults(**sections)] == [path]


# --- One id, one thing ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("section", "identifier", "file"),
    [
        ("references", "chan", "references.toml"),
        ("conditions", "pregnancy", "substances.toml"),
        ("groups", "nsaid", "substances.toml"),
        ("substances", "lidocaine", "substances.toml"),
    ],
)
def test_an_id_that_a_shipped_file_has_is_a_fault(
    section: str, identifier: str, file: str, clinic_faults: Faults
) -> None:
    [fault] = clinic_faults(**{section: {identifier: {}}})
    assert fault.file.endswith("clinic.toml")
    assert (fault.key, fault.problem) == (
        f"{section}.{identifier}",
        f"{file} has this id already",
    )


def test_a_group_with_the_id_of_a_substance_is_a_fault(clinic_faults: Faults) -> None:
    [fault] = clinic_faults(groups={"ethanol": {}})
    assert fault.file.endswith("clinic.toml")
    assert (fault.key, fault.problem) == (
        "groups.ethanol",
        "substances.ethanol has this id already",
    )


def test_a_substance_with_the_id_of_a_group_is_a_fault(clinic_faults: Faults) -> None:
    [fault] = clinic_faults(substances={"fish": {}})
    assert fault.file.endswith("clinic.toml")  # the shipped group was there first
    assert (fault.key, fault.problem) == ("substances.fish", "groups.fish has this id already")


@pytest.mark.parametrize("first", [True, False])
def test_a_specialty_with_the_id_of_a_product_is_a_fault(
    first: bool, clinic_faults: Faults
) -> None:
    named = {"xylo": {"specialties": {"lido": {"brand": "Xylo 1"}}}}
    taken: dict[str, dict[str, Any]] = {"lido": {}}
    [fault] = clinic_faults(products=named | taken if first else taken | named)
    assert (fault.key, fault.problem) == (
        "products.xylo.specialties.lido",
        "products.lido has this id already",
    )


def test_a_specialty_with_the_id_of_its_own_product_is_a_fault(clinic_faults: Faults) -> None:
    [fault] = clinic_faults(products={"xylo": {"specialties": {"xylo": {"form": "gel"}}}})
    assert fault.key == "products.xylo.specialties.xylo"


def test_two_specialties_of_one_id_are_a_fault(clinic_faults: Faults) -> None:
    one = {"specialties": {"amp": {"brand": "Ampoule"}}}
    [fault] = clinic_faults(products={"xylo": one, "lido": one})
    assert (fault.key, fault.problem) == (
        "products.lido.specialties.amp",
        "products.xylo.specialties.amp has this id already",
    )


def test_one_id_may_be_that_of_a_product_a_substance_a_condition_and_a_reference(
    clinic: Callable[..., Formulary],
) -> None:
    own = clinic(
        references={"potion": {}},
        conditions={"potion": {}},
        substances={"potion": {}},
        products={"potion": {"substances": ["potion"], "specialties": {"potion-1": {}}}},
    )
    assert own.products["potion"].substances[0].id == "potion"


def test_every_fault_of_the_ids_is_found_at_once(clinic_faults: Faults) -> None:
    faults = clinic_faults(
        conditions={"cold": {"implies": [NOBODY, "pregnancy"]}},
        groups={"ethanol": {"source": NOBODY}},
        substances={"lidocaine": {}, "potion": {"groups": [NOBODY, "nothing-either"]}},
        products={
            "xylo": {"specialties": {"lido": {"marketing": {"state": "stopped", "source": "no"}}}},
            "lido": {"substances": ["ethanol", NOBODY]},
        },
    )
    assert sorted(fault.key for fault in faults) == [
        "conditions.cold.implies[0]",
        "groups.ethanol",
        "groups.ethanol.source",
        "products.lido.substances[1]",
        "products.xylo.specialties.lido",
        "products.xylo.specialties.lido.marketing.source",
        "substances.lidocaine",
        "substances.potion.groups[0]",
        "substances.potion.groups[1]",
    ]
    assert all(fault.file.endswith("clinic.toml") for fault in faults)
