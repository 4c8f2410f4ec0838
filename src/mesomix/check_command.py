"""`mesomix check`: its options, and what it prints."""

import argparse
import json
import os
import shutil
import sys
import textwrap

from mesomix import measures
from mesomix.command_options import (
    EXIT_STATUS,
    add_data_options,
    add_patient_options,
    effect_named,
    everywhere,
    formulary_of,
    from_text,
    patient_of,
)
from mesomix.rules import RULES
from mesomix.session import Session


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the options of a check."""
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help='a product, as it is written: "Miorel 1 ml"'
    )
    parser.add_argument(
        "--per-day",
        action="append",
        metavar="NAME",
        help="all of a product in the day, this mixture included: only doses are checked",
    )
    add_patient_options(parser)
    parser.add_argument(
        "--depth",
        type=from_text(measures.millimetres),
        metavar="MM",
        help="how deep it is injected",
    )
    parser.add_argument(
        "--days-since-last",
        type=from_text(measures.whole),
        metavar="N",
        help="since the last session",
    )
    parser.add_argument(
        "--session-number",
        type=from_text(measures.whole),
        metavar="N",
        help="1 is the first session",
    )
    parser.add_argument(
        "--effect", action="append", type=effect_named, metavar="EFFECT", help="an effect sought"
    )
    add_data_options(parser)
    parser.add_argument(
        "--output-format", choices=["text", "json", "html", "markdown"], default="text"
    )


def run(asked: argparse.Namespace) -> tuple[list[str], int]:
    """The report on what was asked, in lines, and the exit status of its verdict."""
    formulary = formulary_of(asked)
    mixture = formulary.mixture(*asked.names, effects=asked.effect or (), per_day=asked.per_day)
    report = RULES.check(mixture, patient_of(asked, formulary), _session(asked))
    if asked.output_format == "json":
        text = report.model_dump_json(indent=2)
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        if encoding.lower() != "utf-8":
            text = json.dumps(json.loads(text), indent=2)  # ASCII, which is JSON everywhere
    elif asked.output_format == "html":
        text = everywhere(report.card(asked.lang).page())
    elif asked.output_format == "markdown":
        text = report.markdown(asked.lang).rstrip("\n")
    else:
        terminal = sys.stdout is not None and sys.stdout.isatty()
        text = report.text(asked.lang, colour=terminal and not os.environ.get("NO_COLOR"))
        if terminal:
            text = _wrapped(text, shutil.get_terminal_size().columns)
    return [text], EXIT_STATUS[report.verdict]


def _wrapped(text: str, width: int) -> str:
    """`text` with its lines broken between words, and each rest under its beginning."""
    lines: list[str] = []
    for line in text.split("\n"):
        indent = " " * (len(line) - len(line.lstrip()) + 2)
        # French does not break a line inside of these; a NUL is in no text that is printable.
        glued = line.replace("« ", "«\0").replace(" »", "\0»").replace(" :", "\0:")
        lines += textwrap.wrap(glued, width, subsequent_indent=indent, break_on_hyphens=False) or [
            ""
        ]
    return "\n".join(lines).replace("\0", " ")


def _session(asked: argparse.Namespace) -> Session | None:
    """The session, or None when no option speaks of one."""
    given = (asked.depth, asked.days_since_last, asked.session_number)
    if all(value is None for value in given):
        return None
    depth, days, number = given
    return Session(depth_mm=depth, days_since_last=days, number=number)
