"""`mesomix census|diff|repairs|shadow|gaps`: what they print, and how they exit."""

import json
import shutil
from pathlib import Path
from typing import Any, Final

import pytest

from mesomix import space_command
from mesomix.cli import main
from mesomix.space import changing
from mesomix.space_command import census_command, diff_command

DATA: Final = Path(__file__).parents[1] / "data"
Captured = pytest.CaptureFixture[str]
NOTHING: Final = ["--no-known-allergy", "--nothing-else"]
PRODUCT: Final = """\
version = "test"

[products.{key}]
fr = "{key}"
en = "{key}"
substances = ["{substance}"]
effects = []
source = "chan"
checked = 2026-11-21
"""


def told(capsys: Captured, *asked: str) -> tuple[int, str]:
    """The exit status, and what is printed; nothing goes to stderr."""
    status = main([*asked])
    out, err = capsys.readouterr()
    assert err == ""
    return status, out


def plain(capsys: Captured, *asked: str) -> tuple[int, dict[str, Any]]:
    """The exit status, and what is printed as JSON."""
    status, out = told(capsys, *asked, "--json")
    return status, json.loads(out)


@pytest.fixture
def small(tmp_path: Path) -> str:
    """A formulary of one product without an effect."""
    path = tmp_path / "small.toml"
    path.write_text(PRODUCT.format(key="zp", substance="lidocaine"), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("command", space_command.COMMANDS, ids=lambda one: one.name)
def test_the_help_tells_the_exit_statuses(
    command: space_command.SpaceCommand, capsys: Captured
) -> None:
    with pytest.raises(SystemExit):
        main([command.name, "--help"])
    assert "exit status" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["census", "gaps", "shadow"])
