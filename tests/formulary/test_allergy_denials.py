"""Which names of a text about allergies are doubtful, and which are denied."""

from typing import Final

import pytest
from allergy_parts import KNOWN, said

import mesomix
from mesomix import Formulary, Verdict
from mesomix.formulary.allergy_clauses import clauses
from mesomix.formulary.allergy_denials import MOST_NAMES, states_of
from mesomix.formulary.allergy_text import parts_of
from mesomix.vocabulary import AllergyState

# --- Doubted --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("latex?", ["?latex"]),
        ("AINS ?", ["?AINS"]),
        ("pénicilline ou latex ?", ["?pénicilline", "?latex"]),
        ("pénicilline, latex ?", ["+pénicilline", "?latex"]),
        ("pénicilline possible", ["?pénicilline"]),
        ("peut-être latex", ["?latex"]),
        ("suspicion d'allergie au latex", ["?latex"]),
        ("allergie à la pénicilline non confirmée", ["?pénicilline"]),
        ("penicillin allergy not confirmed", ["?penicillin"]),
        ("pas d'allergie confirmée au latex", ["?latex"]),
        ("no documented allergy to latex", ["?latex"]),
        # Two denials, or one of something else.
        ("ne nie pas une allergie au latex", ["?latex"]),
        ("does not deny latex allergy", ["?latex"]),
        ("n'exclut pas une allergie au latex", ["!exclut", "?latex"]),
        ("pas pas allergique au latex", ["?latex"]),
        ("no latex allergy testing done", ["?latex", "!testing done"]),
        ("Non : allergique à la pénicilline", ["?pénicilline"]),
        ("latex : non", ["?latex"]),
        ("latex : aucune", ["?latex"]),
        ("allergie latex : ras", ["?latex"]),
        ("pas d'allergie latex", ["?latex"]),
        ("doute latex", ["?latex"]),
        # A case, and no fact.
        ("s'il n'a pas d'allergie au latex", ["?latex"]),
        ("en l'absence d'allergie au latex", ["?latex"]),
        ("quand pas d'allergie au latex", ["?latex"]),
        ("no latex allergy if tested", ["?latex", "!if"]),
        # What stands beside the denial may mean anything.
        ("pas d'allergie à l'iode +++", ["?iode"]),
        ("pas d'allergie à l'iode/latex", ["?iode", "?latex"]),
        ("no allergy to latex penicillin", ["-latex", "?penicillin"]),
        ("pas d'allergie connue au latex : prurit", ["?latex"]),
        ("ATCD : aucun Allergie à la pénicilline", ["?pénicilline"]),
        ("aucun allergie à la pénicilline", ["?pénicilline"]),
        ("non à la pénicilline : allergique au latex", ["+pénicilline", "?latex"]),
        ("tolère latex iode", ["?latex", "?iode"]),
        ("tolère l'aspirine latex", ["?aspirine", "?latex"]),
        ("tolère l'aspirine +++", ["?aspirine"]),
        ("aucune autre allergie que la pénicilline", ["!que", "?pénicilline"]),
    ],
)
def test_what_is_doubtful(text: str, parts: list[str]) -> None:
    assert said(text) == parts


# --- Denied ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("pas d'allergie à la pénicilline", ["-pénicilline"]),
        ("aucune allergie à la pénicilline et au latex", ["-pénicilline", "-latex"]),
        ("pas d'allergie connue à la pénicilline ni au latex", ["-pénicilline", "-latex"]),
        ("n'est pas allergique au latex", ["-latex"]),
        ("non allergique au latex", ["-latex"]),
        ("no allergy to penicillin", ["-penicillin"]),
        ("not allergic to latex", ["-latex"]),
        ("no known latex allergy", ["-latex"]),
        ("no known latex or iodine allergy", ["-latex", "-iodine"]),
        ("denies latex", ["-latex"]),
        ("patient denies any allergy to latex", ["-latex"]),
        ("latex : pas d'allergie connue", ["-latex"]),
        ("allergie au latex : non", ["-latex"]),
        ("n'a jamais eu d'allergie au latex", ["-latex"]),
        ("aucun antécédent d'allergie à la pénicilline", ["-pénicilline"]),
        ("latex : pas d'allergie connue, iode", ["-latex", "+iode"]),
        ("tolère la pénicilline", ["-pénicilline"]),
        ("tolère latex et iode", ["-latex", "-iode"]),
        ("pénicilline bien tolérée", ["-pénicilline"]),
        # A denial ends where something else begins.
        ("pas d'allergie à la pénicilline, latex", ["-pénicilline", "+latex"]),
        ("pas d'allergie à la pénicilline mais au latex", ["-pénicilline", "+latex"]),
        ("pas d'allergie à l'iode - latex", ["-iode", "+latex"]),
        ("latex. Pas d'allergie à l'iode.", ["+latex", "-iode"]),
        ("pas d'allergie au latex et allergie à la lidocaïne", ["-latex", "+lidocaïne"]),
        ("tolère le paracétamol mais pas l'aspirine", ["-paracétamol", "+aspirine"]),
        ("no latex allergies but rash", ["-latex", "!rash"]),
        *(
            (f"pas d'allergie au latex{gap}pénicilline", ["-latex", "+pénicilline"])
            for gap in ("   ", "\t", "\v", "\f", "\r", "\x85", "\u2028", "\u2029")
        ),
    ],
)
def test_what_is_denied(text: str, parts: list[str]) -> None:
    assert said(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        *("NKDA", "NKA", "RAS", "R.A.S.", "néant", "aucune", "non", "rien", "none", "nil"),
        *("pas d'allergie", "pas d'allergie connue", "aucune allergie connue", "none known"),
        *("non allergique", "sans allergie connue", "absence d'allergie"),
        *("Allergies : aucune", "Allergies : non", "no known drug allergies", "no known allergies"),
    ],
)
def test_a_denial_of_all_allergies(text: str) -> None:
    [part] = parts_of(text, KNOWN)
    assert (part.state, part.key) == (AllergyState.NEGATED, None)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("aucune allergie sauf pénicilline", ["-*aucune allergie", "+pénicilline"]),
        ("no allergies except penicillin", ["-*no allergies", "+penicillin"]),
        ("aucune allergie autre que latex", ["-*aucune allergie autre", "+latex"]),
        ("pas d'allergie hors latex", ["-*pas d'allergie", "+latex"]),
        ("aucune, sauf", ["-*aucune", "!sauf"]),
        ("aucune allergie sauf :", ["-*aucune allergie", "!sauf"]),
        ("pénicilline, aucune autre allergie", ["+pénicilline", "-*aucune autre allergie"]),
    ],
)
def test_an_exception_to_a_denial_of_all_allergies(text: str, parts: list[str]) -> None:
    assert said(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        # They deny but a part, or something else.
        *("allergie pas grave", "allergies non sévères", "allergie non médicamenteuse"),
        *(
            "Allergies non alimentaires",
            "non-drug allergies",
            "pas d'urticaire",
            "pas de traitement",
            "pas de dossier",
        ),
        *("No medications", "pas d'enfant", "ne pas donner", "pas de contre-indication"),
        "aucune autre allergie",
        # They say that nobody knows.
        *("allergies not listed", "allergies not recorded", "allergies not known", "non connues"),
        *("allergie non notée au dossier", "dossier allergies pas à jour", "jamais testé"),
        *("allergie ?", "aucune ?", "non confirmé", "aucune notion", "not all known", "not all"),
        *("aucune allergie connue ?", "pas d'allergie connue ☠"),
        # They deny a reaction, and no allergy; or they are no denial at all.
        *("pas de réaction", "jamais de réaction", "réaction : non", "pas d'intolérance"),
        *("no sensitivities", "PAC"),
        # They deny a denial.
        *("n'est pas sans allergie", "jamais sans allergie", "il ne nie pas d'allergie"),
    ],
)
def test_no_allergy_is_denied_where_something_else_may_be_meant(text: str) -> None:
    assert said(text) == [f"!{text}"]


