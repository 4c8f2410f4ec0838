"""The path of a data file, as other programs look it up in a repository."""

from typing import TYPE_CHECKING

from mesomix.names import as_text

if TYPE_CHECKING:
    from pathlib import PurePath


def slashed(file: str) -> str:
    """The path with forward slashes and no leading "./", as repositories have theirs."""
    return _path(file).as_posix()


def uri(file: str) -> str:
    """The path as a relative URI, or as a file's when it is absolute."""
    from urllib.parse import quote  # noqa: PLC0415 (only who asks for such a format pays)

    path = as_text(slashed(file))
    if not _path(file).is_absolute():
        # A colon would make a scheme of what stands before it.
        return quote(path, safe="/")
    # A drive stands where a host would, and its colon stays.
    return quote(f"file://{'' if path.startswith('/') else '/'}{path}", safe="/:")


def _path(file: str) -> "PurePath":
    from pathlib import PurePath  # noqa: PLC0415 (only who asks for such a format pays)

    return PurePath(file)
