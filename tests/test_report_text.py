"""Reports in words: the verdict first, nothing that moves a cursor, no word of approval."""

import contextlib
import dataclasses
import io
import re
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import Question, questions

import mesomix
import mesomix.cli
from mesomix import Formulary, Language, Report, Text, Verdict
from mesomix.report_words import MEANINGS, VERDICTS
from mesomix.request import AnsweredFact, ReadName

APPROVAL: Final = re.compile(
    r"\bsafe\b|\bsafely\b|\bsûre?s?\b|sans danger|autoris|authoris|authoriz", re.IGNORECASE
)
"""Words that would tell more than mesomix knows."""
HOSTILE: Final = "\x1b[2J\r\n\x00\x9b\u202e\u2066\u200b\u2028\U000e0041é"
WORDS: Final = {
    ("refuse", "fr"): "✗ REFUS",
    ("refuse", "en"): "✗ REFUSE",
    ("review", "fr"): "? À REVOIR",
    ("review", "en"): "? REVIEW",
    ("no-objection", "fr"): "○ AUCUNE OBJECTION",
    ("no-objection", "en"): "○ NO OBJECTION",
}
COLON: Final = {"fr": " : ", "en": ": "}


def report_with(formulary: Formulary, verdict: Verdict) -> Report:
    """A report with that verdict."""
    names = {
        Verdict.REFUSE: ["Kenacort"],
        Verdict.REVIEW: ["Miorel", "Dicynone"],
        Verdict.NO_OBJECTION: ["Procaïne Lavoisier 20 mg/ml", "Maginjectable"],
    }[verdict]
    patient = formulary.patient(allergies=[], nothing_else=True)
    report = mesomix.check(formulary.mixture(*names), patient)
    assert report.verdict is verdict
    return report


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("verdict", Verdict)
def test_the_verdict_comes_first_in_a_word_and_a_mark(
    formulary: Formulary, verdict: Verdict, language: str
) -> None:
    report = report_with(formulary, verdict)
    first, second, *_ = report.text(language).splitlines()
    names = " + ".join(read.written for read in report.products)
    assert first == WORDS[verdict.value, language] + COLON[language] + names
    assert second == f"  {MEANINGS[verdict][Language(language)]}"
    if language == "fr":
        assert str(report) == report.text() == report.text("fr")


def test_the_verdict_of_an_empty_mixture_stands_alone(formulary: Formulary) -> None:
    report = mesomix.check(formulary.mixture())
    assert report.text().splitlines()[0] == "? À REVOIR"


@pytest.mark.parametrize("language", ["", "de", "FR", "fr ", "en-GB"])
def test_an_unknown_language_is_refused(formulary: Formulary, language: str) -> None:
    report = report_with(formulary, Verdict.REVIEW)
    with pytest.raises(ValueError, match="Language"):
        report.text(language)


@given(questions(), st.sampled_from(Language))
def test_every_finding_and_every_open_rule_is_told(
    formulary: Formulary, asked: Question, language: Language
) -> None:
    report = asked.report(formulary)
    assume(len(report.findings) <= 40)  # of more, the text has a part
    text = report.text(language)
    for finding in report.findings:
        assert f"[{finding.rule}]" in text
    for one in report.not_checked:
        assert re.search(rf"[\[ ]{one.rule}[\],]", text)
    for read in report.products:
        assert read.name is None or read.name[language] in text


@given(questions(), st.sampled_from(Language), st.booleans())
def test_no_text_moves_a_cursor_or_turns_a_line(
    formulary: Formulary, asked: Question, language: Language, colour: bool
) -> None:
    text = asked.report(formulary).text(language, colour=colour)
    if colour:
        text = text.replace("\x1b[1;", "", 1).replace("\x1b[0m", "", 1)
    assert all(line.isprintable() for line in text.split("\n"))


@given(questions(), st.sampled_from(Language))
def test_no_report_approves(formulary: Formulary, asked: Question, language: Language) -> None:
    known = [name for name in asked.names if formulary.mixture(name).products]
    plain = dataclasses.replace(asked, names=known, allergies=[])
    assert not APPROVAL.search(plain.report(formulary).text(language))


