"""docs/traceability.toml: every sentence of the five documents is accounted for, and every rule."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import tomli

import mesomix

Folder = Callable[[str], Path]

CHECKOUT: Final = Path(__file__).parents[1]
DOCS: Final = CHECKOUT / "docs"
DOCUMENTS: Final = CHECKOUT.parent / "shared" / "documents"
SOURCES: Final = ("reservoir", "martory", "inphysio", "chan", "notice")
"""The five documents, in the order of their file names."""
WRITTEN: Final = tomli.loads((DOCS / "traceability.toml").read_text(encoding="utf-8"))
STATEMENTS: Final[list[dict[str, Any]]] = WRITTEN["statement"]
ASIDES: Final[list[dict[str, Any]]] = WRITTEN["aside"]
RULES: Final = {rule.id: rule for rule in mesomix.RULES}
LONGEST: Final = 12
"""The words of one sentence that may be quoted, in all: the texts are not ours to publish."""


def named(entry: dict[str, Any]) -> str:
    return f"{entry['document']}: {entry['quotes'][0]}"


def plain(text: str) -> str:
    """`text` with straight apostrophes and single spaces."""
    return " ".join(text.replace("\u2019", "'").replace("\u2018", "'").split())


def cited(rule: str) -> set[str]:
    """The documents that a rule cites."""
    return {citation.reference for citation in RULES[rule].cites}


# --- What the file says by itself -----------------------------------------------------------


def test_it_has_nothing_else() -> None:
    assert set(WRITTEN) == {"statement", "aside"}
    stated = {"document", "place", "quotes", "says", "rules", "not_covered", "how", "disagreements"}
    assert {key for entry in STATEMENTS for key in entry} == stated
    assert {key for entry in ASIDES for key in entry} == {"document", "place", "quotes", "because"}


@pytest.mark.parametrize("entry", [*STATEMENTS, *ASIDES], ids=named)
def test_an_entry_speaks_both_languages_of_a_document(entry: dict[str, Any]) -> None:
    assert entry["document"] in SOURCES
    assert entry["quotes"]
    said = [entry[key] for key in ("says", "how", "not_covered", "because") if key in entry]
    assert said
    for texts in said:
        assert set(texts) == {"fr", "en"}
        assert texts["fr"] != texts["en"]
        assert all(text.endswith(".") for text in texts.values()), texts


@pytest.mark.parametrize("entry", STATEMENTS, ids=named)
def test_a_statement_has_rules_or_says_why_none_covers_it(entry: dict[str, Any]) -> None:
    assert ("rules" in entry) != ("not_covered" in entry)
    assert "says" in entry
    if "rules" not in entry:
        assert "how" not in entry
        return
    assert entry["rules"]
    assert len(entry["rules"]) == len(set(entry["rules"]))
    assert set(entry["rules"]) <= set(RULES)
    if any(entry["document"] not in cited(rule) for rule in entry["rules"]):
        assert "how" in entry, "a rule that does not cite the document: say how it answers"


@pytest.mark.parametrize("rule", RULES)
def test_every_citation_of_a_document_has_its_statement(rule: str) -> None:
    traced = {entry["document"] for entry in STATEMENTS if rule in entry.get("rules", [])}
    assert cited(rule) & set(SOURCES) <= traced


@pytest.mark.parametrize("page", [DOCS / "disagreements.md", DOCS / "fr" / "disagreements.md"])
def test_a_disagreement_has_that_number(page: Path) -> None:
    numbers = set(map(int, re.findall(r"^## (\d+)\. ", page.read_text("utf-8"), re.MULTILINE)))
    assert {number for entry in STATEMENTS for number in entry.get("disagreements", [])} <= numbers


@pytest.mark.parametrize("source", SOURCES)
def test_a_document_with_a_part_in_a_disagreement_has_its_statement(source: str) -> None:
    page = (DOCS / "fr" / "disagreements.md").read_text(encoding="utf-8")
    sections = re.split(r"^## (\d+)\. ", page.partition("\n## Où tous")[0], flags=re.MULTILINE)[1:]
    quoted = {
        int(number)
        for number, section in zip(sections[::2], sections[1::2], strict=True)
        if f"» (`{source}`)" in " ".join(section.split())
    }
    of_it = [entry for entry in STATEMENTS if entry["document"] == source]
    assert quoted <= {number for entry in of_it for number in entry.get("disagreements", [])}


# --- Beside the documents -------------------------------------------------------------------


def text_of(document: str) -> str:
    if not DOCUMENTS.is_dir():
        pytest.skip("the sources are absent: documents")
    [file] = DOCUMENTS.glob(f"{SOURCES.index(document):03}_*.txt")
    return file.read_text(encoding="utf-8")


def of(document: str) -> list[dict[str, Any]]:
    return [entry for entry in (*STATEMENTS, *ASIDES) if entry["document"] == document]


def sections(document: str) -> Iterator[tuple[str, list[str]]]:
    """Each heading that an entry names, "" for the first lines, and the sentences below it."""
    headings = {entry["place"].rpartition(": ")[2]: entry["place"] for entry in of(document)}
    place, sentences = "", list[str]()
    for line in map(plain, text_of(document).splitlines()):
        heading = next((one for one in headings if one and begins(line, plain(one))), None)
        if heading is not None:
            yield place, sentences
            place, sentences = headings.pop(heading), list[str]()
        said = re.split(r"(?<=[.?!;])\s+", line.removeprefix(plain(heading or "")))
        sentences += [one for one in said if re.search(r"[^\W\d]", one)]
    yield place, sentences
    assert set(headings) <= {""}, "no line begins with these headings"


def begins(line: str, heading: str) -> bool:
    """Whether a heading stands on a line of its own, or begins one, by and below the table."""
    return line == heading or (heading in {"Os-Cartilage", "NB"} and line.startswith(heading))


@pytest.mark.parametrize("document", SOURCES)
def test_every_quote_is_in_its_document_below_its_heading(document: str) -> None:
    texts: dict[str, str] = {place: " ".join(said) for place, said in sections(document)}
    for entry in of(document):
        for quote in entry["quotes"]:
            assert plain(quote) in texts[entry["place"]], quote


@pytest.mark.parametrize("document", SOURCES)
def test_every_sentence_is_stated_or_set_aside(document: str) -> None:
    missing = [
        sentence
        for place, said in sections(document)
        for sentence in said
        if not quoted_of(sentence, place, of(document))
    ]
    assert missing == []


@pytest.mark.parametrize("document", SOURCES)
def test_few_words_of_a_sentence_are_quoted(document: str) -> None:
    for place, said in sections(document):
        for sentence, times in Counter(said).items():
            quotes = quoted_of(sentence, place, of(document))
            words = sum(len(quote.split()) for quote in set(quotes))
            assert words <= LONGEST, (sentence, times, quotes)


def quoted_of(sentence: str, place: str, entries: list[dict[str, Any]]) -> list[str]:
    """The words of `sentence`, below the heading `place`, that entries quote."""
    return [
        plain(quote)
        for entry in entries
        if entry["place"] == place
        for quote in entry["quotes"]
        if plain(quote) in sentence
        # A word of an aside would hide whatever else is said with it.
        and (entry in STATEMENTS or " " in quote or plain(quote) == sentence)
    ]
