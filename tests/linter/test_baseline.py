"""The number of gaps, which may only shrink."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from mesomix.linter import (
    LINT_RULES,
    Baseline,
    BaselineError,
    LintReport,
    LintSeverity,
    baseline_text,
    lint,
    read_baseline,
)

Write = Callable[..., Path]
AS_OF: Final = date(2026, 11, 21)
GAPS: Final = [
    rule.id for rule in LINT_RULES if rule.severity is LintSeverity.GAP and not rule.needs_bdpm
]


@pytest.fixture
def with_a_gap(sound: str, write: Write) -> Path:
    return write(sound.replace("complete = true", "complete = false"))


def told(report: LintReport) -> list[tuple[str, str, str]]:
    return [(d.rule, d.place.file, d.place.key) for d in report.diagnostics if "gaps" in d.rule]


def test_a_baseline_that_was_written_is_read_and_holds(with_a_gap: Path, write: Write) -> None:
    text = baseline_text(lint(with_a_gap, as_of=AS_OF))
    baseline = read_baseline(write(text, "gaps.json"))
    assert baseline.gaps == dict.fromkeys(GAPS, 0) | {"excipients-incomplete": 1}
    assert told(lint(with_a_gap, as_of=AS_OF, baseline=baseline)) == []
    assert text.endswith("}\n")


def test_more_gaps_than_the_baseline_are_an_error(with_a_gap: Path) -> None:
    report = lint(with_a_gap, as_of=AS_OF, baseline=Baseline("gaps.json", {}))
    place = ("more-gaps-than-baseline", "gaps.json", "gaps.excipients-incomplete")
    assert told(report) == [place]
    assert report.status == 1
    (found,) = (d for d in report.diagnostics if d.place.file == "gaps.json")
    assert found.severity is LintSeverity.ERROR
    assert found.place.span is None
    assert found.message.en == "gaps 'excipients-incomplete': 1, where the baseline allows 0"


def test_fewer_gaps_than_the_baseline_are_a_warning(sound: str, write: Write) -> None:
    baseline = Baseline("gaps.json", {"excipients-not-reviewed": 2})
    report = lint(write(sound), as_of=AS_OF, baseline=baseline)
    place = ("fewer-gaps-than-baseline", "gaps.json", "gaps.excipients-not-reviewed")
    assert told(report) == [place]
    assert report.diagnostics[0].severity is LintSeverity.WARNING
    assert report.status == 1


def test_gaps_of_one_kind_do_not_make_up_for_another(with_a_gap: Path) -> None:
    baseline = Baseline("gaps.json", {"excipients-not-reviewed": 1})
    rules = [rule for rule, _, _ in told(lint(with_a_gap, as_of=AS_OF, baseline=baseline))]
    assert sorted(rules) == ["fewer-gaps-than-baseline", "more-gaps-than-baseline"]


@pytest.mark.parametrize(
    ("select", "ignore"), [((), ["excipients-incomplete"]), (["error", "warning"], ())]
)
def test_a_baseline_is_not_compared_with_some_of_the_gaps(
    select: Sequence[str], ignore: Sequence[str], with_a_gap: Path
) -> None:
    baseline = Baseline("gaps.json", {"excipients-incomplete": 9})
    with pytest.raises(ValueError, match="leave out select and ignore"):
        lint(with_a_gap, as_of=AS_OF, baseline=baseline, select=select, ignore=ignore)


def test_a_gap_of_dates_is_not_compared_without_a_day(sound: str, write: Write) -> None:
    baseline = Baseline("gaps.json", {"no-recent-source": 9})
    with pytest.raises(ValueError, match=r"counts no-recent-source from a day: give as_of"):
        lint(write(sound), baseline=baseline)
    none = Baseline("gaps.json", {"no-recent-source": 0})
    report = lint(write(sound), baseline=none)
    assert told(report) == []
    assert "no-recent-source" in report.not_checked


def test_nothing_is_compared_when_a_file_could_not_be_read(write: Write) -> None:
    report = lint(write("="), as_of=AS_OF, baseline=Baseline("gaps.json", {GAPS[0]: 9}))
    assert told(report) == []
    assert report.status == 2


def test_no_baseline_is_written_without_a_day_to_count_from(with_a_gap: Path) -> None:
    with pytest.raises(BaselineError, match=r"^no baseline is written: no-recent-source: no date"):
        baseline_text(lint(with_a_gap))


def test_no_baseline_is_written_of_a_file_that_could_not_be_read(write: Write) -> None:
    message = f"no baseline is written: {', '.join(GAPS)}: a file could not be read"
    with pytest.raises(BaselineError, match=message):
        baseline_text(lint(write("="), as_of=AS_OF))


def test_no_baseline_is_written_of_gaps_that_were_left_out(with_a_gap: Path) -> None:
    with pytest.raises(BaselineError, match=r"no-recent-source: left out by --select or --ignore$"):
        baseline_text(lint(with_a_gap, as_of=AS_OF, ignore=["no-recent-source"]))


def test_all_rules_of_gaps_are_in_a_baseline_and_no_other(sound: str, write: Write) -> None:
    written = json.loads(baseline_text(lint(write(sound), as_of=AS_OF)))
    assert list(written) == ["gaps"]
    assert list(written["gaps"]) == GAPS


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is no JSON"),
        (b"\xff", "is no JSON"),
        (b"gaps = 1", "is no JSON"),
        (b'{"gaps": {}, "gaps": {}}', "is no JSON"),
        (b'{"gaps": {"excipients-incomplete": 1, "excipients-incomplete": 9}}', "is no JSON"),
        (b"[" * 100_000, "is no JSON"),
        (b"1" * 5000, "is no JSON"),
        (b"[]", "is no object with the key 'gaps' alone"),
        (b"null", "is no object with the key 'gaps' alone"),
        (b"{}", "is no object with the key 'gaps' alone"),
        (b'{"gaps": []}', "is no object with the key 'gaps' alone"),
        (b'{"gaps": {}, "version": 1}', "is no object with the key 'gaps' alone"),
        (b'{"gaps": {"unknown-key": 1}}', "'unknown-key' is no gap with a number"),
        (b'{"gaps": {"excipients-incomplete": -1}}', "'excipients-incomplete' is no gap"),
        (b'{"gaps": {"excipients-incomplete": 1.0}}', "'excipients-incomplete' is no gap"),
        (b'{"gaps": {"excipients-incomplete": true}}', "'excipients-incomplete' is no gap"),
        (b'{"gaps": {"excipients-incomplete": null}}', "'excipients-incomplete' is no gap"),
        (b'{"gaps": {"\\u001b[31m": 1}}', r"'\\x1b\[31m' is no gap with a number"),
    ],
    ids=range(18),
)
def test_a_malformed_baseline_is_no_baseline(content: bytes, why: str, write: Write) -> None:
    path = write(content, "gaps.json")
    with pytest.raises(BaselineError, match=f"^the baseline {str(path)!r}.* ?{why}"):
        read_baseline(path)


@pytest.mark.parametrize("name", ["nowhere.json", "a\0b", "."])
def test_a_baseline_that_cannot_be_read_is_named(name: str, tmp_path: Path) -> None:
    path = str(tmp_path / name)
    with pytest.raises(BaselineError) as raised:
        read_baseline(path)
    assert ascii(path) in str(raised.value)


def test_an_empty_baseline_allows_no_gap(write: Write) -> None:
    assert read_baseline(write('{"gaps": {}}', "gaps.json")).gaps == {}
