"""What is in the syringe, in words: one line a substance, and what is not known of it."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from mesomix.composition import Composition, Content, Ingredient
from mesomix.evidence import COLON, SEMICOLON, Language, Text
from mesomix.names import shortened
from mesomix.quantity import VOLUME, Quantity, number_text

_MOST: Final = 50
"""Of one kind of line; the JSON of a report has them all."""


def composition_lines(composition: Composition, language: Language) -> Iterator[str]:
    """`composition` in lines, the total volume first."""
    volume = composition.volume
    unknown = Text("inconnu", "unknown")[language]
    total = Text("Volume total", "Total volume")[language]
    yield f"{total}{COLON[language]}{volume.text[language] if volume else unknown}"
    if volume is None and (known := _known(composition)) is not None:
        yield Text(f"dont connus : {known.text.fr}", f"known of it: {known.text.en}")[language]
    for ingredient in composition.ingredients[:_MOST]:
        yield _ingredient(ingredient, language)
    yield from _rest(len(composition.ingredients))
    for content in composition.contents[:_MOST]:
        yield _content(content, language)
    yield from _rest(len(composition.contents))
    incomplete = dict.fromkeys(
        one.name[language] for one in composition.ingredients if one.other_excipients
    )
    if incomplete:
        words = Text("liste d'excipients incomplète", "incomplete list of excipients")[language]
        names = SEMICOLON[language].join([*incomplete][:_MOST])
        more = f" … + {len(incomplete) - _MOST}" if len(incomplete) > _MOST else ""
        yield f"{words}{COLON[language]}{names}{more}"
    day = Text("sur la journée", "in the day")[language]
    of_day = [content for content in composition.per_day or () if content.active]
    for content in of_day[:_MOST]:
        yield f"{day}, {_content(content, language)}"
    yield from _rest(len(of_day))


def _rest(count: int) -> Iterator[str]:
    if count > _MOST:
        yield f"… + {count - _MOST}"


def _ingredient(one: Ingredient, language: Language) -> str:
    if one.volume is None:
        volume = Text("volume inconnu", "volume unknown")[language]
    else:
        volume = one.volume.text[language]
    if one.share is not None:
        part = number_text(Fraction(one.share).limit_denominator(10**6) * 100, digits=3)[language]
        volume += Text(f", {part} % du volume", f", {part} % of the volume")[language]
    how = Text("écrit", "written")[language]
    written = f" ({how} « {shortened(one.amount)} »)" if one.amount else ""
    return f"{one.name[language]}{COLON[language]}{volume}{written}"


def _known(composition: Composition) -> Quantity | None:
    """The volumes that are known, together."""
    known = [one.volume.amount for one in composition.ingredients if one.volume is not None]
    return Quantity.of(sum(known, Fraction(0)), VOLUME) if known else None


def _content(content: Content, language: Language) -> str:
    name = f"{content.name[language]}{COLON[language]}"
    if content.quantity is not None:
        told = content.quantity.text[language]
        if content.concentration is not None:
            told += f" ({content.concentration.text[language]})"
        return f"{name}{told}"
    why = SEMICOLON[language].join(
        dict.fromkeys(reason.text[language] for reason in content.unknown)
    )
    bounds = _bounds(content.at_least, content.possible)[language]
    unknown = Text("quantité inconnue", "amount unknown")[language]
    return f"{name}{unknown}{bounds} ({why})"


def _bounds(least: Quantity | None, possible: Quantity | None) -> Text:
    """What is certain of an unknown amount, and what the known specialties make possible."""
    fr, en = "", ""
    if least is not None and least.value:
        fr, en = f", au moins {least.text.fr}", f", at least {least.text.en}"
    if possible is not None and possible != least:
        fr += f", jusqu'à {possible.text.fr} avec les spécialités connues"
        en += f", up to {possible.text.en} with the known specialties"
    return Text(fr, en)
