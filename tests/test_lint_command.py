"""`mesomix lint` and its neighbours: what they print, and with which exit status they end."""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import pytest
from bdpm.files import component, small, specialty
from bdpm.files import write as write_bdpm
from faulty_data import SOUND as WITHOUT_GAP

import mesomix
from mesomix import lint_command
from mesomix.bdpm import FILES
from mesomix.cli import main
from mesomix.evidence import Language
from mesomix.formulary.files import SHIPPED, shipped_folder
from mesomix.linter import LINT_RULES, LintSeverity

FORMATS: Final = lint_command.FORMATS
GAP: Final = "excipients-not-reviewed"
GAPS: Final = [
    rule.id for rule in LINT_RULES if rule.severity is LintSeverity.GAP and not rule.needs_bdpm
]
DAY: Final = "2026-11-21"
SOUND: Final = WITHOUT_GAP.partition("\n[products.exemplin.specialties.exemplar-5-mg.excipients]")[
    0
]
WRONG: Final = SOUND.replace("draining", "drainage")
MORE_GAPS: Final = SOUND + (
    "\n[products.exemplin.specialties.exemplar-2]\n"
    'name = "EXEMPLAR 2"\nbrand = "Exemplar 2"\nstrength = "5 mg/ml"\nform = "solution"\n'
    'routes = ["intradermal"]\nsource = "leaflet"\nchecked = 2026-11-21\n'
    'marketing = { state = "stopped", source = "leaflet", checked = 2026-11-21 }\n'
)
FEWER_GAPS: Final = WITHOUT_GAP

WRONG_USE: Final = 2
Captured = pytest.CaptureFixture[str]
Lint = Callable[..., tuple[int, str]]


@pytest.fixture(autouse=True)
def _nobodys_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No workflow, no colour, and a folder of its own with a file for each need."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "sound": SOUND,
        "wrong": WRONG,
        "broken": "a = ",
        "more": MORE_GAPS,
        "fewer": FEWER_GAPS,
    }.items():
        Path(f"{name}.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def lint(capsys: Captured) -> Lint:
    """Runs `mesomix lint`: its exit status, and what it says on both streams."""

    def run(*arguments: str) -> tuple[int, str]:
        try:
            status = main(["lint", *arguments])
        except SystemExit as ended:  # argparse's
            status = int(ended.code or 0)
        shown = capsys.readouterr()
        assert "Traceback" not in shown.err
        if "gitlab" in arguments and shown.err.startswith(("non vérifié", "not checked")):
            return status, shown.out  # what did not run is said beside it
        # One stream: the answer, or why there is none.
        assert not (shown.out and shown.err)
        return status, shown.out + shown.err

    return run


def process(
    *arguments: str, script: str = '"$@"', **variables: str
) -> "subprocess.CompletedProcess[str]":
    """`mesomix` in a process of its own, which a shell starts with the given redirections."""
    return subprocess.run(
        ["/bin/sh", "-c", script, "sh", sys.executable, "-m", "mesomix.cli", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", **variables},
    )


needs_shell = pytest.mark.skipif(not Path("/bin/sh").exists(), reason="there is no /bin/sh")

# --- Exit statuses ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["sound.toml"], 0),
        (["wrong.toml"], 1),
        (["broken.toml"], 2),
        (["absent.toml"], 2),
        (["sound.toml", "wrong.toml"], 1),
        (["sound.toml", "wrong.toml", "broken.toml"], 2),
        (["wrong.toml", "--exit-zero"], 0),
        (["broken.toml", "--exit-zero"], 2),
        (["wrong.toml", "broken.toml", "--exit-zero"], 2),
        (["broken.toml", "--ignore", "invalid-toml"], 2),
        (["broken.toml", "--ignore", "error,warning,gap", "--exit-zero"], 2),
        (["broken.toml", "--select", "gap"], 2),
        ([], 0),
    ],
    ids=repr,
)
@pytest.mark.parametrize("name", FORMATS)
def test_the_exit_status_says_what_was_found(
    lint: Lint, arguments: list[str], expected: int, name: str
) -> None:
    assert lint(*arguments, "--output-format", name)[0] == expected


# --- Formats ------------------------------------------------------------------------------------


IS_OF_FORMAT: Final[dict[str, Callable[[str], bool]]] = {
    "json": lambda text: json.loads(text)["version"] == mesomix.__version__,
    "sarif": lambda text: json.loads(text)["version"] == "2.1.0",
    "gitlab": lambda text: bool(json.loads(text)[0]["check_name"]),
    "junit": lambda text: ET.fromstring(text).tag == "testsuites",  # noqa: S314 (our own)
    "github": lambda text: text.startswith("::"),
    "concise": lambda text: text.startswith("wrong.toml:46:12: unknown-effect"),
    "full": lambda text: text.startswith(("erreur[unknown-effect]", "error[unknown-effect]")),
}


