"""The command line: what it answers, its exit statuses, and its languages."""

import re
import runpy
import sys
from pathlib import Path
from typing import Final

import pytest

import mesomix
import mesomix.cli
from mesomix import Effect, Formulary, Report
from mesomix.cli import main
from mesomix.rule import placeholders
from mesomix.rules.placeholders import PLACEHOLDERS, sentence

Captured = pytest.CaptureFixture[str]
NOTHING_KNOWN: Final = ["--no-known-allergy", "--nothing-else"]
STATUS: Final = {"no-objection": 0, "refuse": 1, "review": 3}


def run(capsys: Captured, *arguments: str) -> tuple[int, str, str]:
    """The exit status, what went to stdout, and what went to stderr."""
    try:
        status = main(arguments)
    except SystemExit as ended:  # argparse ends the process itself
        status = int(ended.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.parametrize(
    ("arguments", "verdict", "found", "absent"),
    [
        (
            ["Procaïne Lavoisier", "Miorel", "Dicynone", "--allergy=sulfites", "--nothing-else"],
            "refuse",
            {
                ("refuse", "known-allergy", "dicynone-250-mg-2-ml"),
                ("review", "mixing-forbidden", "miorel-4-mg-2-ml"),
            },
            {"corticosteroid", "too-many-products"},
        ),
        (
            ["lidocaine", "ketoprofen", "methylprednisolone", *NOTHING_KNOWN],
            "refuse",
            {("refuse", "corticosteroid", "methylprednisolone")},
            {"too-many-products"},
        ),
        *(
            ([name, *NOTHING_KNOWN], "refuse", {("refuse", "corticosteroid", identifier)}, set())
            for name, identifier in {
                "Célestène": "betamethasone",
                "Kenacort": "triamcinolone",
                "cortivazol": "cortivazol",
                "BETAMETHASONE (PHOSPHATE DE) ET DE DISODIUM": "betamethasone",
            }.items()
        ),
        *(
            ([name, *NOTHING_KNOWN], "review", set(), {"corticosteroid"})
            for name in ("naloxone", "fluconazole", "tibolone")
        ),
        (
            ["Mésocaïne", "Miorel", "Dicynone", "xyz", *NOTHING_KNOWN],
            "refuse",
            {("refuse", "too-many-products", None)},
            set(),
        ),
        (
            ["Piroxicam", "--allergy", "allergie à l'aspirine", "--nothing-else"],
            "refuse",
            {("refuse", "known-allergy", "piroxicam")},
            set(),
        ),
        *(
            (
                ["Dicynone", "--allergy", allergy, "--nothing-else"],
                "review",
                {("review", "composition-unknown", "dicynone-250-mg-2-ml")},
                {"known-allergy", "possible-cross-allergy", "unrecognised-allergy"},
            )
            for allergy in ("sulfamides", "sulfonamides")
        ),
        (
            ["lidocaïne 1 % 25 ml", *NOTHING_KNOWN],
            "refuse",
            {("refuse", "above-label-dose", "lidocaine")},
            {"label-dose-share", "name-read-in-part"},
        ),
        (
            ["lidocaïne 1 % 15 ml", *NOTHING_KNOWN],
            "no-objection",
            {("note", "label-dose-share", "lidocaine")},
            {"above-label-dose", "name-read-in-part"},
        ),
        (
            ["Piroxicam Teva 1 ml", "--per-day=Piroxicam Teva 2 ml", *NOTHING_KNOWN],
            "refuse",
            {("refuse", "above-label-dose", "piroxicam")},
            set(),
        ),
        (
            ["1/2 ampoule de Dicynone", "Dicynone 1 ml", *NOTHING_KNOWN],
            "review",
            {
                ("note", "label-dose-share", "etamsylate"),
                ("review", "repeated-product", "dicynone-250-mg-2-ml"),
            },
            {"above-label-dose", "dose-unknown"},
        ),
        (
            ["Maginjectable 2 à 3 ml", *NOTHING_KNOWN],
            "review",
            {("note", "dose-unknown", "magnesium-pidolate")},
            {"above-label-dose", "label-dose-share"},
        ),
        ([], "review", {("review", "empty-mixture", None)}, set()),
        (NOTHING_KNOWN, "review", {("review", "empty-mixture", None)}, set()),
        (["xyz", *NOTHING_KNOWN], "review", {("review", "unrecognised-product", None)}, set()),
        (["Procaïne Lavoisier 20 mg/ml"], "review", set(), {"unrecognised-product"}),
        (
            ["Procaïne Lavoisier 20 mg/ml", "Maginjectable", *NOTHING_KNOWN],
            "no-objection",
            {("note", "compatibility-undocumented", None)},
            {"mixing-forbidden"},
        ),
        (
            ["Procaïne Lavoisier 20 mg/ml", *NOTHING_KNOWN, "--effect", "cicatrice"],
            "review",
            {("review", "effect-not-covered", "scar")},
            set(),
        ),
        (
            ["Miorel", "--no-known-allergy", "--has", "Enceinte", "--without", "épilepsie"],
            "refuse",
            {
                ("refuse", "product-contraindicated", "miorel-4-mg-2-ml"),
                ("review", "pregnancy", "pregnancy"),
            },
            set(),
        ),
    ],
)
def test_check_answers_with_verdict_status_and_findings(
    capsys: Captured,
    arguments: list[str],
    verdict: str,
    found: set[tuple[str, str, str | None]],
    absent: set[str],
) -> None:
    status, out, err = run(capsys, "check", *arguments, "--output-format=json")
    report = Report.model_validate_json(out)
    assert (report.verdict.value, status, err) == (verdict, STATUS[verdict], "")
    said = {
        (f.severity.value, f.rule, f.about[0].id if f.about else None)
        for f in report.findings
        if f.certain
    }
    assert found <= said
    assert absent.isdisjoint(f.rule for f in report.findings)
    status, out, err = run(capsys, "check", *arguments)
    assert (out, status, err) == (f"{report}\n", STATUS[verdict], "")


def test_a_near_miss_is_suggested_and_not_accepted(capsys: Captured) -> None:
    status, out, _ = run(capsys, "check", "lidocain", *NOTHING_KNOWN)
    assert status == 3
    assert "Vouliez-vous dire lidocaïne ?" in out
    assert "« lidocain » → non reconnu" in out
    status, out, _ = run(capsys, "check", "lidocain", *NOTHING_KNOWN, "--lang", "en")
    assert status == 3
    assert "Did you mean lidocaine?" in out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["--lang", "en", "rules"],
        ["rules", "extra"],
        ["rules", "--lang", "de"],
        ["explain"],
        ["explain", "nonsense"],
        ["explain", "\x1b[2J\u202e\n"],
        ["products", "--effect", "nonsense"],
        ["products", "--formulary", "absent.toml"],
        ["check", "--lang", "de"],
        ["check", "--lang", ""],
        ["check", "--output-format", "xml"],
        ["check", "--effect", "nonsense"],
        ["check", "--effect", ""],
        ["check", "--allergy"],
        ["check", "Miorel", "--per-day"],
        ["check", "Miorel", "--per-days", "Miorel 2 ml"],
        ["check", "--nonsense"],
        ["check", "--\x1b[2J\u202e\n"],
        ["check", "--formulary", "absent.toml"],
        ["check", "--formulary", ""],
        ["check", "--allergy", "sulfites", "--no-known-allergy"],
        ["check", "--has", "nonsense"],
        ["check", "--without", "\x1b[2J"],
        ["check", "--has", ""],
        ["check", "--has", "pregnancy", "--without", "pregnancy"],
        ["check", "--has", "pregnancy", "--without", "grossesse"],
        ["check", "--has", "Enceinte", "--without", "enceinte"],
        ["check", "--has", "pregnancy-after-24-weeks", "--without", "pregnancy"],
    ],
)
def test_wrong_use_ends_with_2_a_message_and_no_answer(
    capsys: Captured, arguments: list[str]
) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert err.strip()
    assert "Traceback" not in err
    assert all(line.isprintable() for line in err.split("\n"))


