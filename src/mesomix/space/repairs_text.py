"""Repairs in words, for a terminal."""

from collections.abc import Iterator
from typing import Final

from mesomix.evidence import COLON, SEMICOLON, Language, Text
from mesomix.names import printable, shortened
from mesomix.report import Verdict
from mesomix.rule import did_you_mean
from mesomix.space.repairs import Change, Obstacle, Repair, Repairs
from mesomix.space.wording import (
    NO_MORE,
    counted,
    name,
    objections_said,
    products,
    verdict_said,
)

AIMS: Final = {
    Verdict.REVIEW: Text(
        "À lever : tout refus, certain ou possible.",
        "To be cleared: any refusal, sure or possible.",
    ),
    Verdict.NO_OBJECTION: Text(
        "À lever : tout refus et toute question.", "To be cleared: any refusal and any question."
    ),
}
NOT_NEEDED: Final = Text("Il n'y a rien à lever.", "There is nothing to clear.")
ALSO_QUESTIONS: Final = Text(
    "Pour lever aussi ce qui est à revoir : --to no-objection.",
    "To clear what is to be reviewed as well: --to no-objection.",
)
_NONE: Final = Text(
    "Aucun changement ne suffit (changements possibles, tous examinés : {}). En travers :",
    "No change does it (possible changes, all of them covered: {}). In the way:",
)
_GAVE_UP: Final = Text(
    "La recherche s'est arrêtée avant la fin, sans rien trouver : cela ne prouve rien"
    " (changements possibles : {}).",
    "The search stopped before its end and found nothing: that proves nothing (possible changes:"
    " {}).",
)
_THE_ONLY: Final = Text(
    "Une seule façon (changements examinés : {}).", "One way only (changes covered: {})."
)
_FOUND: Final = Text(
    "{} façons, la meilleure d'abord, et aucune autre (changements examinés : {}).",
    "{} ways, the best first, and no other (changes covered: {}).",
)
_THE_FIRST: Final = Text(
    "{} façons, et il y en a d'autres (changements possibles : {}).",
    "{} ways, and there are more (possible changes: {}).",
)
_UNREAD: Final = Text(
    "« {} » n'est pas compris, et rien n'en est vérifié.{}",
    "“{}” was not understood, and nothing of it was checked.{}",
)
_ONE_STAYS: Final = Text(
    "Un mélange corrigé garde au moins un produit reconnu.",
    "What is left has at least one product that was recognised.",
)
_NO_AMOUNT: Final = Text(
    "sa quantité reste à écrire et à vérifier", "its amount has still to be written and checked"
)

EFFECTS_KEPT: Final = Text("effets gardés", "effects kept")
LOST: Final = Text("perdus", "lost")
NO_EFFECT: Final = Text("aucun", "none")


def unread_said(repairs: Repairs, language: Language) -> Iterator[str]:
    """What was not recognised of the mixture: no change makes it known."""
    mixture = repairs.mixture
    for read in (*mixture.unrecognised, *mixture.read_in_part):
        written = printable(shortened(read.unread or read.written))
        hint = did_you_mean(read.suggestion)[language]
        yield _UNREAD[language].format(written, printable(hint))
    if mixture.unrecognised and not repairs.cleared:
        yield _ONE_STAYS[language]


def repairs_text(repairs: Repairs, language: Language) -> Iterator[str]:
    """`repairs` in lines."""
    written = [printable(shortened(read.written)) for read in repairs.mixture.reads]
    yield f"{verdict_said(repairs.verdict, language)}{COLON[language]}{' + '.join(written)}"
    yield AIMS[repairs.to][language]
    yield from unread_said(repairs, language)
    yield ""
    if repairs.cleared:
        yield NOT_NEEDED[language]
        if repairs.verdict is not Verdict.NO_OBJECTION:
            yield ALSO_QUESTIONS[language]
    elif not repairs.found:
        yield ways_said(repairs, language)
        yield from (f"  {obstacle_said(one, language)}" for one in repairs.obstacles)
    else:
        yield ways_said(repairs, language)
        for place, repair in enumerate(repairs.found, 1):
            yield ""
            yield from _repair(place, repair, language)
    if repairs.found or repairs.cleared:
        yield ""
        yield NO_MORE[language]


def ways_said(repairs: Repairs, language: Language) -> str:
    """How many ways there are, and how far was looked."""
    covered = counted(repairs.considered, language)
    if not repairs.found:
        return (_NONE if repairs.exhaustive else _GAVE_UP)[language].format(covered)
    if repairs.exhaustive and len(repairs.found) == 1:
        return _THE_ONLY[language].format(covered)
    ways = counted(len(repairs.found), language)
    return (_FOUND if repairs.exhaustive else _THE_FIRST)[language].format(ways, covered)


def _repair(place: int, repair: Repair, language: Language) -> Iterator[str]:
    """What is done, what is kept, and what is left to decide."""
    done = (change_said(change, language) for change in repair.changes)
    yield f"{place}. {SEMICOLON[language].join(done)}"
    yield f"   {SEMICOLON[language].join(_effects(repair, language))}"
    then = verdict_said(repair.verdict, language)
    said = objections_said(repair.remaining, language)
    yield f"   {then}{f' [{said}]' if said else ''}"


def change_said(change: Change, language: Language) -> str:
    """What becomes of one line."""
    written = printable(shortened(change.component.read.written))
    if change.product is None:
        return Text(f"retirer « {written} »", f"drop “{written}”")[language]
    other = name(change.product.name, language)
    said = Text(f"« {written} » → {other}", f"“{written}” → {other}")[language]
    return f"{said} ({_NO_AMOUNT[language]})" if change.amount_is_open else said


def _effects(repair: Repair, language: Language) -> Iterator[str]:
    for effects, words in ((repair.kept, EFFECTS_KEPT), (repair.lost, LOST)):
        if effects or words is EFFECTS_KEPT:
            listed = ", ".join(effect.text[language] for effect in effects)
            yield f"{words[language]}{COLON[language]}{listed or NO_EFFECT[language]}"


def obstacle_said(one: Obstacle, language: Language) -> str:
    """What is in the way, and of what it is said."""
    said = objections_said([one.objection], language)
    return f"{obstructed(one, language)}{COLON[language]}{said}"


def obstructed(one: Obstacle, language: Language) -> str:
    """Of what an obstacle is said."""
    if one.of_patient:
        of = Text("le patient, quel que soit le mélange", "the patient, whatever is mixed")
        return of[language]
    if one.products:
        return products(one.products, language)
    return Text("ensemble, ou le mélange entier", "together, or the whole mixture")[language]
