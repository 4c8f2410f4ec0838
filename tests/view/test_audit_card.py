"""The card of an audit: what was found, and as loud as that, what could not be read."""

from dataclasses import replace
from typing import Final

import pytest
from shown_cards import HOSTILE, SHOWN, loud, rows_of, section_of

from mesomix import Verdict
from mesomix.batch import AuditSummary, audit_text
from mesomix.batch.audit_summary import (
    ColumnsRead,
    Malformed,
    RuleCount,
    UnreadNames,
    ValueCount,
    ValueCounts,
)
from mesomix.evidence import Language
from mesomix.report import Data
from mesomix.report_words import VERDICTS
from mesomix.view.audit_card import MOST_RULES
from mesomix.vocabulary import Severity

LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])


def counts(refuse: int, review: int, no_objection: int) -> dict[Verdict, int]:
    return {
        Verdict.REFUSE: refuse,
        Verdict.REVIEW: review,
        Verdict.NO_OBJECTION: no_objection,
    }


FULL: Final = AuditSummary(
    rows=1000,
    verdicts=counts(12, 900, 88),
    unanswered=7,
    rules=(
        RuleCount("known-allergy", Severity.REFUSE, 12, 3),
        RuleCount("composition-unknown", Severity.REFUSE, 0, 5),
        RuleCount("specialty-not-named", Severity.NOTE, 100, 0),
    ),
    by=ValueCounts(
        HOSTILE,
        (
            ValueCount(HOSTILE, counts(12, 0, 0)),
            ValueCount(None, counts(0, 7, 0)),
            ValueCount("", counts(0, 0, 8)),
        ),
        counts(0, 893, 80),
        exact=False,
    ),
    unread=UnreadNames(31, ((HOSTILE, 30), (None, 1)), 7, exact=False),
    malformed=Malformed(
        21,
        (
            (3, "too many cells: the last ones are left out"),
            (8, f"column {HOSTILE}: neither yes nor no"),
        ),
    ),
    columns=ColumnsRead(
        {"products": (HOSTILE, "p2"), "allergies": ("allergies",)},
        (HOSTILE, "poids"),
        ("produit 3 bis",),
        tuple(f"column {n}" for n in range(30)),
        ("notes",),
    ),
    output="found.parquet",
    data=Data("2026.1", "a" * 64, "b" * 64),
    mesomix="0.4.0",
)
LITTLE: Final = AuditSummary(
    rows=1,
    verdicts=counts(0, 1, 0),
    unanswered=0,
    rules=(),
    by=None,
    unread=UnreadNames(0, (), 0, exact=True),
    malformed=Malformed(0, ()),
    columns=ColumnsRead({"products": ("p",)}, (), (), ()),
    output=None,
    data=Data("2026.1", "a" * 64),
    mesomix="0.4.0",
)


@LANGUAGES
def test_the_verdicts_are_a_bar_a_legend_and_a_table(language: str) -> None:
    section = section_of(FULL, language)
    [caption] = section.all("figcaption")
    for verdict, (mark, word, _) in VERDICTS.items():
        assert f"{mark} {word[Language(language)]} {FULL.verdicts[verdict]} (" in caption.text
    assert rows_of(section.all("table")[0])[1][1:] == ["12", "900", "88"]
    assert {"fr": "1 000 lignes", "en": "1,000 rows"}[language] in section.text
    assert {"fr": "Cela ne dit rien de plus", "en": "It says no more than that"}[
        language
    ] in section.text


@LANGUAGES
def test_what_could_not_be_read_is_as_loud_as_a_review(language: str) -> None:
    section = section_of(FULL, language)
    said = loud(section, "review")
    wanted = {
        "fr": ("Lignes mal formées, à", "Lignes où un produit", "décrire le patient", "le mélange"),
        "en": ("Malformed rows, to be", "Rows where a product", "describe the patient", "mixture"),
    }[language]
    assert len(said) == 4
    for words, told in zip(wanted, said, strict=True):
        assert words in told
    assert said[0].startswith("? ")
    assert said[2].startswith("! ")
    assert "21" in said[0]
    assert {"fr": "ligne 3 : trop de cellules", "en": "row 3: too many cells"}[language] in said[0]
    assert {"fr": "… et 19 de plus", "en": "… and 19 more"}[language] in said[0]
    assert {"fr": "est un minimum", "en": "is a minimum"}[language] in said[1]
    assert {"fr": "À revoir faute de réponse : 7", "en": "lack of an answer: 7"}[language] in loud(
        section, "open"
    )[0]


