"""The card of a shadow: what is refused and what is asked for a patient, and what is left."""

from dataclasses import replace
from pathlib import Path

import pytest
from shown_cards import SHOWN, hostile_formulary, loud, rows_of, section_of

import mesomix
from mesomix import Verdict
from mesomix.evidence import Language
from mesomix.space import Shadow, shadow
from mesomix.space.shadow_text import shadow_text
from mesomix.view.shadow_card import MOST_ALIKE, MOST_DRAWN, MOST_NAMED

LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])


@pytest.fixture(scope="module")
def allergic(formulary: mesomix.Formulary) -> Shadow:
    return shadow(formulary.patient(allergies=["sulfites"], nothing_else=True), formulary)


@pytest.fixture(scope="module")
def pregnant(formulary: mesomix.Formulary) -> Shadow:
    return shadow(formulary.patient(allergies=[], pregnancy=True, nothing_else=True), formulary)


@LANGUAGES
def test_each_product_of_an_effect_is_a_box_with_its_mark(pregnant: Shadow, language: str) -> None:
    section = section_of(pregnant, language)
    chart = section.all("svg")[0]
    spoken = Language(language)
    wanted: list[str] = []
    for effect in pregnant.effects:
        wanted.append(effect.effect.text[spoken])
        wanted += [f"✗ {one.product.name[spoken]}" for one in effect.refused]
        wanted += [f"? {one.product.name[spoken]}" for one in effect.questioned]
        wanted += [f"= {product.name[spoken]}" for product in effect.left]
    told = [node.text for node in chart.all("text")]
    assert len(told) == len(wanted)
    for said, full in zip(told, wanted, strict=True):
        begins, _, ends = said.partition("…")
        assert full.startswith(begins)
        assert full.endswith(ends)
    assert any(said.startswith("✗ thiocolchicoside") for said in told)


@LANGUAGES
def test_the_chart_is_told_in_words_and_as_a_table(pregnant: Shadow, language: str) -> None:
    section = section_of(pregnant, language)
    said = section.all("svg")[0].attributes["aria-label"]
    assert {"fr": "décontracturant : REFUS 2", "en": "decontracturant: REFUSE 2"}[
        language
    ] in said.replace("\u202f", " ")
    table = rows_of(section.all("table")[0])
    told = " ".join(cell for row in table for cell in row)
    assert "✗ product-contraindicated" in told
    assert {"fr": "rien de plus", "en": "nothing more"}[language] in told
    assert {"fr": "ne dit pas « aucune objection »", "en": "is not “no objection”"}[
        language
    ] in section.all("figcaption")[0].text


def test_what_is_left_has_the_colour_of_no_verdict(
    formulary: mesomix.Formulary, pregnant: Shadow
) -> None:
    healthy = shadow(formulary.patient(allergies=[], nothing_else=True), formulary)
    for found in (healthy, pregnant):
        chart = section_of(found).all("svg")[0]
        kinds = {node.attributes.get("class") for node in chart.all("g")}
        assert kinds - {"refuse", "review"} == {"note"}


@LANGUAGES
def test_products_without_an_effect_are_told_as_well(
    formulary: mesomix.Formulary, language: str
) -> None:
    aside = [replace(one, effects=frozenset()) for one in formulary.products.values()]
    found = shadow(formulary.patient(allergies=["AINS", "sulfites"]), formulary, products=aside)
    assert not any(one.refused or one.questioned for one in found.effects)
    refused = [one.product.name[Language(language)] for one in found.without_effect]
    assert refused
    section = section_of(found, language)
    for name in refused:
        assert name in section.text
        assert name in "\n".join(shadow_text(found, Language(language)))
    plain = found.as_dict()["without_effect"]
    assert [one["product"] for one in plain] == [one.product.id for one in found.without_effect]


@LANGUAGES
def test_what_is_said_whatever_is_mixed_is_loud_and_on_top(
    pregnant: Shadow, allergic: Shadow, language: str
) -> None:
    [said] = loud(section_of(pregnant, language), "review")
    assert said.startswith({"fr": "Quel que soit le mélange", "en": "Whatever is mixed"}[language])
    assert "pregnancy" in said
    assert not loud(section_of(allergic, language), "review")


