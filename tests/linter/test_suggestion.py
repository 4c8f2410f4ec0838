"""What somebody may have meant."""

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomix.linter.suggestion import did_you_mean, nearest_quantity
from mesomix.quantity import UNITS, Quantity

AMOUNTS = ("g", "mg", "ug", "mmol", "[iU]")
VOLUMES = ("mL",)


@pytest.mark.parametrize(
    ("written", "near"),
    [("repeatd", "repeated"), ("effect", "effects"), ("EFFECTS", None), ("", None), ("zzz", None)],
)
def test_only_a_near_word_is_suggested(written: str, near: str | None) -> None:
    text = did_you_mean(written, ["effects", "repeated"])
    assert text.fr == (f"vouliez-vous « {near} » ? " if near else "")
    assert text.en == (f"did you mean {near!r}? " if near else "")


def test_the_nearest_word_is_suggested() -> None:
    assert did_you_mean("exemplins", ["exempline", "exemplin"]).en == "did you mean 'exemplin'? "


def test_what_is_known_may_be_any_iterable() -> None:
    assert did_you_mean("effect", iter(["effects"])).en == "did you mean 'effects'? "


def test_a_suggestion_shows_no_control_character() -> None:
    assert did_you_mean("effects", ["effect\x1b"]).fr == "vouliez-vous « effect\\x1b » ? "


def test_of_a_page_only_the_beginning_is_compared() -> None:
    assert did_you_mean("x" * 100_000, ["x" * 60]).en == f"did you mean {'x' * 60!r}? "


def test_a_name_is_a_word_written_otherwise() -> None:
    named = {"grossesse": "pregnancy"}
    for written in ("grossesse", "Grossesse", "GROSSESSE®"):
        text = did_you_mean(written, ["pregnancy", "grossessa"], named)
        assert text.en == "did you mean 'pregnancy'? "
    assert did_you_mean("grossess", ["pregnancy"], named).en == ""


@pytest.mark.parametrize(
    ("written", "units", "meant"),
    [
        ("2 ml", VOLUMES, "2 mL"),
        ("2,5 ML", VOLUMES, "2.5 mL"),
        ("2ml.", VOLUMES, "2 mL"),
        ("10 cc", VOLUMES, "10 mL"),
        ("2 cL", VOLUMES, "20 mL"),
        ("0.5 L", VOLUMES, "500 mL"),
        (" 2 mL ", VOLUMES, "2 mL"),
        ("02 mL", VOLUMES, "2 mL"),
        (".5 mL", VOLUMES, "0.5 mL"),
        ("5 µg", AMOUNTS, "5 ug"),
        ("5 μg", AMOUNTS, "5 ug"),  # the letter, and not the sign
        ("5 mcg", AMOUNTS, "5 ug"),
        ("500 ng", AMOUNTS, "0.5 ug"),
        ("2 kg", AMOUNTS, "2000 g"),
        ("250 mgs", AMOUNTS, "250 mg"),
        ("250mg", AMOUNTS, "250 mg"),
        ("2,25 g", AMOUNTS, "2.25 g"),
        ("0,125 mg", AMOUNTS, "0.125 mg"),
        ("1 000 mg", AMOUNTS, "1000 mg"),
        ("100\u202f000 UI", AMOUNTS, "100000 [iU]"),
        ("100 I.U.", AMOUNTS, "100 [iU]"),
        ("3 MUI", AMOUNTS, "3000000 [iU]"),
        # What may be several things, or is of something else.
        ("1,000 mg", AMOUNTS, None),
        ("1.000 mgs", AMOUNTS, None),
        ("10 00 mg", AMOUNTS, None),
        ("1.2.3 mg", AMOUNTS, None),
        ("2 mL", AMOUNTS, None),
        ("2 mg", VOLUMES, None),
        ("2 U", AMOUNTS, None),
        ("2 %", AMOUNTS, None),
        ("2 meq", AMOUNTS, None),
        ("2 mug", AMOUNTS, None),
        ("0 mgs", AMOUNTS, None),
        ("-2 mgs", AMOUNTS, None),
        ("mg", AMOUNTS, None),
        (", mg", AMOUNTS, None),
        ("2", AMOUNTS, None),
        ("", AMOUNTS, None),
        ("2 mg/kg", AMOUNTS, None),
        ("1" * 50 + " mgs", AMOUNTS, None),
        ("2 mg" + " " * 100, AMOUNTS, None),
    ],
)
def test_a_quantity_that_can_only_be_one_is_suggested(
    written: str, units: tuple[str, ...], meant: str | None
) -> None:
    assert nearest_quantity(written, units) == meant


@given(st.integers(0, 999), st.integers(0, 99), st.sampled_from(sorted(UNITS)), st.booleans())
def test_a_suggestion_is_as_much_as_was_written(
    whole: int, hundredths: int, unit: str, comma: bool
) -> None:
    written = f"{whole}{',' if comma else '.'}{hundredths:02} {unit}"
    for units in (AMOUNTS, VOLUMES):
        meant = nearest_quantity(written, units)
        if meant is not None:
            found = Quantity.read(meant)
            assert found.unit in units
            same = Quantity.read(f"1 {UNITS[unit]}")
            assert found.kind == same.kind
            assert found.amount == (whole + Fraction(hundredths, 100)) * same.amount


@given(st.text(max_size=70))
def test_any_text_is_no_quantity_or_one(written: str) -> None:
    meant = nearest_quantity(written, AMOUNTS)
    assert meant is None or re.fullmatch(r"[0-9]+(\.[0-9]+)? (g|mg|ug|mmol|\[iU\])", meant)
