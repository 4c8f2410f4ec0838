"""Where the keys and values of a TOML text stand.

tomli says what a text holds and not where; a problem of the data has to be pointed at.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

import tomli

from mesomix.linter.diagnostic import Path, Span

# Every repetition is possessive: the text is known to be TOML, and nothing is to be tried twice.
_BARE: Final = r"[A-Za-z0-9_-]++"
_BASIC: Final = r'"(?:[^"\\]++|\\.)*+"'
_LITERAL: Final = r"'[^']*+'"
# A multi-line string may end in two quotes of its own, which stand before the delimiter.
_LONG_BASIC: Final = r'"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}'
_LONG_LITERAL: Final = r"'''(?:[^']++|'(?!''))*+'{3,5}"
_DATE_AND_TIME: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ ][0-9][0-9.:Zz+-]*+"

_SCALAR: Final = re.compile(
    rf"{_LONG_BASIC}|{_LONG_LITERAL}|{_BASIC}|{_LITERAL}|{_DATE_AND_TIME}|[\w.:+-]++", re.DOTALL
)
_KEY_PART: Final = re.compile(rf"({_BARE}|{_BASIC}|{_LITERAL})[ \t]*+(\.?)[ \t]*+", re.DOTALL)
_BARE_KEY: Final = re.compile(rf"({_BARE}(?:\.{_BARE})*+)[ \t]*+(?=[=\]])")
_EQUALS: Final = re.compile(r"=[ \t]*+(?=.)")
_GAP: Final = re.compile(r"(?:[ \t\r\n,]++|#[^\n]*+)*+(?=.)")
_COMMA_OR_NEWLINE: Final = re.compile(r"(,)|(?:#[^\n]*+)?\r?\n")
_STATEMENT: Final = re.compile(
    rf"""
    (?: [ \t\r\n]++ | \#[^\n]*+ )*+
    (?:
        # Nearly every line of a data file is one of these, and is over with this match.
        ({_BARE}) [ \t]*+ = [ \t]*+ ( "[^"\\\n]*+" | [\w.+-]++ ) (?= [ \t]*+ (?: [\r\n#] | \Z ) )
        | (\[\[?) [ \t]*+
    )?+
    """,
    re.VERBOSE,
)
_ESCAPE: Final = re.compile(r"\\(?:(e|x..)|.)", re.DOTALL)
_SHORT_TIME: Final = re.compile(r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ])?[0-9]{2}:[0-9]{2}(?!:)")

# The groups of _STATEMENT.
_SIMPLE: Final = 2
_HEADER: Final = 3

_Part = tuple[str, int, int]
"""A part of a dotted key: its name, and where it begins and ends."""


@dataclass(slots=True)
class _Node:
    """A key with its value, or an element of an array, in offsets."""

    key_start: int
    key_end: int
    start: int
    end: int
    written: bool = False
    """The value is written as such: it is no table of headers or dotted keys."""
    children: "dict[str | int, _Node]" = field(default_factory=dict)
    """By the keys of a table, or the indices of an array."""


class Positions:
    """The positions of a text without a byte order mark that tomli accepts as TOML.

    A path that the text does not have is nowhere: None. So is the empty path, the whole text.
    Raises ValueError, if anything, for a text that tomli refuses.
    """

    newer: tuple[tuple[Span, str], ...]
    """What is TOML 1.1 and not yet TOML 1.0, in the order of the text, each with its kind.

    The kinds: `newline-in-inline-table` (the first of each table, from the `#` of a comment
    before it), `trailing-comma-in-inline-table`, `escape` and `time-without-seconds`.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._escaped = "\\" in text  # hardly any file has an escape, and looking takes its time
        self._root = _Node(0, 0, 0, 0)
        # By kind, and by the offset of what is to have it once; read, and so noted, in order.
        self._newer: dict[tuple[str, int], tuple[int, int]] = {}
        self._lines = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
        self._scan()
        self.newer = tuple((self._span(*span), kind) for (kind, _), span in self._newer.items())

    def key(self, path: Path) -> Span | None:
        """Where the key of `path` is first written: of a dotted key or a header, its last part.

        For an element of an array, its value.
        """
        if path and isinstance(path[-1], int):
            return self.value(path)
        node = self._at(path)
        return None if node is None else self._span(node.key_start, node.key_end)

    def value(self, path: Path) -> Span | None:
        """Where the value of `path` is written, with its quotes or brackets.

        For a table, or an element of an array of tables, the key between the brackets of its
        header. For a table without one, the part of a longer key that first names it.
        """
        node = self._at(path)
        return None if node is None else self._span(node.start, node.end)

    def nearest(self, path: Path, *, at_key: bool = False) -> Span | None:
        """Where the value is of the longest beginning of `path` that the text has.

        With `at_key` its key, but only where the whole path is there: what lacks a key is the
        table.
        """
        known = self._along(path)
        if at_key and len(known) == len(path):
            return self.key(path)
        return self.value(path[: len(known)])

    def text_of(self, path: Path) -> str | None:
        """The value as it is written; None for a table that is made by headers or dotted keys."""
        node = self._at(path)
        return self._text[node.start : node.end] if node and node.written else None

    def line(self, number: int) -> str:
        """The text of a line, without its end; the first is 1. ValueError where there is none."""
        start, end = self._lines[number - 1 : number + 1]
        return self._text[start : end - 1].removesuffix("\r")

    def _along(self, path: Path) -> list[_Node]:
        """The nodes of each step of `path`, as far as there are any."""
        node = self._root
        nodes: list[_Node] = []
        for step in path:
            child = node.children.get(step)
            if child is None:
                break
            nodes.append(child)
            node = child
        return nodes

    def _at(self, path: Path) -> _Node | None:
        """The node of `path`."""
        nodes = self._along(path)
        return nodes[-1] if nodes and len(nodes) == len(path) else None

    def _span(self, start: int, end: int) -> Span:
        """The lines and columns of two offsets."""
        line, end_line = bisect_right(self._lines, start), bisect_right(self._lines, end)
        return Span(
            line, start - self._lines[line - 1] + 1, end_line, end - self._lines[end_line - 1] + 1
        )

    def _scan(self) -> None:
        """Read statement by statement."""
        table, at = self._root, 0
        while True:
            match = self._match(_STATEMENT, at)
            at = match.end()
            if match.lastindex == _SIMPLE:
                table.children[match[1]] = _Node(*match.span(1), *match.span(2), written=True)
            elif match.lastindex == _HEADER:
                table, at = self._header(at, in_array=match[3] == "[[")
            elif at < len(self._text):
                at = self._value(self._pair(table, at))
            else:
                return

    def _match(self, pattern: re.Pattern[str], at: int) -> re.Match[str]:
        """What `pattern` finds at an offset, where TOML has nothing else."""
        match = pattern.match(self._text, at)
        if match is None:
            message = f"no TOML at offset {at}"
            raise ValueError(message)
        return match

    def _header(self, at: int, *, in_array: bool) -> tuple[_Node, int]:
        """The table of a header whose key is at an offset, and where the header ends."""
        parts, end = self._key(at)
        node = _grown(self._root, parts)
        span = parts[0][1], parts[-1][2]
        if not in_array:
            node.start, node.end = span
            return node, end + 1
        if not node.children:
            node.start, node.end = span
        return _appended(node, *span), end + 2

    def _pair(self, table: _Node, at: int) -> _Node:
        """The node of a pair of `table` whose key is at an offset; its value is not read yet."""
        parts, end = self._key(at)
        node = _grown(table, parts)
        node.start = self._match(_EQUALS, end).end()
        return node

    def _key(self, at: int) -> tuple[list[_Part], int]:
        """The parts of a key, and where the blanks behind it end."""
        parts: list[_Part] = []
        simple = _BARE_KEY.match(self._text, at)
        if simple:
            for name in simple[1].split("."):
                parts.append((name, at, at + len(name)))
                at += len(name) + 1
            return parts, simple.end()
        while True:
            match = self._match(_KEY_PART, at)
            self._note_escapes(*match.span(1))
            parts.append((_unquoted(match[1]), *match.span(1)))
            at = match.end()
            if not match[2]:
                return parts, at

    def _value(self, node: _Node) -> int:
        """Read the value that begins where `node` does, and say where it ends.

        Without recursion: tomli takes 400 brackets in each other, wherever the caller stands.
        """
        around: list[_Node] = []
        while True:
            node.written = True
            at = node.start
            if self._text[at] in "[{":
                around.append(node)
                at += 1
            else:
                at = node.end = self._scalar(at)
            while around:
                at = self._gap(around[-1], at)
                if self._text[at] not in "]}":
                    break
                at += 1
                around.pop().end = at
            else:
                return at
            in_table = self._text[around[-1].start] == "{"
            node = self._pair(around[-1], at) if in_table else _appended(around[-1], at, at)

    def _scalar(self, at: int) -> int:
        """Where the value at an offset ends, which is no array and no inline table."""
        end = self._match(_SCALAR, at).end()
        self._note_escapes(at, end)
        if _SHORT_TIME.match(self._text, at):
            self._newer["time-without-seconds", at] = at, end
        return end

    def _gap(self, around: _Node, at: int) -> int:
        """Where the next value, key or closing bracket is in an array or an inline table."""
        end = self._match(_GAP, at).end()
        if self._text[around.start] == "{":
            for match in _COMMA_OR_NEWLINE.finditer(self._text, at, end):
                if not match[1]:
                    self._newer.setdefault(("newline-in-inline-table", around.start), match.span())
                elif self._text[end] == "}":
                    self._newer["trailing-comma-in-inline-table", around.start] = match.span()
        return end

    def _note_escapes(self, start: int, end: int) -> None:
        """Note the escapes of a string or a key that TOML 1.0 does not have."""
        if self._escaped and self._text[start] == '"':
            for match in _ESCAPE.finditer(self._text, start, end):
                if match[1]:
                    self._newer["escape", match.start()] = match.span()


def _grown(node: _Node, parts: list[_Part]) -> _Node:
    """What the parts of a key lead to from `node`; what is not there yet is made."""
    for name, start, end in parts:
        # Of an array of tables, the last one is meant. No table has a number as a key.
        table = node.children.get(len(node.children) - 1, node)
        known = table.children.get(name)
        if known is None:
            known = table.children[name] = _Node(start, end, start, end)
        node = known
    return node


def _appended(array: _Node, start: int, end: int) -> _Node:
    """A new element of an array."""
    element = array.children[len(array.children)] = _Node(start, end, start, end)
    return element


def _unquoted(part: str) -> str:
    """The name that a part of a key stands for."""
    if "\\" in part:
        return next(iter(tomli.loads(f"{part} = 0")))
    return part[1:-1] if part[0] in "\"'" else part
