"""Files that nobody meant as formulary data: each is judged, in every format, and none raises."""

import json
import os
import re
import sys
import tarfile
import threading
import time
from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import pytest
from faulty_data import SOUND

import mesomix
from mesomix import Language, LintReport
from mesomix.linter import LINT_RULES, source
from mesomix.linter.formats import FORMATS

DAY: Final = date(2026, 11, 21)
COMMANDS: Final = ("::error ", "::warning ", "::notice ", "::notice::", "mesomix lint: ")
NO_SUCH_THING: Final = ("wrong-type", "unknown-key", "no-product")

pytestmark = pytest.mark.slow

Judge = Callable[..., LintReport]


def check_formats(report: LintReport, languages: Iterable[Language] = Language) -> None:
    """Every format writes the report as what it is."""
    for language in languages:
        written = {name: made(report, LINT_RULES, language) for name, made in FORMATS.items()}
        for text in written.values():
            assert text.encode()
        problems = len(report.diagnostics)
        assert len(json.loads(written["json"])["diagnostics"]) == problems
        assert len(json.loads(written["sarif"])["runs"][0]["results"]) == problems
        assert len(json.loads(written["gitlab"])) == problems
        cases = ET.fromstring(written["junit"]).iter("testcase")  # noqa: S314 (our own)
        assert len([case for case in cases if len(case)]) == problems + len(report.not_checked)
        commands = written["github"].split("\n")
        assert all(line.startswith(COMMANDS) for line in commands)
        assert sum(line.startswith(COMMANDS[:3]) for line in commands) == problems
        for name in ("full", "concise", "github"):
            assert all(line.isprintable() for line in written[name].split("\n")), name


def check_spans(report: LintReport, file: Path, text: str) -> None:
    """Each span of a file begins in a line of it, or at most one column behind its end."""
    lines = text.removeprefix("\ufeff").split("\n")
    for found in report.diagnostics:
        span = found.place.span
        if span is not None and found.place.file == str(file):
            assert 1 <= span.line <= span.end_line <= len(lines)
            assert 1 <= span.column <= len(lines[span.line - 1]) + 1
            assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 2


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Lints a file of that content, and tries every format on the report, in French for speed."""

    def judged(content: bytes | str, name: str = "hostile.toml", **options: Any) -> LintReport:
        file = tmp_path / name
        data = content.encode() if isinstance(content, str) else content
        file.write_bytes(data)
        report = mesomix.lint(file, **options)
        assert report.files == (str(file),)
        check_spans(report, file, data.decode(errors="replace"))
        check_formats(report, [Language.FR])
        return report

    return judged


def rules_of(report: LintReport) -> list[str]:
    return [found.rule for found in report.diagnostics]


def place_of(report: LintReport) -> tuple[int, int]:
    """The line and column of the only problem."""
    (found,) = report.diagnostics
    assert found.place.span is not None
    return found.place.span.line, found.place.span.column


# --- The public corpus ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def corpus() -> dict[str, bytes]:
    """The files that toml-test has for TOML 1.0, by name: tomlkit's source archive holds them."""
    folder = Path(sys.prefix) / "share" / "toml-test"
    archive = next(iter(sorted(folder.glob("tomlkit-*.tar.gz"))), None)
    if archive is None:
        pytest.skip("the archive of requirements/toml-test.txt is absent: make test fetches it")
    files: dict[str, bytes] = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            name = member.name.partition("/toml-test/tests/")[2]
            content = tar.extractfile(member) if name else None
            if content is not None:
                files[name] = content.read()
    listed = files["files-toml-1.0.0"].decode().split()
    return {name: files[name] for name in listed if name.endswith(".toml")}


def test_no_invalid_file_of_toml_test_passes(corpus: dict[str, bytes], judge: Judge) -> None:
    invalid = {name: data for name, data in corpus.items() if name.startswith("invalid/")}
    newer: list[str] = []
    for name, content in invalid.items():
        report = judge(content)
        assert any(found.place.span for found in report.diagnostics), name
        if report.status != 2:
            newer.append(name)
            assert report.status == 1
            assert "toml-1-1-syntax" in rules_of(report), name
    assert len(invalid) == 473
    assert len(newer) == 9, newer


