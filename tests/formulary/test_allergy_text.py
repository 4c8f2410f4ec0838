"""What texts about allergies say: declared, or left to a physician; and what holds of all.

What is doubtful and what is denied is in test_allergy_denials.py.
"""

import re
import time
import unicodedata
from collections.abc import Iterator
from typing import Final

import pytest
from allergy_parts import KNOWN, MARKS, said
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import allergy_texts, names_of

import mesomix
from mesomix import Formulary, Verdict
from mesomix.formulary import allergy_words as say
from mesomix.formulary.allergy_text import LONGEST_TEXT, Part, parts_of
from mesomix.names import fold_all, words
from mesomix.request import DeclaredAllergy
from mesomix.vocabulary import AllergyState, MatchedBy

EVERY_ALLERGEN: Final = frozenset(fold_all(names_of("products", "substances", "groups")))
GRAVITY: Final = {Verdict.NO_OBJECTION: 0, Verdict.REVIEW: 1, Verdict.REFUSE: 2}
MIXTURES: Final = [
    ("Procaïne Lavoisier 20 mg/ml", "Maginjectable"),
    ("Dicynone", "Piroxicam Teva"),
    ("Laroscorbine", "Vit E Nepalm", "Mésocaïne"),
]


# --- Declared -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("AINS", ["+AINS"]),
        ("allergie à l'aspirine", ["+aspirine"]),
        ("ALLERGIQUE AUX FRUITS DE MER", ["+FRUITS DE MER"]),
        ("allergie à l'acide acétylsalicylique", ["+acide acétylsalicylique"]),
        ("Xylocaïne (choc)", ["+Xylocaïne"]),
        ("AINS : urticaire en 2010", ["+AINS"]),
        ("lidocaïne 20 mg/ml", ["+lidocaïne"]),
        ("choc anaphylactique à la lidocaïne il y a 10 ans", ["+lidocaïne"]),
        ("urticaire, pénicilline", ["+pénicilline"]),
        ("oui : latex", ["+latex"]),
        ("not denied latex", ["+latex"]),
        ("contre-indication : AINS", ["+AINS"]),
        # Lists.
        ("iode, fruits de mer", ["+iode", "+fruits de mer"]),
        ("iode ; latex", ["+iode", "+latex"]),
        ("- iode\n- latex", ["+iode", "+latex"]),
        ("iode/latex", ["+iode", "+latex"]),
        ("latex • iode", ["+latex", "+iode"]),
        ("latex - iode", ["+latex", "+iode"]),
        ("iode et latex", ["+iode", "+latex"]),
        # To forbid is to declare.
        ("pas d'AINS", ["+AINS"]),
        ("jamais de pénicilline", ["+pénicilline"]),
        ("no NSAIDs", ["+NSAIDs"]),
        ("Allergie : pas d'AINS", ["+AINS"]),
        # What is not tolerated is declared.
        ("ne tolère pas l'aspirine", ["+aspirine"]),
        ("ne supporte plus l'aspirine", ["+aspirine"]),
        ("aspirine mal tolérée", ["+aspirine", "!mal"]),
        ("tolère difficilement l'aspirine", ["!difficilement", "+aspirine"]),
        ("ne peut pas prendre d'aspirine", ["!prendre", "+aspirine"]),
    ],
)
def test_what_is_declared(text: str, parts: list[str]) -> None:
    assert said(text) == parts


# --- Not understood -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ["!"]),
        (" \n", ["! \n"]),
        ("…", ["!…"]),
        ("()", ["!()"]),
        ("zorg", ["!zorg"]),
        ("cf. courrier", ["!cf. courrier"]),
        ("voir dossier", ["!voir dossier"]),
        ("allergie", ["!allergie"]),
        ("urticaire", ["!urticaire"]),
        ("choc en 2010", ["!choc en 2010"]),
        ("2010", ["!2010"]),
        ("oui", ["!oui"]),
        ("☠", ["!☠"]),
        ("?", ["!?"]),
        ("latex, ?", ["+latex", "!?"]),
        ("pénicilline et zorg", ["+pénicilline", "!zorg"]),
        ("allergie au zorg blub et au latex", ["!zorg blub", "+latex"]),
        ("zorg latex blub", ["!zorg", "+latex", "!blub"]),
        ("pénicilline ☠", ["+pénicilline", "!pénicilline ☠"]),
        ("latex\x00", ["+latex", "!latex\x00"]),
        ("latex, \u0440enicilline", ["+latex", "!\u0440enicilline"]),
        ("penicilinne", ["!penicilinne"]),
        ("pas d'allergie connue, urticaire", ["-*pas d'allergie connue", "!urticaire"]),
        ("allergie au maïs", ["!allergie au", "!maïs"]),
        ("pénicilline, maïs", ["+pénicilline", "!maïs"]),
        ("Dr. Zorg : latex", ["!Zorg", "+latex"]),
        # Somebody else: nothing of it is said of the patient.
        ("mère allergique à la pénicilline", ["!mère allergique à la pénicilline"]),
        ("pas d'allergie, sa mère au latex", ["-*pas d'allergie", "!sa mère au latex"]),
    ],
)
def test_what_is_not_understood_is_a_part(text: str, parts: list[str]) -> None:
    assert said(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        *("pénicilline, allergie alimentaire", "pénicilline et autres", "latex, d'autres aussi"),
        *("pénicilline, allergie au thé", "latex, other drugs", "latex ; alimentaires : oui"),
    ],
)
def test_an_allergy_without_a_known_name_is_a_part(text: str) -> None:
    assert AllergyState.NOT_RECOGNISED in {part.state for part in parts_of(text, KNOWN)}


