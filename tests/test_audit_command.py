"""`mesomix audit`: what it answers, and that nothing half-written looks like a result."""

import io
import json
import shlex
import sys
import time
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq
import pytest

from mesomix import audit_command
from mesomix.batch import auditing
from mesomix.cli import main

Captured = pytest.CaptureFixture[str]
SOUND: Final = "product_1;product_2;allergies\nProcaïne Lavoisier 20 mg/ml;;aucune\n"
REVIEWED: Final = f"{SOUND}Procaïne Lavoisier 20 mg/ml;;\n"
REFUSED: Final = f"{REVIEWED}Piroxicam;Kenacort;aucune\n"


def table(folder: Path, text: str = REFUSED, name: str = "past.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def run(capsys: Captured, *arguments: object) -> tuple[int, str, str]:
    """The exit status, what went to stdout, and what went to stderr."""
    try:
        status = main(["audit", *map(str, arguments)])
    except SystemExit as ended:  # argparse ends the process itself
        status = int(ended.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.parametrize(("text", "status"), [(SOUND, 0), (REVIEWED, 3), (REFUSED, 1)])
def test_the_status_is_that_of_the_worst_row(
    tmp_path: Path, capsys: Captured, text: str, status: int
) -> None:
    found, out, err = run(capsys, table(tmp_path, text), "--nothing-else")
    assert (found, err) == (status, "")
    assert out.startswith("✗ REFUS")
    assert "Produits : product_1, product_2" in out


def test_it_speaks_english_and_counts_by_a_column(tmp_path: Path, capsys: Captured) -> None:
    _, out, _ = run(
        capsys, table(tmp_path), "--nothing-else", "--lang=en", "--by=product_1", "--separator=/"
    )
    assert "Products: product_1, product_2" in out
    (counted,) = [line for line in out.splitlines() if line.startswith("Procaïne")]
    assert counted.split()[-3:] == ["0", "1", "1"]


def test_the_summary_may_be_json(tmp_path: Path, capsys: Captured) -> None:
    target = tmp_path / "found.parquet"
    status, out, _ = run(
        capsys, table(tmp_path), "--nothing-else", "--json", "--output", target, "--findings=list"
    )
    found = json.loads(out)
    assert status == 1
    assert found["verdicts"] == {"refuse": 1, "review": 1, "no-objection": 1}
    assert found["rows"] == 3
    assert found["output"] == str(target)
    assert {"rule", "severity", "sure", "unsure"} == {*found["rules"][0]}
    written = pq.read_table(target)
    assert written["mesomix_findings"].to_pylist()[0] == []


def test_each_column_may_be_named(tmp_path: Path, capsys: Captured) -> None:
    text = "a,b,c,d,e,f,g,h\nPiroxicam,Miorel,1 ml,,aucune,asthme,cancer,oui\n"
    _, out, _ = run(
        capsys,
        table(tmp_path, text),
        "--products", "a", "b", "--amounts", "c", "d", "--allergies", "e", "--affirmed", "f",
        "--denied", "g", "--fact", "grossesse=h", "--fact", "épilepsie=h",
        "--null-products", "none", "--delimiter", ",", "--encoding", "utf-8", "--json",
    )  # fmt: skip
    assert json.loads(out)["columns"] == {
        "read": {
            "products": ["a", "b"],
            "amounts": ["c", "d"],
            "allergies": ["e"],
            "affirmed": ["f"],
            "denied": ["g"],
            "facts": ["h (pregnancy)", "h (epilepsy)"],
        },
        "not_read_of_patient": [],
        "not_read_of_mixture": [],
        "not_read": [],
        "set_aside": [],
    }


def test_one_column_of_products_holds_lists(tmp_path: Path, capsys: Captured) -> None:
    text = "a,b\nPiroxicam; Kenacort,1 ml;2 ml\n"
    path = table(tmp_path, text)
    status, out, _ = run(capsys, path, "--products", "a", "--amounts", "b", "--json")
    found = json.loads(out)
    assert status == 1
    assert (found["unread"]["rows"], found["malformed"]["rows"]) == (0, 0)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--fact", "grossesse"], "argument --fact: not CONDITION=COLUMN"),
        (["--fact", "=a"], "not CONDITION=COLUMN"),
        (["--fact", "a="], "not CONDITION=COLUMN"),
        (["--fact", "asthma=a", "--fact", "asthma=b"], "one condition is given to --fact twice"),
        (["--fact", "nine=a"], "'nine' names no condition"),
        (["--by", "nine"], "to count by, there is no column 'nine'; there are: 'product_1'"),
        (["--products", "nine"], "there is no column 'nine'; there are: 'product_1'"),
        (["--separator", ""], "--separator"),
        (["--delimiter", ",,"], "--delimiter"),
        (["--set-aside", "nine"], "there is no column 'nine'"),
        (["--findings", "list", "--output", "found.csv"], "a CSV cannot hold findings in full"),
        (["--encoding", "nine"], "there is no encoding 'nine'"),
        (["--output", "found.xlsx"], "a table is written to a .parquet or a .csv"),
        (["--formulary", "nine.toml"], "nine.toml: it cannot be read"),
        (["--findings", "nine"], "invalid choice"),
    ],
)
def test_wrong_use_is_told(tmp_path: Path, capsys: Captured, options: list[str], why: str) -> None:
    status, out, err = run(capsys, table(tmp_path), *options)
    assert (status, out) == (2, "")
    assert why in err