def test_a_valid_file_of_toml_test_is_read_and_is_no_formulary(
    corpus: dict[str, bytes], judge: Judge
) -> None:
    valid = {name: data for name, data in corpus.items() if name.startswith("valid/")}
    for name, content in valid.items():
        report = judge(content, as_of=DAY)
        assert report.status == 1, name
        # A value in the place of all products is a problem of its own.
        # So is a key that is nearly "products".
        assert {"no-product", "wrong-type", "unknown-key"} & set(rules_of(report)), name
        assert not {"invalid-toml", "not-utf-8", "toml-1-1-syntax"} & set(rules_of(report)), name
    assert len(valid) == 205


# --- Size and depth -----------------------------------------------------------------------------


def test_a_file_beyond_the_limit_is_not_read(judge: Judge) -> None:
    report = judge(b"# " * (25 * 1024 * 1024))
    assert rules_of(report) == ["unreadable-file"]
    assert "32 MiB" in report.diagnostics[0].message.en
    assert report.status == 2


@pytest.mark.parametrize(
    ("piece", "end", "status"),
    [
        (b"# a comment, and then another one\n", b"", 0),
        (b"xxxxxxxx", b"", 0),
        (b"[[[[[[[[", b"", 2),
        (b'"""\n', b"", 2),
    ],
    ids=["comments", "one comment", "brackets", "quotes"],
)
def test_a_file_just_below_the_limit_is_judged_in_seconds(
    judge: Judge, piece: bytes, end: bytes, status: int
) -> None:
    begin = SOUND.encode() + (b"a = [" if status else b"# ")
    count = (source.LARGEST_FILE - len(begin) - len(end)) // len(piece)
    begun = time.process_time()
    report = judge(begin + piece * count + end)
    assert report.status == status
    assert time.process_time() - begun < 30


@pytest.mark.parametrize("depth", [10, 100, 400])
@pytest.mark.parametrize(
    ("opening", "inner", "closing"), [("[", "", "]"), ("{a = ", "1", "}")], ids=["array", "table"]
)
@pytest.mark.parametrize("key", ["a", "products", "[products.a]\nfr", "suppressions"])
def test_what_tomli_reads_is_judged_however_deep(
    judge: Judge, key: str, opening: str, inner: str, closing: str, depth: int
) -> None:
    report = judge(f"{key} = {opening * depth}{inner}{closing * depth}")
    assert report.status == 1
    assert set(NO_SUCH_THING) & set(rules_of(report))


@pytest.mark.parametrize("depth", [500, 100_000])
@pytest.mark.parametrize(
    ("opening", "closing"), [("[", "]"), ("{a = ", "}"), ("[", ""), ("{a = ", "")]
)
def test_what_is_nested_too_deeply_is_pointed_at(
    judge: Judge, opening: str, closing: str, depth: int
) -> None:
    report = judge(f"a = {opening * depth}{closing * depth}")
    assert rules_of(report) == ["invalid-toml"]
    assert "deeply" in report.diagnostics[0].message.en
    assert place_of(report) == (1, 5 + (depth - 1) * len(opening))
    assert report.status == 2


@pytest.mark.parametrize("depth", [400, 500, 900])
@pytest.mark.parametrize("form", ["{} = 1", "[{}]", "[[{}]]", "[products.{}]", "[products]\n{}=1"])
def test_a_long_dotted_key_is_judged(judge: Judge, form: str, depth: int) -> None:
    assert judge(form.format(".".join("a" * depth))).status in {1, 2}


def test_a_dotted_key_of_100_000_parts_is_judged(judge: Judge) -> None:
    assert judge(".".join("a" * 100_000) + " = 1").status == 2


@pytest.mark.parametrize("piece", ['"\\', '"', "'", '"""', "'''", '"""\\', "'''\n'", "#", '"\n'])
def test_the_deepest_bracket_is_found_in_linear_time(judge: Judge, piece: str) -> None:
    begun = time.process_time()
    report = judge("a = " + "[" * 1000 + piece * 30_000)
    assert report.status == 2
    assert time.process_time() - begun < 1.5


