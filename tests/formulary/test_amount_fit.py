"""What amounts and strengths come to beside one product: a dose, a name, or a contradiction."""

from dataclasses import replace
from fractions import Fraction
from typing import Final

import pytest

from mesomix import Formulary, Product
from mesomix.evidence import Text
from mesomix.formulary.amount_fit import Fitted, as_written, fitted
from mesomix.formulary.amount_items import items_of
from mesomix.formulary.linking import of_unknown_specialty
from mesomix.names import tokens
from mesomix.portion import Measure, WrittenAmount
from mesomix.quantity import Quantity

NAME: Final = "zorg"
MASS: Final = Text("mg, ml ou un nombre d'ampoules", "mg, ml or a number of ampoules")
UNITS: Final = Text("UI, ml ou un nombre d'ampoules", "IU, ml or a number of ampoules")


def fit(product: Product, text: str, more: int = 0) -> Fitted:
    """What the amounts of a text come to; in it, "zorg" with so many `more` words is the name."""
    found = tokens(text)
    [name_at] = [position for position, token in enumerate(found) if token.word == NAME]
    name = (name_at, name_at + 1 + more)
    return fitted(product, items_of(found, range(*name)), found, name)


def shown(found: Fitted) -> str:
    """In a few words: an amount, "a name" where there is none, or what was not understood."""
    if found.unread:
        return f"{len(found.unread)} unread"
    if found.amount is None:
        return "a name"
    one = found.amount
    parts = [
        *([f"{one.volume} ml"] if one.volume is not None else ()),
        *([f"{one.measured.value} {one.measured.unit}"] if one.measured is not None else ()),
        *([f"{one.containers} amp"] if one.containers is not None else ()),
        *([f"of {one.container}"] if one.container is not None else ()),
        *([f"at {one.strength.amount}"] if one.strength is not None else ()),
        *([f"perhaps {one.possible.amount} {one.possible.kind}"] if one.possible else ()),
    ]
    return " ".join(parts)


