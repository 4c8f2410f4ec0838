"""The real BDPM: every row is accounted for, and every specialty is found by its names."""

from collections import Counter

from bdpm.conftest import DOWNLOADED

from mesomix.bdpm import Bdpm
from mesomix.bdpm.names import brands
from mesomix.names import NameKey, fold, fold_all
from mesomix.vocabulary import MatchedBy


def rows(name: str) -> int:
    return sum(1 for line in (DOWNLOADED / name).read_bytes().splitlines() if line.strip())


def test_every_row_is_read_or_told(downloaded: Bdpm) -> None:
    told = Counter(row.file for row in downloaded.malformed)
    every = list(downloaded.specialties.values())
    assert len(every) == 15_848 == rows("CIS_bdpm.txt") - told["CIS_bdpm.txt"]
    for name, read in (
        ("CIS_COMPO_bdpm.txt", sum(len(specialty.composition) for specialty in every)),
        ("CIS_CIP_bdpm.txt", sum(len(specialty.presentations) for specialty in every)),
        ("CIS_MITM.txt", sum(specialty.atc is not None for specialty in every)),
    ):
        assert read + told[name] == rows(name), name


def test_what_is_wrong_with_it_is_known(downloaded: Bdpm) -> None:
    assert [(row.file, row.line) for row in downloaded.malformed] == [
        ("CIS_CIP_bdpm.txt", line) for line in (6237, 6905, 10264, 20729)
    ]
    incomplete = [s.cis for s in downloaded.specialties.values() if not s.composition_complete]
    assert incomplete == ["61975465", "69557560"]  # those without any row
    assert downloaded.absent == ()


def test_no_letter_is_damaged(downloaded: Bdpm) -> None:
    told = "".join(
        text
        for specialty in downloaded.specialties.values()
        for text in (specialty.name, specialty.form, *specialty.routes, specialty.marketing)
    )
    assert {letter for letter in "Ã\ufffd\x80\x99" if letter in told} == set()


def test_every_specialty_is_found_by_its_name_and_its_codes(downloaded: Bdpm) -> None:
    names, kinds = downloaded.names(), downloaded.kinds()
    every = list(downloaded.specialties.values())
    for specialty, key in zip(every, fold_all([s.name for s in every]), strict=True):
        assert specialty.cis in names[key]
        for code in (specialty.cis, *specialty.cip13):
            assert names[NameKey(code)] == (specialty.cis,)
            assert kinds[NameKey(code)] is MatchedBy.CODE


def test_nearly_every_specialty_has_a_brand(downloaded: Bdpm) -> None:
    without = [s.name for s in downloaded.specialties.values() if not brands(s.name)]
    assert len(without) < 5


def test_no_brand_is_a_form_or_a_route(downloaded: Bdpm) -> None:
    every = downloaded.specialties.values()
    words = {word for s in every for text in (s.form, *s.routes) for word in text.split()}
    found = {key for key in fold_all(sorted(words)) if key in downloaded.names()}
    assert found == set()


def test_brands_of_several_kinds_are_found(downloaded: Bdpm) -> None:
    for name in ("Diprostène", "Kénacort Retard", "Doliprane", "Aspégic", "piroxicam biogaran"):
        meant = downloaded.names()[fold(name)]
        first = brands(name.upper())[0]
        assert all(fold(first) == fold(brands(downloaded.specialties[c].name)[-1]) for c in meant)