def mistakes(kind: str, count: int) -> str:
    """A file with so many mistakes of a kind."""
    numbered = range(count)
    match kind:
        case "unknown keys":
            return SOUND + "".join(f"k{i} = 1\n" for i in numbered)
        case "empty products":
            return "".join(f"[products.p{i}]\nfr = 'a{i}'\n" for i in numbered)
        case "unknown ids":
            return SOUND + "".join(
                "[[substances.exemplin.contraindications]]\n"
                f"condition = 'c{i}'\nseverity = 'refuse'\nsource = 'leaflet'\n"
                "checked = 2026-11-21\n"
                for i in numbered
            )
        case "malformed ids":
            return "".join(
                f"[products.P{i}]\nfr = 'a'\nen = 'b'\nsubstances = ['X{i}']\neffects = ['no']\n"
                "source = 'bdpm'\nchecked = 2026-11-21\n"
                for i in numbered
            )
        case "unused suppressions":
            return SOUND + "".join(
                f"[[suppressions]]\nfinding = 'form-not-injected'\nat = 'products.p{i}'\n"
                "reason = 'a'\nauthor = 'b'\nexpires = 2027-11-21\n"
                for i in numbered
            )
        case _:
            return SOUND.replace(
                'effects = ["draining"]', f"effects = [{', '.join(['1'] * count)}]"
            )


@pytest.mark.parametrize(
    "kind",
    [
        "unknown keys",
        "empty products",
        "unknown ids",
        "malformed ids",
        "unused suppressions",
        "wrong elements",
    ],
)
def test_ten_times_the_mistakes_take_about_ten_times_as_long(tmp_path: Path, kind: str) -> None:
    took: list[float] = []
    for count in (200, 2_000):
        file = tmp_path / f"{count}.toml"
        file.write_text(mistakes(kind, count), encoding="utf-8")
        begun = time.process_time()
        report = mesomix.lint(file, as_of=DAY)
        took.append(time.process_time() - begun)
        assert len(report.diagnostics) >= count
        assert report.status == 1
    assert took[1] < 30 * took[0] + 0.5, took


# --- Values -------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["a", "products", "[products.a]\nchecked", "[products.a]\nfr"])
@pytest.mark.parametrize(
    "number", ["9" * 4_300, "0x" + "f" * 100_000, "1e999999999", "9" * 5_000 + ".0", "-nan", "inf"]
)
def test_a_number_of_any_size_is_no_data(judge: Judge, key: str, number: str) -> None:
    report = judge(f"{key} = {number}")
    assert report.status == 1
    assert {"wrong-type", "unknown-key"} & set(rules_of(report))


@pytest.mark.parametrize("sign", ["", "-", "+"])
def test_an_integer_that_python_does_not_read_is_pointed_at(judge: Judge, sign: str) -> None:
    report = judge(f"# a comment\na = {sign}{'9' * 5_000}")
    assert rules_of(report) == ["invalid-toml"]
    assert "too many digits" in report.diagnostics[0].message.en
    assert place_of(report) == (2, 5 + len(sign))
    assert report.status == 2


@pytest.mark.parametrize(
    "day", ["99999-01-01", "0000-00-00", "2026-02-30", "2026-11-21T00:00:00+99:99", "23:59:60"]
)
def test_a_day_that_there_is_not_is_no_toml(judge: Judge, day: str) -> None:
    report = judge(SOUND.replace("checked = 2026-11-21", f"checked = {day}", 1))
    assert rules_of(report) == ["invalid-toml"]
    assert place_of(report)[0] == 6


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("as_of", [date.min, DAY, date.max, None])
@pytest.mark.parametrize("max_age", [0, 365, 999_999_999])
def test_the_first_and_the_last_day_are_days(
    judge: Judge, day: str, as_of: date | None, max_age: int
) -> None:
    report = judge(SOUND.replace("2026-11-21", day), as_of=as_of, max_age=max_age)
    assert ("stale-fact" in report.not_checked) == (as_of is None)
    assert not {"invalid-toml", "wrong-type"} & set(rules_of(report))


def test_a_fraction_of_a_second_may_have_any_length(judge: Judge) -> None:
    report = judge(SOUND.replace("checked = 2026-11-21", f"checked = 00:00:00.{'9' * 50_000}", 1))
    assert "wrong-type" in rules_of(report)


