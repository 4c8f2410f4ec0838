"""What the schema expects at a path, as the linter says it and stands in for it."""

from datetime import date
from typing import Any, Final

import pytest
from pydantic import TypeAdapter

from mesomix.formulary.schema import DataFile, SpecialtyTable, SuppressionTable
from mesomix.linter.diagnostic import Path
from mesomix.linter.expectations import (
    annotation_at,
    in_words,
    is_optional,
    stand_in_at,
    table_at,
    units_at,
    words_at,
)
from mesomix.vocabulary import Effect

SPECIALTY: Final[Path] = ("products", "a", "specialties", "b")


@pytest.mark.parametrize(
    ("path", "french", "english"),
    [
        (("version",), "un texte", "a text"),
        (("products",), "une table", "a table"),
        (("products", "a"), "une table", "a table"),
        (("products", "a", "effects"), "une liste, entre crochets", "a list, in square brackets"),
        (("substances", "a", "fr"), "un texte", "a text"),
        (("substances", "a", "inert"), "true ou false", "true or false"),
        (
            ("conditions", "a", "younger_than_months"),
            "un nombre entier, à partir de 1",
            "a whole number, from 1 on",
        ),
        (("substances", "a", "contraindications", 3), "une table", "a table"),
        (
            ("groups", "a", "evidence"),
            "un de ces mots : label, possible",
            "one of these words: label, possible",
        ),
        (
            (*SPECIALTY, "marketing", "since"),
            "une date, comme 2026-11-21, sans guillemets",
            "a date, such as 2026-11-21, unquoted",
        ),
        (
            (*SPECIALTY, "amounts", 0, "amount"),
            'une quantité entre guillemets, comme "250 mg"',
            'a quantity in quotes, such as "250 mg"',
        ),
        (
            (*SPECIALTY, "amounts", 0, "volume"),
            'une quantité entre guillemets, comme "2 mL"',
            'a quantity in quotes, such as "2 mL"',
        ),
    ],
)
def test_what_is_expected_is_said_in_words(path: Path, french: str, english: str) -> None:
    assert (in_words(path).fr, in_words(path).en) == (french, english)


@pytest.mark.parametrize(
    "path",
    [
        ("unknown",),
        ("products", "a", "unknown"),
        ("version", "deeper"),
        ("products", "a", "unknown", "deeper"),
        ("products", "a", "checked", "deeper"),
        ("products", "a", 0),
    ],
)
def test_where_the_schema_has_nothing_nothing_is_expected(path: Path) -> None:
    assert annotation_at(path) is None
    assert table_at(path) is None
    assert words_at(path) == []


def test_the_tables_of_the_schema_are_found() -> None:
    assert table_at(()) is DataFile
    assert table_at(SPECIALTY) is SpecialtyTable
    assert table_at(("suppressions", 7)) is SuppressionTable
    assert table_at(("products",)) is None


def test_the_words_of_a_key_are_those_of_its_enumeration() -> None:
    assert words_at(("products", "a", "effects", 0)) == [effect.value for effect in Effect]
    assert words_at(("products", "a", "effects")) == []


@pytest.mark.parametrize(
    ("path", "units"),
    [
        ((*SPECIALTY, "containers", 0), ["mL"]),
        ((*SPECIALTY, "amounts", 3, "volume"), ["mL"]),
        ((*SPECIALTY, "amounts", 3, "amount"), ["g", "mg", "ug", "mmol", "[iU]"]),
        (("substances", "a", "maximum_doses", 0, "amount"), ["g", "mg", "ug", "mmol", "[iU]"]),
        ((*SPECIALTY, "cip13", 0), []),
        ((*SPECIALTY, "amounts", 3, "substance"), []),
        ((*SPECIALTY, "strength"), []),
        (("nowhere",), []),
    ],
)
def test_the_units_of_a_key_are_those_of_its_pattern(path: Path, units: list[str]) -> None:
    assert units_at(path) == units


@pytest.mark.parametrize(
    ("path", "optional"),
    [
        (("version",), True),
        (("products",), True),
        (("substances", "a", "en"), False),
        (("substances", "a", "fr"), True),
        (("substances", "a", "contraindications", 0), False),
        (("substances", "a"), False),
        (("nowhere", "a"), False),
    ],
)
def test_whether_a_key_may_be_left_out(path: Path, *, optional: bool) -> None:
    assert is_optional(path) is optional


def paths_of_the_schema() -> list[Path]:
    """A path to each key of each table."""
    found: list[Path] = []
    waiting: list[Path] = [()]
    while waiting:
        path = waiting.pop()
        table = table_at(path)
        for key in table.model_fields if table else ():
            found.append((*path, key))
            waiting += [(*path, key), (*path, key, "id"), (*path, key, 0)]
            found += [deeper for deeper in waiting[-2:] if annotation_at(deeper) is not None]
    return found


def paths_that_are_stood_in_for() -> list[Path]:
    """Of what is wrong, the key is taken away where it may be left out."""
    return [path for path in paths_of_the_schema() if not is_optional(path)]


@pytest.mark.parametrize(
    "path", paths_that_are_stood_in_for(), ids=lambda path: ".".join(map(str, path))
)
def test_the_schema_accepts_each_stand_in(path: Path) -> None:
    expected: Any = annotation_at(path)
    assert expected is not None
    TypeAdapter(expected).validate_python(stand_in_at(path, "stand-in-1-2"))


def test_a_stand_in_holds_what_is_required_and_nothing_else() -> None:
    assert stand_in_at(("references", "a"), "it") == {"title": "it", "checked": date.min}
    assert stand_in_at((*SPECIALTY, "cip13", 0), "it") == "0" * 13
    assert stand_in_at((*SPECIALTY, "containers", 0), "it") == "1 mL"
    assert stand_in_at((*SPECIALTY, "amounts", 0), "it") == {
        "source": "it",
        "checked": date.min,
        "substance": "it",
        "amount": "1 mg",
    }
    assert stand_in_at(("products", "a", "substances"), "it") == ["it"]
    assert stand_in_at(("products", "a", "effects"), "it") == []
    assert stand_in_at(("products",), "it") == {}
