"""What one folded name means, and which names are looked for within longer texts."""

from collections.abc import Callable

import pytest

from mesomix import Formulary
from mesomix.vocabulary import MatchedBy

Clinic = Callable[..., Formulary]


@pytest.mark.parametrize(
    ("brand", "unread"), [("Dose", "1"), ("Voie", "1"), ("IM", "1"), ("Amp", ""), ("U", "1 u")]
)
def test_a_name_that_is_a_word_of_prescriptions_is_a_name_by_itself_only(
    brand: str, unread: str, clinic: Clinic
) -> None:
    own = clinic(products={"xylo": {"specialties": {"xylo-1": {"brand": brand}}}})
    [whole] = own.mixture(brand).components
    assert (whole.read.matched_by, whole.products) == (
        MatchedBy.BRAND,
        (own.specialties["xylo-1"],),
    )
    [within] = own.mixture(f"procaïne 1 {brand}").components
    assert [product.id for product in within.products] == ["procaine"]
    assert within.read.unread == unread  # of what is no unit, or of one that does not fit
    [beside] = own.mixture(f"procaïne {brand}").components
    assert (beside.products, beside.read.unread) == (within.products, "" if brand != "U" else "u")


def test_groups_are_allergens_and_no_products(formulary: Formulary) -> None:
    assert formulary.mixture("AINS", "ampoule d'AINS").products == ()
    ids = {a.id for a in formulary.patient(allergies=["AINS", "les AINS, latex"]).recognised}
    assert ids == {"nsaid", "latex"}


def test_a_substance_outside_the_formulary_is_one_product_however_it_is_written(
    formulary: Formulary,
) -> None:
    mixture = formulary.mixture("kétoprofène", "ampoule de ketoprofen", "KETOPROFENE 100 mg")
    assert len(mixture.products) == 1
    assert mixture.repeated == mixture.products
    assert not mixture.products[0].in_formulary


def test_a_brand_of_several_substances_is_all_of_them(formulary: Formulary) -> None:
    [product] = formulary.mixture("patch True Test").products
    assert {s.id for s in product.substances} == {
        *("benzocaine", "budesonide", "hydrocortisone", "tetracaine", "tixocortol"),
    }
    [allergy] = formulary.patient(allergies=["réaction au True Test"]).recognised
    assert allergy.id == product.id