VALUES: Final = [
    '""',
    '" "',
    r'"\u0000"',
    '"{x}{0.__class__}"',
    '"stand-in-00-1"',
    '"%s%n"',
    f'"{"k" * 10_000}"',
    f'"{"é" * 600}"',
    '"\u0301"',
    r'"\uFFFE\u202E"',
    r'"a\n::error::b"',
    '"]]>"',
    "1",
    "nan",
    "[]",
    "[[[]]]",
    "{}",
    "{a = {}}",
    '[1, "a", {}]',
    "true",
    "0001-01-01",
    "2026-11-21T00:00:00Z",
]


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_any_value_may_stand_in_the_place_of_any_other(tmp_path: Path, value: str) -> None:
    file = tmp_path / "changed.toml"
    lines = {found[0]: found for found in re.finditer(r"^\w+ = (.*)$", SOUND, re.MULTILINE)}
    assert len(lines) > 20
    before = set(rules_of(mesomix.lint(written(file, SOUND), as_of=DAY)))
    told: set[str] = set()
    for match in lines.values():
        text = SOUND[: match.start(1)] + value + SOUND[match.end(1) :]
        report = mesomix.lint(written(file, text), as_of=DAY)
        check_spans(report, file, text)
        if not told.issuperset(rules_of(report)):  # each rule once in each format is enough
            check_formats(report, [Language.EN])
            told |= set(rules_of(report))
    assert told - before


