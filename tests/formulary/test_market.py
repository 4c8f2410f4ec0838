"""A formulary beside BDPM: every French specialty by its name, with what it holds."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest
from bdpm.conftest import DOWNLOADED
from bdpm.files import CIP, CIS, COMPO, INJECTED, box, component, small, specialty, write
from strategies import data

import mesomix
from mesomix import Formulary, Verdict, bdpm
from mesomix.bdpm.contents import contents_of
from mesomix.model import Specialty
from mesomix.vocabulary import MarketState, MatchedBy, Route, Unknown

Beside = Callable[..., Formulary]

ACTIVE: Final = ("Autorisation active", "Commercialisée")
STOPPED: Final = ("Autorisation active", "Non commercialisée")
WITHDRAWN: Final = ("Autorisation abrogée", "Non commercialisée")
IM: Final = "intramusculaire"


def code_of(substance: str) -> str:
    """A code that the data has for a substance."""
    codes: list[str] = data()["substances"][substance]["bdpm_codes"]
    return codes[0]


MIOREL: Final[str] = data()["products"]["thiocolchicoside"]["specialties"]["miorel-4-mg-2-ml"][
    "cis"
]
SPECIALTIES: Final = [
    ("60000001", "CORTEXEMPLE 4 mg/1 ml, solution injectable", "solution injectable", IM, *ACTIVE),
    ("60000002", "BUVEX 500 mg, comprimé", "comprimé", "orale", *ACTIVE),
    ("60000003", "DUEX 1 %, solution injectable", "solution injectable", IM, *ACTIVE),
    ("60000004", "DUEX 2 %, solution injectable", "solution injectable", IM, *STOPPED),
    ("60000005", "MYSTEREX, solution injectable", "solution injectable", IM, *ACTIVE),
    ("60000006", "LIDOCAÏNE MYSTEREX, solution injectable", "solution injectable", IM, *WITHDRAWN),
    ("60000007", "NOVOCODEX 1 mg, solution injectable", "solution injectable", IM, *ACTIVE),
    ("60000008", "ZORGEX 1 mg, gel", "gel", "voie inconnue", *ACTIVE),
    ("60000010", "TRIEX 1 mg, solution injectable", "solution injectable", IM, *ACTIVE),
    ("60000011", "TRIEX 2 mg, solution injectable", "solution injectable", IM, *ACTIVE),
    ("60000009", "KENACORT RETARD 40 mg/1 ml, suspension injectable", "suspension", IM, *ACTIVE),
    (MIOREL, "MIOREL 4 mg/2 ml, solution injectable", "solution injectable", IM, *ACTIVE),
]
COMPOSITION: Final = [
    ("60000001", code_of("betamethasone"), "BÉTAMÉTHASONE", "4 mg", "1 ml", "SA", "1"),
    ("60000001", code_of("betamethasone"), "BÉTAMÉTHASONE BASE", "3 mg", "1 ml", "FT", "1"),
    ("60000002", code_of("piroxicam"), "PIROXICAM", "500 mg", "un comprimé", "SA", "1"),
    ("60000003", code_of("lidocaine"), "LIDOCAÏNE", "1 g", "100 ml", "SA", "1"),
    ("60000004", code_of("lidocaine"), "LIDOCAÏNE", "2 g", "100 ml", "SA", "1"),
    ("60000004", code_of("betamethasone"), "BÉTAMÉTHASONE", "1 mg", "1 ml", "SA", "2"),
    ("60000007", "99001", "DEXAMÉTHASONE (PHOSPHATE NOUVEAU DE)", "1 mg", "1 ml", "SA", "1"),
    ("60000008", "99002", "ZORGINE", "1 mg", "1 g", "SA", "1"),
    ("60000009", code_of("lidocaine"), "LIDOCAÏNE", "40 mg", "1 ml", "SA", "1"),
    ("60000010", code_of("lidocaine"), "LIDOCAÏNE", "1 mg", "1 ml", "SA", "1"),
    ("60000011", code_of("piroxicam"), "PIROXICAM", "2 mg", "1 ml", "SA", "1"),
    (MIOREL, code_of("thiocolchicoside"), "THIOCOLCHICOSIDE", "4 mg", "2 ml", "SA", "1"),
]


def rows(made: list[list[str]]) -> bytes:
    return "".join("\t".join(row) + "\r\n" for row in made).encode("cp1252")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BDPM of its own: some of its substances are those of the data."""
    return write(
        tmp_path_factory.mktemp("bdpm"),
        {
            CIS: rows([specialty(*cells) for cells in SPECIALTIES]),
            COMPO: rows([component(*cells) for cells in COMPOSITION]),
            CIP: rows([box("60000001", "3400900000017", "Commercialisée", "01/01/2001")]),
        },
    )


