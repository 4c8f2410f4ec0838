"""What is in the syringe, in the words of both languages."""

from decimal import Decimal
from typing import Any, Final

import pytest

import mesomix
from mesomix.composition import Composition, Content, Ingredient
from mesomix.composition_text import composition_lines
from mesomix.evidence import Language, Text
from mesomix.quantity import Quantity
from mesomix.vocabulary import Unknown

NAME: Final = Text("procaïne", "procaine")


def read(text: str | None) -> Quantity | None:
    return None if text is None else Quantity.read(text)


def ingredient(volume: str | None = None, share: str | None = None, **more: Any) -> Ingredient:
    """A component; its other excipients are known, but where a test says something else."""
    part = None if share is None else Decimal(share)
    other = more.pop("other_excipients", False)
    return Ingredient(
        "id", more.pop("name", NAME), more.pop("amount", ""), read(volume), part, other
    )


def content(quantity: str | None = None, concentration: str | None = None, **more: Any) -> Content:
    """A substance; what is not said of it is not known."""
    bounds = read(more.pop("at_least", None)), read(more.pop("possible", None))
    active = more.pop("active", True)
    unknown = more.pop("unknown", ())
    return Content("id", NAME, active, read(quantity), read(concentration), None, *bounds, unknown)


def lines(language: Language = Language.FR, volume: str | None = "6 mL", **more: Any) -> list[str]:
    """The lines of a composition that holds `more`."""
    found: dict[str, Any] = {"ingredients": (), "contents": (), "per_day": None} | more
    return [*composition_lines(Composition(read(volume), **found), language)]


@pytest.mark.parametrize(
    ("volume", "fr", "en"),
    [
        ("6 mL", "Volume total : 6 ml", "Total volume: 6 ml"),
        ("2.5 mL", "Volume total : 2,5 ml", "Total volume: 2.5 ml"),
        (None, "Volume total : inconnu", "Total volume: unknown"),
    ],
)
def test_the_total_volume_comes_first(volume: str | None, fr: str, en: str) -> None:
    assert lines(Language.FR, volume) == [fr]
    assert lines(Language.EN, volume, contents=(content("1 mg"),))[0] == en


@pytest.mark.parametrize(
    ("one", "fr", "en"),
    [
        (
            ingredient("2 mL", "0.25", amount="2 % 2 ml"),
            "procaïne : 2 ml, 25 % du volume (écrit « 2 % 2 ml »)",
            "procaine: 2 ml, 25 % of the volume (written « 2 % 2 ml »)",
        ),
        (
            ingredient("0.5 mL", "0.3333333333333333333333333333"),
            "procaïne : 0,5 ml, ≈ 33,3 % du volume",
            "procaine: 0.5 ml, ≈ 33.3 % of the volume",
        ),
        (ingredient("2 mL"), "procaïne : 2 ml", "procaine: 2 ml"),
        (
            ingredient("0 mL", "0"),
            "procaïne : 0 ml, 0 % du volume",
            "procaine: 0 ml, 0 % of the volume",
        ),
        (ingredient(), "procaïne : volume inconnu", "procaine: volume unknown"),
        (
            ingredient(amount="1 ampoule"),
            "procaïne : volume inconnu (écrit « 1 ampoule »)",
            "procaine: volume unknown (written « 1 ampoule »)",
        ),
    ],
)
def test_a_component_has_its_volume_its_share_and_what_was_written(
    one: Ingredient, fr: str, en: str
) -> None:
    assert lines(Language.FR, ingredients=(one,))[1:] == [fr]
    assert lines(Language.EN, ingredients=(one,))[1:] == [en]


