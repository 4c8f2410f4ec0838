"""The linter as a whole: where a conflict is told, and what is real and has to be believed."""

import sys
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import mesomix
from mesomix.formulary.files import shipped_folder
from mesomix.linter import LINT_RULES

GROUP = """
[groups.caines]
fr = "caïnes"
en = "caines"
evidence = "possible"
atc = ["N01BB"]
source = "house-rules"
checked = 2026-11-21
"""


@pytest.fixture
def found(tmp_path: Path) -> Callable[[str], list[tuple[str, str]]]:
    """The rules and the keys of what the linter finds in a file of that text."""

    def lint(text: str) -> list[tuple[str, str]]:
        file = tmp_path / "clinic.toml"
        file.write_text(text, encoding="utf-8")
        report = mesomix.lint(file)
        assert {d.place.file for d in report.diagnostics} <= {str(file)}
        return [(d.rule, d.place.key) for d in report.diagnostics]

    return lint


def test_a_conflict_with_a_shipped_file_is_told_where_it_can_be_mended(
    sound: str, found: Callable[[str], list[tuple[str, str]]]
) -> None:
    # The shipped amides are of that class, and not in the clinic's group.
    assert set(found(sound + GROUP)) >= {("substance-outside-its-group", "groups.caines.atc")}


def test_a_name_that_a_shipped_file_has_is_told_where_the_clinic_claims_it(
    sound: str, found: Callable[[str], list[tuple[str, str]]]
) -> None:
    named = GROUP.replace('atc = ["N01BB"]', 'names = ["xylocaïne"]')
    assert ("name-claimed-twice", "groups.caines.names[0]") in found(sound + named)


def test_an_age_between_two_shipped_ones_is_told_where_the_clinic_gives_it(
    sound: str, found: Callable[[str], list[tuple[str, str]]]
) -> None:
    # No shipped condition can imply it: asking for the age itself is the clinic's way out.
    key = "conditions.under-12-years"
    young = f"""
[{key}]
fr = "âge de moins de 12 ans"
en = "age under 12 years"
implies = ["under-15-years"]
younger_than_months = 144
source = "house-rules"
checked = 2026-11-21
"""
    ages = [(rule, at) for rule, at in found(sound + young) if rule.startswith("age-")]
    assert ages == [("age-without-implication", f"{key}.younger_than_months")]
    wrong = young.replace("under-15-years", "under-3-years")
    ages = [(rule, at) for rule, at in found(sound + wrong) if rule.startswith("age-")]
    assert ages == [
        ("age-unlike-implication", f"{key}.implies[0]"),
        ("age-without-implication", f"{key}.younger_than_months"),
    ]


@pytest.mark.parametrize(
    "strength",
    [
        *("4000 UI anti-Xa/0,4 ml", "5 microgrammes/ml", "1 million UI", "20 mcg", "0,9 %"),
        *("250 mg/flacon", "1\u202f000 UI", "20 mg + 5 mg", "10 g/100 ml", "2,25 g", "100 U.I./ml"),
    ],
)
def test_a_strength_that_a_label_may_have_is_believed(
    strength: str, sound: str, found: Callable[[str], list[tuple[str, str]]]
) -> None:
    text = sound.replace('strength = "5 mg"', f'strength = "{strength}"')
    assert text != sound
    assert "malformed-unit" not in [rule for rule, _ in found(text)]


@pytest.mark.parametrize("strength", ["5", "mg", "5 mgg", "5 mg/", "5 mg/2 mll", "forte", "5 /ml"])
def test_a_strength_without_a_number_or_a_known_unit_is_a_warning(
    strength: str, sound: str, found: Callable[[str], list[tuple[str, str]]]
) -> None:
    text = sound.replace('strength = "5 mg"', f'strength = "{strength}"')
    assert "malformed-unit" in [rule for rule, _ in found(text)]


