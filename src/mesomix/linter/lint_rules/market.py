"""Lint rules of the state of the market: what BDPM says of each specialty that has a CIS."""

from collections.abc import Iterator
from typing import Final

from mesomix.bdpm import Bdpm, BdpmSpecialty
from mesomix.evidence import Text
from mesomix.formulary.paths import Path
from mesomix.formulary.schema import ProductTable, SpecialtyTable
from mesomix.linter.diagnostic import LintSeverity
from mesomix.linter.lint_rule import Problems, lint_rule
from mesomix.linter.lint_rules.compositions import differences, uncoded
from mesomix.linter.lint_rules.strengths import compared
from mesomix.linter.tables import Data
from mesomix.names import fold
from mesomix.vocabulary import MarketState, Route

BOXES: Final = "CIS_CIP_bdpm.txt"
"""The file with the CIP13 codes, which may be absent."""

_AUTHORISED: Final = fold("Autorisation active")
_ENDED: Final = {fold(f"Autorisation {word}") for word in ("abrogée", "archivée", "retirée")}
_SOLD: Final = {fold("Commercialisée"): True, fold("Non commercialisée"): False}
_ROUTES: Final = {fold(route.text.fr): route for route in Route}


def _found(data: Data) -> Iterator[tuple[Path, ProductTable, SpecialtyTable, BdpmSpecialty]]:
    """The specialties that BDPM has, each with the steps to it and with what BDPM has."""
    known = data.market().specialties
    for path, specialty in data.specialties():
        if specialty.cis and specialty.cis in known:
            product = data.tables.products[str(path[1])]
            yield path, product, specialty, known[specialty.cis]


def state_of(found: BdpmSpecialty) -> MarketState | None:
    """Whether BDPM says that it can be had; None in words that are not known, or suspended."""
    authorisation = fold(found.authorisation)
    if authorisation in _ENDED:
        return MarketState.WITHDRAWN
    sold = _SOLD.get(fold(found.marketing))
    if authorisation != _AUTHORISED or sold is None:
        return None
    return MarketState.MARKETED if sold else MarketState.STOPPED


def _unread(bdpm: Bdpm) -> set[str | None]:
    """The CIS of the specialties that BDPM has in a row that could not be read."""
    return {row.cis for row in bdpm.malformed if row.file == "CIS_bdpm.txt" and not row.read}


@lint_rule(
    LintSeverity.WARNING,
    fr="la BDPM n'a pas de spécialité {cis} ({name})",
    en="BDPM has no specialty {cis} ({name})",
    help_fr='corrigez le code ; si elle n\'y est plus, écrivez state = "withdrawn"',
    help_en='mend the code; where BDPM has it no longer, write state = "withdrawn"',
    needs_bdpm=True,
)
def cis_not_in_bdpm(data: Data) -> Problems:
    """BDPM has no specialty of a CIS, and the data does not say that it is withdrawn."""
    known, unread = data.market().specialties, _unread(data.market())
    for path, specialty in data.specialties():
        cis = specialty.cis
        withdrawn = specialty.marketing.state is MarketState.WITHDRAWN
        if cis and cis not in known and cis not in unread and not withdrawn:
            yield cis_not_in_bdpm.problem(*path, "cis", cis=cis, name=specialty.name)


@lint_rule(
    LintSeverity.WARNING,
    fr="la spécialité {cis} s'appelle dans la BDPM « {name} »",
    en="the specialty {cis} is called {name!r} in BDPM",
    help_fr="recopiez le nom de la BDPM, ou corrigez le code",
    help_en="copy the name from BDPM, or mend the code",
    needs_bdpm=True,
)
def name_unlike_bdpm(data: Data) -> Problems:
    """BDPM gives the specialty of a CIS another name."""
    for path, _, specialty, found in _found(data):
        if fold(specialty.name) != fold(found.name):
            yield name_unlike_bdpm.problem(
                *path, "name", others=((*path, "cis"),), cis=found.cis, name=found.name
            )


@lint_rule(
    LintSeverity.ERROR,
    fr="la composition de {name} ({cis}) diffère de la BDPM : {why}",
    en="the composition of {name} ({cis}) is not that of BDPM: {why}",
    help_fr="corrigez le code CIS, les substances du produit, ou leurs bdpm_codes",
    help_en="mend the CIS, the substances of the product, or their bdpm_codes",
    needs_bdpm=True,
)
def substance_unlike_bdpm(data: Data) -> Problems:
    """BDPM gives a specialty a substance that its product lacks, or lacks one of the product's."""
    for path, product, _, found in _found(data):
        for why in differences(data, product, found):
            yield substance_unlike_bdpm.problem(
                *path,
                "cis",
                others=((*path[:2], "substances"),),
                name=found.name,
                cis=found.cis,
                why=why,
            )


