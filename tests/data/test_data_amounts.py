"""Amounts, containers and maxima of the data, beside the database, the labels and each other.

The numbers are read here by a small reader of its own, and not by that of mesomix.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
import tomli

import mesomix

Shared = Callable[[str], Path]

DATA: Final = Path(__file__).parents[2] / "data"
FILES: Final[dict[str, dict[str, Any]]] = {
    name: tomli.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))[name]
    for name in ("products", "substances")
}
PRODUCTS: Final = FILES["products"]
SUBSTANCES: Final = FILES["substances"]
SPECIALTIES: Final[dict[str, dict[str, Any]]] = {
    key: {"held": product["substances"], **specialty}
    for product in PRODUCTS.values()
    for key, specialty in product["specialties"].items()
}
GONE: Final = "calcitonine-pharmy-ii-50-ui-1-ml"
"""It is in older states of the database only."""
PRESENT: Final = sorted(SPECIALTIES.keys() - {GONE})
POWDER: Final = "mag-2-poudre"
"""It has no volume."""


# --- A reader of numbers and units ----------------------------------------------------------


class Measure(NamedTuple):
    """So many milligrams, international units or millilitres."""

    number: Fraction
    unit: str


SCALES: Final = {
    "ug": ("mg", Fraction(1, 1000)),
    "mg": ("mg", Fraction(1)),
    "g": ("mg", Fraction(1000)),
    "[iu]": ("iu", Fraction(1)),
    "ui": ("iu", Fraction(1)),
    "ml": ("ml", Fraction(1)),
}
MEASURE: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s+(\[iU\]|ug|mg|g|UI|m[lL])(?!\w)")


def measures(text: str) -> list[Measure]:
    """Each number with a unit in `text`, in French or as the data writes it."""
    found: list[Measure] = []
    for number, written in MEASURE.findall(text):
        unit, scale = SCALES[written.lower()]
        found.append(Measure(Fraction(Decimal(number.replace(",", "."))) * scale, unit))
    return found


def one(text: str) -> Measure:
    """The measure that is all of `text`."""
    assert MEASURE.fullmatch(text), text
    return measures(text)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("une ampoule de 5 ml", [(Fraction(5), "ml")]),
        ("1,0000 g", [(Fraction(1000), "mg")]),
        ("100 [iU]", [(Fraction(100), "iu")]),
        ("une ampoule", []),
        ("10 mg, 1 ml de solution injectable", [(Fraction(10), "mg"), (Fraction(1), "ml")]),
        ("0.184 g", [(Fraction(184), "mg")]),
        ("6 géniteurs de 6 mlle", []),
    ],
)
def test_the_reader_of_this_module(text: str, expected: list[tuple[Fraction, str]]) -> None:
    assert measures(text) == expected


class Content(NamedTuple):
    """How much of a substance is in how many millilitres; None where no volume is told."""

    amount: Measure
    volume: Fraction | None

    def agrees(self, other: "Content") -> bool:
        """Whether both say the same of one solution, or of one container without a volume."""
        if self.amount.unit != other.amount.unit or (self.volume is None) != (other.volume is None):
            return False
        if self.volume is None or other.volume is None:
            return self.amount == other.amount
        return self.amount.number * other.volume == other.amount.number * self.volume


def content(table: dict[str, Any]) -> Content:
    """What an amount of the data says."""
    volume = one(table["volume"]).number if "volume" in table else None
    return Content(one(table["amount"]), volume)


def amounts(key: str, substance: str, *, part: bool = False) -> list[dict[str, Any]]:
    """The amounts of a substance of a specialty: of the whole, or of a part of it."""
    return [
        amount
        for amount in SPECIALTIES[key]["amounts"]
        if amount["substance"] == substance and amount.get("part", False) is part
    ]


# --- The data by itself ---------------------------------------------------------------------


def test_there_are_the_fourteen_specialties() -> None:
    assert len(SPECIALTIES) == 14


@pytest.mark.parametrize("key", SPECIALTIES)
def test_a_specialty_has_one_amount_of_each_of_its_substances(key: str) -> None:
    for substance in SPECIALTIES[key]["held"]:
        assert len(amounts(key, substance)) == 1


@pytest.mark.parametrize("key", SPECIALTIES)
def test_the_amount_of_a_specialty_is_that_of_its_strength(key: str) -> None:
    ours = SPECIALTIES[key]
    [substance] = ours["held"]
    [table] = amounts(key, substance)
    strength, slash, per = ours["strength"].partition("/")
    per = per if per[:1].isdigit() or not slash else f"1 {per}"
    assert content(table).agrees(Content(one(strength), one(per).number if slash else None))
    named = measures(ours["name"].replace("U.I.", "UI").replace("/", " / "))
    if key not in {"maginjectable-0-8", "mag-2-sans-sucre-122-mg", POWDER}:
        assert named[0] == one(strength)  # the others are named for their magnesium, or nothing


@pytest.mark.parametrize("key", SPECIALTIES)
def test_every_amount_but_that_of_the_powder_is_in_a_volume(key: str) -> None:
    ours = SPECIALTIES[key]
    assert {"volume" in amount for amount in ours["amounts"]} == {key != POWDER}
    assert ("containers" in ours) is (key != POWDER)


@pytest.mark.parametrize("key", SPECIALTIES)
def test_nothing_in_a_specialty_weighs_more_than_its_volume_of_water_twice(key: str) -> None:
    for amount in SPECIALTIES[key]["amounts"]:
        told = content(amount)
        if told.volume and told.amount.unit == "mg":
            assert told.amount.number < 2000 * told.volume


def test_a_part_is_less_than_the_whole_and_is_named() -> None:
    parts = [(key, a) for key, s in SPECIALTIES.items() for a in s["amounts"] if a.get("part")]
    assert len(parts) == 3
    for key, part in parts:
        assert part["fr"] == "magnésium (sous forme de pidolate)"
        assert part["en"] == "magnesium (as pidolate)"
        [whole] = amounts(key, part["substance"])
        shares = [told.amount.number / (told.volume or 1) for told in map(content, (part, whole))]
        # Pure pidolate, C10H12MgN2O6, is 8.66 % magnesium; that of the labels holds some water.
        assert Fraction(80, 1000) < shares[0] / shares[1] < Fraction(866, 10000)


def test_an_excipient_with_an_amount_is_one_of_the_specialty() -> None:
    told = {
        (key, amount["substance"])
        for key, ours in SPECIALTIES.items()
        for amount in ours["amounts"]
        if amount["substance"] not in ours["held"]
    }
    listed = {
        (key, excipient)
        for key, ours in SPECIALTIES.items()
        for excipient in ours.get("excipients", {}).get("present", ())
    }
    # The label of Laroscorbine counts the sodium of all its salts.
    assert told - listed == {("laroscorbine-1-g-5-ml", "sodium-ion")}


# --- The French medicines database ----------------------------------------------------------


def rows(shared: Shared, name: str, key: str) -> Iterator[list[str]]:
    """The rows of a file of the database that are those of a specialty."""
    cis = SPECIALTIES[key]["cis"]
    for line in (shared("bdpm") / name).read_bytes().splitlines():
        if line.startswith(cis.encode()):
            try:
                yield line.decode("utf-8").split("\t")
            except UnicodeDecodeError:
                yield line.decode("cp1252").split("\t")


CONTAINER: Final = re.compile(r"\d+ (?:ampoule|sachet)\(s\) .*\bde (\d+(?:,\d+)?)\s+(ml|g)")


@pytest.mark.parametrize("key", PRESENT)
def test_the_containers_are_those_of_the_packs_of_the_database(key: str, shared: Shared) -> None:
    ours = SPECIALTIES[key]
    packs = [CONTAINER.fullmatch(row[2].strip()) for row in rows(shared, "CIS_CIP_bdpm.txt", key)]
    found = {one(f"{pack[1]} {pack[2]}") for pack in packs if pack}
    assert packs
    assert all(packs)
    volumes = [one(volume) for volume in ours.get("containers", ())]
    assert len(volumes) == len(set(volumes))
    if key == POWDER:
        assert found == {Measure(Fraction(6000), "mg")}
        assert volumes == []
    else:
        assert set(volumes) == found


@pytest.mark.parametrize("key", PRESENT)
def test_the_amounts_are_those_of_the_composition_of_the_database(key: str, shared: Shared) -> None:
    compositions = list(rows(shared, "CIS_COMPO_bdpm.txt", key))
    [substance] = SPECIALTIES[key]["held"]
    assert {row[6] for row in compositions} <= {"SA", "FT"}
    for kind, part in (("SA", False), ("FT", True)):
        for _, _, code, _, strength, reference, *_ in (r for r in compositions if r[6] == kind):
            [table] = amounts(key, substance, part=part)
            told = [measure.number for measure in measures(reference) if measure.unit == "ml"]
            # Where it tells of "une ampoule" only, each pack says how much that is.
            volume = told or [one(v).number for v in SPECIALTIES[key].get("containers", ())]
            assert len(volume) == (key != POWDER)
            expected = Content(one(strength), volume[0] if volume else None)
            assert content(table).agrees(expected)
            assert table["source"] == "bdpm"
            assert (code in SUBSTANCES[substance]["bdpm_codes"]) is not part


def test_the_one_that_is_gone_was_sold_in_ampoules_of_one_millilitre() -> None:
    assert SPECIALTIES[GONE]["containers"] == ["1 mL"]  # the sheet of Vidal has it for both
    assert "calcitonine-pharmy-vidal" in SPECIALTIES[GONE]["also"]


# --- The labels -----------------------------------------------------------------------------

IN_ONE_ML: Final = {
    # Of the labels of 2010 to 2022, by hand: the milligrams in 1 ml.
    ("maginjectable-0-8", "magnesium-pidolate"): ("8.14", "maginjectable-smpc-2010"),
    ("mag-2-sans-sucre-122-mg", "magnesium-pidolate"): ("12.2", "bdpm"),
    ("mag-2-sans-sucre-122-mg", "sodium-benzoate"): ("0.77", "mag-2-smpc"),
    ("piroxicam-teva-20-mg-1-ml", "benzyl-alcohol"): ("20", "piroxicam-teva-smpc-2021"),
    ("piroxicam-teva-20-mg-1-ml", "propylene-glycol"): ("553", "piroxicam-teva-smpc-2021"),
    ("piroxicam-teva-20-mg-1-ml", "ethanol"): ("100", "piroxicam-teva-smpc-2021"),
    ("laroscorbine-1-g-5-ml", "sodium-ion"): ("26.1", "laroscorbine-smpc-2020"),
}
"""Parts and excipients."""


def test_the_parts_and_the_excipients_have_the_amounts_of_their_labels() -> None:
    found: dict[tuple[str, str], tuple[Fraction, str]] = {}
    for key, ours in SPECIALTIES.items():
        for amount in ours["amounts"]:
            told = content(amount)
            if told.volume and (amount.get("part") or amount["substance"] not in ours["held"]):
                share = told.amount.number / told.volume
                found[key, amount["substance"]] = (share, amount["source"])
    assert found == {key: (Fraction(number), source) for key, (number, source) in IN_ONE_ML.items()}


@pytest.mark.parametrize(
    "written", ["sodium", "sulfite de sodium", "heparin sodium", "acide ascorbique, sel de sodium"]
)
def test_sodium_is_not_read_in_the_name_of_a_salt(
    written: str, formulary: mesomix.Formulary
) -> None:
    [component] = formulary.mixture(written).components
    assert "sodium-ion" not in {product.id for product in component.products}
    allergies = formulary.patient(allergies=[written]).allergies
    assert allergies
    assert "sodium-ion" not in {allergy.read.id for allergy in allergies}


def test_the_french_label_of_dicynone_gives_no_amount_of_its_sulfite() -> None:
    told = SPECIALTIES["dicynone-250-mg-2-ml"]["amounts"]
    assert [amount["substance"] for amount in told] == ["etamsylate"]


MAXIMA: Final = {
    # The substance, the milligrams, for a dose or a day; the routes, for whom, and the label.
    (
        *("lidocaine", 200, "dose", "infiltration intraarticular periarticular"),
        *("adulte", "mesocaine-smpc-2022"),
    ),
    ("piroxicam", 20, "day", "intramuscular", None, "piroxicam-teva-vidal"),
    ("thiocolchicoside", 4, "dose", "intramuscular", "à partir de 16 ans", "miorel-smpc"),
    ("thiocolchicoside", 8, "day", "intramuscular", "à partir de 16 ans", "miorel-smpc"),
}
USUAL: Final = {
    # The same, of what a label calls usual: the most of it.
    (
        *("procaine", 600, "dose", "infiltration intradermal subcutaneous"),
        *("adulte", "procaine-lavoisier-smpc-2017"),
    ),
    (
        *("magnesium-pidolate", 3000, "day", "intramuscular intravenous"),
        *("adulte", "maginjectable-smpc-2010"),
    ),
    ("etamsylate", 2250, "day", "intramuscular intravenous", "adulte", "dicynone-smpc-2022"),
    ("ascorbic-acid", 1000, "day", "intravenous", "adulte", "laroscorbine-smpc-2020"),
}
IN_AMPOULES: Final = {
    # The label counts ampoules: so many at a time, so many times a day, of which specialty.
    "magnesium-pidolate": ("soit 2 à 3 ampoules par jour", 3, 1, "maginjectable-0-8"),
    "etamsylate": ("2 à 3 ampoules, trois fois par jour", 3, 3, "dicynone-250-mg-2-ml"),
    "ascorbic-acid": ("1 ampoule injectable par jour", 1, 1, "laroscorbine-1-g-5-ml"),
}
WITHOUT: Final = {"alpha-tocopheryl-acetate"}
"""Its label gives a dose for a month, and no maximum."""


def of_labels(*, usual: bool) -> set[tuple[object, ...]]:
    """The maxima of the data, or what labels call usual, in the form of the tables here."""
    return {
        (
            *(key, int(one(maximum["amount"]).number), maximum["per"]),
            *(" ".join(maximum["routes"]), maximum.get("fr"), maximum["source"]),
        )
        for key, substance in SUBSTANCES.items()
        for maximum in substance.get("maximum_doses", ())
        if maximum.get("usual", False) is usual
    }


def test_the_maxima_are_those_of_the_labels() -> None:
    assert of_labels(usual=False) == MAXIMA


def test_what_a_label_calls_usual_is_no_maximum() -> None:
    assert of_labels(usual=True) == USUAL


def test_a_maximum_is_in_a_unit_of_the_amounts_of_its_substance() -> None:
    for ours in SPECIALTIES.values():
        for substance in ours["held"]:
            units = {one(a["amount"]).unit for a in ours["amounts"] if a["substance"] == substance}
            maxima = SUBSTANCES[substance].get("maximum_doses", ())
            assert {one(maximum["amount"]).unit for maximum in maxima} <= units


def test_the_number_of_a_maximum_is_in_its_quotation() -> None:
    for substance in SUBSTANCES.values():
        for maximum in substance.get("maximum_doses", ()):
            assert ("fr" in maximum) is ("en" in maximum)
            if "ampoule" not in maximum["quote"]:
                assert one(maximum["amount"]) in measures(maximum["quote"])


def test_a_number_of_ampoules_is_what_they_hold() -> None:
    counted = {
        key: maximum
        for key, substance in SUBSTANCES.items()
        for maximum in substance.get("maximum_doses", ())
        if "ampoule" in maximum["quote"]
    }
    assert counted.keys() == IN_AMPOULES.keys()
    for key, (quote, number, times, specialty) in IN_AMPOULES.items():
        [table] = amounts(specialty, key)
        told = content(table)
        [size] = [one(volume).number for volume in SPECIALTIES[specialty]["containers"]]
        assert told.volume
        ampoule = told.amount.number * size / told.volume
        assert counted[key]["quote"] == quote
        assert one(counted[key]["amount"]) == Measure(number * times * ampoule, "mg")


def test_the_label_was_looked_through_of_each_active_substance_but_calcitonin() -> None:
    active = {substance for ours in SPECIALTIES.values() for substance in ours["held"]}
    looked = {key for key in SUBSTANCES if "maximum_doses" in SUBSTANCES[key]}
    assert active - looked == {"calcitonin-salmon"}
    assert {key for key in looked if not SUBSTANCES[key]["maximum_doses"]} == WITHOUT
