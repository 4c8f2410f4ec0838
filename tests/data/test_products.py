"""The products: those of the table of document `chan`, as the medicines database has them."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pytest
import tomli

import mesomix
from mesomix import Effect, MarketState

Folder = Callable[[str], Path]

DATA: Final = Path(__file__).parents[2] / "data"
FILES: Final = {
    f"{name}.toml": tomli.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    for name in ("references", "substances", "products")
}
PRODUCTS: Final = FILES["products.toml"]["products"]
SUBSTANCES: Final = FILES["substances.toml"]["substances"]
SPECIALTIES: Final = {
    key: {"product": product, **specialty}
    for product, table in PRODUCTS.items()
    for key, specialty in table["specialties"].items()
}

TABLE: Final = [
    # The indication, the product and the brand as the table writes them, and what they mean.
    ("Douleurs", Effect.ANALGESIC, "Mesocaïne", "Mesocaïne®", "lidocaine"),
    ("Douleurs", Effect.ANALGESIC, "Procaïne", "Procaïne Lavoisier®", "procaine"),
    ("Inflammation", Effect.ANTI_INFLAMMATORY, "Piroxicam", "Piroxicam Teva®", "piroxicam"),
    (
        *("Inflammation", Effect.ANTI_INFLAMMATORY, "Calcitonine"),
        *("Calcitonine Pharmy II®", "calcitonin-salmon"),
    ),
    (
        *("Os-Cartilage", Effect.BONE_CARTILAGE, "Calcitonine"),
        *("Calcitonine Pharmy II®", "calcitonin-salmon"),
    ),
    ("Muscle", Effect.DECONTRACTURANT, "Thiocochicoside", "Miorel®", "thiocolchicoside"),
    (
        *("Muscle", Effect.DECONTRACTURANT, "Pidolate de Magnesium"),
        *("Mag injectable®", "magnesium-pidolate"),
    ),
    ("Œdème", Effect.ANTI_OEDEMA, "Etamsylate", "Dicynone®", "etamsylate"),
    (
        *("Œdème", Effect.ANTI_OEDEMA, "Pidolate de Magnesium"),
        *("Mag injectable®", "magnesium-pidolate"),
    ),
    ("Cicatrice", Effect.SCAR, "Vit C", "Laroscorbine®", "ascorbic-acid"),
    ("Cicatrice", Effect.SCAR, "Vit E", "Vit E Nepalm®", "tocopherol"),
    ("Cicatrice", Effect.SCAR, "Pidolate de Magnesium", "Mag injectable®", "magnesium-pidolate"),
]
SOUGHT: Final = {Effect.VASODILATOR, Effect.DRAINING}
"""Effects that the document seeks, and for which its table has no product."""


# --- The table of the document --------------------------------------------------------------


def test_the_table_is_that_of_the_document(shared: Folder) -> None:
    [file] = shared("documents").glob("003_*.txt")
    after = file.read_text(encoding="utf-8").partition("IndicationsProduitsnom commercial")[2]
    expected = ""
    for indication in dict.fromkeys(row[0] for row in TABLE):
        rows = [row for row in TABLE if row[0] == indication]
        cells = [indication, *(row[2] for row in rows), *(row[3] for row in rows)]
        expected += "".join(cells)
    assert "".join(after.partition("NB :")[0].split()) == "".join(expected.split())


def test_there_are_the_nine_products_of_the_table_and_no_other(
    formulary: mesomix.Formulary,
) -> None:
    assert formulary.products.keys() == {product for *_, product in TABLE}
    assert len(formulary.products) == 9


@pytest.mark.parametrize("effect", Effect)
def test_an_effect_has_the_products_that_the_table_lists_for_it(
    effect: Effect, formulary: mesomix.Formulary
) -> None:
    listed = [product for _, e, _, _, product in TABLE if e is effect]
    assert sorted(p.id for p in formulary.for_effect(effect)) == sorted(listed)
    assert (listed == []) is (effect in SOUGHT)


def test_magnesium_has_three_effects_calcitonin_two_and_the_others_one(
    formulary: mesomix.Formulary,
) -> None:
    several = {p.id: len(p.effects) for p in formulary.products.values() if len(p.effects) != 1}
    assert several == {"magnesium-pidolate": 3, "calcitonin-salmon": 2}


@pytest.mark.parametrize(("written", "brand", "product"), sorted({row[2:] for row in TABLE}))
def test_what_the_table_writes_means_that_product(
    written: str, brand: str, product: str, formulary: mesomix.Formulary
) -> None:
    expected = formulary.products[product]
    assert formulary.find(written).substances == expected.substances
    assert formulary.find(brand).substances == expected.substances
    assert formulary.find(brand).specified
    assert all(specialty.injectable for specialty in formulary.find(brand).specialties)


def test_a_substance_of_the_table_is_not_taken_for_a_specialty(
    formulary: mesomix.Formulary,
) -> None:
    written = {row[2] for row in TABLE} - {"Mesocaïne"}
    assert {formulary.find(name).specified for name in written} == {False}


def test_every_specialty_but_the_oral_ones_can_be_injected(formulary: mesomix.Formulary) -> None:
    oral = {key for key, p in formulary.specialties.items() if not p.specialties[0].injectable}
    assert oral == {"mag-2-sans-sucre-122-mg", "mag-2-poudre"}


def test_the_ampoule_of_mag_2_has_the_excipients_of_its_label_and_perhaps_others(
    formulary: mesomix.Formulary,
) -> None:
    ampoule = formulary.find("mag-2-sans-sucre-122-mg")
    notable = {"sodium-benzoate", "ethanol", "sulfite", "sunset-yellow"}
    assert {excipient.id for excipient in ampoule.excipients} == notable
    assert (ampoule.possible_excipients, ampoule.excipients_complete) == ((), False)
    brand = formulary.find("Mag 2")
    assert brand.excipients == ()
    assert {excipient.id for excipient in brand.possible_excipients} == notable
    assert formulary.find("mag-2-poudre").excipients == ()


# --- The French medicines database ----------------------------------------------------------


def bdpm_rows(folder: Path, name: str) -> Iterator[list[str]]:
    """The rows of a file of the database that are those of a specialty of ours."""
    ours = {specialty["cis"].encode() for specialty in SPECIALTIES.values()}
    for line in (folder / name).read_bytes().splitlines():
        if line[:8] in ours:
            try:
                yield line.decode("utf-8").split("\t")
            except UnicodeDecodeError:
                yield line.decode("cp1252").split("\t")


def day(written: str) -> date:
    """A day as the database writes it."""
    return datetime.strptime(written, "%d/%m/%Y").date()


STATES: Final = {
    ("Autorisation active", "Commercialisée"): "marketed",
    ("Autorisation active", "Non commercialisée"): "stopped",
    ("Autorisation abrogée", "Non commercialisée"): "withdrawn",
}
DECLARED: Final = {
    "marketed": "Déclaration de commercialisation",
    "stopped": "Déclaration d'arrêt de commercialisation",
    "withdrawn": "Déclaration d'arrêt de commercialisation",
}
GONE: Final = "calcitonine-pharmy-ii-50-ui-1-ml"
"""It is in older states of the database only."""
PRESENT: Final = sorted(SPECIALTIES.keys() - {GONE})


@pytest.mark.parametrize("key", PRESENT)
def test_a_specialty_has_the_name_form_routes_and_state_of_the_database(
    key: str, shared: Folder
) -> None:
    ours = SPECIALTIES[key]
    rows = bdpm_rows(shared("bdpm"), "CIS_bdpm.txt")
    [(_, name, form, routes, authorised, _, sold, *_)] = [r for r in rows if r[0] == ours["cis"]]
    assert (ours["name"], ours["form"]) == (name, form)
    french = {mesomix.Route(route).text.fr for route in ours["routes"]}
    assert french == set(routes.split(";"))
    assert ours["marketing"]["state"] == STATES[authorised, sold]


@pytest.mark.parametrize("key", PRESENT)
def test_a_specialty_has_the_codes_and_the_first_day_of_the_database(
    key: str, shared: Folder
) -> None:
    ours = SPECIALTIES[key]
    rows = [r for r in bdpm_rows(shared("bdpm"), "CIS_CIP_bdpm.txt") if r[0] == ours["cis"]]
    assert set(ours["cip13"]) == {row[6] for row in rows}
    declared = DECLARED[ours["marketing"]["state"]]
    assert ours["marketing"]["since"] == min(day(r[5]) for r in rows if r[4] == declared)


@pytest.mark.parametrize("key", PRESENT)
def test_a_specialty_holds_the_substances_of_the_database(key: str, shared: Folder) -> None:
    ours = SPECIALTIES[key]
    rows = bdpm_rows(shared("bdpm"), "CIS_COMPO_bdpm.txt")
    codes = {r[2] for r in rows if r[0] == ours["cis"] and r[6] == "SA"}
    held = PRODUCTS[ours["product"]]["substances"]
    assert len(codes) == len(held) == 1
    assert codes <= set(SUBSTANCES[held[0]]["bdpm_codes"])


def test_a_specialty_that_the_database_no_longer_has_is_withdrawn(shared: Folder) -> None:
    ours = SPECIALTIES[GONE]
    assert ours["cis"] not in {row[0] for row in bdpm_rows(shared("bdpm"), "CIS_bdpm.txt")}
    assert ours["marketing"]["state"] == "withdrawn"
    assert "since" not in ours["marketing"]


def test_a_specialty_agrees_with_the_table_of_facts(
    rows_of: Callable[[str], list[dict[str, str]]],
) -> None:
    rows = {row["cis"]: row for row in rows_of("seed_products_bdpm.tsv")}
    by_cis = {specialty["cis"]: specialty for specialty in SPECIALTIES.values()}
    assert rows.keys() - by_cis.keys() == {"68633852"}  # a tablet of another salt
    assert by_cis.keys() <= rows.keys()
    for cis, ours in by_cis.items():
        row = rows[cis]
        assert row["denomination_2026_05"].removeprefix("(absent in 2026-05) ") == ours["name"]
        assert row["form"] == ours["form"]
        french = {mesomix.Route(route).text.fr for route in ours["routes"]}
        assert set(row["routes"].split(";")) == french
        assert re.split(r" = ", row["strength"])[0].replace("U.I.", "UI") == ours["strength"]
        listed = set(re.findall(r"\d{13}", row["presentation (CIP13, state)"]))
        assert set(ours.get("cip13", ())) <= listed  # the database itself says which of them
        sold = row["marketing_2026_05"].lower() == "commercialisée"
        withdrawn = row["amm_status"] == "ABROGÉE"
        state = "marketed" if sold else "withdrawn" if withdrawn else "stopped"
        assert ours["marketing"]["state"] == state
        [code] = re.findall(r"\((\d{5})\)", row["substance (code)"])
        assert code in SUBSTANCES[PRODUCTS[ours["product"]]["substances"][0]]["bdpm_codes"]


def test_a_name_of_the_facts_means_its_specialty(
    rows_of: Callable[[str], list[dict[str, str]]], formulary: mesomix.Formulary
) -> None:
    for row in rows_of("seed_products_bdpm.tsv"):
        if row["cis"] != "68633852":
            meant = formulary.find(re.split(r" \(", row["seed_name"])[0])
            named = formulary.find(row["cis"])
            assert meant.substances == named.substances
            withdrawn = named.specialties[0].market is MarketState.WITHDRAWN
            assert (named.specialties[0] in meant.specialties) is not withdrawn


# --- Codes, sources and references ----------------------------------------------------------


@pytest.mark.parametrize("code", [c for s in SPECIALTIES.values() for c in s.get("cip13", ())])
def test_a_code_has_its_check_digit(code: str) -> None:
    assert code.startswith("34009")
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(code))
    assert weighted % 10 == 0


def test_a_code_is_that_of_one_specialty() -> None:
    codes = [c for s in SPECIALTIES.values() for c in (s["cis"], *s.get("cip13", ()))]
    assert len(codes) == len(set(codes))


def tables(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Each table below `value`, with its path."""
    if isinstance(value, dict):
        yield path.removeprefix("."), value
        for key, inner in value.items():
            yield from tables(inner, f"{path}.{key}")
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from tables(inner, f"{path}[{number}]")


UNSOURCED: Final = re.compile(
    r"(references|conditions|groups|substances|products)?|references\.[\w-]+"
    r"|products\.[\w-]+\.specialties|suppressions\[\d+\]"
)


@pytest.mark.parametrize("file", FILES)
def test_every_fact_has_a_registered_source_and_a_day(file: str) -> None:
    registered = FILES["references.toml"]["references"]
    facts = [(path, t) for path, t in tables(FILES[file]) if not UNSOURCED.fullmatch(path)]
    assert [path for path, fact in facts if fact.get("source") not in registered] == []
    assert [path for path, fact in facts if type(fact.get("checked")) is not date] == []
    assert [p for p, fact in facts if set(fact.get("also", ())) - registered.keys()] == []


def test_every_reference_is_checked_after_its_own_day() -> None:
    for key, reference in FILES["references.toml"]["references"].items():
        assert reference.get("date", "") <= str(reference["checked"]), key


def test_no_reference_is_registered_that_nothing_cites() -> None:
    cited = {citation.reference for rule in mesomix.RULES for citation in rule.cites}
    for content in FILES.values():
        for _, fact in tables(content):
            cited |= {fact.get("source", ""), *fact.get("also", ())}
    assert FILES["references.toml"]["references"].keys() - cited == set()
