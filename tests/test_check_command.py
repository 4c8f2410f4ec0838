"""`mesomix check --bdpm`: what the folder brings, and what is said of its shortcomings."""

import sys
from pathlib import Path
from typing import Final

import pytest
from bdpm.files import CIP, CIS, MITM, small, write

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
