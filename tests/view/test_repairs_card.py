"""The card of repairs: what is done, what it costs, and what is left to decide."""

from dataclasses import replace
from pathlib import Path

import pytest
from shown_cards import SHOWN, hostile_formulary, loud, section_of

import mesomix
from mesomix import Verdict
from mesomix.evidence import Citation, Language
from mesomix.model import Product
from mesomix.rule import Flags, flag, rule
from mesomix.space import Repairs, repairs
from mesomix.space.repairs_text import repairs_text
from mesomix.view.repairs_card import MOST_SHOWN
from mesomix.vocabulary import Severity


@rule(
    Severity.REFUSE,
    fr="{product} est le premier.",
    en="{product} is the first.",
    cites=[Citation("house-rules")],
)
def first_one(product: Product) -> Flags:
    """A product is the first one."""
    if product.id == "product-0":
        yield flag()


LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])


def ways(found: Repairs, language: str) -> list[str]:
    section = section_of(found, language)
    return [node.text for node in section.all("div", "finding") if node.text[0].isdigit()]


@pytest.fixture(scope="module")
def one_way(formulary: mesomix.Formulary) -> Repairs:
    mixture = formulary.mixture("Procaïne Lavoisier", "Miorel", "Dicynone")
    patient = formulary.patient(allergies=["sulfites"], nothing_else=True)
    return repairs(mixture, patient, formulary=formulary)


@LANGUAGES
def test_a_way_says_what_is_done_kept_lost_and_left(one_way: Repairs, language: str) -> None:
    section = section_of(one_way, language)
    [banner] = section.all("div", "verdict")
    assert banner.kinds == ["verdict", "refuse"]
    assert "Procaïne Lavoisier + Miorel + Dicynone" in section.text
    assert (
        ways(one_way, language)
        == {
            "fr": [
                "1. retirer « Dicynone » effets gardés : antalgique décontracturant ; perdus :"
                " anti-œdème Alors : ? À REVOIR ? mixing-forbidden (à revoir)"
            ],
            "en": [
                "1. drop “Dicynone” effects kept: analgesic decontracturant ; lost: anti-oedema"
                " Then: ? REVIEW ? mixing-forbidden (review)"
            ],
        }[language]
    )
    assert {"fr": "et non des conseils", "en": "and no advice"}[language] in section.text
    assert {"fr": "Une seule façon", "en": "One way only"}[language] in section.text


@LANGUAGES
def test_what_takes_the_place_of_a_line_has_no_amount_yet(
    formulary: mesomix.Formulary, language: str
) -> None:
    patient = formulary.patient(allergies=["AINS"], nothing_else=True)
    found = repairs(formulary.mixture("Piroxicam 1 ml"), patient, formulary=formulary)
    [way] = ways(found, language)
    assert {"fr": "« Piroxicam 1 ml » → calcitonine", "en": "“Piroxicam 1 ml” → calcitonin"}[
        language
    ] in way
    assert {"fr": "sa quantité reste à écrire", "en": "its amount has still to be written"}[
        language
    ] in way


@LANGUAGES
def test_a_name_that_was_not_read_is_loud(formulary: mesomix.Formulary, language: str) -> None:
    mixture = formulary.mixture("tisane", "Kenacort", "Piroxicam")
    found = repairs(mixture, formulary.patient(allergies=[]), formulary=formulary)
    first, *_ = loud(section_of(found, language), "review")
    assert (
        first
        == {
            "fr": "? « tisane » n'est pas compris, et rien n'en est vérifié.",
            "en": "? “tisane” was not understood, and nothing of it was checked.",
        }[language]
    )
    [way] = ways(found, language)
    assert {"fr": "– non vérifié (", "en": "– not checked ("}[language] in way


@LANGUAGES
def test_nothing_to_clear(formulary: mesomix.Formulary, language: str) -> None:
    patient = formulary.patient(allergies=[], nothing_else=True)
    reviewed = repairs(formulary.mixture("Mésocaïne", "Miorel"), patient, formulary=formulary)
    text = section_of(reviewed, language).text
    assert {"fr": "rien à lever", "en": "nothing to clear"}[language] in text
    assert "to=Verdict.NO_OBJECTION" in text
    assert "--to" not in text  # of the command line
    clear = repairs(formulary.mixture("Procaïne Lavoisier"), patient, formulary=formulary)
    section = section_of(clear, language)
    assert "NO_OBJECTION" not in section.text
    assert {"fr": "et rien de plus", "en": "says no more than"}[language] in section.text
    assert section.all("div", "verdict")[0].kinds == ["verdict", "no-objection"]


