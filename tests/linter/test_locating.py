"""From problems to places: order, and fingerprints that stay when other lines move."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from mesomix.linter import Diagnostic, LintReport, Span, lint

Write = Callable[..., Path]
AS_OF: Final = date(2026, 11, 21)


@pytest.fixture
def wrong(sound: str) -> str:
    """A file with findings of several kinds."""
    return (
        sound.replace('["draining"]', '["drain", "drainage"]')
        .replace('routes = ["intradermal"]', 'routes = ["derm", "derm"]')
        .replace("[products.exemplin.specialties", "[products.exemplin.specialtys")
        .replace('source = "leaflet"\nalso', 'also = ["nowhere", "nowhere"]\nplace')
        .replace(
            "[products.exemplin]", '[substances.exempline]\nen = "exemplim"\n[products.exemplin]'
        )
    )


def fingerprints(report: LintReport) -> dict[tuple[str, str], str]:
    return {(d.rule, d.place.key): d.fingerprint for d in report.diagnostics}


def test_a_fingerprint_stays_when_lines_are_put_before_it(wrong: str, write: Write) -> None:
    before = lint(write(wrong), as_of=AS_OF)
    moved = wrong.replace("[conditions.gout]", "# more\n\n[conditions.gout]")
    after = lint(write(f"# first\n\n{moved}"), as_of=AS_OF)
    assert len(before.diagnostics) >= 8
    assert fingerprints(before) == fingerprints(after)
    lines = [[d.place.span.line for d in r.diagnostics if d.place.span] for r in (before, after)]
    assert lines[0] != lines[1]


def test_a_fingerprint_stays_when_an_element_is_put_before_it(sound: str, write: Write) -> None:
    def found(effects: str) -> dict[str, str]:
        path = write(sound.replace('["draining"]', effects))
        return {d.message.en: d.fingerprint for d in lint(path).diagnostics}

    before, after = found('["drain"]'), found('["scar", "draining", "drain"]')
    assert before.items() <= after.items()


def test_no_two_findings_have_one_fingerprint(wrong: str, write: Write) -> None:
    found = lint(write(wrong), as_of=AS_OF).diagnostics
    assert len({d.fingerprint for d in found}) == len(found)
    assert {len(d.fingerprint) for d in found} == {64}


def test_the_value_of_a_problem_is_part_of_its_fingerprint(sound: str, write: Write) -> None:
    one = lint(write(sound.replace('"draining"', '"drain"'))).diagnostics
    other = lint(write(sound.replace('"draining"', '"drains"'))).diagnostics
    assert one[0].place.key == other[0].place.key
    assert one[0].fingerprint != other[0].fingerprint


def test_findings_are_in_the_order_of_files_lines_and_columns(wrong: str, write: Write) -> None:
    report = lint(write(wrong, "b.toml"), write("", "a.toml"), as_of=AS_OF)

    def order(found: Diagnostic) -> tuple[str, int, int, str, str]:
        span = found.place.span or Span(0, 0, 0, 0)
        return found.place.file, span.line, span.column, found.rule, found.message.en

    assert list(report.diagnostics) == sorted(report.diagnostics, key=order)
    assert report.diagnostics[0].rule == "no-product"


def test_a_finding_of_a_whole_file_has_no_span(write: Write) -> None:
    (found,) = lint(write("# nothing")).diagnostics
    assert (found.place.path, found.place.span, found.place.excerpt) == ((), None, "")
    assert found.place.key == ""


def test_a_finding_shows_the_line_that_it_is_on(sound: str, write: Write) -> None:
    text = sound.replace('"exempline"', '"exempline 💉 é"').replace("\n", "\r\n")
    path = write(text.replace('5 mg"', '6 mg"').replace("5 mg, sol", "6 mg, sol"))
    (found,) = lint(path).diagnostics
    assert found.place.span is not None
    assert found.place.excerpt == "[products.exemplin.specialties.exemplar-5-mg]"
    assert found.place.span == Span(found.place.span.line, 32, found.place.span.line, 45)


def test_columns_are_code_points(sound: str, write: Write) -> None:
    text = sound.replace(
        'marketing = { state = "stopped", source = "leaflet"',
        'marketing = { quote = "💉 é", state = "halted", source = "leaflet"',
    )
    (found,) = lint(write(text)).diagnostics
    assert found.place.span is not None
    assert (found.place.span.column, found.place.span.end_column) == (38, 46)
    assert found.place.excerpt[37:45] == '"halted"'


def test_what_lacks_a_key_is_marked_at_the_table(sound: str, write: Write) -> None:
    text = sound.replace('present = ["exemplin"]\n', "")
    (found,) = lint(write(text)).diagnostics
    assert found.place.key == "products.exemplin.specialties.exemplar-5-mg.excipients.present"
    assert found.place.excerpt == "[products.exemplin.specialties.exemplar-5-mg.excipients]"


def test_newer_syntax_of_two_kinds_is_told_twice(sound: str, write: Write) -> None:
    text = sound.replace("2026-11-21 }", "2026-11-21,\n}")
    found = lint(write(text)).diagnostics
    assert [d.rule for d in found] == ["toml-1-1-syntax"] * 2
    assert {d.message.fr for d in found} == {
        "syntaxe de TOML 1.1 : un saut de ligne dans une table en ligne",
        "syntaxe de TOML 1.1 : une virgule finale dans une table en ligne",
    }
    assert len({d.fingerprint for d in found}) == 2
