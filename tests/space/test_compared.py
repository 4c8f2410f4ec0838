"""What names mean beyond what the data lists: brands of several specialties, bare substances."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

import mesomix
from mesomix.cli import main
from mesomix.space.acknowledged import acknowledged
from mesomix.space.acknowledgements import Acknowledgements
from mesomix.space.compared import compared, declared, everything
from mesomix.space.joint import is_milder
from mesomix.space.sweep import Swept, sweep

SOURCED: Final = 'source = "chan"\nchecked = 2026-11-21\n'
INLINE: Final = 'source = "chan", checked = 2026-11-21'
Sides = Callable[[list[str], list[str]], tuple[mesomix.Formulary, mesomix.Formulary]]


def substance(key: str, more: str = "") -> str:
    return f'[substances.{key}]\nen = "{key}"\ncontraindications = []\n{more}\n{SOURCED}'


def product(key: str, held: str) -> str:
    names = f'[products.{key}]\nfr = "{key}"\nen = "{key}"\nsubstances = ["{held}"]'
    return f'{names}\neffects = ["analgesic"]\n{SOURCED}'


def specialty(key: str, brand: str, excipients: str = "", state: str = "marketed") -> str:
    """One of the product `zp`, or of that in front of the dash, whose excipients are all known."""
    of = key.partition("-")[0]
    lists = f"present = [{excipients}], possible = [], complete = true, {INLINE}"
    return (
        f'[products.{of}.specialties.{key}]\nname = "{key}"\nbrand = "{brand}"\n'
        f'strength = "1 %"\nform = "solution"\nroutes = ["intradermal"]\n{SOURCED}'
        f'marketing = {{ state = "{state}", {INLINE} }}\nexcipients = {{ {lists} }}\n'
    )


BASE: Final = [substance("zsa"), substance("zxa"), substance("zxb"), product("zp", "zsa")]


@pytest.fixture
def sides(tmp_path: Path) -> Sides:
    """Two formularies, of these tables."""

    def loaded(*several: list[str]) -> tuple[mesomix.Formulary, mesomix.Formulary]:
        found: list[mesomix.Formulary] = []
        for number, tables in enumerate(several):
            path = tmp_path / f"{number}.toml"
            path.write_text("\n".join(['version = "1"', *tables]), encoding="utf-8")
            found.append(mesomix.load(path))
        return found[0], found[1]

    return loaded


def _compared(
    old: mesomix.Formulary, new: mesomix.Formulary
) -> tuple[list[mesomix.Product], list[mesomix.Product]]:
    return compared(old, new, declared(old, new))


def told(found: tuple[Swept, ...]) -> dict[str, set[tuple[str, ...]]]:
    """The mixtures that became milder, of each profile that has any."""
    milder = {
        one.profile.name.en: {
            changed.products for changed in one.diff.mixtures() if is_milder(changed[1:])
        }
        for one in found
    }
    return {name: mixtures for name, mixtures in milder.items() if mixtures}


def verdicts(
    two: tuple[mesomix.Formulary, mesomix.Formulary], name: str, allergies: list[str]
) -> tuple[str, str]:
    """What a check says of a name, on either side."""
    old, new = (
        mesomix.check(
            side.mixture(name), side.patient(allergies=allergies, nothing_else=True)
        ).verdict.value
        for side in two
    )
    return old, new


def test_a_brand_of_fewer_specialties_is_seen(sides: Sides) -> None:
    """Each specialty is as before, and the brand means the one with the allergen no more."""
    kept = [*BASE, specialty("zp-a", "Zbrand"), specialty("zp-b", "Zbrand")]
    two = sides(
        [*kept, specialty("zp-c", "Zbrand", '"zxa"')],
        [*kept, specialty("zp-c", "Zbrand", '"zxa"', "withdrawn")],
    )
    assert verdicts(two, "Zbrand", ["zxa"]) == ("review", "no-objection")
    assert told(sweep(*two))["allergy: zxa"] == {("zbrand",)}


def test_a_substance_that_no_product_is_of_is_seen(sides: Sides) -> None:
    two = sides([*BASE, substance("zst", 'groups = ["corticosteroid"]')], [*BASE, substance("zst")])
    assert verdicts(two, "zst", []) == ("refuse", "review")
    found = told(sweep(*two))
    assert found["no known allergy, and no condition"] == {("zst",), ("zp", "zst")}


def test_a_bare_substance_that_an_allergy_reaches_no_more_is_seen(sides: Sides) -> None:
    group = '[groups.zgroup]\nfr = "zgroup"\nen = "zgroup"\nevidence = "{}"\n' + SOURCED
    tables = [*BASE, *[substance(key, 'groups = ["zgroup"]') for key in ("zst", "zsu")]]
    two = sides([*tables, group.format("label")], [*tables, group.format("possible")])
    assert verdicts(two, "zst", ["zsu"]) == ("refuse", "review")
    assert ("zst",) in told(sweep(*two))["allergy: zsu"]


def test_bare_substances_are_compared_where_something_may_be_said_otherwise(
    sides: Sides, formulary: mesomix.Formulary
) -> None:
    listed, _ = compared(formulary, formulary, ())
    brands = {"procaine-lavoisier", "mag-2"}
    assert {one.id for one in listed} == {
        *formulary.products, *formulary.specialties, *brands
    }  # fmt: skip
    assert listed == everything(formulary)
    condition = f'contraindications = [{{ condition = "asthma", severity = "refuse", {INLINE} }}]'
    for more in ("inert = true", "mixing_forbidden = { " + INLINE + " }", condition):
        table = substance("zst", more)
        if "contraindications" in more:
            table = table.replace("contraindications = []\n", "", 1)
        two = sides([*BASE, table], [*BASE, substance("zst")])
        assert [one.id for one in _compared(*two)[0]] == ["zp", "zst"]
    group = f'[groups.zgroup]\nfr = "zgroup"\nen = "zgroup"\nevidence = "label"\n{SOURCED}'
    grouped = sides(
        [*BASE, group, substance("zst", 'groups = ["zgroup"]')], [*BASE, substance("zst")]
    )
    assert [one.id for one in _compared(*grouped)[0]] == ["zp", "zst"]
    gone = sides([*BASE, substance("zst", 'groups = ["corticosteroid"]')], BASE)
    assert [one.id for one in _compared(*gone)[0]] == ["zp"]


def test_a_bare_name_of_a_substance_of_two_products(sides: Sides) -> None:
    """It means neither, and nothing that stands there has its id twice."""
    tables = [product("zsa", "zsa"), product("zq", "zsa")]
    old = [substance("zsa", 'names = ["zalias"]\ngroups = ["corticosteroid"]'), *tables]
    two = sides(old, [substance("zsa", 'names = ["zalias"]'), *tables])
    assert [one.in_formulary for one in two[0].mixture("zalias").products] == [False]
    assert [one.id for one in _compared(*two)[0]] == ["zsa", "zq"]
    assert ("zsa",) in told(sweep(*two))["no known allergy, and no condition"]


def test_an_allergy_to_a_specialty_that_loses_an_excipient_is_seen(sides: Sides) -> None:
    """It reached another product, which did not change."""
    other = [product("zq", "zxb"), specialty("zq-a", "Zother", '"zxa"')]
    two = sides(
        [*BASE, *other, specialty("zp-a", "Zbrand", '"zxa"')],
        [*BASE, *other, specialty("zp-a", "Zbrand")],
    )
    assert verdicts(two, "zq-a", ["zp-a"]) == ("review", "no-objection")
    assert ("zq-a",) in told(sweep(*two))["allergy: zp-a"]


def test_an_allergy_whose_culprit_became_known_is_seen(sides: Sides) -> None:
    """It might have been to what another product holds, which did not change."""
    other = [product("zq", "zxb"), specialty("zq-a", "Zother", '"zxa"')]
    known = specialty("zp-a", "Zbrand")
    unknown = known.replace("complete = true", "complete = false")
    two = sides([*BASE, *other, unknown], [*BASE, *other, known])
    assert verdicts(two, "zq-a", ["zp-a"]) == ("review", "no-objection")
    assert ("zq-a",) in told(sweep(*two))["allergy: zp-a"]


def test_an_allergy_to_a_brand_of_two_substances_that_has_one_is_seen(sides: Sides) -> None:
    brand = 'brands = ["Zbrand"]'
    tables = [product("zp", "zsa"), product("zq", "zxa"), specialty("zq-a", "Zother")]
    two = sides(
        [substance("zsa", brand), substance("zxa", brand), *tables],
        [substance("zsa", brand), substance("zxa"), *tables],
    )
    assert verdicts(two, "zq-a", ["Zbrand"]) == ("refuse", "no-objection")
    assert ("zq-a",) in told(sweep(*two))["allergy: Zbrand"]


def test_an_allergen_is_compared_by_a_name_that_it_kept(sides: Sides) -> None:
    """By the name that it lost it is recognised no more, and so a review, which is less milder."""
    named, renamed = (
        substance("zxa", 'names = ["zalias"]').replace('en = "zxa"', f'en = "{name}"')
        for name in ("zold", "znew")
    )
    tables = [substance("zsa"), product("zp", "zsa")]
    two = sides(
        [named, *tables, specialty("zp-a", "Zbrand", '"zxa"')],
        [renamed, *tables, specialty("zp-a", "Zbrand")],
    )
    assert verdicts(two, "zp-a", ["zalias"]) == ("refuse", "no-objection")
    found = {one.profile.name.en: one.diff for one in sweep(*two)}
    names = {one.name.en for one in declared(*two)}
    assert "zold" not in names
    assert found["allergy: zxa"].verdicts[mesomix.Verdict.REFUSE, mesomix.Verdict.NO_OBJECTION]


def test_two_allergens_that_are_gone_are_two_profiles(sides: Sides) -> None:
    """The reason why one is gone says nothing of the other."""
    two = sides(
        [*BASE, specialty("zp-a", "Zbrand", '"zxa", "zxb"')], [*BASE, specialty("zp-a", "Zbrand")]
    )
    found = told(sweep(*two))
    assert found["allergy: zxa"] == found["allergy: zxb"] == {("zp-a",), ("zp", "zp-a")}


def test_allergies_to_the_same_contents_are_one_profile(
    sides: Sides, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = [
        substance("zsa"),
        substance("zxa", 'groups = ["zgroup"]'),
        product("zp", "zsa"),
        f'[groups.zgroup]\nfr = "zgroup"\nen = "zgroup"\nevidence = "label"\n{SOURCED}',
    ]
    two = sides(
        [*tables, specialty("zp-a", "Zbrand", '"zxa"')], [*tables, specialty("zp-a", "Zbrand")]
    )
    found = {one.profile.name.en: one.profile for one in sweep(*two)}
    profile = found["allergy: zxa (+ 1)"]
    assert profile.burden == mesomix.Text("allergie : zxa", "allergy: zxa")
    assert [one.en for one in profile.alike] == ["zgroup"]
    files = [str(tmp_path / f"{number}.toml") for number in range(2)]
    assert main(["diff", *files, "--lang=en"]) == 1
    shown = capsys.readouterr().out
    assert "[allergy: zxa (+ 1)]\n\nThe same for an allergy to: zgroup\n\n" in shown
    assert main(["diff", *files, "--markdown"]) == 1
    assert "De même pour une allergie : `zgroup`\n" in capsys.readouterr().out
    assert main(["diff", *files, "--json"]) == 1
    alike = [one["alike"] for one in json.loads(capsys.readouterr().out)["profiles"]]
    assert [{"fr": "zgroup", "en": "zgroup"}] in alike


def test_what_is_said_of_one_condition_does_not_acknowledge_another(sides: Sides) -> None:
    """A later weeks' contraindication goes with that of a pregnancy, and has to be looked at."""
    conditions = [
        f'[conditions.{key}]\nfr = "{key}"\nen = "{key}"\n{implies}{SOURCED}'
        for key, implies in (("zbase", ""), ("zone", 'implies = ["zbase"]\n'))
    ]
    both = ", ".join(
        f'{{ condition = "{key}", severity = "refuse", {INLINE} }}' for key in ("zbase", "zone")
    )
    held = substance("zsa").replace("contraindications = []", f"contraindications = [{both}]")
    tables = [*conditions, product("zp", "zsa")]
    found = sweep(*sides([*tables, held], [*tables, substance("zsa")]))
    assert {*told(found)} == {"zbase", "zone"}
    entry = {
        "before": "refuse",
        "after": "no-objection",
        "objections": ["product-contraindicated: refuse"],
        "of": "product",
        "about": [["zp"]],
        "patient": "zbase",
        "reason": "r",
    }
    reasons = Acknowledgements.model_validate({"causes": [entry]})
    complete = {
        one.profile.name.en: acknowledged(one.diff, reasons, one.profile.burden).complete
        for one in found[2:]
    }
    assert complete == {"zbase": True, "zone": False}


