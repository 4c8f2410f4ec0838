"""The card of a census: all of its numbers, and as loud as these, what did not run."""

from dataclasses import replace
from pathlib import Path

import pytest
from shown_cards import SHOWN, hostile_formulary, loud, rows_of, section_of

import mesomix
from mesomix import Verdict
from mesomix.evidence import Language
from mesomix.report_words import VERDICTS
from mesomix.space import Census, RuleCount, census
from mesomix.space.census_text import census_text
from mesomix.view.census_card import MOST_RULES
from mesomix.vocabulary import Severity

LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])


@pytest.fixture(scope="module")
def described(formulary: mesomix.Formulary) -> Census:
    return census(formulary, formulary.patient(allergies=["AINS"], nothing_else=True))


@LANGUAGES
def test_each_verdict_is_a_mark_a_word_a_number_and_a_part(
    described: Census, language: str
) -> None:
    section = section_of(described, language)
    [caption] = section.all("figcaption")
    for verdict, (mark, word, _) in VERDICTS.items():
        number = described.verdicts[verdict]
        assert f"{mark} {word[Language(language)]} {number} (" in caption.text
        assert f"{word[Language(language)]}" in section.all("svg")[0].attributes["aria-label"]
    sizes, *_ = [rows_of(table) for table in section.all("table")]
    assert [int(row[1]) for row in sizes[1:]] == [
        *described.sizes[Verdict.REFUSE],
        described.verdicts[Verdict.REFUSE],
    ]


@LANGUAGES
def test_rules_and_effects_stand_with_their_numbers(described: Census, language: str) -> None:
    _, rules, effects = [rows_of(table) for table in section_of(described, language).all("table")]
    told = [one for one in described.rules if one.severity is not Severity.NOTE]
    assert [row[0].split()[1] for row in rules[1:]] == [one.rule for one in told]
    assert [int(row[2]) for row in rules[1:]] == [one.mixtures for one in told]
    [allergy] = [row for row in rules if "known-allergy" in row[0]]
    assert allergy[0].startswith("✗ ")
    [route] = [row for row in rules if "route-forbidden" in row[0]]
    assert route[0].startswith("? ")
    assert [row[0] for row in effects[1:]] == [
        effect.text[Language(language)]
        for effect, of in described.effects.items()
        if any(of.values())
    ]
    assert [int(cell) for cell in effects[1][2:]] == [
        described.effects[mesomix.Effect.ANALGESIC][verdict] for verdict in VERDICTS
    ]


@LANGUAGES
def test_what_no_mixture_was_checked_for_is_loud(
    formulary: mesomix.Formulary, language: str
) -> None:
    section = section_of(census(formulary), language)
    assert (
        loud(section, "open")
        == {
            "fr": [
                "– Sans patient décrit : aucune règle sur un patient n'a été appliquée.",
                "– Vérifié pour aucun mélange (16)",
            ],
            "en": [
                "– No patient was described: no rule about one ran.",
                "– Checked for no mixture (16)",
            ],
        }[language]
    )
    assert "known-allergy" in [code.text for code in section.all("code")]


def test_whoever_is_described_leaves_no_such_warning(described: Census) -> None:
    section = section_of(described)
    assert "Pour un patient décrit." in section.text
    assert not loud(section, "open")


def test_the_foot_has_the_version_and_both_digests(described: Census) -> None:
    [foot] = section_of(described).all("div", "foot")
    assert described.data.version in foot.text
    assert [code.text for code in foot.all("code")] == [
        described.data.sha256,
        described.rulebook.sha256,
    ]
    with_bdpm = replace(described, data=replace(described.data, bdpm="f" * 64))
    assert "f" * 64 in section_of(with_bdpm).all("div", "foot")[0].text


@LANGUAGES
def test_its_text_is_what_the_command_prints(described: Census, language: str) -> None:
    assert described.card(language).text == "\n".join(census_text(described, Language(language)))


def test_nothing_at_all(formulary: mesomix.Formulary) -> None:
    empty = census(formulary, products=[])
    section = section_of(empty)
    assert "0 mélange de 1 à 3 produits" in section.text
    assert len(section.all("table")) == 1


@LANGUAGES
def test_rules_beyond_the_most_are_counted(described: Census, language: str) -> None:
    many = tuple(
        RuleCount(f"our-rule-{n}", Severity.REVIEW, certain=True, mixtures=1)
        for n in range(MOST_RULES + 7)
    )
    text = section_of(replace(described, rules=many), language).text
    assert f"our-rule-{MOST_RULES - 1}" in text
    assert f"our-rule-{MOST_RULES}" not in text
    assert {"fr": "et 7 de plus", "en": "and 7 more"}[language] in text


def test_a_single_refusal_among_millions_is_seen(described: Census) -> None:
    counts = {Verdict.REFUSE: 1, Verdict.REVIEW: 9_999_999, Verdict.NO_OBJECTION: 0}
    section = section_of(replace(described, verdicts=counts, total=10_000_000))
    bar = section.all("svg")[0]
    assert [float(box.attributes["width"]) for box in bar.all("rect")] == [4, 856]
    assert [text.text for text in bar.all("text")] == ["? 9 999 999"]
    assert "REFUS 1 (< 1" in section.all("figcaption")[0].text


def test_names_of_a_formulary_stay_texts(tmp_path: Path) -> None:
    formulary = hostile_formulary(tmp_path)
    section = section_of(census(formulary))
    assert "Données <b>1</b> (" in section.all("div", "foot")[0].text
    assert SHOWN not in section.text  # a census names no product


def test_it_is_small(described: Census) -> None:
    assert len(described.card().html.encode()) < 30_000
