"""The card of gaps: what is not known, with what knowing it is worth."""

from dataclasses import replace
from pathlib import Path

import pytest
from shown_cards import SHOWN, hostile_formulary, loud, rows_of, section_of

import mesomix
from mesomix.evidence import Language
from mesomix.space import Gap, Gaps, gaps
from mesomix.space.gaps_text import MOST_GAPS, gaps_text, unknown_said

LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])


@pytest.fixture(scope="module")
def found(formulary: mesomix.Formulary) -> Gaps:
    return gaps(formulary, formulary.patient(allergies=["AINS"], nothing_else=True))


@LANGUAGES
def test_each_gap_stands_with_its_numbers_and_its_bar(found: Gaps, language: str) -> None:
    section = section_of(found, language)
    [table] = section.all("table")
    spoken = Language(language)
    assert [(row[0], int(row[2]), int(row[3])) for row in rows_of(table)[1:]] == [
        (" ".join(unknown_said(gap.unknown, spoken).split()), gap.settles, gap.among)
        for gap in found.gaps
    ]
    first, *_ = table.all("svg")
    settled, among = first.all("rect")
    assert float(among.attributes["x"]) == float(settled.attributes["width"])
    assert "fill-opacity" in among.attributes
    assert "fill-opacity" not in settled.attributes
    assert f"{found.reviewed} " in section.all("div")[0].text
    assert str(found.settled) in loud(section, "open")[0]


@LANGUAGES
def test_without_a_patient_it_says_so(formulary: mesomix.Formulary, language: str) -> None:
    section = section_of(gaps(formulary), language)
    assert {
        "fr": "Sans patient décrit : seul compte ce qui n'est pas connu des produits.",
        "en": "No patient was described: only what is not known of products counts.",
    }[language] in loud(section, "open")[0]


@LANGUAGES
def test_no_gap_at_all(formulary: mesomix.Formulary, language: str) -> None:
    found = gaps(formulary, formulary.patient(allergies=[], nothing_else=True), products=[])
    assert not found.gaps
    section = section_of(found, language)
    assert not section.all("table")
    assert {"fr": "Aucune question ne vient", "en": "No question comes"}[language] in section.text


@LANGUAGES
def test_gaps_beyond_the_most_are_counted(found: Gaps, language: str) -> None:
    many = replace(found, gaps=(found.gaps[0],) * (MOST_GAPS + 4))
    section = section_of(many, language)
    assert len(rows_of(section.all("table")[0])) == MOST_GAPS + 1
    assert {"fr": "… et 4 de plus", "en": "… and 4 more"}[language] in section.text


@LANGUAGES
def test_names_stay_texts(tmp_path: Path, language: str) -> None:
    formulary = hostile_formulary(tmp_path)
    found = gaps(formulary, formulary.patient(allergies=["<i>x</i>"]))
    text = section_of(found, language).text
    assert SHOWN in text
    assert "<i>x</i>" in text
    assert len(found.card(language).html.encode()) < 30_000


def test_a_question_without_a_settled_mixture_is_pale_only(found: Gaps) -> None:
    gap = Gap(found.gaps[0].unknown, settles=0, among=3)
    [bar] = section_of(replace(found, gaps=(gap,))).all("svg")
    assert ["fill-opacity" in box.attributes for box in bar.all("rect")] == [True]


@LANGUAGES
def test_its_text_is_what_the_command_prints(found: Gaps, language: str) -> None:
    assert found.card(language).text == "\n".join(gaps_text(found, Language(language)))
