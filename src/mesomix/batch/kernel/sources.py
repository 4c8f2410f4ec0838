"""What the tables are filled from."""

from dataclasses import dataclass, field
from threading import RLock

from mesomix.batch.kernel.codes import Codes
from mesomix.formulary import Formulary
from mesomix.planes import Planes


class TooMuchIsNew(Exception):  # noqa: N818 (it is no error, and reaches nobody)
    """That fewer rows have to be checked at once, lest the tables take all of the memory."""


class Learning:
    """The lock under which something is learned.

    Where a rule fails in the middle, what was learned of it is only half there: numbers would come
    to mean something else. So nobody learns any more.
    """

    def __init__(self) -> None:
        self._lock = RLock()
        self.is_given_up = False

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        # Who is told that too much is new is told before anything has changed.
        if kind is not None and kind is not TooMuchIsNew:
            self.is_given_up = True
        self._lock.release()


@dataclass(slots=True)
class Sources:
    """What is asked where a table has nothing yet: by one thread at a time, who has the lock."""

    formulary: Formulary
    planes: Planes
    codes: Codes
    most_new: int | None
    """So much is learned at once; None for all that there is."""
    lock: Learning = field(default_factory=Learning)
    learned: int = 0
    """How many texts, mixtures, sets and so on were learned: what the memory grows with."""

    def meet(self, count: int) -> None:
        """So much more is to be learned now; who is told to is told before anything has changed.

        Raises TooMuchIsNew where that is too much, or it was given up.
        """
        if self.lock.is_given_up or (self.most_new is not None and count > self.most_new):
            raise TooMuchIsNew
        self.learned += count

    def give_up(self) -> None:
        """Learn no more, since half of something was learned; raises TooMuchIsNew."""
        self.lock.is_given_up = True
        raise TooMuchIsNew
