"""Names that mean something else than before are told, since people write names."""

import json
from pathlib import Path
from typing import Final

import pytest

import mesomix
from mesomix.cli import main
from mesomix.space import Acknowledgements, Moved, moved_names
from mesomix.space.meanings import not_acknowledged

BEFORE: Final = """
version = "1"

[conditions.zyoung]
fr = "moins de 5 ans"
en = "under five"
younger_than_months = 60
source = "chan"
checked = 2026-11-21

[substances.zsa]
en = "zsa"
names = ["zalias"]
source = "chan"
checked = 2026-11-21

[substances.zsb]
en = "zsb"
source = "chan"
checked = 2026-11-21

[products.zpa]
fr = "alpha"
en = "alpha"
substances = ["zsa"]
effects = []
source = "chan"
checked = 2026-11-21

[products.zpb]
fr = "beta"
en = "beta"
substances = ["zsb"]
effects = []
source = "chan"
checked = 2026-11-21
"""
MORE: Final = """
[products.zpa.specialties.zpa-1]
name = "zsp"
brand = "Zbrand"
strength = "1 %"
form = "solution injectable"
routes = ["intradermal"]
marketing = { state = "marketed", source = "chan", checked = 2026-11-21 }
source = "chan"
checked = 2026-11-21

[groups.zgroup]
fr = "zgroupe"
en = "zgroup"
evidence = "label"
source = "chan"
checked = 2026-11-21
"""


def loaded(folder: Path, text: str) -> mesomix.Formulary:
    path = folder / "other.toml"
    path.write_text(text, encoding="utf-8")
    return mesomix.load(path)


@pytest.fixture
def before(tmp_path: Path) -> mesomix.Formulary:
    path = tmp_path / "before.toml"
    path.write_text(BEFORE, encoding="utf-8")
    return mesomix.load(path)


def test_nothing_moves_from_itself_to_itself(before: mesomix.Formulary) -> None:
    assert moved_names(before, before) == ()


def test_names_that_two_products_exchange(tmp_path: Path, before: mesomix.Formulary) -> None:
    text = BEFORE.replace("alpha", "x").replace("beta", "alpha").replace('"x"', '"beta"')
    expected = (
        Moved("alpha", "products.zpa", "products.zpb"),
        Moved("beta", "products.zpb", "products.zpa"),
    )
    assert moved_names(before, loaded(tmp_path, text)) == expected


def test_a_name_that_is_given_up_or_goes_to_another(
    tmp_path: Path, before: mesomix.Formulary
) -> None:
    given_up = loaded(tmp_path, BEFORE.replace('names = ["zalias"]\n', ""))
    assert moved_names(before, given_up) == (Moved("zalias", "substances.zsa", ""),)
    alias = 'names = ["zalias"]\n'
    moved = BEFORE.replace(alias, "").replace('en = "zsb"\n', f'en = "zsb"\n{alias}')
    expected = (Moved("zalias", "substances.zsa", "substances.zsb"),)
    assert moved_names(before, loaded(tmp_path, moved)) == expected


def test_a_condition_that_is_dropped_or_of_another_age(
    tmp_path: Path, before: mesomix.Formulary
) -> None:
    start, end = BEFORE.index("[conditions"), BEFORE.index("[substances.zsa]")
    dropped = moved_names(before, loaded(tmp_path, BEFORE[:start] + BEFORE[end:]))
    assert {(one.before, one.after) for one in dropped} == {("conditions.zyoung (< 60 months)", "")}
    younger = moved_names(before, loaded(tmp_path, BEFORE.replace("= 60", "= 36")))
    assert {(one.before, one.after) for one in younger} == {
        ("conditions.zyoung (< 60 months)", "conditions.zyoung (< 36 months)")
    }


def test_of_what_is_gone_one_name_is_told(tmp_path: Path, before: mesomix.Formulary) -> None:
    """It was refused to somebody, and what is written of it is a review now."""
    without = BEFORE[: BEFORE.index("[products.zpb]")]
    assert moved_names(before, loaded(tmp_path, without)) == (Moved("beta", "products.zpb", ""),)
    other = without.replace("zsa", "zsb").replace('names = ["zalias"]\n', "", 1)
    other = other[: other.index("[substances.zsb]")] + other[other.rindex("[substances.zsb]") :]
    found = moved_names(before, loaded(tmp_path, other))
    assert Moved("zsa", "substances.zsa", "") in found
    assert "zalias" not in {one.name for one in found}


