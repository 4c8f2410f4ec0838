"""Reports: the verdict that follows, JSON there and back, and what cannot be read as one."""

import json
import runpy
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from strategies import Question, questions

import mesomix
from mesomix import Finding, Formulary, NotChecked, Reason, Report, Severity, Text, Verdict
from mesomix.report import verdict_of

DOCS: Final = Path(__file__).parents[1] / "docs"
SCHEMA: Final[dict[str, Any]] = json.loads((DOCS / "report.schema.json").read_text("utf-8"))
VALIDATOR: Final = Draft202012Validator(SCHEMA)


def finding(severity: Severity, *, certain: bool) -> Finding:
    return Finding("a-rule", severity, certain, Text.same("words"))


def skipped(severity: Severity, reason: Reason = Reason.NO_PATIENT) -> NotChecked:
    return NotChecked("a-rule", severity, reason)


def report_of(formulary: Formulary) -> Report:
    """A report that has something of everything."""
    mixture = formulary.mixture(
        "Procaïne Lavoisier",
        ("Dicynone", "2 ml"),
        "lidocain",
        effects=[mesomix.Effect.SCAR],
        per_day=["Dicynone 3 ampoules", "zorg 2 ml"],
    )
    patient = formulary.patient(
        allergies=["sulfites", "zorglub"], facts={"pregnancy": True, "epilepsy": False}
    )
    session = mesomix.Session(depth_mm=4.5, days_since_last=3)
    return mesomix.check(mixture, patient, session)


def plain(formulary: Formulary) -> dict[str, Any]:
    """That report as plain dicts and lists, to be changed."""
    dumped: dict[str, Any] = json.loads(report_of(formulary).model_dump_json())
    return dumped