@pytest.mark.parametrize(
    "text", ["NON AUX AINS", "non à la lidocaïne !", "AINS, non à l'aspirine", "was denied AINS"]
)
def test_a_no_to_a_medicine_forbids_it(text: str) -> None:
    assert AllergyState.NEGATED not in {part.state for part in parts_of(text, KNOWN)}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("not known latex allergy", ["+latex"]),
        ("no history of latex allergy", ["+latex"]),
        ("sans doute latex", ["+latex"]),
        ("no doubt latex allergy", ["+latex"]),
        ("in tolere latex", ["+latex"]),
        ("tolère la pénicilline si besoin", ["+pénicilline", "!si besoin"]),
        ("pénicilline, or", ["+pénicilline", "!or"]),
        ("pénicilline, sérum", ["+pénicilline", "!sérum"]),
    ],
)
def test_what_only_looks_like_a_denial_or_a_doubt_is_declared(text: str, parts: list[str]) -> None:
    assert said(text) == parts


def test_a_clause_without_names_has_no_states() -> None:
    [clause] = clauses("pas d'allergie", KNOWN)
    assert states_of(clause) == []


@pytest.mark.parametrize("number", [1, MOST_NAMES, MOST_NAMES + 1])
def test_a_denial_of_more_names_than_anybody_denies_is_not_believed(number: int) -> None:
    text = "pas d'allergie " + " et ".join(["au latex"] * number)
    assert set(said(text)) == {"-latex" if number <= MOST_NAMES else "+latex"}


# --- What becomes of them -------------------------------------------------------------------

ESTER: Final = ("Procaïne Lavoisier 20 mg/ml", "Maginjectable")
AMIDE: Final = ("Mésocaïne",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("pas d'allergie à l'iode procaïne +++", ESTER),
        ("pas d'allergie à l'iode/procaïne", ESTER),
        ("no allergy to latex procaine", ESTER),
        ("pas d'allergie à la lidocaïne procaïne", ESTER),
        ("tolère l'aspirine procaïne", ESTER),
        ("tolère lidocaïne latex", AMIDE),
        ("not known lidocaine allergy", AMIDE),
        ("s'il n'a pas d'allergie à la procaïne", ESTER),
        ("ATCD : aucun Allergie à la procaïne", ESTER),
        *((text, ESTER) for text in ("not all known", "not all", "pas de réaction", "PAC")),
        *((text, ESTER) for text in ("jamais de réaction", "réaction : non", "no sensitivities")),
        *((text, ESTER) for text in ("pas d'intolérance", "pénicilline, or", "aucune, sauf")),
        ("pénicilline, sérum", ESTER),
    ],
)
def test_an_unclear_denial_clears_nothing(
    text: str, names: tuple[str, ...], formulary: Formulary
) -> None:
    def verdict(allergies: list[str]) -> Verdict:
        patient = formulary.patient(allergies=allergies, nothing_else=True)
        return mesomix.check(formulary.mixture(*names), patient).verdict

    assert verdict([]) is Verdict.NO_OBJECTION
    assert verdict(["aucune allergie connue"]) is Verdict.NO_OBJECTION
    assert verdict([text]) in {Verdict.REVIEW, Verdict.REFUSE}
