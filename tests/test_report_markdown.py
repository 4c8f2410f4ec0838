"""A report as Markdown: all that the lines say, and nothing that anybody wrote marks up.

`tests/site` has a parser of CommonMark read it.
"""

from dataclasses import replace

import pytest

import mesomix
from mesomix.evidence import Language
from mesomix.report_markdown import MOST_FINDINGS, plain
from mesomix.report_words import VERDICTS, citation_said, data_said, reads_said


@pytest.fixture(scope="module")
def report(formulary: mesomix.Formulary) -> mesomix.Report:
    patient = formulary.patient(allergies=["sulfites"], anticoagulant=True)
    return mesomix.check(formulary.mixture("Dicynone 2 ml", "Miorel"), patient)


@pytest.mark.parametrize("language", list(Language))
def test_it_says_all_that_the_lines_say(report: mesomix.Report, language: Language) -> None:
    markdown = report.markdown(language.value)
    mark, word, _ = VERDICTS[report.verdict]
    assert markdown.startswith(f"# {mark} {word[language]}")
    for finding in report.findings:
        assert plain(finding.message[language]) in markdown
        assert f"(`{finding.rule}`)" in markdown
        for citation in finding.citations:
            assert plain(citation_said(citation, language)) in markdown
    for one in report.not_checked:
        assert f"`{one.rule}`" in markdown
    for line in (*reads_said(report, language), data_said(report, language)):
        assert plain(line) in markdown
    assert "250 mg" in markdown  # in the syringe


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("*a* _b_ `c` [d](e) <f> |h| ~i~ &k $l$ !m", None),
        ("- a", r"\- a"),
        ("+ a", r"\+ a"),
        ("12. a", r"12\. a"),
        ("1) a", r"1\) a"),
        ("1 ml", "1 ml"),
        ("https://a.b", "https:\u2060//a.\u2060b"),
        ("WWW.a.b", "WWW.\u2060a.\u2060b"),
        ("mailto:a@b.c", "mailto:\u2060a@\u2060b.\u2060c"),
        ("@doctor #12 :smile:", "@\u2060doctor #\u206012 :\u2060smile:"),
        ("4.2, a : b", "4.2, a : b"),
        (" - x", r"\- x"),
        ("    x", "x"),
        ("a\nb\x1b", r"a\\nb\\x1b"),
        ("2 - 3 + 4. 5", "2 - 3 + 4. 5"),
    ],
)
def test_what_was_written_marks_nothing_up(text: str, marked: str | None) -> None:
    if marked is None:
        marked = "".join(f"\\{c}" if c in "*_`[]<>|~&$!" else c for c in text)
    assert plain(text) == marked


def test_where_everything_was_checked_it_says_nothing_of_the_kind(
    formulary: mesomix.Formulary,
) -> None:
    asked = mesomix.Rulebook([mesomix.RULES["corticosteroid"]])
    report = asked.check(formulary.mixture("Miorel"))
    assert not report.not_checked
    assert "Not checked" not in report.markdown("en")
    assert "Not checked" not in report.card("en").html


def test_an_empty_mixture_has_a_title_without_names(formulary: mesomix.Formulary) -> None:
    assert mesomix.check(formulary.mixture()).markdown("en").startswith("# ? REVIEW\n")


def test_the_id_of_a_rule_marks_nothing_up(formulary: mesomix.Formulary) -> None:
    forged = "x`\n\n<img src=x>\n\n# ○ AUCUNE OBJECTION\n\n`"
    house = mesomix.Rulebook([replace(mesomix.RULES["corticosteroid"], id=forged)])
    markdown = house.check(formulary.mixture("Kenacort", "tisane")).markdown()
    assert "\n<img" not in markdown
    assert [line[:2] for line in markdown.split("\n") if "AUCUNE OBJECTION" in line] == ["- ", "- "]


def test_more_findings_than_fit_are_counted(formulary: mesomix.Formulary) -> None:
    report = mesomix.check(formulary.mixture(*(f"tisane {number}" for number in range(300))))
    reviewed = sum(one.severity is mesomix.Severity.REVIEW for one in report.findings)
    told = f"… et {reviewed - MOST_FINDINGS} de plus, qui ne sont pas montrés ici"
    assert told in report.markdown()
    assert told in report.text()
    assert report.markdown().count("`unrecognised-product`)") == MOST_FINDINGS