def test_a_file_that_is_absent_is_told(tmp_path: Path, capsys: Captured) -> None:
    status, out, err = run(capsys, tmp_path / "absent.csv")
    assert (status, out) == (2, "")
    assert "absent.csv' cannot be read: No such file or directory" in err


def test_what_has_to_be_installed_is_told(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    status, out, err = run(capsys, table(tmp_path))
    assert (status, out) == (2, "")
    assert err == (
        "mesomix: mesomix.batch needs pyarrow and numpy: install mesomix with its extra 'tables'\n"
    )


def test_what_nothing_reads_is_not_denied(tmp_path: Path, capsys: Captured) -> None:
    text = "product_1;Âge;Sous AVK;cancer\nMiorel;7;oui;non\n"
    path = table(tmp_path, text)
    status, out, err = run(capsys, path, "--nothing-else")
    assert (status, out) == (2, "")
    assert "count as denied, since nothing reads them: 'Sous AVK'." in err
    assert "--fact CONDITION=COLUMN" in err
    assert "--set-aside" in err
    aside = ("--set-aside", "Sous AVK", "cancer")
    status, out, _ = run(capsys, path, "--nothing-else", "--json", *aside)
    found = json.loads(out)
    assert status == 1
    assert found["columns"]["read"] == {"products": ["product_1"], "age": ["Âge"]}
    assert found["columns"]["set_aside"] == ["Sous AVK", "cancer"]
    status, out, _ = run(
        capsys, path, "--nothing-else", "--fact", "anticoagulant=Sous AVK", "--age", "Âge"
    )
    assert status == 1
    assert "Faits : Sous AVK (anticoagulant), cancer (cancer)" in out


@pytest.mark.parametrize("heading", ["Remarques", "kg", "Eliquis", "Ã\x82ge", "Créat", "l'âge ?"])
def test_what_is_not_understood_of_a_heading_is_not_denied(
    tmp_path: Path, capsys: Captured, heading: str
) -> None:
    text = f"product_1;allergies;{heading};Date\n" + "Procaïne Lavoisier 20 mg/ml;aucune;;\n" * 2
    path = table(tmp_path, f"{text}Procaïne Lavoisier 20 mg/ml;aucune;sous AVK;2026\n")
    status, out, err = run(capsys, path, "--nothing-else")
    assert (status, out) == (2, "")
    pasted = shlex.split(err.splitlines()[-1])
    if heading.isprintable():
        assert run(capsys, path, "--nothing-else", *pasted)[0] == 0
    assert run(capsys, path)[0] == 3


class Terminal(io.StringIO):
    """A stream that says to be a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def _slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every batch takes longer than nobody wonders about."""
    as_before: Any = auditing.check_batches

    def after_a_while(*given: object, **options: object) -> object:
        time.sleep(1.1)
        return as_before(*given, **options)

    monkeypatch.setattr(auditing, "check_batches", after_a_while)


@pytest.mark.usefixtures("_slowly")
def test_a_bar_is_shown_on_a_terminal_only(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table(tmp_path)
    assert run(capsys, path)[2] == ""
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert main(["audit", str(path)]) == 1
    assert isinstance(sys.stderr, Terminal)
    assert f"{path.stat().st_size}/{path.stat().st_size}" in sys.stderr.getvalue()
    assert sys.stderr.getvalue().endswith("\r")  # and is gone


def test_without_a_package_for_it_there_is_no_bar(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tqdm", None)
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert main(["audit", str(table(tmp_path))]) == 1
    assert isinstance(sys.stderr, Terminal)
    assert sys.stderr.getvalue() == ""


@pytest.mark.parametrize("stream", [io.StringIO(), None])
def test_who_interrupts_gets_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stream: io.StringIO | None
) -> None:
    def interrupted(*_given: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(auditing, "check_batches", interrupted)
    monkeypatch.setattr(sys, "stderr", stream)
    target = tmp_path / "found.csv"
    path = table(tmp_path)
    assert main(["audit", str(path), "--output", str(target)]) == audit_command.INTERRUPTED
    assert [*tmp_path.iterdir()] == [path]
    if stream is not None:
        assert stream.getvalue() == "mesomix: interrupted, and nothing was written\n"
