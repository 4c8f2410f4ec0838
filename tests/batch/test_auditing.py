"""Audits of files: each row gets what `mesomix.check` says of it, and all of them are counted."""

import os
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import csv

import mesomix
from mesomix import Formulary, Language, Verdict
from mesomix.batch.audit_text import audit_text
from mesomix.batch.auditing import audit
from mesomix.batch.checking import check_batches
from mesomix.batch.columns import Columns
from mesomix.batch.files import open_table
from mesomix.batch.reading import NO, YES
from mesomix.vocabulary import SEVERITIES

WRITTEN: Final = """\
id;site;product_1;product_2;allergies;grossesse;notes
1;A;Piroxicam;Vit C;AINS;non;w
2;A;Procaïne Lavoisier 20 mg/ml;;aucune;0;"y
z"
3;B;Procaïne;foo;aucune;peut-être;
4;B;Procaïne
5;;Maginjectable;Dicynone;;oui;
6;B;Procaïne Lavoisier 20 mg/ml;foo;aucune;;
7;B;Piroxicam;Kenacort;aucune;?;
"""
COLUMNS: Final = Columns(
    products=("product_1", "product_2"),
    allergies="allergies",
    facts={"pregnancy": "grossesse"},
    nothing_else=True,
)
ASIDE: Final = ("notes",)
MALFORMED: Final = {
    3: "column grossesse: neither yes nor no",
    4: "too few cells",
    7: "column grossesse: neither yes nor no",
}
Row = dict[str, Any]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "past.csv"
    found.write_text(WRITTEN)
    return found


def report_of(formulary: Formulary, row: Row) -> mesomix.Report:
    """What `mesomix.check` says of a row of `WRITTEN`."""
    names = [row[name] for name in ("product_1", "product_2") if row[name]]
    answer = True if row["grossesse"] in YES else False if row["grossesse"] in NO else None
    patient = formulary.patient(
        allergies=[row["allergies"]] if row["allergies"] else None,
        pregnancy=answer,
        nothing_else=True,
    )
    return mesomix.check(formulary.mixture(*names), patient)


def rows_of(path: Path) -> list[Row]:
    options = csv.ConvertOptions(strings_can_be_null=True, quoted_strings_can_be_null=False)
    parse = csv.ParseOptions(delimiter=";", newlines_in_values=True)
    return csv.read_csv(path, parse_options=parse, convert_options=options).to_pylist()


def test_each_row_of_a_csv_gets_what_a_check_says(
    tmp_path: Path, path: Path, formulary: Formulary
) -> None:
    summary = audit(
        open_table(path), formulary, COLUMNS, output=tmp_path / "found.csv", set_aside=ASIDE
    )
    found = rows_of(tmp_path / "found.csv")
    assert [row["id"] for row in found] == [1, 2, 3, 4, 5, 6, 7]
    assert found[1]["notes"] == "y\nz"
    assert summary.rows == 7
    assert summary.output == str(tmp_path / "found.csv")
    for number, row in enumerate(found, 1):
        assert row["mesomix_problem"] == MALFORMED.get(number)
        if number == 4:
            assert row["mesomix_verdict"] == "review"
            assert (row["product_1"], row["product_2"]) == ("Procaïne", None)
            assert not row["mesomix_findings"]
            assert not row["mesomix_unread"]
            continue
        report = report_of(formulary, row)
        at_least = report.verdict
        if number in MALFORMED and at_least is Verdict.NO_OBJECTION:
            at_least = Verdict.REVIEW
        assert row["mesomix_verdict"] == at_least
        said = {f.rule if f.certain else f"{f.rule} ?" for f in report.findings}
        assert {*row["mesomix_findings"].split("; ")} - {""} == said
        unread = [read.written for read in report.products if read.name is None]
        assert row["mesomix_unread"] == ("; ".join(unread) or None)
    assert found[6]["mesomix_verdict"] == "refuse"  # a problem makes nothing milder


