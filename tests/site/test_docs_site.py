"""The documentation, built: no warning, no dead link, nothing from elsewhere, every name in it."""

import importlib
import inspect
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from tempfile import gettempdir
from typing import Final

import build_site
import dead_links
import pytest
from docstrings import PUBLIC

import mesomix
from mesomix.evidence import Language

pytestmark = pytest.mark.site

DOCS: Final = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="session")
def folder(built_docs: tuple[Path, list[str]]) -> Path:
    return built_docs[0]


@pytest.fixture(scope="session")
def pages(folder: Path) -> dict[str, dead_links.Page]:
    """Every built page, by its name in the folder."""
    found = sorted(folder.rglob("*.html"))
    return {str(file.relative_to(folder)): dead_links.read(file) for file in found}


def test_the_sites_are_built_without_a_warning_or_a_dead_link(
    built_docs: tuple[Path, list[str]],
) -> None:
    assert built_docs[1] == []


def test_each_page_of_the_checkout_is_one_of_the_site(folder: Path) -> None:
    sources = [page for page in DOCS.rglob("*.md") if "site" not in page.parts]
    assert sources
    for source in sources:
        french = source.is_relative_to(DOCS / "fr")
        root, language = (DOCS / "fr", "fr") if french else (DOCS, "en")
        name = source.relative_to(root).with_suffix(".html")
        assert (folder / language / name).is_file(), source


def test_each_page_tells_its_language(pages: dict[str, dead_links.Page]) -> None:
    assert pages["index.html"].language == "fr"
    for name, page in pages.items():
        if name != "index.html":
            assert page.language == Path(name).parts[0], name


def test_each_page_that_both_sites_have_leads_to_the_other(
    pages: dict[str, dead_links.Page],
) -> None:
    shared = [name for name in pages if name.startswith("fr/") and f"en/{name[3:]}" in pages]
    assert {"fr/why.html", "fr/rules/pregnancy.html", "fr/traceability.html"} <= set(shared)
    for name in shared:
        same = name[3:]
        for page, other in ((name, f"en/{same}"), (f"en/{same}", name)):
            led = {(Path("/", page).parent / link).resolve() for link in pages[page].links}
            assert Path("/", other) in led, page


def test_no_page_loads_anything_from_elsewhere(pages: dict[str, dead_links.Page]) -> None:
    loads = {address for page in pages.values() for address in page.loads}
    assert any("/styles/furo.css" in address for address in loads)
    assert not [address for address in loads if re.match(r"(https?:)?//", address)]


def test_a_dead_link_and_a_load_from_elsewhere_are_found(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<a id="here" href="#here">'
        '<a href="gone.html"><a href="#nowhere"><a href="other.html#nowhere">'
        '<script src="https://example.org/a.js"></script><img src="gone.png">'
        '<link rel="stylesheet" href="//example.org/a.css"><link rel="next" href="gone.html">'
        "<style>@import 'https://example.org/b.css'; p { background: url(gone.svg) }</style>"
        '<p style="background: url(https://example.org/c.png)"><img srcset="gone.webp 2x">',
        encoding="utf-8",
    )
    (tmp_path / "other.html").write_text("<p id=there>", encoding="utf-8")
    (tmp_path / "a.css").write_text("@font-face { src: url(gone.woff) }", encoding="utf-8")
    said = dead_links.dead_links(tmp_path)
    assert sorted(said) == sorted(
        [
            "page.html: gone.html leads nowhere",
            "page.html: #nowhere leads nowhere",
            "page.html: other.html#nowhere leads nowhere",
            "page.html: gone.html leads nowhere",
            "page.html: https://example.org/a.js is loaded from elsewhere",
            "page.html: gone.png, which it loads, is not there",
            "page.html: //example.org/a.css is loaded from elsewhere",
            "page.html: https://example.org/b.css is loaded from elsewhere",
            "page.html: gone.svg, which it loads, is not there",
            "page.html: https://example.org/c.png is loaded from elsewhere",
            "page.html: gone.webp, which it loads, is not there",
            "a.css: gone.woff, which it loads, is not there",
        ]
    )


