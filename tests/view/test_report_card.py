"""The card of a report: what it says, in both languages, whatever was written."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from read_html import Node, assert_harmless, read_html

import mesomix
from mesomix.evidence import Language
from mesomix.report_words import MEANINGS, MOST_FINDINGS, VERDICTS
from mesomix.view.report_card import MOST_SOURCED

LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>\u202e\x00'


def card(report: mesomix.Report, language: str = "fr") -> Node:
    tree = read_html(report.card(language).html)
    assert_harmless(tree)
    [section] = tree.all("section", "mesomix")
    assert section.attributes["lang"] == language
    return section


@pytest.fixture(scope="module")
def reports(formulary: mesomix.Formulary) -> dict[str, mesomix.Report]:
    asked = formulary.patient(allergies=["sulfites"], anticoagulant=True, pregnancy=False)
    healthy = formulary.patient(allergies=[], nothing_else=True)
    syringe = formulary.mixture("Procaïne Lavoisier 2 % 2 ml", "Miorel 3 ml", "Dicynone")
    plain = formulary.mixture("Procaïne Lavoisier", "Maginjectable")
    return {
        "refuse": mesomix.check(syringe, asked, mesomix.Session(depth_mm=4)),
        "review": mesomix.check(plain),
        "no-objection": mesomix.check(plain, healthy),
        "empty": mesomix.check(formulary.mixture(), healthy),
    }


@LANGUAGES
@pytest.mark.parametrize("verdict", list(mesomix.Verdict))
def test_the_verdict_is_told_by_mark_word_and_colour(
    reports: dict[str, mesomix.Report], verdict: mesomix.Verdict, language: str
) -> None:
    report = reports[verdict.value]
    assert report.verdict is verdict
    [banner] = card(report, language).all("div", "verdict")
    mark, word, _ = VERDICTS[verdict]
    assert banner.kinds == ["verdict", verdict.value]
    assert banner.all("span", "mark")[0].text == mark
    assert banner.all("p", "word")[0].text == word[Language(language)]
    assert banner.all("p")[1].text == MEANINGS[verdict][Language(language)]


@LANGUAGES
def test_every_finding_is_there_with_its_rule_and_its_sources_folded(
    reports: dict[str, mesomix.Report], language: str
) -> None:
    report = reports["refuse"]
    tree = card(report, language)
    shown = [node for kind in ("refuse", "review", "note") for node in tree.all("li", kind)]
    assert len(shown) == len(report.findings)
    for node, finding in zip(shown, sorted(report.findings, key=kind_of_finding), strict=True):
        [summary] = node.all("summary")
        message = finding.message[Language(language)]
        assert message in summary.text
        assert summary.all("code")[0].text == finding.rule
        sources = node.all("li", "source")
        assert len(sources) == len(finding.citations)
        for source, citation in zip(sources, finding.citations, strict=True):
            assert citation.title in source.text
            assert citation.place in source.text
            assert not citation.quote or source.all("q")
            assert [link.attributes["href"] for link in source.all("a")] == (
                [citation.url] if citation.url else []
            )


def kind_of_finding(finding: mesomix.Finding) -> int:
    if finding.severity is mesomix.Severity.NOTE:
        return 2
    return 0 if finding.certain and finding.severity is mesomix.Severity.REFUSE else 1


@LANGUAGES
def test_what_was_not_checked_stands_among_the_findings_in_a_colour_of_its_own(
    reports: dict[str, mesomix.Report], language: str
) -> None:
    tree = card(reports["review"], language)
    headings = [node.text for node in tree.all("div") if "role" in node.attributes]
    not_checked = next(n for n, text in enumerate(headings) if text.startswith(("Non v", "Not c")))
    assert headings[not_checked + 1].startswith(("À savoir", "Worth knowing"))
    boxes = tree.all("li", "open")
    assert boxes
    assert all("finding" in box.kinds and box.all("span", "mark") for box in boxes)
    rules = {code.text for box in boxes for code in box.all("code")}
    assert rules == {one.rule for one in reports["review"].not_checked}


def test_rules_that_did_not_run_are_counted(formulary: mesomix.Formulary) -> None:
    one = mesomix.Rulebook([mesomix.RULES["pregnancy"]])
    report = one.check(formulary.mixture("Miorel"))
    assert "Not checked (1 rule)" in card(report, "en").text
    several = mesomix.check(formulary.mixture("Miorel"))
    rules = len({skipped.rule for skipped in several.not_checked})
    assert f"Non vérifié ({rules} règles)" in card(several).text


@LANGUAGES
def test_products_stand_with_their_effects(
    reports: dict[str, mesomix.Report], language: str
) -> None:
    effects = [node.text for node in card(reports["refuse"], language).all("span", "effect")]
    assert (
        effects
        == {
            "fr": ["antalgique", "décontracturant", "anti-œdème"],
            "en": ["analgesic", "decontracturant", "anti-oedema"],
        }[language]
    )


def test_the_foot_has_the_version_and_the_whole_digests(
    reports: dict[str, mesomix.Report],
) -> None:
    report = reports["refuse"]
    [foot] = card(report).all("div", "foot")
    assert report.data.version in foot.text
    assert [code.text for code in foot.all("code")] == [report.data.sha256, report.rules.sha256]
    with_bdpm = replace(report, data=replace(report.data, bdpm="f" * 64))
    assert "f" * 64 in card(with_bdpm).all("div", "foot")[0].text


@LANGUAGES
def test_the_patient_the_session_and_the_syringe_are_told(
    reports: dict[str, mesomix.Report], language: str
) -> None:
    told = card(reports["refuse"], language).text
    for words in {
        "fr": ("« sulfites » → sulfites", "traitement anticoagulant", "profondeur 4 mm", "40 mg"),
        "en": ("« sulfites » → sulfites", "anticoagulant treatment", "depth 4 mm", "40 mg"),
    }[language]:
        assert words in told
    assert "mg" not in card(reports["no-objection"], language).text.partition("SHA")[0]


@LANGUAGES
def test_an_empty_mixture_says_so(reports: dict[str, mesomix.Report], language: str) -> None:
    report = reports["empty"]
    assert report.card(language).title == {"fr": "Aucun produit", "en": "No product"}[language]
    assert report.card(language).title in card(report, language).text
    assert report.verdict is mesomix.Verdict.REVIEW


def test_effects_that_are_sought_and_the_day_are_told(formulary: mesomix.Formulary) -> None:
    mixture = formulary.mixture(
        "Miorel 1 ml", effects=[mesomix.Effect.SCAR], per_day=["Miorel 4 ml", "tisane"]
    )
    tree = card(mesomix.check(mixture, formulary.patient(allergies=["latex"] * 60)))
    assert "Effets recherchés cicatrice" in tree.text
    assert "Total du jour" in tree.text
    assert "tisane" in tree.text
    assert "… + 10" in tree.text  # of the allergies


@LANGUAGES
def test_a_name_that_was_not_read_stands_out(formulary: mesomix.Formulary, language: str) -> None:
    report = mesomix.check(formulary.mixture("tisane", "Miorel forte", "Dicynone"))
    boxes = [node for node in card(report, language).all("li", "review") if node.all("bdi")]
    assert [node.all("bdi")[0].text for node in boxes] == [
        "« tisane »",
        "« Miorel forte »",
    ]


@LANGUAGES
def test_whatever_is_written_stays_a_text(formulary: mesomix.Formulary, language: str) -> None:
    mixture = formulary.mixture(HOSTILE, "a" * 10_000, "Dicynone", per_day=[HOSTILE])
    patient = formulary.patient(allergies=[HOSTILE, "b" * 10_000])
    report = mesomix.check(mixture, patient)
    tree = card(report, language)
    assert r"<script>alert(1)</script>" in tree.text
    assert r"\u202e" in tree.text
    assert len(report.card(language).html) < 30_000
    assert "<script>" not in report.card(language).page()


def test_only_addresses_of_the_web_are_links(formulary: mesomix.Formulary, tmp_path: Path) -> None:
    clinic = tmp_path / "clinic.toml"
    clinic.write_text(
        """
        version = "1"
        [references.evil]
        title = "Evil"
        url = "javascript:alert(1)"
        checked = 2026-11-22
        [products.saline]
        fr = "sérum"
        en = "saline"
        effects = ["analgesic"]
        checked = 2026-11-22
        substances = ["sodium-chloride"]
        source = "evil"
        """,
        encoding="utf-8",
    )
    card_html = mesomix.load(clinic).card().html
    assert "Evil" in card_html
    assert "javascript:" not in card_html


@LANGUAGES
def test_findings_without_room_for_their_sources_stand_in_their_own_words(
    formulary: mesomix.Formulary, language: str
) -> None:
    facts = {key: True for key in formulary.conditions if not key.startswith(("under", "weight"))}
    names = [f"{product.name.fr} 2 ml" for product in formulary.products.values()]
    patient = formulary.patient(allergies=["sulfites"], facts=facts)
    report = mesomix.check(formulary.mixture(*names), patient)
    refusals = sum(kind_of_finding(one) == 0 for one in report.findings)
    assert len(report.findings) > refusals > MOST_SOURCED
    tree = card(report, language)
    shown = [node for kind in ("refuse", "review", "note") for node in tree.all("li", kind)]
    assert len(shown) == len(report.findings)
    for node, finding in zip(shown, sorted(report.findings, key=kind_of_finding), strict=True):
        assert finding.message[Language(language)] in node.text
        assert node.all("code")[0].text == finding.rule
    assert [bool(node.all("details")) for node in shown] == [
        number < MOST_SOURCED for number in range(len(shown))
    ]
    told = {"fr": "Les suivants, sans leurs sources", "en": "Those below, without their sources"}
    assert tree.text.count(told[language]) == 3  # under each heading
    assert f"Objections ({refusals})" in tree.text


@LANGUAGES
def test_findings_beyond_any_number_are_counted(
    formulary: mesomix.Formulary, language: str
) -> None:
    report = mesomix.check(formulary.mixture(*(f"tisane {number}" for number in range(300))))
    tree = card(report, language)
    assert len([node for node in tree.all("li", "review") if node.all("code")]) == MOST_FINDINGS
    left = sum(kind_of_finding(one) == 1 for one in report.findings) - MOST_FINDINGS
    assert f"{left} {'de plus' if language == 'fr' else 'more'}" in tree.text
    assert len(report.card(language).html) < 100_000


def test_a_mixture_of_three_shipped_products_is_below_30_kb(formulary: mesomix.Formulary) -> None:
    facts = {key: True for key in formulary.conditions if not key.startswith(("under", "weight"))}
    patient = formulary.patient(allergies=["sulfites", "AINS", "procaïne", "latex"], facts=facts)
    sizes = [
        len(mesomix.check(formulary.mixture(*three), patient).card("fr").page().encode())
        for three in combinations([f"{one.name.fr} 2 ml" for one in formulary.products.values()], 3)
    ]
    assert len(sizes) == 84
    assert max(sizes) < 30_000


def test_a_card_in_no_language_of_ours_is_refused(reports: dict[str, mesomix.Report]) -> None:
    with pytest.raises(ValueError, match="de"):
        reports["refuse"].card("de")