def test_a_condition_that_implies_another_no_more_is_seen(sides: Sides) -> None:
    names = 'fr = "{0}"\nen = "{0}"\n'
    base = f"[conditions.zbase]\n{names.format('zbase')}{SOURCED}"
    one = f"[conditions.zone]\n{names.format('zone')}{{}}{SOURCED}"
    against = f'[{{ condition = "zbase", severity = "refuse", {INLINE} }}]'
    held = substance("zsa").replace("contraindications = []", f"contraindications = {against}")
    tables = [base, held, product("zp", "zsa")]
    two = sides([*tables, one.format('implies = ["zbase"]\n')], [*tables, one.format("")])
    assert told(sweep(*two)) == {"zone": {("zp",)}}


def test_what_a_rule_on_a_no_hides_is_seen(sides: Sides) -> None:
    """Somebody without anything is reviewed before and after."""

    @mesomix.rule(
        mesomix.Severity.REVIEW, fr="z", en="z", cites=mesomix.RULES["corticosteroid"].cites
    )
    def own_no(fact: mesomix.Fact) -> mesomix.Flags:
        """It wants a yes."""
        if fact.condition.id == "asthma" and not fact.yes("asthma"):
            yield mesomix.flag()

    rules = mesomix.Rulebook([*mesomix.RULES, own_no])
    unread = substance("zsa").replace("contraindications = []\n", "")
    tables = [product("zp", "zsa")]
    two = sides([unread, *tables], [substance("zsa"), *tables])
    assert told(sweep(*two, rules=(rules, rules))) == {"asthma": {("zp",)}}


