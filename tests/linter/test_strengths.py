"""Whether two strengths are one, however they are written."""

import pytest
from bdpm.conftest import DOWNLOADED
from hypothesis import given
from hypothesis import strategies as st

from mesomix import bdpm
from mesomix.bdpm import BdpmSpecialty, BdpmSubstance
from mesomix.linter.lint_rules.strengths import compared

SAME = [
    ("50 mg/5 ml", "50 mg", "5 ml"),
    ("10 mg/ml", "50 mg", "5 ml de solution injectable"),
    ("0,05 g/5 mL", "50,00 mg", "5 ml"),
    ("1 g/5 ml", "1,0000 g", "une ampoule de 5 ml"),
    ("1 g", "1000 mg", "une ampoule de 5 ml"),
    ("2,25 g", "2,25 g", "un sachet de 6 g"),
    ("500 mg", "500 mg", "un comprimé"),
    ("250 mg/flacon", "250 mg", "un flacon"),
    ("10 %", "10 g", "100 ml de solution"),
    ("1 million UI", "1 000 000 UI", "un flacon"),
    ("1 MUI/ml", "1 000 000 U.I.", "1 ml"),
    ("100 U.I./1 ml", "100 UI", "une ampoule de 1 ml"),
    ("4000 UI anti-Xa/0,4 ml", "10 000 UI anti-Xa", "1 ml"),
    ("5 microgrammes/ml", "0,005 mg", "1 ml"),
    ("5 µg/ml", "5 mcg", "1 ml"),
    ("370 MBq/ml", "37 MBq", "0,1 ml"),
    ("5 mg", "5 mg", ""),
    ("5 mg/ml", "5 mg/1 ml", ""),
]
OTHER = [
    ("50 mg/5 ml", "50 mg", "10 ml"),
    ("50 mg/5 ml", "25 mg", "5 ml"),
    ("5 mg/ml", "5 g", "1 ml"),
    ("1 g", "500 mg", "une ampoule de 5 ml"),
    ("500 mg", "250 mg", "un comprimé"),
    ("1 %", "10 g", "100 ml de solution"),
    ("100 000 UI", "10 000 UI", "un flacon"),
    ("5 microgrammes/ml", "5 mg", "1 ml"),
    ("10 mg/ml", "10 mg", "0,1 ml"),
]
UNKNOWN = [
    ("4 mg/2 ml", "5 mg", "une ampoule"),  # of which nobody says how large it is
    ("5 mg", "10 g", "100 ml de solution"),
    ("5 mg", "100 UI", "une ampoule"),
    ("5 mg/ml", "5 mg", "1 g de crème"),
    ("5 mg", "2CH à 30CH", "une ampoule"),
    ("5 mg", "", ""),
    ("forte", "5 mg", "une ampoule"),
    ("1.000 mg", "1 mg", "un comprimé"),  # or a thousand
    ("1.2.3 mg", "1 mg", "un comprimé"),
    ("5 mg/0 ml", "5 mg", "1 ml"),
    ("5 mg/forte", "5 mg", "1 ml"),
    ("5 %", "5 mg", "1 ampoule"),
    ("1.2.3 %", "5 mg", "1 ml"),
    ("9" * 31 + " mg", "5 mg", "1 ml"),
    ("5 mg", "9" * 31 + " mg", "1 ml"),
    ("5 mg/2 ml", "5 mg", "0 ml"),
]


def specialty(name: str, *rows: tuple[str, str]) -> BdpmSpecialty:
    composition = tuple(
        BdpmSubstance("90001", "EXEMPLINE", strength, reference, "SA", "solution", str(n))
        for n, (strength, reference) in enumerate(rows)
    )
    return BdpmSpecialty(
        *("60000001", name, "solution", (), "", "", "", None, "", composition, True)
    )


@pytest.mark.parametrize(("ours", "strength", "reference"), SAME)
def test_the_same_in_other_words_is_the_same(ours: str, strength: str, reference: str) -> None:
    assert compared(ours, specialty("EXEMPLAR", (strength, reference))) is True