def test_with_is_never_taken_for_without(capsys: Captured) -> None:
    asked = ["check", "Miorel", *NOTHING_KNOWN, "--with", "pregnancy"]
    assert run(capsys, *asked)[:2] == (2, "")


def test_a_name_behind_an_option_is_never_dropped(capsys: Captured) -> None:
    status, out, err = run(capsys, "check", "Miorel", "--allergy", "sulfites", "Dicynone")
    assert (status, out) == (2, "")
    assert "names stand together, before or after the options" in err


def test_what_was_written_behind_a_mistyped_option_is_not_repeated(capsys: Captured) -> None:
    status, out, err = run(capsys, "check", "Miorel", "--alergy", "pollen", "--hass=asthma")
    assert (status, out) == (2, "")
    assert "--alergy --hass" in err
    assert "pollen" not in err
    assert "asthma" not in err


def test_an_age_answers_what_a_label_asks(capsys: Captured) -> None:
    asked = ["check", "Procaïne Lavoisier", "--no-known-allergy", "--output-format", "json"]
    for written, young in {
        "29 mois": True,
        "30 months": False,
        "2,5": False,
        "2 ans": True,
    }.items():
        report = Report.model_validate_json(run(capsys, *asked, "--age", written)[1])
        answers = {fact.id: fact.answer.value == "yes" for fact in report.facts or ()}
        assert answers["under-30-months"] is young, written
        assert answers["under-3-years"]
    alone = Report.model_validate_json(run(capsys, *asked[:2], *asked[3:], "--age", "40")[1])
    assert alone.allergies is None
    assert {fact.answer.value for fact in alone.facts or ()} == {"no"}


