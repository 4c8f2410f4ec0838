"""How written names are read: whole, or as the names within a longer text."""

import time
from random import Random
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import any_names, known_names, names_of

import mesomix
from mesomix import Effect, Formulary, Product, Verdict
from mesomix.names import fold
from mesomix.request import Component
from mesomix.vocabulary import MatchedBy

CORTICOSTEROIDS: Final = [
    *("bétaméthasone", "Kenacort", "Kénacort Retard", "Altim", "dexamethasone", "Diprostène"),
    *("hydrocortisone", "cortivazol", "méthylprednisolone", "Solu-Medrol", "triamcinolone"),
    *("prednisolone", "Célestène", "Flucon", "Percutalgine", "Celestamine"),
]
BESIDE: Final = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *(
                    "pas de",
                    "sans",
                    "40 mg/1 ml",
                    "suspension injectable",
                    "+",
                    "(",
                    ")",
                    ",",
                    "\n",
                ),
                *("Miorel", "Procaïne Lavoisier", "lidocaïne", "zorg", "homéopathie", "non", "?"),
                *("\x00", "\u0440rocaine", "fluconazole", "allergie", "0,8 %", "3400930000000"),
            ]
        ),
        st.text(max_size=15),
    ),
    max_size=6,
).map(" ".join)
"""What may stand in one text with a name."""
GRAVITY: Final = {Verdict.NO_OBJECTION: 0, Verdict.REVIEW: 1, Verdict.REFUSE: 2}
ALLERGIES: Final = ["sulfites", "AINS", "parabènes", "Xylocaïne", "Mésocaïne", "zorgle"]


def component(formulary: Formulary, written: str) -> Component:
    """What one text means."""
    (found,) = formulary.mixture(written).components
    return found


def verdict(formulary: Formulary, *names: str, allergies: list[str] | None = None) -> Verdict:
    """The verdict for a patient who has these allergies, and nothing else."""
    patient = formulary.patient(allergies=allergies or [], nothing_else=True)
    return mesomix.check(formulary.mixture(*names), patient).verdict


# --- Whole names, and names within a text ---------------------------------------------------


@pytest.mark.parametrize(
    ("written", "ids", "unread"),
    [
        ("Kénacort Retard 40 mg/1 ml, suspension injectable", ["triamcinolone"], ""),
        ("bétaméthasone (phosphate disodique de) 4 mg", ["betamethasone"], ""),
        ("methylprednisolone acetate 40 mg", ["methylprednisolone"], ""),
        ("ampoule de Kenacort", ["triamcinolone"], ""),
        ("Piroxicam 20 mg IM", ["piroxicam"], ""),
        ("Xylocaïne (lidocaïne) 1 %", ["lidocaine"], ""),
        ("Xylocaïne visqueuse", ["lidocaine"], "visqueuse"),
        ("pas de Kenacort", ["triamcinolone"], "pas"),
        ("procaïne + Miorel", ["procaine", "miorel-4-mg-2-ml"], ""),
        ("zorg procaïne, blub Miorel", ["procaine", "miorel-4-mg-2-ml"], "zorg blub"),
        ("Miorel\x00", ["miorel-4-mg-2-ml"], "\x00"),
        ("acide ascorbique, sel de sodium", ["ascorbic-acid"], "sel sodium"),
    ],
)
def test_the_names_within_a_text_are_found(
    written: str, ids: list[str], unread: str, formulary: Formulary
) -> None:
    found = component(formulary, written)
    assert [product.id for product in found.products] == ids
    assert (found.read.id, found.read.unread) == ("+".join(ids), unread)
    assert found.read.matched_by is MatchedBy.INSIDE
    assert found.read.name is not None
    assert found.read.name.fr == " + ".join(product.name.fr for product in found.products)


@pytest.mark.parametrize(
    "written",
    [
        *("", "zorg", "fluconazole", "procaïnes", "lidocaïnemiorel", "\u0440rocaine 20 mg"),
        *("lido\x00caine", "mg", "20 mg", "solution injectable", "vitamine", "x" * 100_000),
    ],
)
def test_a_text_without_a_name_is_not_recognised(written: str, formulary: Formulary) -> None:
    found = component(formulary, written)
    assert found.products == ()
    assert (found.read.id, found.read.name, found.read.matched_by) == (None, None, None)
    assert found.read.unread == ""