@pytest.mark.parametrize(("ours", "strength", "reference"), OTHER)
def test_another_strength_is_another(ours: str, strength: str, reference: str) -> None:
    assert compared(ours, specialty("EXEMPLAR", (strength, reference))) is False


@pytest.mark.parametrize(("ours", "strength", "reference"), UNKNOWN)
def test_what_cannot_be_compared_is_neither(ours: str, strength: str, reference: str) -> None:
    assert compared(ours, specialty("EXEMPLAR", (strength, reference))) is None


def test_each_of_several_strengths_has_to_be_there() -> None:
    both = specialty("EXEMPLAR", ("20 mg", "un comprimé"), ("5 mg", "un comprimé"))
    assert compared("20 mg + 5 mg", both) is True
    assert compared("20 mg + 6 mg", both) is False
    assert compared("20 mg + forte", both) is None
    assert compared("forte + 6 mg", both) is False


@pytest.mark.parametrize(
    ("ours", "name", "same"),
    [
        ("4 mg/2 ml", "EXEMPLAR 4 mg/2 ml, solution injectable (IM)", True),
        ("2 mg/ml", "EXEMPLAR 4 mg/2 ml, solution injectable (IM)", True),
        ("4 mg/ml", "EXEMPLAR 4 mg/2 ml, solution injectable (IM)", False),
        ("100 UI/ml", "EXEMPLAR II 100 U.I./ 1 ml, solution", True),
        ("0,8 %", "EXEMPLAR 0,8 POUR CENT, solution", True),
        ("100 UI/ml", "EXEMPLAR MIX50 100 UI/ml, suspension", True),
        ("4 mg/2 ml", "EXEMPLAR 2, solution de 4 mg/2 ml", None),  # which is its form
        ("4 mg/2 ml", "EXEMPLAR RETARD", None),
        ("4 mg/2 ml", "EXEMPLAR 4.000 mg/2 ml", None),  # or four thousand
    ],
)
def test_the_name_tells_how_large_an_ampoule_is(ours: str, name: str, same: bool | None) -> None:
    rows = ("100 UI", "une ampoule") if "UI" in ours else ("4 mg", "une ampoule")
    assert compared(ours, specialty(name, rows)) is same


def test_a_row_outweighs_a_name_that_says_another_strength() -> None:
    salt = specialty("EXEMPLAR 0,8 POUR CENT, solution", ("10 g", "100 ml de solution"))
    assert compared("10 g/100 ml", salt) is True
    assert compared("0,8 g/100 ml", salt) is True
    assert compared("9 g/100 ml", salt) is False


@given(st.text(), st.text(), st.text(), st.text())
def test_no_text_is_too_odd(ours: str, strength: str, reference: str, name: str) -> None:
    assert compared(ours, specialty(name, (strength, reference))) in {True, False, None}


@given(st.integers(1, 9999), st.integers(1, 99), st.integers(2, 9))
def test_more_of_both_is_the_same_and_more_of_one_is_not(mg: int, ml: int, times: int) -> None:
    found = specialty("EXEMPLAR", (f"{mg} mg", f"{ml} ml"))
    assert compared(f"{mg * times} mg/{ml * times} ml", found) is True
    assert compared(f"{mg * times} mg/{ml} ml", found) is False


@pytest.mark.slow
def test_the_names_of_the_real_bdpm_seldom_differ_from_its_compositions() -> None:
    if not DOWNLOADED.is_dir():
        pytest.skip("the files of BDPM are absent")
    same = other = 0
    for found in bdpm.read(DOWNLOADED).specialties.values():
        words = found.name.partition(", ")[0].split()
        strength = " ".join(words[-2:])
        without_name = specialty("", *((s.strength, s.reference) for s in found.composition))
        result = compared(strength, without_name)
        same += result is True
        other += result is False
    assert same > 6_000
    assert other / same < 0.03