def test_no_rule_and_no_verdict_approves() -> None:
    texts = [text for meaning in MEANINGS.values() for text in (meaning.fr, meaning.en)]
    texts += [word for _, words, _ in VERDICTS.values() for word in (words.fr, words.en)]
    for rule in mesomix.RULES:
        texts += [rule.situation, rule.message.fr, rule.message.en]
        for citation in rule.cites:
            assert citation.says is not None
            texts += [citation.says.fr, citation.says.en, citation.quote]
    assert [text for text in texts if APPROVAL.search(text)] == []


@pytest.mark.parametrize("command", ["", "check", "rules", "explain", "products"])
def test_no_help_of_the_command_line_approves(command: str) -> None:
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), pytest.raises(SystemExit) as ended:
        mesomix.cli.main([*command.split(), "--help"])
    assert ended.value.code == 0
    assert "exit status" in shown.getvalue()
    assert not APPROVAL.search(shown.getvalue())


def hostile_composition(formulary: Formulary) -> mesomix.Composition:
    """A composition with something between its words."""
    composition = formulary.mixture("Miorel 2 ml", per_day=["Miorel 2 ml"]).composition()
    [ingredient], [content] = composition.ingredients, composition.contents
    name = Text.same(HOSTILE)
    content = dataclasses.replace(content, substance=HOSTILE, name=name)
    ingredient = dataclasses.replace(
        ingredient, name=name, amount=HOSTILE, other_excipients=True, product=HOSTILE
    )
    return dataclasses.replace(
        composition, ingredients=(ingredient,), contents=(content,), per_day=(content,)
    )


@pytest.mark.parametrize("language", Language)
def test_whatever_a_report_holds_is_shown_escaped(formulary: Formulary, language: Language) -> None:
    """Also what comes from the data, or from a JSON text that somebody else wrote."""
    report = report_with(formulary, Verdict.REFUSE)
    finding = dataclasses.replace(report.findings[0], rule=HOSTILE)
    answers = mesomix.Answer.YES, mesomix.Answer.NO
    changed = dataclasses.replace(
        report,
        findings=(finding,),
        facts=tuple(AnsweredFact(HOSTILE, Text.same(HOSTILE), answer) for answer in answers),
        composition=hostile_composition(formulary),
        per_day=(ReadName(HOSTILE, HOSTILE, Text.same(HOSTILE), mesomix.MatchedBy.INSIDE),),
        data=mesomix.report.Data(HOSTILE, HOSTILE),
        mesomix=HOSTILE,
    )
    read = Report.model_validate_json(changed.model_dump_json())
    assert read == changed
    assert all(line.isprintable() for line in read.text(language).split("\n"))


def test_the_rules_that_did_not_run_are_shown_escaped(formulary: Formulary) -> None:
    report = mesomix.check(formulary.mixture("Miorel"))
    skipped = dataclasses.replace(report.not_checked[0], rule=HOSTILE)
    text = dataclasses.replace(report, not_checked=(skipped,)).text()
    assert all(line.isprintable() for line in text.split("\n"))


@pytest.mark.parametrize(
    ("verdict", "code"),
    [(Verdict.REFUSE, "31"), (Verdict.REVIEW, "33"), (Verdict.NO_OBJECTION, "36")],
)
def test_colours_come_only_when_asked_for(
    formulary: Formulary, verdict: Verdict, code: str
) -> None:
    report = report_with(formulary, verdict)
    plain = report.text()
    assert "\x1b" not in plain
    title = WORDS[verdict.value, "fr"]
    assert report.text(colour=True) == plain.replace(title, f"\x1b[1;{code}m{title}\x1b[0m", 1)


def test_what_is_doubted_stands_under_review_and_a_note_under_notes(formulary: Formulary) -> None:
    mixture = formulary.mixture("Laroscorbine", "Kenacort")
    patient = formulary.patient(allergies=["parabènes"], nothing_else=True)
    report = mesomix.check(mixture, patient)
    doubted = {finding.rule for finding in report.findings if not finding.certain}
    assert "known-allergy" in doubted
    objections, rest = report.text("en").split("\nTo be reviewed\n")
    review, notes = rest.split("\nWorth knowing\n")
    assert "✗ " in objections
    assert "[corticosteroid]" in objections
    assert "? Cannot be ruled out: LAROSCORBINE" in review
    assert "✗" not in review
    assert "· LAROSCORBINE" in notes


def test_english_citations_say_what_the_french_document_says(formulary: Formulary) -> None:
    report = report_with(formulary, Verdict.REFUSE)
    says = "all medicines but corticosteroids"
    assert says in report.text("en")
    assert says not in report.text("fr")


