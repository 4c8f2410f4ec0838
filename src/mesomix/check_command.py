"""`mesomix check`: its options, and what it prints."""

import argparse
import json
import os
import shutil
import sys
import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from mesomix import measures
from mesomix.evidence import Language
from mesomix.formulary import Formulary, load
from mesomix.names import fold
from mesomix.report import Verdict
from mesomix.request import Patient
from mesomix.rules import RULES
from mesomix.session import Session
from mesomix.vocabulary import Effect

if TYPE_CHECKING:
    from mesomix.bdpm import Bdpm

EXIT_STATUS = {Verdict.NO_OBJECTION: 0, Verdict.REFUSE: 1, Verdict.REVIEW: 3}
T = TypeVar("T")


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
    parser.add_argument("--allergy", action="append", metavar="TEXT", help="an allergy")
    parser.add_argument("--no-known-allergy", action="store_true", help="asked, and none is known")
    parser.add_argument("--has", action="append", metavar="FACT", help="a condition: yes")
    parser.add_argument("--without", action="append", metavar="FACT", help="a condition: no")
    parser.add_argument("--nothing-else", action="store_true", help="no to every other condition")
    parser.add_argument(
        "--age", type=_from(measures.years), metavar="YEARS", help='in years, or "30 months"'
    )
    parser.add_argument(
        "--depth", type=_from(measures.millimetres), metavar="MM", help="how deep it is injected"
    )
    parser.add_argument(
        "--days-since-last", type=_from(measures.whole), metavar="N", help="since the last session"
    )
    parser.add_argument(
        "--session-number", type=_from(measures.whole), metavar="N", help="1 is the first session"
    )
    parser.add_argument(
        "--effect", action="append", type=effect, metavar="EFFECT", help="an effect sought"
    )
    parser.add_argument("--formulary", metavar="FILE", help="a TOML file in place of the products")
    parser.add_argument(
        "--bdpm", metavar="DIR", help="a folder with the files of the French medicines database"
    )
    parser.add_argument("--output-format", choices=["text", "json"], default="text")


def run(asked: argparse.Namespace) -> tuple[list[str], int]:
    """The report on what was asked, in lines, and the exit status of its verdict."""
    if asked.allergy and asked.no_known_allergy:
        message = "--allergy and --no-known-allergy contradict each other"
        raise ValueError(message)
    formulary = load(asked.formulary, bdpm=_bdpm(asked))
    mixture = formulary.mixture(*asked.names, effects=asked.effect or (), per_day=asked.per_day)
    report = RULES.check(mixture, _patient(asked, formulary), _session(asked))
    if asked.output_format == "json":
        text = report.model_dump_json(indent=2)
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        if encoding.lower() != "utf-8":
            text = json.dumps(json.loads(text), indent=2)  # ASCII, which is JSON everywhere
    else:
        terminal = sys.stdout is not None and sys.stdout.isatty()
        text = report.text(asked.lang, colour=terminal and not os.environ.get("NO_COLOR"))
        if terminal:
            text = _wrapped(text, shutil.get_terminal_size().columns)
    return [text], EXIT_STATUS[report.verdict]


def _bdpm(asked: argparse.Namespace) -> "Bdpm | None":
    """BDPM, as it was read; what it lacks, or what was not understood, is said on stderr."""
    if asked.bdpm is None:
        return None
    from mesomix import bdpm  # noqa: PLC0415 (only who has the files needs it)

    found = bdpm.read(asked.bdpm)
    if sys.stderr is not None:
        sys.stderr.writelines(f"{line}\n" for line in found.shortcomings(Language(asked.lang)))
    return found


def effect(text: str) -> Effect:
    """The effect of that name, in French or in English."""
    for effect in Effect:
        if fold(text) in {fold(effect.value), fold(effect.text.fr)}:
            return effect
    message = f"no such effect; known: {', '.join(effect.value for effect in Effect)}"
    raise argparse.ArgumentTypeError(message)


def _from(reader: Callable[[str], T]) -> Callable[[str], T]:
    """`reader`, whose error tells what is wanted: argparse would repeat what was written."""

    def read(text: str) -> T:
        try:
            return reader(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return read


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


def _patient(asked: argparse.Namespace, formulary: Formulary) -> Patient | None:
    """The patient, or None when no option speaks of one."""
    described = [asked.allergy, asked.no_known_allergy, asked.has, asked.without]
    if not any(described) and asked.age is None and not asked.nothing_else:
        return None
    affirmed = dict.fromkeys(asked.has or (), True)
    denied = dict.fromkeys(asked.without or (), False)
    if affirmed.keys() & denied.keys():
        message = "one condition is given to --has and to --without"
        raise ValueError(message)
    return formulary.patient(
        allergies=asked.allergy or ([] if asked.no_known_allergy else None),
        facts={**affirmed, **denied},
        age=asked.age,
        nothing_else=asked.nothing_else,
    )


def _session(asked: argparse.Namespace) -> Session | None:
    """The session, or None when no option speaks of one."""
    given = (asked.depth, asked.days_since_last, asked.session_number)
    if all(value is None for value in given):
        return None
    depth, days, number = given
    return Session(depth_mm=depth, days_since_last=days, number=number)
