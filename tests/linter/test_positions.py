"""Positions of keys and values, held against what tomli reads from the same text."""

import contextlib
import re
import sys
import tarfile
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path as FilePath
from random import Random
from typing import Any, Final

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from mesomix.linter.diagnostic import Path, Span
from mesomix.linter.positions import Positions

# --- The oracle -----------------------------------------------------------------------------


def every_path(data: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
    """Each path of what tomli read, with its value; without recursion, for deep arrays."""
    waiting: list[tuple[Path, Any]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if path:
            yield path, value
        if isinstance(value, dict):
            waiting += [((*path, step), child) for step, child in value.items()]
        elif isinstance(value, list):
            waiting += [((*path, step), child) for step, child in enumerate(value)]


def cut(text: str, span: Span) -> str:
    """The stretch of a text that a span is, by counting lines."""
    lines = text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


def names_in(key: str) -> Path:
    """The parts of a written key, as tomli reads it."""
    names: list[str] = []
    found: Any = tomli.loads(f"{key} = 0")
    while found != 0:
        ((name, found),) = found.items()
        names.append(name)
    return tuple(names)


def check_key(text: str, positions: Positions, path: Path) -> None:
    """The key of a path reads as its last step; that of an element is its value."""
    span = positions.key(path)
    assert span is not None, path
    if isinstance(path[-1], int):
        assert span == positions.value(path)
    else:
        assert names_in(cut(text, span)) == path[-1:]


def check_value(text: str, positions: Positions, path: Path, value: object) -> None:
    """A value that is written reads as itself; a table of headers has a key that leads to it."""
    span = positions.value(path)
    assert span is not None, path
    written = positions.text_of(path)
    if written is None:
        assert isinstance(value, (dict, list))
        names = names_in(cut(text, span))
        assert names == tuple(step for step in path if isinstance(step, str))[-len(names) :]
    else:
        assert written == cut(text, span)
        # As text, in which NaN is itself and True is not 1.
        assert repr(tomli.loads(f"v = {written}")["v"]) == repr(value)


def check(text: str) -> None:
    """Everything that tomli reads has its own place in the text."""
    positions = Positions(text)
    scalars: set[Span] = set()
    for path, value in every_path(tomli.loads(text)):
        check_key(text, positions, path)
        check_value(text, positions, path, value)
        span = positions.value(path)
        assert span is not None
        assert positions.nearest(path) == span
        assert positions.nearest(path, at_key=True) == positions.key(path)
        assert positions.nearest((*path, "not there", 0), at_key=True) == span
        assert positions.key((*path, "not there")) is None
        assert text.split("\n")[span.line - 1].removesuffix("\r") == positions.line(span.line)
        if not isinstance(value, (dict, list)):
            assert span not in scalars
            scalars.add(span)


def scalars_of(data: dict[str, Any]) -> dict[Path, str]:
    """What is neither a table nor an array, or is an empty one; as text, as NaN is not itself."""
    return {
        path: repr(value)
        for path, value in every_path(data)
        if not (value and isinstance(value, (dict, list)))
    }


def is_toml(reader: Callable[[str], object], text: str) -> bool:
    """Whether tomli or tomllib reads a text."""
    try:
        reader(text)
    except ValueError:
        return False
    return True


needs_old_tomllib = pytest.mark.skipif(
    is_toml(tomllib.loads, "a = {\n}"), reason="the tomllib of this Python reads TOML 1.1"
)

# --- Documents ------------------------------------------------------------------------------

DOCUMENTS: Final = {
    "nothing": "",
    "blank lines": "\n \t\n\n",
    "comment without a newline": "# only this",
    "comments everywhere": '# a\n\n  # b\n[t] # c "]\nk = 1 # d = 2\n# e\nl = [ # f ]\n1,\n]# g\n',
    "no newline at the end": "a = 1",
    "blanks at the end": "a = 1 \t",
    "comment at the end": "a = 1 #",
    "simple lines": 'a = "x"\nb = 1\nc = true\nd = 1.5\ne = 1979-05-27\n',
    "no blanks": 'a="x"\nb=1\n[c]\nd=[1,2]\n[e.f]\n',
    "many blanks": '\t a \t=\t "x"\t \n  [ \t b . c\t] \t\n\t\td\t=  1\n [[\te\t]]\n',
    "strings": 'a = "x"\nb = \'y\'\nc = ""\nd = \'\'\ne = "#"\nf = \'"\'\ng = "\'"\n',
    "string like a statement": 'a = "b = 1"\nc = """\n[d]\ne = 2\n"""\nf = \'\'\'\n[[g]]\n\'\'\'\n',
    "escapes": r'a = "\b\t\n\f\r\"\\\u00e9\U0001F600"' + "\n" + r'b = "\\"' + '\nc = "\\\\\\""\n',
    "escapes of 1.1": r'a = "\e[0m"' + "\n" + r'"\x41" = "\xe9\\xzz"' + '\nc = """\n\\e"""\n',
    "backslashes that are no escape of 1.1": "a = \"\\\\e\"\nb = '\\e'\nc = '''\\x41'''\n",
    "literal with backslashes": "a = 'C:\\new\\x'\nb = '''\\'''\n",
    "long basic string": 'a = """one\ntwo"""\nb = """\nthree\n"""\nc = """"""\n',
    "long basic string with quotes": 'a = """"x""""\nb = """""x"""""\nc = """ "" "\\""" """\n',
    "long basic string of quotes": 'a = """"""""\nb = """""""\nc = [""""""""]\n',
    "long basic string over lines": 'a = """\\\n   x \\\n\n  y\\\\\n"""\nb = 1\n',
    "long literal string": "a = '''one\ntwo'''\nb = '''\nthree\n'''\nc = ''''''\n",
    "long literal string with quotes": "a = ''''x''''\nb = '''''x'''''\nc = ''' '' ' '''\n",
    "long literal string of quotes": "a = ''''''''\nb = '''''''\nc = ['''''''']\n",
    "long strings in an array": "a = [\"\"\"\n[1,\"\"\"\n, '''],\n''']\nb = 1\n",
    "unicode": 'a = "é😀\u2028\u0085\xa0" # é\nb = "\u200b"\n"é" = 1\n\'😀\' = 2\n',
    "integers": "a = 0\nb = +1\nc = -17\nd = 1_000\ne = 0xdead_BEEF\nf = 0o755\ng = 0b1101\n",
    "floats": "a = 1.0\nb = -0.1\nc = 5e+22\nd = 1E6\ne = 6.626e-34\nf = 1_0.0_1\ng = -0.0\n",
    "no numbers": "a = inf\nb = -inf\nc = +inf\nd = nan\ne = -nan\nf = +nan\ng = [nan, inf]\n",
    "booleans": "a = true\nb = false\nc = [true, false]\n",
    "dates": "a = 1979-05-27\nb = 1979-05-27T07:32:00Z\nc = 1979-05-27 07:32:00.5\n",
    "dates with offsets": "a = 1979-05-27t07:32:00z\nb = 1979-05-27 00:32:00.999999-07:00\n",
    "dates among others": "a = [1979-05-27 , 1979-05-27 07:32:00 ,07:32:00]\nb = 1979-05-27 # c\n",
    "date before a comment": "a = 1979-05-27 #07:32:00\nb = {c = 1979-05-27 }\n",
    "times": "a = 07:32:00\nb = 00:32:00.999999\n",
    "times without seconds": "a = 07:32\nb = 1979-05-27 07:32\nc = 1979-05-27T07:32Z\n",
    "times without seconds inside": "a = [07:32, 1979-05-27 07:32+01:00]\nb = {c = 07:32}\n",
    "strings like times": "a = \"07:32\"\nb = '07:32'\n07 = '1979-05-27T07:32'\n",
    "keys like values": "1 = 1\ntrue = 2\ninf = 3\n1979-05-27 = 4\n-1 = 5\n_ = 6\n- = 7\n",
    "dotted number": "1.2 = 3\n1.3.4 = 5\n",
    "empty keys": '"" = 1\n[a]\n\'\' = 2\n[b.""]\n"" = 3\n[c.\'\'.d]\n"".e = 4\n',
    "quoted keys": '"a b" = 1\n\'c d\' = 2\n"e.f" = 3\n\'g"h\' = 4\n"i=j" = 5\n"#]" = 6\n',
    "quoted keys with escapes": r'"a\"b" = 1'
    + "\n"
    + r'"\u00e9".c = 2'
    + "\n[\"\\\\\".'\\\\']\nd = 3\n",
    "quoted bare keys": "\"a\".b = 1\n'a'.c = 2\n[\"d\"]\n[d.'e']\n",
    "dotted keys": "a.b = 1\na.c.d = 2\na.c.e = 3\nf.g = 4\n",
    "dotted keys with blanks": 'a . b = 1\na\t.\t"c d"  .\'e\' = 2\n[ f . g ]\n[[ h . "i" ]]\n',
    "dotted keys in tables": "[a]\nb.c = 1\nb.d.e = 2\n[a.f]\nb.c = 3\n",
    "a table below dotted keys": "[a]\nb.c = 1\nb.d.e = 2\n[a.b.f]\ng = 3\n",
    "headers": "[a]\nk = 1\n[b]\n[c]\nk = 2\n",
    "headers in disorder": "[a.b.c]\nk = 1\n[d]\n[a]\nk = 2\n[a.b]\nk = 3\n",
    "super-tables": "[a.b.c]\n[a.b.d]\n[a.e]\n",
    "headers without a newline": "[a.b]",
    "array": "a = [1, 2, 3]\nb = []\nc = [ ]\nd = [1,]\ne = [ 1 , ]\n",
    "array over lines": "a = [\n  1,\n\n  2 # c, ]\n  , 3\n]\nb = [\n]\nc = [ # d\n]\n",
    "array of strings": 'a = ["]", \'[\', """]""", \',\', "#"]\nb = 1\n',
    "arrays in arrays": "a = [[1, 2], [], [[3], [[]]]]\nb = [[\n1],\n[2]]\n",
    "mixed array": 'a = [1, "x", 1.5, true, [1], {b = 1}, 1979-05-27]\n',
    "equal values": "a = [1, 1, 1]\nb = 1\nc = {d = 1, e = 1}\n",
    "inline table": "a = {}\nb = { }\nc = {d = 1}\ne = {f = 1, g = 'x' , h = [] }\n",
    "inline tables inside": "a = {b = {c = {}}, d = [{e = 1}, {e = 2}]}\nf = [{}, {g = [{}]}]\n",
    "inline table with dotted keys": "a = {b.c = 1, b.d.e = 2, \"f g\".'h' = 3}\ni.j = {k.l = 4}\n",
    "inline table with quotes": "a = {\"}\" = '{', '\"' = \"}\", b = '''},'''}\nc = 1\n",
    "newlines within values of inline tables": 'a = {b = [\n1, # c\n2,\n], d = """\n,"""}\n',
    "newlines in inline tables": "a = {\n  b = 1,\n\n  c = 2\n}\nd = {\n}\ne = {f = {\n}}\n",
    "comments in inline tables": "a = { # b, c\n  d = 1 # e\n  , # f\n  g = 2 # },\n}\n",
    "trailing commas in inline tables": "a = {b = 1,}\nc = [{d = {e = 1 , } , } , ]\n",
    "arrays of tables": "[[a]]\nb = 1\n[[a]]\n[[a]]\nb = 2\n",
    "array of tables, one": "[[a.b.c]]\n",
    "array of tables with sub-tables": "[[a]]\n[a.b]\nc = 1\n[a.d.e]\n[[a]]\n[a.b]\nc = 2\n",
    "array of tables in itself": "[[a]]\n[[a.b]]\nc = 1\n[[a.b]]\n[[a]]\n[[a.b]]\n[[a.b.d]]\n",
    "array of tables in a table": "[a]\nb = 1\n[[a.c]]\nd.e = 2\n[[a.c]]\n[a.f]\n[[a.c]]\n",
    "array of tables below super-tables": "[[a.b]]\n[a]\nc = 1\n[[a.b]]\nd = 2\n",
    "array of tables with dotted keys": "[[a]]\nb.c = [1]\n[[a]]\nb.c = [2, {d = 3}]\n",
    "comments of headers": "[a] # [b]\n[[c]]# [[d]]\ne = 1\n",
    "brackets in headers": "[\"]\"]\na = 1\n[']'.'[[']\n[[\"]]\"]]\n",
    "like the data": (
        '[products.miorel]\nfr = "thiocolchicoside"\neffects = ["relaxant"]\n'
        "[products.miorel.specialties.miorel-4-mg-2-ml]\ncis = '6'\nchecked = 2026-11-21\n"
        "[[products.miorel.specialties.miorel-4-mg-2-ml.forbidden_routes]]\nroute = 'iv'\n"
    ),
}
"""Our own small TOML documents, by what they are about; tomli accepts all of them."""

with_documents = pytest.mark.parametrize(
    "text",
    [
        pytest.param(text.replace("\n", newline), id=f"{name}, {kind}")
        for name, text in DOCUMENTS.items()
        for kind, newline in (("LF", "\n"), ("CRLF", "\r\n"))
    ],
)


@with_documents
def test_every_path_of_a_document_has_its_own_place(text: str) -> None:
    check(text)


@needs_old_tomllib
@with_documents
def test_newer_says_whether_a_reader_of_toml_1_0_refuses_a_document(text: str) -> None:
    assert bool(Positions(text).newer) != is_toml(tomllib.loads, text)


# --- Exact places ---------------------------------------------------------------------------

Ends = tuple[int, int, int, int]

PLACES: Final[list[tuple[str, Path, Ends, Ends]]] = [
    # The text, a path, its key, its value.
    ("a = 1", ("a",), (1, 1, 1, 2), (1, 5, 1, 6)),
    ('\n\t key  =\t"x y" # c', ("key",), (2, 3, 2, 6), (2, 10, 2, 15)),
    ("a = 1\r\nb = 'x'\r\n", ("b",), (2, 1, 2, 2), (2, 5, 2, 8)),
    ('"é😀" = "é😀"', ("é😀",), (1, 1, 1, 5), (1, 8, 1, 12)),
    ('"a\\"b" = true', ('a"b',), (1, 1, 1, 7), (1, 10, 1, 14)),
    ('"" = []', ("",), (1, 1, 1, 3), (1, 6, 1, 8)),
    ("1.2 = 3", ("1", "2"), (1, 3, 1, 4), (1, 7, 1, 8)),
    ("1.2 = 3", ("1",), (1, 1, 1, 2), (1, 1, 1, 2)),
    ("a . b\t. c = 1", ("a", "b"), (1, 5, 1, 6), (1, 5, 1, 6)),
    ("a.b = 1\na.c = 2", ("a",), (1, 1, 1, 2), (1, 1, 1, 2)),
    ("a.b = 1\na.c = 2", ("a", "c"), (2, 3, 2, 4), (2, 7, 2, 8)),
    ("a = 1979-05-27 07:32:00 # b", ("a",), (1, 1, 1, 2), (1, 5, 1, 24)),
    ('a = """x\ny"""""\nb = 1', ("a",), (1, 1, 1, 2), (1, 5, 2, 7)),
    ("a = '''\r\nx'''\r\n", ("a",), (1, 1, 1, 2), (1, 5, 2, 5)),
    ("a = '\u2028'\nb = 1", ("b",), (2, 1, 2, 2), (2, 5, 2, 6)),
    ("a = [1, [22, 3 ]\n]", ("a",), (1, 1, 1, 2), (1, 5, 2, 2)),
    ("a = [1, [22, 3 ]\n]", ("a", 1), (1, 9, 1, 17), (1, 9, 1, 17)),
    ("a = [1, [22, 3 ]\n]", ("a", 1, 0), (1, 10, 1, 12), (1, 10, 1, 12)),
    ("a = [ # ,\n  {b = 1},\n]", ("a", 0), (2, 3, 2, 10), (2, 3, 2, 10)),
    ("a = [ # ,\n  {b = 1},\n]", ("a", 0, "b"), (2, 4, 2, 5), (2, 8, 2, 9)),
    ("a = {b.c = 1, d = {}}", ("a",), (1, 1, 1, 2), (1, 5, 1, 22)),
    ("a = {b.c = 1, d = {}}", ("a", "b"), (1, 6, 1, 7), (1, 6, 1, 7)),
    ("a = {b.c = 1, d = {}}", ("a", "d"), (1, 15, 1, 16), (1, 19, 1, 21)),
    ("[products.miorel]", ("products", "miorel"), (1, 11, 1, 17), (1, 2, 1, 17)),
    ("[products.miorel]", ("products",), (1, 2, 1, 10), (1, 2, 1, 10)),
    ("[ a . 'b c' ] # d", ("a", "b c"), (1, 7, 1, 12), (1, 3, 1, 12)),
    ("[a.b]\n[a]\nc = 1", ("a",), (1, 2, 1, 3), (2, 2, 2, 3)),
    ("[a.b]\n[a]\nc = 1", ("a", "c"), (3, 1, 3, 2), (3, 5, 3, 6)),
    ("[[a.b]]\n[[a.b]]", ("a", "b"), (1, 5, 1, 6), (1, 3, 1, 6)),
    ("[[a.b]]\n[[a.b]]", ("a", "b", 0), (1, 3, 1, 6), (1, 3, 1, 6)),
    ("[[a.b]]\n[[a.b]]", ("a", "b", 1), (2, 3, 2, 6), (2, 3, 2, 6)),
    ("[[a]]\n[[a]]\n[a.b.c]", ("a", 1, "b"), (3, 4, 3, 5), (3, 4, 3, 5)),
    ("[[a]]\n[[a.b]]\n[[a]]\n[[a.b]]", ("a", 1, "b", 0), (4, 3, 4, 6), (4, 3, 4, 6)),
]


@pytest.mark.parametrize(("text", "path", "key", "value"), PLACES)
def test_a_path_is_found_exactly_where_it_is_written(
    text: str, path: Path, key: Ends, value: Ends
) -> None:
    positions = Positions(text)
    assert positions.key(path) == Span(*key)
    assert positions.value(path) == Span(*value)


def test_what_is_missing_points_at_the_table_that_lacks_it() -> None:
    positions = Positions("[a.b]\nc = {d = [1]}\n")
    assert positions.nearest(("a", "b", "missing"), at_key=True) == Span(1, 2, 1, 5)
    assert positions.nearest(("a", "b", "c", "missing", "e")) == Span(2, 5, 2, 14)
    assert positions.nearest(("a", "b", "c", "d", 1), at_key=True) == Span(2, 10, 2, 13)
    assert positions.nearest(("a", "b", "c", "d", 0, "e")) == Span(2, 11, 2, 12)
    assert positions.nearest(("a", "b", "c"), at_key=True) == Span(2, 1, 2, 2)
    assert positions.nearest(("a", "b", "c"), at_key=False) == Span(2, 5, 2, 14)


@pytest.mark.parametrize("path", [(), ("missing",), (0,), ("missing", "a"), (0, "a")])
def test_what_a_text_does_not_begin_to_have_is_nowhere(path: Path) -> None:
    positions = Positions("a = 1\n")
    assert positions.key(path) is None
    assert positions.value(path) is None
    assert positions.nearest(path) is None
    assert positions.nearest(path, at_key=True) is None
    assert positions.text_of(path) is None


def test_only_what_is_written_as_one_value_has_a_text() -> None:
    positions = Positions("[a]\nb.c = [1 , 2]\n[[d]]\ne = { f.g = 1 }\n")
    texts = {path: positions.text_of(path) for path in [("a",), ("a", "b"), ("a", "b", "c")]}
    assert texts == {("a",): None, ("a", "b"): None, ("a", "b", "c"): "[1 , 2]"}
    assert positions.text_of(("a", "b", "c", 1)) == "2"
    assert positions.text_of(("d",)) is positions.text_of(("d", 0)) is None
    assert positions.text_of(("d", 0, "e")) == "{ f.g = 1 }"
    assert positions.text_of(("d", 0, "e", "f")) is None


def test_a_line_comes_without_its_end() -> None:
    positions = Positions("a = 1\r\n\n# é\u2028\x85\n")
    assert [positions.line(number) for number in range(1, 5)] == ["a = 1", "", "# é\u2028\x85", ""]
    assert Positions("").line(1) == ""
    assert Positions("a = 1").line(1) == "a = 1"


@pytest.mark.parametrize("number", [-1, 0, 3])
def test_a_line_that_a_text_does_not_have_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="unpack"):
        Positions("a = 1\n").line(number)


@pytest.mark.parametrize(
    "text",
    ["= 1", "a", "a =", "a = [", "a = [1", "a = {b = 1", "[", "]", 'a = "', "a = ?", "é = 1"],
)
def test_a_text_that_is_no_toml_is_no_endless_loop(text: str) -> None:
    with pytest.raises(ValueError, match="no TOML at offset"):
        Positions(text)


@pytest.mark.parametrize(
    ("before", "after", "times"),
    [("[", "]", 400), ("{a=", "}", 400), ("[{a.b=", "}]", 200), ("[\n", ",\n]", 400)],
)
def test_brackets_may_be_deeper_than_tomli_takes_them(before: str, after: str, times: int) -> None:
    check(f"k = {before * times}1{after * times}\nl = 2\n")
    deeper = Positions(f"k = {before * 20_000}1{after * 20_000}\nl = 2\n")
    assert deeper.text_of(("l",)) == "2"


# --- What is newer than TOML 1.0 --------------------------------------------------------------

NEWLINE: Final = "newline-in-inline-table"
COMMA: Final = "trailing-comma-in-inline-table"
ESCAPE: Final = "escape"
TIME: Final = "time-without-seconds"

NEWER: Final[list[tuple[str, list[tuple[str, str]]]]] = [
    ("a = {b = 1}", []),
    ("a = {b = [\n1,\n]}", []),
    ("a = {b = '''\n'''}", []),
    ("a = {\nb = 1}", [("\n", NEWLINE)]),
    ("a = {b = 1,\r\nc = 2}", [("\r\n", NEWLINE)]),
    ("a = {b = 1 # c\n\n}", [("# c\n", NEWLINE)]),
    ("a = {b = 1 ,}", [(",", COMMA)]),
    ("a = {b = 1, # ,\n}", [(",", COMMA), ("# ,\n", NEWLINE)]),
    ("a = {b = 1\n,}", [("\n", NEWLINE), (",", COMMA)]),
    ("a = {b = {\n},\n}", [("\n", NEWLINE), (",", COMMA), ("\n", NEWLINE)]),
    ("a = [{b = 1,}, {b = 2}, {b = 3,}]", [(",", COMMA), (",", COMMA)]),
    ('a = "\\e\\\\e\\x41"', [("\\e", ESCAPE), ("\\x41", ESCAPE)]),
    ('a = """\n\\\\\\e"""', [("\\e", ESCAPE)]),
    ('"\\x41".b = 1\n["\\e"]', [("\\x41", ESCAPE), ("\\e", ESCAPE)]),
    ("a = '\\e'\n'\\x41' = '''\\e'''", []),
    ("a = [07:32, 07:32:00]", [("07:32", TIME)]),
    ("a = 1979-05-27 07:32 # b", [("1979-05-27 07:32", TIME)]),
    ("a = 1979-05-27t07:32+01:00", [("1979-05-27t07:32+01:00", TIME)]),
    ("a = {b = 07:32,}\nc = '\\e'\nd = \"\\e\"", [("07:32", TIME), (",", COMMA), ("\\e", ESCAPE)]),
]


@pytest.mark.parametrize(("text", "newer"), NEWER)
def test_newer_names_what_is_newer_in_order(text: str, newer: list[tuple[str, str]]) -> None:
    found = Positions(text).newer
    assert [(cut(text, span), kind) for span, kind in found] == newer


@needs_old_tomllib
@pytest.mark.parametrize("text", [text for text, _ in NEWER])
def test_newer_is_what_a_reader_of_toml_1_0_refuses(text: str) -> None:
    assert is_toml(tomli.loads, text)
    assert bool(Positions(text).newer) != is_toml(tomllib.loads, text)


# --- Documents that Hypothesis makes ----------------------------------------------------------

_OFFSETS: Final = st.none() | st.integers(-23 * 60, 23 * 60).map(
    lambda minutes: timezone(timedelta(minutes=minutes))
)
_TEXTS: Final = st.text(st.characters(exclude_categories=["Cs"]), max_size=6) | st.text(
    "\"'\\\n#]}ab,=.é😀\x1b", max_size=8
)
_NAMES: Final = (
    st.sampled_from(["a", "b", "1", "", "1979-05-27", "a b", "c.d", "true", "'", '"'])
    | st.text("ab-_9", min_size=1, max_size=3)
    | _TEXTS
)
_SCALARS: Final = st.one_of(
    _TEXTS,
    st.integers(-(2**63), 2**63 - 1),
    st.booleans(),
    st.floats(),
    st.dates(),
    # The second of two equal hours of an autumn night cannot be written.
    st.times().map(lambda value: value.replace(fold=0)),
    st.datetimes(timezones=_OFFSETS).map(lambda value: value.replace(fold=0)),
)
_VALUES: Final = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=12,
)
_TABLES: Final = st.dictionaries(
    _NAMES,
    _VALUES
    | st.dictionaries(_NAMES, _VALUES, max_size=3)
    | st.lists(st.dictionaries(_NAMES, _VALUES, max_size=3), min_size=1, max_size=3),
    max_size=4,
)