def test_the_formats_are_those_that_are_written_here() -> None:
    assert set(IS_OF_FORMAT) == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_format_is_written_to_the_screen_and_to_a_file(
    lint: Lint, name: str, language: str
) -> None:
    asked = ["wrong.toml", "--output-format", name, "--lang", language, "--select", "error"]
    status, shown = lint(*asked)
    assert status == 1
    assert IS_OF_FORMAT[name](shown)
    status, said = lint(*asked, "--output-file", "found.out")
    assert status == 1
    counted = "1 erreur dans 1 fichier\n" if language == "fr" else "1 error in 1 file\n"
    assert said.startswith(counted)
    assert Path("found.out").read_bytes().decode() == shown.removesuffix("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_beside_an_output_file_the_summary_is_said_on_standard_error(
    capsys: Captured, name: str
) -> None:
    asked = ["lint", "wrong.toml", "--output-format", name, "--lang", "en"]
    assert main([*asked, "--as-of", DAY, "--output-file", "found.out"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    counted, not_checked = shown.err.splitlines()
    assert counted == "1 error, 1 gap in 1 file"
    assert not_checked.startswith("not checked: cis-not-in-bdpm, ")
    assert main([*asked, "--output-file", "found.out"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    counted, *not_checked = shown.err.splitlines()
    assert counted == "1 error, 1 gap in 1 file"
    assert sum("no date is given" in line for line in not_checked) == 1
    assert sum("no folder of BDPM is given" in line for line in not_checked) == 1


def test_messages_are_french_unless_english_is_asked_for(lint: Lint) -> None:
    asked = ["wrong.toml", "--output-format", "concise"]
    assert "l'effet « drainage » n'existe pas" in lint(*asked)[1]
    assert lint(*asked, "--lang", "fr") == lint(*asked)
    assert "there is no effect 'drainage'" in lint(*asked, "--lang", "en")[1]
    assert lint(*asked, "--lang", "de")[0] == 2


def test_an_unknown_format_is_refused_by_name(lint: Lint) -> None:
    status, said = lint("sound.toml", "--output-format", "xml")
    assert status == 2
    assert "'xml'" in said
    assert all(name in said for name in FORMATS)


@pytest.mark.parametrize(("value", "is_github"), [("true", True), ("false", False), ("", False)])
def test_in_a_workflow_of_github_the_format_is_its_own(
    lint: Lint, monkeypatch: pytest.MonkeyPatch, value: str, is_github: bool
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", value)
    assert IS_OF_FORMAT["github"](lint("wrong.toml")[1]) is is_github
    for name in set(FORMATS) - {"github", "concise", "full"}:
        assert IS_OF_FORMAT[name](lint("wrong.toml", "--output-format", name)[1])
    for name in ("full", "concise"):
        said = lint("wrong.toml", "--output-format", name, "--select", "error")[1]
        assert IS_OF_FORMAT[name](said)


def test_statistics_count_each_rule(lint: Lint) -> None:
    status, said = lint("more.toml", "wrong.toml", "--statistics", "--lang", "en")
    assert status == 1
    counts = dict(re.findall(r"^ +(\d+)  (\S+)", said, re.MULTILINE))
    assert counts == {"3": GAP, "1": "unknown-effect"}
    assert "not checked: stale-fact" in said


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_what_did_not_run(capsys: Captured, name: str) -> None:
    """GitLab's list has no place for it: there it is said beside the list."""
    asked = ["lint", "sound.toml", "--output-format", name, "--lang", "en"]

    def said(*options: str) -> str:
        assert main([*asked, *options]) == 0
        shown = capsys.readouterr()
        if "--output-file" in options:
            assert shown.out == ""
            return shown.err
        assert bool(shown.err) is (name == "gitlab")  # no BDPM is given either
        return shown.err if name == "gitlab" else shown.out

    assert "no date is given" in said()
    assert "stale-fact" in said()
    assert "no date is given" not in said("--as-of", DAY)
    assert "left out by --select or --ignore" in said("--ignore", "unknown-effect")
    assert "no date is given" in said("--output-file", "found.out")
    assert "no date is given" not in said("--output-file", "found.out", "--as-of", DAY)


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"concise", "full"}))
def test_statistics_are_text_and_refuse_another_format(lint: Lint, name: str) -> None:
    status, said = lint("wrong.toml", "--statistics", "--output-format", name)
    assert status == WRONG_USE
    assert f"--statistics is text: it has no --output-format {name}" in said


def test_the_linter_is_in_the_directory_of_the_module() -> None:
    assert set(mesomix.__all__) <= set(dir(mesomix))


# --- Which rules --------------------------------------------------------------------------------


def told(said: str) -> set[str]:
    return {found["code"] for found in json.loads(said)["diagnostics"]}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], {"unknown-effect", GAP}),
        (["--select", "unknown-effect"], {"unknown-effect"}),
        (["--select", "error"], {"unknown-effect"}),
        (["--select", "gap"], {GAP}),
        (["--select", f"error,{GAP}"], {"unknown-effect", GAP}),
        (["--select", " error , gap ,"], {"unknown-effect", GAP}),
        (["--select", "error", "--select", "gap"], {"unknown-effect", GAP}),
        (["--select", "warning"], set()),
        (["--ignore", "error"], {GAP}),
        (["--ignore", "unknown-effect", "--ignore", GAP], set()),
        (["--ignore", f"unknown-effect,{GAP}"], set()),
        (["--ignore", "gap"], {"unknown-effect"}),
        (["--select", "error", "--ignore", "unknown-effect"], set()),
        (["--select", GAP, "--ignore", "gap"], set()),
    ],
    # A set has another order in each process, and a test has one name in all of them.
    ids=lambda value: repr(sorted(value) if isinstance(value, set) else value),
)
def test_select_and_ignore_take_ids_and_severities(
    lint: Lint, options: list[str], expected: set[str]
) -> None:
    status, said = lint("wrong.toml", "--output-format", "json", *options)
    assert told(said) == expected
    assert status == int("unknown-effect" in expected)
    not_checked = json.loads(said)["not_checked"].items()
    left_out = {rule for rule, why in not_checked if why.startswith("écarté par --select")}
    assert bool(left_out) == bool(options)
    assert not left_out & expected
    assert {"unknown-effect", GAP} - expected <= left_out


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("name", ["nonsense", "Error", "unknown_effect", "too-many-products", "*"])
def test_a_rule_that_there_is_not_is_refused_by_name(lint: Lint, option: str, name: str) -> None:
    status, said = lint("sound.toml", option, f"error,{name}")
    assert status == 2
    assert f"{option[2:]}: {name!r} is no lint rule" in said


