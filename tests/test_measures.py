"""Written numbers: what is read, and what is refused without being repeated."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomix.measures import millimetres, whole, years


@pytest.mark.parametrize(
    ("written", "age"),
    [
        ("30", 30),
        (" 30 ", 30),
        ("0", 0),
        ("2.5", 2.5),
        ("2,5", 2.5),
        *((f"30{unit}", 30) for unit in (" ans", "ans", " a", " years", " yrs", " Y", " ANS")),
        ("1 an", 1),
        ("1 year", 1),
        *((f"30{unit}", 2.5) for unit in (" mois", "mois", " months", " MOIS")),
        ("1 month", 1 / 12),
        ("7,5 mois", 0.625),
    ],
)
def test_an_age_is_read_in_years(written: str, age: float) -> None:
    assert years(written) == age


@pytest.mark.parametrize(
    ("written", "depth"),
    [("4", 4), ("4.5", 4.5), ("4,5", 4.5), ("4 mm", 4), ("4,5mm", 4.5), (" 10 MM ", 10)],
)
def test_a_depth_is_read_in_millimetres(written: str, depth: float) -> None:
    assert millimetres(written) == depth


@pytest.mark.parametrize(("written", "number"), [("7", 7), (" 0 ", 0), ("007", 7)])
def test_a_whole_number_is_read(written: str, number: int) -> None:
    assert whole(written) == number


WRONG = ["", " ", "x", "-1", "+1", "1e3", "nan", "inf", "1.", ".5", "1,,5", "1_0", "٣", "²", "1 2"]


@pytest.mark.parametrize("reader", [years, millimetres, whole])
@pytest.mark.parametrize("written", [*WRONG, "9" * 5_000, "1 jour", "4 cm", "30 m"])
def test_anything_else_is_refused_and_not_repeated(
    reader: Callable[[str], float], written: str
) -> None:
    with pytest.raises(ValueError, match=r"^must be a ") as caught:
        reader(written)
    assert not written.strip() or f"{written!r}" not in str(caught.value)


@pytest.mark.parametrize("written", ["4 mm", "4.5", "7 mois", "7 ans"])
def test_a_count_has_no_unit_and_no_fraction(written: str) -> None:
    with pytest.raises(ValueError, match=r"^must be a whole number$"):
        whole(written)


@given(st.text(max_size=12))
def test_no_text_is_more_than_refused(written: str) -> None:
    for reader in (years, millimetres, whole):
        try:
            read = reader(written)
        except ValueError:
            continue
        assert read >= 0
