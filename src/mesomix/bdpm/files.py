"""From a folder to the texts of the four files of BDPM that mesomix reads."""

import re
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

LARGEST: Final = 64 * 1024 * 1024
"""Bytes. The largest of the files has 4 MB."""

_SITE: Final = "base-donnees-publique.medicaments.gouv.fr"
DOWNLOAD: Final = f"download it again from {_SITE}"

_MARK: Final = b"\xef\xbb\xbf"
"""What some editors put before UTF-8."""

_ANY: Final = r"[^\t]*+"
_FILLED: Final = r" *+[^\t ][^\t]*+"  # possessive, here and below: a page of blanks is read once
_CIS: Final = "[0-9]{8}"


class BdpmError(ValueError):
    """The files of BDPM cannot be used. `problems` has one line for each that is wrong."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True, slots=True)
class FileKind:
    """One of the files: its name, and what its columns hold."""

    name: str
    columns: tuple[tuple[str, str], ...]
    """The name of each column in French, as the database's own page has it, and its pattern."""
    fewest: int
    """How many columns a row has at least: some versions leave out what others leave empty."""
    required: bool = False

    def row(self) -> re.Pattern[str]:
        """What a row of this file is. Empty columns at its end are no fault of it."""
        patterns = [pattern for _, pattern in self.columns]
        sure, rest = patterns[: self.fewest], patterns[self.fewest :]
        ends = "".join(f"(?:\t{pattern}" for pattern in rest) + ")?+" * len(rest)
        return re.compile("\t".join(sure) + ends + "[\t ]*+")


SPECIALTIES: Final = FileKind(
    "CIS_bdpm.txt",
    (
        ("code CIS", _CIS),
        ("dénomination", _FILLED),
        ("forme pharmaceutique", _ANY),
        ("voies d’administration", _ANY),
        ("statut administratif", _ANY),
        ("type de procédure", _ANY),
        ("état de commercialisation", _ANY),
        ("date d’AMM", "(?:[0-9]{2}/[0-9]{2}/[0-9]{4})?+"),
        ("statut BDPM", _ANY),
        ("numéro européen", _ANY),
        ("titulaires", _ANY),
        ("surveillance renforcée", _ANY),
    ),
    fewest=12,
    required=True,
)
COMPOSITION: Final = FileKind(
    "CIS_COMPO_bdpm.txt",
    (
        ("code CIS", _CIS),
        ("élément pharmaceutique", _ANY),
        ("code de la substance", "[0-9]{5}"),
        ("dénomination de la substance", _FILLED),
        ("dosage", _ANY),
        ("référence du dosage", _ANY),
        ("nature du composant", "(?:SA|FT)"),
        ("numéro de liaison", _ANY),
    ),
    fewest=8,
    required=True,
)
PRESENTATIONS: Final = FileKind(
    "CIS_CIP_bdpm.txt",
    (
        ("code CIS", _CIS),
        ("code CIP7", _ANY),
        ("libellé", _ANY),
        ("statut administratif", _ANY),
        ("état de commercialisation", _ANY),
        ("date de déclaration", _ANY),
        ("code CIP13", "[0-9]{13}"),
        ("agrément aux collectivités", _ANY),
        ("taux de remboursement", _ANY),
        ("prix", _ANY),
        ("prix public", _ANY),
        ("honoraires", _ANY),
        ("indications", _ANY),
    ),
    fewest=7,
)
CLASSES: Final = FileKind(
    "CIS_MITM.txt",
    (
        ("code CIS", _CIS),
        ("code ATC", "(?:[A-Z](?:[0-9]{2}(?:[A-Z](?:[A-Z](?:[0-9]{2})?)?)?)?)?+"),
        ("dénomination", _ANY),
        ("adresse", _ANY),
    ),
    fewest=4,
)
KINDS: Final = (SPECIALTIES, COMPOSITION, PRESENTATIONS, CLASSES)
"""In the order in which they are read, and their bytes hashed."""

FILES: Final = tuple(kind.name for kind in KINDS)
"""The names of the files that are read; the first two have to be there."""


def read_folder(folder: str | PathLike[str]) -> dict[FileKind, bytes]:
    """The bytes of the files that `folder` has.

    Raises BdpmError, with a line for each file that cannot be read or is no text.
    """
    from pathlib import Path  # noqa: PLC0415 (a tenth of the import of mesomix)

    place = Path(folder)
    try:
        is_folder, exists = place.is_dir(), place.exists()
    except OSError as error:
        message = f"{place}: the folder of BDPM cannot be looked into: {error.strerror}"
        raise BdpmError(message) from None
    if not is_folder:
        what = "is a file: name the folder that it lies in" if exists else "does not exist"
        message = f"{place}: the folder of BDPM {what}"
        raise BdpmError(message)
    found: dict[FileKind, bytes] = {}
    problems: list[str] = []
    for kind in KINDS:
        read = _read(place / kind.name, kind)
        if isinstance(read, bytes):
            found[kind] = read
        elif read:
            problems.append(f"{place / kind.name}: {read}")
    if problems:
        raise BdpmError(*problems)
    return found


def _read(path: "Path", kind: FileKind) -> bytes | str:
    """The bytes of a file, or what is wrong with it; nothing when it may be absent, and is."""
    try:
        if path.is_dir():
            return "it is a folder, and not a file"
        if path.exists() and not path.is_file():  # reading a pipe might never end
            return "it is not an ordinary file"
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        return f"it is absent: download it from {_SITE}" if kind.required else ""
    except OSError as error:
        return f"it cannot be read: {error.strerror}"
    return _not_a_text(content) or content


def _not_a_text(content: bytes) -> str:
    """Why these bytes are surely none of the files; empty when they may be one."""
    beginning = content[:1024].removeprefix(_MARK).lstrip()
    suspicions = (
        (len(content) > LARGEST, f"it is larger than {LARGEST >> 20} MB, as no file of BDPM is"),
        (beginning.startswith(b"PK"), "it is a zip archive: unpack it first"),
        (beginning.startswith((b"<", b"{")), f"it is a page of the web: {DOWNLOAD}"),
        (beginning.startswith((b"\xff\xfe", b"\xfe\xff")), f"it is UTF-16: {DOWNLOAD}"),
        (b"\0" in content, f"it is no text: {DOWNLOAD}"),
        (not content.strip(_MARK + b" \t\r\n"), f"it is empty: {DOWNLOAD}"),
    )
    return next((why for suspected, why in suspicions if suspected), "")


def decode(content: bytes) -> str:
    """The text of a file of BDPM, whose encodings differ; its lines end with one newline each.

    A byte that is no letter in either encoding becomes U+FFFD, which equals nothing in a name.
    """
    content = content.removeprefix(_MARK)
    try:
        text = content.decode()
    except UnicodeDecodeError:
        # "Ã©" stands nowhere in French: such a file is UTF-8 with some damaged lines.
        if b"\xc3\xa9" in content:
            text = "\n".join(map(_decode_line, content.splitlines()))
        else:
            text = content.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_line(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