def test_a_name_of_a_rule_in_a_message_has_no_control_character(lint: Lint) -> None:
    status, said = lint("sound.toml", "--select", "a\x1b[31m\nb")
    assert status == 2
    assert said.rstrip("\n").isprintable()


# --- Ages ---------------------------------------------------------------------------------------


def test_ages_are_counted_from_the_day_that_is_given(lint: Lint) -> None:
    asked = [
        "sound.toml",
        "--output-format",
        "json",
        "--select",
        "stale-fact,checked-in-the-future",
    ]
    assert lint(*asked, "--as-of", DAY)[0] == 0
    assert told(lint(*asked, "--as-of", "2027-11-21")[1]) == set()
    assert told(lint(*asked, "--as-of", "2027-11-22")[1]) == {"stale-fact"}
    assert told(lint(*asked, "--as-of", "2026-11-20")[1]) == set()  # time zones
    assert told(lint(*asked, "--as-of", "2026-11-19")[1]) == {"checked-in-the-future"}
    assert told(lint(*asked, "--as-of", "2027-11-22", "--max-age", "366")[1]) == set()
    assert told(lint(*asked, "--as-of", "2026-11-22", "--max-age", "0")[1]) == {"stale-fact"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--select", "stale-fact"], "select: stale-fact counts from a day"),
        (["--select", "error,checked-in-the-future"], "checked-in-the-future counts from a day"),
        (["--max-age", "365"], "--max-age counts from a day"),
        (["--baseline", "dated.json"], "the baseline counts no-recent-source from a day"),
    ],
    ids=repr,
)
def test_what_counts_from_a_day_is_refused_without_one(
    lint: Lint, options: list[str], said: str
) -> None:
    Path("dated.json").write_text('{"gaps": {"no-recent-source": 1}}', encoding="utf-8")
    for extra in ((), ("--exit-zero",)):
        status, shown = lint("sound.toml", *options, *extra)
        assert status == 2
        assert said in shown
        assert "give" in shown
        assert "--as-of" in shown
    assert lint("sound.toml", *options, "--as-of", DAY)[0] in {0, 1}


@pytest.mark.parametrize(
    "day", ["yesterday", "2026-13-01", "21/11/2026", "2026-11", "", "0000-01-01"]
)
def test_a_malformed_day_is_refused(lint: Lint, day: str) -> None:
    status, said = lint("sound.toml", "--as-of", day)
    assert status == 2
    assert "--as-of: not a day, such as 2026-11-21" in said


