"""What a data file may hold: its tables, their keys and their types.

Every file may have every table: a clinic's own may add references and substances beside its
products. A fact stands in a table that names its source and the day on which somebody last
checked it against that source.
"""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, Strict, StrictBool, StringConstraints

from mesomix.evidence import Evidence
from mesomix.vocabulary import Effect, MarketState, Route, Severity

Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""A text of at least one character."""
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""An id: lower case letters and digits, in words joined by dashes."""
Names = tuple[Line, ...]
Day = Annotated[date, Strict()]
"""A TOML date, not a text that looks like one."""


class Table(BaseModel):
    """A table of a data file; a key that it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Sourced(Table):
    """A fact with its source."""

    source: Identifier
    """The id of a reference, where the fact stands."""
    place: str = ""
    """The section or heading of the reference."""
    quote: str = ""
    """At most a few words of the reference, to the letter."""
    also: tuple[Identifier, ...] = ()
    """Other references that say so."""
    checked: Day
    """The day on which somebody last checked the fact against the source."""


class ReferenceTable(Table):
    """A document, a product label or a database that facts and rules cite."""

    title: Line
    author: str = ""
    date: str = ""
    """The day of the text, YYYY-MM-DD or less. Absent where the text is undated."""
    url: str = ""
    checked: Day
    """The day on which somebody last read it."""


class ConditionTable(Sourced):
    """A question about the patient; its source is one that asks it."""

    fr: Line
    en: Line
    names: Names = ()
    """Other ways to write it."""
    implies: tuple[Identifier, ...] = ()
    """The conditions that a patient with this one has as well."""


class ReachedFrom(Sourced):
    """An allergy to something outside a group that reaches the members of the group."""

    allergen: Identifier
    """A substance or a group."""
    evidence: Evidence


class GroupTable(Sourced):
    """Substances that an allergy may reach together."""

    fr: Line
    en: Line
    names: Names = ()
    """Other ways to write the class."""
    evidence: Evidence
    """What says that an allergy to one member reaches the others: a label, or less."""
    repeated: StrictBool = False
    """Whether two members in one mixture are a repetition."""
    reached_from: tuple[ReachedFrom, ...] = ()


class ContraindicationTable(Sourced):
    """A condition in which a substance is contraindicated or wants a precaution."""

    condition: Identifier
    severity: Severity
    """refuse for a contraindication; review for a warning or a precaution."""


class ReportedHarmTable(Sourced):
    """A published harm of this substance together with another."""

    other: Identifier
    """A substance or a group."""
    fr: Line
    en: Line


class SubstanceTable(Sourced):
    """A substance, active or excipient. Its own source is that of its names, codes and groups."""

    en: Line
    """The INN in English."""
    fr: Line | None = None
    """The name in French. Absent where no source confirms one."""
    names: Names = ()
    """Synonyms, and the names of salts and esters."""
    brands: Names = ()
    """Brands that hold it, for names that no product of a formulary has."""
    atc: tuple[Line, ...] = ()
    bdpm_codes: tuple[Line, ...] = ()
    """Substance codes of BDPM, five digits."""
    groups: tuple[Identifier, ...] = ()
    inert: StrictBool = False
    """Whether nobody is allergic to it, such as water: an excipient that explains no reaction."""
    contraindications: tuple[ContraindicationTable, ...] | None = None
    """Absent where nobody has looked; empty where somebody looked and found none."""
    mixing_forbidden: Sourced | None = None
    """The label's word that it must not be mixed with other products."""
    reported_harms: tuple[ReportedHarmTable, ...] = ()


class Excipients(Sourced):
    """The excipients of a specialty."""

    present: tuple[Identifier, ...]
    """Substances that the source names."""
    possible: tuple[Identifier, ...] = ()
    """Substances that part of its stock may hold, such as an older formula."""
    complete: StrictBool
    """Whether `present` is the whole list, and not the notable ones only."""


class Marketing(Sourced):
    """Whether a specialty can be had."""

    state: MarketState
    since: Day | None = None
    """The day of the declaration. Absent where no source gives it."""


class ForbiddenRouteTable(Sourced):
    """A route that the label forbids."""

    route: Route


class SpecialtyTable(Sourced):
    """A medicine as it is sold. Its own source is that of all but its sub-tables."""

    name: Line
    """The exact name, as BDPM writes it."""
    brand: Line
    """The name by which people ask for it."""
    other_names: Names = ()
    """Former names, and other spellings of the brand."""
    cis: Annotated[str, StringConstraints(pattern=r"^[0-9]{8}$")] | None = None
    cip13: tuple[Annotated[str, StringConstraints(pattern=r"^[0-9]{13}$")], ...] = ()
    strength: Line
    form: Line
    routes: Annotated[tuple[Route, ...], Field(min_length=1)]
    marketing: Marketing
    excipients: Excipients | None = None
    """Absent where nobody has looked."""
    forbidden_routes: tuple[ForbiddenRouteTable, ...] = ()


class ProductTable(Sourced):
    """What can be injected. Its own source is that of its names and effects."""

    fr: Line
    en: Line
    names: Names = ()
    substances: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    effects: tuple[Effect, ...]
    specialties: dict[Identifier, SpecialtyTable] = {}


class DataFile(Table):
    """A file of formulary data (TOML 1.0)."""

    version: str = ""
    """The version of the formulary; in the file with the products."""
    references: dict[Identifier, ReferenceTable] = {}
    conditions: dict[Identifier, ConditionTable] = {}
    groups: dict[Identifier, GroupTable] = {}
    substances: dict[Identifier, SubstanceTable] = {}
    products: dict[Identifier, ProductTable] = {}