@pytest.fixture(scope="module")
def beside(folder: Path) -> Formulary:
    """The formulary that ships, beside it."""
    return mesomix.load(bdpm=folder)


def verdict(formulary: Formulary, *names: str, allergies: Sequence[str] = ()) -> Verdict:
    patient = formulary.patient(allergies=allergies, nothing_else=True)
    return mesomix.check(formulary.mixture(*names), patient).verdict


def rules(formulary: Formulary, *names: str) -> dict[str, bool]:
    """The rules that say something, and whether they are sure."""
    return {f.rule: f.certain for f in mesomix.check(formulary.mixture(*names)).findings}


def test_a_folder_or_what_was_read_from_it(folder: Path) -> None:
    for given in (folder, str(folder), bdpm.read(folder)):
        loaded = mesomix.load(bdpm=given)
        assert verdict(loaded, "Cortexemple") is Verdict.REFUSE
        assert loaded.edition.bdpm == bdpm.read(folder).sha256
    assert mesomix.load().edition.bdpm is None


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("CORTEXEMPLE 4 mg/1 ml, solution injectable", MatchedBy.SPECIALTY),
        ("Cortexemple 4 mg/1 ml", MatchedBy.SPECIALTY),
        ("Cortexemple®", MatchedBy.BRAND),
        ("60000001", MatchedBy.CODE),
        ("3400900000017", MatchedBy.CODE),
        ("ampoule de Cortexemple", MatchedBy.INSIDE),
        ("Cortexemple zorg", MatchedBy.INSIDE),
    ],
)
def test_a_specialty_is_known_by_each_of_its_names(
    written: str, kind: MatchedBy, beside: Formulary, formulary: Formulary
) -> None:
    assert formulary.mixture(written).products == ()
    mixture = beside.mixture(written)
    [product] = mixture.products
    assert (product.id, product.name.fr) == ("cis-60000001", "CORTEXEMPLE 4 mg/1 ml")
    assert [substance.id for substance in product.substances] == ["betamethasone"]
    assert mixture.reads[0].matched_by is kind
    assert not product.in_formulary
    assert rules(beside, written)["corticosteroid"] is True


def test_its_form_its_routes_and_its_market_are_those_of_bdpm(beside: Formulary) -> None:
    states = {
        name: beside.mixture(name).products[0].specialties[0].market
        for name in ("60000001", "60000004", "60000006")
    }
    assert [*states.values()] == [
        *(MarketState.MARKETED, MarketState.STOPPED, MarketState.WITHDRAWN),
    ]
    [found] = beside.mixture("60000001").products[0].specialties
    assert (found.form, found.strength, found.cis) == (
        *("solution injectable", "4 mg; 3 mg", "60000001"),
    )
    assert found.routes == {Route.INTRAMUSCULAR}
    assert not found.excipients_complete


def test_what_is_swallowed_is_refused_and_a_route_that_nobody_knows_is_not(
    beside: Formulary,
) -> None:
    assert rules(beside, "Buvex")["not-injectable"] is True
    assert "not-injectable" not in rules(beside, "Zorgex")


def test_what_only_some_specialties_of_a_brand_hold_is_possible(beside: Formulary) -> None:
    [product] = beside.mixture("Duex").products
    assert [substance.id for substance in product.substances] == ["lidocaine"]
    assert [substance.id for substance in product.possible_substances] == ["betamethasone"]
    assert product.id == "bdpm-duex"
    assert product.name.fr == "DUEX"
    assert rules(beside, "Duex")["corticosteroid"] is False
    assert rules(beside, "Duex 2 %")["corticosteroid"] is True
    assert "corticosteroid" not in rules(beside, "Duex 1 %")