@pytest.mark.parametrize(
    ("one", "fr", "en"),
    [
        (
            content("16.28 mg", "2.7133 mg/mL"),
            "procaïne : 16,28 mg (≈ 2,713 mg/ml)",
            "procaine: 16.28 mg (≈ 2.713 mg/ml)",
        ),
        (content("100 [iU]"), "procaïne : 100 UI", "procaine: 100 IU"),
        (
            content(unknown=(Unknown.STRENGTH,)),
            "procaïne : quantité inconnue (la concentration n'est pas connue)",
            "procaine: amount unknown (the strength is not known)",
        ),
        (
            content(at_least="20 mg", possible="40 mg", unknown=(Unknown.STRENGTH,)),
            "procaïne : quantité inconnue, au moins 20 mg, jusqu'à 40 mg avec les spécialités "
            "connues (la concentration n'est pas connue)",
            "procaine: amount unknown, at least 20 mg, up to 40 mg with the known specialties "
            "(the strength is not known)",
        ),
        (
            content(at_least="0 mg", possible="0.5 mg", unknown=(Unknown.CONTAINER,)),
            "procaïne : quantité inconnue, jusqu'à 0,5 mg avec les spécialités connues "
            "(la contenance de l'ampoule n'est pas connue)",
            "procaine: amount unknown, up to 0.5 mg with the known specialties "
            "(the volume of the ampoule is not known)",
        ),
        (
            content(
                at_least="2 mg", possible="2 mg", unknown=(Unknown.NOT_WRITTEN, Unknown.NOT_READ)
            ),
            "procaïne : quantité inconnue, au moins 2 mg (aucune quantité n'est écrite ; "
            "la quantité n'a pas été comprise)",
            "procaine: amount unknown, at least 2 mg (no amount is written; "
            "the amount was not understood)",
        ),
        (
            content(at_least="0 mg", possible="4 mg", unknown=(Unknown.NOT_SURE,)),
            "procaïne : quantité inconnue, jusqu'à 4 mg avec les spécialités connues "
            "(ce qui est écrit peut être une quantité ou un dosage)",
            "procaine: amount unknown, up to 4 mg with the known specialties "
            "(what is written may be an amount or a strength)",
        ),
        (
            content(active=False, unknown=(Unknown.NOT_TOLD,)),
            "procaïne : quantité inconnue (aucune source n'en donne la quantité)",
            "procaine: amount unknown (no source tells its amount)",
        ),
    ],
)
def test_a_substance_has_its_amount_or_why_nobody_knows_it(one: Content, fr: str, en: str) -> None:
    assert lines(Language.FR, contents=(one,))[1:] == [fr]
    assert lines(Language.EN, contents=(one,))[1:] == [en]


@pytest.mark.parametrize(
    ("volumes", "fr", "en"),
    [
        ((), None, None),
        ((None,), None, None),
        (("2 mL", None), "dont connus : 2 ml", "known of it: 2 ml"),
        (("0.5 mL", None, "2 mL"), "dont connus : 2,5 ml", "known of it: 2.5 ml"),
        (("0 mL", None), "dont connus : 0 ml", "known of it: 0 ml"),
    ],
)
def test_of_an_unknown_volume_what_is_known_is_told(
    volumes: tuple[str | None, ...], fr: str | None, en: str | None
) -> None:
    several = tuple(map(ingredient, volumes))
    for language, known in ((Language.FR, fr), (Language.EN, en)):
        told = lines(language, None, ingredients=several)
        assert told[1 : len(told) - len(several)] == ([] if known is None else [known])
    assert len(lines(ingredients=several)) == 1 + len(several)


def test_the_products_whose_other_excipients_are_not_known_are_named_once() -> None:
    other = ingredient(name=Text("étamsylate", "etamsylate"), other_excipients=True)
    both = (ingredient(other_excipients=True), ingredient(), other, other)
    assert lines(Language.FR, ingredients=both)[-1] == (
        "liste d'excipients incomplète : procaïne ; étamsylate"
    )
    assert lines(Language.EN, ingredients=both)[-1] == (
        "incomplete list of excipients: procaine; etamsylate"
    )
    assert [line for line in lines(ingredients=(ingredient(),)) if "excipients" in line] == []


