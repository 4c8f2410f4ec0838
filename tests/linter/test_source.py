"""Files that cannot be read, each with the place at which that shows."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mesomix.linter import Diagnostic, LintReport, LintSeverity, Span, lint
from mesomix.linter.source import LARGEST_FILE, _deepest, read_source

Write = Callable[..., Path]


def the_only(report: LintReport) -> Diagnostic:
    (diagnostic,) = report.diagnostics
    return diagnostic


def unread(path: Path | str) -> Diagnostic:
    """The only finding of a file that nothing could be checked in."""
    report = lint(path, as_of=date(2026, 11, 21))
    assert report.status == 2
    assert report.not_checked["unknown-group"].en == "a file could not be read; see its error"
    assert "unknown-key" not in report.not_checked
    diagnostic = the_only(report)
    assert diagnostic.severity is LintSeverity.ERROR
    assert diagnostic.place.file == str(path)
    assert diagnostic.place.path == ()
    return diagnostic


def test_a_file_that_is_not_there_is_named_as_it_was_given(tmp_path: Path) -> None:
    diagnostic = unread(tmp_path / "nowhere.toml")
    assert diagnostic.rule == "unreadable-file"
    assert diagnostic.message.en == "the file cannot be read: there is none"
    assert diagnostic.place.span is None


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert unread(tmp_path).message.en == "the file cannot be read: it is a folder"


def test_a_path_with_a_nul_is_no_path() -> None:
    assert unread("a\0b.toml").message.en == "the file cannot be read: not a path"


def test_a_file_of_many_megabytes_is_not_read(write: Write) -> None:
    path = write(b"#" * (LARGEST_FILE + 1))
    assert unread(path).message.en == "the file cannot be read: it is larger than 32 MiB"
    assert unread(path).message.fr == "le fichier ne peut être lu : il dépasse 32 Mio"


def test_a_file_of_the_largest_size_is_read(write: Write) -> None:
    path = write(b"#" * LARGEST_FILE)
    assert the_only(lint(path)).rule == "no-product"


@pytest.mark.parametrize(
    ("content", "span", "byte", "excerpt"),
    [
        (b"\xff", Span(1, 1, 1, 2), 1, "\N{REPLACEMENT CHARACTER}"),
        (b'a = 1\nb = "\xc3\xa9\xe9"', Span(2, 7, 2, 8), 14, 'b = "é\N{REPLACEMENT CHARACTER}"'),
        (b"\xef\xbb\xbfa\xff", Span(1, 2, 1, 3), 5, "a\N{REPLACEMENT CHARACTER}"),
        (b"\xef\xbb\xbfa = \xe9", Span(1, 5, 1, 6), 8, "a = \N{REPLACEMENT CHARACTER}"),
    ],
)
def test_the_byte_that_is_not_utf_8_is_shown(
    content: bytes, span: Span, byte: int, excerpt: str, write: Write
) -> None:
    diagnostic = unread(write(content))
    assert diagnostic.rule == "not-utf-8"
    assert diagnostic.place.span == span
    assert diagnostic.message.en == f"byte {byte} is not UTF-8"
    assert diagnostic.place.excerpt in {excerpt, excerpt.partition("\N{REPLACEMENT CHARACTER}")[0]}


@pytest.mark.parametrize(
    ("text", "span", "excerpt"),
    [
        ('version = "1"\nfr = "open\n', Span(2, 11, 2, 12), 'fr = "open'),
        ("a = 1\r\na = 2\r\n", Span(2, 6, 2, 7), "a = 2"),
        ("\ufeffa = ", Span(1, 5, 1, 6), "a = "),
        ("é = 1", Span(1, 1, 1, 2), "é = 1"),
    ],
)
def test_what_is_no_toml_is_shown(text: str, span: Span, excerpt: str, write: Write) -> None:
    diagnostic = unread(write(text))
    assert diagnostic.rule == "invalid-toml"
    assert diagnostic.message.en.startswith("this is not TOML: ")
    assert diagnostic.place.span == span
    assert diagnostic.place.excerpt == excerpt


def test_what_is_nested_too_deeply_is_shown_where_it_is_deepest(write: Write) -> None:
    text = f'a = "[[[["\nb = {"[" * 5000}{"]" * 5000}\n'
    diagnostic = unread(write(text))
    assert diagnostic.message.en == "this is not TOML: it is nested too deeply"
    assert diagnostic.message.fr == "ce n'est pas du TOML : l'imbrication est trop profonde"
    assert diagnostic.place.span is not None
    assert diagnostic.place.span.line == 2


def test_a_number_of_too_many_digits_is_shown(write: Write) -> None:
    diagnostic = unread(write(f"a = 1\nb = {'1' * 5000}"))
    assert diagnostic.message.en == "this is not TOML: a number has too many digits"
    assert diagnostic.message.fr == "ce n'est pas du TOML : un nombre a trop de chiffres"
    assert diagnostic.place.span == Span(2, 5, 2, 6)


def test_an_unreadable_file_is_told_whatever_is_ignored(write: Write) -> None:
    path = write("=")
    assert lint(path, ignore=["error"]).status == 2
    assert the_only(lint(path, select=["look-alike-ids"])).rule == "invalid-toml"


def test_one_file_that_cannot_be_read_leaves_the_shapes_of_the_other(
    sound: str, write: Write
) -> None:
    wrong = write(sound.replace("brand =", "brandd ="), "a.toml")
    report = lint(wrong, write("=", "b.toml"))
    rules = [(d.rule, Path(d.place.file).name) for d in report.diagnostics]
    assert sorted(rules) == [
        ("invalid-toml", "b.toml"),
        ("unknown-key", "a.toml"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "column", "english"),
    [
        ("2026-11-21 }", "2026-11-21, }", 74, "a last comma in an inline table"),
        ("marketing = { ", "marketing = {\n", 14, "a new line in an inline table"),
        ('"Exemplar"', r'"\x45xemplar"', 10, "an escape \\e or \\xHH"),
    ],
)
def test_syntax_of_toml_1_1_is_an_error_and_the_rest_is_checked(
    old: str, new: str, column: int, english: str, sound: str, write: Write
) -> None:
    report = lint(write(sound.replace(old, new, 1)), as_of=date(2026, 11, 21))
    diagnostic = the_only(report)
    assert diagnostic.rule == "toml-1-1-syntax"
    assert diagnostic.message.en == f"syntax of TOML 1.1: {english}"
    assert diagnostic.place.span is not None
    assert diagnostic.place.span.column == column
    assert new.partition("\n")[0] in diagnostic.place.excerpt
    assert report.status == 1


def test_a_time_without_seconds_is_toml_1_1(sound: str, write: Write) -> None:
    wrong = sound.replace("checked = 2026-11-21", "checked = 2026-11-21T08:30", 1)
    rules = [d.rule for d in lint(write(wrong)).diagnostics]
    assert sorted(rules) == ["toml-1-1-syntax", "wrong-type"]


def test_a_byte_order_mark_is_no_fault(sound: str, write: Write) -> None:
    assert lint(write("\ufeff" + sound)).diagnostics == ()


def test_an_empty_file_has_no_product_and_can_be_read(write: Write) -> None:
    assert the_only(lint(write(""))).rule == "no-product"


def test_a_source_has_tables_or_a_failure(sound: str, write: Write) -> None:
    right = read_source(write(sound), name="a", given=True, number="0")
    wrong = read_source(write("="), name="b", given=True, number="1")
    assert (right.shaped is None, right.failure is None) == (False, True)
    assert (wrong.shaped is None, wrong.failure is None) == (True, False)


def test_brackets_in_texts_and_comments_are_not_nested() -> None:
    assert _deepest("a = '''[[['''\nb = \"[[[\" # [[[\nc = [[]]\nd = [1]\n") == 35
