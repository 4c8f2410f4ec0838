"""The card of a comparison: what became milder first, and what is not compared."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from shown_cards import SHOWN, hostile_formulary, loud, rows_of, section_of

import mesomix
from mesomix import Verdict
from mesomix.evidence import Language
from mesomix.space import Diff, diff
from mesomix.space.diff_text import diff_text
from mesomix.space.joint import MILDEST_FIRST
from mesomix.view.diff_card import MOST_CAUSES, ROOM

LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])
Compare = Callable[..., Diff]


def without(*ids: str) -> mesomix.Rulebook:
    return mesomix.Rulebook(one for one in mesomix.RULES if one.id not in ids)


@pytest.fixture(scope="module")
def compare(formulary: mesomix.Formulary) -> Compare:
    """A comparison of two rulebooks, for a patient of whom everything else is denied."""

    def compared(
        old: mesomix.Rulebook,
        new: mesomix.Rulebook,
        products: tuple[Iterable[mesomix.Product], Iterable[mesomix.Product]] | None = None,
    ) -> Diff:
        patient = formulary.patient(allergies=[], nothing_else=True)
        return diff(formulary, formulary, (patient, patient), rules=(old, new), products=products)

    return compared


@LANGUAGES
def test_what_became_milder_is_told_first_and_has_to_be_acknowledged(
    compare: Compare, language: str
) -> None:
    found = compare(mesomix.RULES, without("mixing-forbidden"))
    section = section_of(found, language)
    first, *others = loud(section, "review")
    said = {
        "fr": f"{found.milder} mélanges de verdict plus clément",
        "en": f"{found.milder} mixtures with a milder verdict",
    }[language]
    assert first == f"↓ {said}"
    assert others[-1] == f"! {said}"
    assert {"fr": "plus sévère", "en": "stricter"}[language] not in section.text
    assert "(space.acknowledged " in section.text


@LANGUAGES
def test_what_became_stricter_needs_no_reason(compare: Compare, language: str) -> None:
    found = compare(without("mixing-forbidden"), mesomix.RULES)
    section = section_of(found, language)
    assert not loud(section, "review")
    assert loud(section, "note")[0].startswith(f"↑ {found.worse} ")
    assert "space.acknowledged" not in section.text


@LANGUAGES
def test_each_number_stands_in_the_tables(compare: Compare, language: str) -> None:
    found = compare(mesomix.RULES, without("mixing-forbidden"))
    sides, changes = [rows_of(table) for table in section_of(found, language).all("table")]
    assert [int(cell) for row in changes[1:] for cell in row[1:]] == [*found.verdicts.values()]
    for place, row in enumerate(sides[1:]):
        for verdict, cell in zip(
            (Verdict.REFUSE, Verdict.REVIEW, Verdict.NO_OBJECTION), row[2:], strict=True
        ):
            assert int(cell) == sum(
                number for change, number in found.verdicts.items() if change[place] is verdict
            )
    assert len(changes[0]) == len(MILDEST_FIRST) + 1


@LANGUAGES
def test_causes_name_rules_products_and_examples(compare: Compare, language: str) -> None:
    found = compare(mesomix.RULES, without("mixing-forbidden"))
    [cause] = section_of(found, language).all("li", "finding")[:1]
    assert "mixing-forbidden" in cause.text
    assert "thiocolchicoside" in cause.text
    assert {"fr": "? À REVOIR → ○ AUCUNE OBJECTION", "en": "? REVIEW → ○ NO OBJECTION"}[
        language
    ] in cause.text
    [examples] = cause.all("p", "source")
    assert examples.text.startswith({"fr": "par exemple ", "en": "such as "}[language])


@LANGUAGES
def test_nothing_changes_and_nobody_is_described(
    formulary: mesomix.Formulary, language: str
) -> None:
    section = section_of(diff(formulary, formulary), language)
    assert (
        loud(section, "note")
        == {
            "fr": ["= Aucun verdict ne change, parmi les produits des deux côtés."],
            "en": ["= No verdict changes, of the products of both sides."],
        }[language]
    )
    patient, unseen = loud(section, "open")
    assert {"fr": "aucune règle sur un patient", "en": "no rule about one ran"}[language] in patient
    assert {"fr": "Quantités, doses", "en": "Amounts, maximum doses"}[language] in unseen
    assert not section.all("li", "finding")


@LANGUAGES
def test_products_of_one_side_are_told(
    formulary: mesomix.Formulary, compare: Compare, language: str
) -> None:
    several = [*formulary.products.values()]
    found = compare(mesomix.RULES, mesomix.RULES, (several[1:], several[:-1]))
    assert any(found.added_without_objection.values())
    section = section_of(found, language)
    name = several[0].name[Language(language)]
    assert {"fr": f"Produits ajoutés : {name}", "en": f"Products added: {name}"}[
        language
    ] in section.text
    gone = several[-1].name[Language(language)]
    assert {"fr": f"Produits retirés : {gone}", "en": f"Products removed: {gone}"}[
        language
    ] in section.text
    assert any(
        {"fr": "n'est plus reconnu", "en": "no longer recognised"}[language] in said
        for said in loud(section, "open")
    )
    [added] = loud(section, "review")
    assert (
        added
        == {
            "fr": f"! {found.added_without_objection[several[0].id]} mélanges sans objection avec"
            f" {name}, ajouté",
            "en": f"! {found.added_without_objection[several[0].id]} mixtures without an objection"
            f" with {name}, added",
        }[language]
    )


@LANGUAGES
def test_causes_beyond_the_most_are_counted(
    compare: Compare, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = compare(mesomix.RULES, without("mixing-forbidden", "reported-harm"))
    assert len(found.causes) == 2
    assert {"fr": "… et", "en": "… and"}[language] not in section_of(found, language).text
    monkeypatch.setattr("mesomix.view.diff_card.MOST_CAUSES", 1)
    section = section_of(found, language)
    assert {"fr": "… et 1 de plus", "en": "… and 1 more"}[language] in section.text
    assert "reported-harm" not in section.text
    monkeypatch.setattr("mesomix.view.diff_card.MOST_CAUSES", MOST_CAUSES)
    monkeypatch.setattr("mesomix.view.diff_card.ROOM", 1)
    section = section_of(found, language)
    assert "mixing-forbidden" in section.text  # the first is there, whatever room it takes
    assert {"fr": "… et 1 de plus", "en": "… and 1 more"}[language] in section.text
    assert ROOM > 1


def test_so_are_added_products(
    formulary: mesomix.Formulary, compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    several = [*formulary.products.values()]
    found = compare(mesomix.RULES, mesomix.RULES, (several[:1], several))
    monkeypatch.setattr("mesomix.view.diff_card.MOST_CAUSES", 2)
    section = section_of(found)
    told = loud(section, "review")
    left = sum(count > 0 for count in found.added_without_objection.values()) - 2
    assert len(told) == 2
    assert left > 0
    assert f"… et {left} de plus" in section.text


def test_the_foot_has_both_sides(compare: Compare) -> None:
    found = compare(mesomix.RULES, without("mixing-forbidden"))
    [foot] = section_of(found).all("div", "foot")
    assert foot.text.startswith("Avant : Données ")
    assert "après : Données " in foot.text
    assert [code.text for code in foot.all("code")] == [
        found.old.data.sha256,
        found.old.rulebook.sha256,
        found.new.data.sha256,
        found.new.rulebook.sha256,
    ]


@LANGUAGES
def test_names_stay_texts(tmp_path: Path, language: str) -> None:
    formulary = hostile_formulary(tmp_path)
    patient = formulary.patient(allergies=[], nothing_else=True)
    several = [*formulary.products.values()]
    found = diff(
        formulary,
        formulary,
        (patient, patient),
        rules=(mesomix.RULES, without("label-not-reviewed", "repeated-substance")),
        products=(several[:3], several[1:]),
    )
    assert found.causes
    section = section_of(found, language)
    [cause] = section.all("li", "finding")[:1]
    assert SHOWN in cause.text
    assert len(found.card(language).html.encode()) < 30_000


@LANGUAGES
def test_its_text_is_what_the_command_prints(compare: Compare, language: str) -> None:
    found = compare(mesomix.RULES, without("mixing-forbidden"))
    assert found.card(language).text == diff_text(found, Language(language))


@LANGUAGES
def test_where_no_product_is_on_both_sides_nothing_was_compared(
    formulary: mesomix.Formulary, compare: Compare, language: str
) -> None:
    one, other = ([formulary.find(name)] for name in ("Miorel", "Dicynone"))
    section = section_of(compare(mesomix.RULES, mesomix.RULES, (one, other)), language)
    said = {
        "fr": "Aucun produit n'est des deux côtés : rien n'a été comparé.",
        "en": "No product is on both sides: nothing was compared.",
    }[language]
    assert loud(section, "open")[0] == f"– {said}"
    assert "Aucun verdict ne change" not in section.text
    assert "No verdict changes" not in section.text