@pytest.mark.parametrize(
    ("allergies", "french", "english"),
    [
        (None, "Allergies : non demandées", "Allergies: not asked about"),
        ([], "Allergies : aucune connue", "Allergies: none known"),
        (["zorglub"], "Allergies : « zorglub » → non", "Allergies: « zorglub » → not recognised"),
        (["ains"], "« ains » → anti-inflammatoires non", "Allergies: « ains » → NSAIDs (synonym)"),
        (
            ["pollen"],
            "« pollen » → pollen (nom exact) : cherchée, rien de ce qui est écrit n'en relève",
            "« pollen » → pollen (exact name): looked for: nothing that is written is of it",
        ),
        (
            ["allergie au latex ?"],
            "« latex » (dans « allergie au latex ? ») → latex (dans un texte plus long),"
            " avec un doute\n",
            "« latex » (in « allergie au latex ? ») → latex (within a longer text), with a doubt\n",
        ),
        (
            ["pas d'allergie aux AINS"],
            "« AINS » (dans « pas d'allergie aux AINS ») → anti-inflammatoires non stéroïdiens"
            " (dans un texte plus long) : niée\n",
            "« AINS » (in « pas d'allergie aux AINS ») → NSAIDs (within a longer text): denied\n",
        ),
        (
            ["aucune allergie connue"],
            "« aucune allergie connue » → toute allergie : niée\n",
            "« aucune allergie connue » → any allergy: denied\n",
        ),
        (
            ["thiocolchicoside (choc), zorgle"],
            "« thiocolchicoside » (dans « thiocolchicoside (choc), zorgle ») → thiocolchicoside"
            " (dans un texte plus long)\n"
            "  Allergies : « zorgle » (dans « thiocolchicoside (choc), zorgle ») → non reconnu\n",
            "« thiocolchicoside » (in « thiocolchicoside (choc), zorgle ») → thiocolchicoside"
            " (within a longer text)\n"
            "  Allergies: « zorgle » (in « thiocolchicoside (choc), zorgle ») → not recognised\n",
        ),
    ],
)
def test_the_text_says_how_allergies_were_read(
    formulary: Formulary, allergies: list[str] | None, french: str, english: str
) -> None:
    patient = formulary.patient(allergies=allergies)
    report = mesomix.check(formulary.mixture("Miorel"), patient)
    assert french in report.text()
    assert english in report.text("en")


@pytest.mark.parametrize(
    ("name", "french", "english"),
    [
        (
            "Miorel 4 mg IM",
            "« Miorel 4 mg IM » → MIOREL 4 mg/2 ml (dans un texte plus long)\n",
            "« Miorel 4 mg IM » → MIOREL 4 mg/2 ml (within a longer text)\n",
        ),
        (
            "procaïne + Miorel",
            "→ procaïne + MIOREL 4 mg/2 ml (dans un texte plus long)\n",
            "→ procaine + MIOREL 4 mg/2 ml (within a longer text)\n",
        ),
        (
            "zorg Miorel blub",
            "→ MIOREL 4 mg/2 ml (dans un texte plus long) ; non compris : « zorg blub »\n",
            "→ MIOREL 4 mg/2 ml (within a longer text); not understood: « zorg blub »\n",
        ),
    ],
)
def test_the_text_says_how_names_within_a_text_were_read(
    formulary: Formulary, name: str, french: str, english: str
) -> None:
    report = mesomix.check(formulary.mixture(name))
    assert french in report.text()
    assert english in report.text("en")


@pytest.mark.parametrize("name", ["zorg", "Miorel zorg"])
def test_an_allergy_is_not_said_to_be_nowhere_where_a_name_was_not_read(
    formulary: Formulary, name: str
) -> None:
    report = mesomix.check(formulary.mixture(name), formulary.patient(allergies=["pollen"]))
    assert "« pollen » → pollen (nom exact)\n" in report.text()


def test_the_text_says_what_was_answered(formulary: Formulary) -> None:
    patient = formulary.patient(facts={"asthma": True, "pregnancy": False})
    report = mesomix.check(formulary.mixture("Miorel"), patient)
    read_as = report.text("en").split("\nRead as\n")[1]
    assert "\n  Yes: allergic background (asthma, hay fever, urticaria); asthma\n" in read_as
    assert "\n  No: pregnancy; pregnancy beyond 24 weeks of amenorrhoea\n" in read_as
    unasked = mesomix.check(formulary.mixture("Miorel"), formulary.patient()).text("en")
    assert not re.search("^  (Yes|No):", unasked, re.MULTILINE)


