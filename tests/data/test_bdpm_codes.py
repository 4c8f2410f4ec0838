"""Codes and forms, tried on all of BDPM: what the linter says of them, and those of the data."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import tomli

import mesomix
from mesomix.linter.lint_rules.codes import check_digit
from mesomix.linter.lint_rules.products import is_form_not_injected
from mesomix.linter.tables import is_atc
from mesomix.names import fold

Shared = Callable[[str], Path]

INJECTED: Final = ("intra", "sous-cutan", "péri", "infiltration", "épidurale")
"""How the routes begin of what is injected; "intestinale" and the like do not."""

SUBSTANCES: Final[dict[str, Any]] = tomli.loads(
    (Path(__file__).parents[2] / "data" / "substances.toml").read_text(encoding="utf-8")
)["substances"]
CODED: Final = [
    key
    for key, table in SUBSTANCES.items()
    if table.get("bdpm_codes") and "corticosteroid" not in table.get("groups", ())
]
"""The corticosteroids have codes of older states as well; test_substances.py looks at these."""
NOT_FRENCH: Final = {
    *("Naprosyn", "Voltaren", "Mobic", "Tylenol", "Panadol", "Novalgine"),
    *("Novocaïne", "Novocain"),  # of Britannica, as the table says
    *("Noroxine", "Efferalgan Codéine"),  # once French, and no longer in BDPM
    *("co-amoxiclav", "amoxiclav", "amox-clav", "amoxicillin clavulanic acid"),
    *("TMP-SMX", "SMX-TMP", "triméthoprime sulfaméthoxazole", "sulfaméthoxazole triméthoprime"),
}
"""Brands, and names of fixed combinations, that no French specialty of today has."""


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


# --- The codes of the data ------------------------------------------------------------------


@pytest.fixture(scope="session")
def names_by_code(shared: Shared) -> dict[str, set[str]]:
    """The names that BDPM gives to each substance code."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows(shared, "CIS_COMPO_bdpm.txt"):
        found[row[2]].add(row[3].strip())
    return found


@pytest.fixture(scope="session")
def specialties_by_code(shared: Shared) -> dict[str, set[str]]:
    """The CIS codes of the specialties that hold each substance code."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows(shared, "CIS_COMPO_bdpm.txt"):
        found[row[2]].add(row[0])
    return found


@pytest.fixture(scope="session")
def specialties_by_atc(shared: Shared) -> dict[str, set[str]]:
    """The CIS codes of the specialties of each ATC class."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows(shared, "CIS_MITM.txt"):
        found[row[1].strip()].add(row[0])
    return found


@pytest.fixture(scope="session")
def folded_names(shared: Shared) -> dict[str, str]:
    """The folded name of each specialty, by its CIS code."""
    return {row[0]: fold(row[1]) for row in rows(shared, "CIS_bdpm.txt")}


@pytest.mark.parametrize("key", CODED)
def test_a_substance_code_of_the_data_is_that_of_the_substance(
    key: str, names_by_code: dict[str, set[str]]
) -> None:
    table = SUBSTANCES[key]
    stem = fold(table.get("fr", table["en"]).split()[-1])[:7]
    for code in table["bdpm_codes"]:
        assert any(stem in fold(name) for name in names_by_code[code]), code


@pytest.mark.parametrize("key", [key for key in CODED if SUBSTANCES[key].get("atc")])
def test_an_atc_class_of_the_data_is_that_of_a_specialty_with_the_substance(
    key: str,
    specialties_by_code: dict[str, set[str]],
    specialties_by_atc: dict[str, set[str]],
) -> None:
    table = SUBSTANCES[key]
    holding = set().union(*(specialties_by_code[code] for code in table["bdpm_codes"]))
    for atc in table["atc"]:
        if atc in specialties_by_atc:  # BDPM tells the class of half of its specialties
            assert specialties_by_atc[atc] & holding, atc


@pytest.mark.parametrize("key", [key for key in CODED if SUBSTANCES[key].get("brands")])
def test_a_brand_of_the_data_is_that_of_a_specialty_with_the_substance(
    key: str, specialties_by_code: dict[str, set[str]], folded_names: dict[str, str]
) -> None:
    table = SUBSTANCES[key]
    holding = set().union(*(specialties_by_code[code] for code in table["bdpm_codes"]))
    names = [folded_names.get(cis, "") for cis in holding]
    for brand in set(table["brands"]) - NOT_FRENCH:
        assert any(name.startswith(fold(brand)) for name in names), brand


@pytest.mark.parametrize("key", [key for key in CODED if SUBSTANCES[key]["checked"].day == 22])
def test_a_common_allergen_is_found_by_each_name_of_its_codes(
    key: str, names_by_code: dict[str, set[str]], formulary: mesomix.Formulary
) -> None:
    for name in set().union(*(names_by_code[code] for code in SUBSTANCES[key]["bdpm_codes"])):
        assert key in {substance.id for substance in formulary.find(name).substances}, name
