"""The command line and the streams that it writes to: narrow, full, closed, or none."""

import contextlib
import io
import os
import sys
from pathlib import Path

import pytest

from mesomix import Report
from mesomix.cli import main

Captured = pytest.CaptureFixture[str]


def test_an_answer_goes_to_whatever_takes_text(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        assert main(["check", "Kenacort", "--output-format", "json"]) == 1
    report = Report.model_validate_json(shown.getvalue())
    written = io.BytesIO()
    with io.TextIOWrapper(written, encoding="ascii", write_through=True) as narrow:
        monkeypatch.setattr(sys, "stdout", narrow)
        assert main(["check", "Kenacort", "--output-format", "json"]) == 1
        assert Report.model_validate_json(written.getvalue()) == report


def test_an_answer_that_cannot_be_written_is_none(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as unread:
        monkeypatch.setattr(sys, "stdout", unread)
        assert main(["rules"]) == 2
    assert capsys.readouterr().err == ""
    if Path("/dev/full").exists():
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            monkeypatch.setattr(sys, "stdout", full)
            assert main(["rules"]) == 2
        assert "cannot be written" in capsys.readouterr().err


def test_an_answer_to_nowhere_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    for form in ("text", "json"):
        assert main(["check", "Kenacort", "--output-format", form]) == 2


def test_a_message_never_takes_the_place_of_an_answer(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    for wrong in (["explain", "nonsense"], ["check", "--formulary", "absent.toml"]):
        assert main(wrong) == 2
    with pytest.raises(SystemExit) as ended:
        main(["nonsense"])
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""


def test_a_terminal_gets_lines_that_fit_it(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")
    assert main(["check", "Kenacort", "--lang", "en"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 60
    assert "" in lines
    begun = next(n for n, line in enumerate(lines) if line.startswith("  ✗ triamcinolone"))
    assert lines[begun + 1].startswith("    ")


def test_no_line_is_broken_inside_of_quotation_marks(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    for columns in range(40, 120, 7):
        monkeypatch.setenv("COLUMNS", str(columns))
        assert main(["check", "Kenacort"]) == 1
        lines = capsys.readouterr().out.splitlines()
        assert not any(line.endswith("«") for line in lines)
        assert not any(line.lstrip().startswith(("»", ":")) for line in lines)
