"""The names of BDPM's specialties, folded, and the specialties that each may mean."""

import re
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Final, NamedTuple

from mesomix.names import NameKey, fold_all
from mesomix.vocabulary import MatchedBy

SHORTEST: Final = 3
"""Letters of a brand; a shorter one ("A", "W") is no name that anybody would mean by it."""

NO_BRANDS: Final = frozenset({"any", "art", "bal", "bop", "daily", "iodure", "quietude", "refresh"})
"""What would be a brand and is a word of French or English: only the longer names are names."""

_AGES_AND_KINDS: Final = frozenset(
    {"ADULTE", "ADULTES", "ENFANT", "ENFANTS", "NOURRISSON", "NOURRISSONS", "LP", "L.P.", "SANS"}
)
"""With what the brand may go on that people write: ASPEGIC ADULTES, X LP, X SANS SUCRE."""

_NUMBER: Final = re.compile(r"[^\w]*[0-9]")
_AFTER_THE_SHORT_NAME: Final = re.compile(r",(?!\d)")  # the comma of "0,8 POUR CENT" is another


class NamesOfSpecialties(NamedTuple):
    """What each folded name means, and of which kind it is."""

    meanings: Mapping[NameKey, tuple[str, ...]]
    """The CIS of the specialties that a name may mean, in the order of these codes."""
    kinds: Mapping[NameKey, MatchedBy]
    """SPECIALTY, BRAND or CODE. What is the name of one and the brand of another is BRAND."""


def short_name(name: str) -> str:
    """The name of a specialty without its form: "DOLIPRANE 1000 mg"."""
    return _AFTER_THE_SHORT_NAME.split(name, maxsplit=1)[0].strip()


def brands(name: str) -> list[str]:
    """The words by which a specialty may be called, without strength and form; none, one or two.

    "KENACORT RETARD 40 mg/1 ml, suspension injectable" is a KENACORT RETARD; ASPEGIC ADULTES 1000
    is an ASPEGIC as well. A brand ends where a number begins, or a word in small letters: a form.
    """
    brand: list[str] = []
    plain: list[str] = []
    for word in short_name(name).split():
        if _NUMBER.match(word) or (word.islower() and word[0].isalpha()):
            break
        if brand and not plain and word in _AGES_AND_KINDS:
            plain = brand.copy()
        brand.append(word)
    return [" ".join(words) for words in (brand, plain) if words]


def names_of(
    specialties: Mapping[str, str], presentations: Iterable[tuple[str, str]]
) -> NamesOfSpecialties:
    """All names of `specialties`, names by CIS, and of `presentations`, CIP13 with CIS."""
    short = list(map(short_name, specialties.values()))
    called = list(map(brands, short))
    # Many specialties have one brand: each spelling is folded once.
    spellings = list(dict.fromkeys(chain(specialties.values(), short, *called)))
    keys = dict(zip(spellings, fold_all(spellings), strict=True))
    claimed = _Claimed()
    for (cis, name), shorter, brand_names in zip(specialties.items(), short, called, strict=True):
        claimed.claim(keys[name], cis, MatchedBy.SPECIALTY)
        claimed.claim(keys[shorter], cis, MatchedBy.SPECIALTY)
        for brand in brand_names:
            claimed.claim(keys[brand], cis, MatchedBy.BRAND)
        claimed.claim(NameKey(cis), cis, MatchedBy.CODE)  # digits fold to themselves
    for code, cis in presentations:
        claimed.claim(NameKey(code), cis, MatchedBy.CODE)
    return claimed.names()


class _Claimed:
    """The specialties that claim each name. Few names are claimed by more than one."""

    def __init__(self) -> None:
        self._first: dict[NameKey, str] = {}
        self._more: dict[NameKey, list[str]] = {}
        self._kinds: dict[NameKey, MatchedBy] = {}

    def claim(self, key: NameKey, cis: str, kind: MatchedBy) -> None:
        """Enter one name of a specialty; those of one specialty come one after the other."""
        first = self._first.setdefault(key, cis)
        if first != cis:
            more = self._more.setdefault(key, [])
            if more and more[-1] == cis:
                return  # its short name is its brand
            more.append(cis)
        elif key in self._kinds:
            return
        if self._kinds.get(key) is not MatchedBy.BRAND:
            self._kinds[key] = kind

    def names(self) -> NamesOfSpecialties:
        """What was claimed, without what is no name."""
        for key in [key for key in self._first if not _is_a_name(key)]:
            del self._first[key], self._kinds[key]
        meanings: dict[NameKey, tuple[str, ...]] = {key: (cis,) for key, cis in self._first.items()}
        for key, more in self._more.items():
            if key in meanings:
                meanings[key] += tuple(more)
        return NamesOfSpecialties(meanings, self._kinds)


def _is_a_name(key: str) -> bool:
    return key not in NO_BRANDS and (len(key) >= SHORTEST or any(map(str.isdigit, key)))
