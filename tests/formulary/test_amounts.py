"""Which amount belongs to which product of a text, and the amounts beside names."""

from fractions import Fraction
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mesomix
from mesomix import Formulary, Quantity, Verdict
from mesomix.composition import Content
from mesomix.formulary.amount_items import items_of
from mesomix.formulary.amounts import shared_out
from mesomix.names import tokens
from mesomix.request import Component
from mesomix.vocabulary import Unknown

NAMES: Final = frozenset({"p", "m", "d"})


def component(formulary: Formulary, written: Any) -> Component:
    """What one text, or one name with its amount, means."""
    [found] = formulary.mixture(written).components
    return found


def content(formulary: Formulary, *written: Any) -> Content:
    """The first active substance of a mixture."""
    return formulary.mixture(*written).composition().contents[0]


def shares(text: str) -> str:
    """The volumes of the names p, m and d of a text, "-" for none; "?" where that is not sure."""
    found = tokens(text)
    spans = [(n, n + 1) for n, token in enumerate(found) if token.word in NAMES]
    items = items_of(found, {n for n, _ in spans})
    shared = shared_out(found, spans, items)
    if shared is None:
        return "?"
    return " ".join("+".join(str(item.number) for item in owned) or "-" for owned in shared)


# --- Several products in one text -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *(("p 2 ml", "2"), ("2 ml p 1 ml", "2+1"), ("p", "-"), ("p m", "- -"), ("p, m", "- -")),
        # A comma, a plus, a slash, a line or a word parts them.
        *(("2 ml p + 1 ml m", "2 1"), ("p 2 ml, m 1 ml", "2 1"), ("p 2 ml\nm 1 ml", "2 1")),
        *(("p 2 ml et 1 ml m", "2 1"), ("2 ml p, m 1 ml", "2 1"), ("p 2 ml & m 1 ml", "2 1")),
        *(("p 2 ml / m 1 ml", "2 1"), ("p 2 ml; 1 ml m", "2 1"), ("p 2 ml | m 1 ml", "2 1")),
        *(("p 2 ml avec m 1 ml", "2 1"), ("p 2 ml and m 1 ml", "2 1")),
        *(("p 2 ml with 1 ml m", "2 1"), ("p, 2 ml m", "- 2"), ("p + 2 ml m, 3 ml d", "- 2 3")),
        *(("p 2 ml + m", "2 -"), ("p + m 2 ml", "- 2"), ("p, m, d 3 ml", "- - 3")),
        ("p 2 ml, m, d 3 ml", "2 - 3"),
        # Without one, all stand behind their names, or all before.
        *(("p 2 ml m 1 ml", "2 1"), ("2 ml p 1 ml m", "2 1"), ("p 2 ml m 1 ml d 3 ml", "2 1 3")),
        *(("2 ml p 1 ml m 3 ml d", "2 1 3"), ("p 2 ml 4 ml m 1 ml", "?")),
        # Neither, or both: of which of them?
        *(("p 2 ml m", "?"), ("2 ml p 3 ml m 1 ml", "?"), ("p 2 ml m 1 ml d", "?")),
        # Between two cuts.
        *(("p, 2 ml, m 1 ml", "?"), ("p, 2 ml, m", "?"), ("2 ml p, 1 ml, m", "?")),
        *(("p 2 ml, 1 ml m", "2 1"), ("p 2 ml, 3 ml, 1 ml m", "?"), ("p 2 ml et 3 ml et m", "?")),
        # A cut within an amount is none.
        *(("p 2 x 1 ml m 1 ml", "2 1"), ("p 4 mg/2 ml m 1 ml", "?")),
        *(("4 mg/2 ml p 1 ml m", "4 1"), ("p 1 ampoule et demie m 1 ml", "3/2 1")),
        ("p 1 ampoule et demie, m 1 ml", "3/2 1"),
    ],
)
def test_the_amounts_of_a_text_are_shared_out(text: str, found: str) -> None:
    assert shares(text) == found