@pytest.mark.parametrize(
    "days", ["-1", "many", "", "1.5", "nan", "99999999999999999999", "9" * 5_000]
)
def test_a_malformed_age_is_refused(lint: Lint, days: str) -> None:
    status, said = lint("sound.toml", f"--max-age={days}")
    assert status == 2
    assert "max-age" in said or "max_age" in said


# --- BDPM ---------------------------------------------------------------------------------------


@pytest.fixture
def market() -> Path:
    """A folder of BDPM that has the specialty of the sound file, in another strength."""
    name = "EXEMPLAR 6 mg, solution injectable"
    row = specialty(
        *("69999999", name, "solution injectable", "intradermique"),
        *("Autorisation active", "Non commercialisée"),
    )
    substance = component("69999999", "90001", "EXEMPLINE", "6 mg", "une ampoule", "SA", "1")
    files = small()
    files["CIS_bdpm.txt"] += "\t".join(row).encode()
    files["CIS_COMPO_bdpm.txt"] += "\t".join(substance).encode()
    return write_bdpm(Path("bdpm"), files)


@pytest.mark.usefixtures("market")
def test_data_is_compared_with_the_folder_of_bdpm_that_is_given(lint: Lint) -> None:
    asked = ["sound.toml", "--as-of", DAY, "--output-format", "json"]
    assert told(lint(*asked)[1]) == {GAP}
    status, said = lint(*asked, "--bdpm", "bdpm")
    assert status == 1
    assert told(said) == {
        *(GAP, "not-compared-with-bdpm", "name-unlike-bdpm", "strength-unlike-bdpm")
    }
    assert json.loads(said)["not_checked"] == {}
    chosen = lint(*asked, "--bdpm", "bdpm", "--select", "strength-unlike-bdpm")[1]
    assert told(chosen) == {"strength-unlike-bdpm"}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "BDPM: 2 rows at fault, the first at CIS_bdpm.txt:8: 2 columns in place of 12\n"),
        ("fr", "BDPM : 2 lignes en défaut, dont CIS_bdpm.txt:8 : 2 colonnes au lieu de 12\n"),
    ],
)
@pytest.mark.parametrize("name", FORMATS)
def test_rows_of_bdpm_that_are_at_fault_are_counted_on_standard_error(
    capsys: Captured, market: Path, language: str, said: str, name: str
) -> None:
    with (market / "CIS_bdpm.txt").open("ab") as file:
        file.write(b"\r\n60000099\tEXEMPLEX\r\n?")
    asked = ["--bdpm", "bdpm", "--as-of", DAY, "--output-format", name, "--lang", language]
    assert main(["lint", "sound.toml", *asked]) == 1
    assert capsys.readouterr().err == said
    assert main(["lint", "sound.toml", *asked, "--output-file", "found.out"]) == 1
    assert capsys.readouterr().err.count(said) == 1


def test_one_row_at_fault_is_one(capsys: Captured, market: Path) -> None:
    with (market / "CIS_bdpm.txt").open("ab") as file:
        file.write(b"\r\n60000099\tEXEMPLEX")
    for language, said in (("en", "BDPM: 1 row at fault"), ("fr", "BDPM : 1 ligne en défaut")):
        assert main(["lint", "sound.toml", "--bdpm", "bdpm", "--lang", language]) == 1
        assert capsys.readouterr().err.startswith(f"{said}, ")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--bdpm", "absent"], "mesomix: absent: the folder of BDPM does not exist"),
        (["--bdpm", "sound.toml"], "is a file: name the folder that it lies in"),
        (["--bdpm", "."], "CIS_COMPO_bdpm.txt: it is absent: download it from"),
        (["--bdpm", ""], "CIS_bdpm.txt: it is absent: download it from"),
        (["--select", "name-unlike-bdpm"], "name-unlike-bdpm compares with BDPM: give its folder"),
    ],
    ids=repr,
)
def test_a_folder_that_is_none_of_bdpm_is_refused(
    lint: Lint, options: list[str], said: str
) -> None:
    for extra in ((), ("--exit-zero",)):
        status, shown = lint("sound.toml", *options, *extra)
        assert status == WRONG_USE
        assert said in shown


@pytest.mark.parametrize("name", FILES)
def test_no_file_of_bdpm_is_written_over(lint: Lint, market: Path, name: str) -> None:
    before = (market / name).read_bytes()
    status, said = lint("sound.toml", "--bdpm", "bdpm", "--output-file", f"bdpm/{name}")
    assert status == WRONG_USE
    assert "would be overwritten" in said
    assert (market / name).read_bytes() == before
    beside = lint("sound.toml", "--bdpm", "bdpm", "--as-of", DAY, "--output-file", "bdpm/found")
    assert beside[0] == 1