def test_what_the_data_says_of_a_brand_is_possible(beside: Formulary) -> None:
    """BDPM of the day has another formula: an older ampoule may hold what the data says."""
    [product] = beside.mixture("Kenacort Retard").products
    assert [substance.id for substance in product.substances] == ["lidocaine"]
    assert [substance.id for substance in product.possible_substances] == ["triamcinolone"]
    assert verdict(beside, "Kenacort Retard") is not Verdict.NO_OBJECTION
    assert rules(beside, "Kenacort Retard")["corticosteroid"] is False


def test_a_specialty_without_composition_holds_what_its_name_says(beside: Formulary) -> None:
    [named] = beside.mixture("60000006").products
    [unnamed] = beside.mixture("Mysterex").products
    assert [substance.id for substance in named.substances] == ["lidocaine"]
    assert unnamed.substances == ()
    for written in ("Mysterex", "Mysterex + Miorel", "ampoule de Mysterex"):
        assert verdict(beside, written) is not Verdict.NO_OBJECTION


def test_a_substance_whose_code_the_data_does_not_have_is_known_by_its_name(
    beside: Formulary,
) -> None:
    [product] = beside.mixture("Novocodex").products
    assert [substance.id for substance in product.substances] == ["dexamethasone"]
    assert verdict(beside, "Novocodex") is Verdict.REFUSE


def test_a_substance_that_the_data_does_not_have_is_one_of_bdpm(beside: Formulary) -> None:
    [product] = beside.mixture("Zorgex").products
    [substance] = product.substances
    assert (substance.id, substance.name.fr) == ("bdpm-99002", "zorgine")
    assert verdict(beside, "Zorgex") is Verdict.REVIEW
    assert beside.mixture("60000008").products[0].substances == (substance,)


def test_of_its_own_specialties_the_formulary_knows_more(
    beside: Formulary, formulary: Formulary
) -> None:
    for written in (MIOREL, "MIOREL 4 mg/2 ml, solution injectable", "Miorel"):
        assert beside.mixture(written).products == (beside.specialties["miorel-4-mg-2-ml"],)
        assert verdict(beside, written) is verdict(formulary, written)


def test_an_allergy_to_a_specialty_of_bdpm_is_one_to_what_it_holds(beside: Formulary) -> None:
    [allergy] = beside.patient(allergies=["allergie au Cortexemple 4 mg/1 ml"]).recognised
    assert (allergy.id, allergy.culprit_unknown) == ("cis-60000001", True)
    assert allergy.reaches["betamethasone"].evidence is None
    [allergy] = beside.patient(allergies=["Duex 1 %"]).recognised
    assert allergy.id == "cis-60000003"
    assert allergy.reaches["lidocaine"].evidence is None
    assert verdict(beside, "Mésocaïne", allergies=["Duex 1 %"]) is Verdict.REFUSE
    assert verdict(beside, "Dicynone", allergies=["Mysterex"]) is Verdict.REVIEW


def test_an_allergy_to_a_brand_may_be_one_to_what_only_some_of_it_hold(
    beside: Formulary,
) -> None:
    """Triex has lidocaine in one strength, and piroxicam in the other."""
    [product] = beside.mixture("Triex").products
    assert {s.id for s in product.possible_substances} == {"lidocaine", "piroxicam"}
    for written in ("MESOCAÏNE 50 mg/5 ml", "Piroxicam Teva"):
        assert verdict(beside, written) is Verdict.NO_OBJECTION
        assert verdict(beside, written, allergies=["Triex"]) is Verdict.REVIEW