@lint_rule(
    LintSeverity.WARNING,
    fr="« {strength} » n'est pas le dosage de la BDPM : {theirs}",
    en="{strength!r} is not the strength that BDPM gives: {theirs}",
    help_fr="recopiez le dosage de la BDPM, ou corrigez le code CIS",
    help_en="copy the strength from BDPM, or mend the CIS",
    needs_bdpm=True,
)
def strength_unlike_bdpm(data: Data) -> Problems:
    """BDPM gives a specialty another strength."""
    for path, _, specialty, found in _found(data):
        if compared(specialty.strength, found) is False:
            theirs = ", ".join(f"{s.name} {s.strength}/{s.reference}" for s in found.composition)
            yield strength_unlike_bdpm.problem(
                *path, "strength", strength=specialty.strength, theirs=theirs
            )


@lint_rule(
    LintSeverity.WARNING,
    fr="« {form} » n'est pas la forme de la BDPM : « {theirs} »",
    en="{form!r} is not the form that BDPM gives: {theirs!r}",
    help_fr="recopiez la forme de la BDPM, ou corrigez le code CIS",
    help_en="copy the form from BDPM, or mend the CIS",
    needs_bdpm=True,
)
def form_unlike_bdpm(data: Data) -> Problems:
    """BDPM gives a specialty another form."""
    for path, _, specialty, found in _found(data):
        if fold(specialty.form) != fold(found.form):
            yield form_unlike_bdpm.problem(*path, "form", form=specialty.form, theirs=found.form)


@lint_rule(
    LintSeverity.WARNING,
    fr="les voies de la BDPM sont autres : {theirs}",
    en="BDPM gives other routes: {theirs}",
    help_fr="recopiez les voies de la BDPM, ou corrigez le code CIS",
    help_en="copy the routes from BDPM, or mend the CIS",
    needs_bdpm=True,
)
def routes_unlike_bdpm(data: Data) -> Problems:
    """BDPM gives a specialty a route that the data has not, or lacks one of the data's."""
    for path, _, specialty, found in _found(data):
        theirs = {_ROUTES[key] for key in map(fold, found.routes) if key in _ROUTES}
        if set(specialty.routes) != theirs:
            yield routes_unlike_bdpm.problem(*path, "routes", theirs=", ".join(found.routes))


@lint_rule(
    LintSeverity.WARNING,
    fr="{name} n'est plus autorisé : « {authorisation} »",
    en="{name} is no longer registered: {authorisation!r}",
    help_fr='écrivez state = "withdrawn", avec la date de la BDPM',
    help_en='write state = "withdrawn", with the date of BDPM',
    needs_bdpm=True,
)
def withdrawn_in_bdpm(data: Data) -> Problems:
    """The authorisation of a specialty has ended, and the data does not say so."""
    for path, _, specialty, found in _found(data):
        state = specialty.marketing.state
        if state_of(found) is MarketState.WITHDRAWN is not state:
            yield withdrawn_in_bdpm.problem(
                *path, "marketing", "state", name=found.name, authorisation=found.authorisation
            )


@lint_rule(
    LintSeverity.WARNING,
    fr="{name} n'est plus commercialisé ; {since}",
    en="{name} is no longer sold; {since}",
    help_fr='écrivez state = "stopped", avec la date de la BDPM',
    help_en='write state = "stopped", with the date of BDPM',
    needs_bdpm=True,
)
def stopped_in_bdpm(data: Data) -> Problems:
    """The marketing of a specialty has stopped, and the data says that it is sold."""
    for path, _, specialty, found in _found(data):
        marketed = specialty.marketing.state is MarketState.MARKETED
        if marketed and state_of(found) is MarketState.STOPPED:
            days = [box.date for box in found.presentations if box.date]
            since = Text("la BDPM ne dit pas depuis quand", "BDPM does not say since when")
            if days:
                since = Text(f"déclaré le {max(days)}", f"declared on {max(days)}")
            yield stopped_in_bdpm.problem(*path, "marketing", "state", name=found.name, since=since)


