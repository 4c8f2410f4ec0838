"""`mesomix repairs`: its options, and what it prints."""

import argparse
from typing import Final

from mesomix.command_options import formulary_of, patient_of
from mesomix.evidence import Language, Text
from mesomix.report import Verdict
from mesomix.space_command.common import Output, add_common_options, as_json, products_of

NO_REPAIR: Final = 1
REVIEW: Final = 3
STATUS_HELP: Final = (
    "exit status, of the mixture as it was written: 0 no objection, 1 what was to be cleared cannot"
    " be, 3 a review, or there are repairs to choose from, 2 wrong use or unusable data"
)
_BY_SPECIALTY: Final = Text(
    "Les spécialités nommées n'ont pas été essayées : --specialties.",
    "The named specialties were not tried: --specialties.",
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the options of repairs."""
    parser.add_argument(
        "names", nargs="+", metavar="NAME", help='a product, as it is written: "Miorel 1 ml"'
    )
    add_common_options(parser)
    parser.add_argument(
        "--to",
        choices=[Verdict.REVIEW.value, Verdict.NO_OBJECTION.value],
        default=Verdict.REVIEW.value,
        help="clear any refusal, sure or possible (the default), or any question as well",
    )
    parser.add_argument("--most", type=_from_one, default=10, metavar="N", help="tell so many (10)")


def _from_one(text: str) -> int:
    if not text.isdecimal() or not int(text):
        message = "not a number from 1 on"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def run(asked: argparse.Namespace) -> Output:
    """The repairs in lines, and the exit status of the mixture as it was written."""
    from mesomix.space.repairs import repairs  # noqa: PLC0415 (only who repairs pays)
    from mesomix.space.repairs_text import repairs_text  # noqa: PLC0415 (as above)

    formulary = formulary_of(asked)
    found = repairs(
        formulary.mixture(*asked.names),
        patient_of(asked, formulary),
        formulary=formulary,
        to=Verdict(asked.to),
        products=products_of(asked, formulary),
        most=asked.most,
    )
    status = NO_REPAIR if found.exhaustive and not (found.found or found.cleared) else REVIEW
    if found.verdict is Verdict.NO_OBJECTION:
        status = 0
    if asked.json:
        return as_json(found.as_dict()), status
    lines = [*repairs_text(found, Language(asked.lang))]
    if status == NO_REPAIR and not asked.specialties:
        lines.append(_BY_SPECIALTY[Language(asked.lang)])
    return lines, status
