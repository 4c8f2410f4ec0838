"""A text about allergies, cut into clauses."""

import re
from collections import Counter
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mesomix.formulary import allergy_words as say
from mesomix.formulary.allergy_clauses import Clause, clauses
from mesomix.names import fold_all, words

KNOWN: Final = frozenset(fold_all(["latex", "iode", "lidocaïne", "fruits de mer", "AINS"]))


def cut(text: str) -> list[str]:
    """The clauses, as the characters from their first token to their last."""
    return [text[c.tokens[0].start : c.tokens[-1].end] for c in clauses(text, KNOWN)]


def only(text: str) -> Clause:
    """The one clause of `text`."""
    [found] = clauses(text, KNOWN)
    return found


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        (" \t", []),
        ("latex", ["latex"]),
        ("latex, iode", ["latex", "iode"]),
        ("latex ; iode|AINS", ["latex", "iode", "AINS"]),
        ("latex\niode\r\nAINS", ["latex", "iode", "AINS"]),
        ("• latex • iode", ["latex", "iode"]),
        ("latex. Iode.", ["latex", "Iode"]),
        ("latex...", ["latex.."]),
        ("cf. courrier", ["cf. courrier"]),
        ("Dr. Zorg", ["Dr. Zorg"]),
        ("latex 2.5 mg", ["latex 2.5 mg"]),
        ("- latex - iode", ["latex", "iode"]),
        ("anti-latex", ["anti-latex"]),
        ("latex -iode", ["latex -iode"]),
        ("rien sauf latex", ["rien", "latex"]),
        ("no latex but iode", ["no latex", "iode"]),
        ("aucune autre que latex", ["aucune autre", "latex"]),
        ("aucune, sauf", ["aucune", "sauf"]),
        (",,;", []),
        ("latex et iode", ["latex et iode"]),
        ("latex/iode", ["latex/iode"]),
        # What joins two names parts them where another reaction or denial begins.
        ("latex et choc à l'iode", ["latex", "choc à l'iode"]),
        ("pas de latex et allergie à l'iode", ["pas de latex", "allergie à l'iode"]),
        ("latex / pas d'iode", ["latex", "pas d'iode"]),
        # Brackets that name something are a clause of their own.
        ("latex (choc)", ["latex (choc)"]),
        ("latex (iode)", ["iode", "latex"]),
        ("latex (iode) AINS (lidocaïne)", ["iode", "lidocaïne", "latex (iode) AINS"]),
        ("latex (iode", ["iode", "latex"]),
        ("(latex)", ["latex"]),
    ],
)
def test_a_text_is_cut_at_marks_and_at_words_that_end_a_denial(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


def test_a_clause_has_its_words_the_marks_between_them_and_the_names() -> None:
    found = only("Allergie : aux FRUITS de mer ?")
    assert found.folded == ("allergie", "aux", "fruits", "de", "mer")
    assert found.marks == ("", ":", "", "", "", "?")
    assert found.spans == ((2, 5),)
    assert found.others() == [0, 1]


@pytest.mark.parametrize(
    ("text", "asks", "has_symbols"),
    [
        ("latex", False, False),
        ("latex ?", True, False),
        ("? latex", True, False),
        ("(latex ?) iode", True, False),
        ("latex : iode", False, False),
        ("latex ☠", False, True),
        ("latex\x00?", True, True),
        ("latex +++", False, False),
    ],
)
def test_a_clause_tells_a_question_and_a_strange_sign(
    text: str, asks: bool, has_symbols: bool
) -> None:
    found = list(clauses(text, KNOWN))
    assert any(clause.asks for clause in found) is asks
    assert any(clause.has_symbols for clause in found) is has_symbols


PIECES: Final = [
    *(
        "(latex)",
        "(",
        ")",
        ",",
        "sauf",
        "?",
        "/",
        "-",
        "iode",
        ".",
        "\n",
        "ou",
        "pas",
        "zorg",
        "que",
    ),
    *("autre", "allergie", "choc", "½", "☠", "lidoca\u0131\u0308ne", "\u0301x"),
]
MAY_END_A_CLAUSE: Final = say.EXCEPTIONS | say.JOINING | {"que"}


@given(st.text() | st.lists(st.sampled_from(PIECES)).map(" ".join))
@example("latex ((iode) AINS) lidocaïne")
@example("latex ) iode (AINS")
@example("aucune, sauf")
def test_each_word_stands_in_one_clause(text: str) -> None:
    found = list(clauses(text, KNOWN))
    every = Counter(
        word
        for token in re.findall(r"(?:[^\W_]|[\u0300-\u036f])+", text)
        if token[0].isalnum()
        for word in words(token)
    )
    kept = Counter(word for clause in found for word in clause.folded)
    assert kept <= every
    assert {*(every - kept)} <= MAY_END_A_CLAUSE
    for clause in found:
        assert clause.tokens
        assert len(clause.marks) == len(clause.words) + 1
        assert [token.word for token in clause.words] == [*clause.folded]
        assert [token for token in clause.tokens if token.is_word] == [*clause.words]
        starts = [token.start for token in clause.tokens]
        assert starts == sorted(starts)
        for first, last in clause.spans:
            assert "".join(clause.folded[first:last]) in KNOWN