def test_an_allergy_to_a_brand_of_the_data_is_one_to_what_bdpm_says_that_it_holds(
    tmp_path: Path, formulary: Formulary
) -> None:
    """Xylocaïne is lidocaine in the data; that of this BDPM holds procaine as well."""
    cells = ("60000001", "XYLOCAINE 1 %, solution injectable", "solution injectable")
    sold = (*cells, "sous-cutanée", "Autorisation active", "Commercialisée")
    held = [
        component("60000001", code_of(key), key, "10 mg", "1 ml", "SA", "1")
        for key in ("lidocaine", "procaine")
    ]
    files = {CIS: rows([specialty(*sold)]), COMPO: rows(held)}
    other = mesomix.load(bdpm=write(tmp_path, files))
    mixture = "Procaïne Lavoisier 20 mg/ml"
    assert verdict(formulary, mixture, allergies=["Xylocaïne"]) is Verdict.REVIEW
    assert verdict(other, mixture, allergies=["Xylocaïne"]) is Verdict.REFUSE
    [allergy] = other.patient(allergies=["Xylocaïne"]).recognised
    assert allergy.id == "lidocaine+procaine"
    assert allergy is other.patient(allergies=["choc à la Xylocaine"]).recognised[0]
    for written in ("Xylocaïne", "Xylocaïne 1 %"):
        assert other.mixture(written).unrecognised == ()


def test_one_name_is_one_product(beside: Formulary) -> None:
    one, other = (beside.mixture(name).products for name in ("Duex", "DUEX®"))
    assert one[0] is other[0]
    mixture = beside.mixture("Duex", "Duex zorg")
    assert mixture.repeated == ()
    assert len(mixture.products) == 2


def test_a_name_beside_what_is_not_known_keeps_both(beside: Formulary) -> None:
    """What holds nothing that is known implies nothing, and is implied by nothing."""
    found = beside.mixture("Mysterex + lidocaïne").components[0]
    assert [product.id for product in found.products] == ["cis-60000005", "lidocaine"]
    assert verdict(beside, "Mysterex + lidocaïne") is Verdict.REVIEW


# --- How much a specialty holds -------------------------------------------------------------------


def made(folder: Path, name: str, *held: tuple[str, ...], label: str = "") -> Formulary:
    """A formulary beside one specialty of that name, of rows: substance, strength, and so on.

    A row goes on with what its strength is of, its name, its nature and its link, where they are
    not 1 ml, that of the substance, SA and 1.
    """
    sold = ("60000001", name, "solution injectable", IM, *ACTIVE)
    composition: list[list[str]] = []
    for substance, strength, *rest in held:
        reference, called, kind, link = [*rest, *("1 ml", substance, "SA", "1")[len(rest) :]]
        row = ("60000001", code_of(substance), called, strength, reference, kind, link)
        composition.append(component(*row))
    boxes = [box("60000001", "3400900000017", "Commercialisée", "01/01/2001", label)]
    files = {CIS: rows([specialty(*sold)]), COMPO: rows(composition), CIP: rows(boxes)}
    return mesomix.load(bdpm=write(folder, files))


def only(formulary: Formulary) -> Specialty:
    [found] = formulary.mixture("60000001").products[0].specialties
    return found


def amounts(formulary: Formulary) -> dict[str, tuple[str, str]]:
    """The amounts of its only specialty by substance, each with its volume."""
    return {
        one.substance.id: (one.amount.text.en, one.volume.text.en if one.volume else "")
        for one in only(formulary).amounts
    }


def test_the_small_bdpm_has_amounts_and_containers(tmp_path: Path) -> None:
    loaded = mesomix.load(bdpm=write(tmp_path, small()))
    [found] = loaded.mixture(INJECTED).products[0].specialties
    assert [one.text.en for one in found.containers] == ["2 ml"]
    assert [one.amount.text.en for one in found.amounts] == ["5 mg", "4.4 mg"]
    assert {one.citation.place for one in found.amounts} == {f"CIS {INJECTED}"}
    composition = loaded.mixture("Exemplex 5 mg/ml 1 ampoule").composition()
    assert [c.quantity.text.en if c.quantity else "" for c in composition.contents] == [
        *("10 mg", "8.8 mg"),
    ]


def test_a_written_strength_of_a_brand_of_bdpm_is_understood(tmp_path: Path) -> None:
    held = ("lidocaine", "10 mg")
    loaded = made(
        tmp_path, "EXEMPLAR 10 mg/ml, solution injectable", held, label="1 flacon de 5 ml"
    )
    for written in ("Exemplar 10 mg/ml 25 ml", "Exemplar 1 % 25 ml", "Exemplar 5 flacons"):
        composition = loaded.mixture(written).composition()
        [content] = composition.contents
        assert content.quantity is not None
        assert (content.substance, content.quantity.text.en) == ("lidocaine", "250 mg")
    [content] = loaded.mixture("Exemplar 20 mg/ml 25 ml").composition().contents
    assert content.unknown == (Unknown.STRENGTH,)  # of the amount the volume is left