@pytest.mark.parametrize(
    ("session", "fr", "en"),
    [
        (
            mesomix.Session(depth_mm=4.5, days_since_last=7, number=2),
            "\n  Séance : profondeur 4,5 mm ; 7 j depuis la dernière ; n° 2\n",
            "\n  Session: depth 4.5 mm; 7 d since the last one; no. 2\n",
        ),
        (
            mesomix.Session(depth_mm=4),
            "\n  Séance : profondeur 4 mm\n",
            "\n  Session: depth 4 mm\n",
        ),
        (
            mesomix.Session(days_since_last=0),
            "\n  Séance : 0 j depuis la dernière\n",
            "\n  Session: 0 d since the last one\n",
        ),
        (mesomix.Session(number=1), "\n  Séance : n° 1\n", "\n  Session: no. 1\n"),
    ],
)
def test_the_text_says_what_was_described_of_the_session(
    formulary: Formulary, session: mesomix.Session, fr: str, en: str
) -> None:
    report = mesomix.check(formulary.mixture("Miorel"), None, session)
    assert fr in report.text().split("\nLu comme\n")[1]
    assert en in report.text("en").split("\nRead as\n")[1]


def test_the_text_says_in_one_line_what_was_not_described_of_the_session(
    formulary: Formulary,
) -> None:
    patient = formulary.patient(allergies=[], nothing_else=True)
    mixture = formulary.mixture("Procaïne Lavoisier 20 mg/ml")
    for session in (None, mesomix.Session()):
        report = mesomix.check(mixture, patient, session)
        assert "Séance" not in report.text()
        assert "Session:" not in report.text("en")
        _, left = report.text("en").split("\nNot checked\n")
        *lines, empty = left.split("\n")[:3]
        amounts, first = sorted(lines)
        assert amounts == (
            "  – no amount written"
            " [above-label-dose, day-less-than-mixture, label-dose-share, dose-unknown,"
            " excipient-amount]"
        )
        assert first.startswith(
            "  – not described of the session: depth; days since the last one; number [deep-inj"
        )
        assert empty == ""
        assert (
            "\n  – non décrit de la séance : profondeur ; jours depuis la dernière ; numéro ["
            in report.text()
        )
    part = mesomix.check(mixture, patient, mesomix.Session(depth_mm=2, number=1))
    assert (
        "\n  – not described of the session: days since the last one [session-too-early]\n"
        in part.text("en")
    )


