"""What is read from the files of BDPM, and what is said of rows that are not understood."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from bdpm.files import (
    CAPSULE,
    CIP,
    CIS,
    COMPO,
    CREAM,
    INJECTED,
    MITM,
    RETARD,
    TABLET,
    WITHOUT_COMPOSITION,
    row,
    small,
    write,
)
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mesomix import Language, bdpm
from mesomix.bdpm import Bdpm, BdpmError, BdpmPresentation, BdpmSpecialty, BdpmSubstance
from mesomix.names import NameKey

Reader = Callable[..., Bdpm]


def test_a_specialty_has_what_all_files_say_of_it(read: Reader) -> None:
    assert read().specialties[INJECTED] == BdpmSpecialty(
        cis=INJECTED,
        name="EXEMPLEX 5 mg/ml, solution injectable en ampoule",
        form="solution injectable",
        routes=("intramusculaire", "sous-cutanée"),
        authorisation="Autorisation active",
        procedure="Procédure nationale",
        marketing="Commercialisée",
        date=date(1998, 1, 31),
        holder="EXEMPLAR",
        composition=(
            BdpmSubstance(
                "90001", "CHLORHYDRATE D'EXEMPLINE", "5 mg", "1 ml", "SA", "solution", "1"
            ),
            BdpmSubstance("09002", "EXEMPLINE", "4,4 mg", "1 ml", "FT", "solution", "1"),
        ),
        composition_complete=True,
        presentations=(
            BdpmPresentation(
                "3400900000017",
                "4949729",
                "10 ampoules en verre de 2 ml",
                "Présentation active",
                "Déclaration de commercialisation",
                date(2011, 3, 16),
            ),
            BdpmPresentation(
                "3400900000024",
                "4949729",
                "10 ampoules en verre de 2 ml",
                "Présentation active",
                "Déclaration d'arrêt de commercialisation",
                date(2012, 9, 19),
            ),
        ),
        atc="N01BB99",
    )


def test_the_small_files_are_read_whole(read: Reader) -> None:
    found = read()
    every = [INJECTED, RETARD, CREAM, TABLET, WITHOUT_COMPOSITION, CAPSULE]
    assert list(found.specialties) == every
    assert len(found.specialties) == len(every)
    assert found.malformed == ()
    assert found.absent == ()
    assert found.specialties[INJECTED].cip13 == ("3400900000017", "3400900000024")
    assert found.specialties[RETARD].form == "suspension  injectable"
    assert found.specialties[RETARD].composition[0].name == "ACÉTONIDE D’EXEMPLONE"
    assert found.specialties[RETARD].atc == "H02AB"
    assert found.specialties[CREAM].atc is None
    assert not found.specialties[WITHOUT_COMPOSITION].composition_complete
    assert repr(found) == f"<Bdpm: 6 specialties, sha256 {found.sha256[:12]}>"


def test_a_specialty_is_made_once_and_a_cis_that_there_is_not_is_a_key_error(read: Reader) -> None:
    specialties = read().specialties
    assert specialties[CREAM] is specialties[CREAM]
    assert "69999999" not in specialties
    with pytest.raises(KeyError):
        specialties["69999999"]


def test_the_hash_is_that_of_the_bytes_in_their_order(read: Reader) -> None:
    files = small()
    together = b"".join(files[name] for name in (CIS, COMPO, CIP, MITM))
    assert read().sha256 == hashlib.sha256(together).hexdigest()


@pytest.mark.parametrize(
    ("rows", "shortcomings"),
    [
        ("", ("", "")),
        ("60000099\tEXEMPLEX\n", ("1 ligne en défaut, dont", "1 row at fault, the first at")),
        ("60000099\tEXEMPLEX\n?", ("2 lignes en défaut, dont", "2 rows at fault, the first at")),
    ],
)
def test_what_was_not_understood_is_counted(
    read: Reader, rows: str, shortcomings: tuple[str, str]
) -> None:
    found = read({CIS: small()[CIS] + rows.encode()})
    for language, said in zip(Language, shortcomings, strict=True):
        told = "".join(found.shortcomings(language))
        assert f"{said} {CIS}:7" in told if said else not told


def test_what_is_absent_is_told_before_what_was_not_understood(read: Reader) -> None:
    found = read({CIS: small()[CIS] + b"?", CIP: None, MITM: None})
    for language in Language:
        absent, rows = found.shortcomings(language)
        assert absent.endswith(f": {CIP}, {MITM}")
        assert f"{CIS}:7" in rows


def test_two_files_may_be_absent_and_it_is_said(read: Reader) -> None:
    found = read({CIP: None, MITM: None})
    assert found.absent == (CIP, MITM)
    assert found.specialties[INJECTED].presentations == ()
    assert found.specialties[INJECTED].atc is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\t\t\n", " \n \n"])
def test_encodings_line_ends_and_empty_columns_change_nothing(
    read: Reader, encoding: str, end: str
) -> None:
    text = small()[CIS].decode("cp1252")
    changed = end.join(text.splitlines()).encode(encoding)
    found = read({CIS: changed})
    assert found.malformed == ()
    assert dict(found.specialties) == dict(read().specialties)


def test_rows_of_another_encoding_in_one_file_are_read_as_they_are(read: Reader) -> None:
    lines = small()[CIS].decode("cp1252").splitlines()
    mixed = [line.encode("cp1252" if n == 2 else "utf-8") for n, line in enumerate(lines)]
    found = read({CIS: b"\xef\xbb\xbf" + b"\r\n".join(mixed)})
    assert found.malformed == ()
    assert found.specialties[CREAM].name == "CRÉMEX 0,1 POUR CENT, crème"
    assert found.specialties[INJECTED].marketing == "Commercialisée"


def test_a_byte_of_no_encoding_is_no_letter_and_is_told(read: Reader) -> None:
    content = small()[COMPO].replace(b"ACET", b"AC\xc9T").replace(b"EXEMPLONE", b"EX\x81MPLONE")
    found = read({COMPO: content})
    assert found.specialties[RETARD].composition[0].name == "ACÉTONIDE D’EX\ufffdMPLONE"
    assert [str(told) for told in found.malformed] == [
        f"{COMPO}:3: a byte in it is of no encoding: its text is damaged"
    ]
    assert found.malformed[0].read
    assert found.malformed[0].cis == RETARD
    assert not found.specialties[RETARD].composition_complete
    damaged = read({CIS: small()[CIS].replace(b"CR\xc9MEX", b"CR\x8dMEX")})
    assert damaged.specialties[CREAM].name.startswith("CR\ufffdMEX")
    assert "cremex" not in damaged.names()


def replaced(kind: str, number: int, before: bytes, after: bytes) -> dict[str, bytes]:
    """The small file with a change in one row."""
    lines = small()[kind].splitlines(keepends=True)
    assert before in lines[number]
    lines[number] = lines[number].replace(before, after, 1)
    return {kind: b"".join(lines)}


MALFORMED = {
    "too few columns": (CIS, 2, b"\t\t\t EXEMPLAR", b"", CREAM, "9 columns in place of 12"),
    "too many": (CIS, 2, b"Non", b"Non\tA", CREAM, "13 columns in place of 12"),
    "a bad CIS": (CIS, 2, b"6000", b"600", None, "column 1 (code CIS)"),
    "no name": (CIS, 2, b"CR\xc9MEX 0,1 POUR CENT, cr\xe8me", b"  ", CREAM, "column 2"),
    "a bad day": (CIS, 2, b"03/04", b"3/4", CREAM, "column 8 (date d’AMM)"),
    "a composition cut short": (COMPO, 1, b"\tFT\t1\t", b"", INJECTED, "6 columns in place of 8"),
    "a bad substance": (COMPO, 1, b"\t09002", b"\t9002", INJECTED, "column 3"),
    "a bad nature": (COMPO, 1, b"\tFT", b"\tXX", INJECTED, "column 7"),
    "a bad box": (CIP, 0, b"3400900000017", b"34009", INJECTED, "column 7 (code CIP13)"),
    "a box cut short": (CIP, 0, b"\t16/03", b"", INJECTED, "column 7"),
    "a bad class": (MITM, 0, b"N01BB99", b"N1BB99", INJECTED, "column 2 (code ATC)"),
    "a cis in quotes": (MITM, 0, b"60000001", b'"60000001"', INJECTED, "column 1"),
}


@pytest.mark.parametrize("case", MALFORMED.values(), ids=MALFORMED)
def test_a_row_that_is_not_understood_is_told(
    read: Reader, case: tuple[str, int, bytes, bytes, str | None, str]
) -> None:
    kind, number, before, after, cis, problem = case
    found = read(replaced(kind, number, before, after))
    told = found.malformed[0]
    assert (told.file, told.line, told.cis) == (kind, number + 1, cis)
    assert problem in told.problem.en
    assert told.problem.fr != told.problem.en
    assert not told.read
    if kind == COMPO:
        assert not found.specialties[INJECTED].composition_complete
        assert len(found.specialties[INJECTED].composition) == 1
    if kind == CIS:
        assert CREAM not in found.specialties
        assert [other.file for other in found.malformed[1:]] == [COMPO, CIP]
    else:
        assert len(found.malformed) == 1


def test_a_day_that_never_was_is_none(read: Reader) -> None:
    found = read(replaced(CIS, 2, b"03/04/1987", b"31/02/1987"))
    assert found.specialties[CREAM].date is None
    assert found.malformed == ()


def test_what_a_broken_row_may_be_of_is_not_complete(read: Reader) -> None:
    lines = small()[COMPO].splitlines()
    lines.insert(3, b"ONE\t40 mg\t1 ml\tSA\t1")
    found = read({COMPO: b"\n".join(lines)})
    assert [(told.line, told.cis) for told in found.malformed] == [(4, None)]
    assert not found.specialties[RETARD].composition_complete  # the row before it
    assert not found.specialties[CREAM].composition_complete  # the row behind it
    assert found.specialties[INJECTED].composition_complete
    assert found.specialties[TABLET].composition_complete


def test_a_broken_row_at_either_end_is_of_its_only_neighbour(read: Reader) -> None:
    broken = b"ONE\t40 mg"
    found = read({COMPO: broken + b"\n\n" + small()[COMPO] + broken})
    incomplete = {c for c, s in found.specialties.items() if not s.composition_complete}
    assert incomplete == {INJECTED, CAPSULE, WITHOUT_COMPOSITION}


def test_rows_of_no_specialty_are_told(read: Reader) -> None:
    stray = {kind: row(kind, 0).replace(b"60000001", b"69999999") for kind in (COMPO, CIP, MITM)}
    found = read({kind: line + b"\n" + small()[kind] for kind, line in stray.items()})
    assert [(told.file, told.line, told.cis) for told in found.malformed] == [
        (kind, 1, "69999999") for kind in (COMPO, CIP, MITM)
    ]
    assert {told.problem.en for told in found.malformed} == {
        "no readable row of CIS_bdpm.txt has this CIS"
    }
    assert "3400900000017" in found.names()  # of the row that it was made of


def test_the_first_of_two_rows_of_one_cis_counts(read: Reader) -> None:
    again = row(CIS, 0).replace(b"EXEMPLEX", b"AUTREX")
    other = row(MITM, 0).replace(b"N01BB99", b"A01AA01")
    found = read({CIS: again + b"\n" + small()[CIS], MITM: small()[MITM] + b"\n" + other})
    assert found.specialties[INJECTED].name.startswith("AUTREX")
    assert found.specialties[INJECTED].atc == "N01BB99"
    assert [(told.file, told.line) for told in found.malformed] == [(CIS, 2), (MITM, 4)]
    assert "another row already" in found.malformed[0].problem.en


def test_rows_need_not_be_in_the_order_of_their_cis(read: Reader) -> None:
    backwards = {name: b"\n".join(small()[name].splitlines()[::-1]) for name in (CIS, CIP, MITM)}
    rows = small()[COMPO].splitlines()
    found = read({**backwards, COMPO: b"\n".join([*rows[2:], *rows[:2]])})
    assert found.malformed == ()
    assert found.specialties[INJECTED].composition == read().specialties[INJECTED].composition
    assert found.specialties[INJECTED].cip13 == ("3400900000024", "3400900000017")


def with_more(content: bytes, at: int, more: bytes) -> bytes:
    return content[:at] + more + content[at:]


BROKEN = st.one_of(
    st.binary(max_size=400),
    st.builds(
        with_more,
        st.sampled_from([*small().values()]),
        st.integers(0, 900),
        st.binary(max_size=40) | st.sampled_from([b"\t", b"\n", b"\r", b"\xff", b"60000001\t"]),
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(small(), BROKEN)))
@example({CIS: b"\n" + small()[CIS] + b"\xff" * 8})
@example({COMPO: small()[COMPO] + b"60000001"})
def test_whatever_the_bytes_it_is_read_or_told(tmp_path: Path, files: dict[str, bytes]) -> None:
    folder = write(tmp_path, {**small(), **files})
    try:
        found = bdpm.read(folder)
    except BdpmError as error:
        wrong = [name for name in files if any(name in problem for problem in error.problems)]
        if len(wrong) < len(error.problems):
            raise
        return
    assert found.names().keys() == found.kinds().keys()
    for cis, specialty in found.specialties.items():
        assert specialty.cis == cis
        assert cis in found.names()[NameKey(cis)]
    lost = {told.cis for told in found.malformed if told.file == COMPO and told.cis}
    assert not any(found.specialties[c].composition_complete for c in lost & {*found.specialties})


def test_a_file_of_many_broken_rows_is_read_in_a_time_that_grows_with_it(read: Reader) -> None:
    broken = b"\n".join(b"x\t%d" % number for number in range(20_000))
    rows = b"\n".join(
        row(COMPO, 0).replace(b"60000001", b"%d" % n) for n in range(61000000, 61030000)
    )
    found = read({COMPO: rows + b"\n" + broken})
    assert len(found.malformed) == 50_000