@given(
    st.lists(st.sampled_from(["p", "m", "d", "2 ml", "1 %", ",", "+", "et", "zorg"]), min_size=1)
)
def test_each_amount_belongs_to_one_name_or_nobody_knows(parts: list[str]) -> None:
    text = tokens(" ".join(["p", *parts]))
    spans = [(n, n + 1) for n, token in enumerate(text) if token.word in NAMES]
    items = items_of(text, {n for n, _ in spans})
    shared = shared_out(text, spans, items)
    if shared is not None:
        assert len(shared) == len(spans)
        owned = sorted((i for share in shared for i in share), key=lambda item: item.first)
        assert owned == items


@pytest.mark.parametrize(
    ("text", "volumes"),
    [
        ("2 ml procaïne + 1 ml Miorel", (2, 1)),
        ("procaïne 2 ml, Miorel 1 ml", (2, 1)),
        ("procaïne 2 ml Miorel 1 ml", (2, 1)),
        ("Miorel 1 ampoule + Dicynone 1/2 ampoule", (2, 1)),
        ("Procaïne 2 % 2 ml, Miorel 4 mg/2 ml 1 ml et Dicynone 2 ml", (2, 1, 2)),
    ],
)
def test_each_product_has_its_amount(
    text: str, volumes: tuple[int, ...], formulary: Formulary
) -> None:
    mixture = formulary.mixture(text)
    assert mixture.read_in_part == ()
    found = [one.volume for one in mixture.composition().ingredients]
    assert found == [Quantity(str(volume), "mL") for volume in volumes]  # type: ignore


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        *(("procaïne Miorel 2 ml", "2 ml"), ("procaïne et Miorel 2 ml", "2 ml")),
        *(("procaïne 2 ml Miorel", "2 ml"), ("procaïne, 2 ml, Miorel 1 ml", "2 ml 1 ml")),
        ("procaïne + Miorel 2 ml de chaque", "chaque 2 ml"),
        ("procaïne/Miorel 2/1 ml", "2/1 ml"),
        ("procaïne 2 ml + 2 ml, Miorel 1 ml", "2 ml 1 ml"),
    ],
)
def test_where_it_is_not_sure_all_of_it_is_asked_about(
    text: str, unread: str, formulary: Formulary
) -> None:
    found = component(formulary, text)
    assert len(found.products) == 2
    assert found.read.unread == unread
    assert {portion.volume for portion in found.portions} == {None}
    assert {portion.written.unread for portion in found.portions} == {True}
    assert {c.unknown for c in formulary.mixture(text).composition().contents if c.active} == {
        (Unknown.NOT_READ,)
    }


def test_with_a_word_that_is_not_understood_no_amount_of_the_text_is_read(
    formulary: Formulary,
) -> None:
    """It may be "jeter", "sauf" or "max"."""
    for text in ("Miorel 2 ml zorg", "Miorel 2 ml ?", "zorg Miorel 2 ml, Dicynone 2 ml"):
        found = component(formulary, text)
        assert {(portion.volume, portion.written.unread) for portion in found.portions} == {
            (None, True)
        }
    assert component(formulary, "Miorel zorg").amounts == ()
    assert component(formulary, "zorg 2 ml").amounts[0].unread
    assert component(formulary, "zorg").amounts == ()


@pytest.mark.parametrize("text", ["Procaïne Lavoisier 5 % 2 ml", "Miorel 2 ml 5 %"])
def test_a_volume_stays_one_beside_a_strength_that_the_product_does_not_have(
    text: str, formulary: Formulary
) -> None:
    found = component(formulary, text)
    assert found.read.unread == "5 %"
    assert not found.products[0].specified
    mixture = formulary.mixture(text, "Miorel 1 ml")
    assert mixture.composition().volume == Quantity.read("3 mL")
    assert content(formulary, text).quantity is None