@pytest.mark.parametrize("section", ["products", "substances"])
def test_each_name_of_the_data_is_found_within_a_text(section: str, formulary: Formulary) -> None:
    names = names_of(section)
    whole = formulary.mixture(*names).components
    # Letters on both sides: a number beside a name that ends in one would be part of it.
    within = formulary.mixture(*[f"zorg {name} blub" for name in names]).components
    missed = [
        (name, one.read.id, other.read.id)
        for name, one, other in zip(names, whole, within, strict=True)
        if one.read.id != other.read.id
    ]
    assert missed == []
    assert {c.read.matched_by for c in within} == {MatchedBy.INSIDE}
    assert {c.read.unread for c in within} == {"zorg blub"}


def test_a_whole_name_is_not_looked_into(formulary: Formulary) -> None:
    """The whole name "Procaïne Lavoisier 20 mg/ml" holds that of its brand, and its substance."""
    found = component(formulary, "Procaïne Lavoisier 20 mg/ml")
    assert found.read.matched_by is not MatchedBy.INSIDE
    assert [product.id for product in found.products] == ["procaine-lavoisier-20-mg-ml"]


# --- What words that are not understood make unsure -----------------------------------------


def test_the_specialty_is_not_sure_where_a_word_is_not_understood(formulary: Formulary) -> None:
    whole, inside, unsure = (
        component(formulary, written).products[0]
        for written in ("Laroscorbine", "Laroscorbine 1 ampoule", "Laroscorbine buvable")
    )
    assert whole is inside
    assert (whole.specified, unsure.specified) == (True, False)
    assert unsure.id == whole.id
    assert unsure.substances == whole.substances
    assert unsure is component(formulary, "Laroscorbine zorg").products[0]


def test_a_substance_has_no_specialty_to_be_unsure_of(formulary: Formulary) -> None:
    assert component(formulary, "piroxicam zorg").products == (formulary.products["piroxicam"],)


def test_an_objection_to_the_substance_stays_sure(formulary: Formulary) -> None:
    for written, allergy in (("Piroxicam Teva zorg", "AINS"), ("zorg Kenacort", "pollen")):
        assert verdict(formulary, written, allergies=[allergy]) is Verdict.REFUSE


def test_an_objection_to_an_excipient_is_a_doubt_then(formulary: Formulary) -> None:
    patient = formulary.patient(allergies=["sulfites"], nothing_else=True)
    sure = mesomix.check(formulary.mixture("Dicynone 2 ml"), patient)
    unsure = mesomix.check(formulary.mixture("Dicynone zorg"), patient)
    assert [f.certain for f in sure.findings if f.rule == "known-allergy"] == [True]
    assert [f.certain for f in unsure.findings if f.rule == "known-allergy"] == [False]
    assert (sure.verdict, unsure.verdict) == (Verdict.REFUSE, Verdict.REVIEW)


@pytest.mark.parametrize(
    "written",
    [
        *("Mésocaïne 25 mg", "Mésocaïne 25mg", "Mésocaïne 2 %", "Mésocaïne 0,025 g"),
        *("Calcitonine Pharmy II 50 UI", "MESOCAÏNE 25 mg/5 ml"),
        # Without a unit, in per cent, or in 1 ml.
        *("Mésocaïne 25", "mésocaïne 25 / 5 ml", "Mésocaïne 0,5 %", "Mésocaïne 5 mg"),
        *("Calcitonine Pharmy II 50", "Calcitonine Pharmy II 50 unités"),
    ],
)
def test_another_strength_than_that_of_the_specialty_makes_it_unsure(
    written: str, formulary: Formulary
) -> None:
    """The brand means the strength that is sold; nobody has read what the other one holds."""
    assert verdict(formulary, written, allergies=["sulfites"]) is not Verdict.NO_OBJECTION


