"""What the commands about all mixtures of a formulary have in common."""

import argparse
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from mesomix.command_options import add_data_options, add_patient_options
from mesomix.formulary import Formulary
from mesomix.model import Product

Output = tuple[list[str], int]
"""The lines that a command prints, and its exit status."""

COUNT_STATUS_HELP: Final = "exit status: 0 counted, 2 wrong use or unusable data"


@dataclass(frozen=True, slots=True)
class SpaceCommand:
    """A command about all mixtures of a formulary."""

    name: str
    purpose: str
    status_help: str
    add_options: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], Output]


def add_common_options(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the options that name the data, a patient and what is mixed."""
    add_data_options(parser)
    add_patient_options(parser)
    parser.add_argument(
        "--specialties",
        action="store_true",
        help="of the named specialties, and not of products in an unknown specialty",
    )
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def products_of(asked: argparse.Namespace, formulary: Formulary) -> Iterable[Product] | None:
    """The products that are mixed; None for those of the formulary."""
    return formulary.specialties.values() if asked.specialties else None


def as_json(found: dict[str, Any]) -> list[str]:
    """What was found, as lines of JSON."""
    return [json.dumps(found, indent=2)]  # ASCII: JSON on every terminal
