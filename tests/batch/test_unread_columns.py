"""Columns that nothing reads, and that may say something about the patient."""

import argparse
import shlex
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import mesomix
from mesomix import audit_command
from mesomix.batch.files import open_table
from mesomix.batch.unread_columns import (
    about_mixture,
    about_patient,
    denied_unread,
    may_be_denied,
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


SAY_SOMETHING = [
    "Remarques", "Notes", "Risque", "Mention", "Alerte", "Commentaires", "Ans", "Years", "Mois",
    "kg", "Semaines", "SA", "Créat", "Eliquis", "NACO", "Ã\x82ge", "", "0", "injection",
    "patient", "nom du produit", "N° patient sexe", "code ❤ épilepsie", "id 过敏", "x" * 600,
    "name?/notes", "année naissance", "Date dernier INR", "Unnamed: 0", "jours",
    "service patient", "Séance", "date AVK", "service", "Code",
]  # fmt: skip
TELL_ROWS = [
    "N° patient", "patient_id", "IPP", "Date d'injection", "Date de la séance", "Jour", "heure",
    "médecin", "Nom du praticien", "Centre", "site 2", "Lot", "Nom", "prénom", "row",
    "ligne", "last name", "year", "Année", "Nº",
]  # fmt: skip


def test_all_but_what_tells_rows_apart_may_say_something(
    tmp_path: Path, formulary: mesomix.Formulary
) -> None:
    path = tmp_path / "past.parquet"
    headings = [*TELL_ROWS, *SAY_SOMETHING]
    pq.write_table(pa.table({name: ["", "a", "b"] for name in headings}), path)
    table = open_table(path)
    seem_so, others = unread_columns(table, (), formulary.conditions)
    assert may_be_denied(table, {*seem_so, *others}, seem_so) == SAY_SOMETHING
    assert may_be_denied(table, {"Notes", "Nom"}, {"Nom"}) == ["Nom", "Notes"]
    assert may_be_denied(table, {"Nom"}, ()) == []


def test_a_date_may_be_that_of_anything(tmp_path: Path, formulary: mesomix.Formulary) -> None:
    path = tmp_path / "past.parquet"
    day, moment, number = pa.date32(), pa.timestamp("s"), pa.int32()
    kinds = {"fait le": day, "vu": moment, "le": number}
    kinds |= dict.fromkeys(["DDN", "DDR", "terme prévu", "accouchement"], day)
    pq.write_table(pa.table({name: pa.nulls(1, kind) for name, kind in kinds.items()}), path)
    table = open_table(path)
    seem_so, others = unread_columns(table, (), formulary.conditions)
    denied = may_be_denied(table, {*seem_so, *others}, seem_so)
    assert denied == [*kinds]


def test_the_way_out_is_told() -> None:
    names = ["Sous AVK", "é" * 200, "lot", "-x y", "a$b'c", 'd"e', "", "l'âge"]
    said, pasted = str(denied_unread(names)).split("\n")
    assert "'Sous AVK', 'éé" in said
    assert "--fact CONDITION=COLUMN" in said
    assert len(said) < 600
    assert pasted.startswith('  --set-aside "Sous AVK" --set-aside "ééé')
    assert '--set-aside lot --set-aside="-x y"' in pasted
    parser = argparse.ArgumentParser()
    audit_command.add_options(parser)
    assert parser.parse_args(["past.csv", *shlex.split(pasted)]).set_aside == names