def test_three_empty_files_in_place_of_the_shipped_ones_lack_everything(tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.toml" for name in ("references", "substances", "products")]
    for file in files:
        file.write_text("", encoding="utf-8")
    report = mesomix.lint(*files, as_of=date(2026, 11, 21))
    assert {d.rule for d in report.diagnostics} == {
        "no-product",
        "condition-of-a-rule-missing",
        "group-of-a-rule-missing",
        "reference-of-a-rule-missing",
    }
    assert report.status == 1
    assert all(d.place.span is None for d in report.diagnostics)


TWIN = """
[products.specimenol]
fr = "specimenol"
en = "specimenol"
names = ["Exemplin-"]
substances = ["exemplo"]
effects = ["draining"]
source = "leaflet"
checked = 2026-11-21
"""


def test_products_with_one_name_clash_though_one_holds_an_unknown_substance(
    sound: str, found: Callable[[str], list[tuple[str, str]]]
) -> None:
    told = found(sound + TWIN)
    assert ("unknown-substance", "products.specimenol.substances[0]") in told
    assert ("name-claimed-twice", "products.specimenol.names[0]") in told


def test_a_product_may_have_the_name_of_the_substance_that_it_was_to_name(
    sound: str, found: Callable[[str], list[tuple[str, str]]]
) -> None:
    told = found(sound + TWIN.replace('"Exemplin-"', '"Lidocaïne"'))
    assert "name-claimed-twice" not in [rule for rule, _ in told]


@pytest.mark.parametrize(
    ("select", "ignore", "in_part"),
    [
        ([], [], False),
        ([], ["unknown-effect"], True),
        ([], ["look-alike-ids"], False),
        (["name-claimed-twice"], [], True),
        (["unknown-effect", "name-claimed-twice"], [], False),
    ],
)
def test_what_was_judged_without_a_value_whose_fault_nobody_is_told_is_not_checked(
    select: list[str], ignore: list[str], *, in_part: bool, sound: str, tmp_path: Path
) -> None:
    file = tmp_path / "clinic.toml"
    file.write_text(sound.replace('"draining"', '"drainage"'), encoding="utf-8")
    report = mesomix.lint(file, as_of=date(2026, 11, 21), select=select, ignore=ignore)
    why = report.not_checked.get("name-claimed-twice")
    assert (why is not None) is in_part
    assert why is None or why.en.startswith("values of a wrong shape were not judged")


@pytest.mark.parametrize("rule", [rule.id for rule in LINT_RULES if rule.needs_date])
def test_a_lint_rule_of_ages_is_not_asked_for_without_a_day(rule: str) -> None:
    with pytest.raises(ValueError, match=f"select: {rule} counts from a day: give as_of"):
        mesomix.lint(select=[rule])
    mesomix.lint(select=[rule], as_of=date(2026, 11, 21))
    assert rule in mesomix.lint(ignore=[rule]).not_checked


def test_a_severity_may_be_asked_for_without_a_day() -> None:
    report = mesomix.lint(select=["warning"])
    assert report.not_checked["stale-fact"].en == "no date is given to count ages from (--as-of)"


def test_ages_of_files_that_are_only_read_beside_are_not_told(sound: str, tmp_path: Path) -> None:
    file = tmp_path / "clinic.toml"
    file.write_text(sound, encoding="utf-8")
    for day in (date(2020, 1, 1), date(2040, 1, 1)):
        report = mesomix.lint(file, as_of=day)
        assert report.beside
        assert {d.place.file for d in report.diagnostics} == {str(file)}
        assert {"checked-in-the-future", "stale-fact"} & {d.rule for d in report.diagnostics}


@pytest.mark.parametrize(
    ("key", "rule"),
    [("bdpm_codes", "substance-described-twice"), ("atc", "atc-claimed-twice")],
)
def test_a_shipped_substance_that_the_clinic_describes_again_is_told_in_its_own_file(
    key: str, rule: str, sound: str, found: Callable[[str], list[tuple[str, str]]]
) -> None:
    shipped = tomllib.loads((shipped_folder() / "substances.toml").read_text(encoding="utf-8"))
    code = shipped["substances"]["lidocaine"][key][-1]
    group = 'groups = ["exemplins"]'
    assert sound.count(group) == 1
    text = sound.replace(group, f'{group}\n{key} = ["{code}"]')
    assert (rule, f"substances.exemplin.{key}[0]") in found(text)


@pytest.mark.parametrize("name", ["Exempline Kenacort", "exempline-dexaméthasone 4 mg"])
def test_the_name_of_a_shipped_corticosteroid_in_one_of_the_clinic_s_is_an_error(
    name: str, sound: str, found: Callable[[str], list[tuple[str, str]]]
) -> None:
    text = sound.replace('fr = "exempline"', f'fr = "exempline"\nnames = ["{name}"]')
    assert ("corticosteroid-in-a-name", "products.exemplin.names[0]") in found(text)


def test_a_formulary_without_a_version_is_told_at_the_file_with_the_products(
    sound: str, tmp_path: Path
) -> None:
    file = tmp_path / "clinic.toml"
    file.write_text(sound.replace('version = "trial"\n', ""), encoding="utf-8")
    substances = tmp_path / "substances.toml"
    substances.write_bytes((shipped_folder() / "substances.toml").read_bytes())
    report = mesomix.lint(substances, file)
    (told,) = [d for d in report.diagnostics if d.rule == "version-missing"]
    assert told.place.file == str(file)
    assert told.place.span is None


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        ('condition = "gout"', 'condition = "grossesse"', "pregnancy"),
        ('condition = "gout"', 'condition = "enceinte"', "pregnancy"),
        ('condition = "gout"', 'condition = "xyzzy"', None),
        ('"draining"', '"cicatrice"', "scar"),
        ('"draining"', '"drainant"', "draining"),
        ('substances = ["exemplin"]', 'substances = ["exempline"]', "exemplin"),
        ('groups = ["exemplins"]', 'groups = ["exemplines"]', "exemplins"),
        ('allergen = "exemplin"', 'allergen = "paraben"', "parabens"),
        ('"intradermal"', '"intradermique"', "intradermal"),
    ],
)
def test_what_is_written_by_its_name_in_french_or_english_is_recognised(
    old: str, new: str, meant: str | None, sound: str, tmp_path: Path
) -> None:
    file = tmp_path / "clinic.toml"
    assert old in sound
    file.write_text(sound.replace(old, new), encoding="utf-8")
    (told,) = [d for d in mesomix.lint(file).diagnostics if d.rule.startswith("unknown")]
    if meant is None:
        assert "did you mean" not in told.help.en
    else:
        assert told.help.en.startswith(f"did you mean {meant!r}? ")
        assert told.help.fr.startswith(f"vouliez-vous « {meant} » ? ")