def test_what_is_counted_is_told_where_it_is_not_the_substance(tmp_path: Path) -> None:
    base = made(tmp_path, "EXEMPLAR 10 mg/ml", ("lidocaine", "10 mg", "1 ml", "LIDOCAÏNE"))
    salt_row = ("lidocaine", "10 mg", "1 ml", "CHLORHYDRATE DE LIDOCAÏNE")
    salt = made(tmp_path, "EXEMPLAR 10 mg/ml", salt_row)
    assert only(base).amounts[0].counted is None
    counted = only(salt).amounts[0].counted
    assert counted is not None
    assert counted.fr == "chlorhydrate de lidocaïne"


SALT: Final = ("lidocaine", "21,32 mg", "1 ml", "CHLORHYDRATE DE LIDOCAÏNE", "SA")
BASE: Final = ("lidocaine", "20 mg", "1 ml", "LIDOCAÏNE ANHYDRE", "FT")


@pytest.mark.parametrize(
    ("name", "held", "expected"),
    [
        ("EXEMPLAR 20 mg/ml", [SALT, BASE], {"lidocaine": ("20 mg", "1 ml")}),
        ("EXEMPLAR 21,32 mg/ml", [SALT, BASE], {"lidocaine": ("21.32 mg", "1 ml")}),
        ("EXEMPLAR", [SALT, BASE], {}),
        ("EXEMPLAR 30 mg/ml", [SALT, BASE], {}),
        ("EXEMPLAR", [BASE], {"lidocaine": ("20 mg", "1 ml")}),
        ("EXEMPLAR", [("lidocaine", "", ""), BASE], {"lidocaine": ("20 mg", "1 ml")}),
        ("EXEMPLAR", [("lidocaine", "", "", "LIDOCAÏNE", "SA", "2"), BASE], {}),
        ("EXEMPLAR 20 mg/ml", [BASE, BASE], {"lidocaine": ("20 mg", "1 ml")}),
        ("EXEMPLAR 20 mg/ml", [BASE, (*BASE, "2")], {}),  # both, perhaps
        ("EXEMPLAR 20 mg/ml", [("lidocaine", "a few"), BASE], {}),
        ("EXEMPLAR 20 mg/ml", [("lidocaine", "20 mg", "une ampoule de 1 ml")], {
            "lidocaine": ("20 mg", "1 ml")
        }),
        (
            "EXEMPLAR 4 mg/2 ml",
            [("thiocolchicoside", "4 mg", "une ampoule")],
            {"thiocolchicoside": ("4 mg", "2 ml")},
        ),
        (
            "EXEMPLAR",
            [("thiocolchicoside", "4 mg", "une ampoule")],
            {"thiocolchicoside": ("4 mg", "")},
        ),
    ],
)  # fmt: skip
def test_of_a_salt_and_its_base_the_one_that_the_name_tells_is_counted(
    name: str, held: list[tuple[str, ...]], expected: dict[str, tuple[str, str]], tmp_path: Path
) -> None:
    assert amounts(made(tmp_path, name, *held)) == expected


def test_a_row_that_names_two_substances_has_no_amount(tmp_path: Path) -> None:
    """Its code is lidocaine's, and its name tells of a corticosteroid."""
    loaded = made(tmp_path, "EXEMPLAR", ("lidocaine", "1 mg", "1 ml", "BÉTAMÉTHASONE"))
    assert len(loaded.mixture("60000001").products[0].substances) == 2
    assert amounts(loaded) == {}


def test_what_is_swallowed_has_no_amount(beside: Formulary) -> None:
    [found] = beside.mixture("Buvex").products[0].specialties
    assert (found.amounts, found.containers) == ((), ())


# --- The real BDPM, read by another reader --------------------------------------------------------

