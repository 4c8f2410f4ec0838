from pathlib import PureWindowsPath

import pytest

from mesomix.linter.formats import paths
from mesomix.linter.formats.paths import slashed, uri


@pytest.mark.parametrize(
    ("file", "written"),
    [
        ("data/products.toml", "data/products.toml"),
        ("./data//a.toml", "data/a.toml"),
        ("../a.toml", "../a.toml"),
        ("a b%20é#?.toml", "a%20b%2520%C3%A9%23%3F.toml"),
        ("c:a.toml", "c%3Aa.toml"),
        ("a\n\\.toml", "a%0A%5C.toml"),
        ("a\udce9.toml", "a%5Cudce9.toml"),
        ("/data/a b.toml", "file:///data/a%20b.toml"),
    ],
)
def test_a_path_becomes_a_uri(file: str, written: str) -> None:
    assert uri(file) == written


def test_on_windows_the_slashes_are_turned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_path", PureWindowsPath)
    assert slashed(".\\data\\a.toml") == "data/a.toml"
    assert uri("data\\a.toml") == "data/a.toml"
    assert uri("C:\\data\\a b.toml") == "file:///C:/data/a%20b.toml"
