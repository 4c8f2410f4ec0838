"""The tutorial notebooks as pages: run when the site is built, and shown with what came out."""

import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import jupytext
import wording
from generated import write
from languages import DOCS, ROOTS
from nbclient import NotebookClient

from mesomix.evidence import Language

NOTEBOOKS: Final = DOCS / "notebooks"
LANGUAGE: Final = Language.FR
"""Their language, with lines of English: the site that they are pages of."""
SECONDS: Final = 120
"""For one cell, on a machine that does much else."""
_LOG: Final = logging.getLogger(__name__)
_LOG.setLevel(logging.WARNING)  # what goes well is not told


def write_notebook_pages() -> None:
    """Run each notebook, and write what is to be read of it."""
    folder = ROOTS[LANGUAGE] / "notebooks"
    sources = sorted(NOTEBOOKS.glob("*.py"))
    pages = {folder / f"{source.stem}.md": notebook_page(source) for source in sources}
    index = [
        f"# {wording.NOTEBOOKS[LANGUAGE]}\n",
        f"{wording.NOTEBOOKS_INTRO[LANGUAGE]}\n",
        "```{toctree}",
        *(source.stem for source in sources),
        "```\n",
    ]
    write(folder, pages | {folder / "index.md": "\n".join(index)})


def notebook_page(source: Path) -> str:
    """A notebook in Markdown, with its outputs. Raises CellExecutionError when a cell fails."""
    with TemporaryDirectory() as name:
        folder = str(Path(name).resolve())
        notebook: Any = jupytext.read(source)
        client = NotebookClient(
            notebook,
            timeout=SECONDS,
            kernel_name="python3",
            # It would warn of other users of this machine, who could listen to it.
            extra_arguments=["--IPKernelApp.log_level=40"],
            resources={"metadata": {"path": folder}},
            log=_LOG,
        )
        # What it writes to a temporary folder is written within this one.
        cells: list[Any] = client.execute(env=os.environ | {"TMPDIR": folder}).cells
    first, *rest = cells
    file = f"[{source.name}](../../notebooks/{source.name})"
    lines = [first.source, "", wording.NOTEBOOK[LANGUAGE].format(file=file), ""]
    for cell in rest:
        lines += told(cell)
    # Where it ran is nobody's business, and differs from build to build.
    return re.sub(rf"{re.escape(folder)}(/tmp\w+)?", ".", "\n".join(lines))


def told(cell: Any) -> Iterator[str]:
    """The lines of a cell, in Markdown."""
    if cell.cell_type == "markdown":
        yield f"{cell.source}\n"
        return
    yield f"````python\n{cell.source}\n````\n"
    for output in cell.outputs:
        if output.output_type == "stream":
            yield f"````text\n{output.text.rstrip()}\n````\n"
        elif "text/html" in output.data:
            html = output.data["text/html"]
            if 'class="dataframe"' in html:  # of pandas, which may be wider than the page
                html = f'<div class="table-wrapper">{html}</div>'
            yield f"``````{{raw}} html\n{html}\n``````\n"
        else:
            yield f"````text\n{output.data['text/plain']}\n````\n"