def test_a_text_that_is_too_long_is_one_part() -> None:
    text = "latex, zorg " * LONGEST_TEXT
    assert parts_of(text, KNOWN) == [Part(AllergyState.NOT_RECOGNISED, None, 0, len(text))]
    padded = "latex".ljust(LONGEST_TEXT)
    assert [part.state for part in parts_of(padded, KNOWN)] == [AllergyState.RECOGNISED]
    assert [part.state for part in parts_of(padded + " ", KNOWN)] == [AllergyState.NOT_RECOGNISED]


# --- How parts are told ---------------------------------------------------------------------


def declared(formulary: Formulary, text: str) -> tuple[DeclaredAllergy, ...]:
    return formulary.read_allergies(text)


def test_a_whole_name_is_matched_as_such_and_a_name_within_a_text_as_that(
    formulary: Formulary,
) -> None:
    [whole] = declared(formulary, "aspirine")
    [inside] = declared(formulary, "allergie à l'aspirine")
    assert (whole.read.written, whole.read.within) == ("aspirine", None)
    assert (inside.read.written, inside.read.within) == ("aspirine", "allergie à l'aspirine")
    assert (whole.read.matched_by, inside.read.matched_by) == (
        MatchedBy.SYNONYM,
        MatchedBy.INSIDE,
    )
    assert whole.allergy is inside.allergy


def test_the_same_allergy_in_another_state_is_another(formulary: Formulary) -> None:
    texts = ["AINS", "AINS ?", "pas d'allergie aux AINS"]
    sure, doubtful, denied = (declared(formulary, text)[0].allergy for text in texts)
    assert [a.id for a in (sure, doubtful, denied)] == ["nsaid"] * 3
    assert [a.state for a in (sure, doubtful, denied)] == [
        *(AllergyState.RECOGNISED, AllergyState.DOUBTFUL, AllergyState.NEGATED),
    ]
    assert sure.reaches == doubtful.reaches == denied.reaches
    assert doubtful is declared(formulary, "NSAIDs?")[0].allergy


def test_a_denial_of_all_allergies_is_known_and_objects_to_nothing(formulary: Formulary) -> None:
    [found] = declared(formulary, "aucune allergie connue")
    assert (found.read.id, found.read.matched_by, found.read.within) == ("any", None, None)
    patient = formulary.patient(allergies=["aucune allergie connue"], nothing_else=True)
    assert (patient.recognised, patient.unrecognised, patient.assessed) == ((), (), 1)
    report = mesomix.check(formulary.mixture("Miorel"), patient)
    assert report.verdict is Verdict.NO_OBJECTION


def test_a_doubtful_allergy_is_a_review_and_a_denied_one_is_none(formulary: Formulary) -> None:
    mixture = formulary.mixture("Piroxicam Teva")
    verdicts = {
        text: mesomix.check(mixture, formulary.patient(allergies=[text], nothing_else=True)).verdict
        for text in ("AINS", "AINS ?", "pas d'allergie aux AINS")
    }
    assert [*verdicts.values()] == [Verdict.REFUSE, Verdict.REVIEW, Verdict.NO_OBJECTION]


def test_texts_are_read_on_their_own(formulary: Formulary) -> None:
    texts = ["aucune allergie", "AINS ?, zorg", "latex"]
    together = formulary.patient(allergies=texts).reads
    assert together == tuple(d.read for text in texts for d in declared(formulary, text))


# --- Laws -----------------------------------------------------------------------------------

WORD: Final = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
ORDINARY: Final = frozenset("?:.,;()[]{}'’‘`\"«»“”/\\+&-–—_=<>→~%#®™°©|•·!…。、*")  # noqa: RUF001


def lost(text: str, parts: list[Part]) -> Iterator[str]:
    """The words and signs of `text` that stand in no part, and that nobody said to understand."""

    def kept(start: int, end: int) -> bool:
        return any(part.start <= start and end <= part.end for part in parts)

    understood = say.UNDERSTOOD | say.EXCEPTIONS | {"%"}
    for found in WORD.finditer(text):
        folded = words(found[0]) or [found[0]]
        strange = [w for w in folded if w not in understood and not w[0].isdigit() and w != "que"]
        if strange and not kept(*found.span()):
            yield found[0]
    for position, character in enumerate(WORD.sub(lambda word: " " * len(word[0]), text)):
        if (
            not character.isspace()
            and character not in ORDINARY
            and not kept(position, position + 1)
        ):
            yield character