def written(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


# --- Encodings ----------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "cp1252", "utf-16-le", "utf-16-be"])
def test_another_encoding_is_never_read_as_utf_8(judge: Judge, encoding: str) -> None:
    report = judge(f"# formulaire privé\n{SOUND}".encode(encoding))
    assert rules_of(report) == ["not-utf-8"]
    assert report.status == 2


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_of_ascii_alone_is_utf_8_with_nuls_and_no_toml(judge: Judge, encoding: str) -> None:
    report = judge(SOUND.encode(encoding))
    assert rules_of(report) == ["invalid-toml"]
    assert place_of(report)[0] == 1


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_byte_order_mark_and_the_newlines_of_windows_change_nothing(
    judge: Judge, newline: str, mark: str
) -> None:
    wrong = SOUND.replace("draining", "drainage")
    report = judge(mark + wrong.replace("\n", newline))
    spans = {found.rule: found.place.span for found in report.diagnostics}
    plain = {found.rule: found.place.span for found in judge(wrong).diagnostics}
    assert spans == plain
    assert "unknown-effect" in spans


@pytest.mark.parametrize(
    ("content", "rule", "place"),
    [
        (b"\xef\xbb\xbf" * 2 + b"a = 1", "invalid-toml", (1, 1)),
        (b"a = 1\n\xef\xbb\xbfb = 1", "invalid-toml", (2, 1)),
        (b"a = 1\n\0", "invalid-toml", (2, 1)),
        (b'a = "\0"', "invalid-toml", (1, 6)),
        (b"\0" * 1_000, "invalid-toml", (1, 1)),
        (b"a = 1\rb = 2\r", "invalid-toml", (1, 6)),
        (b'a = "\\ud800"', "invalid-toml", (1, 12)),
        (b'a = "\\U00110000"', "invalid-toml", (1, 16)),
        (b'a = "\xed\xa0\x80"', "not-utf-8", (1, 6)),
        (b'# \xc3\xa9\na="\xc0\x80"', "not-utf-8", (2, 4)),
        (b'\xef\xbb\xbfa = "\xff"', "not-utf-8", (1, 6)),
        (b'\xef\xbb\xbfa = "\xc3\xa9\xc3\xa9\xff"', "not-utf-8", (1, 8)),
    ],
    ids=repr,
)
def test_a_byte_that_has_no_place_in_toml_is_pointed_at(
    judge: Judge, content: bytes, rule: str, place: tuple[int, int]
) -> None:
    report = judge(content)
    assert rules_of(report) == [rule]
    assert place_of(report) == place
    assert report.status == 2


@pytest.mark.parametrize("content", ["", "\n", " \t", "# nothing\n# at all", "\ufeff", "\r\n\r\n"])
def test_a_file_without_a_table_is_no_formulary(judge: Judge, content: str) -> None:
    report = judge(content)
    assert rules_of(report) == ["no-product"]
    assert report.status == 1


# --- Names and keys -----------------------------------------------------------------------------

NAMES: Final = [
    b"a\nb.toml",
    b"::error file=x::y.toml",
    b"\n::error::z.toml",
    b"a\r::warning::x.toml",
    b"##[error]x.toml",
    b"a%0A::error::b.toml",
    b"%25.toml",
    b"a,b:c=d.toml",
    b"\xe2\x80\xaelmot.toml",
    b"\xc2\x85\xe2\x80\xa8.toml",
    b"\xff\xfe\x80.toml",
    b"\x1b[31m\x07.toml",
    b"<&\">]]>'.toml",
    b"{x}{0}.toml",
    b"](javascript:a).toml",
    b"-.toml",
    b" ",
    b"a" * 255,
]


@pytest.mark.parametrize("name", NAMES, ids=[repr(name[:20]) for name in NAMES])
@pytest.mark.parametrize("content", [SOUND.replace("draining", "drainage"), "a = "])
def test_the_name_of_a_file_is_nothing_but_a_name(judge: Judge, name: bytes, content: str) -> None:
    report = judge(content, os.fsdecode(name))
    assert {"unknown-effect", "invalid-toml"} & set(rules_of(report))
    assert {Path(found.place.file).name for found in report.diagnostics} == {os.fsdecode(name)}
    check_formats(report, [Language.EN])


KEYS: Final = [
    '""',
    '" "',
    '"a.b"',
    r'"a\"b"',
    "'a\"b'",
    r'"a\u001bb"',
    r'"a\nb"',
    r'"\n::error::a"',
    r'"\u0000"',
    r'"\u202e"',
    '"%0A::error::a"',
    '"]]>"',
    '"{x}{0.__class__}"',
    '"__proto__"',
    "constructor",
    "__class__",
    "__init__",
    "model_config",
    "model_fields",
    '"[0]"',
    '"[key]"',
    "0",
    "stand-in-00-1",
    "stand-in-20-0",
    "k" * 10_000,
    f'"{"é" * 10_000}"',
]
FORMS: Final = [
    "{key} = 1",
    "[{key}]",
    "[[{key}]]",
    "[products.{key}]",
    "[products.a.{key}]",
    "[products.a.specialties.{key}]\nname = {key_as_text}",
    "[products.{key}.specialties.{key}.{key}]\n{key} = 1",
    "[[suppressions]]\nfinding = {key_as_text}\nat = {key_as_text}\n{key} = 1",
    "[products.a]\nfr = {key_as_text}\nsubstances = [{key_as_text}]\neffects = [{key_as_text}]",
    "[references.{key}]\ntitle = {key_as_text}\ndate = {key_as_text}\nchecked = 2020-01-01",
    "[substances.{key}]\nen = {key_as_text}\natc = [{key_as_text}]\ngroups = [{key_as_text}]",
]


@pytest.mark.parametrize("key", KEYS, ids=[key[:20] for key in KEYS])
def test_any_key_is_judged_wherever_it_stands(judge: Judge, key: str) -> None:
    as_text = key if key[0] in "\"'" else f'"{key}"'
    for form in FORMS:
        report = judge(form.format(key=key, key_as_text=as_text), as_of=DAY)
        assert report.status == 1
        assert len(report.diagnostics) >= 2 or rules_of(report) == ["no-product"]


@pytest.mark.parametrize("length", [60, 501, 10_000])
@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ('substances = ["exemplin"]', "unknown-substance"),
        ('condition = "gout"', "unknown-condition"),
        ('groups = ["exemplins"]', "unknown-group"),
        ('source = "leaflet"', "unknown-reference"),
    ],
)
def test_an_id_of_any_length_that_names_nothing_is_unknown(
    judge: Judge, written: str, rule: str, length: int
) -> None:
    changed = re.sub('"[a-z]+"', f'"{"k" * length}"', written)
    assert written in SOUND
    report = judge(SOUND.replace(written, changed))
    assert rule in rules_of(report)
    assert all(len(found.message.en) < 300 for found in report.diagnostics)