# --- A name and its amount ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "amount", "mg"),
    [
        *(("Miorel", "2 ml", 4), ("Miorel", "1 ampoule", 4), ("Miorel", "½ ampoule", 2)),
        *(("Miorel", "4 mg", 4), ("Miorel", "4 mg/2 ml, 1 ml", 2), ("Miorel", "2 ml, 4 mg", 4)),
        *(("Miorel 4 mg/2 ml", "1 ml", 2), ("2 % procaïne", "2 ml", 40)),
        *(("procaïne", "2 % 2 ml", 40), ("lidocaïne 2 %", "15 ml", 300)),
        *(("étamsylate", "250 mg", 250), ("Dicynone", "500 mg", 500)),
        *(("Miorel", Quantity.read("2 mL"), 4), ("Miorel", Quantity.read("0.2 cL"), 4)),
        *(("Miorel", Quantity.read("4 mg"), 4), ("Miorel", Quantity.read("0.004 g"), 4)),
        ("Miorel", Quantity.read("1.125 mL"), "2.25"),
        ("Miorel", Quantity.read("0.25 ug"), "0.00025"),
        ("Miorel", Quantity.read("1234567 mL"), 2469134),
        ("lidocaïne 1 %", Quantity.read("3 mL"), 30),
    ],
)
def test_an_amount_beside_a_name(
    name: str, amount: str | Quantity, mg: Any, formulary: Formulary
) -> None:
    found = content(formulary, (name, amount))
    assert found.quantity == Quantity.of(Fraction(mg), "mg")
    assert formulary.mixture((name, amount)).read_in_part == ()
    assert formulary.mixture((name, amount)).reads[0].written == name


@pytest.mark.parametrize(
    ("name", "amount", "unread"),
    [
        *(("Miorel", "", "(vide · empty)"), ("Miorel", "2", "2"), ("Miorel", "2-3 ml", "2-3 ml")),
        *(("Miorel", "2 ml de", "2 ml de"), ("Miorel", "2 ml ?", "2 ml ?")),
        *(("Miorel", "10² ml", "10² ml"), ("Miorel", "2 ml Dicynone", "2 ml Dicynone")),
        *(("Dicynone", "250", "250"), ("Miorel zorg", "2 ml", "zorg")),
        *(("Miorel 2 ml", "1 ml", "2 ml 1 ml"), ("Miorel", "5 %, 4 mg", "5 %, 4 mg")),
        *(("Miorel", "100 UI", "100 UI"), ("procaïne, Miorel", "2 ml", "2 ml")),
        ("Miorel 2 ml, Dicynone 1 ml", "1 ml", "2 ml 1 ml"),
    ],
)
def test_an_amount_that_is_not_understood_is_kept_and_asked_about(
    name: str, amount: str, unread: str, formulary: Formulary
) -> None:
    mixture = formulary.mixture((name, amount))
    assert mixture.reads[0].unread == unread
    assert mesomix.check(mixture).verdict is not Verdict.NO_OBJECTION
    assert "name-read-in-part" in {finding.rule for finding in mesomix.check(mixture).findings}
    assert content(formulary, (name, amount)).quantity is None
    assert mixture.composition().ingredients[0].amount == amount or not amount


def test_what_would_fit_is_told(formulary: Formulary) -> None:
    for written in ("Miorel 100 UI", ("Miorel", "100 UI")):
        read = component(formulary, written).read
        assert read.fitting is not None
        assert read.fitting.fr == "mg, ml ou un nombre d'ampoules"
        assert read.unread.lower() == "100 ui"
    assert component(formulary, "Miorel 2-3 ml").read.fitting is None