class Writer:
    """Writes data as TOML, each time in another of the many ways in which it can be written."""

    def __init__(self, random: Random, *, newer: bool) -> None:
        self.random = random
        self.newer = newer
        self.newline = random.choice(["\n", "\r\n"])

    def document(self, data: dict[str, Any]) -> str:
        text = self.table((), data) + self.blank()
        return text.removesuffix(self.newline) if self.chance() else text

    def chance(self, of: int = 2) -> bool:
        return self.random.randrange(of) == 0

    def blank(self) -> str:
        return self.random.choice(["", "", " ", "\t", "  "])

    def end(self) -> str:
        comment = self.random.choice(["", "", "#", "# é ] } = ,", "# '''\t\"\"\"", "# [a]"])
        return self.blank() + comment + self.newline

    def gap(self, *, newlines: bool) -> str:
        """What may stand between the parts of an array or an inline table."""
        return self.blank() + (self.end() if newlines and self.chance(4) else "") + self.blank()

    def escaped(self, character: str) -> str:
        code = ord(character)
        ways = [f"\\U{code:08x}"]
        if code <= 0xFFFF:
            ways.append(f"\\u{code:04X}")
        if self.newer and code <= 0xFF:
            ways.append(f"\\x{code:02x}")
        if self.newer and character == "\x1b":
            ways.append("\\e")
        if character in '\\"\n':
            ways.append({"\\": "\\\\", '"': '\\"', "\n": "\\n"}[character])
        return self.random.choice(ways)

    def basic(self, text: str, allowed: str = "") -> str:
        return "".join(
            character
            if character in allowed
            or (re.match(r'[^\x00-\x08\x0a-\x1f\x7f"\\]', character) and not self.chance(10))
            else self.escaped(character)
            for character in text
        )

    def string(self, text: str) -> str:
        ways = [f'"{self.basic(text)}"']
        inner = self.basic(text, "\n")
        start = self.random.choice(["", "\n"]) if inner[:1] != "\n" else "\n"
        if self.chance():
            start += f"\\{self.blank()}\n" if inner[:1] not in {" ", "\t", "\n"} else ""
        ways.append(f'"""{start}{inner}"""'.replace("\n", self.newline))
        # Up to two quotes may stand anywhere, right before the end as well.
        quotes = self.basic(text, '\n"')
        if '"""' not in quotes:
            ways.append(f'"""\n{quotes}"""'.replace("\n", self.newline))
        if re.fullmatch(r"[^\x00-\x08\x0a-\x1f\x7f']*", text):
            ways.append(f"'{text}'")
        if re.fullmatch(r"[^\x00-\x08\x0b-\x1f\x7f]*", text) and "'''" not in text:
            ways.append(f"'''\n{text}'''".replace("\n", self.newline))
        return self.random.choice(ways)

    def name(self, name: str) -> str:
        ways = [f'"{self.basic(name)}"']
        if re.fullmatch(r"[A-Za-z0-9_-]+", name):
            ways += [name, name]
        if re.fullmatch(r"[^\x00-\x08\x0a-\x1f\x7f']*", name):
            ways.append(f"'{name}'")
        return self.random.choice(ways)

    def key(self, names: Path) -> str:
        dot = f"{self.blank()}.{self.blank()}" if self.chance(4) else "."
        return dot.join(self.name(str(name)) for name in names)

    def integer(self, value: int) -> str:
        ways = [str(value), f"{value:_}"]
        if value >= 0:
            ways += [f"+{value}", f"0x{value:X}", f"0o{value:o}", f"0b{value:_b}"]
        return self.random.choice(ways)

    def time(self, value: datetime | time) -> str:
        text = value.isoformat().replace("T", self.random.choice("Tt "))
        text = text.replace("+00:00", self.random.choice(["Z", "z", "+00:00"]))
        if self.newer and self.chance():
            text = re.sub(r"(?<=:[0-9]{2}):00(?![0-9.])", "", text)
        return text

    def date(self, value: date) -> str:
        return value.isoformat()

    def boolean(self, value: bool) -> str:
        return str(value).lower()

    def float(self, value: float) -> str:
        text = repr(value)
        return self.random.choice([text, text if text[0] == "-" else f"+{text}"])

    def array(self, values: list[Any]) -> str:
        return self.bracketed("[]", [self.value(value) for value in values], newer=True)

    def inline_table(self, table: dict[str, Any]) -> str:
        pairs = [self.pair(names, value) for names, value in self.pairs(table)]
        return self.bracketed("{}", pairs, newer=self.newer)

    def pair(self, names: Path, value: object) -> str:
        return f"{self.key(names)}{self.blank()}={self.blank()}{self.value(value)}"

    def value(self, value: object) -> str:
        ways: dict[type, Callable[[Any], str]] = {
            str: self.string,
            bool: self.boolean,
            int: self.integer,
            float: self.float,
            datetime: self.time,
            time: self.time,
            date: self.date,
            list: self.array,
            dict: self.inline_table,
        }
        return ways[type(value)](value)

    def bracketed(self, brackets: str, parts: list[str], *, newer: bool) -> str:
        gaps = [self.gap(newlines=newer) for _ in range(2 * len(parts) + 2)]
        text = ",".join(f"{gaps.pop()}{part}{gaps.pop()}" for part in parts)
        if parts and newer and self.chance():
            text += f",{gaps.pop()}"
        return f"{brackets[0]}{text}{gaps.pop()}{brackets[1]}"

    def pairs(self, table: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
        """The pairs of a table, some of its tables made by dotted keys."""
        for name, value in table.items():
            if isinstance(value, dict) and value and self.chance():
                for names, item in self.pairs(value):
                    yield (name, *names), item
            else:
                yield (name,), value

    def table(self, path: Path, table: dict[str, Any]) -> str:
        """The statements of a table, the tables below it under headers of their own or not."""
        below = {
            name: value
            for name, value in table.items()
            if self.chance()
            and (
                isinstance(value, dict)
                or (isinstance(value, list) and value and all(isinstance(x, dict) for x in value))
            )
        }
        text = ""
        for names, value in self.pairs({k: v for k, v in table.items() if k not in below}):
            while self.chance(5):
                text += self.end()
            text += self.blank() + self.pair(names, value) + self.end()
        for name, value in below.items():
            text += self.headed((*path, name), value)
        return text

    def headed(self, path: Path, value: dict[str, Any] | list[dict[str, Any]]) -> str:
        """A table or an array of tables with what is below it."""
        if isinstance(value, list):
            return "".join(self.header("[[", path, "]]") + self.table(path, x) for x in value)
        text = self.table(path, value)
        # Headers below it make a table as well.
        if text.lstrip(" \t").startswith("[") and self.chance():
            return text
        return self.header("[", path, "]") + text

    def header(self, opening: str, path: Path, closing: str) -> str:
        key = f"{self.blank()}{self.key(path)}{self.blank()}"
        return f"{self.blank()}{opening}{key}{closing}{self.end()}"


@st.composite
def documents(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    """Data, and one way to write it."""
    data = draw(_TABLES)
    random = draw(st.randoms(note_method_calls=False))
    return data, Writer(random, newer=draw(st.booleans())).document(data)


@given(documents())
def test_every_path_of_any_document_has_its_own_place(
    document: tuple[dict[str, Any], str],
) -> None:
    data, text = document
    assert scalars_of(tomli.loads(text)) == scalars_of(data)  # or the writer is wrong
    check(text)


@needs_old_tomllib
@given(documents())
def test_newer_says_whether_a_reader_of_toml_1_0_refuses_any_document(
    document: tuple[dict[str, Any], str],
) -> None:
    _, text = document
    assert bool(Positions(text).newer) != is_toml(tomllib.loads, text)


# --- The public corpus ------------------------------------------------------------------------

CORPUS_ARCHIVES: Final = FilePath(sys.prefix) / "share" / "toml-test"


@pytest.fixture(scope="module")
def corpus() -> dict[str, str]:
    """The texts of toml-test that are UTF-8, by name: valid ones and invalid ones.

    They are other people's and not in this checkout: the archive of requirements/toml-test.txt,
    which `make test` lays into the folder `share/toml-test` of the venv, holds them.
    """
    files: dict[str, bytes] = {}
    for archive in sorted(CORPUS_ARCHIVES.glob("tomlkit-*.tar.gz")):
        with tarfile.open(archive) as tar:
            for member in tar:
                name = member.name.partition("/toml-test/tests/")[2]
                content = tar.extractfile(member) if name.endswith(".toml") else None
                if content is not None:
                    files[name] = content.read()
    if not files:
        pytest.skip("the archive of requirements/toml-test.txt is absent: make test fetches it")
    texts: dict[str, str] = {}
    for name, data in files.items():
        with contextlib.suppress(UnicodeDecodeError):
            texts[name] = data.decode("utf-8-sig")
    return texts


def test_every_path_of_the_corpus_has_its_own_place(corpus: dict[str, str]) -> None:
    valid = [name for name, text in corpus.items() if is_toml(tomli.loads, text)]
    assert len(valid) > 90, "the corpus has shrunk"
    for name in valid:
        try:
            check(corpus[name])
        except AssertionError as error:
            error.add_note(name)
            raise


@needs_old_tomllib
def test_newer_says_which_files_of_the_corpus_a_reader_of_toml_1_0_refuses(
    corpus: dict[str, str],
) -> None:
    valid = {name: text for name, text in corpus.items() if is_toml(tomli.loads, text)}
    refused = {name for name, text in valid.items() if not is_toml(tomllib.loads, text)}
    assert {name for name, text in valid.items() if Positions(text).newer} == refused


def test_no_invalid_file_of_the_corpus_makes_an_endless_loop(corpus: dict[str, str]) -> None:
    for name, text in corpus.items():
        if not is_toml(tomli.loads, text):
            assert name.startswith("invalid/")
            with contextlib.suppress(ValueError):
                Positions(text)
