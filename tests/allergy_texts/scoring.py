"""How well allergy texts are read: labelled texts in, a `Score` out. README.md explains the labels.

A miss is a question too many; what vanishes, or is denied, is an objection that is never made.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

import tomli
from pydantic import BaseModel, ConfigDict

from mesomix import Formulary
from mesomix.request import DeclaredAllergy
from mesomix.vocabulary import AllergyState

FOLDER: Final = Path(__file__).parent
ANY: Final = "any"
"""Among `negated`: no allergy is known."""

Reading: TypeAlias = Sequence[DeclaredAllergy]

# What stands for a label: its own state, a question, or one that objects to more.
_STANDS_FOR: Final = {
    AllergyState.RECOGNISED: (AllergyState.RECOGNISED, AllergyState.DOUBTFUL),
    AllergyState.DOUBTFUL: (AllergyState.DOUBTFUL, AllergyState.RECOGNISED),
    AllergyState.NEGATED: (AllergyState.NEGATED, AllergyState.DOUBTFUL, AllergyState.RECOGNISED),
}


class LabelledText(BaseModel):
    """One text, and what a careful reader takes from it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    written: str
    language: Literal["fr", "en"]
    allergies: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    negated: tuple[str, ...] = ()
    misspelt: tuple[str, ...] = ()
    """What a misspelt name was meant to be: to be suggested, and never to be accepted."""
    unread: bool = False
    """Whether some part of it has to be read by a physician."""

    @property
    def by_state(self) -> dict[AllergyState, tuple[str, ...]]:
        """The labels, by the state in which a reader should find them."""
        return {
            AllergyState.RECOGNISED: self.allergies,
            AllergyState.DOUBTFUL: self.doubtful,
            AllergyState.NEGATED: self.negated,
        }


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    text: tuple[LabelledText, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing that was read wrongly: in which text, what, and as what."""

    written: str
    id: str
    state: AllergyState


@dataclass(frozen=True, slots=True)
class Tally:
    """How the labels of one state were found, and how right is what was read so."""

    labelled: int
    found: int
    """Of those labelled, how many were read in this very state."""
    read: int
    right: int
    """Of those read in this state, how many match a label of it."""

    @property
    def recall(self) -> float:
        """The share of the labels that was found; 1 where there is none."""
        return self.found / self.labelled if self.labelled else 1.0

    @property
    def precision(self) -> float:
        """The share of what was read that is right; 1 where nothing was read."""
        return self.right / self.read if self.read else 1.0


@dataclass(frozen=True, slots=True)
class Score:
    """How the texts were read, all of them together."""

    texts: int
    recognised: Tally
    doubtful: Tally
    negated: Tally
    unread: int
    """Texts of which a part has to be read by a physician."""
    asked: int
    """Of these, those with a part that was not recognised or is doubtful."""
    clear: int
    """Texts in which every word is one of the labelled allergies, or speaks of it."""
    needless: int
    """Of these, those of which a part was not recognised all the same."""
    misspelt: int
    suggested: int
    """Of the misspelt names, those for which the right one was suggested."""
    accepted: tuple[Slip, ...]
    """Misspelt names that were read as if they were not."""
    missed: tuple[Slip, ...]
    """Labels that were not found in their state; a part is to be read, or they vanished."""
    vanished: tuple[Slip, ...]
    """Labels that nothing in the result stands for, not even a part that was not recognised."""
    excused: tuple[Slip, ...]
    """Labels that nothing stands for either, in texts of which a part was not recognised."""
    weakened: tuple[Slip, ...]
    """Certain allergies that were read as doubtful, in texts in which nothing else is asked."""
    wrong: tuple[Slip, ...]
    """What was read, in a state in which no label has it."""
    denied: tuple[Slip, ...]
    """Of these, what was denied."""
    empty: tuple[str, ...]
    """Texts of which nothing at all came."""
    silent: tuple[str, ...]
    """Texts of which a part has to be read by a physician, and no part is to be."""


def load_texts(file: Path) -> tuple[LabelledText, ...]:
    """The texts of a file, in its order; raises pydantic's error where one has no such shape."""
    return _File.model_validate(tomli.loads(file.read_text(encoding="utf-8"))).text


def score(texts: Iterable[LabelledText], formulary: Formulary) -> Score:
    """How `formulary` reads `texts`."""
    pairs = [(text, formulary.read_allergies(text.written)) for text in texts]
    unread = [pair for pair in pairs if pair[0].unread]
    clear = [pair for pair in pairs if not pair[0].unread]
    silent = tuple(text.written for text, reading in unread if not is_asked(reading))
    wrong = tuple(slip for pair in pairs for slip in wrongly_read(*pair, formulary))
    return Score(
        texts=len(pairs),
        recognised=_tally(AllergyState.RECOGNISED, pairs, formulary),
        doubtful=_tally(AllergyState.DOUBTFUL, pairs, formulary),
        negated=_tally(AllergyState.NEGATED, pairs, formulary),
        unread=len(unread),
        asked=len(unread) - len(silent),
        clear=len(clear),
        needless=sum(_has_unrecognised(reading) for _, reading in clear),
        misspelt=sum(len(text.misspelt) for text, _ in pairs),
        suggested=sum(_suggested(*pair, formulary) for pair in pairs),
        accepted=tuple(slip for pair in pairs for slip in _accepted(*pair, formulary)),
        missed=tuple(slip for pair in pairs for slip in _missed(*pair, formulary)),
        vanished=tuple(slip for pair in pairs for slip in vanished(*pair, formulary)),
        excused=tuple(slip for pair in pairs for slip in _excused(*pair, formulary)),
        weakened=tuple(slip for pair in pairs for slip in weakened(*pair, formulary)),
        wrong=wrong,
        denied=tuple(slip for slip in wrong if slip.state is AllergyState.NEGATED),
        empty=tuple(text.written for text, reading in pairs if not reading),
        silent=silent,
    )


def matches(declared: DeclaredAllergy, label: str, formulary: Formulary) -> bool:
    """Whether what was read is what the label names.

    It is when the ids are equal, or when the substances of the label are among those that the
    allergy names: by a brand, a product or a combination. A class is matched by its own id only,
    for who is allergic to aspirin has not declared an allergy to every NSAID.
    """
    identifier = declared.allergy.id
    if identifier is None or identifier == label:
        return identifier == label
    groups = formulary.edition.groups
    if ANY in {identifier, label} or identifier in groups or label in groups:
        return False
    named = {key for key, reach in declared.allergy.reaches.items() if reach.evidence is None}
    product = formulary.specialties.get(identifier) or formulary.products.get(identifier)
    if product is not None:
        named.update(substance.id for substance in product.substances)
    return named.union(identifier.split("+")).issuperset(label.split("+"))


def is_asked(reading: Reading) -> bool:
    """Whether some part is left to a physician: it was not recognised, or is doubtful."""
    return _has_unrecognised(reading) or bool(_in_state(reading, AllergyState.DOUBTFUL))


def vanished(text: LabelledText, reading: Reading, formulary: Formulary) -> Iterator[Slip]:
    """The labels that nothing in the result stands for.

    A label is stood for by the same allergen in its state, as a doubt, or in a state that objects
    to more, and by any part that was not recognised, which is reported as not checked.
    """
    if not _has_unrecognised(reading):
        yield from _not_stood_for(text, reading, formulary)


def _excused(text: LabelledText, reading: Reading, formulary: Formulary) -> Iterator[Slip]:
    if _has_unrecognised(reading):
        yield from _not_stood_for(text, reading, formulary)


def _not_stood_for(text: LabelledText, reading: Reading, formulary: Formulary) -> Iterator[Slip]:
    for state, labels in text.by_state.items():
        for label in labels:
            found = (_find(reading, label, other, formulary) for other in _STANDS_FOR[state])
            if not any(found):
                yield Slip(text.written, label, state)


def weakened(text: LabelledText, reading: Reading, formulary: Formulary) -> Iterator[Slip]:
    """The certain allergies that were read as doubtful, where no part was not recognised."""
    if _has_unrecognised(reading):
        return
    certain, doubtful = AllergyState.RECOGNISED, AllergyState.DOUBTFUL
    for label in text.allergies:
        found = [_find(reading, label, state, formulary) for state in (certain, doubtful)]
        if found == [False, True]:
            yield Slip(text.written, label, certain)


def wrongly_read(text: LabelledText, reading: Reading, formulary: Formulary) -> Iterator[Slip]:
    """What was read in a state in which no label has it."""
    for state, labels in text.by_state.items():
        for declared in _in_state(reading, state):
            if not any(matches(declared, label, formulary) for label in labels):
                yield Slip(text.written, declared.allergy.id or "", state)


def _missed(text: LabelledText, reading: Reading, formulary: Formulary) -> Iterator[Slip]:
    for state, labels in text.by_state.items():
        for label in labels:
            if not _find(reading, label, state, formulary):
                yield Slip(text.written, label, state)


def _accepted(text: LabelledText, reading: Reading, formulary: Formulary) -> Iterator[Slip]:
    for label in text.misspelt:
        for state in text.by_state:
            if _find(reading, label, state, formulary):
                yield Slip(text.written, label, state)


def _suggested(text: LabelledText, reading: Reading, formulary: Formulary) -> int:
    """Of how many misspelt names of one text the right one was suggested."""
    names = [
        declared.read.suggestion.fr for declared in reading if declared.read.suggestion is not None
    ]
    meant = [declared for name in names for declared in formulary.read_allergies(name)]
    recognised = AllergyState.RECOGNISED
    return sum(_find(meant, label, recognised, formulary) for label in text.misspelt)


def _tally(
    state: AllergyState, pairs: Sequence[tuple[LabelledText, Reading]], formulary: Formulary
) -> Tally:
    labelled = found = read = right = 0
    for text, reading in pairs:
        labels, in_state = text.by_state[state], _in_state(reading, state)
        labelled += len(labels)
        found += sum(_find(in_state, label, state, formulary) for label in labels)
        read += len(in_state)
        right += sum(any(matches(d, label, formulary) for label in labels) for d in in_state)
    return Tally(labelled, found, read, right)


def _find(reading: Reading, label: str, state: AllergyState, formulary: Formulary) -> bool:
    return any(matches(declared, label, formulary) for declared in _in_state(reading, state))


def _in_state(reading: Reading, state: AllergyState) -> list[DeclaredAllergy]:
    return [declared for declared in reading if declared.allergy.state is state]


def _has_unrecognised(reading: Reading) -> bool:
    return bool(_in_state(reading, AllergyState.NOT_RECOGNISED))
