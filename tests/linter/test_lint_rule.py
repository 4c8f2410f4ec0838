"""What a lint rule is, and what `lint` takes and refuses."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mesomix.bdpm import Bdpm
from mesomix.evidence import Text
from mesomix.linter import LINT_RULES, LintRule, LintSeverity, lint
from mesomix.linter.lint_rule import Problems, lint_rule
from mesomix.linter.lint_rules.ids import _look_alikes
from mesomix.linter.tables import Data

Write = Callable[..., Path]
AS_OF: Final = date(2026, 11, 21)


@lint_rule(
    LintSeverity.WARNING,
    fr="« {thing} » est de trop",
    en="{thing!r} is too much",
    help_fr="{near}retirez {thing}",
    help_en="{near}take {thing} away",
)
def too_much(_: Data) -> Problems:
    """A thing is too much.

    More about it.
    """
    yield too_much.problem("products", "a", "effects", 1, thing="tea")


def test_a_rule_is_what_its_function_says() -> None:
    assert isinstance(too_much, LintRule)
    assert too_much.id == "too-much"
    assert too_much.situation == "A thing is too much."
    assert too_much.severity is LintSeverity.WARNING
    assert not too_much.needs_date
    assert not too_much.needs_bdpm


def test_a_problem_fills_the_texts_of_its_rule() -> None:
    near = Text("ou thé ? ", "or tea? ")
    problem = too_much.problem("a", thing="thé", near=near)
    assert problem.message == Text("« thé » est de trop", "'thé' is too much")
    assert problem.help == Text("ou thé ? retirez thé", "or tea? take thé away")


def test_a_long_word_is_shortened_and_what_does_not_print_is_escaped() -> None:
    problem = too_much.problem("a", thing="\x1b" + "x" * 100)
    assert problem.message.fr == f"« \\x1b{'x' * 79}… » est de trop"


def test_a_word_with_braces_is_no_placeholder() -> None:
    assert too_much.problem("a", thing="{near}").message.fr == "« {near} » est de trop"


def test_two_problems_are_one_when_nothing_tells_them_apart() -> None:
    one, same = too_much.problem("a", thing="tea"), too_much.problem("a", thing="tea")
    others = [
        too_much.problem("b", thing="tea"),
        too_much.problem("a", thing="milk"),
        too_much.problem("a", thing="tea", others=(("b",),)),
        too_much.problem("a", thing="tea", files=("f",)),
    ]
    assert one.identity == same.identity
    assert len({one.identity, *(problem.identity for problem in others)}) == 5


@pytest.mark.parametrize(
    ("arguments", "kind", "message"),
    [
        ({"as_of": datetime(2026, 11, 21)}, TypeError, "as_of must be a day"),
        ({"as_of": "2026-11-21"}, TypeError, "as_of must be a day"),
        ({"max_age": "365"}, TypeError, "max_age must be a whole number of days"),
        ({"max_age": True}, TypeError, "max_age must be a whole number of days"),
        ({"max_age": 1.5}, TypeError, "max_age must be a whole number of days"),
        ({"max_age": -1}, ValueError, "max_age must "),
        ({"select": "error"}, TypeError, "select must be a list of lint rules, not one text"),
        ({"ignore": "error"}, TypeError, "ignore must be a list of lint rules, not one text"),
        ({"select": ["errors"]}, ValueError, "select: 'errors' is no lint rule and no severity"),
        ({"bdpm": 5}, TypeError, "the folder of BDPM must be a path"),
        ({"bdpm": "nowhere"}, ValueError, "nowhere: the folder of BDPM does not exist"),
        ({"ignore": ["\x1b"]}, ValueError, r"ignore: '\\x1b' is no lint rule and no severity"),
    ],
)
def test_a_wrong_argument_raises(
    arguments: dict[str, Any], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind, match=message):
        lint(**arguments)


def test_an_age_beyond_all_days_is_an_age(sound: str, write: Write) -> None:
    assert lint(write(sound), as_of=AS_OF, max_age=10**9 - 1).diagnostics == ()
    with pytest.raises(ValueError, match="max_age"):
        lint(write(sound), as_of=AS_OF, max_age=10**12)


@pytest.mark.parametrize(
    ("select", "ignore", "told"),
    [
        ((), (), {"product-without-effect", "unknown-group", "excipients-incomplete"}),
        (["error"], (), {"unknown-group"}),
        (["gap", "unknown-group"], (), {"unknown-group", "excipients-incomplete"}),
        ((), ["warning", "gap"], {"unknown-group"}),
        (["error"], ["unknown-group"], set()),
        (["form-not-injected"], (), set()),
    ],
)
def test_only_what_is_selected_and_not_ignored_is_told(
    select: list[str], ignore: list[str], told: set[str], sound: str, write: Write
) -> None:
    wrong = (
        sound.replace('["draining"]', "[]")
        .replace('["exemplins"]', '["exemplins", "exemplars"]')
        .replace("complete = true", "complete = false")
    )
    report = lint(write(wrong), as_of=AS_OF, select=iter(select), ignore=iter(ignore))
    assert {d.rule for d in report.diagnostics} == told
    assert not told & report.not_checked.keys()
    if select or ignore:
        assert (
            report.not_checked["form-not-injected" if not select else "stale-fact"]
            == Text("écarté par --select ou --ignore", "left out by --select or --ignore")
            or {"stale-fact", "form-not-injected"} - report.not_checked.keys()
        )


def test_without_a_day_the_rules_of_ages_are_not_checked(
    sound: str, market: Bdpm, write: Write
) -> None:
    report = lint(write(sound), bdpm=market)
    assert report.not_checked.keys() == {rule.id for rule in LINT_RULES if rule.needs_date}
    assert {reason.en for reason in report.not_checked.values()} == {
        "no date is given to count ages from (--as-of)"
    }
    assert lint(write(sound), as_of=AS_OF, bdpm=market).not_checked == {}


def test_without_bdpm_the_rules_of_the_market_are_not_checked(sound: str, write: Write) -> None:
    report = lint(write(sound), as_of=AS_OF)
    assert report.not_checked.keys() == {rule.id for rule in LINT_RULES if rule.needs_bdpm}
    assert len(report.not_checked) == 11
    assert {reason.en for reason in report.not_checked.values()} == {
        "no folder of BDPM is given to compare with (--bdpm)"
    }


@pytest.mark.parametrize(("max_age", "told"), [(0, True), (2, True), (3, False)])
def test_the_limit_of_age_is_counted_in_days(
    max_age: int, *, told: bool, sound: str, write: Write
) -> None:
    report = lint(write(sound), as_of=date(2026, 11, 24), max_age=max_age, select=["stale-fact"])
    assert bool(report.diagnostics) is told


# --- What a case cannot show: two files, or too many tables -----------------------------------


def look_alikes(ids: list[str]) -> Counter[frozenset[str]]:
    problems = _look_alikes([("products", key) for key in ids])
    return Counter(frozenset([str(p.path[-1]), str(p.others[0][-1])]) for p in problems)


@example(["xexemplin", "exemplina", "exemplinb"])
@given(st.lists(st.text("ab1", min_size=5, max_size=7), max_size=6, unique=True))
def test_each_id_that_is_a_letter_from_an_earlier_one_is_told(ids: list[str]) -> None:
    told = look_alikes(ids)
    assert set(told.values()) <= {1}
    apart = {frozenset(pair) for pair in combinations(ids, 2) if is_a_letter_apart(*pair)}
    assert told.keys() <= apart
    # Of several that are all a letter apart, not each pair has to be told, but each id has to.
    assert {key for pair in told for key in pair} == {key for pair in apart for key in pair}


def is_a_letter_apart(one: str, other: str) -> bool:
    """Whether a letter more, another letter or two letters swapped make one id of the other."""
    short, long = sorted([one, other], key=len)
    if len(short) < len(long):
        cuts = [(long[:at] + long[at + 1 :], long[at]) for at in range(len(long))]
        return any(cut == short and letter.isalpha() for cut, letter in cuts)
    differing = [at for at in range(len(one)) if one[at] != other[at]]
    letters = {text[at] for text in (one, other) for at in differing}
    if len(differing) == 1:
        return all(letter.isalpha() for letter in letters)
    first = differing[0]
    swapped = differing == [first, first + 1] and sorted(one) == sorted(other)
    return swapped and any(letter.isalpha() for letter in letters)


def test_the_same_specialty_in_two_products_is_taken_and_no_look_alike(
    sound: str, write: Write
) -> None:
    twin = sound[sound.index("[products.exemplin]") :].replace("products.exemplin", "products.twin")
    twin = twin.replace('fr = "exempline"\nen = "exemplin"', 'fr = "twin"\nen = "twin"')
    rules = {d.rule for d in lint(write(f"{sound}\n{twin}"), as_of=AS_OF).diagnostics}
    assert "taken-id" in rules
    assert "look-alike-ids" not in rules


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("EXEMPLAR 0,8 POUR CENT, solution", "exemplar-0-8-pour-cent"),
        ("SPÉCIMEN 1/2, solution", "specimen-1-2"),
    ],
)
def test_the_id_that_is_proposed_is_an_id(
    name: str, proposed: str, sound: str, write: Write
) -> None:
    brand = name.split(maxsplit=1)[0].capitalize()
    text = sound.replace("EXEMPLAR 5 mg, solution injectable", name).replace(
        '"Exemplar"', f'"{brand}"'
    )
    found = {d.rule: d for d in lint(write(text.replace("exemplar-5-mg", "other"))).diagnostics}
    assert f"call it {proposed!r}, " in found["id-unlike-its-names"].help.en


def test_french_messages_have_the_french_names(sound: str, write: Write) -> None:
    text = sound.replace('["draining"]', "[]").replace(
        'en = "exemplin"\ngroups', 'en = "exemplin"\nfr = "exempline"\ngroups'
    )
    contraindications = text.index("[[substances"), text.index("[products")
    text = text[: contraindications[0]] + text[contraindications[1] :]
    found = {d.rule: d for d in lint(write(text)).diagnostics}
    assert found["product-without-effect"].message.fr == "exempline n'a aucun effet"
    message = found["contraindications-not-looked-up"].message
    assert message.fr == "contre-indications que personne n'a cherchées : exempline"
    assert message.en == "nobody has looked up the contraindications of exemplin"