@LANGUAGES
def test_where_there_is_none_the_obstacles_are_told(
    formulary: mesomix.Formulary, language: str
) -> None:
    patient = formulary.patient(allergies=[], facts={"infectious-disease": True}, nothing_else=True)
    found = repairs(formulary.mixture("Procaïne Lavoisier"), patient, formulary=formulary)
    section = section_of(found, language)
    [obstacle] = loud(section, "refuse")
    assert (
        obstacle
        == {
            "fr": "le patient, quel que soit le mélange : ✗ infectious-disease (refus)",
            "en": "the patient, whatever is mixed: ✗ infectious-disease (refuse)",
        }[language]
    )
    assert {"fr": "Aucun changement ne suffit", "en": "No change does it"}[language] in section.text
    assert {"fr": "et non des conseils", "en": "and no advice"}[language] not in section.text


@LANGUAGES
def test_a_search_that_stopped_is_loud(one_way: Repairs, language: str) -> None:
    more = replace(one_way, exhaustive=False)
    assert {"fr": "il y en a d'autres", "en": "there are more"}[language] in loud(
        section_of(more, language), "open"
    )[0]
    gave_up = replace(more, found=())
    assert {"fr": "cela ne prouve rien", "en": "proves nothing"}[language] in loud(
        section_of(gave_up, language), "open"
    )[0]


@LANGUAGES
def test_ways_beyond_the_most_are_counted(one_way: Repairs, language: str) -> None:
    many = replace(one_way, found=one_way.found * (MOST_SHOWN + 5))
    assert len(ways(many, language)) == MOST_SHOWN
    assert {"fr": "… et 5 de plus", "en": "… and 5 more"}[language] in section_of(
        many, language
    ).text


@LANGUAGES
def test_a_way_that_leaves_nothing_and_keeps_nothing(one_way: Repairs, language: str) -> None:
    [way] = one_way.found
    bare = replace(way, kept=(), lost=(), remaining=(), verdict=Verdict.NO_OBJECTION)
    [told] = ways(replace(one_way, found=(bare,)), language)
    assert told.endswith(
        {
            "fr": "effets gardés : aucun Alors : ○ AUCUNE OBJECTION",
            "en": "effects kept: none Then: ○ NO OBJECTION",
        }[language]
    )


def test_an_empty_mixture(formulary: mesomix.Formulary) -> None:
    found = repairs(formulary.mixture(), formulary.patient(allergies=[]), formulary=formulary)
    assert "Aucun produit" in section_of(found).text


@LANGUAGES
def test_names_stay_texts(tmp_path: Path, language: str) -> None:
    formulary = hostile_formulary(tmp_path, 9)
    mixture = formulary.mixture(
        "Kenacort", *(f"<b onclick=x>{n}" * 50 for n in range(4)), *[*formulary.products][:2]
    )
    found = repairs(mixture, formulary.patient(allergies=[]), formulary=formulary)
    text = section_of(found, language).text
    assert "<b onclick=x>" in text
    assert len(found.card(language).html.encode()) < 30_000
    swapped = repairs(
        formulary.mixture("product-0"), formulary=formulary, rules=mesomix.Rulebook([first_one])
    )
    assert any(SHOWN in way for way in ways(swapped, language))


def test_the_foot_has_the_data(one_way: Repairs) -> None:
    [foot] = section_of(one_way).all("div", "foot")
    assert foot.text.startswith(f"Données {one_way.mixture.edition.version} (")
    assert [code.text for code in foot.all("code")] == [one_way.mixture.edition.sha256]


@LANGUAGES
def test_its_text_is_what_the_command_prints(one_way: Repairs, language: str) -> None:
    assert one_way.card(language).text == "\n".join(repairs_text(one_way, Language(language)))