@pytest.mark.parametrize(
    ("name", "amount", "said"),
    [
        ("Miorel", "100 [iU]", "100 IU does not fit MIOREL 4 mg/2 ml; give mg, ml or a number"),
        ("Calcitonine", "4 mg", "4 mg does not fit calcitonin (salmon); give IU, ml or a number"),
        ("étamsylate", "2 mmol", "2 mmol does not fit etamsylate; give mg, ml or a number"),
        ("Miorel", "0 mL", "0 ml is no amount: give a volume, a mass or units, above 0"),
        *(("Miorel", "2 mg/mL", "2 mg/ml is no amount"), ("zorg", "2 mg/mL", "2 mg/ml is no")),
        ("Miorel 2 ml", "1 mL", "1 ml does not fit MIOREL 4 mg/2 ml: it contradicts the name"),
        ("procaïne, Miorel", "1 mL", "1 ml does not fit procaine: it contradicts the name"),
    ],
)
def test_a_quantity_that_does_not_fit_is_an_error(
    name: str, amount: str, said: str, formulary: Formulary
) -> None:
    with pytest.raises(ValueError, match=r"fit|no amount") as caught:
        formulary.mixture((name, Quantity.read(amount)))
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    "written",
    [
        *((), ("secret",), ("secret", "2 ml", "3 ml"), ("secret", 2), ("secret", 2.5), (2, "2 ml")),
        *(("secret", None), ("secret", b"2 ml"), ("secret", ("2", "ml")), (None, "2 ml"), 2, None),
        *(["secret", "2 ml"], b"secret", ("secret", True)),
    ],
)
def test_what_is_neither_a_text_nor_a_pair_is_refused_without_being_repeated(
    written: Any, formulary: Formulary
) -> None:
    for call in (lambda: formulary.mixture(written), lambda: formulary.mixture(per_day=[written])):
        with pytest.raises(TypeError) as caught:
            call()
        assert "secret" not in str(caught.value)
        assert "text" in str(caught.value)


@pytest.mark.parametrize(
    ("amount", "volume", "unread"),
    [
        *(("2 ml", "2 mL", False), ("2 mg", None, True), ("2-3 ml", None, True), ("", None, True)),
        *(("2 ml 3 ml", None, True), ("2 % 2 ml", None, True), ("2 ml ?", None, True)),
        (Quantity.read("2 cL"), "20 mL", False),
        (Quantity.read("2 mg"), None, True),
    ],
)
def test_a_name_that_nobody_knows_has_a_volume_at_most(
    amount: Any, volume: str | None, unread: bool, formulary: Formulary
) -> None:
    found = component(formulary, ("zorg", amount))
    [written] = found.amounts
    assert (written.unread, found.read.id) == (unread, None)
    mixture = formulary.mixture(("zorg", amount), "Miorel 1 ml")
    assert mixture.composition().ingredients[0].volume == (volume and Quantity.read(volume))
    assert (mixture.composition().volume is None) is (volume is None)
    assert mesomix.check(mixture).verdict is Verdict.REVIEW
    assert component(formulary, ("zorg 5 ml", amount)).amounts[0].unread


def test_the_day_is_written_in_the_same_ways(formulary: Formulary) -> None:
    written = ["Miorel 1 ml", ("Miorel", "1 ml"), ("Miorel", Quantity.read("1 mL"))]
    mixture = formulary.mixture("Miorel 1 ml", per_day=written)
    assert mixture.doses is not None
    [dose] = mixture.doses
    assert (dose.least, dose.day_least) == (Quantity.read("2 mg"), Quantity.read("6 mg"))
    assert [read.written for read in mixture.day_reads or ()] == ["Miorel 1 ml", "Miorel", "Miorel"]
    for day in ({"Miorel": "3 ml"}, {"Miorel": Quantity.read("6 mg")}):  # type: ignore
        [dose] = formulary.mixture("Miorel 1 ml", per_day=day).doses or ()
        assert dose.day_least == Quantity.read("6 mg")
    with pytest.raises(ValueError, match="does not fit"):
        formulary.mixture(per_day=[("Miorel", Quantity.read("1 [iU]"))])
