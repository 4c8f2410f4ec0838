"""What a rule is: one plain function, beside the sentence that it says and what it rests on."""

import inspect
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from string import Formatter
from typing import Final

from mesomix.dose import Dose
from mesomix.evidence import Citation, Text
from mesomix.model import Allergy, Fact, Product
from mesomix.report import About, Finding
from mesomix.session import number_text
from mesomix.vocabulary import SEVERITIES, Severity

CANNOT_RULE_OUT: Final = Text("Ne peut être exclu : ", "Cannot be ruled out: ")
"""Before the message of a rule that cannot tell."""


class Scope(Enum):
    """What a rule may look at, as its parameters name it. No rule sees a whole patient."""

    MIXTURE = ("mixture",)
    PRODUCT = ("product",)
    MIXED_PRODUCT = ("mixed_product",)
    """A product of a mixture that lists something beside it, known or not."""
    PAIR = ("a", "b")
    """Two different products, in the order of their ids."""
    ALLERGY = ("allergy",)
    """One allergy that was recognised."""
    UNKNOWN_ALLERGY = ("unknown_allergy",)
    """An allergy that was not recognised, or the lack of a question about any."""
    FACT = ("fact",)
    """One condition of the patient, answered with yes or with no."""
    PRODUCT_ALLERGY = ("product", "allergy")
    """A product, and an allergy that was recognised."""
    PRODUCT_FACT = ("product", "fact")
    DOSE = ("dose",)
    """A substance with its total amount in the mixture, of which something may be unknown."""
    DOSE_MAXIMUM = ("dose", "maximum")
    """The same, and a maximum that a label gives for it."""
    DEPTH_MM = ("depth_mm",)
    """How deep the session injects, in millimetres."""
    DAYS_SINCE_LAST = ("days_since_last",)
    """Whole days since the last session."""
    SESSION_NUMBER = ("session_number",)
    """Which session of the treatment it is."""


SESSION: Final = {
    Scope.DEPTH_MM: About("session", "depth", Text("profondeur", "depth")),
    Scope.DAYS_SINCE_LAST: About(
        "session", "days-since-last", Text("jours depuis la dernière", "days since the last one")
    ),
    Scope.SESSION_NUMBER: About("session", "number", Text("numéro", "number")),
}
"""The scopes that look at the session, and at what of it."""


@dataclass(frozen=True, slots=True)
class Flag:
    """What a rule yields: it objects (`certain`), or it cannot tell."""

    certain: bool
    severity: Severity | None = None
    """Where the data says how bad it is; None for the severity of the rule."""
    cites: tuple[Citation, ...] = ()
    """What the objection rests on beside the citations of the rule."""
    about: tuple[About, ...] = ()
    words: Mapping[str, Text] = field(default_factory=dict)
    """What stands for the placeholders of the message that are no parameters of the rule."""


Flags = Iterator[Flag]
Meeting = tuple[Callable[..., Iterable[Hashable]], Callable[..., Iterable[Hashable]]]
"""What the first of two atoms brings, and what the second has to have of it."""
PLAIN_FLAG: Final = Flag(certain=True)
"""An objection that says nothing beyond the message of its rule."""


def flag(
    *,
    severity: Severity | None = None,
    cites: Iterable[Citation] = (),
    about: Iterable[About] = (),
    **words: Text,
) -> Flag:
    """An objection of which the rule is sure."""
    if severity is None and not cites and not about and not words:
        return PLAIN_FLAG
    return Flag(True, severity, tuple(cites), tuple(about), words)


