"""A report as rows: what was found, and what was not checked, one each."""

import sys

import pytest

import mesomix
from mesomix.report_rows import COLUMNS


@pytest.fixture(scope="module")
def report(formulary: mesomix.Formulary) -> mesomix.Report:
    patient = formulary.patient(allergies=["sulfites"], anticoagulant=True)
    return mesomix.check(formulary.mixture("étamsylate", "Miorel"), patient)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_finding_and_each_rule_that_did_not_run_is_a_row(
    report: mesomix.Report, language: str
) -> None:
    rows = report.rows(language)
    assert [tuple(row) for row in rows] == [COLUMNS] * len(rows)
    expected = [*report.findings, *report.not_checked]
    assert [row["rule"] for row in rows] == [one.rule for one in expected]
    assert {row["verdict"] for row in rows} == {report.verdict.value}
    for row, one in zip(rows, expected, strict=True):
        assert row["severity"] == one.severity.value
        assert row["about"] == "; ".join(
            about.name[mesomix.Language(language)] for about in one.about
        )


def test_the_status_tells_sure_from_unsure_from_unchecked(report: mesomix.Report) -> None:
    status = {(row["rule"], row["status"]) for row in report.rows()}
    assert ("product-contraindicated", "objects") in status
    assert ("known-allergy", "cannot-tell") in status
    assert ("skin-infection", "not-checked") in status


def test_sources_stand_one_a_line_and_reasons_in_words(report: mesomix.Report) -> None:
    rows = {row["rule"]: row for row in report.rows("en") if row["status"] != "not-checked"}
    assert len(rows["known-allergy"]["sources"].split("\n")) == 4
    reasons = {row["message"] for row in report.rows("en") if row["status"] == "not-checked"}
    assert "not asked" in reasons
    assert all(not row["sources"] for row in report.rows() if row["status"] == "not-checked")


@pytest.mark.parametrize("backend", ["pyarrow", "pandas", "polars"])
def test_a_frame_has_the_rows_in_each_backend(report: mesomix.Report, backend: str) -> None:
    nw = pytest.importorskip("narwhals")
    frame = nw.from_native(report.to_frame("en", backend=backend))  # pyrefly: ignore
    assert frame.implementation.value == backend
    assert frame.rows(named=True) == report.rows("en")


def test_a_report_without_a_row_is_a_frame_with_its_columns(
    formulary: mesomix.Formulary,
) -> None:
    nothing = mesomix.Rulebook([mesomix.RULES["corticosteroid"]])
    report = nothing.check(formulary.mixture("Miorel"))
    assert report.rows() == []
    assert report.to_frame().column_names == [*COLUMNS]


def test_an_unknown_backend_or_language_is_refused(report: mesomix.Report) -> None:
    with pytest.raises(ValueError, match="pandas, polars, pyarrow"):
        report.to_frame(backend="excel")  # pyrefly: ignore
    with pytest.raises(ValueError, match="de"):
        report.rows("de")


def test_the_extra_is_named_where_it_is_absent(
    report: mesomix.Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(ImportError, match="extra 'tables'"):
        report.to_frame()
