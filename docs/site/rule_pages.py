"""One page a rule, made of the rulebook, its citations and its executed cases; and their index."""

import inspect
import re
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Final

import tomli
import wording
from case_section import case_section
from executed_cases import ExecutedCase
from generated import write
from languages import DOCS, ROOTS, heading
from marking import marked, plain, quoted, spoken, variable
from statements import Statement, read_statements

import mesomix
import mesomix.rules
from mesomix.evidence import Citation, Language, Reference
from mesomix.report_words import MARKS
from mesomix.rules.placeholders import PLACEHOLDERS

SITUATIONS: Final = DOCS / "fr" / "situations.toml"


def write_rule_pages(language: Language, cases: Mapping[str, list[ExecutedCase]]) -> None:
    """Write the page of each rule in `language`, and the page that lists them."""
    folder = ROOTS[language] / "rules"
    statements = read_statements()
    pages = {
        folder / f"{rule.id}.md": "\n".join(
            rule_page(
                rule, cases[rule.id], [one for one in statements if rule.id in one.rules], language
            )
        )
        for rule in mesomix.RULES
    }
    write(folder, pages | {folder / "index.md": "\n".join(index(cases, language))})


def rule_page(
    rule: mesomix.Rule,
    cases: list[ExecutedCase],
    statements: list[Statement],
    language: Language,
) -> Iterator[str]:
    """The lines of a rule's page, in Markdown; `statements` are those that it answers."""
    # The cases are many, and each has its number: the page's own list has the sections only.
    yield "---\ntocdepth: 2\n---\n"
    yield f"# `{rule.id}`\n"
    yield f"{severity(rule, language)}\n"
    yield f"> {sentence(rule, language)}\n"
    yield f":{wording.OBJECTS[language]}: {situation(rule, language)}"
    yield f":{wording.ASKED[language]}: {wording.SCOPES[rule.scope][language]}\n"
    yield f"## {wording.RESTS_ON[language]}\n"
    references = mesomix.load().references
    for citation in rule.cites:
        yield cited(citation.from_references(references), language)
    yield f"\n{wording.DATA_TOO[language]}\n"
    if statements:
        yield f"## {wording.ANSWERS[language]}\n"
        yield from (answered(one, references, language) for one in statements)
        yield ""
    yield f"## {wording.CASES[language]}\n"
    told = wording.EXECUTED[language].format(
        count=len(cases), version=mesomix.__version__, data=cases[0].report.data.version
    )
    yield f"{plain(told)}\n"
    for case in cases:
        yield from case_section(case, language)


def severity(rule: mesomix.Rule, language: Language) -> str:
    """How bad it is, by its mark, its word and its colour."""
    kind = rule.severity.value
    return marked(MARKS[kind], rule.severity.text[language], kind)


def sentence(rule: mesomix.Rule, language: Language) -> str:
    """The sentence of a rule, with words for what differs from case to case."""
    parts = Formatter().parse(rule.message[language])
    return "".join(
        plain_within(before) + (variable(PLACEHOLDERS[name][language]) if name else "")
        for before, name, _, _ in parts
    )


def plain_within(text: str) -> str:
    """A part of a sentence, of which the spaces at either end stay."""
    stripped = text.strip()
    if not stripped:
        return text
    before, _, after = text.partition(stripped)
    return f"{before}{plain(stripped)}{after}"


def situation(rule: mesomix.Rule, language: Language) -> str:
    """When it speaks."""
    return plain(french_situations()[rule.id] if language is Language.FR else rule.situation)


def french_situations() -> dict[str, str]:
    """The situations of rules in French, by their ids."""
    told: dict[str, str] = tomli.loads(SITUATIONS.read_text(encoding="utf-8"))["situations"]
    return told


def cited(citation: Citation, language: Language) -> str:
    """Where a document says it, a few of its words, and what it says in ours."""
    if citation.reference == "house-rules":
        link = heading("house-rules", f"{citation.place}. ", language)
        lines = [f"[{wording.HOUSE_RULE[language]} {citation.place}](../{link})"]
    else:
        told = [citation.author, citation.title, citation.date, citation.place]
        lines = [spoken(", ".join(filter(None, told)), Language.FR, language)]
    if citation.quote:
        lines.append(quoted(citation.quote))
    if citation.says:
        lines.append(plain(citation.says[language]))
    if citation.url:
        lines.append(f"<{citation.url}>")
    return f"- {'<br>'.join(lines)}"


def answered(statement: Statement, references: Mapping[str, Reference], language: Language) -> str:
    """A statement that a rule answers, with a link to all that follows from it."""
    address = f"../traceability.html#{statement.anchor}"  # of a cell, which MyST knows nothing of
    document = spoken(references[statement.document].title, Language.FR, language)
    return f'- <a href="{address}">{plain(statement.says[language])}</a> \\({document}\\)'


def index(cases: Mapping[str, list[ExecutedCase]], language: Language) -> Iterator[str]:
    """The lines of the page that lists the rules, in their order, in Markdown."""
    yield f"# {wording.RULES[language]}\n"
    total = sum(map(len, cases.values()))
    yield plain(wording.INDEX[language].format(rules=len(cases), cases=total)) + "\n"
    for group, rules in groups().items():
        yield f"## {wording.GROUPS[group][language]}\n"
        for rule in rules:
            yield f"- {severity(rule, language)} [`{rule.id}`]({rule.id}.md)<br>"
            yield f"  {situation(rule, language)}"
        yield ""
    yield "```{toctree}\n:hidden:\n"
    yield from (rule.id for rule in mesomix.RULES)
    yield "```"


def groups() -> dict[str, list[mesomix.Rule]]:
    """The rules under the comments that they stand below in `RULES`."""
    found: dict[str, list[mesomix.Rule]] = {}
    rules = {rule.id.replace("-", "_"): rule for rule in mesomix.RULES}
    listed = inspect.getsource(mesomix.rules).partition("Rulebook(\n")[2]
    for comment, name in re.findall(r"^ +(?:# (.+)\.|(\w+),)$", listed, re.MULTILINE):
        if comment:
            found[comment] = []
        else:
            [*found.values()][-1].append(rules[name])
    return found
