"""Names that mean something else than before are told, since people write names."""

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


def test_a_product_that_is_gone_takes_its_names_along(
    tmp_path: Path, before: mesomix.Formulary
) -> None:
    without = BEFORE[: BEFORE.index("[products.zpb]")]
    assert moved_names(before, loaded(tmp_path, without)) == ()


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
    assert main(["diff", *files, f"--acknowledged={reasons}"]) == 0


def test_many_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ", ".join(f'"zalias {chr(97 + n // 26)}{chr(97 + n % 26)}"' for n in range(60))
    for name, text in (("before", BEFORE.replace('"zalias"', names)), ("other", BEFORE)):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    files = [str(tmp_path / name) for name in ("before.toml", "other.toml")]
    assert main(["diff", *files, "--lang=en"]) == 1
    assert "- and 10 more" in capsys.readouterr().out
