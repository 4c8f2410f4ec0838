"""French spaces: a page breaks no line before a colon, within quotation marks, before a unit."""

from docutils import nodes
from sphinx.application import Sphinx

from mesomix.markup.elements import typeset


def glue_spaces(app: Sphinx, document: nodes.document, _page: str) -> None:
    """Typeset the texts of a French page, but for what is to be copied as it stands."""
    if app.config.language != "fr":
        return
    for text in document.findall(nodes.Text):
        if not isinstance(text.parent, nodes.literal | nodes.literal_block | nodes.raw):
            text.parent.replace(text, nodes.Text(typeset(text.astext().replace("\n", " "))))
