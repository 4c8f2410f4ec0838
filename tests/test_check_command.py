"""`mesomix check`: what `--bdpm` brings, its shortcomings, and the total of a day."""

import io
import sys
from pathlib import Path
from typing import Final

import pytest
from bdpm.files import CIP, CIS, MITM, small, write
from read_html import read_html

from mesomix import RULES, Formulary, Quantity, Report
from mesomix.cli import main

Captured = pytest.CaptureFixture[str]
ASKED: Final = ["check", "EXEMPLEX RETARD", "--no-known-allergy", "--nothing-else"]


def folder(path: Path, **changed: bytes | None) -> str:
    """The small BDPM, written into a folder; None for a file that is absent."""
    names = {"specialties": CIS, "boxes": CIP, "classes": MITM}
    files = {**small(), **{names[key]: content for key, content in changed.items()}}
    return str(write(path, {name: found for name, found in files.items() if found is not None}))


def test_a_folder_that_lacks_nothing_is_not_spoken_of(tmp_path: Path, capsys: Captured) -> None:
    assert main([*ASKED, f"--bdpm={folder(tmp_path)}"]) == 3
    out, err = capsys.readouterr()
    assert "EXEMPLEX RETARD" in out
    assert "→" in out
    assert ", BDPM " in out.splitlines()[-1]  # the digest
    assert err == ""


def test_without_it_its_names_are_not_recognised(capsys: Captured) -> None:
    assert main(ASKED) == 3
    out, err = capsys.readouterr()
    assert "« EXEMPLEX RETARD » → non reconnu" in out
    assert ", BDPM " not in out
    assert err == ""


@pytest.mark.parametrize(
    ("language", "absent", "at_fault"),
    [
        ("fr", "BDPM : absent, et rien n'y a été cherché", "BDPM : 1 ligne en défaut"),
        ("en", "BDPM: absent, and nothing was looked for there", "BDPM: 1 row at fault"),
    ],
)
def test_what_it_lacks_is_said_beside_the_report(
    language: str, absent: str, at_fault: str, tmp_path: Path, capsys: Captured
) -> None:
    path = folder(tmp_path, specialties=small()[CIS] + b"?", boxes=None, classes=None)
    status = main([*ASKED, f"--lang={language}", f"--bdpm={path}", "--output-format=json"])
    out, err = capsys.readouterr()
    first, second = err.splitlines()
    assert status == 3
    assert out.startswith("{")
    assert first.startswith(absent)
    assert first.endswith(f"{CIP}, {MITM}")
    assert second.startswith(at_fault)
    assert f"{CIS}:7" in second


def test_without_a_stderr_the_report_is_made(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder(tmp_path, classes=None)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", None)
        assert main([*ASKED, f"--bdpm={path}"]) == 3
    assert "EXEMPLEX RETARD" in capsys.readouterr().out


def test_a_folder_that_cannot_be_read_is_wrong_use(tmp_path: Path, capsys: Captured) -> None:
    status = main([*ASKED, f"--bdpm={tmp_path / 'nowhere'}"])
    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert err.startswith("mesomix: ")
    assert "the folder of BDPM does not exist" in err


# --- Amounts, and the total of the day ------------------------------------------------------

NOTHING_KNOWN: Final = ["--no-known-allergy", "--nothing-else"]


def told(capsys: Captured, *asked: str) -> tuple[int, Report]:
    """The exit status, and the report that was printed as JSON."""
    status = main(["check", *asked, *NOTHING_KNOWN, "--output-format=json"])
    out, err = capsys.readouterr()
    assert err == ""
    return status, Report.model_validate_json(out)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        *((name, 1) for name in ("lidocaïne 1 % 25 ml", "25 ml de lidocaïne à 10 mg/ml")),
        ("lidocaïne 1 % 15 ml", 0),
        ("lidocaïne 25 ml", 3),  # it may be of 1 %
        ("lidocaïne 2 à 3 ml", 3),
        ("lidocaïne 1 %", 0),
    ],
)
def test_the_amount_within_a_name_decides_the_exit_status(
    name: str, status: int, capsys: Captured
) -> None:
    found, report = told(capsys, name)
    assert found == status
    assert report.per_day is None


def test_what_is_in_the_syringe_is_printed(capsys: Captured) -> None:
    asked = ["Procaïne 2 % 2 ml", "Maginjectable 2 ml", "Dicynone 2 ml", *NOTHING_KNOWN]
    assert main(["check", *asked]) == 0
    out, _ = capsys.readouterr()
    assert "\nDans la seringue\n  Volume total : 6 ml\n" in out
    assert main(["check", *asked, "--lang", "en"]) == 0
    out, _ = capsys.readouterr()
    assert "\nIn the syringe\n  Total volume: 6 ml\n" in out
    assert "  etamsylate: 250 mg (≈ 41.67 mg/ml)\n" in out


@pytest.mark.parametrize(
    ("day", "status", "amount"),
    [
        ([], 0, None),
        (["Piroxicam Teva 1 ml"], 0, "20"),
        (["Piroxicam Teva 2 ml"], 1, "40"),
        (["Piroxicam Teva 1 ml", "Piroxicam Teva 0,5 ml"], 1, "30"),
        (["zorg"], 3, None),
        (["Piroxicam Teva 1 ml zorg"], 3, None),
        ([""], 3, None),
    ],
)
def test_the_total_of_the_day_is_given_by_an_option(
    day: list[str], status: int, amount: str | None, capsys: Captured
) -> None:
    options = [part for name in day for part in ("--per-day", name)]
    found, report = told(capsys, "Piroxicam Teva 0,5 ml", *options)
    reads = None if report.per_day is None else [read.written for read in report.per_day]
    assert reads == (day or None)
    assert report.composition is not None
    totals = {one.substance: one.quantity for one in report.composition.per_day or ()}
    assert totals.get("piroxicam") == (Quantity.read(f"{amount} mg") if amount else None)
    assert found == status


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_report_is_written_as_a_page(
    language: str, formulary: Formulary, capsys: Captured
) -> None:
    arguments = ["check", "Kenacort", "--output-format", "html", "--lang", language]
    assert main(arguments) == 1
    out, err = capsys.readouterr()
    assert err == ""
    report = RULES.check(formulary.mixture("Kenacort"))
    assert out == report.card(language).page()
    [verdict] = read_html(out).all("div", "verdict")
    assert verdict.kinds == ["verdict", "refuse"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_report_is_written_as_markdown(
    language: str, formulary: Formulary, capsys: Captured
) -> None:
    assert main(["check", "Miorel", "--output-format", "markdown", "--lang", language]) == 3
    assert capsys.readouterr().out == RULES.check(formulary.mixture("Miorel")).markdown(language)


def test_a_page_goes_to_a_narrow_output_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    with io.TextIOWrapper(written, encoding="latin-1", write_through=True) as narrow:
        monkeypatch.setattr(sys, "stdout", narrow)
        assert main(["check", "Mésocaïne", "--output-format=html"]) == 3
        page = read_html(written.getvalue().decode("ascii"))
    assert "« Mésocaïne »" in page.text
