"""What a suppression silences, and what is wrong with one that does not."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path as FilePath
from typing import Final

import pytest

from mesomix.formulary.schema import SuppressionTable
from mesomix.linter import LINT_RULES, LintReport, lint
from mesomix.linter.diagnostic import Path
from mesomix.linter.lint_rule import Problem
from mesomix.linter.suppressing import suppressed

Write = Callable[..., FilePath]
AS_OF: Final = date(2026, 11, 21)
WITHOUT_EFFECT: Final = 'effects = ["draining"]', "effects = []"


def suppression(
    finding: str = "product-without-effect",
    at: str = "products.exemplin",
    expires: str = "2027-11-21",
) -> str:
    return (
        f'\n[[suppressions]]\nfinding = "{finding}"\nat = "{at}"\nreason = "It is made up."\n'
        f'author = "Dr Exemplar"\nexpires = {expires}\n'
    )


def rules(report: LintReport) -> list[str]:
    return sorted(d.rule for d in report.diagnostics)


@pytest.mark.parametrize("at", ["products.exemplin", "products.exemplin.effects"])
def test_a_suppression_silences_what_it_names_at_its_path_and_in_it(
    at: str, sound: str, write: Write
) -> None:
    wrong = sound.replace(*WITHOUT_EFFECT)
    assert rules(lint(write(wrong))) == ["product-without-effect"]
    report = lint(write(wrong + suppression(at=at)))
    assert rules(report) == []
    assert report.suppressed == 1
    assert report.status == 0


@pytest.mark.parametrize(
    "at",
    [
        "products.exempli",
        "product.exemplin",
        "products.exemplin.eff",
        "products.exemplin.effects.x",
    ],
)
def test_a_path_is_compared_by_whole_steps(at: str, sound: str, write: Write) -> None:
    report = lint(write(sound.replace(*WITHOUT_EFFECT) + suppression(at=at)))
    assert rules(report) == ["product-without-effect", "unused-suppression"]
    assert report.suppressed == 0


@pytest.mark.parametrize("line", ["reason", "author", "expires"])
def test_without_a_reason_an_author_or_a_last_day_nothing_is_silenced(
    line: str, sound: str, write: Write
) -> None:
    lines = suppression().splitlines()
    lacking = "\n".join(one for one in lines if not one.startswith(line))
    report = lint(write(sound.replace(*WITHOUT_EFFECT) + lacking))
    assert rules(report) == ["product-without-effect", "suppression-without-reason"]
    assert report.suppressed == 0
    (problem,) = (d for d in report.diagnostics if d.rule == "suppression-without-reason")
    assert problem.place.key == f"suppressions[0].{line}"
    assert problem.place.excerpt == "[[suppressions]]"


@pytest.mark.parametrize("key", ["reason", "author"])
@pytest.mark.parametrize("said", ["-", "…", "n/a.", "?!", "5"])
def test_a_reason_or_an_author_without_a_letter_or_a_digit_is_none(
    key: str, said: str, sound: str, write: Write
) -> None:
    written = re.sub(f"(?m)^{key} = .*$", f'{key} = "{said}"', suppression())
    report = lint(write(sound.replace(*WITHOUT_EFFECT) + written))
    if said in {"n/a.", "5"}:  # nobody can tell that it says nothing
        assert rules(report) == []
        return
    assert rules(report) == ["product-without-effect", "suppression-without-reason"]
    (problem,) = (d for d in report.diagnostics if d.rule == "suppression-without-reason")
    assert problem.place.key == f"suppressions[0].{key}"
    assert problem.place.excerpt == f'{key} = "{said}"'


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('reason = "It is made up."', 'reason = " "', "empty-value"),
        ("2027-11-21", '"2027-11-21"', "wrong-type"),
        ('author = "', 'by = "', "unknown-key"),
        ('"product-without-effect"', '"Product without effect"', "malformed-id"),
    ],
)
def test_a_suppression_of_a_wrong_shape_silences_nothing(
    old: str, new: str, rule: str, sound: str, write: Write
) -> None:
    wrong = suppression().replace(old, new)
    report = lint(write(sound.replace(*WITHOUT_EFFECT) + wrong))
    assert {"product-without-effect", rule} <= set(rules(report))
    assert "unused-suppression" not in rules(report)
    assert report.suppressed == 0


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        (None, []),
        (date(2026, 11, 21), []),
        (date(2026, 11, 22), ["expired-suppression", "product-without-effect"]),
    ],
)
def test_a_suppression_expires_after_its_last_day_where_there_is_a_day_to_count_from(
    as_of: date | None, found: list[str], sound: str, write: Write
) -> None:
    wrong = sound.replace(*WITHOUT_EFFECT) + suppression(expires="2026-11-21")
    assert rules(lint(write(wrong), as_of=as_of)) == found


def test_an_error_cannot_be_silenced(sound: str, write: Write) -> None:
    wrong = sound.replace('["exemplins"]', '["exemplins", "exemplars"]')
    report = lint(write(wrong + suppression("unknown-group", "substances.exemplin")))
    assert rules(report) == ["suppressed-error", "unknown-group"]


@pytest.mark.parametrize("rule", LINT_RULES, ids=lambda rule: rule.id)
def test_no_error_is_ever_silenced(rule: object, sound: str, write: Write) -> None:
    name = getattr(rule, "id", "")
    severity = getattr(rule, "severity", "")
    report = lint(write(sound + suppression(name)), select=["suppressed-error"])
    assert bool(report.diagnostics) is (severity == "error")


def test_an_unknown_finding_is_told_with_the_nearest_one(sound: str, write: Write) -> None:
    (problem,) = lint(write(sound + suppression("form-not-injecteds"))).diagnostics
    assert problem.rule == "unknown-lint-rule"
    assert problem.help.en.startswith("did you mean 'form-not-injected'? ")
    assert problem.place.key == "suppressions[0].finding"


@pytest.mark.parametrize(("as_of", "unused"), [(None, False), (AS_OF, True)])
def test_a_suppression_is_not_unused_whose_lint_rule_did_not_run(
    as_of: date | None, *, unused: bool, sound: str, write: Write
) -> None:
    report = lint(write(sound + suppression("stale-fact")), as_of=as_of)
    assert rules(report) == (["unused-suppression"] if unused else [])


def test_nothing_is_unused_when_another_file_could_not_be_read(sound: str, write: Write) -> None:
    """No rule that looks at all files has run, so that none can have been silenced."""
    wrong = write(sound.replace(*WITHOUT_EFFECT) + suppression())
    report = lint(wrong, write("=", "substances.toml"))
    assert rules(report) == ["invalid-toml"]


def test_one_suppression_may_silence_several_and_two_share_nothing(
    sound: str, write: Write
) -> None:
    wrong = sound.replace('["draining"]', '["draining", "draining"]')
    wrong = wrong.replace('brand = "Exemplar"', 'brand = "Specimen"')
    wrong = wrong.replace(*WITHOUT_EFFECT)
    twice = suppression("brand-unlike-its-name") + suppression(
        "brand-unlike-its-name", "products.exemplin.specialties"
    )
    report = lint(write(wrong + twice), select=["warning", "unused-suppression"])
    assert "brand-unlike-its-name" not in rules(report)
    (unused,) = (d for d in report.diagnostics if d.rule == "unused-suppression")
    assert unused.place.key == "suppressions[1]"


def test_a_suppression_silences_in_its_own_file_only(sound: str, write: Write) -> None:
    wrong = write(sound.replace(*WITHOUT_EFFECT), "a.toml")
    other = write(sound + suppression(), "b.toml")
    report = lint(wrong, other, as_of=AS_OF)
    found = [(d.rule, FilePath(d.place.file).name) for d in report.diagnostics]
    assert sorted(found) == [("product-without-effect", "a.toml"), ("unused-suppression", "b.toml")]


def test_a_silenced_finding_is_in_no_baseline(sound: str, write: Write) -> None:
    gap = sound.replace("complete = true", "complete = false")
    silent = gap + suppression("excipients-incomplete")
    assert rules(lint(write(gap))) == ["excipients-incomplete"]
    assert rules(lint(write(silent))) == []


def test_without_suppressions_all_problems_are_left() -> None:
    problems = [Problem(LINT_RULES[0], ("products", "a"))]
    left = suppressed(problems, [], None)
    assert (left.left, left.silenced) == (tuple(problems), 0)


def test_an_element_of_a_list_is_in_the_list() -> None:
    rule = next(r for r in LINT_RULES if r.id == "effect-unlike-atc")
    problem = Problem(rule, ("products", "a", "effects", 1))
    for at, silenced in (
        ("products.a.effects", 1),
        ("products.a.effects[1]", 1),
        ("products.a.effects[0]", 0),
        ("products.a.effects[", 0),
    ):
        table = SuppressionTable(
            finding=rule.id, at=at, reason="r", author="a", expires=date(2027, 1, 1)
        )
        path: Path = ("suppressions", 0)
        assert suppressed([problem], [(path, table)], None).silenced == silenced
