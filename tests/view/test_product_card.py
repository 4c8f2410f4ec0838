"""The card of a product: what the data says of it, and what nobody has looked up."""

from dataclasses import replace
from pathlib import Path

import pytest
from read_html import Node, assert_harmless, read_html

import mesomix
from mesomix.evidence import Language
from mesomix.report_words import kind_of
from mesomix.request import mixture_of
from mesomix.view.product_facts import ProductFacts

LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])


def card(product: mesomix.Product, language: str = "fr") -> Node:
    tree = read_html(product.card(language).html)
    assert_harmless(tree)
    return tree


def boxes(tree: Node, kind: str) -> list[str]:
    return [node.text for node in tree.all("li", kind)]


@LANGUAGES
def test_contraindications_stand_in_their_gravity_with_the_name_of_the_condition(
    formulary: mesomix.Formulary, language: str
) -> None:
    tree = card(formulary.find("Piroxicam Teva"), language)
    told = {"fr": "piroxicam : ulcère gastro", "en": "piroxicam: active gastroduodenal ulcer"}
    assert any(told[language] in text for text in boxes(tree, "refuse"))
    warned = {"fr": "traitement en cours par AINS", "en": "current treatment with an NSAID"}
    assert any(warned[language] in text for text in boxes(tree, "review"))


def test_what_rules_say_of_it_alone_is_there_as_bad_as_a_check_says(
    formulary: mesomix.Formulary,
) -> None:
    names = ("Dexaméthasone", "MAG 2 sans sucre 122 mg", "Vitamine E Provepharm", "kétoprofène")
    for product in (*map(formulary.find, names), *formulary.products.values()):
        shown = card(product, "en")
        for finding in mesomix.check(mixture_of([product], formulary.edition)).findings:
            kind = kind_of(finding)
            assert any(finding.message.en in text for text in boxes(shown, kind)), finding.message


def test_where_rules_say_nothing_of_it_that_is_said(formulary: mesomix.Formulary) -> None:
    product = formulary.find("Procaïne Lavoisier 20 mg/ml")
    assert "nothing, and it says no more than that" in card(product, "en").text
    assert "nothing, and it" not in card(formulary.find("Miorel"), "en").text


def test_an_excipient_of_a_known_specialty_contraindicates_as_well(
    formulary: mesomix.Formulary,
) -> None:
    sure = boxes(card(formulary.find("Piroxicam Teva"), "en"), "review")
    assert any("benzyl alcohol: age under 3 years" in text for text in sure)
    possible = boxes(card(formulary.find("Piroxicam"), "en"), "review")
    assert any("benzyl alcohol (possible): age under 3 years" in text for text in possible)


def test_mixing_and_harms_are_told(formulary: mesomix.Formulary) -> None:
    told = boxes(card(formulary.find("Miorel"), "en"), "review")
    assert any("the label forbids mixing it" in text for text in told)
    harmed = boxes(card(formulary.find("Piroxicam"), "en"), "review")
    assert any("Nicolau" in text or "livedoid" in text for text in harmed)


@LANGUAGES
def test_what_nobody_has_looked_up_is_as_loud(formulary: mesomix.Formulary, language: str) -> None:
    outside = card(formulary.find("kétoprofène"), language)
    told = boxes(outside, "open")
    reviewed = {"fr": "n'est pas dans le formulaire", "en": "not in the formulary"}[language]
    assert any(reviewed in text for text in boxes(outside, "review"))
    for words in {
        "fr": ("personne ne les a cherchées", "aucun dans les données"),
        "en": ("nobody has looked", "none in the data"),
    }[language]:
        assert any(words in text for text in told), words
    unread = boxes(card(formulary.find("Dicynone"), language), "open")
    lacking = {"fr": "liste incomplète ou non lue", "en": "the list is incomplete, or unread"}
    assert any(lacking[language] in text for text in unread)


