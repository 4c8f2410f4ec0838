"""Which files are read beside which, and what of them is told to whom."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import pytest

import mesomix
from mesomix.formulary.files import SHIPPED, shipped_folder
from mesomix.linter import LintReport, lint
from mesomix.linter.formularies import read_run

Write = Callable[..., Path]
AS_OF: Final = date(2026, 11, 21)
LATER: Final = date(2040, 1, 1)
OURS: Final = [shipped_folder() / name for name in SHIPPED]


def shown(*paths: Path) -> tuple[str, ...]:
    """The paths of shipped files as the linter names those that nobody named."""
    here = Path.cwd()
    return tuple(str(p.relative_to(here) if p.is_relative_to(here) else p) for p in paths)


def places(report: LintReport) -> set[tuple[str, str]]:
    return {(d.rule, d.place.file) for d in report.diagnostics}


def substances_in(text: str) -> str:
    """The shipped substances, with more behind them."""
    return OURS[1].read_text(encoding="utf-8") + text


def a_substance(key: str, source: str = "house-rules") -> str:
    return f'[substances.{key}]\nen = "{key}"\nsource = "{source}"\nchecked = 2026-11-21\n'


def test_without_a_file_the_shipped_data_is_asked_about() -> None:
    report = lint(as_of=LATER)
    assert report.files == shown(*OURS)
    assert report.beside == ()
    assert {file for _, file in places(report)} == set(report.files)


def test_the_shipped_data_has_gaps_and_nothing_else() -> None:
    assert lint(as_of=AS_OF).status == 0
    assert all(d.severity == "gap" for d in lint(as_of=AS_OF).diagnostics)


def test_a_clinic_file_is_read_beside_the_shipped_substances(sound: str, write: Write) -> None:
    path = write(sound)
    report = lint(path, as_of=LATER)
    assert report.files == (str(path),)
    assert report.beside == shown(*OURS[:2])


def test_warnings_and_gaps_of_shipped_files_are_not_told_to_a_clinic(
    sound: str, write: Write
) -> None:
    path = write(sound)
    stale = lint(path, as_of=LATER)
    assert places(stale) == {("stale-fact", str(path)), ("no-recent-source", str(path))}


def test_errors_of_shipped_files_are_told_to_a_clinic(sound: str, write: Write) -> None:
    report = lint(write(sound), write("", "references.toml"), select=["unknown-reference"])
    (beside,) = report.beside
    assert beside in {file for _, file in places(report)}


def test_ages_of_shipped_files_are_not_told_to_a_clinic(sound: str, write: Write) -> None:
    path = write(sound)
    for day, rule in (
        (date(2026, 1, 1), "checked-in-the-future"),
        (date(2040, 1, 1), "stale-fact"),
    ):
        report = lint(path, as_of=day, select=[rule])
        assert report.beside
        assert {file for _, file in places(report)} == {str(path)}


def test_a_conflict_shows_both_places_in_their_own_files(sound: str, write: Write) -> None:
    path = write(sound + a_substance("procaine"))
    (taken,) = lint(path).diagnostics
    (other,) = taken.others
    assert (taken.rule, taken.place.file, other.file) == ("taken-id", str(path), *shown(OURS[1]))
    assert (taken.place.key, other.key) == ("substances.procaine", "substances.procaine")
    assert (taken.place.excerpt, other.excerpt) == ("[substances.procaine]",) * 2
    lines = OURS[1].read_text(encoding="utf-8").splitlines()
    assert other.span is not None
    assert lines[other.span.line - 1] == other.excerpt


def test_a_name_of_a_shipped_substance_is_shown_where_it_is(sound: str, write: Write) -> None:
    path = write(
        sound.replace('en = "exemplin"\ngroups', 'en = "exemplin"\nnames = ["Procaïne"]\ngroups')
    )
    clash = lint(path).diagnostics[0]
    assert (clash.rule, clash.place.file, clash.place.key) == (
        "name-claimed-twice",
        str(path),
        "substances.exemplin.names[0]",
    )
    assert [(other.file, other.key) for other in clash.others] == [
        (*shown(OURS[1]), "substances.procaine.fr")
    ]


def test_two_clinic_files_are_two_formularies(sound: str, write: Write) -> None:
    one, other = write(sound, "a.toml"), write(sound, "b.toml")
    report = lint(one, other, as_of=AS_OF)
    assert report.files == (str(one), str(other))
    assert report.diagnostics == ()


def test_two_clinic_files_share_what_is_wrong_beside_them_once(sound: str, write: Write) -> None:
    beside = write(substances_in(a_substance("extra", source="nowhere")), "substances.toml")
    one, other = write(sound, "a.toml"), write(sound, "b.toml")
    report = lint(one, other, beside)
    found = [(d.rule, d.place.file) for d in report.diagnostics if d.rule == "unknown-reference"]
    assert found == [("unknown-reference", str(beside))]
    assert report.files == (str(beside), str(one), str(other))
    assert report.beside == shown(OURS[0])


def test_what_is_wrong_in_one_of_two_clinic_files_is_told_of_that_one(
    sound: str, write: Write
) -> None:
    one = write(sound, "a.toml")
    other = write(sound.replace('also = ["house-rules"]', 'also = ["b-rules"]'), "b.toml")
    assert places(lint(one, other)) == {("unknown-reference", str(other))}


@pytest.mark.parametrize("first", [True, False])
def test_a_file_that_is_named_like_a_shipped_one_takes_its_place(
    sound: str, write: Write, *, first: bool
) -> None:
    beside = write(substances_in(a_substance("extra")), "own/substances.toml")
    clinic = write(sound.replace('present = ["exemplin"]', 'present = ["extra"]'))
    assert places(lint(clinic)) == {("unknown-substance", str(clinic))}
    report = lint(beside, clinic) if first else lint(clinic, beside)
    assert report.diagnostics == ()
    assert report.files == (str(beside), str(clinic))


def test_a_file_of_substances_alone_is_held_against_the_shipped_products(write: Write) -> None:
    beside = write(a_substance("extra"), "substances.toml")
    report = lint(beside)
    assert report.files == (str(beside),)
    assert report.beside == shown(OURS[0], OURS[2])
    assert ("unknown-substance", *shown(OURS[2])) in places(report)


def test_a_clinic_file_may_be_called_products(sound: str, write: Write) -> None:
    path = write(sound, "products.toml")
    report = lint(path, as_of=AS_OF)
    assert (report.files, report.diagnostics) == ((str(path),), ())


def test_a_symlink_to_a_shipped_file_is_that_file(tmp_path: Path) -> None:
    link = tmp_path / "renamed.toml"
    link.symlink_to(OURS[1])
    report = lint(link, as_of=AS_OF)
    assert report.files == (*shown(OURS[0]), str(link), *shown(OURS[2]))
    assert report.beside == ()
    assert report.status == 0


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_shipped_file_that_is_named_in_another_way_is_that_file(number: int) -> None:
    path = OURS[number]
    other = path.parent / ".." / path.parent.name / path.name
    report = lint(other, as_of=AS_OF)
    assert str(other) in report.files
    assert len(report.files) == 3
    assert report.status == 0


def test_with_a_clinic_file_the_other_shipped_files_are_context_only(
    sound: str, write: Write
) -> None:
    clinic = write(sound)
    report = lint(OURS[1], clinic, as_of=LATER)
    assert report.files == (str(OURS[1]), str(clinic))
    assert report.beside == shown(OURS[0])
    assert {file for _, file in places(report)} == set(report.files)


def test_a_file_that_is_given_twice_is_read_once(sound: str, write: Write) -> None:
    path = write(sound)
    assert len(read_run([path, str(path), path]).formularies) == 1


def test_shipped_files_are_named_from_the_working_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(shipped_folder().parent)
    assert lint().files == tuple(os.path.join(shipped_folder().name, name) for name in SHIPPED)  # noqa: PTH118 (as it is written)
    monkeypatch.chdir(tmp_path)
    assert lint().files == tuple(map(str, OURS))


def test_an_unknown_substance_is_no_clash_of_names_as_well(sound: str, write: Write) -> None:
    """A product is called like the substance that it was to name."""
    path = write(
        sound.replace('substances = ["exemplin"]', 'substances = ["exemplinn"]').replace(
            '"exempline"', '"procaïne"'
        )
    )
    assert places(lint(path)) == {("unknown-substance", str(path))}
    with pytest.raises(mesomix.DataError):
        mesomix.load(path)
