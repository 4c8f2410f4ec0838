"""How much a specialty holds: what its rows, its name and its boxes say for certain."""

from decimal import Decimal
from time import perf_counter

import pytest
from bdpm.conftest import Reader
from bdpm.files import CIP, INJECTED, RETARD, small
from hypothesis import given
from hypothesis import strategies as st

from mesomix.bdpm import BdpmPresentation, BdpmSpecialty, BdpmSubstance
from mesomix.bdpm.contents import contents_of

Told = tuple[str, str] | None
AMPOULE = "10 ampoule(s) en verre de 2 ml"


def specialty(
    name: str,
    *rows: tuple[str, ...],
    form: str = "solution injectable",
    labels: tuple[str, ...] = (AMPOULE,),
) -> BdpmSpecialty:
    """One with rows of strength, reference, and perhaps link and element."""
    composition: list[BdpmSubstance] = []
    for strength, reference, *rest in rows:
        link, element = [*rest, *("1", "solution")[len(rest) :]]
        cells = ("90001", "EXEMPLINE", strength, reference, "SA", element, link)
        composition.append(BdpmSubstance(*cells))
    boxes = tuple(BdpmPresentation("", "", label, "", "", None) for label in labels)
    return BdpmSpecialty(
        *("60000001", name, form, (), "", "", "", None, "", tuple(composition), True, boxes)
    )


def told(found: BdpmSpecialty) -> list[Told]:
    """The amount of each row, and its volume; empty for that of one container."""
    contents = [content for _, content in contents_of(found).rows]
    return [
        None if one is None else (one.amount.text.en, one.volume.text.en if one.volume else "")
        for one in contents
    ]


def sizes(found: BdpmSpecialty) -> list[Decimal]:
    return [container.value for container in contents_of(found).containers]


@pytest.mark.parametrize(
    ("strength", "reference", "amount", "volume"),
    [
        ("5 mg", "1 ml", "5 mg", "1 ml"),
        ("5 mg", "un 1 ml", "5 mg", "1 ml"),
        ("5 mg", "1ml de solution", "5 mg", "1 ml"),
        ("0,5000 g", "100 mL de solution à diluer pour perfusion", "500 mg", "100 ml"),
        ("50 microgrammes", "1 ml d'émulsion", "0.05 mg", "1 ml"),
        ("1 g", "1 litre de solution", "1000 mg", "1000 ml"),
        ("1 g", "1 L de solution", "1000 mg", "1000 ml"),
        ("2 g", "1 000 ml de solution pour perfusion en poche.", "2000 mg", "1000 ml"),
        ("5 mg", "1 500 ml", "5 mg", "1500 ml"),
        ("25 000 UI", "une ampoule de 2 ml", "25000 IU", "2 ml"),
        ("1 million UI", "une ampoule de 2\u202fml", "1000000 IU", "2 ml"),
        ("3 mg", "une seringue  préremplie de 2 mL de solution injectable", "3 mg", "2 ml"),
        ("3 mg", "un stylo prérempli de 3 mL", "3 mg", "3 ml"),
        ("3 mg", "une dose de 0,5 ml", "3 mg", "0.5 ml"),
        ("1 mmol", "1 ml de solution", "1 mmol", "1 ml"),
        ("5 mg", "une ampoule", "5 mg", ""),
        ("5 mg", "1 flacon", "5 mg", ""),
        ("5 mg", "un flacon de solution", "5 mg", ""),
    ],
)
def test_a_row_with_its_reference_is_an_amount(
    strength: str, reference: str, amount: str, volume: str
) -> None:
    assert told(specialty("EXEMPLAR", (strength, reference))) == [(amount, volume)]