def test_a_warning_fails_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "source"
    source.mkdir()
    shutil.copy(DOCS / "fr" / "conf.py", source)
    (source / "index.md").write_text("# One\n\n[dead](gone.md)\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(DOCS / "site"))
    monkeypatch.setattr(build_site, "ROOTS", {Language.FR: source})
    wrong = build_site.build(tmp_path / "built")
    assert len(wrong) == 1
    assert "gone.md" in wrong[0]
    # Sphinx remembers what it has read; the second time it must not say less.
    assert build_site.build(tmp_path / "built") == wrong


class Documented(HTMLParser):
    """The objects of a page of the API, and the text under each."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self._name = ""
        self._within = 0
        self._in_signature = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "dt" and "sig-object" in (said.get("class") or "") and said.get("id"):
            self._name = str(said["id"])
            self.texts[self._name] = ""
        self._in_signature = self._in_signature or tag == "dt"
        if tag == "dd":
            self._within += 1

    def handle_endtag(self, tag: str) -> None:
        self._in_signature = self._in_signature and tag != "dt"
        if tag == "dd":
            self._within -= 1

    def handle_data(self, data: str) -> None:
        if self._name and self._within and not self._in_signature:
            self.texts[self._name] += data


@pytest.fixture(scope="session")
def documented(folder: Path) -> dict[str, str]:
    """What the API says of each name."""
    reader = Documented()
    for page in sorted((folder / "en" / "api").glob("*.html")):
        reader.feed(page.read_text(encoding="utf-8"))
    return reader.texts


@pytest.mark.parametrize("module", PUBLIC)
def test_every_public_name_is_documented(module: str, documented: dict[str, str]) -> None:
    public = importlib.import_module(module)
    for name in public.__all__:
        thing = getattr(public, name)
        if inspect.ismodule(thing):
            assert any(known.startswith(f"{thing.__name__}.") for known in documented), name
            continue
        known_as = {f"{module}.{name}", *(f"{other}.{name}" for other in PUBLIC)}
        found = [documented[one].strip() for one in known_as if one in documented]
        assert found, f"{module}.{name} is on no page"
        assert any(found), f"of {module}.{name} nothing is said"


def test_an_attribute_is_documented_with_its_type_and_docstring(
    folder: Path, documented: dict[str, str]
) -> None:
    said = documented["mesomix.Finding.certain"].strip()
    assert said.startswith("False when the rule cannot tell")
    assert "mesomix.Report.verdict" in documented
    results = (folder / "en" / "api" / "results.html").read_text(encoding="utf-8")
    _, _, verdict = results.partition('id="mesomix.Report.verdict"')
    assert 'href="#mesomix.Verdict"' in verdict.partition("</dt>")[0]


def tables(file: Path, name: str) -> int:
    """How many tables of an array the file has."""
    return file.read_text(encoding="utf-8").splitlines().count(f"[[{name}]]")


@pytest.mark.parametrize("language", list(Language))
def test_each_rule_has_a_page_with_each_case_of_its_file(
    language: Language, pages: dict[str, dead_links.Page]
) -> None:
    for rule in mesomix.RULES:
        file = DOCS.parent / "tests" / "cases" / f"{rule.id}.toml"
        written = tables(file, "case")
        anchors = pages[f"{language.value}/rules/{rule.id}.html"].anchors
        shown = {anchor for anchor in anchors if anchor.startswith(f"{rule.id}-case-")}
        assert shown == {f"{rule.id}-case-{number}" for number in range(1, written + 1)}


@pytest.mark.parametrize("language", list(Language))
def test_each_statement_has_its_row(language: Language, pages: dict[str, dead_links.Page]) -> None:
    written = tables(DOCS / "traceability.toml", "statement")
    anchors = pages[f"{language.value}/traceability.html"].anchors
    shown = {anchor for anchor in anchors if anchor.startswith("statement-")}
    assert shown == {f"statement-{number}" for number in range(1, written + 1)}


def test_each_notebook_is_a_page_with_what_came_out(folder: Path) -> None:
    notebooks = list((DOCS / "notebooks").glob("*.py"))
    assert notebooks
    for notebook in notebooks:
        page = folder / "fr" / "notebooks" / f"{notebook.stem}.html"
        assert '<section class="mesomix"' in page.read_text(encoding="utf-8"), notebook


def test_no_page_tells_a_path_of_the_machine(folder: Path) -> None:
    paths = (str(DOCS.parent), str(Path(gettempdir(), "tmp")), str(Path.home()))
    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not [path for path in paths if path in text], page


def test_the_version_of_the_site_is_that_of_mesomix(folder: Path) -> None:
    front = (folder / "en" / "index.html").read_text(encoding="utf-8")
    assert f"<title>mesomix {mesomix.__version__}</title>" in front