def test_a_session_is_described_by_options(capsys: Captured) -> None:
    asked = ["check", "Procaïne Lavoisier 20 mg/ml", *NOTHING_KNOWN]
    assert run(capsys, *asked)[0] == 0
    usual = ["--depth", "4", "--days-since-last", "7", "--session-number", "5"]
    assert run(capsys, *asked, *usual)[0] == 0
    for options, rule, described in (
        (["--depth", "10,5"], "deep-injection", (10.5, None, None)),
        (["--days-since-last", "6"], "session-too-early", (None, 6, None)),
        (["--session-number", "6"], "more-sessions-than-usual", (None, None, 6)),
    ):
        status, out, _ = run(capsys, *asked, *options, "--output-format", "json")
        report = Report.model_validate_json(out)
        assert status == STATUS[report.verdict.value]
        assert rule in {finding.rule for finding in report.findings}
        assert report.session is not None
        told = report.session
        assert (told.depth_mm, told.days_since_last, told.number) == described


@pytest.mark.parametrize(
    ("option", "written"),
    [
        *(("--age", written) for written in ("x1980x", "-7", "131", "1980", "7 cm", "")),
        *(("--depth", written) for written in ("0", "-7", "7 cm", "nan", "777")),
        *(("--days-since-last", written) for written in ("-7", "7.5", "77777", "hier")),
        *(("--session-number", written) for written in ("0", "-7", "7.5", "77777")),
    ],
)
def test_a_number_that_cannot_be_is_wrong_use_and_is_not_repeated(
    capsys: Captured, option: str, written: str
) -> None:
    status, out, err = run(capsys, "check", "Miorel", option, written)
    assert (status, out) == (2, "")
    assert re.search(r" must be (a|from|more) ", err)
    last = err.splitlines()[-1].replace("30 months", "").replace("from 0 to 130", "")
    assert len(written) < 2 or written not in last


def test_an_age_must_not_contradict_an_answer(capsys: Captured) -> None:
    asked = ["check", "Miorel", "--age", "40", "--has", "under-18-years"]
    status, out, err = run(capsys, *asked)
    assert (status, out) == (2, "")
    assert "contradict each other" in err


@pytest.mark.parametrize("command", [["check", "Miorel"], ["rules"], ["products"]])
def test_french_is_spoken_unless_english_is_asked_for(capsys: Captured, command: list[str]) -> None:
    status, out, _ = run(capsys, *command)
    assert run(capsys, *command, "--lang", "fr")[:2] == (status, out)
    assert any(word in out for word in (" est ", " un ", "lidocaïne", "Un médecin"))
    english = run(capsys, *command, "--lang", "en")[1]
    assert english != out
    assert any(word in english for word in (" is ", "lidocaine (", "A physician"))


