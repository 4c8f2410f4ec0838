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
    mixture = formulary.mixture("Kenacort", "Miorel", "Dicynone", "Mag 2", "xyz")
    patient = formulary.patient(allergies=["sulfites", "pollen"], pregnancy=True)
    report = mesomix.check(mixture, patient)
    assert report.findings
    for finding in report.findings:
        assert finding.citations
        assert all(citation.title for citation in finding.citations)
