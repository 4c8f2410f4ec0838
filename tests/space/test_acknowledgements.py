"""The file of acknowledgements: what it may hold, and what is said of the rest."""

from pathlib import Path

import pytest

import mesomix
from mesomix.space.acknowledgements import NONE, read_acknowledgements

CAUSE = """[[causes]]
before = "refuse"
after = "review"
objections = ["corticosteroid: refuse"]
of = "product"
about = [["piroxicam"]]
reason = "une erreur du fichier"
"""


def read(tmp_path: Path, text: str) -> list[str]:
    """The faults of such a file."""
    path = tmp_path / "acknowledged.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(mesomix.DataError) as caught:
        read_acknowledgements(path)
    assert all(fault.file == str(path) for fault in caught.value.faults)
    return [f"{fault.key}: {fault.problem}" for fault in caught.value.faults]


def test_a_file_of_each_kind(tmp_path: Path) -> None:
    path = tmp_path / "acknowledged.toml"
    path.write_text(
        "\ufeff"
        + CAUSE
        + '[[mixtures]]\nbefore = "review"\nafter = "no-objection"\nproducts = ["a", "b"]\n'
        + 'reason = "r"\n[[added]]\nproduct = "c"\nreason = "r"\n',
        encoding="utf-8",
    )
    found = read_acknowledgements(path)
    assert found.causes[0].change == (mesomix.Verdict.REFUSE, mesomix.Verdict.REVIEW)
    assert (found.mixtures[0].products, found.added[0].product) == (("a", "b"), "c")
    path.write_text("", encoding="utf-8")
    assert read_acknowledgements(path) == NONE


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('reason = "une erreur du fichier"', 'reason = " "', "causes[0].reason"),
        ('reason = "une erreur du fichier"', "", "causes[0].reason"),
        ('after = "review"', 'after = "refuse"', "must be milder"),
        ('before = "refuse"\nafter = "review"', 'before = "review"\nafter = "refuse"', "milder"),
        ('after = "review"', 'after = "safe"', "causes[0].after"),
        ('objections = ["corticosteroid: refuse"]', "objections = []", "causes[0].objections"),
        ('about = [["piroxicam"]]', "", "`about`"),
        ('about = [["piroxicam"]]', 'about = [["piroxicam"]]\nmixtures = 3', "`about`"),
        ('about = [["piroxicam"]]', "mixtures = 0", "causes[0].mixtures"),
        ('about = [["piroxicam"]]', 'about = [["a", "b", "c", "d"]]', "causes[0].about[0]"),
        ('of = "product"', 'of = "everything"', "causes[0].of"),
        ("[[causes]]", "[[cause]]", "cause: "),
        ('of = "product"', 'of = "product"\nverdict = "review"', "causes[0].verdict"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(
    tmp_path: Path, before: str, after: str, told: str
) -> None:
    assert before in CAUSE
    faults = read(tmp_path, CAUSE.replace(before, after))
    assert any(told in fault for fault in faults)


def test_what_is_no_toml(tmp_path: Path) -> None:
    assert "not TOML" in read(tmp_path, "[[causes]")[0]
    assert "not TOML" in read(tmp_path, f"x = {'[' * 100_000}")[0]


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(mesomix.DataError, match="cannot be read"):
        read_acknowledgements(tmp_path / "nothing.toml")


def test_a_reason_has_to_be_written(tmp_path: Path) -> None:
    path = tmp_path / "reasons.toml"
    path.write_text('[[added]]\nproduct = "exemplin"\nreason = ""\n', encoding="utf-8")
    with pytest.raises(mesomix.DataError, match=r"added\[0\]\.reason: somebody has to write here"):
        read_acknowledgements(path)
