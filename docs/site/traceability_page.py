"""From each statement of the five documents to the rules that answer it, and to their cases."""

from collections.abc import Iterable, Iterator, Mapping

import wording
from executed_cases import ExecutedCase
from generated import write_page
from languages import ROOTS, heading
from marking import marked, plain, quoted, spoken
from rule_pages import severity
from statements import Statement, read_statements

import mesomix
from mesomix.evidence import COLON, Language, Reference


def write_traceability_page(language: Language, cases: Mapping[str, list[ExecutedCase]]) -> None:
    """Write the page in `language`."""
    page = traceability_page(read_statements(), cases, language)
    write_page(ROOTS[language] / "traceability.md", "\n".join(page))


def traceability_page(
    statements: list[Statement],
    cases: Mapping[str, list[ExecutedCase]],
    language: Language,
) -> Iterator[str]:
    """The lines of the page, in Markdown."""
    references = mesomix.load().references
    covered = [one for one in statements if one.rules]
    yield f"# {wording.TRACEABILITY[language]}\n"
    intro = wording.TRACEABILITY_INTRO[language].format(
        statements=len(statements),
        covered=len(covered),
        uncovered=len(statements) - len(covered),
    )
    yield f"{plain(intro)}\n"
    for document in dict.fromkeys(one.document for one in statements):
        ones = [one for one in statements if one.document == document]
        yield from _document(references[document], ones, cases, language)


def _document(
    reference: Reference,
    statements: Iterable[Statement],
    cases: Mapping[str, list[ExecutedCase]],
    language: Language,
) -> Iterator[str]:
    yield f"## {spoken(reference.title, Language.FR, language)}\n"
    source = ", ".join(filter(None, [reference.author, reference.date]))
    yield f"{spoken(source, Language.FR, language)}\n"
    if reference.url:
        yield f"<{reference.url}>\n"
    heads = (wording.STATEMENT, wording.FOLLOWED)
    yield f"| {' | '.join(head[language] for head in heads)} |"
    yield f"|{'---|' * len(heads)}"
    for one in statements:
        yield f"| {_statement(one, language)} | {_followed(one, cases, language)} |"
    yield ""


def _statement(statement: Statement, language: Language) -> str:
    quotes = " … ".join(map(quoted, statement.quotes))
    said = [
        f'<span id="{statement.anchor}"></span>{plain(statement.says[language])}',
        quotes,
        f"*{spoken(statement.place, Language.FR, language)}*",
    ]
    for number in statement.disagreements:
        told = plain(wording.DISAGREEMENT[language].format(number=number))
        said.append(f"[{told}]({heading('disagreements', f'{number}. ', language)})")
    return "<br>".join(said)


def _followed(
    statement: Statement, cases: Mapping[str, list[ExecutedCase]], language: Language
) -> str:
    """What follows from a statement: rules with their cases, or why there are none."""
    told = [_rule(mesomix.RULES[name], cases[name], language) for name in statement.rules]
    if statement.not_covered:
        told.append(marked("–", wording.NOT_COVERED[language], "not-checked"))
        told.append(plain(statement.not_covered[language]))
    if statement.how:
        told.append(plain(statement.how[language]))
    return "<br>".join(told)


def _rule(rule: mesomix.Rule, cases: Iterable[ExecutedCase], language: Language) -> str:
    linked = [f"[{case.number}](rules/{rule.id}.md#{case.anchor})" for case in cases]
    named = f"{severity(rule, language)} [`{rule.id}`](rules/{rule.id}.md)"
    return f"{named}<br>{wording.ITS_CASES[language]}{COLON[language]}{', '.join(linked)}"
