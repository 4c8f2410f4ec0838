"""The JSON Schema of a data file: fresh, valid, told in words, and of one mind with pydantic.

JSON has no dates, so what tomli reads is judged with its dates written as ISO texts.
"""

import json
import runpy
from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any, Final

import pytest
import tomli
from faulty_data import SOUND, WRONG_SHAPE
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from mesomix.formulary.json_schema import data_file_schema
from mesomix.formulary.schema import DataFile

CHECKOUT: Final = Path(__file__).parents[1]
SCHEMA: Final = data_file_schema()
JUDGE: Final = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
FILES: Final = [
    *sorted((CHECKOUT / "data").glob("*.toml")),
    *sorted((CHECKOUT / "tests" / "cases" / "formularies").glob("*.toml")),
]
SAME_AS_JSON: Final = {"date-for-text", "text-for-date"}
"""Faults that are none once a date is a text. tombi, which reads TOML itself, finds them."""


def as_json(value: Any) -> Any:
    """`value` with dates as ISO texts."""
    if isinstance(value, Mapping):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | time) else value


def accepted(text: str) -> bool:
    """Whether the JSON Schema has nothing to say against a text of TOML."""
    return JUDGE.is_valid(as_json(tomli.loads(text)))


def accepted_by_pydantic(text: str) -> bool:
    try:
        DataFile.model_validate(tomli.loads(text))
    except ValidationError:
        return False
    return True


def tables() -> Iterator[tuple[str, dict[str, Any]]]:
    """The schema itself and each of its definitions, by name."""
    yield "DataFile", SCHEMA
    yield from SCHEMA["$defs"].items()


def test_the_schema_in_the_docs_is_fresh() -> None:
    generate = runpy.run_path(str(CHECKOUT / "docs" / "generate.py"))
    written: Callable[[], str] = generate["formulary_schema"]
    page = (CHECKOUT / "docs" / "formulary.schema.json").read_text(encoding="utf-8")
    assert page == written(), "run python docs/generate.py"
    assert json.loads(page) == SCHEMA


def test_the_schema_is_valid_and_names_its_dialect() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["title"]
    Draft202012Validator.check_schema(SCHEMA)


def test_every_table_and_every_key_is_described() -> None:
    silent = [name for name, table in tables() if not table.get("description")]
    for name, table in tables():
        keys: dict[str, dict[str, Any]] = table.get("properties", {})
        silent += [f"{name}.{key}" for key, said in keys.items() if not said.get("description")]
    assert silent == []


def test_every_table_is_closed() -> None:
    """An editor that knows no strict mode underlines an unknown key all the same."""
    shapes = [table for _, table in tables() if table["type"] == "object"]
    shapes += [said for table in shapes for said in table["properties"].values()]
    objects = [shape for shape in shapes if shape.get("type") == "object"]
    assert len(objects) > len(SCHEMA["properties"])
    assert all(shape["additionalProperties"] is False for shape in objects)


def test_nothing_may_be_null_which_toml_has_not() -> None:
    assert "null" not in json.dumps(SCHEMA)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_accepts_the_data_that_loads(file: Path) -> None:
    found = JUDGE.iter_errors(as_json(tomli.loads(file.read_text(encoding="utf-8"))))
    assert [error.message for error in found] == []


def test_it_accepts_a_sound_file() -> None:
    assert accepted_by_pydantic(SOUND)
    assert accepted(SOUND)


@pytest.mark.parametrize("fault", WRONG_SHAPE)
def test_it_refuses_what_pydantic_refuses_but_for_dates(fault: str) -> None:
    assert not accepted_by_pydantic(WRONG_SHAPE[fault])
    assert accepted(WRONG_SHAPE[fault]) == (fault in SAME_AS_JSON)
