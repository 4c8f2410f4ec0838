"""Notebooks: run, and exported to one page of HTML, of which a browser needs nothing else."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from jinja2 import DictLoader
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

SECONDS: Final = 60
OFFLINE: Final = """
{%- extends 'lab/index.html.j2' -%}
{%- block html_head_js -%}{%- endblock -%}
{%- block html_head_js_mathjax -%}{%- endblock -%}
{%- block html_head_js_mermaidjs -%}{%- endblock -%}
"""
"""nbconvert's own page without the scripts that it would fetch, which are for formulas."""


def notebook_of(cells: Iterable[str]) -> NotebookNode:
    """A notebook of these cells."""
    return new_notebook(cells=[new_code_cell(cell) for cell in cells])


def run(notebook: Any, folder: Path) -> NotebookNode:
    """A notebook, as nbformat or jupytext has it, once its cells were run in a folder."""
    resources = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", resources=resources)
    return client.execute()


def exported(notebook: NotebookNode, *, dark: bool = False) -> str:
    """The page that nbconvert makes of a notebook."""
    exporter = HTMLExporter(
        theme="dark" if dark else "light",
        template_file="offline.html.j2",
        extra_loaders=[DictLoader({"offline.html.j2": OFFLINE})],
    )
    page, _ = exporter.from_notebook_node(notebook)
    return page
