"""Whatever is written, and whatever file is named: an answer or a message, and no traceback."""

import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from strategies import names_of

import mesomix
from mesomix import DataError, Formulary, Report, Verdict
from mesomix.cli import main

MANY: Final = 100_000
SECONDS: Final = 120
"""For what takes a few."""
OWN: Final = """
version = "1{hostile}"
[products.zorg]
fr = "zorgue{hostile}"
en = "zorg"
substances = ["procaine"]
effects = []
source = "chan"
checked = 2026-11-21
[products.zorg.specialties.zorgal]
name = "ZORGAL{hostile} 1 mg"
brand = "Zorgal"
strength = "1 mg"
form = "solution"
routes = ["intradermal"]
source = "chan"
checked = 2026-11-21
marketing = {{ state = "marketed", source = "chan", checked = 2026-11-21 }}
[conditions.moon]
fr = "lune{hostile}"
en = "moon{hostile}"
source = "chan"
checked = 2026-11-21
"""
"""A formulary of one's own, with something between braces in its texts."""
ESCAPES: Final = r"\u001b[2J\r\n\u202e\u009b"


def process(
    *arguments: str | bytes,
    env: Mapping[str, str] | None = None,
    stdout: int = subprocess.PIPE,
    closed: bool = False,
) -> subprocess.CompletedProcess[bytes]:
    """The command line in a process of its own; `closed` is its standard output."""
    command = "from mesomix.cli import main; import sys; sys.exit(main())"
    prelude = "import os; os.close(1); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    python = [sys.executable, *(["-c", "import sys; " + prelude] if closed else [])]
    return subprocess.run(
        [*python, "-c", command, *arguments],
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUTF8": "1", **(env or {})},
        check=False,
        timeout=60,
    )


def condition(number: int, implied: str = "") -> str:
    """A condition in TOML, with those that it implies."""
    names = f'fr = "f{number}x"\nen = "e{number}x"\nimplies = [{implied}]'
    sourced = 'source = "chan"\nchecked = 2026-11-21'
    return f"[conditions.c{number}]\n{names}\n{sourced}\n"