@given(allergy_texts())
@example("maïs")
@example("pénicilline, maïs")
@example("latex " + "x" * 501)
@example("\u0301lidocaïne, latex")
@example("latex, \u200b")
@example("lido\u200bcaine, \u00adlatex")
@example("½ latex ﷺ")
def test_every_word_of_a_text_is_understood_or_stands_in_a_part(text: str) -> None:
    for known in (KNOWN, EVERY_ALLERGEN):
        parts = parts_of(text, known)
        assert parts
        assert list(lost(text, parts)) == []


@given(allergy_texts())
def test_every_text_is_read_into_parts_of_it(formulary: Formulary, text: str) -> None:
    found = declared(formulary, text)
    plain = text.encode("utf-8", "backslashreplace").decode()
    assert found
    for one in found:
        assert one.read.written in plain
        assert one.read.within in {None, plain}
        assert (one.read.within is None) == (one.read.written == plain)
        assert (one.read.name is None) == (one.read.state is AllergyState.NOT_RECOGNISED)
        assert one.allergy.state is one.read.state
        assert one.allergy.id == one.read.id
    by_state = {state: {d.allergy.id for d in found if d.read.state is state} for state in MARKS}
    patient = formulary.patient(allergies=[text], nothing_else=True)
    assert {allergy.id for allergy in patient.recognised} == (
        by_state[AllergyState.RECOGNISED] | by_state[AllergyState.DOUBTFUL]
    )
    if by_state[AllergyState.NOT_RECOGNISED]:
        assert patient.unrecognised
        report = mesomix.check(formulary.mixture("Miorel"), patient)
        assert report.verdict is not Verdict.NO_OBJECTION


@given(st.lists(allergy_texts(), max_size=3), allergy_texts(), st.sampled_from(MIXTURES))
def test_one_more_text_never_makes_a_verdict_milder(
    formulary: Formulary, texts: list[str], more: str, written: tuple[str, ...]
) -> None:
    mixture = formulary.mixture(*written)
    before, after = (
        formulary.patient(allergies=several, nothing_else=True)
        for several in (texts, [*texts, more])
    )
    one, other = (mesomix.check(mixture, patient).verdict for patient in (before, after))
    assert GRAVITY[other] >= GRAVITY[one]


@pytest.mark.parametrize(
    ("brand", "substance"), [("Xylocaïne ?", "lidocaïne"), ("Aspégic ?", "aspirine")]
)
def test_a_sure_allergy_to_a_substance_does_not_settle_a_doubt_about_a_brand(
    brand: str, substance: str, formulary: Formulary
) -> None:
    """It may be one to an excipient."""
    mixture = formulary.mixture("Calcitonine Pharmy II")
    doubted, both = (
        mesomix.check(mixture, formulary.patient(allergies=texts, nothing_else=True)).verdict
        for texts in ([brand], [brand, substance])
    )
    assert (doubted, both) == (Verdict.REVIEW, Verdict.REVIEW)


@given(st.text())
@example("\ud800")
@example("?\x00\u2028\r\n-")
def test_any_text_is_read(formulary: Formulary, text: str) -> None:
    assert declared(formulary, text)
    assert parts_of(text, KNOWN)


@given(allergy_texts())
def test_the_way_a_text_is_spelt_does_not_matter(text: str) -> None:
    """But for the case of letters and the form of accents, of which some are several characters."""
    decomposed = unicodedata.normalize("NFD", text)
    if unicodedata.normalize("NFC", decomposed) == text and text.upper().lower() == text:
        states = [part.state for part in parts_of(text, KNOWN)]
        for other in (decomposed, text.upper()):
            assert [part.state for part in parts_of(other, KNOWN)] == states


@pytest.mark.usefixtures("_nothing_is_suggested")
def test_no_word_that_is_understood_is_the_name_of_an_allergen(formulary: Formulary) -> None:
    allergens = {
        word
        for word in sorted(say.UNDERSTOOD | say.EXCEPTIONS | say.FAMILY)
        for one in declared(formulary, word)
        if one.read.state is AllergyState.RECOGNISED
    }
    assert allergens == set()


def test_the_words_are_written_as_they_are_folded() -> None:
    listed = say.UNDERSTOOD | say.EXCEPTIONS | say.FAMILY
    assert [word for word in listed - {"%", "\u00b5g"} if words(word) != [word]] == []


# --- Long and hostile texts -----------------------------------------------------------------


@pytest.mark.parametrize("length", [500, 5_000, 1_000_000])
@pytest.mark.parametrize(
    "piece",
    ["AINS, ", "latex ? ", "! ", "a b ", "x", "\u0301", "\ufdfa", "?", "\n", "no AINS allergy "],
)
def test_a_long_text_is_read_in_time(length: int, piece: str, formulary: Formulary) -> None:
    text = (piece * (length // len(piece) + 1))[:length]
    started = time.monotonic()
    assert declared(formulary, text)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("piece", ["AINS ", "AINS ou ", "AINS ("])
def test_a_long_list_without_commas_is_read_in_time(piece: str, formulary: Formulary) -> None:
    text = (piece * LONGEST_TEXT)[:LONGEST_TEXT]
    started = time.monotonic()
    assert declared(formulary, text)
    assert time.monotonic() - started < 1