def test_a_label_without_a_contraindication_means_no_more_than_that(tmp_path: Path) -> None:
    clinic = tmp_path / "clinic.toml"
    clinic.write_text(
        """
        version = "1"
        [references.mine]
        title = "<b>Mine</b>"
        checked = 2026-11-22
        [substances.water-of-mine]
        fr = "eau"
        en = "water"
        source = "mine"
        checked = 2026-11-22
        contraindications = []
        maximum_doses = []
        [products.mine]
        fr = "mon eau"
        en = "my water"
        substances = ["water-of-mine"]
        effects = ["scar"]
        source = "mine"
        checked = 2026-11-22
        """,
        encoding="utf-8",
    )
    formulary = mesomix.load(clinic)
    told = boxes(card(formulary.find("mon eau")), "open")
    assert any("ce qui ne veut pas dire aucune" in text for text in told)
    assert any("le RCP n'en donne pas" in text for text in told)
    assert "<b>Mine</b>" in read_html(formulary.card().html).text


def test_a_possible_substance_that_nobody_has_looked_up_is_as_loud(
    formulary: mesomix.Formulary,
) -> None:
    [unread] = formulary.find("kétoprofène").substances
    product = replace(formulary.find("Miorel"), possible_substances=(unread,))
    told = boxes(card(product, "en"), "open")
    assert "– ketoprofen (possible): nobody has looked" in told  # contraindications
    assert "– ketoprofen: nobody has looked" in told  # doses


def test_specialties_are_told_with_what_they_hold(formulary: mesomix.Formulary) -> None:
    text = card(formulary.find("Laroscorbine"), "en").text
    for words in ("marketed", "routes: intravenous", "ampoule: 5 ml", "sodium 130.5 mg in 5 ml"):
        assert words in text, words
    powder = card(formulary.find("MAG 2, poudre pour solution buvable en sachet"), "en").text
    assert "in one container" in powder


def test_a_specialty_whose_routes_nobody_knows_has_none(formulary: mesomix.Formulary) -> None:
    product = formulary.find("Miorel")
    unknown = replace(product.specialties[0], routes=frozenset())
    told = boxes(card(replace(product, specialties=(unknown,)), "en"), "note")
    [described] = [text for text in told if "ampoule: 2 ml" in text]
    assert "MIOREL 4 mg/2 ml" in described
    assert "routes:" not in described


def test_a_forbidden_route_is_told(formulary: mesomix.Formulary) -> None:
    forbidding = [
        product
        for product in formulary.specialties.values()
        for specialty in product.specialties
        if specialty.forbidden_routes
    ]
    assert forbidding
    assert all("forbidden route" in card(product, "en").text for product in forbidding)


def test_doses_say_whether_the_label_states_a_maximum(formulary: mesomix.Formulary) -> None:
    text = card(formulary.find("Miorel"), "en").text
    assert "thiocolchicoside: at most 8 mg a day (16 years and over; intramuscular)" in text
    assert "usual doses up to 1 g a day" in card(formulary.find("Laroscorbine"), "en").text


def test_sources_have_their_titles_where_they_are_known(
    formulary: mesomix.Formulary,
) -> None:
    product = formulary.find("Miorel")
    facts = ProductFacts(Language.EN).sections(product)
    cited = [one for _, several in facts for fact in several for one in fact.citations]
    assert cited
    assert all(one.title for one in cited)
    assert all(one.title in product.card("en").text for one in cited)
    outside = formulary.find("kétoprofène").card("en").text  # and the id, where no title is known
    assert "house-rules" in outside


def test_the_text_says_what_the_card_says(formulary: mesomix.Formulary) -> None:
    product = formulary.find("Miorel")
    lines = product.card("en").text.split("\n")
    assert lines[0] == product.name.en
    shown = card(product, "en").text
    for line in lines[1:]:
        said = line.strip().lstrip("✗?·–— ")
        assert said.partition(": «")[0].partition(" (")[0] in shown.replace(". «", ": «"), line