# --- Baselines ----------------------------------------------------------------------------------


@pytest.fixture
def baseline(lint: Lint) -> str:
    """The baseline of the sound file."""
    assert lint("sound.toml", "--as-of", DAY, "--write-baseline", "gaps.json")[0] == 0
    gaps = json.loads(Path("gaps.json").read_text(encoding="utf-8"))["gaps"]
    assert gaps[GAP] == 1
    assert set(gaps) == set(GAPS)
    return "gaps.json"


@pytest.mark.parametrize(
    ("file", "status", "expected"),
    [
        ("sound.toml", 0, set()),
        ("more.toml", 1, {"more-gaps-than-baseline"}),
        ("fewer.toml", 1, {"fewer-gaps-than-baseline"}),
        ("broken.toml", 2, {"invalid-toml"}),
    ],
)
def test_gaps_may_only_shrink(
    lint: Lint, baseline: str, file: str, status: int, expected: set[str]
) -> None:
    asked = [file, "--as-of", DAY, "--baseline", baseline, "--output-format"]
    found, said = lint(*asked, "json")
    assert found == status
    assert told(said) - set(GAPS) == expected
    for name in FORMATS:
        found, said = lint(*asked, name)
        assert found == status
        assert all(rule in said for rule in expected)


def test_a_baseline_that_is_written_again_is_kept(lint: Lint, baseline: str) -> None:
    asked = ["fewer.toml", "--as-of", DAY, "--baseline", baseline]
    assert lint(*asked, "--write-baseline", baseline)[0] == 1  # compared with what it was
    assert lint(*asked)[0] == 0
    assert lint("sound.toml", "--as-of", DAY, "--baseline", baseline)[0] == 1


def test_a_baseline_is_the_same_on_every_system(lint: Lint, baseline: str) -> None:
    content = Path(baseline).read_bytes()
    assert content.endswith(b"}\n")
    assert b"\r" not in content
    assert lint("sound.toml", "--as-of", DAY, "--baseline", baseline)[0] == 0


@pytest.mark.parametrize(
    "options",
    [
        ["sound.toml"],
        ["sound.toml", "--as-of", DAY, "--select", "error"],
        ["sound.toml", "--as-of", DAY, "--ignore", GAP],
        ["sound.toml", "broken.toml", "--as-of", DAY],
    ],
    ids=["no day", "selected", "ignored", "unreadable"],
)
def test_no_baseline_is_written_of_gaps_that_were_not_counted(
    lint: Lint, options: list[str]
) -> None:
    status, said = lint(*options, "--write-baseline", "gaps.json")
    assert status == 2
    assert "no baseline is written" in said
    assert not Path("gaps.json").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b'{"gaps": []}',
        b'{"gaps": {}, "other": 1}',
        b'{"gaps": {}, "gaps": {"excipients-not-reviewed": 1}}',
        b'{"gaps": {"excipients-not-reviewed": 0, "excipients-not-reviewed": 1}}',
        b'{"gaps": {"nonsense": 1}}',
        b'{"gaps": {"unknown-effect": 1}}',
        b'{"gaps": {"excipients-not-reviewed": -1}}',
        b'{"gaps": {"excipients-not-reviewed": 1.0}}',
        b'{"gaps": {"excipients-not-reviewed": true}}',
        b'{"gaps": {"excipients-not-reviewed": "1"}}',
        b'{"gaps": {"excipients-not-reviewed": ' + b"9" * 5_000 + b"}}",
        b'{"gaps": {"excipients-not-reviewed\\n\\u001b": 1}}',
        b"[" * 100_000,
        '{"gaps": {}}'.encode("utf-16"),
        '{"gaps": {}}'.encode("utf-16-le"),
        b"\xff",
    ],
    ids=lambda content: repr(content[:60]),
)
def test_a_malformed_baseline_is_an_error_and_never_an_empty_one(
    lint: Lint, content: bytes
) -> None:
    Path("gaps.json").write_bytes(content)
    for extra in ("--lang=en", "--exit-zero"):
        status, said = lint("sound.toml", "--as-of", DAY, "--baseline", "gaps.json", extra)
        assert status == 2
        assert "gaps.json" in said
        assert said.rstrip("\n").isprintable()


@pytest.mark.parametrize("name", ["absent.json", ".", "a\nb.json", "a\0b.json", ""])
def test_a_baseline_that_is_no_file_is_an_error(lint: Lint, name: str) -> None:
    status, said = lint("sound.toml", "--as-of", DAY, "--baseline", name)
    assert status == 2
    assert "baseline" in said
    assert said.rstrip("\n").isprintable()