@pytest.mark.parametrize("word", ["stand-in-00-1", "stand-in-20-0", "stand-in-20-1"])
def test_an_id_that_looks_like_a_stand_in_is_an_id(judge: Judge, word: str) -> None:
    text = SOUND.replace("products.exemplin", f"products.{word}")
    report = judge(text + 'wrong = 1\nroutes-of-old = ""\n')
    assert f"products.{word}" in {".".join(map(str, d.place.path[:2])) for d in report.diagnostics}
    unknown = judge(SOUND.replace('substances = ["exemplin"]', f'substances = ["{word}"]'))
    assert any(d.rule == "unknown-substance" and word in d.message.en for d in unknown.diagnostics)


# --- What is no file ----------------------------------------------------------------------------


def unreadable(path: str | Path) -> LintReport:
    """The report of a path that cannot be read."""
    report = mesomix.lint(path)
    assert rules_of(report) == ["unreadable-file"]
    assert report.diagnostics[0].place.span is None
    assert report.status == 2
    assert {rule.id for rule in LINT_RULES if rule.function} <= report.not_checked.keys()
    check_formats(report)
    return report


@pytest.mark.parametrize(
    "path", ["absent.toml", "a\0b.toml", ".", "/", "", "a" * 5_000, "absent/a.toml", "-", "\ud800"]
)
def test_what_is_no_file_could_not_be_checked(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    unreadable(path)


def test_a_link_to_itself_could_not_be_checked(tmp_path: Path) -> None:
    link = tmp_path / "loop.toml"
    link.symlink_to(link)
    unreadable(link)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads every file")
def test_a_file_without_permission_could_not_be_checked(tmp_path: Path) -> None:
    file = tmp_path / "secret.toml"
    file.write_text(SOUND, encoding="utf-8")
    file.chmod(0)
    assert "ermission" in unreadable(file).diagnostics[0].message.en


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError()])
def test_whatever_the_system_answers_could_not_be_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    file = tmp_path / "secret.toml"
    file.write_text(SOUND, encoding="utf-8")
    opened = Path.open

    def refused(self: Path, *arguments: Any, **options: Any) -> Any:
        if self == file:
            raise error
        return opened(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", refused)
    unreadable(file)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    text = SOUND.replace("draining", "drainage")
    writer = threading.Thread(target=pipe.write_text, args=(text, "utf-8"), daemon=True)
    writer.start()
    report = mesomix.lint(pipe)
    writer.join(10)
    assert "unknown-effect" in rules_of(report)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
def test_a_file_without_an_end_is_read_to_the_limit_only() -> None:
    assert "32 MiB" in unreadable("/dev/zero").diagnostics[0].message.en


# --- Several files ------------------------------------------------------------------------------


def test_one_unreadable_file_does_not_hide_the_others(tmp_path: Path) -> None:
    file = written(tmp_path / "own.toml", SOUND.replace("draining", "drainage"))
    report = mesomix.lint(tmp_path / "absent.toml", file)
    assert report.status == 2
    assert {"unreadable-file", "unknown-effect"} <= set(rules_of(report))
    assert report.files == (str(tmp_path / "absent.toml"), str(file))
    check_formats(report)


def test_the_same_path_twice_is_one_file(tmp_path: Path) -> None:
    file = written(tmp_path / "own.toml", SOUND)
    once, twice = mesomix.lint(file), mesomix.lint(file, str(file), f"{tmp_path}/./own.toml")
    assert twice.diagnostics == once.diagnostics
    assert twice.files == once.files


def test_a_shipped_file_is_the_shipped_one_by_any_path(tmp_path: Path) -> None:
    shipped = Path(mesomix.lint().files[-1]).resolve()
    link = tmp_path / "link.toml"
    link.symlink_to(shipped)
    expected = [(d.rule, d.place.span) for d in mesomix.lint(shipped).diagnostics]
    assert expected
    for path in (link, shipped.parent / ".." / shipped.parent.name / shipped.name):
        assert [(d.rule, d.place.span) for d in mesomix.lint(path).diagnostics] == expected


def test_fingerprints_of_many_equal_mistakes_differ(judge: Judge) -> None:
    report = judge(mistakes("wrong elements", 200))
    marks = sorted(found.fingerprint for found in report.diagnostics)
    assert all(one != other for one, other in pairwise(marks))