def test_the_counts_are_those_of_the_rows(tmp_path: Path, path: Path, formulary: Formulary) -> None:
    summary = audit(
        open_table(path),
        formulary,
        COLUMNS,
        output=tmp_path / "found.csv",
        by="site",
        set_aside=ASIDE,
    )
    found = rows_of(tmp_path / "found.csv")
    verdicts = Counter(row["mesomix_verdict"] for row in found)
    assert summary.verdicts == {verdict: verdicts[verdict] for verdict in Verdict}
    assert summary.verdict is Verdict.REFUSE
    said = Counter(one for row in found for one in row["mesomix_findings"].split("; ") if one)
    for one in summary.rules:
        assert (one.sure, one.unsure) == (said.pop(one.rule, 0), said.pop(f"{one.rule} ?", 0))
        assert one.severity is mesomix.RULES[one.rule].severity
    assert not said
    ranks = [(SEVERITIES.index(r.severity), -r.sure, -r.unsure) for r in summary.rules]
    assert ranks == sorted(ranks)
    assert len({rank[:2] for rank in ranks}) > len({rank[0] for rank in ranks})
    assert summary.by is not None
    assert {one.value: sum(one.verdicts.values()) for one in summary.by.values} == {
        "A": 2, "B": 4, "": 1,
    }  # fmt: skip
    assert summary.unread.rows >= 2
    assert dict(summary.unread.names)["foo"] == 2
    assert None not in dict(summary.unread.names)
    order = [rule.id for rule in sorted(mesomix.RULES, key=lambda r: SEVERITIES.index(r.severity))]
    for row in found:
        told = [one.removesuffix(" ?") for one in row["mesomix_findings"].split("; ") if one]
        assert told == sorted(told, key=order.index)
    assert summary.malformed.rows == len(MALFORMED)
    assert summary.malformed.first == (*MALFORMED.items(),)
    assert summary.columns.read == {
        "products": ("product_1", "product_2"),
        "allergies": ("allergies",),
        "facts": ("grossesse (pregnancy)",),
    }
    assert summary.columns.not_read == ("id", "site")
    assert summary.data.version == formulary.edition.version
    assert audit(open_table(path), formulary, COLUMNS, by="site", set_aside=ASIDE).by == summary.by


