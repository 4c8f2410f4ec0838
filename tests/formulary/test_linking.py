"""Linking: what follows from the tables of the data for conditions, substances and products."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mesomix
from mesomix import Effect, Formulary, MarketState, Product, Severity
from mesomix.formulary.linking import link
from mesomix.formulary.schema import DataFile

Clinic = Callable[..., Formulary]

WATER: Final = "water-for-injections"
PARABEN: Final = "methyl-parahydroxybenzoate"
READ: Final = {"present": ["ethanol", WATER], "complete": True}
READ_AGAIN: Final = {"present": [WATER, "ethanol"], "complete": True}
WITH_PARABEN: Final = {"present": [WATER, PARABEN], "complete": True}


def implied(implies: dict[str, list[str]]) -> dict[str, set[str]]:
    """What each condition implies, however many steps it takes."""
    sourced = {"source": "chan", "checked": date(2026, 11, 21)}
    tables = {
        key: {"fr": key, "en": key, "implies": steps, **sourced} for key, steps in implies.items()
    }
    conditions = link(DataFile.model_validate({"conditions": tables}), "").edition.conditions
    return {key: set(condition.implied) for key, condition in conditions.items()}


# --- Conditions -----------------------------------------------------------------------------


def test_a_condition_implies_through_any_number_of_steps(formulary: Formulary) -> None:
    conditions = formulary.conditions
    assert conditions["under-30-months"].implied == {
        *("under-3-years", "under-15-years", "under-16-years", "under-18-years"),
    }
    assert conditions["vitamin-k-antagonist"].implied == {"anticoagulant"}
    assert conditions["pregnancy"].implied == set()


def test_two_ways_to_one_condition_are_no_trouble() -> None:
    found = implied({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []})
    assert found == {"a": {"b", "c", "d"}, "b": {"d"}, "c": {"d"}, "d": set()}


def test_what_implies_itself_ends() -> None:
    assert implied({"a": ["a"]}) == {"a": set()}
    found = implied({"a": ["b"], "b": ["c"], "c": ["a"]})
    assert found == {"a": {"b", "c"}, "b": {"a", "c"}, "c": {"a", "b"}}


@given(
    st.integers(1, 7).flatmap(
        lambda size: st.lists(
            st.lists(st.integers(0, size - 1), max_size=3), min_size=size, max_size=size
        )
    )
)
def test_a_condition_implies_all_that_can_be_reached_from_it(steps: list[list[int]]) -> None:
    names = [f"c{number}" for number in range(len(steps))]
    reached = {name: {names[to] for to in steps[n]} for n, name in enumerate(names)}
    for _ in names:
        for found in reached.values():
            found |= {far for near in found for far in reached[near]}
    expected = {name: found - {name} for name, found in reached.items()}
    given_steps = {name: [names[to] for to in steps[n]] for n, name in enumerate(names)}
    assert implied(given_steps) == expected


@pytest.mark.slow
def test_many_conditions_that_imply_each_other_do_not_hang() -> None:
    program = """