def test_a_patient_who_contradicts_himself_is_wrong_use(command: str, capsys: Captured) -> None:
    assert main([command, "--allergy", "zorg", "--no-known-allergy"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "contradict" in err
    assert "zorg" not in err


# --- census -----------------------------------------------------------------------------------


def test_a_census_without_a_patient(capsys: Captured) -> None:
    status, out = told(capsys, "census")
    assert status == 0
    lines = out.splitlines()
    assert lines[0] == "129 mélanges de 1 à 3 produits, parmi 9 produits"
    assert lines[1] == "Sans patient décrit : aucune règle sur un patient n'a été appliquée."
    assert "  ? À REVOIR          129  100\u202f%" in lines
    assert "  route-forbidden (à revoir, ne peut pas trancher)  37" in lines
    (nowhere,) = [line for line in lines if line.startswith("Vérifié pour aucun mélange : ")]
    assert "skin-infection" in nowhere
    assert "specialty-not-named" not in out  # a note
    assert "drainant" not in out  # no product has it


def test_a_census_for_a_patient(capsys: Captured) -> None:
    status, out = told(capsys, "census", *NOTHING, "--lang", "en")
    assert status == 0
    assert "  ○ NO OBJECTION  53  41%\n" in out
    assert "\n  analgesic                     0      39            27\n" in out
    assert "Checked for no mixture" not in out
    assert "says no more than that no rule objects" in out


def test_a_census_of_little(small: str, capsys: Captured) -> None:
    status, out = told(capsys, "census", "--formulary", small, *NOTHING)
    assert status == 0
    assert out.startswith("1 mélange de 1 à 3 produits, parmi 1 produit\n")
    assert "Mélanges où" not in out
    assert "effet" not in out


def test_a_census_lists_each_mixture(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    status, out = told(capsys, "census", "--list", *NOTHING)
    listed = out.split("\n\n")[-1].splitlines()
    assert status == 0
    assert len(listed) == 129
    assert "○ AUCUNE OBJECTION : lidocaïne" in listed
    assert "? À REVOIR : lidocaïne + procaïne [repeated-class (à revoir)]" in listed
    monkeypatch.setattr(census_command, "MOST_LISTED", 128)
    assert main(["census", "--list"]) == 2
    assert "--list prints 128 mixtures at most, and there are 129" in capsys.readouterr().err


def test_a_census_as_json(capsys: Captured) -> None:
    status, found = plain(capsys, "census", "--specialties", *NOTHING)
    assert status == 0
    assert found["total"] == sum(found["verdicts"].values()) == 469
    assert "mixtures" not in found
    _, listed = plain(capsys, "census", "--list", *NOTHING)
    assert listed["mixtures"][0] == {
        "products": ["lidocaine"],
        "verdict": "no-objection",
        "objections": [],
    }
    pair = {"rule": "repeated-class", "severity": "review", "certain": True}
    assert {"products": ["lidocaine", "procaine"], "verdict": "review", "objections": [pair]} in (
        listed["mixtures"]
    )


# --- repairs ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "status", "says"),
    [
        (["Piroxicam", *NOTHING], 0, "Il n'y a rien à lever.\n\n« Aucune objection » : aucune"),
        (["Piroxicam", "Miorel", *NOTHING], 3, "Pour lever aussi ce qui est à revoir : --to"),
        (["Piroxicam", "Kenacort", *NOTHING], 3, "Une seule façon (changements examinés : 4)"),
        (["Kenacort", *NOTHING], 1, "Aucun changement ne suffit"),
        (
            ["Piroxicam", "--has", "skin-infection"],
            1,
            "quel que soit le mélange : skin",
        ),
        (["Miorel", "Piroxicam", "--to=no-objection", *NOTHING], 3, "1. "),
        (["Mag 2 sans sucre", *NOTHING], 3, "5 façons, la meilleure d'abord, et aucune autre"),
        (["Mag 2 sans sucre", "--most=2", *NOTHING], 3, "2 façons, et il y en a d'autres"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)
def test_repairs(asked: list[str], status: int, says: str, capsys: Captured) -> None:
    found, out = told(capsys, "repairs", *asked)
    assert says in out
    assert found == status


def test_a_repair_in_words(capsys: Captured) -> None:
    asked = ["repairs", "Piroxicam Teva 3 ml", "Kenacort", "Dicynone 1 ml", *NOTHING]
    status, out = told(capsys, *asked, "--lang=en")
    assert status == 3
    assert out.startswith("✗ REFUSE: Piroxicam Teva 3 ml + Kenacort + Dicynone 1 ml\n")
    assert (
        "1. “Piroxicam Teva 3 ml” → calcitonin (salmon) (its amount has still to be written and"
        " checked); drop “Kenacort”\n"
        "   effects kept: anti-inflammatory, anti-oedema\n"
        "   ○ NO OBJECTION\n"
    ) in out
    assert ("   effects kept: anti-oedema; lost: anti-inflammatory\n   ○ NO OBJECTION\n") in out


def test_a_repair_that_leaves_nothing_of_the_effects(capsys: Captured) -> None:
    status, out = told(capsys, "repairs", "lidocaïne", "Kenacort", "--no-known-allergy")
    assert status == 3
    assert "   effets gardés : antalgique\n   ? À REVOIR [non vérifié : product-contra" in out


def test_what_is_in_the_way_in_words(capsys: Captured) -> None:
    asked = ["repairs", "Piroxicam", "lidocaïne", "--allergy=AINS", "--nothing-else"]
    status, out = told(capsys, *asked, "--to=no-objection")
    assert status == 1
    assert "  1 produit : known-allergy (refus)\n" in out
    assert "  3 produits : composition-unknown (à revoir)\n" in out
    assert out.endswith("Les spécialités nommées n'ont pas été essayées : --specialties.\n")
    status, out = told(capsys, *asked, "--to=no-objection", "--specialties")
    assert status == 3
    assert "lidocaïne » → MESOCAÏNE 50 mg/5 ml" in out
    status, out = told(capsys, "repairs", "Kenacort", "--specialties", *NOTHING)
    assert status == 1
    assert "--specialties" not in out
    _, out = told(capsys, "repairs", "zorgle", "--to=no-objection", *NOTHING)
    assert "  ensemble, ou le mélange entier : unrecognised-product (à revoir)\n" in out


def test_a_search_that_stopped_is_no_proof(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changing, "MOST_STEPS", 0)
    asked = ["repairs", "Piroxicam", "lidocaïne", "--allergy=AINS", "--nothing-else"]
    status, out = told(capsys, *asked, "--to=no-objection")
    assert status == 3
    assert "La recherche s'est arrêtée avant la fin" in out


def test_repairs_as_json(capsys: Captured) -> None:
    status, found = plain(capsys, "repairs", "Mag 2 sans sucre", "--specialties", *NOTHING)
    assert status == 3
    assert "maginjectable-0-8" in {one["changes"][0]["product"] for one in found["found"]}


@pytest.mark.parametrize("most", ["0", "-1", "x", "²"])
def test_how_many_to_tell_is_a_number(most: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        main(["repairs", "Miorel", f"--most={most}"])
    assert "not a number from 1 on" in capsys.readouterr().err


# --- shadow and gaps --------------------------------------------------------------------------


def test_a_shadow(capsys: Captured) -> None:
    status, out = told(capsys, "shadow", "--allergy=AINS", "--nothing-else")
    assert status == 0
    assert out.startswith("Ce que ces réponses retirent, sur 9 produits\n")
    assert (
        "anti-inflammatoire (66 mélanges : REFUS 0 → 37 ; À REVOIR 35 → 29 ; AUCUNE OBJECTION"
        " 31 → 0)\n"
        "  ✗ piroxicam : known-allergy (refus)\n"
        "  ? calcitonine de saumon : composition-unknown (à revoir)\n"
        "\ndécontracturant"
    ) in out
    assert "  ? lidocaïne, procaïne : composition-unknown (à revoir)\n" in out
    assert "Quel que soit" not in out


def test_a_shadow_over_everything(capsys: Captured) -> None:
    asked = ["shadow", "--has=cancer-treatment", *NOTHING, "--lang=en"]
    status, out = told(capsys, *asked)
    assert status == 0
    assert "Whatever is mixed: cancer-treatment (refuse)\n\n✗ Everything is refused.\n" in out
    assert "lidocaine" not in out  # nothing of it is left


def test_a_shadow_of_a_question(capsys: Captured) -> None:
    status, out = told(capsys, "shadow", "--has=anticoagulant", *NOTHING)
    assert status == 0
    assert "Quel que soit le mélange : anticoagulant (à revoir)\n" in out
    assert "  = rien de plus : lidocaïne, procaïne\n" in out


def test_a_shadow_as_json(capsys: Captured) -> None:
    status, found = plain(capsys, "shadow", "--allergy=AINS", "--nothing-else")
    assert (status, found["after"]["no-objection"]) == (0, 0)


def test_a_shadow_is_of_somebody(capsys: Captured) -> None:
    assert main(["shadow"]) == 2
    assert "a shadow is of a patient: describe one" in capsys.readouterr().err


def test_gaps(capsys: Captured) -> None:
    status, out = told(capsys, "gaps")
    assert status == 0
    assert out.startswith(
        "76 mélanges à revoir, sur 129\nÀ revoir seulement faute d'information : 27."
    )
    assert "Sans patient décrit" in out
    assert "acétate d'alpha-tocophérol (spécialité, excipients)       27         10\n" in out
    _, out = told(capsys, "gaps", "--nothing-else", "--lang=en")
    assert "  to be asked: allergies " in out
    assert "No patient was described" not in out


def test_many_gaps_are_not_all_printed(capsys: Captured) -> None:
    status, out = told(capsys, "gaps", "--no-known-allergy")
    assert status == 0
    assert out.count("à demander : ") == 29
    assert "\n  et 14 de plus\n" in out
    _, found = plain(capsys, "gaps", "--no-known-allergy")
    assert len(found["gaps"]) == 44


def test_nothing_may_be_missing(small: str, capsys: Captured) -> None:
    status, out = told(capsys, "gaps", "--formulary", small)
    assert status == 0
    assert out.startswith("0 mélange à revoir, sur 1\n")
    assert "tranche" not in out


# --- diff -------------------------------------------------------------------------------------

OLD: Final = (
    PRODUCT.format(key="zp", substance="kenacortin")
    + """
[substances.kenacortin]
en = "kenacortin"
groups = ["corticosteroid"]
contraindications = []
source = "chan"
checked = 2026-11-21
"""
)
NEW: Final = OLD.replace('groups = ["corticosteroid"]\n', "")
REASON: Final = """\
[[mixtures]]
before = "refuse"
after = "no-objection"
products = ["zp"]
reason = "it is none"
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Two formularies: in the second, a product is refused no more."""
    for name, text in (("old", OLD), ("new", NEW)):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return str(tmp_path / "old.toml"), str(tmp_path / "new.toml")


def test_what_became_milder_exits_with_1(files: tuple[str, str], capsys: Captured) -> None:
    status, out = told(capsys, "diff", *files, *NOTHING)
    assert status == 1
    assert "REFUS → AUCUNE OBJECTION" in out
    assert "corticosteroid: refuse" in out
    assert told(capsys, "diff", *files[::-1], *NOTHING)[0] == 0
    assert told(capsys, "diff", files[0], files[0], *NOTHING)[0] == 0
    assert told(capsys, "diff", "-", "-", *NOTHING)[0] == 0
    assert told(capsys, "diff", "-", "-", "--specialties", *NOTHING)[0] == 0


def test_what_became_milder_may_be_acknowledged(
    files: tuple[str, str], tmp_path: Path, capsys: Captured
) -> None:
    path = tmp_path / "reasons.toml"
    path.write_text(REASON, encoding="utf-8")
    asked = ["diff", *files, *NOTHING, f"--acknowledged={path}"]
    assert told(capsys, *asked)[0] == 0
    status, found = plain(capsys, *asked)
    assert (status, found["profiles"][0]["acknowledged"]["complete"]) == (0, True)
    status, found = plain(capsys, "diff", *files, *NOTHING)
    assert status == 1
    assert found["profiles"][0]["acknowledged"] == {
        "complete": False,
        "open": [{"before": "refuse", "after": "no-objection", "mixtures": 1}],
        "added": {},
        "unmatched": [],
    }
    path.write_text(REASON.replace("it is none", ""), encoding="utf-8")
    assert main(asked) == 2
    assert "reason" in capsys.readouterr().err


def test_folders_are_compared_as_a_whole(tmp_path: Path, capsys: Captured) -> None:
    for side in ("old", "new"):
        shutil.copytree(DATA, tmp_path / side)
    old, new = str(tmp_path / "old"), str(tmp_path / "new")
    substances = tmp_path / "new" / "substances.toml"
    text = substances.read_text(encoding="utf-8")
    needle = 'condition = "pregnancy"\nseverity = "refuse"'
    assert needle in text
    substances.write_text(text.replace(needle, needle.replace("refuse", "review")), "utf-8")
    status, found = plain(capsys, "diff", old, new)
    assert (status, found["substances_of_mesomix"], found["complete"]) == (1, [], False)
    assert "pregnancy" in {one["profile"]["en"] for one in found["profiles"] if one["milder"]}
    for sides in ((old, old), (old, "-")):
        status, out = told(capsys, "diff", *sides, "--lang=en")
        assert status == 0
        assert "those of mesomix" not in out


def test_beside_a_file_the_substances_are_those_of_mesomix(
    files: tuple[str, str], capsys: Captured
) -> None:
    _, out = told(capsys, "diff", *files, "--lang=en")
    line = "OLD, NEW: outside of the file, substances and references are those of mesomix, and no"
    assert [one for one in out.splitlines() if one.startswith(line)]
    assert plain(capsys, "diff", *files)[1]["substances_of_mesomix"] == ["old", "new"]
    _, out = told(capsys, "diff", "-", files[1])
    assert "\nNEW : hors du fichier, substances et références sont celles de mesomix" in out


def test_a_diff_for_a_pull_request(files: tuple[str, str], capsys: Captured) -> None:
    status, out = told(capsys, "diff", *files, *NOTHING, "--markdown", "--lang=en")
    assert status == 1
    assert out.startswith("## 1 mixture with a milder verdict, 0 with a stricter one\n")
    assert not out.endswith("\n\n")


MANY: Final = "\n".join(
    f'    {{ condition = "{condition}", severity = "refuse", source = "chan",'
    " checked = 2026-11-21 },"
    for condition in (
        "asthma",
        "epilepsy",
        "porphyria",
        "hypocalcaemia",
        "breastfeeding",
        "anticoagulant",
    )
)


@pytest.fixture
def questions(tmp_path: Path) -> tuple[str, str]:
    """Two formularies: in the second, contraindications are gone, and so is an excipient."""
    text = OLD.replace('groups = ["corticosteroid"]\n', "")
    more = f"contraindications = [\n{MANY}\n]"
    for name, said in (("old", more), ("new", "contraindications = []")):
        found = text.replace("contraindications = []", said)
        (tmp_path / f"{name}.toml").write_text(found, encoding="utf-8")
    return str(tmp_path / "old.toml"), str(tmp_path / "new.toml")


def test_without_a_patient_every_patient_counts(
    questions: tuple[str, str], capsys: Captured
) -> None:
    status, out = told(capsys, "diff", *questions)
    assert status == 1
    assert "product-contraindicated: refuse" in out
    status, found = plain(capsys, "diff", *questions)
    assert status == 1
    milder = [one["profile"]["en"] for one in found["profiles"] if one["causes"]]
    assert {"asthma", "epilepsy", "breastfeeding", "anticoagulant treatment"} <= {*milder}
    status, out = told(capsys, "diff", *questions, "--markdown")
    assert status == 1
    assert out.startswith("# ")
    assert told(capsys, "diff", questions[1], questions[1])[0] == 0


def test_of_many_patients_the_rest_is_told_in_a_line(
    questions: tuple[str, str], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diff_command, "MOST_PROFILES", 2)
    _, out = told(capsys, "diff", *questions, "--lang=en")
    assert "\n- epilepsy: 1 milder, not acknowledged\n" in out
    path = tmp_path / "reasons.toml"
    path.write_text(f'{REASON}patient = "epilepsy"\n', encoding="utf-8")
    asked = ["diff", *questions, f"--acknowledged={path}", "--lang=en"]
    status, out = told(capsys, *asked)
    assert status == 1  # of somebody who takes an anticoagulant, it is a review
    assert "\n- epilepsy: 1 milder, acknowledged\n" in out
    assert "Acknowledges nothing" not in out
    _, found = plain(capsys, "diff", *questions)
    path.write_text(
        "\n".join(
            f'{REASON.replace("no-objection", after)}patient = "{one["profile"]["en"]}"\n'
            for one in found["profiles"]
            for after in ("no-objection", "review")
        ),
        encoding="utf-8",
    )
    assert told(capsys, *asked)[0] == 0
    path.write_text(f"{REASON}\n{REASON.replace('no-objection', 'review')}", encoding="utf-8")
    assert told(capsys, *asked)[0] == 1  # it does not name for whom


def test_what_is_open_is_told_in_full(
    questions: tuple[str, str], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many patients come before: what has a reason needs nothing to be written."""
    monkeypatch.setattr(diff_command, "MOST_PROFILES", 2)
    _, out = told(capsys, "diff", *questions, "--lang=en")
    first = out.splitlines()[0].strip("[]")
    assert 'patient = "hypocalcaemia"' not in out
    path = tmp_path / "reasons.toml"
    _, found = plain(capsys, "diff", *questions)
    known = [one["profile"]["en"] for one in found["profiles"]]
    path.write_text(
        "\n".join(
            f'{REASON.replace("no-objection", after)}patient = "{name}"\n'
            for name in known
            for after in ("no-objection", "review")
            if name != "hypocalcaemia"
        ),
        encoding="utf-8",
    )
    assert first in known
    status, out = told(capsys, "diff", *questions, f"--acknowledged={path}", "--lang=en")
    assert status == 1
    assert out.startswith("[hypocalcaemia]\n")
    assert 'patient = "hypocalcaemia"\nreason = ""' in out


def test_the_reasons_are_told_for_who_reads_the_pull_request(
    questions: tuple[str, str], tmp_path: Path, capsys: Captured
) -> None:
    path = tmp_path / "reasons.toml"
    text = f'{REASON}patient = "epilepsy"\n\n[[added]]\nproduct = "nothing"\nreason = "none"\n'
    text += '\n[[causes]]\nbefore = "refuse"\nafter = "review"\nobjections = ["x: refuse"]\n'
    text += 'of = "product"\nabout = [["zp"]]\nreason = "in vain"\n'
    path.write_text(text, encoding="utf-8")
    _, out = told(capsys, "diff", *questions, f"--acknowledged={path}", "--lang=en")
    assert out.split("Reasons given\n")[1] == "- REFUSE → NO OBJECTION, epilepsy: it is none\n"
    path.write_text(text.replace('patient = "epilepsy"\n', ""), encoding="utf-8")
    _, out = told(capsys, "diff", *questions, f"--acknowledged={path}", "--lang=en")
    assert "Reasons given" not in out


def test_a_name_that_is_not_recognised_is_told_with_the_repairs(capsys: Captured) -> None:
    _, out = told(capsys, "repairs", "Miorell", "Kenacort", "--lang=en")
    assert "“Miorell” was not understood, and nothing of it was checked. Did you mean" in out
    assert "What is left has at least one product that was recognised." in out
    _, out = told(capsys, "repairs", "Miorel zorg", "--lang=en")
    assert "“zorg” was not understood" in out
    assert "What is left has" not in out


def test_the_named_specialties_may_be_compared_alone(
    questions: tuple[str, str], capsys: Captured
) -> None:
    status, found = plain(capsys, "diff", *questions, "--specialties")
    assert (status, found["profiles"][0]["old"]["products"]) == (0, 0)
    assert plain(capsys, "diff", *questions)[1]["profiles"][0]["old"]["products"] == 1


def test_of_one_patient_the_diff_says_that_it_is_one(
    questions: tuple[str, str], capsys: Captured
) -> None:
    _, out = told(capsys, "diff", *questions, "--has=asthma", "--lang=en")
    assert "One patient is compared, and what nobody asked hides changes" in out
    _, out = told(capsys, "diff", *questions, "--lang=en")
    assert "One patient is compared" not in out
