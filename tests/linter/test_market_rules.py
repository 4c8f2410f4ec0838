"""The lint rules of the state of the market: what a case cannot show."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from bdpm.conftest import DOWNLOADED
from bdpm.files import CIP, COMPO, component, small, specialty
from bdpm.files import write as write_bdpm

import mesomix
from mesomix import bdpm
from mesomix.bdpm import Bdpm
from mesomix.formulary.files import shipped_folder
from mesomix.linter import LINT_RULES, Baseline, LintReport, LintSeverity, lint

Write = Callable[..., Path]
AS_OF = date(2026, 11, 21)
OF_BDPM = {rule.id for rule in LINT_RULES if rule.needs_bdpm}
CODED = ('en = "exemplin"\ngroups', 'en = "exemplin"\nbdpm_codes = ["90001"]\ngroups')


def told(report: LintReport) -> list[tuple[str, str]]:
    return [(d.rule, d.place.key) for d in report.diagnostics if d.rule in OF_BDPM]


@pytest.fixture
def coded(sound: str) -> str:
    """The sound file, of which BDPM says the same."""
    assert CODED[0] in sound
    return sound.replace(*CODED)


def test_a_folder_or_what_was_read_from_it(
    coded: str, write: Write, market: Bdpm, market_folder: Path
) -> None:
    file = write(coded.replace('"5 mg"', '"6 mg"'))
    for given in (market, market_folder, str(market_folder)):
        report = mesomix.lint(file, as_of=AS_OF, bdpm=given)
        assert [rule for rule, _ in told(report)] == ["strength-unlike-bdpm"]
        assert report.not_checked == {}
        assert report.status == 1


def test_what_bdpm_says_as_well_has_no_finding(coded: str, write: Write, market: Bdpm) -> None:
    report = lint(write(coded), as_of=AS_OF, bdpm=market)
    assert report.diagnostics == ()
    assert report.not_checked == {}


def test_a_substance_without_codes_is_a_gap_and_no_error(
    sound: str, write: Write, market: Bdpm
) -> None:
    report = lint(write(sound), as_of=AS_OF, bdpm=market)
    assert [(d.rule, d.severity) for d in report.diagnostics] == [
        ("not-compared-with-bdpm", LintSeverity.GAP)
    ]
    assert "no code of BDPM for exemplin" in report.diagnostics[0].message.en
    assert report.status == 0


def test_a_substance_that_nothing_describes_is_an_error_already(
    coded: str, write: Write, market: Bdpm
) -> None:
    file = write(coded.replace('substances = ["exemplin"]', 'substances = ["exampline"]'))
    report = lint(file, as_of=AS_OF, bdpm=market)
    assert "unknown-substance" in {d.rule for d in report.diagnostics}
    assert told(report) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('cis = "69999999"', "cis = 69999999"),
        ('cis = "69999999"', 'cis = "6999"'),
        ('strength = "5 mg"', "strength = 5"),
        ('routes = ["intradermal"]', 'routes = ["oraly"]'),
        ('state = "stopped"', 'state = "gone"'),
        ('name = "EXEMPLAR 5 mg, solution injectable"', "name = []"),
        ('form = "solution injectable"', "form = 1"),
        ('substances = ["exemplin"]', 'substances = "exemplin"'),
    ],
)
def test_nothing_is_compared_of_a_value_of_a_wrong_shape(
    right: str, wrong: str, coded: str, write: Write, market: Bdpm
) -> None:
    assert right in coded
    report = lint(write(coded.replace(right, wrong)), as_of=AS_OF, bdpm=market)
    assert report.status == 1
    assert told(report) == []


def test_without_its_file_the_rule_of_boxes_is_not_checked(
    coded: str, write: Write, tmp_path: Path
) -> None:
    files = small()
    del files[CIP]
    report = lint(write(coded), as_of=AS_OF, bdpm=write_bdpm(tmp_path / "bdpm", files))
    assert {rule: why.en for rule, why in report.not_checked.items()} == {
        "cip13-of-another-specialty": "the folder of BDPM has no CIS_CIP_bdpm.txt"
    }
    assert told(report) == [("cis-not-in-bdpm", "products.exemplin.specialties.exemplar-5-mg.cis")]


def test_rows_without_a_link_are_each_of_their_own(
    coded: str, write: Write, tmp_path: Path
) -> None:
    name = "EXEMPLAR 5 mg, solution injectable"
    row = specialty(
        *("69999999", name, "solution injectable", "intradermique"),
        *("Autorisation active", "Non commercialisée"),
    )
    substances = [
        component("69999999", code, "EXEMPLINE", "5 mg", "une ampoule", "SA", "")
        for code in ("90001", "90003")
    ]
    files = small()
    files["CIS_bdpm.txt"] += "\t".join(row).encode()
    files[COMPO] += "\n".join("\t".join(substance) for substance in substances).encode()
    report = lint(write(coded), as_of=AS_OF, bdpm=write_bdpm(tmp_path / "bdpm", files))
    assert [d.rule for d in report.diagnostics] == ["substance-unlike-bdpm"]
    assert "it has EXEMPLINE (90003)" in report.diagnostics[0].message.en


@pytest.mark.parametrize("rule", sorted(OF_BDPM))
def test_a_lint_rule_of_bdpm_is_not_asked_for_without_it(rule: str, market: Bdpm) -> None:
    with pytest.raises(ValueError, match=f"select: {rule} compares with BDPM: give its folder"):
        lint(select=[rule])
    assert lint(select=[rule], bdpm=market).not_checked.keys().isdisjoint({rule})
    assert rule in lint(ignore=[rule], bdpm=market).not_checked


def test_a_suppression_is_not_unused_where_bdpm_was_not_given(
    coded: str, write: Write, market: Bdpm
) -> None:
    suppression = (
        '\n[[suppressions]]\nfinding = "form-unlike-bdpm"\nat = "products.exemplin"\n'
        'reason = "As the box has it."\nauthor = "Dr Exemplar"\nexpires = 2027-11-21\n'
    )
    file = write(coded + suppression)
    assert lint(file, as_of=AS_OF).diagnostics == ()
    report = lint(file, as_of=AS_OF, bdpm=market)
    assert [d.rule for d in report.diagnostics] == ["unused-suppression"]
    silenced = write(coded.replace('"solution injectable"', '"solution"') + suppression)
    report = lint(silenced, as_of=AS_OF, bdpm=market)
    assert (report.diagnostics, report.suppressed) == ((), 1)


def test_what_bdpm_leaves_open_is_in_no_baseline(sound: str, write: Write, market: Bdpm) -> None:
    none = Baseline("gaps.json", {})
    report = lint(write(sound), as_of=AS_OF, bdpm=market, baseline=none)
    assert [d.rule for d in report.diagnostics] == ["not-compared-with-bdpm"]


# --- The shipped data, and the real BDPM ----------------------------------------------------------


@pytest.fixture(scope="module")
def downloaded() -> Bdpm:
    if not DOWNLOADED.is_dir():
        pytest.skip("the files of BDPM are absent")
    return bdpm.read(DOWNLOADED)


def test_the_shipped_specialties_are_as_bdpm_has_them(downloaded: Bdpm) -> None:
    report = lint(bdpm=downloaded)
    assert report.status == 0
    assert [(rule, key.rpartition(".specialties.")[2]) for rule, key in told(report)] == [
        ("not-compared-with-bdpm", "calcitonine-pharmy-ii-50-ui-1-ml.cis")  # gone from BDPM
    ]


MISTAKES = [
    ('cis = "66305209"', 'cis = "66305208"', "cis-not-in-bdpm"),
    ('cis = "66305209"', 'cis = "62904574"', "substance-unlike-bdpm"),
    ('name = "MIOREL 4 mg/2 ml, sol', 'name = "MIOREL 4 mg/1 ml, sol', "name-unlike-bdpm"),
    ('strength = "4 mg/2 ml"', 'strength = "4 mg/1 ml"', "strength-unlike-bdpm"),
    ('strength = "10 g/100 ml"', 'strength = "1 g/100 ml"', "strength-unlike-bdpm"),
    ('strength = "2,25 g"', 'strength = "2,52 g"', "strength-unlike-bdpm"),
    ('routes = ["intravenous"]', 'routes = ["intramuscular"]', "routes-unlike-bdpm"),
    ('form = "poudre pour solution buvable"', 'form = "solution buvable"', "form-unlike-bdpm"),
    ('state = "stopped"', 'state = "marketed"', "stopped-in-bdpm"),
    ('state = "withdrawn"\nsince', 'state = "stopped"\nsince', "withdrawn-in-bdpm"),
    (
        'state = "marketed"\nsince = 2006-03-27',
        'state = "withdrawn"\nsince = 2006-03-27',
        "market-state-unlike-bdpm",
    ),
    ('cip13 = ["3400936909564"]', 'cip13 = ["3400930308813"]', "cip13-of-another-specialty"),
]


@pytest.mark.parametrize(("right", "wrong", "rule"), MISTAKES, ids=str)
def test_a_mistake_in_the_shipped_data_is_found(
    right: str, wrong: str, rule: str, downloaded: Bdpm, write: Write
) -> None:
    text = (shipped_folder() / "products.toml").read_text(encoding="utf-8")
    assert text.count(right) == 1
    report = lint(write(text.replace(right, wrong), "products.toml"), bdpm=downloaded)
    assert rule in {found for found, _ in told(report)}
