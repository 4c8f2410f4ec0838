"""`mesomix diff`: its options, and what it prints."""

import argparse
from typing import TYPE_CHECKING, Any, Final

from mesomix.command_options import add_patient_options, patient_of
from mesomix.evidence import Language
from mesomix.formulary import load
from mesomix.space_command.common import Output, as_json

if TYPE_CHECKING:
    from mesomix.space.acknowledged import Acknowledged

NOT_ACKNOWLEDGED: Final = 1
STATUS_HELP: Final = (
    "exit status: 0 nothing became milder that is not acknowledged, 1 something did,"
    " 2 wrong use or unusable data"
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the options of a comparison."""
    for name in ("old", "new"):
        parser.add_argument(
            name, metavar=name.upper(), help="a TOML file; - for the products of mesomix"
        )
    add_patient_options(parser)
    parser.add_argument(
        "--acknowledged", metavar="FILE", help="a TOML file that gives the reasons for changes"
    )
    parser.add_argument(
        "--specialties", action="store_true", help="of the named specialties, and not of products"
    )
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--markdown", action="store_true", help="print it for a pull request")
    output.add_argument("--json", action="store_true", help="print it as JSON")


def run(asked: argparse.Namespace) -> Output:
    """The comparison in lines, and whether anything became milder without a reason given."""
    from mesomix.space.acknowledged import acknowledged  # noqa: PLC0415 (with pydantic)
    from mesomix.space.acknowledgements import NONE, read_acknowledgements  # noqa: PLC0415 (as above)
    from mesomix.space.diff import diff  # noqa: PLC0415 (as above)
    from mesomix.space.diff_text import diff_markdown, diff_text  # noqa: PLC0415 (as above)

    reasons = NONE if asked.acknowledged is None else read_acknowledgements(asked.acknowledged)
    old, new = (load(None if path == "-" else path) for path in (asked.old, asked.new))
    before, after = patient_of(asked, old), patient_of(asked, new)
    found = diff(
        old,
        new,
        None if before is None or after is None else (before, after),
        products=(old.specialties.values(), new.specialties.values())
        if asked.specialties
        else None,
    )
    left = acknowledged(found, reasons)
    status = 0 if left.complete else NOT_ACKNOWLEDGED
    if asked.json:
        return as_json(found.as_dict() | {"acknowledged": _plain_left(left)}), status
    text = diff_markdown if asked.markdown else diff_text
    return [text(found, Language(asked.lang), left).rstrip("\n")], status


def _plain_left(left: "Acknowledged") -> dict[str, Any]:
    return {
        "complete": left.complete,
        "open": [
            {"before": before.value, "after": after.value, "mixtures": count}
            for (before, after), count in left.open.items()
        ],
        "added": dict(left.added),
        "unmatched": [{"place": one.place, "about": one.about} for one in left.unmatched],
    }
