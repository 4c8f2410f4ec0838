"""`mesomix gaps`: what it prints."""

import argparse

from mesomix.command_options import formulary_of, patient_of
from mesomix.evidence import Language
from mesomix.space_command.common import Output, as_json, products_of


def run(asked: argparse.Namespace) -> Output:
    """What is not known, in lines or as JSON."""
    from mesomix.space.gaps import gaps  # noqa: PLC0415 (only who asks for it pays)
    from mesomix.space.gaps_text import gaps_text  # noqa: PLC0415 (as above)

    formulary = formulary_of(asked)
    patient = patient_of(asked, formulary)
    found = gaps(formulary, patient, products=products_of(asked, formulary))
    if asked.json:
        return as_json(found.as_dict()), 0
    return [*gaps_text(found, Language(asked.lang))], 0