@LANGUAGES
def test_what_was_not_asked_is_said_of_every_mixture(
    formulary: mesomix.Formulary, language: str
) -> None:
    found = shadow(formulary.patient(allergies=[]), formulary)
    [said] = loud(section_of(found, language), "open")
    assert {"fr": "– non vérifié (9) : ", "en": "– not checked (9): "}[language] in said
    assert "pregnancy" in said


@LANGUAGES
def test_mixtures_are_counted_before_and_after(allergic: Shadow, language: str) -> None:
    rows = rows_of(section_of(allergic, language).all("table")[-1])
    before, after = allergic.before, allergic.after
    assert rows[1][0] == {"fr": "129 mélanges", "en": "129 mixtures"}[language]
    assert rows[1][3:] == [
        f"{before[verdict]} → {after[verdict]}"
        for verdict in (Verdict.REFUSE, Verdict.REVIEW, Verdict.NO_OBJECTION)
    ]
    assert len(rows) == 2 + len(allergic.effects)


@LANGUAGES
def test_everything_is_refused(formulary: mesomix.Formulary, language: str) -> None:
    found = shadow(
        formulary.patient(allergies=[], facts={"infectious-disease": True}, nothing_else=True),
        formulary,
    )
    section = section_of(found, language)
    whatever, all_of_it = loud(section, "refuse")
    assert "infectious-disease" in whatever
    assert all_of_it == {"fr": "✗ Tout est refusé.", "en": "✗ Everything is refused."}[language]
    assert not section.all("figure")


def test_no_product_at_all(formulary: mesomix.Formulary, pregnant: Shadow) -> None:
    nothing = shadow(formulary.patient(allergies=[]), formulary, products=[])
    assert not section_of(nothing).all("figure")
    bare = replace(pregnant.effects[0], refused=(), questioned=(), left=())
    section = section_of(replace(pregnant, effects=(bare,)))
    assert "aucun produit" in section.all("table")[0].text


@LANGUAGES
def test_products_beyond_the_most_are_counted(
    pregnant: Shadow, allergic: Shadow, language: str
) -> None:
    [first, *_] = pregnant.effects
    shaded = next(one for effect in pregnant.effects for one in effect.refused)
    crowd = replace(first, refused=(shaded,) * (MOST_DRAWN + 3), questioned=(), left=())
    section = section_of(replace(pregnant, effects=(crowd,)), language)
    assert section.all("svg")[0].all("text")[-1].text == "✗ + 3"
    same = replace(crowd, refused=(shaded,) * (MOST_NAMED + 2))
    section = section_of(replace(pregnant, effects=(same,)), language)
    assert {"fr": ", et 2 de plus", "en": ", and 2 more"}[language] in section.all("table")[0].text
    rules = shaded.rules
    apart = tuple(replace(shaded, rules=rules * n) for n in range(1, MOST_ALIKE + 3))
    section = section_of(replace(pregnant, effects=(replace(crowd, refused=apart),)), language)
    rows = rows_of(section.all("table")[0])
    assert (
        rows[-1][1:]
        == {
            "fr": ["✗ … et 2 de plus", "pour d'autres raisons"],
            "en": ["✗ … and 2 more", "for other reasons"],
        }[language]
    )
    assert len(rows) == MOST_ALIKE + 2


@LANGUAGES
def test_names_stay_texts(tmp_path: Path, language: str) -> None:
    formulary = hostile_formulary(tmp_path, 9)
    found = shadow(formulary.patient(allergies=["sulfites"]), formulary)
    section = section_of(found, language)
    assert SHOWN in section.all("table")[0].text
    assert SHOWN[:15] in section.all("svg")[0].text
    assert len(found.card(language).html.encode()) < 30_000


@LANGUAGES
def test_its_text_is_what_the_command_prints(allergic: Shadow, language: str) -> None:
    card = allergic.card(language)
    assert card.text == "\n".join(shadow_text(allergic, Language(language)))
    assert len(card.html.encode()) < 30_000
