"""The schema of amounts, containers and maxima: what they may be, and a fault for any other."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
import tomli

import mesomix
from mesomix.formulary.schema import DataFile

Faults = Callable[..., list[mesomix.Fault]]
Clinic = Callable[..., mesomix.Formulary]

SPECIALTY: Final = "products.xylo.specialties.xylo-1"
MEASURED: Final = [
    *("1 mg", "1 g", "1 ug", "1 [iU]", "1 mmol", "0.1 mg", "0.000001 mg", "16.28 mg", "10 mg"),
    *("123456789 mg", "1.123456789 g", "0.1000001 mg", "1.0 mg"),
]
NOT_MEASURED: Final = [
    *("0 mg", "0.0 mg", "0.00 g", "00 mg", "-1 mg", "+1 mg", "01 mg", "1. mg", ".5 mg", "1,5 mg"),
    *("1e3 mg", "1E3 mg", "NaN mg", "inf mg", "1/2 mg", "1234567890 mg", "1.1234567891 mg"),
    *("mg", "1", "", " ", "1mg", "1  mg", "1\u00a0mg", "1 mg ", " 1 mg", "1 mg\n", "1 mg/mL"),
    *("1 MG", "1 Mg", "1 mcg", "1 µg", "1 UI", "1 IU", "1 iU", "1 meq", "1 %", "1 mL", "1 kg"),
    *("\u0661 mg", "\uff11 mg", "1² mg", "1 mg\x00", "\u202e1 mg", "9" * 10_000 + " mg"),
    *("1e999999999 mg", "1 mol"),
]
VOLUMES: Final = ["1 mL", "0.5 mL", "2.0 mL", "100 mL", "123456789 mL"]
NO_VOLUMES: Final = [
    *("0 mL", "0.0 mL", "0.000 mL", "-1 mL", "1 ml", "1 ML", "1 L", "1 cm3", "1 mg", "1mL", "mL"),
    *("", "1", "1,5 mL", "1e3 mL", "1/2 mL", "\u0661 mL", "1 mL ", "1 mL\n", "9" * 10_000 + " mL"),
]


def with_amount(**keys: object) -> dict[str, Any]:
    amount = {"substance": "lidocaine", "amount": "1 mg", **keys}
    return {"xylo": {"specialties": {"xylo-1": {"amounts": [amount]}}}}


def with_maximum(**keys: object) -> dict[str, Any]:
    return {"potion": {"maximum_doses": [{"amount": "1 mg", "per": "dose", **keys}]}}


@pytest.mark.parametrize("written", MEASURED)
def test_an_amount_is_a_number_above_zero_and_a_unit_of_ucum(written: str, clinic: Clinic) -> None:
    own = clinic(
        substances=with_maximum(amount=written),
        products={
            **with_amount(amount=written),
            "elixir": {"substances": ["potion"], "specialties": {"elixir-1": {}}},
        },
    )
    [amount] = own.products["xylo"].specialties[0].amounts
    assert amount.amount == mesomix.Quantity.read(written)
    [maximum] = own.products["elixir"].substances[0].maximum_doses or ()
    assert maximum.amount == amount.amount
    assert amount.amount.value > 0


@pytest.mark.parametrize("written", NOT_MEASURED, ids=range(len(NOT_MEASURED)))
def test_another_amount_is_a_fault_at_its_key(written: str, clinic_faults: Faults) -> None:
    for sections, key in (
        ({"products": with_amount(amount=written)}, f"{SPECIALTY}.amounts[0].amount"),
        (
            {"substances": with_maximum(amount=written)},
            "substances.potion.maximum_doses[0].amount",
        ),
    ):
        [fault] = clinic_faults(**sections)
        assert fault.key == key
        assert fault.problem.startswith("String should match pattern")
        assert str(fault).isprintable()
        assert len(str(fault)) < 1000


@pytest.mark.parametrize("written", VOLUMES)
def test_a_volume_is_a_number_of_millilitres(written: str, clinic: Clinic) -> None:
    products = with_amount(volume=written)
    products["xylo"]["specialties"]["xylo-1"]["containers"] = [written]
    [specialty] = clinic(products=products).products["xylo"].specialties
    assert specialty.containers == (mesomix.Quantity.read(written),)
    assert specialty.amounts[0].volume == specialty.containers[0]


@pytest.mark.parametrize("written", NO_VOLUMES, ids=range(len(NO_VOLUMES)))
def test_another_volume_is_a_fault_at_its_key(written: str, clinic_faults: Faults) -> None:
    products = with_amount(volume=written)
    products["xylo"]["specialties"]["xylo-1"]["containers"] = ["2 mL", written]
    assert [fault.key for fault in clinic_faults(products=products)] == [
        f"{SPECIALTY}.containers[1]",
        f"{SPECIALTY}.amounts[0].volume",
    ]


@pytest.mark.parametrize(
    ("products", "key"),
    [
        *((with_amount(amount=value), "amounts[0].amount") for value in (1, 1.5, True, ["1 mg"])),
        *((with_amount(volume=value), "amounts[0].volume") for value in (1, False, "")),
        *((with_amount(part=value), "amounts[0].part") for value in ("true", 1)),
        (with_amount(fr=""), "amounts[0].fr"),
        (with_amount(en=" "), "amounts[0].en"),
        (with_amount(substance="Lidocaine"), "amounts[0].substance"),
        (with_amount(unit="mg"), "amounts[0].unit"),
        ({"xylo": {"specialties": {"xylo-1": {"amounts": {}}}}}, "amounts"),
        ({"xylo": {"specialties": {"xylo-1": {"containers": "2 mL"}}}}, "containers"),
        ({"xylo": {"specialties": {"xylo-1": {"containers": [2]}}}}, "containers[0]"),
    ],
)
def test_what_an_amount_cannot_have_is_one_fault(
    products: dict[str, Any], key: str, clinic_faults: Faults
) -> None:
    [fault] = clinic_faults(products=products)
    assert fault.key == f"{SPECIALTY}.{key}"


@pytest.mark.parametrize(
    ("substances", "key"),
    [
        *((with_maximum(per=value), "[0].per") for value in ("week", "Dose", "jour", "", 1)),
        *((with_maximum(usual=value), "[0].usual") for value in ("true", 1)),
        *((with_maximum(routes=value), "[0].routes") for value in ("oral", 1)),
        (with_maximum(routes=["oral", "dermal"]), "[0].routes[1]"),
        (with_maximum(fr=""), "[0].fr"),
        (with_maximum(population="adult"), "[0].population"),
        ({"potion": {"maximum_doses": "200 mg"}}, ""),
    ],
)
def test_what_a_maximum_cannot_have_is_one_fault(
    substances: dict[str, Any], key: str, clinic_faults: Faults
) -> None:
    [fault] = clinic_faults(substances=substances)
    assert fault.key == f"substances.potion.maximum_doses{key}"


def test_what_an_amount_and_a_maximum_need_is_missed(clinic_faults: Faults) -> None:
    faults = clinic_faults(
        substances={"potion": {"maximum_doses": [{}]}},
        products={"xylo": {"specialties": {"xylo-1": {"amounts": [{}]}}}},
    )
    assert {(fault.key, fault.problem) for fault in faults} == {
        *(
            (f"substances.potion.maximum_doses[0].{key}", "Field required")
            for key in ("amount", "per")
        ),
        *((f"{SPECIALTY}.amounts[0].{key}", "Field required") for key in ("substance", "amount")),
    }


def test_every_fault_of_amounts_is_found_at_once(clinic_faults: Faults) -> None:
    faults = clinic_faults(
        substances=with_maximum(amount="1 MG", per="week", routes=["dermal"]),
        products={
            "xylo": {
                "specialties": {
                    "xylo-1": {
                        "containers": ["0 mL", "2 mL", "1 ml"],
                        "amounts": [
                            {"substance": "lidocaine", "amount": "0.0 mg", "volume": "0 mL"},
                            {"substance": "Lidocaine", "amount": "1 cc"},
                        ],
                    }
                }
            }
        },
    )
    maximum = "substances.potion.maximum_doses[0]"
    assert {fault.key for fault in faults} == {
        *(f"{maximum}.{key}" for key in ("amount", "per", "routes[0]")),
        *(f"{SPECIALTY}.containers[{number}]" for number in (0, 2)),
        *(f"{SPECIALTY}.amounts[0].{key}" for key in ("amount", "volume")),
        *(f"{SPECIALTY}.amounts[1].{key}" for key in ("substance", "amount")),
    }
    assert len(faults) == 9


def test_maxima_that_are_absent_stay_apart_from_those_that_are_empty() -> None:
    sourced = 'source = "r"\nchecked = 2026-11-21\n'
    file = DataFile.model_validate(
        tomli.loads(
            f"""
            [substances.unread]\nen = "unread"\n{sourced}
            [substances.read]\nen = "read"\nmaximum_doses = []\n{sourced}
            """.replace("            ", "")
        )
    )
    assert file.substances["unread"].maximum_doses is None
    assert file.substances["read"].maximum_doses == ()


def test_an_amount_without_a_source_is_a_fault(
    clinic_file: Callable[..., Path],
) -> None:
    path = clinic_file(products=with_amount())
    text = path.read_text(encoding="utf-8")
    before, held, behind = text.partition("amounts = [")
    stripped = behind.replace('source = "chan", checked = 2026-11-21, ', "", 1)
    assert stripped != behind
    path.write_text(before + held + stripped, encoding="utf-8")
    with pytest.raises(mesomix.DataError) as caught:
        mesomix.load(path)
    assert {fault.key for fault in caught.value.faults} == {
        *(f"{SPECIALTY}.amounts[0].{key}" for key in ("source", "checked")),
    }
