"""The French public medicines database (BDPM), from the files that a user has downloaded.

>>> from mesomix import bdpm
>>> found = bdpm.read("bdpm")  # doctest: +SKIP
>>> found.specialties["61885204"].name  # doctest: +SKIP

mesomix ships none of these files, and asks no server for them.
"""

from mesomix.bdpm.database import Bdpm
from mesomix.bdpm.files import FILES, BdpmError
from mesomix.bdpm.reading import read
from mesomix.bdpm.rows import MalformedRow
from mesomix.bdpm.specialties import BdpmPresentation, BdpmSpecialty, BdpmSubstance

__all__ = [
    "FILES",
    "Bdpm",
    "BdpmError",
    "BdpmPresentation",
    "BdpmSpecialty",
    "BdpmSubstance",
    "MalformedRow",
    "read",
]
