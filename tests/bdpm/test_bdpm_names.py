"""The names of BDPM's specialties, and what each means."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import pytest
from bdpm.files import (
    CAPSULE,
    CIP,
    CIS,
    CREAM,
    INJECTED,
    RETARD,
    TABLET,
    WITHOUT_COMPOSITION,
    row,
    small,
)

from mesomix.bdpm import Bdpm
from mesomix.bdpm.names import NO_BRANDS, brands, short_name
from mesomix.names import NameKey, fold
from mesomix.vocabulary import MatchedBy

Reader = Callable[..., Bdpm]

BRANDS: Final[dict[str, list[str]]] = {
    "EXEMPLEX 1000 mg, comprimé": ["EXEMPLEX"],
    "EXEMPLEX RETARD 40 mg/1 ml, suspension injectable": ["EXEMPLEX RETARD"],
    "EXEMPLEX, suspension injectable en seringue pré-remplie": ["EXEMPLEX"],
    "EXEMPLEX 2% ENFANTS SANS SUCRE, sirop": ["EXEMPLEX"],
    "EXEMPLEX 250 mg,comprimé effervescent": ["EXEMPLEX"],
    "EXEMPLEX 0,8 POUR CENT, pommade": ["EXEMPLEX"],
    "EXEMPLEX ADULTES 10 mg, sirop": ["EXEMPLEX ADULTES", "EXEMPLEX"],
    "EXEMPLEX ADULTES SANS SUCRE, sirop": ["EXEMPLEX ADULTES SANS SUCRE", "EXEMPLEX"],
    "EXEMPLINE GENERICA L.P. 10 mg, gélule": ["EXEMPLINE GENERICA L.P.", "EXEMPLINE GENERICA"],
    "EXEMPLEX comprimé 5 mg": ["EXEMPLEX"],
    "EXEMPLEX (18F) GENERICA 37 MBq, solution": ["EXEMPLEX"],
    "EXEMPLEX / VITAMEX GENERICA 5 mg, gélule": ["EXEMPLEX / VITAMEX GENERICA"],
    "EXEMPLEX Conseil 5 mg, gélule": ["EXEMPLEX Conseil"],
    "12 EXEMPLEX, gélule": [],
    "comprimés d'exemplex": [],
    "ADULTES, sirop": ["ADULTES"],
    "": [],
}


@pytest.mark.parametrize(("name", "expected"), BRANDS.items(), ids=BRANDS)
def test_a_brand_is_the_words_before_a_number_or_a_form(name: str, expected: list[str]) -> None:
    assert brands(name) == expected


def test_a_short_name_is_without_form() -> None:
    assert short_name("EXEMPLEX 0,8 POUR CENT, pommade, en tube") == "EXEMPLEX 0,8 POUR CENT"
    assert short_name("EXEMPLEX") == "EXEMPLEX"


def meant(found: Bdpm, name: str) -> tuple[tuple[str, ...], MatchedBy | None]:
    key = fold(name)
    return found.names().get(key, ()), found.kinds().get(key)


def test_each_name_means_its_specialty_and_is_of_its_kind(read: Reader) -> None:
    found = read()
    expected = {
        "Exemplex 5 mg/ml, solution injectable en ampoule": (INJECTED, MatchedBy.SPECIALTY),
        "EXEMPLEX 5 mg/ml": (INJECTED, MatchedBy.SPECIALTY),
        "exemplex": (INJECTED, MatchedBy.BRAND),
        "Exemplex Retard": (RETARD, MatchedBy.BRAND),
        "cremex": (CREAM, MatchedBy.BRAND),
        "Cremex 0,1 pour cent": (CREAM, MatchedBy.SPECIALTY),
        "mysterex": (WITHOUT_COMPOSITION, MatchedBy.SPECIALTY),  # its name without its form
        "exempline generica": (CAPSULE, MatchedBy.BRAND),
        "exempline generica adultes LP": (CAPSULE, MatchedBy.BRAND),
        TABLET: (TABLET, MatchedBy.CODE),
        "3400900000024": (INJECTED, MatchedBy.CODE),
    }
    assert {name: meant(found, name) for name in expected} == {
        name: ((cis,), kind) for name, (cis, kind) in expected.items()
    }
    assert meant(found, "comprimé") == ((), None)
    assert found.names().keys() == found.kinds().keys()


def test_a_name_of_several_specialties_means_each_of_them_once(read: Reader) -> None:
    lines = [
        row(CIS, 0).replace(b"60000001", b"60000007").replace(b"5 mg", b"50 mg"),
        row(CIS, 0).replace(b"60000001", b"60000008"),
        row(CIS, 0).replace(b"60000001", b"60000009").replace(b" 5 mg/ml", b""),
    ]
    found = read({CIS: small()[CIS] + b"\n".join(lines)})
    assert meant(found, "exemplex") == (
        (INJECTED, "60000007", "60000008", "60000009"),
        MatchedBy.BRAND,  # of three of them
    )
    assert meant(found, "exemplex 5 mg/ml") == ((INJECTED, "60000008"), MatchedBy.SPECIALTY)


@pytest.mark.parametrize("name", ["A 5 mg", "W, crème", "ART 50 mg", "B.A.L.", *sorted(NO_BRANDS)])
def test_no_word_of_every_day_and_no_single_letter_is_a_brand(read: Reader, name: str) -> None:
    made = row(CIS, 0).replace(b"EXEMPLEX 5 mg/ml", name.upper().encode()) + b"\r\n"
    codes = ("60000007", "60000008")
    both = b"".join(made.replace(b"60000001", code.encode()) for code in codes)
    found = read({CIS: small()[CIS] + both})
    (brand,) = brands(name.upper())
    assert not set(codes).intersection(found.names().get(fold(brand), ()))
    assert [found.names()[NameKey(code)] for code in codes] == [(code,) for code in codes]


def test_names_are_made_once_and_whole_for_every_thread(read: Reader) -> None:
    found = read()
    with ThreadPoolExecutor(8) as pool:
        names = [pool.submit(found.names) for _ in range(64)]
    assert len({len(made.result()) for made in names}) == 1
    assert found.names() is found.names()


def test_a_box_of_two_specialties_means_both(read: Reader) -> None:
    again = row(CIP, 0).replace(b"60000001", b"60000002")
    found = read({CIP: small()[CIP] + again})
    assert meant(found, "3400900000017") == ((INJECTED, RETARD), MatchedBy.CODE)
    assert found.cis_by_cip13() == {
        "3400900000017": INJECTED,
        "3400900000024": INJECTED,
        "3400900000031": CREAM,
    }
    assert found.cis_by_cip13() is found.cis_by_cip13()
