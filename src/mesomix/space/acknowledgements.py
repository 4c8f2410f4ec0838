"""What somebody has looked at, and wants all the same: milder verdicts, each with a reason."""

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Self

import tomli
from pydantic import BaseModel, ConfigDict, Field, Strict, ValidationError, model_validator

from mesomix.formulary.files import DataError, Fault
from mesomix.formulary.paths import key_of
from mesomix.formulary.schema_types import Line
from mesomix.report import Verdict
from mesomix.space.causes import Of
from mesomix.space.joint import Change, is_milder
from mesomix.space.patient_space import LARGEST

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Ids = Annotated[tuple[Line, ...], Field(min_length=1, max_length=LARGEST)]
Count = Annotated[int, Strict(), Field(gt=0)]


class _Table(BaseModel):
    """A table of the file; a key that it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reason: Line
    """Why it is wanted all the same."""


class _Milder(_Table):
    """The same, of mixtures that became milder in one way."""

    patient: Line | None = None
    """For whom, as output has it ("epilepsy", "allergy: sulfites"). Without it, for a mixture by
    itself, for somebody without allergies and conditions, or for the patient who was described:
    it covers nobody with a condition or an allergy beside."""
    before: Verdict
    after: Verdict

    @property
    def change(self) -> Change:
        """From which verdict to which."""
        return self.before, self.after

    @model_validator(mode="after")
    def _must_be_milder(self) -> Self:
        if not is_milder(self.change):
            message = "`after` must be milder than `before`: nothing else needs an acknowledgement"
            raise ValueError(message)
        return self


class AcknowledgedCause(_Milder):
    """Objections that may go away of these things, and of no other."""

    objections: Annotated[tuple[Line, ...], Field(min_length=1)]
    """As output has them: "product-contraindicated: refuse"."""
    of: Of
    about: tuple[Ids, ...] | None = None
    """The ids of each product, each pair, or each mixture."""
    mixtures: Count | None = None
    """In the place of `about`, of a list that is too long: how many mixtures have this cause."""
    digest: Line | None = None
    """And what the list would be: `mixtures` alone would cover other products as well."""

    @model_validator(mode="after")
    def _must_say_of_what(self) -> Self:
        counted = (self.mixtures is not None, self.digest is not None)
        if {self.about is None} != {*counted}:
            message = "it needs `about`, or in its place `mixtures` and `digest`"
            raise ValueError(message)
        return self


class AcknowledgedMixture(_Milder):
    """One mixture that may become milder, whatever the cause."""

    products: Ids


class AcknowledgedProduct(_Table):
    """A product that may be added: mixtures of it that have no objection may appear."""

    product: Line


class AcknowledgedName(_Table):
    """A name that may mean something, something else, or nothing any more."""

    name: Line
    before: str | None = None
    """What it meant, as output has it; empty for nothing. Without it, whatever it was that it
    meant: it covers no name that is new."""
    after: str
    """What it means now, in the same way."""

    def covers(self, name: str, before: str, after: str) -> bool:
        """Whether it is a reason for that name to mean `after`, and no longer `before`."""
        meant = before != "" if self.before is None else before == self.before
        return meant and (name, after) == (self.name, self.after)


class Acknowledgements(BaseModel):
    """What a file of acknowledgements holds (TOML 1.0)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    causes: tuple[AcknowledgedCause, ...] = ()
    mixtures: tuple[AcknowledgedMixture, ...] = ()
    added: tuple[AcknowledgedProduct, ...] = ()
    names: tuple[AcknowledgedName, ...] = ()


NONE: Final = Acknowledgements()


def read_acknowledgements(path: str | PathLike[str]) -> Acknowledgements:
    """The acknowledgements in a TOML file.

    Raises DataError with every fault: a file that cannot be read, that is no TOML, a key that is
    unknown or missing, an empty reason.
    """
    name = str(path)
    try:
        raw = tomli.loads(Path(path).read_text(encoding="utf-8-sig"))
        return Acknowledgements.model_validate(raw)
    except OSError as error:
        fault = Fault(name, "", f"it cannot be read: {error.strerror}")
        raise DataError([fault]) from None
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        found = [Fault(name, key_of(fault["loc"]), _told(fault)) for fault in faults]
        raise DataError(found) from None
    except (ValueError, RecursionError) as error:  # of the path, the encoding or the TOML
        raise DataError([Fault(name, "", f"it is not TOML: {error}")]) from None


def _told(fault: "ErrorDetails") -> str:
    if fault["type"] == "string_too_short" and fault["loc"][-1] == "reason":
        return "somebody has to write here why it is wanted all the same"
    return fault["msg"]
