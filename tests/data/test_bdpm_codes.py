"""What the linter says of codes and forms, tried on all of BDPM: it has to believe what is real."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from mesomix.linter.lint_rules.codes import check_digit
from mesomix.linter.lint_rules.products import is_form_not_injected
from mesomix.linter.tables import is_atc

Shared = Callable[[str], Path]

INJECTED: Final = ("intra", "sous-cutan", "péri", "infiltration", "épidurale")
"""How the routes begin of what is injected; "intestinale" and the like do not."""


def rows(shared: Shared, name: str) -> Iterator[list[str]]:
    for line in (shared("bdpm") / name).read_bytes().splitlines():
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            text = line.decode("cp1252")
        yield text.split("\t")


def test_every_cip13_of_bdpm_has_the_check_digit_that_is_asked_for(shared: Shared) -> None:
    codes = [row[6] for row in rows(shared, "CIS_CIP_bdpm.txt")]
    assert len(codes) > 20_000
    assert [c for c in codes if check_digit(c) != c[-1] or not c.startswith("34009")] == []


def test_every_cis_of_bdpm_begins_as_is_asked_for(shared: Shared) -> None:
    assert {row[0][0] for row in rows(shared, "CIS_bdpm.txt")} == {"6"}


def test_every_atc_class_of_bdpm_is_one(shared: Shared) -> None:
    classes = {row[1].strip() for row in rows(shared, "CIS_MITM.txt")}
    assert len(classes) > 500
    assert [code for code in classes if code and not is_atc(code)] == []


def test_one_form_of_bdpm_that_is_only_injected_is_called_oral(shared: Shared) -> None:
    called = Counter(
        row[2].strip()
        for row in rows(shared, "CIS_bdpm.txt")
        if all(route.strip().startswith(INJECTED) for route in row[3].split(";"))
        and is_form_not_injected(row[2])
    )
    assert called == {"gel stérile": 1}  # most gels are not injected; a suppression says so


def test_nearly_every_form_of_bdpm_that_is_only_swallowed_is_called_oral(shared: Shared) -> None:
    swallowed = [row[2] for row in rows(shared, "CIS_bdpm.txt") if row[3].strip() == "orale"]
    missed = [form for form in swallowed if not is_form_not_injected(form)]
    assert len(swallowed) > 8_000
    assert len(missed) / len(swallowed) < 0.01  # the routes say so of the rest