from datetime import date
from mesomix.formulary.linking import link
from mesomix.formulary.schema import DataFile
sourced = {"fr": "x", "en": "x", "source": "chan", "checked": date(2026, 11, 21)}
tables = {
    f"c{n}": {"implies": [f"c{(n + step) % 50}" for step in (1, 2, 7)], **sourced}
    for n in range(50)
}
conditions = link(DataFile.model_validate({"conditions": tables}), "").edition.conditions
assert {len(condition.implied) for condition in conditions.values()} == {49}
"""
    ended = subprocess.run([sys.executable, "-c", program], timeout=5, check=False)
    assert ended.returncode == 0


def test_a_long_chain_of_conditions_is_followed_to_its_end() -> None:
    chain = {f"c{n}": [f"c{n + 1}"] for n in range(1000)}
    assert len(implied({**chain, "c1000": []})["c0"]) == 1000


# --- Substances -----------------------------------------------------------------------------


def test_contraindications_that_nobody_looked_up_are_not_empty_ones(clinic: Clinic) -> None:
    own = clinic(
        substances={"unread": {}, "read": {"contraindications": []}},
        products={
            "unread-drug": {"substances": ["unread"], "specialties": {"unread-1": {}}},
            "read-drug": {"substances": ["read"], "specialties": {"read-1": {}}},
        },
    )
    assert own.products["unread-drug"].substances[0].contraindications is None
    assert own.products["unread-drug"].substances[0].inert is False
    assert own.products["read-drug"].substances[0].contraindications == ()


@pytest.mark.parametrize(
    "also",
    [
        {"mixing_forbidden": {"quote": "alone"}},
        {"reported_harms": [{"other": "nsaid", "fr": "mal", "en": "harm"}]},
    ],
)
def test_another_fact_is_kept_beside_contraindications_that_nobody_looked_up(
    also: dict[str, Any], clinic: Clinic
) -> None:
    own = clinic(
        substances={"potion": also},
        products={"elixir": {"substances": ["potion"], "specialties": {"elixir-1": {}}}},
    )
    [potion] = own.products["elixir"].substances
    assert potion.contraindications is None
    assert (potion.mixing_forbidden is not None) is ("mixing_forbidden" in also)
    assert len(potion.reported_harms) == len(also.get("reported_harms", ()))


def test_a_substance_has_all_that_its_table_says(clinic: Clinic) -> None:
    where = {"source": "miorel-smpc", "place": "4.3", "quote": "jamais"}
    own = clinic(
        groups={"potions": {"repeated": True}},
        substances={
            "potion": {
                "fr": "breuvage",
                "groups": ["potions", "nsaid", "glutamates"],
                "inert": True,
                "contraindications": [{"condition": "asthma", "severity": "review", **where}],
                "mixing_forbidden": where,
                "reported_harms": [{"other": "nsaid", "fr": "mal", "en": "harm", **where}],
            }
        },
        products={"elixir": {"substances": ["potion"], "specialties": {"elixir-1": {}}}},
    )
    [potion] = own.products["elixir"].substances
    citation = mesomix.Citation("miorel-smpc", "4.3", "jamais")
    assert (potion.id, potion.name) == ("potion", mesomix.Text("breuvage", "potion"))
    assert potion.groups == {"potions", "nsaid", "glutamates"}
    assert potion.inert
    assert {group.id for group in potion.repeated_groups} == {"potions", "nsaid"}
    [contraindication] = potion.contraindications or ()
    assert (contraindication.condition, contraindication.severity) == ("asthma", Severity.REVIEW)
    assert contraindication.citation == potion.mixing_forbidden == citation
    [harm] = potion.reported_harms
    assert (harm.other, harm.says, harm.citation) == (
        "nsaid",
        mesomix.Text("mal", "harm"),
        citation,
    )


@pytest.mark.parametrize("inn", ["dexibuprofen", "teniposide"])
def test_a_substance_without_a_french_name_goes_by_its_inn(inn: str, formulary: Formulary) -> None:
    assert formulary.find(inn).name == mesomix.Text(inn, inn)


# --- Products -------------------------------------------------------------------------------


def test_a_product_has_all_that_its_tables_say(clinic: Clinic) -> None:
    own = clinic(
        products={
            "xylo": {
                "fr": "xylo français",
                "substances": ["procaine", "lidocaine"],
                "effects": ["scar", "analgesic"],
                "specialties": {
                    "xylo-1": {
                        "name": "XYLO 1 %, solution injectable",
                        "brand": "Xylo",
                        "cis": "12345678",
                        "strength": "10 mg/ml",
                        "form": "solution",
                        "routes": ["oral", "intradermal"],
                        "marketing": {"state": "stopped", "since": date(2020, 2, 29), "place": "P"},
                        "forbidden_routes": [{"route": "subcutaneous", "quote": "Q"}],
                    }
                },
            }
        }
    )
    product = own.products["xylo"]
    assert product.name == mesomix.Text("xylo français", "xylo")
    assert [substance.id for substance in product.substances] == ["procaine", "lidocaine"]
    assert product.effects == {Effect.SCAR, Effect.ANALGESIC}
    [specialty] = product.specialties
    assert (specialty.id, specialty.name) == ("xylo-1", "XYLO 1 %, solution injectable")
    assert (specialty.brand, specialty.cis) == ("Xylo", "12345678")
    assert (specialty.strength, specialty.form) == ("10 mg/ml", "solution")
    assert specialty.routes == {mesomix.Route.ORAL, mesomix.Route.INTRADERMAL}
    assert specialty.injectable
    assert (specialty.market, specialty.market_since) == (MarketState.STOPPED, date(2020, 2, 29))
    assert specialty.market_citation == mesomix.Citation("chan", "P")
    [forbidden] = specialty.forbidden_routes
    assert forbidden.route is mesomix.Route.SUBCUTANEOUS
    assert forbidden.citation == mesomix.Citation("chan", "", "Q")
    named = own.specialties["xylo-1"]
    assert (named.id, named.name.fr, named.specified) == ("xylo-1", "XYLO 1 %", True)
    assert (named.substances, named.effects) == (product.substances, product.effects)


def test_a_day_that_no_source_gives_stays_unknown(formulary: Formulary) -> None:
    [specialty] = formulary.find("63752728").specialties
    assert (specialty.market, specialty.market_since) == (MarketState.WITHDRAWN, None)


# --- Excipients -----------------------------------------------------------------------------


def excipients(product: Product) -> tuple[set[str], set[str], bool]:
    """Those that are there for certain, those that may be, and whether these are all."""
    certain = {substance.id for substance in product.excipients}
    return certain, {s.id for s in product.possible_excipients}, product.excipients_complete


def with_lists(clinic: Clinic, *lists: dict[str, Any] | None) -> Formulary:
    """A formulary of one product, with a specialty of the brand "Acme" for each of the lists."""
    specialties = {
        f"acme-{number}": {"brand": "Acme", **({"excipients": listed} if listed else {})}
        for number, listed in enumerate(lists, 1)
    }
    return clinic(products={"xylo": {"specialties": specialties}})


def test_the_excipients_of_a_specialty_are_its_own(clinic: Clinic) -> None:
    own = with_lists(clinic, READ, WITH_PARABEN, None, {"present": [], "complete": True})
    assert excipients(own.find("acme-1")) == ({"ethanol", WATER}, set(), True)
    assert excipients(own.find("acme-2")) == ({WATER, PARABEN}, set(), True)
    assert excipients(own.find("acme-3")) == (set(), set(), False)
    assert excipients(own.find("acme-4")) == (set(), set(), True)


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        pytest.param([READ, READ_AGAIN], ({"ethanol", WATER}, set(), True), id="equal"),
        pytest.param([READ, WITH_PARABEN], ({WATER}, {"ethanol", PARABEN}, False), id="different"),
        pytest.param([READ, None], (set(), {"ethanol", WATER}, False), id="one unread"),
        pytest.param([None], (set(), set(), False), id="unread"),
        pytest.param([{"present": [], "complete": True}], (set(), set(), True), id="empty"),
        pytest.param(
            [{"present": [], "complete": False}], (set(), set(), False), id="none notable"
        ),
        pytest.param(
            [{**READ, "complete": False}], ({"ethanol", WATER}, set(), False), id="notable"
        ),
        pytest.param(
            [{"present": [WATER], "possible": [PARABEN], "complete": True}],
            ({WATER}, {PARABEN}, False),
            id="of some of the stock",
        ),
        pytest.param(
            [WITH_PARABEN, {"present": [WATER], "possible": [PARABEN], "complete": True}],
            ({WATER}, {PARABEN}, False),
            id="of one and of some of the other",
        ),
    ],
)
def test_a_brand_surely_has_what_all_of_its_lists_have(
    lists: list[dict[str, Any] | None], expected: tuple[set[str], set[str], bool], clinic: Clinic
) -> None:
    assert excipients(with_lists(clinic, *lists).find("Acme")) == expected


def test_a_substance_alone_may_have_the_excipients_of_any_specialty(clinic: Clinic) -> None:
    own = with_lists(clinic, READ, READ_AGAIN)
    for name in ("xylo", "lidocaine", "Xylocaïne"):
        product = own.find(name)
        assert (product.id, product.specified) == ("xylo", False)
        assert excipients(product) == (set(), {"ethanol", WATER}, False)


def test_a_substance_outside_the_formulary_has_unknown_excipients(clinic: Clinic) -> None:
    product = with_lists(clinic, READ).find("procaïne")
    assert not product.in_formulary
    assert excipients(product) == (set(), set(), False)


def test_a_product_without_a_specialty_has_unknown_excipients(clinic: Clinic) -> None:
    own = clinic(products={"bare": {}, "xylo": {"specialties": {"xylo-1": {}}}})
    assert excipients(own.find("bare")) == (set(), set(), False)


# --- Amounts --------------------------------------------------------------------------------


def test_maxima_that_nobody_looked_up_are_not_empty_ones(clinic: Clinic) -> None:
    own = clinic(
        substances={"unread": {}, "read": {"maximum_doses": []}},
        products={"drug": {"substances": ["unread", "read"], "specialties": {"drug-1": {}}}},
    )
    unread, read = own.products["drug"].substances
    assert unread.maximum_doses is None
    assert read.maximum_doses == ()


def test_a_maximum_has_all_that_its_table_says(clinic: Clinic) -> None:
    where = {"source": "miorel-smpc", "place": "4.2", "quote": "au plus"}
    own = clinic(
        substances={
            "potion": {
                "maximum_doses": [
                    {
                        "amount": "0.25 g",
                        "per": "day",
                        "usual": True,
                        "routes": ["intradermal", "oral"],
                        "fr": "adulte",
                        "en": "adult",
                        **where,
                    },
                    {"amount": "100 [iU]", "per": "dose"},
                ]
            }
        },
        products={"elixir": {"substances": ["potion"], "specialties": {"elixir-1": {}}}},
    )
    [potion] = own.products["elixir"].substances
    of_day, of_dose = potion.maximum_doses or ()
    assert of_day == mesomix.MaximumDose(
        amount=mesomix.Quantity.read("0.25 g"),
        per=mesomix.Per.DAY,
        routes=(mesomix.Route.INTRADERMAL, mesomix.Route.ORAL),
        citation=mesomix.Citation("miorel-smpc", "4.2", "au plus"),
        population=mesomix.Text("adulte", "adult"),
        usual=True,
    )
    assert of_dose == mesomix.MaximumDose(
        mesomix.Quantity.read("100 [iU]"), mesomix.Per.DOSE, (), mesomix.Citation("chan")
    )


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ({}, None),
        ({"fr": "adulte"}, mesomix.Text.same("adulte")),
        ({"en": "adult"}, mesomix.Text.same("adult")),
        ({"fr": "adulte", "en": "adult"}, mesomix.Text("adulte", "adult")),
    ],
)
def test_a_text_in_one_language_stands_for_both(
    words: dict[str, str], text: mesomix.Text | None, clinic: Clinic
) -> None:
    maximum = {"amount": "1 g", "per": "day", **words}
    amount = {"substance": "lidocaine", "amount": "1 mg", **words}
    own = clinic(
        substances={"potion": {"maximum_doses": [maximum]}},
        products={
            "elixir": {"substances": ["potion"], "specialties": {"e-1": {"amounts": [amount]}}}
        },
    )
    [product] = own.products.values()
    [linked] = product.substances[0].maximum_doses or ()
    assert linked.population == text
    assert product.specialties[0].amounts[0].counted == text


def test_the_amounts_of_a_specialty_are_those_of_its_tables(clinic: Clinic) -> None:
    own = clinic(
        products={
            "xylo": {
                "specialties": {
                    "xylo-1": {
                        "containers": ["2 mL", "5 mL"],
                        "amounts": [
                            {
                                "substance": "lidocaine",
                                "fr": "chlorhydrate de lidocaïne",
                                "en": "lidocaine hydrochloride",
                                "amount": "50 mg",
                                "volume": "5 mL",
                                "place": "2",
                            },
                            {"substance": "ethanol", "amount": "3 ug", "part": True},
                        ],
                    },
                    "xylo-2": {},
                }
            }
        }
    )
    known, unknown = own.products["xylo"].specialties
    assert known.containers == (mesomix.Quantity.read("2 mL"), mesomix.Quantity.read("5 mL"))
    lidocaine, ethanol = known.amounts
    assert lidocaine == mesomix.Amount(
        substance=own.products["xylo"].substances[0],
        amount=mesomix.Quantity.read("50 mg"),
        volume=mesomix.Quantity.read("5 mL"),
        citation=mesomix.Citation("chan", "2"),
        counted=mesomix.Text("chlorhydrate de lidocaïne", "lidocaine hydrochloride"),
    )
    assert (ethanol.substance.id, ethanol.volume, ethanol.part) == ("ethanol", None, True)
    assert ethanol.counted is None
    assert (unknown.containers, unknown.amounts) == ((), ())
    told = own.mixture("xylo-1 10 ml").composition()
    assert [one.quantity for one in told.contents] == [mesomix.Quantity.read("100 mg")]


# --- The market -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("states", "meant"),
    [
        (["marketed", "withdrawn"], [1]),
        (["withdrawn", "stopped", "withdrawn"], [2]),
        (["stopped", "marketed", "withdrawn"], [1, 2]),
        (["withdrawn", "withdrawn"], [1, 2]),
        (["withdrawn"], [1]),
    ],
)
def test_a_brand_means_what_is_still_registered_or_all_when_nothing_is(
    states: list[str], meant: list[int], clinic: Clinic
) -> None:
    specialties = {
        f"acme-{n}": {"brand": "Acme", "cis": f"1234567{n}", "marketing": {"state": state}}
        for n, state in enumerate(states, 1)
    }
    own = clinic(products={"xylo": {"specialties": specialties}})
    product = own.find("ACME®")
    assert product.specified
    assert [specialty.id for specialty in product.specialties] == [f"acme-{n}" for n in meant]
    [read] = own.mixture("ACME®").reads
    assert read.id == ("acme" if len(meant) > 1 else f"acme-{meant[0]}")
    for number in range(1, len(states) + 1):
        assert own.find(f"acme-{number}") is own.find(f"1234567{number}")
        assert [s.id for s in own.find(f"acme-{number}").specialties] == [f"acme-{number}"]
    assert len(own.find("xylo").specialties) == len(states)
