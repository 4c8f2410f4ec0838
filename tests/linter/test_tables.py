"""What lint rules look at, and the ways through it."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pytest

from mesomix.linter.formularies import data_of, read_run
from mesomix.linter.tables import Data

Write = Callable[..., Path]
AS_OF: Final = date(2026, 11, 21)


@pytest.fixture
def data(sound: str, write: Write) -> Data:
    (files,) = read_run([write(sound)]).formularies
    return data_of(files, AS_OF, timedelta(days=365))


def test_the_data_of_all_files_is_one(data: Data, tmp_path: Path) -> None:
    assert {"exemplin", "procaine"} <= data.tables.substances.keys()
    assert data.origin["products", "exemplin"] == str(tmp_path / "clinic.toml")
    assert data.origin["substances", "procaine"].endswith("substances.toml")
    assert (data.taken, data.unknown, data.clashes) == ((), (), ())


def test_a_rule_of_ages_has_a_day(data: Data) -> None:
    assert data.day() == AS_OF


def test_every_specialty_is_found_with_its_path(data: Data) -> None:
    path = ("products", "exemplin", "specialties", "exemplar-5-mg")
    assert [(p, s.brand) for p, s in data.specialties()] == [(path, "Exemplar")]


def test_only_the_substances_of_products_are_injected(data: Data) -> None:
    assert list(data.injected()) == ["exemplin"]


def test_a_product_of_an_unknown_substance_injects_nothing_known(sound: str, write: Write) -> None:
    wrong = sound.replace('substances = ["exemplin"]', 'substances = ["exemplo", "procaine"]')
    (files,) = read_run([write(wrong)]).formularies
    data = data_of(files, None, timedelta(0))
    assert list(data.injected()) == ["procaine"]
    product = data.tables.products["exemplin"]
    assert list(data.atc_of(product)) == list(data.tables.substances["procaine"].atc)


def test_a_class_is_of_the_groups_of_the_classes_above_it(data: Data) -> None:
    assert "nsaid" in data.groups_of("M01AC01")
    assert "nsaid" not in data.groups_of("M0")
    assert data.groups_of("V03AB01") == []


def test_every_table_with_a_source_is_a_fact(data: Data) -> None:
    ours = [path for path, _ in data.facts if data.origin[path[:2]].endswith("clinic.toml")]
    specialty = ("products", "exemplin", "specialties", "exemplar-5-mg")
    assert ours == [
        ("conditions", "gout"),
        ("groups", "exemplins"),
        ("groups", "exemplins", "reached_from", 0),
        ("substances", "exemplin"),
        ("substances", "exemplin", "contraindications", 0),
        ("products", "exemplin"),
        specialty,
        (*specialty, "marketing"),
        (*specialty, "excipients"),
        (*specialty, "amounts", 0),
    ]


def test_facts_and_references_are_checked_on_a_day(data: Data) -> None:
    found = dict(data.checked())
    assert found["references", "leaflet"] is data.tables.references["leaflet"]
    assert ("references", "bdpm") in found
    assert found.keys() == dict(data.facts).keys() | {
        ("references", key) for key in data.tables.references
    }
