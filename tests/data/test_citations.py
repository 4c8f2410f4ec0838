"""Citations: each quotation is in its source, to the letter, under the heading that is cited.

What the typesetting of a source adds is left out: the form of its apostrophes, and white space.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import tomli

import mesomix

Folder = Callable[[str], Path]

CHECKOUT: Final = Path(__file__).parents[2]
DOCUMENTS: Final = {
    "reservoir": "000_5a343c8684bc08c4.txt",
    "martory": "001_ce825aabb9e6b435.txt",
    "inphysio": "002_79ee3fed80518e1d.txt",
    "chan": "003_75e2b3a3986db6f7.txt",
    "notice": "004_031b82daecc99396.txt",
}
HOUSE: Final = (CHECKOUT / "docs" / "fr" / "house-rules.md").read_text(encoding="utf-8")
FILES: Final = ("products", "substances")


def plain(text: str) -> str:
    """`text` with straight apostrophes and single spaces."""
    return " ".join(text.replace("\u2019", "'").replace("\u2018", "'").split())


def facts(value: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each table below `value` that has a source, with its path."""
    if isinstance(value, dict):
        if "source" in value:
            yield path, value
        for key, inner in value.items():
            yield from facts(inner, f"{path}.{key}")
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from facts(inner, f"{path}[{number}]")


FACTS: Final = [
    fact
    for name in FILES
    for fact in facts(
        tomli.loads((CHECKOUT / "data" / f"{name}.toml").read_text(encoding="utf-8")), name
    )
]
CITED: Final = [
    *((rule.id, c.reference, c.place, c.quote) for rule in mesomix.RULES for c in rule.cites),
    *((path, f["source"], f.get("place", ""), f.get("quote", "")) for path, f in FACTS),
]
"""Who cites which reference, where in it, and in what words."""


ASKED: Final = {
    "pregnancy": ("chan", "Grossesse"),
    "skin-infection": ("chan", "Infections cutanées locales"),
    "autoimmune-flare": ("chan", "Maladies auto-immunes en poussée active"),
    "coagulation-disorder": ("chan", "Troubles de la coagulation"),
    "anticoagulant": ("martory", "patients qui suivent un traitement par anti-coagulants"),
    "skin-disease": ("inphysio", "maladie dermatologique"),
    "infectious-disease": ("inphysio", "maladie infectieuse"),
    "cancer-treatment": ("inphysio", "traitement contre le cancer"),
    "corticosteroid-treatment": ("inphysio", "sous corticoïdes"),
}
"""The conditions of which a document speaks, which the data cites as a whole; and its words."""


def of_a_condition(path: str) -> bool:
    """Whether a question about the patient is at `path`: it cites no place and no words."""
    return re.fullmatch(r"substances\.conditions\.[\w-]+", path) is not None


def quoted(*references: str) -> list[Any]:
    """The citations of `references` but those of conditions, as parameters of a test."""
    return [
        pytest.param(*citation[1:], id=f"{citation[0]} cites {citation[1]}")
        for citation in CITED
        if citation[1] in references and not of_a_condition(citation[0])
    ]


def headings(place: str) -> Iterator[list[str]]:
    """The headings that a place names: "A: B; C" is B below A, and C below A."""
    above, _, below = place.partition(": ")
    yield from ([above, heading] if heading else [above] for heading in below.split("; "))


def below(text: str, heading: str) -> str:
    """What stands below `heading`, which begins a line of `text`."""
    lines = [plain(line) for line in text.splitlines()]
    [number] = [n for n, line in enumerate(lines) if line.startswith(plain(heading))]
    return "\n".join([lines[number].removeprefix(plain(heading)), *lines[number + 1 :]])


# --- The five documents ---------------------------------------------------------------------


@pytest.mark.parametrize("reference", DOCUMENTS)
def test_every_document_is_cited(reference: str) -> None:
    assert reference in {citation[1] for citation in CITED}


def test_these_are_the_conditions_of_which_a_document_speaks() -> None:
    found = {
        (path.rpartition(".")[2], reference, place, quote)
        for path, reference, place, quote in CITED
        if of_a_condition(path) and reference in DOCUMENTS
    }
    assert found == {(key, reference, "", "") for key, (reference, _) in ASKED.items()}


