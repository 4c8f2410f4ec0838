"""Texts in two languages, and citations that can be read without the library."""

import pytest

import mesomix
from mesomix import Citation, Language, Reference, Text

LABEL = Reference("label", "A label", "An author", "2026-11-21", "https://example.org")


def test_a_text_has_both_languages() -> None:
    text = Text(fr="grossesse", en="pregnancy")
    assert text[Language.FR] == "grossesse"
    assert text[Language.EN] == "pregnancy"


def test_a_name_can_be_the_same_in_both_languages() -> None:
    assert Text.same("Miorel") == Text(fr="Miorel", en="Miorel")


def test_french_is_the_first_language() -> None:
    assert [language.value for language in Language] == ["fr", "en"]


def test_a_citation_takes_title_author_date_and_address_of_its_reference() -> None:
    says = Text("oui", "yes")
    cited = Citation("label", "4.3", "a quote", says).from_references({"label": LABEL})
    assert cited == Citation(
        reference="label",
        place="4.3",
        quote="a quote",
        says=says,
        title="A label",
        author="An author",
        date="2026-11-21",
        url="https://example.org",
    )


def test_a_citation_of_an_unregistered_reference_is_refused_by_its_id() -> None:
    with pytest.raises(KeyError, match="elsewhere"):
        Citation("elsewhere").from_references({"label": LABEL})


def test_every_finding_cites_something_with_a_title(formulary: mesomix.Formulary) -> None:
    amounts = ["Miorel 3 ml", "Piroxicam Teva 2 ml", "Laroscorbine 1 ampoule"]
    day = ["Piroxicam Teva 2 ml"]
    mixture = formulary.mixture("Kenacort", "Dicynone", "Mag 2", "xyz", *amounts, per_day=day)
    patient = formulary.patient(allergies=["sulfites", "pollen"], pregnancy=True)
    report = mesomix.check(mixture, patient)
    assert {finding.rule for finding in report.findings} >= {
        *("above-label-dose", "label-dose-share", "dose-unknown", "excipient-amount"),
    }
    for finding in report.findings:
        assert finding.citations
        assert all(citation.title for citation in finding.citations)


def test_what_is_said_of_a_maximum_cites_its_label_first(formulary: mesomix.Formulary) -> None:
    report = mesomix.check(formulary.mixture("Miorel 3 ml"))
    [above] = [finding for finding in report.findings if finding.rule == "above-label-dose"]
    label, house = above.citations
    assert (label.reference, house.reference) == ("miorel-smpc", "house-rules")
    assert label.title
    assert label.place == "4.2"
    [maximum, _] = formulary.products["thiocolchicoside"].substances[0].maximum_doses or ()
    assert label.quote == maximum.citation.quote
    assert (house.place, house.says is not None) == ("H11", True)
