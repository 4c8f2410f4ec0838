"""The card of a comparison: which verdicts changed, why, and what it does not see."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

from mesomix.evidence import COLON, SEMICOLON, Language, Text
from mesomix.markup.elements import Child, element
from mesomix.report import Verdict
from mesomix.report_words import VERDICTS
from mesomix.shown import Card
from mesomix.space.causes import Cause
from mesomix.space.diff import Diff
from mesomix.space.diff_text import (
    ADDED,
    CORNER,
    FOR_EXAMPLE,
    HEADINGS,
    NO_LONGER_READ,
    REMOVED,
    SEVERAL,
    UNOPPOSED,
    DiffWords,
    diff_text,
)
from mesomix.space.joint import MILDEST_FIRST, Change, is_milder
from mesomix.space.wording import NO_MORE, PATIENT, counted, mixtures, more
from mesomix.view.bars import SHARE, verdict_bar, verdict_chip
from mesomix.view.parts import (
    card_of_parts,
    data_told,
    digests_of,
    foot,
    heading,
    table,
)
from mesomix.view.statements import (
    not_said,
    statement,
)

MOST_CAUSES: Final = 10
"""So many causes are shown in each direction, if there is room, and as many added products."""
ROOM: Final = 5_000
"""So many characters the causes of a direction may take."""

_TITLE: Final = Text("Ce qui change", "What changes")
_NOTHING_SHARED: Final = Text(
    "Aucun produit n'est des deux côtés : rien n'a été comparé.",
    "No product is on both sides: nothing was compared.",
)
_NOTHING: Final = Text(
    "Aucun verdict ne change, parmi les produits des deux côtés.",
    "No verdict changes, of the products of both sides.",
)
_MILDER: Final = Text("{} de verdict plus clément", "{} with a milder verdict")
_STRICTER: Final = Text("{} de verdict plus sévère", "{} with a stricter verdict")
_SIDES: Final = Text("avant", "before"), Text("après", "after")
_BOTH: Final = Text("Produits des deux côtés", "Products of both sides")
_TO_ACKNOWLEDGE: Final = Text("À expliquer", "To be acknowledged")
_ASKED: Final = Text(
    "Demande une raison écrite (space.acknowledged la lit) : chaque verdict plus clément, et chaque"
    " mélange sans objection avec un produit ajouté.",
    "Needs a reason in writing (space.acknowledged reads it): each milder verdict, and each mixture"
    " without an objection that has an added product.",
)
_NOT_SEEN: Final = Text("Ce qui n'est pas comparé", "What is not compared")
_UNSEEN: Final = Text(
    "Quantités, doses maximales, et ce que veulent dire les noms. Un seul patient l'est, et ce qui"
    " ne lui a pas été demandé cache des changements : space.sweep compare chacun pour qui quelque"
    " chose peut changer.",
    "Amounts, maximum doses, and what names mean. One patient is, and what nobody asked"
    " hides changes: space.sweep compares each for whom something may change.",
)


def diff_card(diff: Diff, language: Language) -> Card:
    """The card of `diff`."""
    words = DiffWords(diff, language, markdown=False)
    return card_of_parts(
        _TITLE[language],
        language,
        diff_text(diff, language),
        element("p", _TITLE[language], class_="title"),
        _counts(diff, language),
        _patient(diff, language),
        [heading(_BOTH[language]), _table(diff, language)] if _shared(diff) else None,
        [_causes(diff, words, language, milder=milder) for milder in (True, False)],
        element("p", SEVERAL[language]) if diff.causes else None,
        _one_sided(ADDED[language], words, diff.added, diff.appeared),
        _one_sided(REMOVED[language], words, diff.removed, diff.disappeared),
        not_said(_sentence(NO_LONGER_READ[language])) if diff.removed else None,
        _to_acknowledge(diff, words, language),
        heading(_NOT_SEEN[language]),
        not_said(_UNSEEN[language]),
        element("p", NO_MORE[language]),
        _foot(diff, language),
    )


def _shared(diff: Diff) -> bool:
    """Whether any mixture is on both sides."""
    return any(diff.verdicts.values())


def _counts(diff: Diff, language: Language) -> Iterator[Element]:
    """What is milder first: that is what somebody has to look at."""
    if not _shared(diff):
        yield not_said(_NOTHING_SHARED[language])
    elif not diff.milder and not diff.worse:
        yield statement("note", "=", element("strong", _NOTHING[language]))
    for number, text, kind, mark in (
        (diff.milder, _MILDER, "review", "↓"),
        (diff.worse, _STRICTER, "note", "↑"),
    ):
        if number:
            said = text[language].format(mixtures(number, language))
            yield statement(kind, mark, element("strong", said))


def _patient(diff: Diff, language: Language) -> Element:
    said = PATIENT[diff.described][language]
    return element("p", said) if diff.described else not_said(said)


def _table(diff: Diff, language: Language) -> Iterator[Element]:
    """How many mixtures have each verdict on either side; and from which to which."""
    sides: list[dict[Verdict, int]] = [
        {
            one: sum(n for change, n in diff.verdicts.items() if change[side] is one)
            for one in Verdict
        }
        for side in (0, 1)
    ]
    verdicts = [verdict_chip(verdict, language) for verdict in VERDICTS]
    yield table(
        [Text("mélanges", "mixtures")[language], SHARE[language], *verdicts],
        (
            [
                name[language],
                verdict_bar(counts),
                *(counted(counts[verdict], language) for verdict in VERDICTS),
            ]
            for name, counts in zip(_SIDES, sides, strict=True)
        ),
        texts=2,
    )
    chips = [verdict_chip(verdict, language) for verdict in MILDEST_FIRST]
    yield table(
        [CORNER[language], *chips],
        (
            [
                verdict_chip(before, language),
                *(_changed(diff.verdicts, (before, after), language) for after in MILDEST_FIRST),
            ]
            for before in MILDEST_FIRST
        ),
    )


def _changed(verdicts: Mapping[Change, int], change: Change, language: Language) -> Child:
    """A number; what changed stands out."""
    number = counted(verdicts[change], language)
    return element("strong", number) if verdicts[change] and change[0] is not change[1] else number


def _causes(diff: Diff, words: DiffWords, language: Language, *, milder: bool) -> Iterator[Element]:
    causes = [cause for cause in diff.causes if is_milder(cause.change) is milder]
    if causes:
        yield heading(HEADINGS[milder][language])
        told = [*_within_room(causes, words, language)]
        yield element("ul", told)
        if len(causes) > len(told):
            yield element("p", element("strong", f"… {more(len(causes) - len(told), language)}"))


def _within_room(
    causes: Iterable[Cause], words: DiffWords, language: Language
) -> Iterator[Element]:
    """The first of the causes, as many as there is room for."""
    room = ROOM
    for place, cause in enumerate(causes):
        said = words.said(cause)
        room -= len(said)
        if place and (place == MOST_CAUSES or room < 0):
            return
        examples = SEMICOLON[language].join(words.examples(cause))
        room -= len(examples)
        before, after = cause.change
        yield element(
            "li",
            verdict_chip(before, language),
            " → ",
            verdict_chip(after, language),
            element("p", said),
            element("p", f"{FOR_EXAMPLE[language]}{examples}", class_="source"),
            class_="finding review" if is_milder(cause.change) else "finding note",
        )


def _one_sided(
    words: str, told: DiffWords, ids: tuple[str, ...], counts: Mapping[Verdict, int]
) -> Iterator[Element]:
    """The products that only one side has, and their mixtures."""
    if ids:
        yield element("p", element("strong", words.format(told.names(ids))))
        yield element("p", told.with_one_of_them(counts))


def _to_acknowledge(diff: Diff, words: DiffWords, language: Language) -> Iterator[Element]:
    """What somebody has to give a reason for, before it is taken over."""
    added = [(key, count) for key, count in diff.added_without_objection.items() if count]
    if not diff.milder and not added:
        return
    yield heading(_TO_ACKNOWLEDGE[language])
    yield element("p", _ASKED[language])
    told = [_MILDER[language].format(mixtures(diff.milder, language))] if diff.milder else []
    told += [
        UNOPPOSED[language].format(mixtures(count, language), words.names([key]))
        for key, count in added[:MOST_CAUSES]
    ]
    yield element("ul", [statement("review", "!", one, tag="li") for one in told])
    if len(added) > MOST_CAUSES:
        yield element("p", element("strong", f"… {more(len(added) - MOST_CAUSES, language)}"))


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _foot(diff: Diff, language: Language) -> Element:
    told: list[str] = []
    digests: list[tuple[str, str | None]] = []
    for name, side in zip(_SIDES, (diff.old, diff.new), strict=True):
        told.append(f"{name[language]}{COLON[language]}{data_told(side.data, language)}")
        digests += digests_of(side.data, side.rulebook, language, f"{name[language]}, ")
    return foot(_sentence(SEMICOLON[language].join(told)), digests, language)
