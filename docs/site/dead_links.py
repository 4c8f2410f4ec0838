"""Links of built pages that lead nowhere, and what a page would load from another machine."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

_LOADED: Final = {"href": {"link"}, "src": None, "srcset": None, "data": {"object"}}
"""The attributes that name what is loaded with a page, and of which elements; None for all."""
_NOT_LOADED: Final = {"next", "prev", "index", "search", "alternate", "canonical", "author"}
"""The `rel` of links that lead somewhere and load nothing."""
_IN_STYLE: Final = re.compile(r"@import\s+(?:url\()?['\"]?([^'\")\s;]+)|url\(\s*['\"]?([^'\")\s]+)")


@dataclass(slots=True)
class Page:
    """What one built page is linked by, leads to and loads."""

    anchors: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    language: str | None = None


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.page.anchors |= {said[name] for name in ("id", "name") if name in said}
        if tag == "html":
            self.page.language = said.get("lang")
        for name, elements in _LOADED.items():
            if name in said and (elements is None or tag in elements):
                leads = tag == "link" and said.get("rel") in _NOT_LOADED
                named = said[name].split(",") if name == "srcset" else [said[name]]
                found = [(one.split() or [""])[0] for one in named]  # a width may follow
                (self.page.links if leads else self.page.loads).extend(found)
        if tag in {"a", "area"} and "href" in said:
            self.page.links.append(said["href"])
        self.page.loads += addresses(said.get("style", ""))
        self._in_style = tag == "style"

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.page.loads += addresses(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"


def addresses(style: str) -> list[str]:
    """What a style sheet loads."""
    return [first or second for first, second in _IN_STYLE.findall(style)]


def read(file: Path) -> Page:
    """What a built page has."""
    reader = _Reader()
    reader.feed(file.read_text(encoding="utf-8"))
    return reader.page


def dead_links(folder: Path) -> list[str]:
    """What leads nowhere in the pages of `folder`, and what they load from elsewhere."""
    pages = {file.resolve(): read(file) for file in sorted(folder.rglob("*.html"))}
    said: list[str] = []
    for file, page in pages.items():
        name = file.relative_to(folder.resolve())
        said += [f"{name}: {link} leads nowhere" for link in page.links if _dead(link, file, pages)]
        said += [f"{name}: {problem}" for problem in _loaded(page.loads, file, pages)]
    for file in sorted(folder.rglob("*.css")):
        name = file.relative_to(folder)
        loads = addresses(file.read_text(encoding="utf-8"))
        said += [f"{name}: {problem}" for problem in _loaded(loads, file, pages)]
    return said


def _loaded(loads: list[str], file: Path, pages: dict[Path, Page]) -> Iterator[str]:
    for address in loads:
        if urlsplit(address).netloc or urlsplit(address).scheme not in {"", "data"}:
            yield f"{address} is loaded from elsewhere"
        elif _dead(address, file, pages):
            yield f"{address}, which it loads, is not there"


def _dead(link: str, file: Path, pages: dict[Path, Page]) -> bool:
    """Whether a link within the site leads to no file, or to no place in it."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return False
    target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
    if not target.is_file():
        return True
    anchor = unquote(parts.fragment)
    return bool(anchor) and target in pages and anchor not in pages[target].anchors
