"""What a data file may hold: its tables, their keys and their types.

Every file may have every table: a clinic's own may add references and substances beside its
products. A fact stands in a table that names its source and the day on which somebody last
checked it against that source.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, Strict, StrictBool, StringConstraints

from mesomix.evidence import Evidence, Text
from mesomix.formulary.schema_types import Day, Identifier, Line, Measured, Names, Volume
from mesomix.vocabulary import Effect, MarketState, Per, Route


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
    """The title, or what the source is."""
    author: str = ""
    """Who wrote or published it."""
    date: str = ""
    """The day of the text, YYYY-MM-DD or less. Absent where the text is undated."""
    url: str = ""
    """Its address."""
    checked: Day
    """The day on which somebody last read it."""


class ConditionTable(Sourced):
    """A question about the patient; its source is one that asks it."""

    fr: Line
    """The name in French."""
    en: Line
    """The name in English."""
    names: Names = ()
    """Other ways to write it."""
    implies: tuple[Identifier, ...] = ()
    """The conditions that a patient with this one has as well."""
    younger_than_months: Annotated[int, Strict(), Field(gt=0)] | None = None
    """Whoever is younger than so many months has it, and nobody else: an age answers it."""


class ReachedFrom(Sourced):
    """An allergy to something outside a group that reaches the members of the group."""

    allergen: Identifier
    """A substance or a group."""
    evidence: Evidence
    """What says that it reaches them: a label, or less."""


class GroupTable(Sourced):
    """Substances that an allergy may reach together."""

    fr: Line
    """The name in French."""
    en: Line
    """The name in English."""
    names: Names = ()
    """Other ways to write the class."""
    evidence: Evidence
    """What says that an allergy to one member reaches the others: a label, or less."""
    atc: tuple[Line, ...] = ()
    """The ATC classes whose substances all belong to the group."""
    repeated: StrictBool = False
    """Whether two members in one mixture are a repetition."""
    outside_composition: StrictBool = False
    """Whether it may be in the equipment or the antisepsis, which no list of excipients tells."""
    reached_from: tuple[ReachedFrom, ...] = ()
    """Allergies to something outside the group that reach its members."""


class ContraindicationTable(Sourced):
    """A condition in which a substance is contraindicated or wants a precaution."""

    condition: Identifier
    """The id of the condition."""
    severity: Literal["refuse", "review"]
    """refuse for a contraindication; review for a warning or a precaution."""


class ReportedHarmTable(Sourced):
    """A published harm of this substance together with another."""

    other: Identifier
    """A substance or a group."""
    fr: Line
    """What was published, in French."""
    en: Line
    """What was published, in English."""


class MaximumDoseTable(Sourced):
    """The most of a substance that a label lets somebody have."""

    amount: Measured
    """A number and a UCUM code, such as 200 mg."""
    per: Per
    """dose for what is given at once; day for all that is given in one."""
    routes: tuple[Route, ...] = ()
    """The routes that the label says it of."""
    fr: Line | None = None
    """For whom, in French. Absent where the label names nobody."""
    en: Line | None = None
    """For whom, in English."""
    usual: StrictBool = False
    """Whether it is the most of the usual doses, of a label that states no maximum."""


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
    """ATC codes."""
    bdpm_codes: tuple[Line, ...] = ()
    """Substance codes of BDPM, five digits."""
    groups: tuple[Identifier, ...] = ()
    """The groups that it is a member of."""
    inert: StrictBool = False
    """Whether nobody is allergic to it, such as water: an excipient that explains no reaction."""
    contraindications: tuple[ContraindicationTable, ...] | None = None
    """Absent where nobody has looked; empty where somebody looked and found none."""
    mixing_forbidden: Sourced | None = None
    """The label's word that it must not be mixed with other products."""
    reported_harms: tuple[ReportedHarmTable, ...] = ()
    """Published harms together with another substance or group."""
    maximum_doses: tuple[MaximumDoseTable, ...] | None = None
    """What labels give as the most of it. Absent where nobody has looked; empty where somebody
    looked and found none."""

    @property
    def text(self) -> Text:
        """The name in both languages; English where no source confirms a French one."""
        return Text(self.fr or self.en, self.en)


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
    """Whether it is sold, no longer sold, or no longer registered."""
    since: Day | None = None
    """The day of the declaration. Absent where no source gives it."""


