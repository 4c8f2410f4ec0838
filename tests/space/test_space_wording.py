"""What the texts about a space have in common."""

import pytest

from mesomix import RULES, Language, Severity, Text, load
from mesomix.planes import SURE, UNSURE, WIDTH, Planes
from mesomix.space.objection import Objection, objections
from mesomix.space.wording import (
    MOST_NAMED,
    columns,
    counted,
    mixtures,
    name,
    objections_said,
    products,
    rule_said,
    share,
    some,
)

FR, EN = Language.FR, Language.EN


def test_thousands_stand_apart() -> None:
    assert counted(1333335000, FR) == "1\u202f333\u202f335\u202f000"
    assert counted(1333335000, EN) == "1,333,335,000"


def test_none_is_singular_in_french_only() -> None:
    assert [mixtures(n, FR) for n in (0, 1, 2)] == ["0 mélange", "1 mélange", "2 mélanges"]
    assert [products(n, EN) for n in (0, 1, 2)] == ["0 products", "1 product", "2 products"]


@pytest.mark.parametrize(
    ("number", "total", "says"),
    [
        (0, 0, "0%"),
        (0, 1000, "0%"),
        (1, 1000, "< 1%"),
        (41, 100, "41%"),
        (999, 1000, "> 99%"),
        (1000, 1000, "100%"),
    ],
)
def test_a_share_is_neither_none_nor_all_where_it_is_not(
    number: int, total: int, says: str
) -> None:
    assert share(number, total, EN) == says
    assert share(number, total, FR) == says.replace("%", "\u202f%")


def test_a_rule_says_how_bad_and_how_sure() -> None:
    assert rule_said("r", Severity.REFUSE, True, FR) == "r (refus)"
    assert rule_said("r", Severity.REVIEW, False, FR) == "r (à revoir, ne peut pas trancher)"
    assert rule_said("r", Severity.REFUSE, None, EN) == "r (not checked)"


def test_what_could_not_run_is_told_together() -> None:
    one, two, three = (
        Objection("one", Severity.REFUSE, True),
        Objection("two", Severity.REFUSE, None),
        Objection("three", Severity.REVIEW, None),
    )
    assert objections_said([two, one, three], FR) == "one (refus) ; non vérifié : two, three"
    assert objections_said([two], EN) == "not checked: two"
    assert objections_said([], EN) == ""


def test_of_many_names_the_first_are_told() -> None:
    assert some(["a", "b"], FR) == "a, b"
    many = some(map(str, range(MOST_NAMED + 1)), FR)
    assert many.endswith(f"{MOST_NAMED - 1}, et 1 de plus")


def test_a_name_keeps_to_its_line() -> None:
    assert "\n" not in name(Text.same("a\nb\x1b[2J"), FR)
    assert "\x1b" not in name(Text.same("a\nb\x1b[2J"), FR)


def test_columns_stand_under_each_other() -> None:
    assert columns([["a", "1"], ["bcd", "200"]]) == ["  a      1", "  bcd  200"]


def test_what_is_sure_comes_before_what_cannot_be_ruled_out() -> None:
    first, second, *_ = RULES
    review = 2
    found = objections(Planes(RULES, load().edition), review << UNSURE | review << WIDTH + SURE)
    assert [(one.rule, one.certain) for one in found] == [(second.id, True), (first.id, False)]