# --- Streams ------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown_on_a_terminal(*arguments: str) -> str:
    terminal = Terminal()
    with contextlib.redirect_stdout(terminal), contextlib.redirect_stderr(io.StringIO()):
        assert main(["lint", "wrong.toml", *arguments]) == 1
    return terminal.getvalue()


def test_a_terminal_has_colours_unless_somebody_wants_none(
    lint: Lint, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in FORMATS:
        plain = lint("wrong.toml", "--output-format", name)[1]
        coloured = shown_on_a_terminal("--output-format", name)
        assert ("\x1b[31m" in coloured) is (name in {"full", "concise"})
        assert re.sub(r"\x1b\[\d+m", "", coloured) == plain
    assert shown_on_a_terminal("--output-file", "found.txt") == ""
    assert b"\x1b" not in Path("found.txt").read_bytes()
    assert "\x1b" not in shown_on_a_terminal("--statistics")
    monkeypatch.setenv("NO_COLOR", "")
    assert "\x1b" in shown_on_a_terminal()
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in shown_on_a_terminal()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal")
@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_real_terminal_is_one(variables: dict[str, str], coloured: bool) -> None:
    reading, writing = os.openpty()
    environment = {**os.environ, "PYTHONUTF8": "1", **variables}
    command = [sys.executable, "-m", "mesomix.cli", "lint", "wrong.toml"]
    subprocess.run(command, stdout=writing, check=False, timeout=60, env=environment)
    os.close(writing)
    shown = b""
    with contextlib.suppress(OSError):  # Linux says EIO at the end
        while piece := os.read(reading, 65_536):
            shown += piece
    os.close(reading)
    assert b"unknown-effect" in shown
    assert (b"\x1b[31m" in shown) is coloured


@needs_shell
@pytest.mark.slow
def test_a_pipe_that_nobody_reads_to_its_end_is_no_traceback(tmp_path: Path) -> None:
    many = WRONG + "".join(f"k{i} = 1\n" for i in range(2_000))
    (tmp_path / "many.toml").write_text(many, encoding="utf-8")
    script = '{ "$@"; echo "$?" >status; } | head -c 1'
    for name in FORMATS:
        ended = process("lint", "many.toml", "--output-format", name, script=script)
        assert len(ended.stdout) == 1
        assert "Traceback" not in ended.stderr
        assert (ended.stderr == "") is (name != "gitlab")
        assert (tmp_path / "status").read_text(encoding="utf-8") == "2\n"


@needs_shell
@pytest.mark.parametrize(
    "options", [[], ["--output-file", "absent/found.txt"], ["--baseline", "absent.json"]]
)
def test_without_standard_output_there_is_no_answer(options: list[str]) -> None:
    ended = process("lint", "sound.toml", *options, script='"$@" >&-')
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr


@needs_shell
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    ("options", "script"),
    [
        ([], '"$@" >/dev/full'),
        (["--output-file", "/dev/full"], '"$@"'),
        (["--as-of", DAY, "--write-baseline", "/dev/full"], '"$@"'),
        (["--output-file", "absent/found.txt"], '"$@"'),
        (["--as-of", DAY, "--write-baseline", "absent/gaps.json"], '"$@"'),
        (["--output-file", "."], '"$@"'),
    ],
    ids=repr,
)
def test_an_answer_that_cannot_be_written_is_none(options: list[str], script: str) -> None:
    ended = process("lint", "sound.toml", *options, script=script)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert "cannot be written" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("name", ["absent/found.txt", ".", "a\0b", ""])
def test_an_output_file_that_cannot_be_one_is_said_in_the_caller_s_process(
    lint: Lint, name: str
) -> None:
    status, said = lint("sound.toml", "--output-file", name)
    assert status == 2
    assert said.rstrip("\n").isprintable()


OVERWRITING: Final = {
    "the data": ["sound.toml", "--output-file", "sound.toml"],
    "the data by another path": ["sound.toml", "--output-file", "./absent/../sound.toml"],
    "the data by a link": ["sound.toml", "--output-file", "link.toml"],
    "one of the data": ["wrong.toml", "sound.toml", "--output-file", "sound.toml"],
    "data that cannot be read": ["broken.toml", "--output-file", "broken.toml"],
    "data with a baseline": ["sound.toml", "--write-baseline", "sound.toml"],
    "data by its link with a baseline": ["sound.toml", "--write-baseline", "link.toml"],
    "one output with the other": ["sound.toml", "--output-file", "x", "--write-baseline", "./x"],
}


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
@pytest.mark.parametrize("what", OVERWRITING)
def test_nothing_is_written_over_data_or_over_the_other_output(lint: Lint, what: str) -> None:
    Path("link.toml").symlink_to("sound.toml")
    before = {path.name: path.read_bytes() for path in Path().iterdir()}
    for extra in ((), ("--exit-zero",)):
        status, said = lint(*OVERWRITING[what], "--as-of", DAY, *extra)
        assert status == 2
        assert "would be overwritten" in said
        assert {path.name: path.read_bytes() for path in Path().iterdir()} == before


