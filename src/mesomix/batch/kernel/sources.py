"""What the tables are filled from."""

from dataclasses import dataclass, field
from threading import RLock

from mesomix.batch.kernel.codes import Codes
from mesomix.formulary import Formulary
from mesomix.planes import Planes


class TooMuchIsNew(Exception):  # noqa: N818 (it is no error, and reaches nobody)
    """That fewer rows have to be checked at once, lest the tables take all of the memory."""


@dataclass(slots=True)
class Sources:
    """What is asked where a table has nothing yet: by one thread at a time, who has the lock."""

    formulary: Formulary
    planes: Planes
    codes: Codes
    most_new: int | None
    """So much is learned at once; None for all that there is."""
    lock: RLock = field(default_factory=RLock)
    learned: int = 0
    """How many texts, mixtures, sets and so on were learned: what the memory grows with."""
    is_given_up: bool = False
    """Whether something was too large in the middle of learning: nobody may learn any more."""

    def meet(self, count: int) -> None:
        """So much more is to be learned now; who is told to is told before anything has changed.

        Raises TooMuchIsNew where that is too much, or it was given up.
        """
        if self.is_given_up or (self.most_new is not None and count > self.most_new):
            raise TooMuchIsNew
        self.learned += count

    def give_up(self) -> None:
        """Learn no more, since half of something was learned; raises TooMuchIsNew."""
        self.is_given_up = True
        raise TooMuchIsNew