@pytest.mark.parametrize(
    ("strength", "reference"),
    [
        ("5 mg", ""),
        ("", ""),
        ("5 mg", "0 ml"),
        ("0 mg", "1 ml"),
        ("5 mg", "1 ml de solution reconstituée"),
        ("5 mg", "1 ml d'émulsion après mélange"),
        ("5 mg", "une dose"),
        ("5 mg", "une poche"),
        ("5 mg", "une dose de 1 ml ou 2 mg pour une dose de 0,5 ml"),
        ("5 mg", "un flacon ou une ampoule"),
        ("5 mg", "un comprimé"),
        ("5 mg", "1 g"),
        ("5 mg", "1 2 ml"),
        ("5 mg (3 DH)", "1 ml"),
        ("5 - 6 mg", "1 ml"),
        ("supérieur ou égal à 5 UI", "1 ml"),
        ("5 UI d'hémagglutinine", "1 ml"),
        ("1.000 mg", "1 ml"),  # or one
        ("12 34 mg", "1 ml"),
        ("37 MBq", "1 ml"),  # which it has at one hour of one day
        ("5 U", "1 ml"),
        ("26 ml", "100 ml"),
        ("5 %", "1 ml"),
        ("5 mg", "9999999999 ml"),
    ],
)
def test_a_row_in_other_words_has_none(strength: str, reference: str) -> None:
    assert told(specialty("EXEMPLAR", (strength, reference))) == [None]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("EXEMPLAR 4 mg/2 ml, solution injectable", ("4 mg", "2 ml")),
        ("EXEMPLAR 2 mg/ml, solution injectable", ("4 mg", "2 ml")),
        ("EXEMPLAR 0,2 %, solution injectable", ("4 mg", "2 ml")),
        ("EXEMPLAR 4 mg, solution injectable", ("4 mg", "")),
        ("EXEMPLAR 4 UI/2 ml, solution injectable", ("4 mg", "")),
        ("EXEMPLAR 4 mg/8 mg, solution injectable", ("4 mg", "")),
        ("EXEMPLAR, solution injectable", ("4 mg", "")),
        ("EXEMPLAR 4 mg/2 ml ou 4 mg/4 ml, solution injectable", None),
        ("EXEMPLAR 2 mg/2 ml, solution injectable", None),
        ("EXEMPLAR 5 mg/2 ml, solution injectable", None),
        ("EXEMPLAR 5 mg, solution injectable", None),
    ],
)
def test_the_name_tells_in_how_much_one_ampoule_is(name: str, expected: Told) -> None:
    assert told(specialty(name, ("4 mg", "une ampoule"))) == [expected]


@pytest.mark.parametrize(
    ("name", "labels", "expected"),
    [
        ("EXEMPLAR 2 mg/ml", (AMPOULE,), ("4 mg", "2 ml")),
        ("EXEMPLAR 4 mg/2 ml", (AMPOULE,), ("4 mg", "2 ml")),
        ("EXEMPLAR 4 mg", (AMPOULE,), ("4 mg", "2 ml")),
        ("EXEMPLAR 8 mg", (AMPOULE, "1 ampoule de 4 ml"), ("4 mg", "2 ml")),
        ("EXEMPLAR 4 mg", (), ("4 mg", "2 ml")),
        ("EXEMPLAR 8 mg", (), ("4 mg", "2 ml")),  # of boxes that nobody knows
        ("EXEMPLAR 8 mg", (AMPOULE,), None),
        ("EXEMPLAR 2 mg", (AMPOULE,), None),
        ("EXEMPLAR 4 mg/ml", (AMPOULE,), None),
        ("EXEMPLAR 4 %", (AMPOULE,), None),
    ],
)
def test_a_name_that_contradicts_its_only_substance_leaves_it_out(
    name: str, labels: tuple[str, ...], expected: Told
) -> None:
    assert told(specialty(name, ("4 mg", "2 ml"), labels=labels)) == [expected]