@pytest.mark.parametrize(
    ("written", "unread"),
    [("Mésocaïne 25 mg IM", "25 mg"), ("Mésocaïne 0,5 %", "0,5 %"), ("Mésocaïne 25", "25")],
)
def test_another_strength_is_told_as_it_is_written(
    written: str, unread: str, formulary: Formulary
) -> None:
    assert component(formulary, written).read.unread == unread


def test_a_substance_has_no_strength_that_another_could_differ_from(formulary: Formulary) -> None:
    assert component(formulary, "piroxicam 5 mg").read.unread == ""


@pytest.mark.parametrize(
    "written", ["Mésocaïne 25 mg + Maginjectable", "Maginjectable, Mésocaïne 25 mg"]
)
def test_another_strength_is_told_beside_a_second_product_too(
    written: str, formulary: Formulary
) -> None:
    assert verdict(formulary, "Maginjectable", "Mésocaïne 25 mg") is Verdict.REVIEW
    assert verdict(formulary, written) is Verdict.REVIEW


@pytest.mark.parametrize(
    "written",
    [
        *("Mésocaïne 50 mg", "Mésocaïne 50 mg/5 ml IM", "Procaïne Lavoisier 2 %", "Miorel 4 mg"),
        *("2 ampoules de Miorel 2 ml", "Procaïne Lavoisier 20 mg/ml 10 ml", "Mésocaïne 1 %"),
        *("Mésocaïne 10 mg/ml", "Dicynone 250", "1/2 ampoule de Miorel", "½ ampoule de Miorel"),
        *("3 ampoules de Miorel", "Calcitonine Pharmy II 100 unités", "Mésocaïne 0,05 g"),
    ],
)
def test_its_own_strength_and_a_volume_do_not(written: str, formulary: Formulary) -> None:
    mixture = formulary.mixture(written)
    assert mixture.read_in_part == ()
    assert mixture.products[0].specified


@pytest.mark.parametrize(
    ("written", "unread"),
    [
        *(("½ Miorel", "1\u20442"), ("1/2 Miorel", "1/2"), ("3 Miorel", "3"), ("Miorel 3", "3")),
        *(("Dicynone 500", "500"), ("Dicynone, 250", "250"), ("250 Dicynone", "250")),
        *(("piroxicam 20", "20"), ("lidocaïne 20°", "20"), ("20 63409284", "20")),
    ],
)
def test_a_number_without_a_unit_may_be_anything(
    written: str, unread: str, formulary: Formulary
) -> None:
    """But behind a brand it is a part of the name, where one ampoule holds so much."""
    found = component(formulary, written)
    assert found.read.unread == unread
    assert not found.products[0].specified
    assert verdict(formulary, written) is Verdict.REVIEW


@pytest.mark.parametrize(
    ("written", "unread"),
    [
        ("lidocaïne ?", "?"),
        ("Miorel?", "?"),
        ("lidocaïne 5 ‰", "‰ 5"),
        ("lidocaïne 20 mg ☠", "☠"),
        ("Miorel ☠", "☠"),
        ("Procaïne + 1 ampoule", "1 ampoule"),
        ("procaïne et 2 ml", "2 ml"),
        ("Miorel & zorg", "zorg"),
        ("Miorel avec sérum", "serum"),
        ("lidocaïne 1:200 000", "1:200 000"),  # of adrenaline
        ("lidocaïne 1/200000", "1/200000"),
        ("Miorel suspension", "suspension"),
        ("Mg lidocaïne", "mg"),  # magnesium, and no unit
        ("poudre de lidocaïne", "poudre"),
        # What is no doubt and no second thing.
        ("Miorel® 2 ml", ""),
        ("Miorel™ 2 ml", ""),
        ("lidocaïne HCl", ""),  # the salt that is injected
        ("procaïne et Miorel", ""),
        ("ampoule de procaïne et", ""),
        ("Kenacort suspension injectable", ""),
    ],
)
def test_a_doubt_or_a_second_thing_without_a_name_is_asked_about(
    written: str, unread: str, formulary: Formulary
) -> None:
    read = component(formulary, written).read
    assert read.id is not None
    assert read.unread == unread