# --- One specialty: 250 mg in 2 ml ----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *(("zorg", "a name"), ("zorg 2 ml", "2 ml"), ("2 ml zorg", "2 ml"), ("zorg 3 ml", "3 ml")),
        # A mass: as the name of its ampoule, as an amount, or as another medicine.
        *(("zorg 250 mg", "perhaps 250 mg"), ("zorg 0,25 g", "perhaps 250 mg")),
        ("zorg 250", "a name"),
        *(("zorg 500 mg", "1 unread"), ("zorg 125 mg", "1 unread"), ("zorg 500", "1 unread")),
        *(("zorg : 250 mg", "250 mg"), ("zorg = 125 mg", "125 mg"), ("zorg (500 mg)", "500 mg")),
        *(("125 mg de zorg", "125 mg"), ("250 mg zorg", "250 mg"), ("2 x 250 mg zorg", "500 mg")),
        # A strength is one of its own.
        *(("zorg 250 mg/2 ml", "a name"), ("zorg 125 mg/ml", "a name"), ("zorg 12,5 %", "a name")),
        *(("zorg 5 %", "1 unread"), ("zorg 5 % 500 mg/ampoule 2 ml", "2 unread")),
        *(("zorg 10 mg/ml", "1 unread"), ("zorg 5 % 2 ml", "1 unread")),
        *(("zorg 125 mg/ml 1 ml", "1 ml at 125"), ("zorg 12,5 % : 250 mg", "250 mg at 125")),
        *(("zorg 12,5 % 12,5 %", "a name"), ("zorg 12,5 % 5 %", "2 unread")),
        # What one ampoule holds is as well.
        *(("zorg 250 mg/ampoule", "a name"), ("zorg 500 mg/ampoule", "1 unread")),
        ("zorg 250 mg/ampoule, 2 ampoules", "2 amp"),
        # A mass and a volume agree, or the mass is the name.
        *(("zorg 250 mg 2 ml", "2 ml"), ("zorg 125 mg 1 ml", "1 ml")),
        *(("zorg 250 mg 1 ml", "1 ml"), ("zorg 125 mg 2 ml", "2 unread")),
        *(("zorg 187,5 mg 1,5 ml", "3/2 ml"), ("zorg : 250 mg 1 ml", "2 unread")),
        *(("zorg (125 mg) 1 ml", "1 ml"), ("zorg 1 ml (125 mg)", "1 ml")),
        *(("zorg 2 ml 2 ml", "2 unread"), ("zorg 2 ml 3 ml", "2 unread")),
        ("zorg : 125 mg 250 mg", "2 unread"),
    ],
)
def test_the_amounts_of_one_specialty(text: str, found: str, formulary: Formulary) -> None:
    assert shown(fit(formulary.find("Dicynone"), text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *(("zorg 2 ampoules", "2 amp"), ("1/2 ampoule de zorg", "1/2 amp")),
        *(("zorg 1 amp", "1 amp"), ("zorg 1 ampoule de 2 ml", "1 amp of 2")),
        *(("zorg 2 ampoules de 5 ml", "1 unread"), ("zorg 250 mg 2 ampoules", "2 amp")),
        *(("zorg 500 mg 2 ampoules", "2 unread"), ("zorg 250 mg 1 ampoule 2 ml", "3 unread")),
        ("zorg 2 amp 3 amp", "2 unread"),
        # The volume is that of all, or of one; or it is neither.
        *(("zorg 2 ampoules 4 ml", "4 ml"), ("zorg 2 ampoules 2 ml", "4 ml")),
        *(("zorg 1 ampoule 2 ml", "2 ml"), ("zorg 1/2 ampoule 1 ml", "1 ml")),
        *(("zorg 1 ampoule 3 ml", "2 unread"), ("zorg 2 ampoules 3 ml", "2 unread")),
        *(("zorg 1/2 ampoule 2 ml", "1 ml"), ("zorg 1 ampoule 1 ml", "2 unread")),
        *(("zorg 2 ampoules de 2 ml 4 ml", "4 ml"), ("zorg 2 ampoules de 2 ml 2 ml", "2 unread")),
        # The size of an ampoule or a syringe is no amount.
        *(("zorg ampoule de 2 ml", "a name"), ("zorg ampoule de 5 ml", "1 unread")),
        *(("zorg seringue de 5 ml", "1 unread"), ("zorg seringue de 2 ml", "1 unread")),
        *(("zorg seringue de 2 ml 1 ml", "1 ml"), ("zorg 1 ml dans une seringue de 5 ml", "1 ml")),
        *(("zorg ampoule de 2 ml 1 ml", "1 ml"), ("zorg 1 ml ampoule de 5 ml", "2 unread")),
        ("zorg 1 ampoule seringue de 5 ml", "1 amp"),
        ("zorg 1 ml ampoule de 2 ml seringue de 5 ml", "2 unread"),
    ],
)
def test_ampoules_of_one_specialty(text: str, found: str, formulary: Formulary) -> None:
    assert shown(fit(formulary.find("Dicynone"), text)) == found


# --- A brand of two strengths, each in ampoules of 2 and of 5 ml ----------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *(("zorg 2 ml", "2 ml"), ("zorg 2 % 2 ml", "2 ml at 20"), ("zorg 1 % 2 ml", "2 ml at 10")),
        *(("zorg 5 % 2 ml", "1 unread"), ("zorg 1 amp", "1 amp")),
        *(("zorg 1 amp de 5 ml", "1 amp of 5"), ("zorg 1 amp 5 ml", "5 ml")),
        *(("zorg 2 amp 5 ml", "10 ml"), ("zorg 2 amp 4 ml", "4 ml")),
        *(("zorg 1 amp de 3 ml", "1 unread"), ("zorg 1 amp 3 ml", "2 unread")),
        *(("zorg 100 mg", "perhaps 100 mg"), ("zorg 100", "a name"), ("zorg 30 mg", "1 unread")),
        *(("zorg 40 mg 2 ml", "2 ml"), ("zorg 20 mg 2 ml", "2 ml")),
        *(("zorg 30 mg 2 ml", "2 unread"), ("zorg 2 % 40 mg", "40 mg at 20")),
        *(("zorg 2 % 40 mg 2 ml", "2 ml at 20"), ("zorg 2 % 30 mg 2 ml", "3 unread")),
        ("zorg 2 % : 30 mg", "30 mg at 20"),
    ],
)
def test_the_amounts_of_a_brand_of_two_strengths(
    text: str, found: str, formulary: Formulary
) -> None:
    assert shown(fit(formulary.find("Procaïne Lavoisier"), text)) == found


