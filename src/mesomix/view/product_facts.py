"""What is known of a product, and what is not, fact by fact, each with its source."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mesomix.evidence import COLON, SEMICOLON, Citation, Language, Reference, Text
from mesomix.model import Amount, MaximumDose, Product, Specialty, Substance
from mesomix.report_words import MARKS, kind_of
from mesomix.rule import Scope
from mesomix.rules import RULES
from mesomix.vocabulary import Severity, in_order

EFFECTS: Final = Text("Effets", "Effects")
SUBSTANCES: Final = Text("Substances actives", "Active substances")
RULES_SAY: Final = Text(
    "Ce que disent les règles de mesomix, quel que soit le patient",
    "What the rules of mesomix say, whoever the patient is",
)
CONTRAINDICATIONS: Final = Text(
    "Contre-indications et mises en garde", "Contraindications and warnings"
)
DOSES: Final = Text("Doses du RCP", "Doses of the label")
SPECIALTIES: Final = Text("Spécialités", "Specialties")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the data says of a product, or that nobody has looked up."""

    kind: str
    """"refuse", "review", "note", or "open" for what is not known."""
    said: str
    citations: tuple[Citation, ...] = ()


Section = tuple[str, Sequence[Fact]]


class ProductFacts:
    """What is known of products, in one language, with their sources."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._references: Mapping[str, Reference] = {}

    def sections(self, product: Product) -> list[Section]:
        """The facts of `product` under their headings."""
        self._references = product.references
        told = {
            EFFECTS: [self._effects(product)],
            SUBSTANCES: [Fact("note", one.name[self._language]) for one in product.substances],
            RULES_SAY: [*self._findings(product)],
            CONTRAINDICATIONS: [*self._contraindicated(product)],
            DOSES: [
                fact
                for one in (*product.substances, *product.possible_substances)
                for fact in self._maxima(one)
            ],
            SPECIALTIES: [*self._specialties(product)],
        }
        return [(heading[self._language], facts) for heading, facts in told.items()]

    def _say(self, kind: str, said: Text, *cited: Citation | None) -> Fact:
        known = (
            one.from_references(self._references) if one.reference in self._references else one
            for one in cited
            if one is not None
        )
        return Fact(kind, said[self._language], tuple(known))

    def _effects(self, product: Product) -> Fact:
        if not product.effects:
            return self._say("open", Text("aucun dans les données", "none in the data"))
        effects = [effect.text for effect in in_order(product.effects)]
        listed = Text(", ".join(e.fr for e in effects), ", ".join(e.en for e in effects))
        return self._say("note", listed, product.citation)

    def _findings(self, product: Product) -> Iterator[Fact]:
        """What the rules on a product, alone or in a mixture, say of it."""
        scopes = {Scope.PRODUCT, Scope.MIXED_PRODUCT}
        found = [f for rule in RULES if rule.scope in scopes for f in rule.findings(product)]
        found.sort(key=lambda one: [*MARKS].index(kind_of(one)))
        for one in found:
            yield self._say(kind_of(one), one.message, *one.citations)
        if not found:
            none = Text(
                "rien, et cela ne dit rien de plus", "nothing, and it says no more than that"
            )
            yield self._say("note", none)

    def _contraindicated(self, product: Product) -> Iterator[Fact]:
        active = (*product.substances, *product.possible_substances)
        for one, held in product.contents:
            if one.contraindications or one in active:
                yield from self._contraindications(one, held=held)
            for harm in one.reported_harms:
                name = _named(one, held=held)
                told = Text(f"{name.fr} : {harm.says.fr}", f"{name.en}: {harm.says.en}")
                yield self._say("review", told, harm.citation)

    def _contraindications(self, one: Substance, *, held: bool) -> Iterator[Fact]:
        name = _named(one, held=held)
        if one.contraindications is None:
            yield self._say(
                "open",
                Text(f"{name.fr} : personne ne les a cherchées", f"{name.en}: nobody has looked"),
            )
        elif not one.contraindications:
            yield self._say(
                "open",
                Text(
                    f"{name.fr} : aucune dans ce qui a été lu, ce qui ne veut pas dire aucune",
                    f"{name.en}: none in what was read, which does not mean none",
                ),
            )
        for said in one.contraindications or ():
            kind = said.severity.value if held else Severity.REVIEW.value
            told = Text(f"{name.fr} : {said.name.fr}", f"{name.en}: {said.name.en}")
            yield self._say(kind, told, said.citation)

    def _maxima(self, one: Substance) -> Iterator[Fact]:
        if not one.maximum_doses:
            looked = one.maximum_doses is not None
            none = Text("le RCP n'en donne pas", "the label gives none")
            unread = Text("personne ne les a cherchées", "nobody has looked")
            why = none if looked else unread
            yield self._say("open", Text(f"{one.name.fr} : {why.fr}", f"{one.name.en}: {why.en}"))
        for maximum in one.maximum_doses or ():
            yield self._say("note", _maximum(one, maximum), maximum.citation)

    def _specialties(self, product: Product) -> Iterator[Fact]:
        if not product.specialties:
            yield self._say("open", Text("aucune dans les données", "none in the data"))
        for one in product.specialties:
            yield self._say("note", _described(one), one.citation, one.market_citation)
            yield self._excipients(one)

    def _excipients(self, one: Specialty) -> Fact:
        known = [Text.same(s.name[self._language]) for s in one.excipients]
        possible = [
            Text(f"{s.name.fr} (possible)", f"{s.name.en} (possible)")
            for s in one.possible_excipients
        ]
        listed = SEMICOLON[self._language].join(e[self._language] for e in (*known, *possible))
        heading = Text("excipients", "excipients")[self._language]
        if one.excipients_complete and not possible:
            none = Text("aucun", "none")[self._language]
            told = f"{one.name}, {heading}{COLON[self._language]}{listed or none}"
            return self._say("note", Text.same(told), one.excipients_citation)
        lacking = Text("liste incomplète ou non lue", "the list is incomplete, or unread")
        told = SEMICOLON[self._language].join(filter(None, (listed, lacking[self._language])))
        told = f"{one.name}, {heading}{COLON[self._language]}{told}"
        return self._say("open", Text.same(told), one.excipients_citation)


def _named(one: Substance, *, held: bool) -> Text:
    """A substance, and that it may be absent."""
    return one.name if held else Text(f"{one.name.fr} (possible)", f"{one.name.en} (possible)")


def _maximum(one: Substance, maximum: MaximumDose) -> Text:
    amount, per = maximum.amount.text, maximum.per.text
    whom = maximum.population or Text("non précisé", "not told")
    fr = "doses usuelles jusqu'à" if maximum.usual else "au plus"
    en = "usual doses up to" if maximum.usual else "at most"
    fr_routes = ", ".join(route.text.fr for route in maximum.routes)
    en_routes = ", ".join(route.text.en for route in maximum.routes)
    return Text(
        f"{one.name.fr} : {fr} {amount.fr} par {per.fr} ({whom.fr} ; {fr_routes})",
        f"{one.name.en}: {en} {amount.en} a {per.en} ({whom.en}; {en_routes})",
    )


def _described(one: Specialty) -> Text:
    """A specialty in a line: its name, whether it is sold, its routes, volumes and amounts."""
    since = f" {one.market_since}" if one.market_since else ""
    routes = sorted(one.routes, key=lambda route: route.value)
    fr = [f"{one.name} [{one.market.text.fr}{since}]"]
    en = [f"{one.name} [{one.market.text.en}{since}]"]
    if routes:
        fr.append("voies : " + ", ".join(route.text.fr for route in routes))
        en.append("routes: " + ", ".join(route.text.en for route in routes))
    for route in one.forbidden_routes:
        fr.append(f"voie interdite : {route.route.text.fr}")
        en.append(f"forbidden route: {route.route.text.en}")
    if one.containers:
        fr.append("ampoule : " + ", ".join(volume.text.fr for volume in one.containers))
        en.append("ampoule: " + ", ".join(volume.text.en for volume in one.containers))
    held = [_held(amount) for amount in one.amounts]
    return Text(" ; ".join([*fr, *(h.fr for h in held)]), "; ".join([*en, *(h.en for h in held)]))


def _held(amount: Amount) -> Text:
    name = amount.counted or amount.substance.name
    volume = amount.volume.text if amount.volume else Text("un contenant", "one container")
    return Text(
        f"{name.fr} {amount.amount.text.fr} dans {volume.fr}",
        f"{name.en} {amount.amount.text.en} in {volume.en}",
    )