# --- Several names in one text --------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "ids"),
    [
        ("Xylocaïne (lidocaïne)", ["lidocaine"]),
        ("Procaïne Lavoisier : procaïne", ["procaine-lavoisier"]),
        ("procaïne : Procaïne Lavoisier 20 mg/ml", ["procaine-lavoisier-20-mg-ml"]),
        ("Mag 2, pidolate de magnésium", ["mag-2"]),
        ("True Test (budésonide)", ["benzocaine+budesonide+hydrocortisone+tetracaine+tixocortol"]),
        ("procaïne, lidocaïne", ["procaine", "lidocaine"]),
        ("lidocaïne, procaïne", ["lidocaine", "procaine"]),
    ],
)
def test_of_two_names_of_one_thing_the_one_that_says_more_is_meant(
    written: str, ids: list[str], formulary: Formulary
) -> None:
    found = component(formulary, written)
    assert [product.id for product in found.products] == ids


def test_two_specialties_of_one_brand_are_both_meant(formulary: Formulary) -> None:
    written = "Procaïne Lavoisier 10 mg/ml et Procaïne Lavoisier 20 mg/ml"
    found = component(formulary, written)
    assert {product.id for product in found.products} == {
        *("procaine-lavoisier-10-mg-ml", "procaine-lavoisier-20-mg-ml"),
    }
    assert verdict(formulary, written) is Verdict.REVIEW


def test_a_product_that_stands_twice_in_one_text_is_a_repetition(formulary: Formulary) -> None:
    mixture = formulary.mixture("Miorel, Dicynone, Miorel")
    assert [product.id for product in mixture.repeated] == ["miorel-4-mg-2-ml"]
    assert (len(mixture.products), mixture.count, mixture.count_at_most) == (2, 1, 2)
    assert verdict(formulary, "procaïne", "procaïne") is Verdict.REVIEW
    assert verdict(formulary, "procaïne + procaïne") is Verdict.REVIEW
    assert verdict(formulary, "procaïne (procaïne)") is Verdict.REVIEW


def test_rules_look_at_each_product_of_a_text(formulary: Formulary) -> None:
    report = mesomix.check(formulary.mixture("piroxicam + Kenacort + Mag 2"))
    found = {finding.rule for finding in report.findings}
    assert {"corticosteroid", "not-injectable", "compatibility-undocumented"} <= found


@pytest.mark.parametrize(
    ("written", "identifier"),
    [("Mag 2, 5 ml", "mag-2"), ("Mag 2 + 63409284", "mag-2"), ("Kenacort 40 + Mag 2 (1)", "mag-2")],
)
def test_a_name_that_ends_in_a_number_is_found_before_another(
    written: str, identifier: str, formulary: Formulary
) -> None:
    found = component(formulary, written)
    assert identifier in {product.id for product in found.products}


def test_a_code_is_found_behind_a_number(formulary: Formulary) -> None:
    """It is lost in the number before it, and so nobody asks what it was."""
    found = component(formulary, "lidocaïne 20 + 63409284")
    alone = component(formulary, "63409284")
    ids = {product.id for product in found.products}
    assert ids > {product.id for product in alone.products} != set()
    assert found.read.unread == "20"


def test_an_allergen_within_a_text_is_found(formulary: Formulary) -> None:
    [found] = formulary.read_allergies("allergique à la procaïne (choc)")
    assert (found.read.id, found.read.matched_by) == ("procaine", MatchedBy.INSIDE)
    assert found.read.within in {None, "allergique à la procaïne (choc)"}


# --- Laws -----------------------------------------------------------------------------------


@given(st.sampled_from(CORTICOSTEROIDS), BESIDE, BESIDE)
@example("bétaméthasone", "", "(phosphate disodique de) 4 mg/1 ml")
def test_words_around_a_corticosteroid_never_clear_it(
    formulary: Formulary, name: str, before: str, behind: str
) -> None:
    report = mesomix.check(formulary.mixture(f"{before} {name} {behind}"))
    assert report.verdict is Verdict.REFUSE
    assert "corticosteroid" in {f.rule for f in report.findings if f.certain}