def test_a_list_of_excipients_that_became_complete_is_seen(sides: Sides) -> None:
    known = specialty("zp-a", "Zbrand")
    two = sides([*BASE, known.replace("complete = true", "complete = false")], [*BASE, known])
    found = sweep(*two)
    assert told(found)[found[2].profile.name.en] == {("zp-a",)}
    assert "zxa" in {one.en for one in found[2].profile.alike}  # it is asked of no allergy any more


def test_a_rule_of_ones_own_on_allergies_may_look_at_anything(sides: Sides) -> None:
    """Also at what no rule of mesomix finds an allergen in."""

    @mesomix.rule(
        mesomix.Severity.REFUSE, fr="z", en="z", cites=mesomix.RULES["corticosteroid"].cites
    )
    def own_form(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
        """It looks at the form."""
        if allergy.id == "zxb" and any(one.form == "solution" for one in product.specialties):
            yield mesomix.flag()

    rules = mesomix.Rulebook([*mesomix.RULES, own_form])
    sold = specialty("zp-a", "Zbrand")
    two = sides([*BASE, sold], [*BASE, sold.replace('"solution"', '"powder"')])
    assert ("zp-a",) in told(sweep(*two, rules=(rules, rules)))["allergy: zxb"]
    assert told(sweep(*two)) == {}


def test_a_bare_substance_is_refused_no_more_where_the_name_of_an_allergy_is_gone(
    sides: Sides,
) -> None:
    """Who is allergic to the specialty was refused whatever is of the group of its substance."""
    group = f'[groups.zgone]\nfr = "zgone"\nen = "zgone"\nevidence = "label"\n{SOURCED}'
    members = [substance(key, 'groups = ["zgone"]') for key in ("zsa", "zsb")]
    tables = [group, *members, product("zp", "zsa")]
    found = sweep(*sides([*tables, specialty("zp-s", "zbrand")], tables))
    told = {
        changed.products
        for one in found
        for changed in one.diff.mixtures()
        if is_milder((changed.before, changed.after))
    }
    assert ("zsb",) in told