def test_of_several_substances_a_name_may_tell_the_strength_of_one() -> None:
    rows = (("20 mg", "1 ml", "1"), ("0,005 mg", "1 ml", "2"))
    both: list[Told] = [("20 mg", "1 ml"), ("0.005 mg", "1 ml")]
    assert told(specialty("EXEMPLAR 20 mg/ml", *rows)) == both


def test_of_a_salt_and_its_base_the_name_tells_one() -> None:
    found = specialty("EXEMPLAR 20 mg/ml", ("21,32 mg", "1 ml"), ("20 mg", "1 ml"))
    assert [content and content.named for _, content in contents_of(found).rows] == [False, True]


def test_one_ampoule_of_several_sizes_is_none() -> None:
    labels = (AMPOULE, "10 ampoule(s) en verre de 4 ml")
    assert told(specialty("EXEMPLAR", ("4 mg", "une ampoule"), labels=labels)) == [None]
    assert told(specialty("EXEMPLAR", ("4 mg", "une ampoule de 4 ml"), labels=labels)) == [
        ("4 mg", "4 ml")
    ]


@pytest.mark.parametrize(
    "form",
    [
        "solution et  solution pour perfusion",
        "solution à diluer et  solvant pour solution injectable",
        "comprimé",
        "implant",
        "gel",
        "",
    ],
)
def test_what_is_mixed_first_or_is_no_liquid_has_no_amount(form: str) -> None:
    found = specialty("EXEMPLAR", ("5 mg", "1 ml"), ("5 mg", "un flacon"), form=form)
    assert told(found) == [None, None]
    assert sizes(found) == []


def test_several_parts_have_no_amount() -> None:
    parts = specialty("EXEMPLAR", ("5 mg", "1 ml", "1", "solution A"), ("5 mg", "1 ml"))
    assert told(parts) == [None, None]


@pytest.mark.parametrize(
    ("name", "reference", "expected"),
    [
        ("EXEMPLAR 1 g", "un flacon", ("1000 mg", "")),
        ("EXEMPLAR 1 g", "un flacon de poudre", ("1000 mg", "")),
        ("EXEMPLAR 1 g/10 ml", "un flacon de 10 ml", ("1000 mg", "")),
        ("EXEMPLAR", "une ampoule de lyophilisat", ("1000 mg", "")),
        ("EXEMPLAR 100 mg/ml", "un flacon", ("1000 mg", "")),
        ("EXEMPLAR 2 g", "un flacon", None),
        ("EXEMPLAR 1 g", "1 ml de solution reconstituée", None),
        ("EXEMPLAR 1 g", "10 ml", None),
    ],
)
def test_a_powder_has_an_amount_in_one_container(name: str, reference: str, expected: Told) -> None:
    form = "poudre et  solvant pour solution injectable"
    found = specialty(name, ("1 g", reference), form=form, labels=("1 flacon en verre de 10 ml",))
    assert told(found) == [expected]
    assert sizes(found) == []  # that of the glass


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("10 ampoule(s) bouteilles en verre de 5  ml",), ["5"]),
        (("1 flacon(s) en verre de 16,7 ml",), ["16.7"]),
        (("2 seringues préremplies de 0,5 mL ( abrogée le 01/02/2003)",), ["0.5"]),
        (("50 cartouche(s) en verre de 1,7 ml, avec bouchon piston",), ["1.7"]),
        (("1 seringue préremplie (1 ml)",), ["1"]),
        (("1 ampoule de 5 ml", "10 ampoules de 2 ml", "5 ampoules de 5 ml"), ["2", "5"]),
        (("1 ampoule de 5 ml", "10 poches de 500 ml"), ["5"]),
        (("10 poches de 500 ml",), []),
        ((), []),
    ],
)
def test_the_boxes_tell_how_large_the_containers_are(
    labels: tuple[str, ...], expected: list[str]
) -> None:
    found = specialty("EXEMPLAR 5 mg/ml", ("5 mg", "1 ml"), labels=labels)
    assert sizes(found) == [*map(Decimal, expected)]


