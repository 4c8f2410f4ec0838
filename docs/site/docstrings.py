"""What autodoc needs to be told of this library's docstrings and types."""

import ast
import importlib
import pkgutil
import re
import sys
from collections import Counter
from functools import cache
from inspect import getsource
from typing import Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.ext.napoleon import GoogleDocstring
from sphinx.pycode import ModuleAnalyzer

import mesomix

CONSTRUCTED: Final = frozenset(
    {
        *("mesomix.About", "mesomix.Citation", "mesomix.Rulebook", "mesomix.Session"),
        *("mesomix.Text", "mesomix.batch.Columns"),
    }
)
"""The classes that users construct. All others are made for them, and how is no part of the API."""

PUBLIC: Final = (
    *("mesomix", "mesomix.space", "mesomix.batch", "mesomix.bdpm", "mesomix.linter"),
    "mesomix.view",
)
"""The modules of which every public name is documented."""
_NAME: Final = re.compile(r"(?<![`:])`([A-Z]\w+(?:\.[a-z]\w*)?)`(?!`)")


def import_for_types() -> None:
    """Import all of mesomix, and give each module what it imports for type checkers only.

    A name in an annotation is then the class that it means, and leads to it.
    """
    for found in pkgutil.walk_packages(mesomix.__path__, "mesomix."):
        importlib.import_module(found.name)
    for name in [name for name in sys.modules if name.startswith("mesomix.")]:
        module = sys.modules[name]
        for statement in ast.parse(getsource(module)).body:
            if isinstance(statement, ast.If) and ast.unparse(statement.test) == "TYPE_CHECKING":
                imports = ast.Module(statement.body, [])
                exec(compile(imports, name, "exec"), vars(module))  # noqa: S102 (our own source)


def read_sections(
    _app: Sphinx, what: str, name: str, obj: object, options: Any, lines: list[str]
) -> None:
    """Read "Args:" as a section; in an attribute's docstring, a colon is no more than a colon."""
    if what in {"function", "method", "class", "exception"}:
        # Of its kind, napoleon asks only whether it is an attribute.
        read = GoogleDocstring(list(lines), None, None, "function", name, obj, options)
        lines[:] = read.lines()
    if what == "data":
        lines[:] = told_where_defined(name.rpartition(".")[2])


def link_names(
    _app: Sphinx, _what: str, _name: str, _obj: object, _options: Any, lines: list[str]
) -> None:
    """Let a public class that a docstring names in backticks lead to where it is told."""
    for number, line in enumerate(lines):
        lines[number] = _NAME.sub(_link, line)


def _link(found: re.Match[str]) -> str:
    name, _, attribute = found[1].partition(".")
    module = _public().get(name)
    if module is None:
        return found[0]
    thing = getattr(sys.modules[module], name)
    known = not attribute or attribute in {*dir(thing), *getattr(thing, "__annotations__", ())}
    return f":py:obj:`{found[1]} <{module}.{found[1]}>`" if known else found[0]


@cache
def _public() -> dict[str, str]:
    """The public classes of which only one has the name, each with its module."""
    modules = [importlib.import_module(name) for name in PUBLIC]
    named = [(name, module.__name__) for module in modules for name in module.__all__]
    counted = Counter(name for name, _ in named)
    return {name: module for name, module in named if name[0].isupper() and counted[name] == 1}


def told_where_defined(name: str) -> list[str]:
    """The docstring of a constant or an alias, from the module that gives it its value, if any."""
    for module in sorted(module for module in sys.modules if module.startswith("mesomix.")):
        told = ModuleAnalyzer.for_module(module).find_attr_docs().get(("", name))
        if told:
            return told
    return []


def add_dashes(_app: Sphinx, document: nodes.document) -> None:
    """Sphinx writes two hyphens after a parameter, and leaves the dash to what is switched off."""
    for content in document.findall(addnodes.desc_content):
        for text in list(content.findall(nodes.Text)):
            if text == " -- ":
                text.parent.replace(text, nodes.Text(" – "))


def hide_construction(
    _app: Sphinx, what: str, name: str, *_signature: object
) -> tuple[str, None] | None:
    """Show no signature of a class that users do not construct."""
    return ("", None) if what == "class" and name not in CONSTRUCTED else None
