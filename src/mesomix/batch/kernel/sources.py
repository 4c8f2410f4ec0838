"""What the tables are filled from."""

from dataclasses import dataclass, field
from threading import RLock

from mesomix.batch.kernel.codes import Codes
from mesomix.formulary import Formulary
from mesomix.planes import Planes


@dataclass(slots=True)
class Sources:
    """What is asked where a table has nothing yet: by one thread at a time, who has the lock."""

    formulary: Formulary
    planes: Planes
    codes: Codes
    lock: RLock = field(default_factory=RLock)
    learned: int = 0
    """How many texts, mixtures, sets and so on were learned: what the memory grows with."""