_IN_NAME: Final = re.compile(
    r"(?<![\w,.])(\d{1,3}(?:\s\d{3})+|\d+(?:[.,]\d+)?)\s*(mg|g|microgrammes?|µg|UI)"
    r"\s*/\s*(?:(\d+(?:[.,]\d+)?)\s*)?ml\b",
    re.IGNORECASE,
)
_PERCENT: Final = re.compile(r"(?<![\w,.])(\d+(?:,\d+)?)\s*(?:%|pour cent)", re.IGNORECASE)
_IN_MG: Final = {"mg": Fraction(1), "g": Fraction(1000), "ui": Fraction(1)}
NUMBERS_OF_BRANDS: Final = ("MIX25 ", "MIX50 ", " L4 ")
"""Of which the number would be read as the beginning of the strength."""


def said_by(name: str) -> Iterator[tuple[str, Fraction]]:
    """The strengths in 1 ml that a name tells, by a reader that knows nothing of mesomix's."""
    for mark in NUMBERS_OF_BRANDS:
        name = name.replace(mark, " X ")

    def number(text: str) -> Fraction:
        return Fraction(re.sub(r"\s", "", text).replace(",", "."))

    for amount, unit, volume in _IN_NAME.findall(name):
        factor = _IN_MG.get(unit.lower(), Fraction(1, 1000))
        kind = "[iU]" if unit.upper() == "UI" else "mg"
        yield kind, number(amount) * factor / number(volume or "1")
    for percent in _PERCENT.findall(name):
        yield "mg", number(percent) * 10


@pytest.mark.slow
def test_the_amounts_of_the_real_bdpm_are_those_of_the_names() -> None:
    if not DOWNLOADED.is_dir():
        pytest.skip("the files of BDPM are absent")
    database = bdpm.read(DOWNLOADED)
    loaded = mesomix.load(bdpm=database)
    count: Counter[str] = Counter()
    other: list[str] = []
    for cis in database.specialties:
        [product] = loaded.mixture(cis).products
        [found] = product.specialties
        liquid = found.form.startswith(("solution", "suspension", "émulsion", "dispersion"))
        if product.in_formulary or not found.injectable or len(product.substances) != 1:
            continue
        count["liquids"] += liquid
        count["with volume"] += any(one.volume for one in found.amounts)
        told = [*said_by(found.name)]
        for one in found.amounts:
            if one.volume is None or len(told) != 1 or told[0][0] != one.amount.kind:
                continue
            if told[0][1] == one.amount.amount / one.volume.amount:
                count["as the name"] += 1
            else:
                other.append(found.name)
    assert other == []
    assert count["as the name"] > 800
    assert count["with volume"] > 0.75 * count["liquids"] > 0


def test_lidocaine_of_the_real_bdpm_is_counted() -> None:
    """By hand: 25 ml of 10 mg/ml are 250 mg; each Xylocaïne of that strength tells it."""
    if not DOWNLOADED.is_dir():
        pytest.skip("the files of BDPM are absent")
    loaded = mesomix.load(bdpm=DOWNLOADED)
    for written in ("Xylocaïne 10 mg/ml 25 ml", "Xylocaïne 1 % 25 ml"):
        found = {c.substance: c.quantity for c in loaded.mixture(written).composition().contents}
        lidocaine = found["lidocaine"]
        assert lidocaine is not None
        assert lidocaine.text.en == "250 mg"


def test_bdpm_tells_the_amounts_that_the_data_has(formulary: Formulary) -> None:
    """Somebody copied those of the data by hand."""
    if not DOWNLOADED.is_dir():
        pytest.skip("the files of BDPM are absent")
    database = bdpm.read(DOWNLOADED)
    compared = 0
    for product in formulary.specialties.values():
        [found] = product.specialties
        if not found.injectable or found.cis not in database.specialties:
            continue
        ours = {
            one.amount.amount / (one.volume.amount if one.volume else 1) for one in found.amounts
        }
        contents = contents_of(database.specialties[found.cis])
        theirs = [one for _, one in contents.rows if one is not None]
        compared += len(theirs)
        told = {one.amount.amount / (one.volume.amount if one.volume else 1) for one in theirs}
        assert not theirs or not ours.isdisjoint(told), found.name
        assert contents.containers in {(), found.containers}, found.name
    assert compared >= 10