@pytest.mark.parametrize(
    ("where", "line", "name", "after"),
    [
        ('en = "alpha"\n', 'names = ["zorgle"]\n', "zorgle", "products.zpa"),
        ('en = "zsb"\n', 'names = ["zorgle"]\n', "zorgle", "substances.zsb"),
        ('en = "zsb"\n', 'brands = ["Zorgle"]\n', "Zorgle", "substances.zsb"),
        ('name = "zsp"\n', 'other_names = ["Zorgle"]\n', "Zorgle", "products.zpa-1"),
        ('name = "zsp"\n', 'cis = "60000011"\n', "60000011", "products.zpa-1"),
        ('en = "zgroup"\n', 'names = ["zorgle"]\n', "zorgle", "groups.zgroup"),
        ('en = "under five"\n', 'names = ["z"]\n', "z", "conditions.zyoung (< 60 months)"),
    ],
)
def test_a_name_that_is_new_is_told(
    tmp_path: Path, where: str, line: str, name: str, after: str
) -> None:
    """It was not recognised, and so a review."""
    old, text = loaded(tmp_path, BEFORE + MORE), BEFORE + MORE
    assert text.count(where) == 1
    new = loaded(tmp_path, text.replace(where, where + line))
    assert moved_names(old, new) == (Moved(name, "", after),)


def test_what_is_new_as_a_whole(tmp_path: Path, before: mesomix.Formulary) -> None:
    """A product is told as one; of a group, a substance and a condition one name is told."""
    start = BEFORE.index("[products.zpb]")
    product = BEFORE[start:].replace("zpb", "zpc").replace("beta", "gamma")
    product = product.replace("zsb", "lidocaine")
    assert moved_names(before, loaded(tmp_path, BEFORE + product)) == ()
    added = loaded(tmp_path, BEFORE + product)
    assert moved_names(before, added, added={"zpc"}) == ()
    assert moved_names(before, added, added=()) == (Moved("gamma", "", "products.zpc"),)
    start, end = BEFORE.index("[conditions"), BEFORE.index("[substances.zsb]")
    without = BEFORE[:start] + BEFORE[end:].replace('["zsa"]', '["zsb"]')
    found = moved_names(loaded(tmp_path, without), loaded(tmp_path, BEFORE))
    new = [one for one in found if not one.before]
    assert new == [
        Moved("zsa", "", "substances.zsa"),
        Moved("moins de 5 ans", "", "conditions.zyoung (< 60 months)"),
    ]


