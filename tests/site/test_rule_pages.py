"""The pages that are made of rules, cases and statements say what these say."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import executed_cases
import pytest
import rule_pages
import traceability_page
import wording
from checkout_pages import moved
from executed_cases import BrokenCaseError, ExecutedCase, every_case, executed
from markdown_it import MarkdownIt
from marking import plain
from statements import Statement, read_statements, statement

import mesomix
from mesomix.evidence import Language
from mesomix.names import printable
from mesomix.report_words import VERDICTS

pytestmark = pytest.mark.site

LANGUAGES: Final = tuple(Language)
RULES: Final = [pytest.param(rule, id=rule.id) for rule in mesomix.RULES]


@pytest.fixture(scope="session")
def cases() -> dict[str, list[ExecutedCase]]:
    return every_case()


def shown(lines: Iterator[str]) -> str:
    """What a reader sees of Markdown, and the marks that its page is styled by."""
    html: str = MarkdownIt("commonmark").render("\n".join(lines))
    for written, read in (("&quot;", '"'), ("&#x27;", "'"), ("&lt;", "<"), ("&gt;", ">")):
        html = html.replace(written, read)
    return html.replace("&amp;", "&")


def page(rule: mesomix.Rule, cases: dict[str, list[ExecutedCase]], language: Language) -> str:
    return shown(rule_pages.rule_page(rule, cases[rule.id], answered(rule), language))


def answered(rule: mesomix.Rule) -> list[Statement]:
    """The statements that a rule answers."""
    return [one for one in read_statements() if rule.id in one.rules]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_a_page_has_what_its_rule_says_and_rests_on(
    rule: mesomix.Rule, language: Language, cases: dict[str, list[ExecutedCase]]
) -> None:
    text = page(rule, cases, language)
    assert rule.severity.text[language] in text
    assert "{" not in text.partition("</blockquote>")[0], "a placeholder is shown raw"
    for citation in rule.cites:
        assert citation.quote in text
        assert citation.says
        assert citation.says[language] in text
        assert citation.place in text
    for one in answered(rule):
        assert f'href="../traceability.html#{one.anchor}">{one.says[language]}<' in text
    situation = rule_pages.french_situations()[rule.id]
    assert (situation if language is Language.FR else rule.situation) in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_a_page_has_every_case_of_its_file_with_what_was_answered(
    rule: mesomix.Rule, language: Language, cases: dict[str, list[ExecutedCase]]
) -> None:
    text = page(rule, cases, language)
    written = executed_cases.read(executed_cases.CASES / f"{rule.id}.toml")
    sections = text.split(f"({rule.id}-case-")[1:]
    assert len(sections) == len(written)
    for asked, section in zip(written, sections, strict=True):
        assert asked["dit" if language is Language.FR else "says"] in section
        for name in asked["mixture"]:
            assert printable(name if isinstance(name, str) else ", ".join(name)) in section
        report = executed_cases.report_of(asked)
        assert VERDICTS[report.verdict][1][language] in section
        for finding in report.findings:
            assert finding.rule != rule.id or printable(finding.message[language]) in section
        did = {
            "flags": [one[language] for one in wording.FLAGS.values()],
            "cannot-tell": [wording.CANNOT_TELL[language]],
            "clears": [wording.CLEARS[language]],
        }
        for expect, words in did.items():
            assert any(word in section for word in words) is (asked["expect"] == expect)
        open_for_something = any(one.rule == rule.id for one in report.not_checked)
        assert (wording.NOT_CHECKED[language] in section) is open_for_something


def test_a_case_that_does_not_hold_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path) -> list[dict[str, Any]]:
        return [{"says": "wrong", "dit": "faux", "mixture": ["Kenacort"], "expect": "clears"}]

    monkeypatch.setattr(executed_cases, "read", broken)
    with pytest.raises(BrokenCaseError, match=r"corticosteroid\.toml, case 1 \(wrong\)"):
        list(executed(mesomix.RULES["corticosteroid"]))


def test_a_case_of_an_unknown_word_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path) -> list[dict[str, Any]]:
        return [{"says": "wrong", "dit": "faux", "mixture": ["Kenacort"], "expect": "flag"}]

    monkeypatch.setattr(executed_cases, "read", broken)
    with pytest.raises(BrokenCaseError, match="not a word of the cases"):
        list(executed(mesomix.RULES["corticosteroid"]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_has_every_rule_once_and_in_order(
    language: Language, cases: dict[str, list[ExecutedCase]]
) -> None:
    lines = list(rule_pages.index(cases, language))
    linked = [line.partition("](")[2].partition(".md")[0] for line in lines if line[:2] == "- "]
    assert linked == [rule.id for rule in mesomix.RULES]


def test_what_differs_from_case_to_case_is_told_in_words() -> None:
    rule = mesomix.RULES["too-many-products"]
    assert rule_pages.sentence(rule, Language.EN) == (
        "The mixture has <var>so many</var> products\\: never more than <var>the most</var>\\."
    )


@pytest.mark.parametrize("text", ["*a* _b_ `c` [d](e)", "<b> & {f}", "1. a", "# b\n- c", "a|b\\"])
def test_what_was_written_is_shown_to_the_letter(text: str) -> None:
    html = shown(iter([plain(text)]))
    assert html == f"<p>{' '.join(text.split())}</p>\n"


FOLLOWED: Final = {
    "document": "martory",
    "place": "Les injections",
    "quotes": ["jamais plus", "de 3 | produits"],
    "says": {"fr": "dit", "en": "said"},
    "rules": ["too-many-products", "empty-mixture"],
    "how": {"fr": "ainsi", "en": "so"},
    "disagreements": [1],
}
NOT_FOLLOWED: Final = {
    "document": "chan",
    "place": "2.",
    "quotes": ["une"],
    "says": {"fr": "dit", "en": "said"},
    "not_covered": {"fr": "parce que", "en": "because"},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_traceability_page_has_every_statement(
    language: Language, cases: dict[str, list[ExecutedCase]]
) -> None:
    statements = [statement(7, FOLLOWED), statement(8, NOT_FOLLOWED)]
    lines = list(traceability_page.traceability_page(statements, cases, language))
    assert re.findall(r"\d+", lines[1]) == ["2", "1", "1"]
    first, second = [line for line in lines if '<span id="statement-' in line]
    told = mesomix.Text("dit", "said")[language]
    assert first.startswith(f'| <span id="statement-7"></span>{told}<br>')
    assert "too-many-products.md#too-many-products-case-10" in first
    assert "empty-mixture.md#empty-mixture-case-1)" in first
    assert mesomix.Text("ainsi", "so")[language] in first
    assert "disagreements.md#1-" in first
    assert first.replace("\\|", "").count("|") == 3
    assert mesomix.Text("parce que", "because")[language] in second
    assert wording.NOT_COVERED[language] in second


@pytest.mark.parametrize("wrong", [{"rules": ["no-such-rule"]}, {"disagreements": [99]}], ids=str)
def test_a_statement_of_an_unknown_rule_or_disagreement_fails(
    wrong: dict[str, Any], cases: dict[str, list[ExecutedCase]]
) -> None:
    statements = [statement(1, FOLLOWED | wrong)]
    with pytest.raises((KeyError, ValueError)):
        list(traceability_page.traceability_page(statements, cases, Language.FR))


def test_links_of_the_checkout_lead_to_the_same_from_the_site() -> None:
    text = "[a](docs/use.md#how-much) [b](data) [c](https://example.org) `x[0](y)` [d](#e)"
    assert moved(text, "README.md", "project/readme") == (
        "[a](../use.md#how-much) [b](../../data) [c](https://example.org) `x[0](y)` [d](#e)"
    )


def test_a_stricter_severity_is_shown() -> None:
    rule = replace(mesomix.RULES["pregnancy"], severity=mesomix.Severity.REFUSE)
    assert "refuse" in rule_pages.severity(rule, Language.EN)