@LANGUAGES
def test_rules_stand_with_how_often_they_are_sure(language: str) -> None:
    table = section_of(FULL, language).all("table")[1]
    assert [[row[0], *row[3:]] for row in rows_of(table)[1:]] == [
        ["✗ known-allergy", "12", "3"],
        ["? composition-unknown", "0", "5"],
        ["· specialty-not-named", "100", "0"],
    ]


@LANGUAGES
def test_rows_by_value_have_a_bar_each(language: str) -> None:
    table = section_of(FULL, language).all("table")[2]
    hostile, null, empty, others = rows_of(table)[1:]
    assert hostile[0].startswith(SHOWN[:40])
    assert null[0] == {"fr": "(absent)", "en": "(null)"}[language]
    assert empty[0] == {"fr": "(vide)", "en": "(empty)"}[language]
    assert others == [{"fr": "(autres)", "en": "(others)"}[language], "", "0", "893", "80"]
    kinds = [[box.attributes["class"] for box in bar.all("g")] for bar in table.all("svg")]
    assert kinds == [["refuse"], ["review"], ["no-objection"], ["review", "no-objection"]]


@LANGUAGES
def test_columns_are_told_as_they_were_read(language: str) -> None:
    section = section_of(FULL, language)
    names = [node.text for node in section.all("dt")]
    assert (
        names
        == {
            "fr": ["Produits", "Allergies", "Mises de côté", "Colonnes non lues"],
            "en": ["Products", "Allergies", "Set aside", "Columns not read"],
        }[language]
    )
    assert {"fr": "et 10 de plus", "en": "and 10 more"}[language] in section.all("dd")[-1].text


@LANGUAGES
def test_whatever_stands_in_the_table_stays_a_text(language: str) -> None:
    page = FULL.card(language).page()
    assert "<script" not in page
    assert "onerror=alert(1)&gt;" in page
    assert r"\u202e" in page
    assert len(FULL.card(language).html.encode()) < 30_000


@LANGUAGES
def test_a_little_table_says_what_was_not_asked(language: str) -> None:
    section = section_of(LITTLE, language)
    [said] = loud(section, "open")
    assert {"fr": "donc non demandées", "en": "so not asked about"}[language] in said
    assert not loud(section, "review")
    assert {"fr": "1 ligne ", "en": "1 row "}[language] in section.text
    assert {"fr": "Aucune règle n'a rien dit.", "en": "No rule said anything."}[
        language
    ] in section.text
    assert {"fr": "Cela ne dit rien de plus", "en": "It says no more than that"}[
        language
    ] not in section.text


@LANGUAGES
def test_rules_beyond_the_most_are_counted(language: str) -> None:
    many = tuple(RuleCount(f"our-{n}", Severity.REVIEW, 1, 0) for n in range(MOST_RULES + 3))
    section = section_of(replace(FULL, rules=many), language)
    assert len(rows_of(section.all("table")[1])) == MOST_RULES + 1
    assert {"fr": "et 3 de plus", "en": "and 3 more"}[language] in section.text


def test_counts_that_are_exact_have_no_warning() -> None:
    assert FULL.by is not None
    exact = replace(
        FULL,
        by=replace(FULL.by, exact=True),
        unread=replace(FULL.unread, exact=True),
        malformed=Malformed(1, ((3, "too few cells"),)),
    )
    text = section_of(exact).text
    assert "minimum" not in text
    assert "ligne 3 : trop peu de cellules" in text
    assert "de plus" not in loud(section_of(exact), "review")[0]


@LANGUAGES
def test_the_foot_has_the_data_the_output_and_the_version(language: str) -> None:
    [foot] = section_of(FULL, language).all("div", "foot")
    assert "found.parquet" in foot.text
    assert "mesomix 0.4.0" in foot.text
    assert [code.text for code in foot.all("code")] == ["a" * 64, "b" * 64]


@LANGUAGES
def test_its_text_is_what_the_command_prints(language: str) -> None:
    assert FULL.card(language).text == audit_text(FULL, Language(language))


@LANGUAGES
def test_names_beyond_the_most_frequent_are_counted(language: str) -> None:
    said = {"fr": "(autres) : 7", "en": "(others): 7"}[language]
    assert said in section_of(FULL, language).text
    few = replace(FULL, by=None, unread=replace(FULL.unread, others=0))
    assert said not in section_of(few, language).text
