"""From the paths of data files to what they hold; every fault of every file at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from os import PathLike
from os.path import isdir
from typing import TYPE_CHECKING, Final

from mesomix.formulary.paths import key_of
from mesomix.names import printable

if TYPE_CHECKING:
    from pathlib import Path

    from mesomix.formulary.schema import DataFile

SHIPPED: Final = ("references.toml", "substances.toml", "products.toml")
"""The data files of the library, in the order of their loading."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with the data: the file, the key in it, and what is wrong."""

    file: str
    key: str
    """The path of the key, such as `products.piroxicam.effects[0]`; empty for a whole file."""
    problem: str

    def __str__(self) -> str:
        """The fault in one line without control characters."""
        place = f"{self.file}: {self.key}" if self.key else self.file
        return printable(f"{place}: {self.problem}")


class DataError(ValueError):
    """The data cannot be used. `faults` holds everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def shipped_folder() -> "Path":
    """Where the shipped data is: in the installed package, or in the checkout."""
    from pathlib import Path  # noqa: PLC0415 (a tenth of the import of mesomix)

    # An editable install leaves a copy elsewhere that grows stale: the checkout's own is read.
    packaged = Path(__file__).parents[1] / "data"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "data"


def read_files(path: str | PathLike[str] | None = None) -> "tuple[list[tuple[str, DataFile]], str]":
    """The shipped data files with their names, and the SHA-256 of their bytes.

    With `path`, that file takes the place of the shipped products; a folder, which has to hold
    files of all three names, that of all of them.

    Raises DataError with every fault: a file that cannot be read, that is no UTF-8 or no TOML, a
    key that is unknown, missing or of a wrong type.
    """
    import hashlib  # noqa: PLC0415 (with OpenSSL: only who loads pays)
    from pathlib import Path  # noqa: PLC0415 (see shipped_folder)

    shipped = shipped_folder()
    sources = [(name, shipped / name) for name in SHIPPED]
    if path is not None and isdir(path):  # noqa: PTH112 (Path.is_dir raises where it may not look)
        # One that is missing is an error: a shipped one is never taken in its place.
        sources = [(str(Path(path) / name), Path(path) / name) for name in SHIPPED]
    elif path is not None:
        sources[-1] = (str(Path(path)), Path(path))  # in place of the products
    faults: list[Fault] = []
    tables: list[tuple[str, DataFile]] = []
    digest = hashlib.sha256()
    for name, source in sources:
        try:
            content = source.read_bytes()
        except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
            reason = error.strerror if isinstance(error, OSError) else None
            faults.append(Fault(name, "", f"it cannot be read: {reason or 'not a path'}"))
            continue
        digest.update(content)
        found = _parse(name, content)
        if isinstance(found, list):
            faults += found
        else:
            tables.append((name, found))
    if faults:
        raise DataError(faults)
    return tables, digest.hexdigest()


def _parse(name: str, content: bytes) -> "DataFile | list[Fault]":
    # These take longer to import than the rest of mesomix: only who loads pays.
    import tomli  # noqa: PLC0415 (as said)
    from pydantic import ValidationError  # noqa: PLC0415 (as said)

    from mesomix.formulary.schema import DataFile  # noqa: PLC0415 (as said)

    try:
        raw = tomli.loads(content.decode("utf-8-sig"))  # editors on Windows write a mark first
    except UnicodeDecodeError as error:
        return [Fault(name, "", f"it is not UTF-8: byte {error.start}")]
    except RecursionError:
        return [Fault(name, "", "it is nested too deeply")]
    except ValueError as error:  # tomli's own error is one, and so is an integer of 4,301 digits
        return [Fault(name, "", f"it is not TOML: {error}")]
    try:
        return DataFile.model_validate(raw)
    except ValidationError as error:
        return [
            Fault(name, _key(fault["loc"]), fault["msg"])
            for fault in error.errors(include_url=False, include_context=False, include_input=False)
        ]


def _key(location: tuple[int | str, ...]) -> str:
    return key_of(location).replace(".[key]", " (as a key)")
