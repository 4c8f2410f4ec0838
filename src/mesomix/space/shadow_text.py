"""A shadow in words, for a terminal."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from mesomix.evidence import COLON, Language, Text
from mesomix.report import Verdict
from mesomix.report_words import VERDICTS
from mesomix.space.objection import Objection
from mesomix.space.shadow import EffectShadow, Shaded, Shadow
from mesomix.space.wording import (
    NO_MORE,
    became,
    mixtures,
    name,
    objections_said,
    products,
    some,
)
from mesomix.vocabulary import Severity

COMPARED_WITH: Final = Text(
    "Comparé à quelqu'un sans allergie connue, et qui répond non à toutes les questions.",
    "Compared with somebody without a known allergy, and without any of the conditions.",
)
WHATEVER: Final = Text("Quel que soit le mélange", "Whatever is mixed")
ALL_REFUSED: Final = Text("Tout est refusé.", "Everything is refused.")
NOTHING_MORE: Final = Text("rien de plus", "nothing more")


WITHOUT_EFFECT: Final = Text("sans effet dans les données", "without an effect in the data")


def by_verdict(several: Iterable[Shaded]) -> Iterator[tuple[Verdict, list[Shaded]]]:
    """Those that are refused, and those of which there is a question."""
    told = list(several)
    yield Verdict.REFUSE, [one for one in told if one.verdict is Verdict.REFUSE]
    yield Verdict.REVIEW, [one for one in told if one.verdict is not Verdict.REFUSE]


def taken_away(shadow: Shadow, language: Language) -> str:
    """What a shadow is, and of how many products."""
    what = Text("Ce que ces réponses retirent, sur {}", "What these answers take away, of {}")
    return what[language].format(products(shadow.products, language))


def all_refused(shadow: Shadow) -> bool:
    """Whether a rule about the patient refuses every mixture."""
    return any(one.certain and one.severity is Severity.REFUSE for one in shadow.whatever)


def shadow_text(shadow: Shadow, language: Language) -> Iterator[str]:
    """`shadow` in lines."""
    yield taken_away(shadow, language)
    yield COMPARED_WITH[language]
    if shadow.whatever:
        said = objections_said(shadow.whatever, language)
        yield f"{WHATEVER[language]}{COLON[language]}{said}"
    if all_refused(shadow):
        yield ""
        yield f"{VERDICTS[Verdict.REFUSE][0]} {ALL_REFUSED[language]}"
    else:
        for effect in shadow.effects:
            yield ""
            yield from _effect(effect, language)
        if shadow.without_effect:
            yield ""
            yield WITHOUT_EFFECT[language]
            for verdict, several in by_verdict(shadow.without_effect):
                yield from _shaded(verdict, several, language)
    yield ""
    every = mixtures(sum(shadow.before.values()), language)
    yield f"{every}{COLON[language]}{became(shadow.before, shadow.after, language)}"
    yield NO_MORE[language]


def _effect(shadow: EffectShadow, language: Language) -> Iterator[str]:
    every = mixtures(sum(shadow.before.values()), language)
    said = became(shadow.before, shadow.after, language)
    yield f"{shadow.effect.text[language]} ({every}{COLON[language]}{said})"
    yield from _shaded(Verdict.REFUSE, shadow.refused, language)
    yield from _shaded(Verdict.REVIEW, shadow.questioned, language)
    if shadow.left:
        left = some((name(product.name, language) for product in shadow.left), language)
        yield f"  = {NOTHING_MORE[language]}{COLON[language]}{left}"


def _shaded(verdict: Verdict, several: Iterable[Shaded], language: Language) -> Iterator[str]:
    """The products of which the same is said, together."""
    by_rules: defaultdict[tuple[Objection, ...], list[str]] = defaultdict(list)
    for one in several:
        by_rules[one.rules].append(name(one.product.name, language))
    for rules, names in by_rules.items():
        said = objections_said(rules, language)
        yield f"  {VERDICTS[verdict][0]} {some(names, language)}{COLON[language]}{said}"
