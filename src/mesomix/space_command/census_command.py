"""`mesomix census`: its options, and what it prints."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from mesomix.command_options import formulary_of, patient_of
from mesomix.evidence import Language
from mesomix.space_command.common import Output, add_common_options, as_json, products_of

if TYPE_CHECKING:
    from mesomix.space.patient_space import PatientSpace

MOST_LISTED: Final = 100_000
"""So many mixtures are listed at most."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the options of a census."""
    add_common_options(parser)
    parser.add_argument("--list", action="store_true", help="each mixture, with its verdict")


def run(asked: argparse.Namespace) -> Output:
    """The census in lines, or as JSON; ValueError when there are too many mixtures to list."""
    from mesomix.space.census import census_of  # noqa: PLC0415 (only who counts pays)
    from mesomix.space.census_text import census_text  # noqa: PLC0415 (as above)
    from mesomix.space.space import Space  # noqa: PLC0415 (as above)

    formulary = formulary_of(asked)
    patient = patient_of(asked, formulary)
    space = Space(formulary, products=products_of(asked, formulary))
    found = census_of(space, patient)
    if asked.list and found.total > MOST_LISTED:
        message = f"--list prints {MOST_LISTED} mixtures at most, and there are {found.total}"
        raise ValueError(message)
    if asked.json:
        listed = {"mixtures": [*_plain_mixtures(space.of(patient))]} if asked.list else {}
        return as_json(found.as_dict() | listed), 0
    lines = [*census_text(found, Language(asked.lang))]
    if asked.list:
        lines += ["", *_mixture_lines(space.of(patient), Language(asked.lang))]
    return lines, 0


def _mixture_lines(judged: "PatientSpace", language: Language) -> Iterator[str]:
    from mesomix.space.census_text import mixture_line  # noqa: PLC0415 (as above)

    for numbers, word in judged.mixtures():
        yield mixture_line(judged, numbers, word, language)


def _plain_mixtures(judged: "PatientSpace") -> Iterator[dict[str, Any]]:
    from mesomix.space.objection import objections  # noqa: PLC0415 (as above)

    planes = judged.space.planes
    for numbers, word in judged.mixtures():
        yield {
            "products": [*judged.space.ids(numbers)],
            "verdict": planes.verdict(word).value,
            "objections": [asdict(one) for one in objections(planes, word)],
        }