def test_the_shipped_files_are_not_written_over(
    lint: Lint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def written(*_: Any, **__: Any) -> None:
        pytest.fail("a file was written")

    monkeypatch.setattr(Path, "write_bytes", written)
    for name in SHIPPED:
        for files in ((), ("sound.toml",)):  # also where they are only read beside
            if name in SHIPPED[:-1] or not files:
                target = str(shipped_folder() / name)
                status, said = lint(*files, "--output-file", target)
                assert status == 2
                assert "would be overwritten" in said


def test_a_file_beside_the_data_may_be_written_over(lint: Lint) -> None:
    for _ in range(2):
        assert lint("sound.toml", "--as-of", DAY, "--output-file", "found.out")[0] == 0
    assert lint("sound.toml", "--as-of", DAY, "--output-file", "wrong.toml")[0] == 0


@needs_shell
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16", "cp1252:strict"])
def test_what_programs_read_is_utf_8_whatever_the_terminal_can_show(encoding: str) -> None:
    """Where a screen cannot show a letter, text for people has its escape."""
    name = "donnée.toml"
    Path(name).write_text(WRONG, encoding="utf-8")
    for form in FORMATS:
        ended = subprocess.run(
            [sys.executable, "-m", "mesomix.cli", "lint", name, "--output-format", form],
            capture_output=True,
            timeout=60,
            check=False,
            env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding},
        )
        assert ended.returncode == 1
        if form in {"full", "concise"}:
            assert ended.stdout.decode(encoding.partition(":")[0])
        else:
            text = ended.stdout.decode("utf-8")
            assert "existe pas" in text
            assert "donnée.toml" in text or "donn%C3%A9e.toml" in text
            assert not text.startswith("\ufeff")


def test_a_file_name_that_is_no_utf_8_can_be_reported() -> None:
    name = os.fsdecode(b"\xff.toml")
    Path(name).write_text(WRONG, encoding="utf-8")
    for number, form in enumerate(FORMATS):
        target = Path(f"{number}.out")
        asked = ["lint", name, "--output-format", form, "--output-file", str(target)]
        assert main(asked) == 1
        assert target.read_bytes().decode()


# --- Neighbours ---------------------------------------------------------------------------------


def pieces(text: str) -> list[str]:
    """What a lint rule says of every problem, between the words of each."""
    found = [piece for piece in re.split(r"\{\w+(?:!r)?\}", text) if piece]
    assert found
    return found


@pytest.mark.parametrize("rule", LINT_RULES, ids=lambda rule: rule.id)
def test_explain_tells_every_lint_rule_in_both_languages(rule: Any, capsys: Captured) -> None:
    shown: dict[Language, str] = {}
    for language in Language:
        assert main(["explain", rule.id, "--lang", language]) == 0
        shown[language] = capsys.readouterr().out
        assert shown[language].startswith(f"{rule.id} ({rule.severity.text[language]})\n")
        for text in (rule.message[language], rule.help[language]):
            assert all(piece in shown[language] for piece in pieces(text)), text
        assert "{" not in shown[language]
    assert rule.situation
    assert rule.situation in shown[Language.EN]
    assert rule.situation not in shown[Language.FR]


def test_explain_names_the_lint_rules_too_where_there_is_none(capsys: Captured) -> None:
    assert main(["explain", "nonsense"]) == 2
    said = capsys.readouterr().err
    assert "'nonsense'" in said
    assert all(rule.id in said for rule in (*LINT_RULES, *mesomix.RULES))


@pytest.mark.parametrize("language", Language)
def test_rules_lists_the_lint_rules_where_they_are_asked_for(
    language: Language, capsys: Captured
) -> None:
    assert main(["rules", "--lint", "--lang", language]) == 0
    lines = capsys.readouterr().out.splitlines()
    expected = [[rule.id, rule.severity.text[language]] for rule in LINT_RULES]
    assert [line.split()[:2] for line in lines] == expected
    for rule, line in zip(LINT_RULES, lines, strict=True):
        assert all(piece in line for piece in pieces(rule.message[language]))
    assert main(["rules"]) == 0
    ids = {line.split()[0] for line in capsys.readouterr().out.splitlines()}
    assert ids == {rule.id for rule in mesomix.RULES}
    assert not ids & {rule.id for rule in LINT_RULES}


