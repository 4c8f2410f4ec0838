"""`mesomix shadow`: what it prints."""

import argparse

from mesomix.command_options import formulary_of, patient_of
from mesomix.evidence import Language
from mesomix.space_command.common import Output, as_json, products_of


def run(asked: argparse.Namespace) -> Output:
    """What is taken away, in lines or as JSON; ValueError when no patient is described."""
    from mesomix.space.shadow import shadow  # noqa: PLC0415 (only who asks for it pays)
    from mesomix.space.shadow_text import shadow_text  # noqa: PLC0415 (as above)

    formulary = formulary_of(asked)
    patient = patient_of(asked, formulary)
    if patient is None:
        message = "a shadow is of a patient: describe one, as with --allergy or --has"
        raise ValueError(message)
    found = shadow(patient, formulary, products=products_of(asked, formulary))
    if asked.json:
        return as_json(found.as_dict()), 0
    return [*shadow_text(found, Language(asked.lang))], 0
