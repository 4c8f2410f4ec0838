"""The options by which commands are told of the data and of a patient, and what is made of them."""

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from mesomix import measures
from mesomix.evidence import Language
from mesomix.formulary import Formulary, load
from mesomix.names import fold
from mesomix.report import Verdict
from mesomix.request import Patient
from mesomix.vocabulary import Effect

if TYPE_CHECKING:
    from mesomix.bdpm import Bdpm

EXIT_STATUS: Final = {Verdict.NO_OBJECTION: 0, Verdict.REFUSE: 1, Verdict.REVIEW: 3}
T = TypeVar("T")


def add_formulary_option(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the option that names a formulary."""
    parser.add_argument(
        "--formulary",
        metavar="FILE",
        help="a TOML file in place of the products, or a folder in place of all data",
    )


def add_data_options(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the options that name the data."""
    add_formulary_option(parser)
    parser.add_argument(
        "--bdpm", metavar="DIR", help="a folder with the files of the French medicines database"
    )


def formulary_of(asked: argparse.Namespace) -> Formulary:
    """The formulary that `asked` names; what BDPM lacks, or was not understood, goes to stderr."""
    return load(asked.formulary, bdpm=_bdpm(asked))


def _bdpm(asked: argparse.Namespace) -> "Bdpm | None":
    """BDPM, as it was read."""
    if asked.bdpm is None:
        return None
    from mesomix import bdpm  # noqa: PLC0415 (only who has the files needs it)

    found = bdpm.read(asked.bdpm)
    if sys.stderr is not None:
        sys.stderr.writelines(f"{line}\n" for line in found.shortcomings(Language(asked.lang)))
    return found


def everywhere(page: str) -> str:
    """A page of HTML as standard output can have it: in ASCII where that is not UTF-8."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    if encoding.lower() != "utf-8":
        page = page.encode("ascii", "xmlcharrefreplace").decode()
    return page.rstrip("\n")


def add_patient_options(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the options that describe a patient."""
    parser.add_argument("--allergy", action="append", metavar="TEXT", help="an allergy")
    parser.add_argument("--no-known-allergy", action="store_true", help="asked, and none is known")
    parser.add_argument("--has", action="append", metavar="FACT", help="a condition: yes")
    parser.add_argument("--without", action="append", metavar="FACT", help="a condition: no")
    parser.add_argument("--nothing-else", action="store_true", help="no to every other condition")
    parser.add_argument(
        "--age", type=from_text(measures.years), metavar="YEARS", help='in years, or "30 months"'
    )


def patient_of(asked: argparse.Namespace, formulary: Formulary) -> Patient | None:
    """The patient, or None when no option speaks of one."""
    if asked.allergy and asked.no_known_allergy:
        message = "--allergy and --no-known-allergy contradict each other"
        raise ValueError(message)
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


def effect_named(text: str) -> Effect:
    """The effect of that name, in French or in English."""
    for effect in Effect:
        if fold(text) in {fold(effect.value), fold(effect.text.fr)}:
            return effect
    message = f"no such effect; known: {', '.join(effect.value for effect in Effect)}"
    raise argparse.ArgumentTypeError(message)


def from_text(reader: Callable[[str], T]) -> Callable[[str], T]:
    """`reader`, whose error tells what is wanted: argparse would repeat what was written."""

    def read(text: str) -> T:
        try:
            return reader(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return read