@pytest.mark.parametrize(
    ("terminal", "no_color", "coloured"),
    [(True, None, True), (True, "", True), (True, "1", False), (False, None, False)],
)
def test_colours_are_for_terminals_that_want_them(
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
    terminal: bool,
    no_color: str | None,
    coloured: bool,
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_color is not None:
        monkeypatch.setenv("NO_COLOR", no_color)
    out = run(capsys, "check", "Kenacort")[1]
    assert out.startswith("\x1b[1;31m✗ REFUS\x1b[0m" if coloured else "✗ REFUS")
    assert "\x1b" not in run(capsys, "check", "Kenacort", "--output-format", "json")[1]


def test_rules_lists_every_rule_with_its_severity(capsys: Captured) -> None:
    for language in mesomix.Language:
        status, out, err = run(capsys, "rules", "--lang", language.value)
        assert (status, err) == (0, "")
        for line, rule in zip(out.splitlines(), mesomix.RULES, strict=True):
            assert line.split()[:2] == [rule.id, rule.severity.value]
            assert line.endswith(sentence(rule, language))


@pytest.mark.parametrize("language", mesomix.Language)
@pytest.mark.parametrize("rule", [*mesomix.RULES], ids=[rule.id for rule in mesomix.RULES])
def test_explain_says_what_a_rule_is_and_what_it_rests_on(
    capsys: Captured, formulary: Formulary, rule: mesomix.Rule, language: mesomix.Language
) -> None:
    status, out, err = run(capsys, "explain", rule.id, "--lang", language.value)
    assert (status, err) == (0, "")
    assert out.startswith(f"{rule.id} ({rule.severity.value})\n")
    said = re.split(r"\{\w+\}", rule.message[language])
    assert all(part in out for part in said)
    assert "{" not in out
    for citation in rule.cites:
        assert citation.says is not None
        reference = formulary.references[citation.reference]
        for words in (reference.title, citation.place, citation.quote, citation.says[language]):
            assert words in out


def test_what_differs_is_named_in_words(capsys: Captured) -> None:
    used = {name for rule in mesomix.RULES for name in placeholders(rule.message.fr)}
    assert used == set(PLACEHOLDERS)
    out = run(capsys, "explain", "known-allergy", "--lang", "en")[1]
    assert "[the product]" in out
    assert "[le produit]" in run(capsys, "rules")[1]
    assert "{" not in run(capsys, "rules")[1]


def test_explain_names_the_rules_when_there_is_none_of_that_id(capsys: Captured) -> None:
    _, out, err = run(capsys, "explain", "corticosteroids")
    assert out == ""
    assert all(rule.id in err for rule in mesomix.RULES)


@pytest.mark.parametrize("effect", Effect)
def test_products_are_listed_by_effect_in_either_language(
    capsys: Captured, formulary: Formulary, effect: Effect
) -> None:
    status, out, err = run(capsys, "products", "--effect", effect.text.fr.upper())
    assert (status, err) == (0, "")
    assert run(capsys, "products", "--effect", effect.value)[1] == out
    listed = [line.partition(" (")[0] for line in out.splitlines() if not line.startswith(" ")]
    assert listed == [product.name.fr for product in formulary.for_effect(effect)]


def test_products_lists_every_specialty_with_its_market_state(
    capsys: Captured, formulary: Formulary
) -> None:
    out = run(capsys, "products", "--lang", "en")[1]
    for product in formulary.products.values():
        assert f"{product.name.en} (" in out
    for product in formulary.specialties.values():
        (specialty,) = product.specialties
        assert f"  {specialty.name} [{specialty.market.value}" in out
    assert "MIOREL 4 mg/2 ml, solution injectable (IM) en ampoule [marketed 2006-03-27]" in out


def test_a_formulary_of_ones_own_takes_the_place_of_the_products(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    # Also under the name of a file that ships.
    for file in ("clinic.toml", "substances.toml"):
        Path(file).write_text(
            '[products.zorg]\nfr = "zorgue"\nen = "zorg"\nsubstances = ["procaine"]\n'
            'effects = ["scar"]\nsource = "chan"\nchecked = 2026-11-21\n',
            encoding="utf-8",
        )
        assert run(capsys, "products", "--formulary", file) == (0, "zorgue (cicatrice)\n", "")
        asked = ["Zorgue", "--allergy", "procaïne", "--formulary", file, "--output-format", "json"]
        status, out, _ = run(capsys, "check", *asked)
        assert status == 1
        assert Report.model_validate_json(out).products[0].id == "zorg"


def test_the_module_can_be_run(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["mesomix", "check", "Kenacort"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(mesomix.cli.__file__, run_name="__main__")
    assert ended.value.code == 1
    assert capsys.readouterr().out.startswith("✗ REFUS : Kenacort\n")


def test_the_version_is_told(capsys: Captured) -> None:
    assert run(capsys, "--version") == (0, f"mesomix {mesomix.__version__}\n", "")
