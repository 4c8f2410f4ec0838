"""The summary of an audit in words: what is in it, and what it never says."""

from dataclasses import replace
from typing import Final

import pytest

from mesomix import Language, Severity, Verdict
from mesomix.batch.audit_summary import (
    AuditSummary,
    ColumnsRead,
    Malformed,
    RuleCount,
    UnreadNames,
    ValueCount,
    ValueCounts,
)
from mesomix.batch.audit_text import audit_text
from mesomix.report import Data

FULL: Final = AuditSummary(
    rows=1000,
    verdicts={Verdict.REFUSE: 12, Verdict.REVIEW: 900, Verdict.NO_OBJECTION: 88},
    unanswered=7,
    rules=(
        RuleCount("known-allergy", Severity.REFUSE, 12, 3),
        RuleCount("not-in-formulary", Severity.REVIEW, 100, 0),
    ),
    by=ValueCounts(
        "site",
        (
            ValueCount(
                "A\x1b[2J", {Verdict.REFUSE: 12, Verdict.REVIEW: 0, Verdict.NO_OBJECTION: 0}
            ),
            ValueCount(None, {Verdict.REFUSE: 0, Verdict.REVIEW: 7, Verdict.NO_OBJECTION: 0}),
            ValueCount("", {Verdict.REFUSE: 0, Verdict.REVIEW: 0, Verdict.NO_OBJECTION: 8}),
        ),
        {Verdict.REFUSE: 0, Verdict.REVIEW: 893, Verdict.NO_OBJECTION: 80},
        exact=False,
    ),
    unread=UnreadNames(31, (("Exemplix", 30), (None, 1)), 7, exact=False),
    malformed=Malformed(
        21,
        (
            (3, "too many cells: the last ones are left out"),
            (8, "column x: neither yes nor no"),
            (9, "column y: no age in years, from 0 to 130"),
        ),
    ),
    columns=ColumnsRead(
        {
            "products": ("p1", "p2"),
            "amounts": ("v1", "v2"),
            "allergies": ("allergies",),
            "affirmed": ("oui",),
            "denied": ("non",),
            "age": ("âge",),
            "facts": ("grossesse (pregnancy)",),
        },
        ("sexe", "poids"),
        ("produit 3 bis",),
        ("id",),
        ("notes",),
    ),
    output="found.parquet",
    data=Data("2026.1", "a" * 64, "b" * 64),
    mesomix="0.4.0",
)
LITTLE: Final = AuditSummary(
    rows=3,
    verdicts={Verdict.REFUSE: 0, Verdict.REVIEW: 3, Verdict.NO_OBJECTION: 0},
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


def test_the_verdicts_come_first_in_french() -> None:
    lines = audit_text(FULL, Language.FR).splitlines()
    assert [line.split() for line in lines[:4]] == [
        ["✗", "REFUS", "12", "(1,2", "%)"],
        ["?", "À", "REVOIR", "900", "(90,0", "%)"],
        ["○", "AUCUNE", "OBJECTION", "88", "(8,8", "%)"],
        ["Lignes", "1000"],
    ]
    assert lines[4].startswith("  ○ Toutes les règles")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            Language.FR,
            [
                "Lignes mal formées, à revoir (numérotées sans la ligne de titre) : 21",
                "  ligne 3 : trop de cellules : les dernières sont laissées de côté",
                "  ligne 8 : colonne x : ni oui ni non",
                "  ligne 9 : colonne y : pas un âge en années, de 0 à 130",
                "  … + 18",
                "Lignes où un produit, ou la quantité à côté, n'a pas été lu en entier : 31",
                "known-allergy     refus                12                     3",
                "(vide)        0         0                 8",
                "(absent)      0         7                 0",
                "(autres)      0       893                80",
                "  Produits : p1, p2",
                "  Faits : grossesse (pregnancy)",
                "  ! Semble décrire le patient, et n'est pas lu : sexe, poids",
                "  ! Semble décrire le mélange, et n'est pas lu : produit 3 bis",
                "  Âge : âge",
                "  Mises de côté : notes",
                "  ? À revoir faute de réponse : 7",
                "Règles            gravité au plus  le dit  ne peut pas trancher",
                "  Colonnes non lues : id",
            ],
        ),
        (
            Language.EN,
            [
                "Malformed rows, to be reviewed (numbered without the heading): 21",
                "  row 3: too many cells: the last ones are left out",
                "  … + 18",
                "Rows where a product, or the amount beside it, was not read to the end: 31",
                "  « Exemplix »  30",
                "  (null)         1",
                "(empty)        0       0             8",
                "(others)       0     893            80",
                "  Yes to: oui",
                "  ! Seems to describe the patient, and is not read: sexe, poids",
                "  ! Seems to describe the mixture, and is not read: produit 3 bis",
                "  Age: âge",
                "  Set aside: notes",
                "  ? Under review for lack of an answer: 7",
                "Rules             severity at most  says so  cannot tell",
                "  Columns not read: id",
            ],
        ),
    ],
)
def test_everything_is_told(language: Language, expected: list[str]) -> None:
    text = audit_text(FULL, language)
    missing = [line for line in expected if line not in text.splitlines()]
    assert not missing, text


def test_what_was_written_and_by_which_data_stands_last() -> None:
    assert audit_text(FULL, Language.EN).splitlines()[-1] == (
        "Written to: found.parquet. Data 2026.1 (aaaaaaaaaaaa), BDPM bbbbbbbbbbbb, mesomix 0.4.0."
    )
    assert audit_text(LITTLE, Language.FR).splitlines()[-1] == (
        "Données 2026.1 (aaaaaaaaaaaa), mesomix 0.4.0."
    )


def test_numbers_that_are_a_minimum_are_told_so() -> None:
    assert audit_text(FULL, Language.EN).count("every number is a minimum") == 2
    assert FULL.by is not None
    exact = replace(
        FULL, by=replace(FULL.by, exact=True, others=None), malformed=Malformed(1, ((3, ""),))
    )
    text = audit_text(exact, Language.EN)
    assert text.count("every number is a minimum") == 1
    exact = replace(exact, unread=replace(FULL.unread, others=0, exact=True))
    assert "every number is a minimum" not in audit_text(exact, Language.EN)
    assert text.count("(others)") == 1  # other names that were not read
    assert "(others)" not in audit_text(exact, Language.EN)
    assert "… +" not in text


def test_what_there_is_none_of_is_not_told() -> None:
    text = audit_text(LITTLE, Language.EN)
    for word in (
        "Malformed",
        "to the end",
        "By ",
        "not read",
        "○ Every rule",
        "lack of",
        "aside",
    ):
        assert word not in text
    assert "Allergies: no column, so not asked about" in text


@pytest.mark.parametrize("summary", [FULL, LITTLE])
@pytest.mark.parametrize("language", Language)
def test_nothing_moves_a_cursor_and_nothing_is_called_safe(
    summary: AuditSummary, language: Language
) -> None:
    text = audit_text(summary, language)
    assert all(line.isprintable() for line in text.split("\n"))
    assert not {"safe", "sûr", "sûre", "autorisé"} & {*text.lower().split()}


@pytest.mark.parametrize("counts", [(1, 1, 1), (0, 1, 1), (0, 0, 1)])
def test_the_verdict_is_the_worst(counts: tuple[int, int, int]) -> None:
    worst = [Verdict.REFUSE, Verdict.REVIEW, Verdict.NO_OBJECTION]
    summary = replace(LITTLE, verdicts=dict(zip(worst, counts, strict=True)))
    assert summary.verdict is worst[counts.index(1)]