def test_the_day_follows_with_its_active_substances() -> None:
    day = (content("80 mg"), content("3 mg", active=False), content(unknown=(Unknown.STRENGTH,)))
    assert lines(Language.FR, contents=(content("40 mg"),), per_day=day)[1:] == [
        "procaïne : 40 mg",
        "sur la journée, procaïne : 80 mg",
        "sur la journée, procaïne : quantité inconnue (la concentration n'est pas connue)",
    ]
    assert lines(Language.EN, per_day=day)[1] == "in the day, procaine: 80 mg"
    assert len(lines(per_day=())) == 1


def test_of_very_many_lines_the_first_are_told() -> None:
    many = tuple(ingredient(name=Text.same(f"p{n}"), other_excipients=True) for n in range(52))
    contents = tuple(content(f"{n} mg") for n in range(53))
    told = lines(ingredients=many, contents=contents, per_day=(*contents, content("1 mg")))
    assert len(told) == 1 + 51 + 51 + 1 + 51
    assert told[51:53] == ["… + 2", "procaïne : 0 mg"]
    assert told[102] == "… + 3"
    assert told[103].startswith("liste d'excipients incomplète : p0 ; p1 ; ")
    assert told[103].endswith(" ; p49 … + 2")
    assert told[-2:] == ["sur la journée, procaïne : 49 mg", "… + 4"]
    told = lines(ingredients=many[:50], contents=contents[:50], per_day=contents[:50])
    assert len(told) == 1 + 50 + 50 + 1 + 50
    assert [line for line in told if "…" in line] == []
    [_, long] = lines(ingredients=(ingredient(amount="z" * 1000),))
    assert len(long) < 200


def test_a_mixture_is_told_in_the_order_in_which_it_was_written(
    formulary: mesomix.Formulary,
) -> None:
    mixture = formulary.mixture(
        "Miorel 1 ml", "Procaïne Lavoisier 2 % 3 ml", per_day=["Miorel 2 ml"]
    )
    assert [*composition_lines(mixture.composition(), Language.FR)] == [
        "Volume total : 4 ml",
        "MIOREL 4 mg/2 ml : 1 ml, 25 % du volume (écrit « 1 ml »)",
        "CHLORHYDRATE DE PROCAINE LAVOISIER 20 mg/ml : 3 ml, 75 % du volume (écrit « 3 ml »)",
        "thiocolchicoside : 2 mg (0,5 mg/ml)",
        "chlorhydrate de procaïne : 60 mg (15 mg/ml)",
        "sur la journée, thiocolchicoside : 4 mg",
    ]


def test_three_specialties_in_one_syringe(formulary: mesomix.Formulary) -> None:
    mixture = formulary.mixture("Procaïne 2 % 2 ml", "Maginjectable 2 ml", "Dicynone 2 ml")
    told = [*composition_lines(mixture.composition(), Language.EN)]
    assert told[0] == "Total volume: 6 ml"
    assert told[4:8] == [
        "procaine hydrochloride: 40 mg (≈ 6.667 mg/ml)",
        "magnesium pidolate: 200 mg (≈ 33.33 mg/ml)",
        "magnesium (as pidolate): 16.28 mg (≈ 2.713 mg/ml)",
        "etamsylate: 250 mg (≈ 41.67 mg/ml)",
    ]
    assert told[8:] == [
        "a sulfite: amount unknown (no source tells its amount)",
        "incomplete list of excipients: procaine; MAGINJECTABLE 0,8 POUR CENT;"
        " DICYNONE 250 mg/2 ml",
    ]
    part = formulary.mixture("Miorel 2 ml", "Dicynone", "Procaïne Lavoisier 2 % 0,5 ml")
    assert [*composition_lines(part.composition(), Language.FR)][:4] == [
        "Volume total : inconnu",
        "dont connus : 2,5 ml",
        "MIOREL 4 mg/2 ml : 2 ml (écrit « 2 ml »)",
        "DICYNONE 250 mg/2 ml : volume inconnu",
    ]
    bare = formulary.mixture("Miorel")
    assert (bare.doses, bare.composition().volume) == (None, None)