def a_parquet(folder: Path, rows: int = 10) -> Path:
    """Rows of which each second is refused; texts and lists, as dictionaries and plain."""
    table = pa.table(
        {
            "id": [*range(rows)],
            "products": pa.array([["Piroxicam"], ["Miorel", "foo"]] * (rows // 2)),
            "notes": [f"a longer text that no other row has {n}" for n in range(rows)],
            "allergies": pa.array([["AINS"], []] * (rows // 2)),
            "cancer": pa.array([True, None] * (rows // 2)),
        }
    ).replace_schema_metadata({"made": "here"})
    pq.write_table(table, folder / "past.parquet", row_group_size=max(4, rows // 3))
    return folder / "past.parquet"


LISTED: Final = Columns(
    products="products", allergies="allergies", facts={"cancer": "cancer"}, nothing_else=True
)


@pytest.mark.parametrize("findings", ["codes", "list"])
def test_a_parquet_file_keeps_all_that_it_had(
    tmp_path: Path, formulary: Formulary, findings: Any
) -> None:
    source = open_table(a_parquet(tmp_path))
    target = tmp_path / "found.parquet"
    seen: list[int] = []
    summary = audit(
        source,
        formulary,
        LISTED,
        output=target,
        findings=findings,
        set_aside=ASIDE,
        progress=seen.append,
    )
    found, before = pq.read_table(target), pq.read_table(source.path)
    assert found.select(before.schema.names).equals(before)
    assert found.schema.metadata == before.schema.metadata
    assert found["mesomix_verdict"].to_pylist() == ["refuse", "review"] * 5
    assert ("mesomix_findings" in found.schema.names) == (findings == "list")
    assert summary.rows == 10
    assert seen[-1] == 10
    assert summary.columns.not_read == ("id",)
    assert audit(source, formulary, LISTED, by="id", set_aside=ASIDE).rules == summary.rules


def test_texts_that_repeat_are_kept_as_they_were(tmp_path: Path, formulary: Formulary) -> None:
    rows = 300
    table = pa.table(
        {
            "product_1": ["Piroxicam", "Miorel", None] * (rows // 3),
            "product_2": pa.array(["Kenacort", ""] * (rows // 2), pa.large_string()),
            "allergies": [["AINS", "latex"], []] * (rows // 2),
        }
    )
    path, target = tmp_path / "past.parquet", tmp_path / "found.parquet"
    pq.write_table(table, path)
    columns = Columns(products=("product_1", "product_2"), allergies="allergies")
    audit(open_table(path), formulary, columns, output=target, by="product_1")
    found = pq.read_table(target)
    assert found.select(table.schema.names).equals(table)
    expected = pa.Table.from_batches(check_batches(table.to_batches(), formulary, columns))
    for name in expected.schema.names:
        assert found[name].to_pylist() == expected[name].to_pylist()


def test_a_table_may_be_written_as_the_other_kind(
    tmp_path: Path, path: Path, formulary: Formulary
) -> None:
    target = tmp_path / "found.parquet"
    audit(open_table(path), formulary, COLUMNS, output=target, set_aside=ASIDE)
    assert pq.read_table(target)["id"].to_pylist()[:3] == ["1", "2", "3"]
    target = tmp_path / "found.csv"
    audit(open_table(a_parquet(tmp_path)), formulary, LISTED, output=target, set_aside=ASIDE)
    first = csv.read_csv(target).to_pylist()[1]
    assert (first["products"], first["allergies"]) == ("Miorel; foo", "")


def test_rules_of_a_clinic_are_counted(path: Path, formulary: Formulary) -> None:
    rules = mesomix.Rulebook([mesomix.RULES["unrecognised-product"]])
    summary = audit(open_table(path), formulary, COLUMNS, rules=rules, set_aside=ASIDE)
    assert [one.rule for one in summary.rules] == ["unrecognised-product"]


def test_a_separator_may_be_another(tmp_path: Path, formulary: Formulary) -> None:
    path = tmp_path / "past.csv"
    path.write_text("products,denied\nPiroxicam | Kenacort,cancer|asthme\n")
    columns = Columns(products="products", denied="denied")
    summary = audit(open_table(path), formulary, columns, separator="|")
    assert (summary.verdict, summary.malformed.rows) == (Verdict.REFUSE, 0)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("past.csv", "would be overwritten: it is the table that is read"),
        ("link.csv", "would be overwritten: it is the table that is read"),
        ("hard.csv", "would be overwritten: it is the table that is read"),
        ("found.xlsx", r"a table is written to a \.parquet or a \.csv"),
        ("folder.csv", "is no file that could be replaced"),
        ("pipe.csv", "is no file that could be replaced"),
        ("absent/found.csv", "cannot be written: No such file or directory"),
        ("x" * 300 + ".csv", "cannot be written: File name too long"),
    ],
)
def test_what_cannot_be_written_is_told_first(
    tmp_path: Path, path: Path, formulary: Formulary, name: str, why: str
) -> None:
    (tmp_path / "link.csv").symlink_to(path)
    (tmp_path / "hard.csv").hardlink_to(path)
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    before = {*tmp_path.iterdir()}
    with pytest.raises(ValueError, match=why):
        audit(open_table(path), formulary, COLUMNS, output=str(tmp_path / name), set_aside=ASIDE)
    assert {*tmp_path.iterdir()} == before
    assert path.read_text() == WRITTEN


def test_a_table_without_rows_was_not_checked(tmp_path: Path, formulary: Formulary) -> None:
    path = tmp_path / "past.csv"
    path.write_text("products\n")
    target = tmp_path / "found.csv"
    with pytest.raises(ValueError, match="has no row: nothing was checked"):
        audit(open_table(path), formulary, Columns(products="products"), output=target)
    assert not target.exists()


def test_a_column_that_is_absent_is_told(path: Path, formulary: Formulary) -> None:
    with pytest.raises(
        ValueError, match="to count by, there is no column 'nine'; there are: 'id', 'site'"
    ):
        audit(open_table(path), formulary, COLUMNS, by="nine")
    for columns, age in ((Columns(products="nine"), None), (COLUMNS, "nine")):
        with pytest.raises(
            ValueError, match=r"^there is no column 'nine'; there are: 'id', 'site'"
        ):
            audit(open_table(path), formulary, columns, age=age)


@pytest.mark.parametrize("option", ["by", "age", "output", None])
def test_texts_of_another_encoding_are_told_by_their_column(
    tmp_path: Path, formulary: Formulary, option: str | None
) -> None:
    path, target = tmp_path / "past.parquet", tmp_path / "found.csv"
    latin = pa.array(["né".encode("latin-1")]).view(pa.string())
    pq.write_table(pa.table({"product": ["Miorel"], "note": latin}), path)
    given: dict[str, Any] = {"output": target} if option == "output" else {}
    given |= {option: "note"} if option in {"by", "age"} else {}
    with pytest.raises(ValueError, match=r"past\.parquet': its column 'note' has bytes that are"):
        audit(open_table(path), formulary, Columns(products=("product",)), **given)
    assert not target.exists()


def test_a_product_that_nothing_reads_is_told(tmp_path: Path, formulary: Formulary) -> None:
    path = tmp_path / "past.csv"
    path.write_text("product_1;product_2;product 3 (bis);lot\nMiorel;;Kenacort;A1\n")
    summary = audit(open_table(path), formulary, Columns(products=("product_1", "product_2")))
    assert summary.columns.not_read_of_mixture == ("product 3 (bis)",)
    assert summary.columns.not_read == ("lot",)


def test_a_row_of_too_many_cells_is_told_and_reviewed(tmp_path: Path, formulary: Formulary) -> None:
    path, target = tmp_path / "past.csv", tmp_path / "found.csv"
    path.write_text("product;allergies\nMiorel;aucune;oui\nKenacort;aucune\n")
    columns = Columns(products=("product",), allergies="allergies", nothing_else=True)
    summary = audit(open_table(path), formulary, columns, output=target)
    told = "too many cells: the last ones are left out"
    assert summary.malformed.first == ((1, told),)
    assert "ligne 1 : trop de cellules : les dernières sont" in audit_text(summary, Language.FR)
    first, second = rows_of(target)
    assert (first["mesomix_verdict"], first["mesomix_problem"]) == ("review", told)
    assert (second["mesomix_verdict"], second["mesomix_problem"]) == ("refuse", None)


def test_an_older_result_stays_where_a_file_is_damaged(
    tmp_path: Path, formulary: Formulary
) -> None:
    path = a_parquet(tmp_path, rows=5000)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(bytes(200))
    target = tmp_path / "found.parquet"
    target.write_text("older")
    with pytest.raises(ValueError, match="it is damaged"):
        audit(open_table(path), formulary, LISTED, output=target)
    assert target.read_text() == "older"
    assert {one.name for one in tmp_path.iterdir()} == {"past.parquet", "found.parquet"}


def test_findings_in_full_need_a_parquet(tmp_path: Path, path: Path, formulary: Formulary) -> None:
    with pytest.raises(ValueError, match=r"a CSV cannot hold findings in full \(--findings list"):
        audit(open_table(path), formulary, COLUMNS, output=tmp_path / "f.csv", findings="list")
    assert not (tmp_path / "f.csv").exists()
