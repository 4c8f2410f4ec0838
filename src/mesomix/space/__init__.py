"""Every mixture of a formulary at once: counted, compared, and repaired.

A mixture holds at most three products, so all of them can be known. `census` counts them by
verdict, `diff` tells which verdicts change with the formulary or the rules, `sweep` does so for
each patient for whom it matters, `repairs` tells what clears the objections to one mixture,
`shadow` what an allergy or a condition takes away, and `gaps` which unknown facts matter most.
`Space` and `PatientSpace` are what these count with.
"""

from mesomix.space.acknowledged import Acknowledged, Unmatched, acknowledged
from mesomix.space.acknowledgements import Acknowledgements, read_acknowledgements
from mesomix.space.causes import Cause, Of
from mesomix.space.census import Census, RuleCount, census, census_of
from mesomix.space.changed import Changed
from mesomix.space.diff import CHANGES, Comparison, Diff, diff
from mesomix.space.gaps import Gap, Gaps, gaps
from mesomix.space.meanings import Moved, moved_names
from mesomix.space.objection import Objection
from mesomix.space.patient_space import PatientSpace
from mesomix.space.repairs import Repair, Repairs, repairs
from mesomix.space.said import Said
from mesomix.space.shadow import Shadow, shadow
from mesomix.space.space import Space
from mesomix.space.sweep import Profile, Swept, sweep

__all__ = [
    "CHANGES",
    "Acknowledged",
    "Acknowledgements",
    "Cause",
    "Census",
    "Changed",
    "Comparison",
    "Diff",
    "Gap",
    "Gaps",
    "Moved",
    "Objection",
    "Of",
    "PatientSpace",
    "Profile",
    "Repair",
    "Repairs",
    "RuleCount",
    "Said",
    "Shadow",
    "Space",
    "Swept",
    "Unmatched",
    "acknowledged",
    "census",
    "census_of",
    "diff",
    "gaps",
    "moved_names",
    "read_acknowledgements",
    "repairs",
    "shadow",
    "sweep",
]
