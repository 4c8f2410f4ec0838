"""Links of pages to what the site of their language does not have.

A page is read on the site and in the checkout alike, so its links are paths of the checkout. MyST
follows those within one site, and makes a download of a file that is no page. What is left leads
to a page of the other language, to one that is made of a file outside of docs/, or to a folder.
"""

from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from checkout_pages import PAGES
from docutils import nodes
from languages import CHECKOUT, DOCS, address, page_of
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from mesomix.evidence import Language

_PAGES: Final = {CHECKOUT / file: DOCS / f"{page}.md" for file, page in PAGES.items()}


class LinkResolver(SphinxPostTransform):
    """Lead each such link where the site has what it means; MyST warns of those that remain."""

    default_priority = 8  # MyST's own is 9

    def run(self, **_: Any) -> None:
        """Resolve the links of one page."""
        for link in list(self.document.findall(addnodes.pending_xref)):
            if link["reftype"] == "myst":
                self._resolve(link)

    def _resolve(self, link: addnodes.pending_xref) -> None:
        path, anchor = self._target(link)
        if path.is_dir() and path.is_relative_to(CHECKOUT):
            link.replace_self(link.children)  # a folder is nothing that a browser can open
            return
        page = page_of(_PAGES.get(path, path))
        if page is None:
            return
        language, name = page
        if language is not Language(self.config.language):
            uri = address(name, language, anchor, seen_from=self.env.docname)
            reference = nodes.reference("", "", refuri=uri, internal=True, hreflang=language.value)
            reference += link.children
            link.replace_self(reference)
        elif name in self.env.all_docs:
            link["refdomain"], link["reftarget"], link["reftargetid"] = "doc", name, anchor

    def _target(self, link: addnodes.pending_xref) -> tuple[Path, str | None]:
        """The file that a link means, and the heading."""
        if link["refdomain"] == "doc":
            source = Path(self.env.srcdir, f"{link['reftarget']}.md")
            return source.resolve(), link["reftargetid"]
        target, _, anchor = unquote(link["reftarget"]).partition("#")
        folder = Path(self.env.doc2path(self.env.docname)).parent
        # A bare "#heading" is MyST's; without a path it would mean the folder.
        return (folder / target).resolve() if target else Path(), anchor or None


def add_anchors(app: Sphinx, document: nodes.document) -> None:
    """Each heading has the anchor that a forge gives it too: links are the same there and here."""
    slugs = app.env.metadata[app.env.docname].get("myst_slugs", {})
    anchors = {section: slug for slug, (_, section, _) in slugs.items()}
    for section in document.findall(nodes.section):
        slug = next((anchors[name] for name in section["ids"] if name in anchors), None)
        if slug and slug not in section["ids"]:
            section["ids"].append(slug)
