"""From the data files and written names to products, mixtures and patients."""

from mesomix.formulary.amounts import Written
from mesomix.formulary.files import DataError, Fault
from mesomix.formulary.formulary import Formulary, UnknownNameError, load

__all__ = ["DataError", "Fault", "Formulary", "UnknownNameError", "Written", "load"]
