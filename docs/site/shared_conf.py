"""What both builds of the site share: English in docs/, French in docs/fr/."""

from pathlib import Path
from typing import Any, Final

from mesomix._version import __version__

SITE: Final = Path(__file__).parent

OTHERS: Final = (
    *("collections", "datetime", "decimal", "fractions", "os", "pathlib", "types"),
    *("_duckdb", "narwhals", "numpy", "pa", "pyarrow", "pydantic"),
)
"""The libraries whose types the signatures name."""

NO_CLASSES: Final = (
    *("mesomix.batch.checking.Checked", "mesomix.batch.frames.Frame"),
    "mesomix.names.NameKey",
)
"""Type variables and a new name of `str`, which signatures name and no page tells."""

COLOURS: Final = {
    "light": {"color-brand-primary": "#0b5d6b", "color-brand-content": "#0b5d6b"},
    "dark": {"color-brand-primary": "#7fd3e0", "color-brand-content": "#7fd3e0"},
}


def settings(language: str) -> dict[str, Any]:
    """The settings of Sphinx for one language."""
    return {
        "project": "mesomix",
        "author": "the mesomix authors",
        "language": language,
        "release": __version__,
        "version": __version__,
        "html_title": f"mesomix {__version__}",
        "extensions": ["myst_parser", "sphinx.ext.autodoc", "mesomix_site"],
        "nitpicky": True,
        # Of other libraries, no page is linked: the site is read without a network.
        "nitpick_ignore": {("py:class", name) for name in NO_CLASSES},
        "nitpick_ignore_regex": [(r"py:.*", rf"({'|'.join(OTHERS)})(\..*)?")],
        "templates_path": [str(SITE / "templates")],
        **_pages(),
        **_look(),
    }


def _pages() -> dict[str, Any]:
    return {
        "myst_enable_extensions": ["attrs_block", "colon_fence", "fieldlist"],
        "myst_heading_anchors": 6,
        # A quotation is shown to the letter, and so is what a command prints.
        "smartquotes": False,
        # Docstrings write `code` as Markdown does.
        "default_role": "literal",
        "autodoc_default_options": {"members": True, "undoc-members": True},
        "autodoc_member_order": "bysource",
        "autodoc_preserve_defaults": True,
        "toc_object_entries_show_parents": "hide",
        "autodoc_typehints_format": "short",
        "python_use_unqualified_type_names": True,
        "python_display_short_literal_types": True,
        "python_maximum_signature_line_length": 88,
    }


def _look() -> dict[str, Any]:
    variables = {f"{theme}_css_variables": named for theme, named in COLOURS.items()}
    return {
        "html_theme": "furo",
        "html_theme_options": variables,
        "html_static_path": [str(SITE / "static")],
        "html_css_files": ["site.css"],
        "html_copy_source": False,
        "html_show_copyright": False,
        "html_domain_indices": False,
        "html_sidebars": {
            "**": [
                "sidebar/brand.html",
                "sidebar/search.html",
                "sidebar/scroll-start.html",
                "sidebar/navigation.html",
                "sidebar/scroll-end.html",
            ]
        },
    }
