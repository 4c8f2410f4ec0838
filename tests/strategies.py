"""What Hypothesis draws: written names, allergies, facts, and whole questions."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import tomli
from hypothesis import strategies as st

import mesomix
from mesomix.formulary.files import SHIPPED, shipped_folder

SPACES: Final = " \t\n\r\u00a0\u2000\u2002\u2003\u2007\u2009\u200a\u202f\u205f\u3000"
DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
TRADE_MARKS: Final = "®™©℠"
INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202e\u2060\u2066\u2069\ufeff"
"""Soft hyphen, zero-width characters, and the marks that turn the direction of a text."""


def without_accents(text: str) -> str:
    """`text` without the accents of its letters."""
    return re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", text))


_GAP: Final = re.compile(r"[ -]+")
_GAPS: Final = ["", " ", "  ", *SPACES, *DASHES, " - "]
_CASES: Final[list[Callable[[str], str]]] = [
    str,
    str.upper,
    str.lower,
    str.title,
    str.swapcase,
]
_ACCENTS: Final[list[Callable[[str], str]]] = [
    str,
    lambda text: unicodedata.normalize("NFC", text),
    lambda text: unicodedata.normalize("NFD", text),
    without_accents,
]
_LIGATURES: Final = (("oe", "œ"), ("OE", "Œ"), ("ae", "æ"), ("AE", "Æ"))
_INTRODUCTIONS: Final = ["", "allergie à ", "allergie à la ", "Allergique aux ", "allergic to "]
_UNKNOWN: Final = ["", " ", "®", "…", "xyz", "lidocain", "1/2", "12", "\x00", "\u0440rocaine"]
_AROUND_A_NAME: Final = [
    *("", "", "ampoule de", "40 mg/1 ml, suspension injectable", "chlorhydrate de", "zorg", "sans"),
    *("+ Miorel", "(lidocaïne) ;", "et", "2 %", "\x00", "Kenacort", "adrénaline", "buvable", "\n"),
    *("2 ml", "1/2 ampoule de", ": 30 mg", "20 ml + 1,5 ml de", "environ 3 ml", "(100 UI)"),
]
"""What may stand beside the name of a product in one text."""
_AROUND_AN_ALLERGY: Final = [
    *("", "", "allergie à la", "pas d'allergie à", "pas d'allergie sauf", "choc au", "denies"),
    *(": non", "?", "(choc, 2010)", ", latex", "; ras", "ou AINS", "zorg", "de sa mère", "\n-"),
    *("possible", "no", "allergy", "toléré", "mal toléré", ".", "\x00", "not confirmed"),
]
"""What may stand beside the name of an allergen."""


@st.composite
def spellings(draw: st.DrawFn, name: str) -> str:
    """Other ways to write `name`, all of them the same name."""
    name = draw(st.sampled_from(_ACCENTS))(name)
    for letters, ligature in _LIGATURES:
        if draw(st.booleans()):
            name = name.replace(letters, ligature)
        elif draw(st.booleans()):
            name = name.replace(ligature, letters)
    name = draw(st.sampled_from(_CASES))(name)
    if draw(st.booleans()):
        name = re.sub(r"(?<=\d),(?=\d)", ".", name)
    if draw(st.booleans()):
        name = name.replace("'", "’")
    if draw(st.booleans()):
        name = _GAP.sub(lambda gap: draw(_gaps(gap)), name)
    before, after = (draw(st.text(SPACES + TRADE_MARKS, max_size=2)) for _ in range(2))
    return before + name + after


def _gaps(gap: re.Match[str]) -> st.SearchStrategy[str]:
    """What may stand in place of `gap`: anything, but something where it parts two numbers."""
    around = gap.string[max(gap.start() - 1, 0) : gap.start()] + gap.string[gap.end() :][:1]
    return st.sampled_from(_GAPS[1:] if around.isdecimal() else _GAPS)


@cache
def data() -> dict[str, dict[str, dict[str, Any]]]:
    """The tables of the shipped data by section, read without mesomix."""
    merged: dict[str, dict[str, dict[str, Any]]] = {}
    for file in SHIPPED:
        tables = tomli.loads((shipped_folder() / file).read_text(encoding="utf-8"))
        tables.pop("version", None)
        tables.pop("suppressions", None)
        for section, found in tables.items():
            merged.setdefault(section, {}).update(found)
    return merged


def _table_names(key: str, table: dict[str, Any]) -> Iterator[str]:
    yield key
    yield from (table[one] for one in ("fr", "en", "name", "brand", "cis") if one in table)
    for several in ("names", "brands", "other_names", "cip13"):
        yield from table.get(several, ())


@cache
def names_of(*sections: str) -> tuple[str, ...]:
    """Every name that the data has for the things of `sections`."""
    found: dict[str, None] = {}
    for section in sections:
        for key, table in data()[section].items():
            found.update(dict.fromkeys(_table_names(key, table)))
            for specialty, inner in table.get("specialties", {}).items():
                found.update(dict.fromkeys(_table_names(specialty, inner)))
    return tuple(found)


def known_names() -> st.SearchStrategy[str]:
    """Names of products, specialties and substances, as the data writes them."""
    return _one_of_each("products", "substances")


def _one_of_each(*sections: str) -> st.SearchStrategy[str]:
    """Names of each section as often as of any other: most of all names are of substances."""
    return st.one_of([st.sampled_from(names_of(section)) for section in sections])


def any_names() -> st.SearchStrategy[str]:
    """What somebody may write as a product: known names however spelt, unknown ones, anything."""
    return st.one_of(
        known_names(),
        known_names().flatmap(spellings),
        _within(known_names(), _AROUND_A_NAME),
        st.sampled_from(_UNKNOWN),
        st.text(max_size=20),
    )


def _within(names: st.SearchStrategy[str], around: list[str]) -> st.SearchStrategy[str]:
    """Texts with one of `names` in them."""
    beside = st.sampled_from(around)
    return st.tuples(beside, names, beside, beside).map(" ".join)


def allergy_texts() -> st.SearchStrategy[str]:
    """What somebody may write about allergies, in one text."""
    known = _one_of_each("groups", "substances", "products")
    return st.one_of(
        _within(known, _AROUND_AN_ALLERGY),
        st.lists(st.sampled_from(_AROUND_AN_ALLERGY), max_size=8).map(" ".join),
        st.text(max_size=40),
    )


def allergies() -> st.SearchStrategy[list[str] | None]:
    """What may be declared: nothing asked, none known, known and unknown ones."""
    known = _one_of_each("groups", "substances", "products").flatmap(spellings)
    introduced = st.builds(str.__add__, st.sampled_from(_INTRODUCTIONS), known)
    one = st.one_of(introduced, st.sampled_from(["zorgle", "", "allergie"]), allergy_texts())
    return st.none() | st.lists(one, max_size=4)


def _closure(conditions: set[str]) -> set[str]:
    """`conditions` with all that they imply."""
    reached = set(conditions)
    waiting = list(conditions)
    while waiting:
        implied: list[str] = data()["conditions"][waiting.pop()].get("implies", [])
        waiting += [one for one in implied if one not in reached]
        reached.update(implied)
    return reached


@st.composite
def facts(draw: st.DrawFn) -> dict[str, bool | None]:
    """Answers by the ids of their conditions, none of which contradicts another."""
    ids = st.sampled_from(sorted(data()["conditions"]))
    drawn = draw(st.dictionaries(ids, st.sampled_from([True, False, None]), max_size=8))
    yes = _closure({key for key, answer in drawn.items() if answer})
    return {key: answer for key, answer in drawn.items() if answer is not False or key not in yes}


def sessions() -> st.SearchStrategy[mesomix.Session | None]:
    """What may be described of a session: nothing, some of it, all of it."""
    return st.none() | st.builds(
        mesomix.Session,
        depth_mm=st.none() | st.floats(min_value=0, max_value=100, exclude_min=True),
        days_since_last=st.none() | st.integers(min_value=0, max_value=400),
        number=st.none() | st.integers(min_value=1, max_value=50),
    )


@dataclass(frozen=True)
class Question:
    """What one report answers."""

    names: list[str]
    effects: list[mesomix.Effect]
    described: bool
    """Whether there is a patient at all."""
    allergies: list[str] | None
    facts: dict[str, bool | None]
    nothing_else: bool
    age: float | None
    session: mesomix.Session | None

    def mixture(self, formulary: mesomix.Formulary) -> mesomix.Mixture:
        """The mixture that it asks about."""
        return formulary.mixture(*self.names, effects=self.effects)

    def patient(self, formulary: mesomix.Formulary) -> mesomix.Patient | None:
        """The patient that it asks about."""
        if not self.described:
            return None
        # An age must not contradict an answer about one.
        ages = {
            key for key, table in data()["conditions"].items() if "younger_than_months" in table
        }
        left = {key: answer for key, answer in self.facts.items() if key not in ages}
        return formulary.patient(
            allergies=self.allergies,
            facts=self.facts if self.age is None else left,
            age=self.age,
            nothing_else=self.nothing_else,
        )

    def report(self, formulary: mesomix.Formulary) -> mesomix.Report:
        """The answer to it."""
        return mesomix.check(self.mixture(formulary), self.patient(formulary), self.session)


def questions() -> st.SearchStrategy[Question]:
    """Mixtures and patients of all kinds, as somebody may write them."""
    return st.builds(
        Question,
        names=st.lists(any_names(), max_size=5),
        effects=st.lists(st.sampled_from(mesomix.Effect), max_size=2),
        described=st.booleans(),
        allergies=allergies(),
        facts=facts(),
        nothing_else=st.booleans(),
        age=st.none() | st.floats(min_value=0, max_value=130),
        session=sessions(),
    )
