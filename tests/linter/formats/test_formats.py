import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linter.formats.lint_reports import EVERYTHING, RULES, hostile_reports

from mesomix.evidence import Language, Text
from mesomix.linter import formats
from mesomix.linter.diagnostic import Diagnostic, LintSeverity, Place, Span
from mesomix.linter.formats import FORMATS, concise, full, statistics
from mesomix.linter.lint_report import LintReport

LANGUAGES = st.sampled_from(Language)
MODULES = sorted(Path(formats.__file__).parent.glob("*.py"))


def test_the_formats_have_their_names_and_full_is_the_first() -> None:
    names = ["full", "concise", "json", "sarif", "github", "gitlab", "junit"]
    assert list(FORMATS) == names


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("language", Language)
def test_a_format_is_pure_and_ends_without_a_newline(name: str, language: Language) -> None:
    written = FORMATS[name](EVERYTHING, RULES, language)
    assert written == FORMATS[name](EVERYTHING, RULES, language)
    assert not written.endswith("\n")


@given(hostile_reports, LANGUAGES)
def test_whatever_the_data_holds_can_be_printed(report: LintReport, language: Language) -> None:
    for write in (*FORMATS.values(), statistics):
        written = write(report, RULES, language)
        assert written.encode()
        assert written.replace("\n", "").isprintable()


def test_no_character_that_does_not_print_is_written_as_it_is() -> None:
    unprintable = "".join(c for c in map(chr, range(0x110000)) if not c.isprintable())
    for start in range(0, 3500, 350):  # the rest is unassigned or private, and treated alike
        text = unprintable[start : start + 350]
        place = Place(text, (text,), Span(1, 1, 1, 300), text)
        found = Diagnostic(
            text, LintSeverity.ERROR, Text.same(text), Text.same(text), place, (place,), text
        )
        report = LintReport((text,), (text,), (found,), {text: Text.same(text)}, 1)
        for write in (*FORMATS.values(), statistics):
            assert write(report, RULES, Language.EN).replace("\n", "").isprintable()


@given(hostile_reports, LANGUAGES)
def test_colours_add_no_other_control_character(report: LintReport, language: Language) -> None:
    for write in (full, concise):
        coloured = write(report, RULES, language, colour=True)
        for code in ("0", "1", "31", "33", "34", "36"):
            coloured = coloured.replace(f"\x1b[{code}m", "")
        assert coloured == write(report, RULES, language)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_what_a_format_needs_is_imported_when_it_is_asked_for(module: Path) -> None:
    statements = ast.parse(module.read_text("utf-8")).body
    imported = {
        name.split(".")[0]
        for statement in statements
        if isinstance(statement, ast.Import | ast.ImportFrom)
        for name in (
            [statement.module or ""]
            if isinstance(statement, ast.ImportFrom)
            else [alias.name for alias in statement.names]
        )
    }
    assert imported <= {"collections", "mesomix", "re", "types", "typing", "unicodedata"}