def test_schema_prints_the_schema_of_the_documentation(capsys: Captured) -> None:
    assert main(["schema"]) == 0
    printed = json.loads(capsys.readouterr().out)
    file = Path(__file__).parents[1] / "docs" / "formulary.schema.json"
    assert printed == json.loads(file.read_text(encoding="utf-8"))


def test_options_are_never_abbreviated(lint: Lint) -> None:
    for short in ("--exit", "--sel=error", "--out=found.txt", "--base=gaps.json"):
        assert lint("wrong.toml", short)[0] == 2


# --- Imports and Python -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "done",
    [
        "import mesomix; dir(mesomix)",
        "from mesomix.cli import main; main(['rules'])",
        "from mesomix.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass",
        "from mesomix.cli import main\ntry: main(['lint', '--help'])\nexcept SystemExit: pass",
    ],
)
def test_who_lints_nothing_does_not_wait_for_the_linter(done: str) -> None:
    code = f"{done}\nimport sys; print('\\n' + ' '.join(sys.modules))"
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    modules = ended.stdout.splitlines()[-1].split()
    assert "mesomix.rules" in modules
    assert not [name for name in modules if name.startswith(("pydantic", "mesomix.linter"))]


def test_check_does_not_import_the_linter() -> None:
    code = (
        "from mesomix.cli import main; main(['check', 'Kenacort'])\n"
        "import sys; print('\\n' + ' '.join(sys.modules))"
    )
    ended = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    modules = ended.stdout.splitlines()[-1].split()
    assert "mesomix.formulary" in modules
    assert not [name for name in modules if name.startswith("mesomix.linter")]


def test_the_linter_is_where_python_looks_for_it() -> None:
    assert mesomix.lint is mesomix.linter.lint
    assert mesomix.LintReport is mesomix.linter.LintReport
    assert isinstance(mesomix.lint("sound.toml"), mesomix.LintReport)
    everything: dict[str, Any] = {}
    exec("from mesomix import *", everything)  # noqa: S102 (a star is no function's)
    assert set(mesomix.__all__) <= everything.keys()
    assert everything["lint"] is mesomix.lint
    with pytest.raises(AttributeError, match="'linted'"):
        _ = getattr(mesomix, "linted")  # noqa: B009 (the type checker knows that there is none)


def test_dir_names_what_the_package_has() -> None:
    code = "import mesomix; print(*(set(mesomix.__all__) - set(dir(mesomix))))"
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert ended.stdout.split() == []


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"as_of": "2026-11-21"}, TypeError, "as_of"),
        ({"as_of": datetime(2026, 11, 21, tzinfo=UTC)}, TypeError, "as_of"),
        ({"as_of": 2026}, TypeError, "as_of"),
        ({"max_age": True}, TypeError, "max_age"),
        ({"max_age": 1.5}, TypeError, "max_age"),
        ({"max_age": "365"}, TypeError, "max_age"),
        ({"max_age": None}, TypeError, "max_age"),
        ({"max_age": -1}, ValueError, "max_age"),
        ({"max_age": 10**30}, ValueError, "max_age"),
        ({"select": "error"}, TypeError, "select"),
        ({"ignore": "gap"}, TypeError, "ignore"),
        ({"select": ["nonsense"]}, ValueError, "'nonsense'"),
        ({"ignore": [""]}, ValueError, "ignore"),
        ({"select": [None]}, (TypeError, ValueError), "select"),
        ({"select": 1}, TypeError, "iterable"),
        ({"baseline": "gaps.json"}, TypeError, "baseline"),
        ({"baseline": {"gaps": {}}}, TypeError, "baseline"),
        ({"patient": "x"}, TypeError, "patient"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_wrong_use_raises_before_a_file_is_read(
    options: dict[str, Any], error: type[Exception], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(*_: Any, **__: Any) -> None:
        pytest.fail("a file was opened")

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(error, match=said):
        mesomix.lint("sound.toml", **options)


@pytest.mark.parametrize("file", [None, 1, b"sound.toml", ["sound.toml"]])
def test_what_is_no_path_raises(file: Any) -> None:
    with pytest.raises(TypeError):
        mesomix.lint(file)


def test_a_report_is_neither_true_nor_false() -> None:
    report = mesomix.lint("sound.toml", as_of=date(2026, 11, 21))
    with pytest.raises(TypeError, match="status"):
        bool(report)
    assert report.status == 0


def test_without_standard_error_what_was_not_checked_is_said_nowhere_and_nothing_breaks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["lint", "sound.toml", "--output-format", "gitlab"]) == 0