# --- A substance: nobody knows which specialty ----------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *(("zorg 2 ml", "2 ml"), ("zorg 5 % 2 ml", "2 ml at 50")),
        *(("zorg 2 % 1 amp", "1 amp at 20"), ("zorg 30 mg", "30 mg"), ("zorg : 100 mg", "100 mg")),
        *(("30 mg de zorg", "30 mg"), ("zorg 100 mg", "100 mg"), ("zorg 100", "1 unread")),
        *(("zorg 20", "1 unread"), ("zorg 30 mg 3 ml", "3 ml 30 mg")),
        *(("zorg 5 % 100 mg 2 ml", "2 ml at 50"), ("zorg 5 % 30 mg 2 ml", "3 unread")),
        *(("zorg 5 % 30 mg", "30 mg at 50"), ("zorg 1 amp de 3 ml", "1 amp of 3")),
        *(("zorg 1 amp 3 ml", "3 ml"), ("zorg 2 amp 3 ml", "2 unread")),
        *(("zorg 2 amp 4 ml", "2 unread"), ("zorg 1 amp 2 ml", "2 ml")),
        *(("zorg 2 amp de 2 ml 4 ml", "4 ml"), ("zorg 2 amp de 2 ml 2 ml", "2 unread")),
        *(("zorg 100 mg 2 amp", "200 mg"), ("zorg 30 mg 2 amp", "2 unread")),
        *(("zorg 100 mg/ampoule 2 amp", "2 amp"), ("zorg 30 mg/ampoule 2 amp", "1 unread")),
        *(("zorg seringue de 5 ml 1 ml", "1 ml"), ("zorg ampoule de 2 ml", "1 unread")),
        *(("zorg ampoule de 3 ml 1 ml", "1 ml"), ("zorg 1 amp seringue de 5 ml", "1 amp")),
    ],
)
def test_the_amounts_of_a_substance(text: str, found: str, formulary: Formulary) -> None:
    assert shown(fit(formulary.find("procaïne"), text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # A strength in so many millilitres: it may be all that there is in the syringe.
        *(
            ("zorg 250 mg/25 ml", "at 10 perhaps 250 mg"),
            ("zorg 50 mg/5 ml", "at 10 perhaps 50 mg"),
        ),
        *(("zorg 10 mg/ml", "a name"), ("zorg 1 %", "a name"), ("zorg 1 g/100 ml", "a name")),
        *(("zorg 250 mg/25 ml 2 ml", "2 ml at 10"), ("zorg 10 mg/ml 1 amp", "1 amp at 10")),
        # A container is perhaps of that size.
        ("zorg 250 mg/25 ml 1 amp", "1 amp at 10 perhaps 250 mg"),
        ("zorg 50 mg/5 ml 3 amp", "3 amp at 10 perhaps 150 mg"),
        ("zorg 50 mg/5 ml 3 amp de 5 ml", "3 amp of 5 at 10 perhaps 150 mg"),
        ("zorg 250 mg/25 ml 10 mg/ml", "at 10 perhaps 250 mg"),
        # A mass in a volume is a strength of one that is known, or perhaps one in each millilitre.
        *(("zorg 10 mg 2 ml", "2 ml perhaps 20 mg"), ("zorg 30 mg 1/2 ml", "1/2 ml perhaps 30 mg")),
        *(("zorg 20 mg 2 ml", "2 ml perhaps 40 mg"), ("zorg : 10 mg 2 ml", "2 ml 10 mg")),
        *(("zorg 20 mg dans 2 ml", "20 mg"), ("2 x 30 mg zorg", "60 mg")),
        # Containers of nobody knows what size.
        *(("zorg 3 amp", "3 amp"), ("zorg 3 amp 2 ml", "2 unread"), ("zorg 1 amp 7 ml", "7 ml")),
        *(("zorg : 100 mg 1 amp", "100 mg"), ("zorg : 100 mg 2 amp", "2 unread")),
        ("zorg 100 mg 1 amp 5 ml", "3 unread"),
    ],
)
def test_what_a_substance_may_mean(text: str, found: str, formulary: Formulary) -> None:
    assert shown(fit(formulary.find("procaïne"), text)) == found