DAY_FR: Final = "  Total du jour (seules ses doses sont vérifiées)"
DAY_EN: Final = "  Total of the day (only its doses are checked)"
IN_THE_SYRINGE: Final = {
    "fr": """
Dans la seringue
  Volume total : 6 ml
  procaïne : 2 ml, ≈ 33,3 % du volume (écrit « 2 %, 2 ml »)
  MAGINJECTABLE 0,8 POUR CENT : 2 ml, ≈ 33,3 % du volume (écrit « 2 ml »)
  DICYNONE 250 mg/2 ml : 2 ml, ≈ 33,3 % du volume (écrit « 2 ml »)
  chlorhydrate de procaïne : 40 mg (≈ 6,667 mg/ml)
  pidolate de magnésium : 200 mg (≈ 33,33 mg/ml)
  magnésium (sous forme de pidolate) : 16,28 mg (≈ 2,713 mg/ml)
  étamsylate : 250 mg (≈ 41,67 mg/ml)
  un sulfite : quantité inconnue (aucune source n'en donne la quantité)
  liste d'excipients incomplète : procaïne ; MAGINJECTABLE 0,8 POUR CENT ; DICYNONE 250 mg/2 ml

Règles vérifiées : """,
    "en": """
In the syringe
  Total volume: 6 ml
  procaine: 2 ml, ≈ 33.3 % of the volume (written « 2 %, 2 ml »)
  MAGINJECTABLE 0,8 POUR CENT: 2 ml, ≈ 33.3 % of the volume (written « 2 ml »)
  DICYNONE 250 mg/2 ml: 2 ml, ≈ 33.3 % of the volume (written « 2 ml »)
  procaine hydrochloride: 40 mg (≈ 6.667 mg/ml)
  magnesium pidolate: 200 mg (≈ 33.33 mg/ml)
  magnesium (as pidolate): 16.28 mg (≈ 2.713 mg/ml)
  etamsylate: 250 mg (≈ 41.67 mg/ml)
  a sulfite: amount unknown (no source tells its amount)
  incomplete list of excipients: procaine; MAGINJECTABLE 0,8 POUR CENT; DICYNONE 250 mg/2 ml

Rules checked: """,
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_text_says_what_is_in_the_syringe(formulary: Formulary, language: str) -> None:
    mixture = formulary.mixture("Procaïne 2 % 2 ml", "Maginjectable 2 ml", ("Dicynone", "2 ml"))
    text = mesomix.check(mixture).text(language)
    assert IN_THE_SYRINGE[language] in text
    without = mesomix.check(formulary.mixture("Procaïne", "Maginjectable", "Dicynone"))
    assert IN_THE_SYRINGE[language].split("\n")[1] not in without.text(language)


@pytest.mark.parametrize(
    ("names", "per_day", "french", "english"),
    [
        (
            ["Miorel 3 ml"],
            ["Miorel 4 ml", "zorg"],
            [
                f"{DAY_FR} : « Miorel 4 ml » → MIOREL 4 mg/2 ml (dans un texte plus long)",
                f"{DAY_FR} : « zorg » → non reconnu",
                "  sur la journée, thiocolchicoside : 8 mg",
            ],
            [
                f"{DAY_EN}: « Miorel 4 ml » → MIOREL 4 mg/2 ml (within a longer text)",
                f"{DAY_EN}: « zorg » → not recognised",
                "  in the day, thiocolchicoside: 8 mg",
            ],
        ),
        (
            ["Miorel 3 ml"],
            ["Miorel 4 ml zorg"],
            [
                f"{DAY_FR} : « Miorel 4 ml zorg » → MIOREL 4 mg/2 ml"
                " (dans un texte plus long) ; non compris : « zorg »",
                "  sur la journée, thiocolchicoside : quantité inconnue"
                " (la quantité n'a pas été comprise)",
            ],
            [
                f"{DAY_EN}: « Miorel 4 ml zorg » → MIOREL 4 mg/2 ml"
                " (within a longer text); not understood: « zorg »",
                "  in the day, thiocolchicoside: amount unknown (the amount was not understood)",
            ],
        ),
        (
            ["Piroxicam Teva 1 ml"],
            ["Piroxicam Teva 1 ml"],
            ["  alcool benzylique : 20 mg (20 mg/ml)", "  sur la journée, piroxicam : 20 mg"],
            ["  benzyl alcohol: 20 mg (20 mg/ml)", "  in the day, piroxicam: 20 mg"],
        ),
    ],
)
def test_the_text_says_what_the_day_has(
    names: list[str],
    per_day: list[str],
    french: list[str],
    english: list[str],
    formulary: Formulary,
) -> None:
    report = mesomix.check(formulary.mixture(*names, per_day=per_day))
    for language, expected in (("fr", french), ("en", english)):
        lines = report.text(language).split("\n")
        for line in expected:
            assert lines.count(line) == 1, line
        days = [line for line in lines if line.startswith(("  Total du", "  Total of the"))]
        assert len(days) == len(per_day)
    alone = mesomix.check(formulary.mixture(*names))
    assert "Total du jour" not in alone.text()
    assert "Total of the day" not in alone.text("en")
    assert "sur la journée" not in alone.text()
    assert "in the day" not in alone.text("en")


@pytest.mark.parametrize(
    ("names", "french", "english"),
    [
        (
            ["Miorel"],
            "  – aucune quantité écrite [above-label-dose, day-less-than-mixture,"
            " label-dose-share, dose-unknown, excipient-amount]\n",
            "  – no amount written [above-label-dose, day-less-than-mixture,"
            " label-dose-share, dose-unknown, excipient-amount]\n",
        ),
        (
            ["Miorel 1 ml", "Dicynone", "Laroscorbine"],
            "  – dose inconnue : acide ascorbique ; étamsylate [above-label-dose, label-dose-share",
            "  – dose not known: ascorbic acid; etamsylate [above-label-dose, label-dose-share",
        ),
        (
            ["Vitamine E Provepharm 2 ml"],
            "  – aucun maximum du RCP dans les données : acétate d'alpha-tocophérol"
            " [above-label-dose, label-dose-share]\n",
            "  – no maximum of a label in the data: alpha-tocopheryl acetate"
            " [above-label-dose, label-dose-share]\n",
        ),
    ],
)
def test_the_text_says_why_a_dose_was_not_judged(
    names: list[str], french: str, english: str, formulary: Formulary
) -> None:
    report = mesomix.check(formulary.mixture(*names))
    assert french in report.text().split("\nNon vérifié\n")[1]
    assert english in report.text("en").split("\nNot checked\n")[1]


def test_a_rule_is_named_once_in_a_line_of_what_was_not_checked(formulary: Formulary) -> None:
    names = ("Miorel 1 ml", "Dicynone", "Laroscorbine", "zorg", "zyx")
    patient = formulary.patient(allergies=["zorglub", "zyxine"])
    report = mesomix.check(formulary.mixture(*names), patient)
    for language, heading in (("fr", "\nNon vérifié\n"), ("en", "\nNot checked\n")):
        listed = report.text(language).split(heading)[1].split("\n\n")[0].split("\n")
        assert len(listed) == len({one.reason for one in report.not_checked})
        for line in listed:
            rules = line.split("[")[-1].rstrip("]").split(", ")
            assert sorted(rules) == sorted({*rules})
            assert {*rules} <= {rule.id for rule in mesomix.RULES}


def test_where_everything_was_checked_nothing_is_left(formulary: Formulary) -> None:
    mixture = formulary.mixture("Procaïne Lavoisier 20 mg/ml 2 ml", "Maginjectable 2 ml")
    patient = formulary.patient(allergies=[], nothing_else=True)
    session = mesomix.Session(depth_mm=4, days_since_last=7, number=2)
    report = mesomix.check(mixture, patient, session)
    assert (report.verdict, report.not_checked) == (Verdict.NO_OBJECTION, ())
    assert len(report.checked) == len(mesomix.RULES)
    assert "\nNon vérifié\n" not in report.text()
    assert f"Rules checked: {len(mesomix.RULES)}, open: 0." in report.text("en")


def test_a_long_day_is_cut(formulary: Formulary) -> None:
    day = [f"zz{number:03} 2 ml" for number in range(60)]
    lines = mesomix.check(formulary.mixture("Miorel 1 ml", per_day=day)).text("en").split("\n")
    told = [line for line in lines if line.startswith(f"{DAY_EN}: ")]
    assert len(told) == 50
    assert told[-1] == f"{DAY_EN}: « zz049 2 ml » → not recognised"


def test_a_long_day_says_that_it_is_cut(formulary: Formulary) -> None:
    day = [f"zz{number:03} 2 ml" for number in range(60)]
    lines = mesomix.check(formulary.mixture("Miorel 1 ml", per_day=day)).text("en").split("\n")
    assert lines[lines.index(f"{DAY_EN}: « zz049 2 ml » → not recognised") + 1] == "  … + 10"


def test_every_yes_is_named_and_many_a_no_is_counted(formulary: Formulary) -> None:
    conditions = formulary.conditions
    yes = formulary.patient(facts=dict.fromkeys(conditions, True))
    no = formulary.patient(nothing_else=True)
    mixture = formulary.mixture("Miorel")
    affirmed = mesomix.check(mixture, yes).text("en").split("\nRead as\n")[1]
    assert all(condition.name.en in affirmed for condition in conditions.values())
    denied = mesomix.check(mixture, no).text("en").split("\nRead as\n")[1]
    assert f"\n  No: {len(conditions)} conditions\n" in denied


def test_long_lists_are_cut_and_say_so(formulary: Formulary) -> None:
    names = [f"zz{number:03}" for number in range(220)]
    report = mesomix.check(formulary.mixture(*names), formulary.patient(allergies=names))
    lines = report.text("en").splitlines()
    assert lines[0].endswith(" + zz049 + … + 170")
    read_as = lines.index("Read as")
    products, allergies = lines[read_as + 1 : read_as + 52], lines[read_as + 52 :]
    assert products[-2:] == ["  « zz049 » → not recognised", "  … + 170"]
    assert allergies[49] == "  Allergies: « zz049 » → not recognised"
    assert "… + 170" in allergies[50]
    assert sum(line.startswith("  ? ") for line in lines) == 200
    left = "… and 240 more, which are not shown here: the JSON of the report has them all."
    assert f"  {left}" in lines


def test_a_long_name_is_cut(formulary: Formulary) -> None:
    report = mesomix.check(formulary.mixture("x" * 1000))
    first = report.text().splitlines()[0]
    assert first == f"? À REVOIR : {'x' * 80}…"