def tables(value: Any) -> Iterator[dict[str, Any]]:
    """Every table inside `value`."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from tables(inner)


@pytest.mark.parametrize(
    ("findings", "not_checked", "verdict"),
    [
        ([], [], Verdict.NO_OBJECTION),
        ([finding(Severity.NOTE, certain=True)], [], Verdict.NO_OBJECTION),
        ([finding(Severity.NOTE, certain=False)], [], Verdict.NO_OBJECTION),
        ([finding(Severity.REVIEW, certain=True)], [], Verdict.REVIEW),
        ([finding(Severity.REVIEW, certain=False)], [], Verdict.REVIEW),
        ([finding(Severity.REFUSE, certain=False)], [], Verdict.REVIEW),
        ([finding(Severity.REFUSE, certain=True)], [], Verdict.REFUSE),
        ([], [skipped(Severity.NOTE)], Verdict.NO_OBJECTION),
        ([], [skipped(Severity.REVIEW)], Verdict.REVIEW),
        ([], [skipped(Severity.REFUSE)], Verdict.REVIEW),
        ([finding(Severity.NOTE, certain=True)], [skipped(Severity.REVIEW)], Verdict.REVIEW),
        ([finding(Severity.REFUSE, certain=True)], [skipped(Severity.REFUSE)], Verdict.REFUSE),
        ([finding(Severity.REFUSE, certain=False)], [skipped(Severity.REFUSE)], Verdict.REVIEW),
    ],
)
def test_the_verdict_follows_from_what_was_found_and_not_checked(
    findings: list[Finding], not_checked: list[NotChecked], verdict: Verdict
) -> None:
    assert verdict_of(findings, not_checked) is verdict
    assert verdict_of(reversed(findings), reversed(not_checked)) is verdict


OTHER_QUESTIONS: Final = [
    *(Reason.SESSION_NOT_DESCRIBED, Reason.AMOUNT_NOT_WRITTEN),
    *(Reason.DOSE_NOT_KNOWN, Reason.MAXIMUM_NOT_KNOWN),
]
"""Why a rule did not run that was not asked about: none of these reviews a mixture."""


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("reason", OTHER_QUESTIONS)
def test_a_session_and_a_dose_that_are_not_known_are_another_question(
    reason: Reason, severity: Severity
) -> None:
    unasked = skipped(severity, reason)
    assert verdict_of([], [unasked]) is Verdict.NO_OBJECTION
    assert verdict_of([], [skipped(severity, r) for r in OTHER_QUESTIONS]) is Verdict.NO_OBJECTION
    doubt = finding(Severity.REVIEW, certain=False)
    assert verdict_of([doubt], [unasked]) is Verdict.REVIEW
    assert verdict_of([finding(Severity.REFUSE, certain=True)], [unasked]) is Verdict.REFUSE
    for other_reason in Reason:
        other = skipped(Severity.REVIEW, other_reason)
        expected = Verdict.NO_OBJECTION if other_reason in OTHER_QUESTIONS else Verdict.REVIEW
        assert verdict_of([], [unasked, other]) is expected
        assert verdict_of([], [other, unasked]) is expected


@pytest.mark.parametrize("milder", [s for s in Severity if s is not Severity.REFUSE])
def test_one_sure_refusal_refuses_whatever_stands_beside_it(milder: Severity) -> None:
    refusal = finding(Severity.REFUSE, certain=True)
    other = finding(milder, certain=False)
    assert verdict_of([other, refusal], []) is Verdict.REFUSE
    assert verdict_of([refusal, other], [skipped(milder)]) is Verdict.REFUSE


@given(questions())
def test_a_report_is_neither_true_nor_false(formulary: Formulary, asked: Question) -> None:
    report = asked.report(formulary)
    with pytest.raises(TypeError, match=r"report\.verdict"):
        bool(report)


@given(questions())
def test_the_verdict_of_a_report_follows_from_it(formulary: Formulary, asked: Question) -> None:
    report = asked.report(formulary)
    assert report.verdict is verdict_of(report.findings, report.not_checked)
    open_rules = {one.rule for one in report.not_checked}
    assert [*report.checked] == [rule.id for rule in mesomix.RULES if rule.id not in open_rules]


@given(questions(), st.sampled_from([None, 0, 2]))
def test_json_there_and_back_is_the_same_report(
    formulary: Formulary, asked: Question, indent: int | None
) -> None:
    report = asked.report(formulary)
    written = report.model_dump_json(indent=indent)
    assert Report.model_validate_json(written) == report
    assert Report.model_validate_json(written.encode()) == report
    assert json.loads(written) == report.model_dump()


@given(questions())
def test_json_keeps_to_the_published_schema(formulary: Formulary, asked: Question) -> None:
    VALIDATOR.validate(json.loads(asked.report(formulary).model_dump_json()))


@given(st.text(st.characters(categories=["Cc", "Cf", "Zl", "Zp"]), min_size=1, max_size=5))
def test_json_escapes_what_cannot_be_seen(formulary: Formulary, name: str) -> None:
    report = mesomix.check(formulary.mixture(name), formulary.patient(allergies=[name]))
    written = report.model_dump_json()
    seen = {unicodedata.category(character) for character in written}
    assert seen.isdisjoint({"Cc", "Cf", "Zl", "Zp"})
    assert Report.model_validate_json(written) == report


def test_the_schema_is_valid_and_fresh() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert Report.model_json_schema() == SCHEMA
    generate = runpy.run_path(str(DOCS / "generate.py"))
    written: Callable[[], str] = generate["report_schema"]
    assert (DOCS / "report.schema.json").read_text("utf-8") == written()


def test_the_tables_of_severities_in_the_house_rules_are_fresh() -> None:
    made = runpy.run_path(str(DOCS / "generate.py"))
    english = (DOCS / "house-rules.md").read_text("utf-8")
    french = (DOCS / "fr" / "house-rules.md").read_text("utf-8")
    assert made["house_rules"](english) == english
    assert made["french_house_rules"](french) == french
    for rule in mesomix.RULES:
        assert f"| `{rule.id}` | {rule.severity.text.en} | {rule.situation} |" in english
        assert f"| `{rule.id}` | {rule.severity.text.fr} | " in french


def test_json_says_what_was_asked_found_and_not_checked(formulary: Formulary) -> None:
    report = plain(formulary)
    assert report["verdict"] == "refuse"
    refusal = report["findings"][0]
    assert (refusal["rule"], refusal["severity"], refusal["certain"]) == (
        "known-allergy",
        "refuse",
        True,
    )
    assert {*refusal["message"]} == {"fr", "en"}
    assert "Dicynone".upper() in refusal["message"]["fr"]
    assert [(about["kind"], about["id"]) for about in refusal["about"]] == [
        ("product", "dicynone-250-mg-2-ml"),
        ("allergy", "sulfites"),
    ]
    assert refusal["citations"][-1]["title"]
    read = [(one["written"], one["id"], one["matched_by"]) for one in report["products"]]
    assert read == [
        ("Procaïne Lavoisier", "procaine-lavoisier", "brand"),
        ("Dicynone", "dicynone-250-mg-2-ml", "brand"),
        ("lidocain", None, None),
    ]
    assert report["products"][2]["suggestion"] == {"fr": "lidocaïne", "en": "lidocaine"}
    assert [(one["written"], one["id"]) for one in report["allergies"]] == [
        ("sulfites", "sulfites"),
        ("zorglub", None),
    ]
    assert report["effects"] == ["scar"]
    assert [(fact["id"], fact["answer"]) for fact in report["facts"]] == [
        ("pregnancy", "yes"),
        ("epilepsy", "no"),
        ("epilepsy-uncontrolled", "no"),
    ]
    assert "too-many-products" in report["checked"]
    reasons = {(one["rule"], one["reason"]) for one in report["not_checked"]}
    assert ("corticosteroid", "product-not-recognised") in reasons
    assert ("known-allergy", "allergy-not-recognised") in reasons
    assert ("skin-infection", "fact-not-asked") in reasons
    assert ("more-sessions-than-usual", "session-not-described") in reasons
    assert report["session"] == {"depth_mm": 4.5, "days_since_last": 3, "number": None}
    assert ("above-label-dose", "dose-not-known") in reasons
    assert [one["written"] for one in report["per_day"]] == ["Dicynone 3 ampoules", "zorg 2 ml"]
    said = {f["rule"]: f["about"] for f in report["findings"] if f["about"]}
    assert said["session-too-early"] == [
        {
            "kind": "session",
            "id": "days-since-last",
            "name": {"fr": "jours depuis la dernière", "en": "days since the last one"},
        }
    ]
    assert report["assessed"] == {
        "products": 2,
        "products_written": 3,
        "allergies": 1,
        "allergies_written": 2,
    }
    assert report["data"] == {
        "version": formulary.edition.version,
        "sha256": formulary.edition.sha256,
        "bdpm": None,
    }
    assert report["mesomix"] == mesomix.__version__


def test_json_of_a_mixture_without_a_patient_says_so(formulary: Formulary) -> None:
    report = mesomix.check(formulary.mixture("Miorel")).model_dump()
    assert report["allergies"] is report["facts"] is None
    assert {one["reason"] for one in report["not_checked"]} == {
        *("no-patient", "session-not-described", "amount-not-written")
    }
    assert report["session"] is None
    assert report["composition"] is report["per_day"] is None
    none_known = mesomix.check(formulary.mixture("Miorel"), formulary.patient(allergies=[]))
    assert none_known.model_dump()["allergies"] == []


def test_json_says_what_is_in_the_syringe(formulary: Formulary) -> None:
    mixture = formulary.mixture(
        "Procaïne 2 % 2 ml", ("Maginjectable", "2 ml"), "Dicynone 1 ampoule", per_day=["Dicynone"]
    )
    report = mesomix.check(mixture)
    told = report.model_dump()["composition"]
    assert told["volume"] == {"value": "6", "unit": "mL"}
    assert [(i["product"], i["amount"], i["volume"]["value"]) for i in told["ingredients"]] == [
        ("procaine", "2 %, 2 ml", "2"),
        ("maginjectable-0-8", "2 ml", "2"),
        ("dicynone-250-mg-2-ml", "1 ampoule", "2"),
    ]
    assert [one["share"] for one in told["ingredients"]] == ["0." + 28 * "3"] * 3
    contents = {one["name"]["en"]: one for one in told["contents"]}
    assert {name: one["quantity"] for name, one in contents.items()} == {
        "procaine hydrochloride": {"value": "40", "unit": "mg"},
        "magnesium pidolate": {"value": "200", "unit": "mg"},
        "magnesium (as pidolate)": {"value": "16.28", "unit": "mg"},
        "etamsylate": {"value": "250", "unit": "mg"},
        "a sulfite": None,
    }
    assert contents["etamsylate"]["concentration"]["unit"] == "mg/mL"
    assert contents["etamsylate"]["concentration"]["value"].startswith("41.66666666666666666")
    assert contents["a sulfite"]["unknown"] == ["not-told"]
    assert contents["a sulfite"]["active"] is False
    [etamsylate, *_] = told["per_day"]
    assert (etamsylate["quantity"], etamsylate["unknown"]) == (None, ["not-written"])
    assert [one["written"] for one in report.model_dump()["per_day"]] == ["Dicynone"]


AMOUNTS: Final = [
    *("", " 2 ml", " 2,5 ml", " 1 ampoule", " 2 ampoules", " 0,5 ml zorg", " 7 mg", " : 7 mg"),
    *(" 1/3 ampoule", " 2 à 3 ml", " 5 % 2 ml"),
]
MEASURED: Final = st.builds(
    str.__add__,
    st.sampled_from(["Miorel", "Procaïne 2 %", "lidocaïne", "Piroxicam Teva", "Mag 2", "zorg"]),
    st.sampled_from(AMOUNTS),
)


@given(st.lists(MEASURED, max_size=4), st.none() | st.lists(MEASURED, max_size=3))
def test_a_report_with_amounts_goes_through_json_and_keeps_to_the_schema(
    formulary: Formulary, names: list[str], per_day: list[str] | None
) -> None:
    mixture = formulary.mixture(*names, per_day=per_day)
    report = mesomix.check(mixture)
    written = report.model_dump_json()
    assert Report.model_validate_json(written) == report
    VALIDATOR.validate(json.loads(written))
    assert report.verdict is verdict_of(report.findings, report.not_checked)
    measured = mixture.doses is not None
    assert (report.composition is not None) is measured
    assert report.composition == (mixture.composition() if measured else None)
    assert report.per_day == mixture.day_reads
    assert (report.per_day is None) == (per_day is None)
    for language in ("fr", "en"):
        assert all(line.isprintable() for line in report.text(language).split("\n"))


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        *((value, "mg") for value in ("-1", "NaN", "Infinity", "1e50", "1e-50", "1e999999999")),
        *((value, "mg") for value in ("", "x", True, None, [1], {"a": 1}, "9" * 10_000)),
        *(("1", unit) for unit in ("MG", "", "mg/L", "mL/mL", "ml", 1, None)),
    ],
)
def test_a_quantity_that_cannot_be_is_no_report(
    formulary: Formulary, value: object, unit: object
) -> None:
    whole = plain(formulary)
    whole["composition"]["volume"] = {"value": value, "unit": unit}
    with pytest.raises(ValueError, match=r"^not a mesomix report: composition: [a-z_]+$"):
        Report.model_validate_json(json.dumps(whole))


@pytest.mark.parametrize("share", ["NaN", "Infinity", "x", True, [], {}])
def test_a_share_that_is_no_number_is_no_report(formulary: Formulary, share: object) -> None:
    whole = plain(formulary)
    whole["composition"]["ingredients"][0]["share"] = share
    with pytest.raises(ValueError, match=r"^not a mesomix report: composition: [a-z_]+$"):
        Report.model_validate_json(json.dumps(whole))


@pytest.mark.parametrize("share", ["-1", "2", "1e10000"])
def test_a_share_outside_of_the_whole_is_no_report(formulary: Formulary, share: str) -> None:
    whole = plain(formulary)
    whole["composition"]["ingredients"][0]["share"] = share
    with pytest.raises(ValueError, match=r"^not a mesomix report: composition: [a-z_]+$"):
        Report.model_validate_json(json.dumps(whole))


@pytest.mark.parametrize("cut", [0, 1, 40, -1])
def test_a_text_that_is_cut_is_no_report(formulary: Formulary, cut: int) -> None:
    written = report_of(formulary).model_dump_json()
    with pytest.raises(ValueError, match="not a mesomix report"):
        Report.model_validate_json(written[:cut])


@pytest.mark.parametrize(
    "text",
    ["null", "[]", "{}", '"text"', "NaN", "[" * 100_000, "\ud800", b"\xff\xfe", b"", "{'a': 1}"],
)
def test_a_text_of_another_shape_is_no_report(text: str | bytes) -> None:
    with pytest.raises(ValueError, match="not a mesomix report"):
        Report.model_validate_json(text)


def test_a_table_with_a_key_too_many_or_too_few_is_no_report(formulary: Formulary) -> None:
    whole = plain(formulary)
    for table in [*tables(whole)]:
        table["extra"] = 1
        with pytest.raises(ValueError, match="not a mesomix report"):
            Report.model_validate_json(json.dumps(whole))
        del table["extra"]
    for key in list(whole):
        value = whole.pop(key)
        with pytest.raises(ValueError, match=f"^not a mesomix report: {key}: missing$"):
            Report.model_validate_json(json.dumps(whole))
        whole[key] = value


@pytest.mark.parametrize("verdict", ["review", "no-objection"])
def test_a_verdict_that_does_not_follow_is_no_report(formulary: Formulary, verdict: str) -> None:
    whole = {**plain(formulary), "verdict": verdict}
    with pytest.raises(ValueError, match="the verdict does not follow from the findings"):
        Report.model_validate_json(json.dumps(whole))


@pytest.mark.parametrize(
    ("table", "key", "value"),
    [
        ("assessed", "products", "2"),
        ("assessed", "allergies_written", 2.5),
        ("findings", "certain", "true"),
        ("findings", "certain", 1),
        ("session", "depth_mm", "4.5"),
        ("session", "depth_mm", True),
        ("session", "days_since_last", 2.5),
        ("session", "number", False),
    ],
)
def test_what_the_schema_refuses_is_no_report(
    formulary: Formulary, table: str, key: str, value: object
) -> None:
    whole = plain(formulary)
    changed = whole[table][0] if isinstance(whole[table], list) else whole[table]
    changed[key] = value
    assert not VALIDATOR.is_valid(whole)
    with pytest.raises(ValueError, match="not a mesomix report"):
        Report.model_validate_json(json.dumps(whole))


@pytest.mark.parametrize(
    ("key", "value"),
    [("depth_mm", 0), ("depth_mm", 1e9), ("days_since_last", -1), ("number", 0)],
)
def test_a_session_that_cannot_be_is_no_report(
    formulary: Formulary, key: str, value: float
) -> None:
    whole = plain(formulary)
    whole["session"][key] = value
    with pytest.raises(ValueError, match=r"^not a mesomix report: session: value_error$"):
        Report.model_validate_json(json.dumps(whole))