def test_a_strength_of_a_specialty_that_is_none_of_its_own_may_be_an_amount(
    formulary: Formulary,
) -> None:
    """Dicynone is 250 mg in 2 ml; 500 mg in 4 ml are as strong, and as much as two ampoules."""
    one = formulary.find("Dicynone")
    assert shown(fit(one, "zorg 500 mg/4 ml")) == "at 125 perhaps 500 mg"
    assert shown(fit(one, "zorg 250 mg/2 ml 500 mg/4 ml")) == "at 125 perhaps 500 mg"
    texts = ("zorg 250 mg/2 ml", "zorg 12,5 g/100 ml", "zorg 12,5 %", "zorg 125 mg/ml")
    assert [shown(fit(one, text)) for text in texts] == ["a name"] * 4


def test_the_volume_of_one_ampoule_or_of_all_where_it_may_be_either(formulary: Formulary) -> None:
    one = formulary.find("Dicynone")
    sizes = (Quantity.read("2 mL"), Quantity.read("4 mL"))
    two = replace(one, specialties=tuple(replace(s, containers=sizes) for s in one.specialties))
    texts = ("zorg 2 amp 4 ml", "zorg 1/2 amp 2 ml", "zorg 1 amp 4 ml", "zorg 2 amp 8 ml")
    assert [shown(fit(two, text)) for text in texts] == ["2 unread", "2 unread", "4 ml", "8 ml"]
    texts = ("zorg 2 amp 2 ml", "zorg 2 amp de 2 ml 4 ml", "zorg 2 amp de 4 ml 4 ml")
    assert [shown(fit(two, text)) for text in texts] == ["4 ml", "4 ml", "2 unread"]


def test_a_mass_is_an_amount_where_the_name_has_its_strength(formulary: Formulary) -> None:
    one = formulary.find("Dicynone")
    assert shown(fit(one, "zorg 250 mg/2 ml 250 mg", more=4)) == "250 mg"
    assert shown(fit(one, "zorg 250 mg/2 ml 100 mg", more=4)) == "100 mg"
    assert shown(fit(one, "zorg 250 mg 250 mg", more=2)) == "250 mg"
    assert shown(fit(one, "zorg 12,5 % 100 mg", more=2)) == "100 mg"
    assert shown(fit(one, "zorg 250 100 mg", more=1)) == "1 unread"
    assert shown(fit(one, "250 mg zorg 250 mg/2 ml", more=4)) == "250 mg"


def test_a_mass_of_two_substances_is_that_of_neither(formulary: Formulary) -> None:
    one, other = formulary.find("Dicynone"), formulary.find("Mésocaïne")
    both = replace(one, substances=(*one.substances, *other.substances))
    texts = ("zorg 250 mg", "zorg : 250 mg", "20 mg de zorg", "zorg 2 ml 250 mg", "zorg 2 ml")
    assert [shown(fit(both, text)) for text in texts] == [*["1 unread"] * 4, "2 ml"]
    bare = of_unknown_specialty(both)
    assert [shown(fit(bare, text)) for text in texts] == [*["1 unread"] * 4, "2 ml"]


def test_beside_a_strength_that_it_has_not_a_volume_stays_one(formulary: Formulary) -> None:
    found = fit(formulary.find("Dicynone"), "zorg 5 % 2 ml")
    assert [item.kind.value for item in found.unread] == ["strength"]
    assert found.amount == WrittenAmount(
        "5 %, 2 ml", volume=Fraction(2), possible=Measure(Fraction(100), "mg")
    )
    weak = fit(formulary.find("Dicynone"), "zorg 1 mg/ml 2 ml").amount
    assert weak is not None
    assert weak.possible == Measure(Fraction(2), "mg")
    assert fit(formulary.find("Dicynone"), "zorg 5 % 1 amp").amount is None