@pytest.mark.parametrize("condition", ASKED)
def test_a_document_speaks_of_the_condition_that_cites_it(condition: str, shared: Folder) -> None:
    reference, words = ASKED[condition]
    text = (shared("documents") / DOCUMENTS[reference]).read_text(encoding="utf-8")
    assert plain(words) in plain(text)


@pytest.mark.parametrize(("reference", "place", "quote"), quoted(*DOCUMENTS))
def test_a_quotation_of_a_document_is_in_it_below_its_heading(
    reference: str, place: str, quote: str, shared: Folder
) -> None:
    text = (shared("documents") / DOCUMENTS[reference]).read_text(encoding="utf-8")
    assert place
    assert quote
    for steps in headings(place):
        section = text
        for heading in steps:
            section = below(section, heading)
        assert plain(quote) in plain(section)


@pytest.mark.parametrize(("reference", "place", "quote"), quoted(*DOCUMENTS))
def test_a_quotation_of_a_document_is_short(reference: str, place: str, quote: str) -> None:
    assert len(quote.split()) <= 12, (reference, place)


# --- The house rules ------------------------------------------------------------------------


@pytest.mark.parametrize(("reference", "place", "quote"), quoted("house-rules"))
def test_a_quotation_of_the_house_rules_is_in_its_section(
    reference: str, place: str, quote: str
) -> None:
    sections = re.split(r"^## ", HOUSE, flags=re.MULTILINE)
    [section] = [text for text in sections if text.startswith(f"{place}. ")]
    assert plain(quote) in plain(section), reference


def test_a_rule_quotes_the_house_rules_that_it_cites() -> None:
    unquoted = [rule.id for rule in mesomix.RULES for c in rule.cites if not (c.quote and c.place)]
    assert unquoted == []


# --- Labels and sheets ----------------------------------------------------------------------

LABELS: Final = sorted(
    {source for _, source, _, quote in CITED if quote} - {*DOCUMENTS, "house-rules"}
)
READ: Final = {
    ("dicynone-smpc-2022", "2 à 3 ampoules, trois fois par jour"),
    ("laroscorbine-smpc-2020", "1 ampoule injectable par jour"),
    ("maginjectable-smpc-2010", "soit 2 à 3 ampoules par jour"),
    ("mesocaine-smpc-2022", "La dose maximale à ne pas dépasser est de 200 mg"),
    ("miorel-smpc", "4 mg toutes les 12 heures (soit 8 mg par jour)"),
    ("miorel-smpc", "dose recommandée et maximale est de 4 mg toutes les 12 heures"),
    ("piroxicam-teva-vidal", "La dose journalière maximale recommandée est de 20 mg"),
    ("procaine-lavoisier-smpc-2017", "200 à 600 mg en injection intradermique ou sous-cutanée"),
}
"""Words on doses that somebody copied from the label, or its sheet, on 2026-11-22."""
QUOTED: Final = [
    parameters
    for parameters in quoted(*LABELS)
    if parameters.values[2] and (parameters.values[0], parameters.values[2]) not in READ
]


@pytest.mark.parametrize(("reference", "place", "quote"), QUOTED)
def test_a_quotation_of_a_label_is_in_the_facts(
    reference: str, place: str, quote: str, shared: Folder
) -> None:
    known = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted(shared("facts").glob("*.md"))
    )
    assert plain(quote) in plain(known), (reference, place)


def test_a_quotation_of_a_maximum_is_as_it_was_read() -> None:
    maxima = {(c[1], c[3]) for c in CITED if ".maximum_doses[" in c[0]}
    assert maxima == READ
    assert max(len(quote.split()) for _, quote in READ) <= 12


def test_these_are_the_labels_that_are_quoted() -> None:
    assert [
        *("calcitonine-posos", "dicynone-smpc-2022", "dicynone-tablet-smpc-2025"),
        *("laroscorbine-smpc-2020", "maginjectable-smpc-2010"),
        *("mesocaine-smpc-2022", "miorel-smpc", "miorel-smpc-2011", "piroxicam-teva-vidal"),
        *("procaine-lavoisier-smpc-2017", "vitamin-e-smpc-2019"),
    ] == LABELS


@pytest.mark.parametrize("path", [path for path, fact in FACTS if "quote" in fact])
def test_a_quotation_is_of_words_and_stands_on_one_line(path: str) -> None:
    quote = dict(FACTS)[path]["quote"]
    assert quote == quote.strip()
    assert "\n" not in quote
    assert re.search(r"\w", quote)