def test_a_new_brand_of_two_specialties_that_were_there_is_a_product_that_was_added(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = MORE.index("[groups")
    second = MORE[:start].replace("zpa-1", "zpa-2").replace("zsp", "zspb").replace("1 %", "2 %")
    reviewed = BEFORE.replace('en = "zsa"\n', 'en = "zsa"\ncontraindications = []\n')
    old = reviewed + MORE + second.replace("Zbrand", "Zother")
    new = old.replace('"Zbrand"\n', '"Zbrand"\nother_names = ["Zorgle"]\n')
    new = new.replace('"Zother"\n', '"Zother"\nother_names = ["Zorgle"]\n')
    (tmp_path / "before.toml").write_text(old, encoding="utf-8")
    loaded(tmp_path, new)
    files = [str(tmp_path / name) for name in ("before.toml", "other.toml")]
    assert main(["diff", *files, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert {tuple(one["added"]) for one in found["profiles"]} == {("zorgle",)}
    assert found["names"] == []
    assert main(["diff", *files, "--specialties", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["names"] == [{"name": "Zorgle", "before": "", "after": "products.zorgle"}]


def test_a_name_that_is_new_needs_a_reason_of_its_own(
    tmp_path: Path, before: mesomix.Formulary, capsys: pytest.CaptureFixture[str]
) -> None:
    """And what is printed, with a reason, is one, whatever the name is made of."""
    alias = 'names = ["zalias", "z\\"or\\\\gle ```"]'
    after = loaded(tmp_path, BEFORE.replace('names = ["zalias"]', alias))
    moved = moved_names(before, after)
    entry = {"name": moved[0].name, "after": "substances.zsa", "reason": "it was something else"}
    assert not_acknowledged(moved, Acknowledgements.model_validate({"names": [entry]})) == moved
    files = [str(tmp_path / name) for name in ("before.toml", "other.toml")]
    for option in ("--lang=en", "--lang=fr"):
        assert main(["diff", *files, "--markdown", option]) == 1
        shown = capsys.readouterr().out
        title = next(line for line in shown.splitlines() if line.startswith("## "))
        assert "names to be acknowledged" in title or "noms à expliquer" in title
        assert "Everything that became milder is acknowledged" not in shown
        assert "Tout ce qui est devenu plus clément a une explication" not in shown
        assert "### Not acknowledged" in shown or "### Sans explication écrite" in shown
        assert "it was not recognised, and so a review" in shown or "n'était pas reconnu" in shown
    assert main(["diff", *files, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["complete"] is False
    written = shown.split("```toml\n")[1].split("```")[0]
    reasons = tmp_path / "reasons.toml"
    reasons.write_text(written.replace('reason = ""', 'reason = "seen"'), encoding="utf-8")
    assert main(["diff", *files, f"--acknowledged={reasons}", "--lang=en"]) == 0
    shown = capsys.readouterr().out
    assert "Everything that became milder is acknowledged." in shown
    assert ": — → substances.zsa: seen" in shown


def test_a_name_that_is_gone_says_what_becomes_of_it(
    tmp_path: Path, before: mesomix.Formulary, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded(tmp_path, BEFORE[: BEFORE.index("[products.zpb]")])
    files = [str(tmp_path / name) for name in ("before.toml", "other.toml")]
    assert main(["diff", *files, "--lang=en"]) == 1
    shown = capsys.readouterr().out
    told = "- beta: products.zpb → — (no longer recognised: a review, even where it was refused)"
    assert told in shown.splitlines()
    entry = '[[names]]\nname = "beta"\nbefore = "products.zpb"\nafter = ""\nreason = ""\n'
    assert entry in shown
    assert "  what is written of it is no longer recognised: a review" in shown
    reasons = tmp_path / "reasons.toml"
    reasons.write_text(entry.replace('reason = ""', 'reason = "sold no more"'))
    assert main(["diff", *files, f"--acknowledged={reasons}"]) == 0


def test_each_has_to_be_acknowledged(
    tmp_path: Path, before: mesomix.Formulary, capsys: pytest.CaptureFixture[str]
) -> None:
    after = loaded(tmp_path, BEFORE.replace('names = ["zalias"]\n', ""))
    moved = moved_names(before, after)
    entry = {"name": "zalias", "after": "", "reason": "it was none"}
    assert not_acknowledged(moved, Acknowledgements.model_validate({"names": [entry]})) == ()
    wrong = Acknowledgements.model_validate({"names": [entry | {"after": "substances.zsb"}]})
    assert not_acknowledged(moved, wrong) == moved
    files = [str(tmp_path / name) for name in ("before.toml", "other.toml")]
    assert main(["diff", *files, "--lang=en"]) == 1
    assert "- zalias: substances.zsa → —" in capsys.readouterr().out
    reasons = tmp_path / "reasons.toml"
    reasons.write_text('[[names]]\nname = "zalias"\nafter = ""\nreason = "none"\n')
    assert main(["diff", *files, f"--acknowledged={reasons}", "--lang=en"]) == 0
    shown = capsys.readouterr().out
    assert shown.endswith("Reasons given\n- zalias → —: none\n")
    assert "Acknowledges nothing" not in shown
    reasons.write_text(reasons.read_text().replace('after = ""', 'after = "substances.zsb"'))
    assert main(["diff", *files, f"--acknowledged={reasons}", "--lang=en"]) == 1
    shown = capsys.readouterr().out
    assert "Acknowledges nothing: names[0]" in shown
    assert "Reasons given" not in shown
    assert main(["diff", *files, f"--acknowledged={reasons}", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["names_unmatched"] == ["names[0]"]


def test_many_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ", ".join(f'"zalias {chr(97 + n // 26)}{chr(97 + n % 26)}"' for n in range(60))
    for name, text in (("before", BEFORE.replace('"zalias"', names)), ("other", BEFORE)):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    files = [str(tmp_path / name) for name in ("before.toml", "other.toml")]
    assert main(["diff", *files, "--lang=en"]) == 1
    shown = capsys.readouterr().out  # the 60, and the one that is new
    assert "- and 11 more" in shown
    assert "# and 11 more" in shown
    assert shown.count("[[names]]") == 50


def test_a_brand_of_two_substances_that_is_of_one(
    tmp_path: Path, before: mesomix.Formulary
) -> None:
    brand = 'brands = ["Zbrand"]\n'
    both = BEFORE.replace('en = "zsa"\n', f'en = "zsa"\n{brand}')
    two = loaded(tmp_path, both.replace('en = "zsb"\n', f'en = "zsb"\n{brand}'))
    expected = Moved("Zbrand", "substances.zsa (zsa + zsb)", "substances.zsa (products.zpa)")
    assert moved_names(two, loaded(tmp_path, both)) == (expected,)
    new = Moved("Zbrand", "", "substances.zsa")  # nothing had that name
    assert moved_names(before, loaded(tmp_path, both)) == (new,)


def test_a_brand_of_substances_that_no_product_is_of(tmp_path: Path) -> None:
    start, end = BEFORE.index("[substances.zsb]"), BEFORE.index("[products.zpa]")
    one = BEFORE[start:end].replace("zsb", "zsc")
    brand = 'en = "zsc"\nbrands = ["Zbrand"]\n'
    one = one.replace('en = "zsc"\n', brand)
    other = one.replace("zsc", "zsd")
    two = loaded(tmp_path, BEFORE + one + other)
    expected = Moved("Zbrand", "substances.zsc (zsc + zsd)", "substances.zsc (zsc)")
    less = loaded(tmp_path, BEFORE + one + other.replace('brands = ["Zbrand"]\n', ""))
    assert moved_names(two, less) == (expected,)


def test_a_substance_of_which_one_product_is_left(tmp_path: Path) -> None:
    """Its name was of no product, and so reviewed, while it had two."""
    start = BEFORE.index("[products.zpb]")
    second = BEFORE.replace('substances = ["zsb"]', 'substances = ["zsa"]')
    one, two = loaded(tmp_path, BEFORE[:start]), loaded(tmp_path, second)
    read = {moved.name: (moved.before, moved.after) for moved in moved_names(two, one)}
    meant = "substances.zsa (zsa)", "substances.zsa (products.zpa)"
    assert read == {"zsa": meant, "zalias": meant, "beta": ("products.zpb", "")}
    assert moved_names(one, two) != ()  # it was a product, whose verdict may have been a refusal
    first = BEFORE.index("[products.zpa]")
    without = loaded(tmp_path, BEFORE[:first] + BEFORE[start:])
    one = loaded(tmp_path, BEFORE)
    assert moved_names(without, one) == ()  # the product that was added is told
    assert moved_names(one, without) == (Moved("alpha", "products.zpa", ""),)


def test_nothing_in_a_name_marks_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither in one that moved, nor in that of a condition or of an allergen."""
    bad = "</details> @all **x**"
    old = BEFORE.replace('"zalias"', f'"{bad}"').replace('"zsb"', f'"zsb {bad}"', 1)
    old = old.replace('substances = ["zsb"]', 'substances = ["zsa", "zsb"]')
    for name, text in (("before", old), ("other", old.replace(f'names = ["{bad}"]\n', ""))):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    less = (tmp_path / "other.toml").read_text().replace('["zsa", "zsb"]', '["zsa"]')
    (tmp_path / "other.toml").write_text(less)
    files = [str(tmp_path / name) for name in ("before.toml", "other.toml")]
    assert main(["diff", *files, "--lang=en", "--markdown"]) == 1
    shown = capsys.readouterr().out
    assert f"# `allergy: zsb {bad}" in shown
    assert f"- `{bad}`: substances.zsa → —" in shown
    assert "@all" not in "".join(shown.replace("```", "`").split("`")[::2])
