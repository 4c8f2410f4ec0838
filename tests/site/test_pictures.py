"""The pictures of docs/images: all there, none too large, and each can be taken anew."""

from pathlib import Path

import pytest
from browsing import Browser
from pictures import IMAGES, LARGEST, taken

pytestmark = pytest.mark.site


def test_each_picture_can_be_taken_anew(
    browser: Browser, built_docs: tuple[Path, list[str]]
) -> None:
    pictures = dict(taken(browser, built_docs[0]))
    assert {f"{name}.png" for name in pictures} == {file.name for file in IMAGES.glob("*")}
    for picture in pictures.values():
        assert picture.startswith(b"\x89PNG")
        assert 10_000 < len(picture) <= LARGEST
    assert len(set(pictures.values())) == len(pictures)


def test_no_picture_is_too_large() -> None:
    for file in IMAGES.glob("*"):
        assert file.stat().st_size <= LARGEST, file
