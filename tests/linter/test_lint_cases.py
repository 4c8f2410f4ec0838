"""The files of `cases/`: each shows what one lint rule finds, and what it does not.

A comment behind a line marks what is found on it, with the columns from and to (the first is 1,
and the last is the one behind): `# finds unknown-group 11-20`. The other place of a conflict has
`# also`; several marks of a line have a comma between them. `# finds no-product on the whole
file` has no line. A case is read on the day that `# as of` names, or on none. What is marked, and
nothing else, is to be found.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from bdpm.files import ROWS, write

import mesomix.linter.linting
from mesomix import bdpm
from mesomix.linter import LINT_RULES, LintRule, Place, lint

CASES: Final = Path(__file__).parent / "cases"
NO_CASE: Final = {
    "unreadable-file": "test_source.py",
    "not-utf-8": "test_source.py",
    "invalid-toml": "test_source.py",
    "toml-1-1-syntax": "test_source.py",
    "condition-of-a-rule-missing": "test_needs.py",
    "reference-of-a-rule-missing": "test_needs.py",
    "group-of-a-rule-missing": "test_needs.py",
    "more-gaps-than-baseline": "test_baseline.py",
    "fewer-gaps-than-baseline": "test_baseline.py",
}
"""The rules whose problem is no text of a data file, and where they are tested."""
NAMES_OF_ABSENCE: Final = {
    "no-product": "what is wrong is that there is none",
    "no-recent-source": "what is wrong is that there is none",
}
"""Ids that begin like a remedy and name a problem, each with the reason."""

Mark = tuple[str, str, int, str]
"""`finds` or `also`, the lint rule, the line, and the columns."""

_MARK: Final = re.compile(r"(finds|also) ([a-z0-9-]+) (\d+-\d+|on the whole file)")
_MARKS: Final = re.compile(rf"(?:^|\s)# ({_MARK.pattern}(?:, {_MARK.pattern})*)$")
_BDPM: Final = re.compile(r"^# bdpm (CIS_\w*bdpm\.txt): (.*)$", re.MULTILINE)
_AS_OF: Final = re.compile(r"^# as of (\d{4}-\d\d-\d\d)$", re.MULTILINE)


def marks_of(text: str) -> Iterator[Mark]:
    for number, line in enumerate(text.splitlines(), start=1):
        marks = _MARKS.search(line)
        assert bool(marks) == bool(re.search("# (finds|also) ", line)), f"misspelt: {line}"
        for kind, rule, columns in _MARK.findall(marks[1]) if marks else ():
            whole = columns == "on the whole file"
            yield kind, rule, 0 if whole else number, "" if whole else columns


def mark_at(kind: str, rule: str, place: Place) -> Mark:
    span = place.span
    if span is None:
        return kind, rule, 0, ""
    assert span.line == span.end_line
    return kind, rule, span.line, f"{span.column}-{span.end_column}"


def bdpm_of(text: str) -> bdpm.Bdpm | None:
    """The rows of BDPM in a case, of which each line has those columns that the linter reads."""
    files: dict[str, list[str]] = {}
    for name, written in _BDPM.findall(text):
        cells = [cell.strip() for cell in written.split("|")]
        made = ROWS[name](*cells) if len(cells) > 3 else cells  # what is cut short is malformed
        files.setdefault(name, []).append("\t".join(made))
    if not files:
        return None
    with TemporaryDirectory() as folder:
        write(Path(folder), {name: "\n".join(rows).encode() for name, rows in files.items()})
        return bdpm.read(folder)


def found_in(path: Path) -> Counter[Mark]:
    """What the linter finds in a case, as the marks of it."""
    text = path.read_text(encoding="utf-8")
    as_of = _AS_OF.search(text)
    day = date.fromisoformat(as_of[1]) if as_of else None
    report = lint(path, as_of=day, bdpm=bdpm_of(text))
    found: Counter[Mark] = Counter()
    for diagnostic in report.diagnostics:
        # On a day that is written here, the shipped data may become older and newer as it likes.
        assert as_of or diagnostic.place.file == str(path)
        for kind, place in (
            ("finds", diagnostic.place),
            *(("also", other) for other in diagnostic.others),
        ):
            if place.file == str(path):
                found[mark_at(kind, diagnostic.rule, place)] += 1
    return found


def marked_in(path: Path) -> Counter[Mark]:
    return Counter(marks_of(path.read_text(encoding="utf-8")))


def rules_with_cases() -> list[LintRule]:
    return [rule for rule in LINT_RULES if rule.id not in NO_CASE]


@pytest.mark.parametrize("rule", rules_with_cases(), ids=lambda rule: rule.id)
def test_what_is_marked_and_nothing_else_is_found(rule: LintRule) -> None:
    path = CASES / f"{rule.id}.toml"
    assert found_in(path) == marked_in(path)


@pytest.mark.parametrize("rule", rules_with_cases(), ids=lambda rule: rule.id)
def test_a_case_fails_without_its_rule(rule: LintRule, monkeypatch: pytest.MonkeyPatch) -> None:
    path = CASES / f"{rule.id}.toml"
    others = tuple(r for r in LINT_RULES if r is not rule)
    monkeypatch.setattr(mesomix.linter.linting, "LINT_RULES", others)
    lost = marked_in(path) - found_in(path)
    assert lost
    assert {name for _, name, _, _ in lost} == {rule.id}


@pytest.mark.parametrize("path", sorted(CASES.iterdir()), ids=lambda path: path.stem)
def test_a_case_says_what_it_shows_and_what_it_does_not_find(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match("# [A-Z].*[.]\n", text)
    assert "# near miss: " in text


def test_each_rule_has_its_case_or_a_test_of_its_own() -> None:
    with_case = {path.name for path in CASES.iterdir()}
    assert with_case == {f"{rule.id}.toml" for rule in rules_with_cases()}
    assert NO_CASE.keys() <= {rule.id for rule in LINT_RULES}
    for rule, module in NO_CASE.items():
        assert f'"{rule}"' in (Path(__file__).parent / module).read_text(encoding="utf-8")


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("rule", LINT_RULES, ids=lambda rule: rule.id)
def test_french_and_english_say_the_same_things(rule: LintRule) -> None:
    assert placeholders(rule.message.fr) == placeholders(rule.message.en)
    assert placeholders(rule.help.fr) == placeholders(rule.help.en)
    assert rule.message.fr != rule.message.en
    assert rule.help.fr != rule.help.en


@pytest.mark.parametrize("rule", LINT_RULES, ids=lambda rule: rule.id)
def test_an_id_names_the_problem_and_never_the_remedy(rule: LintRule) -> None:
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", rule.id)
    if rule.id.startswith(("no-", "avoid-", "use-", "check-", "do-", "always-")):
        assert rule.id in NAMES_OF_ABSENCE


@pytest.mark.parametrize("rule", LINT_RULES, ids=lambda rule: rule.id)
def test_a_situation_is_one_sentence(rule: LintRule) -> None:
    assert re.fullmatch(r"[A-Z][^\n]*[^.]\.", rule.situation)


def test_no_two_rules_have_one_id() -> None:
    assert len({rule.id for rule in LINT_RULES}) == len(LINT_RULES)


@pytest.mark.parametrize("path", sorted(CASES.iterdir()), ids=lambda path: path.stem)
def test_no_text_of_a_finding_shows_a_stand_in_or_a_placeholder(path: Path) -> None:
    market = bdpm_of(path.read_text(encoding="utf-8"))
    for diagnostic in lint(path, as_of=date(2026, 11, 21), bdpm=market).diagnostics:
        for text in (diagnostic.message, diagnostic.help):
            for words in (text.fr, text.en):
                assert "stand-in" not in words
                assert not re.search("[{}]", words)
                assert words == words.strip()
                assert "  " not in words
