"""Columns that nothing reads, and that may say something about the patient."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import mesomix
from mesomix.batch.files import open_table
from mesomix.batch.unread_columns import (
    about_mixture,
    about_patient,
    denied_unread,
    unread_columns,
)

OF_A_PATIENT = [
    "âge", "ATCD médicaux", "poids_kg", "Sous AVK", "Insuffisance rénale", "Épileptique", "Cancers",
    "Rénal", "hépatiques", "infections", "Coagulation", "immunodépression", "Corticothérapie",
    "chimio en cours", "ulcère", "foie", "patient", "diabète", "G6PD (déficit)", "id patient sexe",
]  # fmt: skip
OTHERS = [
    "id", "dosage", "agenda", "page", "patient_id", "N° patient", "site", "Date d'injection",
    "zone", "Présent", "contrôle", "lot", "praticien", "", "locale", "Bloc 2",
]  # fmt: skip


def test_columns_are_known_by_their_names(formulary: mesomix.Formulary) -> None:
    found = about_patient([*OTHERS, *OF_A_PATIENT], formulary.conditions)
    assert [*found] == OF_A_PATIENT
    assert about_patient(["âge", "foie", "id"], {}) == ["âge"]


def test_columns_of_a_mixture_are_known_by_their_names() -> None:
    of_mixture = ["Produit 3 bis", "nom_du_produit3", "Volume injecté", "dose 2", "lot produit"]
    assert about_mixture([*OTHERS[:1], *of_mixture, "productivity", ""]) == (*of_mixture,)


def test_each_condition_is_known_by_its_names(formulary: mesomix.Formulary) -> None:
    names = [name for c in formulary.conditions.values() for name in (c.name.fr, c.name.en, c.id)]
    assert about_patient(names, formulary.conditions) == names


@pytest.mark.parametrize(
    ("column", "seems_so"),
    [
        (pa.array(["oui", "Non ", "", None]), True),
        (pa.array(["O", "N", "nsp", "?"]), True),
        (pa.array(["0", "1", "1"]), False),
        (pa.array(["0", "non", "1"]), True),
        (pa.array(["non", "a", "b"]), False),
        (pa.array(["", None]), False),
        (pa.array([True, None]), True),
        (pa.array([0, 1]), False),
        (pa.array(["x", None]).dictionary_encode(), True),
        (pa.array([["oui"]]), False),
        (pa.nulls(1), False),
    ],
)
def test_columns_are_known_by_their_values(
    tmp_path: Path, formulary: mesomix.Formulary, column: pa.Array, seems_so: bool
) -> None:
    path = tmp_path / "past.parquet"
    table = pa.table({"p": ["oui"] * len(column), "q": column, "Âge": pa.nulls(len(column))})
    pq.write_table(table, path)
    found = unread_columns(open_table(path), {"p"}, formulary.conditions)
    assert found == ((("q", "Âge"), ()) if seems_so else (("Âge",), ("q",)))


@pytest.mark.parametrize("name", ["past.csv", "past.parquet"])
def test_a_table_may_have_no_row(tmp_path: Path, formulary: mesomix.Formulary, name: str) -> None:
    path = tmp_path / name
    path.write_text("p,q\n")
    if path.suffix == ".parquet":
        pq.write_table(pa.table({"p": [""], "q": [""]})[:0], path)
    assert unread_columns(open_table(path), {"p"}, formulary.conditions) == ((), ("q",))
    assert unread_columns(open_table(path), {"p", "q"}, formulary.conditions) == ((), ())


def test_the_way_out_is_told() -> None:
    error = str(denied_unread(["Sous AVK", "é" * 200]))
    assert "'Sous AVK', 'éé" in error
    assert "--fact CONDITION=COLUMN" in error
    assert "--set-aside COLUMN" in error
    assert len(error) < 600
