"""The schema: every table, key, type and form that a file may have, and a fault for any other."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
import tomli
from pydantic import BaseModel, ValidationError

import mesomix
from mesomix.formulary import schema
from mesomix.formulary.schema import DataFile

TABLES: Final = [
    model
    for model in vars(schema).values()
    if isinstance(model, type) and issubclass(model, schema.Table) and model is not schema.Table
]
OWN: Final = "products.xylo"
SPECIALTY: Final = f"{OWN}.specialties.xylo-1"

Faults = Callable[..., list[mesomix.Fault]]


def xylo(**keys: object) -> dict[str, Any]:
    """A product, with these keys beside those that it needs."""
    return {"xylo": keys}


def xylo_1(**keys: object) -> dict[str, Any]:
    """A product with a specialty that has these keys beside those that it needs."""
    return xylo(specialties={"xylo-1": keys})


# --- The tables -----------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_frozen_and_refuses_a_key_that_it_does_not_know(
    table: type[schema.Table],
) -> None:
    assert table.model_config["extra"] == "forbid"
    assert table.model_config["frozen"] is True


@pytest.mark.parametrize("table", TABLES)
def test_every_table_says_what_it_is(table: type[BaseModel]) -> None:
    assert (table.__doc__ or "").endswith(".")


def test_every_table_of_facts_names_a_source_and_a_day() -> None:
    unsourced = {table.__name__ for table in TABLES if not issubclass(table, schema.Sourced)}
    assert unsourced == {"DataFile", "ReferenceTable", "SuppressionTable"}
    required = {key for key, field in schema.Sourced.model_fields.items() if field.is_required()}
    assert required == {"source", "checked"}


@pytest.mark.parametrize("section", ["conditions", "groups", "substances", "products"])
def test_a_table_without_a_source_is_a_fault(section: str) -> None:
    with pytest.raises(ValidationError) as caught:
        DataFile.model_validate({section: {"thing": {"fr": "a", "en": "a"}}})
    missing = {e["loc"][-1] for e in caught.value.errors() if e["type"] == "missing"}
    assert {"source", "checked"} <= missing


def test_what_is_absent_stays_apart_from_what_is_empty() -> None:
    file = DataFile.model_validate(
        tomli.loads(
            """
            [substances.unread]
            en = "unread"
            source = "r"
            checked = 2026-11-21

            [substances.read]
            en = "read"
            contraindications = []
            source = "r"
            checked = 2026-11-21
            """
        )
    )
    assert file.substances["unread"].contraindications is None
    assert file.substances["read"].contraindications == ()
    assert file.substances["unread"].fr is None


def test_a_text_loses_the_blanks_around_it(clinic: Callable[..., mesomix.Formulary]) -> None:
    own = clinic(products=xylo(fr="\tXylo ", specialties={"xylo-1": {"name": " XYLO 1 %\n"}}))
    assert own.products["xylo"].name.fr == "Xylo"
    assert own.specialties["xylo-1"].name.fr == "XYLO 1 %"


# --- What is wrong with one value -----------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "key", "problem"),
    [
        (xylo(colour="red"), f"{OWN}.colour", "Extra inputs are not permitted"),
        (xylo_1(colour="red"), f"{SPECIALTY}.colour", "Extra inputs are not permitted"),
        (xylo(fr=1), f"{OWN}.fr", "Input should be a valid string"),
        (xylo(fr=True), f"{OWN}.fr", "Input should be a valid string"),
        (xylo(fr=""), f"{OWN}.fr", "String should have at least 1 character"),
        (xylo(fr=" \u00a0\t"), f"{OWN}.fr", "String should have at least 1 character"),
        (xylo(names="Xylo"), f"{OWN}.names", "Input should be a valid tuple"),
        (xylo(names=["Xylo", 2]), f"{OWN}.names[1]", "Input should be a valid string"),
        (xylo(source="Chan"), f"{OWN}.source", "String should match pattern"),
        (xylo(source="chan\n"), f"{OWN}.source", "String should match pattern"),
        (xylo(also=["chan", "a b"]), f"{OWN}.also[1]", "String should match pattern"),
        (xylo(checked="2026-11-21"), f"{OWN}.checked", "Input should be a valid date"),
        (xylo(checked=20261121), f"{OWN}.checked", "Input should be a valid date"),
        (xylo(substances=[]), f"{OWN}.substances", "Tuple should have at least 1 item"),
        (xylo(effects=["scar", "magic"]), f"{OWN}.effects[1]", "Input should be 'analgesic'"),
        (xylo(effects=["Scar"]), f"{OWN}.effects[0]", "Input should be 'analgesic'"),
        (xylo(effects="scar"), f"{OWN}.effects", "Input should be a valid tuple"),
        (xylo_1(routes=[]), f"{SPECIALTY}.routes", "Tuple should have at least 1 item"),
        (xylo_1(cis=63572616), f"{SPECIALTY}.cis", "Input should be a valid string"),
        (xylo_1(cis="6357261"), f"{SPECIALTY}.cis", "String should match pattern"),
        (xylo_1(cis="635726160"), f"{SPECIALTY}.cis", "String should match pattern"),
        (xylo_1(cis="6357261a"), f"{SPECIALTY}.cis", "String should match pattern"),
        (xylo_1(cis=""), f"{SPECIALTY}.cis", "String should match pattern"),
        (xylo_1(cip13=["340093310801"]), f"{SPECIALTY}.cip13[0]", "String should match pattern"),
        (
            xylo_1(marketing={"state": "sold"}),
            f"{SPECIALTY}.marketing.state",
            "Input should be 'marketed'",
        ),
        (
            xylo_1(marketing={"state": "marketed", "since": "2020-01-01"}),
            f"{SPECIALTY}.marketing.since",
            "Input should be a valid date",
        ),
        (xylo_1(marketing="marketed"), f"{SPECIALTY}.marketing", "Input should be a valid dict"),
        (xylo_1(excipients=[]), f"{SPECIALTY}.excipients", "Input should be a valid dict"),
        (
            xylo_1(excipients={"complete": True}),
            f"{SPECIALTY}.excipients.present",
            "Field required",
        ),
        (
            xylo_1(excipients={"present": []}),
            f"{SPECIALTY}.excipients.complete",
            "Field required",
        ),
        (
            xylo_1(excipients={"present": [], "complete": "true"}),
            f"{SPECIALTY}.excipients.complete",
            "Input should be a valid boolean",
        ),
        (
            xylo_1(excipients={"present": [], "complete": 1}),
            f"{SPECIALTY}.excipients.complete",
            "Input should be a valid boolean",
        ),
        (
            xylo_1(forbidden_routes=[{"route": "oral"}, {}]),
            f"{SPECIALTY}.forbidden_routes[1].route",
            "Field required",
        ),
    ],
)
def test_a_value_that_cannot_be_is_one_fault_at_its_key(
    keys: dict[str, Any], key: str, problem: str, clinic_faults: Faults, tmp_path: Path
) -> None:
    [fault] = clinic_faults(products=keys)
    assert (fault.file, fault.key) == (str(tmp_path / "clinic.toml"), key)
    assert fault.problem.startswith(problem)


@pytest.mark.parametrize(
    ("section", "table", "key"),
    [
        ("references", {"date": date(2026, 1, 1)}, "date"),
        ("conditions", {"implies": "pregnancy"}, "implies"),
        ("conditions", {"source": "Chan"}, "source"),
        ("conditions", {"checked": "2026-11-21"}, "checked"),
        *(
            ("conditions", {"younger_than_months": months}, "younger_than_months")
            for months in (0, -1, True, "30", 30.0, 2.5)
        ),
        ("groups", {"evidence": "perhaps"}, "evidence"),
        ("groups", {"repeated": "yes"}, "repeated"),
        ("groups", {"reached_from": [{"allergen": "fish"}]}, "reached_from[0].evidence"),
        ("substances", {"bdpm_codes": [432]}, "bdpm_codes[0]"),
        (
            "substances",
            {"contraindications": [{"condition": "pregnancy", "severity": "never"}]},
            "contraindications[0].severity",
        ),
        ("substances", {"inert": "true"}, "inert"),
        ("substances", {"inert": 1}, "inert"),
        ("substances", {"mixing_forbidden": True}, "mixing_forbidden"),
        ("substances", {"reported_harms": [{"other": "nsaid", "fr": "x"}]}, "reported_harms[0].en"),
    ],
)
def test_a_fault_of_any_section_is_found_at_its_key(
    section: str, table: dict[str, Any], key: str, clinic_faults: Faults
) -> None:
    assert [fault.key for fault in clinic_faults(**{section: {"thing": table}})] == [
        f"{section}.thing.{key}"
    ]


@pytest.mark.parametrize("written", ["2026-11-21T00:00:00", "2026-11-21T10:00:00Z", "10:00:00"])
def test_a_day_is_a_date_without_a_time(
    written: str, clinic_file: Callable[..., Path], tmp_path: Path
) -> None:
    path = clinic_file(references={"leaflet": {}})
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("checked = 2026-11-21", f"checked = {written}"), encoding="utf-8")
    with pytest.raises(mesomix.DataError) as caught:
        mesomix.load(path)
    [fault] = caught.value.faults
    assert (fault.key, fault.problem) == (
        "references.leaflet.checked",
        "Input should be a valid date",
    )


@pytest.mark.parametrize(
    "identifier", ["Xylo", "xylo_1", "xylo-", "-xylo", "xy--lo", "xylô", "x y"]
)
@pytest.mark.parametrize("section", ["references", "conditions", "groups", "substances"])
def test_an_id_is_lower_case_words_joined_by_dashes(
    section: str, identifier: str, clinic_file: Callable[..., Path]
) -> None:
    path = clinic_file(**{section: {"thing": {}}})
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("thing]", f'"{identifier}"]'), encoding="utf-8")
    with pytest.raises(mesomix.DataError) as caught:
        mesomix.load(path)
    [fault] = caught.value.faults
    assert fault.key == f"{section}.{identifier} (as a key)"
    assert fault.problem.startswith("String should match pattern")


@pytest.mark.parametrize("code", ["\uff16" * 8, "\u0666" * 8])
def test_a_code_is_of_ascii_digits(code: str, clinic_faults: Faults) -> None:
    [fault] = clinic_faults(products=xylo_1(cis=code))
    assert fault.key == f"{SPECIALTY}.cis"


# --- All that is wrong ----------------------------------------------------------------------


def test_every_fault_of_a_file_is_found_at_once(clinic_faults: Faults) -> None:
    faults = clinic_faults(
        groups={"potions": {"evidence": 1}},
        products={
            "elixir": {"fr": "", "effects": ["magic"], "specialties": {"elixir-1": {"form": 2}}},
            "xylo": {"substances": [], "colour": "red"},
        },
    )
    assert {fault.key for fault in faults} == {
        *{"groups.potions.evidence", "products.elixir.fr", "products.elixir.effects[0]"},
        *{"products.elixir.specialties.elixir-1.form", "products.xylo.substances"},
        "products.xylo.colour",
    }
    assert len({fault.file for fault in faults}) == 1


def test_an_error_tells_each_fault_in_one_printable_line(tmp_path: Path) -> None:
    path = tmp_path / "cli\u202enic\n.toml"
    path.write_text(
        '"\\u001b[31m\\n" = 1\n[products."a\\u0007b"]\nfr = "\\u0000"\n[products."\\u200b"]\n',
        encoding="utf-8",
    )
    with pytest.raises(mesomix.DataError) as caught:
        mesomix.load(path)
    assert isinstance(caught.value, ValueError)
    lines = str(caught.value).split("\n")
    assert lines == [str(fault) for fault in caught.value.faults]
    assert len(lines) == 14
    assert [line for line in lines if not line.isprintable()] == []
    assert all(r"cli\u202enic\n.toml: " in line for line in lines)


def test_a_fault_is_its_file_its_key_and_its_problem_in_one_line() -> None:
    assert (
        str(mesomix.Fault("a.toml", "products.x", "it is red")) == "a.toml: products.x: it is red"
    )
    assert str(mesomix.Fault("a.toml", "", "it is red")) == "a.toml: it is red"


@pytest.mark.parametrize("section", ["product", "Products", "specialties"])
def test_a_section_that_is_none_is_a_fault(section: str) -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        DataFile.model_validate({section: {}})