def unsure(
    *,
    severity: Severity | None = None,
    cites: Iterable[Citation] = (),
    about: Iterable[About] = (),
    **words: Text,
) -> Flag:
    """A doubt: the rule cannot tell whether it objects."""
    return Flag(False, severity, tuple(cites), tuple(about), words)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. `dataclasses.replace(rule, severity=...)` is the same rule for a stricter house."""

    id: str
    """The problem that it finds, never the remedy. An id is never used again."""
    severity: Severity
    """The worst that it can say."""
    situation: str
    """One sentence: when it objects."""
    message: Text
    cites: tuple[Citation, ...]
    scope: Scope
    function: Callable[..., Flags]
    meeting: Meeting | None = None
    """Of a rule about two things: it is asked where the first brings what the second has."""

    def flags(self, *atoms: object) -> Iterable[Flag]:
        """What the rule yields for `atoms`, which are what its scope names, in that order."""
        if self.meeting is not None and not self._meet(*atoms):
            return ()
        return self.function(*atoms)

    def findings(self, *atoms: object) -> list[Finding]:
        """What the rule says of `atoms`, in words."""
        return [self.finding(flagged, *atoms) for flagged in self.flags(*atoms)]

    def severity_of(self, flagged: Flag) -> Severity:
        """How bad what it flagged is: as the data says, and never worse than the rule."""
        if flagged.severity is None or flagged.severity is self.severity:
            return self.severity
        return max(flagged.severity, self.severity, key=SEVERITIES.index)

    def _meet(self, one: object, other: object) -> bool:
        """Whether the one brings what the other has; of two products either."""
        brings, has = self.meeting or (None, None)
        if brings is None or has is None or not {*brings(one)}.isdisjoint(has(other)):
            return True
        return self.scope is Scope.PAIR and not {*brings(other)}.isdisjoint(has(one))

    def finding(self, flagged: Flag, *atoms: object) -> Finding:
        """The finding that follows from one flag of this rule for `atoms`."""
        part = SESSION.get(self.scope)
        concerned = (part,) if part else tuple(filter(None, map(_about, atoms)))
        named = zip(self.scope.value, filter(None, map(_shown, atoms)), strict=False)
        words = {**dict(named), **flagged.words}
        prefix = Text("", "") if flagged.certain else CANNOT_RULE_OUT
        return Finding(
            rule=self.id,
            severity=self.severity_of(flagged),
            certain=flagged.certain,
            message=self._filled(prefix, words),
            about=concerned + flagged.about,
            citations=(*flagged.cites, *self.cites),
        )

    def _filled(self, prefix: Text, words: Mapping[str, Text]) -> Text:
        missing = placeholders(self.message.fr) - words.keys()
        if missing:
            message = f"rule {self.id}: nothing stands for {', '.join(sorted(missing))}"
            raise ValueError(message)
        return Text(
            prefix.fr + self.message.fr.format_map({k: v.fr for k, v in words.items()}),
            prefix.en + self.message.en.format_map({k: v.en for k, v in words.items()}),
        )


def _about(atom: object) -> About | None:
    if isinstance(atom, Product):
        return about_product(atom)
    if isinstance(atom, Allergy):
        return About("allergy", atom.id, atom.name)
    if isinstance(atom, Dose):
        return About("substance", atom.substance.id, atom.name)
    if isinstance(atom, Fact):
        return About("fact", atom.condition.id, atom.condition.name)
    return None


def _shown(atom: object) -> Text | None:
    if isinstance(atom, int | float):  # a number of the session
        return number_text(atom)
    about = _about(atom)
    return about.name if about else None


def about_product(product: Product) -> About:
    """What a finding about `product` concerns; for rules of a whole mixture."""
    return About("product", product.id, product.name)


def did_you_mean(suggestion: Text | None) -> Text:
    """The end of a message about a name that was not recognised; empty without a near one."""
    if suggestion is None:
        return Text.same("")
    return Text(f" Vouliez-vous dire {suggestion.fr} ?", f" Did you mean {suggestion.en}?")


def placeholders(template: str) -> set[str]:
    """The names in braces of a message."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def rule(
    severity: Severity,
    *,
    fr: str,
    en: str,
    cites: Iterable[Citation],
    meeting: Meeting | None = None,
) -> Callable[[Callable[..., Flags]], Rule]:
    """Make a rule of a generator function.

    Its id is the function's name with dashes, its situation is the first line of the docstring,
    and its scope is what its parameters name. `fr` and `en` may hold the parameters' names and the
    words of its flags in braces: {product}.

    A rule about two products, or about a product and a fact, may say when these meet at all, by
    two functions: what the first brings, and what the second has; of two products, either may
    be the first. It is asked only where they share a key, so that of thousands of products not
    every pair has to be tried. A rule about a product and an allergy needs none: which substances
    it looks for in `allergy.reaches` is watched.

    Raises TypeError when it is no generator function, its parameters make no `Scope`, or a rule
    about anything else has a `meeting`; and ValueError when the docstring, the
    citations or one of the messages is missing, or the messages differ in their placeholders.
    """

    def decorate(function: Callable[..., Flags]) -> Rule:
        identifier = function.__name__.replace("_", "-")
        if not inspect.isgeneratorfunction(function):
            message = f"rule {identifier}: it must yield flag(...) or unsure(...)"
            raise TypeError(message)
        parameters = tuple(inspect.signature(function).parameters)
        scopes = {scope.value: scope for scope in Scope}
        if parameters not in scopes:
            known = "; ".join(", ".join(names) for names in scopes)
            message = f"rule {identifier}: its parameters must be one of: {known}"
            raise TypeError(message)
        situation = (inspect.getdoc(function) or "").partition("\n")[0]
        citations = tuple(cites)
        if not (situation and citations and fr and en):
            message = f"rule {identifier}: it needs a docstring, a citation, fr= and en="
            raise ValueError(message)
        if placeholders(fr) != placeholders(en):
            message = f"rule {identifier}: fr= and en= have different placeholders"
            raise ValueError(message)
        scope = scopes[parameters]
        if meeting is not None and scope not in {Scope.PAIR, Scope.PRODUCT_FACT}:
            message = f"rule {identifier}: meeting= is for a rule about a, b or product, fact"
            raise TypeError(message)
        texts = Text(fr, en)
        return Rule(identifier, severity, situation, texts, citations, scope, function, meeting)

    return decorate