def faults_of(path: Path, content: str | bytes) -> list[tuple[str, str, str]]:
    """What is wrong with a formulary of that content: file, key and problem."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(DataError) as raised:
        mesomix.load(path)
    assert str(raised.value).split("\n") == [str(fault) for fault in raised.value.faults]
    assert all(str(fault).isprintable() for fault in raised.value.faults)
    return [(fault.file, fault.key, fault.problem) for fault in raised.value.faults]


@pytest.mark.parametrize("mark", ["\x00", "\x1b", "\x7f", "\x9b", chr(0xFFFD), "\ud800", "\u0440"])
def test_a_damaged_name_is_unknown_and_never_permitted(formulary: Formulary, mark: str) -> None:
    patient = formulary.patient(allergies=[], nothing_else=True)
    written = [f"Maginjec{mark}table", f"{mark}Maginjectable", f"Maginjectable{mark}"]
    for name in [*written, f"Maginjectable {mark}"]:
        report = mesomix.check(formulary.mixture(name), patient)
        assert report.verdict is Verdict.REVIEW
        assert report.findings[0].rule in {"unrecognised-product", "name-read-in-part"}
        assert (report.findings[0].rule == "unrecognised-product") == (
            report.products[0].id is None
        )
        assert report.assessed.products == 0
        Report.model_validate_json(report.model_dump_json())
    assert formulary.mixture(written[0]).products == ()


@pytest.mark.parametrize("piece", ["a", "é ", "\x00", "\u202e", "1/", "Miorel "])
def test_a_name_of_a_megabyte_is_reviewed(formulary: Formulary, piece: str) -> None:
    name = piece * (1_000_000 // len(piece))
    started = time.monotonic()
    patient = formulary.patient(allergies=[name])
    report = mesomix.check(formulary.mixture(name, name), patient)
    assert report.verdict is Verdict.REVIEW
    assert report.assessed == mesomix.report.Assessed(0, 2, 0, 1)
    assert report.text().startswith("? À REVOIR : ")
    if piece == "a":
        assert Report.model_validate_json(report.model_dump_json()) == report
    assert time.monotonic() - started < SECONDS


UNREADABLE: Final = [
    *("1e999999999 ml", "1e3 ml", "1E3 ml", "0x10 ml", "NaN ml", "inf ml", "9" * 40 + " ml"),
    *("9" * 10_000 + " ml", "0." + "0" * 10_000 + "1 ml", "1/" * 100, "2 ml " * 30),
    *("\u0662 ml", "2\u0660 ml", "\u0968 ml", "\u4e00 ml", "\U0001d7d8 ml"),  # digits of others
    *("² ml", "2² ml", "\u2461 ml", "\u24602 ml", "\u2161 ml", "½½ ml"),
    *("2\x00ml", "2 \x00 ml", "2 ml\x00", "2 ml\x1b[2J", "2 ml\ufffd", "2\ud800 ml", "\ud800"),
    *("-2 ml", "\u22122 ml", "±2 ml", "<2 ml", ">2 ml", "~2 ml", "≈2 ml", "≤2 ml", "2 ml?", "2‰"),
    *("0 ml", "0,0 ml", "2.5.5 ml", "2,5,5 ml", "1\u00a0000 ml", "1'000 ml", "2 \u2044 3 ml"),
    *("absent", "aucun", "none", "2 ml ou 3 ml", "2 ml \u2620", "2 \u043c\u043b"),
]
READABLE: Final = {
    "\uff12 ml": "2",
    "\uff12\uff0e\uff15 ml": "2.5",
    "1½ ml": "1.5",
    "1\u20442 ml": "0.5",
    "2\u00a0ml": "2",
    "2\u2009ml": "2",
    "2\u200b ml": "2",
    "2\tml\n": "2",
    "2 \u339d": None,
}
"""Written in an unusual way, and what they are in ml; None for what is not read."""


def of_amount(formulary: Formulary, *names: str | tuple[str, str]) -> Report:
    """What is said of them, for a patient with nothing; through JSON and in words."""
    patient = formulary.patient(allergies=[], nothing_else=True)
    report = mesomix.check(formulary.mixture(*names, per_day=names), patient)
    assert Report.model_validate_json(report.model_dump_json()) == report
    for language in ("fr", "en"):
        assert all(line.isprintable() for line in report.text(language).split("\n"))
    return report


@pytest.mark.parametrize("amount", UNREADABLE, ids=range(len(UNREADABLE)))
def test_an_amount_that_cannot_be_read_is_reviewed_and_never_counted(
    formulary: Formulary, amount: str
) -> None:
    started = time.monotonic()
    for name in (("Maginjectable", amount), f"Maginjectable {amount}", f"{amount} Maginjectable"):
        report = of_amount(formulary, name)
        assert report.verdict is Verdict.REVIEW
        assert {f.rule for f in report.findings} & {"name-read-in-part", "unrecognised-product"}
        [read] = report.products
        assert read.id is None or read.unread
        assert report.assessed.products == 0
        if report.composition is not None:
            assert report.composition.volume is None
            assert {content.quantity for content in report.composition.contents} <= {None}
    alone = of_amount(formulary, amount)
    assert alone.verdict is Verdict.REVIEW
    assert alone.products[0].id is None
    assert time.monotonic() - started < SECONDS


@pytest.mark.parametrize(("amount", "value"), READABLE.items(), ids=range(len(READABLE)))
def test_an_amount_that_is_written_in_an_unusual_way_is_what_it_looks_like(
    formulary: Formulary, amount: str, value: str | None
) -> None:
    volume = None if value is None else mesomix.Quantity.read(f"{value} mL")
    for name in (("Maginjectable", amount), f"Maginjectable {amount}"):
        report = of_amount(formulary, name)
        assert (report.composition and report.composition.volume) == volume
        assert bool(report.products[0].unread) is (value is None)


@pytest.mark.parametrize("amount", ["\u202e52 ml", "2\u202e5 ml", "\u206752 ml", "5\u03362 ml"])
def test_an_amount_whose_digits_are_shown_in_another_order_is_not_read(
    formulary: Formulary, amount: str
) -> None:
    for name in (("Maginjectable", amount), f"Maginjectable {amount}"):
        report = of_amount(formulary, name)
        assert report.verdict is Verdict.REVIEW
        assert report.composition is None or report.composition.volume is None


@pytest.mark.parametrize("amount", ["", " ", "\n", "\u200b", "…", "\u2205"])
def test_an_amount_that_is_none_is_asked_about(formulary: Formulary, amount: str) -> None:
    report = of_amount(formulary, ("Maginjectable", amount))
    assert report.verdict is Verdict.REVIEW
    assert report.products[0].unread


TEN_MEGABYTES: Final = [
    *("2 ml ", "9", "1/"),
    *(
        pytest.param(piece, marks=pytest.mark.slow)
        for piece in ("é ", "\x00", "\u202e", "½", "de ")
    ),
]


@pytest.mark.parametrize("piece", TEN_MEGABYTES)
def test_an_amount_of_ten_megabytes_is_reviewed_in_time(formulary: Formulary, piece: str) -> None:
    amount = piece * (10_000_000 // len(piece))
    started = time.monotonic()
    mixture = formulary.mixture(("Maginjectable", amount), f"Miorel {amount}", per_day=[amount])
    report = mesomix.check(mixture, formulary.patient(allergies=[]))
    assert report.verdict is Verdict.REVIEW
    assert report.assessed.products == 0
    assert report.text().startswith("? À REVOIR : ")
    assert time.monotonic() - started < SECONDS


def test_a_long_amount_is_shown_shortened(formulary: Formulary) -> None:
    report = mesomix.check(formulary.mixture(("Maginjectable", "2 ml " * 10_000)))
    assert len(report.text()) < 10_000


def test_many_amounts_are_added_in_time(formulary: Formulary) -> None:
    started = time.monotonic()
    names = [f"Laroscorbine {number / 100} ml" for number in range(1, 2001)]
    report = mesomix.check(formulary.mixture(*names, per_day=names))
    assert report.composition is not None
    assert report.composition.volume == mesomix.Quantity.read("20010 mL")
    assert time.monotonic() - started < SECONDS


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        *((value, "mL") for value in ("1e999999999", "9" * 10_000, "NaN", "-1", "", "\x00", "x")),
        *(("2", unit) for unit in ("", "ml", "\u202emL", "\ud800", "m" * 10_000, "mL\n")),
    ],
    ids=range(13),
)
def test_a_quantity_that_cannot_be_is_refused_in_one_short_line(value: str, unit: str) -> None:
    with pytest.raises(ValueError, match=r"^(the value of a quantity must be|no unit that)") as got:
        mesomix.Quantity(value, unit)
    assert str(got.value).isprintable()
    assert len(str(got.value)) < 200


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["known", "unknown", "mixed"])
def test_a_hundred_thousand_names_are_refused_in_time(formulary: Formulary, kind: str) -> None:
    known = names_of("products", "substances")
    names = {
        "known": [known[number % len(known)] for number in range(MANY)],
        "unknown": [f"zz {number:x}" for number in range(MANY)],
        "mixed": [known[n % len(known)] if n % 2 else f"zz {n:x}" for n in range(MANY)],
    }[kind]
    started = time.monotonic()
    # In decimals: a hexadecimal number may be the name of an allergen, such as a bee.
    allergies = [f"zz {number}" for number in range(0, MANY, 10)] if kind == "mixed" else []
    patient = formulary.patient(allergies=allergies, nothing_else=True)
    report = mesomix.check(formulary.mixture(*names), patient)
    assert report.verdict is Verdict.REFUSE
    assert "too-many-products" in {finding.rule for finding in report.findings}
    assert report.assessed.products_written == MANY
    assert report.assessed.allergies_written == len(allergies)
    assert len(report.text()) < 1_000_000
    assert time.monotonic() - started < SECONDS


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"\xff", "it is not UTF-8: byte 0"),
        (b"version = '\xe9'", "it is not UTF-8: byte 11"),
        ("version = '1'".encode("utf-16"), "it is not UTF-8: byte 0"),
        ("version = 'a\0'", "it is not TOML: "),
        ("= = =", "it is not TOML: "),
        ("[products]\n[products]", "it is not TOML: "),
        ("version = " + "9" * 5000, "it is not TOML: "),
        ("version = " + "[" * 1000 + "]" * 1000, "it is nested too deeply"),
        ("version = " + "{a=" * 1000 + "1" + "}" * 1000, "it is nested too deeply"),
        ("a" + ".a" * 100_000 + " = 1", "it is nested too deeply"),
    ],
    ids=range(10),
)
def test_a_file_that_is_no_toml_is_refused(
    tmp_path: Path, content: str | bytes, problem: str
) -> None:
    own = tmp_path / "own.toml"
    ((file, key, found),) = faults_of(own, content)
    assert (file, key) == (str(own), "")
    assert found.startswith(problem)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    ((file, _, _),) = faults_of(own, "")
    assert file == str(own)


def test_every_fault_of_a_file_is_named_by_its_key(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    content = OWN.format(hostile="").replace('"solution"', "0x" + "f" * 5000)
    content = content.replace("effects = []", 'effects = ["cure", 2]').replace("[1", "[x")
    content += '\n[conditions.sun]\nfr = 1\nbogus = 2\n[references."a\\u001bb"]\n'
    found = faults_of(own, content)
    assert {file for file, _, _ in found} == {str(own)}
    assert {key for _, key, _ in found} == {
        "products.zorg.effects[0]",
        "products.zorg.effects[1]",
        "products.zorg.specialties.zorgal.form",
        "conditions.sun.fr",
        "conditions.sun.en",
        "conditions.sun.source",
        "conditions.sun.checked",
        "conditions.sun.bogus",
        "references.a\x1bb (as a key)",
        "references.a\x1bb.title",
        "references.a\x1bb.checked",
    }


def test_the_sections_of_a_file_must_be_tables(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    found = faults_of(own, "version = 1.5\nproducts = 2\nconditions = []\nsubstances.x = 3\n")
    assert {key for _, key, _ in found} == {"version", "products", "conditions", "substances.x"}


def test_every_id_that_names_nothing_is_a_fault(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    content = OWN.format(hostile="").replace("chan", "nowhere").replace("procaine", "nothing")
    assert {key for _, key, _ in faults_of(own, content)} == {
        "conditions.moon.source",
        "products.zorg.source",
        "products.zorg.substances[0]",
        "products.zorg.specialties.zorgal.source",
        "products.zorg.specialties.zorgal.marketing.source",
    }


@pytest.mark.parametrize("nothing", ["---", "®", "…", "\u200b"])
def test_a_name_that_is_none_never_means_a_product(tmp_path: Path, nothing: str) -> None:
    own = tmp_path / "own.toml"
    content = OWN.format(hostile="").replace('brand = "Zorgal"', f'brand = "{nothing}"')
    ((file, key, _),) = faults_of(own, content)
    assert file == str(own)
    assert key.startswith("products.zorg")


@pytest.mark.parametrize(
    "path", ["absent.toml", ".", "", "a\0b", "a\nb\x1b[2J", "a" * 5000, "\udcff", "own.toml/x"]
)
def test_a_path_that_leads_to_no_file_is_refused(
    tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("own.toml").touch()
    with pytest.raises(DataError, match="it cannot be read") as raised:
        mesomix.load(path)
    # A folder is one without any of the three files.
    assert len(raised.value.faults) == (3 if path == "." else 1)
    assert all(line.isprintable() for line in str(raised.value).splitlines())
    assert main(["check", "Miorel", "--formulary", path]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert str(raised.value) in err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all files")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(OWN.format(hostile=""), encoding="utf-8")
    own.chmod(stat.S_IWUSR)
    with pytest.raises(DataError, match="it cannot be read"):
        mesomix.load(own)


def test_a_long_chain_of_implications_is_followed(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    chain = "".join(condition(n, f'"c{n + 1}"') for n in range(1500))
    own.write_text(OWN.format(hostile="") + chain + condition(1500), encoding="utf-8")
    loaded = mesomix.load(own)
    assert len(loaded.conditions["c0"].implied) == 1500


def test_a_web_of_implications_is_followed_in_time(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    web = "".join(condition(n, f'"c{n // 2 * 2 + 2}", "c{n // 2 * 2 + 3}"') for n in range(60))
    web += condition(60) + condition(61)
    own.write_text(OWN.format(hostile="") + web, encoding="utf-8")
    try:
        ended = process("check", "Zorgal", "--formulary", str(own))
    except subprocess.TimeoutExpired:
        pytest.fail("it takes time that doubles with each step")
    assert (ended.returncode, ended.stderr) == (3, b"")


def test_texts_of_a_formulary_reach_no_terminal_unescaped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.toml"
    own.write_text(OWN.format(hostile=ESCAPES), encoding="utf-8")
    asked = ["--formulary", str(own)]
    assert main(["check", "Zorgal", "--has", "moon", *asked]) == 3
    assert main(["check", "Zorgal", "--without", "moon", *asked]) == 3
    assert main(["products", *asked]) == 0
    out, _ = capsys.readouterr()
    assert "ZORGAL" in out
    assert all(line.isprintable() for line in out.split("\n"))


def test_a_terminal_without_the_letters_is_shown_their_escapes() -> None:
    asked = ["check", "Procaïne Lavoisier", "\u0440rocaine"]
    ended = process(*asked, env={"PYTHONIOENCODING": "ascii"})
    assert (ended.returncode, ended.stderr) == (3, b"")
    assert rb"Proca\xefne Lavoisier + \u0440rocaine" in ended.stdout
    ended = process("explain", "procaïne", env={"PYTHONIOENCODING": "ascii"})
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert rb"'proca\xefne'" in ended.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_json_is_json_in_any_encoding_of_the_terminal(encoding: str) -> None:
    asked = ["check", "Procaïne \U0001f600", "--output-format", "json"]
    ended = process(*asked, env={"PYTHONIOENCODING": encoding})
    assert (ended.returncode, ended.stderr) == (3, b"")
    assert json.loads(ended.stdout.decode())["products"][0]["written"] == "Procaïne \U0001f600"


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are bytes elsewhere only")
def test_arguments_that_are_no_text_are_shown_escaped() -> None:
    ended = process("check", b"\xffMiorel", "--allergy", b"\xfe")
    assert (ended.returncode, ended.stderr) == (3, b"")
    assert rb"\udcffMiorel" in ended.stdout
    for asked in (["explain", b"\xff"], ["check", "--has", b"\xff"], ["check", b"--\xff"]):
        ended = process(*asked)
        assert (ended.returncode, ended.stdout) == (2, b"")
        assert ended.stderr
        assert b"Traceback" not in ended.stderr


def test_a_reader_that_went_away_sees_no_traceback() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = process("products", stdout=writing)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (2, b"")


def test_a_closed_output_gives_no_traceback() -> None:
    ended = process("check", "Miorel", closed=True)
    assert b"Traceback" not in ended.stderr
    assert ended.returncode != 0
