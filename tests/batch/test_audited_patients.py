"""Audits of what is said of patients: ages, what nothing reads, and what was not answered."""

from pathlib import Path
from typing import Any, Final

import pytest
from pyarrow import csv

import mesomix
from mesomix import Formulary, Verdict
from mesomix.batch.auditing import audit
from mesomix.batch.columns import Columns
from mesomix.batch.files import open_table

Row = dict[str, Any]


def rows_of(path: Path) -> list[Row]:
    options = csv.ConvertOptions(strings_can_be_null=True, quoted_strings_can_be_null=False)
    parse = csv.ParseOptions(delimiter=";", newlines_in_values=True)
    return csv.read_csv(path, parse_options=parse, convert_options=options).to_pylist()


def a_csv(folder: Path, *lines: str) -> Path:
    path = folder / "aged.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_what_nothing_reads_is_not_denied(tmp_path: Path, formulary: Formulary) -> None:
    path = a_csv(tmp_path, "p;Sous AVK;Âge;consent;lot", "Miorel;oui;7;oui;A1")
    columns = Columns(products=("p",), nothing_else=True)
    with pytest.raises(ValueError, match=r"count as denied.*: 'Sous AVK', 'Âge', 'consent'\. Say"):
        audit(open_table(path), formulary, columns)
    with pytest.raises(ValueError, match=r"count as denied.*: 'Sous AVK'\."):
        audit(open_table(path), formulary, columns, age="Âge", set_aside=["consent"])
    aside = ("Sous AVK", "consent")
    summary = audit(open_table(path), formulary, columns, age="Âge", set_aside=aside)
    assert summary.verdict is Verdict.REFUSE
    assert summary.columns.set_aside == aside
    assert summary.columns.read["age"] == ("Âge",)
    assert (summary.columns.not_read_of_patient, summary.columns.not_read) == ((), ("lot",))
    asked = audit(open_table(path), formulary, Columns(products=("p",)))
    assert asked.verdict is Verdict.REVIEW
    assert asked.columns.not_read_of_patient == ("Sous AVK", "Âge", "consent")


def test_a_column_is_set_aside_where_there_is_one_that_is_not_read(
    tmp_path: Path, formulary: Formulary
) -> None:
    table = open_table(a_csv(tmp_path, "p;Âge", "Miorel;7"))
    columns = Columns(products=("p",))
    with pytest.raises(ValueError, match="there is no column 'nine'; there are: 'p', 'Âge'"):
        audit(table, formulary, columns, set_aside=["nine"])
    with pytest.raises(ValueError, match="column 'Âge' is to be read, and cannot be set aside"):
        audit(table, formulary, columns, age="Âge", set_aside=["Âge"])
    with pytest.raises(TypeError, match="set_aside must be a collection of names"):
        audit(table, formulary, columns, set_aside="Âge")


AGED: Final = """\
p;allergies;Âge;under-18-years
Miorel;aucune;7;
Miorel;aucune;2,5;oui
Miorel;aucune;30;non
Miorel;aucune;30 mois;
Miorel;aucune;;
Miorel;aucune;sept;
Miorel;aucune;30;oui
Procaïne Lavoisier 20 mg/ml;aucune;131;non
Procaïne Lavoisier 20 mg/ml;aucune;40;
"""
UNDER_18: Final = {"oui": True, "non": False, None: None, "": None}


def test_an_age_is_answered_as_a_check_does(tmp_path: Path, formulary: Formulary) -> None:
    path, target = a_csv(tmp_path, AGED.rstrip()), tmp_path / "found.csv"
    columns = Columns(
        products=("p",),
        allergies="allergies",
        facts={"under-18-years": "under-18-years"},
        nothing_else=True,
    )
    summary = audit(open_table(path), formulary, columns, age="Âge", output=target)
    found = rows_of(target)
    problems = {5: "column Âge: no age in years, from 0 to 130", 7: None}
    for number, (age, row) in enumerate(
        zip([7, 2.5, 30, 2.5, None, None, 30, None, 40], found, strict=True)
    ):
        facts = {"under-18-years": UNDER_18[row["under-18-years"]]}
        if age is None:
            limits = formulary.conditions.items()
            facts = {key: None for key, c in limits if c.younger_than_months} | facts
        if number == 6:
            assert row["mesomix_problem"] == "facts: two answers contradict each other"
            assert row["mesomix_verdict"] in {"review", "refuse"}
            continue
        patient = formulary.patient(
            allergies=[row["allergies"]], facts=facts, age=age, nothing_else=True
        )
        report = mesomix.check(formulary.mixture(row["p"]), patient)
        wrong = number in {5, 7}
        assert (row["mesomix_problem"] is None) != wrong
        if not (wrong and report.verdict is Verdict.NO_OBJECTION):
            assert row["mesomix_verdict"] == report.verdict, (number, row)
        else:
            assert row["mesomix_verdict"] == "review"
    assert found[5]["mesomix_problem"] == problems[5]
    assert summary.malformed.rows == 3
    assert [row["mesomix_verdict"] for row in found[:3]] == ["refuse", "refuse", "no-objection"]


def test_rows_are_counted_that_lack_an_answer_alone(tmp_path: Path, formulary: Formulary) -> None:
    path = a_csv(
        tmp_path,
        "p;allergies;grossesse",
        "Miorel;aucune;",  # not asked: a review
        "Miorel;aucune;non",
        "Miorel;aucune;peut-être",  # malformed
        "foo;aucune;non",  # a rule says why
    )
    columns = Columns(
        products=("p",), allergies="allergies", facts={"pregnancy": "grossesse"}, nothing_else=True
    )
    summary = audit(open_table(path), formulary, columns)
    assert (summary.verdicts[Verdict.REVIEW], summary.unanswered) == (3, 1)
