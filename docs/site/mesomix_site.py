"""The Sphinx extension of this site: pages that are made, links, and the other language."""

import re
from typing import Any, Final

from checkout_pages import write_checkout_pages
from docstrings import add_dashes, hide_construction, import_for_types, link_names, read_sections
from docutils import nodes
from executed_cases import every_case
from french_spaces import glue_spaces
from languages import ROOTS, address, other
from links import LinkResolver, add_anchors
from notebook_pages import write_notebook_pages
from rule_pages import write_rule_pages
from sphinx.application import Sphinx
from traceability_page import write_traceability_page

from mesomix.evidence import Language


def setup(app: Sphinx) -> dict[str, Any]:
    """Register what this extension does."""
    app.connect("builder-inited", make_pages)
    app.connect("autodoc-process-docstring", read_sections)
    app.connect("autodoc-process-docstring", link_names)
    app.connect("autodoc-process-signature", hide_construction)
    app.connect("doctree-read", add_anchors)
    app.connect("doctree-read", add_dashes)
    app.connect("doctree-resolved", glue_spaces)
    app.connect("html-page-context", add_sibling)
    app.connect("html-page-context", mend_body, priority=900)  # after Furo has wrapped the tables
    app.add_post_transform(LinkResolver)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def make_pages(app: Sphinx) -> None:
    """Write the pages that are made of rules, cases and files."""
    write_checkout_pages()
    cases = every_case()
    for language in Language:  # each site has links to the pages of the other
        write_rule_pages(language, cases)
        write_traceability_page(language, cases)
    if app.config.language == "en":
        import_for_types()
    else:
        write_notebook_pages()


def add_sibling(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], _document: nodes.document
) -> None:
    """Tell the templates of a page where the same page is in the other language, or its first."""
    language = other(Language(app.config.language))
    same = page == "search" or (ROOTS[language] / f"{page}.md").exists()
    context["sibling"] = {
        "language": language.value,
        "address": address(page if same else "index", language, None, seen_from=page),
        "same": same,
    }


_SCROLLS: Final = {
    "<pre>": '<pre tabindex="0">',
    '<div class="table-wrapper': '<div tabindex="0" class="table-wrapper',
}
_SIGNATURE: Final = re.compile(r"<dl>\n((?:<dd>.*</dd>\n)+)</dl>")


def mend_body(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _document: nodes.document
) -> None:
    """Mend what keeps people out of a page.

    What scrolls sideways can be reached with the keyboard, and the parameters of a signature are
    no list of definitions that has no terms.
    """
    body: str = context.get("body", "")
    for written, reached in _SCROLLS.items():
        body = body.replace(written, reached)
    context["body"] = _SIGNATURE.sub(_parameters, body)


def _parameters(found: re.Match[str]) -> str:
    lines = found[1].replace("<dd>", '<span class="sig-line">').replace("</dd>", "</span>")
    return f'<span class="sig-lines">{lines}</span>'