@pytest.mark.skipif(sys.platform == "win32", reason="a working directory stays on Windows")
def test_a_working_directory_that_is_removed_keeps_nothing_from_being_read(
    sound: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "clinic.toml"
    file.write_text(sound, encoding="utf-8")
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    report = mesomix.lint(file)
    assert report.status == 0
    assert report.beside
    assert mesomix.lint().files


def test_a_conflict_is_told_in_words_that_hold_on_both_sides(
    sound: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a long path would be shortened
    file = Path("clinic.toml")
    twice = '\n[references.bdpm]\ntitle = "BDPM"\nchecked = 2026-11-21\n'
    specimenol = TWIN.replace("exemplo", "exemplin").replace('"Exemplin-"', '"Exemplar"')
    file.write_text(sound + twice + specimenol, encoding="utf-8")
    told = {d.rule: d for d in mesomix.lint(file, select=["error"]).diagnostics}
    assert told.keys() == {"taken-id", "name-claimed-twice"}
    taken, claimed = told["taken-id"], told["name-claimed-twice"]
    assert taken.place.file == str(file)
    for text in (taken.message.fr, taken.message.en):
        assert str(file) in text
        assert "references.toml" in text
    assert taken.message.en.startswith("the id 'bdpm' is taken twice: ")
    assert claimed.message.en == (
        "two things have the name 'Exemplar': products.specimenol, and products.exemplin"
    )
    assert [d.place.file for d in told.values()] == [str(file)] * 2
