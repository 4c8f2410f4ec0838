"""What is said of text that is no TOML, in words that somebody who writes data understands."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from mesomix.linter import lint
from mesomix.linter.toml_faults import FAULTS, toml_fault

MISTAKES: Final = {
    "an open text": ('a = "open\nb = 1', "a quotation mark is open on its line"),
    "an open text at the end": ('a = "open', "a quotation mark is not closed"),
    "an open text of many lines": ('a = """open\nb = 1', "a quotation mark is not closed"),
    "an open apostrophe": ("a = 'open", "an apostrophe is not closed"),
    "a lone bar before an x": ('a = "C:\\x"', "a lone \\ in a text"),
    "a table twice": ("[groups.a]\n[groups.a]", "the table 'groups.a' stands twice"),
    "a table as two kinds": ("[[a]]\n[a]", "the table 'a' stands twice"),
    "a key twice": ("a = 1\na = 2", "this key is given twice"),
    "a key of an inline table twice": ("a = { b = 1, b = 2 }", "this key is given twice"),
    "more of an inline table": ("a = { b = 1 }\na.c = 2", "this table is complete already"),
    "a day that is not": ("a = 2026-02-30", "there is no such date"),
    "a decimal comma": ("a = 1,5", "the line should end here"),
    "a French date": ("a = 21/11/2026", "the line should end here"),
    "a second value": ("a = 1 b = 2", "the line should end here"),
    "a comment of another language": ("a = 1 // no", "the line should end here"),
    "text without quotes": ("a = maybe", "this is no value"),
    "curly quotes": ("a = “x”", "this is no value"),
    "no value": ("a = ", "this is no value"),
    "an accent in a key": ("clé = 1", "there is no = behind the key"),
    "a colon": ("a: 1", "there is no = behind the key"),
    "an accent before a key": ("été = 1", "this is neither a key nor a header"),
    "an accent in a header": ("[groups.clé]", "the header of a table ends with ]"),
    "an open header": ("[groups.a\nb = 1", "the header of a table ends with ]"),
    "no comma in a list": ('a = ["b" "c"]', "the list is not closed, or lacks a comma"),
    "an open list": ('a = ["b", "c"\nb = 1', "the list is not closed, or lacks a comma"),
    "no comma in a table": ("a = { b = 1 c = 2 }", "the table { … } is not closed, or lacks"),
    "a lone backslash": ('a = "C:\\data"', "a lone \\ in a text"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_frequent_mistake_is_told_in_words_and_with_what_to_do(
    mistake: str, write: Callable[..., Path]
) -> None:
    text, said = MISTAKES[mistake]
    (found,) = lint(write(text)).diagnostics
    assert found.rule == "invalid-toml"
    assert found.message.en.startswith(f"this is not TOML: {said}")
    assert "tomli" not in found.message.fr
    assert found.message.fr != found.message.en
    remedies = [found.help.en.partition("; nothing else was checked")[0]]
    remedies += [found.help.fr.partition(" ; rien d'autre n'a été vérifié")[0]]
    assert "mend this first" not in remedies
    assert len(set(remedies)) == 2
    assert found.help.en.endswith("; nothing else was checked in this file")
    assert found.help.fr.endswith(" ; rien d'autre n'a été vérifié dans ce fichier")
    assert found.place.span is not None


def test_each_kind_of_mistake_is_made_here() -> None:
    """A newer tomli that says it in other words is found."""
    said = {said for _, said in MISTAKES.values()}
    for fault in FAULTS:
        assert any(fault.reason.en.startswith(one) for one in said), fault.begins


def test_what_is_rare_is_told_in_the_words_of_tomli(write: Callable[..., Path]) -> None:
    (found,) = lint(write("# \x01")).diagnostics
    assert found.message.en == "this is not TOML: Found invalid character '\\x01'"
    assert found.message.fr.startswith("ce n'est pas du TOML : tomli dit : ")
    assert found.help.en == "mend this first; nothing else was checked in this file"


@pytest.mark.parametrize("name", ['"\\u001b[31m"', "'" + "a" * 5_000 + "'", '"a\\nb"', '"\'"'])
def test_a_table_that_stands_twice_is_named_on_one_line(
    name: str, write: Callable[..., Path]
) -> None:
    (found,) = lint(write(f"[{name}]\n[{name}]")).diagnostics
    assert "stands twice" in found.message.en
    assert found.message.en.isprintable()
    assert len(found.message.en) < 300


def test_words_that_nobody_has_seen_are_kept() -> None:
    reason, remedy = toml_fault("Cannot declare it twice")
    assert reason.en == "Cannot declare it twice"
    assert remedy.en == "mend this first"