@given(any_names(), known_names(), st.lists(st.sampled_from(ALLERGIES), max_size=2))
def test_a_second_name_in_a_text_never_makes_a_verdict_milder(
    formulary: Formulary, name: str, more: str, declared: list[str]
) -> None:
    """Unless it says what the first is, such as the specialty of a substance."""
    one, both = component(formulary, name), component(formulary, f"{name} et {more}")
    if one.products and not names_it(one.products, both.products):
        before, after = (
            verdict(formulary, text, allergies=declared) for text in (name, f"{name} et {more}")
        )
        # An amount is not read any more where it may be that of the second name: that is asked.
        least = GRAVITY[Verdict.REVIEW] if one.amounts else GRAVITY[before]
        assert GRAVITY[after] >= min(GRAVITY[before], least)


def names_it(one: tuple[Product, ...], both: tuple[Product, ...]) -> bool:
    """Whether a product of the longer text is another one, of the same substances."""
    held = {substance for product in one for substance in product.substances}
    others = [product for product in both if product not in one and product.specified]
    return any(held & {*product.substances} for product in others)


@given(known_names(), st.sampled_from(CORTICOSTEROIDS))
def test_a_corticosteroid_behind_any_name_is_refused(
    formulary: Formulary, name: str, corticosteroid: str
) -> None:
    """But where the two make one name, as "procaïne" and "Lavoisier" do."""
    for written in (f"{name} {corticosteroid}", f"{corticosteroid}, {name}"):
        found = component(formulary, written)
        whole = [found.read.written] if found.read.matched_by is not MatchedBy.INSIDE else []
        assert whole == []
        assert verdict(formulary, written) is Verdict.REFUSE


@given(st.lists(any_names(), max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_components_does_not_matter(
    formulary: Formulary, names: list[str], random: Random
) -> None:
    turned = list(names)
    random.shuffle(turned)
    one, other = (mesomix.check(formulary.mixture(*written)) for written in (names, turned))
    assert one.verdict is other.verdict
    assert one.findings == other.findings
    assert one.not_checked == other.not_checked


@given(st.text())
@example("\ud800")
@example("Miorel\ud800")
def test_any_text_is_read(formulary: Formulary, written: str) -> None:
    found = component(formulary, written)
    assert found.read.written == written.encode("utf-8", "backslashreplace").decode()
    assert bool(found.products) == (found.read.id is not None)
    report = mesomix.check(formulary.mixture(written, effects=[Effect.SCAR]))
    assert report.verdict is not Verdict.NO_OBJECTION
    assert report.text() != ""


@given(any_names())
def test_what_is_not_understood_is_never_cleared(formulary: Formulary, name: str) -> None:
    found = component(formulary, name).read
    if found.id is None or found.unread:
        assert verdict(formulary, name) is not Verdict.NO_OBJECTION
        assert verdict(formulary, "Maginjectable", name) is not Verdict.NO_OBJECTION
    assert all(fold(word) or not word.isalnum() for word in found.unread.split())


# --- Long and hostile texts -----------------------------------------------------------------


@pytest.mark.parametrize("length", [500, 501, 5_000, 1_000_000])
@pytest.mark.parametrize("piece", ["Kenacort ", "procaïne ", "zz ", "a", "1 ", "\x00", "\u0301"])
def test_a_long_text_is_read_in_time(length: int, piece: str, formulary: Formulary) -> None:
    written = (piece * (length // len(piece) + 1))[:length]
    started = time.monotonic()
    found = component(formulary, written)
    assert time.monotonic() - started < 5
    if length > 500:
        assert found.products == ()
        assert verdict(formulary, written) is Verdict.REVIEW


def test_thousands_of_texts_are_read_in_time(formulary: Formulary) -> None:
    names = [f"ampoule {number} de Kenacort zorg" for number in range(5_000)]
    started = time.monotonic()
    mixture = formulary.mixture(*names)
    assert time.monotonic() - started < 30
    assert len(mixture.products) == 1
    assert len(mixture.read_in_part) == 5_000
    assert mixture.assessed == 0