def test_of_a_specialty_that_is_not_sure_nothing_contradicts_it(formulary: Formulary) -> None:
    unsure = of_unknown_specialty(formulary.find("Dicynone"))
    texts = ("zorg 500 mg", "zorg 5 %, 2 ml", "zorg 1 amp de 5 ml", "zorg 250")
    assert [shown(fit(unsure, text)) for text in texts] == [
        *("500 mg", "2 ml at 50", "1 amp of 5", "1 unread"),
    ]


def test_a_powder_has_a_content_and_no_volume(formulary: Formulary) -> None:
    powder = formulary.find("Mag 2 poudre")
    assert shown(fit(powder, "zorg 2,25 g")) == "perhaps 2250 mg"
    assert shown(fit(powder, "zorg 1 amp 2 ml")) == "2 ml"
    assert shown(fit(powder, "zorg 1 amp de 2 ml")) == "1 amp of 2"
    assert shown(fit(powder, "zorg 184 mg")) == "1 unread"  # of the element


def test_the_strength_of_the_element_is_one_of_the_specialty(formulary: Formulary) -> None:
    """Maginjectable is 10 % of pidolate, and 0.814 % of magnesium."""
    one = formulary.find("Maginjectable")
    texts = ("zorg 10 % 2 ml", "zorg 81,4 mg/10 ml 2 ml", "zorg 81,4 mg", "zorg 1 g")
    assert shown(fit(one, "zorg 8,14 mg 1 ml")) == "2 unread"
    assert [shown(fit(one, text)) for text in texts] == [
        *("2 ml at 100", "2 ml at 407/50", "1 unread", "perhaps 1000 mg"),
    ]


# --- A unit that does not fit ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "fitting"),
    [
        *(("Miorel", "zorg 100 UI", MASS), ("Miorel", "zorg 2 ml 100 UI/ml", MASS)),
        *(("Miorel", "zorg 3 mmol", MASS), ("procaïne", "zorg 100 UI", MASS)),
        *(("Calcitonine", "zorg 4 mg", UNITS), ("Calcitonine", "zorg 2 %", UNITS)),
        *(("Miorel", "zorg 4 mg", None), ("Miorel", "zorg 5 mg", None)),
        *(("Miorel", "zorg 2 ml 1 ampoule", None), ("Calcitonine", "zorg 100 UI 2 ml", None)),
        ("Kenacort", "zorg 100 UI", None),  # nobody has looked
    ],
)
def test_a_unit_that_does_not_fit_is_asked_about_with_those_that_do(
    name: str, text: str, fitting: Text | None, formulary: Formulary
) -> None:
    found = fit(formulary.find(name), text)
    assert found.fitting == fitting
    if fitting is not None:
        assert found.unread == tuple(items_of(tokens(text), {0}))


# --- As it was written ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "written"),
    [
        *(("zorg 2 ml", "2 ml"), ("zorg 12,5 % - 2ML", "12,5 %, 2ml")),
        ("½ ampoule de zorg (1 ml)", "1\u20442 ampoule, 1 ml"),
        ("1/4 d'ampoule zorg", "1/4 d'ampoule"),
    ],
)
def test_an_amount_is_told_as_it_was_written(text: str, written: str, formulary: Formulary) -> None:
    amount = fit(formulary.find("Dicynone"), text).amount
    assert amount is not None
    assert amount.written == written
    found = tokens(text)
    assert as_written(found, items_of(found, ())) == written


def test_an_amount_holds_all_that_was_said(formulary: Formulary) -> None:
    found = fit(formulary.find("procaïne"), "zorg 2 % 1 ampoule de 5 ml")
    assert found.amount == WrittenAmount(
        "2 %, 1 ampoule de 5 ml",
        containers=Fraction(1),
        container=Fraction(5),
        strength=Measure(Fraction(20), "mg"),
    )
    assert (found.unread, found.fitting) == ((), None)
