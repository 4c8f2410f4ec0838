"""Lint rules of gaps: what nobody has looked up yet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from mesomix.evidence import Text
from mesomix.formulary.paths import Path
from mesomix.formulary.schema import Sourced, SubstanceTable
from mesomix.linter.diagnostic import LintSeverity
from mesomix.linter.lint_rule import Problems, lint_rule
from mesomix.linter.lint_rules.sources import earliest_day
from mesomix.linter.tables import Data
from mesomix.vocabulary import NOT_INJECTED


@lint_rule(
    LintSeverity.GAP,
    fr="aucune spécialité de {product} n'est décrite",
    en="no specialty of {product} is described",
    help_fr="ajoutez [products.….specialties.…] : sans elle, ni forme ni excipients ne sont connus",
    help_en="add [products.….specialties.…]: without one, neither form nor excipients are known",
)
def specialties_not_listed(data: Data) -> Problems:
    """A product has no specialty: its form, its routes and its excipients are unknown."""
    for key, product in data.tables.products.items():
        if not product.specialties:
            yield specialties_not_listed.problem(
                "products", key, "specialties", product=product.text
            )


@lint_rule(
    LintSeverity.GAP,
    fr="liste d'excipients que personne n'a lue : {specialty}",
    en="nobody has read the list of excipients of {specialty}",
    help_fr="lisez la rubrique 6.1 du RCP, et ajoutez une table excipients",
    help_en="read section 6.1 of the SmPC, and add a table of excipients",
)
def excipients_not_reviewed(data: Data) -> Problems:
    """Nobody has read the list of excipients of a specialty."""
    for path, specialty in data.specialties():
        if specialty.excipients is None:
            yield excipients_not_reviewed.problem(*path, "excipients", specialty=specialty.name)


@lint_rule(
    LintSeverity.GAP,
    fr="liste d'excipients incomplète : {specialty}",
    en="the list of excipients of {specialty} is not complete",
    help_fr="lisez la rubrique 6.1 du RCP ; la liste entière lue, écrivez complete = true",
    help_en="read section 6.1 of the SmPC; when the whole list is there, write complete = true",
)
def excipients_incomplete(data: Data) -> Problems:
    """Only some excipients of a specialty are known."""
    for path, specialty in data.specialties():
        if specialty.excipients and not specialty.excipients.complete:
            step = (*path, "excipients", "complete")
            yield excipients_incomplete.problem(*step, specialty=specialty.name)


@lint_rule(
    LintSeverity.GAP,
    fr="contre-indications que personne n'a cherchées : {substance}",
    en="nobody has looked up the contraindications of {substance}",
    help_fr="lisez les rubriques 4.3 et 4.4 du RCP ; contraindications = [] s'il n'y en a pas ; "
    "signalez-le aux auteurs si la substance est livrée avec mesomix",
    help_en="read sections 4.3 and 4.4 of the SmPC; contraindications = [] where there is none; "
    "tell the authors where the substance ships with mesomix",
)
def contraindications_not_looked_up(data: Data) -> Problems:
    """Nobody has looked up the contraindications of an active substance of a product."""
    for path, name, substance in _active(data):
        if substance.contraindications is None:
            other: Path = ("substances", name, "contraindications")
            problem = contraindications_not_looked_up.problem
            yield problem(*path, others=(other,), substance=substance.text)


def _active(data: Data) -> Iterator[tuple[Path, str, SubstanceTable]]:
    """The active substances of each product, with where it names them and their ids."""
    for key, product in data.tables.products.items():
        for number, name in enumerate(product.substances):
            substance = data.tables.substances.get(name)
            if substance:
                yield ("products", key, "substances", number), name, substance


@lint_rule(
    LintSeverity.GAP,
    fr="quantités que personne n'a cherchées dans {specialty} : {missing}",
    en="nobody has looked up amounts of {specialty}: {missing}",
    help_fr="recopiez amounts et containers du RCP, rubriques 2 et 6.5, ou de la BDPM",
    help_en="copy amounts and containers from sections 2 and 6.5 of the SmPC, or from BDPM",
)
def amounts_not_looked_up(data: Data) -> Problems:
    """An injected specialty lacks the amount of an active substance, or its containers."""
    for path, specialty in data.specialties():
        if NOT_INJECTED.issuperset(specialty.routes):
            continue
        active = data.tables.products[str(path[1])].substances
        known = {amount.substance for amount in specialty.amounts if not amount.part}
        missing = [] if specialty.containers else [_CONTAINERS]
        unknown = [key for key in active if key not in known]
        substances = data.tables.substances
        missing += [substances[key].text for key in unknown if key in substances]
        if missing:
            yield amounts_not_looked_up.problem(
                *path,
                "containers" if missing == [_CONTAINERS] else "amounts",
                rests_on=((*path, "amounts"), (*path, "containers"), (*path[:2], "substances")),
                specialty=specialty.name,
                missing=Text(
                    ", ".join(text.fr for text in missing), ", ".join(text.en for text in missing)
                ),
            )


_CONTAINERS: Final = Text("la contenance des ampoules", "the volume of a container")


@lint_rule(
    LintSeverity.GAP,
    fr="dose maximale que personne n'a cherchée : {substance}",
    en="nobody has looked up the maximum dose of {substance}",
    help_fr="lisez la rubrique 4.2 du RCP ; maximum_doses = [] si elle n'en dit pas ; "
    "signalez-le aux auteurs si la substance est livrée avec mesomix",
    help_en="read section 4.2 of the SmPC; maximum_doses = [] where it tells none; "
    "tell the authors where the substance ships with mesomix",
)
def maximum_not_looked_up(data: Data) -> Problems:
    """Nobody has looked up the maximum dose of an active substance of a product."""
    for path, name, substance in _active(data):
        if substance.maximum_doses is None:
            other: Path = ("substances", name, "maximum_doses")
            yield maximum_not_looked_up.problem(*path, others=(other,), substance=substance.text)


@lint_rule(
    LintSeverity.GAP,
    fr="aucune source n'a à coup sûr moins de {limit} jours : {what}",
    en="no source of {what} is surely less than {limit} days old",
    help_fr="cherchez un texte plus récent, et citez-le ; une source sans date ne compte pas",
    help_en="look for a newer text, and cite it; a source without a date does not count",
    needs_date=True,
)
def no_recent_source(data: Data) -> Problems:
    """All texts that a product, its excipients or its contraindications rest on are old."""
    limit = data.max_age.days
    facts: defaultdict[Path, list[Sourced]] = defaultdict(list)
    for path, fact in data.facts:
        facts[path[:2]].append(fact)
    for key, product in data.tables.products.items():
        path = ("products", key)
        if not _is_recent(data, facts[path]):
            yield no_recent_source.problem(*path, at_key=True, what=product.text, limit=limit)
    for path, specialty in data.specialties():
        if specialty.excipients and not _is_recent(data, [specialty.excipients]):
            step = (*path, "excipients", "source")
            yield no_recent_source.problem(*step, what=specialty.name, limit=limit)
    for key, substance in data.injected().items():
        listed = substance.contraindications
        if listed and not _is_recent(data, listed):
            path = ("substances", key, "contraindications")
            yield no_recent_source.problem(*path, at_key=True, what=substance.text, limit=limit)


def _is_recent(data: Data, facts: Iterable[Sourced]) -> bool:
    """Whether one of the sources of `facts` is younger than the limit, or may be.

    An unknown reference, or a date that is none, is an error of its own.
    """
    cited = {identifier for fact in facts for identifier in (fact.source, *fact.also)}
    for identifier in cited:
        reference = data.tables.references.get(identifier)
        if reference is None:
            return True
        day = earliest_day(reference.date)
        if data.day() - day <= data.max_age if day else reference.date:
            return True
    return False
