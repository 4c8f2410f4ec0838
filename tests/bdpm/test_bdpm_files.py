"""What is said when a folder or a file is not what it should be."""

import os
from pathlib import Path
from typing import Any

import pytest
from bdpm.files import CIP, CIS, COMPO, MITM, small, write

from mesomix import bdpm
from mesomix.bdpm import BdpmError, files


def refusal(folder: Path | str) -> tuple[str, ...]:
    with pytest.raises(BdpmError) as refused:
        bdpm.read(folder)
    assert isinstance(refused.value, ValueError)
    assert str(refused.value) == "\n".join(refused.value.problems)
    return refused.value.problems


def test_a_folder_that_there_is_not(tmp_path: Path) -> None:
    (problem,) = refusal(tmp_path / "bdpm")
    assert problem == f"{tmp_path / 'bdpm'}: the folder of BDPM does not exist"


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    folder = write(tmp_path, small())
    (problem,) = refusal(folder / CIS)
    assert problem.endswith("is a file: name the folder that it lies in")


@pytest.mark.parametrize("folder", [None, 5])
def test_what_is_no_path_is_wrong_use(folder: Any) -> None:
    with pytest.raises(TypeError, match="must be a path"):
        bdpm.read(folder)


def test_no_path_at_all() -> None:
    (problem,) = refusal("a\0b")
    assert "the folder of BDPM" in problem


def test_a_folder_that_may_not_be_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", forbidden)
    (problem,) = refusal(tmp_path)
    assert problem == f"{tmp_path}: the folder of BDPM cannot be looked into: Permission denied"


def test_both_files_that_must_be_there_are_named_at_once(tmp_path: Path) -> None:
    first, second = refusal(tmp_path)
    assert first.startswith(f"{tmp_path / CIS}: it is absent: download it from ")
    assert second.startswith(f"{tmp_path / COMPO}: it is absent: download it")


WRONG = {
    "empty": (b"", "it is empty"),
    "blank": (b"\xef\xbb\xbf \r\n\t\n", "it is empty"),
    "binary": (b"\x7fELF\x02\x01\x01\0\0\0", "it is no text"),
    "zip": (b"PK\x03\x04\x14\0\0\0", "it is a zip archive: unpack it first"),
    "page": (b"\r\n<!DOCTYPE html><html></html>", "it is a page of the web"),
    "json": (b'{"error": 404}', "it is a page of the web"),
    "utf-16": ("60000001\tEXEMPLEX".encode("utf-16"), "it is UTF-16"),
    "toml": (b'version = "1"\n[products.x]\nfr = "x"\n', "it is no CIS_COMPO_bdpm.txt: download"),
    "letters": (b"\x81\x81\x81\n", "it is no CIS_COMPO_bdpm.txt: download"),
    "specialties": (small()[CIS], "it is no CIS_COMPO_bdpm.txt, but a CIS_bdpm.txt: download"),
    "boxes": (small()[CIP], "it is no CIS_COMPO_bdpm.txt, but a CIS_CIP_bdpm.txt: download"),
    "classes": (small()[MITM], "it is no CIS_COMPO_bdpm.txt, but a CIS_MITM.txt: download"),
}


@pytest.mark.parametrize(("content", "problem"), WRONG.values(), ids=WRONG)
def test_a_file_of_a_wrong_kind(tmp_path: Path, content: bytes, problem: str) -> None:
    (told,) = refusal(write(tmp_path, {**small(), COMPO: content}))
    assert told.startswith(f"{tmp_path / COMPO}: it is ")
    assert problem in told


def test_each_file_of_a_wrong_kind_is_told(tmp_path: Path) -> None:
    swapped = {CIS: small()[COMPO], COMPO: small()[CIS], CIP: small()[MITM], MITM: small()[CIP]}
    assert len(refusal(write(tmp_path, swapped))) == 4


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 1 << 20)
    (told,) = refusal(write(tmp_path, {**small(), MITM: b" " * ((1 << 20) + 1)}))
    assert told.endswith("it is larger than 1 MB, as no file of BDPM is")
    found = bdpm.read(write(tmp_path, {**small(), MITM: small()[MITM].ljust(1 << 20)}))
    assert found.malformed == ()


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    folder = write(tmp_path, small())
    (folder / MITM).unlink()
    (folder / MITM).mkdir()
    (told,) = refusal(folder)
    assert told == f"{folder / MITM}: it is a folder, and not a file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    folder = write(tmp_path, small())
    (folder / MITM).unlink()
    os.mkfifo(folder / MITM)
    (told,) = refusal(folder)
    assert told == f"{folder / MITM}: it is not an ordinary file"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)  # who is root may read everything
    told = refusal(write_without_open(tmp_path))
    assert told[0] == f"{tmp_path / CIS}: it cannot be read: Permission denied"
    assert len(told) == 4


def write_without_open(folder: Path) -> Path:
    for name, content in small().items():
        descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT)
        os.write(descriptor, content)
        os.close(descriptor)
    return folder
