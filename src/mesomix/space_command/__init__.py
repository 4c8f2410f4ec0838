"""`mesomix census|diff|repairs|shadow|gaps`: the commands about all mixtures of a formulary."""

from typing import Final

from mesomix.space_command import (
    census_command,
    diff_command,
    gaps_command,
    repairs_command,
    shadow_command,
)
from mesomix.space_command.common import COUNT_STATUS_HELP, SpaceCommand, add_common_options

COMMANDS: Final = (
    SpaceCommand(
        "census",
        "count all mixtures of a formulary by their verdict",
        COUNT_STATUS_HELP,
        census_command.add_options,
        census_command.run,
    ),
    SpaceCommand(
        "diff",
        "say which mixtures have another verdict in another formulary",
        diff_command.STATUS_HELP,
        diff_command.add_options,
        diff_command.run,
    ),
    SpaceCommand(
        "repairs",
        "find the least changes of a mixture that clear the objections to it",
        repairs_command.STATUS_HELP,
        repairs_command.add_options,
        repairs_command.run,
    ),
    SpaceCommand(
        "shadow",
        "say what the allergies and conditions of a patient take away",
        COUNT_STATUS_HELP,
        add_common_options,
        shadow_command.run,
    ),
    SpaceCommand(
        "gaps",
        "rank what is not known by how many mixtures knowing it would settle",
        COUNT_STATUS_HELP,
        add_common_options,
        gaps_command.run,
    ),
)
"""The commands, in the order of the help."""
