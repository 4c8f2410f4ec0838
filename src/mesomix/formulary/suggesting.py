"""What a name that was not recognised may have meant: said to its writer, never accepted."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

from mesomix.evidence import Text
from mesomix.formulary.index import Index, Name, Names
from mesomix.formulary.linking import Linked
from mesomix.names import (
    SUGGESTION_CUTOFF,
    NameKey,
    fold,
    in_latin_letters,
    key_of_words,
    names_within,
    nearest,
    words,
)
from mesomix.vocabulary import MatchedBy

MOST_SUGGESTIONS: Final = 10
"""When more texts are not recognised, none gets a suggestion: each takes milliseconds."""

MOST_SUSPICIONS: Final = 100
"""So many are looked at for a corticosteroid: its name must not be passed over."""

_BEGINNING: Final = 7
"""Letters of a name that broke off: "triamcino"."""
_BROKEN_OFF: Final = 5
"""And so many that it lacks at most: "caproate de prednisolone" is not meant by "caproate"."""
_SHORTEST: Final = 5
"""Letters of a word within a text for which a suggestion is made: "pour" is like "porc"."""
_MOST_WORDS: Final = 20
_SPOKEN: Final = (
    *(("ph", "f"), ("th", "t"), ("ch", "k"), ("qu", "k"), ("c", "k"), ("y", "i"), ("z", "s")),
    *(("ae", "e"), ("oe", "e"), ("h", "")),
)
"""Letters that sound alike in French or in English, those of two first."""
_CORTICOSTEROID: Final = "corticosteroid"
SUSPICION_CUTOFF: Final = 0.87
"""Of difflib's ratio: below, dapsone looks like Dexasone, and androsterone like aldosterone."""


class Suggestions:
    """Looks for the names of one formulary that are nearest to what was written."""

    def __init__(self, linked: Linked, index: Index) -> None:
        self._linked = linked
        self._index = index

    def of_products(self, texts: Iterable[str]) -> dict[str, Text]:
        """For each of `texts` that has one, a product or substance that it may mean.

        Never a corticosteroid: that is a suspicion, and said as one (`of_corticosteroids`).
        """
        return self._near(texts, self._others)

    def of_allergies(self, texts: Iterable[str]) -> dict[str, Text]:
        """For each of `texts` that has one, what an allergy to it may be to."""
        return self._near(texts, {**self._products, **self._index.groups})

    def of_corticosteroids(self, texts: Iterable[str]) -> dict[str, Text]:
        """For each of `texts` that looks like the name of a corticosteroid, that name."""
        texts = tuple(texts)
        heard = {text: found for text in texts if (found := self._heard(text)) is not None}
        others = [text for text in texts if text not in heard]
        near = self._near(others, self._corticosteroids, SUSPICION_CUTOFF, MOST_SUSPICIONS)
        return heard | near

    def _heard(self, text: str) -> Text | None:
        """The corticosteroid that a word of `text` sounds or begins as; or the class of them."""
        parts = words(text)
        for candidate in dict.fromkeys([fold(text), *parts]):
            name = self._spoken_corticosteroids.get(_spoken(candidate))
            if name is None and len(candidate) >= _BEGINNING:
                name = self._beginning_with(candidate)
            if name is not None and len(candidate) >= _SHORTEST:
                return self._shown(name)
        groups = self._index.groups
        named = [groups[key_of_words(parts[a:b])] for a, b in names_within(parts, groups)]
        return next((self._shown(name) for name in named if name[1] == _CORTICOSTEROID), None)

    def _beginning_with(self, beginning: str) -> Name | None:
        longest = len(beginning) + _BROKEN_OFF
        names = self._corticosteroids.items()
        found = [n for key, n in names if key.startswith(beginning) and len(key) <= longest]
        return min(found, key=lambda name: len(name[0]), default=None)

    @cached_property
    def _spoken_corticosteroids(self) -> dict[str, Name]:
        return {_spoken(key): name for key, name in self._corticosteroids.items()}

    @cached_property
    def _products(self) -> Names:
        return {**self._index.substances, **self._index.products}

    @cached_property
    def _others(self) -> Names:
        hidden = self._corticosteroids
        return {key: name for key, name in self._products.items() if key not in hidden}

    @cached_property
    def _corticosteroids(self) -> Names:
        substances = self._linked.substances
        return {
            key: name
            for key, name in self._index.substances.items()
            if _CORTICOSTEROID in substances[name[1]].groups
        }

    def _near(
        self,
        texts: Iterable[str],
        known: Names,
        cutoff: float = SUGGESTION_CUTOFF,
        most: int = MOST_SUGGESTIONS,
    ) -> dict[str, Text]:
        texts = {text: fold(text) for text in texts}
        if len({key or text for text, key in texts.items()}) > most:
            return {}
        found = {text: _nearest(text, known, cutoff) for text in texts}
        return {text: self._shown(known[key]) for text, key in found.items() if key is not None}

    def _shown(self, name: Name) -> Text:
        """A name in both languages, where it is not the same in both."""
        original, identifier, kind = name
        linked = self._linked
        if original in linked.specialties:  # an id is no name to be shown
            return linked.specialties[original].name
        if kind is not MatchedBy.EXACT:
            return Text.same(original)
        if identifier in linked.substances:
            return linked.substances[identifier].name
        return (linked.edition.groups.get(identifier) or linked.products[identifier]).name


def _spoken(key: str) -> str:
    """A folded name as it sounds: "betametazon" as "betamethasone"."""
    for written, sound in _SPOKEN:
        key = key.replace(written, sound)
    key = re.sub(r"(.)\1+", r"\1", key)
    return key.removesuffix("e")


def _nearest(text: str, known: Mapping[NameKey, Name], cutoff: float) -> NameKey | None:
    """The key of the name that `text`, or a word of it, is nearest to."""
    parts = words(in_latin_letters(text))
    within = names_within(parts, known)
    if within:  # in the letters of another alphabet, or among words that are not understood
        first, last = within[0]
        return key_of_words(parts[first:last])
    long_words = [part for part in parts if len(part) >= _SHORTEST][:_MOST_WORDS]
    for candidate in dict.fromkeys([fold(text), *map(NameKey, long_words)]):
        found = nearest(candidate, known, cutoff=cutoff)
        if found is not None:
            return found
    return None