class ForbiddenRouteTable(Sourced):
    """A route that the label forbids."""

    route: Route
    """The route of administration."""


class AmountTable(Sourced):
    """How much of a substance a specialty holds."""

    substance: Identifier
    """The id of the substance, active or not."""
    fr: Line | None = None
    """What is counted, in French, where it is not the substance by its own name: a salt."""
    en: Line | None = None
    """The same in English."""
    amount: Measured
    """A number and a UCUM code, such as 250 mg."""
    volume: Volume | None = None
    """In how much of it, such as 2 mL. Absent where the source tells it of a container only."""
    part: StrictBool = False
    """Whether a part of the substance is counted, such as an element, beside the whole of it."""


class SpecialtyTable(Sourced):
    """A medicine as it is sold. Its own source is that of all but its sub-tables."""

    name: Line
    """The exact name, as BDPM writes it."""
    brand: Line
    """The name by which people ask for it."""
    other_names: Names = ()
    """Former names, and other spellings of the brand."""
    cis: Annotated[str, StringConstraints(pattern=r"^[0-9]{8}$")] | None = None
    """The CIS code of BDPM, eight digits."""
    cip13: tuple[Annotated[str, StringConstraints(pattern=r"^[0-9]{13}$")], ...] = ()
    """CIP13 codes, one for each pack, thirteen digits."""
    strength: Line
    """The strength, such as 10 mg/ml."""
    form: Line
    """The pharmaceutical form, in French."""
    routes: Annotated[tuple[Route, ...], Field(min_length=1)]
    """The routes of administration that it is registered for."""
    marketing: Marketing
    """Whether it can be had."""
    excipients: Excipients | None = None
    """Absent where nobody has looked."""
    forbidden_routes: tuple[ForbiddenRouteTable, ...] = ()
    """Routes that the label forbids."""
    containers: tuple[Volume, ...] = ()
    """The volumes of one ampoule or vial, of each pack that is or was sold."""
    amounts: tuple[AmountTable, ...] = ()
    """How much it holds of its active substances, and of excipients where a source tells it."""


class ProductTable(Sourced):
    """What can be injected. Its own source is that of its names and effects."""

    fr: Line
    """The name in French."""
    en: Line
    """The name in English."""
    names: Names = ()
    """Other ways to write it."""
    substances: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    """The ids of its active substances."""
    effects: tuple[Effect, ...]
    """The effects that it is injected for."""
    specialties: dict[Identifier, SpecialtyTable] = {}
    """The medicines that the name can mean, by id."""

    @property
    def text(self) -> Text:
        """The name in both languages."""
        return Text(self.fr, self.en)


class SuppressionTable(Table):
    """A finding of the linter that somebody has looked at, and that stands for a reason."""

    finding: Identifier
    """The id of the lint rule, such as `form-not-injected`."""
    at: Line
    """The path of the finding, or of a table that it is in, such as `products.magnesium`."""
    reason: Line
    """Why the data is right all the same."""
    author: Line
    """Who says so."""
    expires: Day
    """The last day on which it holds; somebody has to look again."""


class DataFile(Table):
    """A file of formulary data (TOML 1.0)."""

    version: str = ""
    """The version of the formulary; in the file with the products."""
    references: dict[Identifier, ReferenceTable] = {}
    """What facts and rules cite, by id."""
    conditions: dict[Identifier, ConditionTable] = {}
    """Questions about the patient, by id."""
    groups: dict[Identifier, GroupTable] = {}
    """Groups of substances, by id."""
    substances: dict[Identifier, SubstanceTable] = {}
    """Substances, active and excipients, by id."""
    products: dict[Identifier, ProductTable] = {}
    """What can be injected, by id."""
    suppressions: tuple[SuppressionTable, ...] = ()
    """Findings of the linter that stand for a reason. Nothing else reads them."""