@lint_rule(
    LintSeverity.WARNING,
    fr="{name} est dans la BDPM : {theirs}",
    en="{name} is in BDPM: {theirs}",
    help_fr="recopiez l'état de la BDPM, ou corrigez le code CIS",
    help_en="copy the state from BDPM, or mend the CIS",
    needs_bdpm=True,
)
def market_state_unlike_bdpm(data: Data) -> Problems:
    """The data says that a specialty is not sold, or not registered, and BDPM that it is."""
    for path, _, specialty, found in _found(data):
        state, theirs = specialty.marketing.state, state_of(found)
        said_above = theirs is MarketState.WITHDRAWN or (
            state is MarketState.MARKETED and theirs is MarketState.STOPPED
        )
        if theirs is not None and theirs is not state and not said_above:
            yield market_state_unlike_bdpm.problem(
                *path, "marketing", "state", name=found.name, theirs=theirs.text
            )


@lint_rule(
    LintSeverity.ERROR,
    fr="le code {code} est dans la BDPM celui de {name} ({cis})",
    en="the code {code} is that of {name} ({cis}) in BDPM",
    help_fr="retirez ce code, ou corrigez le code CIS",
    help_en="take this code away, or mend the CIS",
    needs_bdpm=True,
)
def cip13_of_another_specialty(data: Data) -> Problems:
    """BDPM gives a CIP13 code to another specialty."""
    market = data.market()
    for path, specialty in data.specialties():
        known = market.specialties.get(specialty.cis or "")
        own = known.cip13 if known else ()
        for number, code in enumerate(specialty.cip13):
            cis = market.cis_by_cip13().get(code)
            if specialty.cis and cis and cis != specialty.cis and code not in own:
                yield cip13_of_another_specialty.problem(
                    *path,
                    "cip13",
                    number,
                    others=((*path, "cis"),),
                    code=code,
                    name=market.specialties[cis].name,
                    cis=cis,
                )


@lint_rule(
    LintSeverity.GAP,
    fr="{name} n'est pas comparé à la BDPM sur ce point : {why}",
    en="{name} is not compared with BDPM on this point: {why}",
    help_fr="comparez-le vous-même ; le reste est comparé",
    help_en="compare it yourself; the rest is compared",
    needs_bdpm=True,
)
def not_compared_with_bdpm(data: Data) -> Problems:
    """Something of a specialty could not be compared with BDPM, which does not make it right."""
    unread = _unread(data.market())
    for path, specialty in data.specialties():
        if not specialty.cis:
            why = Text("aucun code CIS n'est écrit", "no CIS is written")
        elif specialty.cis in data.market().specialties:
            continue
        elif specialty.cis in unread:
            why = Text("sa ligne dans la BDPM est illisible", "its row in BDPM cannot be read")
        elif specialty.marketing.state is MarketState.WITHDRAWN:
            why = Text("elle n'y est plus", "it is there no longer")
        else:
            continue  # what cis-not-in-bdpm says
        yield not_compared_with_bdpm.problem(*path, "cis", name=specialty.name, why=why)
    for path, product, specialty, found in _found(data):
        for key, why in _open_points(data, product, specialty, found):
            yield not_compared_with_bdpm.problem(*path, *key, name=specialty.name, why=why)


def _open_points(
    data: Data, product: ProductTable, specialty: SpecialtyTable, found: BdpmSpecialty
) -> Iterator[tuple[tuple[str, ...], Text]]:
    """The keys of a specialty that could not be compared, each with the reason."""
    if not found.composition_complete:
        why = Text(
            "sa composition manque, ou est illisible en partie",
            "its composition is absent, or cannot be read in part",
        )
        yield ("cis",), why
    for name in uncoded(data, product):
        why = Text(f"aucun code de la BDPM pour {name.fr}", f"no code of BDPM for {name.en}")
        yield ("cis",), why
    if compared(specialty.strength, found) is None:
        why = Text(
            "les dosages sont écrits de deux façons", "the strengths are written in two ways"
        )
        yield ("strength",), why
    unknown = ", ".join(route for route in found.routes if fold(route) not in _ROUTES)
    if unknown:
        why = Text(
            f"pas de mot ici pour la voie {unknown}", f"no word here for the route {unknown}"
        )
        yield ("routes",), why
    if state_of(found) is None:
        words = f"« {found.authorisation} », « {found.marketing} »"
        yield ("marketing", "state"), Text(words, words)