@pytest.mark.parametrize(
    "label",
    [
        "1 flacon(s) en verre",
        "1 flacon(s) en verre de 20 g",
        "1 flacon(s) en verre de 5 ml - 1 flacon(s) de 5 ml",
        "1 flacon(s) en verre - 1 ampoule(s) en verre de 2 ml",
        "1 flacon de solvant de 2 ml",
        "1 flacon(s) en verre de 10 ml contenant 5 ml",
        "1 flacon(s) en verre de 5 à 10 ml",
        "1 flacon(s) en verre de 20 mg/2 ml",
        "1 flacon(s) en verre de 600 MBq/ml",
        "1 flacon de 0 ml",
        "1 flacon de 1.000 ml",
        "1 flacon de 12345678901 ml",
        "1 stylo prérempli de 3 ml",
        "1 cartouche(s) en verre de 3 ml dans stylo pré-rempli",
        "12 bouteille(s) polypropylène de 500 ml",
        "1 trousse",
    ],
)
def test_one_box_that_is_not_understood_leaves_all_sizes_unknown(label: str) -> None:
    found = specialty("EXEMPLAR 5 mg/ml", ("5 mg", "1 ml"), labels=(AMPOULE, label))
    assert sizes(found) == []
    assert told(found) == [("5 mg", "1 ml")]


def test_a_size_that_a_row_or_the_name_contradicts_is_unknown() -> None:
    assert sizes(specialty("EXEMPLAR", ("5 mg", "une ampoule de 5 ml"))) == []
    assert sizes(specialty("EXEMPLAR 5 mg/5 ml", ("5 mg", "5 ml"))) == []
    assert sizes(specialty("EXEMPLAR 5 mg/100 ml", ("5 mg", "100 ml"))) == [2]
    assert sizes(specialty("EXEMPLAR 5 mg/2 ml", ("5 mg", "une ampoule de 2 ml"))) == [2]


def test_the_small_bdpm_has_amounts(read: Reader) -> None:
    known = read().specialties
    assert told(known[INJECTED]) == [("5 mg", "1 ml"), ("4.4 mg", "1 ml")]
    assert sizes(known[INJECTED]) == [2]
    assert told(known[RETARD]) == [("40 mg", "1 ml")]
    assert sizes(known[RETARD]) == []


def test_a_row_of_the_boxes_that_was_not_read_leaves_the_sizes_unknown(read: Reader) -> None:
    damaged = small()[CIP].replace(b"3400900000024", b"340090000002")
    found = read({CIP: damaged}).specialties[INJECTED]
    assert not found.presentations_complete
    assert len(found.presentations) == 1
    assert sizes(found) == []
    assert read().specialties[INJECTED].presentations_complete


@pytest.mark.parametrize("page", ["1 ", "1,", "1 111", "1 ml ", "solution et ", "de ", " "])
def test_a_page_in_place_of_a_word_is_soon_done_with(page: str) -> None:
    text = page * 20_000
    for found in (
        specialty(text, ("4 mg", "une ampoule")),
        specialty("EXEMPLAR", (text, text), labels=(text,)),
        specialty("EXEMPLAR", ("4 mg", "1 ml"), form=f"solution {text}"),
    ):
        start = perf_counter()
        contents_of(found)
        assert perf_counter() - start < 1


def test_a_composition_that_was_not_read_whole_has_no_amount() -> None:
    whole = specialty("EXEMPLAR", ("5 mg", "1 ml"))
    cells = (whole.cis, whole.name, whole.form, (), "", "", "", None, "", whole.composition)
    assert told(BdpmSpecialty(*cells, composition_complete=False)) == [None]


@given(st.text(), st.text(), st.text(), st.text())
def test_no_text_is_too_odd(name: str, strength: str, reference: str, label: str) -> None:
    found = specialty(name, (strength, reference), labels=(label,))
    assert len(contents_of(found).rows) == 1
